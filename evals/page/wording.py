"""How the page words a slot's field, what became of it, what it cost, and a change."""

from __future__ import annotations

from typing import Protocol

from evals.figures import percent
from evals.report import Point
from evals.verdict import OUTCOMES
from summarizer.html import Markup, element


class HasField(Protocol):
    """A slot, however many sides it has."""

    @property
    def field(self) -> str:
        """The field's name."""


MUST = element("span", "must", class_="must")
_NOTABLE = 0.01  # a smaller change is told, but not called good or bad


def outcome_of(point: Point) -> Markup:
    """What became of a slot."""
    return element("span", OUTCOMES[point.outcome], class_=f"outcome {point.outcome}")


def cost_of(cost: float) -> Markup:
    """A cost in F1.

    >>> cost_of(0.0135)
    '<span class="cost">−.013</span>'
    """
    return element("span", f"−{percent(cost)}", class_="cost")


def field_of(slot: HasField) -> str:
    """The slot's field in words."""
    return slot.field.replace("_", " ")


def signed(change: float) -> str:
    """A change with its sign.

    >>> signed(0.0189), signed(-0.25), signed(-0.0001)
    ('+.019', '−.250', '±0')
    """
    if abs(change) < 0.0005:
        return "±0"
    return f"{'+' if change > 0 else '−'}{percent(abs(change))}"


def change_of(change: float, *, less_is_better: bool = False) -> Markup:
    """A change, coloured where it is worth a look.

    >>> change_of(-0.02)
    '<span class="change bad">−.020</span>'
    """
    good = (change < 0) == less_is_better
    kind = "" if abs(change) < _NOTABLE else " good" if good else " bad"
    return element("span", signed(change), class_=f"change{kind}")


def shortened(text: str, length: int = 56) -> str:
    """At most `length` characters of a text.

    >>> shortened("the new sanctions were a response", 18)
    'the new sanctions…'
    """
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
