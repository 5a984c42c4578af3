"""A model behind any OpenAI-compatible endpoint, held by Instructor: validated, asked again, counted.

    with ModelEngine("gpt-4.1-mini") as engine:
        summary = engine.summarize(article)

One summary runs like this. Instructor makes the request, reads the answer into `_Answer` and asks again where that
refuses it; `_Answer` hands every draft to `drafts.accept`, so that each refusal names all violations at once, and the
last draft to `drafts.salvage`. Between Instructor and the openai client stands `_say`: it sees every reply and every
failure first, counts tokens, gives a cut reply one more try with more room, changes to another way of asking where an
endpoint refuses one, and turns what is left into our errors. Below the client lie the transports: `_Patience` (time,
and what is not worth a retry) over the network, and over both the tape.

Failures and what becomes of them are listed in `tests/test_llm.py`. No message holds a key, a piece of the article or
of a reply: of what an endpoint says only its status and its error code are repeated.
"""

from __future__ import annotations

import asyncio
import logging
import math
import os
import re
import ssl
import threading
import time
import urllib.request
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from functools import cache, cached_property
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Literal, Self, get_args

import httpx2
import instructor
import openai
from instructor.core.exceptions import IncompleteOutputException, InstructorError
from openai.types.chat import ChatCompletion
from pydantic import ConfigDict, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from summarizer.article import Article
from summarizer.drafts import accept, explain, model_schema, salvage
from summarizer.errors import (
    ErrorKind,
    ModelError,
    NoEventsError,
    RecordingError,
    SummarizerError,
    Usage,
    UsageError,
)
from summarizer.prices import Price, own_prices, price_of
from summarizer.prompt import DEFAULT_PROMPT, Prompt, load_prompt
from summarizer.schema import EventSummary
from summarizer.tape import LABEL, Label, Recording, Tape, TapeError, digest

Mode = Literal["auto", "json_schema", "tools", "json"]
Way = Literal["json_schema", "tools", "json"]
Room = Literal["max_tokens", "max_completion_tokens", ""]

_WAYS: tuple[Way, ...] = get_args(Way)  # the order in which they are tried
_INSTRUCTOR: Mapping[Way, instructor.Mode] = {
    "json_schema": instructor.Mode.JSON_SCHEMA,
    "tools": instructor.Mode.TOOLS,
    "json": instructor.Mode.MD_JSON,
}
# What a refusal says that is about the way of asking.
_ABOUT: Mapping[Way, str] = {
    "json_schema": r"response.?format|json_schema|structured|schema|grammar|requested parameters",
    "tools": r"tool|function|schema|requested parameters",
    "json": r"(?!)",
}
_OTHER_ROOM: Mapping[Room, Room] = {
    "max_tokens": "max_completion_tokens",
    "max_completion_tokens": "max_tokens",
    "": "",
}
_NAME = "EventSummary"
_NO_KEY = "none"
_OPENAI = "https://api.openai.com/v1"
_CONNECT_TIMEOUT = 10.0

# Instructor logs what it gives up on as errors; with no handler at all Python would print that on stderr.
logging.getLogger("instructor").addHandler(logging.NullHandler())


# --- options ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ModelOptions:
    """How to reach a model and how to ask it. What is None comes from the environment, the prompt, or the endpoint.

    `tries`: answers asked for until one is valid. `timeout`: seconds for one summary, everything in it. `retries`: how
    often a request is sent again after 429, 5xx and broken connections. `mode`: how the schema is asked for; auto
    finds out. `tape`: a Tape, or the folder of a cache. `sample` tells repeated recordings of one request apart;
    `seed` is sent. `concurrency`: articles under way at once in `summarize_each`. `prices`: see `summarizer.prices`.

    Raises UsageError for a value out of range.
    """

    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    prompt: str | Path | Prompt = DEFAULT_PROMPT
    mode: Mode | None = None
    tries: int = 3
    retries: int = 2
    timeout: float = 300.0
    temperature: float | None = None
    max_tokens: int | None = None
    sample: int = 0
    seed: int | None = None
    tape: Tape | str | Path | None = None
    concurrency: int = 8
    prices: Mapping[str, Any] | str | Path | None = None

    def __post_init__(self) -> None:
        for name, least in (("tries", 1), ("retries", 0), ("sample", 0), ("concurrency", 1)):
            if getattr(self, name) < least:
                raise UsageError(f"{name} is {getattr(self, name)}", f"it must be {least} or more")
        if not (math.isfinite(self.timeout) and self.timeout > 0):
            raise UsageError(f"the timeout is {self.timeout} seconds", "give a number of seconds above 0")
        if self.max_tokens is not None and self.max_tokens < 1:
            raise UsageError(f"max_tokens is {self.max_tokens}", "give a number above 0")
        if self.mode is not None and self.mode not in get_args(Mode):
            raise UsageError(f"unknown mode {self.mode!r}", f"modes: {', '.join(get_args(Mode))}")


