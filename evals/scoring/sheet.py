"""A summary in the form it is compared in: words as bits, names as numbers. Made once, compared often.

The words of an article are numbered; a stretch of text is the integer with the bits of its words set, so the words
that two stretches share are counted by `(a & b).bit_count()`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import accumulate
from operator import or_
from typing import Any, NamedTuple

from summarizer import Article, Entity, Event, EventSummary, Excerpt, Quantity, Statement, When, fold

_WORD = re.compile(r"\w+")
_NEGATION = re.compile(r"\b(?:not|no|never|nor|neither|none|nobody|nothing|without|cannot)\b|n['’]t\b", re.IGNORECASE)


class Words:
    """The words of an article, numbered in order."""

    def __init__(self, article: Article) -> None:
        places = [match.span() for match in _WORD.finditer(article.text)]
        size = len(article.text) + 1
        self._ended = _running_count((end for _, end in places), size)  # words that end at or before an offset
        self._begun = _running_count((start + 1 for start, _ in places), size)  # words that start before it
        self.negations = 0  # the words that turn a sentence into its contrary
        for match in _NEGATION.finditer(article.text):
            self.negations |= self.bits(*match.span())

    def bits(self, start: int, end: int) -> int:
        """The words that `text[start:end]` touches, as bits; none for what lies outside the text.

        >>> words = Words(Article.from_text("Kenya expelled two envoys"))
        >>> bin(words.bits(6, 18))
        '0b110'
        """
        try:
            first, after = self._ended[start], self._begun[end]
        except IndexError:
            return 0
        return (1 << after) - (1 << first) if after > first else 0


def _running_count(offsets: Iterable[int], size: int) -> list[int]:
    """For each offset how many of `offsets` are at or before it."""
    here = [0] * size
    for offset in offsets:
        here[offset] += 1
    return list(accumulate(here))


def in_text_order(bits: Sequence[int], otherwise: Callable[[int], Any]) -> list[int]:
    """The places of facts by where their words stand; for facts that rest on the same words, `otherwise` decides.

    >>> in_text_order([0b100, 0b001, 0b100], ["b", "", "a"].__getitem__)
    [1, 2, 0]
    """
    if len(set(bits)) == len(bits):
        return sorted(range(len(bits)), key=bits.__getitem__)
    return sorted(range(len(bits)), key=lambda at: (bits[at], otherwise(at)))


Spans = tuple[tuple[int, int], ...]


class TimeSheet(NamedTuple):
    """A `When`: its value decides; where it has none, its words do."""

    value: str | None
    bound: str
    bits: int
    text: str
    spans: Spans = ()


class QuantitySheet(NamedTuple):
    """A Quantity; `of` as the content words of what is counted."""

    value: float | None
    previous: float | None
    qualifier: str
    of: frozenset[str]
    bits: int
    text: str
    spans: Spans = ()


class PassageSheet(NamedTuple):
    """Any other excerpt, with the country of a location and the negations among what was said."""

    bits: int
    text: str
    spans: Spans = ()
    country: str | None = None
    negations: int = 0


class EventSheet(NamedTuple):
    """An Event. Entities are places in a list of entities, linked events places in a list of events."""

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
    """A Statement; `about` is an event's place, `speaker` and `via` are entities' places."""

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
    """A whole summary. `names` and `ids` say for which place the name of an entity and the id of an event stand."""

    events: tuple[EventSheet, ...]
    statements: tuple[StatementSheet, ...]
    entities: tuple[EntitySheet, ...]
    names: dict[str, int]
    ids: dict[str, int]


# What was given where nothing was.
NO_SUMMARY = EventSummary.model_construct(entities=(), events=(), statements=())
_CONTENT = re.compile(r"[^\W_]+(?:'s\b)?")
_PLAIN = re.compile(r"[A-Za-z0-9.,]+(?: [A-Za-z0-9.,]+)*")
_DOT = re.compile(r"(?<=[^\W\d])\.")
_EMPTY = re.compile(r"(?:an?|the|of|in|on|at|by|to|for|from|with|and|or|as|that|who|which|is|are|was|were|be|been|its)")


@lru_cache(maxsize=65536)
def form_of(name: str) -> str:
    """A name as names are compared: case, typography and dots of acronyms gone, no article before, no possessive after.

    >>> form_of("The Foreign  Ministry’s"), form_of("the U.S."), form_of("3.5 tons")
    ('foreign ministry', 'us', '3.5 tons')
    """
    return _DOT.sub("", _flat(name)).removeprefix("the ").removesuffix("'s").strip(" .,")


@lru_cache(maxsize=65536)
def content_of(text: str) -> frozenset[str]:
    """The content words of a phrase, plurals and possessives cut.

    >>> sorted(content_of("the minister's envoys of 2 countries"))
    ['2', 'country', 'envoy', 'minister']
    """
    words = (word.removesuffix("'s") for word in _CONTENT.findall(_flat(text)))
    return frozenset(_singular(word) for word in words if not _EMPTY.fullmatch(word))


def _flat(text: str) -> str:
    """Case and typography gone; most names have none to fold."""
    return text.lower() if _PLAIN.fullmatch(text) else fold(text).text.casefold()


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def sheet_of(summary: EventSummary, words: Words) -> Sheet:
    """The summary as a sheet over its article's words, its own entities and events by their places."""
    names = {entity.name: place for place, entity in enumerate(summary.entities)}
    ids = {event.id: place for place, event in enumerate(summary.events)}
    return Sheet(
        tuple([event_sheet(event, words, names, ids) for event in summary.events]),
        tuple([statement_sheet(statement, words, names, ids) for statement in summary.statements]),
        entity_sheets(summary, words),
        names,
        ids,
    )


