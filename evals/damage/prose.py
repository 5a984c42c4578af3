"""Damage to headline, summary and topics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from evals.damage.change import Change, Fields
from evals.damage.kinds import Damage, Ways
from evals.gold import Gold
from summarizer import EventSummary

_ELSE = "Altogether different matters follow"  # names nobody and counts nothing


def _whole(name: str, figure: str, edit: Callable[[Gold, Random], Fields], *, refusable: bool = False) -> Damage:
    """A damage to the summary's own fields, which every summary has."""

    def things(gold: Gold, rng: Random) -> list[Ways]:
        return [[(Change("prose", None, edit(gold, rng)),)]]

    return Damage(name, (figure,), things, refusable)


def _other_headline(gold: Gold, rng: Random) -> Fields:
    return {"headline": f"{_ELSE}."}


def _other_prose(gold: Gold, rng: Random) -> Fields:
    return {"headline": f"{_ELSE}.", "summary": f"{_ELSE}."}


def _other_summary(gold: Gold, rng: Random) -> Fields:
    return {"summary": f"{_ELSE}."}


def _strange_number(gold: Gold, rng: Random) -> Fields:
    number = rng.choice([value for value in range(1000, 2000) if value not in gold.article.numbers])
    return {"summary": f"{gold.summary.summary} It cost {number} dollars."}


def _strange_name(gold: Gold, rng: Random) -> Fields:
    return {"summary": f"{gold.summary.summary} It was told by Zyxwin Qorvath."}


def _wrong_contexts(gold: Gold, rng: Random) -> Fields:
    others = [context for context in _contexts() if context not in gold.summary.contexts]
    return {"contexts": [*gold.summary.contexts[1:], rng.choice(others)]}


def _contexts() -> Sequence[str]:
    items: dict[str, Sequence[str]] = EventSummary.model_json_schema()["properties"]["contexts"]["items"]
    return items["enum"]


PROSE_DAMAGES: Sequence[Damage] = (
    _whole("headline that names nobody", "coverage", _other_headline),
    _whole("headline and summary that name nobody", "coverage", _other_prose),
    _whole("summary of something else", "rouge_l", _other_summary),
    _whole("summary with a number that the article lacks", "faithfulness", _strange_number, refusable=True),
    _whole("summary with a name that the article lacks", "faithfulness", _strange_name, refusable=True),
    _whole("wrong topics", "contexts_f1", _wrong_contexts),
)
