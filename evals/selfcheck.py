"""Is the scorer to be trusted? Damage planted in gold must cost, harmless changes must not, more damage costs more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, zip_longest
from math import isnan
from random import Random
from statistics import fmean
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from evals.corpus import Case
from evals.damage import (
    DAMAGES,
    HARMLESS,
    Damage,
    Harmless,
    Variant,
    Ways,
    changed,
    ladder,
    raw_of,
    standing,
)
from evals.damage.demands import CONTRACTS
from evals.gold import Gold
from evals.report import CaseResult
from evals.scoring.key import Key
from evals.scoring.score import score
from evals.statistics import spearman
from summarizer import EventSummary, explain

Scoring = Callable[[Key, EventSummary], CaseResult]
UNTOUCHED = ("event_f1", "statement_f1", "entity_f1")  # figures that must stay 1 under a harmless change
PLACES = 8  # things that a damage is done to, at most; each article has its turn
STEPS = (0, 2, 4, 6, 8, 10, 12)  # single damages that are done to one article, one after another
STEADY = -0.98  # Spearman's correlation of event F1 with the number of damages, at most
_NOTHING = 1e-9  # a fall that is only the arithmetic's
_SHOWN = 3  # places that a problem names
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Price:
    """What one damage costs. Gold holds `held` things of its kind; it was done to `places` of them in `articles`.

    `mean` and `least` are how far the first of `figures` fell (of `contracts`, how many were broken), None where
    nothing was scored. `refused` counts the places where the schema takes no such summary: that is the price there.
    """

    name: str
    figures: tuple[str, ...]
    held: int
    articles: int
    places: int
    refused: int
    mean: float | None
    least: float | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What one harmless change costs: `most` is the deepest fall below 1 of a figure that must not fall.

    `broken` counts the places where it breaks a contract that gold's own summary keeps.
    """

    name: str
    articles: int
    places: int
    most: float
    broken: int


@dataclass(frozen=True, slots=True)
class Severity:
    """Event F1 after so many random damages as `steps` says: the mean over articles, each article's own over repeats.

    `spearman` is the correlation of the mean with the number of damages; None where there is nothing to correlate.
    """

    steps: tuple[int, ...]
    mean: tuple[float, ...]
    by_article: Mapping[str, tuple[float, ...]]
    spearman: float | None


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """All prices, all costs, the fall; `problems` says in a sentence each what forbids to trust the scorer."""

    damages: tuple[Price, ...]
    harmless: tuple[Cost, ...]
    severity: Severity
    problems: tuple[str, ...]


def selfcheck(
    cases: Iterable[Case],
    *,
    seed: int = 0,
    repeats: int = 5,
    places: int = PLACES,
    damages: Sequence[Damage] = DAMAGES,
    scoring: Scoring = score,
) -> SelfCheck:
    """Plant every damage and make every harmless change in the gold of the cases, and say what each costs.

    Each damage is done alone to at most `places` things, drawn by `seed` from one article after another; then random
    single damages are done one after another, `repeats` times an article. `scoring` is the scorer on trial. Cases
    without gold are left out; where none is left, that is a problem.
    """
    trials = [_trial(case, scoring, seed) for case in cases if case.gold is not None]
    prices, free = _unzipped(_priced(damage, trials, places) for damage in damages)
    costs, costly = _unzipped(_costed(change, trials) for change in HARMLESS)
    severity = _severity(trials, repeats)
    nothing = () if any(price.mean is not None for price in prices) else ("no damage could be done: there is no gold",)
    return SelfCheck(prices, costs, severity, (*nothing, *free, *costly, *_rises(severity)))


def _unzipped(rows: Iterable[tuple[Row, Sequence[str]]]) -> tuple[tuple[Row, ...], list[str]]:
    """Rows, and all their problems."""
    found = list(rows)
    return tuple(row for row, _ in found), [problem for _, problems in found for problem in problems]


@dataclass(frozen=True, slots=True)
class _Trial:
    """One labelled article, the scorer on trial, and what that says of gold's own summary."""

    id: str
    gold: Gold
    key: Key
    scoring: Scoring
    seed: int
    plain: CaseResult

    def rng(self, *purpose: object) -> Random:
        """Chance that depends on the seed, the article and its purpose, and on nothing else."""
        return Random(":".join(map(str, (self.seed, self.id, *purpose))))


