"""Entities: found under any of their names, then judged by type, country, office and aliases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evals.report import Outcome
from evals.scoring.counts import Mark
from evals.scoring.key import Key
from evals.scoring.sheet import EntitySheet, Sheet
from evals.scoring.values import Results, exact, members, passage

FIELDS = ("name", "type", "country", "office", "aliases")


def entity_marks(key: Key, predicted: Sheet, who: Sequence[int]) -> list[Mark]:
    """Every slot of every entity. One that stands in optional facts alone makes no mark, found or not.

    Of several predicted entities that mean the same one, that with the name itself counts, else the first; the others
    are spurious.
    """
    found: dict[int, int] = {}
    for at, meant in enumerate(who):
        same_name = meant < len(key.sheet.entities) and _named(key, meant) == predicted.entities[at].forms[0]
        if meant not in found or (same_name and predicted.entities[found[meant]].forms[0] != _named(key, meant)):
            found[meant] = at
    marks: list[Mark] = []
    for at, entity in enumerate(key.sheet.entities):
        if at in key.needed:
            given = None if at not in found else predicted.entities[found[at]]
            marks += _marks(_judge(entity, given), at, found.get(at))
    for at, entity in enumerate(predicted.entities):
        if found[who[at]] != at or who[at] >= len(key.sheet.entities):
            marks += _marks(_judge(None, entity), None, at)
    return marks


def _named(key: Key, at: int) -> str:
    return key.sheet.entities[at].forms[0]


def _judge(wanted: EntitySheet | None, given: EntitySheet | None) -> tuple[Results, ...]:
    if wanted is None or given is None:
        one, other = _slots(wanted), _slots(given)
        return (exact(one[0], other[0]), exact(one[1], other[1]), exact(one[2], other[2]), exact(one[3], other[3]), ())
    return (
        ((_name(wanted, given), wanted.name, given.name),),
        exact(wanted.type, given.type),
        exact(wanted.country, given.country),
        passage(wanted.office, given.office),
        members(wanted.forms[1:], tuple(form for form in given.forms if form != wanted.forms[0])),
    )


def _slots(entity: EntitySheet | None) -> tuple[Any, ...]:
    return (None,) * 4 if entity is None else (entity.name, entity.type, entity.country, entity.office)


def _name(wanted: EntitySheet, given: EntitySheet) -> Outcome:
    """The canonical name is right, an alias as the name partly so."""
    return "correct" if wanted.forms[0] == given.forms[0] else "partial"


def _marks(results: Sequence[Results], gold: int | None, predicted: int | None) -> list[Mark]:
    return [
        Mark("entities", field, outcome, 1.0, gold, predicted, wanted, given)
        for field, found in zip(FIELDS, results, strict=True)
        for outcome, wanted, given in found
    ]
