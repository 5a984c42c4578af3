"""`pytest evals` sits the exam: gold is sound, the scorer can be trusted, the embedded engine holds its baseline."""

from __future__ import annotations

import json
from functools import cache

import pytest

from evals.baseline import baseline_path, load_baseline, rescored
from evals.corpus import SUITES, Suite, annotators_of, load_cases, suite_of
from evals.exam import sit
from evals.gold import gold_schema
from evals.report import Report
from evals.selfcheck import selfcheck
from summarizer import open_engine

FALL = 0.005  # an engine without chance in it may not fall at all; this much is left for another platform's arithmetic
ENGINE = "offline"
LABELLINGS = [
    (suite, annotator, stem)
    for suite in SUITES.values()
    for annotator in (None, *annotators_of(suite))
    for stem in suite.stems()
]


@cache
def sat(suite: str) -> Report:
    return sit(suite, load_cases(suite_of(suite)), open_engine(ENGINE))


@cache
def blessed(suite: str) -> Report:
    """The blessed answers by today's gold and scorer."""
    return rescored(load_baseline(baseline_path(sat(suite))), load_cases(suite_of(suite)))


@pytest.mark.parametrize(("suite", "annotator", "stem"), LABELLINGS)
def test_gold_is_sound(suite: Suite, annotator: str | None, stem: str) -> None:
    case = load_cases(suite, only=[stem], annotator=annotator)[0]
    assert case.gold is not None
    assert case.gold.events


@pytest.mark.parametrize("suite", SUITES.values(), ids=list(SUITES))
def test_every_article_was_labelled_twice(suite: Suite) -> None:
    assert len(annotators_of(suite)) >= 2


def test_the_schema_that_editors_use_is_the_one_that_the_code_reads() -> None:
    written = (SUITES["seeds"].gold / "schema.json").read_text(encoding="utf-8")
    assert json.loads(written) == gold_schema()


@pytest.mark.parametrize("suite", SUITES)
def test_the_scorer_can_be_trusted_on_this_gold(suite: str) -> None:
    assert selfcheck(load_cases(suite_of(suite))).problems == ()


@pytest.mark.parametrize("suite", SUITES)
def test_every_article_gets_a_summary_whose_words_stand_in_it(suite: str) -> None:
    report = sat(suite)
    assert not report.failed
    assert report.figure("grounding").value == 1.0
    assert report.figure("faithfulness").value == 1.0


@pytest.mark.parametrize("figure", ["event_f1", "main_f1", "main_right", "statement_f1", "entity_f1"])
@pytest.mark.parametrize("suite", SUITES)
def test_quality_is_not_below_the_blessed_baseline(suite: str, figure: str) -> None:
    assert sat(suite).figure(figure).value >= blessed(suite).figure(figure).value - FALL


@pytest.mark.parametrize("suite", SUITES)
def test_no_contract_is_broken_that_the_baseline_keeps(suite: str) -> None:
    before = {case.id: set(case.broken) for case in blessed(suite).cases}
    newly = {case.id: set(case.broken) - before[case.id] for case in sat(suite).cases}
    assert not any(newly.values()), newly
