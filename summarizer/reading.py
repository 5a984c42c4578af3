"""From a path to articles: single files, JSON Lines, folders and standard input, each article checked.

One bad article never stops the others: it comes out as an `InputError` value in its place. No message holds a word
of an article. Nothing here reaches a network. What a page or a Markdown file says is found in `pages`.
"""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path, PurePath
from typing import IO, Any, BinaryIO, NamedTuple, cast

from summarizer.article import Article
from summarizer.decoding import decode
from summarizer.errors import InputError
from summarizer.pages import HTML, MARKDOWN, Content, is_page, markup_lines, parse_markdown, parse_page, stated_date
from summarizer.spans import Span

MAX_BYTES = 25_000_000
"""Larger files, and larger lines of a JSON Lines file, are refused before they are read."""

_JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
SUFFIXES = (".txt", *MARKDOWN, *HTML, *_JSON_LINES)
"""What is read out of a folder. A file that is named itself may have any suffix; an unknown one is plain text."""


class _Origin(NamedTuple):
    """Where articles come from and what the caller laid down for them."""

    name: str
    id: str
    published: date | None
    limit: int


# ---------------------------------------------------------------------------------------------------------- sources


def read_articles(
    source: str | Path, *, published: date | None = None, limit: int = MAX_BYTES, stdin: BinaryIO | None = None
) -> Iterator[Article | InputError]:
    """Every article of a file, a folder (recursive, sorted, hidden files skipped) or "-", standard input.

    Yields an Article, or an InputError as a value, for each article in order; a JSON Lines file of any length is read
    in flat memory. `published` overrides what the source says; `limit` is in bytes, for a file and for a line of JSON
    Lines; `stdin` stands in for the process's own. Standard input is JSON Lines if its first line is an object with
    a `text`, a page if it begins as one, else one text.

    A JSON Lines object has `text` (required), `id`, `title`, `published` (ISO 8601) and `source`. Ids are the file's
    stem (in a folder its relative path without suffix); for JSON Lines the object's `id` or "stem:line".

    Raises InputError where there is nothing to read from: no such path, a device or pipe, a folder without articles.
    """
    if str(source) == "-":
        return _read_stream(stdin or sys.stdin.buffer, _Origin("standard input", "stdin", published, limit))
    try:
        mode = os.stat(source).st_mode
        if stat.S_ISDIR(mode):
            return _read_folder(Path(source), published, limit)
        _demand_regular(mode)
    except (InputError, OSError, ValueError) as error:
        raise _named(error, str(source)) from None
    return _read_file(Path(source), _Origin(str(source), _stem(Path(source)), published, limit))


def read_article(
    source: str | Path, *, published: date | None = None, limit: int = MAX_BYTES, stdin: BinaryIO | None = None
) -> Article:
    """The one article of a source (see `read_articles`). Raises InputError if it can't be read or is not alone."""
    found = read_articles(source, published=published, limit=limit, stdin=stdin)
    article = next(found)
    if isinstance(article, InputError):
        raise article
    if next(found, None) is not None:
        raise _named(InputError("holds more than one article", "read it with read_articles"), str(source))
    return article


def _read_folder(folder: Path, published: date | None, limit: int) -> Iterator[Article | InputError]:
    """Find the files now, so that a folder without any is an error at the call; read them one by one later."""
    files, errors = _find_files(folder)
    if not files and not errors:
        raise InputError("no articles in this folder", f"it is searched for files ending in {', '.join(SUFFIXES)}")
    articles = (
        _read_file(path, _Origin(str(path), name, published, limit))
        for path, name in zip(files, _ids(folder, files), strict=True)
    )
    return chain(errors, chain.from_iterable(articles))


def _find_files(folder: Path) -> tuple[list[Path], list[InputError]]:
    """The readable suffixes below a folder in order of their paths, and the subfolders that can't be listed."""
    failed: list[OSError] = []
    files: list[Path] = []
    for directory, names, leaves in os.walk(folder, onerror=failed.append):
        names[:] = (name for name in names if not name.startswith("."))
        files += (Path(directory, leaf) for leaf in leaves if not leaf.startswith(".") and _suffix(leaf))
    return sorted(files), [_named(error, str(error.filename)) for error in failed]


