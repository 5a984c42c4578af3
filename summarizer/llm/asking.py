"""Instructor's part: it shows the schema, reads answers and asks again; the talk hears all that passes through it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Self

import instructor
import openai
from openai.types.chat import ChatCompletion
from pydantic import ConfigDict, model_validator

from summarizer.llm.dialect import SCHEMA_NAME, Way, sent_schema
from summarizer.llm.reply import bare_json
from summarizer.llm.talk import TALK, Talk, talking
from summarizer.tape import Label

_INSTRUCTOR: Mapping[Way, instructor.Mode] = {
    "json_schema": instructor.Mode.JSON_SCHEMA,
    "tools": instructor.Mode.TOOLS,
    "json": instructor.Mode.MD_JSON,
}

# Instructor logs what it gives up on as errors; with no handler at all Python would print that on stderr.
logging.getLogger("instructor").addHandler(logging.NullHandler())


def ask(talk: Talk, label: Label) -> None:
    """Hold a talk to its end: a summary or an error. `label` is for its recordings."""
    with talking(talk, label):
        while not talk.over:
            with talk.turn():
                _instructed(talk.dialect.way, _say)(**_question(talk))


async def aask(talk: Talk, label: Label) -> None:
    """The same over an async client."""
    with talking(talk, label):
        while not talk.over:
            with talk.turn():
                await _instructed(talk.dialect.way, _asay)(**_question(talk))


def _question(talk: Talk) -> dict[str, Any]:
    """What Instructor is called with. Never with `context`: it would run the article through Jinja."""
    return {
        "model": talk.model,
        "messages": talk.prompt.render(talk.article),
        "response_model": _Answer,
        "max_retries": max(talk.tries - talk.replies, 1) - 1,
    }


@cache
def _instructed(way: Way, say: Callable[..., Any]) -> Callable[..., Any]:
    patched: Callable[..., Any] = instructor.patch(create=say, mode=_INSTRUCTOR[way])
    return patched


def _say(**asked: Any) -> ChatCompletion:
    """What Instructor takes for the client's `create`: a reply that is one, or Stop."""
    talk = TALK.get()
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
    talk = TALK.get()
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


class _Answer(instructor.OpenAISchema):
    """What Instructor takes for the response model: it has no fields, and its validator is the talk's judgement.

    That it is an OpenAISchema with a cached schema halves Instructor's own work on each call (no subclass, no schema
    made anew); that it hides its input keeps replies out of error messages.
    """

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True, title=SCHEMA_NAME)

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
        TALK.get().take(draft)
        return {}
