"""Headline, summary and contexts side by side: they are scored as a whole and have no slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evals.gold import Gold
from evals.report import CaseResult
from summarizer.html import Markup, element

_FIELDS = ("headline", "summary", "contexts")
_Raw = Mapping[str, Any]


def prose(gold: Gold | None, *given: tuple[str, str, CaseResult]) -> Iterator[Markup]:
    """Gold's prose beside that of others, a row a field; each has its name, the class of its sample and its result."""
    wanted = {} if gold is None else gold.summary.model_dump(mode="json")
    sides = [("gold", "gold", wanted), *((name, kind, result.summary or {}) for name, kind, result in given)]
    heads = (element("th", element("span", name, class_=f"{kind} sample"), scope="col") for name, kind, _ in sides)
    rows = (_row(field, [(name, side) for name, _, side in sides]) for field in _FIELDS)
    yield element("h3", "Headline and summary")
    yield element(
        "table",
        element("thead", element("tr", element("td"), *heads)),
        element("tbody", *rows),
        class_="pair trio" if len(sides) > 2 else "pair",
    )


def _row(field: str, sides: Iterable[tuple[str, _Raw]]) -> Markup:
    head = element("th", element("span", field, class_="field"), scope="row")
    cells = (element("td", _words(side.get(field, "–")), dir="auto", data_name=name) for name, side in sides)
    return element("tr", head, *cells)


def _words(value: str | Iterable[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value).replace("_", " ")
