"""What a damage is: a name, the figures that must fall, and for each thing that it can be done to the ways to do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from random import Random
from typing import Any

from pydantic import BaseModel

from evals.damage.change import Change, Changes, Fields
from evals.damage.spot import Fact, Spot
from evals.gold import Gold

FAR = ("ISL", "PRY", "LAO")  # countries to be wrong about
TRIES = 8  # ways to do a damage to one thing, before it is given up
Ways = list[Changes]  # ways to do one damage to one thing, best first; the first that the schema takes is done
Edit = Callable[[Spot[Fact]], Iterable[Fields]]


@dataclass(frozen=True, slots=True)
class Damage:
    """A planted error. `things` lists what gold holds of its kind, each as the ways to damage it.

    `figures` must all fall, the first is the one whose price is told. Where `refusable` the schema may refuse every
    way, and that is the price: no engine can make such a summary.
    """

    name: str
    figures: tuple[str, ...]
    things: Callable[[Gold, Random], list[Ways]]
    refusable: bool = False


def to_facts(
    name: str,
    figures: tuple[str, ...],
    spots: Callable[[Gold, Random], list[Spot[Fact]]],
    edit: Edit[Fact],
    kind: Callable[[Fact], Any] = lambda fact: True,
    *,
    refusable: bool = False,
) -> Damage:
    """A damage that replaces fields of one fact. `edit` yields ways to do it, best first; `kind` says which facts."""

    def things(gold: Gold, rng: Random) -> list[Ways]:
        found = (_ways(spot, edit) for spot in spots(gold, rng) if kind(spot.fact))
        return [ways for ways in found if ways]

    return Damage(name, figures, things, refusable)


def _ways(spot: Spot[Fact], edit: Edit[Fact]) -> Ways:
    """The first ways that gold does not accept; where it accepts them all, nothing would be wrong."""
    wrong = (fields for fields in edit(spot) if not spot.accepts(fields))
    return [(Change(spot.part, spot.at, fields),) for fields in islice(wrong, TRIES)]


@cache
def choices(model: type[BaseModel], field: str) -> tuple[str, ...]:
    """The values that a field with a fixed list of them may take.

    >>> from summarizer import Statement
    >>> choices(Statement, "kind")
    ('quote', 'paraphrase')
    """
    schema = model.model_json_schema()["properties"][field]
    allowed: list[str] = schema["enum"] if "enum" in schema else schema["anyOf"][0]["enum"]
    return tuple(allowed)


def without(items: Sequence[Any]) -> list[list[Any]]:
    """The items with one of them left out, each in turn.

    >>> without([1, 2])
    [[2], [1]]
    """
    return [[*items[:at], *items[at + 1 :]] for at in range(len(items))]


def emptied(field: str) -> Callable[[Spot[Fact]], Iterator[Fields]]:
    """The edit that leaves a field empty."""

    def edit(spot: Spot[Fact]) -> Iterator[Fields]:
        yield {field: None}

    return edit


def another(field: str) -> Callable[[Spot[Fact]], Iterator[Fields]]:
    """The edit that takes another of the values on a field's list."""

    def edit(spot: Spot[Fact]) -> Iterator[Fields]:
        return ({field: value} for value in spot.shuffled(choices(type(spot.fact), field)))

    return edit
