"""Ways of asking: what an endpoint takes, what to try after a refusal, and the schema as it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, get_args

from summarizer.drafts import model_schema
from summarizer.tape import Recording

Way = Literal["json_schema", "tools", "json"]
"""How a schema is asked for: enforced by the endpoint, as a tool's parameters, or in words."""
Room = Literal["max_tokens", "max_completion_tokens", ""]
"""What the limit of a reply's tokens is called; empty where none is sent."""

SCHEMA_NAME = "EventSummary"
"""What the schema is called wherever a request or an answer names it."""

_WAYS: tuple[Way, ...] = get_args(Way)  # the order in which they are tried
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
# Keywords that endpoints which enforce a schema refuse (OpenAI: minLength; Azure: all of these). Validation knows them.
_UNENFORCED = frozenset({"minLength", "pattern", "format", "minItems", "minimum"})


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an endpoint takes: the way the schema is asked for, and the optional parameters."""

    way: Way = "json_schema"
    strict: bool = True
    room: Room = "max_tokens"
    temperature: bool = True
    seed: bool = True

    def body(self, asked: Mapping[str, Any], parameters: Mapping[str, Any]) -> dict[str, Any]:
        """A request's body: what is asked (model and messages) and the parameters meant, in words this endpoint takes.

        >>> Dialect(way="json", seed=False).body({"model": "m", "messages": []}, {"max_tokens": 9, "seed": 1})
        {'model': 'm', 'messages': [], 'max_tokens': 9}
        """
        body = {"model": asked["model"], "messages": asked["messages"], **_asking(self.way, self.strict)}
        for name, spoken in (("temperature", self.temperature), ("seed", self.seed)):
            if spoken and parameters.get(name) is not None:
                body[name] = parameters[name]
        if self.room and parameters.get("max_tokens"):
            body[self.room] = parameters["max_tokens"]
        return body

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


@cache
def sent_schema() -> dict[str, Any]:
    """The schema of a draft as it is sent: without the keywords that strict endpoints refuse. Shared; do not change."""
    schema: dict[str, Any] = _enforceable(model_schema())
    return {"title": SCHEMA_NAME, **schema}  # Instructor looks for a title


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
        named = {"name": SCHEMA_NAME, "schema": schema, **firm}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    if way == "tools":
        function = {"name": SCHEMA_NAME, "description": "Hand in the summary.", "parameters": schema, **firm}
        choice = {"type": "function", "function": {"name": SCHEMA_NAME}}
        return {"tools": [{"type": "function", "function": function}], "tool_choice": choice}
    return {}  # Instructor has put the schema into the messages
