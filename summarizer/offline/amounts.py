"""How many: the counted phrases of a clause, with what they count, and the figure before a change.

Numbers are read off the words rather than the tree, which bends under "from 9 to 5" and "more than 300": every
number among a clause's own words, with its hedge ("at least") and the noun that it counts. Ages, years, ranks, hours,
distances to somewhere and numbers in names are no counts (SCHEMA.md, rule 8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.figures import value_of
from summarizer.offline.circumstances import Time
from summarizer.offline.clauses import Clause
from summarizer.offline.phrases import lemma_of
from summarizer.offline.wordset import wordset
from summarizer.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, eq=False)
class Amount:
    """A counted phrase: its place, what is counted, the noun (or number) that heads it, the figure before a change."""

    span: Span
    of: str
    head: Token
    previous: float | None = None


_HEDGES = wordset(
    """about around some nearly almost over under roughly approximately more less fewer than only least most"""
)
_BEFORE_HEDGE = frozenset({"at", "up"})
_CLOCK = wordset("a.m. p.m. am pm time o'clock gmt utc")
_LENGTHS = wordset("kilometre kilometer km mile metre meter yard block foot")
_TIMES = wordset("year month week day hour minute decade century night")
_CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "₹": "rupees", "₽": "rubles"}
_SCALES = wordset("hundred thousand million billion trillion m bn k dozen")
_ORDINALS = wordset("first second third fourth fifth sixth seventh eighth ninth tenth half")
_WITHIN = frozenset({"NOUN", "ADJ", "PROPN", "ADV", "SYM"})
_CUT = frozenset({"acl:relcl", "ccomp", "parataxis", "advcl", "appos", "acl", "conj", "advcl:relcl"})


def amounts(clause: Clause, others: frozenset[int], times: Sequence[Time]) -> Iterator[Amount]:
    """The amounts among a clause's own words; `others` are the tokens at which other events' clauses begin."""
    own = sorted(_own_words(clause, others))
    inside = frozenset(own)
    dated = {at for time in times for at in range(time.first, time.last + 1)}
    doc = clause.head.doc
    changed = _changes(doc, own)
    at = 0
    while at < len(own):
        token = doc[own[at]]
        if token.i in dated or not _begins_number(token):
            at += 1
            continue
        last = _number_end(doc, token.i, inside)
        amount = _amount(clause, token.i, last, inside - dated)
        if amount is not None and token.i not in changed.values():
            old = changed.get(token.i)
            if old is not None:
                amount = Amount(amount.span, _changing(clause, amount), amount.head, _value(doc, old, inside))
            yield amount
        at += last - token.i + 1


def _own_words(clause: Clause, others: frozenset[int]) -> set[int]:
    """The tokens under the clause's head (and light verb), without other clauses and other events."""
    found: set[int] = set()
    waiting = [clause.head, *([clause.support] if clause.support is not None else [])]
    while waiting:
        token = waiting.pop()
        if token.i in found:
            continue
        found.add(token.i)
        for part in token.children:
            apart = part.dep_ in _CUT and not (part.dep_ == "conj" and part.pos_ in ("NOUN", "PROPN", "NUM", "SYM"))
            if not apart and (part.i not in others or part.i == clause.head.i):
                waiting.append(part)
    if clause.head.dep_.startswith("acl"):
        found.update(part.i for part in clause.head.head.lefts if part.dep_ == "nummod")
        found.add(clause.head.head.i)
    return found


def _begins_number(token: Token) -> bool:
    if token.text[:1] in _CURRENCIES and len(token.text) == 1:
        return token.i + 1 < len(token.doc) and token.nbor(1).like_num
    if token.lower_ in _ORDINALS or token.lower_[-2:] in ("st", "nd", "rd", "th"):
        return False
    return token.like_num and token.tag_ in ("CD", "NN", "NNS", "JJ", "LS", "DT") and token.lower_ != "one"


def _number_end(doc: Doc, first: int, inside: frozenset[int]) -> int:
    """The last token of a number: "$2.3 billion", "25 percent", "3-1"."""
    last = first
    while last + 1 in inside and (
        doc[last + 1].like_num or doc[last + 1].lower_ in _SCALES or doc[last + 1].text == "%"
    ):
        last += 1
    return last


def _amount(clause: Clause, first: int, last: int, inside: frozenset[int]) -> Amount | None:
    doc = clause.head.doc
    if _is_label(doc, first, last):
        return None
    end, noun = _counted(doc, first, last, inside)
    if noun is None and doc[first].text not in _CURRENCIES:
        governor = doc[first].head
        counted = governor.pos_ == "NOUN" and doc[first].dep_ == "nummod" and governor.i > last and governor.i in inside
        noun = governor if counted else None
        end = noun.i if noun is not None and noun.i - last <= 4 else last
    if noun is not None and (lemma_of(noun) in _CLOCK or (lemma_of(noun) in _LENGTHS and _is_distance(doc, end))):
        return None
    start = _hedged(doc, first)
    return Amount(
        clause.segment.span(start, end), _unit(doc, first, last, noun), noun if noun is not None else doc[first]
    )


