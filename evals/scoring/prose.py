"""Headline and summary: do they cover the events, do they say only what the article says, how near are they to gold?"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from evals.scoring.key import Key
from evals.scoring.sheet import EntitySheet, content_of, form_of
from summarizer import Article, Event, EventSummary, ungrounded


class Prose(NamedTuple):
    """Each figure as its share: numerator and denominator."""

    coverage: tuple[float, float]
    faithfulness: tuple[float, float]
    rouge_l: tuple[float, float]


def score_prose(key: Key, summary: EventSummary) -> Prose:
    """Coverage, faithfulness and ROUGE-L of the prose of a summary."""
    sentences = (summary.headline, summary.summary)
    faithful = sum(not ungrounded(text, key.gold.article) for text in sentences)
    likeness = rouge_l(key.gold.summary.summary, summary.summary)
    return Prose(coverage(key, " ".join(sentences)), (float(faithful), float(len(sentences))), (likeness, 1.0))


def coverage(key: Key, text: str) -> tuple[float, float]:
    """Of the main and secondary labelled events those whose actors, recipients and known numbers the text all names.

    A country is named by its name, its people or its capital; an event with nothing to name is covered where the text
    shares a content word with its description. Optional events are left out. Returns covered and coverable.
    """
    told = [label.fact for label in key.gold.events if not label.optional and label.fact.salience != "background"]
    said = _said(text)
    return float(sum(_covered(event, key, said) for event in told)), float(len(told))


class _Said(NamedTuple):
    text: str
    words: frozenset[str]
    numbers: frozenset[float]
    countries: frozenset[str]


def _said(text: str) -> _Said:
    article = Article.from_text(text)
    return _Said(form_of(text), content_of(text), article.numbers, article.countries)


def _covered(event: Event, key: Key, said: _Said) -> bool:
    names = (*event.actor, *event.recipient)
    numbers = {quantity.value for quantity in event.quantities if quantity.value is not None}
    if not names and not numbers:
        return bool(said.words & content_of(event.description))
    return numbers <= said.numbers and all(_named(key.sheet.entities[key.sheet.names[name]], said) for name in names)


def _named(entity: EntitySheet, said: _Said) -> bool:
    if entity.type == "country" and entity.country in said.countries:
        return True
    return any(form in said.text or content_of(form) <= said.words for form in entity.forms)


def rouge_l(wanted: str, given: str) -> float:
    """F-measure of ROUGE-L (Lin 2004) with stemming, by the reference implementation in Python.

    >>> round(rouge_l("The bank failed on Monday.", "The bank failed."), 2)
    0.75
    """
    return float(_rouge().score(wanted, given)["rougeL"].fmeasure)


@cache
def _rouge() -> Any:
    from rouge_score.rouge_scorer import RougeScorer  # NLTK's stemmer comes with it: loaded on first use

    return RougeScorer(["rougeL"], use_stemmer=True)
