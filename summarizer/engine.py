"""Engines and how one is chosen: the embedded one, or a model behind any OpenAI-compatible endpoint."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from summarizer.article import Article
from summarizer.errors import SummarizerError, UsageError
from summarizer.schema import EventSummary

OFFLINE = "offline"
DEFAULT_MODEL = "gpt-4.1-mini"


@runtime_checkable
class Engine(Protocol):
    """Anything that turns an article into its structured summary. Engines are reusable and safe to share by threads."""

    @property
    def name(self) -> str:
        """What made a summary, as it stands in the summary's `engine` field."""

    def summarize(self, article: Article) -> EventSummary:
        """The article's summary, validated against it. Raises SummarizerError and nothing else that a user causes."""

    async def asummarize(self, article: Article) -> EventSummary:
        """The same, without blocking the event loop."""

    def summarize_each(self, articles: Iterable[Article]) -> Iterator[EventSummary | SummarizerError]:
        """One result an article, in order; an article that fails yields its error and stops nothing."""

    def close(self) -> None:
        """Give back connections; the engine may not be used afterwards."""


def choose(engine: str | None = None, model: str | None = None) -> tuple[str, str | None]:
    """Which engine a call means: ("offline", None) or ("model", its name).

    What the caller says wins; else a model if SUMMARIZER_MODEL or OPENAI_API_KEY is set, else the embedded engine.
    Raises UsageError for an unknown engine or a contradiction.
    """
    if engine not in (None, OFFLINE, "model"):
        raise UsageError(f"unknown engine {engine!r}", "engines: offline, model (or name a model with --model)")
    if engine == OFFLINE and model:
        raise UsageError("--engine offline uses no model", "leave out either --engine offline or --model")
    if engine == OFFLINE:
        return OFFLINE, None
    named = model or os.environ.get("SUMMARIZER_MODEL")
    if named or engine == "model" or os.environ.get("OPENAI_API_KEY"):
        return "model", named or DEFAULT_MODEL
    return OFFLINE, None


def open_engine(engine: str | None = None, *, model: str | None = None, **options: Any) -> Engine:
    """Open the engine that `choose` names; `options` are those of the model path (see `summarizer.llm.ModelOptions`).

    Raises UsageError for an unknown engine, or for a model's options given to the embedded engine.
    """
    kind, named = choose(engine, model)
    options = {name: value for name, value in options.items() if value is not None}
    if kind == OFFLINE:
        from summarizer.offline.engine import OfflineEngine

        pipeline = options.pop("pipeline", None)
        if options:
            given = ", ".join(f"--{name.replace('_', '-')}" for name in options)
            raise UsageError(f"{given}: only a model takes this", "name a model with --model, or leave it out")
        return OfflineEngine(pipeline)
    if "pipeline" in options:
        raise UsageError("--pipeline is for the embedded engine", "leave it out, or use --engine offline")
    from summarizer.llm import ModelEngine, ModelOptions

    return ModelEngine(named or DEFAULT_MODEL, ModelOptions(**options))


def as_article(source: str | Path | Article, *, title: str | None = None, published: date | None = None) -> Article:
    """A source as an Article: an Article as it is, a Path read, a str taken as the text itself.

    A str is never opened as a file, because an article's text must not decide what is read. Raises UsageError where a
    short str names an existing file, since the caller most likely meant its content; InputError if it can't be read.
    """
    if isinstance(source, Article):
        return source
    if isinstance(source, Path):
        from summarizer.reading import read_article

        return read_article(source, published=published)
    if len(source) < 256 and "\n" not in source and Path(source).suffix and Path(source).is_file():
        raise UsageError(f"{source!r} is a file's name, not a text", "pass pathlib.Path(...) to have the file read")
    return Article.from_text(source, title=title, published=published)


def summarize(
    source: str | Path | Article,
    *,
    published: date | None = None,
    engine: str | Engine | None = None,
    model: str | None = None,
    **options: Any,
) -> EventSummary:
    """Summarize one article: a text, a Path or an Article.

    `engine` is "offline", "model" or an opened engine; `model` names a model; `options` go to `open_engine`. Works
    inside a running event loop. Raises SummarizerError (see `summarizer.errors`).
    """
    article = as_article(source, published=published)
    if engine is not None and not isinstance(engine, str):
        return engine.summarize(article)
    opened = open_engine(engine, model=model, **options)
    try:
        return opened.summarize(article)
    finally:
        opened.close()


async def asummarize(
    source: str | Path | Article,
    *,
    published: date | None = None,
    engine: str | Engine | None = None,
    model: str | None = None,
    **options: Any,
) -> EventSummary:
    """`summarize` for async code."""
    article = as_article(source, published=published)
    if engine is not None and not isinstance(engine, str):
        return await engine.asummarize(article)
    opened = open_engine(engine, model=model, **options)
    try:
        return await opened.asummarize(article)
    finally:
        opened.close()
