"""The command line: parse, call, print. It decides nothing.

Exit codes: 0 done; 1 some article failed, the others are written; 2 usage; 3 nothing could be done;
130 interrupted; 141 the reader of the output went away.

Nothing heavy is imported at the top, so that `--help` and completion answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from summarizer import __version__
from summarizer.console import (
    HELP,
    Day,
    GroupWithExamples,
    Progress,
    WithExamples,
    Write,
    colored,
    complain,
    engine_of,
    engine_options,
    on_terminal,
    print_json,
    sink,
    told_plainly,
    width,
)

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from summarizer.article import Article
    from summarizer.batch import Outcome

FORMATS = ("text", "json", "jsonl", "markdown", "html")
_BY_SUFFIX = {
    ".txt": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
_JOB = ""  # the main job's name among the subcommands: a word that nobody can type by accident
_SECTIONS = {
    "Output": ("form", "output", "color", "quiet"),
    "Article": ("published",),
    "Engine": ("engine", "pipeline"),
    "Model": ("model", "base_url", "prompt", "tries", "timeout", "max_tokens", "temperature"),
    "Recorded replies": ("replay", "record", "cache"),
}


_EXAMPLES = {
    _JOB: """\
python -m summarizer article.txt
python -m summarizer article.txt --published 2024-03-31 --format json
curl -s https://example.org/news | python -m summarizer - --quiet
python -m summarizer article.txt --output article.html
python -m summarizer folder/ more.jsonl --output summaries.jsonl
python -m summarizer article.txt --format text --color | less -R
python -m summarizer article.txt --engine offline --pipeline my_ud_pipeline
python -m summarizer article.txt --model gpt-4.1 --prompt my.prompty --tries 2
python -m summarizer article.txt --base-url http://localhost:8080/v1 --model my-model
python -m summarizer article.txt --temperature 0 --max-tokens 8000 --timeout 120
python -m summarizer folder/ --cache replies/ -o summaries.jsonl
python -m summarizer article.txt --record replies/
python -m summarizer article.txt --replay replies/
python -m summarizer --version
python -m summarizer --help""",
    "schema": """\
python -m summarizer schema > summary.schema.json
python -m summarizer schema --for model""",
    "prompt": """\
python -m summarizer prompt list
python -m summarizer prompt show news
python -m summarizer prompt render news article.txt""",
    "prompt list": "python -m summarizer prompt list",
    "prompt show": """\
python -m summarizer prompt show news
python -m summarizer prompt show my.prompty""",
    "prompt render": """\
python -m summarizer prompt render news article.txt --format json
python -m summarizer prompt render my.prompty - --published 2024-03-31""",
    "completion": """\
summarizer completion bash > ~/.local/share/bash-completion/completions/summarizer
summarizer completion zsh > ~/.zfunc/_summarizer
summarizer completion fish > ~/.config/fish/completions/summarizer.fish""",
}


# --- the commands' frame ----------------------------------------------------------------------------------------------


class Front(click.Group):
    """The main job needs no word: arguments that do not begin with a subcommand go to it."""

    command_class = WithExamples
    group_class = GroupWithExamples

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the main job's name before arguments that name no subcommand."""
        return super().parse_args(ctx, args if args and args[0] in self.commands else [_JOB, *args])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The main job, which is listed nowhere, or a subcommand."""
        return summarize if cmd_name == _JOB else super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that goes away ends it without a word."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or the interpreter complains when it flushes at the end
            sys.exit(141)

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run, tell errors plainly, exit with the code that a command returns."""
        with told_plainly("summarizer"):
            code = super().main(*args, **{**extra, "standalone_mode": False})
            sys.exit(code if isinstance(code, int) else 0)


class Job(WithExamples):
    """The main job: its help speaks for the whole program."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Both ways to call the program."""
        path = ctx.command_path.rstrip()
        formatter.write_usage(path, "[OPTIONS] FILE...")
        formatter.write_usage(path, f"{'|'.join(main.commands)} ...", "       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options by what they are for, then the subcommands."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        named = {name for names in _SECTIONS.values() for name in names}
        rest = tuple(option.name for option in options if option.name not in named)
        for title, names in {**_SECTIONS, "Help": rest}.items():
            records = (option.get_help_record(ctx) for option in options if option.name in names)
            with formatter.section(title):
                formatter.write_dl([record for record in records if record])
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(80)) for name, command in main.commands.items()])


