"""How far do two people agree? Each annotator's first labels scored against the other's, by the exam's own scorer.

It is the ceiling: no engine can be asked to agree with gold more than people agree with each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from evals.corpus import Case, Suite, annotators_of, load_cases
from evals.gold import gold_of
from evals.report import CaseResult, Figure
from evals.scoring.score import score
from evals.statistics import figures_of
from summarizer import UsageError


@dataclass(frozen=True, slots=True)
class Column:
    """One way to compare the labellings, and the figures it gives."""

    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one suite: who labelled it, how many articles, a column for each way to compare."""

    suite: str
    annotators: tuple[str, ...]
    articles: int
    columns: tuple[Column, ...]


def agreement(suite: Suite, *, seed: int = 0) -> Agreement:
    """Agreement between a suite's annotators and of each with the adjudicated gold, by every figure.

    "first labels": label against label, alternatives and `optional` set aside, each annotator once as the key.
    "accepted": the same, with what the one who is the key accepts beside the first label. Then each against gold.
    Raises UsageError where fewer than two annotators' labels are kept.
    """
    names = annotators_of(suite)
    if len(names) < 2:
        raise UsageError(
            f"{suite.name} has fewer than two annotators", "keep first labels under gold/annotators/<name>"
        )
    labelled = {name: load_cases(suite, annotator=name) for name in names}
    pairs = [(labelled[one], labelled[other]) for one, other in permutations(names, 2)]
    gold = load_cases(suite)
    columns = [
        Column("first labels", figures_of(_both_ways(pairs, plain=True), seed=seed)),
        Column("accepted", figures_of(_both_ways(pairs, plain=False), seed=seed)),
        *(Column(f"{name} on gold", figures_of(_answers(gold, labelled[name]), seed=seed)) for name in names),
    ]
    return Agreement(suite.name, tuple(names), len(gold), tuple(columns))


def _both_ways(pairs: Sequence[tuple[Sequence[Case], Sequence[Case]]], *, plain: bool) -> list[CaseResult]:
    return [
        result
        for run, (keys, answers) in enumerate(pairs)
        for result in _answers([_plain(case) for case in keys] if plain else keys, answers, run=run)
    ]


def _plain(case: Case) -> Case:
    """The case with first labels alone."""
    assert case.gold is not None
    return Case(case.id, case.article, gold_of(case.gold.summary, case.article))


def _answers(keys: Sequence[Case], answers: Sequence[Case], *, run: int = 0) -> list[CaseResult]:
    """One annotator's labels scored as if an engine had given them."""
    return [
        score(key.key, answer.gold.summary, run=run)
        for key, answer in zip(keys, answers, strict=True)
        if answer.gold is not None
    ]
