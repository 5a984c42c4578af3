from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.corpus import Case
from evals.exam import report_of, scored
from evals.gold import parse_gold
from evals.interchange import FORMS, inspect_log, promptfoo_results, pydantic_evals_dataset, write_interchange
from evals.interchange.files import in_bytes
from evals.report import MUST, CaseResult, Report, from_json, to_json
from summarizer import EventSummary, InputError, UsageError
from tests.exam_example import labels, summary
from tests.example import ARTICLE

MADE_BY = {"engine": "model:tiny", "prompt": "news@41ba8413", "model": "tiny"}
USAGE = {"requests": 2, "prompt_tokens": 900, "completion_tokens": 100, "cached_tokens": 400, "cost": 0.25}
FAILED = InputError("the endpoint is busy")
PROMPTFOO = shutil.which("promptfoo")


def case(name: str, *, labelled: bool = True) -> Case:
    article = replace(ARTICLE, id=name, source=f"/somewhere/{name}.txt")
    return Case(name, article, parse_gold(labels(), article) if labelled else None)


def paid(result: CaseResult) -> CaseResult:
    return replace(result, summary={**(result.summary or {}), "usage": USAGE})


CASES = A, B, UNLABELLED = case("a"), case("b"), case("unlabelled", labelled=False)
RESULTS = (
    scored(A, summary()),
    scored(B, FAILED),
    scored(UNLABELLED, summary()),
    scored(A, summary("events.0.actor", ["Ruritania"]), run=1),
    paid(scored(B, summary("events.0.mode", None), run=1)),
    scored(UNLABELLED, FAILED, run=1),
)
REPORT = report_of("invented", CASES, RESULTS, made_by=MADE_BY)


def written(form: str, tmp_path: Path, exam: Report = REPORT) -> Path:
    path = tmp_path / f"{form}.json"
    write_interchange(exam, CASES, path, form)
    return path


# --- every form -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_equal_reports_give_equal_bytes(tmp_path: Path, form: str) -> None:
    first = written(form, tmp_path).read_bytes()
    assert written(form, tmp_path, from_json(to_json(REPORT))).read_bytes() == first


@pytest.mark.parametrize("form", FORMS)
def test_no_file_says_where_the_articles_lay(tmp_path: Path, form: str) -> None:
    assert "somewhere" not in written(form, tmp_path).read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["inspect", "promptfoo"])
def test_a_report_whose_articles_are_not_all_there_is_refused(tmp_path: Path, form: str) -> None:
    with pytest.raises(UsageError, match="not all there: b, unlabelled"):
        write_interchange(REPORT, CASES[:1], tmp_path / "x.json", form)
    assert not list(tmp_path.iterdir())


def test_another_form_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no form 'deepeval'") as refused:
        write_interchange(REPORT, CASES, tmp_path / "x.json", "deepeval")
    assert refused.value.hint == "forms: inspect, promptfoo, pydantic-evals"


def test_a_name_by_which_no_reader_would_know_the_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"log\.eval does not end in \.json"):
        write_interchange(REPORT, CASES, tmp_path / "log.eval", "inspect")


