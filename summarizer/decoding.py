"""From bytes to text: the encodings that news comes in, and a refusal by name of what is no text."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from summarizer.errors import InputError

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
    demand_text(text)
    return text


def _as_windows(escaped: str) -> str:
    return escaped.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def demand_text(text: str) -> None:
    r"""Raise InputError, without a file's name, for decoded text that holds what only binary data does.

    >>> demand_text("The \x1b[31mmill\x1b[0m burned.")
    >>> demand_text("The mill\0")
    Traceback (most recent call last):
    summarizer.errors.InputError: looks like binary data, not text
    """
    if "\0" in text or len(_CONTROL.findall(text)) > 0.03 * len(text):
        raise InputError("looks like binary data, not text", "give a text file, or convert it to one")
