"""One summary against one answer key: who is who, what is what, and a mark for every slot."""

from __future__ import annotations

from typing import NamedTuple

from evals.scoring.counts import Counts, Mark, count
from evals.scoring.entities import entity_marks
from evals.scoring.events import align, event_marks, linked_to
from evals.scoring.key import Key
from evals.scoring.naming import STRANGER, resolve
from evals.scoring.sheet import NO_SUMMARY, Sheet, entity_sheets, event_sheet, statement_sheet
from evals.scoring.statements import align_statements, statement_marks
from summarizer import EventSummary


class Comparison(NamedTuple):
    """Every mark, and the alignments they rest on: labelled place to predicted place.

    In `predicted`, names and ids stand for the places of the labelled entities and events that they mean; those that
    gold does not know for STRANGER plus their own.
    """

    predicted: Sheet
    events: dict[int, int]
    statements: dict[int, int]
    marks: tuple[Mark, ...]

    def counts(self, part: str, field: str | None = None) -> Counts:
        """The marks of one part, or of one field in it, added up with their weights."""
        return count(mark for mark in self.marks if mark.part == part and field in (None, mark.field))

    @property
    def event_f1(self) -> float:
        """The primary figure for one article: F1 of all event slots, weighted by salience."""
        return self.counts("events").f1


def compare(key: Key, summary: EventSummary | None) -> Comparison:
    """Mark every slot of a summary against the answer key of the same article; without a summary all is missing."""
    predicted, found = _read(key, NO_SUMMARY if summary is None else summary)
    said = align_statements(key, predicted.statements)
    absent = frozenset(at for at, event in enumerate(key.events) if event.optional and at not in found)
    marks = (
        *event_marks(key, predicted.events, found, absent),
        *statement_marks(key, predicted.statements, said, absent),
        *entity_marks(key, predicted.entities, tuple(predicted.names.values())),
    )
    return Comparison(predicted, found, said, marks)


def _read(key: Key, summary: EventSummary) -> tuple[Sheet, dict[int, int]]:
    """The summary in gold's terms, and the alignment of events, which decides what its ids stand for."""
    words, entities = key.words, entity_sheets(summary, key.words)
    who = resolve(entities, key)
    names = {entity.name: meant for entity, meant in zip(entities, who, strict=True)}
    places = {event.id: at for at, event in enumerate(summary.events)}
    events = tuple([event_sheet(event, words, names, places) for event in summary.events])
    found = align(key, events)
    back = {at: gold for gold, at in found.items()}
    what = [back.get(at, STRANGER + at) for at in range(len(events))]
    ids = dict(zip(places, what, strict=True))
    linked = tuple([linked_to(what, event) if event.links else event for event in events])
    statements = tuple([statement_sheet(statement, words, names, ids) for statement in summary.statements])
    return Sheet(linked, statements, entities, names, ids), found
