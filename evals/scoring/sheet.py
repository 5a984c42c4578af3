"""A summary in the form it is compared in: words as bits, names as numbers. Made once, compared often.

The words of an article are numbered; a stretch of text is the integer with the bits of its words set, so the words
that two stretches share are counted by `(a & b).bit_count()`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from summarizer import Article, Entity, Event, EventSummary, Excerpt, Quantity, Statement, When, fold

_WORD = re.compile(r"\w+")
_CONTENT = re.compile(r"[a-z0-9]+")
_EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+", "a an the of in on at by to for from with and or as that who which is are was were be been its"
    )
)


class Words:
    """The words of an article, numbered in order."""

    def __init__(self, article: Article) -> None:
        places = [match.span() for match in _WORD.finditer(article.text)]
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def bits(self, start: int, end: int) -> int:
        """The words that `text[start:end]` touches, as bits.

        >>> words = Words(Article.from_text("Kenya expelled two envoys"))
        >>> bin(words.bits(6, 18))
        '0b110'
        """
        first, after = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return (1 << after) - (1 << first) if after > first else 0

    def all_bits(self, excerpts: Iterable[Excerpt]) -> int:
        """The words that any of the excerpts touches."""
        bits = 0
        for excerpt in excerpts:
            bits |= self.bits(excerpt.start, excerpt.end)
        return bits

    def start_of(self, bits: int) -> int:
        """Where the first of these words stands; 0 for none."""
        return self._starts[(bits & -bits).bit_length() - 1] if bits else 0


class TimeSheet(NamedTuple):
    """A `When`: its value decides; where it has none, its words do."""

    value: str | None
    bound: str
    bits: int
    text: str


class QuantitySheet(NamedTuple):
    """A Quantity; `of` as the content words of what is counted, its own text's among them."""

    value: float | None
    previous: float | None
    qualifier: str
    of: frozenset[str]
    bits: int
    text: str


class PassageSheet(NamedTuple):
    """Any other excerpt, with the country of a location."""

    bits: int
    text: str
    country: str | None = None


class EventSheet(NamedTuple):
    """An Event. Entities are their places in the summary's list, linked events likewise."""

    event_type: str
    mode: str | None
    status: str
    salience: str
    actor: tuple[int, ...]
    recipient: tuple[int, ...]
    attribution: tuple[int, ...]
    date: TimeSheet | None
    effective: TimeSheet | None
    location: PassageSheet | None
    quantities: tuple[QuantitySheet, ...]
    reason: PassageSheet | None
    links: tuple[tuple[str, int], ...]
    evidence: PassageSheet


class StatementSheet(NamedTuple):
    """A Statement; `about` is the event's place, `speaker` and `via` are entities' places."""

    speaker: int
    kind: str
    stance: str
    about: int | None
    via: int | None
    text: PassageSheet


class EntitySheet(NamedTuple):
    """An Entity; `forms` are its name, then its aliases, in the form names are compared in."""

    forms: tuple[str, ...]
    type: str
    country: str | None
    office: PassageSheet | None
    name: str


class Sheet(NamedTuple):
    """A whole summary. `names` and `ids` say which entity and which event a name and an id mean."""

    events: tuple[EventSheet, ...]
    statements: tuple[StatementSheet, ...]
    entities: tuple[EntitySheet, ...]
    names: dict[str, int]
    ids: dict[str, int]


NO_SHEET = Sheet((), (), (), {}, {})


@lru_cache(maxsize=65536)
def form_of(name: str) -> str:
    """A name as names are compared: typography and case folded, without an article before it or a possessive after it.

    >>> form_of("The Foreign  Ministry’s")
    'foreign ministry'
    """
    return fold(name).text.casefold().removeprefix("the ").removesuffix("'s").strip(" .,")


@lru_cache(maxsize=65536)
def content_of(text: str) -> frozenset[str]:
    """The content words of a phrase, plurals cut.

    >>> sorted(content_of("the envoys of 2 countries"))
    ['2', 'country', 'envoy']
    """
    words = (word for word in _CONTENT.findall(fold(text).text.casefold()) if word not in _EMPTY_WORDS)
    return frozenset(_singular(word) for word in words)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def sheet_of(summary: EventSummary, words: Words) -> Sheet:
    """The summary as a sheet over its article's words."""
    names = {entity.name: place for place, entity in enumerate(summary.entities)}
    ids = {event.id: place for place, event in enumerate(summary.events)}
    return Sheet(
        tuple(event_sheet(event, words, names, ids) for event in summary.events),
        tuple(statement_sheet(statement, words, names, ids) for statement in summary.statements),
        tuple(_entity(entity, words) for entity in summary.entities),
        names,
        ids,
    )


def event_sheet(event: Event, words: Words, names: dict[str, int], ids: dict[str, int]) -> EventSheet:
    """One event as a sheet; `names` and `ids` as in `Sheet`."""
    place = event.location
    return EventSheet(
        event.event_type,
        event.mode,
        event.status,
        event.salience,
        tuple([names[name] for name in event.actor]),
        tuple([names[name] for name in event.recipient]),
        tuple([names[name] for name in event.attribution]),
        _time(event.date, words),
        _time(event.effective, words),
        None if place is None else PassageSheet(words.bits(place.start, place.end), place.text, place.country),
        tuple([_quantity(quantity, words) for quantity in event.quantities]),
        _passage(event.reason, words),
        tuple([(link.relation, ids[link.event]) for link in event.links]),
        PassageSheet(words.all_bits(event.evidence), event.evidence[0].text),
    )


def statement_sheet(statement: Statement, words: Words, names: dict[str, int], ids: dict[str, int]) -> StatementSheet:
    """One statement as a sheet; `names` and `ids` as in `Sheet`."""
    return StatementSheet(
        names[statement.speaker],
        statement.kind,
        statement.stance,
        None if statement.about is None else ids[statement.about],
        None if statement.via is None else names[statement.via],
        PassageSheet(words.bits(statement.start, statement.end), statement.text),
    )


def _entity(entity: Entity, words: Words) -> EntitySheet:
    forms = (entity.name, *(alias.text for alias in entity.aliases))
    return EntitySheet(
        tuple(dict.fromkeys(map(form_of, forms))),
        entity.type,
        entity.country,
        _passage(entity.office, words),
        entity.name,
    )


def _time(when: When | None, words: Words) -> TimeSheet | None:
    return None if when is None else TimeSheet(when.value, when.bound, words.bits(when.start, when.end), when.text)


def _passage(excerpt: Excerpt | None, words: Words) -> PassageSheet | None:
    return None if excerpt is None else PassageSheet(words.bits(excerpt.start, excerpt.end), excerpt.text)


def _quantity(quantity: Quantity, words: Words) -> QuantitySheet:
    return QuantitySheet(
        quantity.value,
        quantity.previous,
        quantity.qualifier,
        content_of(quantity.of),
        words.bits(quantity.start, quantity.end),
        quantity.text,
    )
