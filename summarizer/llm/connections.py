"""The clients of one engine, and what they stand on: tape, patience, proxy and network."""

from __future__ import annotations

import asyncio
import ssl
import threading
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx2
import openai

from summarizer.errors import UsageError
from summarizer.llm.patience import Patience, acount, count
from summarizer.tape import Tape


@dataclass
class _Lent:
    """An async client, which belongs to one event loop, and how many use it."""

    client: openai.AsyncOpenAI
    users: int = 0


class Connections:
    """One client for all threads, kept until `close`; one for each event loop, kept while somebody uses it.

    Over a tape that replays there is no network at all, and nothing to be sent again.
    """

    def __init__(self, url: httpx2.URL, *, key: str, retries: int, tape: Tape | None) -> None:
        self._url = url
        self._tape = tape
        self._replays = tape is not None and tape.mode == "replay"
        self._options: dict[str, Any] = {
            "api_key": key,
            "base_url": str(url),
            "max_retries": 0 if self._replays else retries,
            "timeout": None,
        }
        self._client: openai.OpenAI | None = None
        self._lent: dict[asyncio.AbstractEventLoop, _Lent] = {}
        self._lock = threading.Lock()

    def opened(self) -> openai.OpenAI:
        """The client of all threads. Raises UsageError if the environment's proxy cannot be used."""
        with self._lock:
            if self._client is None:
                http = httpx2.Client(transport=self._transport(httpx2.HTTPTransport), **_http_options(count))
                self._client = openai.OpenAI(http_client=http, **self._options)
            return self._client

    def close(self) -> None:
        """Close the client of all threads."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[openai.AsyncOpenAI]:
        """The client of this event loop, borrowed for a while. Raises UsageError as `opened` does."""
        client = self.borrow()
        try:
            yield client
        finally:
            await self.give_back()

    def borrow(self) -> openai.AsyncOpenAI:
        """The client of this event loop; `give_back` belongs to it."""
        with self._lock:
            loop = asyncio.get_running_loop()
            if loop not in self._lent:
                transport = self._transport(httpx2.AsyncHTTPTransport)
                http = httpx2.AsyncClient(transport=transport, **_http_options(acount))
                self._lent[loop] = _Lent(openai.AsyncOpenAI(http_client=http, **self._options))
            self._lent[loop].users += 1
            return self._lent[loop].client

    async def give_back(self) -> None:
        """Return what was borrowed; the last user closes it."""
        with self._lock:
            loop = asyncio.get_running_loop()
            lent = self._lent[loop]
            lent.users -= 1
            if not lent.users:
                del self._lent[loop]
        if not lent.users:
            await lent.client.close()

    def _transport(self, network: Callable[..., Any]) -> Any:
        if self._replays and self._tape is not None:
            return self._tape.transport()
        limits = httpx2.Limits(max_connections=1000, max_keepalive_connections=100)
        try:
            inner = network(verify=self._tls, limits=limits, proxy=_proxy_for(self._url))
        except (ImportError, ValueError):  # SOCKS without its library, or no proxy at all
            hint = "set HTTPS_PROXY to an http address, or NO_PROXY to leave it out"
            raise UsageError("the proxy that the environment names cannot be used", hint) from None
        patience = Patience(inner)
        return patience if self._tape is None else self._tape.transport(patience)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx2.create_ssl_context()


def _http_options(count: Callable[..., Any]) -> dict[str, Any]:
    return {"event_hooks": {"request": [count]}, "follow_redirects": True, "timeout": None}


def _proxy_for(url: httpx2.URL) -> str | None:
    """The proxy that the environment names for a URL; httpx looks for one only where it makes the transport itself."""
    if url.host in ("localhost", "127.0.0.1", "::1") or urllib.request.proxy_bypass(url.host):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get(url.scheme) or proxies.get("all")