def event_sheet(event: Event, words: Words, names: Mapping[str, int], ids: Mapping[str, int]) -> EventSheet:
    """One event as a sheet; `names` and `ids` say which place stands for an entity and an event."""
    place, named = event.location, names.__getitem__
    return EventSheet(
        event.event_type,
        event.mode,
        event.status,
        event.salience,
        tuple(map(named, event.actor)),
        tuple(map(named, event.recipient)),
        tuple(map(named, event.attribution)),
        _time(event.date, words),
        _time(event.effective, words),
        None if place is None else _passage(place, words, place.country),
        _quantities(event.quantities, words) if event.quantities else (),
        None if event.reason is None else _passage(event.reason, words),
        tuple([(link.relation, ids[link.event]) for link in event.links]) if event.links else (),
        _evidence(event, words),
    )


def statement_sheet(
    statement: Statement, words: Words, names: Mapping[str, int], ids: Mapping[str, int]
) -> StatementSheet:
    """One statement as a sheet; `names` and `ids` as for events."""
    start, end = statement.start, statement.end
    bits = words.bits(start, end)
    return StatementSheet(
        names[statement.speaker],
        statement.kind,
        statement.stance,
        None if statement.about is None else ids[statement.about],
        None if statement.via is None else names[statement.via],
        PassageSheet(bits, statement.text, ((start, end),), None, bits & words.negations),
    )


def entity_sheets(summary: EventSummary, words: Words) -> tuple[EntitySheet, ...]:
    """The summary's entities as sheets, in their order."""
    return tuple([_entity(entity, words) for entity in summary.entities])


def _entity(entity: Entity, words: Words) -> EntitySheet:
    name = form_of(entity.name)
    forms = {name: None, **{form_of(alias.text): None for alias in entity.aliases}} if entity.aliases else (name,)
    office = None if entity.office is None else _passage(entity.office, words)
    return EntitySheet(tuple(forms), entity.type, entity.country, office, entity.name)


def _time(when: When | None, words: Words) -> TimeSheet | None:
    if when is None:
        return None
    start, end = when.start, when.end
    return TimeSheet(when.value, when.bound, words.bits(start, end), when.text, ((start, end),))


def _passage(excerpt: Excerpt, words: Words, country: str | None = None) -> PassageSheet:
    start, end = excerpt.start, excerpt.end
    return PassageSheet(words.bits(start, end), excerpt.text, ((start, end),), country)


def _evidence(event: Event, words: Words) -> PassageSheet:
    """What it rests on, without pieces that were added for a time or a number which stands elsewhere."""
    pieces = event.evidence
    if len(pieces) > 1:
        elsewhere = [excerpt.span for excerpt in (event.date, event.effective, *event.quantities) if excerpt]
        pieces = tuple([piece for piece in pieces if piece.span not in elsewhere]) or pieces
    if len(pieces) == 1:
        return _passage(pieces[0], words)
    spans = tuple([(piece.start, piece.end) for piece in pieces])
    bits = reduce(or_, [words.bits(start, end) for start, end in spans])
    return PassageSheet(bits, " … ".join([piece.text for piece in pieces]), spans)


def _quantities(quantities: Iterable[Quantity], words: Words) -> tuple[QuantitySheet, ...]:
    """The numbers in the order of the text: in which order they are listed says nothing."""
    return tuple([_quantity(quantity, words) for quantity in sorted(quantities, key=_in_text)])


def _in_text(quantity: Quantity) -> tuple[Any, ...]:
    return quantity.start, quantity.end, str(quantity.value), str(quantity.previous), quantity.qualifier, quantity.of


def _quantity(quantity: Quantity, words: Words) -> QuantitySheet:
    return QuantitySheet(
        quantity.value,
        quantity.previous,
        quantity.qualifier,
        content_of(quantity.of),
        words.bits(quantity.start, quantity.end),
        quantity.text,
        ((quantity.start, quantity.end),),
    )
