"""From a path to articles: text, Markdown, HTML pages, JSON Lines, folders and standard input, decoded and checked.

One bad article never stops the others: it comes out as an `InputError` value in its place. No message holds a word
of an article. Nothing here reaches a network, and lxml and trafilatura are imported only when a page is met.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import stat
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Literal, NamedTuple, cast

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.spans import Span

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml ships no types

MAX_BYTES = 25_000_000
"""Larger files, and larger lines of a JSON Lines file, are refused before they are read."""

_HTML = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown")
_JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
SUFFIXES = (".txt", *_MARKDOWN, *_HTML, *_JSON_LINES)
"""What is read out of a folder. A file that is named itself may have any suffix; an unknown one is plain text."""


class _Content(NamedTuple):
    """What a file says before it is an Article."""

    text: str
    title: str | None = None
    published: date | None = None
    has_heading: bool = False  # the title stands in the text already
    markdown: bool = False


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
        yield _to_article(_parse(data, ".html" if _PAGE.match(data[:1000]) else ".txt"), origin)
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
        published = _stated_date(record["published"]) if _is_given(record.get("published")) else None
        if record.get("id") is not None:
            origin = origin._replace(id=str(record["id"]))
        article = _to_article(_Content(record["text"], record.get("title"), published), origin)
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


def _stated_date(value: Any) -> date:
    """The day of an ISO 8601 date or datetime, in the offset it is written in.

    >>> _stated_date("2024-03-03T23:30:00-05:00")
    datetime.date(2024, 3, 3)
    """
    try:
        return datetime.fromisoformat(value.strip()).date()
    except (AttributeError, ValueError):
        raise InputError("the publication date is not an ISO 8601 date", "write it as 2024-03-31") from None


# -------------------------------------------------------------------------------------------------- formats of a file


def _parse(data: bytes, suffix: str) -> _Content:
    if suffix in _HTML:
        return _parse_page(data)
    text = decode(data)
    return _parse_markdown(text) if suffix in _MARKDOWN else _Content(text)


def _to_article(content: _Content, origin: _Origin) -> Article:
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
        markup = [Span(*match.span()) for match in _MARKUP_LINE.finditer(article.text)]
        article = replace(article, litter=tuple(_merge([*article.litter, *markup])))
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


_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<fields>(?:(?!---|\.\.\.)[^\n]*\n)*)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FIELD = re.compile(r"^(?P<name>title|date|published)[ \t]*:[ \t]*(?P<value>[^\n]*\S)", re.MULTILINE | re.IGNORECASE)
_HEADING = re.compile(r"\s*#{1,2}[ \t]+(?P<title>[^\n]*?)[ \t#]*(?:\n|$)")
# Lines that are markup alone: images, rules, link definitions, fences, comments. Links within prose stay as they are.
_MARKUP_LINE = re.compile(
    r"^[ \t]*(?:!\[[^\]\n]*\]\([^)\n]*\)|(?:[-*_][ \t]*){3,}|\[[^\]\n]+\]:[ \t]\S[^\n]*"
    r"|(?:```|~~~)[^\n]*|<!--[^\n]*-->)[ \t]*$",
    re.MULTILINE,
)


def _parse_markdown(text: str) -> _Content:
    """Front matter is read and is no part of the text, as a page's head is none; all other markup stays.

    `title`, `date` and `published` are honoured, the first heading is the title where no field gives one.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    found = _FIELD.finditer(front["fields"]) if front else ()
    fields = {match["name"].lower(): match["value"].strip("\"' ") for match in found}
    body = text[front.end() :] if front else text
    heading = _HEADING.match(body)
    title = fields.get("title") or (heading["title"] if heading else None)
    when = fields.get("published") or fields.get("date")
    day = _stated_date(re.sub(r" (?=[+-]\d\d:?\d\d$)", "", when)) if when else None
    return _Content(body, title, day, has_heading=bool(heading and heading["title"] == title), markdown=True)


# -------------------------------------------------------------------------------------------------------- HTML pages

