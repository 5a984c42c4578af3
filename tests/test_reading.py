"""From a path to articles: files, lines, folders, standard input, and every refusal in one clear line."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading import MAX_BYTES, SUFFIXES, read_article, read_articles
from tests.test_pages import page

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

TEXT = "The mill burned on Monday. Two men died in the fire, the police said."


def write(path: Path, content: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lines(*records: object) -> str:
    return "\n".join(json.dumps(record) if not isinstance(record, str) else record for record in records)


def refusal(path: Path | str, limit: int = MAX_BYTES) -> InputError:
    """The error that a source raises, or that it yields as its only article."""
    with pytest.raises(InputError) as caught:
        read_article(path, limit=limit)
    error = caught.value
    assert error.hint
    assert "\n" not in error.message
    assert error.source == str(path)
    assert str(error).startswith(str(path))
    return error


def articles(found: Iterator[Article | InputError]) -> list[Article]:
    read = list(found)
    assert all(isinstance(item, Article) for item in read), read
    return [item for item in read if isinstance(item, Article)]


# ------------------------------------------------------------------------------------------------------ a single file


@pytest.mark.parametrize("name", ["a.txt", "a.text", "a", "a.TXT", "a.story"])
def test_text_under_any_suffix_is_read_as_it_stands(tmp_path: Path, name: str) -> None:
    article = read_article(write(tmp_path / name))
    assert (article.text, article.id, article.title, article.published) == (TEXT, "a", None, None)
    assert article.source == str(tmp_path / name)


def test_a_path_may_be_a_str(tmp_path: Path) -> None:
    assert read_article(str(write(tmp_path / "a.txt"))).text == TEXT


def test_the_date_that_the_caller_gives_stands_above_the_source(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", lines({"text": TEXT, "published": "2024-03-03"}))
    assert read_article(path).published == date(2024, 3, 3)
    assert read_article(path, published=date(2020, 1, 1)).published == date(2020, 1, 1)


def test_a_missing_file_an_empty_one_and_one_of_white_space_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.txt").message.endswith("none.txt: no such file or folder")
    assert refusal(write(tmp_path / "a.txt", "")).message.endswith("a.txt: is empty")
    assert refusal(write(tmp_path / "b.txt", " \r\n\t\n")).message.endswith("b.txt: holds only white space")
    assert refusal(write(tmp_path / "c.txt", "* * *")).message.endswith("c.txt: holds no letter or digit")


def test_a_path_below_a_file_and_a_path_that_cannot_be_are_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(write(tmp_path / "a.txt") / "b.txt").message
    with pytest.raises(InputError, match="is not a path"):
        read_article("a\0b")
    with pytest.raises(InputError, match=r"^'': no such file"):
        read_article("")


def test_a_loop_of_links_is_refused_with_what_the_system_says(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    assert "can't be read" in refusal(tmp_path / "a.txt").message


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.txt").chmod(0)
    assert "permission denied" in refusal(tmp_path / "a.txt").message


def test_pipes_and_devices_are_refused_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a file" in refusal(tmp_path / "pipe.txt").message
    assert "standard input" in refusal(os.devnull).hint


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(31_400_000)  # a hole: reading it would tell
    assert refusal(tmp_path / "a.txt").message.endswith("a.txt: holds 31.4 MB where at most 25 MB are read")
    small = write(tmp_path / "b.txt", "x" * 11)
    assert refusal(small, limit=10).message.endswith("b.txt: holds 11 bytes where at most 10 bytes are read")
    assert read_article(small, limit=11).text == "x" * 11


def test_a_name_with_a_line_break_is_shown_on_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_article(tmp_path / "a\nb.txt")
    assert "a\\nb.txt" in caught.value.message


def test_no_message_holds_a_word_of_the_article(tmp_path: Path) -> None:
    secret = "Rumpelstiltskin"
    cases = {
        "a.txt": secret.encode() + b"\0\1\2",
        "b.jsonl": f'{{"text": "{secret}", "published": "{secret}"}}\n{{"{secret}\n"{secret}"\n'.encode(),
        "c.html": f"<html><head><script>{secret}</script></head><body></body></html>".encode(),
        "d.md": f"---\ndate: {secret}\n---\n{secret}".encode(),
    }
    for name, content in cases.items():
        write(tmp_path / name, content)
    errors = [item for item in read_articles(tmp_path) if isinstance(item, InputError)]
    assert len(errors) == 6
    assert not any(secret in error.message + error.hint + repr(error) for error in errors)


# --------------------------------------------------------------------------------------------------- pages and Markdown


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n", "is a PNG image, not text"),
        ("a.md", f"---\ndate: 3 March\n---\n{TEXT}".encode(), "the publication date is not an ISO 8601 date"),
        ("a.html", b"<html></html>", "no article could be found in this page"),
    ],
)
def test_what_a_parser_refuses_is_refused_with_the_name_of_the_file(
    tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    path = write(tmp_path / name, content)
    assert refusal(path).message == f"{path}: {what}"


@pytest.mark.parametrize("suffix", [".html", ".htm", ".xhtml", ".HTML"])
def test_these_suffixes_are_pages(tmp_path: Path, suffix: str) -> None:
    assert read_article(write(tmp_path / f"a{suffix}", f"<p>{TEXT}</p>")).text == TEXT


@pytest.mark.parametrize("suffix", [".md", ".markdown", ".MD"])
def test_these_suffixes_are_markdown(tmp_path: Path, suffix: str) -> None:
    assert read_article(write(tmp_path / f"a{suffix}", f"# Mill burns\n\n{TEXT}")).title == "Mill burns"


def test_an_article_of_a_page_has_its_headline_once(tmp_path: Path) -> None:
    article = read_article(write(tmp_path / "a.html", page()))
    assert article.title == "Mill burns in north"
    assert article.text == (
        "Mill burns in north\n"
        "The mill burned on Monday and two men died in the fire, the police said.\n"
        "The owner fled to the coast before the police could question him.\n"
        "“Nobody is safe,” the mayor’s deputy said."
    )


def test_no_date_is_guessed_from_the_name_of_a_file(tmp_path: Path) -> None:
    assert read_article(write(tmp_path / "2024-03-03.html", page())).published is None


def test_the_date_that_a_page_declares_is_the_article_s(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2024-03-03T23:30:00-05:00">'
    assert read_article(write(tmp_path / "a.html", page(head))).published == date(2024, 3, 3)


def test_the_title_of_front_matter_is_put_above_the_text(tmp_path: Path) -> None:
    text = f'---\ntitle: "Mill burns"\ndate: 2024-03-03 10:00:00 +0100\ntags: [fire]\n---\n\n{TEXT}\n'
    article = read_article(write(tmp_path / "a.md", text))
    assert (article.title, article.published) == ("Mill burns", date(2024, 3, 3))
    assert article.text == f"Mill burns\n\n\n{TEXT}\n"


def test_a_title_that_is_the_first_heading_is_not_put_there_twice(tmp_path: Path) -> None:
    article = read_article(write(tmp_path / "a.md", f"# Mill burns\n\n{TEXT}"))
    assert (article.title, article.text) == ("Mill burns", f"# Mill burns\n\n{TEXT}")


def test_markup_lines_of_markdown_are_litter_and_links_in_prose_are_not(tmp_path: Path) -> None:
    body = (
        f"![A mill](mill.png)\n\n{TEXT} See [the report](https://example.com).\n\n* * *\n\n[1]: https://example.com\n"
    )
    article = read_article(write(tmp_path / "a.md", body))
    assert [span.of(article.text) for span in article.litter] == [
        "![A mill](mill.png)",
        "* * *",
        "[1]: https://example.com",
    ]
    assert "[the report](https://example.com)" in article.text


def test_libraries_for_pages_are_loaded_only_for_pages() -> None:
    code = "import sys, summarizer.reading; print({'lxml', 'trafilatura', 'gzip', 'email.utils'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


# --------------------------------------------------------------------------------------------------------- JSON Lines


def test_each_line_is_an_article_and_its_fields_are_honoured(tmp_path: Path) -> None:
    records = lines(
        {"text": TEXT, "id": "x1", "title": "Mill burns", "published": "2024-03-03", "source": "https://example.com"},
        "",
        {"text": TEXT, "id": 7, "title": None, "published": "2024-03-03T23:30:00Z"},
        {"text": TEXT, "published": "", "extra": [1]},
    )
    path = write(tmp_path / "a.jsonl", records)
    first, second, third = articles(read_articles(path))
    assert (first.id, first.title, first.published, first.source) == (
        "x1",
        "Mill burns",
        date(2024, 3, 3),
        "https://example.com",
    )
    assert first.text == f"Mill burns\n\n{TEXT}"
    assert (second.id, second.published, second.source) == ("7", date(2024, 3, 3), f"{path}:3")
    assert (third.id, third.published) == ("a:4", None)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{broken", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"title": "x"}', 'no "text"'),
        ('{"text": 5}', 'no "text"'),
        ('{"text": ""}', "is empty"),
        ('{"text": " "}', "only white space"),
        ('{"text": "x", "published": "3 March"}', "not an ISO 8601 date"),
        ('{"text": "x", "published": 20240303}', "not an ISO 8601 date"),
        ('{"text": "x", "title": 5}', '"title" is not a string'),
        ('{"text": "x", "id": {}}', '"id" is neither'),
        ('{"text": "' + "x" * 200 + '"}', "holds more where at most"),
    ],
)
def test_a_bad_line_is_an_error_value_and_the_others_are_read(tmp_path: Path, line: str, what: str) -> None:
    good = json.dumps({"text": TEXT})
    path = write(tmp_path / "a.jsonl", f"{good}\n{line}\n{good}")
    limit = 150 if "more" in what else 1_000_000
    first, error, last = read_articles(path, limit=limit)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(error, InputError)
    assert error.source == f"{path}:2"
    assert error.message.startswith(f"{path}:2: ")
    assert what in error.message
    assert last.id == "a:3"


def test_a_file_of_lines_has_no_limit_and_is_read_as_it_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ndjson", (json.dumps({"text": TEXT}) + "\n") * 500)
    assert len(articles(read_articles(path, limit=200))) == 500
    endless = _Endless()
    first = articles(islice(read_articles("-", stdin=io.BufferedReader(endless)), 3))
    assert [article.id for article in first] == ["stdin:1", "stdin:2", "stdin:3"]
    assert endless.given < 100_000


class _Endless(io.RawIOBase):
    """A stream of articles that never ends."""

    def __init__(self) -> None:
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        line = json.dumps({"text": TEXT}).encode() + b"\n"
        memoryview(buffer)[: len(line)] = line
        self.given += len(line)
        return len(line)


def test_compressed_lines_are_read_and_a_broken_archive_is_said(tmp_path: Path) -> None:
    packed = gzip.compress((lines({"text": TEXT}, {"text": TEXT}) + "\n").encode() * 50)
    path = write(tmp_path / "a.jsonl.gz", packed)
    assert [article.id for article in articles(read_articles(path))][:2] == ["a:1", "a:2"]
    *_, last = read_articles(write(tmp_path / "b.jsonl.gz", packed[:-20]))
    assert isinstance(last, InputError)
    assert "not a whole gzip file" in last.message
    assert "not a whole gzip file" in refusal(write(tmp_path / "c.jsonl.gz", b"plain")).message


def test_a_file_of_lines_without_any_is_refused(tmp_path: Path) -> None:
    assert "holds no articles" in refusal(write(tmp_path / "a.jsonl", "\n\n")).message


def test_half_a_surrogate_pair_becomes_the_replacement_character(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "The mill \\ud83d burned \\ud83d\\udd25."}')
    assert read_article(path).text == "The mill \ufffd burned 🔥."


# ------------------------------------------------------------------------------------------------------------- folders


def test_a_folder_is_read_in_order_without_hidden_files_and_unknown_suffixes(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.md",
        "sub/c.txt",
        "sub/d.jsonl",
        ".hidden.txt",
        ".git/e.txt",
        "f.py",
        "g.png",
        "sub/z/i.TXT",
    ):
        write(tmp_path / name, json.dumps({"text": TEXT}) if name.endswith("jsonl") else TEXT)
    assert [article.id for article in articles(read_articles(tmp_path))] == ["a", "b", "sub/c", "sub/d:1", "sub/z/i"]


def test_files_of_one_stem_keep_their_suffix_in_their_ids(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "a.md")
    assert [article.id for article in articles(read_articles(tmp_path))] == ["a.md", "a.txt"]


def test_one_bad_article_in_a_folder_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"\x89PNG")
    write(tmp_path / "b.txt")
    os.mkfifo(tmp_path / "c.txt")
    (tmp_path / "d.txt").symlink_to(tmp_path / "nowhere")
    write(tmp_path / "e.txt")
    kinds = [type(item).__name__ for item in read_articles(tmp_path)]
    assert kinds == ["InputError", "Article", "InputError", "InputError", "Article"]


def test_a_folder_without_articles_is_refused_when_it_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "a.py")
    with pytest.raises(InputError, match="no articles in this folder") as caught:
        read_articles(tmp_path)
    assert all(suffix in caught.value.hint for suffix in SUFFIXES)


def test_asking_for_one_article_of_many_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", lines({"text": TEXT}, {"text": TEXT}))
    assert "more than one article" in refusal(tmp_path / "a.jsonl").message
    assert "more than one article" in refusal(write(tmp_path / "b.txt").parent).message


# ------------------------------------------------------------------------------------------------------ standard input


def from_stdin(content: str | bytes, limit: int = MAX_BYTES) -> list[Article | InputError]:
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    return list(read_articles("-", stdin=stream, limit=limit))


def test_standard_input_is_one_text_unless_its_first_line_is_a_record() -> None:
    (article,) = from_stdin(f"\n{TEXT}\n{TEXT}")
    assert isinstance(article, Article)
    assert (article.text, article.id, article.source) == (f"\n{TEXT}\n{TEXT}", "stdin", "standard input")
    (article,) = from_stdin(f'{{"title": "x"}}\n{TEXT}')
    assert isinstance(article, Article)
    assert article.text.startswith('{"title"')


def test_standard_input_of_records_is_read_line_by_line() -> None:
    first, error, last = from_stdin("\n" + lines({"text": TEXT}, "{broken", {"text": TEXT, "id": "z"}))
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(error, InputError)
    assert (first.id, error.source, last.id) == ("stdin:2", "standard input:3", "z")


def test_a_page_on_standard_input_is_read_as_one() -> None:
    (article,) = from_stdin("\n" + page())
    assert isinstance(article, Article)
    assert article.title == "Mill burns in north"


@pytest.mark.parametrize(
    ("content", "what"), [(b"", "is empty"), (b"\n \n", "only white space"), (b"%PDF-1.4", "PDF"), (b"x" * 99, "more")]
)
def test_bad_standard_input_is_an_error_value(content: bytes, what: str) -> None:
    (error,) = from_stdin(content, limit=50)
    assert isinstance(error, InputError)
    assert error.message.startswith("standard input: ")
    assert what in error.message
