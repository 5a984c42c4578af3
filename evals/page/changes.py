"""Slots lost, gained and changed, article by article, each leading to its place in the article's section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from evals.page.columns import flip_of
from evals.page.contrast import Section
from evals.page.tallies import Change, Tally
from evals.page.wording import MUST, field_of
from summarizer.html import Markup, element

_MEANING = {
    "lost": "right in most runs of the baseline, and not of the candidate",
    "gained": "right in most runs of the candidate, and not of the baseline",
    "changed": "right a little more or less often, or wrong in another way",
}
_COLUMNS = ("slot", "gold", "baseline", "candidate")


def change_tables(changes: Mapping[str, Sequence[Change]], sections: Mapping[str, Section]) -> Markup:
    """A table for each kind of change; what changed without being lost or gained is folded away."""
    parts: list[Markup] = []
    for kind, found in changes.items():
        title = [flip_of(kind, f"{len(found)} {kind}"), " ", element("span", _MEANING[kind], class_="quiet")]
        if not found:
            parts.append(element("p", *title))
        elif kind == "changed":
            parts.append(element("details", element("summary", *title), _table(found, sections)))
        else:
            parts += [element("h3", *title), _table(found, sections)]
    return element("section", element("h2", "Facts lost, gained and changed"), *parts, id="changes")


def _table(found: Sequence[Change], sections: Mapping[str, Section]) -> Markup:
    heads = element("tr", *(element("th", name, scope="col") for name in _COLUMNS))
    ordered = sorted(found, key=lambda change: list(sections).index(change.told.article))
    bodies = (
        _article(sections[article], list(group)) for article, group in groupby(ordered, lambda each: each.told.article)
    )
    return element("table", element("thead", heads), *bodies, class_="changes")


def _article(section: Section, found: Sequence[Change]) -> Markup:
    contrast = section.contrast
    link = element("a", contrast.case.id, href=f"#{contrast.id}")
    rows = [_over("article", link, " ", element("span", contrast.headline, class_="quiet"))]
    for name, slots in groupby(found, lambda each: each.told.fact):
        fact = section.fact(name)
        told = [" ", fact.gold.told] if fact and fact.gold else []
        rows.append(_over("of", element("span", name, class_="id"), *told))
        rows += [_row(section, change) for change in slots]
    return element("tbody", *rows)


def _over(class_: str, *words: str) -> Markup:
    """A row that heads those below it."""
    return element("tr", element("th", *words, colspan="4", scope="rowgroup", dir="auto"), class_=class_)


def _row(section: Section, change: Change) -> Markup:
    told, fact = change.told, section.fact(change.told.fact)
    link = element("a", field_of(told), href=section.slot(told.fact, told.field, told.gold))
    must = [" ", MUST] if fact and told.field in fact.must else []
    return element(
        "tr",
        element("th", link, *must, scope="row"),
        element("td", told.gold or "–", dir="auto", data_name="gold"),
        element("td", *_given(told.was_right, change.was), dir="auto", data_name="baseline"),
        element("td", *_given(told.is_right, change.now), dir="auto", data_name="candidate"),
    )


def _given(right: str, tally: Tally) -> Iterator[str]:
    """In how many runs it was right by the gate's word ("2 of 3"), and what was given where it was not."""
    times, _, runs = right.partition(" of ")
    tone = "correct" if times == runs else "incorrect" if times == "0" else "partial"
    if runs != "1":
        yield element("span", f"right in {right}", class_=f"outcome {tone}")
    elif times == runs:
        yield element("span", "right", class_="outcome correct")
    if tally.right < tally.runs:
        yield " "
        yield tally.instead or element("span", "missing", class_="outcome missing")
