"""The blessed baseline: every answer that an engine gave when somebody said that this is good.

It holds the answers, not the marks, so that both sides of a comparison are scored by today's gold and scorer. It is
changed by `bless` alone.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from evals.corpus import PROJECT, Case
from evals.exam import report_of, scored
from evals.report import CaseResult, Report, from_json, to_json
from summarizer import EventSummary, InputError, UsageError

BASELINES = PROJECT / "evals" / "baselines"


def baseline_path(report: Report) -> Path:
    """Where the baseline of a report's suite, engine and prompt stands, whatever their versions.

    >>> baseline_path(Report("seeds", {"engine": "offline/0.1.0", "prompt": "none"}, (), ())).name
    'seeds.offline.json'
    >>> baseline_path(Report("seeds", {"engine": "model:my/model", "prompt": "news@41ba8413"}, (), ())).name
    'seeds.model-my-model.news.json'
    """
    engine, prompt = report.signature["engine"], report.signature["prompt"].partition("@")[0]
    named = engine if prompt != "none" else engine.partition("/")[0]
    parts = (report.suite, named, *([prompt] if prompt != "none" else []))
    return BASELINES / (".".join(re.sub(r"[^A-Za-z0-9.-]+", "-", part) for part in parts) + ".json")


def save_baseline(report: Report) -> Path:
    """Write the answers of a report, and the figures they had, as the baseline. Returns the file."""
    path = baseline_path(report)
    path.parent.mkdir(exist_ok=True)
    cases = tuple(replace(case, points=(), matched=(), matched_statements=()) for case in report.cases)
    path.write_text(to_json(replace(report, cases=cases)), encoding="utf-8")
    return path


def load_baseline(path: Path) -> Report:
    """The baseline in a file, as it was scored then. Raises UsageError if nobody has blessed one."""
    if not path.is_file():
        raise UsageError(f"there is no baseline {path.name}", "python -m evals bless makes one")
    return from_json(path.read_text(encoding="utf-8"))


def baseline_at(base: str | None, path: Path) -> Report:
    """The baseline to judge against: a file, or what stood at `path` in a commit.

    Without `base` it is the merge base with the main branch, so that a change cannot bless itself; where there is no
    repository, or nothing was blessed there, the file in the working tree. Raises UsageError for what is neither.
    """
    if base and Path(base).is_file():
        return load_baseline(Path(base))
    commit = base or _merge_base()
    document = commit and _git("show", f"{commit}:{path.relative_to(PROJECT).as_posix()}")
    if document:
        return from_json(document)
    if base:
        raise UsageError(
            f"{base!r} is no file and no commit that holds {path.name}", "give a report, a branch or a tag"
        )
    return load_baseline(path)


def _merge_base() -> str | None:
    found = (_git("merge-base", "HEAD", branch) for branch in ("origin/main", "main"))
    return next((commit.strip() for commit in found if commit), None)


def _git(*arguments: str) -> str | None:
    """What git answers; None where it cannot."""
    try:
        done = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, check=True, encoding="utf-8")
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout


def rescored(report: Report, cases: Sequence[Case], *, seed: int = 0) -> Report:
    """A report's answers scored anew, by the gold of `cases` and today's scorer.

    An answer that today's schema refuses, and one to an article that is not among the cases, is a row with its error.
    """
    known = {case.id: case for case in cases}
    results = [_anew(result, known.get(result.id)) for result in report.cases]
    made_by = {name: report.signature[name] for name in ("engine", "prompt", "model")}
    return report_of(report.suite, cases, results, made_by=made_by, seed=seed)


def _anew(result: CaseResult, case: Case | None) -> CaseResult:
    if case is None:
        return replace(result, figures={}, error=("UnknownArticle", "the suite has no such article"))
    if result.summary is None:
        message = result.error[1] if result.error else "no summary was kept"
        return scored(case, InputError(message), run=result.run)
    try:
        return scored(case, EventSummary.grounded(result.summary, case.article), run=result.run)
    except ValidationError:
        return scored(case, InputError("today's schema refuses this answer; bless a baseline anew"), run=result.run)
