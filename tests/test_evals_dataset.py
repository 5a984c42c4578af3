from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import datasets
import pytest

from evals.corpus import ANNOTATORS, PROJECT, Case, Suite, load_cases
from evals.dataset import cases_from, features, to_dataset
from evals.gold import GoldError, parse_gold
from summarizer import EventSummary, InputError, UsageError
from tests.exam_example import labels
from tests.example import TEXT

TWO = [{"id": "001", "text": "Norway closed two consulates."}, {"id": "002", "text": "Lund resigned."}]


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """Two articles, the second without a publication day; an annotator's labels of the first differ."""
    folder = tmp_path_factory.mktemp("suite")
    made = Suite("example", folder / "articles", folder / "gold")
    for place in (made.articles, made.gold / ANNOTATORS / "a"):
        place.mkdir(parents=True)
    for stem, published in (("000_a", "2024-05-08"), ("001_b", None)):
        (made.articles / f"{stem}.txt").write_text(TEXT, encoding="utf-8")
        (made.gold / f"{stem}.json").write_text(json.dumps(labels(published=published)), encoding="utf-8")
        first = json.dumps(labels(headline="Oslo closes two consulates"))
        (made.gold / ANNOTATORS / "a" / f"{stem}.json").write_text(first, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def labelled(suite: Suite) -> datasets.Dataset:
    return to_dataset(suite)


def written(folder: Path, name: str, rows: list[dict[str, Any]]) -> Path:
    """Rows as a file or folder that the name's suffix stands for."""
    path, table = folder / name, datasets.Dataset.from_list(rows)
    if name.endswith(".parquet"):
        table.to_parquet(path)
    elif name.endswith((".csv", ".tsv")):
        table.to_csv(path, sep="\t" if name.endswith(".tsv") else ",")
    elif name.endswith(".json"):
        path.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    elif name.endswith(".jsonl"):
        table.to_json(path)
    elif name.endswith(".jsonl.gz"):
        path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    else:
        table.save_to_disk(path)
    return path


def text_file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(source: Path, **options: Any) -> list[Case]:
    """Every article of a source, none of them broken."""
    found = list(cases_from(source, **options))
    assert not [item for item in found if isinstance(item, InputError)]
    return [item for item in found if isinstance(item, Case)]


def told(source: Path, **options: Any) -> list[str]:
    """What is said of each row: its id, or what is wrong with it behind the place."""
    found = cases_from(source, **options)
    return [item.id if isinstance(item, Case) else item.message.removeprefix(str(source)) for item in found]


def excerpts(value: Any) -> Iterator[dict[str, Any]]:
    """Everything with a text and its offsets, however deep."""
    if isinstance(value, dict):
        if value.get("start") is not None:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from excerpts(item)


# --- gold as a Dataset ------------------------------------------------------------------------------------------------


def test_a_row_is_an_article_with_its_labels(labelled: datasets.Dataset, suite: Suite) -> None:
    cases = load_cases(suite)
    for row, case in zip(labelled, cases, strict=True):
        assert case.gold is not None
        summary = case.gold.summary.model_dump(mode="json")
        assert (row["id"], row["text"], row["sha256"]) == (case.id, case.article.text, case.article.sha256)
        assert {name: row[name] for name in row if name not in ("id", "text", "sha256", "gold")} == {
            name: summary[name]
            for name in ("headline", "summary", "published", "contexts", "entities", "events", "statements")
        }


def test_a_dataset_comes_back_from_parquet_as_it_went(labelled: datasets.Dataset, tmp_path: Path) -> None:
    labelled.to_parquet(tmp_path / "gold.parquet")
    back = datasets.Dataset.from_parquet(str(tmp_path / "gold.parquet"), cache_dir=str(tmp_path / "cache"))
    assert back.features == labelled.features == features()
    assert back.to_list() == labelled.to_list()


def test_every_excerpt_stands_where_its_row_says(labelled: datasets.Dataset) -> None:
    for row in labelled:
        found = list(excerpts(row))
        assert len(found) == 12
        assert all(row["text"][one["start"] : one["end"]] == one["text"] for one in found)


def test_the_gold_column_loses_nothing_that_a_gold_file_says(labelled: datasets.Dataset, suite: Suite) -> None:
    for row, case in zip(labelled, load_cases(suite), strict=True):
        gold = parse_gold(json.loads(row["gold"]), case.article)
        assert gold == case.gold
        assert gold.must_not
        assert gold.events[0].readings


def test_the_columns_are_what_the_schema_lets_an_annotator_write() -> None:
    written_by_hand = {"headline", "summary", "published", "contexts", "entities", "events", "statements"}
    assert set(features()) == {"id", "text", "sha256", "gold"} | written_by_hand
    events = EventSummary.model_json_schema(mode="serialization")["$defs"]["Event"]["properties"]
    assert set(features()["events"].feature) == set(events)


def test_an_annotators_first_labels_are_a_dataset_too(suite: Suite) -> None:
    assert to_dataset(suite, annotator="a")["headline"][0] == "Oslo closes two consulates"


def test_what_is_not_sound_gets_into_no_dataset(suite: Suite, tmp_path: Path) -> None:
    for stem in suite.stems():
        text_file(tmp_path, f"{stem}.json", json.dumps(labels(headline="Norway closes nine consulates")))
    with pytest.raises(GoldError, match="nine"):
        to_dataset(Suite("unsound", suite.articles, tmp_path))


def test_a_suite_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match="no suite 'nothing'"):
        to_dataset("nothing")


