"""Exchanges are recorded, replayed and cached by one transport; in replay nothing ever reaches a network."""

from __future__ import annotations

import asyncio
import json
import pickle
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from summarizer.article import Article
from summarizer.errors import ModelError, RecordingError
from summarizer.llm import ModelEngine, ModelOptions
from summarizer.prompt import load_prompt
from summarizer.schema import EventSummary
from summarizer.tape import LABEL, Label, Recording, Tape, TapeError, TapeMode, digest
from tests.example import ARTICLE, DRAFT, changed
from tests.scripted_endpoint import Reply, ScriptedEndpoint, answer, completion, failure, said

KEY = "sk-a-key-nobody-may-see"
WRONG = changed("events.0.evidence", ["Norway closed three consulates"])
ASKED: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "Say something."}]}
NOWHERE = "http://127.0.0.1:9/v1"

Summarize = Callable[[ModelEngine, Article], EventSummary]


def waiting(engine: ModelEngine, article: Article) -> EventSummary:
    return engine.summarize(article)


def awaited(engine: ModelEngine, article: Article) -> EventSummary:
    return asyncio.run(engine.asummarize(article))


@pytest.fixture(params=[waiting, awaited])
def summarize(request: pytest.FixtureRequest) -> Summarize:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(autouse=True)
def _no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


class Network(httpx2.MockTransport):
    """What would be the network: it counts, and answers from a list, the last for all that follow."""

    def __init__(self, *replies: httpx2.Response) -> None:
        self.requests: list[httpx2.Request] = []
        self.replies = replies or (httpx2.Response(200, json=completion("Something.")),)
        super().__init__(self._answer)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        reply = self.replies[min(len(self.requests), len(self.replies)) - 1]
        return httpx2.Response(reply.status_code, headers=reply.headers, content=reply.content)


def client(tape: Tape, network: Network | None = None, **options: Any) -> openai.OpenAI:
    http = httpx2.Client(transport=tape.transport(network))
    return openai.OpenAI(http_client=http, **{"base_url": NOWHERE, "api_key": KEY, "max_retries": 0, **options})


def ask(tape: Tape, network: Network | None = None, **asked: Any) -> Any:
    with client(tape, network) as openai_client:
        return openai_client.chat.completions.create(**{**ASKED, **asked})


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


# --- the three modes --------------------------------------------------------------------------------------------------


def test_what_was_recorded_is_replayed_without_a_network(tmp_path: Path) -> None:
    recorded = ask(Tape(tmp_path, "record"), Network())
    network = Network()
    replayed = ask(Tape(tmp_path, "replay"), network)
    assert replayed == recorded
    assert network.requests == []


def test_recording_always_asks_and_keeps_the_newest(tmp_path: Path) -> None:
    network = Network(*(httpx2.Response(200, json=completion(text)) for text in ("Old.", "New.")))
    for _ in range(2):
        ask(Tape(tmp_path, "record"), network)
    assert len(network.requests) == 2
    assert ask(Tape(tmp_path, "replay")).choices[0].message.content == "New."


def test_a_cache_asks_once(tmp_path: Path) -> None:
    network = Network()
    for _ in range(3):
        ask(Tape(tmp_path, "cache"), network)
    assert len(network.requests) == 1
    assert len(files(tmp_path)) == 1


def test_a_replay_without_a_recording_is_an_error_that_nothing_retries_or_wraps(tmp_path: Path) -> None:
    network = Network()
    openai_client = client(Tape(tmp_path, "replay"), network, max_retries=5)
    with openai_client, pytest.raises(RecordingError) as missed:
        openai_client.chat.completions.create(**ASKED)
    assert network.requests == []
    assert "holds no recording" in missed.value.message
    assert f"--record {tmp_path}" in missed.value.hint
    again = pickle.loads(pickle.dumps(missed.value))
    assert (type(again), again.message, again.key) == (TapeError, missed.value.message, missed.value.key)


def test_the_same_holds_for_an_async_client(tmp_path: Path) -> None:
    async def run(mode: TapeMode, network: Network | None, **asked: Any) -> Any:
        http = httpx2.AsyncClient(transport=Tape(tmp_path, mode).transport(network))
        async with openai.AsyncOpenAI(http_client=http, base_url=NOWHERE, api_key=KEY, max_retries=5) as aclient:
            return await aclient.chat.completions.create(**{**ASKED, **asked})

    network = Network()
    recorded = asyncio.run(run("cache", network))
    assert asyncio.run(run("cache", network)) == asyncio.run(run("replay", None)) == recorded
    assert len(network.requests) == 1
    with pytest.raises(RecordingError):
        asyncio.run(run("replay", None, temperature=0.5))


