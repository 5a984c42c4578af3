"""Damage to what gold demands whatever the mean says: a `must` fact lost, a `must_not` reading asserted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

from evals.damage.change import Change, Fields
from evals.damage.events import without_event
from evals.damage.kinds import Damage, Ways
from evals.damage.spot import event_spots, statement_spots
from evals.damage.stretches import excerpt
from evals.gold import Forbidden, Gold

CONTRACTS = "contracts"  # no figure of a report: its price is how many contracts are newly broken


def _must_lost(gold: Gold, rng: Random) -> list[Ways]:
    events = [spot.at for spot in event_spots(gold, rng) if gold.events[spot.at].must]
    statements = [spot.at for spot in statement_spots(gold, rng) if gold.statements[spot.at].must]
    lost = [without_event(gold, at) for at in events if len(gold.events) > 1]
    lost += [(Change("statements", at, None),) for at in statements]
    return [[changes] for changes in lost]


def _asserted(gold: Gold, rng: Random) -> list[Ways]:
    """The wrong reading put forward beside the right ones."""
    ways: list[Ways] = [[(change,) for change in _assertions(gold, forbidden)] for forbidden in gold.must_not]
    return [found for found in ways if found]


def _assertions(gold: Gold, forbidden: Forbidden) -> Iterator[Change]:
    speakers = forbidden.speaker or tuple(entity.name for entity in gold.summary.entities)
    for span in forbidden.spans(gold.article):
        words = excerpt(gold, span)
        if forbidden.fact == "statement":
            said = {**words, "kind": "paraphrase", "stance": "comments", "about": None}
            yield from (Change("statements", None, {**said, "speaker": speaker}) for speaker in speakers[:1])
        else:
            for event_type, mode in product(forbidden.event_type or ("OTHER",), forbidden.mode or (None,)):
                kind = {"event_type": event_type, "mode": mode, "description": gold.summary.headline}
                yield Change("events", None, {**_event(forbidden), **kind, "evidence": [words]})


def _event(forbidden: Forbidden) -> Fields:
    """The conditions under which an event is forbidden, the first of each."""
    return {
        "id": "e902",
        "salience": "background",
        "status": (forbidden.status or ("occurred",))[0],
        "actor": list(forbidden.actor[:1]),
        "recipient": list(forbidden.recipient[:1]),
        "links": [],
    }


DEMAND_DAMAGES: Sequence[Damage] = (
    Damage("fact that must be there lost", (CONTRACTS,), _must_lost),
    Damage("reading that must not be asserted", (CONTRACTS,), _asserted, refusable=True),
)
