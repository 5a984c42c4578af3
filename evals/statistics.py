"""Figures over articles with their intervals. The unit is the article: whole articles are drawn, never single facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from evals.report import CaseResult, Figure

DRAWS = 10_000
LEVEL = 0.95
_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]


def figures_of(cases: Sequence[CaseResult], *, seed: int = 0) -> tuple[Figure, ...]:
    """Every figure of the cases, in the order of the first case that has it, with percentile bootstrap intervals.

    An article's runs are averaged first, so that repeats make no articles. An interval from five articles says
    little, and says so by its width.
    """
    articles = _by_article(cases)
    names = list(dict.fromkeys(name for shares in articles.values() for name in shares))
    chosen = np.random.default_rng(seed).integers(0, max(1, len(articles)), size=(DRAWS, len(articles)))
    return tuple(figure for name in names if (figure := _figure(name, list(articles.values()), chosen)) is not None)


def _by_article(cases: Iterable[CaseResult]) -> dict[str, dict[str, tuple[float, float]]]:
    """Each article's shares, the mean of its runs, so that an article with more runs does not weigh more."""
    runs: dict[str, list[CaseResult]] = {}
    for case in cases:
        runs.setdefault(case.id, []).append(case)
    return {article: _mean([case.figures for case in of_one]) for article, of_one in runs.items()}


def _mean(runs: Sequence[Mapping[str, tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    sums: dict[str, tuple[float, float]] = {}
    for figures in runs:
        for name, (numerator, denominator) in figures.items():
            before = sums.get(name, (0.0, 0.0))
            sums[name] = (before[0] + numerator, before[1] + denominator)
    return {name: (numerator / len(runs), denominator / len(runs)) for name, (numerator, denominator) in sums.items()}


def _figure(name: str, articles: Sequence[Mapping[str, tuple[float, float]]], chosen: _Ints) -> Figure | None:
    """The ratio of sums over articles; None where no article has anything to divide by."""
    shares = np.array([shares.get(name, (0.0, 0.0)) for shares in articles])
    numerator, denominator = shares.sum(axis=0)
    if not denominator:
        return None
    drawn = shares[chosen].sum(axis=1)
    ratios = drawn[drawn[:, 1] > 0]
    low, high = np.quantile(ratios[:, 0] / ratios[:, 1], [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    carriers = int((shares[:, 1] > 0).sum())
    return Figure(name, float(numerator / denominator), float(low), float(high), carriers)


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's rank correlation, ties at their mean rank; nan where a side does not vary.

    >>> round(spearman([1, 2, 3, 4], [9, 7, 7, 1]), 3)
    -0.949
    """
    ranks = [_ranks(one), _ranks(other)]
    if any(np.ptp(side) == 0 for side in ranks):
        return float("nan")
    correlation: _Floats = np.corrcoef(ranks)
    return float(correlation[0, 1])


def _ranks(values: Sequence[float]) -> _Floats:
    array: _Floats = np.asarray(values, dtype=float)
    below = (array[:, None] > array[None, :]).sum(axis=1)
    alike = (array[:, None] == array[None, :]).sum(axis=1)
    ranks: _Floats = below + (alike + 1) / 2
    return ranks
