"""What an exam found: one result an article and run, every slot's mark in words, and figures with their intervals.

A Report is plain data: written as JSON it reads back equal, and the same summaries give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from summarizer import UsageError

FORMAT = "summarizer-exam"
VERSION = 1
MUST = ", a must"
Part = Literal["events", "statements", "entities"]
Outcome = Literal["correct", "partial", "incorrect", "missing", "spurious"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One slot: what gold holds, what was given, and what the difference cost.

    `gold_ref` and `predicted_ref` name the facts ("e2", "s1", an entity's name), None where a side has none. Spans are
    character offsets into the article. `cost` is what a right slot would add to the F1 of its part in this article.
    """

    part: Part
    field: str
    outcome: Outcome
    weight: float
    cost: float
    gold_ref: str | None
    predicted_ref: str | None
    gold: str | None
    predicted: str | None
    gold_spans: Pairs = ()
    predicted_spans: Pairs = ()

    @property
    def lost(self) -> bool:
        """Whether the slot is anything but right."""
        return self.outcome != "correct"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One article in one run. `figures` maps a figure's name to its share, numerator and denominator.

    `error` holds kind and message where the engine gave no summary; then everything labelled counts as missed.
    `broken` are broken contracts in words: excerpts that do not stand there, `must_not` asserted, and `must` facts
    lost, which end in MUST.
    `matched` pairs labelled and predicted events by their places; `matched_statements` likewise.
    """

    id: str
    run: int = 0
    error: tuple[str, str] | None = None
    figures: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    broken: tuple[str, ...] = ()
    matched: Pairs = ()
    matched_statements: Pairs = ()
    summary: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over all articles with its bootstrap interval; `n` articles carry it."""

    name: str
    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Report:
    """One exam: which suite, what made the figures (`signature`), the cases in order, the figures."""

    suite: str
    signature: Mapping[str, str]
    cases: tuple[CaseResult, ...]
    figures: tuple[Figure, ...]

    def figure(self, name: str) -> Figure:
        """The figure of that name; KeyError if the report has none."""
        for figure in self.figures:
            if figure.name == name:
                return figure
        raise KeyError(name)

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The articles that gave no summary."""
        return tuple(case for case in self.cases if case.error)


def signature_line(signature: Mapping[str, str]) -> str:
    """A signature as it is printed behind figures.

    >>> signature_line({"engine": "offline/0.1.0", "n": "5"})
    'engine:offline/0.1.0|n:5'
    """
    return "|".join(f"{key}:{value}" for key, value in signature.items())


def to_json(report: Report) -> str:
    """The report as JSON, versioned, keys in a fixed order, a line for each case and each figure."""
    raw = {"format": FORMAT, "version": VERSION, **asdict(report)}
    return "{\n" + ",\n".join(f'"{key}": {_lines(value)}' for key, value in raw.items()) + "\n}\n"


def _lines(value: Any) -> str:
    """A list with a line for each item; anything else in one line."""
    if not isinstance(value, list | tuple):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in value) + "\n]"


def from_json(document: str) -> Report:
    """A report read back. Raises UsageError if the document is none, or of a version this code does not know."""
    try:
        raw = json.loads(document)
    except ValueError as error:
        raise UsageError("this is no JSON", "python -m evals run --format json writes a report") from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise UsageError("this JSON is no exam report", "python -m evals run --format json writes one")
    if raw["version"] != VERSION:
        raise UsageError(f"the report is of version {raw['version']}, this code reads {VERSION}", "run the exam again")
    return Report(
        raw["suite"],
        raw["signature"],
        tuple(_case(case) for case in raw["cases"]),
        tuple(Figure(**figure) for figure in raw["figures"]),
    )


def _case(raw: Mapping[str, Any]) -> CaseResult:
    pairs = {name: _pairs(raw[name]) for name in ("matched", "matched_statements")}
    return CaseResult(
        **{
            **raw,
            **pairs,
            "error": raw["error"] and tuple(raw["error"]),
            "figures": {name: (share[0], share[1]) for name, share in raw["figures"].items()},
            "points": tuple(_point(point) for point in raw["points"]),
            "broken": tuple(raw["broken"]),
        }
    )


def _point(raw: Mapping[str, Any]) -> Point:
    spans = {name: _pairs(raw[name]) for name in ("gold_spans", "predicted_spans")}
    return Point(**{**raw, **spans})


def _pairs(raw: Any) -> Pairs:
    return tuple((start, end) for start, end in raw)
