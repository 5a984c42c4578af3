"""The titles that stand around a person's name: "Foreign Minister X", "X, a spokesman for Y", "Y's president, X"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.offline.kinds import PERSONS, kind_of, noun_of
from summarizer.offline.names import Name
from summarizer.offline.phrases import lemma_of
from summarizer.offline.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_REACH = 14  # words that an apposition may run over
_ENDS = frozenset(',.;:()—–?!"“”')
_WITHIN = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "DET", "PART", "NUM", "CCONJ", "X", "PRON", "PUNCT"})
_BETWEEN_CLAUSES = word_list("clause opener")


@dataclass(frozen=True, eq=False)
class Office:
    """A title's words, tokens `first` to `last` of the name's document, and its head noun."""

    name: Name
    first: int
    last: int
    head: str

    @property
    def text(self) -> str:
        """The title as the parser saw it, in lower case."""
        return self.name.segment.doc[self.first : self.last + 1].text.lower()


def offices_of(name: Name) -> list[Office]:
    """The titles right before a name, before it with a comma, and behind it with one; best first."""
    found = (_before(name), _behind(name), _before_comma(name))
    return [office for office in found if office is not None]


def noun_before(name: Name) -> Token | None:
    """The common noun that stands right before a name and says what it is: "the insurer MediSure"."""
    if name.office or name.first == 0:
        return None
    token = name.segment.doc[name.first - 1]
    return token if token.pos_ in ("NOUN", "ADJ") and token.text[0].islower() and token.is_alpha else None


def noun_behind(name: Name) -> tuple[Token, int] | None:
    """The head noun of an apposition behind a name, and the apposition's last token: "X, a company that …"."""
    doc = name.segment.doc
    at = _past_age(doc, name.last + 1)
    if at is None:
        return None
    end = at
    while (
        end < len(doc) and end - at < _REACH and doc[end].text not in _ENDS and doc[end].lower_ not in _BETWEEN_CLAUSES
    ):
        if doc[end].pos_ not in _WITHIN:
            return None
        end += 1
    head = _head_noun(doc, at, end - 1)
    return (head, end - 1) if head is not None else None


def _past_age(doc: Doc, at: int) -> int | None:
    """Where an apposition begins behind a comma, past an age: ", 58, the former head"."""
    if at + 1 >= len(doc) or doc[at].text != ",":
        return None
    at += 1
    if doc[at].is_digit and at + 2 < len(doc) and doc[at + 1].text == ",":
        at += 2
    return at if doc[at].pos_ in ("DET", "NOUN", "ADJ", "PROPN", "PRON") else None


def _head_noun(doc: Doc, first: int, last: int) -> Token | None:
    """The last noun before the first preposition."""
    found = None
    for token in doc[first : last + 1]:
        if token.pos_ == "ADP" and found is not None:
            break
        if token.pos_ in ("NOUN", "PROPN"):
            found = token
        elif token.pos_ == "CCONJ" and found is not None:
            break
    return found


def _before(name: Name) -> Office | None:
    """The title that touches the name, with the words that go with it: "Belarusian Foreign Ministry spokesman"."""
    doc = name.segment.doc
    if name.office is not None:
        first, last = name.office
    else:
        token = noun_before(name)
        if token is None or kind_of(noun_of(token)) != "person":
            return None
        first = last = token.i
    head = doc[last]
    while first > 0 and _modifies(doc[first - 1], doc[first]):
        first -= 1
    return Office(name, first, last, head.lower_)


def _modifies(token: Token, following: Token) -> bool:
    if token.is_sent_start and token.pos_ != "PROPN" and token.text[0].islower():
        return False
    if token.text in ("-", "–"):
        return not following.is_sent_start
    if token.pos_ in ("NOUN", "PROPN"):
        return True
    return token.pos_ == "ADJ" or token.lower_ in ("former", "then", "deputy", "vice")


def _behind(name: Name) -> Office | None:
    found = noun_behind(name)
    if found is None:
        return None
    head, last = found
    if kind_of(noun_of(head)) != "person":
        return None
    doc = name.segment.doc
    first = _past_age(doc, name.last + 1)
    assert first is not None  # noun_behind found an apposition there
    while first < head.i and doc[first].pos_ in ("DET", "PRON"):
        first += 1
    return Office(name, first, last, lemma_of(head))


def _before_comma(name: Name) -> Office | None:
    """The title before a name with a comma: "the president of Colombia, X," and "its spokesman, X,"."""
    doc = name.segment.doc
    at = name.first - 1
    if at < 1 or doc[at].text != ",":
        return None
    at -= 1
    last = at
    while at >= 0 and last - at < _REACH and doc[at].pos_ in ("NOUN", "PROPN", "ADJ", "ADP", "NUM"):
        at -= 1
    first = at + 1
    if at >= 0 and doc[at].lower_ == "the" and at >= 2 and doc[at - 1].lower_ in ("of", "for", "to"):
        return None
    head = _head_noun(doc, first, last)
    if head is None or lemma_of(head) not in PERSONS or head.tag_ in ("NNS", "NNPS"):
        return None
    while first < head.i and doc[first].pos_ == "ADP":
        first += 1
    return Office(name, first, last, lemma_of(head))
