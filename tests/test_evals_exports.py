from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from evals.exports import COLUMNS, facts, guarded, read_predictions, write_facts, write_predictions
from evals.report import CaseResult, Point, Report, from_json, to_json
from evals.scoring.score import score
from summarizer import EventSummary, InputError, UsageError
from summarizer.render import to_json as to_line
from tests.exam_example import key, summary
from tests.example import ARTICLE

MADE_BY = {"engine": "offline/1", "prompt": "news@1", "model": "none", "gold": "2", "schema": "3", "scorer": "4"}
POINT = Point("entities", "name", "spurious", 1.0, 0.1, None, "=1+1", None, "=1+1")


def report(*results: CaseResult) -> Report:
    results = results or (
        replace(score(key(), summary("events.0.status", "announced")), id="a"),
        replace(score(key(), summary("events.0.mode", None)), id="b"),
        replace(score(key(), None, error=("ModelError", "the endpoint is busy")), id="c"),
    )
    return Report("seeds", MADE_BY, results, ())


def read_back(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        return parquet.read_table(path).to_pylist()  # type: ignore[no-any-return]
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line] if path.suffix == ".jsonl" else list(csv.DictReader(lines))


# --- facts ------------------------------------------------------------------------------------------------------------


def test_every_slot_of_every_article_is_a_row() -> None:
    whole = report()
    assert len(facts(whole)) == sum(len(case.points) for case in whole.cases)
    assert all(list(row) == list(COLUMNS) for row in facts(whole))


def test_a_row_says_what_was_wanted_what_was_given_where_and_what_it_cost() -> None:
    (lost,) = (row for row in facts(report()) if row["article"] == "b" and row["cost"] and row["part"] == "events")
    assert (lost["field"], lost["outcome"], lost["gold"], lost["predicted"]) == ("mode", "missing", "withdraw", None)
    assert (lost["gold_ref"], lost["predicted_ref"], lost["run"]) == ("e1", "e1", 0)
    words = ARTICLE.text[lost["gold_start"] : lost["gold_end"]]
    assert words == "Norway closed two consulates in Ruritania on Monday"


def test_a_row_names_what_made_the_figures() -> None:
    names = ("suite", "engine", "prompt", "model", "gold_hash", "schema_hash", "scorer")
    assert [facts(report())[0][name] for name in names] == ["seeds", *MADE_BY.values()]


