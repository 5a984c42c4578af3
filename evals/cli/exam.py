"""`run`: the exam itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import click

from evals.cli.frame import (
    PROGRAM,
    color_option,
    command,
    counter,
    form_for,
    only_option,
    output_option,
    quiet_option,
    seed_option,
    suite_option,
    tell_failures,
)
from summarizer.console import colored, complain, engine_of, engine_options, sink, width

if TYPE_CHECKING:
    from evals.corpus import Case
    from evals.report import Report

FORMATS = ("text", "json", "html")
_SOURCE = ("suite", "only", "dataset", "split", "text_column", "limit", "predictions", "seed")
_SHOWN = ("form", "output", "facts", "save_predictions", "export", "losses", "color", "quiet")
_EXAMPLES = """\
python -m evals run --engine offline
python -m evals run --engine offline --only 002 --losses 40
python -m evals run --engine offline --suite challenge -o report.html
python -m evals run --model gpt-4.1 --prompt my.prompty --cache replies/ --format json -o report.json
python -m evals run --engine offline --facts facts.parquet --quiet
python -m evals run --engine offline --dataset articles.parquet --split train --limit 100
python -m evals run --engine offline --save-predictions summaries.jsonl
python -m evals run --predictions summaries.jsonl"""


@command(_EXAMPLES)
@suite_option
@only_option
@click.option("--dataset", metavar="PATH|NAME", help="Articles from a file, a folder or the Hugging Face hub instead.")
@click.option("--split", metavar="NAME", help="The dataset's split. Default: its only one, else train.")
@click.option("--text-column", metavar="NAME", help="The dataset's column with the text. Default: guessed by its name.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N articles of the dataset.")
@click.option("--predictions", type=click.Path(path_type=Path), metavar="FILE", help="Score these summaries (JSONL).")
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), help="Default: text.")
@output_option
@click.option("--facts", type=click.Path(path_type=Path), metavar="FILE", help="A row a fact: .parquet, .jsonl, .csv.")
@click.option("--save-predictions", type=click.Path(path_type=Path), metavar="FILE", help="The summaries, as JSONL.")
@click.option(
    "--export", metavar="FORM:FILE", multiple=True, help="For other tools: inspect, promptfoo, pydantic-evals."
)
@click.option("--losses", type=click.IntRange(min=0), default=12, show_default=True, help="Lost points to list.")
@color_option
@seed_option
@quiet_option
@engine_options
@click.pass_context
def run(ctx: click.Context, /, **given: Any) -> int:
    """Sit the exam: figures, and why each point was lost.

    An engine summarizes each article, and the summaries are scored against gold.

    An article that fails is a row of its own and counts as all missed. Articles without gold (from --dataset) are
    checked for what needs none: grounding, faithfulness, refused facts.
    """
    source, shown = (SimpleNamespace(**{name: given.pop(name) for name in names}) for names in (_SOURCE, _SHOWN))
    cases, unread = _cases(source)
    report = _report(ctx, cases, source, shown.quiet, given)
    _save(report, cases, shown)
    form = shown.form or form_for(shown.output)
    color = colored(shown.color, shown.output)
    with sink(shown.output, form, color, ()) as write:
        write(_written(report, cases, form, color=color, losses=shown.losses))
    return tell_failures(report) or min(unread, 1)


def _cases(source: SimpleNamespace) -> tuple[list[Case], int]:
    """The articles that the options name, and how many could not be read."""
    from evals.corpus import Case, load_cases, suite_of

    if not source.dataset:
        return load_cases(suite_of(source.suite), only=source.only), 0
    from evals.dataset import cases_from

    found = list(cases_from(source.dataset, split=source.split, text_column=source.text_column, limit=source.limit))
    unread = [item for item in found if not isinstance(item, Case)]
    for error in unread:
        complain(error.message, error.hint, program=PROGRAM)
    cases = [item for item in found if isinstance(item, Case)]
    if not cases:
        raise click.ClickException(f"{source.dataset} holds no article that can be read")
    return cases, len(unread)


def _report(
    ctx: click.Context, cases: Sequence[Case], source: SimpleNamespace, quiet: bool, engine: dict[str, Any]
) -> Report:
    """The exam, sat by the engine that the options name or answered by summaries that are there already."""
    from evals.exam import answered, sit

    name = source.dataset or source.suite
    if source.predictions:
        from evals.exports import read_predictions

        return answered(name, cases, read_predictions(source.predictions), seed=source.seed)
    with engine_of(ctx, quiet, **engine) as opened:
        return sit(name, cases, opened, seed=source.seed, progress=counter(len(cases), quiet))


def _save(report: Report, cases: Sequence[Case], shown: SimpleNamespace) -> None:
    """The further files that the options ask for."""
    from evals.exports import write_facts, write_predictions

    if shown.facts:
        write_facts(report, shown.facts)
    if shown.save_predictions:
        write_predictions(report, shown.save_predictions)
    for wanted in shown.export:
        from evals.interchange import write_interchange

        form, colon, path = wanted.partition(":")
        if not colon or not path:
            raise click.UsageError(f"--export {wanted}: write it as FORM:FILE, such as inspect:log.json")
        write_interchange(report, cases, Path(path), form)


def _written(report: Report, cases: Sequence[Case], form: str, *, color: bool, losses: int) -> str:
    if form == "json":
        from evals.report import to_json

        return to_json(report)
    if form == "html":
        from evals.page import page

        return page(report, cases)
    from evals.tables import draw, report_parts

    return draw(report_parts(report, losses=losses), width=width(), color=color)
