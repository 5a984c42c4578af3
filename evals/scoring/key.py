"""The answer key: gold in the form it is compared in, with every accepted reading. Made once an article."""

from __future__ import annotations

from typing import NamedTuple

from evals.gold import Gold, Reading
from evals.scoring.sheet import EventSheet, Sheet, StatementSheet, Words, event_sheet, sheet_of, statement_sheet
from summarizer import Event, Statement

# What an event weighs in the primary figure: readers see the main event first, background last.
SALIENCE_WEIGHT = {"main": 2.0, "secondary": 1.0, "background": 0.5}
EVENT_PLACES = {name: place for place, name in enumerate(EventSheet._fields)}
STATEMENT_PLACES = {name: place for place, name in enumerate(StatementSheet._fields)}


class EventKey(NamedTuple):
    """One labelled event: the plain reading, further ones as (places of their fields, sheet), and how it counts."""

    sheet: EventSheet
    readings: tuple[tuple[tuple[int, ...], EventSheet], ...]
    types: frozenset[str]
    bits: int
    roles: frozenset[int]
    weight: float
    optional: bool
    must: tuple[str, ...]


class StatementKey(NamedTuple):
    """One labelled statement, as in EventKey."""

    sheet: StatementSheet
    readings: tuple[tuple[tuple[int, ...], StatementSheet], ...]
    bits: int
    optional: bool
    must: tuple[str, ...]


class Key(NamedTuple):
    """The answer key of one article. `forms` says which entity a name or an alias means; `needed` are the entities
    that a fact which is not optional names.
    """

    gold: Gold
    words: Words
    sheet: Sheet
    events: tuple[EventKey, ...]
    statements: tuple[StatementKey, ...]
    forms: dict[str, int]
    needed: frozenset[int]
    main: int


def key_of(gold: Gold) -> Key:
    """The answer key that a gold makes."""
    words = Words(gold.article)
    sheet = sheet_of(gold.summary, words)
    events = tuple(
        _event(
            own,
            [(reading, event_sheet(reading.fact, words, sheet.names, sheet.ids)) for reading in label.readings],
            (label.optional, label.must),
        )
        for own, label in zip(sheet.events, gold.events, strict=True)
    )
    statements = tuple(
        _statement(
            own,
            [(reading, statement_sheet(reading.fact, words, sheet.names, sheet.ids)) for reading in label.readings],
            (label.optional, label.must),
        )
        for own, label in zip(sheet.statements, gold.statements, strict=True)
    )
    main = next(place for place, event in enumerate(sheet.events) if event.salience == "main")
    return Key(gold, words, sheet, events, statements, _forms(sheet), _needed(events, statements), main)


def roles_of(actor: tuple[int, ...], recipient: tuple[int, ...]) -> frozenset[int]:
    """Actors and recipients as one set in which the same entity in another role is another member."""
    return frozenset([*(2 * place for place in actor), *(2 * place + 1 for place in recipient)])


def _event(
    own: EventSheet,
    others: list[tuple[Reading[Event], EventSheet]],
    counted: tuple[bool, tuple[str, ...]],
) -> EventKey:
    readings = tuple(
        (tuple(EVENT_PLACES[name] for name in reading.fields if name in EVENT_PLACES), sheet)
        for reading, sheet in others
    )
    bits = own.evidence.bits
    for _, sheet in others:
        bits |= sheet.evidence.bits
    types = frozenset([own.event_type, *(sheet.event_type for _, sheet in others)])
    roles = roles_of(own.actor, own.recipient)
    return EventKey(own, readings, types, bits, roles, SALIENCE_WEIGHT[own.salience], *counted)


def _statement(
    own: StatementSheet,
    others: list[tuple[Reading[Statement], StatementSheet]],
    counted: tuple[bool, tuple[str, ...]],
) -> StatementKey:
    readings = tuple(
        (tuple(STATEMENT_PLACES[name] for name in reading.fields if name in STATEMENT_PLACES), sheet)
        for reading, sheet in others
    )
    bits = own.text.bits
    for _, sheet in others:
        bits |= sheet.text.bits
    return StatementKey(own, readings, bits, *counted)


def _forms(sheet: Sheet) -> dict[str, int]:
    """Every way gold writes an entity; names go before aliases, earlier entities before later ones."""
    forms: dict[str, int] = {}
    for place, entity in enumerate(sheet.entities):
        forms.setdefault(entity.forms[0], place)
    for place, entity in enumerate(sheet.entities):
        for form in entity.forms[1:]:
            forms.setdefault(form, place)
    return forms


def _needed(events: tuple[EventKey, ...], statements: tuple[StatementKey, ...]) -> frozenset[int]:
    needed: set[int] = set()
    for event in events:
        if not event.optional:
            needed.update(event.sheet.actor, event.sheet.recipient, event.sheet.attribution)
    for statement in statements:
        if not statement.optional:
            needed.update([statement.sheet.speaker, *([] if statement.sheet.via is None else [statement.sheet.via])])
    return frozenset(needed)