@pytest.mark.parametrize(
    "reply",
    [
        httpx2.Response(500, json={"error": {"message": "no"}}),
        httpx2.Response(429, json=completion("Busy.")),
        httpx2.Response(200, json={"error": {"message": "no"}}),
        httpx2.Response(200, json={**completion(""), "choices": []}),
        httpx2.Response(200, content=b"<html>"),
    ],
)
def test_only_whole_replies_are_kept(reply: httpx2.Response, tmp_path: Path) -> None:
    folder = tmp_path / "tape"
    with client(Tape(folder, "record"), Network(reply)) as openai_client, suppress(openai.APIStatusError):
        openai_client.chat.completions.create(**ASKED)
    assert not folder.exists()


def test_what_is_no_chat_completion_passes_a_recorder_and_stops_a_replay(tmp_path: Path) -> None:
    network = Network(httpx2.Response(200, json={"object": "list", "data": []}))
    with client(Tape(tmp_path, "record"), network) as openai_client:
        openai_client.models.list()
    assert files(tmp_path) == []
    with client(Tape(tmp_path, "replay"), network) as openai_client, pytest.raises(RecordingError):
        openai_client.models.list()
    assert len(network.requests) == 1


# --- the key ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        {"model": "n"},
        {"messages": [{"role": "user", "content": "Say something else."}]},
        {"temperature": 0.5},
        {"seed": 1},
        {"max_tokens": 7},
        {"response_format": {"type": "json_object"}},
        {"tools": [{"type": "function", "function": {"name": "f"}}]},
    ],
)
def test_whatever_decides_a_reply_decides_its_key(asked: dict[str, Any], tmp_path: Path) -> None:
    ask(Tape(tmp_path, "record"), Network())
    with pytest.raises(RecordingError):
        ask(Tape(tmp_path, "replay"), **asked)


def test_samples_of_one_request_are_kept_apart(tmp_path: Path) -> None:
    network = Network(*(httpx2.Response(200, json=completion(str(sample))) for sample in range(3)))
    for mode in ("record", "replay"):
        for sample in range(3):
            token = LABEL.set(Label(sample=sample))
            reply = ask(Tape(tmp_path, mode), network)
            LABEL.reset(token)
            assert reply.choices[0].message.content == str(sample)
    assert len(files(tmp_path)) == 3


def test_the_order_of_a_body_s_fields_does_not_matter() -> None:
    body = {"model": "m", "messages": [], "temperature": 0.0}
    assert Recording.of(body, Label()) == Recording.of(dict(reversed(body.items())), Label())


def test_neither_the_endpoint_s_address_nor_the_key_matters(tmp_path: Path) -> None:
    ask(Tape(tmp_path, "record"), Network())
    with client(Tape(tmp_path, "replay"), base_url="https://elsewhere.example/v9", api_key="another") as openai_client:
        openai_client.chat.completions.create(**ASKED)


# --- the files --------------------------------------------------------------------------------------------------------


def test_a_recording_is_readable_and_names_what_decided_it(tmp_path: Path) -> None:
    token = LABEL.set(Label(template="t", article="a", schema="s", sample=2))
    ask(Tape(tmp_path, "record"), Network(), temperature=0.5)
    LABEL.reset(token)
    (path,) = files(tmp_path)
    text = path.read_text(encoding="utf-8")
    data = json.loads(text)
    assert path.stem == data["key"][:32]
    assert (data["model"], data["mode"], data["sample"], data["step"]) == ("m", "json", 2, 0)
    assert data["parameters"] == {"temperature": 0.5}
    assert {name: data["components"][name] for name in ("template", "article", "schema")} == {
        "template": "t",
        "article": "a",
        "schema": "s",
    }
    assert text.endswith("}\n")
    assert text.count("\n") > 20  # lines, for git to merge


def test_no_secret_gets_into_a_recording(tmp_path: Path) -> None:
    echo = {
        **completion(f"Your key is {KEY} of org-of-the-caller."),
        "system_fingerprint": "fp",
        "organization": "org-x",
    }
    network = Network(httpx2.Response(200, json=echo, headers={"openai-organization": "org-x", "set-cookie": "secret"}))
    with client(Tape(tmp_path, "record"), network, organization="org-of-the-caller") as openai_client:
        openai_client.chat.completions.create(**ASKED)
    text = files(tmp_path)[0].read_text(encoding="utf-8")
    for secret in (KEY, "org-of-the-caller", "org-x", "secret", "Bearer", "authorization"):
        assert secret not in text
    assert "Your key is [removed]" in text


