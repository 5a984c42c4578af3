from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from evals.gold import gold_of
from evals.report import Point
from evals.scoring.comparison import compare
from evals.scoring.counts import Counts, count
from evals.scoring.explain import cost_of, points_of
from evals.scoring.key import key_of
from summarizer import EventSummary
from tests.scoring_example import ARTICLE, ENTITIES, TEXT, Labels, against, finished, key, raw, raw_summaries, with_fact

SUMMARIES = raw_summaries().map(finished)


def points(given_labels: Labels | None, labels: Labels | None = None) -> list[Point]:
    summary = None if given_labels is None else finished(given_labels)
    answer = key(labels)
    return list(points_of(answer, compare(answer, summary), summary))


def lost(given_labels: Labels | None, labels: Labels | None = None) -> list[Point]:
    return [point for point in points(given_labels, labels) if point.lost]


def stretches(spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [TEXT[start:end] for start, end in spans]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SUMMARIES, SUMMARIES)
def test_making_a_slot_right_raises_the_parts_f1_by_its_cost(one: EventSummary, other: EventSummary) -> None:
    answer = key_of(gold_of(one, ARTICLE))
    comparison = compare(answer, other)
    explained = points_of(answer, comparison, other)
    assert len(explained) == len(comparison.marks)
    for at, (mark, point) in enumerate(zip(comparison.marks, explained, strict=True)):
        right = [] if mark.outcome == "spurious" else [mark._replace(outcome="correct")]
        mended = [*comparison.marks[:at], *right, *comparison.marks[at + 1 :]]
        f1 = count(other for other in mended if other.part == mark.part).f1
        assert f1 - comparison.counts(mark.part).f1 == pytest.approx(point.cost, abs=1e-6)
        assert point.cost > 0 or not point.lost or (mark.outcome == "spurious" and f1 == 0)
        assert point.lost or point.cost == 0


@pytest.mark.parametrize(
    ("outcome", "cost"),
    [("correct", 0.0), ("partial", 1 / 19), ("incorrect", 2 / 19), ("missing", 2 * 8.5 / 20 - 15 / 19)],
)
def test_costs_are_those_by_hand(outcome: str, cost: float) -> None:
    counts = Counts(correct=7, partial=1, incorrect=1, missing=1)
    assert cost_of(outcome, 1.0, counts) == pytest.approx(cost)  # type: ignore[arg-type]


def test_nothing_is_lost_where_all_is_right() -> None:
    assert lost(raw()) == []


def test_a_lost_point_names_the_fact_the_field_both_values_and_their_places() -> None:
    (point,) = lost(with_fact("events", 0, date={"text": "by Friday", "bound": "by"}))
    assert (point.part, point.field, point.outcome, point.weight) == ("events", "date", "incorrect", 2.0)
    assert (point.gold_ref, point.predicted_ref) == ("e1", "e1")
    assert point.gold == "“on Monday” = on a day not known"
    assert point.predicted == "“by Friday” = by a day not known"
    assert stretches(point.gold_spans) == ["on Monday"]
    assert stretches(point.predicted_spans) == ["by Friday"]


def test_people_and_events_are_called_by_their_names() -> None:
    given_labels = with_fact("events", 1, actor=["hackers"], links=[{"relation": "part_of", "event": "e1"}])
    actor, link = lost(given_labels)
    assert (actor.gold, actor.predicted) == ("Norway", "hackers")
    assert (link.gold, link.predicted) == (None, "part of e1")
    assert stretches(actor.gold_spans) == ["Norway also froze the assets of the Bank of Strelsau"]


def test_strangers_are_called_as_the_prediction_calls_them() -> None:
    labels = raw(entities=[*ENTITIES, {"name": "Zenda", "type": "object"}])
    labels["events"][1]["actor"] = ["Zenda"]
    extra = {**labels["events"][4], "id": "e6", "event_type": "DISASTER", "mode": None, "evidence": ["Lund said"]}
    labels["events"].append({**extra, "location": None, "quantities": []})
    labels["statements"][0]["about"] = "e6"
    found = {(point.gold_ref, point.field): point.predicted for point in lost(labels)}
    assert found["e2", "actor"] == "Zenda"
    assert found["s1", "about"] == "e6 of the prediction"


def test_what_is_missing_or_made_up_has_one_side() -> None:
    dropped = with_fact("events", 0, reason=None, quantities=[])
    assert {(point.gold_ref, point.predicted, point.outcome) for point in lost(dropped)} == {("e1", None, "missing")}
    all_missing = lost(None)
    assert all(point.predicted_ref is None and point.predicted_spans == () for point in all_missing)
    assert all(point.gold_spans for point in all_missing if point.part != "entities")
    made_up = lost(raw(entities=[*ENTITIES, {"name": "Zenda", "type": "object"}]))
    assert {(point.gold_ref, point.gold, point.predicted_ref) for point in made_up} == {(None, None, "Zenda")}


def test_an_alias_stands_where_it_is_written() -> None:
    (point,) = lost(with_fact("entities", 3, aliases=["Lund", "foreign minister"]))
    assert (point.field, point.predicted, point.gold) == ("aliases", "foreign minister", None)
    assert stretches(point.predicted_spans) == ["foreign minister"]


def test_the_words_of_the_reading_that_was_taken_are_shown() -> None:
    labels = with_fact("events", 4, alternatives=[{"location": {"text": "Monday in Zenda"}}])
    given_labels = with_fact("events", 4, location={"text": "on Monday in Zenda"})
    shown = [point for point in points(given_labels, labels) if (point.gold_ref, point.field) == ("e5", "location")]
    assert [(point.outcome, point.gold) for point in shown] == [("correct", "“Monday in Zenda”")]
    assert stretches(shown[0].gold_spans) == ["Monday in Zenda"]


def test_evidence_is_told_piece_by_piece() -> None:
    (point,) = lost(with_fact("events", 0, evidence=["Kari Lund said"]))
    assert point.gold == "“Norway expelled nine Ruritanian envoys on Monday … The envoys must leave by Friday”"
    assert len(point.gold_spans) == 2


def test_the_order_of_points_is_that_of_the_marks() -> None:
    assert [point.field for point in points(raw())] == [mark.field for mark in against(raw()).marks]
