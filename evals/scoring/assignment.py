"""One-to-one assignment of greatest total similarity, in plain Python: 3 to 30 facts a side is all it ever sees."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def assign(similarity: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs (row, column) of a one-to-one assignment with the greatest sum; pairs of similarity 0 are left out.

    Rows and columns may differ in number. Method: where every row's best column is its own, that is the optimum;
    else shortest augmenting paths with potentials (Kuhn 1955; Jonker and Volgenant 1987), O(n³).

    >>> assign([[0.9, 0.8], [0.8, 0.1]])
    [(0, 1), (1, 0)]
    >>> assign([[0.0, 0.7], [0.0, 0.6], [0.0, 0.0]])
    [(0, 1)]
    >>> assign([])
    []
    """
    if not similarity or not similarity[0]:
        return []
    best = [row.index(max(row)) for row in similarity]
    chosen = [(row, column) for row, column in enumerate(best) if similarity[row][column] > 0]
    if len({column for _, column in chosen}) == len(chosen):
        return chosen
    columns = len(similarity[0])
    if len(similarity) > columns:
        turned = list(zip(*similarity, strict=True))
        return sorted((row, column) for column, row in _augmented(turned) if similarity[row][column] > 0)
    return [(row, column) for row, column in _augmented(similarity) if similarity[row][column] > 0]


def _augmented(similarity: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The optimum for at most as many rows as columns, every row placed. Inside, rows and columns count from 1."""
    rows, columns = len(similarity), len(similarity[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    holder = [0] * (columns + 1)  # holder[c] is the row that has column c; column 0 holds the row being placed
    for row in range(1, rows + 1):
        holder[0] = row
        column, before = _cheapest_path(similarity, holder, row_price, column_price)
        while column:  # each column on the path passes to the row that came before it
            holder[column] = holder[before[column]]
            column = before[column]
    return sorted((holder[column] - 1, column - 1) for column in range(1, columns + 1) if holder[column])


def _cheapest_path(
    similarity: Sequence[Sequence[float]], holder: Sequence[int], row_price: list[float], column_price: list[float]
) -> tuple[int, list[int]]:
    """Dijkstra over reduced costs from column 0 to a free column: that column, and each column's predecessor."""
    size = len(holder)
    slack, before = [inf] * size, [0] * size
    open_columns = set(range(1, size))
    column, closed = 0, [0]
    while True:
        row = holder[column]
        costs, price = similarity[row - 1], row_price[row]
        for other in open_columns:
            reduced = -costs[other - 1] - price - column_price[other]
            if reduced < slack[other]:
                slack[other], before[other] = reduced, column
        nearest = min(open_columns, key=lambda other: (slack[other], other))
        step = slack[nearest]
        for done in closed:
            row_price[holder[done]] += step
            column_price[done] -= step
        for other in open_columns:
            slack[other] -= step
        column = nearest
        if not holder[column]:
            return column, before
        open_columns.remove(column)
        closed.append(column)
