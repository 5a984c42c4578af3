"""Recorded replies of a model: which are there, which are missing or stale, and the exam sat on them alone.

A model answers each article several times (samples 0 to k-1), for repeats are what gives a gate its power at five
articles. Recordings are the tape's files (see `summarizer.tape`): one an exchange, no secrets, found by what decided
the reply. Nothing here ever reaches a network except `record`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from evals.corpus import PROJECT, SUITES, Case
from evals.exam import made_by, report_of, scored
from evals.report import CaseResult, Report
from summarizer import (
    Article,
    Engine,
    EventSummary,
    RecordingError,
    SummarizerError,
    Tape,
    Usage,
    UsageError,
    load_prompt,
    model_schema,
    open_engine,
    own_prices,
    price_of,
)

FOLDER = PROJECT / "evals" / "recordings"
State = Literal["fresh", "stale", "missing", "orphan"]
_REASKED = frozenset({"step", "conversation"})
Tick = Callable[[CaseResult], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who answers and how often: a model, a prompt by name or path, k samples an article, a folder of recordings."""

    model: str
    prompt: str = "news"
    k: int = 3
    folder: Path = FOLDER

    def engine(self, sample: int, tape: Tape, **options: Any) -> Engine:
        """The engine of one sample on a tape."""
        return open_engine(model=self.model, prompt=self.prompt, sample=sample, tape=tape, **options)


@dataclass(frozen=True, slots=True)
class Slot:
    """One reply that the exam needs, or a file that it does not.

    `changed` names the parts in which the nearest recording differs, `differences` says how, a line a part.
    """

    state: State
    article: str | None
    sample: int | None
    file: str | None
    changed: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()


def replayed(suite: str, cases: Sequence[Case], asked: Asked, *, seed: int = 0, tick: Tick = lambda _: None) -> Report:
    """The exam from recordings alone, k runs. A reply that is missing or stale is a row with its error."""
    results = []
    first: Engine | None = None
    for sample in range(asked.k):
        engine = asked.engine(sample, Tape(asked.folder, "replay"))
        first = first or engine
        for case, outcome in zip(cases, engine.summarize_each(case.article for case in cases), strict=True):
            results.append(scored(case, _refused(outcome), run=sample))
            tick(results[-1])
        engine.close()
    if first is None:
        raise UsageError("k is 0", "ask for at least one sample an article")
    return report_of(suite, cases, results, made_by=made_by(first), seed=seed)


class InvalidReplyError(SummarizerError):
    """A recorded reply that validated when it was recorded and does not any more: the code refuses it now."""


def _refused(outcome: EventSummary | SummarizerError) -> EventSummary | SummarizerError:
    """A miss that only lacks a re-ask means that the reply itself is on file and was refused."""
    if isinstance(outcome, RecordingError) and "step" in outcome.changed and _REASKED.issuperset(outcome.changed):
        return InvalidReplyError("the recorded reply is not valid any more", "see what was changed in the schema")
    return outcome


def status(cases: Sequence[Case], asked: Asked) -> list[Slot]:
    """What is on file for every article and sample, in order, then the files that nothing in the project asks for."""
    slots, used = _looked_up(cases, asked)
    unused = (path for path in sorted(asked.folder.glob("*.json")) if path.name not in used)
    return [*slots, *(Slot("orphan", None, None, path.name) for path in unused if not _of_the_project(path))]


def _looked_up(cases: Sequence[Case], asked: Asked) -> tuple[list[Slot], set[str]]:
    """A slot for every article and sample, and the names of the files that answer them."""
    used: set[str] = set()
    slots = []
    for sample in range(asked.k):
        tape = Tape(asked.folder, "replay")
        engine = asked.engine(sample, tape)
        outcomes = list(engine.summarize_each(case.article for case in cases))
        slots += [_slot(case.id, sample, outcome, tape) for case, outcome in zip(cases, outcomes, strict=True)]
        used |= {name for name, state in tape.states().items() if state == "fresh"}
        engine.close()
    return slots, used


def _of_the_project(path: Path) -> bool:
    """Whether a recording answers one of the project's prompts on one of its articles: another question than this."""
    parts = json.loads(path.read_text(encoding="utf-8"))["components"]
    return parts["template"] in _templates() and parts["article"] in _articles()


@cache
def _templates() -> frozenset[str]:
    return frozenset(load_prompt(path.stem).fingerprint for path in (PROJECT / "prompts").glob("*.prompty"))


@cache
def _articles() -> frozenset[str]:
    return frozenset(
        Article.from_text(path.read_text(encoding="utf-8")).sha256
        for suite in SUITES.values()
        for path in suite.articles.glob("*.txt")
    )


