"""Damage to statements: left out, made up, cut, put into another mouth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from evals.damage.accepted import readings_of
from evals.damage.change import Change, Fields
from evals.damage.kinds import TRIES, Damage, Edit, Ways, another, emptied, to_facts
from evals.damage.spot import Spot, statement_spots
from evals.damage.stretches import excerpt, overlaps_any, sentences, span_of
from evals.gold import Gold
from summarizer import Span, Statement

_NEGATION = re.compile(r"\s+(?:not|never|no)\b|n['’]t\b")
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")


def _one(
    name: str,
    edit: Edit[Statement],
    kind: Callable[[Statement], Any] = lambda statement: True,
    *,
    refusable: bool = False,
) -> Damage:
    return to_facts(name, ("statement_f1",), statement_spots, edit, kind, refusable=refusable)


def _dropped(gold: Gold, rng: Random) -> list[Ways]:
    return [[(Change("statements", spot.at, None),)] for spot in statement_spots(gold, rng)]


def _invented(gold: Gold, rng: Random) -> list[Ways]:
    """Somebody is said to have said a sentence that nobody says, in any reading."""
    said = [fact.span for label in gold.statements for fact in readings_of(label)]
    free = [span for span in sentences(gold) if not overlaps_any(span, said)]
    speakers = rng.sample(gold.summary.entities, min(1, len(gold.summary.entities)))
    common = {"kind": "paraphrase", "stance": "comments", "about": None}
    ways: Ways = [
        (Change("statements", None, {**excerpt(gold, span), **common, "speaker": speaker.name}),)
        for span in rng.sample(free, min(TRIES, len(free)))
        for speaker in speakers
    ]
    return [ways] if ways else []


def _other_name(field: str) -> Edit[Statement]:
    def edit(spot: Spot[Statement]) -> Iterator[Fields]:
        return ({field: name} for name in spot.strangers(field))

    return edit


def _wrong_about(spot: Spot[Statement]) -> Iterator[Fields]:
    return ({"about": event.id} for event in spot.shuffled(spot.gold.summary.events))


def _cut_in_half(spot: Spot[Statement]) -> Iterator[Fields]:
    """At most half the words of the shortest accepted reading: its first ones, or its last."""
    shortest = min((span_of(fact.model_dump()) for fact in _quoted(spot)), key=lambda span: span.end - span.start)
    words = [
        Span(shortest.start + match.start(), shortest.start + match.end())
        for match in _WORD.finditer(shortest.of(spot.gold.article.text))
    ]
    half = len(words) // 2
    if half:
        yield excerpt(spot.gold, Span(words[0].start, words[half - 1].end))
        yield excerpt(spot.gold, Span(words[-half].start, words[-1].end))


def _quoted(spot: Spot[Statement]) -> list[Statement]:
    """The readings that share words with the plain one."""
    readings = (spot.fact, *(fact for _, fact in spot.readings))
    return [fact for fact in readings if fact.span.overlaps(spot.fact.span)]


def _negation_cut(spot: Spot[Statement]) -> Iterator[Fields]:
    """The words as if the negation had not been said."""
    text = spot.fact.text
    for match in _NEGATION.finditer(text):
        yield {"text": text[: match.start()] + text[match.end() :]}


STATEMENT_DAMAGES: Sequence[Damage] = (
    Damage("statement dropped", ("statement_f1",), _dropped),
    Damage("statement made up", ("statement_f1",), _invented),
    _one("wrong speaker", _other_name("speaker")),
    _one("statement cut in half", _cut_in_half, lambda said: len(said.text.split()) > 1),
    _one("“not” cut out of a statement", _negation_cut, lambda said: _NEGATION.search(said.text), refusable=True),
    _one("quote told as paraphrase", another("kind"), lambda said: said.kind == "quote"),
    _one("paraphrase told as quote", another("kind"), lambda said: said.kind == "paraphrase"),
    _one("wrong stance", another("stance")),
    _one("wrong event spoken of", _wrong_about),
    _one("event spoken of dropped", emptied("about"), lambda said: said.about),
    _one("wrong outlet", _other_name("via"), lambda said: said.via),
    _one("outlet dropped", emptied("via"), lambda said: said.via),
)