# --- tables as cases --------------------------------------------------------------------------------------------------

KINDS = ["x.parquet", "x.csv", "x.tsv", "x.json", "x.jsonl", "x.jsonl.gz", "saved"]


@pytest.mark.parametrize("kind", KINDS)
def test_rows_with_gold_become_the_cases_that_they_were_made_of(
    labelled: datasets.Dataset, suite: Suite, tmp_path: Path, kind: str
) -> None:
    cases = read(written(tmp_path, kind, labelled.to_list()))
    for case, original in zip(cases, load_cases(suite), strict=True):
        assert case.gold is not None
        assert original.gold is not None
        assert case.gold.digest == original.gold.digest
        assert case.gold.summary == original.gold.summary
        assert (case.id, case.article.text) == (original.id, original.article.text)
        assert case.article.published == original.article.published


@pytest.mark.parametrize("kind", KINDS)
def test_rows_without_gold_become_unlabelled_cases(tmp_path: Path, kind: str) -> None:
    cases = read(written(tmp_path, kind, TWO))
    assert [(case.id, case.article.text, case.gold) for case in cases] == [(*row.values(), None) for row in TWO]


def test_columns_are_guessed_whatever_their_case(tmp_path: Path) -> None:
    table = text_file(tmp_path, "x.csv", "Doc_ID,Body,Date,Title\n7,Lund resigned.,2024-05-08,Minister quits\n")
    (case,) = read(table)
    assert (case.id, case.article.published) == ("7", date(2024, 5, 8))
    assert case.article.text == "Minister quits\n\nLund resigned."


def test_columns_that_are_named_win(tmp_path: Path) -> None:
    table = text_file(tmp_path, "x.csv", "id,text,url,story,day\n1,teaser,u1,Lund resigned.,2024-05-08\n")
    (case,) = read(table, text_column="story", id_column="url", published_column="day")
    assert (case.id, case.article.text, case.article.published) == ("u1", "Lund resigned.", date(2024, 5, 8))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "no column looks like the articles' text"),
        ({"text_column": "text"}, "no column 'text'"),
        ({"text_column": "story", "id_column": "url"}, "no column 'url'"),
        ({"text_column": "story", "published_column": "Day"}, "no column 'Day'"),
    ],
)
def test_a_column_that_is_not_there_is_told_with_those_that_are(
    tmp_path: Path, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message) as refused:
        cases_from(text_file(tmp_path, "x.csv", "story,day\nLund resigned.,2024-05-08\n"), **options)
    assert refused.value.hint == "columns: story, day"


