"""How fast are the scorer, the engine and the whole exam? Whole figures and, where something stands beside it, ratios.

The scorer's unit is a pair: one summary of five events compared with one answer key. CPU time of this process is
counted, the best of several rounds, since whatever else a machine does only ever makes a round slower.
"""

from __future__ import annotations

import os
import platform
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from evals.corpus import Case
from evals.damage import ladder, standing
from evals.exam import sit
from evals.gold import Gold, gold_of
from evals.scoring.comparison import compare
from evals.scoring.key import Key, key_of
from evals.scoring.score import score
from summarizer import Engine, EventSummary, UsageError

EVENTS = 5
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Rate:
    """So many things a second of CPU time; `against` names what `ratio` is measured against."""

    name: str
    per_second: float
    ratio: float | None = None
    against: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What was measured, on what."""

    python: str
    cores: int
    rates: tuple[Rate, ...]
    exam_seconds: float
    articles: int


def bench(cases: Sequence[Case], engine: Engine, *, pairs: int = 200, seed: int = 0) -> Bench:
    """Time the scorer on pairs with planted damage, the engine on the articles, and the exam as a whole.

    A pair is the first five events of an article's gold, statements and entities in proportion, against the same
    with one to four damages; names and prose recur among pairs of one article, as they do over the runs of an exam.
    No result is kept: thousands of them are the collector's time, not the scorer's. Raises UsageError where no
    article has five labelled events.
    """
    made = _pairs(cases, pairs, Random(seed))
    comparing = _rate(lambda: deque((compare(key, summary) for key, summary in made), maxlen=0), len(made), rounds=20)
    scoring = _rate(lambda: deque((score(key, summary) for key, summary in made), maxlen=0), len(made))
    articles = [case.article for case in cases]
    summarizing = _rate(lambda: list(engine.summarize_each(articles)), len(articles), rounds=2)
    begun = time.perf_counter()
    sit("bench", cases, engine)
    whole = time.perf_counter() - begun
    rates = (
        Rate("pairs compared (preparing the prediction included)", comparing),
        Rate("pairs scored (with prose, grounding and reasons)", scoring, scoring / comparing, "comparing alone"),
        Rate(f"articles by {engine.name}", summarizing, summarizing / scoring, "scoring one"),
    )
    return Bench(platform.python_version(), os.cpu_count() or 1, rates, whole, len(cases))


def _rate(work: Callable[[], object], things: int, *, rounds: int = _ROUNDS) -> float:
    """Things a second of CPU time, the best of several rounds; one round before them warms up."""
    work()
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return things / min(spent)


def _pairs(cases: Sequence[Case], count: int, random: Random) -> list[tuple[Key, EventSummary]]:
    """Pairs of five events, each the gold of an article against a damaged copy."""
    golds = [_first_events(case) for case in cases if case.gold and len(case.gold.events) >= EVENTS]
    if not golds:
        raise UsageError(f"no article has {EVENTS} labelled events", "take a suite that has one")
    keys = [(gold, key_of(gold)) for gold in golds]
    return [(key, _damaged(gold, random)) for gold, key in (keys[at % len(keys)] for at in range(count))]


def _first_events(case: Case) -> Gold:
    """Gold cut to five events, and to the statements and entities that then have something to do with them."""
    assert case.gold is not None
    whole = case.gold.summary
    ids = {event.id for event in whole.events[:EVENTS]}
    events = tuple(
        event.model_copy(update={"links": tuple(link for link in event.links if link.event in ids)})
        for event in whole.events[:EVENTS]
    )
    statements = tuple(said for said in whole.statements if said.about in (None, *ids))[:EVENTS]
    named = {name for event in events for name in (*event.actor, *event.recipient, *event.attribution)}
    named |= {name for said in statements for name in (said.speaker, said.via) if name}
    entities = tuple(entity for entity in whole.entities if entity.name in named)
    cut = whole.model_copy(update={"events": events, "statements": statements, "entities": entities})
    return gold_of(cut, case.article)


def _damaged(gold: Gold, random: Random) -> EventSummary:
    steps = list(islice(ladder(gold, random), random.randint(1, 4)))
    return standing(steps[-1], gold.article) if steps else gold.summary
