"""Where something stands in a text: half-open character intervals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Characters `start` up to but not including `end`, so that `text[start:end]` is what stands there.

    >>> Span(4, 7).of("The sea is calm")
    'sea'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character.

        >>> Span(0, 3).overlaps(Span(3, 5)), Span(0, 4).overlaps(Span(3, 5))
        (False, True)
        """
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def distance(self, other: Span) -> int:
        """Characters between the two, 0 where they touch or overlap.

        >>> Span(0, 3).distance(Span(10, 12)), Span(10, 12).distance(Span(0, 3)), Span(0, 5).distance(Span(2, 3))
        (7, 7, 0)
        """
        return max(0, other.start - self.end, self.start - other.end)


def any_overlaps(spans: Iterable[Span], span: Span) -> bool:
    """Whether `span` shares a character with any of `spans`."""
    return any(span.overlaps(other) for other in spans)
