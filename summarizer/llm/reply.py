"""What an endpoint says: whether it is a reply, what it took, and the object between its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from openai.types.chat import ChatCompletion

from summarizer.llm.faults import Stop, fault, fault_of_report


def choice_of(completion: Any) -> Any:
    """The first choice of a reply. Raises Stop if it is no chat completion with one."""
    if not isinstance(completion, ChatCompletion):
        raise Stop(fault("server", "the endpoint sent something that is no chat completion"))
    reported = (completion.model_extra or {}).get("error")
    if isinstance(reported, dict) and not completion.choices:  # some gateways report errors with HTTP 200
        raise Stop(fault_of_report(reported.get("code")))
    if not _is_sound(completion):
        raise Stop(fault("server", "the endpoint sent a reply with nothing in it"))
    return completion.choices[0]


def _is_sound(completion: ChatCompletion) -> bool:
    """Whether what the types promise of the first choice is so: the openai client checks none of it."""
    try:
        message = completion.choices[0].message
        functions = [getattr(call, "function", None) for call in message.tool_calls or ()]
        return isinstance(message.content, str | None) and all(isinstance(f and f.arguments, str) for f in functions)
    except (IndexError, TypeError, AttributeError):
        return False


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a reply says it took; `told` is False where it does not say, and what it does not say is 0 here."""

    prompt: int
    completion: int
    cached: int
    told: bool

    @classmethod
    def of(cls, completion: ChatCompletion) -> Self:
        """The tokens of a reply."""
        usage = completion.usage
        counts = (getattr(usage, "prompt_tokens", None), getattr(usage, "completion_tokens", None))
        cached = getattr(getattr(usage, "prompt_tokens_details", None), "cached_tokens", None)
        told = all(isinstance(count, int) for count in counts)
        return cls(_whole(counts[0]), _whole(counts[1]), _whole(cached), told)


def _whole(count: Any) -> int:
    return count if isinstance(count, int) and count > 0 else 0


def bare_json(text: str) -> str:
    """The object in an answer, without what stands around it; the text itself if there is none.

    >>> bare_json('<think>{hm}</think> Here it is: ```json {"a": {}} ``` Done.')
    '{"a": {}}'
    """
    after = text.rpartition("</think>")[2]
    start, end = after.find("{"), after.rfind("}")
    return after[start : end + 1] if 0 <= start < end else text
