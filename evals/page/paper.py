"""An exam paper: one article in one run, as a line among the others and as a section of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.corpus import Case
from evals.figures import PRIMARY, percent
from evals.page.facts import Fact, facts_of
from evals.page.links import Links
from evals.page.losses import costliest
from evals.page.prose import prose
from evals.page.sides import sides
from evals.page.text import text_pane
from evals.report import MUST, CaseResult
from evals.verdict import counted
from summarizer.html import Markup, element

TOP = "articles"


@dataclass(frozen=True, slots=True)
class Paper:
    """One article in one run. `id` names it on the page; `runs` says how many papers the article has."""

    id: str
    case: Case
    result: CaseResult
    runs: int

    @property
    def name(self) -> str:
        """The article's id, and the run where there are several."""
        return self.result.id + (f", run {self.result.run + 1}" if self.runs > 1 else "")

    @property
    def headline(self) -> str:
        """Gold's headline, else the prediction's, else whatever the article is called."""
        if self.case.gold:
            return self.case.gold.summary.headline
        return (self.result.summary or {}).get("headline") or self.case.article.title or self.result.id

    @property
    def f1(self) -> str:
        """Its event F1, if it was labelled."""
        return percent(self.result.figures[PRIMARY][0]) if PRIMARY in self.result.figures else "–"

    @property
    def main(self) -> str:
        """Whether type, actors and recipients of its main event are right, if it was labelled."""
        right = self.result.figures.get("main_right")
        return "–" if right is None else "right" if right[0] else "wrong"

    @property
    def lost(self) -> str:
        """How many slots were lost of how many."""
        points = self.result.points
        return f"{sum(point.lost for point in points)} of {len(points)}" if self.case.gold else "–"


# --- the table of papers ----------------------------------------------------------------------------------------------

_COLUMNS = ("article", "event F1", "main event", "slots lost", "contracts broken")


def overview(papers: Sequence[Paper]) -> Markup:
    """A line for each paper, which leads to its section."""
    heads = element("tr", *(element("th", name, scope="col") for name in _COLUMNS))
    return element(
        "section",
        element("h2", "Articles"),
        element("table", element("thead", heads), element("tbody", *map(_line, papers)), class_="overview"),
        id=TOP,
    )


def _line(paper: Paper) -> Markup:
    title = element("span", paper.headline, class_="quiet")
    head = element("th", element("a", paper.name, href=f"#{paper.id}"), " ", title, scope="row", dir="auto")
    if paper.result.error:
        return element("tr", head, element("td", "failed: ", *_failure(paper.result.error), colspan="4", class_="bad"))
    broken = len(paper.result.broken)
    cells = (
        (paper.f1, ""),
        (paper.main, "bad" if paper.main == "wrong" else ""),
        (paper.lost, ""),
        (str(broken), "bad" if broken else ""),
    )
    named = zip(_COLUMNS[1:], cells, strict=True)
    return element("tr", head, *(element("td", words, class_=kind, data_name=name) for name, (words, kind) in named))


def _failure(error: tuple[str, str]) -> tuple[str, ...]:
    kind, message = error
    return element("b", kind), " ", message


# --- one paper --------------------------------------------------------------------------------------------------------


def section(paper: Paper) -> tuple[Markup, int]:
    """The paper as a section of the page, and how many places of its text can be lit."""
    article, gold = paper.case.article, paper.case.gold
    facts, links = facts_of(article, gold, paper.result), Links(paper.id)
    # In this order: words lead back to the first link made to them, which shall be their fact's own.
    compared = [*sides(facts, links)]
    lost: list[Markup] = []
    if not paper.result.error:
        compared += prose(gold, ("prediction", "given", paper.result))
        lost += costliest(facts, paper.result.figures, links)
    body = element(
        "div",
        element("section", *lost, *compared, class_="facts", aria_label="Gold and prediction"),
        text_pane(article, facts, links),
        class_="panes",
    )
    head = element("div", *_head(paper, facts), class_="head")
    return element("section", head, body, class_="result", id=paper.id), len(links.places)


def _head(paper: Paper, facts: Sequence[Fact]) -> Iterator[Markup]:
    back = element("a", "all articles", href=f"#{TOP}")
    words = element("span", " · ", element("a", "to the text", href=f"#{paper.id}-words"), class_="narrow")
    yield element("p", element("b", paper.name), " · ", back, words, class_="meta")
    yield element("h2", paper.headline, dir="auto")
    if paper.result.error:
        failed = element("p", "No summary: ", *_failure(paper.result.error))
        yield element("div", failed, element("p", "Everything labelled counts as missed."), class_="warning")
    elif paper.case.gold:
        others = f" · main event {paper.main} · {paper.lost} slots lost"
        yield element("p", element("b", f"event F1 {paper.f1}"), others, class_="meta")
    yield from _broken(paper, facts)


def _broken(paper: Paper, facts: Sequence[Fact]) -> Iterator[Markup]:
    """The contracts that were broken, each leading to its fact as far as it names one."""
    gold = {fact.gold.ref: fact.key for fact in facts if fact.gold}
    given = {fact.given.ref: fact.key for fact in facts if fact.given}
    items = []
    for words in paper.result.broken:
        ref = _REF.match(words)
        # What gold demands is told with gold's names, anything else with the prediction's.
        key = (gold if words.endswith(MUST) else given).get(ref.group()) if ref else None
        items.append(element("li", element("a", words, href=f"#{paper.id}-{key}") if key else words, dir="auto"))
    if items:
        title = element("p", element("b", counted(len(items), "contract"), " broken"))
        yield element("div", title, element("ul", *items), class_="warning")


_REF = re.compile(r"[es]\d+\b")
