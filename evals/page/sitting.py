"""Whether a report is of just these articles and this gold: a page draws no spans into another text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.corpus import Case
from evals.gold import digest_of
from evals.report import Report
from summarizer import UsageError


def require_same(report: Report, cases: Sequence[Case]) -> None:
    """Raise UsageError if gold, or an article that is among the cases, changed since the report was made."""
    known = {case.id: case for case in cases}
    sat = [known[name] for name in known if name in {result.id for result in report.cases}]
    if report.signature.get("gold") not in (None, _gold_of(sat), _gold_of(cases)):
        raise UsageError("the gold has changed since this report was made", "run the exam again")
    for result in report.cases:
        if result.id in known and _is_of_another_text(result.summary, known[result.id]):
            raise UsageError(f"{result.id} has changed since this report was made", "run the exam again")


def require_known(report: Report, cases: Sequence[Case]) -> None:
    """Raise UsageError if an article of the report is not among the cases."""
    absent = {result.id for result in report.cases} - {case.id for case in cases}
    if absent:
        raise UsageError(f"no article is called {', '.join(sorted(absent))}", "give the articles of that exam")


def _gold_of(cases: Sequence[Case]) -> str:
    """As a report's signature names it."""
    return digest_of([case.gold.digest for case in cases if case.gold])


def _is_of_another_text(summary: Mapping[str, object] | None, case: Case) -> bool:
    return (summary or {}).get("sha256") not in (None, "", case.article.sha256)