def _suffix(name: str) -> str:
    """The known suffix a file's name ends in, or nothing."""
    return next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), "")


def _stem(path: PurePath) -> str:
    suffix = _suffix(path.name)
    return path.name[: -len(suffix)] if suffix and len(path.name) > len(suffix) else path.stem


def _ids(folder: Path, files: list[Path]) -> list[str]:
    """An id for each file: its relative path without suffix, with it where two would be the same."""
    relative = [path.relative_to(folder) for path in files]
    plain = [path.with_name(_stem(path)).as_posix() for path in relative]
    count = Counter(plain)
    return [name if count[name] == 1 else path.as_posix() for name, path in zip(plain, relative, strict=True)]


def _read_file(path: Path, origin: _Origin) -> Iterator[Article | InputError]:
    try:
        if _suffix(path.name) in _JSON_LINES:
            with _open_lines(path) as stream:
                yield from _read_lines(_lines(stream, origin.limit), origin)
        else:
            yield _to_article(_parse(_read_bytes(path, origin.limit), path.suffix.lower()), origin)
    except (InputError, OSError, EOFError, zlib.error) as error:
        yield _named(error, origin.name)


def _read_bytes(path: Path, limit: int) -> bytes:
    info = os.stat(path)
    _demand_regular(info.st_mode)
    if info.st_size > limit:
        raise _too_large(_megabytes(info.st_size), limit)
    return path.read_bytes()


def _open_lines(path: Path) -> IO[bytes]:
    _demand_regular(os.stat(path).st_mode)
    if path.suffix.lower() != ".gz":
        return path.open("rb")
    import gzip

    return cast(IO[bytes], gzip.open(path, "rb"))


def _read_stream(stream: BinaryIO, origin: _Origin) -> Iterator[Article | InputError]:
    """Standard input: the first line that is not blank decides between JSON Lines and one text."""
    try:
        head = b""
        while (line := stream.readline(origin.limit + 1)).isspace() and len(head) <= origin.limit:
            head += line
        if _is_record(line):
            yield from _read_lines(chain([line], _lines(stream, origin.limit)), origin, 1 + head.count(b"\n"))
            return
        data = head + line + stream.read(max(0, origin.limit + 1 - len(head) - len(line)))
        if len(data) > origin.limit:
            raise _too_large("more", origin.limit)
        yield _to_article(_parse(data, ".html" if is_page(data) else ".txt"), origin)
    except (InputError, OSError) as error:
        yield _named(error, origin.name)


# ------------------------------------------------------------------------------------------------------- JSON Lines


