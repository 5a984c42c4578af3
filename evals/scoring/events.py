"""Events: which predicted one is which labelled one, and how each of their slots was filled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evals.scoring.assignment import assign
from evals.scoring.counts import Mark
from evals.scoring.key import SALIENCE_WEIGHT, EventKey, Key, roles_of
from evals.scoring.naming import STRANGER
from evals.scoring.sheet import EventSheet, Sheet
from evals.scoring.values import (
    Judge,
    Result,
    Results,
    exact,
    lost,
    members,
    passage,
    place,
    quantities,
    related,
    time,
)

SAME_EVENT = 0.4  # below this similarity a pair is no match
_JUDGES: dict[str, Judge] = {
    "event_type": exact,
    "mode": exact,
    "status": exact,
    "salience": exact,
    "actor": members,
    "recipient": members,
    "attribution": members,
    "date": time,
    "effective": time,
    "location": place,
    "quantities": quantities,
    "reason": passage,
    "links": related,
    "evidence": passage,
}
_IN_ORDER = tuple(_JUDGES[name] for name in EventSheet._fields)
_SETS = ("actor", "recipient", "attribution", "quantities", "links")
_NOTHING: tuple[Any, ...] = tuple(() if name in _SETS else None for name in EventSheet._fields)
_LINKS = EventSheet._fields.index("links")


def resolved(predicted: Sheet, who: Sequence[int]) -> tuple[EventSheet, ...]:
    """The predicted events with the labelled entities' places in their roles (see `naming.resolve`)."""
    return tuple(
        [
            event._replace(
                actor=tuple([who[at] for at in event.actor]),
                recipient=tuple([who[at] for at in event.recipient]),
                attribution=tuple([who[at] for at in event.attribution]),
            )
            for event in predicted.events
        ]
    )


def align(key: Key, events: Sequence[EventSheet]) -> dict[int, int]:
    """For each labelled event that was found its predicted one: the one-to-one assignment of greatest similarity.

    The order in which events are given decides nothing: they are aligned in the order in which they stand in the text.
    """
    order = sorted(range(len(events)), key=lambda at: _in_text(events[at]))
    roles = [roles_of(events[at].actor, events[at].recipient) for at in order]
    table = [[_matching(gold, events[at], role) for at, role in zip(order, roles, strict=True)] for gold in key.events]
    return {gold: order[column] for gold, column in assign(table)}


def _in_text(event: EventSheet) -> tuple[Any, ...]:
    bits = event.evidence.bits
    return (bits & -bits, bits, event.event_type, event.mode or "", event.actor, event.recipient, event.status)


def _matching(gold: EventKey, event: EventSheet, roles: frozenset[int]) -> float:
    similarity = similar(gold, event, roles)
    return similarity if similarity >= SAME_EVENT else 0.0


def similar(gold: EventKey, event: EventSheet, roles: frozenset[int]) -> float:
    """How much two events look like one, 0 to 1.

    Evidence 0.35 (words shared over the shorter), type 0.25 and mode 0.05, actors and recipients 0.25 (Dice), a time
    or a number in common 0.10; times that contradict each other take 0.10 away.
    """
    total = 0.0
    shared = (gold.bits & event.evidence.bits).bit_count()
    if shared:
        total += 0.35 * shared / min(gold.bits.bit_count(), event.evidence.bits.bit_count())
    if event.event_type in gold.types:
        total += 0.30 if event.mode == gold.sheet.mode else 0.25
    if gold.roles and roles:
        total += 0.5 * len(gold.roles & roles) / (len(gold.roles) + len(roles))
    elif not gold.roles and not roles:
        total += 0.125
    return total + _figures_alike(gold.sheet, event)


def _figures_alike(gold: EventSheet, event: EventSheet) -> float:
    one, other = gold.date, event.date
    if one and other and one.value and other.value:
        if one.value == other.value:
            return 0.10
        if time(one, other)[0][0] == "incorrect":
            return -0.10
    if gold.quantities and event.quantities:
        values = {quantity.value for quantity in event.quantities if quantity.value is not None}
        return 0.10 if any(quantity.value in values for quantity in gold.quantities) else 0.0
    return 0.0


