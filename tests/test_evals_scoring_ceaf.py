from __future__ import annotations

import pytest

from evals.scoring.ceaf import Ceaf, ceaf_ree
from tests.scoring_example import EVENTS, Labels, finished, raw, with_fact

GOLD = finished(raw())


def against_gold(labels: Labels | None) -> Ceaf:
    return ceaf_ree(GOLD, None if labels is None else finished(labels))


def test_the_same_fillers_all_match() -> None:
    ceaf = against_gold(raw())
    assert ceaf == Ceaf(matched=8, predicted=8, gold=8)
    assert ceaf.f1 == 1


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (None, Ceaf(0, 0, 8)),
        (raw(EVENTS[:1], []), Ceaf(3, 3, 8)),
        (with_fact("events", 1, actor=[], recipient=[]), Ceaf(7, 7, 8)),
        (with_fact("events", 3, actor=["parliament"], recipient=["hackers"]), Ceaf(6, 8, 8)),
        (with_fact("events", 3, actor=["Norway"]), Ceaf(7, 7, 8)),
    ],
)
def test_fillers_count_once_in_each_role_whatever_their_event(labels: Labels | None, expected: Ceaf) -> None:
    assert against_gold(labels) == expected


def test_an_entity_written_in_a_way_that_gold_does_not_know_is_no_match() -> None:
    known = with_fact("entities", 2, aliases=["The envoys"])
    assert against_gold(known).matched == 8
    strange = with_fact("entities", 2, aliases=["The envoys", "Ruritania"])
    assert against_gold(strange).matched == 7


def test_nothing_to_fill_and_nothing_filled_is_right() -> None:
    bare = finished(raw([{**EVENTS[4], "salience": "main"}], []))
    assert ceaf_ree(bare, bare).f1 == 1
