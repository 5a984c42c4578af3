"""Statements: aligned by the words they share, then judged field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evals.scoring.assignment import assign
from evals.scoring.counts import Mark
from evals.scoring.key import Key, StatementKey
from evals.scoring.naming import STRANGER
from evals.scoring.sheet import Sheet, StatementSheet
from evals.scoring.values import Results, exact, lost, overlap, passage

SAME_STATEMENT = 0.3  # token F1 of the words said, below which a pair is no match
_NOTHING: tuple[Any, ...] = (None,) * len(StatementSheet._fields)


def resolved_statements(predicted: Sheet, who: Sequence[int], pairs: dict[int, int]) -> tuple[StatementSheet, ...]:
    """The predicted statements with labelled entities as speakers and labelled events as what they are about."""
    back = {at: gold for gold, at in pairs.items()}
    return tuple(
        [
            statement._replace(
                speaker=who[statement.speaker],
                about=None if statement.about is None else back.get(statement.about, STRANGER + statement.about),
                via=None if statement.via is None else who[statement.via],
            )
            for statement in predicted.statements
        ]
    )


def align_statements(key: Key, statements: Sequence[StatementSheet]) -> dict[int, int]:
    """For each labelled statement that was found its predicted one, by token F1 of what was said.

    Where words are shared alike the same speaker decides, then the order in the text.
    """
    order = sorted(range(len(statements)), key=lambda at: (statements[at].text.bits, statements[at].speaker))
    table = [[_matching(gold, statements[at]) for at in order] for gold in key.statements]
    return {gold: order[column] for gold, column in assign(table)}


def _matching(gold: StatementKey, statement: StatementSheet) -> float:
    shared = overlap(gold.bits, statement.text.bits)
    return shared + (0.01 if gold.sheet.speaker == statement.speaker else 0.0) if shared >= SAME_STATEMENT else 0.0


def statement_marks(key: Key, statements: Sequence[StatementSheet], pairs: dict[int, int]) -> list[Mark]:
    """Every slot of every statement: found, missed, made up. Optional ones make no mark."""
    marks: list[Mark] = []
    for at, gold in enumerate(key.statements):
        if not gold.optional:
            found = pairs.get(at)
            marks += _marks(_judge(gold, _NOTHING if found is None else statements[found]), at, found)
    used = set(pairs.values())
    for at, statement in enumerate(statements):
        if at not in used:
            marks += _marks(_judged(_NOTHING, statement), None, at)
    return marks


def _judge(gold: StatementKey, given: Sequence[Any]) -> list[Results]:
    results = _judged(gold.sheet, given)
    for places, sheet in gold.readings:
        read = _judged(sheet, given)
        if sum(lost(read[at]) for at in places) < sum(lost(results[at]) for at in places):
            for at in places:
                results[at] = read[at]
    return results


def _judged(wanted: Sequence[Any], given: Sequence[Any]) -> list[Results]:
    *plain, text = zip(wanted, given, strict=True)
    return [*(exact(one, other) for one, other in plain), passage(*text)]


def _marks(results: Sequence[Results], gold: int | None, predicted: int | None) -> list[Mark]:
    return [
        Mark("statements", field, outcome, 1.0, gold, predicted, wanted, given)
        for field, found in zip(StatementSheet._fields, results, strict=True)
        for outcome, wanted, given in found
    ]
