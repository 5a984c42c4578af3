from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scoring.sheet import PassageSheet, QuantitySheet, TimeSheet, content_of
from evals.scoring.values import (
    Judge,
    exact,
    judged,
    lost,
    members,
    nested,
    overlap,
    pardoning,
    passage,
    place,
    quantities,
    related,
    time,
    wording,
)


def outcomes(judge: Judge, wanted: Any, given: Any) -> list[str]:
    return sorted(outcome for outcome, _, _ in judge(wanted, given))


def words(bits: int, text: str = "", **more: Any) -> PassageSheet:
    return PassageSheet(bits, text or f"{bits:b}", **more)


def when(value: str | None, bound: str = "on", text: str = "on Monday", bits: int = 1) -> TimeSheet:
    return TimeSheet(value, bound, bits, text)


def number(value: float | None, **more: Any) -> QuantitySheet:
    fields: dict[str, Any] = {"previous": None, "qualifier": "exact", "of": "envoys", "bits": 1, "text": "nine envoys"}
    fields |= more
    return QuantitySheet(value, **{**fields, "of": content_of(fields["of"])})


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        ("expel", "expel", ["correct"]),
        ("expel", "seize", ["incorrect"]),
        ("expel", None, ["missing"]),
        (None, "expel", ["spurious"]),
        (None, None, []),
        (0, 0, ["correct"]),
        (0, None, ["missing"]),
    ],
)
def test_words_of_a_list_are_right_or_wrong(wanted: Any, given: Any, expected: list[str]) -> None:
    assert outcomes(exact, wanted, given) == expected


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        ((), (), []),
        ((1,), (1,), ["correct"]),
        ((1, 2), (2, 1), ["correct", "correct"]),
        ((1,), (2,), ["incorrect"]),
        ((1,), (), ["missing"]),
        ((), (1,), ["spurious"]),
        ((1, 2), (2, 3), ["correct", "incorrect"]),
        ((1, 2, 3), (4,), ["incorrect", "missing", "missing"]),
        ((1,), (2, 3), ["incorrect", "spurious"]),
        ((1,), (1, 1), ["correct"]),
        ((), (3, 3), ["spurious"]),
    ],
)
def test_sets_are_judged_member_by_member(wanted: Any, given: Any, expected: list[str]) -> None:
    assert outcomes(members, wanted, given) == expected


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        ((("caused_by", 1),), (("caused_by", 1),), ["correct"]),
        ((("caused_by", 1),), (("part_of", 1),), ["partial"]),
        ((("caused_by", 1),), (("caused_by", 2),), ["incorrect"]),
        ((("caused_by", 1),), (), ["missing"]),
        ((), (("caused_by", 1),), ["spurious"]),
        ((("caused_by", 1),), (("part_of", 2), ("part_of", 1)), ["partial", "spurious"]),
        ((("caused_by", 1), ("part_of", 2)), (("part_of", 2), ("caused_by", 1)), ["correct", "correct"]),
    ],
)
def test_a_link_with_the_right_target_alone_is_partly_right(wanted: Any, given: Any, expected: list[str]) -> None:
    assert outcomes(related, wanted, given) == expected


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        (when("2021-04-05"), when("2021-04-05"), "correct"),
        (when("2021-04-05"), when("2021-04-05", text="the day after"), "correct"),
        (when("2021-04-05"), when("2021-04-05", "by"), "partial"),
        (when("2021-04-05"), when("2021-04"), "partial"),
        (when("2021-04"), when("2021-04-05"), "partial"),
        (when("2021-04-05"), when("2021-04-01/2021-04-30"), "partial"),
        (when("2021-04-05"), when("2021-04", "by"), "incorrect"),
        (when("2021-04-05"), when("2021-04-06"), "incorrect"),
        (when("2021-04-05"), when(None), "incorrect"),
        (when(None), when("2021-04-05"), "incorrect"),
        (when(None), when(None), "correct"),
        (when(None), when(None, bits=8), "correct"),
        (when(None), when(None, text="Monday", bits=8), "correct"),
        (when(None), when(None, text="on Tuesday", bits=8), "incorrect"),
        (when(None), when(None, "by", "by Monday", 8), "partial"),
        (when(None, bits=0b11), when(None, text="Monday evening", bits=0b110), "correct"),
        (when("2021"), None, "missing"),
        (None, when("2021"), "spurious"),
    ],
)
def test_times_are_judged_by_value_and_bound(wanted: Any, given: Any, expected: str) -> None:
    assert outcomes(time, wanted, given) == [expected]


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        (words(1, "Zenda"), words(1, "Zenda"), "correct"),
        (words(1, "Zenda"), words(4, "Zenda"), "correct"),
        (words(3, "near Zenda"), words(1, "near"), "correct"),
        (words(1, "Zenda"), words(4, "Strelsau"), "incorrect"),
        (words(1, "Zenda", country="RUR"), words(1, "Zenda"), "partial"),
        (words(1, "Zenda", country="RUR"), words(4, "Strelsau", country="RUR"), "partial"),
        (words(1, "the US", country="USA"), words(6, "United States", country="USA"), "correct"),
        (words(1, "Moscow", country="RUS"), words(4, "Russia", country="RUS"), "partial"),
        (words(1, "Zenda"), None, "missing"),
    ],
)
def test_places_are_judged_by_words_and_country(wanted: Any, given: Any, expected: str) -> None:
    assert outcomes(place, wanted, given) == [expected]


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        (0b1111, 0b1111, "correct"),
        (0b1111, 0b0111, "correct"),
        (0b1111, 0b0001, "partial"),
        (0b1111, 0b11110000, "incorrect"),
        (0b1111, (1 << 400) - 1, "incorrect"),
        (0b1111111, 0b1, "partial"),
        (0b11111111, 0b1, "incorrect"),
        (0, 0, "correct"),
    ],
)
def test_passages_are_judged_by_the_words_they_share(wanted: int, given: int, expected: str) -> None:
    assert outcomes(passage, words(wanted), words(given)) == [expected]


