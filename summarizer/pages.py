"""From one HTML page or Markdown file to its text, with the title and the date that it states itself.

Nothing here reaches a network, and lxml and trafilatura are imported only when a page is met.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from summarizer.decoding import decode, demand_text
from summarizer.errors import InputError
from summarizer.spans import Span

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml ships no types

HTML = (".html", ".htm", ".xhtml")
"""The suffixes, in lower case, of files that `parse_page` is for."""
MARKDOWN = (".md", ".markdown")
"""The suffixes, in lower case, of files that `parse_markdown` is for."""


class Content(NamedTuple):
    """What a file says before it is an Article."""

    text: str
    title: str | None = None
    published: date | None = None
    has_heading: bool = False  # the title stands in the text already
    markdown: bool = False


def stated_date(value: Any) -> date:
    """The day of an ISO 8601 date or datetime, in the offset it is written in.

    Raises InputError, without a file's name, for any other text and for what is no text.

    >>> stated_date("2024-03-03T23:30:00-05:00")
    datetime.date(2024, 3, 3)
    """
    try:
        return datetime.fromisoformat(value.strip()).date()
    except (AttributeError, ValueError):
        raise InputError("the publication date is not an ISO 8601 date", "write it as 2024-03-31") from None


# ---------------------------------------------------------------------------------------------------------- Markdown

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<fields>(?:(?!---|\.\.\.)[^\n]*\n)*)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FIELD = re.compile(r"^(?P<name>title|date|published)[ \t]*:[ \t]*(?P<value>[^\n]*\S)", re.MULTILINE | re.IGNORECASE)
_HEADING = re.compile(r"\s*#{1,2}[ \t]+(?P<title>[^\n]*?)[ \t#]*(?:\n|$)")
# Lines that are markup alone: images, rules, link definitions, fences, comments. Links within prose stay as they are.
_MARKUP_LINE = re.compile(
    r"^[ \t]*(?:!\[[^\]\n]*\]\([^)\n]*\)|(?:[-*_][ \t]*){3,}|\[[^\]\n]+\]:[ \t]\S[^\n]*"
    r"|(?:```|~~~)[^\n]*|<!--[^\n]*-->)[ \t]*$",
    re.MULTILINE,
)


def parse_markdown(text: str) -> Content:
    r"""Front matter is read and is no part of the text, as a page's head is none; all other markup stays.

    `title`, `date` and `published` are honoured, the first heading is the title where no field gives one.

    Raises InputError, without a file's name, for a date that is not ISO 8601.

    >>> parse_markdown("---\ndate: 2024-03-03\n---\n# Mill burns\nTwo died.")[:3]
    ('# Mill burns\nTwo died.', 'Mill burns', datetime.date(2024, 3, 3))
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    found = _FIELD.finditer(front["fields"]) if front else ()
    fields = {match["name"].lower(): match["value"].strip("\"' ") for match in found}
    body = text[front.end() :] if front else text
    heading = _HEADING.match(body)
    title = fields.get("title") or (heading["title"] if heading else None)
    when = fields.get("published") or fields.get("date")
    day = stated_date(re.sub(r" (?=[+-]\d\d:?\d\d$)", "", when)) if when else None
    return Content(body, title, day, has_heading=bool(heading and heading["title"] == title), markdown=True)


def markup_lines(text: str) -> list[Span]:
    r"""Lines of Markdown that are markup alone, each without its line break, in order.

    >>> text = "![A mill](mill.png)\nThe [mill](mill.html) burned.\n* * *\n"
    >>> [span.of(text) for span in markup_lines(text)]
    ['![A mill](mill.png)', '* * *']
    """
    return [Span(*match.span()) for match in _MARKUP_LINE.finditer(text)]


# -------------------------------------------------------------------------------------------------------- HTML pages

_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\s*<\?xml\b[^>]{0,100}\bencoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
# What a label means on the web (https://encoding.spec.whatwg.org, the single-byte and East Asian ones that Python
# knows). Any other Python codec is none: a page must not choose punycode, which takes minutes, or unicode_escape.
_CODECS = {
    **dict.fromkeys(("ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1"), "cp1252"),
    **{f"{label}{number}": f"cp{number}" for label in ("windows-", "cp") for number in (874, *range(1250, 1259))},
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "iso-8859-9": "cp1254",
    **{name: name for name in ("koi8-r", "koi8-u", "big5", "euc-jp", "iso-2022-jp", "euc-kr")},
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis"), "cp932"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
}
_DATE_METAS = ("article:published_time", "og:article:published_time")
_DATE_NAMES = ("date", "dc.date", "dc.date.issued", "dcterms.date", "pubdate", "publishdate", "parsely-pub-date")
_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|Review)$")


def is_page(data: bytes) -> bool:
    """Whether bytes of no known suffix begin as an HTML document does.

    >>> is_page(b"<!DOCTYPE html><title>Mill burns</title>"), is_page(b"<p>The mill burned.</p>")
    (True, False)
    """
    return bool(_PAGE.match(data[:1000]))


def parse_page(data: bytes) -> Content:
    """A page's main text by trafilatura, its title and date by what the page itself declares.

    Precision is favoured, because a short article otherwise comes back as the whole page on one line. trafilatura's
    own metadata are not asked for: htmldate, which finds dates there, also guesses them from URLs and from the text.

    Raises InputError, without a file's name, where no article is found and for bytes that are no text.
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
    return Content(text, title, published)


def _decode_page(data: bytes) -> str:
    """By byte order mark or the page's own charset declaration, where that fits; else as any file."""
    declared = _CHARSET.search(data[:4096]) or _XML_ENCODING.match(data[:200])
    codec = _CODECS.get(declared[1].decode("ascii").lower()) if declared else None
    if codec and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode(codec)
        except ValueError:
            return decode(data)
        demand_text(text)
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
