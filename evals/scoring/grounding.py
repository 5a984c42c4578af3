"""Is a summary tied to its article? Checked on the summary as it is, whoever made it: nothing is taken at its word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from summarizer import Article, Event, EventSummary, Excerpt, Span


class Grounding(NamedTuple):
    """Excerpts that stand where they say, of all; what is wrong, in words."""

    exact: int
    excerpts: int
    problems: tuple[str, ...]


def check_grounding(summary: EventSummary, article: Article) -> Grounding:
    """Every excerpt stands at its offsets and outside litter, an event's times and numbers inside its evidence."""
    problems, exact, total = [], 0, 0
    for where, excerpt in _excerpts(summary):
        total += 1
        wrong = _misplaced(excerpt, article)
        exact += not wrong
        if wrong:
            problems.append(f"{where}: {wrong}: {excerpt.text!r}")
    for event in summary.events:
        problems += [f"{event.id}: {text!r} is outside its evidence" for text in _loose(event)]
    return Grounding(exact, total, tuple(problems))


def _excerpts(summary: EventSummary) -> Iterator[tuple[str, Excerpt]]:
    for event in summary.events:
        yield from ((f"{event.id}.{field}", excerpt) for field, excerpt in event.excerpts())
    for at, statement in enumerate(summary.statements, 1):
        yield f"s{at}", statement
    for entity in summary.entities:
        yield from ((f"{entity.name}.aliases", alias) for alias in entity.aliases)
        if entity.office:
            yield f"{entity.name}.office", entity.office


def _misplaced(excerpt: Excerpt, article: Article) -> str:
    """What is wrong with an excerpt's place; nothing if it is sound."""
    if article.text[excerpt.start : excerpt.end] != excerpt.text:
        return "not what stands there"
    inside = Span(excerpt.start, excerpt.end)
    if any(litter.contains(inside) for litter in article.litter):
        return "rests on litter"
    if any(injection.overlaps(inside) for injection in article.injections):
        return "rests on a sentence that addresses software"
    return ""


def _loose(event: Event) -> Iterator[str]:
    for field, excerpt in event.excerpts():
        if field in ("date", "effective", "quantities"):
            inside = Span(excerpt.start, excerpt.end)
            if not any(Span(piece.start, piece.end).contains(inside) for piece in event.evidence):
                yield excerpt.text