def _lines(stream: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """Lines, never holding more than `limit` bytes; None stands for a longer one."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 16)
        yield None


def _read_lines(lines: Iterable[bytes | None], origin: _Origin, first: int = 1) -> Iterator[Article | InputError]:
    """One article a line, blank lines skipped; `first` is the number of the first line."""
    empty = True
    for number, line in enumerate(lines, first):
        if line is None or line.strip():
            empty = False
            yield _read_line(line, origin._replace(name=f"{origin.name}:{number}", id=f"{origin.id}:{number}"))
    if empty:
        yield _named(InputError("holds no articles", 'give one object with a "text" a line'), origin.name)


def _read_line(line: bytes | None, origin: _Origin) -> Article | InputError:
    try:
        if line is None:
            raise _too_large("more", origin.limit)
        record = _record(decode(line))
        published = stated_date(record["published"]) if _is_given(record.get("published")) else None
        if record.get("id") is not None:
            origin = origin._replace(id=str(record["id"]))
        article = _to_article(Content(record["text"], record.get("title"), published), origin)
        return replace(article, source=record.get("source") or origin.name)
    except InputError as error:
        return _named(error, origin.name)


def _is_given(value: object) -> bool:
    """Whether a field says anything: null and blank strings, which tables are exported with, don't."""
    return value is not None and not (isinstance(value, str) and not value.strip())


def _record(line: str) -> dict[str, Any]:
    """One line's object, its fields checked."""
    hint = 'a line holds one object with a "text", and if known "id", "title", "published", "source"'
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise InputError("the line is not JSON", hint) from None
    if not isinstance(record, dict):
        raise InputError("the line is not a JSON object", hint)
    if not isinstance(record.get("text"), str):
        raise InputError('the object has no "text" that is a string', hint)
    for name in ("title", "source"):
        if not isinstance(record.get(name), str | None):
            raise InputError(f'"{name}" is not a string', hint)
    if not isinstance(record.get("id"), str | int | None) or isinstance(record.get("id"), bool):
        raise InputError('"id" is neither a string nor a whole number', hint)
    return {name: _without_surrogates(value) for name, value in record.items()}


def _is_record(line: bytes) -> bool:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and isinstance(record.get("text"), str)


def _without_surrogates(value: Any) -> Any:
    r"""Half surrogate pairs, which JSON's \u escapes can spell and no file can hold, as U+FFFD."""
    if isinstance(value, str) and re.search("[\ud800-\udfff]", value):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value


# -------------------------------------------------------------------------------------------------- formats of a file


def _parse(data: bytes, suffix: str) -> Content:
    if suffix in HTML:
        return parse_page(data)
    text = decode(data)
    return parse_markdown(text) if suffix in MARKDOWN else Content(text)


def _to_article(content: Content, origin: _Origin) -> Article:
    """Raises InputError without a file's name where there are no words."""
    if not any(character.isalnum() for character in content.text):
        blank = "holds only white space" if content.text else "is empty"
        what = "holds no letter or digit" if content.text.strip() else blank
        raise InputError(what, "give a text with at least one sentence")
    title = " ".join(content.title.split()) if content.title else None
    article = Article.from_text(
        content.text,
        id=origin.id,
        title=None if content.has_heading else title,
        published=origin.published or content.published,
        source=origin.name,
    )
    if content.markdown:
        article = replace(article, litter=tuple(_merge([*article.litter, *markup_lines(article.text)])))
    return replace(article, title=title or None)


def _merge(spans: Iterable[Span]) -> list[Span]:
    """Ordered and disjoint, overlapping ones joined.

    >>> _merge([Span(8, 9), Span(1, 4), Span(3, 6)])
    [Span(start=1, end=6), Span(start=8, end=9)]
    """
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


# ------------------------------------------------------------------------------------------------------------ errors


def _demand_regular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise InputError("is a device, pipe or socket, not a file", "give a file, or - to read standard input")


def _too_large(size: str, limit: int) -> InputError:
    return InputError(
        f"holds {size} where at most {_megabytes(limit)} are read", "split it, or give articles one a line as .jsonl"
    )


def _megabytes(size: int) -> str:
    """A size for people.

    >>> _megabytes(25_000_000), _megabytes(31_400_000), _megabytes(900)
    ('25 MB', '31.4 MB', '900 bytes')
    """
    return f"{size / 1e6:.4g} MB" if size >= 100_000 else f"{size} bytes"


def _named(error: Exception, name: str) -> InputError:
    """The error as ours, naming the file as the caller did; one that names it already stays."""
    if isinstance(error, InputError):
        if error.source is not None:
            return error
        what, hint = error.message, error.hint
    else:
        what, hint = _from_system(error)
    shown = name if name and name.isprintable() else ascii(name)
    return InputError(f"{shown}: {what}", hint, source=name)


def _from_system(error: Exception) -> tuple[str, str]:
    """What the system refused, and what to do."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "no such file or folder", "check the path"
        case PermissionError():
            return "permission denied", "make it readable for this user"
        case EOFError() | zlib.error() | OSError(errno=None):
            return "is damaged: not a whole gzip file", "fetch or pack it again"
        case OSError():
            return f"can't be read ({error.strerror})", "check the path and the disk"
    return "is not a path that a file can have", "check the path"
