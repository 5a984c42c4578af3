"""How many: which numbers count something, and what."""

from __future__ import annotations

import pytest

from summarizer.offline.amounts import amounts
from summarizer.offline.circumstances import Times
from summarizer.offline.clauses import verb_clause
from tests.offline_example import parsed


def counted(text: str) -> list[tuple[str, str, float | None]]:
    """The amounts of the root clause of a text."""
    segment = parsed(text).segments[0]
    root = next(segment.doc.sents).root
    times = Times(parsed(text).article).within(segment)
    found = amounts(verb_clause(segment, root), frozenset(), times)
    return [(amount.span.of(text), amount.of, amount.previous) for amount in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ghana expelled 12 senior diplomats.", [("12 senior diplomats", "senior diplomats", None)]),
        ("The firm paid $2.3 billion.", [("$2.3 billion", "dollars", None)]),
        ("Police arrested at least 40 people.", [("at least 40 people", "people", None)]),
        ("The storm killed more than 300.", [("more than 300", "people", None)]),
        ("The bank cut its rate from 40 to 35 percent.", [("35 percent", "percent", 40.0)]),
        ("The union called a 24-hour strike.", [("24-hour", "hours", None)]),
        ("Sales fell to 7.4 billion euros.", [("7.4 billion euros", "euros", None)]),
        ("Up to 40 miners struck.", [("Up to 40 miners", "miners", None)]),
    ],
)  # fmt: skip
def test_a_count_has_its_hedge_and_its_noun(text: str, expected: list[tuple[str, str, float | None]]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Marrow, 58, resigned.",
        "The quake struck at 3.42 a.m.",
        "The law of 1998 failed.",
        "The first rescuers arrived on May 12.",
        "A magnitude 7.1 quake struck Peru.",
        "Villa beat Napoli 3-1.",
        "One minister resigned.",
    ],
)
def test_ages_hours_years_ranks_and_scores_are_no_counts(text: str) -> None:
    assert counted(text) == []
