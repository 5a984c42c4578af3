"""A model's summary is validated, asked for again, counted; and every failure ends as one of ours.

The table `FAULTS` is the documentation of what becomes of which fault.
"""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.engine import Engine
from summarizer.errors import ErrorKind, ModelError, SummarizerError, UsageError
from summarizer.llm import Dialect, Mode, ModelEngine, ModelOptions, bare_json, sent_schema
from summarizer.schema import EventSummary
from tests.example import ARTICLE, DRAFT, TEXT, changed
from tests.scripted_endpoint import Body, Reply, ScriptedEndpoint, answer, completion, failure, said

Summarize = Callable[[ModelEngine, Article], EventSummary]
KEY = "sk-a-key-nobody-may-see"
WRONG = changed("events.0.evidence", ["Norway closed three consulates"])
NOTHING = {"events": [], "secret": "a reply nobody may see"}
OTHER = Article.from_text("Sofia opens a bridge\n\nBulgaria opened a bridge in Ruse on Friday.")
OTHER_DRAFT = {
    "headline": "Bulgaria opens a bridge in Ruse",
    "summary": "Bulgaria opened a bridge in Ruse on Friday.",
    "contexts": [],
    "entities": [{"name": "Bulgaria", "type": "country", "country": "BGR", "aliases": ["Sofia"]}],
    "events": [
        {
            "id": "e1",
            "event_type": "OTHER",
            "salience": "main",
            "status": "occurred",
            "description": "Bulgaria opened a bridge.",
            "actor": ["Bulgaria"],
            "evidence": ["Bulgaria opened a bridge in Ruse on Friday"],
        }
    ],
    "statements": [],
}


def waiting(engine: ModelEngine, article: Article) -> EventSummary:
    return engine.summarize(article)


def awaited(engine: ModelEngine, article: Article) -> EventSummary:
    return asyncio.run(engine.asummarize(article))


