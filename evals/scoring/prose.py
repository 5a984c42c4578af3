"""Headline and summary: do they cover the events, do they say only what the article says, how near are they to gold?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from evals.gold import Label
from evals.scoring.key import Key
from evals.scoring.sheet import EntitySheet, content_of, form_of
from summarizer import Article, Event, EventSummary, ungrounded

_WORD = re.compile(r"[^\W_]+")


def faithfulness(summary: EventSummary, article: Article) -> tuple[float, float]:
    """Of headline and summary those that say no number and no name that the article lacks, and how many there are."""
    sentences = (summary.headline, summary.summary)
    return float(sum(not ungrounded(text, article) for text in sentences)), float(len(sentences))


def coverage(key: Key, headline: str, text: str) -> tuple[float, float]:
    """How much of what happened a headline and a text tell, and how much there is to tell.

    A point for each main and secondary labelled event whose actors, recipients and known numbers they name, all of
    them, in an accepted reading; optional events are left out. One more for the headline: the share of the main
    event's actors and recipients that it names. A country is named by its name, its people or its towns; an event
    with nothing to name is told by a content word of its description.
    """
    told = [label for label in key.gold.events if not label.optional and label.fact.salience != "background"]
    said = _said(f"{headline} {text}")
    covered = sum(any(_share(event, key, said) == 1 for event in _readings(label)) for label in told)
    mains = (event for at in key.mains for event in _readings(key.gold.events[at]))
    main = (event.model_copy(update={"quantities": ()}) for event in mains)
    return covered + max(_share(event, key, _said(headline)) for event in main), float(len(told) + 1)


def _readings(label: Label[Event]) -> Sequence[Event]:
    return [label.fact, *(reading.fact for reading in label.readings)]


class _Said(NamedTuple):
    text: str
    words: frozenset[str]
    numbers: frozenset[float]
    countries: frozenset[str]


@lru_cache(maxsize=4096)
def _said(text: str) -> _Said:
    article = Article(text)
    return _Said(_spaced(text), content_of(text), article.numbers, article.countries)


@lru_cache(maxsize=65536)
def _spaced(text: str) -> str:
    """The words of a text with a space around each, so that no name is found inside a word.

    >>> _spaced("The U.S. expelled them.")
    ' us expelled them '
    """
    return f" {' '.join(_WORD.findall(form_of(text)))} "


def _share(event: Event, key: Key, said: _Said) -> float:
    """Of an event's actors, recipients and known numbers those that are named."""
    names = (*event.actor, *event.recipient)
    named = [_named(key.sheet.entities[key.sheet.names[name]], said) for name in names]
    named += [number.value in said.numbers for number in event.quantities if number.value is not None]
    return sum(named) / len(named) if named else float(not said.words.isdisjoint(content_of(event.description)))


def _named(entity: EntitySheet, said: _Said) -> bool:
    if entity.type == "country" and entity.country in said.countries:
        return True
    return any(_spaced(form) in said.text or _all_of(content_of(form), said.words) for form in entity.forms)


def _all_of(words: frozenset[str], said: frozenset[str]) -> bool:
    return bool(words) and words <= said


@lru_cache(maxsize=4096)
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
