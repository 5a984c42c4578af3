"""Where a token's sentence begins and ends.

spaCy's own `Token.sent` looks through the whole document first, which makes a walk over a long line quadratic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def sentence_start(token: Token) -> int:
    """The first token of the sentence."""
    doc, at = token.doc, token.i
    while at > 0 and not doc[at].is_sent_start:
        at -= 1
    return at


def sentence_end(token: Token) -> int:
    """The token behind the last of the sentence."""
    doc, at = token.doc, token.i + 1
    while at < len(doc) and not doc[at].is_sent_start:
        at += 1
    return at
