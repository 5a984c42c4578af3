from __future__ import annotations

from typing import Any

import pytest

from evals.scoring.comparison import compare
from evals.scoring.counts import count
from evals.scoring.events import SAME_EVENT, main_marks, similar
from evals.scoring.key import traits_of
from evals.scoring.sheet import EventSheet, PassageSheet, QuantitySheet, TimeSheet
from tests.scoring_example import ARTICLE, EVENTS, TEXT, Labels, against, key, marks_of, raw, with_fact


def f1(given: Labels, labels: Labels | None = None) -> float:
    return against(raw() if labels is None else labels, given).event_f1


def event(**fields: Any) -> EventSheet:
    plain: dict[str, Any] = dict.fromkeys(EventSheet._fields)
    plain |= {"event_type": "SANCTION", "mode": "expel", "quantities": (), "links": ()}
    plain |= {"actor": (1,), "recipient": (2,), "attribution": (), "evidence": PassageSheet(0b1111, "")}
    return EventSheet(**{**plain, **fields})


def likeness(**fields: Any) -> float:
    """How alike the plain event and one with fields replaced are."""
    return alike(event(), event(**fields))


def alike(one: EventSheet, other: EventSheet) -> float:
    """How alike two events are, without what their being told in the same words adds."""
    return similar(traits_of(one)._replace(told=()), traits_of(other))


FAR, WIDE = PassageSheet(0b1111 << 20, ""), PassageSheet((1 << 400) - 1, "")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, 0.90),
        ({"mode": None}, 0.85),
        ({"event_type": "COERCE"}, 0.60),
        ({"actor": (2,), "recipient": (1,)}, 0.65),
        ({"recipient": (3,)}, 0.775),
        ({"recipient": ()}, 0.35 + 0.30 + 0.5 * 1 / 3),
        ({"actor": (), "recipient": ()}, 0.65),
        ({"evidence": PassageSheet(0b0011, "")}, 0.55 + 0.35 * (1 + 2 * 2 / 6) / 2),
        ({"evidence": PassageSheet(0b11111111, "")}, 0.55 + 0.35 * (1 + 2 * 4 / 12) / 2),
        ({"evidence": FAR}, 0.43),
        ({"evidence": WIDE}, 0.55 + 0.35 * (4 / 100 + 2 * 4 / 404) / 2),
        ({"evidence": FAR, "mode": None}, 0.0),
        ({"evidence": FAR, "recipient": (3,)}, 0.0),
        ({"evidence": FAR, "event_type": "COERCE"}, 0.0),
        ({"event_type": "COERCE", "actor": (3,), "recipient": ()}, 0.0),
    ],
)
def test_likeness_is_added_up_by_the_stated_weights(fields: dict[str, Any], expected: float) -> None:
    assert likeness(**fields) == pytest.approx(expected)


def test_two_events_without_roles_need_words_in_common() -> None:
    bare = event(actor=(), recipient=())
    elsewhere = bare._replace(evidence=FAR)
    assert alike(bare, bare) == pytest.approx(0.73)
    assert alike(bare, elsewhere) == 0.0
    assert alike(bare, bare._replace(event_type="COERCE")) == pytest.approx(0.43)


def test_times_and_numbers_tell_events_apart() -> None:
    def dated(value: str, **fields: Any) -> EventSheet:
        return event(date=TimeSheet(value, "on", 1, ""), **fields)

    one = dated("2021-04-05")
    assert alike(one, dated("2021-04-05")) == pytest.approx(1.0)
    assert alike(one, dated("2021-04")) == pytest.approx(0.9)
    assert alike(one, dated("2022-04")) == pytest.approx(0.8)
    number = QuantitySheet(9, None, "exact", frozenset(), 1, "")
    counted = event(quantities=(number,))
    assert alike(counted, counted) == pytest.approx(1.0)
    assert alike(counted, event(quantities=(number._replace(value=8),))) == pytest.approx(0.9)
    assert SAME_EVENT <= 0.43


def test_among_equals_what_else_is_told_decides() -> None:
    told = {"status": "occurred", "salience": "secondary"}
    labels = traits_of(event(**told))
    same, other = traits_of(event(**told)), traits_of(event(**{**told, "status": "alleged"}))
    assert similar(labels, same) > similar(labels, other)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("event_type", "OTHER", ["incorrect"]),
        ("status", "occurred", ["incorrect"]),
        ("actor", ["Ruritania"], ["incorrect"]),
        ("actor", [], ["missing"]),
        ("actor", ["Norway", "Ruritania"], ["correct", "spurious"]),
        ("recipient", ["Ruritania"], ["correct", "missing"]),
        ("attribution", [], ["missing"]),
        ("date", None, ["missing"]),
        ("date", {"text": "by Friday"}, ["incorrect"]),
        ("date", {"text": "on Monday", "value": "2024-03-04"}, ["incorrect"]),
        ("effective", {"text": "by Friday", "bound": "on"}, ["partial"]),
        ("location", {"text": "Norway", "country": "NOR"}, ["spurious"]),
        ("quantities", [], ["missing"]),
        ("reason", "a cyberattack", ["partial"]),
        ("reason", None, ["missing"]),
        ("links", [], ["missing"]),
        ("links", [{"relation": "caused_by", "event": "e4"}], ["partial"]),
        ("links", [{"relation": "retaliation_for", "event": "e2"}], ["incorrect"]),
        ("evidence", ["The envoys must leave by Friday"], ["partial"]),
        ("evidence", [TEXT.split("\n\nMost Read")[0]], ["incorrect"]),
    ],
)
def test_a_change_of_one_field_costs_that_field_alone(field: str, value: Any, expected: list[str]) -> None:
    given = with_fact("events", 0, **({field: value} if field != "event_type" else {field: value, "mode": None}))
    comparison = against(raw(), given)
    assert marks_of(comparison, "events", 0, field) == expected
    others = {mark.field for mark in comparison.marks if mark.outcome != "correct"} - {field}
    assert others <= {"mode", "evidence"}
    assert comparison.event_f1 < 1


