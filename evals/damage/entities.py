"""Damage to entities: another kind of thing, another country, another's alias, no office, the lesser name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from evals.damage.change import Change, Fields, Raw
from evals.damage.kinds import FAR, Damage, Ways, another, emptied, to_facts
from evals.damage.spot import Spot, entity_spots
from evals.gold import Gold
from summarizer import Entity, Excerpt, fold

_FIGURE = ("entity_f1",)


def own_aliases(entity: Entity) -> list[Excerpt]:
    """The aliases that are more than the name or another alias set otherwise: not "U.S." beside "the US"."""
    seen, own = {_letters(entity.name)}, []
    for alias in entity.aliases:
        if _letters(alias.text) not in seen:
            seen.add(_letters(alias.text))
            own.append(alias)
    return own


def _letters(name: str) -> str:
    """A name without what is only setting and grammar: case, points, spaces, an article, a possessive ending.

    >>> _letters("the U.S."), _letters("Kenya’s")
    ('us', 'kenya')
    """
    plain = fold(name).text.casefold().removeprefix("the ").removesuffix("'s")
    return "".join(character for character in plain if character.isalnum())


def _alias_moved(gold: Gold, rng: Random) -> list[Ways]:
    """An alias stands with another entity."""
    ways: list[Ways] = []
    for spot in entity_spots(gold, rng):
        others = [at for at in range(len(gold.summary.entities)) if at != spot.at]
        if others and (aliases := own_aliases(spot.fact)):
            alias, other = rng.choice(aliases), rng.choice(others)
            ways.append([(_without(spot, alias), _with(gold, other, alias))])
    return ways


def _without(spot: Spot[Entity], alias: Excerpt) -> Change:
    return Change("entities", spot.at, {"aliases": _others(spot.fact, alias)})


def _others(entity: Entity, alias: Excerpt) -> list[Raw]:
    """The entity's other aliases."""
    return [one.model_dump() for one in entity.aliases if _letters(one.text) != _letters(alias.text)]


def _with(gold: Gold, at: int, alias: Excerpt) -> Change:
    aliases = [*gold.summary.entities[at].aliases, alias]
    return Change("entities", at, {"aliases": [one.model_dump() for one in aliases]})


def _told_as_two(gold: Gold, rng: Random) -> list[Ways]:
    """An alias is taken for somebody else."""
    return [
        [(_without(spot, alias), Change("entities", None, {"name": alias.text, "type": spot.fact.type}))]
        for spot in entity_spots(gold, rng)
        for alias in rng.sample(own_aliases(spot.fact), min(1, len(own_aliases(spot.fact))))
    ]


def _alias_dropped(spot: Spot[Entity]) -> Iterator[Fields]:
    for alias in spot.shuffled(own_aliases(spot.fact)):
        yield {"aliases": _others(spot.fact, alias)}


def _lesser_name(spot: Spot[Entity]) -> Iterator[Fields]:
    """An alias as the name, the name among the aliases; roles follow, for grounding repairs them."""
    for alias in spot.shuffled(own_aliases(spot.fact)):
        rest = [one.model_dump() for one in spot.fact.aliases if one.text != alias.text]
        yield {"name": alias.text, "aliases": [{"text": spot.fact.name}, *rest]}


def _wrong_country(spot: Spot[Entity]) -> Iterator[Fields]:
    return ({"country": country} for country in spot.shuffled(FAR))


ENTITY_DAMAGES: Sequence[Damage] = (
    to_facts("wrong type of an entity", (*_FIGURE, "entity_type_accuracy"), entity_spots, another("type")),
    to_facts("wrong country of an entity", _FIGURE, entity_spots, _wrong_country),
    to_facts("country dropped", _FIGURE, entity_spots, emptied("country"), lambda entity: entity.country),
    to_facts("office dropped", _FIGURE, entity_spots, emptied("office"), lambda entity: entity.office),
    to_facts("alias dropped", _FIGURE, entity_spots, _alias_dropped, own_aliases),
    Damage("one entity told as two", _FIGURE, _told_as_two),
    Damage("alias given to another entity", _FIGURE, _alias_moved),
    to_facts("alias as the name", _FIGURE, entity_spots, _lesser_name, own_aliases),
)
