"""From an article to parsed segments: what is read, in which pieces, and where each piece stands.

A paragraph is read without its litter and without sentences that address the reader's software. A line without a
sentence's end is a headline or a caption and read apart. Quotations that hold a clause are cut out of their paragraph
and parsed on their own, so that what a speaker says never governs what the article says; a quoted name, term or scrap
stays where it is. Every character of what the parser sees is tied to the article's (`Segment.offsets`).
"""

from __future__ import annotations

import re
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summarizer.article import Article
from summarizer.offline.casing import Casing
from summarizer.offline.parsed import Parsed, Segment, SegmentKind
from summarizer.offline.repair import repaired
from summarizer.quotations import Quotation
from summarizer.segments import find_sentences
from summarizer.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST = 199  # tokens of a sentence: what never ends is cut, so that time stays linear in the text's length
BATCH = 64  # segments that the pipeline takes at a time: a few articles, little memory


@dataclass(slots=True)
class Piece:
    """A segment before it is parsed: its text, and for each character (and the end) its place in the article."""

    kind: SegmentKind
    text: str
    offsets: array[int]
    quotation: Quotation | None = None
    host: int | None = None


def parse(article: Article, nlp: Language) -> Parsed:
    """Parse one article."""
    return next(parse_many([article], nlp))


def parse_many(articles: Iterable[Article], nlp: Language) -> Iterator[Parsed]:
    """Parse articles in order over one `nlp.pipe`; only a batch of them is held at a time."""
    waiting: deque[tuple[Article, list[Piece]]] = deque()
    docs = nlp.pipe(_unparsed(articles, waiting, nlp), batch_size=BATCH)
    while True:
        while waiting and not waiting[0][1]:
            yield Parsed(waiting.popleft()[0], ())
        first = next(docs, None)
        while waiting and not waiting[0][1]:
            yield Parsed(waiting.popleft()[0], ())
        if first is None:
            return
        article, pieces = waiting.popleft()
        parsed = [first, *(next(docs) for _ in pieces[1:])]
        yield Parsed(
            article,
            tuple(
                Segment(
                    piece.kind,
                    repaired(doc, headline=piece.kind == "headline"),
                    piece.offsets,
                    piece.quotation,
                    piece.host,
                )
                for piece, doc in zip(pieces, parsed, strict=True)
            ),
        )


def _unparsed(articles: Iterable[Article], waiting: deque[tuple[Article, list[Piece]]], nlp: Language) -> Iterator[Doc]:
    for article in articles:
        pieces = plan(article)
        waiting.append((article, pieces))
        yield from (_in_sentences(nlp.make_doc(piece.text)) for piece in pieces)


_FOREIGN = re.compile(r"charg[eé]s? d['’]affaires|personae? non gratae?", re.IGNORECASE)
_NORMS = {"c": "envoy", "p": "unwelcome"}


def _in_sentences(doc: Doc) -> Doc:
    """Tell the parser where sentences begin: it splits after abbreviations and before odd verbs, a splitter does not.

    Diplomacy's foreign phrases become one token each, which the parser sees as a plain English word. (The Doc is made
    anew because setting one token's sentence start takes spaCy a pass over the whole Doc.)
    """
    from spacy.tokens import Doc

    with doc.retokenize() as tokens:
        for found in _FOREIGN.finditer(doc.text):
            span = doc.char_span(*found.span())
            if span is not None:
                tokens.merge(span)
    made = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        sent_starts=_sentence_starts(doc),
    )
    for token in made:
        if " " in token.text and token.text.strip():
            token.norm_ = _NORMS.get(token.lower_[0], token.norm_)
    return made


def _sentence_starts(doc: Doc) -> list[bool | int | None]:
    starts = {span.start for span in find_sentences(doc.text)}
    found: list[bool | int | None] = []
    since = 0
    for token in doc:
        since = 0 if token.idx in starts or since >= LONGEST else since + 1
        found.append(since == 0)
    return found


# --- which pieces -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cut:
    """What a stretch of a paragraph holds of a quotation: with its marks, the words between, if it is cut out."""

    span: Span
    inner: Span
    quotation: Quotation
    apart: bool = True


