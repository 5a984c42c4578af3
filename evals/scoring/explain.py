"""Marks in words: which fact of which article, what gold holds, what was given, where it stands, what it cost."""

from __future__ import annotations

from functools import cache
from typing import Any

from evals.report import Outcome, Pairs, Part, Point
from evals.scoring.comparison import Comparison
from evals.scoring.counts import Counts, Mark
from evals.scoring.key import Key
from evals.scoring.naming import STRANGER
from evals.scoring.sheet import EntitySheet, PassageSheet, QuantitySheet, Sheet, TimeSheet, form_of
from summarizer import EventSummary

_RELATIONS = {"retaliation_for": "in retaliation for", "caused_by": "because of", "part_of": "part of"}
_ROLES = ("actor", "recipient", "attribution", "speaker", "via")


def points_of(key: Key, comparison: Comparison, summary: EventSummary | None) -> tuple[Point, ...]:
    """Every mark of a comparison as a Point, in the order of the marks."""
    gold = _Side(key.gold.summary, key.sheet)
    predicted = _Side(summary, comparison.predicted)
    counts = {part: comparison.counts(part) for part in ("events", "statements", "entities")}

    @cache
    def cost(part: Part, outcome: Outcome, weight: float) -> float:
        return round(cost_of(outcome, weight, counts[part]), 6)

    def words(field: str, value: Any) -> str | None:
        return in_words(field, value, key.sheet, comparison.predicted)

    return tuple(
        Point(
            mark.part,
            mark.field,
            mark.outcome,
            mark.weight,
            cost(mark.part, mark.outcome, mark.weight),
            gold.reference(mark.part, mark.gold),
            predicted.reference(mark.part, mark.predicted),
            words(mark.field, mark.wanted),
            words(mark.field, mark.given),
            gold.spans(mark, mark.gold, mark.wanted),
            predicted.spans(mark, mark.predicted, mark.given),
        )
        for mark in comparison.marks
    )


def cost_of(outcome: Outcome, weight: float, counts: Counts) -> float:
    """What F1 would gain if a slot of that outcome and weight were right and all else stayed.

    >>> round(cost_of("missing", 1.0, Counts(correct=3, missing=1)), 3)
    0.143
    """
    changed = counts._asdict()
    changed[outcome] -= weight
    if outcome != "spurious":
        changed["correct"] += weight
    return Counts(**changed).f1 - counts.f1


class _Side:
    """Looks up what marks speak of, on gold's side or on the prediction's."""

    def __init__(self, summary: EventSummary | None, sheet: Sheet) -> None:
        self._summary, self._sheet = summary, sheet

    def reference(self, part: Part, at: int | None) -> str | None:
        if at is None:
            return None
        return self._sheet.entities[at].name if part == "entities" else f"{part[0]}{at + 1}"  # e1, s1

    def spans(self, mark: Mark, at: int | None, value: Any) -> Pairs:
        """Where a slot's value stands; for a value without words of its own, where its fact does."""
        if at is None:
            return ()
        own: Pairs = getattr(value, "spans", ())
        if own:
            return own
        if mark.part == "events":
            return self._sheet.events[at].evidence.spans
        return self._sheet.statements[at].text.spans if mark.part == "statements" else self._alias(mark, at, value)

    def _alias(self, mark: Mark, at: int, form: Any) -> Pairs:
        if self._summary is None or mark.field != "aliases":
            return ()
        aliases = self._summary.entities[at].aliases
        return tuple((alias.start, alias.end) for alias in aliases if form_of(alias.text) == form)


def in_words(field: str, value: Any, gold: Sheet, predicted: Sheet) -> str | None:
    """A slot's value as people read it; what gold does not know is named as the prediction names it."""
    if value is None:
        return None
    if field in _ROLES:
        entity: EntitySheet = predicted.entities[value - STRANGER] if value >= STRANGER else gold.entities[value]
        return entity.name
    if field == "links":
        return f"{_RELATIONS[value[0]]} {_event_in_words(value[1])}"
    return _event_in_words(value) if field == "about" else value_in_words(value)


def _event_in_words(at: int) -> str:
    return f"e{at - STRANGER + 1} of the prediction" if at >= STRANGER else f"e{at + 1}"


def value_in_words(value: Any) -> str:
    """A time, number or passage with what is compared of it.

    >>> value_in_words(TimeSheet("2021-03-07", "by", 0, "by March 7"))
    '“by March 7” = by 2021-03-07'
    >>> value_in_words(QuantitySheet(1500000, 2500000.5, "about", frozenset(), 0, "some 1.5 million"))
    '“some 1.5 million” = about 1500000, before 2500000.5'
    """
    if isinstance(value, TimeSheet):
        return f"“{value.text}” = {value.bound} {value.value or 'a day not known'}"
    if isinstance(value, QuantitySheet):
        qualifier = "" if value.qualifier in ("exact", "unknown") else f"{value.qualifier.replace('_', ' ')} "
        number = "not known" if value.value is None else f"{value.value}"
        before = "" if value.previous is None else f", before {value.previous}"
        return f"“{value.text}” = {qualifier}{number}{before}"
    if isinstance(value, PassageSheet):
        return f"“{value.text}”" + (f" ({value.country})" if value.country else "")
    return str(value)
