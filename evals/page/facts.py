"""The facts of one result: those of gold and of the prediction, paired, each with its slots and what it cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.gold import Gold
from evals.page.accounts import Account, accounts_of
from evals.report import OUTCOMES, CaseResult, Pairs, Part, Point
from evals.scoring.counts import Counts
from summarizer import Article

_NOBODY = Account("", "", "", ())


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled fact and the predicted one that was aligned with it; one of the two may be lacking.

    `key` names it within its result. `cost` is what the F1 of its part would gain if all of it were right. `must` are
    the fields that gold demands. `unscored` says why it has no points, where it has none.
    """

    part: Part
    key: str
    gold: Account | None
    given: Account | None
    points: tuple[Point, ...] = ()
    cost: float = 0.0
    must: tuple[str, ...] = ()
    unscored: str = ""

    @property
    def name(self) -> str:
        """What gold calls it, else what the prediction does."""
        return (self.gold or self.given or _NOBODY).ref

    @property
    def told(self) -> str:
        """What it says, by gold if gold has it."""
        return (self.gold or self.given or _NOBODY).told

    @property
    def spans(self) -> tuple[Pairs, Pairs]:
        """Where its words stand: by gold, and by the prediction."""
        return (self.gold or _NOBODY).spans, (self.given or _NOBODY).spans

    @property
    def found(self) -> bool:
        """Whether both sides have it."""
        return self.gold is not None and self.given is not None

    @property
    def lost(self) -> tuple[Point, ...]:
        """Its slots that are anything but right."""
        return tuple(point for point in self.points if point.lost)


def facts_of(article: Article, gold: Gold | None, result: CaseResult) -> tuple[Fact, ...]:
    """Every fact of a result, part by part: first what was found, in gold's order, then what was missed, then made up.

    Optional facts, and entities that such facts alone name, are there too; they have no points. Without gold no fact
    has any.
    """
    wanted = accounts_of({} if gold is None else gold.summary.model_dump(mode="json"), article)
    given = accounts_of(result.summary or {}, article)
    slots, musts = _by_refs(result.points), {} if gold is None else _musts(gold)
    facts: list[Fact] = []
    for part, pairs in _pairs_of(result, slots, wanted, given).items():
        counts = _counts(point for point in result.points if point.part == part)
        for one, other in _in_order(wanted[part], given[part], dict(pairs)):
            refs = (part, one.ref if one else None, other.ref if other else None)
            points, must = slots.get(refs, ()), musts.get(refs[:2], ())
            unscored = "" if points else "optional" if gold else "unlabelled"
            key = f"fact{len(facts) + 1}"
            facts.append(Fact(part, key, one, other, points, _cost(points, counts), must, unscored))
    return tuple(facts)


_Ref = str | None
_Slots = Mapping[tuple[Part, _Ref, _Ref], tuple[Point, ...]]
_Accounts = Mapping[Part, Sequence[Account]]


def _by_refs(points: Iterable[Point]) -> _Slots:
    found = defaultdict(list)
    for point in points:
        found[point.part, point.gold_ref, point.predicted_ref].append(point)
    return {refs: tuple(slots) for refs, slots in found.items()}


def _musts(gold: Gold) -> dict[tuple[Part, _Ref], tuple[str, ...]]:
    musts: dict[tuple[Part, _Ref], tuple[str, ...]] = {("events", label.fact.id): label.must for label in gold.events}
    musts |= {("statements", f"s{at}"): label.must for at, label in enumerate(gold.statements, 1)}
    return musts


def _pairs_of(result: CaseResult, slots: _Slots, wanted: _Accounts, given: _Accounts) -> dict[Part, Pairs]:
    """What was aligned, by places. A report holds no alignment of entities: they are paired as their points are."""
    ours, theirs = ({account.ref: at for at, account in enumerate(side["entities"])} for side in (wanted, given))
    names = {(one, other) for part, one, other in slots if part == "entities"}
    scored = {name for pair in names for name in pair}
    names |= {(name, name) for name in ours.keys() & theirs.keys() if name not in scored}
    entities = tuple((ours[one], theirs[other]) for one, other in names if one and other)
    return {"events": result.matched, "statements": result.matched_statements, "entities": entities}


def _in_order(
    wanted: Sequence[Account], given: Sequence[Account], pairs: Mapping[int, int]
) -> Iterator[tuple[Account | None, Account | None]]:
    """Found, missed, made up."""
    found = set(pairs.values())
    yield from ((wanted[at], given[other]) for at, other in sorted(pairs.items()))
    yield from ((account, None) for at, account in enumerate(wanted) if at not in pairs)
    yield from ((None, account) for at, account in enumerate(given) if at not in found)


# --- what facts cost --------------------------------------------------------------------------------------------------


def _counts(points: Iterable[Point]) -> Counts:
    totals = dict.fromkeys(OUTCOMES, 0.0)
    for point in points:
        totals[point.outcome] += point.weight
    return Counts(**totals)


def _cost(points: Iterable[Point], counts: Counts) -> float:
    """What F1 would gain if all these slots were right, and all else stayed."""
    changed = counts._asdict()
    for point in points:
        changed[point.outcome] -= point.weight
        changed["correct"] += 0.0 if point.outcome == "spurious" else point.weight
    return Counts(**changed).f1 - counts.f1
