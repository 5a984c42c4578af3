"""Invented texts, parsed once with the shipped pipeline, for the tests of the embedded engine."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from spacy.language import Language

from summarizer.article import Article
from summarizer.offline.drafting import draft
from summarizer.offline.entities import Registry
from summarizer.offline.parsed import Parsed
from summarizer.offline.parsing import parse
from summarizer.offline.pipeline import load_pipeline
from summarizer.offline.speakers import find_sayings

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