@pytest.fixture(params=[waiting, awaited])
def summarize(request: pytest.FixtureRequest) -> Summarize:
    """Both ways of asking: the facts below hold for each."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """The first call of a process builds schemas for a second, which no short deadline below is to pay for."""
    with ScriptedEndpoint([answer(DRAFT)]) as endpoint:
        engine = ModelEngine("m", ModelOptions(base_url=endpoint.url, api_key=KEY))
        for summarize in (waiting, awaited):
            summarize(engine, ARTICLE)
        engine.close()


@pytest.fixture(autouse=True)
def _no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "SUMMARIZER_PRICES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[ModelEngine, ScriptedEndpoint]]]:
    """An engine over an endpoint with a script; both are closed after the test."""
    opened: list[Any] = []

    def open_both(*script: Reply, **options: Any) -> tuple[ModelEngine, ScriptedEndpoint]:
        endpoint = ScriptedEndpoint(script).__enter__()
        engine = ModelEngine("m", ModelOptions(base_url=endpoint.url, api_key=KEY, **options))
        opened.extend((endpoint, engine))
        return engine, endpoint

    yield open_both
    for one in reversed(opened):
        one.__exit__(None, None, None)


def failing(summarize: Summarize, engine: ModelEngine, article: Article = ARTICLE) -> ModelError:
    with pytest.raises(ModelError) as failed:
        summarize(engine, article)
    return failed.value


# --- what becomes of which fault --------------------------------------------------------------------------------------

TOO_LONG = "This model's maximum context length is 100 tokens."
ECHO = f"Incorrect API key provided: {KEY}. You sent: {TEXT}"
FAULTS: list[tuple[str, Sequence[Reply], ErrorKind, int, dict[str, Any]]] = [
    ("a busy endpoint is asked three times", [failure(429, "rate_limit_exceeded")], "rate_limit", 3, {}),
    ("an account without money is not asked again", [failure(429, "insufficient_quota")], "quota", 1, {}),
    ("payment required", [failure(402)], "quota", 1, {}),
    ("a server's error is asked three times", [failure(500, message=ECHO)], "server", 3, {}),
    ("a gateway's error", [failure(503)], "server", 3, {}),
    ("a wrong key", [failure(401, "invalid_api_key", ECHO)], "auth", 1, {}),
    ("a key that may not", [failure(403)], "auth", 1, {}),
    ("no answer in time", [Reply(late=True)], "timeout", 1, {"timeout": 0.5}),
    ("an answer that never ends", [Reply(content="{", drips=True)], "timeout", 1, {"timeout": 0.5}),
    ("an error that never ends", [Reply(500, "{", drips=True)], "timeout", 1, {"timeout": 0.5}),
    ("a broken connection", [Reply(reset=True)], "network", 1, {"retries": 0}),
    ("a reply cut twice", [answer("{", finish="length")], "truncated", 2, {}),
    ("a reply cut where no limit is known", [said("{", finish="length", usage=None)], "truncated", 1, {"prompt": "x"}),
    ("a refusal", [said(None, refusal="I cannot help with that.")], "refusal", 1, {}),
    ("a reply stopped by a filter", [said("{", finish="content_filter")], "refusal", 1, {}),
    ("a request stopped by a filter", [failure(400, "content_filter", ECHO)], "refusal", 1, {}),
    ("no choices", [Reply(content={**completion(""), "choices": []})], "server", 1, {}),
    ("a choice without a message", [Reply(content={**completion(""), "choices": [{"index": 0}]})], "server", 1, {}),
    ("content of another kind", [Reply(content=completion([{"a": 1}]))], "server", 1, {}),  # type: ignore[arg-type]
    ("garbage for JSON", [Reply(content="{]")], "server", 1, {}),
    ("a page of HTML", [Reply(content="<html>Log in</html>")], "server", 1, {}),
    ("an error told with HTTP 200", [Reply(content={"error": {"code": 429, "message": ECHO}})], "rate_limit", 1, {}),
    ("an error told with HTTP 200 in words", [Reply(content={"error": {"code": ["?"]}})], "server", 1, {}),
    (
        "an error of another form",
        [Reply(400, {"error": {"code": ["?"], "type": {}, "message": 3}})],
        "bad_request",
        1,
        {},
    ),
    ("an error that is a list", [Reply(400, "[1]")], "bad_request", 1, {}),
    ("too long, by code", [failure(400, "context_length_exceeded", ECHO)], "context_length", 1, {}),
    ("too long, in words", [failure(400, message=TOO_LONG)], "context_length", 1, {}),
    ("too large to take", [failure(413)], "context_length", 1, {}),
    ("an unknown model", [failure(404, "model_not_found", "no such model")], "bad_request", 1, {}),
    ("another bad request", [failure(400, "x y z", ECHO.replace("3 May", ""))], "bad_request", 1, {}),
    ("answers in prose", [said("I would rather not.")], "invalid_output", 3, {}),
    ("answers with nothing in them", [said("")], "invalid_output", 3, {}),
    ("drafts of which nothing stands", [answer(NOTHING)], "invalid_output", 3, {}),
    ("drafts that are no object", [answer("[1, 2]")], "invalid_output", 3, {}),
]


@pytest.mark.parametrize(
    ("script", "kind", "attempts", "options"), [row[1:] for row in FAULTS], ids=[r[0] for r in FAULTS]
)
def test_every_fault_ends_as_an_error_of_its_kind(
    script: Sequence[Reply], kind: ErrorKind, attempts: int, options: dict[str, Any], serve: Any, summarize: Summarize
) -> None:
    if options.get("prompt"):
        options = {"prompt": unlimited()}
    engine, endpoint = serve(*script, **options)
    error = failing(summarize, engine)
    assert (error.kind, error.attempts, error.usage.requests) == (kind, attempts, attempts)
    assert len(endpoint.bodies) == attempts
    assert error.hint
    assert_silent(error)


def assert_silent(error: SummarizerError) -> None:
    """An error says nothing of the key, the article or a reply, survives pickling, and drags no library along."""
    told = f"{error} {error.hint} {error!r} {vars(error)}"
    for secret in (KEY, "consulates", "Norway", "rather not", "nobody may see", "Log in"):
        assert secret not in told
    assert error.__cause__ is None
    assert error.__context__ is None
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), vars(again)) == (type(error), vars(error))


def unlimited() -> Any:
    from dataclasses import replace

    from summarizer.prompt import load_prompt

    return replace(load_prompt(), defaults={})


def test_nothing_of_an_article_is_logged_or_printed(
    serve: Any, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    engine, _ = serve(answer(WRONG), failure(500, message=ECHO), answer(NOTHING), said("prose, not JSON"), tries=4)
    with caplog.at_level(logging.INFO):
        assert engine.summarize(ARTICLE).rejected
    assert "consulates" not in caplog.text
    assert KEY not in caplog.text
    assert capfd.readouterr() == ("", "")


def test_tokens_of_failed_attempts_are_counted_too(serve: Any, summarize: Summarize) -> None:
    engine, _ = serve(answer(NOTHING), prices={"m": {"input": 1.0, "output": 10.0}})
    usage = failing(summarize, engine).usage
    assert (usage.prompt_tokens, usage.completion_tokens) == (3000, 300)
    assert usage.cost == pytest.approx(0.006)


# --- what a good reply becomes ----------------------------------------------------------------------------------------


def test_an_engine_is_an_engine(serve: Any) -> None:
    assert isinstance(serve(answer(DRAFT))[0], Engine)


def test_a_summary_says_who_made_it_of_which_request_and_what_it_took(serve: Any, summarize: Summarize) -> None:
    engine, _ = serve(answer(DRAFT))
    summary = summarize(engine, ARTICLE)
    assert summary.engine == "model:m"
    assert summary.rejected == ()
    assert summary.usage is not None
    assert (summary.usage.requests, summary.usage.total_tokens, summary.usage.cost) == (1, 1100, None)
    assert summary.request is not None
    assert len(summary.request) == 64
    assert summarize(engine, ARTICLE).request == summary.request
    pickle.loads(pickle.dumps(summary))


def test_another_article_or_parameter_is_another_request(serve: Any) -> None:
    def request(article: Article, draft: Body, **options: Any) -> str | None:
        summary: EventSummary = serve(answer(draft), **options)[0].summarize(article)
        return summary.request

    requests = [request(ARTICLE, DRAFT), request(OTHER, OTHER_DRAFT), request(ARTICLE, DRAFT, temperature=0.5)]
    assert len(set(requests)) == 3


def test_a_wrong_draft_is_asked_for_again_with_every_violation_at_once(serve: Any, summarize: Summarize) -> None:
    twice = changed("events.0.evidence", ["Norway closed three consulates"])
    twice["events"][1]["recipient"] = ["Nobody"]
    engine, endpoint = serve(answer(twice), answer(DRAFT))
    summary = summarize(engine, ARTICLE)
    assert summary.rejected == ()
    asked_again = endpoint.bodies[1]["messages"]
    assert [message["role"] for message in asked_again] == ["system", "user", "assistant", "user"]
    assert "events[0].evidence[0].text" in asked_again[-1]["content"]
    assert "no entity is called 'Nobody'" in asked_again[-1]["content"]
    assert "http" not in asked_again[-1]["content"]


def test_after_the_last_try_what_stands_is_kept_and_the_rest_is_rejected(serve: Any, summarize: Summarize) -> None:
    wrong = changed("statements.0.text", "We had every choice in the world")
    engine, endpoint = serve(answer(wrong), tries=2)
    summary = summarize(engine, ARTICLE)
    assert len(endpoint.bodies) == 2
    assert [rejection.path for rejection in summary.rejected] == ["statements[0]"]
    assert summary.statements == ()
    assert summary.usage is not None
    assert summary.usage.prompt_tokens == 2000


@pytest.mark.parametrize(
    "then",
    [said("no JSON"), failure(500), failure(429, "insufficient_quota"), answer("{", finish="length")],
    ids=["prose", "a server's error", "no money", "a cut reply"],
)
def test_a_draft_in_hand_outlives_a_failure_to_mend_it(then: Reply, serve: Any, summarize: Summarize) -> None:
    engine, _ = serve(answer(changed("statements.0.text", "Quite another thing")), then)
    summary = summarize(engine, ARTICLE)
    assert [rejection.path for rejection in summary.rejected] == ["statements[0]"]


def test_a_refusal_to_mend_a_draft_is_a_refusal(serve: Any, summarize: Summarize) -> None:
    engine, _ = serve(answer(WRONG), said(None, refusal="No."))
    assert failing(summarize, engine).kind == "refusal"


def test_a_cut_reply_gets_twice_the_room_once(serve: Any, summarize: Summarize) -> None:
    engine, endpoint = serve(answer("{", finish="length"), answer(DRAFT), max_tokens=50)
    assert summarize(engine, ARTICLE).rejected == ()
    assert [body["max_tokens"] for body in endpoint.bodies] == [50, 100]


def test_an_endpoint_that_allows_no_more_room_has_truncated_the_reply(serve: Any, summarize: Summarize) -> None:
    engine, _ = serve(answer("{", finish="length"), failure(400, message="max_tokens is too large"))
    assert failing(summarize, engine).kind == "truncated"


@pytest.mark.parametrize("around", ["```json\n{}\n```", "Here it is:\n{}\nDone.", "<think>{{hm}}</think>{}"])
def test_a_draft_between_other_words_is_read(around: str, serve: Any, summarize: Summarize) -> None:
    text = around.replace("{}", json.dumps(DRAFT)).replace("{{", "{").replace("}}", "}")
    engine, endpoint = serve(said(text))
    assert summarize(engine, ARTICLE).rejected == ()
    assert len(endpoint.bodies) == 1


def test_text_without_an_object_is_left_as_it_is() -> None:
    assert bare_json("no object } here {") == "no object } here {"


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": None, "completion_tokens": 7}, {"total_tokens": "many"}])
def test_a_reply_that_does_not_count_its_tokens_has_no_cost(usage: Any, serve: Any, summarize: Summarize) -> None:
    engine, _ = serve(answer(DRAFT, usage=usage), prices={"m": {"input": 1, "output": 1}})
    counted = summarize(engine, ARTICLE).usage
    assert counted is not None
    assert (counted.requests, counted.prompt_tokens, counted.cost) == (1, 0, None)


def test_cached_tokens_are_counted_and_priced_apart(serve: Any, summarize: Summarize) -> None:
    usage = {"prompt_tokens": 1000, "completion_tokens": 0, "prompt_tokens_details": {"cached_tokens": 900}}
    engine, _ = serve(answer(DRAFT, usage=usage), prices={"m": {"input": 10, "cached_input": 1, "output": 1}})
    counted = summarize(engine, ARTICLE).usage
    assert counted is not None
    assert counted.cached_tokens == 900
    assert counted.cost == pytest.approx((100 * 10 + 900 * 1) / 1e6)


# --- time and repetition ----------------------------------------------------------------------------------------------


def test_a_busy_endpoint_is_asked_again_when_it_says(serve: Any, summarize: Summarize) -> None:
    engine, _ = serve(failure(429, "rate_limit_exceeded"), failure(500), answer(DRAFT))
    usage = summarize(engine, ARTICLE).usage
    assert usage is not None
    assert (usage.requests, usage.prompt_tokens) == (3, 1000)


@pytest.mark.parametrize("when", ["60", "Wed, 21 Oct 2099 07:28:00 GMT", "3600"])
def test_nobody_waits_for_a_time_after_the_deadline(when: str, serve: Any, summarize: Summarize) -> None:
    engine, _ = serve(failure(429, retry_after_ms="", retry_after=when), timeout=5.0)
    started = time.monotonic()
    error = failing(summarize, engine)
    assert (error.kind, error.attempts) == ("rate_limit", 1)
    assert time.monotonic() - started < 2


def test_the_deadline_is_for_all_requests_together(serve: Any, summarize: Summarize) -> None:
    engine, endpoint = serve(answer(NOTHING), Reply(late=True), timeout=1.0)
    started = time.monotonic()
    assert failing(summarize, engine).kind == "timeout"
    assert len(endpoint.bodies) == 2
    assert time.monotonic() - started < 8


# --- ways of asking ---------------------------------------------------------------------------------------------------

NO_SCHEMA = failure(400, message="response_format of type json_schema is not supported", param="response_format")
NO_TOOLS = failure(400, message="m does not support tools")


def test_the_endpoint_is_asked_to_enforce_the_schema(serve: Any) -> None:
    engine, endpoint = serve(answer(DRAFT))
    engine.summarize(ARTICLE)
    assert endpoint.bodies[0]["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "EventSummary", "schema": sent_schema(), "strict": True},
    }


def test_the_schema_that_is_sent_has_only_what_strict_endpoints_take() -> None:
    def check(node: Any) -> None:
        if isinstance(node, dict):
            assert not {"minLength", "pattern", "format", "minItems", "default"} & set(node)
            if node.get("type") == "object":
                assert node["additionalProperties"] is False
                assert node["required"] == list(node["properties"])
        for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            check(part)

    check({**sent_schema(), "$defs": list(sent_schema()["$defs"].values())})


def test_an_endpoint_without_schemas_is_asked_by_a_tool_then_in_words_and_that_is_remembered(
    serve: Any, summarize: Summarize
) -> None:
    engine, endpoint = serve(NO_SCHEMA, NO_TOOLS, answer(DRAFT))
    first, second = summarize(engine, ARTICLE), summarize(engine, ARTICLE)
    assert first.rejected == second.rejected == ()
    assert ["response_format" in body for body in endpoint.bodies] == [True, False, False, False]
    assert ["tools" in body for body in endpoint.bodies] == [False, True, False, False]
    assert '"headline"' in endpoint.bodies[2]["messages"][0]["content"]
    assert first.usage is not None
    assert first.usage.requests == 3


def test_by_a_tool_the_schema_is_strict_and_a_wrong_draft_is_asked_for_again(serve: Any, summarize: Summarize) -> None:
    engine, endpoint = serve(answer(WRONG), answer(DRAFT), mode="tools")
    assert summarize(engine, ARTICLE).rejected == ()
    assert endpoint.bodies[0]["tools"][0]["function"]["strict"] is True
    assert endpoint.bodies[0]["tools"][0]["function"]["parameters"] == sent_schema()
    assert endpoint.bodies[1]["messages"][-1]["role"] == "tool"


def test_a_tool_that_is_ignored_is_asked_for_again(serve: Any, summarize: Summarize) -> None:
    engine, endpoint = serve(said("I have no tools."), answer(DRAFT), mode="tools")
    assert summarize(engine, ARTICLE).rejected == ()
    assert len(endpoint.bodies) == 2


def test_in_words_the_article_stays_in_the_user_part(serve: Any, summarize: Summarize) -> None:
    engine, endpoint = serve(answer(DRAFT), mode="json")
    assert summarize(engine, ARTICLE).rejected == ()
    roles = [message["role"] for message in endpoint.bodies[0]["messages"]]
    assert roles == ["system", "user"]
    assert TEXT in endpoint.bodies[0]["messages"][1]["content"]


def test_a_way_of_asking_that_was_named_is_kept(serve: Any, summarize: Summarize) -> None:
    engine, _ = serve(NO_SCHEMA, answer(DRAFT), mode="json_schema")
    error = failing(summarize, engine)
    assert (error.kind, error.attempts) == ("bad_request", 1)


def test_an_endpoint_that_refuses_strictness_alone_still_gets_the_schema(serve: Any, summarize: Summarize) -> None:
    engine, endpoint = serve(failure(400, message="Invalid schema for response_format: 'anyOf'"), answer(DRAFT))
    assert summarize(engine, ARTICLE).rejected == ()
    assert "strict" not in endpoint.bodies[1]["response_format"]["json_schema"]


@pytest.mark.parametrize(
    ("refusal", "absent", "present"),
    [
        (
            failure(400, param="max_tokens", message="use 'max_completion_tokens'"),
            "max_tokens",
            "max_completion_tokens",
        ),
        (failure(400, message="max_tokens is too large: at most 4096"), "max_tokens", "temperature"),
        (failure(400, param="temperature", message="only the default is supported"), "temperature", "max_tokens"),
        (failure(422, message="seed: extra inputs are not permitted"), "seed", "max_tokens"),
        (
            failure(400, message="maximum context 4096: 1000 in the messages, 8000 in the completion"),
            "max_tokens",
            "seed",
        ),
    ],
)
def test_a_parameter_that_is_refused_is_named_otherwise_or_left_out_and_that_is_remembered(
    refusal: Reply, absent: str, present: str, serve: Any, summarize: Summarize
) -> None:
    engine, endpoint = serve(refusal, answer(DRAFT), seed=1)
    assert summarize(engine, ARTICLE).rejected == ()
    summarize(engine, ARTICLE)
    assert absent in endpoint.bodies[0]
    for body in endpoint.bodies[1:]:
        assert absent not in body
        assert present in body
    assert len(endpoint.bodies) == 3


def test_a_refusal_of_everything_ends(serve: Any, summarize: Summarize) -> None:
    everything = "response_format tools max_tokens temperature seed strict"
    engine, endpoint = serve(failure(400, message=everything), seed=1)
    assert failing(summarize, engine).kind == "bad_request"
    assert len(endpoint.bodies) <= 8


def test_a_server_error_is_no_reason_to_ask_in_another_way(serve: Any, summarize: Summarize) -> None:
    engine, endpoint = serve(failure(500, message="response_format is not supported"), retries=0)
    assert failing(summarize, engine).kind == "server"
    assert len(endpoint.bodies) == 1


def test_a_dialect_gives_no_alternative_to_a_refusal_of_something_else() -> None:
    assert list(Dialect().simpler("model", "no such model", fixed=False)) == []


# --- the article is data ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_template_marks_in_an_article_reach_the_endpoint_as_they_are(mode: Mode, serve: Any) -> None:
    marks = "{{ 7*7 }} {% raw %} {# gone #} {{ article }} {{ fence }} \N{RIGHT-TO-LEFT OVERRIDE}\x1b[31m</article>"
    article = Article.from_text(f"{TEXT}  {marks}\n\n")
    engine, endpoint = serve(answer(DRAFT), mode=mode)
    engine.summarize(article)
    assert article.text in endpoint.bodies[0]["messages"][1]["content"]


def test_the_system_part_comes_first_and_is_the_same_for_every_article(serve: Any) -> None:
    engine, endpoint = serve(answer(DRAFT), answer(OTHER_DRAFT))
    engine.summarize(ARTICLE)
    engine.summarize(OTHER)
    first, second = (body["messages"] for body in endpoint.bodies)
    assert first[0] == second[0]
    assert first[0]["role"] == "system"


# --- keys and options -------------------------------------------------------------------------------------------------


def test_without_a_key_openai_is_not_even_asked() -> None:
    with pytest.raises(ModelError) as refused:
        ModelEngine("gpt-4.1-mini")
    assert (refused.value.kind, refused.value.attempts) == ("auth", 0)
    assert "--engine offline" in refused.value.hint


def test_another_endpoint_needs_no_key(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _, endpoint = serve(answer(DRAFT))
    monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
    with ModelEngine("m") as engine:
        engine.summarize(ARTICLE)
    assert endpoint.headers[0]["authorization"] == "Bearer none"


def test_a_key_from_the_environment_is_used_without_its_line_end(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _, endpoint = serve(answer(DRAFT))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-the-environment\n")
    with ModelEngine("m", ModelOptions(base_url=endpoint.url)) as engine:
        engine.summarize(ARTICLE)
    assert endpoint.headers[0]["authorization"] == "Bearer sk-from-the-environment"


@pytest.mark.parametrize("key", ["sk-\x00", "sk-\u201ccurly\u201d", "two words"])
def test_a_key_that_cannot_be_one_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(ModelError) as refused:
        ModelEngine("m", ModelOptions(api_key=key))
    assert refused.value.kind == "auth"
    assert key not in str(refused.value)
    assert key not in repr(ModelOptions(api_key=key))


@pytest.mark.parametrize(
    "options",
    [
        {"tries": 0},
        {"timeout": 0},
        {"timeout": float("inf")},
        {"retries": -1},
        {"max_tokens": 0},
        {"mode": "xml"},
        {"concurrency": 0},
        {"base_url": "localhost:8080"},
        {"base_url": "http://"},
        {"prompt": "no-such-prompt"},
    ],
)
def test_options_that_cannot_be_meant_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        ModelEngine("m", ModelOptions(**{"base_url": "http://localhost/v1", **options}))


def test_a_proxy_that_cannot_be_used_is_named_as_the_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "gopher://proxy.example")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    engine = ModelEngine("m", ModelOptions(base_url="https://models.example/v1"))
    with engine, pytest.raises(UsageError, match="proxy"):
        engine.summarize(ARTICLE)


def test_a_listed_price_holds_for_the_endpoint_it_was_listed_for_only(serve: Any) -> None:
    _, endpoint = serve(answer(DRAFT))
    with ModelEngine("gpt-4.1-mini", ModelOptions(base_url=endpoint.url)) as local:
        usage = local.summarize(ARTICLE).usage
    assert usage is not None
    assert usage.cost is None


# --- many at once -----------------------------------------------------------------------------------------------------


def by_article(body: Body) -> Body:
    """The draft of whichever article a request holds."""
    text = body["messages"][1]["content"]
    return completion(json.dumps(OTHER_DRAFT if OTHER.text in text else DRAFT))


def test_articles_under_way_at_once_are_not_mixed_up(serve: Any) -> None:
    engine, _ = serve(Reply(content=by_article))

    async def both() -> list[EventSummary]:
        async with engine:
            return list(await asyncio.gather(*(engine.asummarize(article) for article in [ARTICLE, OTHER] * 8)))

    summaries = asyncio.run(both())
    assert [summary.sha256 for summary in summaries] == [ARTICLE.sha256, OTHER.sha256] * 8
    assert all(summary.rejected == () for summary in summaries)


def test_many_articles_come_back_in_order_and_a_failure_stops_none(serve: Any) -> None:
    empty = Article.from_text("Neither article stands here.")
    engine, _ = serve(Reply(content=by_article), tries=1, concurrency=3)
    results = list(engine.summarize_each(iter([ARTICLE, empty, OTHER] * 3)))
    kinds = [result.sha256 if isinstance(result, EventSummary) else result.kind for result in results]
    assert kinds == [ARTICLE.sha256, "invalid_output", OTHER.sha256] * 3


def test_results_that_nobody_waits_for_are_not_asked_for(serve: Any) -> None:
    engine, endpoint = serve(answer(DRAFT), concurrency=1)
    results = engine.summarize_each(ARTICLE for _ in range(1000))
    next(results)
    results.close()
    assert len(endpoint.bodies) < 10


def test_a_fault_of_ours_in_one_article_is_raised_where_its_result_is_waited_for(serve: Any) -> None:
    engine, _ = serve(answer(DRAFT))
    with pytest.raises(AttributeError):
        list(engine.summarize_each(["no article"]))


def test_connections_are_kept_between_summaries(serve: Any) -> None:
    engine, endpoint = serve(answer(DRAFT))
    engine.summarize(ARTICLE)
    engine.summarize(ARTICLE)
    assert len(set(endpoint.ports)) == 1

    async def two() -> None:
        async with engine:
            await engine.asummarize(ARTICLE)
            await engine.asummarize(ARTICLE)

    asyncio.run(two())
    assert len(set(endpoint.ports)) == 2


def test_an_engine_serves_one_event_loop_after_another_and_works_inside_one(serve: Any) -> None:
    engine, _ = serve(answer(DRAFT))
    asyncio.run(engine.asummarize(ARTICLE))
    asyncio.run(engine.asummarize(ARTICLE))

    async def inside() -> EventSummary:
        summary: EventSummary = engine.summarize(ARTICLE)
        return summary

    assert asyncio.run(inside()).engine == "model:m"


def test_a_cancelled_summary_is_cancelled_and_gives_its_connection_back(serve: Any) -> None:
    engine, endpoint = serve(Reply(late=True), answer(DRAFT))

    async def cancel() -> None:
        task = asyncio.create_task(engine.asummarize(ARTICLE))
        while not endpoint.bodies:
            await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await engine.asummarize(ARTICLE)

    asyncio.run(cancel())


def test_an_engine_pickles(serve: Any) -> None:
    engine, _ = serve(answer(DRAFT))
    engine.summarize(ARTICLE)
    with pickle.loads(pickle.dumps(engine)) as copy:
        assert copy.options == engine.options
        assert copy.summarize(ARTICLE).engine == "model:m"
