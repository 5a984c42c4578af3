"""Invented texts, parsed once with the shipped pipeline, for the tests of the embedded engine."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Token

from summarizer.article import Article
from summarizer.offline.drafting import draft
from summarizer.offline.entities import Registry
from summarizer.offline.merging import Happening, merge, name_roles
from summarizer.offline.parsed import Frame, Parsed, Phrase, Segment
from summarizer.offline.parsing import parse
from summarizer.offline.phrases import phrase
from summarizer.offline.pipeline import load_pipeline
from summarizer.offline.sentences import sentence_end, sentence_start
from summarizer.offline.speakers import find_sayings
from summarizer.spans import Span

MONDAY = date(2024, 3, 4)

EXPULSION = """Norway expels four Ruritanian diplomats

Norway on Monday expelled four Ruritanian diplomats in response to the arrest of a Norwegian captain, Foreign \
Minister Kari Lund said.

"We had no choice," Lund told reporters in Oslo. She said the diplomats must leave by March 11.

Iceland's government condemned the arrest as "a reckless step". In 2019, Norway expelled two Ruritanian diplomats.

About 300 people marched through Bergen on Sunday to demand the captain's release, according to the police.
"""


@cache
def nlp() -> Language:
    """The shipped pipeline, loaded once for all tests."""
    return load_pipeline()


@cache
def parsed(text: str) -> Parsed:
    """A text as a parsed article published on a Monday."""
    return parse(Article.from_text(text, published=MONDAY), nlp())


@cache
def registry(text: str) -> Registry:
    """The entities of a text."""
    return Registry.of(parsed(text))


def sayings(text: str) -> list[tuple[str, str, str, str]]:
    """Everything said in a text: speaker, kind, stance, words."""
    known = Registry.of(parsed(text))
    said = find_sayings(parsed(text), known)
    return [(known.name(item.speaker), item.kind, item.stance, item.span.of(text)) for item in said]


def raw(text: str) -> dict[str, Any]:
    """The engine's draft of a text, before it is salvaged."""
    return draft(parsed(text))


def framed(text: str, word: str, event_type: str, *, at: int = 0, **slots: Any) -> Frame:
    """A frame whose trigger is the given occurrence of a word; roles and `source` are given by their head words."""
    places = [(s, t) for s in parsed(text).segments for t in s.doc if t.text == word]
    segment, trigger = places[at]
    first, last = sentence_start(trigger), sentence_end(trigger) - 1
    roles: dict[str, Any] = {role: _phrases(segment, trigger, slots.pop(role, ())) for role in ("actor", "recipient")}
    source = next(iter(_phrases(segment, trigger, slots.pop("source", ()))), None)
    date = slots.pop("date", None)
    if date is not None:
        start = text.index(date)
        slots["date"] = Span(start, start + len(date))
    values: dict[str, Any] = roles | {"mode": None, "status": "occurred", "evidence": segment.span(first, last)} | slots
    return Frame(segment, trigger, event_type, source=source, **values)


def _phrases(segment: Segment, trigger: Token, heads: tuple[str, ...] | str) -> tuple[Phrase, ...]:
    """The phrases with these heads, each at the word's place nearest to the trigger."""
    words = (heads,) if isinstance(heads, str) else heads
    places = {word: [token for token in segment.doc if token.text == word] for word in words}
    return tuple(phrase(segment, min(places[word], key=lambda token: abs(token.i - trigger.i))) for word in words)


def happenings(text: str, *frames: Frame) -> list[Happening]:
    """The events that frames of a text are merged into."""
    return merge(name_roles(frames, parsed(text), registry(text)))