def test_what_a_failed_article_missed_is_told_apart_by_its_error() -> None:
    assert {row["article"]: row["error"] for row in facts(report())} == {"a": None, "b": None, "c": "ModelError"}
    assert {row["outcome"] for row in facts(report()) if row["error"]} == {"missing"}


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl"])
def test_parquet_and_json_lines_read_back_as_the_rows_that_were_written(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"facts{suffix}"
    write_facts(report(), path)
    assert read_back(path) == facts(report())


def test_csv_reads_back_with_empty_cells_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "facts.CSV"
    write_facts(report(), path)
    expected = [{name: "" if value is None else str(value) for name, value in row.items()} for row in facts(report())]
    assert read_back(path) == expected


def test_parquet_has_the_same_types_whatever_the_rows_hold(tmp_path: Path) -> None:
    full, empty = tmp_path / "full.parquet", tmp_path / "empty.parquet"
    write_facts(report(), full)
    write_facts(report(CaseResult("nobody labelled it")), empty)
    types = {field.name: field.type for field in parquet.read_schema(empty)}
    assert types == {name: pyarrow.type_for_alias(kind) for name, kind in COLUMNS.items()}
    assert parquet.read_schema(full) == parquet.read_schema(empty)


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl", ".csv"])
def test_equal_reports_give_equal_bytes(tmp_path: Path, suffix: str) -> None:
    one, other = tmp_path / f"one{suffix}", tmp_path / f"other{suffix}"
    write_facts(report(), one)
    write_facts(from_json(to_json(report())), other)
    assert one.read_bytes() == other.read_bytes()


def test_no_cell_of_csv_is_a_formula_and_the_other_forms_keep_the_text(tmp_path: Path) -> None:
    hostile = report(CaseResult("@a", points=(POINT,)))
    written = {}
    for suffix in (".csv", ".jsonl", ".parquet"):
        write_facts(hostile, tmp_path / f"facts{suffix}")
        (row,) = read_back(tmp_path / f"facts{suffix}")
        written[suffix] = row["article"], row["predicted"]
    assert written == {".csv": ("'@a", "'=1+1"), ".jsonl": ("@a", "=1+1"), ".parquet": ("@a", "=1+1")}


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_survives_a_cell_of_csv(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("csv") / "facts.csv"
    write_facts(report(CaseResult("a", points=(replace(POINT, gold=text),))), path)
    with path.open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines, strict=True)
    assert row["gold"] == guarded(text)


def test_a_line_of_json_ends_only_where_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    write_facts(report(CaseResult("a\u2028b\x85c", points=(POINT, POINT))), path)
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2
    assert read_back(path)[0]["article"] == "a\u2028b\x85c"


def test_another_suffix_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.xlsx") as refused:
        write_facts(report(), tmp_path / "facts.xlsx")
    assert refused.value.hint == "suffixes: .parquet, .jsonl, .ndjson, .csv"


def test_a_file_is_replaced_whole_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("older and longer " * 10_000, encoding="utf-8")
    write_facts(report(), path)
    assert [file.name for file in tmp_path.iterdir()] == ["facts.csv"]
    assert path.read_text(encoding="utf-8").startswith("suite,article,run,")


@pytest.mark.parametrize("place", ["missing/facts.csv", "file/facts.csv", "folder.csv"])
def test_a_place_that_cannot_be_written_is_told_and_left_clean(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UsageError, match="cannot write"):
        write_facts(report(), tmp_path / place)
    assert {file.name for file in tmp_path.iterdir()} == {"file", "folder.csv"}


# --- predictions ------------------------------------------------------------------------------------------------------


def test_summaries_that_were_written_read_back_and_score_the_same(tmp_path: Path) -> None:
    path, result = tmp_path / "summaries.jsonl", score(key(), summary("events.0.mode", None))
    write_predictions(report(result), path)
    read = read_predictions(path)
    assert read == {ARTICLE.sha256: summary("events.0.mode", None)}
    assert score(key(), read[ARTICLE.sha256]) == result


def test_a_line_is_what_the_command_line_of_the_summarizer_writes(tmp_path: Path) -> None:
    path = tmp_path / "summaries.jsonl"
    write_predictions(report(score(key(), summary())), path)
    assert path.read_text(encoding="utf-8") == to_line(summary(), indent=None) + "\n"


def test_a_summary_is_found_by_its_articles_id_and_by_the_hash_of_its_text(tmp_path: Path) -> None:
    path, one = tmp_path / "summaries.jsonl", summary().model_copy(update={"article_id": "001"})
    path.write_text(one.model_dump_json() + "\n\n", encoding="utf-8")
    assert read_predictions(path) == {"001": one, ARTICLE.sha256: one}


def test_articles_with_the_same_text_share_the_first_summary_of_it_but_keep_their_own(tmp_path: Path) -> None:
    path = tmp_path / "summaries.jsonl"
    one, other = (summary().model_copy(update={"article_id": name}) for name in ("001", "002"))
    path.write_text(f"{one.model_dump_json()}\n{other.model_dump_json()}\n", encoding="utf-8")
    assert read_predictions(path) == {"001": one, "002": other, ARTICLE.sha256: one}


def test_failed_articles_have_no_line_and_each_run_is_a_file_of_its_own(tmp_path: Path) -> None:
    path, result = tmp_path / "summaries.jsonl", score(key(), summary())
    later = replace(result, run=1, summary=summary("headline", "Norway closes consulates").model_dump(mode="json"))
    failed = score(key(), None, error=("ModelError", "the endpoint is busy"))
    write_predictions(report(failed, result, later), path, run=1)
    (written,) = read_back(path)
    assert written["headline"] == "Norway closes consulates"


def test_a_report_without_summaries_writes_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no summaries of run 0"):
        write_predictions(report(CaseResult("a")), tmp_path / "summaries.jsonl")
    assert not list(tmp_path.iterdir())


def line(**changes: Any) -> str:
    return json.dumps(summary().model_dump(mode="json") | changes) + "\n"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", "holds no summaries"),
        ("{", r"x\.jsonl:1: is no JSON"),
        ('"text"', r"x\.jsonl:1: is no summary"),
        ("\n" + line(sha256=""), r"x\.jsonl:2: names no article"),
        (line(headline=""), r"x\.jsonl:1: is no summary: 1 .* the first at headline"),
        (line() + line(), r"x\.jsonl:2: is the second summary"),
        (line(article_id="a") + line(article_id="a", sha256=""), r"x\.jsonl:2: is the second summary"),
    ],
)
def test_a_line_that_is_no_summary_of_one_article_is_named(tmp_path: Path, lines: str, told: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_predictions(path)


def test_predictions_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        read_predictions(tmp_path / "x.jsonl")


def test_what_was_read_can_be_held_against_its_article(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    write_predictions(report(score(key(), summary())), path)
    (read,) = read_predictions(path).values()
    assert EventSummary.grounded(read.model_dump(mode="json"), ARTICLE) == summary()