def test_a_row_without_an_id_is_called_after_the_file_and_its_number(tmp_path: Path) -> None:
    table = text_file(tmp_path, "news.jsonl", '{"text": "One."}\n\n{"text": "Two.", "id": " "}\n')
    assert told(table) == ["news:1", "news:3"]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-05-08", date(2024, 5, 8)),
        ("2024-05-08T23:30:00-05:00", date(2024, 5, 8)),
        (date(2024, 5, 8), date(2024, 5, 8)),
        (datetime(2024, 5, 8, 23, 30), date(2024, 5, 8)),
        (" ", None),
        (None, None),
    ],
)
def test_a_publication_day_may_be_a_date_a_time_or_text(tmp_path: Path, value: object, day: date | None) -> None:
    (case,) = read(written(tmp_path, "x.parquet", [{"text": "Lund resigned.", "date": value}]))
    assert case.article.published == day


@pytest.mark.parametrize("kind", ["x.csv", "x.json", "x.jsonl"])
def test_the_evening_of_a_day_elsewhere_is_not_the_next_day(tmp_path: Path, kind: str) -> None:
    evening = "2024-05-08T23:30:00-05:00"
    (case,) = read(written(tmp_path, kind, [{"text": "Lund resigned.", "date": evening}]))
    assert case.article.published == date(2024, 5, 8)


def test_a_gold_column_that_means_something_else_leaves_articles_unlabelled(tmp_path: Path) -> None:
    for value in ("Lund resigned", 1, ["a", "b"]):
        (case,) = read(written(tmp_path, "x.parquet", [{"text": "Lund resigned.", "gold": value}]))
        assert case.gold is None


def test_an_article_of_any_length_fits_a_cell(tmp_path: Path) -> None:
    long = "Lund resigned. " * 20_000
    (case,) = read(text_file(tmp_path, "x.csv", f"id,text\n1,{long}\n"))
    assert case.article.text == long


def test_at_most_as_many_rows_are_read_as_are_asked_for(tmp_path: Path) -> None:
    table = text_file(tmp_path, "x.jsonl", '{"text": "One."}\n{"text": "Two."}\n{"text": "Three."}\n')
    assert told(table, limit=2) == ["x:1", "x:2"]


# --- broken rows ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": ', "is no JSON object"),
        ("[1, 2]", "is no JSON object"),
        ("{}", "holds no text"),
        ('{"text": null}', "holds no text"),
        ('{"text": " \\n"}', "holds no text"),
        ('{"text": NaN}', "holds no text"),
        ('{"text": "..."}', "the article is empty"),
        ('{"text": ["Lund resigned."]}', "its text is no text"),
        ('{"text": "Lund \\ud800 resigned."}', "its text is not UTF-8"),
        ('{"text": "Two.", "id": {"a": 1}}', "its id is no text"),
        ('{"text": "Two.", "id": "x:1"}', "has the id of row 1"),
        ('{"text": "Two.", "date": "8 May"}', "its publication date is no ISO 8601 date"),
        ('{"text": "Two.", "date": 20240508}', "its publication date is no ISO 8601 date"),
        ('{"text": "Two.", "gold": "{cut"}', "its gold is no JSON"),
        ('{"text": "Two.", "gold": "{}"}', "gold is not sound"),
    ],
)
def test_a_broken_row_costs_itself_alone(tmp_path: Path, line: str, message: str) -> None:
    table = text_file(tmp_path, "x.jsonl", f'{{"text": "One."}}\n{line}\n{{"text": "Three."}}\n')
    first, broken, third = cases_from(table)
    assert isinstance(first, Case)
    assert isinstance(third, Case)
    assert isinstance(broken, InputError)
    assert broken.message.startswith(f"{table}:2: {message}")
    assert broken.source == f"{table}:2"


