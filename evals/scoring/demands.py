"""What gold demands whatever the mean says: facts that may not be lost, readings that may not be asserted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from evals.gold import Forbidden
from evals.report import MUST, Part
from evals.scoring.comparison import Comparison
from evals.scoring.counts import Mark
from evals.scoring.key import Key
from summarizer import Event, EventSummary, Span, Statement


def lost_musts(key: Key, comparison: Comparison) -> Iterator[str]:
    """Each `must` fact that was not found or has one of its fields wrong, in words.

    Partly right is not lost, nor is a field that holds all that it must and more.
    """
    parts: tuple[tuple[Part, list[tuple[str, ...]], dict[int, int]], ...] = (
        ("events", [event.must for event in key.events], comparison.events),
        ("statements", [said.must for said in key.statements], comparison.statements),
    )
    for part, musts, found in parts:
        for at, must in enumerate(musts):
            name = f"{part[0]}{at + 1}"  # e1, s1
            if must and at not in found:
                yield f"{name} is missing{MUST}"
            elif must:
                marks = [mark for mark in comparison.marks if mark.part == part and mark.gold == at]
                yield from (f"{name}.{field} is wrong{MUST}" for field in must if _is_lost(field, marks))


def _is_lost(field: str, marks: Iterable[Mark]) -> bool:
    outcomes = {mark.outcome for mark in marks if mark.field == field}
    return bool(outcomes & {"missing", "incorrect"}) or outcomes == {"spurious"}


def asserted(key: Key, comparison: Comparison, summary: EventSummary) -> Iterator[str]:
    """Each forbidden reading that the summary asserts, with the fact that does and why it is wrong."""
    meant = _Meant(key, comparison)
    for forbidden in key.gold.must_not:
        spans = forbidden.spans(key.gold.article)
        if forbidden.fact == "event":
            for event in summary.events:
                if _rests_on(_pieces(event), spans, forbidden) and meant.event(forbidden, event):
                    yield f"{event.id}: {forbidden.why}"
        else:
            for at, statement in enumerate(summary.statements, 1):
                if _rests_on([statement.span], spans, forbidden) and meant.speaker(forbidden, statement):
                    yield f"s{at}: {forbidden.why}"


def _pieces(event: Event) -> list[Span]:
    """Its evidence without pieces that only hold its times and numbers, which may stand anywhere."""
    own = {excerpt.span for field, excerpt in event.excerpts() if field != "evidence"}
    pieces = [piece.span for piece in event.evidence]
    return [piece for piece in pieces if piece not in own] or pieces


def _rests_on(pieces: Sequence[Span], spans: Sequence[Span], forbidden: Forbidden) -> bool:
    """Whether a piece and a forbidden stretch share half of the shorter one.

    Where nothing else narrows the reading, half of the piece: a clause may well hold a byline and yet not rest on it.
    """
    for piece in pieces:
        for span in spans:
            length = piece.end - piece.start
            if forbidden.narrowed_by:
                length = min(length, span.end - span.start)
            if 2 * (min(piece.end, span.end) - max(piece.start, span.start)) >= length:
                return True
    return False


class _Meant:
    """Names of the prediction as gold means them."""

    def __init__(self, key: Key, comparison: Comparison) -> None:
        self._gold = key.sheet.names
        self._who = comparison.predicted.names

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
