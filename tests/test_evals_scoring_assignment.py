from __future__ import annotations

from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scoring.assignment import assign

WEIGHTS = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
TABLES = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.lists(WEIGHTS, min_size=columns, max_size=columns), min_size=1, max_size=5)
)


def best_sum(table: list[list[float]]) -> float:
    """The greatest sum of a one-to-one assignment, by trying them all."""
    if len(table) > len(table[0]):
        table = [list(row) for row in zip(*table, strict=True)]
    return max(
        sum(table[row][column] for row, column in enumerate(columns))
        for columns in permutations(range(len(table[0])), len(table))
    )


@given(TABLES)
def test_no_assignment_has_a_greater_sum(table: list[list[float]]) -> None:
    assert sum(table[row][column] for row, column in assign(table)) == best_sum(table)


@given(TABLES)
def test_nothing_is_assigned_twice_and_nothing_to_what_it_has_nothing_in_common_with(table: list[list[float]]) -> None:
    pairs = assign(table)
    rows, columns = [row for row, _ in pairs], [column for _, column in pairs]
    assert len(set(rows)) == len(rows)
    assert len(set(columns)) == len(columns)
    assert all(table[row][column] > 0 for row, column in pairs)
    assert pairs == sorted(pairs)


@pytest.mark.parametrize(
    ("table", "pairs"),
    [
        ([], []),
        ([[]], []),
        ([[], []], []),
        ([[0.0]], []),
        ([[0.1]], [(0, 0)]),
        ([[0.0, 0.0], [0.0, 0.0]], []),
        ([[0.5, 0.5]], [(0, 0)]),
        ([[0.5], [0.5]], [(0, 0)]),
        ([[0.5], [0.6]], [(1, 0)]),
        ([[1.0, 0.9], [0.9, 0.0]], [(0, 1), (1, 0)]),
        ([[0.9, 0.0, 0.0], [0.9, 0.8, 0.0], [0.0, 0.8, 0.7]], [(0, 0), (1, 1), (2, 2)]),
    ],
)
def test_small_tables_are_assigned_as_by_hand(table: list[list[float]], pairs: list[tuple[int, int]]) -> None:
    assert assign(table) == pairs


def test_among_equals_the_first_is_taken() -> None:
    assert assign([[0.5, 0.5], [0.5, 0.5]]) == [(0, 0), (1, 1)]


def test_hundreds_of_made_up_facts_are_no_harm() -> None:
    random = Random(0)
    table = [[random.random() for _ in range(400)] for _ in range(10)]
    total = sum(table[row][column] for row, column in assign(table))
    assert total == pytest.approx(sum(max(row) for row in table), abs=0.05)
    assert len(assign([[row[at] for row in table] for at in range(400)])) == 10
