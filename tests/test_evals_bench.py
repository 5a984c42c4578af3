from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator

import pytest

from evals.bench import Bench, bench
from evals.corpus import Case
from summarizer import Article, EventSummary, UsageError
from tests.scoring_example import ARTICLE, EVENTS, finished, gold, raw


class Repeating:
    """An engine that gives the same summary of whatever it is asked."""

    name = "repeating"

    def summarize_each(self, articles: Iterable[Article]) -> Iterator[EventSummary]:
        return (finished(raw()) for _ in articles)


def measured(cases: list[Case]) -> Bench:
    return bench(cases, Repeating(), pairs=3)  # type: ignore[arg-type]


def test_scorer_engine_and_exam_are_measured_with_what_they_stand_beside() -> None:
    found = measured([Case("a", ARTICLE, gold())])
    comparing, scoring, summarizing = found.rates
    assert all(rate.per_second > 0 for rate in found.rates)
    assert comparing.ratio is None
    assert scoring.ratio == pytest.approx(scoring.per_second / comparing.per_second)
    assert summarizing.ratio == pytest.approx(summarizing.per_second / scoring.per_second)
    assert "repeating" in summarizing.name
    assert found.exam_seconds > 0
    assert (found.articles, found.python) == (1, platform.python_version())
    assert found.cores >= 1


def test_without_five_labelled_events_there_is_nothing_to_measure() -> None:
    with pytest.raises(UsageError, match="no article has 5 labelled events"):
        measured([Case("a", ARTICLE, gold(raw(EVENTS[:2])))])