def check_key(options: ModelOptions, *, elsewhere: bool) -> str:
    """The API key to use: the caller's, else OPENAI_API_KEY; endpoints other than OpenAI's may do without one.

    Raises ModelError of kind auth, before anything is sent, if there is none or it cannot be one.
    """
    key = (options.api_key or os.environ.get("OPENAI_API_KEY") or "").strip()
    hint = "set OPENAI_API_KEY, or name another endpoint with a base URL; --engine offline works without a key"
    if not key.isascii() or not key.isprintable() or " " in key:
        raise ModelError("the API key holds characters that no key has", hint, kind="auth")
    if not key and not elsewhere:
        raise ModelError("there is no API key", hint, kind="auth")
    return key or _NO_KEY


# --- ways of asking ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an endpoint takes: the way the schema is asked for, and the optional parameters."""

    way: Way = "json_schema"
    strict: bool = True
    room: Room = "max_tokens"
    temperature: bool = True
    seed: bool = True

    def simpler(self, param: str, said: str, *, fixed: bool) -> Iterator[Dialect]:
        """The dialects worth trying after a refusal that names `param` or says `said`, best first.

        `fixed` keeps the way as it is. Nothing is yielded where the refusal is about something else.
        """
        blamed = param or said
        if re.search(r"max_(completion_)?tokens", blamed):
            if not re.search(r"too large|at most|maximum|exceed", said):
                yield replace(self, room=_OTHER_ROOM[self.room])
            yield replace(self, room="")
        elif "in the completion" in said:
            yield replace(self, room="")
        if "temperature" in blamed:
            yield replace(self, temperature=False)
        if "seed" in blamed:
            yield replace(self, seed=False)
        if self.strict and re.search(r"invalid schema|\bstrict\b", said):
            yield replace(self, strict=False)
        if not fixed and re.search(_ABOUT[self.way], blamed):
            yield from (replace(self, way=way) for way in _WAYS[_WAYS.index(self.way) + 1 :])

    def of(self, recording: Recording) -> Dialect:
        """The dialect that was spoken for a recording."""
        room: Room = next((name for name in get_args(Room) if name in recording.parameters), "")
        way = next((way for way in _WAYS if way == recording.mode.split()[0]), self.way)
        sent = {name: name in recording.parameters for name in ("temperature", "seed")}
        return Dialect(way=way, strict=recording.mode.endswith("strict"), room=room, **sent)


# Keywords that endpoints which enforce a schema refuse (OpenAI: minLength; Azure: all of these). Validation knows them.
_UNENFORCED = frozenset({"minLength", "pattern", "format", "minItems", "minimum"})


@cache
def sent_schema() -> dict[str, Any]:
    """The schema of a draft as it is sent: without the keywords that strict endpoints refuse. Shared; do not change."""
    schema: dict[str, Any] = _enforceable(model_schema())
    return {"title": _NAME, **schema}  # Instructor looks for a title


def _enforceable(node: Any) -> Any:
    if isinstance(node, list):
        return [_enforceable(item) for item in node]
    if not isinstance(node, dict):
        return node
    named = {"properties", "$defs"}  # their keys are names, not keywords
    return {
        key: {name: _enforceable(part) for name, part in value.items()} if key in named else _enforceable(value)
        for key, value in node.items()
        if key not in _UNENFORCED
    }


