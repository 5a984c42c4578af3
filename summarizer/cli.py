"""The command line: parse, call, print. It decides nothing, and every line of the project that prints is here.

Exit codes: 0 done; 1 some article failed, the others are written; 2 usage; 3 nothing could be done;
130 interrupted; 141 the reader of the output went away.

Nothing heavy is imported at the top, so that `--help` and completion answer at once.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from summarizer import __version__

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from types import TracebackType

    from click.shell_completion import CompletionItem

    from summarizer.article import Article
    from summarizer.batch import Outcome
    from summarizer.engine import Engine

Write = Callable[[str], object]

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
_HELP = {"help_option_names": ["-h", "--help"]}
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


# --- errors, told in one line -----------------------------------------------------------------------------------------


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turn what a user can cause into one line, a hint and an exit code; a fault of ours keeps its traceback."""
    try:
        yield
    except click.UsageError as error:
        command = error.ctx.command_path.rstrip() if error.ctx else "summarizer"
        _stop(2, error.format_message(), f"{command} --help shows what there is, with examples")
    except click.ClickException as error:
        _stop(3, error.format_message())
    except (click.Abort, KeyboardInterrupt):
        _stop(130, "interrupted")
    except Exception as error:
        from summarizer.errors import SummarizerError, UsageError

        if not isinstance(error, SummarizerError):
            raise
        _stop(2 if isinstance(error, UsageError) else 3, error.message, error.hint)


def _stop(code: int, message: str, hint: str = "") -> NoReturn:
    _complain(message, hint)
    sys.exit(code)


def _complain(message: str, hint: str = "") -> None:
    from summarizer.render import one_line

    click.echo(f"summarizer: {one_line(message)}", err=True)
    if hint:
        click.echo(f"  hint: {one_line(hint)}", err=True)


# --- the commands' frame ----------------------------------------------------------------------------------------------


class WithExamples(click.Command):
    """A command whose epilog is examples, a line each, shown as they are and before the options."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does, then how that looks."""
        super().format_help_text(ctx, formatter)
        with formatter.section("Examples"):
            for line in (self.epilog or "").splitlines():
                formatter.write(f"  {line}\n")

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Nothing: it has been shown."""


class GroupWithExamples(WithExamples, click.Group):
    """A group with examples, of commands with examples."""

    command_class = WithExamples


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
        with _told_plainly():
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


class Day(click.ParamType[Any]):
    """A date such as 2024-03-31."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The date, or a usage error that says how one is written."""
        from datetime import date

        try:
            return date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            self.fail(f"{value!r} is no date; write it as 2024-03-31", param, ctx)


# --- the main job -----------------------------------------------------------------------------------------------------


@click.group(cls=Front, add_help_option=False, context_settings=_HELP)
def main() -> None:
    """Structured event summaries of news articles."""


@click.command(cls=Job, name=_JOB, epilog=_EXAMPLES[_JOB], context_settings=_HELP)
@click.argument("files", metavar="FILE...", nargs=-1, type=click.Path(path_type=Path), shell_complete=_complete_file)
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), help="Default: text on a terminal, else JSON.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all; its suffix says the format.")
@click.option("--color/--no-color", default=None, help="Default: colour on a terminal, unless NO_COLOR is set.")
@click.option("-q", "--quiet", is_flag=True, help="No notes and no progress on standard error, only errors.")
@click.option("--published", type=Day(), metavar="DATE", help="The day (2024-03-31) that 'on Monday' is counted from.")
@click.option("--engine", type=click.Choice(["offline", "model"]), help="Default: a model if one is set, else offline.")
@click.option("--pipeline", metavar="NAME|PATH", help="A spaCy pipeline of your own for the offline engine.")
@click.option("--model", metavar="NAME", help="A model at any OpenAI-compatible endpoint.")
@click.option("--base-url", metavar="URL", help="The endpoint. Default: OPENAI_BASE_URL, else OpenAI's own.")
@click.option("--prompt", metavar="NAME|PATH", help="A prompt of this package, or a file of your own.")
@click.option("--tries", type=click.IntRange(min=1), metavar="N", help="Answers to ask for until one is valid.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    help="Seconds for one summary with its tries.",
)
@click.option("--max-tokens", type=click.IntRange(min=1), metavar="N", help="The longest answer, in tokens.")
@click.option("--temperature", type=click.FloatRange(min=0), metavar="T", help="0: as repeatable as the model can.")
@click.option("--replay", type=click.Path(path_type=Path), metavar="DIR", help="Answer from recordings, no network.")
@click.option("--record", type=click.Path(path_type=Path), metavar="DIR", help="Ask, and record every reply.")
@click.option("--cache", type=click.Path(path_type=Path), metavar="DIR", help="Ask only what was not asked before.")
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
    color = _colored(given.pop("color"), output)
    _announce_terminal(paths, quiet)
    sources = _sources(paths, form, published)
    with _sink(output, form, color, paths) as write, _engine(ctx, quiet, **given) as engine:
        from summarizer.batch import summarize_many

        outcomes = summarize_many(sources, published=published, engine=engine)
        page = Page(form, color, _width())
        progress = _Progress(shown=not quiet and not _on_terminal(sys.stdout, output))
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


