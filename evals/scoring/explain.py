"""Marks in words: which fact of which article, what gold holds, what was given, where it stands, what it cost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evals.report import Pairs, Point
from evals.scoring.comparison import Comparison
from evals.scoring.counts import Counts, Mark
from evals.scoring.key import Key
from evals.scoring.naming import STRANGER
from evals.scoring.sheet import PassageSheet, QuantitySheet, TimeSheet
from summarizer import Event, EventSummary, Excerpt

_ROLES = ("actor", "recipient", "attribution", "speaker", "via")


def points_of(key: Key, comparison: Comparison, summary: EventSummary | None) -> tuple[Point, ...]:
    """Every mark of a comparison as a Point, in the order of the marks."""
    teller = _Teller(key, comparison, summary)
    counts = {part: comparison.counts(part) for part in ("events", "statements", "entities")}
    return tuple(teller.point(mark, cost_of(mark, counts[mark.part])) for mark in comparison.marks)


def cost_of(mark: Mark, counts: Counts) -> float:
    """What F1 would gain if this slot were right and all else stayed.

    >>> round(cost_of(Mark("events", "mode", "missing", 1.0, 0, None), Counts(correct=3, missing=1)), 3)
    0.143
    """
    changed = counts._asdict()
    changed[mark.outcome] -= mark.weight
    if mark.outcome != "spurious":
        changed["correct"] += mark.weight
    return Counts(**changed).f1 - counts.f1


class _Teller:
    """Looks up what marks speak of, on gold's side and on the prediction's."""

    def __init__(self, key: Key, comparison: Comparison, summary: EventSummary | None) -> None:
        self._key = key
        self._predicted = comparison.predicted
        self._gold, self._summary = key.gold.summary, summary

    def point(self, mark: Mark, cost: float) -> Point:
        return Point(
            mark.part,
            mark.field,
            mark.outcome,
            mark.weight,
            round(cost, 6),
            _reference(self._gold, mark.part, mark.gold),
            _reference(self._summary, mark.part, mark.predicted),
            self._words(mark.field, mark.wanted),
            self._words(mark.field, mark.given),
            _spans(self._gold, mark.part, mark.field, mark.gold, mark.wanted),
            _spans(self._summary, mark.part, mark.field, mark.predicted, mark.given),
        )

    def _words(self, field: str, value: Any) -> str | None:
        """A slot's value as people read it."""
        if value is None:
            return None
        if field in _ROLES:
            return self._name(value)
        if field == "links":
            return f"{value[0]} {self._id(value[1])}"
        if field == "about":
            return self._id(value)
        return value_in_words(value)

    def _name(self, at: int) -> str:
        return self._predicted.entities[at - STRANGER].name if at >= STRANGER else self._key.sheet.entities[at].name

    def _id(self, at: int) -> str:
        """Gold's id of an event; one that gold lacks is named as the prediction's own."""
        return f"e{at - STRANGER + 1} of the prediction" if at >= STRANGER else f"e{at + 1}"


def value_in_words(value: Any) -> str:
    """A time, number or passage with what is compared of it.

    >>> value_in_words(TimeSheet("2021-03-07", "by", 0, "by March 7"))
    '“by March 7” = by 2021-03-07'
    >>> value_in_words(QuantitySheet(10, 20, "about", frozenset(), 0, "halved to some 10"))
    '“halved to some 10” = about 10, before 20'
    """
    if isinstance(value, TimeSheet):
        return f"“{value.text}” = {value.bound} {value.value or 'a day not known'}"
    if isinstance(value, QuantitySheet):
        number = (
            "not known" if value.value is None else f"{value.value:g}" if value.value < 1e6 else f"{value.value:.0f}"
        )
        qualifier = "" if value.qualifier in ("exact", "unknown") else f"{value.qualifier.replace('_', ' ')} "
        return f"“{value.text}” = {qualifier}{number}" + (
            "" if value.previous is None else f", before {value.previous:g}"
        )
    if isinstance(value, PassageSheet):
        return f"“{value.text}”" + (f" ({value.country})" if value.country else "")
    return str(value)


def _reference(summary: EventSummary | None, part: str, at: int | None) -> str | None:
    if summary is None or at is None:
        return None
    if part == "events":
        return summary.events[at].id
    return f"s{at + 1}" if part == "statements" else summary.entities[at].name


def _spans(summary: EventSummary | None, part: str, field: str, at: int | None, value: Any) -> Pairs:
    """Where a slot's value stands; for a value without words of its own, where its fact does."""
    if summary is None or at is None:
        return ()
    if part == "events":
        return _event_spans(summary.events[at], field, value)
    if part == "statements":
        return _pairs([summary.statements[at]])
    entity = summary.entities[at]
    return _pairs(
        [entity.office] if field == "office" and entity.office else entity.aliases if field == "aliases" else ()
    )


def _event_spans(event: Event, field: str, value: Any) -> Pairs:
    text = getattr(value, "text", None)
    own = [excerpt for name, excerpt in event.excerpts() if name == field and name != "evidence"]
    exact = [excerpt for excerpt in own if excerpt.text == text]
    return _pairs(exact or (own if value is not None else ()) or event.evidence)


def _pairs(excerpts: Iterable[Excerpt]) -> Pairs:
    return tuple((excerpt.start, excerpt.end) for excerpt in excerpts)
