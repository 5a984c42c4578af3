"""Record, replay, cache: one HTTP transport over a folder, in the place where the network would be.

    tape = Tape(Path("recordings"), "replay")
    client = openai.OpenAI(http_client=httpx2.Client(transport=tape.transport(httpx2.HTTPTransport())))

    record      every request goes out, and its reply is written
    replay      nothing ever goes out: a request without a recorded reply raises RecordingError
    cache       a request goes out only if its reply is not on file, and is then written

A recording is one JSON file an exchange, named by its key, so that git merges and shows them. The key is a hash of all
that decides the reply: the request's body (model, messages, response schema, mode, sampling parameters) with the
sample number and the re-ask step. Beside it stand the hashes of the parts, so that a miss says which of them changed.

Only complete replies are stored (HTTP 200 with a choice in it), and of those only what a client reads: no header, no
key, no organisation. What the body of a request cannot say of itself (which sample, which template, which article) the
caller says in `LABEL`, a context variable, so that it cannot leak to the network.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

import httpx2
from openai import OpenAIError

from summarizer.errors import RecordingError

TapeMode = Literal["record", "replay", "cache"]
State = Literal["fresh", "stale", "missing", "orphan"]

_FORMAT = 1
_ENDPOINT = "/chat/completions"
_REPLY_FIELDS = ("id", "object", "created", "model", "choices", "usage")
_NOT_PARAMETERS = frozenset({"model", "messages", "response_format", "tools", "tool_choice"})
_SECRET_HEADERS = ("authorization", "api-key", "openai-organization", "openai-project")
_SHORTEST_SECRET = 12  # shorter ones ("none", "ollama") are placeholders, and occur in ordinary text
_NAMED = ("model", "template", "article", "about", "schema", "parameters", "mode", "sample", "step", "conversation")
_SAME_CASE = frozenset({"model", "article", "sample", "step"})


@dataclass(frozen=True, slots=True)
class Label:
    """What a caller knows of a request: fingerprints of its parts, and which sample (k) of one request it is.

    `about` stands for what is known of the article beside its text, `parameters` for those the caller meant to send
    (an endpoint may have made it leave some out).
    """

    template: str = ""
    article: str = ""
    about: str = ""
    schema: str = ""
    parameters: str = ""
    sample: int = 0


LABEL: ContextVar[Label | None] = ContextVar("label", default=None)


class TapeError(RecordingError, OpenAIError):
    """A RecordingError as it leaves the transport; `nearest` is the recording that is most like the request.

    It is an OpenAIError too because the openai client (read in 3.3: `except OpenAIError as err: raise err`) lets its
    own errors out of a transport as they are, and retries and wraps all others.
    """

    nearest: Recording | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """What decided a reply, part by part: hashes, and in plain words what is short. `key` stands for all of it."""

    key: str
    model: str
    mode: str
    parameters: Mapping[str, Any]
    sample: int
    step: int
    components: Mapping[str, str]

    @classmethod
    def of(cls, body: Mapping[str, Any], label: Label) -> Recording:
        """The recording that a request's body asks for."""
        messages = body.get("messages") or []
        opening = [message for message in messages if message.get("role") == "system"]
        step = sum(message.get("role") == "assistant" for message in messages)
        first_user = next((at for at, message in enumerate(messages) if message.get("role") == "user"), 0)
        parameters = {name: value for name, value in sorted(body.items()) if name not in _NOT_PARAMETERS}
        asked = {name: body[name] for name in ("response_format", "tools", "tool_choice") if name in body}
        return cls(
            key=digest({"body": body, "meant": label.parameters, "sample": label.sample, "step": step}),
            model=str(body.get("model", "")),
            mode=mode_of(body),
            parameters=parameters,
            sample=label.sample,
            step=step,
            components={
                "template": label.template or digest(opening),
                "article": label.article or digest(messages[first_user : first_user + 1]),
                "about": label.about,
                "schema": label.schema or digest(asked),
                "parameters": label.parameters or digest(parameters),
                "conversation": digest(messages[first_user + 1 :]) if step else "",
            },
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Recording:
        """The recording that a file holds. KeyError or TypeError if it holds none."""
        names = ("key", "model", "mode", "parameters", "sample", "step", "components")
        return cls(**{name: data[name] for name in names})

    def part(self, name: str) -> Any:
        """One of the parts that a miss can name."""
        return self.components.get(name) if name in self.components else getattr(self, name)

    def changed_since(self, other: Recording) -> tuple[str, ...]:
        """The parts in which this request differs from another."""
        return tuple(name for name in _NAMED if self.part(name) != other.part(name))


@dataclass(frozen=True)
class Tape:
    """A folder of recordings and what to do with it. Safe to share by threads; writing is atomic."""

    folder: Path
    mode: TapeMode = "cache"
    _shelf: dict[str, Recording] = field(default_factory=dict, repr=False, compare=False)
    _used: set[str] = field(default_factory=set, repr=False, compare=False)
    _missed: dict[str, Recording] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folder", Path(self.folder))  # a str serves as well

    def transport(self, inner: httpx2.BaseTransport | httpx2.AsyncBaseTransport | None = None) -> TapeTransport:
        """The tape as a transport over `inner`, which replay neither needs nor uses."""
        return TapeTransport(self, inner)

    def path(self, key: str) -> Path:
        """The file of a key."""
        return self.folder / f"{key[:32]}.json"

    def find(self, wanted: Recording) -> dict[str, Any] | None:
        """The recorded reply to a request, None if there is none.

        A broken file is as good as none to a cache; otherwise it raises TapeError.
        """
        path = self.path(wanted.key)
        try:
            reply = json.loads(path.read_text(encoding="utf-8"))["reply"]
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            if self.mode == "cache":
                return None
            raise TapeError(f"the recording {path} cannot be read", "restore it, or record it again") from None
        self._used.add(path.name)
        return cast(dict[str, Any], reply)

    def write(self, made: Recording, reply: Mapping[str, Any]) -> None:
        """Store a reply. The file appears whole or not at all. Raises TapeError if it cannot be written."""
        known = ("key", "model", "mode", "parameters", "sample", "step", "components")
        data = {"format": _FORMAT, **{name: getattr(made, name) for name in known}, "reply": reply}
        text = json.dumps(data, ensure_ascii=False, indent=1)
        if not _encodable(text):  # half a surrogate pair, which a reply may well end with
            text = json.dumps(data, indent=1)
        path = self.path(made.key)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write_whole(path, text + "\n")
        except OSError as error:
            raise TapeError(f"no reply can be written to {self.folder}: {type(error).__name__}") from None
        self._used.add(path.name)

    def miss(self, wanted: Recording) -> TapeError:
        """The error for a request that has no recorded reply."""
        self._missed[wanted.key] = wanted
        nearest = self.nearest(wanted)
        changed = wanted.changed_since(nearest) if nearest else ()
        since = f"{self.folder} holds no recording"
        if nearest:
            what = ", ".join(changed) or "the wording"
            since = f"changed since {self.path(nearest.key).name} was recorded: {what}"
        error = TapeError(
            f"no reply is recorded for this request to {wanted.model!r}; {since}",
            f"record it: the same call with --record {self.folder} (Tape(folder, 'record') in Python), and a key",
            key=wanted.key,
            changed=changed,
        )
        error.nearest = nearest
        return error

    def nearest(self, wanted: Recording) -> Recording | None:
        """The recording with the fewest parts that differ; of several, the one of the same case, then the first."""

        def unlikeness(other: Recording) -> tuple[int, int, str]:
            changed = wanted.changed_since(other)
            return len(_SAME_CASE.intersection(changed)), len(changed), other.key

        return min(self._recordings(), key=unlikeness, default=None)

    def misses(self) -> dict[str, tuple[str, ...]]:
        """By file name, what was asked for and not there: in which parts the nearest recording differs, a line each."""
        told = {}
        for key, wanted in list(self._missed.items()):  # a thread may miss another one meanwhile
            nearest = self.nearest(wanted)
            parts = wanted.changed_since(nearest) if nearest else ()
            told[self.path(key).name] = tuple(
                f"{part}: {_short(nearest.part(part))} is recorded, {_short(wanted.part(part))} is asked for"
                for part in parts
                if nearest
            )
        return told

    def states(self) -> dict[str, State]:
        """By file name, after a run: fresh (asked for and there), orphan (there, never asked for), and of what was
        asked for and not there: stale (made for the same model, article, sample and step) or missing.
        """
        states: dict[str, State] = {path.name: "orphan" for path in self.folder.glob("*.json")}
        states |= dict.fromkeys(self._used, "fresh")
        for key, wanted in list(self._missed.items()):  # a thread may miss another one meanwhile
            nearest = self.nearest(wanted)
            changed = set(wanted.changed_since(nearest)) if nearest else set(_SAME_CASE)
            if nearest and changed <= {"mode"} and self.path(nearest.key).name in self._used:
                continue  # the caller then asked in the way that was recorded
            states.setdefault(self.path(key).name, "missing" if _SAME_CASE & changed else "stale")
        return states

    def _recordings(self) -> Iterator[Recording]:
        """Every recording in the folder; each file is read once, since a key's file never comes to mean another."""
        for path in sorted(self.folder.glob("*.json")):
            if path.name not in self._shelf:
                try:
                    self._shelf[path.name] = Recording.from_json(json.loads(path.read_text(encoding="utf-8")))
                except (OSError, ValueError, KeyError, TypeError):
                    continue
            yield self._shelf[path.name]


class TapeTransport(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """A tape between a client and its network, sync and async."""

    def __init__(self, tape: Tape, inner: httpx2.BaseTransport | httpx2.AsyncBaseTransport | None = None) -> None:
        self.tape = tape
        self.inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer from the folder or from the network, as the tape's mode says."""
        request.read()
        wanted = self._wanted(request)
        if (recorded := self._recorded(wanted, request)) is not None:
            return recorded
        response = cast(httpx2.BaseTransport, self.inner).handle_request(request)
        if wanted is not None and response.status_code == 200:
            response.read()
            self._keep(wanted, request, response)
        return response

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The same, asynchronously; a recording is a small local file, read and written without a thread."""
        await request.aread()
        wanted = self._wanted(request)
        if (recorded := self._recorded(wanted, request)) is not None:
            return recorded
        response = await cast(httpx2.AsyncBaseTransport, self.inner).handle_async_request(request)
        if wanted is not None and response.status_code == 200:
            await response.aread()
            self._keep(wanted, request, response)
        return response

    def close(self) -> None:
        """Close the network's end."""
        if isinstance(self.inner, httpx2.BaseTransport):
            self.inner.close()

    async def aclose(self) -> None:
        """Close the network's end, asynchronously."""
        if isinstance(self.inner, httpx2.AsyncBaseTransport):
            await self.inner.aclose()

    def _wanted(self, request: httpx2.Request) -> Recording | None:
        """The recording that a request asks for; None for what is no chat completion in one piece."""
        if request.method != "POST" or not request.url.path.endswith(_ENDPOINT):
            return None
        try:
            body = json.loads(request.content)
        except ValueError:
            return None
        return Recording.of(body, LABEL.get() or Label()) if isinstance(body, dict) and not body.get("stream") else None

    def _recorded(self, wanted: Recording | None, request: httpx2.Request) -> httpx2.Response | None:
        """The reply on file as a response; None means that the request is to go out, which replay never lets it."""
        if wanted is not None and self.tape.mode != "record":
            reply = self.tape.find(wanted)
            if reply is not None:
                headers = {"content-type": "application/json"}
                return httpx2.Response(200, headers=headers, content=json.dumps(reply), request=request)
        if self.tape.mode != "replay" and self.inner is not None:
            return None
        if wanted is None:
            raise TapeError("only whole chat completions are recorded", "leave the tape out for other requests")
        raise self.tape.miss(wanted)

    def _keep(self, wanted: Recording, request: httpx2.Request, response: httpx2.Response) -> None:
        try:
            reply = json.loads(_scrubbed(response.text, request))
        except ValueError:
            return
        if isinstance(reply, dict) and isinstance(reply.get("choices"), list) and reply["choices"]:
            self.tape.write(wanted, {name: reply[name] for name in _REPLY_FIELDS if name in reply})


def _short(part: Any) -> str:
    """A part of a request as it is told: hashes by their first eight digits."""
    text = str(part)
    return text[:8] if len(text) == 64 else text or "nothing"


def digest(value: Any) -> str:
    """SHA-256 of a JSON value, the same for every order of keys.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}) != digest({"a": 2, "b": 1})
    True
    """
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def mode_of(body: Mapping[str, Any]) -> str:
    """How a request asks for its schema: json_schema, tools, json_object, or json (in words only), strict or not.

    >>> mode_of({"response_format": {"type": "json_schema", "json_schema": {"strict": True}}}), mode_of({})
    ('json_schema strict', 'json')
    """
    if tools := body.get("tools"):
        return "tools strict" if (tools[0].get("function") or {}).get("strict") else "tools"
    asked = body.get("response_format") or {}
    way = str(asked.get("type", "json"))
    return f"{way} strict" if (asked.get("json_schema") or {}).get("strict") else way


def _scrubbed(text: str, request: httpx2.Request) -> str:
    """A reply without the secrets of its request, should an endpoint echo them."""
    for header in _SECRET_HEADERS:
        secret = request.headers.get(header, "").removeprefix("Bearer ").strip()
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, "[removed]")
    return text


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _write_whole(path: Path, text: str) -> None:
    """Write under another name in the same folder, then rename: no reader ever sees half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
