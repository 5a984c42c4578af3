"""`gate`, `compare`, `bless`, `simulate`: is a change worse?"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evals.cli.frame import (
    color_option,
    command,
    form_for,
    form_option,
    output_option,
    quiet_option,
    seed_option,
    show,
    suite_option,
    tell_failures,
)
from evals.cli.recorded import asked_of, asked_options
from summarizer.console import colored, sink, width

if TYPE_CHECKING:
    from evals.corpus import Case
    from evals.gate import Judgement
    from evals.recordings import Asked
    from evals.report import Report

FORMATS = ("text", "json", "junit", "github", "html")
_engine = click.option("--engine", type=click.Choice(["offline"]), help="The embedded engine instead of recordings.")
_strict = click.option("--strict", is_flag=True, help="Exit 4 instead of 0 where the gate cannot tell.")


@command("""\
python -m evals gate
python -m evals gate --base main --strict
python -m evals gate --engine offline
python -m evals gate --format github -o summary.md --junit gate.xml --html gate.html""")
@suite_option
@asked_options
@_engine
@click.option("--base", metavar="REF|FILE", help="Default: the baseline at the merge base with the main branch.")
@_strict
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), help="Default: text.")
@output_option
@click.option("--junit", type=click.Path(path_type=Path), metavar="FILE", help="Also as JUnit XML.")
@click.option(
    "--html", type=click.Path(path_type=Path), metavar="FILE", help="Also as a page, both sides beside each other."
)
@color_option
@seed_option
def gate(**given: Any) -> int:
    """Judge whether today's answers got worse.

    From recordings alone, against the blessed answers: worse, not worse, or can't tell.

    Exit codes: 0 unchanged, not worse, or inconclusive; 1 worse, or a contract broken; 3 nothing to compare (a reply is
    missing or stale, an article is on one side only); 4 inconclusive under --strict. On GitHub, lost facts are also
    annotated on their lines of the gold files.
    """
    from evals.baseline import baseline_at, baseline_path, rescored
    from evals.corpus import load_cases, suite_of

    suite = suite_of(given["suite"])
    cases, asked = load_cases(suite), asked_of(given)
    candidate = _today(suite.name, cases, asked, given["engine"], given["seed"])
    base = rescored(baseline_at(given["base"], baseline_path(candidate)), cases, seed=given["seed"])
    return _judged(base, candidate, cases, suite.gold, given)


@command("""\
python -m evals compare desk:brief desk:news
python -m evals compare offline desk:news --suite challenge
python -m evals compare before.json after.json -o compared.html""")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@suite_option
@click.option("--k", type=click.IntRange(min=1), default=3, show_default=True, help="Recorded replies an article.")
@click.option("--recordings", type=click.Path(path_type=Path), metavar="DIR", help="Default: evals/recordings.")
@_strict
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), help="Default: text.")
@output_option
@color_option
@seed_option
def compare(first: str, second: str, **given: Any) -> int:
    """Compare two engines, models or prompts.

    By the gate's statistics: is B worse than A?

    A and B are each `offline`, MODEL:PROMPT (from recordings), or a report that `run --format json` wrote.
    """
    from evals.baseline import rescored
    from evals.corpus import load_cases, suite_of
    from evals.recordings import FOLDER, Asked
    from evals.report import from_json

    suite = suite_of(given["suite"])
    cases, sides = load_cases(suite), []
    for side in (first, second):
        if Path(side).is_file():
            sides.append(rescored(from_json(Path(side).read_text(encoding="utf-8")), cases, seed=given["seed"]))
            continue
        model, colon, prompt = side.partition(":")
        if side != "offline" and not (colon and prompt):
            raise click.UsageError(f"{side!r} is neither offline, MODEL:PROMPT nor a report's file")
        asked = Asked(model, prompt, given["k"], given["recordings"] or FOLDER)
        sides.append(_today(suite.name, cases, asked, "offline" if side == "offline" else None, given["seed"]))
    return _judged(sides[0], sides[1], cases, suite.gold, {**given, "junit": None, "html": None})


def _today(suite: str, cases: Sequence[Case], asked: Asked, engine: str | None, seed: int) -> Report:
    """What an engine answers now: the embedded one, or a model from its recordings."""
    from evals.exam import sit
    from evals.recordings import replayed
    from summarizer import open_engine

    if engine is None:
        return replayed(suite, cases, asked, seed=seed)
    return sit(suite, cases, open_engine(engine), seed=seed)


def _judged(base: Report, candidate: Report, cases: Sequence[Case], gold: Path, given: dict[str, Any]) -> int:
    """Judge, write every report that was asked for, and only then return the exit code."""
    from evals.gate import judge

    judgement = judge(base, candidate, seed=given["seed"])
    form = given["form"] or form_for(given["output"])
    color = colored(given["color"], given["output"])
    for path, kind in ((given["junit"], "junit"), (given["html"], "html")):
        if path:
            with sink(str(path), kind, False, ()) as write:
                write(_written(judgement, base, candidate, cases, kind, color=False))
    with sink(given["output"], form, color, ()) as write:
        write(_written(judgement, base, candidate, cases, form, color=color))
    if os.environ.get("GITHUB_ACTIONS"):
        from evals.announcements import workflow_commands
        from evals.corpus import PROJECT

        for line in workflow_commands(judgement, gold, PROJECT):
            click.echo(line)
    return judgement.exit_code(strict=given["strict"])


def _written(
    judgement: Judgement, base: Report, candidate: Report, cases: Sequence[Case], form: str, *, color: bool
) -> str:
    from evals import announcements, tables

    if form == "junit":
        return announcements.junit(judgement, candidate)
    if form == "github":
        return announcements.step_summary(judgement, base, candidate)
    if form == "html":
        from evals.page import comparison

        return comparison(judgement, base, candidate, cases)
    if form == "json":
        return announcements.to_json(judgement, base, candidate)
    return tables.draw(tables.judgement_parts(judgement, base, candidate), width=width(), color=color)


@command("""\
python -m evals bless
python -m evals bless --prompt brief
python -m evals bless --engine offline --suite challenge""")
@suite_option
@asked_options
@_engine
@quiet_option
def bless(**given: Any) -> int:
    """Make today's answers the baseline."""
    from evals.baseline import save_baseline
    from evals.corpus import load_cases, suite_of

    suite = suite_of(given["suite"])
    cases, asked = load_cases(suite), asked_of(given)
    report = _today(suite.name, cases, asked, given["engine"], 0)
    if report.failed:
        return tell_failures(report) and 3
    click.echo(f"blessed {save_baseline(report).name}: event F1 {report.figure('event_f1').value:.3f}")
    return 0


@command("""\
python -m evals simulate
python -m evals simulate --comparisons 2000 --format json""")
@suite_option
@asked_options
@click.option("--deviation", type=click.FloatRange(min=0), metavar="SD", help="Default: as measured in the baseline.")
@click.option("--comparisons", type=click.IntRange(min=10), default=400, show_default=True, help="Of every setting.")
@seed_option
@form_option
@quiet_option
def simulate(**given: Any) -> None:
    """Show the gate's own false alarms and power.

    At the run-to-run deviation of the recorded replies.
    """
    from evals.corpus import load_cases, suite_of
    from evals.recordings import replayed
    from evals.simulation import measured
    from evals.simulation import simulate as play

    suite = suite_of(given["suite"])
    cases, asked = load_cases(suite), asked_of(given)
    means, deviation = measured(replayed(suite.name, cases, asked, seed=given["seed"]))
    chosen = given["deviation"] if given["deviation"] is not None else deviation
    if chosen is None:
        raise click.UsageError("one reply an article shows no deviation; give --deviation, or --k 2 and more")
    played = play(means, chosen, comparisons=given["comparisons"], seed=given["seed"])
    show(played, given["form"], "simulation_parts")
