"""Failures: what of an endpoint's or a network's error is which of ours, and how it leaves Instructor."""

from __future__ import annotations

import re
from collections.abc import Mapping

import httpx2
import openai
from instructor.core.exceptions import IncompleteOutputException

from summarizer.errors import ErrorKind, ModelError, RecordingError, SummarizerError

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


class Stop(IncompleteOutputException):
    """Out of Instructor at once: it lets this exception through unlogged, unwrapped and without asking again.

    With an error it is the end; without one the caller is to ask again in another way.
    """

    def __init__(self, error: SummarizerError | None = None) -> None:
        super().__init__(message="stopped")
        self.error = error


def fault(kind: ErrorKind, message: str) -> ModelError:
    """Our error of a kind, with the hint that belongs to it.

    >>> fault("truncated", "the reply was cut off").hint
    'raise max_tokens'
    """
    return ModelError(message, _HINTS[kind], kind=kind)


def fault_of(error: Exception) -> SummarizerError:
    """Our error for whatever a request failed with."""
    if isinstance(error, RecordingError):
        return RecordingError(error.message, error.hint, key=error.key, changed=error.changed)
    if isinstance(error, openai.APITimeoutError):
        return fault("timeout", "the endpoint did not answer in time")
    if isinstance(error, openai.APIConnectionError):
        cause = type(error.__cause__).__name__
        return fault("network", f"the endpoint could not be reached, or broke off ({cause})")
    if isinstance(error, openai.APIStatusError):
        return _fault_of_status(error)
    return fault("server", f"the endpoint sent something that is no chat completion ({type(error).__name__})")


def _fault_of_status(error: openai.APIStatusError) -> ModelError:
    status, codes = error.status_code, {str(error.code or ""), str(error.type or "")}
    kind = _BY_STATUS.get(status, "server" if status >= 500 else "bad_request")
    if codes & _NO_MONEY:
        kind = "quota"
    elif kind == "bad_request" and codes & _FILTERED:
        kind = "refusal"
    elif kind == "bad_request" and ("context_length_exceeded" in codes or _TOO_LONG.search(said_by(error))):
        kind = "context_length"
    named = "".join(f", {code}" for code in sorted(codes) if _CODE.fullmatch(code))
    return fault(kind, f"the endpoint refused the request (HTTP {status}{named})")


def fault_of_report(code: object) -> ModelError:
    """Our error for one that an endpoint told with HTTP 200, in place of a reply; `code` may be a status.

    >>> fault_of_report(429).kind, fault_of_report(["?"]).kind
    ('rate_limit', 'server')
    """
    kind = _BY_STATUS.get(code, "server") if isinstance(code, int) else "server"
    return fault(kind, "the endpoint reported an error in place of a reply")


def said_by(error: openai.APIStatusError) -> str:
    """The beginning of what an endpoint said, in lower case: to look for words in, never to be shown."""
    body = error.body
    said = body.get("message", body) if isinstance(body, dict) else body
    return str(said or "")[:500].lower()


def says_no_money(response: httpx2.Response) -> bool:
    """Whether a response, read to its end, says that the account has no money left."""
    try:
        error = response.json()["error"]
        return bool({str(error.get("code")), str(error.get("type"))} & _NO_MONEY)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