def judge(gold: EventKey, event: Sequence[Any]) -> list[Results]:
    """How each field of a labelled event was filled, in the order of `EventSheet`, by the reading that fits best."""
    results = [
        judge_field(wanted, given) for judge_field, wanted, given in zip(_IN_ORDER, gold.sheet, event, strict=True)
    ]
    return _best_reading(gold, event, results) if gold.readings else results


def _best_reading(gold: EventKey, event: Sequence[Any], results: list[Results]) -> list[Results]:
    """The results with every accepted reading taken that costs less; fields of one reading go together.

    Readings of several fields may exclude each other: the one that saves most is taken, and then only what leaves its
    fields alone.
    """
    for size in (1, 2):  # first the readings of one field, then the couples
        gains = []
        for places, sheet in gold.readings:
            if (len(places) > 1) == (size > 1):
                read = [_IN_ORDER[at](sheet[at], event[at]) for at in places]
                gains.append((sum(map(lost, (results[at] for at in places))) - sum(map(lost, read)), places, read))
        taken: set[int] = set()
        for gain, places, read in sorted(gains, key=lambda entry: -entry[0]):
            if gain > 0 and taken.isdisjoint(places):
                taken.update(places)
                for at, result in zip(places, read, strict=True):
                    results[at] = result
    return results


def event_marks(key: Key, events: Sequence[EventSheet], pairs: dict[int, int]) -> list[Mark]:
    """Every slot of every event, weighted by salience: aligned pairs, labelled events missed, predicted ones made up.

    An optional event makes no mark, found or not. What is made up weighs at least as much as a secondary event,
    whatever it calls itself.
    """
    back = {at: gold for gold, at in pairs.items()}
    marks: list[Mark] = []
    for at, gold in enumerate(key.events):
        found = pairs.get(at)
        if not gold.optional:
            results = judge(gold, _NOTHING if found is None else _linked(events[found], back))
            if gold.sheet.links:
                results[_LINKS] = _bearable(results[_LINKS], key, pairs)
            marks += _marks(results, gold.weight, at, found)
    for at, event in enumerate(events):
        if at not in back:
            results = [
                judge_field(none, given) for judge_field, none, given in zip(_IN_ORDER, _NOTHING, event, strict=True)
            ]
            marks += _marks(results, max(SALIENCE_WEIGHT["secondary"], SALIENCE_WEIGHT[event.salience]), None, at)
    return marks


def main_marks(key: Key, events: Sequence[EventSheet]) -> list[Mark]:
    """The slots of the event that the prediction calls main against those of the labelled main event, as they stand."""
    at = next((place for place, event in enumerate(events) if event.salience == "main"), None)
    results = judge(key.events[key.main], _NOTHING if at is None else events[at])
    results[_LINKS] = ()  # what a link points at is the alignment's matter
    return _marks(results, 1.0, key.main, at)


def _linked(event: EventSheet, back: dict[int, int]) -> EventSheet:
    """The event with its links pointing at labelled events."""
    if not event.links:
        return event
    return event._replace(links=tuple([(name, back.get(to, STRANGER + to)) for name, to in event.links]))


def _bearable(results: Results, key: Key, pairs: dict[int, int]) -> Results:
    """Results of links without those that point at an optional event which was not found."""
    free = {at for at, gold in enumerate(key.events) if gold.optional and at not in pairs}
    kept: list[Result] = []
    for outcome, wanted, given in results:
        if wanted is None or wanted[1] not in free:
            kept.append((outcome, wanted, given))
        elif given is not None:
            kept.append(("spurious", None, given))
    return tuple(kept)


def _marks(results: Sequence[Results], weight: float, gold: int | None, predicted: int | None) -> list[Mark]:
    return [
        Mark("events", field, outcome, weight, gold, predicted, wanted, given)
        for field, found in zip(EventSheet._fields, results, strict=True)
        for outcome, wanted, given in found
    ]
