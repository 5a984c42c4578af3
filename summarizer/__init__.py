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
    from summarizer.dates import extent
    from summarizer.drafts import explain, model_schema
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
    from summarizer.folding import fold
    from summarizer.grounding import Refusal, locate
    from summarizer.prices import own_prices, price_of
    from summarizer.prompt import load_prompt
    from summarizer.prose import ungrounded
    from summarizer.reading import read_article, read_articles
    from summarizer.schema import Entity, Event, EventSummary, Excerpt, Link, Location, Quantity, Statement, When
    from summarizer.spans import Span
    from summarizer.tape import Tape

__version__ = "0.1.0"

_HOMES = {
    "Article": "article",
    "Engine": "engine",
    "Entity": "schema",
    "Event": "schema",
    "EventSummary": "schema",
    "Excerpt": "schema",
    "InputError": "errors",
    "Link": "schema",
    "Location": "schema",
    "ModelError": "errors",
    "NoEventsError": "errors",
    "Outcome": "batch",
    "Quantity": "schema",
    "RecordingError": "errors",
    "Refusal": "grounding",
    "Span": "spans",
    "Statement": "schema",
    "SummarizerError": "errors",
    "Tape": "tape",
    "Usage": "errors",
    "UsageError": "errors",
    "When": "schema",
    "asummarize": "engine",
    "explain": "drafts",
    "extent": "dates",
    "fold": "folding",
    "load_prompt": "prompt",
    "locate": "grounding",
    "model_schema": "drafts",
    "open_engine": "engine",
    "own_prices": "prices",
    "price_of": "prices",
    "read_article": "reading",
    "read_articles": "reading",
    "summarize": "engine",
    "summarize_many": "batch",
    "ungrounded": "prose",
}
__all__ = [
    "Article",
    "Engine",
    "Entity",
    "Event",
    "EventSummary",
    "Excerpt",
    "InputError",
    "Link",
    "Location",
    "ModelError",
    "NoEventsError",
    "Outcome",
    "Quantity",
    "RecordingError",
    "Refusal",
    "Span",
    "Statement",
    "SummarizerError",
    "Tape",
    "Usage",
    "UsageError",
    "When",
    "__version__",
    "asummarize",
    "explain",
    "extent",
    "fold",
    "load_prompt",
    "locate",
    "model_schema",
    "open_engine",
    "own_prices",
    "price_of",
    "read_article",
    "read_articles",
    "summarize",
    "summarize_many",
    "ungrounded",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
    return getattr(import_module(f"summarizer.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
