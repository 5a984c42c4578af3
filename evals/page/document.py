"""One HTML document for a whole exam."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from evals.corpus import Case
from evals.page.links import lighting
from evals.page.measures import figure_tables
from evals.page.paper import Paper, overview, section
from evals.page.shell import shell
from evals.page.sitting import require_known, require_same
from evals.report import Report
from evals.verdict import verdict
from summarizer.html import element


def page(report: Report, cases: Sequence[Case]) -> str:
    """The exam as one HTML document: verdict, figures, then each article with gold, prediction and lost points.

    Raises UsageError if an article of the report is not among the cases, or if article or gold changed since.
    """
    papers = list(_papers(report, cases))
    sections = [section(paper) for paper in papers]
    title = verdict(report)
    return shell(
        title,
        element("header", element("h1", title)),
        element("main", figure_tables(report), overview(papers), *(body for body, _ in sections)),
        styles=("style.css",),
        unscripted=lighting(max((places for _, places in sections), default=0), "pg"),
    )


def _papers(report: Report, cases: Sequence[Case]) -> Iterator[Paper]:
    require_known(report, cases)
    require_same(report, cases)
    runs = Counter(result.id for result in report.cases)
    sat = {case.id: case for case in cases}
    for at, result in enumerate(report.cases, 1):
        yield Paper(f"r{at}", sat[result.id], result, runs[result.id])
