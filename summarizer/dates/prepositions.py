"""The words before a date: the bound that a preposition sets and which way it looks, and the words that change nothing.

A preposition looks ahead (1), back (-1) or wherever the tense does (0).
"""

from __future__ import annotations

from typing import Literal

from summarizer.dates.patterns import alternatives, compiled
from summarizer.dates.words import WEEKDAY_NAMES

Bound = Literal["on", "by", "from", "until"]
"""How the event lies to its date."""

_PREPOSITIONS: tuple[tuple[str, Bound, int], ...] = (
    ("on or before|no later than|not later than|before|prior to|by", "by", 1),
    ("on or after|no earlier than|not before|as early as|as soon as|as from", "from", 1),
    ("with effect from|effective|starting|beginning|from", "from", 1),
    ("ever since|since", "from", -1),
    ("after", "from", 0),
    ("up until|until|till|up to|through", "until", 1),
    ("on or about|as of|throughout|during|between|around|about|over|for|on|in|at|of|to", "on", 0),
)
_LEADS = tuple((rf"(?:{words})(?= |$)", bound, look) for words, bound, look in _PREPOSITIONS)
_LIMITS: tuple[tuple[str, Bound], ...] = (
    ("just over|well over|more than|over|at least", "by"),
    ("just under|less than|under", "from"),
)
_LIMITS_OF_AGO = tuple((rf"(?:{words}) (?=.* ago$)", bound) for words, bound in _LIMITS)
_FILLER = (
    r"(?:at least|at the latest|the latest|sometime|some time|shortly|just|only|exactly|precisely|approximately|roughly"
    r"|around|about|nearly|almost|early|late|earlier|later|mid|on|in|at|of|the)(?: |$)"
)
# "Last year" is a calendar year, "the last year" the twelve months that end now.
_FROM_HERE = r"\bthe (last|past|next|coming) (week|fortnight|month|year|decade)\b(?! of| in)"
# "Next Tuesday" is counted from publication, "the next Tuesday" from what was told before it.
_AFTER_EVENT = rf"\bthe next (?=(?:{alternatives(WEEKDAY_NAMES)})\b)"


def without_preposition(text: str) -> tuple[str, Bound, int]:
    """The expression without its preposition, the bound that it sets, and which way it looks.

    >>> without_preposition("by april 14"), without_preposition("over 18 months ago")
    (('april 14', 'by', 1), ('18 months ago', 'by', -1))
    """
    for limit, bound in _LIMITS_OF_AGO:
        if found := compiled(limit).match(text):
            return text[found.end() :], bound, -1
    for lead, bound, look in _LEADS:
        if found := compiled(lead).match(text):
            return text[found.end() :].strip(), bound, look
    return text, "on", 0


def without_fillers(text: str) -> str:
    """The expression without the words before it that change nothing about its date ("early", "the").

    >>> without_fillers("early in 2016"), without_fillers("the last year")
    ('2016', 'last 1 year')
    """
    text = compiled(_AFTER_EVENT).sub("following ", compiled(_FROM_HERE).sub(r"\1 1 \2", text))
    filler = compiled(_FILLER)
    while found := filler.match(text):
        text = text[found.end() :]
    return text
