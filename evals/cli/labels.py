"""`check`, `agreement`, `schema`: gold and the people who labelled it."""

from __future__ import annotations

import click

from evals.cli.frame import command, form_option, seed_option, show, suite_option
from summarizer.console import print_json


@command("""\
python -m evals check
python -m evals check --suite challenge""")
@suite_option
def check(suite: str) -> int:
    """Check every gold file of a suite.

    The annotators' files too: words, names, links, modes, dates, alternatives.
    """
    from evals.corpus import annotators_of, load_cases, suite_of
    from summarizer import SummarizerError

    chosen, unsound = suite_of(suite), 0
    for annotator in (None, *annotators_of(chosen)):
        for stem in chosen.stems():
            name = f"{annotator}/{stem}" if annotator else stem
            try:
                gold = load_cases(chosen, only=[stem], annotator=annotator)[0].gold
            except SummarizerError as error:
                unsound += 1
                click.echo(f"unsound  {name}\n  " + error.message.replace("\n", "\n  "))
            else:
                assert gold is not None
                click.echo(f"sound    {name}  {len(gold.events)} events, {len(gold.statements)} statements")
    return 1 if unsound else 0


@command("""\
python -m evals agreement
python -m evals agreement --suite challenge --format json""")
@suite_option
@seed_option
@form_option
def agreement(suite: str, seed: int, form: str | None) -> None:
    """Show how far the annotators agree by field.

    That is the ceiling that an engine can be asked to reach.
    """
    from evals.agreement import agreement as agree
    from evals.corpus import suite_of

    show(agree(suite_of(suite), seed=seed), form, "agreement_parts")


@command("python -m evals schema > gold/schema.json")
def schema() -> None:
    """Print the JSON schema of gold files.

    Editors complete and check the files by it.
    """
    from evals.gold import gold_schema

    print_json(gold_schema())
