"""Is this change worse? Two reports on the same articles, judged in a fixed order; one figure decides.

0 validity: the same articles on both sides, an answer to each in every run           exit 3
1 contracts: no tolerance, whatever the mean says                                      exit 1
2 identical answers: unchanged                                                         exit 0
3 fail: the fall is no chance (p <= 0.05) and at least 0.01                            exit 1
4 pass: the one-sided 95 % lower bound of the change is above -0.03                    exit 0
5 else inconclusive, with what could have been seen and what would settle it           exit 0, strict 4

It answers "worse on this gold?", not "worse on all news": the interval over articles is told and never decided by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from evals.figures import PRIMARY
from evals.odds import DRAWS, Side, change, detectable_fall, lower_bound, p_of_fall, run_deviation, runs_to_settle
from evals.report import MUST, CaseResult, Point, Report

LEVEL = 0.05
LEAST_FALL = 0.01
MARGIN = 0.03
REFUSED = "InvalidReplyError"  # the kind of error of an answer that is there and does not validate any more
Outcome = Literal["invalid", "contracts", "unchanged", "fail", "pass", "inconclusive"]
_EXITS: dict[Outcome, int] = {"invalid": 3, "contracts": 1, "unchanged": 0, "fail": 1, "pass": 0, "inconclusive": 0}


@dataclass(frozen=True, slots=True)
class FactChange:
    """A slot of gold that is filled otherwise than before, in how many of each side's runs it was right."""

    article: str
    fact: str
    field: str
    gold: str | None
    was_right: str
    is_right: str
    given: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the gate says. `reasons` is the verdict in words, a sentence each, the decisive one first.

    `change`, `lower`, `p` are of the primary figure; `detectable` is the smallest fall that would have been seen nine
    times in ten; `settles` how many runs an article would settle it. All None where there is nothing to compare.
    """

    outcome: Outcome
    reasons: tuple[str, ...]
    base: float | None = None
    candidate: float | None = None
    change: float | None = None
    lower: float | None = None
    p: float | None = None
    deviation: float | None = None
    detectable: float | None = None
    settles: int | None = None
    lost: tuple[FactChange, ...] = ()
    gained: tuple[FactChange, ...] = ()

    def exit_code(self, *, strict: bool = False) -> int:
        """The exit code of the gate; `strict` makes an inconclusive comparison a failure of its own kind.

        >>> Judgement("inconclusive", ()).exit_code(), Judgement("inconclusive", ()).exit_code(strict=True)
        (0, 4)
        """
        return 4 if strict and self.outcome == "inconclusive" else _EXITS[self.outcome]


def judge(base: Report, candidate: Report, *, seed: int = 0) -> Judgement:
    """The gate: `candidate` against `base`, both scored by today's gold and scorer."""
    if invalid := tuple(_invalid(base, candidate)):
        return Judgement("invalid", invalid)
    before, after = _scores(base), _scores(candidate)
    articles = list(before)
    old, new = [before[name] for name in articles], [after[name] for name in articles]
    lost, gained = _fact_changes(base, candidate)
    outcome: Outcome
    reasons: tuple[str, ...]
    if broken := tuple(broken_contracts(candidate)):
        outcome, reasons = "contracts", broken
    elif _answers(base) == _answers(candidate):
        outcome, reasons = "unchanged", ("both sides gave the same answers",)
    else:
        outcome, reasons = decide(old, new, seed=seed)
    return Judgement(
        outcome,
        reasons,
        base.figure(PRIMARY).value,
        candidate.figure(PRIMARY).value,
        change(old, new),
        lower_bound(old, new),
        p_of_fall(old, new, seed=seed),
        run_deviation([*old, *new]),
        detectable_fall(old, new),
        runs_to_settle(old, new, margin=MARGIN),
        lost,
        gained,
    )


def _invalid(base: Report, candidate: Report) -> Iterator[str]:
    """What makes a comparison meaningless."""
    sides = {"baseline": base, "candidate": candidate}
    ids = {name: {case.id for case in report.cases} for name, report in sides.items()}
    for name, other in (("baseline", "candidate"), ("candidate", "baseline")):
        missing = sorted(ids[other] - ids[name])
        if missing:
            yield f"the {name} lacks {', '.join(missing)}"
    for name, report in sides.items():
        if not report.cases:
            yield f"the {name} holds no article"
        for case in report.failed:
            assert case.error is not None
            if case.error[0] == REFUSED and report is candidate:
                continue  # what the code refuses now is a broken contract, not a missing answer
            yield f"the {name} has no answer to {case.id} in run {case.run + 1}: {case.error[1]}"
        runs = Counter(case.id for case in report.cases)
        if len(set(runs.values())) > 1:
            yield f"the {name} answered some articles more often than others: {dict(runs)}"