def _trial(case: Case, scoring: Scoring, seed: int) -> _Trial:
    assert case.gold is not None
    return _Trial(case.id, case.gold, case.key, scoring, seed, scoring(case.key, case.gold.summary))


def figure_of(result: CaseResult, name: str) -> float:
    """A figure of one article; 1 where it has nothing to divide by, for then nothing is wrong."""
    share, whole = result.figures.get(name, (0.0, 0.0))
    return share / whole if whole else 1.0


def _fall(before: CaseResult, after: CaseResult, name: str) -> float:
    """How far a figure fell; of contracts, how many are newly broken."""
    if name == CONTRACTS:
        return float(len(_newly_broken(before.broken, after.broken)))
    return figure_of(before, name) - figure_of(after, name)


def _newly_broken(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The contracts broken after a change and not before it, whatever ids the events have now.

    >>> _newly_broken(["e1: '2 men' is outside its evidence"], ["e2: '2 men' is outside its evidence", "e1 is missing"])
    ['e1 is missing']
    """
    known = {broken.partition(": ")[2] for broken in before if ": " in broken}
    return [broken for broken in after if broken not in before and broken.partition(": ")[2] not in known]


# ------------------------------------------------------------------------------------------------------------- damage


class _Planted(NamedTuple):
    """Where damage was done, and how far each of its figures fell; no falls where the schema refused it."""

    article: str
    where: str
    falls: tuple[float, ...] | None


def _priced(damage: Damage, trials: Sequence[_Trial], places: int) -> tuple[Price, list[str]]:
    things = [_drawn(damage, trial) for trial in sorted(trials, key=lambda trial: trial.rng(damage.name).random())]
    in_turn = (thing for turn in zip_longest(*things) for thing in turn if thing is not None)
    planted = list(islice((done for thing in in_turn if (done := _planted(damage, *thing))), places))
    scored = [one.falls for one in planted if one.falls is not None]
    prices = [falls[0] for falls in scored]
    price = Price(
        damage.name,
        damage.figures,
        sum(map(len, things)),
        len({one.article for one in planted}),
        len(planted),
        len(planted) - len(scored),
        fmean(prices) if prices else None,
        min(prices, default=None),
    )
    return price, list(_free(damage, planted, price.held))


def _drawn(damage: Damage, trial: _Trial) -> list[tuple[_Trial, Ways]]:
    """What the damage can be done to in an article, in random order."""
    rng = trial.rng(damage.name)
    things = damage.things(trial.gold, rng)
    return [(trial, ways) for ways in rng.sample(things, len(things))]


def _planted(damage: Damage, trial: _Trial, ways: Ways) -> _Planted | None:
    """The damage done to one thing, in the first way that the schema takes; None if it takes none, but should."""
    for changes in ways:
        try:
            summary = standing(changed(raw_of(trial.gold.summary), changes), trial.gold.article)
        except ValidationError:
            continue
        after = trial.scoring(trial.key, summary)
        falls = tuple(_fall(trial.plain, after, name) for name in damage.figures)
        return _Planted(trial.id, f"{changes[0].where} of {trial.id}", falls)
    refused = damage.refusable and ways
    return _Planted(trial.id, f"{ways[0][0].where} of {trial.id}", None) if refused else None


def _free(damage: Damage, planted: Sequence[_Planted], held: int) -> Iterator[str]:
    if held and not planted:
        yield f"“{damage.name}” could be done nowhere, though gold holds {held} of the kind"
    for at, figure in enumerate(damage.figures):
        free = [one.where for one in planted if one.falls is not None and one.falls[at] <= _NOTHING]
        if free:
            yield f"“{damage.name}” is free: {figure} does not fall for {_such_as(free)}"


def _such_as(places: Sequence[str]) -> str:
    """The first places in words.

    >>> _such_as(["e1 of a", "e2 of a", "e1 of b", "e1 of c"])
    'e1 of a; e2 of a; e1 of b; and 1 more'
    """
    more = [f"and {len(places) - _SHOWN} more"] if len(places) > _SHOWN else []
    return "; ".join([*places[:_SHOWN], *more])


# ----------------------------------------------------------------------------------------------------- harmless changes


class _Harm(NamedTuple):
    """What a harmless change did: the deepest fall of a figure, which fell how far and for what, contracts broken."""

    where: str
    fall: float
    lost: str
    contracts: str


def _costed(change: Harmless, trials: Sequence[_Trial]) -> tuple[Cost, list[str]]:
    harms = {trial.id: list(_harms(trial, change.variants(trial.gold, trial.rng(change.name)))) for trial in trials}
    costly = [
        f"{one.where} of {article} ({one.lost})" for article, found in harms.items() for one in found if one.fall > 0
    ]
    broken = [
        f"{one.where} of {article} ({one.contracts})"
        for article, found in harms.items()
        for one in found
        if one.contracts
    ]
    problems = [f"“{change.name}” is harmless, yet costs: {_such_as(costly)}"] if costly else []
    problems += [f"“{change.name}” is harmless, yet breaks a contract: {_such_as(broken)}"] if broken else []
    falls = [one.fall for found in harms.values() for one in found]
    cost = Cost(change.name, sum(map(bool, harms.values())), len(falls), max(falls, default=0.0), len(broken))
    return cost, problems


def _harms(trial: _Trial, variants: Iterable[Variant]) -> Iterator[_Harm]:
    """What each variant did, or each of its parts if together they did any harm."""
    for variant in variants:
        harm = _harm(trial, variant)
        if variant.parts and (harm.fall > 0 or harm.contracts):
            yield from _harms(trial, variant.parts)
        else:
            yield harm


def _harm(trial: _Trial, variant: Variant) -> _Harm:
    try:
        summary = standing(variant.raw, trial.gold.article)
    except ValidationError as refused:
        return _Harm(variant.where, 1.0, explain(refused).partition("\n")[0].removeprefix("- "), "")
    after = trial.scoring(trial.key, summary)
    falls = {name: 1.0 - figure_of(after, name) for name in UNTOUCHED}
    lost = [f"{name} {1.0 - fall:.3f}" for name, fall in falls.items() if fall > 0]
    points = list(dict.fromkeys(f"{point.gold_ref or 'new'}.{point.field}" for point in after.points if point.lost))
    own = () if variant.raw == raw_of(trial.gold.summary) else trial.plain.broken
    contracts = "; ".join(_newly_broken(own, after.broken))
    return _Harm(variant.where, max(falls.values()), ", ".join([*lost, *points[:_SHOWN]]), contracts)


# ------------------------------------------------------------------------------------------------------------ severity


def _severity(trials: Sequence[_Trial], repeats: int) -> Severity:
    runs = {trial.id: [_descent(trial, repeat) for repeat in range(repeats)] for trial in trials}
    longest = max((len(run) for found in runs.values() for run in found), default=0)
    steps = STEPS[:longest]
    by_article = {article: _mean([_prolonged(run, longest) for run in found]) for article, found in runs.items()}
    mean = _mean(list(by_article.values()))
    correlation = spearman(steps, mean) if mean else float("nan")
    return Severity(steps, mean, by_article, None if isnan(correlation) else correlation)


def _descent(trial: _Trial, repeat: int) -> tuple[float, ...]:
    """Event F1 after each number of damages, as far as damage can be done."""
    rungs = [raw_of(trial.gold.summary), *islice(ladder(trial.gold, trial.rng("severity", repeat)), STEPS[-1])]
    summaries = [standing(rungs[step], trial.gold.article) for step in STEPS if step < len(rungs)]
    return tuple(figure_of(trial.scoring(trial.key, summary), "event_f1") for summary in summaries)


def _prolonged(run: tuple[float, ...], length: int) -> tuple[float, ...]:
    """A descent that ended early, its last value held beside longer ones."""
    return run + run[-1:] * (length - len(run))


def _mean(runs: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The mean of each step.

    >>> _mean([(1.0, 0.5), (1.0, 0.75)])
    (1.0, 0.625)
    """
    return tuple(map(fmean, zip(*runs, strict=True)))


def _rises(severity: Severity) -> Iterator[str]:
    if severity.spearman is None or severity.spearman > STEADY:
        shown = "none" if severity.spearman is None else f"{severity.spearman:.3f}"
        yield f"event F1 does not fall steadily with the damage: Spearman's correlation is {shown}, not <= {STEADY}"
    for article, curve in severity.by_article.items():
        for step, (before, after) in zip(severity.steps[1:], pairwise(curve), strict=True):
            if after > before + _NOTHING:
                yield f"event F1 of {article} rises from {before:.4f} to {after:.4f} at {step} damages"