_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DATE_METAS = ("article:published_time", "og:article:published_time")
_DATE_NAMES = ("date", "dc.date", "dc.date.issued", "dcterms.date", "pubdate", "publishdate", "parsely-pub-date")
_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|Review)$")


def _parse_page(data: bytes) -> _Content:
    """A page's main text by trafilatura, its title and date by what the page itself declares.

    Precision is favoured, because a short article otherwise comes back as the whole page on one line. trafilatura's
    own metadata are not asked for: htmldate, which finds dates there, also guesses them from URLs and from the text.
    """
    import logging

    import trafilatura

    logger = logging.getLogger("trafilatura")
    if not logger.handlers:  # else its warnings go to stderr
        logger.addHandler(logging.NullHandler())
    html = _decode_page(data)
    if not re.search(r"<(?:html|body)\b", html, re.IGNORECASE):  # it takes whole documents only
        html = f"<html><body>{html}</body></html>"
    nothing = InputError("no article could be found in this page", "save the article's text and give that")
    try:
        tree = trafilatura.load_html(html)
        if tree is None:
            raise nothing
        title, published = _page_title(tree), _page_date(tree)
        text = trafilatura.extract(
            tree, output_format="txt", include_comments=False, include_tables=False, favor_precision=True
        )
    except (RecursionError, ValueError):  # nested deeper than anyone writes, or not a document
        raise nothing from None
    if not text:
        raise nothing
    return _Content(text, title, published)


def _decode_page(data: bytes) -> str:
    """By byte order mark or the page's own charset declaration, where that fits; else as any file."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode(declared[1].decode("ascii"))
        except (LookupError, ValueError):
            return decode(data)
        _demand_text(text)
        return text
    return decode(data)


def _page_title(tree: HtmlElement) -> str | None:
    """og:title, else the only h1, else the title element; a site's name at the end goes where the page names its site.

    A suffix that is not known to be the site's name stays: "Envoy quits - again" is a headline.
    """
    headings = [" ".join(node.text_content().split()) for node in tree.iter("h1")]
    named = _meta(tree, "og:title")
    title = named or (headings[0] if len(headings) == 1 else None) or tree.findtext(".//title")
    title = " ".join((title or "").split())
    for heading in headings:
        if heading and title.startswith(heading) and re.match(r" [|–—·»:-]+ ", title[len(heading) :]):
            return heading
    parts = re.match(r"(?P<title>.*\S) [|–—·»:-]+ (?P<site>.+)$", title)
    sites = {_meta(tree, name) for name in ("og:site_name", "application-name", "twitter:site")}
    known = {site.strip().lstrip("@").casefold() for site in sites if site}
    return (parts["title"] if parts and parts["site"].casefold() in known else title) or None


def _page_date(tree: HtmlElement) -> date | None:
    """The publication date that the page declares in metadata, or None: nothing is read out of URLs or prose.

    In this order: `article:published_time`, JSON-LD `datePublished` of an article, `itemprop` or `pubdate`, a `date`
    meta. Several that disagree within one of these are no date.
    """
    metas = [value for name in _DATE_METAS if (value := _meta(tree, name))]
    props = tree.xpath(
        "//*[@itemprop='datePublished' or (self::time and @pubdate)]"
        "[not(ancestor::aside or ancestor::footer or ancestor::nav)]"
    )
    marked = [node.get("datetime") or node.get("content") or "" for node in props]
    named = [value for name in _DATE_NAMES if (value := _meta(tree, name))]
    for values in (metas, list(_linked_dates(tree)), marked, named):
        days = {_declared_date(value) for value in values} - {None}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _meta(tree: HtmlElement, name: str) -> str | None:
    """The content of the first meta element of that name or property, whatever its case."""
    for node in tree.iter("meta"):
        if (node.get("property") or node.get("name") or "").lower() == name and node.get("content"):
            return str(node.get("content"))
    return None


def _linked_dates(tree: HtmlElement) -> Iterator[str]:
    """`datePublished` of every article in the page's JSON-LD."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            waiting = [json.loads(script.text or "null")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            item = waiting.pop()
            if isinstance(item, list):
                waiting += item
            elif isinstance(item, dict):
                waiting += [item.get("@graph"), item.get("mainEntity")]
                types = item.get("@type")
                kinds = types if isinstance(types, list) else [types]
                if any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in kinds):
                    yield str(item.get("datePublished") or "")


