"""The five seed articles through the embedded engine: sound, exact, nothing from a page's furniture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer import Article, EventSummary, open_engine, read_article
from summarizer.engine import Engine
from summarizer.prose import ungrounded
from summarizer.schema import Excerpt
from summarizer.spans import any_overlaps

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    opened = open_engine("offline")
    yield opened
    opened.close()


@pytest.fixture(params=SEEDS, ids=lambda path: path.stem[:3])
def case(request: pytest.FixtureRequest, engine: Engine) -> tuple[Article, EventSummary]:
    article = read_article(request.param)
    return article, engine.summarize(article)


def excerpts(summary: EventSummary) -> Iterator[Excerpt]:
    for event in summary.events:
        yield from (excerpt for _, excerpt in event.excerpts())
    for entity in summary.entities:
        yield from (*entity.aliases, *([entity.office] if entity.office else []))
    yield from summary.statements


def test_the_summary_validates_against_its_article_again(case: tuple[Article, EventSummary]) -> None:
    article, summary = case
    assert EventSummary.grounded(json.loads(summary.model_dump_json()), article) == summary


def test_every_excerpt_is_exact_and_none_is_furniture(case: tuple[Article, EventSummary]) -> None:
    article, summary = case
    found = list(excerpts(summary))
    assert len(found) >= 10
    for excerpt in found:
        assert article.text[excerpt.start : excerpt.end] == excerpt.text
        assert not any_overlaps(article.litter, excerpt.span)


def test_prose_has_no_number_and_no_name_of_its_own(case: tuple[Article, EventSummary]) -> None:
    article, summary = case
    for text in (summary.headline, summary.summary, *(event.description for event in summary.events)):
        assert ungrounded(text, article) == ()


def test_a_main_event_is_found_with_who_did_it(case: tuple[Article, EventSummary]) -> None:
    _, summary = case
    assert summary.main.actor
    assert summary.main.event_type != "OTHER"
