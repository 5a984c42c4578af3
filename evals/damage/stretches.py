"""Stretches of an article: as excerpts, by sentences, those that no event rests on."""

from __future__ import annotations

from evals.damage.accepted import readings_of
from evals.damage.change import Raw
from evals.gold import Gold
from summarizer import Span


def excerpt(gold: Gold, span: Span) -> Raw:
    """A stretch of the article as a raw excerpt."""
    return {"text": span.of(gold.article.text), "start": span.start, "end": span.end}


def span_of(raw: Raw) -> Span:
    """Where a raw excerpt stands."""
    return Span(raw["start"], raw["end"])


def overlaps_any(span: Span, spans: list[Span]) -> bool:
    """Whether a stretch shares a character with any of some others."""
    return any(span.overlaps(other) for other in spans)


def sentences(gold: Gold) -> list[Span]:
    """The article's sentences that facts may rest on."""
    barred = [*gold.article.litter, *gold.article.injections]
    return [span for span in gold.article.sentences if not overlaps_any(span, barred)]


def unused(gold: Gold) -> list[Span]:
    """The sentences that carry no event, in any reading."""
    used = [piece.span for label in gold.events for fact in readings_of(label) for piece in fact.evidence]
    return [span for span in sentences(gold) if not overlaps_any(span, used)]