def plan(article: Article) -> list[Piece]:
    """The segments of an article, in text order, each quotation after its host."""
    casing = Casing(article)
    pieces: list[Piece] = []
    apart = {quotation.start: is_clausal(article.text, quotation) for quotation in article.quotations}
    quotations = deque(article.quotations)
    for paragraph in article.paragraphs:
        for stretch in _readable(article, paragraph):
            _add(pieces, article.text, stretch, _cuts(quotations, stretch, apart))
    for piece in pieces:
        piece.text = casing.recased(piece.text, headline=piece.kind == "headline")
    return pieces


def _cuts(quotations: deque[Quotation], stretch: Span, apart: Mapping[int, bool]) -> list[Cut]:
    """What the stretch holds of the quotations, which come in order; one of several paragraphs is met in each."""
    found: list[Cut] = []
    while quotations and quotations[0].start < stretch.end:
        quotation = quotations[0]
        span = Span(max(quotation.start, stretch.start), min(quotation.end, stretch.end))
        inner = Span(max(quotation.inner_start, span.start), min(quotation.inner_end, span.end))
        if inner.start < inner.end:
            found.append(Cut(span, inner, quotation, apart[quotation.start]))
        if quotation.end > stretch.end:
            break
        quotations.popleft()
    return found


def _add(pieces: list[Piece], text: str, stretch: Span, cuts: list[Cut]) -> None:
    """Put the paragraph's own words, then its quotations, at the end of `pieces`; nothing for what holds no letter."""
    host = _host(text, stretch, cuts)
    at: int | None = len(pieces)
    if any(character.isalpha() for character in host.text):
        pieces.append(host)
    else:
        at = None
    for cut in cuts:
        if not cut.apart:
            continue
        builder = _Builder(text)
        builder.take(*cut.inner)
        quoted = builder.piece("quotation")
        if any(character.isalpha() for character in quoted.text):
            quoted.quotation, quoted.host = cut.quotation, at
            pieces.append(quoted)


def _host(text: str, stretch: Span, cuts: list[Cut]) -> Piece:
    builder = _Builder(text)
    at = _after_bullet(text, stretch)
    for cut in cuts:
        builder.take(at, cut.span.start)
        if not cut.apart:  # a scrap is read as part of its sentence; the parser does better without the marks
            builder.take(*cut.inner)
            at = cut.span.end
            continue
        last = cut.inner.end - 1
        if text[last] in ".!?" and _NEXT.match(text, cut.span.end, stretch.end):
            builder.stop(last)
        builder.cut = True
        at = cut.span.end
    builder.take(at, stretch.end)
    kind: SegmentKind = (
        "prose" if any(cut.apart for cut in cuts) or _SENTENCE_END.search(text, *stretch) else "headline"
    )
    return builder.piece(kind)


_BULLET = re.compile(r"(?:[-*•‣▪◦–—·>]+|\d{1,2}[.)])\s+")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*\Z|[.!?][\"'”’)]*\s")
_NEXT = re.compile(r"[\"'”’)\]]*\s*(?:\Z|[\"'“‘(\[]*[A-Z0-9])")


def _after_bullet(text: str, span: Span) -> int:
    bullet = _BULLET.match(text, *span)
    return bullet.end() if bullet and bullet.end() < span.end else span.start


def _readable(article: Article, paragraph: Span) -> Iterator[Span]:
    """The paragraph's stretches outside litter and suspected injections, trimmed."""
    at = paragraph.start
    barred = sorted(span for span in (*article.litter, *article.injections) if span.overlaps(paragraph))
    for start, end in (*barred, (paragraph.end, paragraph.end)):
        piece = article.text[at : max(at, start)]
        if piece.strip():
            yield Span(at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip()))
        at = max(at, end)


# --- quotations -------------------------------------------------------------------------------------------------------


