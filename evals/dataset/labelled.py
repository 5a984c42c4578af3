"""A suite's articles and gold as a Hugging Face Dataset, its columns read off the schema of a summary."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.corpus import ANNOTATORS, Case, Suite, load_cases, suite_of
from evals.gold import read_labels
from summarizer import EventSummary

if TYPE_CHECKING:
    from datasets import Dataset, Features

_VALUES = {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool"}
_BY_SOFTWARE = "x-filled-by"  # the schema's mark on what no annotator writes


def to_dataset(suite: str | Suite = "seeds", *, annotator: str | None = None) -> Dataset:
    """A suite's articles with their gold, or with one annotator's first labels: a row an article.

    Columns: `id`, `text`, `sha256`, then the labels as the schema nests them (`published`, `headline`, `events`, …),
    every excerpt a {text, start, end} with `text[start:end]` in the row's own text; last `gold`, the gold file's JSON,
    with the alternatives, `must` and `must_not` that the columns leave out. Values of closed lists (event types, …)
    are strings, not ClassLabels, whose numbers would mean another value as soon as a list grows.

    Raises what `load_cases` raises: nothing that is not sound gets in.
    """
    from datasets import Dataset

    chosen = suite_of(suite) if isinstance(suite, str) else suite
    folder = chosen.gold / ANNOTATORS / annotator if annotator else chosen.gold
    rows = [_row(case, folder / f"{case.id}.json") for case in load_cases(chosen, annotator=annotator)]
    return Dataset.from_list(rows, features=features())


def features() -> Features:
    """The columns of `to_dataset` with their types."""
    from datasets import Features, Value

    schema = _schema()
    labels = {name: _feature(schema["properties"][name], schema["$defs"]) for name in _labels(schema)}
    text = Value("string")
    return Features({"id": text, "text": text, "sha256": text, **labels, "gold": text})


def _schema() -> dict[str, Any]:
    return EventSummary.model_json_schema(mode="serialization")


def _labels(schema: Mapping[str, Any]) -> list[str]:
    return [name for name, entry in schema["properties"].items() if _BY_SOFTWARE not in entry]


def _feature(entry: Mapping[str, Any], definitions: Mapping[str, Any]) -> Any:
    """A JSON schema as the feature that holds its values; every feature also holds null."""
    from datasets import List, Value

    if "$ref" in entry:
        entry = definitions[entry["$ref"].rpartition("/")[2]]
    if "anyOf" in entry:  # a value or null
        return _feature(next(one for one in entry["anyOf"] if one.get("type") != "null"), definitions)
    if entry["type"] == "array":
        return List(_feature(entry["items"], definitions))
    if entry["type"] == "object":
        return {name: _feature(field, definitions) for name, field in entry["properties"].items()}
    return Value(_VALUES[entry["type"]])


def _row(case: Case, labels: Path) -> dict[str, Any]:
    assert case.gold is not None  # load_cases gives every case its gold
    summary = case.gold.summary.model_dump(mode="json")
    return {
        "id": case.id,
        "text": case.article.text,
        "sha256": case.article.sha256,
        **{name: summary[name] for name in _labels(_schema())},
        "gold": json.dumps(read_labels(labels), ensure_ascii=False),
    }
