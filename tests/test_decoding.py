"""Which encodings are understood, what is mended in them, and what is refused as no text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.decoding import decode
from summarizer.errors import InputError


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "ascii"]
)
def test_these_encodings_are_understood(encoding: str) -> None:
    text = "The mill burned. It cost 5 dollars." if encoding == "ascii" else "The café in Zürich burned. Ça va?"
    assert decode(text.encode(encoding)) == text


def test_marked_utf_16_of_either_order_is_understood() -> None:
    assert decode(b"\xff\xfe" + "ab€".encode("utf-16-le")) == "ab€" == decode(b"\xfe\xff" + "ab€".encode("utf-16-be"))


def test_single_windows_bytes_in_utf_8_are_mended_and_the_rest_stays() -> None:
    assert decode("“Zürich” and ".encode() + b"\x93Z\xfcrich\x94 \x96 \x80 5") == "“Zürich” and “Zürich” – € 5"


def test_bytes_that_windows_leaves_open_become_the_replacement_character() -> None:
    assert decode(b"The mill burned \x81 on Monday \xe9") == "The mill burned \ufffd on Monday é"


def test_escape_sequences_and_page_breaks_are_text() -> None:
    assert decode(b"The \x1b[31mmill\x1b[0m\x0cburned.") == "The \x1b[31mmill\x1b[0m\x0cburned."


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\0", "docx"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Word"),
        (b"some text\0and more", "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        ("Мельница сгорела в понедельник.".encode("koi8-r"), "neither UTF-8 nor"),
        ("月曜日に工場が焼けた。".encode("shift-jis"), "neither UTF-8 nor"),
    ],
)
def test_what_is_no_text_is_refused_by_its_name(data: bytes, kind: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data)
    assert kind in caught.value.message
    assert caught.value.hint
    assert caught.value.source is None  # who knows the file's name adds it


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary(max_size=80))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except InputError:
        return
    assert "\0" not in text
    assert text.encode("utf-8").decode("utf-8") == text


def test_a_megabyte_is_decoded_at_once() -> None:
    data = ("The café’s “guests” left – all of them. " * 25_000).encode("cp1252")
    started = time.process_time()
    decode(data)
    assert time.process_time() - started < 1