_FINITE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|has|have|had|do|does|did|will|would|shall|should|can|could|may|might|must|cannot"
    r"|[a-z]+n['’]t|[a-z]+['’](?:re|ve|ll|d|m)|(?:it|that|there|he|she|what|who|here|let)['’]s"
    r"|(?:I|we|they|you|he|she|it|this|who|which)\s+(?:\w+ly\s+)?[a-z]{3,})\b",
    re.IGNORECASE,
)
_HEADLESS = re.compile(
    r"(?:am|is|are|was|were|be|been|being|has|have|had|having|do|does|did|will|would|shall|should|can|could|may|might"
    r"|must|to|of|by|with|as|than|not|never|no longer|and|or|[a-z]+(?:ed|ing))\b"
)
_OPENS = re.compile(r"(?:^|[,:;.!?—–-]|\b(?:sa(?:id|ys?)|that|add(?:ed|s)|replied|asked|wrote|tweeted))\s*\Z", re.I)


def is_clausal(text: str, quotation: Quotation) -> bool:
    """Whether a quotation holds a clause that stands by itself: an utterance, or a subject with its verb.

    A quotation that lacks its subject ("said the move “was a mistake”") is part of the sentence around it.
    """
    inner = text[quotation.inner_start : quotation.inner_end].strip()
    if len(inner.split()) < 2 or _HEADLESS.match(inner):
        return False
    before = text[max(0, quotation.start - 24) : quotation.start].rpartition("\n")[2]
    opens = _OPENS.search(before) is not None
    if opens and inner[-1] in ",.!?…—–-" and (inner[0].isupper() or not inner[0].isalpha()):
        return True
    return len(inner.split()) >= 4 and _FINITE.search(inner) is not None and (opens or inner[0].isupper())


# --- building a piece -------------------------------------------------------------------------------------------------

_ODD = re.compile(r"\s{2,}|[^\S ]|[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_LOOSE = " \t\n,:;—–-"  # what is left over where a quotation was cut out


@dataclass(slots=True)
class _Builder:
    """Gathers stretches of the article's text, each character with its place; white space becomes single spaces."""

    source: str
    chunks: list[str] = field(default_factory=list)
    offsets: array[int] = field(default_factory=lambda: array("q"))
    cut: bool = False  # what comes next stood behind a quotation

    def take(self, start: int, end: int) -> None:
        """Add the article's characters `start` to `end`."""
        at = start
        for odd in _ODD.finditer(self.source, start, end):
            self._run(at, odd.start())
            if odd.group()[0].isspace():
                self._run(odd.start(), odd.start() + 1, " ")
            at = odd.end()
        self._run(at, end)

    def stop(self, at: int) -> None:
        """End the sentence with the full stop that stood inside a quotation, in place of the comma before it."""
        text = "".join(self.chunks)
        kept = text.rstrip(_LOOSE)
        if not kept or kept[-1] in ".!?":
            return
        del self.offsets[len(kept) :]
        self.chunks = [kept]
        self._run(at, at + 1)

    def _run(self, start: int, end: int, text: str | None = None) -> None:
        if end <= start:
            return
        run = self.source[start:end] if text is None else text
        if run[0] == " " and (not self.chunks or self.chunks[-1].endswith(" ")):
            run, start = run[1:], start + 1
        if self.cut and run[:1].isalnum():
            run, self.cut = self._opened(run), False
        if run:
            self.chunks.append(run)
            self.offsets.extend(range(start, end))

    def _opened(self, run: str) -> str:
        """What follows a cut, with a capital where it now begins a sentence: "“Yes.” he said" → "He said"."""
        before = "".join(self.chunks[-3:]).rstrip(" \"'”’)")
        begins = not before or before[-1] in ".!?"
        return run[0].upper() + run[1:] if begins and len(run[0].upper()) == 1 else run

    def piece(self, kind: SegmentKind) -> Piece:
        """What was gathered, without the white space and loose commas around it."""
        text = "".join(self.chunks)
        end = len(text.rstrip())
        first = end - len(text[:end].lstrip(_LOOSE + ".\"'“”‘’" if kind == "quotation" else _LOOSE + "."))
        offsets = self.offsets[first:end]
        offsets.append(offsets[-1] + 1 if offsets else 0)
        return Piece(kind, text[first:end], offsets)