def _counted(doc: Doc, first: int, last: int, inside: frozenset[int]) -> tuple[int, Token | None]:
    """The noun behind a number, with the adjectives and compounds between them; for money the currency is enough."""
    if doc[first].text in _CURRENCIES:
        return last, None
    if _is_hyphen(doc, last + 1) and last + 2 < len(doc) and lemma_of(doc[last + 2]) in _TIMES:
        return last + 2, doc[last + 2]  # "a 24-hour strike" counts hours
    at, noun = last + 1, None
    while at in inside and doc[at].pos_ in _WITHIN:
        if doc[at].left_edge.i > first and doc[at].dep_ not in ("compound", "amod", "flat", "nmod"):
            break
        if doc[at].pos_ in ("NOUN", "PROPN") and (doc[at].left_edge.i <= first or doc[at].dep_ == "compound"):
            noun = doc[at]
        at += 1
    return (noun.i, noun) if noun is not None else (last, None)


def _is_hyphen(doc: Doc, at: int) -> bool:
    return at + 1 < len(doc) and doc[at].text == "-" and not doc[at].whitespace_


def _is_label(doc: Doc, first: int, last: int) -> bool:
    """Whether a number names rather than counts: an age, a year, a rank, a magnitude, a number in a name or a score."""
    token = doc[first]
    before = doc[first - 1] if first else None
    after = doc[last + 1] if last + 1 < len(doc) else None
    if (
        first == last
        and re.fullmatch(r"(?:1[5-9]|20)\d\d", token.text)
        and (after is None or after.pos_ not in ("NOUN", "ADJ"))
    ):
        return True
    if after is not None and after.lower_ in _CLOCK:
        return True
    if before is not None and (
        before.lower_ in ("aged", "age", "magnitude", "no.", "number", "article", "flight", "-", "–")
        or before.text == "#"
    ):
        return True
    aside = before is not None and before.text == "," and after is not None and after.text in (",", ".")
    if aside and doc[first - 2].pos_ == "PROPN" and first == last:
        return True  # "Ruiz, 58, resigned"
    if (
        before is not None
        and before.pos_ == "PROPN"
        and token.dep_ in ("nummod", "flat", "appos")
        and token.head.i < first
    ):
        return True
    return after is not None and after.text in ("-", "–") and not token.whitespace_ and not _is_scored(doc, last)


def _is_scored(doc: Doc, last: int) -> bool:
    """As in "a 24-hour strike" counts hours; "3-1" is a score and "34-year-old" an age."""
    return (
        last + 2 < len(doc)
        and doc[last + 2].pos_ == "NOUN"
        and not (last + 4 < len(doc) and doc[last + 4].lower_ == "old")
    )


def _is_distance(doc: Doc, end: int) -> bool:
    return end + 1 < len(doc) and doc[end + 1].lower_ in _DIRECTIONS


_DIRECTIONS = wordset("south north east west from off away outside northeast northwest southeast southwest")


def _hedged(doc: Doc, first: int) -> int:
    """Take in "at least", "more than", "up to" before the number."""
    start = doc[first].sent.start
    while first > start:
        before = doc[first - 1].lower_
        if (
            before in _HEDGES
            or (before == "to" and first - 1 > start and doc[first - 2].lower_ == "up")
            or (before in _BEFORE_HEDGE and doc[first].lower_ in ("least", "most", "to"))
        ):
            first -= 1
        else:
            break
    return first


def _unit(doc: Doc, first: int, last: int, noun: Token | None) -> str:
    """What is counted, without the number: "embassy employees", "percent", "dollars"; people where nothing is said."""
    if doc[first].text in _CURRENCIES:
        return _CURRENCIES[doc[first].text]
    if noun is None:
        voted = any(lemma_of(token) in ("vote", "ballot") for token in (doc[first].head, doc[first].head.head))
        return "votes" if voted else "people"
    if _is_hyphen(doc, last + 1):
        return f"{noun.lower_}s"
    words = [token.text for token in doc[last + 1 : noun.i + 1] if token.lower_ not in ("more", "other", "-")]
    return " ".join(words) or noun.text


def _changes(doc: Doc, own: Sequence[int]) -> dict[int, int]:
    """As in "from 9 to 5", "to 5 from 9": the new figure's first token → the old one's."""
    starts = {
        word: at + 1
        for at in own
        if (word := doc[at].lower_) in ("from", "to") and at + 1 < len(doc) and _begins_number(doc[at + 1])
    }
    return {starts["to"]: starts["from"]} if len(starts) == 2 and abs(starts["to"] - starts["from"]) <= 6 else {}


def _changing(clause: Clause, amount: Amount) -> str:
    """What changes: the unit where it stands behind the figure, else the clause's object ("cut its staff to 8")."""
    if amount.head.pos_ != "NUM" or not clause.object:
        return amount.of
    return clause.object[0].head.text


def _value(doc: Doc, first: int, inside: frozenset[int]) -> float | None:
    value = value_of(doc[first : _number_end(doc, first, inside) + 1].text)
    return float(value) if value is not None else None
