"""An OpenAI-compatible endpoint on the loopback that answers by a script, faults included.

    with ScriptedEndpoint([failure(500), answer(DRAFT)]) as endpoint:
        ModelEngine("m", ModelOptions(base_url=endpoint.url)).summarize(ARTICLE)
    endpoint.bodies          # what was asked

A script is a list of replies, one a request, the last for all that follow. Nothing in it sleeps: a reply that is to
come too late waits until the test is over.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Body = dict[str, Any]
USAGE = {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100}
NOW = {"retry-after-ms": "1"}  # the openai client's own pause is half a second


@dataclass(frozen=True)
class Reply:
    """One HTTP response, or a fault below HTTP: `reset` breaks the connection, `late` comes when the test is over."""

    status: int = 200
    content: str | bytes | Body | Callable[[Body], Body] = ""
    headers: dict[str, str] = field(default_factory=dict)
    reset: bool = False
    late: bool = False
    drips: bool = False


def completion(text: str | None, *, finish: str = "stop", usage: Any = USAGE, **message: Any) -> Body:
    """A chat completion with `text` as the message."""
    whole = {"role": "assistant", "content": text, **message}
    reply = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "message": whole, "finish_reason": finish, "logprobs": None}],
    }
    return reply if usage is None else {**reply, "usage": usage}


def answer(draft: Any, **options: Any) -> Reply:
    """A draft (or any text) as the request wants it: as the arguments of a tool call, or as content."""
    text = draft if isinstance(draft, str) else json.dumps(draft, ensure_ascii=False)

    def as_asked(body: Body) -> Body:
        if "tools" not in body:
            return completion(text, **options)
        call = {"id": "call_1", "type": "function", "function": {"name": "EventSummary", "arguments": text}}
        return completion(None, **{"finish": "tool_calls", **options}, tool_calls=[call])

    return Reply(content=as_asked)


def said(text: str | None, **options: Any) -> Reply:
    """A completion whose content is exactly this, whatever was asked."""
    return Reply(content=completion(text, **options))


def failure(status: int, code: str = "", message: str = "no", *, param: str = "", **headers: str) -> Reply:
    """An error as OpenAI words it; the client is told to repeat at once what it repeats."""
    error = {"message": message, "type": None, "param": param or None, "code": code or None}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=status, content={"error": error}, headers={**NOW, **named})


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # with 5, a seventh client waits a second for its connection


class ScriptedEndpoint:
    """The server, and what it was asked: `bodies`, `headers` and the client's ports, one a request."""

    def __init__(self, script: Sequence[Reply]) -> None:
        self.script = list(script)
        self.bodies: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self.ports: list[int] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """The base URL to give a client."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def next_reply(self, body: Body, headers: dict[str, str]) -> Reply:
        """Note a request and say what it gets."""
        with self._lock:
            self.bodies.append(body)
            self.headers.append(headers)
            return self.script[min(len(self.bodies), len(self.script)) - 1]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                endpoint.ports.append(self.client_address[1])
                reply = endpoint.next_reply(body, {name.lower(): value for name, value in self.headers.items()})
                if reply.late:
                    endpoint._over.wait()
                if reply.reset or reply.late:
                    return self._break_off()
                self._send(reply, _encoded(reply.content(body) if callable(reply.content) else reply.content))
                return None

            def _send(self, reply: Reply, content: bytes) -> None:
                kind = "text/html" if content.startswith(b"<") else "application/json"
                self.send_response(reply.status)
                for name, value in {"Content-Type": kind, **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content) + reply.drips))
                self.end_headers()
                self.wfile.write(content)
                if reply.drips:  # a byte is missing, and comes too late
                    endpoint._over.wait()
                    self._break_off()

            def _break_off(self) -> None:
                linger = struct.pack("ii", 1, 0)  # close with RST, not FIN
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def _encoded(content: str | bytes | Body) -> bytes:
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)).encode()
