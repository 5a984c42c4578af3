"""A parsed article: its sentences as UD trees, each token tied to the article's characters.

Quotations that hold a clause are cut out of their host sentence and parsed on their own, so that what a speaker says
never governs what the article says; the offset map brings every token of either back to where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from summarizer.article import Article
from summarizer.quotations import Quotation
from summarizer.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SegmentKind = Literal["headline", "prose", "quotation"]


@dataclass(frozen=True, eq=False)
class Segment:
    """One stretch of text that was parsed by itself.

    `offsets[i]` is where character i of `doc.text` stands in the article; it has one entry more than there are
    characters, for ends. A quotation's `host` is the index of the segment it was cut out of, None if it stood alone.
    """

    kind: SegmentKind
    doc: Doc
    offsets: Sequence[int]
    quotation: Quotation | None = None
    host: int | None = None

    def span(self, first: int, last: int) -> Span:
        """Article characters of the tokens `first` to `last`, both included."""
        tokens = self.doc
        end = tokens[last].idx + len(tokens[last])
        return Span(self.offsets[tokens[first].idx], self.offsets[end - 1] + 1)


@dataclass(frozen=True)
class Parsed:
    """An article with its parsed segments in text order (a quotation follows its host)."""

    article: Article
    segments: tuple[Segment, ...]


@dataclass(frozen=True, eq=False)
class Phrase:
    """A noun phrase that fills a role: its head, and the article characters of the trimmed phrase.

    Coordinated phrases are one Phrase each. `tokens` are the indices (in `segment.doc`) the trimmed phrase covers,
    without relative clauses and appositive tails.
    """

    segment: Segment
    head: Token
    tokens: tuple[int, ...]

    @property
    def span(self) -> Span:
        """The phrase's characters in the article."""
        return self.segment.span(self.tokens[0], self.tokens[-1])


@dataclass(frozen=True, eq=False)
class Frame:
    """One candidate event: a trigger with its roles, before entities are named and mentions merged.

    Spans are article characters; phrases are resolved to entity names later. `source` is on whose word it stands
    (attribution), None in the article's own voice. `links` are relations with the token they point at, which may be
    the trigger of another frame or stand in its clause. `weight` is how sure the clause alone makes of the event, 1 for
    a deed in the article's own words, below 0.5 for what should only confirm another mention. `reported` is when it was
    said, where only that is dated: the event's date with bound "by".
    """

    segment: Segment
    trigger: Token
    event_type: str
    mode: str | None
    status: str
    actor: tuple[Phrase, ...]
    recipient: tuple[Phrase, ...]
    evidence: Span
    nominal: bool = False
    date: Span | None = None
    effective: Span | None = None
    location: Phrase | None = None
    quantities: tuple[tuple[Span, str], ...] = ()
    previous: dict[Span, float] = field(default_factory=dict)
    reason: Span | None = None
    source: Phrase | None = None
    links: tuple[tuple[str, Token], ...] = ()
    weight: float = 1.0
    reported: Span | None = None