def test_a_broken_file_is_an_error_in_replay_and_none_to_a_cache(tmp_path: Path) -> None:
    ask(Tape(tmp_path, "record"), Network())
    files(tmp_path)[0].write_text("{", encoding="utf-8")
    with pytest.raises(RecordingError, match="cannot be read"):
        ask(Tape(tmp_path, "replay"))
    ask(Tape(tmp_path, "cache"), Network())
    ask(Tape(tmp_path, "replay"))


def test_a_folder_that_cannot_be_written_is_a_recording_error_and_the_reply_is_paid_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    network = Network()
    openai_client = client(Tape(tmp_path / "file", "record"), network, max_retries=5)
    with openai_client, pytest.raises(RecordingError, match="can be written"):
        openai_client.chat.completions.create(**ASKED)
    assert len(network.requests) == 1


def test_half_a_character_in_a_reply_is_kept_and_replayed(tmp_path: Path) -> None:
    reply = httpx2.Response(
        200, content=json.dumps(completion("é \ud83d")), headers={"content-type": "application/json"}
    )
    recorded = ask(Tape(tmp_path, "record"), Network(reply))
    assert ask(Tape(tmp_path, "replay")) == recorded
    assert recorded.choices[0].message.content == "é \ud83d"


def test_many_writers_of_one_recording_leave_one_whole_file(tmp_path: Path) -> None:
    tape = Tape(tmp_path, "record")
    threads = [threading.Thread(target=ask, args=(tape, Network())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(files(tmp_path)) == 1
    assert ask(Tape(tmp_path, "replay")).choices[0].message.content == "Something."


# --- what a miss says -------------------------------------------------------------------------------------------------


def missed(tape: Tape, label: Label, **asked: Any) -> RecordingError:
    token = LABEL.set(label)
    try:
        with pytest.raises(RecordingError) as error:
            ask(tape, **asked)
        return error.value
    finally:
        LABEL.reset(token)


def test_a_miss_names_what_changed_since_the_nearest_recording(tmp_path: Path) -> None:
    for article in ("first", "second"):
        token = LABEL.set(Label(template="t", article=article, schema="s"))
        ask(Tape(tmp_path, "record"), Network(), user=article)
        LABEL.reset(token)
    nearest = next(path for path in files(tmp_path) if '"article": "second"' in path.read_text(encoding="utf-8"))
    error = missed(Tape(tmp_path, "replay"), Label(template="T", article="second", schema="S"), user="2nd", n=1)
    assert error.changed == ("template", "schema", "parameters")
    assert nearest.name in error.message
    assert "template, schema, parameters" in error.message


def test_recordings_are_fresh_stale_missing_or_orphans(tmp_path: Path) -> None:
    for article in ("read", "changed", "forgotten"):
        token = LABEL.set(Label(template="t", article=article))
        ask(Tape(tmp_path, "record"), Network(), user=article)
        LABEL.reset(token)
    tape = Tape(tmp_path, "replay")
    token = LABEL.set(Label(template="t", article="read"))
    ask(tape, user="read")
    LABEL.reset(token)
    keys = [missed(tape, Label(template="T", article=name), user=name, n=1).key[:32] for name in ("changed", "new")]
    states = tape.states()
    assert states[f"{keys[0]}.json"] == "stale"
    assert states[f"{keys[1]}.json"] == "missing"
    assert sorted(states.values()) == ["fresh", "missing", "orphan", "orphan", "stale"]


# --- under the engine -------------------------------------------------------------------------------------------------


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Callable[..., ScriptedEndpoint]]:
    """Record a summary from a script; the endpoint is then there to show that nobody asks it any more."""
    opened: list[ScriptedEndpoint] = []

    def run(*script: Reply, **options: Any) -> ScriptedEndpoint:
        endpoint = ScriptedEndpoint(script).__enter__()
        opened.append(endpoint)
        tape = Tape(tmp_path, "record")
        with ModelEngine("m", ModelOptions(base_url=endpoint.url, api_key=KEY, tape=tape, **options)) as engine:
            engine.summarize(ARTICLE)
        return endpoint

    yield run
    for endpoint in opened:
        endpoint.__exit__(None, None, None)


def replaying(folder: Path, **options: Any) -> ModelEngine:
    return ModelEngine("m", ModelOptions(**{"base_url": NOWHERE, "tape": Tape(folder, "replay"), **options}))


def test_a_conversation_is_replayed_with_its_second_question(record: Any, summarize: Summarize, tmp_path: Path) -> None:
    record(answer(WRONG), answer(DRAFT))
    with replaying(tmp_path) as engine:
        first, second = summarize(engine, ARTICLE), summarize(engine, ARTICLE)
    assert first == second
    assert first.usage is not None
    assert (first.usage.requests, first.usage.prompt_tokens) == (2, 2000)
    steps = [json.loads(path.read_text(encoding="utf-8"))["step"] for path in files(tmp_path)]
    assert sorted(steps) == [0, 1]


def test_a_replay_needs_no_key_and_gives_the_same_summary_byte_for_byte(record: Any, tmp_path: Path) -> None:
    record(answer(DRAFT))
    texts = set()
    for _ in range(2):
        # OpenAI takes max_completion_tokens, other endpoints max_tokens: the recording says which it was
        with replaying(tmp_path, base_url=None) as engine:
            texts |= {engine.summarize(ARTICLE).model_dump_json() for _ in range(2)}
    assert len(texts) == 1
    assert json.loads(texts.pop())["usage"]["requests"] == 1


def test_what_an_endpoint_did_not_take_is_not_asked_of_its_recordings(
    record: Any, summarize: Summarize, tmp_path: Path
) -> None:
    refusals = (failure(400, message="no response_format"), failure(400, param="temperature"))
    endpoint = record(*refusals, answer(DRAFT))
    tape = Tape(tmp_path, "replay")
    with replaying(tmp_path, tape=tape) as engine:
        assert summarize(engine, ARTICLE).rejected == ()
    assert list(tape.states().values()) == ["fresh"]
    assert len(endpoint.bodies) == 3


def test_a_changed_prompt_article_or_parameter_is_named_by_the_miss(
    record: Any, summarize: Summarize, tmp_path: Path
) -> None:
    endpoint = record(answer(DRAFT))

    def changed_by(article: Article = ARTICLE, **options: Any) -> tuple[str, ...]:
        with replaying(tmp_path, **options) as engine, pytest.raises(RecordingError) as error:
            summarize(engine, article)
        assert error.value.__cause__ is error.value.__context__ is None
        assert type(error.value) is RecordingError
        return error.value.changed

    assert changed_by(prompt="brief") == ("template",)
    assert changed_by(Article.from_text(ARTICLE.text + "More.")) == ("article",)
    assert changed_by(Article(ARTICLE.text, title="A title")) == ("about",)
    assert changed_by(temperature=0.5) == ("parameters",)
    assert changed_by(seed=3) == ("parameters",)
    assert changed_by(sample=1) == ("sample",)
    assert changed_by(mode="tools") == ("mode",)
    assert len(endpoint.bodies) == 1


def test_a_missing_second_question_is_no_reason_to_salvage_the_first_answer(
    record: Any, summarize: Summarize, tmp_path: Path
) -> None:
    record(answer(changed("statements.0.text", "Quite another thing")), answer(DRAFT))
    second = next(p for p in files(tmp_path) if json.loads(p.read_text(encoding="utf-8"))["step"] == 1)
    second.unlink()
    with replaying(tmp_path) as engine, pytest.raises(RecordingError) as error:
        summarize(engine, ARTICLE)
    assert error.value.changed == ("step", "conversation")


def test_a_model_s_failure_is_replayed_as_it_was(tmp_path: Path, summarize: Summarize) -> None:
    with ScriptedEndpoint([said(None, refusal="No.")]) as endpoint:
        recorder = ModelEngine("m", ModelOptions(base_url=endpoint.url, tape=Tape(tmp_path, "record")))
        for engine in (recorder, replaying(tmp_path)):
            with engine, pytest.raises(ModelError) as failed:
                summarize(engine, ARTICLE)
            assert (failed.value.kind, failed.value.attempts) == ("refusal", 1)
    assert len(endpoint.bodies) == 1


def test_a_folder_given_to_an_engine_is_a_cache(summarize: Summarize, tmp_path: Path) -> None:
    with ScriptedEndpoint([answer(DRAFT)]) as endpoint:
        with ModelEngine("m", ModelOptions(base_url=endpoint.url, tape=tmp_path)) as engine:
            assert summarize(engine, ARTICLE) == summarize(engine, ARTICLE)
        assert len(endpoint.bodies) == 1


def test_the_label_of_an_engine_s_recording_is_what_its_parts_hash_to(record: Any, tmp_path: Path) -> None:
    record(answer(DRAFT))
    components = json.loads(files(tmp_path)[0].read_text(encoding="utf-8"))["components"]
    assert components["template"] == load_prompt().fingerprint
    assert components["article"] == ARTICLE.sha256
    assert components["about"] == digest([None, None])
