"""One HTML document for the gate: the verdict, the figures of both sides, then each article with both beside gold."""

from __future__ import annotations

from collections.abc import Sequence

from evals.corpus import Case
from evals.gate import Judgement
from evals.page.changes import change_tables
from evals.page.contrast import Contrast, section
from evals.page.judgement import heading, headline, numbers
from evals.page.links import lighting
from evals.page.measures import compared_tables
from evals.page.shell import shell
from evals.page.sitting import require_known, require_same
from evals.page.standings import standings
from evals.page.tallies import changes_of, tallies_of
from evals.report import Report
from summarizer.html import Markup, element


def comparison(judgement: Judgement, base: Report, candidate: Report, cases: Sequence[Case]) -> str:
    """The gate's judgement as one HTML document, both sides beside each other.

    Every article of `cases` that a side holds has its section, also where the two can't be compared. Raises
    UsageError if gold or an article changed since a report was made, or an article that was compared is not given.
    """
    comparable = judgement.change is not None
    for report in (base, candidate):
        require_same(report, cases)
        if comparable:
            require_known(report, cases)
    contrasts = _contrasts(base, candidate, cases)
    tallies = tallies_of(base.cases), tallies_of(candidate.cases)
    changes = changes_of(judgement, *tallies) if comparable else {}
    sections = {contrast.case.id: section(contrast, tallies) for contrast in contrasts}

    def address(reason: str) -> str:
        """Where the thing stands that a reason speaks of, if it begins with an article's id."""
        article, colon, what = reason.partition(": ")
        return sections[article].breach(what) if colon and article in sections else ""

    runs = [len({case.run for case in report.cases}) for report in (base, candidate)]
    return shell(
        headline(judgement),
        heading(judgement, base, candidate, address),
        element(
            "main",
            numbers(judgement, runs),
            compared_tables(base, candidate, comparable=comparable),
            standings(contrasts, changes),
            change_tables(changes, sections) if changes else Markup(""),
            *(each.markup for each in sections.values()),
        ),
        styles=("style.css", "comparison.css"),
        unscripted=lighting(max((len(each.links.places) for each in sections.values()), default=0), "bpg"),
    )


def _contrasts(base: Report, candidate: Report, cases: Sequence[Case]) -> list[Contrast]:
    """Both sides of every article that either holds, in the order of the cases; runs in their order."""
    held = {result.id for report in (base, candidate) for result in report.cases}
    contrasts = []
    for at, case in enumerate((case for case in cases if case.id in held), 1):
        before, after = (tuple(each for each in report.cases if each.id == case.id) for report in (base, candidate))
        contrasts.append(Contrast(f"r{at}", case, before, after))
    return contrasts
