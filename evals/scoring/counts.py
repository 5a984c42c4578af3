"""Marks and what they add up to: the slot counts of MUC-5 (Chinchor and Sundheim 1993), and P, R and F1 from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from evals.report import OUTCOMES, Outcome, Part


class Mark(NamedTuple):
    """How one slot was filled. `gold` and `predicted` are places in the two lists of the part, None where absent."""

    part: Part
    field: str
    outcome: Outcome
    weight: float
    gold: int | None
    predicted: int | None
    wanted: Any = None
    given: Any = None


def marks_of(
    part: Part,
    fields: Sequence[str],
    results: Sequence[Iterable[tuple[Outcome, Any, Any]]],
    weight: float,
    places: tuple[int | None, int | None],
) -> list[Mark]:
    """A mark for each result `(outcome, wanted, given)` of each field of one fact; `places` are gold's and predicted.

    >>> marks_of("events", ["mode"], [[("correct", "expel", "expel")]], 2.0, (0, 3))[0][:6]
    ('events', 'mode', 'correct', 2.0, 0, 3)
    """
    gold, predicted = places
    # a hundred marks a summary: `Mark(...)` itself takes twice as long
    return [
        tuple.__new__(Mark, (part, field, outcome, weight, gold, predicted, wanted, given))
        for field, found in zip(fields, results, strict=True)
        for outcome, wanted, given in found
    ]


class Counts(NamedTuple):
    """Slots by outcome, weighted. Possible: what gold holds; actual: what was given; half credit for partial.

    >>> counts = Counts(correct=6, partial=2, incorrect=1, missing=1, spurious=0)
    >>> counts.possible, counts.actual, round(counts.precision, 3), counts.recall, round(counts.f1, 3)
    (10, 9, 0.778, 0.7, 0.737)
    """

    correct: float = 0.0
    partial: float = 0.0
    incorrect: float = 0.0
    missing: float = 0.0
    spurious: float = 0.0

    @property
    def possible(self) -> float:
        """Slots that gold fills."""
        return self.correct + self.partial + self.incorrect + self.missing

    @property
    def actual(self) -> float:
        """Slots that the prediction fills."""
        return self.correct + self.partial + self.incorrect + self.spurious

    @property
    def credit(self) -> float:
        """Correct slots and half of the partial ones."""
        return self.correct + self.partial / 2

    @property
    def precision(self) -> float:
        """Credit over actual; 1 where nothing was given, for then nothing given was wrong."""
        return self.credit / self.actual if self.actual else 1.0

    @property
    def recall(self) -> float:
        """Credit over possible; 1 where there was nothing to find."""
        return self.credit / self.possible if self.possible else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean, 2 x credit over possible and actual; 1 where both are empty."""
        slots = self.possible + self.actual
        return 2 * self.credit / slots if slots else 1.0


def count(marks: Iterable[Mark]) -> Counts:
    """The marks added up by outcome, each with its weight.

    >>> count([Mark("events", "mode", "correct", 2.0, 0, 0), Mark("events", "date", "missing", 1.0, 0, None)])
    Counts(correct=2.0, partial=0.0, incorrect=0.0, missing=1.0, spurious=0.0)
    """
    totals = dict.fromkeys(OUTCOMES, 0.0)
    for mark in marks:
        totals[mark.outcome] += mark.weight
    return Counts(**totals)
