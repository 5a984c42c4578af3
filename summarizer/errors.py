"""Everything that can go wrong, as one tree.

    SummarizerError
    ├── UsageError            the call itself is wrong: an unknown engine, prompt or format, a date that is none
    ├── InputError            an article cannot be read: missing, empty, binary, too large, undecodable
    ├── NoEventsError         a text was read, but nothing of an engine's summary stood up against it
    ├── RecordingError        a recorded reply is missing or was made for another request
    └── ModelError            a model call failed; `kind` says how, `retryable` whether trying again helps

Every error has a message that says what happened and a hint that says what to do. None ever holds a key or an
article's text. All of them pickle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

ErrorKind = Literal[
    "auth",
    "rate_limit",
    "quota",
    "timeout",
    "network",
    "server",
    "bad_request",
    "context_length",
    "refusal",
    "truncated",
    "invalid_output",
]
ERROR_KINDS: tuple[ErrorKind, ...] = get_args(ErrorKind)
RETRYABLE: frozenset[ErrorKind] = frozenset({"rate_limit", "timeout", "network", "server", "invalid_output"})


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens and money over all attempts of one summary; `cost` is in US dollars, None where no price is known."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    cost: float | None = None

    @property
    def total_tokens(self) -> int:
        """Prompt and completion tokens together (cached ones are part of the prompt's).

        >>> Usage(requests=1, prompt_tokens=900, completion_tokens=100).total_tokens
        1000
        """
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: Usage) -> Usage:
        """Both together; the cost is known as far as either's is.

        >>> Usage(1, 900, 100, cost=0.5) + Usage(2, 100, 10)
        Usage(requests=3, prompt_tokens=1000, completion_tokens=110, cached_tokens=0, cost=0.5)
        """
        known = [cost for cost in (self.cost, other.cost) if cost is not None]
        return Usage(
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cached_tokens + other.cached_tokens,
            sum(known) if known else None,
        )


class SummarizerError(Exception):
    """The root: `message` says what happened, `hint` what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.__dict__)


def _rebuild(cls: type[SummarizerError], state: dict[str, Any]) -> SummarizerError:
    """Unpickle without calling the subclass's own constructor, whose arguments differ from class to class."""
    error = cls.__new__(cls)
    Exception.__init__(error, state["message"])
    error.__dict__.update(state)
    return error


class UsageError(SummarizerError):
    """The call is wrong, whatever the article: exit code 2."""


class InputError(SummarizerError):
    """An article cannot be read. `source` names the file (never its content)."""

    def __init__(self, message: str, hint: str = "", *, source: str | None = None) -> None:
        super().__init__(message, hint)
        self.source = source


class NoEventsError(SummarizerError):
    """Nothing of what an engine put forward could be found in the article; `rejected` counts what was refused."""

    def __init__(self, message: str, hint: str = "", *, rejected: int = 0) -> None:
        super().__init__(message, hint)
        self.rejected = rejected


class RecordingError(SummarizerError):
    """A replay has no reply for a request. `key` is the request's; `changed` names what differs from the nearest."""

    def __init__(self, message: str, hint: str = "", *, key: str = "", changed: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.key = key
        self.changed = changed


class ModelError(SummarizerError):
    """A model call failed after `attempts` requests, having spent `usage`.

    >>> ModelError("the endpoint is busy", kind="rate_limit").retryable
    True
    """

    def __init__(
        self, message: str, hint: str = "", *, kind: ErrorKind, attempts: int = 0, usage: Usage | None = None
    ) -> None:
        super().__init__(message, hint)
        self.kind: ErrorKind = kind
        self.attempts = attempts
        self.usage = usage or Usage()

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later, unchanged."""
        return self.kind in RETRYABLE
