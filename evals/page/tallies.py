"""In how many runs each slot of gold was right on a side, and what was given instead: what single runs don't tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evals.gate import FactChange, Judgement
from evals.report import CaseResult, Point

Key = tuple[str, str, str, str]  # article, fact, field, gold's value


@dataclass(frozen=True, slots=True)
class Tally:
    """One slot on one side: right in so many of the runs that were judged by this value of gold.

    `instead` is what was given most often where it was not right, None where nothing was.
    """

    right: int
    runs: int
    instead: str | None = None

    @property
    def mostly(self) -> bool:
        """Whether it is right in most runs."""
        return 2 * self.right > self.runs


Tallies = Mapping[Key, Tally]


def tallies_of(cases: Iterable[CaseResult]) -> Tallies:
    """Every slot of events and statements that gold fills. Entities have no part in the gate's lists."""
    points: dict[Key, list[Point]] = {}
    for case in cases:
        for point in case.points:
            if point.part != "entities" and point.gold_ref is not None and point.gold is not None:
                points.setdefault((case.id, point.gold_ref, point.field, point.gold), []).append(point)
    return {key: _tally(found) for key, found in points.items()}


def _tally(points: list[Point]) -> Tally:
    wrong = Counter(point.predicted for point in points if point.lost)
    instead = wrong.most_common(1)[0][0] if wrong else None
    return Tally(sum(not point.lost for point in points), len(points), instead)


@dataclass(frozen=True, slots=True)
class Change:
    """A slot that is filled otherwise than before, by the gate's word and by the runs of both sides."""

    told: FactChange
    was: Tally
    now: Tally


def changes_of(judgement: Judgement, before: Tallies, after: Tallies) -> dict[str, list[Change]]:
    """What was lost and gained by the gate's word; and what changed without crossing from right to wrong or back."""
    lists = {"lost": judgement.lost, "gained": judgement.gained}
    crossed = {_key_of(fact) for facts in lists.values() for fact in facts}
    lists["changed"] = tuple(fact for fact in _others(before, after) if _key_of(fact) not in crossed)
    return {
        kind: [Change(fact, *(side.get(_key_of(fact), _UNKNOWN) for side in (before, after))) for fact in facts]
        for kind, facts in lists.items()
    }


_UNKNOWN = Tally(0, 0)


def _key_of(fact: FactChange) -> Key:
    return fact.article, fact.fact, fact.field, fact.gold or ""


def _others(before: Tallies, after: Tallies) -> Iterator[FactChange]:
    for key, was in before.items():
        now = after.get(key)
        if now and _moved(was, now):
            yield FactChange(*key, f"{was.right} of {was.runs}", f"{now.right} of {now.runs}", now.instead)


def _moved(was: Tally, now: Tally) -> bool:
    """Whether it is right more or less often, on the same side of one half; or wrong in another way in most runs."""
    if was.mostly != now.mostly:
        return False
    oftener = was.right * now.runs != now.right * was.runs
    return oftener or (not now.mostly and was.instead != now.instead)
