"""`record`, `status`, `prune`: a model's replies on file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evals.cli.frame import PROGRAM, command, counter, only_option, quiet_option, suite_option
from summarizer.console import complain

if TYPE_CHECKING:
    from evals.recordings import Asked

_ASKED = (
    click.option("--model", default="desk", show_default=True, metavar="NAME", help="The model that answers."),
    click.option("--prompt", default="news", show_default=True, metavar="NAME|PATH", help="The prompt it is given."),
    click.option("--k", type=click.IntRange(min=1), default=3, show_default=True, help="Replies an article."),
    click.option(
        "--recordings", type=click.Path(path_type=Path), metavar="DIR", help="Default: the project's, evals/recordings."
    ),
)


def asked_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say whose replies it is about; `asked_of` takes what they hold."""
    for option in reversed(_ASKED):
        function = option(function)
    return function


def asked_of(given: dict[str, Any]) -> Asked:
    """Who answers and how often, taken out of a command's options."""
    from evals.recordings import FOLDER, Asked

    model, prompt, k, folder = (given.pop(name) for name in ("model", "prompt", "k", "recordings"))
    return Asked(model, prompt, k, folder or FOLDER)


@command("""\
python -m evals record --model gpt-4.1 --dry-run
python -m evals record --model gpt-4.1 --k 5 --budget 2.50
python -m evals record --model my-model --base-url http://localhost:8080/v1 --everything""")
@suite_option
@only_option
@asked_options
@click.option("--base-url", metavar="URL", help="The endpoint. Default: OPENAI_BASE_URL, else OpenAI's own.")
@click.option("--everything", is_flag=True, help="Also what is fresh; default: only what is missing or stale.")
@click.option("--dry-run", is_flag=True, help="Say what would be asked and what it would cost, and stop.")
@click.option("--budget", type=click.FloatRange(min=0, min_open=True), metavar="USD", help="Stop when this is spent.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="S", help="Seconds for one summary.")
@quiet_option
def record(**given: Any) -> int:
    """Ask a model for replies that are missing or stale."""
    from evals.corpus import load_cases, suite_of
    from evals.recordings import plan
    from evals.recordings import record as ask

    asked = asked_of(given)
    cases = load_cases(suite_of(given["suite"]), only=given["only"])
    todo = plan(cases, asked, everything=given["everything"])
    price = "of unknown price" if todo.cost is None else f"about ${todo.cost:.2f}"
    click.echo(
        f"{len(todo.slots)} replies to ask for: about {todo.prompt_tokens} + {todo.completion_tokens} tokens, {price}"
    )
    if given["dry_run"] or not todo.slots:
        return 0
    options = {name: given[name] for name in ("base_url", "timeout") if given[name] is not None}
    tick = counter(len(todo.slots), given["quiet"], "replies")
    done = ask(cases, asked, todo, budget=given["budget"], tick=tick, **options)
    for what, message in done.failed:
        complain(f"{what}: {message}", program=PROGRAM)
    spent = "" if done.usage.cost is None else f", ${done.usage.cost:.2f}"
    click.echo(f"asked for {done.asked}, {len(done.failed)} failed; {done.usage.total_tokens} tokens{spent}")
    if done.unasked:
        complain(f"the budget left {done.unasked} unasked", "run it again with more", program=PROGRAM)
    return 1 if done.failed or done.unasked else 0


@command("""\
python -m evals status
python -m evals status --prompt brief --k 5""")
@suite_option
@only_option
@asked_options
@click.option("--diff", is_flag=True, help="For what is stale: how the request differs from the recorded one.")
def status(**given: Any) -> int:
    """Show which replies are on file.

    Fresh, stale (and what changed), missing, or orphans that nothing asks for.
    """
    from evals.corpus import load_cases, suite_of
    from evals.recordings import status as look

    asked = asked_of(given)
    slots = look(load_cases(suite_of(given["suite"]), only=given["only"]), asked)
    for slot in slots:
        if slot.state in ("stale", "missing"):
            changed = f"  changed: {', '.join(slot.changed)}" if slot.changed else ""
            click.echo(f"{slot.state:<8} {slot.article}  sample {slot.sample}  {slot.file}{changed}")
            if given["diff"]:
                click.echo("".join(f"    {line}\n" for line in slot.differences), nl=False)
        elif slot.state == "orphan":
            click.echo(f"orphan   {slot.file}")
    counts = Counter(slot.state for slot in slots)
    click.echo(", ".join(f"{counts[state]} {state}" for state in ("fresh", "stale", "missing", "orphan")))
    return 1 if counts["stale"] or counts["missing"] else 0


@command("""\
python -m evals prune --prompt news --prompt brief
python -m evals prune --yes""")
@click.option("--model", default="desk", show_default=True, metavar="NAME", help="The model that answers.")
@click.option(
    "--prompt", "prompts", multiple=True, metavar="NAME|PATH", help="Prompts whose replies stay; default: all."
)
@click.option("--k", type=click.IntRange(min=1), default=5, show_default=True, help="Samples that stay.")
@click.option("--recordings", type=click.Path(path_type=Path), metavar="DIR", help="Default: evals/recordings.")
@click.option("--yes", is_flag=True, help="Delete them; default: only say which.")
def prune(model: str, prompts: tuple[str, ...], k: int, recordings: Path | None, yes: bool) -> None:
    """Delete recordings that nothing asks for.

    No suite, no prompt and no sample.
    """
    from evals.corpus import SUITES, load_cases
    from evals.recordings import FOLDER, Asked, orphans
    from evals.recordings import prune as delete

    asked = [Asked(model, prompt, k, recordings or FOLDER) for prompt in prompts or ("news", "brief")]
    names = orphans([case for suite in SUITES.values() for case in load_cases(suite)], asked)
    for name in names:
        click.echo(name)
    if yes:
        delete(asked[0].folder, names)
    click.echo(f"{len(names)} {'deleted' if yes else 'would be deleted; --yes deletes them'}")
