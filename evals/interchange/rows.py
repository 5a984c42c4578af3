"""What every form tells of one article in one run: its text, what was answered, each figure with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from evals.corpus import Case
from evals.figures import GROUPS
from evals.report import CaseResult, Part, Point, Report, to_json
from evals.verdict import told
from summarizer import Usage, UsageError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of a report where a form demands one: reports hold none, and the clock would change the bytes."""

_MEANINGS = {name: entry.meaning for group in GROUPS.values() for name, entry in group.items()}
_PARTS: dict[str, Part] = {"event_f1": "events", "statement_f1": "statements", "entity_f1": "entities"}


@dataclass(frozen=True, slots=True)
class Row:
    """One article in one run, and what became of it."""

    case: Case
    result: CaseResult

    @property
    def shares(self) -> dict[str, tuple[float, float]]:
        """Each figure's value here, and its weight: over articles sum(value x weight) / sum(weight) is the report's.

        The weight is the share's denominator; a figure with nothing to divide by is left out.
        """
        found = self.result.figures.items()
        return {name: (over / under, under) for name, (over, under) in found if under}

    @property
    def error(self) -> str | None:
        """Why there is no summary."""
        return self.result.error and ": ".join(self.result.error)

    @property
    def kept(self) -> bool:
        """Whether there is a summary that breaks no contract."""
        return not self.result.broken and self.error is None

    @property
    def contracts(self) -> str:
        """The error and each broken contract, a line each."""
        return "\n".join(filter(None, (self.error, *self.result.broken))) or "every contract is kept"

    @property
    def usage(self) -> Usage:
        """The tokens of the summary; of an article that failed none are known."""
        return Usage(**((self.result.summary or {}).get("usage") or {}))

    def reason(self, figure: str) -> str:
        """Every point that was lost from a figure, the costliest first; where it has no points, what it means."""
        lost = sorted(_lost(self.result.points, figure), key=lambda point: -point.cost)
        return "\n".join(map(told, lost)) or _MEANINGS.get(figure, figure)


def rows_of(report: Report, cases: Sequence[Case]) -> list[Row]:
    """The report's results with their articles. Raises UsageError if an article is not among the cases."""
    known = {case.id: case for case in cases}
    if missing := sorted({result.id for result in report.cases} - known.keys()):
        raise UsageError(f"the articles of the report are not all there: {', '.join(missing)}", "give all its cases")
    return [Row(known[result.id], result) for result in report.cases]


def model_of(report: Report) -> str:
    """Who wrote the summaries: the model, or the engine where there is none.

    >>> model_of(Report("seeds", {"engine": "offline/0.1.0", "model": "none"}, (), ()))
    'offline/0.1.0'
    >>> model_of(Report("seeds", {"engine": "model:gpt-4.1", "model": "gpt-4.1"}, (), ()))
    'gpt-4.1'
    """
    model = report.signature.get("model", "none")
    return report.signature.get("engine", "unknown") if model in ("none", "unknown") else model


def identity_of(report: Report) -> str:
    """22 hex digits that only an equal report has."""
    return digest(to_json(report))


def digest(*parts: object) -> str:
    """The first 22 hex digits of a SHA-256, the length of the ids that inspect_ai draws.

    >>> digest("a", 1) == digest("a", "1") != digest("a", 2)
    True
    """
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:22]


def _lost(points: Sequence[Point], figure: str) -> Iterator[Point]:
    """The lost points of a part's F1, or of one field's among events."""
    part, field = (_PARTS[figure], None) if figure in _PARTS else ("events", figure.removesuffix("_f1"))
    return (point for point in points if point.lost and point.part == part and field in (None, point.field))
