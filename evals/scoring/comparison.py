"""One summary against one answer key: who is who, what is what, and a mark for every slot."""

from __future__ import annotations

from typing import NamedTuple

from evals.scoring.counts import Counts, Mark, count
from evals.scoring.entities import entity_marks
from evals.scoring.events import align, event_marks, main_marks, resolved
from evals.scoring.key import Key
from evals.scoring.naming import resolve
from evals.scoring.sheet import NO_SHEET, Sheet, sheet_of
from evals.scoring.statements import align_statements, resolved_statements, statement_marks
from summarizer import EventSummary


class Comparison(NamedTuple):
    """Every mark, and the alignments they rest on: labelled place to predicted place."""

    predicted: Sheet
    who: tuple[int, ...]
    events: dict[int, int]
    statements: dict[int, int]
    marks: tuple[Mark, ...]
    main: tuple[Mark, ...]

    def counts(self, part: str, field: str | None = None) -> Counts:
        """The marks of one part, or of one field in it, added up with their weights."""
        return count(mark for mark in self.marks if mark.part == part and field in (None, mark.field))

    @property
    def event_f1(self) -> float:
        """The primary figure for one article: F1 of all event slots, weighted by salience."""
        return self.counts("events").f1


def compare(key: Key, summary: EventSummary | None) -> Comparison:
    """Mark every slot of a summary against the answer key of the same article; without a summary all is missing."""
    predicted = NO_SHEET if summary is None else sheet_of(summary, key.words)
    who = resolve(predicted, key)
    events = resolved(predicted, who)
    pairs = align(key, events)
    statements = resolved_statements(predicted, who, pairs)
    said = align_statements(key, statements)
    marks = (
        *event_marks(key, events, pairs),
        *statement_marks(key, statements, said),
        *entity_marks(key, predicted, who),
    )
    return Comparison(predicted, who, pairs, said, marks, tuple(main_marks(key, events)))