@pytest.mark.parametrize("place", ["missing/x.json", "folder.json"])
def test_a_place_that_cannot_be_written_is_told_and_left_clean(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(UsageError, match="cannot write"):
        write_interchange(REPORT, CASES, tmp_path / place, "inspect")
    assert [file.name for file in tmp_path.iterdir()] == ["folder.json"]


@given(st.text())
def test_any_text_reads_back_and_what_nobody_sees_stands_as_an_escape(text: str) -> None:
    data = in_bytes({"text": text})
    assert json.loads(data) == {"text": text}
    assert data.decode().replace("\n", "").isprintable()


# --- inspect_ai -------------------------------------------------------------------------------------------------------


def samples() -> dict[tuple[str, int], Any]:
    return {(sample["id"], sample["epoch"]): sample for sample in inspect_log(REPORT, CASES)["samples"]}


def test_a_sample_is_an_article_in_a_run_with_its_text_once() -> None:
    assert list(samples()) == [("a", 1), ("b", 1), ("unlabelled", 1), ("a", 2), ("b", 2), ("unlabelled", 2)]
    assert all(json.dumps(sample).count(json.dumps(ARTICLE.text)[1:-1]) == 1 for sample in samples().values())


def test_a_sample_has_golds_plain_reading_as_target_and_the_summary_as_output() -> None:
    sample, gold = samples()["b", 2], B.gold
    assert gold is not None
    assert EventSummary.grounded(json.loads(sample["target"]), ARTICLE) == gold.summary
    assert json.loads(sample["output"]["choices"][0]["message"]["content"]) == REPORT.cases[4].summary
    assert samples()["unlabelled", 1]["target"] == ""


def test_each_score_of_a_sample_is_the_articles_own_figure() -> None:
    for result in REPORT.cases:
        scores = samples()[result.id, result.run + 1]["scores"]
        shares = {name: over / under for name, (over, under) in result.figures.items() if under}
        assert {name: score["value"] for name, score in scores.items() if name != "contracts"} == shares


def test_a_score_is_explained_by_every_point_that_was_lost_from_it() -> None:
    scores = samples()["b", 2]["scores"]
    (lost,) = (point for point in REPORT.cases[4].points if point.lost)
    explained = f"-{lost.cost:.3f} e1 / predicted e1: mode missing; gold: withdraw".replace("-0.", "-.")
    assert scores["event_f1"]["explanation"] == scores["mode_f1"]["explanation"] == explained
    assert scores["statement_f1"]["explanation"] == "speaker, kind, stance, about, via, words"


def test_the_costliest_point_is_told_first() -> None:
    lines = samples()["b", 1]["scores"]["event_f1"]["explanation"].splitlines()
    costs = [float(line.split()[0]) for line in lines]
    assert costs == sorted(costs)
    assert len(costs) == sum(point.lost and point.part == "events" for point in REPORT.cases[1].points)


def test_a_contract_that_is_broken_is_told_in_the_reports_words() -> None:
    kept, broken = (samples()["a", epoch]["scores"]["contracts"] for epoch in (1, 2))
    assert kept == {"value": "C", "explanation": "every contract is kept"}
    assert broken["value"] == "I"
    assert f"e1.actor is wrong{MUST}" in broken["explanation"]


def test_an_article_that_failed_has_its_error_and_no_output() -> None:
    for name in ("b", "unlabelled"):
        sample = samples()[name, 1 if name == "b" else 2]
        assert sample["error"]["message"] == "InputError: the endpoint is busy"
        assert (sample["output"]["choices"], sample["scores"]["contracts"]["value"]) == ([], "I")
    assert samples()["b", 1]["scores"]["event_f1"]["value"] == 0.0


def test_the_metrics_are_the_reports_figures_with_their_intervals() -> None:
    scores = inspect_log(REPORT, CASES)["results"]["scores"]
    metrics = {score["name"]: [metric["value"] for metric in score["metrics"].values()] for score in scores}
    assert metrics == {figure.name: [figure.value, figure.low, figure.high] for figure in REPORT.figures}


def test_a_log_says_who_was_examined_on_what_and_what_made_the_figures() -> None:
    spec = inspect_log(REPORT, CASES)["eval"]
    assert (spec["task"], spec["model"], spec["config"]["epochs"]) == ("invented", "tiny", 2)
    assert spec["dataset"]["sample_ids"] == ["a", "b", "unlabelled"]
    assert spec["metadata"] == REPORT.signature


def test_an_embedded_engine_stands_where_no_model_was_asked() -> None:
    offline = report_of("invented", CASES, (), made_by={"engine": "offline/1", "prompt": "none", "model": "none"})
    assert inspect_log(offline, CASES)["eval"]["model"] == "offline/1"


def test_the_time_is_the_callers_or_the_epoch() -> None:
    at = datetime(2024, 5, 3, 12, 30, tzinfo=UTC)
    assert inspect_log(REPORT, CASES)["eval"]["created"] == "1970-01-01T00:00:00+00:00"
    assert inspect_log(REPORT, CASES, at=at)["eval"]["created"] == "2024-05-03T12:30:00+00:00"
    assert promptfoo_results(REPORT, CASES)["results"]["timestamp"] == "1970-01-01T00:00:00.000Z"
    assert promptfoo_results(REPORT, CASES, at=at)["results"]["timestamp"] == "2024-05-03T12:30:00.000Z"


def test_inspect_ai_reads_the_log_as_its_own(tmp_path: Path) -> None:
    log = pytest.importorskip("inspect_ai.log", reason="inspect_ai is not installed: pip install inspect-ai")
    path = str(written("inspect", tmp_path))
    read = log.read_eval_log(path)
    assert (read.status, read.eval.model, len(read.samples)) == ("success", "tiny", len(REPORT.cases))
    assert read.results.scores[0].metrics["value"].value == REPORT.figures[0].value
    assert read.stats.model_usage["tiny"].total_cost == USAGE["cost"]
    for result, sample in zip(REPORT.cases, read.samples, strict=True):
        assert (sample.id, sample.epoch) == (result.id, result.run + 1)
        assert (json.loads(sample.output.completion) if result.summary else None) == result.summary
        assert sample.scores["grounding"].as_float() == 1.0 if result.summary else sample.error is not None
    assert log.read_eval_log(path, header_only=True).results == read.results
    assert [short.uuid for short in log.read_eval_log_sample_summaries(path)] == [one.uuid for one in read.samples]


# --- promptfoo --------------------------------------------------------------------------------------------------------


def shape(**required: Any) -> dict[str, Any]:
    return {"type": "object", "properties": required, "required": list(required)}


TEXT, NUMBER, COUNT = {"type": "string"}, {"type": "number"}, {"type": "integer"}
BOOLEAN, ANY = {"type": "boolean"}, {"type": "object"}
NUMBERS = {"type": "object", "additionalProperties": NUMBER}
TOKENS = shape(total=COUNT, prompt=COUNT, completion=COUNT, cached=COUNT, numRequests=COUNT)
COMPONENT = {"pass": BOOLEAN, "score": NUMBER, "reason": TEXT}
ASSERTION = shape(type={"enum": ["python"]}, metric=TEXT, weight=NUMBER)
GRADING = shape(
    **COMPONENT,
    namedScores=NUMBERS,
    namedScoreWeights=NUMBERS,
    componentResults={"type": "array", "items": shape(**COMPONENT, assertion=ASSERTION)},
)
TEST_CASE = {
    **shape(description=TEXT, vars=ANY, metadata=ANY),
    "additionalProperties": False,
}  # promptfoo is strict here
RESULT = {
    **shape(
        promptIdx=COUNT,
        testIdx=COUNT,
        testCase=TEST_CASE,
        promptId=TEXT,
        provider=shape(id=TEXT),
        prompt=shape(raw=TEXT, label=TEXT),
        vars=ANY,
        failureReason={"enum": [0, 1, 2]},
        success=BOOLEAN,
        score=NUMBER,
        namedScores=NUMBERS,
        gradingResult=GRADING,
    ),
    "oneOf": [{"required": ["response"]}, {"required": ["error"]}],
}
COUNTS = ("testPassCount", "testFailCount", "testErrorCount", "assertPassCount", "assertFailCount")
SUMS = ("namedScores", "namedScoresCount", "namedScoreWeights")
METRICS = shape(
    score=NUMBER,
    **dict.fromkeys(COUNTS, COUNT),
    totalLatencyMs=NUMBER,
    tokenUsage=TOKENS,
    **dict.fromkeys(SUMS, NUMBERS),
    cost=NUMBER,
)
SUMMARY = shape(
    version={"const": 3},
    timestamp=TEXT,
    prompts={"type": "array", "items": shape(id=TEXT, raw=TEXT, label=TEXT, provider=TEXT, metrics=METRICS)},
    results={"type": "array", "items": RESULT},
    stats=shape(successes=COUNT, failures=COUNT, errors=COUNT, tokenUsage=TOKENS),
)
"""What promptfoo's own types demand of a file of version 3 (EvaluateSummaryV3 in its src/types/index.ts)."""


def results() -> dict[tuple[str, int], Any]:
    found = promptfoo_results(REPORT, CASES)["results"]["results"]
    return {(result["metadata"]["id"], result["metadata"]["run"]): result for result in found}


def metrics(document: dict[str, Any]) -> Any:
    return document["results"]["prompts"][0]["metrics"]


def test_the_results_have_the_shape_that_promptfoo_declares(tmp_path: Path) -> None:
    document = json.loads(written("promptfoo", tmp_path).read_bytes())
    whole = shape(evalId=TEXT, results=SUMMARY, config=ANY, vars={"type": "array", "items": TEXT})
    jsonschema.validate(document, whole)
    assert len(document["results"]["results"]) == len(REPORT.cases)


def test_the_article_stands_where_promptfoo_filters_and_where_it_shows_and_nowhere_else() -> None:
    result = results()["a", 0]
    assert result["vars"] == result["testCase"]["vars"] == {"article": ARTICLE.text}
    assert json.dumps(result).count(json.dumps(ARTICLE.text)) == 2


def test_what_promptfoo_shows_over_all_articles_is_the_reports_figure() -> None:
    shown = metrics(promptfoo_results(REPORT, CASES))
    ratios = {name: shown["namedScores"][name] / shown["namedScoreWeights"][name] for name in shown["namedScores"]}
    assert ratios.pop("contracts") == 3 / 6
    assert ratios == pytest.approx({figure.name: figure.value for figure in REPORT.figures})


def test_what_stands_above_the_column_is_the_sum_of_what_stands_in_it() -> None:
    shown = metrics(promptfoo_results(REPORT, CASES))
    gradings = [result["gradingResult"] for result in results().values()]
    for name, total in shown["namedScores"].items():
        named = [one for one in gradings if name in one["namedScores"]]
        weighted = [one["namedScores"][name] * one["namedScoreWeights"][name] for one in named]
        assert (total, shown["namedScoresCount"][name]) == (pytest.approx(sum(weighted)), len(weighted))


def test_a_result_passes_if_it_breaks_no_contract_whatever_its_figures() -> None:
    good, bad = results()["a", 0], results()["a", 1]
    assert (good["success"], good["failureReason"], good["score"]) == (True, 0, 1.0)
    assert (bad["success"], bad["failureReason"]) == (False, 1)
    assert 0 < bad["score"] < 1
    assert f"e1.actor is wrong{MUST}" in bad["gradingResult"]["reason"]


def test_a_figure_is_measured_and_not_judged() -> None:
    contracts, *figures = results()["a", 1]["gradingResult"]["componentResults"]
    assert (contracts["pass"], contracts["assertion"]["weight"]) == (False, 1)
    assert {(figure["pass"], figure["assertion"]["weight"]) for figure in figures} == {(True, 0)}
    reasons = {figure["assertion"]["metric"]: figure["reason"] for figure in figures}
    assert reasons["actor_f1"].endswith("e1 / predicted e1: actor wrong; gold: Norway; given: Ruritania")


def test_an_article_that_failed_is_an_error_that_keeps_its_figures() -> None:
    result = results()["b", 0]
    assert (result["error"], result["failureReason"]) == ("InputError: the endpoint is busy", 2)
    assert result["namedScores"]["event_f1"] == 0.0
    stats = promptfoo_results(REPORT, CASES)["results"]["stats"]
    assert (stats["successes"], stats["failures"], stats["errors"]) == (3, 1, 2)


def test_tokens_and_money_are_those_of_the_summaries() -> None:
    stats = promptfoo_results(REPORT, CASES)["results"]["stats"]
    assert stats["tokenUsage"] == {"total": 1000, "prompt": 900, "completion": 100, "cached": 400, "numRequests": 2}
    assert (results()["b", 1]["cost"], results()["a", 0]["cost"]) == (0.25, 0)


@pytest.mark.skipif(PROMPTFOO is None, reason="promptfoo is not installed: npm install -g promptfoo")
def test_promptfoo_imports_the_results_and_gives_them_back(tmp_path: Path) -> None:
    quiet = {f"PROMPTFOO_DISABLE_{name}": "1" for name in ("TELEMETRY", "UPDATE", "REMOTE_GENERATION", "SHARING")}
    environment = {**os.environ, **quiet, "PROMPTFOO_CONFIG_DIR": str(tmp_path / "home")}
    path, back = written("promptfoo", tmp_path), tmp_path / "back.json"
    ours = json.loads(path.read_bytes())
    for command in (["import", str(path)], ["export", "eval", ours["evalId"], "-o", str(back)]):
        subprocess.run([str(PROMPTFOO), *command], env=environment, check=True, timeout=120, capture_output=True)
    theirs = json.loads(back.read_bytes())
    assert metrics(theirs) == metrics(ours)
    kept = ("testIdx", "vars", "success", "failureReason", "score", "namedScores", "gradingResult")
    for one, other in zip(ours["results"]["results"], theirs["results"]["results"], strict=True):
        assert {name: other[name] for name in kept} == {name: one[name] for name in kept}
        assert other.get("response", {}).get("output") == one.get("response", {}).get("output")


# --- pydantic_evals ---------------------------------------------------------------------------------------------------


def test_a_case_holds_the_article_once_and_golds_plain_reading() -> None:
    first, _, unlabelled = pydantic_evals_dataset(CASES)["cases"]
    assert (first["name"], first["inputs"]) == ("a", {"id": "a", "text": ARTICLE.text, "published": None})
    assert json.dumps(first).count(json.dumps(ARTICLE.text)) == 1
    assert EventSummary.grounded(first["expected_output"], ARTICLE) == A.gold.summary  # type: ignore[union-attr]
    assert (unlabelled["expected_output"], unlabelled["metadata"]) == (None, {"sha256": ARTICLE.sha256})


def test_what_gold_accepts_and_demands_beside_its_plain_reading_is_in_the_metadata() -> None:
    beside = pydantic_evals_dataset(CASES)["cases"][0]["metadata"]
    assert beside["events"]["e1"] == {
        "alternatives": [{"status": "announced"}],
        "must": ["event_type", "actor"],
        "optional": False,
    }
    assert beside["events"]["e2"]["alternatives"] == [{"event_type": "ASSAULT", "mode": "abduct"}]
    assert beside["must_not"][0]["evidence"] == ["Ten tips for the summer"]


def test_pydantic_evals_loads_the_dataset_and_runs_it(tmp_path: Path) -> None:
    package = pytest.importorskip(
        "pydantic_evals", reason="pydantic_evals is not installed: pip install pydantic-evals"
    )
    path = written("pydantic-evals", tmp_path)
    dataset = package.Dataset[dict[str, Any], EventSummary, dict[str, Any]].from_file(path)
    assert (dataset.name, [one.name for one in dataset.cases]) == ("invented", [one.id for one in CASES])
    assert dataset.cases[0].expected_output == A.gold.summary  # type: ignore[union-attr]
    answers = {"a": summary(), "b": "no summary", "unlabelled": summary()}
    found = dataset.evaluate_sync(lambda inputs: answers[inputs["id"]], progress=False)
    passed = {one.name: one.assertions["IsInstance"].value for one in found.cases}
    assert passed == {"a": True, "b": False, "unlabelled": True}