def _slot(article: str, sample: int, outcome: EventSummary | SummarizerError, tape: Tape) -> Slot:
    """A reply that fails validation is on file all the same: only a RecordingError says that one is not."""
    if not isinstance(outcome, RecordingError):
        return Slot("fresh", article, sample, None)
    name = tape.path(outcome.key).name
    state: State = "stale" if tape.states().get(name) == "stale" else "missing"
    return Slot(state, article, sample, name, outcome.changed, tape.misses().get(name, ()))


# --- recording --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """What recording would ask: the slots, and an estimate of tokens and money (None where no price is known)."""

    slots: tuple[Slot, ...]
    prompt_tokens: int
    completion_tokens: int
    cost: float | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording did: articles asked, those that failed, what it cost, what the budget left unasked."""

    asked: int
    failed: tuple[tuple[str, str], ...]
    usage: Usage
    unasked: int = 0


_FIRST_GUESS = 3_000  # tokens of a reply where none was recorded yet
_CHARACTERS_A_TOKEN = 4  # of English prose; an estimate before the endpoint has counted


def plan(cases: Sequence[Case], asked: Asked, *, everything: bool = False) -> Plan:
    """What there is to ask: what is missing or stale, or everything. Tokens are estimated from what was recorded."""
    slots = [slot for slot in status(cases, asked) if slot.article is not None]
    pending = tuple(slot for slot in slots if everything or slot.state != "fresh")
    texts = {case.id: len(case.article.text) for case in cases}
    prompt = load_prompt(asked.prompt)
    fixed = len(prompt.system) + len(json.dumps(model_schema()))
    prompt_tokens = sum(fixed + texts[slot.article or ""] for slot in pending) // _CHARACTERS_A_TOKEN
    completion_tokens = len(pending) * _usual_reply(asked.folder)
    price = price_of(asked.model, own_prices())
    usage = Usage(len(pending), prompt_tokens, completion_tokens)
    return Plan(pending, prompt_tokens, completion_tokens, None if price is None else price.cost(usage))


def _usual_reply(folder: Path) -> int:
    """The mean length of the recorded replies, in tokens."""
    lengths = []
    for path in folder.glob("*.json"):
        usage = json.loads(path.read_text(encoding="utf-8"))["reply"].get("usage") or {}
        lengths.append(int(usage.get("completion_tokens") or _FIRST_GUESS))
    return sum(lengths) // len(lengths) if lengths else _FIRST_GUESS


def record(
    cases: Sequence[Case],
    asked: Asked,
    todo: Plan,
    *,
    budget: float | None = None,
    tick: Callable[[], None] = lambda: None,
    **options: Any,
) -> Recorded:
    """Ask for what is planned and write the replies. `options` go to the engine (base_url, api_key, ...).

    With a `budget` in US dollars nothing more is asked once the replies have cost that much; articles under way at
    once count, so at most one handful goes beyond it. An endpoint without a known price takes no budget (UsageError).
    """
    if budget is not None and price_of(asked.model, own_prices()) is None:
        raise UsageError(f"no price is known for {asked.model!r}", "name it in SUMMARIZER_PRICES, or set no budget")
    articles = {case.id: case.article for case in cases}
    usage, done = Usage(), 0
    failed: list[tuple[str, str]] = []
    for sample in range(asked.k):
        engine = asked.engine(sample, Tape(asked.folder, "record"), **options)
        wanted = [articles[slot.article or ""] for slot in todo.slots if slot.sample == sample]
        for handful in (wanted[at : at + _HANDFUL] for at in range(0, len(wanted), _HANDFUL)):
            if budget is not None and (usage.cost or 0.0) >= budget:
                break
            for article, outcome in zip(handful, engine.summarize_each(handful), strict=True):
                done += 1
                spent = getattr(outcome, "usage", None) or Usage()
                usage = usage + spent
                if isinstance(outcome, SummarizerError):
                    failed.append((f"{article.id}, sample {sample}", outcome.message))
                tick()
        engine.close()
    return Recorded(done, tuple(failed), usage, len(todo.slots) - done)


_HANDFUL = 8  # articles under way at once, as many as an engine asks for by itself


def orphans(cases: Sequence[Case], asked: Sequence[Asked]) -> list[str]:
    """The files of the folder that none of these asks for."""
    unused = {path.name for path in asked[0].folder.glob("*.json")}
    for one in asked:
        unused -= _looked_up(cases, one)[1]
    return sorted(unused)


def prune(folder: Path, names: Sequence[str]) -> None:
    """Delete these recordings."""
    for name in names:
        (folder / name).unlink()
