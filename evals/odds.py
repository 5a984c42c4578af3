"""Is a change noise? The statistics of comparing two sides that answered the same articles, several runs each.

A side is a list of articles, an article the list of its runs' scores. Runs are what varies by chance; articles are the
same on both sides, so each is compared with itself (Miller 2024, arXiv 2411.00640; Bowyer et al. 2025, 2503.01747).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from math import ceil, comb, inf, prod, sqrt
from statistics import NormalDist, fmean, variance

import numpy as np
from numpy.typing import NDArray

Side = Sequence[Sequence[float]]

DRAWS = 20_000  # of a permutation test that is too large to enumerate
_ENUMERABLE = 20_000
_TINY = 1e-12  # sums of the same numbers in another order are the same


def change(base: Side, candidate: Side) -> float:
    """The mean over articles of each article's change.

    >>> change([[0.8, 0.6], [0.5]], [[0.7], [0.5]])
    0.0
    """
    return fmean(fmean(new) - fmean(old) for old, new in zip(base, candidate, strict=True))


def p_of_fall(base: Side, candidate: Side, *, seed: int = 0, draws: int = DRAWS) -> float:
    """How often chance alone brings a fall as large as the one seen: one-sided, from permutations.

    With several runs, which side a run belongs to is permuted within its article; with one run on each side the signs
    of the articles' changes are flipped. Every way is taken where there are at most 20,000, else `draws` are made.

    >>> p_of_fall([[0.9], [0.8], [0.7], [0.9], [0.8]], [[0.8], [0.7], [0.6], [0.8], [0.7]])
    0.03125
    """
    seen = change(base, candidate)
    if all(len(old) == len(new) == 1 for old, new in zip(base, candidate, strict=True)) and len(base) <= 14:
        changes = [new[0] - old[0] for old, new in zip(base, candidate, strict=True)]
        flipped = [fmean(sign * size for sign, size in zip(signs, changes, strict=True)) for signs in _signs(changes)]
        return sum(value <= seen + _TINY for value in flipped) / len(flipped)
    ways = prod(comb(len(old) + len(new), len(new)) for old, new in zip(base, candidate, strict=True))
    if ways <= _ENUMERABLE:
        every = [fmean(chosen) for chosen in product(*map(_splits, base, candidate))]
        return sum(value <= seen + _TINY for value in every) / len(every)
    drawn = _drawn(base, candidate, draws, np.random.default_rng(seed))
    return float((np.count_nonzero(drawn <= seen + _TINY) + 1) / (draws + 1))


def _signs(changes: Sequence[float]) -> list[tuple[int, ...]]:
    return list(product((1, -1), repeat=len(changes)))


def _splits(old: Sequence[float], new: Sequence[float]) -> list[float]:
    """The change of one article for every way to say which runs are the candidate's."""
    runs = [*old, *new]
    total, size, rest = sum(runs), len(new), len(old)
    sums = [sum(chosen) for chosen in combinations(runs, size)]
    return [chosen / size - (total - chosen) / rest for chosen in sums]


def _drawn(base: Side, candidate: Side, draws: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Changes under random permutations of run labels within articles, one a draw."""
    total = np.zeros(draws)
    for old, new in zip(base, candidate, strict=True):
        runs = random.permuted(np.tile(np.array([*old, *new]), (draws, 1)), axis=1)
        total += runs[:, : len(new)].mean(axis=1) - runs[:, len(new) :].mean(axis=1)
    return total / len(base)


def standard_error(base: Side, candidate: Side) -> tuple[float, int]:
    """The standard error of `change` on these articles, and its degrees of freedom.

    From the spread between runs of one article, pooled over articles and sides; with one run each there is none, and
    the spread of the articles' changes stands in for it, which is larger than need be.
    """
    n = len(base)
    repeated = [runs for side in (base, candidate) for runs in side if len(runs) > 1]
    if not repeated:
        changes = [new[0] - old[0] for old, new in zip(base, candidate, strict=True)]
        return (sqrt(variance(changes) / n), n - 1) if n > 1 else (inf, 1)
    freedom = sum(len(runs) - 1 for runs in repeated)
    pooled = sum(variance(runs) * (len(runs) - 1) for runs in repeated) / freedom
    return sqrt(
        pooled * sum(1 / len(old) + 1 / len(new) for old, new in zip(base, candidate, strict=True))
    ) / n, freedom


def run_deviation(side: Side) -> float | None:
    """The standard deviation between runs of one article, pooled; None where no article has two runs."""
    repeated = [runs for runs in side if len(runs) > 1]
    if not repeated:
        return None
    freedom = sum(len(runs) - 1 for runs in repeated)
    return sqrt(sum(variance(runs) * (len(runs) - 1) for runs in repeated) / freedom)


def t_quantile(level: float, freedom: int) -> float:
    """Student's t quantile by its expansion around the normal one (Abramowitz and Stegun 26.7.5).

    >>> [round(t_quantile(0.95, freedom), 2) for freedom in (4, 20, 1000)]
    [2.13, 1.72, 1.65]
    """
    z = NormalDist().inv_cdf(level)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    added: float = sum(term / freedom**power for power, term in enumerate(terms, 1))
    return z + added


def lower_bound(base: Side, candidate: Side, *, level: float = 0.95) -> float:
    """The one-sided lower bound of the change on these articles."""
    error, freedom = standard_error(base, candidate)
    return change(base, candidate) - t_quantile(level, freedom) * error


def detectable_fall(base: Side, candidate: Side, *, level: float = 0.95, power: float = 0.9) -> float:
    """The smallest fall that a test at this level sees with this power, at the spread and the runs that there are."""
    error, freedom = standard_error(base, candidate)
    return (t_quantile(level, freedom) + t_quantile(power, freedom)) * error


def runs_to_settle(base: Side, candidate: Side, *, margin: float, level: float = 0.95) -> int | None:
    """Runs an article and side at which the bound would clear `margin` below no change, or the fall be seen.

    It assumes that the change stays what it is; None where it lies on the border, which no number of runs settles.
    """
    error, freedom = standard_error(base, candidate)
    seen = change(base, candidate)
    distance = seen + margin if seen > -margin else -seen
    if distance <= 0 or error == inf:
        return None
    runs = min(len(runs) for side in (base, candidate) for runs in side)
    needed = runs * (t_quantile(level, freedom) * error / distance) ** 2
    return max(runs + 1, ceil(needed))
