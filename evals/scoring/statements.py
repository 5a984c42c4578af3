"""Statements: aligned by the words they share, then judged field by field."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from evals.scoring.assignment import assign
from evals.scoring.counts import Mark, marks_of
from evals.scoring.key import Key, StatementKey
from evals.scoring.naming import STRANGER
from evals.scoring.sheet import StatementSheet, in_text_order
from evals.scoring.values import Judge, Results, exact, judged, overlap, pardoning, wording

SAME_STATEMENT = 0.3  # token F1 of the words said, below which a pair is no match
_JUDGES: tuple[Judge, ...] = (*(exact for _ in StatementSheet._fields[:-1]), wording)
_NOTHING: tuple[Any, ...] = (None,) * len(StatementSheet._fields)
_ABOUT = StatementSheet._fields.index("about")


def align_statements(key: Key, statements: Sequence[StatementSheet]) -> dict[int, int]:
    """For each labelled statement that was found its predicted one, by token F1 of what was said, wherever it stands.

    Where words are shared alike, speaker, kind, stance, event and outlet decide; the order in which statements are
    given decides nothing.
    """
    order = in_text_order([statement.text.bits for statement in statements], lambda at: _said(statements[at]))
    given = [(statements[at], statements[at].text.bits, statements[at].text.text) for at in order]
    table = [
        [_matching(gold, *one) if gold.bits & one[1] or one[2] in gold.texts else 0.0 for one in given]
        for gold in key.statements
    ]
    return {gold: order[column] for gold, column in assign(table)}


def _said(statement: StatementSheet) -> list[str]:
    """Every field but the words, alike for all entities and events that gold does not know."""
    return [repr(min(value, STRANGER) if isinstance(value, int) else value) for value in statement[:-1]]


def _matching(gold: StatementKey, statement: StatementSheet, bits: int, text: str) -> float:
    shared = 1.0 if text in gold.texts else max([overlap(spoken, bits) for spoken in gold.spoken])
    if shared < SAME_STATEMENT:
        return 0.0
    return shared + 0.01 * sum([one == other for one, other in zip(gold.sheet[:-1], statement[:-1], strict=True)])


def statement_marks(
    key: Key, statements: Sequence[StatementSheet], pairs: dict[int, int], absent: Collection[int]
) -> list[Mark]:
    """Every slot of every statement: found, missed, made up. Optional ones make no mark.

    `absent` are the labelled events that may be absent and are: a statement need not be about them.
    """
    judges = list(_JUDGES)
    if absent:
        judges[_ABOUT] = pardoning(exact, absent.__contains__)
    marks: list[Mark] = []
    for at, gold in enumerate(key.statements):
        if not gold.optional:
            found = pairs.get(at)
            given = _NOTHING if found is None else statements[found]
            marks += _marks(judged(judges, gold.sheet, given, *gold.readings), at, found)
    used = set(pairs.values())
    for at, statement in enumerate(statements):
        if at not in used:
            marks += _marks(judged(_JUDGES, _NOTHING, statement), None, at)
    return marks


def _marks(results: Sequence[Results], gold: int | None, predicted: int | None) -> list[Mark]:
    return marks_of("statements", StatementSheet._fields, results, 1.0, (gold, predicted))
