"""The rows of a file, a folder or a dataset of the hub, read as they are asked for, nothing of them kept on disk.

CSV and JSON files are read as they are written. The library would turn the id 001 into 1 and late evening in New York
into the next day, and it loses a whole file where one line is broken.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, cast

from evals.dataset.library import in_our_words, is_format, open_arrow, open_folder, open_hub, open_parquet
from summarizer import InputError, SummarizerError, UsageError

Row = Mapping[str, Any]
Numbered = tuple[int, Row | InputError]
"""A row's number, from 1, and the row or the error in its place."""
MAX_CELL = 25_000_000
"""Longer cells of a CSV file, in characters, are refused."""

_TOO_MANY = InputError("has more cells than there are columns", "put cells with the separator in quotes")
_NO_OBJECT = InputError("is no JSON object", "give one object an article")
_BLANK = object()
_HUB_NAME = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)?")


def read_rows(source: str, split: str | None = None) -> Iterator[Numbered]:
    """The rows of one split of a source (see `evals.dataset.cases_from`) up to the first that cannot be read.

    That one comes as its InputError, a row that is broken alone likewise. Raises UsageError or InputError where there
    is nothing to read from.
    """
    try:
        rows = _split(_opened(source), split)
    except Exception as error:
        raise _placed(in_our_words(error), source) from error
    return _guarded(rows)


def stem_of(source: str) -> str:
    """What a row without an id is called after.

    >>> stem_of("news/march.csv.gz"), stem_of("news/2024.03"), stem_of("user/news")
    ('march', '2024.03', 'news')
    """
    name = Path(source).name
    return name.removesuffix(_suffix(name))


def _placed(error: SummarizerError, source: str) -> SummarizerError:
    told = f"{source}: {error.message}"
    if isinstance(error, UsageError):
        return UsageError(told, error.hint)
    return InputError(told, error.hint, source=source)


def _guarded(rows: Iterable[Numbered]) -> Iterator[Numbered]:
    number = 0
    try:
        for number, row in rows:
            yield number, row
    except Exception as error:
        told = in_our_words(error)
        yield number + 1, InputError(f"{told.message}; what follows is lost", told.hint)


# --- opening ----------------------------------------------------------------------------------------------------------


def _opened(source: str) -> Mapping[str, Iterable[Numbered]]:
    """The splits of a source; a single file is the split "train", as the library has it."""
    name, _, config = (source, "", "") if Path(source).exists() else source.partition(":")
    path, suffix = Path(name), _suffix(name)
    if path.is_file():
        if not suffix:
            raise UsageError("is no table", f"tables end in {', '.join(_READERS)}; texts are summarized as they are")
        return {"train": _READERS[suffix.lower().removesuffix(".gz")](path)}
    if path.is_dir():
        splits = open_folder(path, config)
    elif suffix or not _HUB_NAME.fullmatch(name):
        raise InputError("no such file or folder", "check the path")
    elif is_format(name):
        raise UsageError("is a format, no dataset", "name the file itself")
    else:
        splits = open_hub(name, config)
    return {split: enumerate(rows, 1) for split, rows in splits.items()}


def _split(splits: Mapping[str, Iterable[Numbered]], split: str | None) -> Iterable[Numbered]:
    name = split or (next(iter(splits)) if len(splits) == 1 else "train")
    if name not in splits:
        what = f"has no split {split!r}" if split else "has several splits; name one"
        raise UsageError(what, f"splits: {', '.join(splits)}")
    return splits[name]


# --- tables of text ---------------------------------------------------------------------------------------------------


def _stream(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")


def _csv_rows(path: Path, separator: str = ",") -> Iterator[Numbered]:
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL))
    with TextIOWrapper(_stream(path), "utf-8-sig", errors="surrogateescape", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter=separator), 1):
            yield number, row if None not in row else _TOO_MANY


def _json_rows(path: Path) -> Iterator[Numbered]:
    """The objects of a list, or one a line, blank lines skipped; a line that is none costs itself alone."""
    with _stream(path) as stream:
        first = stream.read(100).removeprefix(b"\xef\xbb\xbf").lstrip()
        stream.seek(0)
        items = json.loads(stream.read()) if first.startswith(b"[") else map(_parsed, stream)
        for number, item in enumerate(items, 1):
            if item is not _BLANK:
                yield number, item if isinstance(item, dict) else _NO_OBJECT


def _parsed(line: bytes) -> Any:
    """What a line holds; None if it is no JSON."""
    try:
        return json.loads(line) if line.strip() else _BLANK
    except (ValueError, RecursionError):
        return None


# --- which reader for which file --------------------------------------------------------------------------------------


_READERS: dict[str, Callable[[Path], Iterable[Numbered]]] = {
    ".parquet": lambda path: enumerate(open_parquet(path), 1),
    ".arrow": lambda path: enumerate(open_arrow(path), 1),
    ".csv": _csv_rows,
    ".tsv": partial(_csv_rows, separator="\t"),
    ".json": _json_rows,
    ".jsonl": _json_rows,
    ".ndjson": _json_rows,
}
_SUFFIX = re.compile(r"\.(?:parquet|arrow|(?:csv|tsv|json|jsonl|ndjson)(?:\.gz)?)$", re.IGNORECASE)


def _suffix(name: str) -> str:
    """The suffix by which a file is known as a table, or nothing."""
    found = _SUFFIX.search(name)
    return found.group() if found else ""
