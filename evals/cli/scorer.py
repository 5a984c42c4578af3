"""`selfcheck` and `bench`: can the scorer be trusted, and how fast is it?"""

from __future__ import annotations

from typing import Any

import click

from evals.cli.frame import command, form_option, seed_option, show, suite_option
from summarizer.console import engine_of, engine_options


@command("""\
python -m evals selfcheck
python -m evals selfcheck --suite challenge --seed 7""")
@suite_option
@seed_option
@form_option
def selfcheck(suite: str, seed: int, form: str | None) -> int:
    """Plant known damage in gold and show its price.

    It fails if a damage is free, a harmless change costs, or the score does not fall steadily.
    """
    from evals.corpus import load_cases, suite_of
    from evals.selfcheck import selfcheck as plant

    found = plant(load_cases(suite_of(suite)), seed=seed)
    show(found, form, "selfcheck_parts")
    return 1 if found.problems else 0


@command("python -m evals bench --engine offline")
@suite_option
@form_option
@engine_options
@click.pass_context
def bench(ctx: click.Context, /, suite: str, form: str | None, **engine: Any) -> None:
    """Time the scorer, the engine and the whole exam."""
    from evals.bench import bench as measure
    from evals.corpus import load_cases, suite_of

    with engine_of(ctx, True, **engine) as opened:
        found = measure(load_cases(suite_of(suite)), opened)
    show(found, form, "bench_parts")
