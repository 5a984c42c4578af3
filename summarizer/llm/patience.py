"""Time: a transport under which no request outlasts its summary's deadline, and no retry is made that cannot help.

The openai client repeats 429, 5xx and broken connections by itself, Retry-After honoured. It is told not to (by the
header it obeys, or by an error of its own kind, which it does not repeat) if the account has no money left, or if the
pause before the next request would outlast the deadline.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2
import openai

from summarizer.llm.faults import says_no_money
from summarizer.llm.talk import TALK, Talk

_CONNECT_TIMEOUT = 10.0
_AN_INSTANT = 0.001  # a timeout of 0 or less would be an error of another kind


class Patience(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """The transport over the network, sync and async."""

    def __init__(self, inner: httpx2.BaseTransport | httpx2.AsyncBaseTransport) -> None:
        self.inner: Any = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send within the time left."""
        talk = _begin(request)
        with _no_vain_retry(request, talk):
            response: httpx2.Response = self.inner.handle_request(request)
            _time_body(response, request, talk)
            if response.status_code >= 400:
                response.read()
        return _judged(response, request, talk)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send within the time left."""
        talk = _begin(request)
        with _no_vain_retry(request, talk):
            response: httpx2.Response = await self.inner.handle_async_request(request)
            _time_body(response, request, talk)
            if response.status_code >= 400:
                await response.aread()
        return _judged(response, request, talk)

    def close(self) -> None:
        """Close the network's end."""
        self.inner.close()

    async def aclose(self) -> None:
        """Close the network's end."""
        await self.inner.aclose()


def _begin(request: httpx2.Request) -> Talk:
    talk = TALK.get()
    left = max(talk.left, _AN_INSTANT)
    connect = min(_CONNECT_TIMEOUT, left)
    request.extensions["timeout"] = {"connect": connect, "read": left, "write": left, "pool": left}
    return talk


def _time_body(response: httpx2.Response, request: httpx2.Request, talk: Talk) -> None:
    request.extensions["timeout"]["read"] = max(talk.left, _AN_INSTANT)  # read anew for the body
    response.stream = _Timed(response.stream, request, talk)


def _judged(response: httpx2.Response, request: httpx2.Request, talk: Talk) -> httpx2.Response:
    """The response, marked where asking again would be in vain."""
    if response.status_code >= 400:
        too_late = _pause(request, response) >= talk.left
        if too_late or says_no_money(response):
            response.headers["x-should-retry"] = "false"
    return response


@contextmanager
def _no_vain_retry(request: httpx2.Request, talk: Talk) -> Iterator[None]:
    """Turn a network's error into the openai client's own, which it does not repeat, where no time is left to."""
    try:
        yield
    except httpx2.TransportError as error:
        if _pause(request) < talk.left:
            raise
        if isinstance(error, httpx2.TimeoutException):
            raise openai.APITimeoutError(request=request) from error
        raise openai.APIConnectionError(request=request) from error


class _Timed(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A response's body that must be there by the deadline, however slowly it drips."""

    def __init__(self, inner: Any, request: httpx2.Request, talk: Talk) -> None:
        self.inner = inner
        self.request = request
        self.talk = talk

    def __iter__(self) -> Iterator[bytes]:
        with _no_vain_retry(self.request, self.talk):
            for chunk in self.inner:
                _check_time(self.request, self.talk)
                yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _no_vain_retry(self.request, self.talk):
            async for chunk in self.inner:
                _check_time(self.request, self.talk)
                yield chunk

    def close(self) -> None:
        """Close the body."""
        self.inner.close()

    async def aclose(self) -> None:
        """Close the body."""
        await self.inner.aclose()


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


def _check_time(request: httpx2.Request, talk: Talk) -> None:
    if talk.left <= 0:
        raise openai.APITimeoutError(request=request)


def count(request: httpx2.Request) -> None:
    """Before every request, the client's own retries and replayed ones included. Raises APITimeoutError if too late."""
    talk = TALK.get()
    _check_time(request, talk)
    talk.requests += 1


async def acount(request: httpx2.Request) -> None:
    """The same for an async client, which awaits what it calls."""
    count(request)
