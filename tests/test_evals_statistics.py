from __future__ import annotations

from math import isnan
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.report import CaseResult
from evals.statistics import figures_of, spearman


def case(id: str, *, run: int = 0, **figures: tuple[float, float]) -> CaseResult:
    return CaseResult(id, run, figures=figures)


def test_a_figure_is_the_ratio_of_sums_over_articles() -> None:
    (figure,) = figures_of([case("a", f1=(3, 4)), case("b", f1=(1, 4))])
    assert (figure.name, figure.value, figure.n) == ("f1", 0.5, 2)


def test_an_article_without_anything_to_divide_by_carries_nothing() -> None:
    (figure,) = figures_of([case("a", f1=(3, 4)), case("b", f1=(0, 0)), case("c")])
    assert (figure.value, figure.n) == (0.75, 1)
    assert figures_of([case("a", f1=(0, 0))]) == ()
    assert figures_of([]) == ()


def test_figures_come_in_the_order_in_which_they_first_appear() -> None:
    figures = figures_of([case("a", x=(1, 1), y=(1, 1)), case("b", z=(1, 1), x=(0, 1))])
    assert [figure.name for figure in figures] == ["x", "y", "z"]


def test_runs_of_one_article_are_one_article() -> None:
    repeated = [case("a", run=run, f1=(run % 2, 1)) for run in range(10)]
    (figure,) = figures_of(repeated)
    assert (figure.value, figure.n) == (0.5, 1)
    assert figure.low == figure.high == 0.5


def test_repeating_every_run_changes_no_figure_and_no_interval() -> None:
    once = [case(name, f1=(value, 1)) for name, value in (("a", 0.2), ("b", 0.9), ("c", 0.5))]
    thrice = [case(result.id, run=run, **result.figures) for run in range(3) for result in once]
    (one,), (other,) = figures_of(once), figures_of(thrice)
    assert (one.value, one.low, one.high, one.n) == pytest.approx((other.value, other.low, other.high, other.n))


def test_an_article_with_more_runs_does_not_weigh_more() -> None:
    results = [case("a", f1=(1, 1)), *(case("b", run=run, f1=(0, 1)) for run in range(9))]
    assert figures_of(results)[0].value == pytest.approx(0.5)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_the_interval_holds_the_figure_and_lies_between_the_extremes(values: list[float]) -> None:
    (figure,) = figures_of([case(str(at), f1=(value, 1)) for at, value in enumerate(values)])
    assert min(values) - 1e-9 <= figure.low <= figure.value + 1e-9
    assert figure.value - 1e-9 <= figure.high <= max(values) + 1e-9


def test_the_same_seed_gives_the_same_interval_and_another_one_nearly_the_same() -> None:
    random = Random(1)
    results = [case(str(at), f1=(random.random(), 1)) for at in range(12)]
    (one,), (same,), (other,) = (figures_of(results, seed=seed) for seed in (0, 0, 7))
    assert one == same
    assert (other.low, other.high) == pytest.approx((one.low, one.high), abs=0.02)
    assert other != one


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    random = Random(2)
    covered = 0
    for _ in range(60):
        (figure,) = figures_of([case(str(at), f1=(random.betavariate(6, 2), 1)) for at in range(30)])
        covered += figure.low <= 0.75 <= figure.high
    assert 51 <= covered <= 60


def test_more_articles_make_the_interval_narrower() -> None:
    random = Random(3)
    results = [case(str(at), f1=(random.random(), 1)) for at in range(200)]
    (few,), (many,) = figures_of(results[:10]), figures_of(results)
    assert many.high - many.low < (few.high - few.low) / 2


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([1, 2, 3, 4], [1, 2, 3, 4], 1.0),
        ([1, 2, 3, 4], [8, 6, 4, 2], -1.0),
        ([1, 2, 3], [1, 100, 10_000], 1.0),
        ([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], 0.8),
        ([1, 2, 2, 3], [1, 2, 2, 3], 1.0),
        ([1, 2, 3, 4], [4, 3, 3, 1], -0.948683),
    ],
)
def test_rank_correlation_is_that_by_hand(one: list[float], other: list[float], expected: float) -> None:
    assert spearman(one, other) == pytest.approx(expected)
    assert spearman(other, one) == pytest.approx(expected)


def test_rank_correlation_of_a_side_that_does_not_vary_is_unknown() -> None:
    assert isnan(spearman([1, 1, 1], [1, 2, 3]))
    assert isnan(spearman([1], [1]))


@given(st.lists(st.integers(-50, 50), min_size=3, max_size=12, unique=True))
def test_rank_correlation_sees_order_alone(values: list[int]) -> None:
    cubes = [value**3 for value in values]
    assert spearman(values, cubes) == pytest.approx(1.0)
    assert spearman(values, [-value for value in values]) == pytest.approx(-1.0)
