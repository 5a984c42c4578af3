"""One article on both sides of a comparison: all runs, the typical run of each side, the section of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from evals.corpus import Case
from evals.exam import scored
from evals.figures import PRIMARY, percent
from evals.page.columns import SAMPLES, SIDES, Columns
from evals.page.links import Links
from evals.page.prose import prose
from evals.page.tallies import Tallies
from evals.page.text import text_pane
from evals.page.trios import Trio, trios_of
from evals.page.wording import signed
from evals.report import MUST, CaseResult
from evals.verdict import counted
from summarizer import InputError
from summarizer.html import Markup, element

TOP = "articles"
_LEGEND = (("gold", "gold’s evidence"), ("base", "the baseline’s"), ("given", "the candidate’s"))


@dataclass(frozen=True)
class Contrast:
    """One article with both sides' results, a result a run. `id` names it on the page; a side may have no result."""

    id: str
    case: Case
    base: tuple[CaseResult, ...]
    candidate: tuple[CaseResult, ...]

    @property
    def headline(self) -> str:
        """Gold's headline, else whatever the article is called."""
        return self.case.gold.summary.headline if self.case.gold else self.case.article.title or self.case.id

    @property
    def results(self) -> dict[str, tuple[CaseResult, ...]]:
        """Each side's results, in the order of their runs."""
        return {"baseline": self.base, "candidate": self.candidate}

    @property
    def scores(self) -> tuple[list[float], list[float]]:
        """The event F1 of each run of baseline and candidate that gave a summary."""
        base, candidate = ([_score(result) for result in runs if not result.error] for runs in self.results.values())
        return base, candidate

    @property
    def change(self) -> float | None:
        """The change of the mean, if every run of both sides gave a summary."""
        if not (self.base and self.candidate) or any(result.error for result in (*self.base, *self.candidate)):
            return None
        base, candidate = self.scores
        return fmean(candidate) - fmean(base)

    @cached_property
    def typical(self) -> tuple[CaseResult, CaseResult]:
        """Of each side the run with the median event F1, of an even number the lower of the two in the middle."""
        base, candidate = (self._typical(name) for name in SIDES)
        return base, candidate

    def _typical(self, side: str) -> CaseResult:
        runs = self.results[side] or (scored(self.case, InputError(f"the {side} does not hold this article")),)
        told = [result for result in runs if not result.error] or list(runs)
        return sorted(told, key=lambda result: (_score(result), result.run))[(len(told) - 1) // 2]

    @cached_property
    def trios(self) -> tuple[Trio, ...]:
        """Every fact of the typical runs."""
        return trios_of(self.case.article, self.case.gold, *self.typical)

    def broken(self, side: str) -> dict[str, int]:
        """The contracts that a side broke where it gave a summary, each with the number of runs."""
        told = Counter(words for result in self.results[side] if not result.error for words in result.broken)
        return dict(sorted(told.items()))


def _score(result: CaseResult) -> float:
    return result.figures[PRIMARY][0] if PRIMARY in result.figures else 0.0


# --- its section ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Section:
    """A contrast as a section of the page, and where the rest of the page finds things in it."""

    contrast: Contrast
    links: Links
    markup: Markup

    def fact(self, name: str) -> Trio | None:
        """The labelled event or statement of that name."""
        labelled = (trio for trio in self.contrast.trios if trio.gold and trio.part != "entities")
        return next((trio for trio in labelled if trio.name == name), None)

    def slot(self, name: str, field: str, gold: str | None) -> str:
        """The fragment that lights a slot of a labelled fact; of its fact if it rests on no words or is not shown."""
        trio = self.fact(name)
        if trio is None:
            return f"#{self.contrast.id}"
        slots = (slot for slot in trio.slots if slot.field == field and gold in slot.readings)
        lit = self.links.address(next((slot.spans for slot in slots), trio.spans))
        return lit or f"#{self.contrast.id}-{trio.key}"

    def breach(self, words: str) -> str:
        """The fragment of the fact that a broken contract of the candidate is about.

        A must names gold's fact, anything else the prediction's; those names hold for the run that is shown.
        """
        ref, must = _REF.match(words), MUST in words
        known = must or any(words.startswith(told) for told in self.contrast.typical[1].broken)
        for trio in self.contrast.trios:
            account = trio.gold if must else trio.given[1]
            if ref and known and account and account.ref == ref.group():
                return f"#{self.contrast.id}-{trio.key}"
        return f"#{self.contrast.id}"


_REF = re.compile(r"[es]\d+\b")


def section(contrast: Contrast, tallies: tuple[Tallies, Tallies]) -> Section:
    """Gold, baseline and candidate beside each other and the text beside them, as the typical runs have it."""
    links = Links(contrast.id)
    base, candidate = contrast.typical
    columns = Columns(contrast.case.id, links, (not base.error, not candidate.error), tallies)
    given = [(name, SAMPLES[name], result) for name, result in zip(SIDES, contrast.typical, strict=True)]
    facts = [*columns.drawn(contrast.trios), *prose(contrast.case.gold, *given)]
    panes = element(
        "div",
        element("section", *facts, class_="facts", aria_label="Gold, baseline and candidate"),
        text_pane(contrast.case.article, contrast.trios, links, _LEGEND),
        class_="panes",
    )
    head = element("div", *_head(contrast), class_="head")
    return Section(contrast, links, element("section", head, panes, class_="result", id=contrast.id))


def _head(contrast: Contrast) -> Iterator[Markup]:
    back = element("a", "all articles", href=f"#{TOP}")
    words = element("span", " · ", element("a", "to the text", href=f"#{contrast.id}-words"), class_="narrow")
    yield element("p", element("b", contrast.case.id), " · ", back, words, class_="meta")
    yield element("h2", contrast.headline, dir="auto")
    yield element("p", *_shown(contrast), class_="meta")
    yield from _troubles(contrast)


def _shown(contrast: Contrast) -> Iterator[str]:
    """What is compared here: the means over all runs, and which runs are shown."""
    if contrast.change is not None:
        means = " → ".join(percent(fmean(scores)) for scores in contrast.scores)
        yield element("b", f"event F1 {means}")
        yield f" ({signed(contrast.change)})"
    shown = [
        f"{name} {result.run + 1} of {len(contrast.results[name])} ({percent(_score(result))})"
        for name, result in zip(SIDES, contrast.typical, strict=True)
        if len(contrast.results[name]) > 1 and not result.error
    ]
    if shown:
        yield f" · the runs shown are the median ones: {', '.join(shown)}"


def _troubles(contrast: Contrast) -> Iterator[Markup]:
    """Runs without a summary and broken contracts; the baseline's are told more quietly."""
    for name, runs in contrast.results.items():
        lines = [f"run {result.run + 1}: {result.error[1]}" for result in runs if result.error]
        if not runs:
            yield _box(f"The {name} does not hold this article.", [], name)
        elif lines:
            yield _box(f"The {name} gave no summary in {len(lines)} of {counted(len(runs), 'run')}", lines, name)
        if broken := contrast.broken(name):
            told = [f"{words}, in {times} of {counted(len(runs), 'run')}" for words, times in broken.items()]
            yield _box(f"{counted(len(told), 'contract')} broken by the {name}", told, name)


def _box(title: str, lines: Sequence[str], side: str) -> Markup:
    items = element("ul", *(element("li", line, dir="auto") for line in lines))
    kind = "warning" if side == "candidate" else "warning past"
    return element("div", element("p", element("b", title)), *([items] if lines else []), class_=kind)
