from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from evals.figures import GROUPS
from evals.gold import gold_of
from evals.report import CaseResult
from evals.scoring.counts import Counts, Mark, count
from evals.scoring.key import key_of
from evals.scoring.score import f1_share, score
from summarizer import EventSummary
from tests.scoring_example import ARTICLE, EVENTS, STATEMENTS, Labels, finished, key, raw, raw_summaries, with_fact

SUMMARIES = raw_summaries().map(finished)
ALL_RIGHT = {
    "event_f1": (1, 1),
    "event_precision": (1, 1),
    "event_recall": (1, 1),
    "main_right": (1, 1),
    "main_f1": (1, 1),
    "events_found": (10, 10),
    "ceaf_ree": (16, 16),
    "event_type_accuracy": (5, 5),
    "mode_accuracy": (4, 4),
    "quantities_accuracy": (2, 2),
    "statement_f1": (32, 32),
    "quote_recall": (2, 2),
    "speaker_accuracy": (3, 3),
    "stance_accuracy": (3, 3),
    "entity_f1": (48, 48),
    "entity_type_accuracy": (8, 8),
    "contexts_f1": (2, 2),
    "rouge_l": (1, 1),
    "grounding": (21, 21),
    "faithfulness": (2, 2),
    "rejected": (0, 16),
}


def result(given_labels: Labels | None, labels: Labels | None = None) -> CaseResult:
    return score(key(labels), None if given_labels is None else finished(given_labels))


def share(name: str, given_labels: Labels | None, labels: Labels | None = None) -> tuple[float, float]:
    return result(given_labels, labels).figures[name]


def test_gold_against_itself_is_right_in_every_figure() -> None:
    figures = result(raw()).figures
    assert {name: figures[name] for name in ALL_RIGHT} == ALL_RIGHT
    assert all(numerator == denominator for name, (numerator, denominator) in figures.items() if name.endswith("_f1"))


def test_every_figure_that_is_shown_is_there_and_no_other() -> None:
    shown = {name for group in GROUPS.values() for name in group}
    assert set(result(raw()).figures) == shown


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SUMMARIES, SUMMARIES)
def test_every_figure_is_a_share(one: EventSummary, other: EventSummary) -> None:
    for name, (numerator, denominator) in score(key_of(gold_of(one, ARTICLE)), other).figures.items():
        assert 0 <= numerator <= denominator + 1e-9, name


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SUMMARIES, SUMMARIES)
def test_figures_are_what_the_points_add_up_to(one: EventSummary, other: EventSummary) -> None:
    found = score(key_of(gold_of(one, ARTICLE)), other)

    def counts(part: str, field: str | None = None, *, weighted: bool = False) -> Counts:
        return count(
            Mark(point.part, point.field, point.outcome, point.weight if weighted else 1.0, None, None)
            for point in found.points
            if point.part == part and field in (None, point.field)
        )

    assert found.figures["event_f1"] == (counts("events", weighted=True).f1, 1.0)
    assert found.figures["statement_f1"] == f1_share(counts("statements"))
    assert found.figures["entity_f1"] == f1_share(counts("entities"))
    assert found.figures["actor_f1"] == f1_share(counts("events", "actor"))
    assert found.figures["date_f1"] == f1_share(counts("events", "date"))


def test_a_failed_article_counts_as_missed_and_says_nothing_of_what_was_given() -> None:
    failed = score(key(), None, error=("ModelError", "no answer"))
    figures = failed.figures
    assert failed.error == ("ModelError", "no answer")
    assert failed.summary is None
    assert figures["event_f1"] == figures["main_right"] == figures["main_f1"] == figures["rouge_l"] == (0, 1)
    assert figures["event_precision"] == (0, 0)
    assert figures["coverage"] == (0, 4)
    assert figures["contexts_f1"] == (0, 1)
    assert not {"grounding", "faithfulness", "rejected"} & set(figures)
    assert {point.outcome for point in failed.points} == {"missing"}
    assert failed.matched == failed.matched_statements == ()


