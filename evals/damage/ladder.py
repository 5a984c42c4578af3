"""More and more damage: random single damages to events, one after another, none undoing or hiding another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from pydantic import ValidationError

from evals.damage.change import Change, Raw, changed, raw_of
from evals.damage.events import EVENT_DAMAGES, TOLD_TWICE
from evals.damage.kinds import Damage
from evals.gold import Gold
from summarizer import Article, Event

_RUNGS = tuple(damage for damage in EVENT_DAMAGES if damage is not TOLD_TWICE)  # a copy would mend what is damaged


def ladder(gold: Gold, rng: Random) -> Iterator[Raw]:
    """The summary's raw data after 1, 2, 3, … damages of one change each, every kind of damage at most once.

    No field is damaged twice, and no event that is gone.
    """
    raw, done = raw_of(gold.summary), list[Change]()
    for damage in rng.sample(_RUNGS, len(_RUNGS)):
        for change in _fresh(damage, gold, rng, done):
            new = changed(raw, [change])
            if _stands(new["events"][-1 if change.at is None else change.at], gold.article):
                raw = new
                done.append(change)
                yield raw
                break


def _fresh(damage: Damage, gold: Gold, rng: Random, done: Sequence[Change]) -> Iterator[Change]:
    """Ways to do a damage by one change that meets none done before."""
    things = damage.things(gold, rng)
    for ways in rng.sample(things, len(things)):
        yield from (way[0] for way in ways if len(way) == 1 and not any(way[0].meets(other) for other in done))


def _stands(event: Raw | None, article: Article) -> bool:
    """Whether the schema takes an event; one that is gone it takes."""
    try:
        return event is None or bool(Event.model_validate(event, context={"article": article}))
    except ValidationError:
        return False