def test_swapping_actor_and_recipient_costs_both() -> None:
    comparison = against(raw(), with_fact("events", 1, actor=["Bank of Strelsau"], recipient=["Norway"]))
    assert marks_of(comparison, "events", 1, "actor") == ["incorrect"]
    assert marks_of(comparison, "events", 1, "recipient") == ["incorrect"]


def test_two_predicted_entities_that_mean_one_fill_one_slot() -> None:
    labels = raw()
    labels["entities"][0] = {**labels["entities"][0], "aliases": []}
    labels["entities"].append({"name": "Oslo", "type": "country", "country": "NOR"})
    labels["events"][1]["actor"] = ["Norway", "Oslo"]
    assert marks_of(against(raw(), labels), "events", 1, "actor") == ["correct"]


def without(*places: int) -> Labels:
    """The plain summary without some of its events; links to them fall away."""
    kept = [at for at in range(len(EVENTS)) if at not in places]
    again = {old: new for new, old in enumerate(kept)}
    labels = raw()
    labels["events"] = [
        {
            **EVENTS[at],
            "id": f"e{again[at] + 1}",
            "links": [
                {**link, "event": f"e{again[link['event']] + 1}"}
                for link in EVENTS[at].get("links", [])
                if link["event"] in again
            ],
        }
        for at in kept
    ]
    ids = {f"e{old + 1}": f"e{new + 1}" for old, new in again.items()}
    labels["statements"] = [{**said, "about": ids.get(said["about"])} for said in labels["statements"]]
    return labels


def test_a_missed_event_costs_all_its_slots_by_its_weight() -> None:
    comparison = against(raw(), without(4))
    missed = [mark for mark in comparison.marks if mark.gold == 4 and mark.part == "events"]
    assert {mark.outcome for mark in missed} == {"missing"}
    assert {mark.weight for mark in missed} == {0.5}
    assert len(missed) == 7


def test_an_event_made_up_weighs_as_much_as_a_secondary_one_whatever_it_calls_itself() -> None:
    comparison = against(without(4), raw())
    made_up = [mark for mark in comparison.marks if mark.gold is None]
    assert {mark.weight for mark in made_up} == {1.0}
    assert {mark.outcome for mark in made_up} == {"spurious"}


def test_calling_everything_background_gains_nothing() -> None:
    labels = raw()
    for labelled in labels["events"][1:]:
        labelled["salience"] = "background"
    weights = {(mark.gold, mark.weight) for mark in against(raw(), labels).marks if mark.part == "events"}
    assert weights == {(mark.gold, mark.weight) for mark in against(raw()).marks if mark.part == "events"}
    assert f1(labels) < 1


@pytest.mark.parametrize("place", range(1, 5))
def test_dropping_any_event_costs(place: int) -> None:
    assert f1(without(place)) < 1


@pytest.mark.parametrize("place", range(5))
def test_an_event_told_twice_costs(place: int) -> None:
    labels = raw()
    twice = {**labels["events"][place], "id": "e6", "salience": "background", "links": []}
    assert f1({**labels, "events": [*labels["events"], twice]}) < f1(labels)


def test_more_made_up_events_cost_more() -> None:
    invented = {**EVENTS[4], "event_type": "DISASTER", "mode": None, "evidence": ["Kari Lund said"], "quantities": []}
    scores = []
    for number in (0, 1, 5, 100):
        labels = raw()
        labels["events"] += [{**invented, "id": f"e{6 + at}", "location": None} for at in range(number)]
        scores.append(f1(labels))
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


def test_evidence_that_is_the_whole_article_costs() -> None:
    whole = TEXT.split("\n\nMost Read")[0]
    labels = raw()
    for labelled in labels["events"]:
        labelled["evidence"] = [whole]
    comparison = against(raw(), labels)
    assert comparison.events == {at: at for at in range(5)}
    assert [mark.outcome for mark in comparison.marks if mark.field == "evidence"] == ["incorrect"] * 5


def optional(at: int, **more: Any) -> Labels:
    return with_fact("events", at, optional=True, **more)


