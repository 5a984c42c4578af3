"""The frame of the commands: the group, shared options, how findings are shown. Nothing heavy is imported here."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from summarizer.console import (
    HELP,
    Progress,
    WithExamples,
    colored,
    complain,
    print_json,
    told_plainly,
    width,
)

if TYPE_CHECKING:
    from evals.report import Report

PROGRAM = "evals"
_SUFFIXES = {".json": "json", ".html": "html", ".htm": "html", ".md": "github", ".xml": "junit", ".txt": "text"}

suite_option = click.option(
    "--suite", default="seeds", show_default=True, metavar="NAME", help="seeds, challenge or challenge-test."
)
only_option = click.option("--only", multiple=True, metavar="ID", help="Articles whose id begins so; may be repeated.")
seed_option = click.option("--seed", type=int, default=0, show_default=True, help="Of every random draw.")
form_option = click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), help="Default: text.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="No progress on standard error, only errors.")
output_option = click.option(
    "-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all; its suffix says the format."
)
color_option = click.option("--color/--no-color", default=None, help="Default: on a terminal, unless NO_COLOR is set.")


class Front(click.Group):
    """The commands; errors are told plainly, and what a command returns is the exit code."""

    command_class = WithExamples

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run, tell errors plainly, exit with the code that a command returns."""
        with told_plainly(PROGRAM):
            code = super().main(*args, **{**extra, "standalone_mode": False})
            sys.exit(code if isinstance(code, int) else 0)


@click.group(cls=Front, context_settings=HELP)
def main() -> None:
    """The exam: summaries scored against hand-labelled gold, and whether a change made them worse."""


def command(examples: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of the exam, with the examples that its help shows."""
    return main.command(epilog=examples, context_settings=HELP)


def form_for(output: str | None) -> str:
    """The format that an output's name asks for; text where it asks for none."""
    return _SUFFIXES.get(Path(output or "").suffix.lower(), "text")


def show(found: Any, form: str | None, parts: str) -> None:
    """Print a finding (a dataclass) as `tables` draws it, or as JSON."""
    if form == "json":
        from dataclasses import asdict

        print_json(asdict(found))
    else:
        from evals import tables

        click.echo(tables.draw(getattr(tables, parts)(found), width=width(), color=colored(None, None)), nl=False)


def counter(total: int, quiet: bool, what: str = "articles") -> Callable[..., None]:
    """A function that counts up, on one line of a terminal, each time it is called."""
    line, done = Progress(shown=not quiet), 0

    def tick(*_: object) -> None:
        nonlocal done
        done += 1
        line.show(f"{done} of {total} {what}")
        if done == total:
            line.clear()

    return tick


def tell_failures(report: Report) -> int:
    """Tell every article that failed; the exit code of an exam."""
    for case in report.failed:
        assert case.error is not None
        complain(f"{case.id}: {case.error[1]}", program=PROGRAM)
    return 0 if not report.failed else 1 if len(report.failed) < len(report.cases) else 3
