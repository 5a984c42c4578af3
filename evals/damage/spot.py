"""Where damage can be done: the facts that count, each with the values that gold accepts in its fields.

Damage to a fact that gold calls optional costs nothing and should not; nor does damage to a fact for which an optional
one may stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from evals.damage.accepted import alike, readings_of
from evals.damage.change import Fields, Part, Raw
from evals.gold import Gold, Label
from summarizer import Entity, Event, Span, Statement

Fact = TypeVar("Fact", Event, Statement, Entity)
Item = TypeVar("Item")
ROLES = ("actor", "recipient", "attribution", "speaker", "via")


@dataclass(frozen=True, slots=True)
class Spot(Generic[Fact]):
    """One fact that counts: its place, its plain reading, further ones as (fields, fact), and chance."""

    gold: Gold
    rng: Random
    part: Part
    at: int
    fact: Fact
    readings: tuple[tuple[frozenset[str], Fact], ...] = ()

    @property
    def raw(self) -> Raw:
        """The fact's raw data."""
        return self.fact.model_dump(mode="json")

    def values(self, field: str) -> list[Any]:
        """The raw values that gold accepts in a field, the plain one first."""
        facts: list[BaseModel] = [self.fact, *(fact for fields, fact in self.readings if field in fields)]
        return [fact.model_dump(mode="json", include={field})[field] for fact in facts]

    def accepts(self, fields: Fields) -> bool:
        """Whether gold accepts each of these values in its field; cautious, for couples are taken apart."""
        return all(any(alike(field, value, wanted) for wanted in self.values(field)) for field, value in fields.items())

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """The items in a random order."""
        return self.rng.sample(items, len(items))

    def strangers(self, field: str) -> list[str]:
        """Names of entities that no reading has in a field, in random order."""
        inside = {name for value in self.values(field) for name in _names(value)}
        return self.shuffled([entity.name for entity in self.gold.summary.entities if entity.name not in inside])


def event_spots(gold: Gold, rng: Random) -> list[Spot[Event]]:
    """The events that are not optional and that no optional one may stand for."""
    return list(_labelled(gold, rng, "events", gold.events, ("event_type", "mode", "status", "actor", "recipient")))


def statement_spots(gold: Gold, rng: Random) -> list[Spot[Statement]]:
    """The statements that are not optional and that no optional one may stand for."""
    return list(_labelled(gold, rng, "statements", gold.statements, ("speaker", "kind", "stance")))


def _labelled(
    gold: Gold, rng: Random, part: Part, labels: Sequence[Label[Any]], fields: Sequence[str]
) -> Iterator[Spot[Any]]:
    optional = [label for label in labels if label.optional]
    for at, label in enumerate(labels):
        if not label.optional and not any(_may_stand_for(label, other, fields) for other in optional):
            readings = tuple((reading.fields, reading.fact) for reading in label.readings)
            yield Spot(gold, rng, part, at, label.fact, readings)


def _may_stand_for(label: Label[Any], other: Label[Any], fields: Sequence[str]) -> bool:
    """Whether some readings of two facts share words and agree in these fields."""
    return any(
        all(alike(field, getattr(one, field), getattr(two, field)) for field in fields)
        and any(a.overlaps(b) for a, b in product(_words(one), _words(two)))
        for one, two in product(readings_of(label), readings_of(other))
    )


def _words(fact: Event | Statement) -> list[Span]:
    return [piece.span for piece in fact.evidence] if isinstance(fact, Event) else [fact.span]


def entity_spots(gold: Gold, rng: Random) -> list[Spot[Entity]]:
    """The entities that a fact which is not optional names in every reading."""
    labels: tuple[Label[Any], ...] = (*gold.events, *gold.statements)
    named = {name for label in labels if not label.optional for name in _always_named(label)}
    entities = enumerate(gold.summary.entities)
    return [Spot(gold, rng, "entities", at, entity) for at, entity in entities if entity.name in named]


def _always_named(label: Label[Any]) -> set[str]:
    return set.intersection(*(names_in(fact.model_dump(mode="json")) for fact in readings_of(label)))


def names_in(fact: Raw) -> set[str]:
    """The entities that a raw event or statement names."""
    return {name for role in ROLES for name in _names(fact.get(role))}


def _names(value: Any) -> list[Any]:
    """A role's names, whether it takes several or one."""
    return value if isinstance(value, list) else [] if value is None else [value]