def test_an_optional_event_neither_gains_nor_costs() -> None:
    labels = optional(4)
    assert f1(raw(), labels) == 1
    assert f1(without(4), labels) == 1
    assert {mark.gold for mark in against(labels).marks if mark.part == "events"} == {0, 1, 2, 3}


def test_what_is_wrong_with_an_optional_event_costs_nothing() -> None:
    assert f1(with_fact("events", 4, status="negated", quantities=[]), optional(4)) == 1


def test_no_link_and_no_statement_need_point_at_an_optional_event_that_is_absent() -> None:
    comparison = against(optional(3), without(3))
    assert comparison.event_f1 == 1
    assert comparison.counts("statements").f1 == 1


def test_a_link_given_in_its_stead_is_made_up() -> None:
    labels = without(3)
    labels["events"][0]["links"] = [{"relation": "retaliation_for", "event": "e2"}]
    assert marks_of(against(optional(3), labels), "events", 0, "links") == ["spurious"]


def test_an_optional_event_that_is_there_is_linked_to_as_any_other() -> None:
    labels = with_fact("events", 0, links=[])
    assert marks_of(against(optional(3), labels), "events", 0, "links") == ["missing"]
    assert marks_of(against(optional(3)), "events", 0, "links") == ["correct"]


@pytest.mark.parametrize(
    ("alternative", "change"),
    [
        ({"status": "occurred"}, {"status": "occurred"}),
        ({"date": None}, {"date": None}),
        ({"recipient": ["Ruritania"]}, {"recipient": ["Ruritania"]}),
        ({"recipient": []}, {"recipient": []}),
        ({"event_type": "COERCE", "mode": "deport"}, {"event_type": "COERCE", "mode": "deport"}),
        ({"actor": ["Kari Lund"], "attribution": []}, {"actor": ["Kari Lund"], "attribution": []}),
        ({"links": []}, {"links": []}),
        ({"reason": None}, {"reason": None}),
        (
            {"evidence": ["Norway expels nine envoys of Ruritania"]},
            {"evidence": ["Norway expels nine envoys of Ruritania"]},
        ),
        ({"date": {"text": "In April"}}, {"date": {"text": "In April"}}),
    ],
)
def test_any_accepted_reading_is_right(alternative: dict[str, Any], change: dict[str, Any]) -> None:
    labels = with_fact("events", 0, alternatives=[alternative])
    given = with_fact("events", 0, **change)
    assert f1(given, labels) == 1
    assert f1(raw(), labels) == 1
    assert f1(given) < 1


def test_half_of_a_couple_is_not_accepted() -> None:
    labels = with_fact("events", 0, alternatives=[{"actor": ["Kari Lund"], "attribution": []}])
    assert f1(with_fact("events", 0, actor=["Kari Lund"]), labels) < 1
    assert f1(with_fact("events", 0, attribution=[]), labels) < 1


def test_an_event_is_found_by_any_of_its_readings() -> None:
    alternative = {"actor": ["hackers"], "recipient": ["parliament"]}
    labels = with_fact("events", 0, alternatives=[alternative, {"evidence": ["Kari Lund said"]}])
    given = with_fact("events", 0, **alternative, evidence=["Kari Lund said"], date=None, effective=None, quantities=[])
    assert against(labels, given).events[0] == 0


def test_the_main_event_has_a_score_of_its_own_by_what_the_prediction_calls_main() -> None:
    assert count(main_marks(key(), against(raw()).predicted.events)).f1 == 1
    other_main = raw([{**EVENTS[1], "salience": "main"}, {**EVENTS[0], "salience": "secondary"}, *EVENTS[2:]])
    comparison = against(raw(), other_main)
    assert comparison.events[0] == 1
    assert count(main_marks(key(), comparison.predicted.events)).f1 < 0.5


def test_without_a_summary_everything_is_missing() -> None:
    comparison = compare(key(), None)
    assert {mark.outcome for mark in comparison.marks} == {"missing"}
    assert {mark.outcome for mark in main_marks(key(), comparison.predicted.events)} == {"missing"}
    assert comparison.event_f1 == 0
    assert comparison.events == comparison.statements == {}


def test_a_summary_of_one_event_and_nothing_else_is_compared_as_any_other() -> None:
    alone = [{**EVENTS[4], "salience": "main", "location": None, "quantities": []}]
    labels = raw(alone, [], [])
    assert f1(labels, labels) == 1
    comparison = against(labels)
    assert comparison.counts("statements").actual == 16
    assert comparison.counts("statements").f1 == 0
    assert against(labels, labels).counts("statements").f1 == 1


def test_the_article_is_what_the_tests_take_it_for() -> None:
    assert ARTICLE.text == TEXT


def test_of_two_events_told_in_one_stretch_the_one_told_at_length_is_nearer() -> None:
    told = event(evidence=PassageSheet(0b111111111111, ""), actor=(), recipient=())
    at_length = event(evidence=PassageSheet(0b001111111111, ""), actor=(), recipient=())
    in_passing = event(evidence=PassageSheet(0b110000000000, ""), actor=(), recipient=())
    assert alike(at_length, told) > alike(in_passing, told)
