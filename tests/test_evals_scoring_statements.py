from __future__ import annotations

from typing import Any

import pytest

from tests.scoring_example import STATEMENTS, Labels, against, marks_of, raw, with_fact


def f1(given: Labels, labels: Labels | None = None) -> float:
    return against(raw() if labels is None else labels, given).counts("statements").f1


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("speaker", "Ruritania", ["incorrect"]),
        ("kind", "paraphrase", ["incorrect"]),
        ("stance", "denies", ["incorrect"]),
        ("about", None, ["missing"]),
        ("about", "e3", ["incorrect"]),
        ("via", None, ["missing"]),
        ("via", "Norway", ["incorrect"]),
        ("text", "We will not tolerate", ["partial"]),
        ("text", "attacks on our parliament", ["incorrect"]),
    ],
)
def test_a_change_of_one_field_costs_that_field_alone(field: str, value: Any, expected: list[str]) -> None:
    comparison = against(raw(), with_fact("statements", 0, **{field: value}))
    assert marks_of(comparison, "statements", 0, field) == expected
    assert {mark.field for mark in comparison.marks if mark.outcome != "correct"} == {field}


def test_a_dropped_not_is_wrong_and_not_partly_right() -> None:
    comparison = against(raw(), with_fact("statements", 1, text="This is a provocation"))
    assert marks_of(comparison, "statements", 1, "text") == ["incorrect"]


def test_statements_that_share_too_few_words_are_no_match() -> None:
    comparison = against(raw(), with_fact("statements", 0, text="parliament"))
    assert marks_of(comparison, "statements", 0, "text") == ["missing"]
    assert marks_of(comparison, "statements", None, "text") == ["spurious"]


@pytest.mark.parametrize("place", range(3))
def test_dropping_or_repeating_a_statement_costs(place: int) -> None:
    kept = [said for at, said in enumerate(STATEMENTS) if at != place]
    assert f1(raw(statements=kept)) < 1
    assert f1(raw(statements=[*STATEMENTS, STATEMENTS[place]])) < 1


def test_of_two_versions_the_one_that_fits_better_is_taken_whatever_their_order() -> None:
    worse = {**STATEMENTS[0], "stance": "denies", "speaker": "hackers"}
    for pair in ([STATEMENTS[0], worse], [worse, STATEMENTS[0]]):
        comparison = against(raw(), raw(statements=[*pair, *STATEMENTS[1:]]))
        assert marks_of(comparison, "statements", 0, "stance") == ["correct"]
        assert marks_of(comparison, "statements", None, "speaker") == ["spurious"]


def test_an_optional_statement_neither_gains_nor_costs() -> None:
    labels = with_fact("statements", 2, optional=True)
    assert f1(raw(), labels) == f1(raw(statements=STATEMENTS[:2]), labels) == 1
    assert f1(with_fact("statements", 2, stance="comments"), labels) == 1


@pytest.mark.parametrize(
    "alternative",
    [
        {"stance": "comments"},
        {"about": None},
        {"via": None},
        {"speaker": "Norway"},
        {"kind": "paraphrase", "text": "We will not tolerate attacks on our parliament,” Lund told the Oslo Herald"},
        {"text": "not tolerate", "stance": "comments"},
    ],
)
def test_any_accepted_reading_is_right(alternative: dict[str, Any]) -> None:
    labels = with_fact("statements", 0, alternatives=[{"stance": "condemns"}, alternative])
    given = with_fact("statements", 0, **alternative)
    assert f1(given, labels) == f1(raw(), labels) == 1
    assert f1(given) < 1


def test_a_statement_is_found_by_the_words_of_any_reading_however_long_the_others_are() -> None:
    long = "Kari Lund said. “We will not tolerate attacks on our parliament,” Lund told the Oslo Herald"
    labels = with_fact("statements", 0, text="not tolerate", alternatives=[{"text": long}])
    assert f1(with_fact("statements", 0, text="not tolerate"), labels) == 1


def test_no_statements_on_either_side_is_no_fault() -> None:
    nothing = raw(statements=[])
    assert f1(nothing, nothing) == 1
    assert f1(nothing) == 0
    assert f1(raw(), nothing) == 0


def test_a_statement_about_an_event_that_gold_lacks_is_wrong_about_it() -> None:
    labels = raw()
    extra = {**labels["events"][4], "id": "e6", "event_type": "DISASTER", "mode": None, "evidence": ["Kari Lund said"]}
    labels["events"].append({**extra, "location": None, "quantities": []})
    labels["statements"][0]["about"] = "e6"
    assert marks_of(against(raw(), labels), "statements", 0, "about") == ["incorrect"]
