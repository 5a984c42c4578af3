"""Structured, source-grounded event summaries of news articles.

    from summarizer import summarize
    summary = summarize("Kenya's parliament passed the budget on Tuesday.", engine="offline")
    summary.main.description, summary.main.evidence[0].text

Every name below is loaded when it is first used, so that `import summarizer` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.batch import Outcome, summarize_many
    from summarizer.engine import Engine, asummarize, open_engine, summarize
    from summarizer.errors import (
        InputError,
        ModelError,
        NoEventsError,
        RecordingError,
        SummarizerError,
        Usage,
        UsageError,
    )
    from summarizer.reading import read_article, read_articles
    from summarizer.schema import EventSummary
    from summarizer.spans import Span

__version__ = "0.1.0"

_HOMES = {
    "Article": "article",
    "Engine": "engine",
    "EventSummary": "schema",
    "InputError": "errors",
    "ModelError": "errors",
    "NoEventsError": "errors",
    "Outcome": "batch",
    "RecordingError": "errors",
    "Span": "spans",
    "SummarizerError": "errors",
    "Usage": "errors",
    "UsageError": "errors",
    "asummarize": "engine",
    "open_engine": "engine",
    "read_article": "reading",
    "read_articles": "reading",
    "summarize": "engine",
    "summarize_many": "batch",
}
__all__ = [
    "Article",
    "Engine",
    "EventSummary",
    "InputError",
    "ModelError",
    "NoEventsError",
    "Outcome",
    "RecordingError",
    "Span",
    "SummarizerError",
    "Usage",
    "UsageError",
    "__version__",
    "asummarize",
    "open_engine",
    "read_article",
    "read_articles",
    "summarize",
    "summarize_many",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
    return getattr(import_module(f"summarizer.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