def test_the_same_words_elsewhere_are_right_as_a_reason_but_not_as_evidence() -> None:
    here, there = words(0b11, "spying for years"), words(0b1100, "Spying  for years")
    assert outcomes(wording, here, there) == ["correct"]
    assert outcomes(passage, here, there) == ["incorrect"]


def test_a_dropped_not_makes_a_quote_wrong_however_many_words_it_shares() -> None:
    said = words(0b11111, "we will not tolerate this", negations=0b00100)
    assert outcomes(wording, said, words(0b11111, negations=0b00100)) == ["correct"]
    assert outcomes(wording, said, words(0b11000, "tolerate this")) == ["incorrect"]
    assert outcomes(wording, words(0b11011), words(0b11111, negations=0b00100)) == ["incorrect"]


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        ((number(9),), (number(9),), ["correct"]),
        ((number(9),), (number(10),), ["incorrect"]),
        ((number(9),), (number(9, qualifier="about"),), ["partial"]),
        ((number(9),), (number(9, previous=20),), ["partial"]),
        ((number(9, previous=20),), (number(9, previous=21),), ["partial"]),
        ((number(9),), (number(9, of="banks"),), ["partial"]),
        ((number(9, of="diplomats"),), (number(9, of="envoys"),), ["correct"]),
        ((number(None, qualifier="unknown"),), (number(None, qualifier="unknown", bits=8),), ["correct"]),
        ((number(None, qualifier="unknown"),), (number(9),), ["incorrect"]),
        ((number(None),), (number(None, bits=8, text="others"),), ["missing", "spurious"]),
        ((number(9),), (), ["missing"]),
        ((), (number(9),), ["spurious"]),
        ((), (), []),
        ((number(9), number(4, bits=2)), (number(4, bits=2), number(9)), ["correct", "correct"]),
        ((number(9),), (number(9), number(9)), ["correct", "spurious"]),
        ((number(9),), (number(9, of="banks", bits=1), number(9, bits=4)), ["correct", "spurious"]),
    ],
)
def test_numbers_are_judged_by_value_and_what_goes_with_it(wanted: Any, given: Any, expected: list[str]) -> None:
    assert outcomes(quantities, wanted, given) == expected


SETS = st.lists(st.integers(0, 4), max_size=4, unique=True).map(tuple)


@given(SETS, SETS)
def test_members_fill_as_many_slots_as_there_are(wanted: tuple[int, ...], given: tuple[int, ...]) -> None:
    found = members(wanted, given)
    assert len([one for _, one, _ in found if one is not None]) == len(wanted)
    assert len([other for _, _, other in found if other is not None]) == len(given)
    assert sum(outcome == "correct" for outcome, _, _ in found) == len(set(wanted) & set(given))


@given(st.integers(0, 255), st.integers(0, 255))
def test_overlap_is_symmetric_and_one_only_for_the_same_words(one: int, other: int) -> None:
    assert overlap(one, other) == overlap(other, one)
    assert (overlap(one, other) == 1) == (one == other != 0)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("2021", "2021-04", True), ("2021-04-01/2021-04-09", "2021-04-09", True), ("2021-04", "2021-05", False)],
)
def test_one_value_is_nested_in_another_either_way(one: str, other: str, expected: bool) -> None:
    assert nested(one, other) is nested(other, one) is expected


def test_what_points_at_something_that_may_be_absent_is_not_missed() -> None:
    pardoned = pardoning(related, lambda link: link[1] == 7)
    assert outcomes(pardoned, (("part_of", 7),), ()) == []
    assert outcomes(pardoned, (("part_of", 7),), (("part_of", 2),)) == ["spurious"]
    assert outcomes(pardoned, (("part_of", 7), ("part_of", 3)), ()) == ["missing"]


def test_the_reading_that_fits_best_is_taken_field_by_field() -> None:
    judges, plain = (exact, exact), ("A", "x")
    assert judged(judges, plain, ("A", "y"), alone=[(1, "z"), (1, "y")])[1][0][0] == "correct"
    assert judged(judges, plain, ("A", "x"), alone=[(1, None)])[1][0][0] == "correct"
    assert judged(judges, plain, ("A", None), alone=[(1, None)])[1] == ()


def test_fields_of_one_reading_go_together() -> None:
    judges, plain, couple = (exact, exact), ("A", "x"), ((0, "B"), (1, "y"))
    both = judged(judges, plain, ("B", "y"), together=[couple])
    assert [found[0][0] for found in both] == ["correct", "correct"]
    half = judged(judges, plain, ("A", "y"), together=[couple])
    assert sorted(found[0][0] for found in half) == ["correct", "incorrect"]


def test_readings_that_exclude_each_other_are_not_mixed() -> None:
    judges, plain = (exact, exact, exact), ("A", "x", "1")
    couples = [((0, "B"), (1, "y")), ((1, "z"), (2, "2"))]
    found = judged(judges, plain, ("B", "z", "2"), together=couples)
    assert lost(tuple(result for field in found for result in field)) == 1


def test_a_reading_never_makes_a_fact_cost_more() -> None:
    judges, plain = (exact, members), ("A", (1, 2))
    for given_fact in (("A", (1, 2)), ("B", (1,)), (None, ())):
        without = sum(map(lost, judged(judges, plain, given_fact)))
        readings = judged(judges, plain, given_fact, [(1, (1,)), (0, "C")], [((0, "B"), (1, ()))])
        assert sum(map(lost, readings)) <= without
