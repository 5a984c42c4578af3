"""What a caller may say of a model: how to reach it and how to ask it; what is left out, the environment may say.

The key and the address are checked here, before anything is sent.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import httpx2

from summarizer.errors import ModelError, UsageError
from summarizer.llm.dialect import Way
from summarizer.prompt import DEFAULT_PROMPT, Prompt
from summarizer.tape import Tape

Mode = Literal["auto", Way]
"""The way of asking that a caller names; auto finds out which one an endpoint takes."""

NO_KEY = "none"
"""What is sent as the key where an endpoint needs none."""

_OPENAI = "https://api.openai.com/v1"


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


def check_address(options: ModelOptions) -> httpx2.URL:
    """The endpoint's base URL: the caller's, else OPENAI_BASE_URL, else OpenAI's.

    Raises UsageError if it is no address that can be asked.

    >>> str(check_address(ModelOptions(base_url="http://localhost:8080/v1")))
    'http://localhost:8080/v1'
    """
    try:
        url = httpx2.URL(options.base_url or os.environ.get("OPENAI_BASE_URL") or _OPENAI)
    except httpx2.InvalidURL:
        url = httpx2.URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise UsageError("the base URL is no http or https address", "such as http://localhost:8080/v1")
    return url


def is_openai(url: httpx2.URL) -> bool:
    """Whether an address is OpenAI's own: it needs a key, and its prices are listed.

    >>> is_openai(httpx2.URL("https://api.openai.com/v1")), is_openai(httpx2.URL("http://localhost:8080/v1"))
    (True, False)
    """
    return url.host == httpx2.URL(_OPENAI).host


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
    return key or NO_KEY
