from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evals.corpus import SUITES, Case, load_cases
from evals.gold import Gold, gold_of
from evals.scoring.comparison import Comparison, compare
from evals.scoring.counts import Counts
from evals.scoring.key import key_of
from summarizer import EventSummary
from tests.scoring_example import ARTICLE, Labels, against, finished, raw_summaries, shuffled

PARTS = ("events", "statements", "entities")
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def distinct(summary: EventSummary) -> bool:
    """Whether no two events are one but for their links, as the labelling rules have it."""
    told = [event.model_dump_json(exclude={"id", "links", "salience"}) for event in summary.events]
    return len(set(told)) == len(told)


SUMMARIES = raw_summaries().map(finished).filter(distinct)


def f1s(comparison: Comparison) -> list[float]:
    return [comparison.counts(part).f1 for part in PARTS]


def judgements(comparison: Comparison) -> Counter[tuple[object, ...]]:
    """Every mark by what does not hang on the order of the prediction."""
    return Counter((mark.part, mark.field, mark.outcome, mark.weight, mark.gold) for mark in comparison.marks)


def reordered(summary: EventSummary, seed: int) -> EventSummary:
    return EventSummary.grounded(shuffled(summary.model_dump(mode="json"), Random(seed)), ARTICLE)


@SLOW
@given(SUMMARIES)
def test_every_summary_is_right_by_itself(summary: EventSummary) -> None:
    assert f1s(compare(key_of(gold_of(summary, ARTICLE)), summary)) == [1, 1, 1]


@SLOW
@given(SUMMARIES, st.integers(0, 99))
def test_every_summary_is_right_by_itself_in_any_order(summary: EventSummary, seed: int) -> None:
    assert f1s(compare(key_of(gold_of(summary, ARTICLE)), reordered(summary, seed))) == [1, 1, 1]


@SLOW
@given(SUMMARIES, SUMMARIES, st.integers(0, 99))
def test_the_order_of_a_prediction_decides_nothing(one: EventSummary, other: EventSummary, seed: int) -> None:
    key = key_of(gold_of(one, ARTICLE))
    assert judgements(compare(key, other)) == judgements(compare(key, reordered(other, seed)))


@SLOW
@given(SUMMARIES, SUMMARIES)
def test_every_figure_lies_between_zero_and_one(one: EventSummary, other: EventSummary) -> None:
    comparison = compare(key_of(gold_of(one, ARTICLE)), other)
    for part in PARTS:
        counts = comparison.counts(part)
        assert 0 <= counts.credit <= min(counts.possible, counts.actual) + 1e-9
        assert 0 <= counts.f1 <= 1


@SLOW
@given(SUMMARIES, SUMMARIES)
def test_each_fact_is_aligned_once_and_marked_by_its_alignment(one: EventSummary, other: EventSummary) -> None:
    comparison = compare(key_of(gold_of(one, ARTICLE)), other)
    for part, pairs in (("events", comparison.events), ("statements", comparison.statements)):
        assert len(set(pairs.values())) == len(pairs)
        marked = {(mark.gold, mark.predicted) for mark in comparison.marks if mark.part == part}
        size, given_size = len(getattr(one, part)), len(getattr(other, part))
        alone = {(at, None) for at in range(size) if at not in pairs}
        made_up = {(None, at) for at in range(given_size) if at not in pairs.values()}
        assert marked == {*pairs.items(), *alone, *made_up}


@SLOW
@given(SUMMARIES, SUMMARIES)
def test_the_slots_of_gold_are_as_many_whatever_is_given(one: EventSummary, other: EventSummary) -> None:
    key = key_of(gold_of(one, ARTICLE))
    for part in PARTS:
        assert compare(key, other).counts(part).possible == compare(key, None).counts(part).possible


@SLOW
@given(SUMMARIES, SUMMARIES)
def test_what_is_missing_has_no_value_and_what_is_made_up_has_no_label(one: EventSummary, other: EventSummary) -> None:
    for mark in compare(key_of(gold_of(one, ARTICLE)), other).marks:
        assert (mark.outcome == "missing") == (mark.given is None)
        assert (mark.outcome == "spurious") == (mark.wanted is None)


@SLOW
@given(SUMMARIES)
def test_without_a_summary_everything_is_missing(summary: EventSummary) -> None:
    comparison = compare(key_of(gold_of(summary, ARTICLE)), None)
    assert {mark.outcome for mark in comparison.marks} == {"missing"}
    assert (comparison.events, comparison.statements) == ({}, {})


@SLOW
@given(raw_summaries())
def test_fields_of_a_part_add_up_to_the_part(labels: Labels) -> None:
    comparison = against(labels)
    for part in PARTS:
        fields = {mark.field for mark in comparison.marks if mark.part == part}
        by_field = [Counts(), *(comparison.counts(part, field) for field in fields)]
        assert comparison.counts(part) == pytest.approx(tuple(map(sum, zip(*by_field, strict=True))))


CASES = [case for case in load_cases(SUITES["seeds"]) if case.gold]


def golds(case: Case) -> Gold:
    assert case.gold is not None
    return case.gold


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id[:3])
def test_labelled_articles_are_right_by_their_own_labels(case: Case) -> None:
    assert f1s(compare(case.key, golds(case).summary)) == [1, 1, 1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id[:3])
def test_every_accepted_reading_of_a_labelled_article_is_right(case: Case) -> None:
    gold = golds(case)
    for part in ("events", "statements"):
        for at, label in enumerate(getattr(gold, part)):
            for reading in label.readings:
                facts = [*getattr(gold.summary, part)]
                facts[at] = reading.fact
                read = gold.summary.model_copy(update={part: tuple(facts)})
                assert f1s(compare(case.key, read)) == [1, 1, 1], (part, at, reading.fields)
