"""The gate: its rules in their order, its exit codes, what it says of facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from evals.corpus import Case
from evals.exam import report_of, scored
from evals.gate import judge
from evals.report import Report
from summarizer import EventSummary, InputError
from tests.exam_example import gold, summary
from tests.example import ARTICLE

CASE = Case("a", replace(ARTICLE, id="a"), gold())
WORSE: dict[str, tuple[str, Any]] = {
    "status": ("events.0.status", "proposed"),
    "date": ("events.0.date", None),
    "reason": ("events.0.reason", None),
}


def report(*runs: EventSummary | InputError, articles: int = 1) -> Report:
    """Runs of the same answers on so many copies of one article."""
    cases = [Case(f"a{at}", replace(ARTICLE, id=f"a{at}"), gold()) for at in range(articles)]
    results = [scored(case, answer, run=run) for case in cases for run, answer in enumerate(runs)]
    results = [replace(result, id=cases[at // len(runs)].id) for at, result in enumerate(results)]
    return report_of("suite", cases, results, made_by={"engine": "test", "prompt": "none", "model": "none"})


def changed(*names: str) -> EventSummary:
    """The example with these slots of its main event wrong."""
    answer = summary()
    for name in names:
        path, value = WORSE[name]
        event = summary(path, value).main
        field = path.rpartition(".")[2]
        events = (answer.main.model_copy(update={field: getattr(event, field)}), *answer.events[1:])
        answer = answer.model_copy(update={"events": events})
    return answer


def test_the_same_answers_are_unchanged() -> None:
    judgement = judge(report(summary(), changed("date")), report(changed("date"), summary()))
    assert (judgement.outcome, judgement.exit_code()) == ("unchanged", 0)


def test_a_steady_fall_on_five_articles_fails() -> None:
    base, worse = (
        report(summary(), changed("reason"), articles=5),
        report(changed("date"), changed("date", "status"), articles=5),
    )
    judgement = judge(base, worse)
    assert judgement.outcome == "fail"
    assert judgement.exit_code() == 1
    assert judgement.p is not None
    assert judgement.p <= 0.05
    assert judgement.change is not None
    assert judgement.change < -0.01
    assert {fact.field for fact in judgement.lost} >= {"date"}


def test_a_rise_passes() -> None:
    judgement = judge(report(changed("date"), changed("date"), articles=5), report(summary(), summary(), articles=5))
    assert (judgement.outcome, judgement.exit_code()) == ("pass", 0)
    assert {fact.field for fact in judgement.gained} == {"date"}


def test_a_fall_that_may_be_chance_is_inconclusive_and_says_what_would_settle_it() -> None:
    base, maybe = (
        report(summary(), changed("date", "status")),
        report(changed("date"), changed("date", "status", "reason")),
    )
    judgement = judge(base, maybe)
    assert judgement.outcome == "inconclusive"
    assert (judgement.exit_code(), judgement.exit_code(strict=True)) == (0, 4)
    assert any("smallest fall" in reason for reason in judgement.reasons)
    assert judgement.settles is None or judgement.settles > 2


def test_articles_on_one_side_only_make_no_comparison() -> None:
    judgement = judge(report(summary(), articles=2), report(summary(), articles=1))
    assert (judgement.outcome, judgement.exit_code()) == ("invalid", 3)
    assert "the candidate lacks a1" in judgement.reasons


def test_an_engine_error_is_no_regression() -> None:
    judgement = judge(report(summary()), report(InputError("no reply is recorded")))
    assert judgement.outcome == "invalid"
    assert "no reply is recorded" in judgement.reasons[0]


def test_uneven_runs_make_no_comparison() -> None:
    uneven = report(summary(), summary(), articles=2)
    uneven = replace(uneven, cases=uneven.cases[:-1])
    assert judge(report(summary(), summary(), articles=2), uneven).outcome == "invalid"


def swapped() -> EventSummary:
    """The example with a `must` of gold lost: the main event has another actor."""
    return summary("events.0.actor", ["Ruritania"])


@pytest.mark.parametrize(
    ("runs", "outcome"),
    [
        pytest.param([swapped, swapped, summary], "contracts", id="lost in two of three runs"),
        pytest.param([swapped, summary, summary], None, id="lost in one of three runs"),
    ],
)
def test_a_must_lost_in_most_runs_breaks_a_contract(
    runs: list[Callable[[], EventSummary]], outcome: str | None
) -> None:
    judgement = judge(report(summary(), summary(), changed("date")), report(*(run() for run in runs)))
    assert (judgement.outcome == "contracts") == (outcome == "contracts")
    if outcome:
        assert judgement.exit_code() == 1
        assert "actor" in judgement.reasons[0]


def test_a_broken_contract_counts_whatever_the_mean_says() -> None:
    base = report(*[changed("date", "status", "reason")] * 3)
    judgement = judge(base, report(*[swapped()] * 3))
    assert judgement.outcome == "contracts"


def test_a_judgement_is_the_same_every_time() -> None:
    base, other = report(summary(), changed("date"), articles=4), report(changed("status"), summary(), articles=4)
    assert judge(base, other) == judge(base, other)