@cache
def _asking(way: Way, strict: bool) -> dict[str, Any]:
    """The part of a request that asks for the schema. Instructor's own leaves out `strict`."""
    schema = sent_schema()
    firm = {"strict": True} if strict else {}
    if way == "json_schema":
        return {"response_format": {"type": "json_schema", "json_schema": {"name": _NAME, "schema": schema, **firm}}}
    if way == "tools":
        function = {"name": _NAME, "description": "Hand in the summary.", "parameters": schema, **firm}
        choice = {"type": "function", "function": {"name": _NAME}}
        return {"tools": [{"type": "function", "function": function}], "tool_choice": choice}
    return {}  # Instructor has put the schema into the messages


# --- one summary ------------------------------------------------------------------------------------------------------


class _Stop(IncompleteOutputException):
    """Out of Instructor at once: it lets this exception through unlogged, unwrapped and without asking again.

    With an error it is the end; without one the caller is to ask again in another way.
    """

    def __init__(self, error: SummarizerError | None = None) -> None:
        super().__init__(message="stopped")
        self.error = error


@dataclass
class _Talk:
    """The state of one summary: what was asked, heard and spent."""

    article: Article
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
        """The request's body: what Instructor asks (model and messages), in the words this endpoint takes."""
        speech = self.dialect
        body = {"model": asked["model"], "messages": asked["messages"], **_asking(speech.way, speech.strict)}
        for name, spoken in (("temperature", speech.temperature), ("seed", speech.seed)):
            if spoken and self.parameters.get(name) is not None:
                body[name] = self.parameters[name]
        if speech.room and self.parameters.get("max_tokens"):
            body[speech.room] = self.parameters["max_tokens"]
        return body

    def hear(self, completion: Any, body: Mapping[str, Any]) -> bool:
        """Count a reply and judge whether it is one. False: it was cut, ask again with more room. Raises _Stop."""
        choice = _choice_of(completion)
        self._count(completion)
        self.request = self.request or digest(body)
        if choice.finish_reason == "length":
            return self._more_room(completion)
        if choice.finish_reason == "content_filter" or choice.message.refusal:
            raise _Stop(_fault("refusal", "the model declined to answer"))
        self.replies += 1
        return True

    def _count(self, completion: ChatCompletion) -> None:
        usage = completion.usage
        counts = (getattr(usage, "prompt_tokens", None), getattr(usage, "completion_tokens", None))
        details = getattr(usage, "prompt_tokens_details", None)
        self.uncounted |= not all(isinstance(count, int) for count in counts)
        self.prompt_tokens += _whole(counts[0])
        self.completion_tokens += _whole(counts[1])
        self.cached_tokens += _whole(getattr(details, "cached_tokens", None))

    def _more_room(self, completion: ChatCompletion) -> Literal[False]:
        limit = self.parameters.get("max_tokens") or _whole(getattr(completion.usage, "completion_tokens", None))
        if self.roomier or not limit or not self.dialect.room:
            raise _Stop(_fault("truncated", "the reply was cut off" + (f" at {limit} tokens" if limit else "")))
        self.parameters = {**self.parameters, "max_tokens": 2 * limit}
        self.roomier = True
        return False

    def cope(self, error: Exception) -> None:
        """After a failed request: return if it is to be sent again in another dialect. Raises _Stop otherwise."""
        for dialect in self._alternatives(error):
            if dialect in self.tried or dialect == self.dialect:
                continue
            self.tried.add(self.dialect)
            other_way = dialect.way != self.dialect.way
            self.requests -= isinstance(error, TapeError)  # it went nowhere: a replay counts what was recorded
            self.dialect = dialect
            if other_way:
                raise _Stop  # the messages differ too: Instructor has to begin anew
            return
        raise _Stop(_fault_of(error))

    def stopped(self, stop: Exception) -> None:
        """Instructor gave up: for good, unless it is only to begin anew in another dialect."""
        self.error = stop.error if isinstance(stop, _Stop) else self._no_answer()
        self.over = self.error is not None
        if isinstance(self.error, ModelError) and self.error.kind in _RESCUED and self.rescue():
            self.error = None

    def _no_answer(self) -> ModelError:
        return _fault("invalid_output", f"none of the model's {self.replies} answers stands up against the article")

    def _alternatives(self, error: Exception) -> Iterator[Dialect]:
        if isinstance(error, TapeError) and error.nearest is not None and not self.replies:
            spoken = self.dialect.of(error.nearest)
            yield replace(spoken, way=self.dialect.way) if self.fixed else spoken
        if isinstance(error, openai.APIStatusError) and error.status_code in (400, 404, 422):
            if self.roomier and "tokens" in _said(error):
                raise _Stop(_fault("truncated", "the reply was cut off, and the endpoint allows no longer one"))
            yield from self.dialect.simpler((error.param or "").lower(), _said(error), fixed=self.fixed)

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

    def rescue(self) -> bool:
        """Whether a summary can be made of a draft after all, the last first."""
        for draft in reversed(self.drafts):
            with suppress(NoEventsError):
                self.summary = salvage(draft, self.article)
                return True
        return False

    def usage(self, price: Price | None) -> Usage:
        """What all attempts took; the cost is None if no price or not every token count is known."""
        usage = Usage(self.requests, self.prompt_tokens, self.completion_tokens, self.cached_tokens)
        return usage if price is None or self.uncounted else replace(usage, cost=price.cost(usage))


