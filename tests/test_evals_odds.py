"""The statistics of a comparison, against cases that can be worked out by hand."""

from __future__ import annotations

import random
from itertools import product
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.odds import (
    _drawn,
    change,
    detectable_fall,
    lower_bound,
    p_of_fall,
    run_deviation,
    runs_to_settle,
    standard_error,
    t_quantile,
)

scores = st.floats(0, 1).map(lambda value: round(value, 3))
sides = st.integers(2, 6).flatmap(
    lambda n: st.tuples(*(st.lists(st.lists(scores, min_size=2, max_size=2), min_size=n, max_size=n) for _ in "ab"))
)


def test_with_one_run_each_the_signs_of_all_changes_are_flipped() -> None:
    base, worse = [[0.9], [0.8], [0.7]], [[0.8], [0.6], [0.75]]
    changes = [-0.1, -0.2, 0.05]
    seen = fmean(changes)
    flips = [fmean(s * c for s, c in zip(signs, changes, strict=True)) for signs in product((1, -1), repeat=3)]
    assert p_of_fall(base, worse) == sum(flip <= seen + 1e-9 for flip in flips) / 8


def test_five_articles_that_all_fall_are_as_rare_as_one_in_thirty_two() -> None:
    base = [[0.9]] * 5
    assert p_of_fall(base, [[0.8]] * 5) == 1 / 32


def test_runs_are_exchanged_within_an_article_and_never_between_articles() -> None:
    # Two runs a side on one article: 6 ways to say which two are the candidate's, one of them as low as the one seen.
    assert p_of_fall([[0.9, 0.8]], [[0.2, 0.1]]) == 1 / 6
    # On two articles that differ wildly from each other but not between sides, every exchange is alike.
    assert p_of_fall([[0.9, 0.9], [0.1, 0.1]], [[0.9, 0.9], [0.1, 0.1]]) == 1.0


def test_a_drawn_test_agrees_with_the_enumerated_one() -> None:
    rng = random.Random(3)
    base = [[0.8 + rng.gauss(0, 0.05) for _ in range(2)] for _ in range(4)]
    worse = [[0.75 + rng.gauss(0, 0.05) for _ in range(2)] for _ in range(4)]
    enumerated = p_of_fall(base, worse)
    drawn = _drawn(base, worse, 20_000, np.random.default_rng(0))
    share = float((drawn <= change(base, worse) + 1e-12).mean())
    assert share == pytest.approx(enumerated, abs=0.015)


@given(sides)
def test_p_is_a_probability_and_no_change_is_never_surprising(
    pair: tuple[list[list[float]], list[list[float]]],
) -> None:
    base, candidate = pair
    assert 0 < p_of_fall(base, candidate) <= 1
    assert p_of_fall(base, base) > 0.5 - 1e-9


@given(sides)
def test_the_lower_bound_lies_below_the_change(pair: tuple[list[list[float]], list[list[float]]]) -> None:
    base, candidate = pair
    assert lower_bound(base, candidate) <= change(base, candidate)


def test_the_error_comes_from_the_spread_between_runs_alone() -> None:
    # Runs 0.1 apart: variance 0.005 on each side of each article; two articles, two runs a side.
    base, candidate = [[0.2, 0.3], [0.8, 0.9]], [[0.2, 0.3], [0.8, 0.9]]
    error, freedom = standard_error(base, candidate)
    assert freedom == 4
    assert error == pytest.approx((0.005 * (1 / 2 + 1 / 2) * 2) ** 0.5 / 2)
    assert run_deviation([*base, *candidate]) == pytest.approx(0.005**0.5)


def test_students_quantile_is_the_tables() -> None:
    for freedom, wanted in ((4, 2.132), (8, 1.860), (20, 1.725), (40, 1.684)):
        assert t_quantile(0.95, freedom) == pytest.approx(wanted, abs=0.002)


def test_more_runs_see_smaller_falls() -> None:
    few, many = ([[0.8, 0.9]] * 5, [[0.8, 0.9] * 4] * 5)
    assert detectable_fall(many, many) < detectable_fall(few, few)


def test_runs_to_settle_grow_with_the_noise_and_have_no_number_on_the_border() -> None:
    quiet, loud = [[0.80, 0.81]] * 5, [[0.7, 0.9]] * 5
    assert (runs_to_settle(loud, loud, margin=0.03) or 0) > (runs_to_settle(quiet, quiet, margin=0.03) or 0)
    assert runs_to_settle([[0.5, 0.6]], [[0.5, 0.6]], margin=0.0) is None
