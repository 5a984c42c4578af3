"""The lost points of a result, the costliest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from evals.figures import percent
from evals.page.facts import Fact
from evals.page.links import Links
from evals.page.wording import cost_of, field_of
from evals.report import Part, Point
from evals.verdict import OUTCOMES
from summarizer.html import Markup, element

# Of each part its figure, and how many losses are shown before the others are folded away.
_PARTS: tuple[tuple[Part, str, str, int], ...] = (
    ("events", "event F1", "event_f1", 6),
    ("statements", "statement F1", "statement_f1", 3),
    ("entities", "entity F1", "entity_f1", 3),
)


class Loss(NamedTuple):
    """A lost slot of a fact that was found; or, with no point, a whole fact that was missed or made up."""

    cost: float
    fact: Fact
    point: Point | None = None


def losses_of(facts: Sequence[Fact]) -> list[Loss]:
    """What was lost, the costliest first; a missed or made-up fact is one loss."""
    losses = chain.from_iterable(map(_losses, facts))
    return sorted(losses, key=lambda loss: -loss.cost)


def _losses(fact: Fact) -> Iterator[Loss]:
    if fact.found:
        yield from (Loss(point.cost, fact, point) for point in fact.lost)
    elif fact.lost:
        yield Loss(fact.cost, fact)


def costliest(facts: Sequence[Fact], figures: Mapping[str, tuple[float, float]], links: Links) -> Iterator[Markup]:
    """The losses of each part, for each part has an F1 of its own; the long tail is folded away."""
    for part, title, figure, shown in _PARTS:
        losses = losses_of([fact for fact in facts if fact.part == part])
        if losses:
            share, whole = figures.get(figure, (0.0, 0.0))
            yield element("h3", f"Lost in {title}", f" {percent(share / whole)}" if whole else "")
            yield _listed(losses[:shown], links)
        if losses[shown:]:
            more = element("summary", f"{len(losses) - shown} more")
            yield element("details", more, _listed(losses[shown:], links))


def _listed(losses: Sequence[Loss], links: Links) -> Markup:
    items = (element("li", cost_of(loss.cost), element("span", *_told(loss, links), dir="auto")) for loss in losses)
    return element("ol", *items, class_="losses")


def _told(loss: Loss, links: Links) -> Iterator[str]:
    """The loss in words that lead to the article's, behind a link to its place below."""
    fact, point = loss.fact, loss.point
    if point or fact.told != fact.name:  # an entity's name is all that it tells
        yield element("a", fact.name, href=f"#{links.result}-{fact.key}", class_="id")
        yield " "
    if point:
        yield element("b", field_of(point), " ", OUTCOMES[point.outcome])
        yield " "
        yield links.to(_words(point), fact, point)
    else:
        yield element("b", "missed" if fact.gold else "made up")
        yield f", {len(fact.lost)} slots: "
        yield links.to(fact.told, fact)


def _words(point: Point) -> str:
    """What was given for what.

    >>> _words(Point("events", "status", "incorrect", 1, 0.1, "e1", "e1", "occurred", "proposed"))
    'occurred → proposed'
    """
    return " → ".join(value for value in (point.gold, point.predicted) if value is not None)