def test_a_broken_row_of_csv_costs_itself_alone(tmp_path: Path) -> None:
    table = text_file(
        tmp_path, "x.csv", "id,text\n1\n2,Lund resigned, at last\n3,Fran\xe7ois left.\n4,x".encode("latin-1")
    )
    assert told(table) == [
        ":1: holds no text",
        ":2: has more cells than there are columns",
        ":3: its text is not UTF-8",
        "4",
    ]


def test_rows_before_damage_are_read_and_the_damage_is_told(tmp_path: Path) -> None:
    lines = "".join(f'{{"text": "Article {number} of many."}}\n' for number in range(5_000)).encode()
    table = text_file(tmp_path, "x.jsonl.gz", gzip.compress(lines)[:-500])
    *whole, last = told(table)
    assert whole[0] == "x:1"
    assert len(whole) > 1000
    assert last == f":{len(whole) + 1}: can't be read as a table (EOFError); what follows is lost"


# --- sources ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def splits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders with the splits "test" and "other": as tables, as `save_to_disk` writes them, and one with a "train"."""
    folder = tmp_path_factory.mktemp("splits")
    first, second = (datasets.Dataset.from_list([row]) for row in TWO)
    datasets.DatasetDict(test=first, other=second).save_to_disk(folder / "saved")
    for names in (("test", "validation"), ("train", "test")):
        (folder / names[0]).mkdir()
        for name, table in zip(names, (first, second), strict=True):
            table.to_parquet(folder / names[0] / f"{name}.parquet")
    return {"saved": folder / "saved", "tables": folder / "test", "train": folder / "train"}


def test_the_split_that_is_named_is_read(splits: dict[str, Path]) -> None:
    assert told(splits["saved"], split="other") == ["002"]
    assert told(splits["tables"], split="validation") == ["002"]


def test_of_several_splits_train_is_read_if_none_is_named(splits: dict[str, Path]) -> None:
    assert told(splits["train"]) == ["001"]


@pytest.mark.parametrize("split", [None, "train"])
@pytest.mark.parametrize(("kind", "names"), [("saved", {"test", "other"}), ("tables", {"test", "validation"})])
def test_a_split_that_is_not_there_is_told_with_those_that_are(
    splits: dict[str, Path], split: str | None, kind: str, names: set[str]
) -> None:
    with pytest.raises(UsageError, match="split") as refused:
        cases_from(splits[kind], split=split)
    assert set(refused.value.hint.removeprefix("splits: ").split(", ")) == names


def test_a_single_file_is_the_split_train(tmp_path: Path) -> None:
    table = written(tmp_path, "x.parquet", TWO)
    assert told(table, split="train") == ["001", "002"]
    with pytest.raises(UsageError, match="no split 'test'"):
        cases_from(table, split="test")


def test_a_folder_may_have_configurations(tmp_path: Path) -> None:
    text_file(tmp_path, "a.csv", "id,text\n1,Lund resigned.\n")
    text_file(tmp_path, "b.csv", "id,text\n2,Lund stayed.\n")
    configs = "".join(f"- config_name: {name}\n  data_files: {name}.csv\n" for name in "ab")
    text_file(tmp_path, "README.md", f"---\nconfigs:\n{configs}---\n")
    assert [case.article.text for case in read(Path(f"{tmp_path}:b"))] == ["Lund stayed."]
    for source in (str(tmp_path), f"{tmp_path}:c"):
        with pytest.raises(UsageError, match="configuration") as refused:
            cases_from(source)
        assert refused.value.hint.endswith("one of a, b")


def test_plain_texts_are_no_table(tmp_path: Path) -> None:
    text = text_file(tmp_path, "x.txt", "Lund resigned.\nNobody knows why.\n")
    for source in (text, tmp_path):
        with pytest.raises(UsageError, match="no table"):
            cases_from(source)


