from __future__ import annotations

from typing import Any

import pytest

from evals.scoring.counts import count
from tests.scoring_example import ENTITIES, Labels, against, marks_of, raw, with_fact

LUND = 3


def f1(given: Labels, labels: Labels | None = None) -> float:
    return against(raw() if labels is None else labels, given).counts("entities").f1


def without(name: str) -> Labels:
    """A summary in which the entity stands nowhere."""
    labels = raw(entities=[entity for entity in ENTITIES if entity["name"] != name])
    for event in labels["events"]:
        for role in ("actor", "recipient", "attribution"):
            event[role] = [other for other in event.get(role, []) if other != name]
    labels["statements"] = [
        {**said, "via": None if said.get("via") == name else said.get("via")}
        for said in labels["statements"]
        if said["speaker"] != name
    ]
    return labels


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ({}, "name", ["correct"]),
        ({"type": "group"}, "type", ["incorrect"]),
        ({"country": None}, "country", ["missing"]),
        ({"country": "SWE"}, "country", ["incorrect"]),
        ({"office": None}, "office", ["missing"]),
        ({"office": "Oslo"}, "office", ["incorrect"]),
        ({"aliases": []}, "aliases", ["missing"]),
        ({"aliases": ["Lund", "Oslo"]}, "aliases", ["correct", "spurious"]),
        ({"aliases": ["Oslo"]}, "aliases", ["incorrect"]),
    ],
)
def test_each_slot_of_an_entity_is_judged_by_itself(change: dict[str, Any], field: str, expected: list[str]) -> None:
    comparison = against(raw(), with_fact("entities", LUND, **change))
    assert marks_of(comparison, "entities", LUND, field) == expected


def test_an_alias_as_the_name_is_partly_right_and_the_name_as_its_alias_costs_nothing_more() -> None:
    entities = [{**entity} for entity in ENTITIES]
    entities[LUND] |= {"name": "Lund", "aliases": ["Kari Lund"]}
    comparison = against(raw(), raw(entities=entities))
    assert marks_of(comparison, "entities", LUND, "name") == ["partial"]
    assert marks_of(comparison, "entities", LUND, "aliases") == ["correct"]


def test_the_same_alias_in_another_spelling_is_one_alias() -> None:
    comparison = against(raw(), with_fact("entities", 2, aliases=["The envoys", "nine envoys", "envoys"]))
    assert marks_of(comparison, "entities", 2, "aliases") == ["correct", "correct"]


@pytest.mark.parametrize("name", [entity["name"] for entity in ENTITIES])
def test_dropping_an_entity_always_costs(name: str) -> None:
    assert f1(without(name)) < 1


def test_finding_an_entity_without_its_aliases_beats_not_finding_it() -> None:
    assert f1(with_fact("entities", 2, aliases=[])) > f1(without("nine Ruritanian envoys"))


def test_an_entity_made_up_costs_every_slot_it_fills() -> None:
    extra = {"name": "Zenda", "type": "object", "country": "NOR", "office": "Zenda", "aliases": ["Monday"]}
    comparison = against(raw(), raw(entities=[*ENTITIES, extra]))
    made_up = count(mark for mark in comparison.marks if mark.part == "entities" and mark.gold is None)
    assert made_up.spurious == 5


def test_of_two_that_mean_the_same_the_better_counts_whatever_their_order() -> None:
    worse = {"name": "Lund", "type": "object"}
    better = {**ENTITIES[LUND], "aliases": []}
    others = [entity for entity in ENTITIES if entity["name"] != "Kari Lund"]
    one, other = (against(raw(), raw(entities=[*others, *pair])) for pair in ((better, worse), (worse, better)))
    assert one.counts("entities") == other.counts("entities")
    assert marks_of(one, "entities", LUND, "type") == ["correct"]
    assert marks_of(one, "entities", None, "name") == ["spurious"]


def test_aliases_that_swallow_other_entities_cost() -> None:
    assert f1(with_fact("entities", 0, aliases=["Oslo", "hackers", "parliament"])) < 1


def test_an_entity_that_only_an_optional_fact_names_neither_gains_nor_costs() -> None:
    labels = with_fact("events", 4, optional=True)
    labels = {**labels, "entities": [*labels["entities"], {"name": "people", "type": "group"}]}
    labels["events"][4]["actor"] = ["people"]
    given = raw()
    assert f1(given, labels) == 1
    named = {**raw(), "entities": labels["entities"]}
    assert f1(named, labels) == 1


def test_an_entity_that_an_accepted_reading_does_without_is_not_needed() -> None:
    name = "nine Ruritanian envoys"
    labels = with_fact("events", 0, alternatives=[{"recipient": ["Ruritania"]}])
    assert f1(without(name), labels) == 1
    assert f1(raw(), labels) == 1
    assert f1(without(name)) < 1


def test_an_entity_is_needed_that_stands_in_another_role_in_every_reading() -> None:
    labels = with_fact("statements", 0, alternatives=[{"via": None}])
    assert f1(without("Oslo Herald"), labels) == 1
    labels["events"][0]["attribution"] = ["Oslo Herald"]
    assert f1(without("Oslo Herald"), labels) < 1
