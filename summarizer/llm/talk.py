"""The state of one summary: what was asked, heard and spent, and what to do next after each reply and each failure."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

import openai
from instructor.core.exceptions import InstructorError
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from summarizer.article import Article
from summarizer.drafts import accept, explain, salvage
from summarizer.errors import ErrorKind, ModelError, NoEventsError, SummarizerError, Usage
from summarizer.llm.dialect import Dialect
from summarizer.llm.faults import Stop, fault, fault_of, said_by
from summarizer.llm.reply import Tokens, choice_of
from summarizer.prices import Price
from summarizer.prompt import Prompt
from summarizer.schema import EventSummary
from summarizer.tape import LABEL, Label, TapeError, digest

# An endpoint that fails when it is asked to mend a draft does not take the draft away.
_RESCUED: frozenset[ErrorKind] = frozenset(
    {"rate_limit", "quota", "timeout", "network", "server", "truncated", "invalid_output"}
)


@dataclass
class Talk:
    """What is asked and in which dialect, and what came of it so far.

    `fixed` keeps the way of asking; `deadline` is a time of `time.monotonic`. It belongs to one call, unshared.
    """

    article: Article
    model: str
    prompt: Prompt
    client: Any
    tries: int
    deadline: float
    dialect: Dialect
    parameters: Mapping[str, Any]
    fixed: bool
    over: bool = False
    error: SummarizerError | None = None
    tried: set[Dialect] = field(default_factory=set)
    roomier: bool = False
    requests: int = 0
    replies: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    uncounted: bool = False
    request: str = ""
    drafts: list[Any] = field(default_factory=list)
    summary: EventSummary | None = None

    @property
    def left(self) -> float:
        """Seconds until the deadline."""
        return self.deadline - time.monotonic()

    def body(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The body of the next request, for what Instructor asks."""
        return self.dialect.body(asked, self.parameters)

    def hear(self, completion: Any, body: Mapping[str, Any]) -> bool:
        """Count a reply and judge whether it is one. False: it was cut, ask again with more room. Raises Stop."""
        choice = choice_of(completion)
        took = Tokens.of(completion)
        self._count(took)
        self.request = self.request or digest(body)
        if choice.finish_reason == "length":
            self._make_room(took)
            return False
        if choice.finish_reason == "content_filter" or choice.message.refusal:
            raise Stop(fault("refusal", "the model declined to answer"))
        self.replies += 1
        return True

    def _count(self, took: Tokens) -> None:
        self.uncounted |= not took.told
        self.prompt_tokens += took.prompt
        self.completion_tokens += took.completion
        self.cached_tokens += took.cached

    def _make_room(self, took: Tokens) -> None:
        limit = self.parameters.get("max_tokens") or took.completion
        if self.roomier or not limit or not self.dialect.room:
            raise Stop(fault("truncated", "the reply was cut off" + (f" at {limit} tokens" if limit else "")))
        self.parameters = {**self.parameters, "max_tokens": 2 * limit}
        self.roomier = True

    def cope(self, error: Exception) -> None:
        """After a failed request: return if it is to be sent again in another dialect. Raises Stop otherwise."""
        before = self.dialect
        self.tried.add(before)
        untried = (dialect for dialect in self._alternatives(error) if dialect not in self.tried)
        if (dialect := next(untried, None)) is None:
            raise Stop(fault_of(error))
        self.requests -= isinstance(error, TapeError)  # it went nowhere: a replay counts what was recorded
        self.dialect = dialect
        if dialect.way != before.way:
            raise Stop  # the messages differ too: Instructor has to begin anew

    def _alternatives(self, error: Exception) -> Iterator[Dialect]:
        if isinstance(error, TapeError) and error.nearest is not None and not self.replies:
            spoken = self.dialect.of(error.nearest)
            yield replace(spoken, way=self.dialect.way) if self.fixed else spoken
        if isinstance(error, openai.APIStatusError) and error.status_code in (400, 404, 422):
            if self.roomier and "tokens" in said_by(error):
                raise Stop(fault("truncated", "the reply was cut off, and the endpoint allows no longer one"))
            yield from self.dialect.simpler((error.param or "").lower(), said_by(error), fixed=self.fixed)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Around one run of Instructor: it ends the talk, unless it is only to begin anew in another dialect."""
        try:
            yield
        except InstructorError as stop:
            self._stopped(stop)
        else:
            self.over = True

    def _stopped(self, stop: InstructorError) -> None:
        self.error = stop.error if isinstance(stop, Stop) else self._no_answer()
        self.over = self.error is not None
        if isinstance(self.error, ModelError) and self.error.kind in _RESCUED and self._rescue():
            self.error = None

    def _no_answer(self) -> ModelError:
        return fault("invalid_output", f"none of the model's {self.replies} answers stands up against the article")

    def _rescue(self) -> bool:
        """Whether a summary can be made of a draft after all, the last first."""
        for draft in reversed(self.drafts):
            with suppress(NoEventsError):
                self.summary = salvage(draft, self.article)
                return True
        return False

    def take(self, draft: Any) -> None:
        """Judge a draft; keep what stands. Raises PydanticCustomError, which Instructor hands back to the model."""
        self.drafts.append(draft)
        try:
            last = self.replies >= self.tries
            self.summary = salvage(draft, self.article) if last else accept(draft, self.article)
        except ValidationError as refused:
            raise PydanticCustomError("draft", "{why}", {"why": explain(refused)}) from None
        except NoEventsError:
            raise PydanticCustomError("draft", "nothing of it stands in the article") from None

    def usage(self, price: Price | None) -> Usage:
        """What all attempts took; the cost is None if no price or not every token count is known."""
        usage = Usage(self.requests, self.prompt_tokens, self.completion_tokens, self.cached_tokens)
        return usage if price is None or self.uncounted else replace(usage, cost=price.cost(usage))


TALK: ContextVar[Talk] = ContextVar("talk")
"""The talk under way, for whatever Instructor and the transports call back: neither hands on anything of ours."""


@contextmanager
def talking(talk: Talk, label: Label) -> Iterator[None]:
    """Set the talk and the label of its recordings, and take both back."""
    talks, labels = TALK.set(talk), LABEL.set(label)
    try:
        yield
    finally:
        TALK.reset(talks)
        LABEL.reset(labels)