def _complete_file(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """A file, which the shell knows best, and as the first word a subcommand."""
    from click.shell_completion import CompletionItem

    commands = [] if ctx.params.get(param.name or "") else main.commands
    names = [CompletionItem(name) for name in commands if name.startswith(incomplete)]
    return [*names, CompletionItem(incomplete, type="file")]


# --- the main job -----------------------------------------------------------------------------------------------------


@click.group(cls=Front, add_help_option=False, context_settings=HELP)
def main() -> None:
    """Structured event summaries of news articles."""


@click.command(cls=Job, name=_JOB, epilog=_EXAMPLES[_JOB], context_settings=HELP)
@click.argument("files", metavar="FILE...", nargs=-1, type=click.Path(path_type=Path), shell_complete=_complete_file)
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), help="Default: text on a terminal, else JSON.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all; its suffix says the format.")
@click.option("--color/--no-color", default=None, help="Default: colour on a terminal, unless NO_COLOR is set.")
@click.option("-q", "--quiet", is_flag=True, help="No notes and no progress on standard error, only errors.")
@click.option("--published", type=Day(), metavar="DATE", help="The day (2024-03-31) that 'on Monday' is counted from.")
@engine_options
@click.version_option(__version__, prog_name="summarizer", message="%(prog)s %(version)s", help="Show the version.")
@click.pass_context
def summarize(ctx: click.Context, /, files: tuple[Path, ...], **given: Any) -> int:
    """Turn news articles into structured event summaries: who did what to whom, when, where, how many, on whose word,
    with every fact tied to the exact words it came from.

    FILE is a text, Markdown or HTML file, a folder of them, a JSON Lines file (one object with a "text" a line), or
    - for standard input. A file that is called like a subcommand is given as ./schema or after --.

    With OPENAI_API_KEY or SUMMARIZER_MODEL set, a model answers; else the embedded engine, which needs neither a key
    nor a network. JSON is one object for one article and JSON Lines for several; --format jsonl is always Lines.
    """
    paths = list(files) or _standard_input_only(ctx)
    form = given.pop("form") or _form_for(given["output"])
    output, quiet, published = given.pop("output"), given.pop("quiet"), given.pop("published")
    color = colored(given.pop("color"), output)
    _announce_terminal(paths, quiet)
    sources = _sources(paths, form, published)
    with sink(output, form, color, paths) as write, engine_of(ctx, quiet, **given) as engine:
        from summarizer.batch import summarize_many

        outcomes = summarize_many(sources, published=published, engine=engine)
        page = Page(form, color, width())
        progress = Progress(shown=not quiet and not on_terminal(sys.stdout, output))
        return _written(_with_company(outcomes, len(paths) > 1), page, write, progress)


def _standard_input_only(ctx: click.Context) -> list[Path]:
    """No file was named: what is piped in is the article."""
    if sys.stdin is None or sys.stdin.isatty():
        raise click.UsageError("nothing to summarize: name a file or a folder, or - for standard input", ctx)
    return [Path("-")]


def _announce_terminal(paths: Sequence[Path], quiet: bool) -> None:
    if Path("-") not in paths:
        return
    if sys.stdin is None:
        raise click.UsageError("standard input is closed")
    if sys.stdin.isatty() and not quiet:
        click.echo("summarizer: paste the article, then press Ctrl-D on a line of its own", err=True)


def _form_for(output: str | None) -> str:
    if output in (None, "-"):
        return "text" if on_terminal(sys.stdout) else "json"
    return _BY_SUFFIX.get(Path(str(output)).suffix.lower(), "json")


def _sources(paths: Sequence[Path], form: str, published: Any) -> Sequence[Path | Article]:
    """The paths; for a page of HTML, which shows one article, the one article that they hold."""
    if form != "html":
        return paths
    if len(paths) > 1:
        raise click.UsageError("an HTML page shows one article: name one file, or take another --format")
    from summarizer.reading import read_article

    return [read_article(paths[0], published=published)]


def _with_company(outcomes: Iterator[Outcome], several: bool) -> Iterator[tuple[Outcome, bool]]:
    """Each outcome, and whether it is one of several; of one path's, two are waited for to know."""
    first = list(islice(outcomes, 1 if several else 2))
    several = several or len(first) > 1
    return ((outcome, several) for outcome in chain(first, outcomes))


def _written(outcomes: Iterator[tuple[Outcome, bool]], page: Page, write: Write, progress: Progress) -> int:
    """Write every summary, tell every failure, and return the exit code."""
    done = failed = 0
    hints: set[str] = set()
    for outcome, several in outcomes:
        if outcome.error is not None:
            failed += 1
            progress.clear()
            _tell(outcome, hints)
        else:
            write(page.piece(outcome, several, first=not done))
            done += 1
        if several:
            progress.show(f"{done} summarized" + (f", {failed} failed" if failed else ""))
    progress.clear()
    return 0 if not failed else 1 if done else 3


