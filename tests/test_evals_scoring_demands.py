from __future__ import annotations

from typing import Any

import pytest

from evals.scoring.comparison import compare
from evals.scoring.demands import asserted, lost_musts
from tests.scoring_example import EVENTS, Labels, finished, key, raw, with_fact

COMMA = "Ruritania denied the attack and warned Oslo of a response"


def musts(given_labels: Labels | None, labels: Labels) -> list[str]:
    answer = key(labels)
    return list(lost_musts(answer, compare(answer, None if given_labels is None else finished(given_labels))))


def broken(given_labels: Labels, *must_not: dict[str, Any]) -> list[str]:
    answer = key(raw(must_not=[{"why": "known to be wrong", **forbidden} for forbidden in must_not]))
    summary = finished(given_labels)
    return list(asserted(answer, compare(answer, summary), summary))


def test_a_must_that_is_right_is_not_lost() -> None:
    labels = with_fact("events", 0, must=["event_type", "actor", "recipient", "date", "quantities"])
    assert musts(raw(), labels) == []


@pytest.mark.parametrize(
    ("field", "value", "lost"),
    [
        ("actor", ["Ruritania"], True),
        ("actor", [], True),
        ("actor", ["Norway", "Ruritania"], False),
        ("recipient", ["Ruritania"], True),
        ("status", "occurred", True),
        ("quantities", [], True),
        ("quantities", [{"text": "nine Ruritanian envoys", "of": "banks", "value": 9}], False),
        ("reason", "a cyberattack", False),
        ("location", {"text": "Norway"}, True),
    ],
)
def test_a_must_field_is_lost_when_wrong_but_not_when_partly_right(field: str, value: Any, lost: bool) -> None:
    found = musts(with_fact("events", 0, **{field: value}), with_fact("events", 0, must=[field]))
    assert found == ([f"e1.{field} is wrong, a must"] if lost else [])


def test_a_must_in_an_accepted_reading_is_not_lost() -> None:
    labels = with_fact("events", 0, must=["status"], alternatives=[{"status": "occurred"}])
    assert musts(with_fact("events", 0, status="occurred"), labels) == []


def test_a_must_that_is_not_found_is_lost_once() -> None:
    labels = with_fact("events", 4, must=["mode", "location"])
    assert musts(raw(EVENTS[:4]), labels) == ["e5 is missing, a must"]
    assert musts(None, labels) == ["e5 is missing, a must"]


def test_statements_can_be_musts_too() -> None:
    labels = with_fact("statements", 0, must=["speaker"])
    assert musts(raw(), labels) == []
    assert musts(with_fact("statements", 0, speaker="Norway"), labels) == ["s1.speaker is wrong, a must"]
    assert musts(raw(statements=[]), labels) == ["s1 is missing, a must"]


def test_what_is_no_must_may_be_lost() -> None:
    assert musts(with_fact("events", 0, actor=[]), with_fact("events", 0, must=["mode"])) == []


def test_nothing_may_rest_on_forbidden_words() -> None:
    litter = {"evidence": "Kari Lund said"}
    assert broken(raw(), litter) == []
    assert broken(with_fact("events", 1, evidence=["Kari Lund said"]), litter) == ["e2: known to be wrong"]


def test_a_clause_may_hold_forbidden_words_without_resting_on_them() -> None:
    litter = {"evidence": ["In April, hackers"]}
    assert broken(raw(), litter) == []
    narrow = with_fact("events", 3, date=None, evidence=["In April, hackers broke into"])
    assert broken(narrow, litter) == ["e4: known to be wrong"]


def test_words_that_only_date_or_count_an_event_are_not_what_it_rests_on() -> None:
    given_labels = with_fact("events", 1, date={"text": "on Monday"})
    assert broken(given_labels, {"evidence": "nine Ruritanian envoys on Monday"}) == ["e1: known to be wrong"]


@pytest.mark.parametrize(
    ("condition", "hit"),
    [
        ({}, True),
        ({"event_type": ["THREATEN"]}, True),
        ({"event_type": ["SANCTION", "COERCE"]}, False),
        ({"status": ["occurred", "ongoing"]}, True),
        ({"status": ["announced"]}, False),
        ({"actor": ["Ruritania"]}, True),
        ({"actor": ["Norway"]}, False),
        ({"recipient": ["Norway", "hackers"]}, True),
        ({"event_type": ["THREATEN"], "recipient": ["hackers"]}, False),
        ({"mode": ["relations"]}, False),
    ],
)
def test_every_condition_narrows_what_is_forbidden(condition: dict[str, Any], hit: bool) -> None:
    assert broken(raw(), {"evidence": COMMA, **condition}) == (["e3: known to be wrong"] if hit else [])


def test_a_narrowed_reading_is_asserted_by_any_clause_around_its_words() -> None:
    forbidden = {"evidence": "warned Oslo", "event_type": ["THREATEN"]}
    assert broken(raw(), forbidden) == ["e3: known to be wrong"]
    assert broken(raw(), {"evidence": "warned Oslo"}) == []


def test_names_in_conditions_mean_entities_however_the_prediction_calls_them() -> None:
    labels = raw()
    labels["entities"][0] = {"name": "Oslo", "type": "country", "country": "NOR", "aliases": ["Norway"]}
    assert broken(labels, {"evidence": COMMA, "recipient": ["Norway"]}) == ["e3: known to be wrong"]


def test_statements_can_be_forbidden() -> None:
    forbidden = {"fact": "statement", "evidence": "denied the attack"}
    assert broken(raw(), forbidden) == ["s3: known to be wrong"]
    assert broken(raw(), {**forbidden, "speaker": ["Ruritania"]}) == ["s3: known to be wrong"]
    assert broken(raw(), {**forbidden, "speaker": ["Norway"]}) == []
    assert broken(raw(statements=[]), forbidden) == []


def test_any_of_several_excerpts_counts() -> None:
    assert broken(raw(), {"evidence": ["Kari Lund said", COMMA]}) == ["e3: known to be wrong"]