def _on_terminal(stream: TextIO | None, output: str | None = None) -> bool:
    """Whether somebody watches the stream, and the results go there rather than to an output file."""
    return output in (None, "-") and stream is not None and stream.isatty()


def _form_for(output: str | None) -> str:
    if output in (None, "-"):
        return "text" if _on_terminal(sys.stdout) else "json"
    return _BY_SUFFIX.get(Path(str(output)).suffix.lower(), "json")


def _colored(asked: bool | None, output: str | None) -> bool:
    if asked is not None:
        return asked
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and _on_terminal(sys.stdout, output)


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns


def _sources(paths: Sequence[Path], form: str, published: Any) -> Sequence[Path | Article]:
    """The paths; for a page of HTML, which shows one article, the one article that they hold."""
    if form != "html":
        return paths
    if len(paths) > 1:
        raise click.UsageError("an HTML page shows one article: name one file, or take another --format")
    from summarizer.reading import read_article

    return [read_article(paths[0], published=published)]


@contextmanager
def _engine(ctx: click.Context, quiet: bool, **given: Any) -> Iterator[Engine]:
    """The engine that the options name. `ctx.obj`, if the caller gave one, opens it instead of the library."""
    from summarizer.engine import OFFLINE, choose, open_engine

    engine, model = given.pop("engine"), given.pop("model")
    offline = choose(engine, model)[0] == OFFLINE
    tape = _tape({mode: given.pop(mode) for mode in ("replay", "record", "cache")}, offline)
    with closing((ctx.obj or open_engine)(engine, model=model, tape=tape, **given)) as opened:
        if offline and engine is None and not quiet:
            note = "using the embedded engine, as neither --model nor OPENAI_API_KEY is set (--engine offline: no note)"
            click.echo(f"summarizer: {note}", err=True)
        yield opened


def _tape(folders: dict[str, Path | None], offline: bool) -> Any:
    """The folder of recordings that the options name, and what is done with it; None if none is named."""
    named = [(mode, folder) for mode, folder in folders.items() if folder is not None]
    if not named:
        return None
    options = " and ".join(f"--{mode}" for mode, _ in named)
    if offline:
        raise click.UsageError(f"{options}: only a model takes this; name one with --model")
    if len(named) > 1:
        raise click.UsageError(f"{options} exclude each other")
    from summarizer.tape import Tape

    mode, folder = named[0]
    return Tape(folder, mode)  # type: ignore[arg-type]  # the options are called like the modes


def _with_company(outcomes: Iterator[Outcome], several: bool) -> Iterator[tuple[Outcome, bool]]:
    """Each outcome, and whether it is one of several; of one path's, two are waited for to know."""
    first = list(islice(outcomes, 1 if several else 2))
    several = several or len(first) > 1
    return ((outcome, several) for outcome in chain(first, outcomes))


def _written(outcomes: Iterator[tuple[Outcome, bool]], page: Page, write: Write, progress: _Progress) -> int:
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
        progress.show(done, failed, several)
    progress.clear()
    return 0 if not failed else 1 if done else 3


def _tell(outcome: Outcome, hints: set[str]) -> None:
    """An article's failure in one line; a hint that was given before is not repeated."""
    from summarizer.errors import InputError

    error = outcome.error
    assert error is not None  # or it would be no failure
    names_it = isinstance(error, InputError) or not outcome.source
    message = error.message if names_it else f"{outcome.source}: {error.message}"
    _complain(message, "" if error.hint in hints else error.hint)
    hints.add(error.hint)