def _tell(outcome: Outcome, hints: set[str]) -> None:
    """An article's failure in one line; a hint that was given before is not repeated."""
    from summarizer.errors import InputError

    error = outcome.error
    assert error is not None  # or it would be no failure
    names_it = isinstance(error, InputError) or not outcome.source
    message = error.message if names_it else f"{outcome.source}: {error.message}"
    complain(message, "" if error.hint in hints else error.hint)
    hints.add(error.hint)


# --- what is written, and where ---------------------------------------------------------------------------------------


class Page:
    """How each outcome is written in one format."""

    def __init__(self, form: str, color: bool, width: int) -> None:
        self._form, self._color, self._width = form, color, width

    def piece(self, outcome: Outcome, several: bool, *, first: bool) -> str:
        """One outcome's text, with what parts it from the one before."""
        from summarizer import render

        summary = outcome.get()
        if self._form == "text":
            source = render.one_line(outcome.source)
            head = f"{'' if first else chr(10)}── {source} ──\n\n" if several else ""
            return head + render.to_text(summary, width=self._width, color=self._color)
        if self._form == "markdown":
            return ("" if first else "\n---\n\n") + render.to_markdown(summary)
        if self._form == "html":
            from summarizer.html import page

            assert outcome.article is not None  # an outcome with a summary has its article
            return page(outcome.article, summary)
        one_object = self._form == "json" and not several
        return render.to_json(summary, indent=2 if one_object else None) + "\n"


# --- subcommands ------------------------------------------------------------------------------------------------------


@main.command(epilog=_EXAMPLES["schema"], context_settings=HELP)
@click.option(
    "--for",
    "audience",
    type=click.Choice(["output", "model"]),
    default="output",
    show_default=True,
    help="What this program writes, or what a model is asked to fill in.",
)
def schema(audience: str) -> None:
    """Print the JSON schema of a summary."""
    if audience == "model":
        from summarizer.drafts import model_schema

        print_json(model_schema())
    else:
        from summarizer.schema import EventSummary

        print_json(EventSummary.model_json_schema(mode="serialization"))


@main.group(epilog=_EXAMPLES["prompt"], context_settings=HELP, no_args_is_help=False)
def prompt() -> None:
    """List, show and fill in prompts."""


@prompt.command("list", epilog=_EXAMPLES["prompt list"], context_settings=HELP)
def list_prompts() -> None:
    """List the package's prompts with what they are for."""
    from summarizer.prompt import load_prompt, prompts_folder

    for path in sorted(prompts_folder().glob("*.prompty")):
        click.echo(f"{path.stem:<12} {load_prompt(path.stem).description}")


@prompt.command("show", epilog=_EXAMPLES["prompt show"], context_settings=HELP)
@click.argument("name", metavar="NAME|PATH")
def show_prompt(name: str) -> None:
    """Show a prompt as every article gets it, its examples filled in."""
    from summarizer.prompt import load_prompt
    from summarizer.render import clean

    shown = load_prompt(name)
    click.echo(clean(f"{shown.name}: {shown.description}\nfingerprint {shown.fingerprint}\n"))
    click.echo(clean(f"system:\n{shown.system}\n\nuser:\n{shown.user}"))


@prompt.command("render", epilog=_EXAMPLES["prompt render"], context_settings=HELP)
@click.argument("name", metavar="NAME|PATH")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), help="Default: text on a terminal.")
@click.option("--published", type=Day(), metavar="DATE", help="The day of publication, such as 2024-03-31.")
def render_prompt(name: str, file: Path, form: str | None, published: Any) -> None:
    """Print the messages that a model gets for FILE, exactly; the schema beside them is `schema --for model`."""
    from summarizer.prompt import load_prompt
    from summarizer.reading import read_article
    from summarizer.render import clean

    loaded = load_prompt(name)
    messages = loaded.render(read_article(file, published=published))
    if (form or _form_for(None)) == "json":
        print_json({"prompt": loaded.name, "fingerprint": loaded.fingerprint, "messages": messages})
    else:
        click.echo(clean("\n\n".join(f"{message['role']}:\n{message['content']}" for message in messages)))


@main.command(epilog=_EXAMPLES["completion"], context_settings=HELP)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a script that completes `summarizer` in a shell."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None  # click knows the shells that are listed above
    click.echo(found(main, {}, "summarizer", "_SUMMARIZER_COMPLETE").source())