_TALK: ContextVar[_Talk] = ContextVar("talk")

# An endpoint that fails when it is asked to mend a draft does not take the draft away.
_RESCUED: frozenset[ErrorKind] = frozenset(
    {"rate_limit", "quota", "timeout", "network", "server", "truncated", "invalid_output"}
)


@contextmanager
def _talking(talk: _Talk, label: Label) -> Iterator[None]:
    """The talk and its label, for whatever Instructor and the transports call back in the meantime."""
    talks, labels = _TALK.set(talk), LABEL.set(label)
    try:
        yield
    finally:
        _TALK.reset(talks)
        LABEL.reset(labels)


def _say(**asked: Any) -> ChatCompletion:
    """What Instructor takes for the client's `create`: a reply that is one, or _Stop."""
    talk = _TALK.get()
    while True:
        body = talk.body(asked)
        try:
            completion = talk.client.chat.completions.create(**_posted(body))
        except (openai.OpenAIError, ValueError) as error:  # ValueError: a body that is no JSON
            talk.cope(error)
            continue
        if talk.hear(completion, body):
            return completion  # type: ignore[no-any-return]


async def _asay(**asked: Any) -> ChatCompletion:
    """The same for an async client."""
    talk = _TALK.get()
    while True:
        body = talk.body(asked)
        try:
            completion = await talk.client.chat.completions.create(**_posted(body))
        except (openai.OpenAIError, ValueError) as error:
            talk.cope(error)
            continue
        if talk.hear(completion, body):
            return completion  # type: ignore[no-any-return]


def _posted(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body as the openai client takes it. What it is to pass on as it is spares it a walk through the schema."""
    extra = {name: value for name, value in body.items() if name not in ("model", "messages")}
    return {"model": body["model"], "messages": body["messages"], "extra_body": extra}


@cache
def _instructed(way: Way, say: Callable[..., Any]) -> Callable[..., Any]:
    """Instructor over `say`: it shows the schema, reads the answers, and asks again."""
    patched: Callable[..., Any] = instructor.patch(create=say, mode=_INSTRUCTOR[way])
    return patched


class _Answer(instructor.OpenAISchema):
    """What Instructor takes for the response model: it has no fields, and its validator is the talk's judgement.

    That it is an OpenAISchema with a cached schema halves Instructor's own work on each call (no subclass, no schema
    made anew); that it hides its input keeps replies out of error messages.
    """

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True, title=_NAME)

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The schema of a draft, for Instructor to show."""
        return sent_schema()

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Read an answer that may stand in a fence, between words or after a model's thoughts."""
        bare = bare_json(json_data) if isinstance(json_data, str) else json_data
        return super().model_validate_json(bare, **options)

    @model_validator(mode="before")
    @classmethod
    def _judged(cls, draft: Any) -> dict[str, Any]:
        _TALK.get().take(draft)
        return {}


def bare_json(text: str) -> str:
    """The object in an answer, without what stands around it; the text itself if there is none.

    >>> bare_json('<think>{hm}</think> Here it is: ```json {"a": {}} ``` Done.')
    '{"a": {}}'
    """
    after = text.rpartition("</think>")[2]
    start, end = after.find("{"), after.rfind("}")
    return after[start : end + 1] if 0 <= start < end else text


