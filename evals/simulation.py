"""What the gate says where the truth is known: its false alarms and its power at a measured run-to-run deviation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from evals.figures import PRIMARY
from evals.gate import Outcome, decide
from evals.odds import Side, run_deviation
from evals.report import Report

FALLS = (0.0, 0.01, 0.02, 0.03, 0.05, 0.10, 0.15)
RUNS = (1, 3, 5)
_DRAWS = 2_000  # of each simulated comparison's test: many comparisons make up for fewer draws in each


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: a true fall, runs an article, and how often (0 to 1) the gate said what."""

    fall: float
    k: int
    said: dict[Outcome, float]


@dataclass(frozen=True, slots=True)
class Simulation:
    """The gate under known truth: articles' means and run-to-run deviation as measured, and a row a setting."""

    means: tuple[float, ...]
    deviation: float
    comparisons: int
    rows: tuple[Row, ...]

    def said(self, outcome: Outcome, *, fall: float, k: int) -> float:
        """How often the gate said this at one setting; KeyError if it was not simulated."""
        for row in self.rows:
            if row.fall == fall and row.k == k:
                return row.said.get(outcome, 0.0)
        raise KeyError((fall, k))


def simulate(
    means: Sequence[float],
    deviation: float,
    *,
    falls: Sequence[float] = FALLS,
    runs: Sequence[int] = RUNS,
    comparisons: int = 400,
    seed: int = 0,
) -> Simulation:
    """Play the gate on simulated scores: both sides vary about the articles' means, the candidate's lie a fall lower.

    Runs vary normally with the deviation given; a score stays within 0 and 1.
    """
    random = np.random.default_rng(seed)
    rows = []
    for k in runs:
        for fall in falls:
            said = Counter(_play(means, deviation, fall, k, random) for _ in range(comparisons))
            rows.append(Row(fall, k, {outcome: times / comparisons for outcome, times in sorted(said.items())}))
    return Simulation(tuple(means), deviation, comparisons, tuple(rows))


def measured(report: Report) -> tuple[list[float], float | None]:
    """The articles' means of the primary figure in a report, and the deviation between runs (None for one run)."""
    scores: dict[str, list[float]] = {}
    for case in report.cases:
        scores.setdefault(case.id, []).append(case.figures[PRIMARY][0])
    return [fmean(runs) for runs in scores.values()], run_deviation(list(scores.values()))


def _play(means: Sequence[float], deviation: float, fall: float, k: int, random: np.random.Generator) -> Outcome:
    base, candidate = (_side(means, deviation, by, k, random) for by in (0.0, fall))
    return decide(base, candidate, seed=int(random.integers(2**31)), draws=_DRAWS)[0]


def _side(means: Sequence[float], deviation: float, fall: float, k: int, random: np.random.Generator) -> Side:
    scores = random.normal(np.array(means)[:, None] - fall, deviation, size=(len(means), k))
    return np.clip(scores, 0.0, 1.0).tolist()  # type: ignore[no-any-return]
