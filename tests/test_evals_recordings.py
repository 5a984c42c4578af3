"""Recordings of a model: what is on file, what is missing or stale, and the exam sat on them alone."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from evals.corpus import Case
from evals.gate import REFUSED, judge
from evals.recordings import Asked, Slot, orphans, plan, prune, record, replayed, status
from summarizer import UsageError
from tests.exam_example import gold
from tests.example import ARTICLE, DRAFT, changed
from tests.scripted_endpoint import ScriptedEndpoint, answer, failure

CASES = [Case("one", replace(ARTICLE, id="one"), gold())]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "SUMMARIZER_MODEL", "SUMMARIZER_PRICES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    return Asked("scripted", "brief", 2, tmp_path / "recordings")


@pytest.fixture
def recorded(asked: Asked) -> Asked:
    """Two samples on file: one as it should be, one with a wrong status."""
    with ScriptedEndpoint([answer(DRAFT), answer(changed("events.0.status", "proposed"))]) as endpoint:
        done = record(CASES, asked, plan(CASES, asked), base_url=endpoint.url)
    assert (done.asked, done.failed, done.unasked) == (2, (), 0)
    assert done.usage.total_tokens == 2200
    return asked


def states(slots: list[Slot]) -> Counter[str]:
    return Counter(slot.state for slot in slots)


def test_nothing_is_on_file_at_first(asked: Asked) -> None:
    assert states(status(CASES, asked)) == {"missing": 2}


def test_what_was_recorded_is_fresh_and_replays_without_a_network(recorded: Asked) -> None:
    assert states(status(CASES, recorded)) == {"fresh": 2}
    report = replayed("suite", CASES, recorded)
    assert [case.run for case in report.cases] == [0, 1]
    assert report.cases[0].figures["event_f1"][0] > report.cases[1].figures["event_f1"][0]
    assert report.signature["k"] == "2"
    assert report.signature["prompt"].startswith("brief@")


def test_nothing_is_asked_again_that_is_fresh(recorded: Asked) -> None:
    assert plan(CASES, recorded).slots == ()
    assert len(plan(CASES, recorded, everything=True).slots) == 2


def test_a_further_sample_is_missing_and_says_that_the_sample_differs(recorded: Asked) -> None:
    third = status(CASES, replace(recorded, k=3))[2]
    assert (third.state, third.sample, third.changed) == ("missing", 2, ("sample",))


def test_a_touched_template_makes_its_recordings_stale_and_names_itself(recorded: Asked, tmp_path: Path) -> None:
    touched = tmp_path / "brief.prompty"
    source = (Path(__file__).parent.parent / "prompts" / "brief.prompty").read_text(encoding="utf-8")
    touched.write_text(source.replace("Turn the news article", "Please turn the news article"), encoding="utf-8")
    slots = status(CASES, replace(recorded, prompt=str(touched)))
    assert states(slots) == {"stale": 2, "orphan": 2}
    assert slots[0].changed == ("template",)
    assert "template: " in slots[0].differences[0]


def test_a_reply_that_is_missing_is_a_row_with_its_error(recorded: Asked) -> None:
    report = replayed("suite", CASES, replace(recorded, k=3))
    assert [case.error and case.error[0] for case in report.cases] == [None, None, "RecordingError"]


def test_a_reply_that_the_code_refuses_now_is_a_broken_contract(
    recorded: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = replayed("suite", CASES, recorded)
    monkeypatch.setattr("summarizer.schema.ungrounded", lambda text, article: ("everything",))
    candidate = replayed("suite", CASES, recorded)
    assert {case.error and case.error[0] for case in candidate.cases} == {REFUSED}
    judgement = judge(base, candidate)
    assert (judgement.outcome, judgement.exit_code()) == ("contracts", 1)
    assert "no valid summary, in 2 of 2 runs" in judgement.reasons[0]


def test_the_files_hold_no_key(recorded: Asked) -> None:
    with ScriptedEndpoint([answer(DRAFT)]) as endpoint:
        more = replace(recorded, k=3)
        record(CASES, more, plan(CASES, more), base_url=endpoint.url, api_key="sk-very-secret-0123456789")
    files = [path.read_text(encoding="utf-8") for path in recorded.folder.glob("*.json")]
    assert len(files) == 3
    assert not any("secret" in text for text in files)
    assert all(json.loads(text)["reply"]["choices"] for text in files)


def test_what_nothing_asks_for_is_an_orphan_until_it_is_pruned(recorded: Asked) -> None:
    fewer = replace(recorded, k=1)
    assert len(orphans(CASES, [fewer])) == 1
    assert orphans(CASES, [fewer, recorded]) == []
    prune(recorded.folder, orphans(CASES, [fewer]))
    assert states(status(CASES, recorded)) == {"fresh": 1, "missing": 1}


def test_a_failed_request_is_told_and_leaves_nothing_on_file(asked: Asked) -> None:
    with ScriptedEndpoint([failure(401, "invalid_api_key")]) as endpoint:
        done = record(CASES, asked, plan(CASES, asked), base_url=endpoint.url)
    assert len(done.failed) == 2
    assert states(status(CASES, asked)) == {"missing": 2}


def test_a_budget_stops_the_asking(asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prices = tmp_path / "prices.json"
    prices.write_text('{"scripted": {"input": 1000, "output": 0}}', encoding="utf-8")
    monkeypatch.setenv("SUMMARIZER_PRICES", str(prices))
    with ScriptedEndpoint([answer(DRAFT)]) as endpoint:
        done = record(CASES, asked, plan(CASES, asked), budget=0.5, base_url=endpoint.url)
    assert (done.asked, done.unasked) == (1, 1)  # the first reply cost a dollar
    assert done.usage.cost == 1.0


def test_a_budget_needs_a_price(asked: Asked) -> None:
    with pytest.raises(UsageError, match="no price is known"):
        record(CASES, asked, plan(CASES, asked), budget=1.0)


def test_the_plan_is_priced_where_a_price_is_known(asked: Asked) -> None:
    assert plan(CASES, asked).cost is None
    priced = plan(CASES, replace(asked, model="gpt-4.1-mini"))
    assert priced.cost is not None
    assert priced.cost > 0
    assert priced.prompt_tokens > 0