class _Progress:
    """One line on standard error that rewrites itself; only for several articles and only on a terminal."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown and _on_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"

    def show(self, done: int, failed: int, several: bool) -> None:
        """The counts so far."""
        if self._shown and several:
            failures = f", {failed} failed" if failed else ""
            click.echo(f"\r\x1b[K{done} summarized{failures}", err=True, nl=False)

    def clear(self) -> None:
        """Give the line back to whoever writes next."""
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)


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


def _sink(output: str | None, form: str, color: bool, inputs: Sequence[Path]) -> AbstractContextManager[Write]:
    """Where pieces go: a file, or standard output."""
    if output in (None, "-"):
        return nullcontext(lambda piece: _to_stdout(piece, form, color))
    path = Path(os.path.realpath(str(output)))
    for source in inputs:
        if source.is_file() and path.exists() and source.samefile(path):
            raise click.UsageError(f"the output {output} is one of the inputs")
    return _File(path)


def _to_stdout(piece: str, form: str, color: bool) -> None:
    """Data in UTF-8 whatever the locale; a page in the terminal's encoding, with ? for what that lacks."""
    try:
        if form == "text":
            encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
            click.echo(piece.encode(encoding, "replace").decode(encoding), nl=False, color=color)
        else:
            click.echo(piece.encode(), nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _cannot_write("standard output", error) from None


def _cannot_write(what: object, error: OSError) -> click.ClickException:
    return click.ClickException(f"cannot write {what}: {error.strerror or error}")


class _File:
    """A file that appears whole or not at all.

    Pieces go to a file beside it that takes its place at the end. If something stops the work half way, the finished
    pieces are kept under the name with `.partial`; if there is none, nothing is left. Devices are written directly.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._direct = path.exists() and not path.is_file()
        self._draft = path if self._direct else path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        self._pieces = 0

    def __enter__(self) -> Write:
        try:
            self._stream: TextIO = self._draft.open("w" if self._direct else "x", encoding="utf-8", newline="\n")
        except OSError as error:
            raise _cannot_write(self._path, error) from None
        return self._write

    def _write(self, piece: str) -> None:
        try:
            self._stream.write(piece)
            self._stream.flush()
        except OSError as error:
            raise _cannot_write(self._path, error) from None
        self._pieces += 1

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._stream.close()
            if not self._direct:
                self._settle(whole=kind is None)
        except OSError as failure:
            raise _cannot_write(self._path, failure) from None

    def _settle(self, *, whole: bool) -> None:
        if not self._pieces:
            self._draft.unlink()
        elif whole:
            if self._path.exists():
                self._draft.chmod(self._path.stat().st_mode & 0o7777)
            self._draft.replace(self._path)
        else:
            kept = self._path.with_name(f"{self._path.name}.partial")
            self._draft.replace(kept)
            click.echo(f"summarizer: what was done is in {kept}", err=True)


# --- subcommands ------------------------------------------------------------------------------------------------------


def _print_json(value: Any) -> None:
    import json

    from summarizer.render import escape_unseen

    click.echo(escape_unseen(json.dumps(value, ensure_ascii=False, indent=2)).encode() + b"\n", nl=False)


@main.command(epilog=_EXAMPLES["schema"], context_settings=_HELP)
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

        _print_json(model_schema())
    else:
        from summarizer.schema import EventSummary

        _print_json(EventSummary.model_json_schema(mode="serialization"))


@main.group(epilog=_EXAMPLES["prompt"], context_settings=_HELP, no_args_is_help=False)
def prompt() -> None:
    """List, show and fill in prompts."""


@prompt.command("list", epilog=_EXAMPLES["prompt list"], context_settings=_HELP)
def list_prompts() -> None:
    """List the package's prompts with what they are for."""
    from summarizer.prompt import load_prompt, prompts_folder

    for path in sorted(prompts_folder().glob("*.prompty")):
        click.echo(f"{path.stem:<12} {load_prompt(path.stem).description}")


@prompt.command("show", epilog=_EXAMPLES["prompt show"], context_settings=_HELP)
@click.argument("name", metavar="NAME|PATH")
def show_prompt(name: str) -> None:
    """Show a prompt as every article gets it, its examples filled in."""
    from summarizer.prompt import load_prompt
    from summarizer.render import clean

    shown = load_prompt(name)
    click.echo(clean(f"{shown.name}: {shown.description}\nfingerprint {shown.fingerprint}\n"))
    click.echo(clean(f"system:\n{shown.system}\n\nuser:\n{shown.user}"))


@prompt.command("render", epilog=_EXAMPLES["prompt render"], context_settings=_HELP)
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
        _print_json({"prompt": loaded.name, "fingerprint": loaded.fingerprint, "messages": messages})
    else:
        click.echo(clean("\n\n".join(f"{message['role']}:\n{message['content']}" for message in messages)))


@main.command(epilog=_EXAMPLES["completion"], context_settings=_HELP)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a script that completes `summarizer` in a shell."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None  # click knows the shells that are listed above
    click.echo(found(main, {}, "summarizer", "_SUMMARIZER_COMPLETE").source())
