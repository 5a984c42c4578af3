"""Events: which predicted one is which labelled one, and how each of their slots was filled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from operator import eq
from typing import Any

from evals.scoring.assignment import assign
from evals.scoring.counts import Mark, marks_of
from evals.scoring.key import SALIENCE_WEIGHT, Key, Traits, traits_of
from evals.scoring.naming import STRANGER
from evals.scoring.sheet import EventSheet, in_text_order
from evals.scoring.values import (
    PENALTY,
    Judge,
    Results,
    exact,
    judged,
    members,
    nested,
    pardoning,
    passage,
    place,
    quantities,
    related,
    time,
    wording,
)

SAME_EVENT = 0.4  # below this similarity a pair is no match
_WIDE = 4  # evidence may be this many times as long as gold's before its length counts against it
_JUDGE_OF: dict[str, Judge] = {
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
    "reason": wording,
    "links": related,
    "evidence": passage,
}
_JUDGES = tuple(_JUDGE_OF[name] for name in EventSheet._fields)
_SETS = ("actor", "recipient", "attribution", "quantities", "links")
_NOTHING: tuple[Any, ...] = tuple(() if name in _SETS else None for name in EventSheet._fields)
_LINKS = EventSheet._fields.index("links")


def align(key: Key, events: Sequence[EventSheet]) -> dict[int, int]:
    """For each labelled event that was found its predicted one: the one-to-one assignment of greatest similarity.

    The order in which events are given decides nothing: they are aligned in the order in which they stand in the text.
    """
    order = in_text_order([event.evidence.bits for event in events], lambda at: _said(events[at]))
    given = [traits_of(events[at]) for at in order]
    table = [[similar(traits, event) for event in given] for traits in [gold.traits for gold in key.events]]
    return {gold: order[column] for gold, column in assign(table)}


def _said(event: EventSheet) -> list[str]:
    """Every field but the links, in words, alike for all entities that gold does not know."""
    known = [[min(at, STRANGER) for at in role] for role in (event.actor, event.recipient, event.attribution)]
    plain = (event.event_type, event.mode, event.status, event.salience, event.date, event.effective, event.location)
    numbers = [(number.text, number.value, number.previous, number.qualifier) for number in event.quantities]
    return [repr(value) for value in (*plain, *map(sorted, known), numbers, event.reason)]


def similar(gold: Traits, event: Traits) -> float:
    """How much two events look like one, at most 1 and 0 for less than SAME_EVENT; 0.002 more for each same field.

    Evidence 0.35 (the mean of words shared over the shorter and of Dice, so that of two events told in one stretch the
    one that it tells at length is nearer; with no word shared, 0.12 is taken away), type 0.25 and mode 0.05, actors
    and recipients 0.25 (Dice; 0.08 where neither has any), a time or a number in common 0.10; times that contradict
    each other take 0.10 away.
    """
    shared = (gold.words & event.words).bit_count()
    total = -0.12
    if shared:
        shorter = max(min(gold.size, event.size), event.size / _WIDE)
        total = 0.35 * (shared / (2 * shorter) + shared / (gold.size + event.size))
    if not gold.types.isdisjoint(event.types):
        total += 0.25 if gold.kinds.isdisjoint(event.kinds) else 0.30
    if total + 0.35 < SAME_EVENT:
        return 0.0  # whoever they are and whenever it was
    total += _roles_alike(gold.roles, event.roles[0]) + _figures_alike(gold, event)
    return total + 0.002 * sum(map(eq, gold.told, event.told)) if total >= SAME_EVENT else 0.0


def _roles_alike(accepted: tuple[frozenset[int], ...], given: frozenset[int]) -> float:
    if given in accepted:
        return 0.25 if given else 0.08
    return max([0.5 * len(one & given) / (len(one) + len(given)) for one in accepted])


def _figures_alike(gold: Traits, event: Traits) -> float:
    if gold.date and event.date:
        if gold.date == event.date:
            return 0.10
        if not nested(gold.date, event.date):
            return -0.10
    return 0.0 if gold.numbers.isdisjoint(event.numbers) else 0.10


def linked_to(what: Sequence[int], event: EventSheet) -> EventSheet:
    """The event with its links pointing at `what` each predicted place stands for."""
    return event._replace(links=tuple([(relation, what[to]) for relation, to in event.links]))


def event_marks(key: Key, events: Sequence[EventSheet], pairs: dict[int, int], absent: Collection[int]) -> list[Mark]:
    """Every slot of every event, weighted by salience: aligned pairs, labelled events missed, predicted ones made up.

    An optional event makes no mark, found or not; `absent` are those not found, which no link need point at. What is
    made up weighs at least as much as a secondary event, whatever it calls itself.
    """
    judges = list(_JUDGES)
    if absent:
        judges[_LINKS] = pardoning(related, lambda link: link[1] in absent)
    marks: list[Mark] = []
    for at, gold in enumerate(key.events):
        if not gold.optional:
            found = pairs.get(at)
            given = _NOTHING if found is None else events[found]
            marks += _marks(judged(judges, gold.sheet, given, *gold.readings), gold.weight, at, found)
    used = set(pairs.values())
    for at, event in enumerate(events):
        if at not in used:
            weight = max(SALIENCE_WEIGHT["secondary"], SALIENCE_WEIGHT[event.salience])
            marks += _marks(judged(_JUDGES, _NOTHING, event), weight, None, at)
    return marks


def main_marks(key: Key, events: Sequence[EventSheet]) -> list[Mark]:
    """The slots of the event that the prediction calls main against those of the labelled main event, as they stand.

    Where gold accepts several events as the main one, against the one that fits best. What a link points at is the
    alignment's matter: links are left out.
    """
    at = next((place for place, event in enumerate(events) if event.salience == "main"), None)
    given = _NOTHING if at is None else events[at]
    fits = []
    for main in key.mains:
        gold = key.events[main]
        marks = _marks(judged(_JUDGES, gold.sheet, given, *gold.readings), 1.0, main, at)
        fits.append([mark for mark in marks if mark.field != "links"])
    return min(fits, key=lambda marks: sum(PENALTY[mark.outcome] for mark in marks))


def _marks(results: Sequence[Results], weight: float, gold: int | None, predicted: int | None) -> list[Mark]:
    return marks_of("events", EventSheet._fields, results, weight, (gold, predicted))
