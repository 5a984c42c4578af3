"""The article's text with its evidence lit: gold's filled, the prediction's underlined, a baseline's overlined."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from evals.page.links import LETTERS, Links, Resting
from evals.report import Pairs
from summarizer import Article, Span
from summarizer.html import Mark, Markup, element, joined, segments, text_node

_KINDS = ("gold", "given", "base")  # in the order of a place's spans
LEGEND = (("gold", "gold’s evidence"), ("given", "the prediction’s"), ("gold given", "both"))
_LITTER = ("litter", "no part of the article")


def text_pane(
    article: Article, facts: Sequence[Resting], links: Links, legend: Sequence[tuple[str, str]] = LEGEND
) -> Markup:
    """The article, each word leading back to the facts that rest on it. Made after the links to it."""
    samples = [element("span", label, class_=f"{kind} sample") for kind, label in (*legend, _LITTER)]
    paragraphs = _Words(article, links).paragraphs(facts)
    return element(
        "section",
        element("p", *samples, class_="legend"),
        element("div", *paragraphs, class_="text"),
        class_="words",
        id=f"{links.result}-words",
        aria_label="The article",
    )


class _Words:
    """The words of one article within one result."""

    def __init__(self, article: Article, links: Links) -> None:
        self._article, self._result = article, links.result
        self._places = {f"{number}": place for number, place in links.places.items()}
        self._anchored: set[str] = set()

    def paragraphs(self, facts: Iterable[Resting]) -> Iterator[Markup]:
        """White space between paragraphs is left to the page."""
        windows = self._article.paragraphs
        marks = [*_at_rest(facts), *self._marks(), Mark("", "litter", self._article.litter)]
        pieces = segments(len(self._article.text), marks, (edge for window in windows for edge in window))
        starts = [window.start for window in windows]
        for at, inside in groupby(pieces, key=lambda piece: bisect_right(starts, piece[0].start) - 1):
            window = windows[at] if at >= 0 else Span(0, 0)
            body = [self._piece(span, covering) for span, covering in inside if window.contains(span)]
            if body:
                yield element("p", *body, dir="auto")

    def _marks(self) -> Iterator[Mark]:
        for number, place in self._places.items():
            for letter, spans in zip(LETTERS, place.spans, strict=False):
                yield Mark(number, f"{letter}{number}", _spans(spans), place.told)

    def _piece(self, span: Span, covering: Sequence[Mark]) -> Markup:
        """Words with the marks on them, behind an anchor for each place that begins with them."""
        words = span.of(self._article.text)
        kinds = " ".join(dict.fromkeys(mark.kind for mark in covering))
        places = sorted(dict.fromkeys(mark.key for mark in covering if mark.key), key=self._is_name)
        if not places:
            return element("span", words, class_=kinds) if kinds else text_node(words)
        link = element(
            "a",
            words,
            class_=kinds,
            href=f"#{self._result}-f{places[0]}",
            data_places=" ".join(places),
            title="; ".join(dict.fromkeys(self._places[place].told for place in places)),
        )
        return joined([*self._anchors(places), link])

    def _is_name(self, place: str) -> bool:
        """Names come after whatever else rests on the same words."""
        return self._places[place].part == "entities"

    def _anchors(self, places: Iterable[str]) -> Iterator[Markup]:
        for place in places:
            if place not in self._anchored:
                self._anchored.add(place)
                yield element("span", id=f"{self._result}-w{place}", class_=f"anchor w{place}")


def _at_rest(facts: Iterable[Resting]) -> Iterator[Mark]:
    """What is marked before anything is chosen: the words of events and statements, names apart."""
    for fact in facts:
        if fact.part != "entities":
            for kind, spans in zip(_KINDS, fact.spans, strict=False):
                yield Mark("", kind, _spans(spans))


def _spans(pairs: Pairs) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)
