"""The blessed baseline: what is kept, where it comes from, how it is scored anew."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

import evals.baseline as baseline
from evals.corpus import Case
from evals.report import to_json
from summarizer import UsageError
from tests.exam_example import gold, summary
from tests.example import ARTICLE
from tests.test_evals_gate import changed, report

CASES = [Case("a0", replace(ARTICLE, id="a0"), gold())]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own, with a repository."""
    monkeypatch.setattr(baseline, "PROJECT", tmp_path)
    monkeypatch.setattr(baseline, "BASELINES", tmp_path / "baselines")
    git(tmp_path, "init", "-q", "-b", "main")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True)


def test_a_baseline_keeps_the_answers_and_no_marks(project: Path) -> None:
    kept = baseline.load_baseline(baseline.save_baseline(report(summary())))
    assert kept.cases[0].summary == report(summary()).cases[0].summary
    assert kept.cases[0].points == ()


def test_scored_anew_it_is_what_it_was(project: Path) -> None:
    given = report(summary(), changed("date"))
    kept = baseline.load_baseline(baseline.save_baseline(given))
    assert [case.figures for case in baseline.rescored(kept, CASES).cases] == [case.figures for case in given.cases]


def test_todays_gold_decides(project: Path) -> None:
    kept = baseline.load_baseline(baseline.save_baseline(report(changed("status"))))
    stricter = [Case("a0", CASES[0].article, gold(events=[*gold_events("proposed")]))]
    assert baseline.rescored(kept, stricter).figure("status_f1").value > kept.figure("status_f1").value


def gold_events(status: str) -> list[dict[str, object]]:
    from tests.exam_example import labels

    first, second = labels()["events"]
    return [{**first, "status": status, "alternatives": []}, second]


def test_an_answer_that_todays_schema_refuses_is_an_error_not_a_low_score(project: Path) -> None:
    kept = report(summary())
    spoiled = {**(kept.cases[0].summary or {}), "events": []}
    kept = replace(kept, cases=(replace(kept.cases[0], summary=spoiled),))
    assert baseline.rescored(kept, CASES).cases[0].error is not None


def test_without_a_base_the_merge_base_decides_so_that_a_change_cannot_bless_itself(project: Path) -> None:
    path = baseline.save_baseline(report(summary()))
    git(project, "add", ".")
    git(project, "commit", "-qm", "blessed")
    git(project, "checkout", "-qb", "change")
    baseline.save_baseline(report(changed("date")))
    git(project, "commit", "-qam", "blessed by itself")
    found = baseline.baseline_at(None, path)
    assert found.figure("event_f1").value == 1.0


def test_a_base_may_be_a_file_or_a_commit_and_nothing_else(project: Path) -> None:
    path = baseline.save_baseline(report(summary()))
    other = project / "other.json"
    other.write_text(to_json(report(changed("date"))), encoding="utf-8")
    assert baseline.baseline_at(str(other), path).figure("event_f1").value < 1.0
    with pytest.raises(UsageError, match="no file and no commit"):
        baseline.baseline_at("nowhere", path)


def test_nobody_has_blessed_anything_yet(project: Path) -> None:
    with pytest.raises(UsageError, match="no baseline"):
        baseline.baseline_at(None, project / "baselines" / "x.json")
