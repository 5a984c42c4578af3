"""The engine: one object that summarizes articles by a model, blocking, awaited, or many at once."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Self

from summarizer.article import Article
from summarizer.errors import ModelError, SummarizerError
from summarizer.llm.asking import aask, ask
from summarizer.llm.connections import Connections
from summarizer.llm.dialect import Dialect, sent_schema
from summarizer.llm.faults import fault
from summarizer.llm.options import NO_KEY, Mode, ModelOptions, check_address, check_key, is_openai
from summarizer.llm.talk import Talk
from summarizer.llm.workers import in_order
from summarizer.prices import own_prices, price_of
from summarizer.prompt import Prompt, load_prompt
from summarizer.schema import EventSummary
from summarizer.tape import Label, Tape, digest


class ModelEngine:
    """Summaries by a model. Reusable, safe to share by threads and event loops; it pickles, without its connections.

    Connections of `summarize` are kept until `close`; those of `asummarize` while any call of the same event loop is
    under way, or inside `async with`. What an endpoint turned out not to take is remembered.
    """

    def __init__(self, model: str, options: ModelOptions | None = None) -> None:
        self.model = model
        self.options = options = options or ModelOptions()
        self.prompt = options.prompt if isinstance(options.prompt, Prompt) else load_prompt(options.prompt)
        self.tape = Tape(Path(options.tape)) if isinstance(options.tape, str | Path) else options.tape
        url = check_address(options)
        elsewhere = not is_openai(url)
        replays = self.tape is not None and self.tape.mode == "replay"
        key = NO_KEY if replays else check_key(options, elsewhere=elsewhere)
        self._connections = Connections(url, key=key, retries=options.retries, tape=self.tape)
        self._price = price_of(model, own_prices(options.prices), listed=not elsewhere)
        mode: Mode = options.mode or self.prompt.defaults.get("mode", "auto")
        self._fixed = mode != "auto"
        self._dialect = Dialect(
            way="json_schema" if mode == "auto" else mode,
            room="max_tokens" if elsewhere else "max_completion_tokens",
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return ModelEngine, (self.model, self.options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        self._connections.borrow()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connections.give_back()
        self.close()

    @property
    def name(self) -> str:
        """What stands in a summary's `engine`.

        >>> ModelEngine("tiny", ModelOptions(base_url="http://localhost:8080/v1")).name
        'model:tiny'
        """
        return f"model:{self.model}"

    def summarize(self, article: Article) -> EventSummary:
        """The article's summary, validated against it; what did not stand after the last try is in `rejected`.

        Raises ModelError, or RecordingError if a tape that replays has no reply.
        """
        talk = self._talk(article, self._connections.opened())
        ask(talk, self._label(article))
        return self._concluded(talk)

    async def asummarize(self, article: Article) -> EventSummary:
        """The same, without blocking the event loop."""
        async with self._connections.lent() as client:
            talk = self._talk(article, client)
            await aask(talk, self._label(article))
        return self._concluded(talk)

    def summarize_each(self, articles: Iterable[Article]) -> Iterator[EventSummary | SummarizerError]:
        """One result an article, in order, several under way at once; an article that fails yields its error.

        Whoever stops listening (Ctrl-C) need not wait for what is under way: the threads do not outlive the program.
        """
        return in_order(self.summarize, articles, concurrency=self.options.concurrency)

    def close(self) -> None:
        """Give back the connections of `summarize`; those of `asummarize` are given back by themselves."""
        self._connections.close()

    @cached_property
    def _parameters(self) -> dict[str, Any]:
        """The sampling parameters that are meant: the caller's, else the prompt's."""
        given = {name: getattr(self.options, name) for name in ("temperature", "max_tokens", "seed")}
        meant = {name: self.prompt.defaults.get(name) if value is None else value for name, value in given.items()}
        if meant["temperature"] is not None:
            meant["temperature"] = float(meant["temperature"])
        return meant

    def _label(self, article: Article) -> Label:
        return Label(
            template=self.prompt.fingerprint,
            article=article.sha256,
            about=digest([article.title, article.published and article.published.isoformat()]),
            schema=_schema_digest(),
            parameters=digest(self._parameters),
            sample=self.options.sample,
        )

    def _talk(self, article: Article, client: Any) -> Talk:
        return Talk(
            article=article,
            model=self.model,
            prompt=self.prompt,
            client=client,
            tries=self.options.tries,
            deadline=time.monotonic() + self.options.timeout,
            dialect=self._dialect,
            parameters=self._parameters,
            fixed=self._fixed,
        )

    def _concluded(self, talk: Talk) -> EventSummary:
        """The talk's summary, signed. Raises its error. What the talk learnt of the endpoint is kept."""
        if talk.replies:
            self._dialect = talk.dialect
        usage = talk.usage(self._price)
        if talk.summary is not None and talk.error is None:
            return talk.summary.model_copy(update={"engine": self.name, "request": talk.request, "usage": usage})
        error = talk.error or fault("server", "the endpoint sent nothing that can be read")
        if isinstance(error, ModelError):
            error.attempts, error.usage = talk.requests, usage
        raise error


@cache
def _schema_digest() -> str:
    return digest(sent_schema())