def _whole(count: Any) -> int:
    return count if isinstance(count, int) and count > 0 else 0


# --- transport --------------------------------------------------------------------------------------------------------


class _Patience(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """Over the network: no request outlasts its talk's deadline, and no retry is made that cannot help.

    The openai client repeats 429, 5xx and broken connections by itself, Retry-After honoured. It is told not to
    (by the header it obeys, or by an error of its own kind, which it does not repeat) if the account has no money left,
    or if the pause before the next request would outlast the deadline.
    """

    def __init__(self, inner: httpx2.BaseTransport | httpx2.AsyncBaseTransport) -> None:
        self.inner: Any = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send within the time left."""
        deadline = self._before(request)
        with _no_vain_retry(request, deadline):
            response: httpx2.Response = self.inner.handle_request(request)
            self._time(response, request, deadline)
            if response.status_code >= 400:
                response.read()
        return self._after(response, request, deadline)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send within the time left."""
        deadline = self._before(request)
        with _no_vain_retry(request, deadline):
            response: httpx2.Response = await self.inner.handle_async_request(request)
            self._time(response, request, deadline)
            if response.status_code >= 400:
                await response.aread()
        return self._after(response, request, deadline)

    def close(self) -> None:
        """Close the network's end."""
        self.inner.close()

    async def aclose(self) -> None:
        """Close the network's end."""
        await self.inner.aclose()

    @staticmethod
    def _before(request: httpx2.Request) -> float:
        talk = _TALK.get()
        left = max(talk.left, 0.001)
        request.extensions["timeout"] = {
            "connect": min(_CONNECT_TIMEOUT, left),
            "read": left,
            "write": left,
            "pool": left,
        }
        return talk.deadline

    @staticmethod
    def _time(response: httpx2.Response, request: httpx2.Request, deadline: float) -> None:
        request.extensions["timeout"]["read"] = max(deadline - time.monotonic(), 0.001)  # read anew for the body
        response.stream = _Timed(response.stream, deadline, request)

    @staticmethod
    def _after(response: httpx2.Response, request: httpx2.Request, deadline: float) -> httpx2.Response:
        if response.status_code >= 400:
            too_late = _pause(request, response) >= deadline - time.monotonic()
            if too_late or _no_money(response):
                response.headers["x-should-retry"] = "false"
        return response


@contextmanager
def _no_vain_retry(request: httpx2.Request, deadline: float) -> Iterator[None]:
    """Turn a network's error into the openai client's own, which it does not repeat, where no time is left to."""
    try:
        yield
    except httpx2.TransportError as error:
        if _pause(request) < deadline - time.monotonic():
            raise
        if isinstance(error, httpx2.TimeoutException):
            raise openai.APITimeoutError(request=request) from error
        raise openai.APIConnectionError(request=request) from error


class _Timed(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A response's body that must be there by a deadline, however slowly it drips."""

    def __init__(self, inner: Any, deadline: float, request: httpx2.Request) -> None:
        self.inner = inner
        self.deadline = deadline
        self.request = request

    def __iter__(self) -> Iterator[bytes]:
        with _no_vain_retry(self.request, self.deadline):
            for chunk in self.inner:
                self._check()
                yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _no_vain_retry(self.request, self.deadline):
            async for chunk in self.inner:
                self._check()
                yield chunk

    def close(self) -> None:
        """Close the body."""
        self.inner.close()

    async def aclose(self) -> None:
        """Close the body."""
        await self.inner.aclose()

    def _check(self) -> None:
        if time.monotonic() > self.deadline:
            raise openai.APITimeoutError(request=self.request)


def _pause(request: httpx2.Request, response: httpx2.Response | None = None) -> float:
    """The longest the openai client will sleep before the next try: Retry-After, or its doubling from 0.5 to 8 s."""
    headers = response.headers if response is not None else httpx2.Headers()
    for header, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        with suppress(KeyError, ValueError):
            return float(headers[header]) / unit
    with suppress(KeyError, ValueError):
        return parsedate_to_datetime(headers["retry-after"]).timestamp() - time.time()
    made = int(request.headers.get("x-stainless-retry-count", "4"))
    return float(min(0.5 * 2**made, 8.0))


def _counted(request: httpx2.Request) -> None:
    """Before every request, the client's own retries and replayed ones included."""
    talk = _TALK.get()
    if talk.left <= 0:
        raise openai.APITimeoutError(request=request)
    talk.requests += 1


async def _acounted(request: httpx2.Request) -> None:
    _counted(request)


def _proxy_for(url: httpx2.URL) -> str | None:
    """The proxy that the environment names for a URL; httpx looks for one only where it makes the transport itself."""
    if url.host in ("localhost", "127.0.0.1", "::1") or urllib.request.proxy_bypass(url.host):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get(url.scheme) or proxies.get("all")


# --- failures ---------------------------------------------------------------------------------------------------------

_HINTS: Mapping[ErrorKind, str] = {
    "auth": "check the API key and what it may use; --engine offline works without a key",
    "rate_limit": "wait a little, or lower the concurrency",
    "quota": "check the account's plan and billing",
    "timeout": "raise the timeout, or take a faster model",
    "network": "check the network and the base URL",
    "server": "try again later; if it stays so, check that the base URL is that of an OpenAI-compatible API",
    "bad_request": "check the model's name, the base URL and the options",
    "context_length": "take a model with a larger context, or a shorter article",
    "refusal": "another model or prompt may answer",
    "truncated": "raise max_tokens",
    "invalid_output": "try again, allow more tries, or take another model",
}
_BY_STATUS: Mapping[int, ErrorKind] = {
    401: "auth",
    402: "quota",
    403: "auth",
    408: "timeout",
    409: "server",
    413: "context_length",
    429: "rate_limit",
}
_NO_MONEY = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
_FILTERED = frozenset({"content_filter", "content_policy_violation", "responsible_ai_policy_violation"})
_TOO_LONG = re.compile(
    r"context.?(length|window|size)|maximum context|too many tokens|(prompt|input) is too (long|large)"
    r"|n_ctx|max_model_len"
)
_CODE = re.compile(r"[a-z_]{3,40}")  # such as invalid_api_key; nothing that could be one


def _fault(kind: ErrorKind, message: str) -> ModelError:
    return ModelError(message, _HINTS[kind], kind=kind)


def _fault_of(error: Exception) -> SummarizerError:
    """Our error for whatever a request failed with."""
    if isinstance(error, RecordingError):
        return RecordingError(error.message, error.hint, key=error.key, changed=error.changed)
    if isinstance(error, openai.APITimeoutError):
        return _fault("timeout", "the endpoint did not answer in time")
    if isinstance(error, openai.APIConnectionError):
        cause = type(error.__cause__).__name__
        return _fault("network", f"the endpoint could not be reached, or broke off ({cause})")
    if isinstance(error, openai.APIStatusError):
        return _fault_of_status(error)
    return _fault("server", f"the endpoint sent something that is no chat completion ({type(error).__name__})")


def _fault_of_status(error: openai.APIStatusError) -> ModelError:
    status, codes = error.status_code, {str(error.code or ""), str(error.type or "")}
    kind = _BY_STATUS.get(status, "server" if status >= 500 else "bad_request")
    if codes & _NO_MONEY:
        kind = "quota"
    elif kind == "bad_request" and codes & _FILTERED:
        kind = "refusal"
    elif kind == "bad_request" and ("context_length_exceeded" in codes or _TOO_LONG.search(_said(error))):
        kind = "context_length"
    named = "".join(f", {code}" for code in sorted(codes) if _CODE.fullmatch(code))
    return _fault(kind, f"the endpoint refused the request (HTTP {status}{named})")


def _said(error: openai.APIStatusError) -> str:
    """The beginning of what an endpoint said, in lower case: to look for words in, never to be shown."""
    body = error.body
    said = body.get("message", body) if isinstance(body, dict) else body
    return str(said or "")[:500].lower()


def _no_money(response: httpx2.Response) -> bool:
    try:
        error = response.json()["error"]
        return bool({str(error.get("code")), str(error.get("type"))} & _NO_MONEY)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def _choice_of(completion: Any) -> Any:
    """The first choice of a reply. Raises _Stop if it is no chat completion with one."""
    if not isinstance(completion, ChatCompletion):
        raise _Stop(_fault("server", "the endpoint sent something that is no chat completion"))
    refused = (completion.model_extra or {}).get("error")
    if isinstance(refused, dict) and not completion.choices:  # some gateways report errors with HTTP 200
        code = refused.get("code")
        kind = _BY_STATUS.get(code, "server") if isinstance(code, int) else "server"
        raise _Stop(_fault(kind, "the endpoint reported an error in place of a reply"))
    try:
        choice = completion.choices[0]
        content, calls = choice.message.content, choice.message.tool_calls
        functions = [getattr(call, "function", None) for call in calls or ()]
        sound = isinstance(content, str | None) and all(isinstance(f and f.arguments, str) for f in functions)
    except (IndexError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise _Stop(_fault("server", "the endpoint sent a reply with nothing in it"))
    return choice


# --- the engine -------------------------------------------------------------------------------------------------------


_Result = Future[EventSummary | SummarizerError]
_Jobs = SimpleQueue[tuple[_Result, Article] | None]


@dataclass
class _Lent:
    """An async client, which belongs to one event loop, and how many use it."""

    client: openai.AsyncOpenAI
    users: int = 0


class ModelEngine:
    """Summaries by a model. Reusable, safe to share by threads and event loops; it pickles, without its connections.

    Connections of `summarize` are kept until `close`; those of `asummarize` while any call of the same event loop is
    under way, or inside `async with`. What an endpoint turned out not to take is remembered.

    Raises UsageError for options that cannot be meant, ModelError of kind auth if there is no key to use.
    """

    def __init__(self, model: str, options: ModelOptions | None = None) -> None:
        self.model = model
        self.options = options = options or ModelOptions()
        self.prompt = options.prompt if isinstance(options.prompt, Prompt) else load_prompt(options.prompt)
        self.tape = Tape(Path(options.tape)) if isinstance(options.tape, str | Path) else options.tape
        self._url = _checked_url(options.base_url or os.environ.get("OPENAI_BASE_URL") or _OPENAI)
        elsewhere = self._url.host != httpx2.URL(_OPENAI).host
        self._replays = self.tape is not None and self.tape.mode == "replay"
        self._key = _NO_KEY if self._replays else check_key(options, elsewhere=elsewhere)
        self._price = price_of(model, own_prices(options.prices), listed=not elsewhere)
        mode: Mode = options.mode or self.prompt.defaults.get("mode", "auto")
        self._fixed = mode != "auto"
        self._dialect = Dialect(
            way="json_schema" if mode == "auto" else mode,
            room="max_tokens" if elsewhere else "max_completion_tokens",
        )
        self._client: openai.OpenAI | None = None
        self._lent: dict[asyncio.AbstractEventLoop, _Lent] = {}
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        return ModelEngine, (self.model, self.options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        self._borrow()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._give_back()
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
        talk = self._talk(article, self._opened())
        with _talking(talk, self._label(article)):
            while not talk.over:
                try:
                    _instructed(talk.dialect.way, _say)(**self._question(talk))
                    talk.over = True
                except InstructorError as stop:
                    talk.stopped(stop)
        return self._concluded(talk)

    async def asummarize(self, article: Article) -> EventSummary:
        """The same, without blocking the event loop."""
        talk = self._talk(article, self._borrow())
        try:
            with _talking(talk, self._label(article)):
                while not talk.over:
                    try:
                        await _instructed(talk.dialect.way, _asay)(**self._question(talk))
                        talk.over = True
                    except InstructorError as stop:
                        talk.stopped(stop)
        finally:
            await self._give_back()
        return self._concluded(talk)

    def summarize_each(self, articles: Iterable[Article]) -> Iterator[EventSummary | SummarizerError]:
        """One result an article, in order, several under way at once; an article that fails yields its error.

        Whoever stops listening (Ctrl-C) need not wait for what is under way: the threads do not outlive the program.
        """
        jobs: _Jobs = SimpleQueue()
        under_way: deque[_Result] = deque()
        started = 0
        try:
            for article in articles:
                under_way.append(Future())
                jobs.put((under_way[-1], article))
                if started < self.options.concurrency:
                    threading.Thread(target=self._work, args=(jobs,), daemon=True).start()
                    started += 1
                if len(under_way) >= 2 * self.options.concurrency:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for result in under_way:
                result.cancel()
            for _ in range(started):
                jobs.put(None)

    def _work(self, jobs: _Jobs) -> None:
        while (job := jobs.get()) is not None:
            result, article = job
            if not result.set_running_or_notify_cancel():
                continue
            try:
                result.set_result(self.summarize(article))
            except SummarizerError as error:
                result.set_result(error)
            except BaseException as error:
                result.set_exception(error)

    def close(self) -> None:
        """Give back the connections of `summarize`; those of `asummarize` are given back by themselves."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

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

    def _talk(self, article: Article, client: Any) -> _Talk:
        return _Talk(
            article=article,
            client=client,
            tries=self.options.tries,
            deadline=time.monotonic() + self.options.timeout,
            dialect=self._dialect,
            parameters=self._parameters,
            fixed=self._fixed,
        )

    def _question(self, talk: _Talk) -> dict[str, Any]:
        """What Instructor is called with. Never with `context`: it would run the article through Jinja."""
        return {
            "model": self.model,
            "messages": self.prompt.render(talk.article),
            "response_model": _Answer,
            "max_retries": max(talk.tries - talk.replies, 1) - 1,
        }

    def _concluded(self, talk: _Talk) -> EventSummary:
        if talk.replies:
            self._dialect = talk.dialect
        usage = talk.usage(self._price)
        if talk.summary is not None and talk.error is None:
            return talk.summary.model_copy(update={"engine": self.name, "request": talk.request, "usage": usage})
        error = talk.error or _fault("server", "the endpoint sent nothing that can be read")
        if isinstance(error, ModelError):
            error.attempts, error.usage = talk.requests, usage
        raise error

    def _opened(self) -> openai.OpenAI:
        with self._lock:
            if self._client is None:
                http = httpx2.Client(transport=self._transport(httpx2.HTTPTransport), **_client_options(_counted))
                self._client = openai.OpenAI(http_client=http, **self._openai_options)
            return self._client

    def _borrow(self) -> openai.AsyncOpenAI:
        with self._lock:
            loop = asyncio.get_running_loop()
            if loop not in self._lent:
                transport = self._transport(httpx2.AsyncHTTPTransport)
                http = httpx2.AsyncClient(transport=transport, **_client_options(_acounted))
                self._lent[loop] = _Lent(openai.AsyncOpenAI(http_client=http, **self._openai_options))
            self._lent[loop].users += 1
            return self._lent[loop].client

    async def _give_back(self) -> None:
        with self._lock:
            loop = asyncio.get_running_loop()
            lent = self._lent[loop]
            lent.users -= 1
            if not lent.users:
                del self._lent[loop]
        if not lent.users:
            await lent.client.close()

    @property
    def _openai_options(self) -> dict[str, Any]:
        retries = 0 if self._replays else self.options.retries
        return {"api_key": self._key, "base_url": str(self._url), "max_retries": retries, "timeout": None}

    def _transport(self, network: Callable[..., Any]) -> Any:
        if self._replays and self.tape is not None:
            return self.tape.transport()
        limits = httpx2.Limits(max_connections=1000, max_keepalive_connections=100)
        try:
            inner = network(verify=self._tls, limits=limits, proxy=_proxy_for(self._url))
        except (ImportError, ValueError):  # SOCKS without its library, or no proxy at all
            hint = "set HTTPS_PROXY to an http address, or NO_PROXY to leave it out"
            raise UsageError("the proxy that the environment names cannot be used", hint) from None
        patience = _Patience(inner)
        return patience if self.tape is None else self.tape.transport(patience)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx2.create_ssl_context()


def _client_options(counted: Callable[..., Any]) -> dict[str, Any]:
    return {"event_hooks": {"request": [counted]}, "follow_redirects": True, "timeout": None}


@cache
def _schema_digest() -> str:
    return digest(sent_schema())


def _checked_url(base_url: str) -> httpx2.URL:
    try:
        url = httpx2.URL(base_url)
    except httpx2.InvalidURL:
        url = httpx2.URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise UsageError("the base URL is no http or https address", "such as http://localhost:8080/v1")
    return url
