"""What gold demands whatever the mean says: facts that may not be lost, readings that may not be asserted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from evals.gold import Forbidden
from evals.report import Part
from evals.scoring.comparison import Comparison
from evals.scoring.counts import Mark
from evals.scoring.key import Key
from summarizer import Event, EventSummary, Span, Statement

_WRONG = ("incorrect", "missing", "spurious")


def lost_musts(key: Key, comparison: Comparison) -> Iterator[str]:
    """Each `must` fact that was not found or has one of its fields wrong, in words. Partly right is not lost."""
    parts: tuple[tuple[Part, list[tuple[str, ...]], dict[int, int]], ...] = (
        ("events", [event.must for event in key.events], comparison.events),
        ("statements", [said.must for said in key.statements], comparison.statements),
    )
    for part, musts, found in parts:
        for at, must in enumerate(musts):
            name = f"{part[0]}{at + 1}"  # e1, s1
            if must and at not in found:
                yield f"{name} is missing, a must"
            elif must:
                wrong = {mark.field for mark in comparison.marks if _is_wrong(mark, part, at)}
                yield from (f"{name}.{field} is wrong, a must" for field in must if field in wrong)


def _is_wrong(mark: Mark, part: Part, at: int) -> bool:
    return mark.part == part and mark.gold == at and mark.outcome in _WRONG


def asserted(key: Key, comparison: Comparison, summary: EventSummary) -> Iterator[str]:
    """Each forbidden reading that the summary asserts, with the fact that does and why it is wrong."""
    meant = _Meant(key, comparison)
    for forbidden in key.gold.must_not:
        spans = forbidden.spans(key.gold.article)
        if forbidden.fact == "event":
            for event in summary.events:
                if _rests_on(event, spans) and meant.event(forbidden, event):
                    yield f"{event.id}: {forbidden.why}"
        else:
            for at, statement in enumerate(summary.statements, 1):
                if any(_shares(statement.span, span) for span in spans) and meant.speaker(forbidden, statement):
                    yield f"s{at}: {forbidden.why}"


def _rests_on(event: Event, spans: Sequence[Span]) -> bool:
    return any(_shares(piece.span, span) for piece in event.evidence for span in spans)


def _shares(one: Span, other: Span) -> bool:
    """Whether two stretches share at least half of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= min(one.end - one.start, other.end - other.start)


class _Meant:
    """Names of the prediction as gold means them."""

    def __init__(self, key: Key, comparison: Comparison) -> None:
        self._gold = key.sheet.names
        self._who = {name: comparison.who[at] for name, at in comparison.predicted.names.items()}

    def event(self, forbidden: Forbidden, event: Event) -> bool:
        return (
            _among(event.event_type, forbidden.event_type)
            and _among(event.mode, forbidden.mode)
            and _among(event.status, forbidden.status)
            and self._any(event.actor, forbidden.actor)
            and self._any(event.recipient, forbidden.recipient)
        )

    def speaker(self, forbidden: Forbidden, statement: Statement) -> bool:
        return self._any((statement.speaker,), forbidden.speaker)

    def _any(self, given: Sequence[str], named: Collection[str]) -> bool:
        return not named or bool({self._who[name] for name in given} & {self._gold[name] for name in named})


def _among(value: str | None, allowed: Collection[str]) -> bool:
    return not allowed or value in allowed
