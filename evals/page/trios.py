"""The facts of one article on both sides of a comparison: gold's account of each, the baseline's, the candidate's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.gold import Gold
from evals.page.accounts import Account, accounts_of
from evals.page.facts import Fact, facts_of
from evals.page.links import Spans
from evals.report import CaseResult, Pairs, Part, Point
from summarizer import Article

PARTS: tuple[Part, ...] = ("events", "statements", "entities")
Sides = tuple["Fact | None", "Fact | None"]  # the baseline's, the candidate's


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot on both sides. A side that put nothing where gold has nothing either has no point; one of the two has."""

    base: Point | None
    candidate: Point | None

    @property
    def field(self) -> str:
        """The field it belongs to."""
        return self._either.field

    @property
    def readings(self) -> tuple[str, ...]:
        """What gold holds: two values where the sides were judged by different readings, none where it has nothing."""
        return tuple(dict.fromkeys(point.gold for point in self._points if point.gold is not None))

    @property
    def gold(self) -> str | None:
        """What gold holds, in words."""
        return " or ".join(self.readings) or None

    @property
    def value(self) -> str:
        """What gold holds, else what was given."""
        return self.gold or self._either.predicted or ""

    @property
    def spans(self) -> Spans:
        """Where it stands by gold, by the candidate, by the baseline."""
        given = [point.predicted_spans if point else () for point in (self.candidate, self.base)]
        return (self._either.gold_spans, *given)

    @property
    def right(self) -> tuple[bool, bool]:
        """Whether it is right in the baseline and in the candidate."""
        return not (self.base and self.base.lost), not (self.candidate and self.candidate.lost)

    @property
    def flip(self) -> str:
        """Which way a slot went that gold fills: "lost", "gained", or nothing."""
        before, now = self.right
        return "" if before == now or not self.readings else "gained" if now else "lost"

    @property
    def alike(self) -> bool:
        """Whether both sides have it right, or wrong in the same way."""
        if all(self.right):
            return True
        one, other = ((point.outcome, point.predicted) if point else None for point in (self.base, self.candidate))
        return one == other

    @property
    def _points(self) -> list[Point]:
        return [point for point in (self.base, self.candidate) if point]

    @property
    def _either(self) -> Point:
        return self._points[-1]


@dataclass(frozen=True, slots=True)
class Trio:
    """A labelled fact with what each side made of it; or one that gold lacks, made up by one side or both.

    `key` names it within its article.
    """

    key: str
    sides: Sides
    slots: tuple[Slot, ...]

    @property
    def part(self) -> Part:
        """The part of a summary that it belongs to."""
        return self._either.part

    @property
    def gold(self) -> Account | None:
        """What gold says of it."""
        return self._either.gold

    @property
    def given(self) -> tuple[Account | None, Account | None]:
        """What the baseline and the candidate say of it."""
        base, candidate = (fact.given if fact else None for fact in self.sides)
        return base, candidate

    @property
    def name(self) -> str:
        """What gold calls it, else what the candidate does, else the baseline."""
        return self._either.name

    @property
    def must(self) -> tuple[str, ...]:
        """The fields that gold demands."""
        return self._either.must

    @property
    def unscored(self) -> str:
        """Why it has no slots, where it has none."""
        return self._either.unscored

    @property
    def spans(self) -> Spans:
        """Where its words stand by gold, by the candidate, by the baseline."""
        base, candidate = (account.spans if account else () for account in self.given)
        return (self.gold.spans if self.gold else (), candidate, base)

    @property
    def same(self) -> bool:
        """Whether both sides have it or both lack it, every slot filled the same way."""
        base, candidate = self.given
        return (base is None) == (candidate is None) and all(slot.alike for slot in self.slots)

    @property
    def sound(self) -> bool:
        """Whether it has slots, and none was lost on either side."""
        return bool(self.slots) and all(all(slot.right) for slot in self.slots)

    @property
    def _either(self) -> Fact:
        base, candidate = self.sides
        found = candidate or base
        assert found is not None
        return found


def trios_of(article: Article, gold: Gold | None, base: CaseResult, candidate: CaseResult) -> tuple[Trio, ...]:
    """Every fact of two results on one article, part by part: labelled ones in gold's order, then what is made up."""
    labelled = accounts_of({} if gold is None else gold.summary.model_dump(mode="json"), article)
    before, after = (facts_of(article, gold, result) for result in (base, candidate))
    trios: list[Trio] = []
    for part in PARTS:
        own = [[fact for fact in facts if fact.part == part] for facts in (before, after)]
        for sides in (*_labelled([account.ref for account in labelled[part]], *own), *_made_up(*own)):
            points = [fact.points if fact else () for fact in sides]
            trios.append(Trio(f"fact{len(trios) + 1}", sides, tuple(_slots(*points))))
    return tuple(trios)


def _labelled(refs: Sequence[str], before: Sequence[Fact], after: Sequence[Fact]) -> Iterator[Sides]:
    """Both sides have every labelled fact, found or missed."""
    base, candidate = ({fact.gold.ref: fact for fact in facts if fact.gold} for facts in (before, after))
    return ((base[ref], candidate[ref]) for ref in refs)


def _made_up(before: Sequence[Fact], after: Sequence[Fact]) -> Iterator[Sides]:
    """What gold lacks, paired where both sides rest it on the same words."""
    rest = [fact for fact in before if not fact.gold]
    for fact in after:
        if not fact.gold:
            twin = next((other for other in rest if _overlap(other.spans[1], fact.spans[1])), None)
            rest = [other for other in rest if other is not twin]
            yield twin, fact
    yield from ((fact, None) for fact in rest)


def _overlap(one: Pairs, other: Pairs) -> bool:
    return any(start < stop and begin < end for start, end in one for begin, stop in other)


# --- slots ------------------------------------------------------------------------------------------------------------


def _slots(before: Sequence[Point], after: Sequence[Point]) -> Iterator[Slot]:
    """Both sides' points of one fact in pairs, a field at a time."""
    fields = dict.fromkeys(point.field for point in (*after, *before))
    for field in fields:
        yield from _paired(*([point for point in side if point.field == field] for side in (before, after)))


def _paired(before: list[Point], after: list[Point]) -> Iterator[Slot]:
    """Points of one field: those on the same value first, then those that gold has, or lacks, in their order."""
    twins: dict[int, Point] = {}
    for alike in (_same_value, _both_labelled):
        for at, point in enumerate(after):
            twin = None if at in twins else next((other for other in before if alike(other, point)), None)
            if twin:
                twins[at] = twin
                before = [other for other in before if other is not twin]
    yield from (Slot(twins.get(at), point) for at, point in enumerate(after))
    yield from (Slot(point, None) for point in before)


def _same_value(one: Point, other: Point) -> bool:
    return one.gold == other.gold and (one.gold is not None or one.predicted == other.predicted)


def _both_labelled(one: Point, other: Point) -> bool:
    return (one.gold is None) == (other.gold is None)
