"""What an exam found, for other programs: a row a fact as parquet, JSON Lines or CSV, and the summaries themselves.

A report's own JSON holds more (every span, figures with their intervals, alignments); these are for pandas, DuckDB,
spreadsheets, and for scoring the same summaries again. Equal reports give equal bytes, and a file appears whole or
not at all.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evals.files import put
from evals.report import CaseResult, Pairs, Point, Report
from summarizer import EventSummary, InputError, UsageError

COLUMNS = {
    "suite": "string",
    "article": "string",
    "run": "int64",
    "part": "string",
    "field": "string",
    "outcome": "string",
    "weight": "float64",
    "cost": "float64",
    "gold_ref": "string",
    "predicted_ref": "string",
    "gold": "string",
    "predicted": "string",
    "gold_start": "int64",
    "gold_end": "int64",
    "predicted_start": "int64",
    "predicted_end": "int64",
    "error": "string",
    "engine": "string",
    "prompt": "string",
    "model": "string",
    "gold_hash": "string",
    "schema_hash": "string",
    "scorer": "string",
}
"""The columns of a row in order, with their Arrow types; all but `suite` to `cost` may be null."""
Row = dict[str, Any]

# ----------------------------------------------------------------------------------------------------------- facts


def facts(report: Report) -> list[Row]:
    """One row for each slot that was marked, in the order of the report, with the columns of `COLUMNS`.

    `part`, `field`, `outcome`, `weight`, `cost` and the references are those of `evals.report.Point`; `gold` and
    `predicted` are the values in words. Offsets are of the first stretch of text that each rests on. `error` is the
    kind of error where the engine gave no summary, so that what it missed is told apart. The rest, from the report's
    signature, says what made the figures.
    """
    made_by = _made_by(report)
    return [_fact(report.suite, case, point) | made_by for case in report.cases for point in case.points]


def _fact(suite: str, case: CaseResult, point: Point) -> Row:
    gold_start, gold_end = _first(point.gold_spans)
    predicted_start, predicted_end = _first(point.predicted_spans)
    return {
        "suite": suite,
        "article": case.id,
        "run": case.run,
        "part": point.part,
        "field": point.field,
        "outcome": point.outcome,
        "weight": point.weight,
        "cost": point.cost,
        "gold_ref": point.gold_ref,
        "predicted_ref": point.predicted_ref,
        "gold": point.gold,
        "predicted": point.predicted,
        "gold_start": gold_start,
        "gold_end": gold_end,
        "predicted_start": predicted_start,
        "predicted_end": predicted_end,
        "error": case.error and case.error[0],
    }


def _first(spans: Pairs) -> tuple[int | None, int | None]:
    return spans[0] if spans else (None, None)


def _made_by(report: Report) -> Row:
    signature = report.signature
    return {
        **{name: signature.get(name) for name in ("engine", "prompt", "model")},
        "gold_hash": signature.get("gold"),
        "schema_hash": signature.get("schema"),
        "scorer": signature.get("scorer"),
    }


def write_facts(report: Report, path: Path) -> None:
    """Write `facts` as the path's suffix says: .parquet, .jsonl (or .ndjson) or .csv, text as UTF-8.

    In CSV a text that a spreadsheet would take for a formula stands behind an apostrophe (see `guarded`); the other
    two hold every value as it is. Raises UsageError for another suffix, or if the file cannot be written.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError(f"facts are not written as {path.suffix or path.name!r}", f"suffixes: {', '.join(_WRITERS)}")
    put(path, write(facts(report)))


def _parquet(rows: Sequence[Row]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in COLUMNS.items()])
    file = BytesIO()
    parquet.write_table(pa.Table.from_pylist(list(rows), schema=schema), file, compression="zstd")
    return file.getvalue()


def _json_lines(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(f"{_line(row)}\n" for row in rows).encode()


def _line(value: Mapping[str, Any]) -> str:
    r"""An object in one line: letters of every script as they are, as escapes what nobody sees or ends a line.

    >>> _line({"name": "Zoë\u2028"})
    '{"name":"Zoë\\u2028"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def _csv(rows: Sequence[Row]) -> bytes:
    file = StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\r\n")  # RFC 4180; with another, a lone \r goes unquoted
    writer.writeheader()
    writer.writerows({name: guarded(value) for name, value in row.items()} for row in rows)
    return file.getvalue().encode("utf-8", "backslashreplace")


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before a text that begins like one.

    An article decides how its names begin, and a formula can send a sheet's content away (OWASP, CSV injection).

    >>> guarded("=1+1"), guarded("Norway"), guarded(-0.5)
    ("'=1+1", 'Norway', -0.5)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


_WRITERS: dict[str, Callable[[Sequence[Row]], bytes]] = {
    ".parquet": _parquet,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".csv": _csv,
}

# ----------------------------------------------------------------------------------------------------- predictions


def write_predictions(report: Report, path: Path, *, run: int = 0) -> None:
    """Write the summaries of one run as JSON Lines, one an article, in the form that `python -m summarizer` writes.

    Articles that gave no summary have no line. Raises UsageError if the file cannot be written, or if the report has
    no summaries in that run (a blessed baseline keeps none).
    """
    summaries = [case.summary for case in report.cases if case.run == run and case.summary is not None]
    if not summaries:
        raise UsageError(f"the report holds no summaries of run {run}", "run the exam to make some")
    put(path, _json_lines(summaries))


def read_predictions(path: Path) -> dict[str, EventSummary]:
    """Summaries by their article's id and by the SHA-256 of its text, from JSON Lines as `python -m summarizer` writes.

    Here each is only checked to be a summary, its offsets taken at their word: what it says of its article is for the
    caller to hold against the article, with `EventSummary.grounded`. Articles with the same text share the first
    summary of it.

    Raises InputError naming the line of whatever is no summary, names no article, or is the second one of an article:
    a line that was left out in silence would count as an article that the engine failed on.
    """
    found: dict[str, EventSummary] = {}
    for number, line in _lines(path):
        summary = _summary(line, f"{path.name}:{number}")
        if not summary.article_id and not summary.sha256:
            hint = "each summary needs its article_id or the sha256 of its article's text"
            raise InputError(f"{path.name}:{number}: names no article", hint)
        if (summary.article_id or summary.sha256) in found:
            raise InputError(f"{path.name}:{number}: is the second summary of an article", "keep one an article")
        for key in filter(None, (summary.article_id, summary.sha256)):
            found.setdefault(key, summary)
    if not found:
        raise InputError(f"{path.name}: holds no summaries", "python -m summarizer ARTICLES -o FILE.jsonl writes some")
    return found


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror})", "check the path", source=str(path)) from error
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _summary(line: bytes, place: str) -> EventSummary:
    try:
        return EventSummary.model_validate(json.loads(line))
    except ValidationError as error:
        first = ".".join(map(str, error.errors()[0]["loc"])) or "the whole"
        what = f"is no summary: {error.error_count()} of its values are wrong, the first at {first}"
    except (ValueError, RecursionError):
        what = "is no JSON"
    raise InputError(f"{place}: {what}", "give summaries as python -m summarizer writes them, one a line")


# -------------------------------------------------------------------------------------------------------- writing
