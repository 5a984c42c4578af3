"""Many articles: one outcome each, in order, and one that fails stops none of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from summarizer.article import Article
from summarizer.engine import Engine, as_article, open_engine
from summarizer.errors import InputError, SummarizerError
from summarizer.reading import read_articles
from summarizer.schema import EventSummary

_CHUNK = 64


@dataclass(frozen=True)
class Outcome:
    """What became of one article: its summary, or the error that stands in its place."""

    source: str
    article: Article | None = None
    summary: EventSummary | None = None
    error: SummarizerError | None = None

    def get(self) -> EventSummary:
        """The summary; raises the error if there is none."""
        if self.error is not None:
            raise self.error
        assert self.summary is not None  # an outcome has one or the other
        return self.summary


def summarize_many(
    sources: Iterable[str | Path | Article],
    *,
    published: date | None = None,
    engine: str | Engine | None = None,
    model: str | None = None,
    **options: Any,
) -> Iterator[Outcome]:
    """Summarize texts, Paths (files, folders, JSON Lines) and Articles: one Outcome an article, in order.

    Sources are read as they are needed, so a generator of any length runs in flat memory. Raises UsageError if the
    engine cannot be opened; everything after that is an outcome.
    """
    opened = open_engine(engine, model=model, **options) if engine is None or isinstance(engine, str) else engine
    try:
        yield from _outcomes(_read(sources, published), opened)
    finally:
        if opened is not engine:
            opened.close()


def _read(sources: Iterable[str | Path | Article], published: date | None) -> Iterator[Article | InputError]:
    """Every article of every source; what cannot be read comes as its error."""
    for source in sources:
        try:
            if isinstance(source, Path):
                yield from read_articles(source, published=published)
            else:
                yield as_article(source, published=published)
        except InputError as error:
            yield error


def _outcomes(articles: Iterator[Article | InputError], engine: Engine) -> Iterator[Outcome]:
    while chunk := list(islice(articles, _CHUNK)):
        results = engine.summarize_each(item for item in chunk if isinstance(item, Article))
        for item in chunk:
            if isinstance(item, InputError):
                yield Outcome(item.source or "", error=item)
                continue
            result = next(results)
            source = item.source or item.id or "text"
            if isinstance(result, SummarizerError):
                yield Outcome(source, item, error=result)
            else:
                yield Outcome(source, item, result)
