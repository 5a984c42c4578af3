"""A line for each article: how both sides stand on it, each run a dot, and what was lost and gained there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from evals.figures import percent
from evals.page.contrast import TOP, Contrast
from evals.page.strips import Domain, domain_name, domain_of, runs_strip
from evals.page.tallies import Change
from evals.page.wording import change_of
from evals.report import CaseResult
from evals.verdict import counted
from summarizer.html import Markup, element


def standings(contrasts: Sequence[Contrast], changes: Mapping[str, Sequence[Change]]) -> Markup:
    """The table of articles; each line leads to its section."""
    domain = domain_of([score for contrast in contrasts for side in contrast.scores for score in side])
    names = ("article", "baseline", "candidate", f"runs, {domain_name(domain)}", "change", *_COUNTS)
    heads = element("tr", *(element("th", name, scope="col") for name in names))
    counts = {kind: Counter(change.told.article for change in found) for kind, found in changes.items()}
    lines = (_line(contrast, counts, domain) for contrast in contrasts)
    return element(
        "section",
        element("h2", "Articles"),
        element("p", _NOTE, class_="quiet"),
        element("table", element("thead", heads), element("tbody", *lines), class_="overview"),
        id=TOP,
    )


_NOTE = (
    "Event F1: the mean over the runs, and each run as a dot, the baseline’s hollow and above the candidate’s. "
    "Lost and gained count slots in most runs; made up, slots a run that gold lacks."
)
_COUNTS = ("lost", "gained", "made up")


def _line(contrast: Contrast, counts: Mapping[str, Mapping[str, int]], domain: Domain) -> Markup:
    link = element("a", contrast.case.id, href=f"#{contrast.id}")
    title = element("span", contrast.headline, class_="quiet")
    cells = (_cell(name, body) for name, body in _cells(contrast, counts, domain))
    return element("tr", element("th", link, " ", title, scope="row", dir="auto"), *cells)


def _cell(name: str, body: str) -> Markup:
    return element("td", body, data_name=name, class_="strip" if name == "runs" else "")


def _cells(contrast: Contrast, counts: Mapping[str, Mapping[str, int]], domain: Domain) -> Iterator[tuple[str, str]]:
    nothing = element("span", "–", class_="quiet")
    for (name, results), scores in zip(contrast.results.items(), contrast.scores, strict=True):
        yield name, _mean(results, scores)
    yield "runs", runs_strip(*contrast.scores, domain)
    yield "change", nothing if contrast.change is None else change_of(contrast.change)
    for kind in ("lost", "gained"):
        yield kind, f"{counts[kind][contrast.case.id]}" if kind in counts else nothing
    made_up = [_made_up(results) for results in contrast.results.values()]
    yield "made up", " → ".join(made_up)


def _mean(results: Sequence[CaseResult], scores: Sequence[float]) -> Markup:
    """The mean of the runs, said in words where one failed; the single runs for those who point at it."""
    failed = sum(bool(result.error) for result in results)
    if failed or not results:
        words = f"{failed} of {counted(len(results), 'run')} failed" if len(results) > 1 else "no answer"
        return element("span", words, class_="bad")
    told = ", ".join(map(percent, scores))
    return element("span", percent(fmean(scores)), title=f"{counted(len(scores), 'run')}: {told}")


def _made_up(results: Sequence[CaseResult]) -> str:
    """Slots of events and statements a run that gold lacks."""
    answered = [result for result in results if not result.error]
    if not answered:
        return "–"
    spurious = sum(
        point.outcome == "spurious" and point.part != "entities" for result in answered for point in result.points
    )
    return f"{spurious / len(answered):.1f}".removesuffix(".0")