def test_a_failed_article_loses_its_musts() -> None:
    assert score(key(with_fact("events", 0, must=["mode"])), None).broken == ("e1 is missing, a must",)


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({}, 1),
        ({"status": "occurred"}, 1),
        ({"mode": "withdraw"}, 1),
        ({"event_type": "COERCE", "mode": "deport"}, 0),
        ({"recipient": ["Ruritania"]}, 0),
        ({"actor": ["Norway", "hackers"]}, 0),
    ],
)
def test_the_main_event_is_right_with_type_actors_and_recipients(change: dict[str, Any], right: float) -> None:
    assert share("main_right", with_fact("events", 0, **change)) == (right, 1)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, 2),
        ({"stance": "comments"}, 2),
        ({"speaker": "Norway"}, 1),
        ({"kind": "paraphrase"}, 1),
        ({"text": "We will not tolerate"}, 1),
    ],
)
def test_a_quote_is_found_word_for_word_as_a_quote_from_its_speaker(change: dict[str, Any], found: float) -> None:
    assert share("quote_recall", with_fact("statements", 0, **change)) == (found, 2)


def test_a_paraphrase_that_gold_accepts_for_a_quote_is_found() -> None:
    labels = with_fact("statements", 0, alternatives=[{"kind": "paraphrase"}])
    assert share("quote_recall", with_fact("statements", 0, kind="paraphrase"), labels) == (2, 2)


def test_optional_quotes_need_not_be_found() -> None:
    labels = with_fact("statements", 0, optional=True)
    assert share("quote_recall", raw(statements=STATEMENTS[1:]), labels) == (1, 1)


def test_events_found_counts_events_and_not_slots() -> None:
    assert share("events_found", raw(EVENTS[:3], [])) == (6, 8)
    assert share("events_found", with_fact("events", 0, status="occurred")) == (10, 10)


def test_accuracy_speaks_of_found_facts_alone() -> None:
    assert share("event_type_accuracy", raw(EVENTS[:3], [])) == (3, 3)
    assert share("mode_accuracy", with_fact("events", 2, mode="relations")) == (4, 4)
    assert share("mode_accuracy", with_fact("events", 0, mode=None)) == (3, 4)
    assert share("date_accuracy", with_fact("events", 0, date=None)) == (1, 2)


def test_a_part_that_neither_side_fills_carries_no_figure() -> None:
    nothing = raw(statements=[], contexts=[])
    assert share("statement_f1", nothing, nothing) == share("contexts_f1", nothing, nothing) == (0, 0)


def test_contexts_are_compared_as_sets() -> None:
    assert share("contexts_f1", raw(contexts=["cyber", "diplomatic"])) == (2, 3)
    assert share("contexts_f1", raw(contexts=["cyber"])) == (0, 2)


def test_broken_contracts_are_all_told() -> None:
    labels = with_fact("events", 0, must=["status"])
    labels["must_not"] = [{"why": "nothing was frozen", "evidence": EVENTS[1]["evidence"]}]
    given_labels = finished(with_fact("events", 0, status="occurred"))
    first = given_labels.events[0].model_copy(update={"evidence": given_labels.events[1].evidence})
    broken = score(key(labels), given_labels.model_copy(update={"events": (first, *given_labels.events[1:])})).broken
    assert "e1: 'on Monday' is outside its evidence" in broken
    assert "e2: nothing was frozen" in broken
    assert "e1.status is wrong, a must" in broken


def test_a_result_says_what_was_matched_and_holds_the_summary() -> None:
    found = score(key(), finished(raw()), run=3)
    assert found.run == 3
    assert found.matched == ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4))
    assert found.matched_statements == ((0, 0), (1, 1), (2, 2))
    assert found.summary is not None
    assert found.summary["events"][0]["id"] == "e1"


@pytest.mark.parametrize(
    "figure",
    ["event_f1", "event_recall", "actor_f1", "recipient_f1", "date_f1", "location_f1", "quantities_f1", "links_f1"],
)
def test_an_empty_handed_event_lowers_the_figure_of_each_field_it_lacks(figure: str) -> None:
    bare = [
        {**event, "actor": [], "recipient": [], "date": None, "location": None, "quantities": [], "links": []}
        for event in EVENTS
    ]
    numerator, denominator = share(figure, raw(bare))
    assert numerator < denominator