def test_a_script_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    text_file(tmp_path, "news/news.py", "raise SystemExit('run')")
    with pytest.raises(UsageError, match="made by a script, which is not run"):
        cases_from(tmp_path / "news")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.parquet", "PAR1"),
        ("x.arrow", "ARROW1"),
        ("x.json", "[{"),
        ("x.csv", ""),
        ("x.csv", "id,text\n"),
        ("x.jsonl", "\n"),
    ],
    ids=["parquet", "arrow", "json", "empty csv", "csv of a header", "blank lines"],
)
def test_a_file_without_a_row_to_read_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, content: str
) -> None:
    table = text_file(tmp_path, name, content)
    with pytest.raises(InputError) as refused:
        cases_from(table)
    assert refused.value.message.startswith(f"{table}: ")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("source", ["missing.csv", "missing.parquet", "./missing", "a/b/c", "two words"])
def test_a_path_to_nothing_is_told_without_asking_a_network(source: str) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        cases_from(source)


@pytest.mark.parametrize("name", ["csv", "json", "pandas", "text"])
def test_the_name_of_a_format_reads_no_files_that_happen_to_lie_around(name: str) -> None:
    with pytest.raises(UsageError, match="is a format, no dataset"):
        cases_from(name)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no table in it"):
        cases_from(tmp_path)


# --- the library stays quiet, leaves nothing behind and is loaded when it is needed ---------------------------------


def test_the_library_is_as_loud_as_before(tmp_path: Path) -> None:
    before = datasets.logging.get_verbosity(), datasets.are_progress_bars_disabled()
    read(written(tmp_path, "x.parquet", TWO))
    assert (datasets.logging.get_verbosity(), datasets.are_progress_bars_disabled()) == before


def run_offline(script: str, **environment: str) -> str:
    """What a script prints in a process of its own that may not ask the hub."""
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(PROJECT), **environment}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def test_csv_and_json_are_read_without_loading_the_library(tmp_path: Path) -> None:
    script = f"""
import sys
from evals.dataset import cases_from
print([case.id for case in cases_from({str(written(tmp_path, "x.csv", TWO))!r})], "datasets" in sys.modules)
"""
    assert run_offline(script) == "['001', '002'] False\n"


def test_without_a_network_or_a_home_local_tables_are_read_and_the_hub_is_told(tmp_path: Path) -> None:
    script = f"""
from evals.dataset import cases_from
from summarizer import InputError
print([case.id for case in cases_from({str(written(tmp_path, "x.parquet", TWO))!r})])
try:
    cases_from("user/news")
except InputError as error:
    print(error.message)
"""
    printed = run_offline(script, HOME=os.devnull, HF_HOME=f"{os.devnull}/cache")
    assert printed == "['001', '002']\nuser/news: the Hugging Face hub can't be reached\n"


def test_a_dataset_of_the_hub_is_read_from_the_cache_and_local_tables_leave_no_trace_there(
    tmp_path: Path, splits: dict[str, Path]
) -> None:
    cache = tmp_path / "cache"
    datasets.load_dataset(str(splits["train"]), cache_dir=str(tmp_path / "made"))
    (made,) = (info.parent for info in (tmp_path / "made").rglob("dataset_info.json"))
    kept = cache / "user___train" / "default" / "0.0.0" / ("0" * 40)
    kept.parent.mkdir(parents=True)
    made.rename(kept)
    script = f"""
from evals.dataset import cases_from
print([case.id for case in cases_from({str(splits["train"])!r})])
import os; print(os.listdir({str(cache)!r}))
print([case.id for case in cases_from("user/train", split="test")])
"""
    printed = run_offline(script, HF_DATASETS_CACHE=str(cache))
    assert printed == "['001']\n['user___train']\n['002']\n"