def _scores(report: Report) -> dict[str, list[float]]:
    """The primary figure of each run, by article."""
    scores: dict[str, list[float]] = {}
    for case in report.cases:
        scores.setdefault(case.id, []).append(case.figures[PRIMARY][0])
    return dict(sorted(scores.items()))


def _answers(report: Report) -> list[tuple[str, str]]:
    """What was answered, whoever answered it and in which order."""
    by_software = ("engine", "request", "usage", "article_id", "schema_version")
    answers = []
    for case in report.cases:
        said = {name: value for name, value in (case.summary or {}).items() if name not in by_software}
        answers.append((case.id, repr(sorted(said.items()))))
    return sorted(answers)


def decide(old: Side, new: Side, *, seed: int = 0, draws: int = DRAWS) -> tuple[Outcome, tuple[str, ...]]:
    """Rules 3 to 5: fail, pass or inconclusive, with the reasons. Each side holds the scores of its runs by article."""
    fall, p, bound = -change(old, new), p_of_fall(old, new, seed=seed, draws=draws), lower_bound(old, new)
    moved = f"event F1 {'falls' if fall > 0 else 'rises'} by {abs(fall):.3f}"
    if p <= LEVEL and fall >= LEAST_FALL:
        return "fail", (f"{moved}, which chance alone brings in {_rarely(p)}",)
    if bound > -MARGIN:
        return "pass", (f"{moved}; with 95 % confidence it falls by no more than {max(0.0, -bound):.3f}",)
    seen = f"the smallest fall that would have been seen nine times in ten is {detectable_fall(old, new):.3f}"
    more = runs_to_settle(old, new, margin=MARGIN)
    settle = "no number of runs settles it" if more is None else f"{more} runs an article would settle it"
    return "inconclusive", (f"{moved}, which may be chance (p {p:.2f}, lower bound {bound:+.3f})", seen, settle)


def _rarely(p: float) -> str:
    """A small probability in words.

    >>> _rarely(0.031), _rarely(0.00005)
    ('3.1% of cases', 'less than 0.1% of cases')
    """
    return "less than 0.1% of cases" if p < 0.001 else f"{p:.1%} of cases"


def broken_contracts(report: Report) -> Iterator[str]:
    """Contracts that the answers break: any that is about what they say, a lost `must` if most runs lose it."""
    runs = Counter(case.id for case in report.cases)
    refused = Counter(case.id for case in report.failed)
    for article, times in sorted(refused.items()):
        yield f"{article}: no valid summary, in {times} of {runs[article]} runs"
    seen = Counter((case.id, broken) for case in report.cases for broken in case.broken)
    for (article, broken), times in sorted(seen.items()):
        if not broken.endswith(MUST) or times > runs[article] / 2:
            yield f"{article}: {broken}, in {times} of {runs[article]} runs"


_Slot = tuple[str, str, str]  # article, fact, field


@dataclass(slots=True)
class _Tally:
    """In how many of so many runs a field of a fact was right, what gold holds, what was last given instead."""

    right: int = 0
    runs: int = 0
    gold: str | None = None
    given: str | None = None


def _fact_changes(base: Report, candidate: Report) -> tuple[tuple[FactChange, ...], tuple[FactChange, ...]]:
    """Fields of labelled facts that most runs had right on one side and not on the other: lost, gained."""
    before, after = _tallies(base.cases), _tallies(candidate.cases)
    lost: list[FactChange] = []
    gained: list[FactChange] = []
    for slot, was in before.items():
        now = after.get(slot, _Tally(0, was.runs, was.gold))
        if (2 * was.right > was.runs) != (2 * now.right > now.runs):
            right = f"{was.right} of {was.runs}", f"{now.right} of {now.runs}"
            entry = FactChange(*slot, was.gold or now.gold, *right, now.given)
            (gained if 2 * now.right > now.runs else lost).append(entry)
    return tuple(lost), tuple(gained)


def _tallies(cases: Sequence[CaseResult]) -> dict[_Slot, _Tally]:
    """By fact and field of gold. A field is right in a run if all its slots are, by whichever accepted reading."""
    runs = Counter(case.id for case in cases)
    tallies: dict[_Slot, _Tally] = {}
    for case in cases:
        for (fact, field), points in _by_field(case).items():
            tally = tallies.setdefault((case.id, fact, field), _Tally(runs=runs[case.id]))
            lost = [point for point in points if point.lost]
            tally.right += not lost
            tally.gold = "; ".join(point.gold for point in points if point.gold) or tally.gold
            tally.given = "; ".join(point.predicted for point in lost if point.predicted) or tally.given
    return tallies


def _by_field(case: CaseResult) -> dict[tuple[str, str], list[Point]]:
    """The slots of each field of each labelled event and statement."""
    fields: dict[tuple[str, str], list[Point]] = {}
    for point in case.points:
        if point.gold_ref is not None and point.part != "entities":
            fields.setdefault((point.gold_ref, point.field), []).append(point)
    return fields
