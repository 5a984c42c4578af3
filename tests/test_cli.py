"""The command line as a stranger meets it: what goes in, what comes out, what is said when something is wrong."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from summarizer import __version__
from summarizer.article import Article
from summarizer.cli import FORMATS, main, summarize
from summarizer.console import Day
from summarizer.errors import ModelError, NoEventsError, SummarizerError
from summarizer.schema import EventSummary
from summarizer.spans import any_overlaps

ROOT = Path(__file__).parents[1]
STORY = "Kenya expelled two Danish diplomats on Tuesday, the foreign ministry said.\n"
NOTE = "using the embedded engine, as neither --model nor OPENAI_API_KEY is set"


class Fake:
    """An engine that reports an article's first sentence; it fails where the text says so."""

    name = "fake"

    def __init__(self, **given: Any) -> None:
        self.given = given
        self.closed = False

    def summarize(self, article: Article) -> EventSummary:
        if "INTERRUPT" in article.text:
            raise KeyboardInterrupt
        if "NOTHING" in article.text:
            raise NoEventsError("no event stood up", "try another model")
        if "UNREACHABLE" in article.text:
            raise ModelError("the endpoint cannot be reached", "check --base-url", kind="network")
        first = next(span for span in article.sentences if not any_overlaps(article.litter + article.injections, span))
        words = {"text": first.of(article.text), "start": first.start, "end": first.end}
        event = {"id": "e1", "event_type": "OTHER", "salience": "main", "status": "occurred"}
        data = {
            "headline": "Something is reported",
            "summary": "Something is reported.",
            "published": article.published,
            "entities": [],
            "events": [{**event, "description": "Something is reported.", "evidence": [words]}],
            "article_id": article.id,
            "engine": self.name,
        }
        return EventSummary.grounded(data, article)

    async def asummarize(self, article: Article) -> EventSummary:
        return self.summarize(article)

    def summarize_each(self, articles: Iterable[Article]) -> Iterator[EventSummary | SummarizerError]:
        for article in articles:
            try:
                yield self.summarize(article)
            except SummarizerError as error:
                yield error

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No key, no model, and the test's own folder to work in."""
    for name in ("OPENAI_API_KEY", "SUMMARIZER_MODEL", "OPENAI_BASE_URL", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    """The command line in this process, with the fake engine."""
    opener: Callable[..., Fake] = lambda engine, **given: Fake(engine=engine, **given)  # noqa: E731
    return CliRunner().invoke(main, list(arguments), input=stdin, obj=opener, prog_name="summarizer")


def python(*arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """A Python of its own, as a user starts it; what it says comes back as text."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False, **more
    )


def file(name: str, content: str | bytes = STORY) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return name


# --- formats ----------------------------------------------------------------------------------------------------------


def test_one_article_is_one_json_object_where_nobody_watches() -> None:
    done = run(file("a.txt"), "--quiet")
    assert done.exit_code == 0
    assert done.stderr == ""
    assert json.loads(done.stdout)["events"][0]["evidence"][0]["text"] == STORY.strip()
    assert done.stdout.startswith('{\n  "headline"')


def test_several_articles_are_json_lines() -> None:
    done = run(file("a.txt"), file("b.txt"), "--format", "json", "-q")
    assert [json.loads(line)["article_id"] for line in done.stdout.splitlines()] == ["a", "b"]


def test_jsonl_is_lines_even_for_one_article() -> None:
    done = run(file("a.txt"), "--format", "jsonl", "-q")
    assert len(done.stdout.splitlines()) == 1


def test_a_folder_and_a_json_lines_file_are_several_articles() -> None:
    file("folder/a.txt")
    file("folder/deep/b.txt")
    assert len(run("folder", "-q").stdout.splitlines()) == 2
    lines = file("many.jsonl", "".join(json.dumps({"id": name, "text": STORY}) + "\n" for name in "xyz"))
    done = run(lines, "-q")
    assert [json.loads(line)["article_id"] for line in done.stdout.splitlines()] == ["x", "y", "z"]


@pytest.mark.parametrize("arguments", [["-"], []])
def test_standard_input_is_an_article_named_by_a_dash_or_by_nothing(arguments: list[str]) -> None:
    done = run(*arguments, "-q", stdin=STORY)
    assert json.loads(done.stdout)["article_id"] == "stdin"


def test_an_html_file_is_read_as_a_page() -> None:
    body = "<p>" + STORY * 3 + "</p>"
    done = run(file("a.html", f"<html><head><title>News</title></head><body><article>{body}</article></body></html>"))
    assert done.exit_code == 0
    assert "<p>" not in done.stdout


def test_text_is_a_page_without_color_where_nobody_watches() -> None:
    done = run(file("a.txt"), "--format", "text", "-q")
    assert done.stdout.startswith("Something is reported\n")
    assert "\x1b" not in done.stdout


def test_color_can_be_asked_for_through_a_pipe() -> None:
    assert "\x1b[1m" in run(file("a.txt"), "--format", "text", "--color", "-q").stdout


def test_several_pages_of_text_say_which_article_each_is_of() -> None:
    page = run(file("a.txt"), file("b.txt"), "--format", "text", "-q").stdout
    assert [line for line in page.splitlines() if line.startswith("──")] == ["── a.txt ──", "── b.txt ──"]


def test_several_pages_of_markdown_are_parted_by_a_rule() -> None:
    page = run(file("a.txt"), file("b.txt"), "--format", "markdown", "-q").stdout
    assert page.count("# Something is reported\n") == 2
    assert "\n\n---\n\n# " in page


def test_html_is_one_whole_page() -> None:
    page = run(file("a.txt"), "--format", "html", "-q").stdout
    assert page.startswith("<!doctype html>")
    assert STORY.strip() in page


def test_html_of_several_articles_is_refused_before_any_is_summarized() -> None:
    assert_told(run(file("a.txt"), file("b.txt"), "-f", "html"), 2, "an HTML page shows one article")
    file("folder/a.txt")
    file("folder/b.txt")
    assert_told(run("folder", "-f", "html"), 3, "more than one article")


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("out.json", '{\n  "headline"'),
        ("out.jsonl", '{"headline"'),
        ("out.ndjson", '{"headline"'),
        ("out.md", "# Something"),
        ("out.html", "<!doctype html>"),
        ("out.HTM", "<!doctype html>"),
        ("out.txt", "Something is reported\n"),
        ("out", '{\n  "headline"'),
    ],
)
def test_an_output_files_suffix_says_its_format(name: str, beginning: str) -> None:
    done = run(file("a.txt"), "-o", name, "-q")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert Path(name).read_text(encoding="utf-8").startswith(beginning)


def test_a_format_that_is_named_wins_over_the_suffix() -> None:
    run(file("a.txt"), "-o", "out.txt", "--format", "markdown")
    assert Path("out.txt").read_text(encoding="utf-8").startswith("# ")


def test_data_is_utf8_whatever_the_locale() -> None:
    code = "from tests.test_cli import Fake; from summarizer.cli import main; main(obj=lambda *a, **k: Fake())"
    file("a.txt", "Zoë met 北京 envoys on Tuesday.\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "latin-1"}
    command = [sys.executable, "-c", code, "a.txt", "-q"]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=True)
    assert "Zoë met 北京 envoys" in done.stdout.decode("utf-8")
    page = subprocess.run([*command, "-f", "text"], env=environment, capture_output=True, timeout=60, check=True)
    assert "Zoë met ?? envoys" in page.stdout.decode("latin-1")


# --- output files -----------------------------------------------------------------------------------------------------


def test_an_output_file_keeps_its_permissions_and_leaves_nothing_beside_it() -> None:
    file("a.txt")
    file("out.json", "old").encode()
    Path("out.json").chmod(0o640)
    run("a.txt", "-o", "out.json")
    assert Path("out.json").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in Path().iterdir()) == ["a.txt", "out.json"]


def test_an_output_file_stays_as_it_was_if_nothing_could_be_summarized() -> None:
    done = run(file("a.txt", "NOTHING here.\n"), "-o", file("out.json", "old"))
    assert done.exit_code == 3
    assert Path("out.json").read_text() == "old"
    assert len(list(Path().iterdir())) == 2


def test_work_that_is_interrupted_is_kept_beside_the_output_file() -> None:
    done = run(file("a.txt"), file("b.txt", "INTERRUPT\n"), "-o", file("out.jsonl", "old"), "-q")
    assert done.exit_code == 130
    assert "out.jsonl.partial" in done.stderr
    assert Path("out.jsonl").read_text() == "old"
    assert len(Path("out.jsonl.partial").read_text().splitlines()) == 1


def test_an_output_file_is_never_an_input_file() -> None:
    assert_told(run(file("a.txt"), "-o", "./a.txt"), 2, "the output ./a.txt is one of the inputs")
    assert Path("a.txt").read_text() == STORY


@pytest.mark.parametrize("name", ["no/such/folder/out.json", "folder"])
def test_an_output_that_cannot_be_written_is_told_before_any_work_is_done(name: str) -> None:
    Path("folder").mkdir()
    assert_told(run(file("a.txt", "INTERRUPT\n"), "-o", name), 3, "cannot write")


def test_an_output_may_be_a_device() -> None:
    assert run(file("a.txt"), "-o", "/dev/null", "-q").exit_code == 0
    assert Path("/dev/null").is_char_device()


def test_an_output_link_is_followed() -> None:
    Path("real.json").write_text("old")
    Path("link.json").symlink_to("real.json")
    run(file("a.txt"), "-o", "link.json", "-q")
    assert Path("link.json").is_symlink()
    assert "headline" in Path("real.json").read_text()


# --- options ----------------------------------------------------------------------------------------------------------


def opened_with(*arguments: str) -> dict[str, Any]:
    """What the engine is opened with."""
    seen: list[dict[str, Any]] = []

    def opener(engine: str | None, **given: Any) -> Fake:
        seen.append({"engine": engine, **{name: value for name, value in given.items() if value is not None}})
        return Fake()

    done = CliRunner().invoke(main, [file("a.txt"), *arguments], obj=opener)
    assert done.exit_code == 0, done.stderr
    return seen[0]


@pytest.mark.parametrize(
    ("option", "value", "name", "meant"),
    [
        ("--model", "small", "model", "small"),
        ("--base-url", "http://localhost:1/v1", "base_url", "http://localhost:1/v1"),
        ("--prompt", "brief", "prompt", "brief"),
        ("--tries", "2", "tries", 2),
        ("--timeout", "9.5", "timeout", 9.5),
        ("--max-tokens", "800", "max_tokens", 800),
        ("--temperature", "0", "temperature", 0.0),
        ("--pipeline", "mine", "pipeline", "mine"),
        ("--engine", "offline", "engine", "offline"),
    ],
)
def test_an_option_reaches_the_engine(option: str, value: str, name: str, meant: object) -> None:
    assert opened_with(option, value)[name] == meant


def test_a_folder_of_replies_becomes_a_tape() -> None:
    for mode in ("replay", "record", "cache"):
        tape = opened_with("--model", "small", f"--{mode}", "replies")["tape"]
        assert (tape.mode, tape.folder) == (mode, Path("replies"))


def test_the_day_of_publication_reaches_the_summary() -> None:
    done = run(file("a.txt"), "--published", "2024-03-31")
    assert json.loads(done.stdout)["published"] == "2024-03-31"


def test_the_engine_is_closed_at_the_end_even_of_a_failure() -> None:
    engine = Fake()
    CliRunner().invoke(main, [file("a.txt", "INTERRUPT\n")], obj=lambda *_, **__: engine)
    assert engine.closed


def test_one_line_says_that_the_embedded_engine_answers_where_nobody_chose() -> None:
    done = run(file("a.txt"))
    assert done.stderr.count("\n") == 1
    assert NOTE in done.stderr


@pytest.mark.parametrize("arguments", [["--quiet"], ["--engine", "offline"], ["--model", "small"]])
def test_that_line_is_left_out_where_somebody_chose_or_wants_quiet(arguments: list[str]) -> None:
    assert run(file("a.txt"), *arguments).stderr == ""


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "SUMMARIZER_MODEL"])
def test_that_line_is_left_out_where_the_environment_names_a_model(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "x")
    assert run(file("a.txt")).stderr == ""


# --- exit codes -------------------------------------------------------------------------------------------------------


def test_one_failure_among_several_is_exit_1_and_the_others_are_written() -> None:
    done = run(file("a.txt"), file("b.txt", "NOTHING\n"), "missing.txt", file("c.txt"), "-q")
    assert done.exit_code == 1
    assert [json.loads(line)["article_id"] for line in done.stdout.splitlines()] == ["a", "c"]
    assert "summarizer: b.txt: no event stood up\n  hint: try another model\n" in done.stderr
    assert "summarizer: missing.txt: no such file or folder\n  hint: check the path\n" in done.stderr


def test_a_hint_is_given_once_however_many_articles_fail_alike() -> None:
    done = run(file("a.txt", "UNREACHABLE 1\n"), file("b.txt", "UNREACHABLE 2\n"), "-q")
    assert done.exit_code == 3
    assert done.stderr.count("the endpoint cannot be reached") == 2
    assert done.stderr.count("hint:") == 1


def test_a_fault_of_ours_is_not_hidden() -> None:
    def opener(*_: Any, **__: Any) -> Fake:
        raise ZeroDivisionError

    assert isinstance(CliRunner().invoke(main, [file("a.txt")], obj=opener).exception, ZeroDivisionError)


def test_a_reader_that_goes_away_is_no_error_to_complain_of() -> None:
    command = [sys.executable, "-m", "summarizer", "schema"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


# --- bad input --------------------------------------------------------------------------------------------------------


def assert_told(done: Result | subprocess.CompletedProcess[str], code: int, words: str) -> None:
    """One clear line with those words, at most one hint, that exit code, nothing written, no traceback."""
    told, exit_code = done.stderr, done.exit_code if isinstance(done, Result) else done.returncode
    lines = [line for line in told.splitlines() if NOTE not in line]
    assert exit_code == code, told
    assert words in lines[0]
    assert lines[0].startswith("summarizer: ")
    assert [line[:8] for line in lines[1:]] in ([], ["  hint: "])
    assert "Traceback" not in told
    assert done.stdout == ""


BAD = [
    (["missing.txt"], 3, "missing.txt: no such file or folder"),
    (["empty.txt"], 3, "empty.txt: is empty"),
    (["blank.txt"], 3, "blank.txt: holds only white space"),
    (["binary.txt"], 3, "binary.txt: looks like binary data, not text"),
    (["picture.txt"], 3, "picture.txt: is a PNG image, not text"),
    (["huge.txt"], 3, "huge.txt: holds 26 MB where at most 25 MB are read"),
    (["nothing"], 3, "nothing: no articles in this folder"),
    (["lines.jsonl"], 3, "lines.jsonl:1: the line is not JSON"),
    (["a.txt", "--published", "31.3.2024"], 2, "'31.3.2024' is no date; write it as 2024-03-31"),
    (["a.txt", "--published", "2024-02-30"], 2, "'2024-02-30' is no date"),
    (["a.txt", "--format", "xml"], 2, "'xml' is not one of 'text', 'json'"),
    (["a.txt", "--engine", "steam"], 2, "'steam' is not one of 'offline', 'model'"),
    (["a.txt", "--engine", "offline", "--model", "small"], 2, "--engine offline uses no model"),
    (["a.txt", "--replay", "replies"], 2, "--replay: only a model takes this; name one with --model"),
    (["a.txt", "--model", "m", "--replay", "x", "--cache", "y"], 2, "--replay and --cache exclude each other"),
    (["a.txt", "--tries", "0"], 2, "0 is not in the range"),
    (["a.txt", "--frmat", "json"], 2, "No such option '--frmat'"),
    (["--", "schema"], 3, "schema: no such file or folder"),
    (["prompt"], 2, "Missing command"),
    (["prompt", "show", "unheard-of"], 2, "unheard-of"),
    (["prompt", "render", "news", "missing.txt"], 3, "missing.txt: no such file or folder"),
    (["schema", "--for", "nobody"], 2, "'nobody' is not one of 'output', 'model'"),
    (["completion", "tcsh"], 2, "'tcsh' is not one of 'bash', 'zsh', 'fish'"),
]


@pytest.mark.parametrize(("arguments", "code", "words"), BAD, ids=[" ".join(row[0]) for row in BAD])
def test_what_is_wrong_is_told_in_one_line(arguments: list[str], code: int, words: str) -> None:
    file("a.txt")
    file("empty.txt", "")
    file("blank.txt", " \n\t\n")
    file("binary.txt", bytes(range(32)) * 8)
    file("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(64))
    file("lines.jsonl", "no json\n")
    file("nothing/notes.pdf", b"%PDF-1.4")
    with Path("huge.txt").open("wb") as huge:
        huge.truncate(26_000_000)
    assert_told(run(*arguments), code, words)


def test_nothing_to_read_at_a_terminal_is_told_with_what_to_do() -> None:
    assert_told_on_terminal([], 2, "nothing to summarize: name a file or a folder, or - for standard input")


def test_standard_input_at_a_terminal_says_how_to_end_it() -> None:
    shown, code = on_terminal(["-"], typed=STORY + "\x04")
    assert "paste the article, then press Ctrl-D on a line of its own" in shown
    assert "Something is reported" in shown
    assert code == 0


HOSTILE_STORY = (
    "Kenya {{ 7*7 }} expelled {% raw %} two </script><script>alert(1)</script> \x1b[31mred\x1b[0m envoys\u202e and a "
    "zero\u200bwidth cook <!-- on Tuesday [bold]now[/bold] \x1b]0;owned\x07.\n"
)


@pytest.mark.parametrize("form", FORMATS)
def test_a_hostile_article_is_data_in_every_format(form: str) -> None:
    done = run(file("a.txt", HOSTILE_STORY), "--format", form, "-q")
    assert done.exit_code == 0, done.stderr
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e]", done.stdout.replace("\u200b", ""))
    assert "7*7" in done.stdout.replace("\\", "")
    if form == "html":
        assert done.stdout.count("<script") == 2
    if form == "json":
        evidence = json.loads(done.stdout)["events"][0]["evidence"][0]["text"]
        assert evidence in HOSTILE_STORY
        assert "{{ 7*7 }} expelled {% raw %} two </script>" in evidence


def test_a_hostile_file_name_cannot_act_on_the_terminal() -> None:
    done = run("no\x1b[31msuch\x07.txt")
    assert done.exit_code == 3
    assert not re.search("[\x00-\x08\x0b-\x1f]", done.stderr)


# --- with the real engines --------------------------------------------------------------------------------------------


def test_the_embedded_engine_answers_a_stranger_with_no_key() -> None:
    done = python("-m", "summarizer", file("a.txt", STORY * 2), "--published", "2024-03-28")
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("summarizer: using the embedded engine")
    event = json.loads(done.stdout)["events"][0]
    assert (event["event_type"], event["mode"], event["salience"]) == ("SANCTION", "expel", "main")


def test_the_embedded_engine_gets_through_hostile_and_failing_articles() -> None:
    names = [file("a.txt", HOSTILE_STORY), file("b.txt", ""), file("c.txt", STORY)]
    done = python("-m", "summarizer", *names, "--engine", "offline")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "summarizer: b.txt: is empty")
    assert [json.loads(line)["article_id"] for line in done.stdout.splitlines()] == ["a", "c"]


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--model", "m", "--prompt", "unheard-of"], 2, "unheard-of"),
        (["--model", "m"], 3, "no API key"),
        (["--model", "m", "--replay", "replies"], 3, "no reply is recorded for this request"),
        (["--engine", "offline", "--prompt", "news"], 2, "--prompt: only a model takes this"),
        (["--engine", "offline", "--pipeline", "unheard-of"], 2, "unheard-of"),
    ],
)
def test_what_an_engine_refuses_is_told_in_one_line(options: list[str], code: int, words: str) -> None:
    assert_told(python("-m", "summarizer", file("a.txt"), *options), code, words)


# --- help, subcommands, completion ------------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with the words that call it; the main job needs none."""
    yield "", summarize
    for name, command in main.commands.items():
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {below}", each) for below, each in command.commands.items())


@pytest.mark.parametrize(
    ("words", "command"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_and_option_is_in_its_help_with_an_example(words: str, command: click.Command) -> None:
    for flag in ("--help", "-h"):
        done = run(*words.split(), flag)
        assert done.exit_code == 0
        assert "Examples:\n" in done.stdout
    examples = done.stdout[done.stdout.index("Examples:\n") :].split("\n\n")[0]
    assert f"summarizer {words}".strip() in examples
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, f"{param.name} is explained"
            assert param.opts[-1] in done.stdout
            assert any(option in examples for option in param.opts), f"{param.name} has an example"


def test_the_help_of_the_main_job_names_every_subcommand() -> None:
    shown = run("--help").stdout
    for name in main.commands:
        assert re.search(rf"^  {name} +\S", shown, re.MULTILINE)


def test_no_example_or_help_line_is_wider_than_a_terminal() -> None:
    for words, _ in commands():
        assert max(map(len, run(*words.split(), "--help").stdout.splitlines())) <= 90


WHAT_HELP_LOADS = """
import atexit, sys
from summarizer.cli import main
heavy = ("pydantic", "spacy", "openai", "instructor", "datasets", "rich", "numpy", "lxml", "yaml")
atexit.register(lambda: print("loaded:", [name for name in heavy if name in sys.modules]))
main(["--help"])
"""


def test_help_imports_nothing_heavy() -> None:
    done = python("-c", WHAT_HELP_LOADS)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("loaded: []\n")


def test_a_file_called_like_a_subcommand_is_named_by_a_path_or_after_a_double_dash() -> None:
    file("schema")
    for arguments in (["./schema"], ["--", "schema"], ["-q", "schema"]):
        assert json.loads(run(*arguments).stdout)["article_id"] == "schema"


def test_the_version_is_told() -> None:
    assert run("--version").stdout == f"summarizer {__version__}\n"


def test_the_schema_of_the_output_is_what_summaries_are_valid_against() -> None:
    schema = json.loads(run("schema").stdout)
    assert schema == json.loads(json.dumps(EventSummary.model_json_schema(mode="serialization")))


def test_the_schema_for_a_model_asks_for_no_offsets() -> None:
    shown = run("schema", "--for", "model").stdout
    assert '"evidence"' in shown
    assert '"start"' not in shown


def test_prompts_are_listed_shown_and_rendered() -> None:
    assert re.search(r"^news +\S", run("prompt", "list").stdout, re.MULTILINE)
    shown = run("prompt", "show", "news").stdout
    assert "\nsystem:\n" in shown
    assert "\nuser:\n" in shown
    rendered = json.loads(run("prompt", "render", "news", file("a.txt", "Told: {{ 7*7 }} {% raw\n")).stdout)
    assert [message["role"] for message in rendered["messages"]] == ["system", "user"]
    assert "Told: {{ 7*7 }} {% raw" in rendered["messages"][1]["content"]
    assert "\nuser:\n" in run("prompt", "render", "news", "a.txt", "--format", "text").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_printed(shell: str) -> None:
    assert f"_SUMMARIZER_COMPLETE={shell}_complete" in run("completion", shell).stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("", "schema"), ("sch", "schema"), ("--for", "--format"), ("a.txt --for", "--format"), ("prompt ", "render")],
)
def test_completion_offers_subcommands_options_and_what_stands_under_them(typed: str, offered: str) -> None:
    words = f"summarizer {typed}"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "_SUMMARIZER_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    code = "from summarizer.cli import main; main(prog_name='summarizer')"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert f"plain,{offered}" in done.stdout.splitlines()


def test_a_day_given_as_a_date_stays_one() -> None:
    from datetime import date

    assert Day().convert(date(2024, 3, 31), None, None) == date(2024, 3, 31)


# --- a terminal -------------------------------------------------------------------------------------------------------

WITH_FAKE = "from tests.test_cli import Fake; from summarizer.cli import main; main(obj=lambda *a, **k: Fake())"


def on_terminal(arguments: list[str], *, typed: str = "", **environment: str) -> tuple[str, int]:
    """What a person at a terminal of 80 columns sees, both streams together, and the exit code."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", WITH_FAKE, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "80", **environment},
        close_fds=True,
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    shown = b""
    try:
        while select.select([ours], [], [], 60)[0] and (data := os.read(ours, 1 << 16)):
            shown += data
    except OSError:  # Linux says that the other end is closed with EIO
        pass
    os.close(ours)
    return shown.decode().replace("\r\n", "\n"), process.wait(timeout=60)


def assert_told_on_terminal(arguments: list[str], code: int, words: str) -> None:
    shown, exit_code = on_terminal(arguments)
    assert exit_code == code
    assert words in shown
    assert "Traceback" not in shown


def test_a_terminal_gets_a_page_in_color() -> None:
    shown, code = on_terminal([file("a.txt"), "-q"])
    assert code == 0
    assert shown.startswith("\x1b[1mSomething is reported\x1b[0m\n")


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_color_gets_none(environment: dict[str, str]) -> None:
    shown, _ = on_terminal([file("a.txt"), "-q"], **environment)
    assert shown.startswith("Something is reported\n")
    assert "\x1b" not in shown


def test_a_terminal_sees_progress_where_the_results_go_elsewhere() -> None:
    shown, _ = on_terminal([file("a.txt"), file("b.txt", "NOTHING\n"), "-o", "out.jsonl"])
    assert "\r\x1b[K1 summarized, 1 failed" in shown
    assert "summarized" not in on_terminal(["a.txt", "b.txt", "-o", "out.jsonl", "-q"])[0]
    assert "summarized" not in on_terminal(["a.txt", "-o", "out.jsonl"])[0]
