"""The answer key: gold in the form it is compared in, with every accepted reading. Made once an article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from evals.gold import Gold, Label
from evals.scoring.sheet import (
    EventSheet,
    Sheet,
    StatementSheet,
    Words,
    event_sheet,
    sheet_of,
    statement_sheet,
)
from summarizer import Event, Statement

# What an event weighs in the primary figure: readers see the main event first, background last.
SALIENCE_WEIGHT = {"main": 2.0, "secondary": 1.0, "background": 0.5}
_LINKS = EventSheet._fields.index("links")
_ROLES = ("actor", "recipient", "attribution", "speaker", "via")


class Readings(NamedTuple):
    """What gold accepts beside a plain reading: (place of the field, value) alone, and couples of these."""

    alone: tuple[tuple[int, Any], ...]
    together: tuple[tuple[tuple[int, Any], ...], ...]


class Traits(NamedTuple):
    """What an event is found by, in any of its readings: the words of its evidence as bits and how many there are,
    types, types with modes, actors and recipients (one set a reading), the day, the known numbers. Among equals all
    that is told of it in the plain reading decides, but for links.
    """

    words: int
    size: int
    types: frozenset[str]
    kinds: frozenset[tuple[str, str | None]]
    roles: tuple[frozenset[int], ...]
    date: str | None
    numbers: frozenset[float]
    told: tuple[Any, ...]


class EventKey(NamedTuple):
    """One labelled event: the plain reading, further ones, what it is found by, and how it counts."""

    sheet: EventSheet
    readings: Readings
    traits: Traits
    weight: float
    optional: bool
    must: tuple[str, ...]


class StatementKey(NamedTuple):
    """One labelled statement, as in EventKey; `spoken` are its words in each reading, `bits` all of them, and `texts`
    what they are.
    """

    sheet: StatementSheet
    readings: Readings
    spoken: tuple[int, ...]
    bits: int
    texts: frozenset[str]
    optional: bool
    must: tuple[str, ...]


class Key(NamedTuple):
    """The answer key of one article. `forms` says which entity a name or an alias means; `needed` are the entities
    that no accepted reading of some fact, itself not optional, does without; `mains` the events that may be main, the
    labelled one first.
    """

    gold: Gold
    words: Words
    sheet: Sheet
    events: tuple[EventKey, ...]
    statements: tuple[StatementKey, ...]
    forms: dict[str, int]
    needed: frozenset[int]
    mains: tuple[int, ...]


def key_of(gold: Gold) -> Key:
    """The answer key that a gold makes."""
    words = Words(gold.article)
    sheet = sheet_of(gold.summary, words)
    events = tuple(_event(label, words, sheet) for label in gold.events)
    statements = tuple(_statement(label, words, sheet) for label in gold.statements)
    needed = _needed((*events, *statements))
    return Key(gold, words, sheet, events, statements, _forms(sheet), needed, _mains(gold))


def _mains(gold: Gold) -> tuple[int, ...]:
    """The labelled main event, then those that gold accepts as the main one."""
    salience = [[label.fact.salience, *(reading.fact.salience for reading in label.readings)] for label in gold.events]
    accepted = [place for place, given in enumerate(salience) if "main" in given]
    return tuple(sorted(accepted, key=lambda place: salience[place][0] != "main"))


def traits_of(event: EventSheet) -> Traits:
    """What an event in one reading is found by."""
    words = event.evidence.bits
    return Traits(
        words,
        words.bit_count(),
        frozenset((event.event_type,)),
        frozenset(((event.event_type, event.mode),)),
        (_roles(event),),
        event.date.value if event.date else None,
        frozenset([number.value for number in event.quantities if number.value is not None]),
        event[:_LINKS] + event[_LINKS + 1 :],
    )


def _in_any(plain: Traits, *others: Traits) -> Traits:
    """What an event is found by, however it is read."""
    readings = (plain, *others)
    words = reduce(or_, [reading.words for reading in readings])
    return plain._replace(
        words=words,
        size=words.bit_count(),
        types=frozenset().union(*[reading.types for reading in readings]),
        kinds=frozenset().union(*[reading.kinds for reading in readings]),
        roles=tuple(dict.fromkeys([roles for reading in readings for roles in reading.roles])),
    )


def _roles(event: EventSheet) -> frozenset[int]:
    """Actors and recipients as one set in which the same entity in another role is another member."""
    return frozenset([2 * at for at in event.actor] + [2 * at + 1 for at in event.recipient])


def _event(label: Label[Event], words: Words, sheet: Sheet) -> EventKey:
    own = event_sheet(label.fact, words, sheet.names, sheet.ids)
    others = [event_sheet(reading.fact, words, sheet.names, sheet.ids) for reading in label.readings]
    readings = _readings(label, others, EventSheet._fields)
    weight = SALIENCE_WEIGHT[own.salience]
    return EventKey(own, readings, _in_any(*map(traits_of, (own, *others))), weight, label.optional, label.must)


def _statement(label: Label[Statement], words: Words, sheet: Sheet) -> StatementKey:
    own = statement_sheet(label.fact, words, sheet.names, sheet.ids)
    others = [statement_sheet(reading.fact, words, sheet.names, sheet.ids) for reading in label.readings]
    said = [fact.text for fact in (own, *others)]
    spoken = tuple(dict.fromkeys(text.bits for text in said))
    texts = frozenset(text.text for text in said)
    readings = _readings(label, others, StatementSheet._fields)
    return StatementKey(own, readings, spoken, reduce(or_, spoken), texts, label.optional, label.must)


def _readings(label: Label[Any], facts: Iterable[Sequence[Any]], fields: Sequence[str]) -> Readings:
    read = [
        tuple((at, fact[at]) for at, name in enumerate(fields) if name in reading.fields)
        for reading, fact in zip(label.readings, facts, strict=True)
    ]
    return Readings(
        tuple(couple[0] for couple in read if len(couple) == 1), tuple(couple for couple in read if len(couple) > 1)
    )


def _forms(sheet: Sheet) -> dict[str, int]:
    """Every way gold writes an entity; names go before aliases, earlier entities before later ones."""
    forms: dict[str, int] = {}
    for place, entity in enumerate(sheet.entities):
        forms.setdefault(entity.forms[0], place)
    for place, entity in enumerate(sheet.entities):
        for form in entity.forms[1:]:
            forms.setdefault(form, place)
    return forms


def _needed(facts: Iterable[EventKey | StatementKey]) -> frozenset[int]:
    needed: set[int] = set()
    for fact in facts:
        read = [*fact.readings.alone, *(reading for couple in fact.readings.together for reading in couple)]
        for at, name in enumerate(fact.sheet._fields):
            if name in _ROLES and not fact.optional:
                accepted = (fact.sheet[at], *(value for place, value in read if place == at))
                needed |= frozenset.intersection(*map(_named, accepted))
    return frozenset(needed)


def _named(filler: Any) -> frozenset[int]:
    """The entities in a role, whether it takes several or one."""
    return frozenset(filler if isinstance(filler, tuple) else () if filler is None else (filler,))