def _declared_date(value: str) -> date | None:
    """A day out of a page's metadata: ISO 8601 or the form of e-mail; other forms are ambiguous, so no date.

    >>> _declared_date("2024-03-03T10:00:00.000Z"), _declared_date("Sun, 03 Mar 2024 10:00:00 GMT")
    (datetime.date(2024, 3, 3), datetime.date(2024, 3, 3))
    >>> _declared_date("03/04/2024") is None
    True
    """
    from email.utils import parsedate_to_datetime  # 10 ms, for pages only

    value = value.strip()
    try:
        iso = re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)", value)
        if iso:
            day = date(int(iso[1]), int(iso[2]), int(iso[3]))
        elif re.match(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} ", value):
            day = parsedate_to_datetime(value).date()
        else:
            return None
    except ValueError:
        return None
    return None if day.year < 1600 or day == date(1970, 1, 1) else day  # what programs write for "unknown"


# ---------------------------------------------------------------------------------------------------------- decoding

_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive, or a .docx, .xlsx, .odt or .epub"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh9", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"PAR1", "a Parquet table"),
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPED = re.compile("[\udc80-\udcff]+")
_CONTROL = re.compile(r"[\x00-\x07\x0e-\x1a\x1c-\x1f]")  # escape sequences, tabs and page breaks occur in texts


def decode(data: bytes) -> str:
    """Text out of bytes: UTF-8, UTF-16 and UTF-32 with or without a mark, Windows-1252, or UTF-8 damaged with it.

    Each byte that is not UTF-8 is read as Windows-1252 (that covers whole files in it), so no character is lost and
    none of the others changes. No library guesses here: charset-normalizer 3.5 takes Windows-1252 English for cp1250
    and gives up on mixed files, and news in other old encodings can't be told from damage. The text's newlines are
    left to `Article.from_text`.

    Raises InputError, without a file's name, for binary data and for text in another encoding.

    >>> decode("“Café”".encode()), decode("“Café”".encode("cp1252")), decode("“Café”".encode("utf-16"))
    ('“Café”', '“Café”', '“Café”')
    """
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if kind:
        raise InputError(f"is {kind}, not text", "convert it to plain text first")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")
            break
    else:
        text = data.decode(_unmarked(data), "surrogateescape")
    return _mend(text)


def _unmarked(data: bytes) -> Literal["utf-8", "utf-16-le", "utf-16-be"]:
    """UTF-16 without a mark shows in Western text: every second byte is NUL."""
    sample = data[:4096]
    half = len(sample) // 2
    if half >= 2 and len(data) % 2 == 0:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if odd > 0.7 * half and even < 0.1 * half:
            return "utf-16-le"
        if even > 0.7 * half and odd < 0.1 * half:
            return "utf-16-be"
    return "utf-8"


def _mend(text: str) -> str:
    """Bytes that were no UTF-8 as Windows-1252, unless there are too many for a Western text."""
    if _ESCAPED.search(text):
        damaged = sum(match.end() - match.start() for match in _ESCAPED.finditer(text))
        if damaged > max(8, 0.3 * len(text)):
            raise InputError(
                "is neither UTF-8 nor UTF-16 nor Windows-1252", "convert it to UTF-8 first, for example with iconv"
            )
        text = _ESCAPED.sub(lambda match: _as_windows(match.group()), text)
    _demand_text(text)
    return text


def _as_windows(escaped: str) -> str:
    return escaped.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _demand_text(text: str) -> None:
    if "\0" in text or len(_CONTROL.findall(text)) > 0.03 * len(text):
        raise InputError("looks like binary data, not text", "give a text file, or convert it to one")


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
