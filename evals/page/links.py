"""Links between facts and their words: each leads to the other, by plain fragments such as `#r1-w7` and `#r1-f7`.

Words are lit by place, not by fact: slots that rest on the same stretches share one. Places are numbered within an
article's section, so the rules that light them are as many as the longest needs, however many articles there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from evals.page.facts import Fact
from evals.report import Pairs, Part, Point
from summarizer.html import Markup, element, text_node

# Where words stand by gold, by the prediction, and in a comparison, whose prediction is the candidate's, by the
# baseline: in this order, and with these letters in the names of their classes.
LETTERS = "gpb"
Spans = tuple[Pairs, ...]


class Resting(Protocol):
    """Anything that rests on words."""

    @property
    def part(self) -> Part:
        """The part of a summary that it belongs to."""

    @property
    def spans(self) -> Spans:
        """Where its words stand."""


@dataclass(frozen=True, slots=True)
class Place:
    """Stretches of the article that something rests on. `told` says what does."""

    spans: Spans
    told: str
    part: Part


@dataclass(frozen=True, slots=True)
class Links:
    """Makes the links of one section. The first link to a place is where its words lead back to."""

    result: str
    _numbered: dict[Spans, tuple[int, Place]] = field(default_factory=dict)

    @property
    def places(self) -> dict[int, Place]:
        """Every place that a link leads to by its number, in the order of the links."""
        return dict(self._numbered.values())

    def to(self, words: str, fact: Fact, point: Point | None = None, *, class_: str = "fact") -> Markup:
        """`words` as a link to where the fact or one of its slots stands; as mere text where that is nowhere.

        >>> from evals.page.accounts import Account
        >>> kenya = Fact("events", "fact1", Account("e1", "", "", ((0, 10),)), None)
        >>> Links("r1").to("Kenya & Co", kenya)
        '<a class="fact f1" id="r1-f1" href="#r1-w1" data-place="1">Kenya &amp; Co</a>'
        """
        spans = (point.gold_spans, point.predicted_spans) if point else fact.spans
        told = " ".join([fact.name, *([] if fact.gold else ["made up"]), *([point.field] if point else [])])
        return self.lead(words, Place(spans, told, fact.part), class_=class_)

    def lead(self, words: str, place: Place, *, class_: str = "fact") -> Markup:
        """`words` as a link to a place; as mere text where it is nowhere."""
        if not any(place.spans):
            return words if isinstance(words, Markup) else text_node(words)
        number, first = len(self._numbered) + 1, place.spans not in self._numbered
        number, _ = self._numbered.setdefault(place.spans, (number, place))
        return element(
            "a",
            words,
            class_=f"{class_} f{number}" if first else class_,
            id=f"{self.result}-f{number}" if first else "",
            href=f"#{self.result}-w{number}",
            data_place=f"{number}",
        )

    def address(self, spans: Spans) -> str | None:
        """The fragment of the first link to these stretches, if there is one."""
        return f"#{self.result}-f{self._numbered[spans][0]}" if spans in self._numbered else None


_LIT = {"b": "--lit-base", "p": "--lit-given", "g": "--lit"}


def lighting(places: int, letters: str) -> Markup:
    """The rules that light words while the page's address names their place, where no script does it.

    Where several sides stand on the same words, the last of `letters` decides.

    >>> lighting(1, "pg").splitlines()[0]
    '.result:has(:is(.w1,.f1):target) .p1 { background: var(--lit-given); color: var(--lit-ink) }'
    """
    return Markup(
        "\n".join(
            f".result:has(:is(.w{at},.f{at}):target) .{letter}{at} "
            f"{{ background: var({_LIT[letter]}); color: var(--lit-ink) }}"
            for letter in letters
            for at in range(1, places + 1)
        )
    )
