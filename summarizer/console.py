"""What command lines of this project share: errors in one line, help with examples, files that appear whole.

Nothing heavy is imported at the top, so that `--help` and completion answer at once.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from types import TracebackType

    from summarizer.engine import Engine

Write = Callable[[str], object]
HELP = {"help_option_names": ["-h", "--help"]}

# --- errors, told in one line -----------------------------------------------------------------------------------------


@contextmanager
def told_plainly(program: str) -> Iterator[None]:
    """Turn what a user can cause into one line, a hint and an exit code; a fault of ours keeps its traceback."""
    try:
        yield
    except click.UsageError as error:
        command = error.ctx.command_path.rstrip() if error.ctx else program
        _stop(2, program, error.format_message(), f"{command} --help shows what there is, with examples")
    except click.ClickException as error:
        _stop(3, program, error.format_message())
    except (click.Abort, KeyboardInterrupt):
        _stop(130, program, "interrupted")
    except Exception as error:
        from summarizer.errors import SummarizerError, UsageError

        if not isinstance(error, SummarizerError):
            raise
        _stop(2 if isinstance(error, UsageError) else 3, program, error.message, error.hint)


def _stop(code: int, program: str, message: str, hint: str = "") -> NoReturn:
    complain(message, hint, program=program)
    sys.exit(code)


def complain(message: str, hint: str = "", *, program: str = "summarizer") -> None:
    """Say on standard error what happened, and on a second line what to do about it."""
    from summarizer.render import one_line

    click.echo(f"{program}: {one_line(message)}", err=True)
    if hint:
        click.echo(f"  hint: {one_line(hint)}", err=True)


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


# --- the engine that options name -------------------------------------------------------------------------------------

_ENGINE_OPTIONS = (
    click.option(
        "--engine", type=click.Choice(["offline", "model"]), help="Default: a model if one is set, else offline."
    ),
    click.option("--pipeline", metavar="NAME|PATH", help="A spaCy pipeline of your own for the offline engine."),
    click.option("--model", metavar="NAME", help="A model at any OpenAI-compatible endpoint."),
    click.option("--base-url", metavar="URL", help="The endpoint. Default: OPENAI_BASE_URL, else OpenAI's own."),
    click.option("--prompt", metavar="NAME|PATH", help="A prompt of this package, or a file of your own."),
    click.option("--tries", type=click.IntRange(min=1), metavar="N", help="Answers to ask for until one is valid."),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="S",
        help="Seconds for one summary with its tries.",
    ),
    click.option("--max-tokens", type=click.IntRange(min=1), metavar="N", help="The longest answer, in tokens."),
    click.option("--temperature", type=click.FloatRange(min=0), metavar="T", help="0: as repeatable as the model can."),
    click.option(
        "--replay", type=click.Path(path_type=Path), metavar="DIR", help="Answer from recordings, no network."
    ),
    click.option("--record", type=click.Path(path_type=Path), metavar="DIR", help="Ask, and record every reply."),
    click.option("--cache", type=click.Path(path_type=Path), metavar="DIR", help="Ask only what was not asked before."),
)


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say which engine works, and how; `engine_of` takes what they hold."""
    for option in reversed(_ENGINE_OPTIONS):
        command = option(command)
    return command


@contextmanager
def engine_of(ctx: click.Context, quiet: bool, **given: Any) -> Iterator[Engine]:
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


# --- terminals -------------------------------------------------------------------------------------------------------


def on_terminal(stream: TextIO | None, output: str | None = None) -> bool:
    """Whether somebody watches the stream, and the results go there rather than to an output file."""
    return output in (None, "-") and stream is not None and stream.isatty()


def colored(asked: bool | None, output: str | None) -> bool:
    """Whether to colour: as asked, else on a terminal that has not declined."""
    if asked is not None:
        return asked
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and on_terminal(sys.stdout, output)


def width() -> int:
    """The terminal's columns."""
    from shutil import get_terminal_size

    return get_terminal_size().columns


class Progress:
    """One line on standard error that rewrites itself, only on a terminal."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown and on_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"

    def show(self, line: str) -> None:
        """Put this line in the place of the one before."""
        if self._shown:
            click.echo(f"\r\x1b[K{line}", err=True, nl=False)

    def clear(self) -> None:
        """Give the line back to whoever writes next."""
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)


# --- where output goes -----------------------------------------------------------------------------------------------


def print_json(value: Any) -> None:
    """Print a value as indented JSON in UTF-8, unseen characters escaped."""
    import json

    from summarizer.render import escape_unseen

    click.echo(escape_unseen(json.dumps(value, ensure_ascii=False, indent=2)).encode() + b"\n", nl=False)


def sink(output: str | None, form: str, color: bool, inputs: Sequence[Path]) -> AbstractContextManager[Write]:
    """Where pieces go: a file, or standard output."""
    if output in (None, "-"):
        return nullcontext(lambda piece: to_stdout(piece, form, color))
    path = Path(os.path.realpath(str(output)))
    for source in inputs:
        if source.is_file() and path.exists() and source.samefile(path):
            raise click.UsageError(f"the output {output} is one of the inputs")
    return _File(path)


def to_stdout(piece: str, form: str, color: bool) -> None:
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
        raise cannot_write("standard output", error) from None


def cannot_write(what: object, error: OSError) -> click.ClickException:
    """The error of output that cannot be written, with the system's reason."""
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
            raise cannot_write(self._path, error) from None
        return self._write

    def _write(self, piece: str) -> None:
        try:
            self._stream.write(piece)
            self._stream.flush()
        except OSError as error:
            raise cannot_write(self._path, error) from None
        self._pieces += 1

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._stream.close()
            if not self._direct:
                self._settle(whole=kind is None)
        except OSError as failure:
            raise cannot_write(self._path, failure) from None

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
