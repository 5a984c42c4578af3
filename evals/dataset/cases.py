"""Rows of a table as cases of an exam: which column holds what, and what becomes of a broken row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, cast

from evals.corpus import Case
from evals.dataset.rows import Numbered, read_rows, stem_of
from evals.gold import parse_gold
from summarizer import Article, InputError, SummarizerError, UsageError

GUESSES = {
    "text": ("text", "article", "content", "body", "document"),
    "id": ("id", "article_id", "doc_id"),
    "published": ("published", "date"),
    "title": ("title",),
    "gold": ("gold",),
}
"""Which columns are taken for what: the first that there is, whatever its case."""


def cases_from(
    source: str | Path,
    *,
    split: str | None = None,
    text_column: str | None = None,
    id_column: str | None = None,
    published_column: str | None = None,
    limit: int | None = None,
) -> Iterator[Case | InputError]:
    """The articles of a table, one a row: a Case, or the InputError that stands in the place of a broken row.

    `source` is a file (.parquet, .arrow, .csv, .tsv, .json, .jsonl; those of text may be gzipped), a folder of them or
    one that `save_to_disk` wrote, or a dataset of the Hugging Face hub, "name" or "name:configuration". Rows are read
    as they are asked for, at most `limit`. `split` may be left out where there is one alone or one called "train".

    Columns that are not named are guessed (`GUESSES`). Without an id a row is called "stem:number". A title is put
    before a text that lacks it. A `gold` that holds the JSON object of a gold file makes a labelled case, whose
    publication day is the gold's; whatever else stands there leaves the case unlabelled.

    Raises UsageError for a split, column or configuration that there is not, naming those that there are; InputError
    where nothing can be read at all: no such source, no network, an empty or damaged file.
    """
    columns = _Columns(text_column, id_column, published_column)
    rows = read_rows(str(source), split)
    head: list[Numbered] = []
    trouble = InputError("holds no rows", "give a row an article")
    for number, row in rows:
        head.append((number, row))
        if not isinstance(row, InputError):
            columns.demand(list(row))
            return islice(_cases(chain(head, rows), str(source), columns), limit)
        trouble = row
    raise _placed(trouble, str(source))


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns that a caller named; None where they are to be guessed."""

    text: str | None = None
    id: str | None = None
    published: str | None = None

    def demand(self, names: list[str]) -> None:
        """Raise UsageError unless the columns that were named are there, and one for the text."""
        there = f"columns: {', '.join(names)}"
        for name in (self.text, self.id, self.published):
            if name is not None and name not in names:
                raise UsageError(f"there is no column {name!r}", there)
        if self.text is None and not {name.lower() for name in names}.intersection(GUESSES["text"]):
            raise UsageError("no column looks like the articles' text; name it", there)

    def cell(self, row: Mapping[str, Any], field: str) -> Any:
        """What a row holds of a field; None for nothing, a blank or a NaN."""
        lower = {column.lower(): column for column in row}
        guessed = next((lower[guess] for guess in GUESSES[field] if guess in lower), "")
        value = row.get(getattr(self, field, None) or guessed)
        blank = value != value or (isinstance(value, str) and not value.strip())
        return None if blank else value


def _cases(rows: Iterable[Numbered], source: str, columns: _Columns) -> Iterator[Case | InputError]:
    seen: dict[str, int] = {}
    for number, row in rows:
        place = f"{source}:{number}"
        if isinstance(row, InputError):
            yield _placed(row, place)
            continue
        try:
            case = _case(row, columns, place, f"{stem_of(source)}:{number}")
            if seen.setdefault(case.id, number) != number:
                raise InputError(f"has the id of row {seen[case.id]}", "ids tell articles apart: name another column")
            yield case
        except SummarizerError as error:
            yield _placed(error, place)


def _placed(error: SummarizerError, place: str) -> InputError:
    return InputError(f"{place}: {error.message}", error.hint, source=place)


def _case(row: Mapping[str, Any], columns: _Columns, place: str, number: str) -> Case:
    """One row as a case. Raises InputError or GoldError, without the row's place."""
    text, name, title = (_string(columns.cell(row, field), field) for field in ("text", "id", "title"))
    if text is None:
        raise InputError("holds no text", "fill the row, or name another column")
    gold = _gold_file(columns.cell(row, "gold"))
    published = _day(columns.cell(row, "published") if gold is None else gold.get("published"))
    article = Article.from_text(text, id=name or number, title=title, published=published, source=place)
    return Case(name or number, article, None if gold is None else parse_gold(gold, article))


def _string(value: Any, field: str) -> str | None:
    """A cell as text: an id may be a whole number, and no text may hold half a character."""
    if field == "id" and isinstance(value, int):
        return str(value)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"its {field} is no text", "name another column")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InputError(f"its {field} is not UTF-8", "save the table as UTF-8") from None
    return value


def _gold_file(value: Any) -> dict[str, Any] | None:
    """The object of a gold file; None for whatever does not begin as one."""
    if not isinstance(value, str) or not value.lstrip().startswith("{"):
        return None
    try:
        return cast("dict[str, Any]", json.loads(value))
    except (ValueError, RecursionError):
        raise InputError("its gold is no JSON", "leave it empty, or put in a gold file as it is") from None


def _day(value: Any) -> date | None:
    """A publication date as tables hold it: a date, a time, or either in ISO 8601, in the offset it is written in.

    >>> _day("2024-03-03T23:30:00-05:00"), _day(datetime(2024, 3, 3, 12)), _day(None)
    (datetime.date(2024, 3, 3), datetime.date(2024, 3, 3), None)
    """
    try:
        moment = datetime.fromisoformat(value.strip()) if isinstance(value, str) else value
    except ValueError:
        moment = value
    if isinstance(moment, datetime):
        return moment.date()
    if moment is None or isinstance(moment, date):
        return moment
    raise InputError("its publication date is no ISO 8601 date", "write it as 2024-03-31, or name another column")
