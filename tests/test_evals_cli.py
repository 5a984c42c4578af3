"""`python -m evals` as a user meets it: what it prints, what it writes, how it exits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.cli import main
from evals.cli.frame import Front

COMMANDS = sorted(main.commands)


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


def run(*arguments: str) -> Done:
    """A command in this process; what `main` does with errors is done."""
    result = CliRunner().invoke(Bridge, list(arguments))
    return Done(result.exit_code, result.stdout, result.stderr)


class _Bridge(Front):
    """CliRunner calls main(args=..., prog_name=...) and wants SystemExit, which Front's main raises."""


Bridge = _Bridge(commands=main.commands)


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "SUMMARIZER_MODEL", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does_with_examples(command: str) -> None:
    done = run(command, "--help")
    assert done.code == 0
    assert f"python -m evals {command}" in done.out


def test_help_answers_without_loading_anything_heavy() -> None:
    code = (
        "import sys; from evals.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print([name for name in ('numpy', 'datasets', 'spacy', 'pydantic', 'rich', 'openai') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_exam_of_one_article_prints_verdict_figures_and_reasons() -> None:
    done = run("run", "--engine", "offline", "--only", "004", "--losses", "3")
    assert done.code == 0
    assert done.out.startswith("offline/")
    for words in ("event F1", "Where most is lost", "scorer:", "n:1"):
        assert words in done.out


def test_a_report_goes_to_a_file_whose_suffix_says_the_format(tmp_path: Path) -> None:
    report, page, facts, said = (tmp_path / name for name in ("r.json", "r.html", "f.parquet", "p.jsonl"))
    arguments = ["run", "--engine", "offline", "--only", "004", "-o", str(report)]
    assert run(*arguments, "--facts", str(facts), "--save-predictions", str(said)).code == 0
    assert json.loads(report.read_text(encoding="utf-8"))["format"] == "summarizer-exam"
    assert facts.stat().st_size > 1000
    assert run("run", "--predictions", str(said), "--only", "004", "-o", str(page)).code == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_same_summaries_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        assert run("run", "--engine", "offline", "--only", "004", "-o", str(tmp_path / name)).code == 0
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_unlabelled_articles_are_checked_for_what_needs_no_gold(tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    lines = [{"id": "a", "text": "Kenya expelled two Danish envoys on Tuesday."}, {"id": "b", "text": ""}]
    source.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    done = run("run", "--engine", "offline", "--dataset", str(source))
    assert done.code == 1  # the empty one
    assert "1 article" in done.out
    assert "grounding" in done.out
    assert "scores event F1" not in done.out
    assert "evals: " in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run", "--suite", "nope"], 2, "there is no suite 'nope'"),
        (["run", "--engine", "offline", "--only", "zzz"], 2, "no article of seeds is called zzz"),
        (["run", "--engine", "magic"], 2, "magic"),
        (["run", "--dataset", "nowhere.parquet", "--engine", "offline"], 3, "nowhere.parquet"),
        (["run", "--predictions", "nowhere.jsonl"], 3, "nowhere.jsonl"),
        (["run", "--engine", "offline", "--only", "004", "--export", "inspect"], 2, "FORM:FILE"),
        (["gate", "--base", "nowhere"], 2, "nowhere"),
        (["compare", "offline", "what"], 2, "'what' is neither"),
        (["agreement", "--suite", "nope"], 2, "nope"),
    ],
)
def test_bad_input_is_told_in_a_line_without_a_traceback(arguments: Sequence[str], code: int, words: str) -> None:
    done = run(*arguments)
    assert (done.code, words in done.err) == (code, True), done
    assert "Traceback" not in done.err


def test_gold_is_sound_and_says_so() -> None:
    done = run("check")
    assert done.code == 0
    assert done.out.count("sound    ") == 15


def test_agreement_shows_people_and_fields() -> None:
    done = run("agreement")
    assert done.code == 0
    for words in ("Annotators a and b on 5 articles", "first labels", "a on gold", "links"):
        assert words in done.out


def test_an_engine_compared_with_itself_is_unchanged() -> None:
    done = run("compare", "offline", "offline")
    assert done.out.startswith(("UNCHANGED", "CONTRACTS"))


def test_the_gate_says_the_same_in_the_same_bytes_and_writes_every_report(tmp_path: Path) -> None:
    for name in ("one", "two"):
        files = [str(tmp_path / f"{name}{suffix}") for suffix in (".json", ".xml", ".html")]
        done = run("gate", "-o", files[0], "--junit", files[1], "--html", files[2])
        assert done.code == 0, done
    for suffix in (".json", ".xml", ".html"):
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_what_is_recorded_is_what_the_prompt_in_force_asks() -> None:
    for prompt in ("news", "brief"):
        done = run("status", "--prompt", prompt)
        assert (done.code, done.out) == (0, "15 fresh, 0 stale, 0 missing, 0 orphan\n")


def test_the_gate_has_few_false_alarms_and_sees_a_fall_of_a_tenth() -> None:
    played = json.loads(run("simulate", "--comparisons", "200", "--format", "json").out)
    said = {(row["fall"], row["k"]): row["said"].get("fail", 0.0) for row in played["rows"]}
    assert said[0.0, 5] <= 0.08  # at most 0.05, and three standard errors of 200 comparisons
    assert said[0.1, 5] >= 0.9
