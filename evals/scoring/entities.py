"""Entities: found under any of their names, then judged by type, country, office and aliases."""

from __future__ import annotations

from collections.abc import Sequence

from evals.scoring.counts import Mark, marks_of
from evals.scoring.key import Key
from evals.scoring.sheet import EntitySheet
from evals.scoring.values import Results, exact, lost, members, wording

FIELDS = ("name", "type", "country", "office", "aliases")


def entity_marks(key: Key, entities: Sequence[EntitySheet], who: Sequence[int]) -> list[Mark]:
    """Every slot of every entity; `who` says which labelled one each means. One that is not needed makes no mark.

    Of several predicted entities that mean the same one, the one that fits best counts; the others are made up.
    """
    labelled = key.sheet.entities
    found: dict[int, int] = {}
    for at, meant in enumerate(who):
        if meant < len(labelled):
            found[meant] = at if meant not in found else _better(labelled[meant], entities, found[meant], at)
    marks: list[Mark] = []
    for at, entity in enumerate(labelled):
        if at in key.needed:
            place = found.get(at)
            results = _missed(entity) if place is None else _found(entity, entities[place])
            marks += marks_of("entities", FIELDS, results, 1.0, (at, place))
    kept = set(found.values())
    for at, entity in enumerate(entities):
        if at not in kept:
            marks += marks_of("entities", FIELDS, _made_up(entity), 1.0, (None, at))
    return marks


def _better(wanted: EntitySheet, entities: Sequence[EntitySheet], one: int, other: int) -> int:
    return min(one, other, key=lambda at: (sum(map(lost, _found(wanted, entities[at]))), entities[at].name))


def _found(wanted: EntitySheet, given: EntitySheet) -> tuple[Results, ...]:
    """The canonical name is right, an alias as the name partly so; every further way it is written is a slot."""
    same_name = wanted.forms[0] == given.forms[0]
    others = given.forms[1:] if same_name else tuple([form for form in given.forms if form != wanted.forms[0]])
    return (
        (("correct" if same_name else "partial", wanted.name, given.name),),
        exact(wanted.type, given.type),
        exact(wanted.country, given.country),
        wording(wanted.office, given.office),
        members(wanted.forms[1:], others),
    )


def _missed(wanted: EntitySheet) -> tuple[Results, ...]:
    slots = (wanted.name, wanted.type, wanted.country, wanted.office)
    return (*(exact(slot, None) for slot in slots), members(wanted.forms[1:], ()))


def _made_up(given: EntitySheet) -> tuple[Results, ...]:
    slots = (given.name, given.type, given.country, given.office)
    return (*(exact(None, slot) for slot in slots), members((), given.forms[1:]))
