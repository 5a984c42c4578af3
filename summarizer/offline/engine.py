"""The embedded engine: an article in, its structured summary out, with no key, no network and no download.

An article that reports no event (a recipe, a poem) still yields one main event, of type OTHER, that says what the text
is about: its first sentence, which is its evidence too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer import __version__
from summarizer.article import Article
from summarizer.errors import NoEventsError, SummarizerError
from summarizer.offline.drafting import draft
from summarizer.offline.parsed import Parsed
from summarizer.schema import EventSummary

if TYPE_CHECKING:
    from spacy.language import Language


class OfflineEngine:
    """The embedded engine. `pipeline` is a spaCy pipeline of the user's own; the shipped one without.

    The weights are read when the first article comes, once; an engine is reusable and safe to share by threads.
    """

    def __init__(self, pipeline: str | Path | None = None) -> None:
        self._source = pipeline

    @property
    def name(self) -> str:
        """`offline/` and this package's version, since the weights are its own; a user's own pipeline is named too."""
        if self._source is None:
            return f"offline/{__version__}"
        meta = self._nlp.meta
        return f"offline/{__version__}+{meta.get('name', 'pipeline')}-{meta.get('version', '0')}"

    @cached_property
    def _nlp(self) -> Language:
        from summarizer.offline.pipeline import load_pipeline

        return load_pipeline(self._source)

    def summarize(self, article: Article) -> EventSummary:
        """The article's summary, validated against it. Raises NoEventsError only for a text without a sentence."""
        from summarizer.offline.parsing import parse

        return self._summary(parse(article, self._nlp))

    async def asummarize(self, article: Article) -> EventSummary:
        """The same in a thread of its own."""
        import asyncio  # here: synchronous callers need not wait for it to load

        return await asyncio.to_thread(self.summarize, article)

    def summarize_each(self, articles: Iterable[Article]) -> Iterator[EventSummary | SummarizerError]:
        """One result an article, in order; an article that fails yields its error and stops nothing."""
        from summarizer.offline.parsing import parse_many

        for parsed in parse_many(articles, self._nlp):
            try:
                yield self._summary(parsed)
            except SummarizerError as error:
                yield error

    def close(self) -> None:
        """Nothing to give back."""

    def _summary(self, parsed: Parsed) -> EventSummary:
        from summarizer.drafts import salvage

        raw = draft(parsed)
        if not raw["events"]:
            raise NoEventsError(
                "the text holds no sentence to summarize", "give a text with a sentence that is no page furniture"
            )
        summary = salvage(raw, parsed.article, dates_resolved=True)
        return summary.model_copy(update={"engine": self.name})
