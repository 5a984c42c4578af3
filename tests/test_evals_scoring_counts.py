from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.report import Outcome
from evals.scoring.counts import Counts, Mark, count, marks_of

AMOUNTS = st.floats(0, 100)
COUNTS = st.builds(Counts, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        (Counts(), 1.0, 1.0, 1.0),
        (Counts(correct=4), 1.0, 1.0, 1.0),
        (Counts(missing=3), 1.0, 0.0, 0.0),
        (Counts(spurious=3), 0.0, 1.0, 0.0),
        (Counts(incorrect=2), 0.0, 0.0, 0.0),
        (Counts(partial=2), 0.5, 0.5, 0.5),
        (Counts(correct=1, missing=1), 1.0, 0.5, 2 / 3),
        (Counts(correct=1, spurious=1), 0.5, 1.0, 2 / 3),
        (Counts(correct=1, incorrect=1), 0.5, 0.5, 0.5),
    ],
)
def test_figures_are_those_of_muc_by_hand(counts: Counts, precision: float, recall: float, f1: float) -> None:
    assert (counts.precision, counts.recall, counts.f1) == pytest.approx((precision, recall, f1))


@given(COUNTS)
def test_every_figure_lies_between_zero_and_one(counts: Counts) -> None:
    for figure in (counts.precision, counts.recall, counts.f1):
        assert 0 <= figure <= 1 + 1e-9


@given(COUNTS)
def test_f1_is_the_harmonic_mean_of_precision_and_recall(counts: Counts) -> None:
    if counts.precision + counts.recall and counts.possible and counts.actual:
        harmonic = 2 * counts.precision * counts.recall / (counts.precision + counts.recall)
        assert counts.f1 == pytest.approx(harmonic)


@given(st.floats(0.1, 50))
def test_an_incorrect_slot_costs_what_a_missing_and_a_made_up_one_cost_together(amount: float) -> None:
    wrong = Counts(correct=10, incorrect=amount)
    apart = Counts(correct=10, missing=amount, spurious=amount)
    assert wrong.f1 == pytest.approx(apart.f1)


def test_marks_count_with_their_weight() -> None:
    marks = [Mark("events", "mode", outcome, 0.5, 0, 0) for outcome in get_args(Outcome)]
    assert count(marks) == Counts(0.5, 0.5, 0.5, 0.5, 0.5)
    assert count([]) == Counts()


def test_a_fact_has_a_mark_for_each_result_in_the_order_of_its_fields() -> None:
    results: list[list[tuple[Outcome, Any, Any]]] = [
        [("correct", 1, 1), ("missing", 2, None)],
        [],
        [("spurious", None, "x")],
    ]
    marks = marks_of("statements", ("speaker", "kind", "via"), results, 1.0, (4, None))
    assert marks == [
        Mark("statements", "speaker", "correct", 1.0, 4, None, 1, 1),
        Mark("statements", "speaker", "missing", 1.0, 4, None, 2, None),
        Mark("statements", "via", "spurious", 1.0, 4, None, None, "x"),
    ]
