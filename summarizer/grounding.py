"""Where do these words stand in the article? Exactly, or as a typographic variant; never as something similar.

A number, a name or a negation that differs by one character states another fact, so there is no fuzzy step and no
threshold: after folding (see `folding`) the words are there or they are not. Matches must begin and end at the
borders of words and numbers: "4 envoys" does not stand in "14 envoys", nor "5 percent" in "0.5 percent".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from summarizer.article import Article
from summarizer.folding import fold
from summarizer.spans import Span, any_overlaps

RefusalReason = Literal["empty", "not_in_article", "only_in_litter", "only_in_injection", "loses_negation"]

# Words whose capital only says that a sentence begins. None of them is a name, a number or a negation.
_OPENERS = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "he",
        "she",
        "it",
        "they",
        "we",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "as",
        "to",
        "of",
        "after",
        "before",
        "during",
        "since",
        "under",
        "over",
        "amid",
        "and",
        "but",
        "while",
        "when",
        "if",
        "there",
    ]
)
_EDGES = " '-.,;:"
_NUMBER_BEFORE = re.compile(r"\d[.,]$")
_NUMBER_AFTER = re.compile(r"[.,]\d")
_SCALE_AFTER = re.compile(r"[ -](?:hundred|thousand|million|billion|trillion)\b")
_MINUS_BEFORE = re.compile(r"(?:^|[\s(])[-−–]$")
_AUXILIARY_LAST = re.compile(
    r"\b(?:am|are|be|been|can|could|did|do|does|had|has|have|is|may|might|must|shall|should|was|were|will|would)$"
)
_NEGATION_AFTER = re.compile(r" (?:not|no|never)\b|n't\b", re.IGNORECASE)
_NEGATION_BEFORE = re.compile(r"(?:\b(?:not|no|never|nor|neither|without|cannot)|n't) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why words were not found; `nearest` is the longest beginning of them that does stand in the article."""

    reason: RefusalReason
    nearest: str = ""

    def __str__(self) -> str:
        match self.reason:
            case "empty":
                return "there are no words in it"
            case "only_in_litter":
                return "it stands only in the page's furniture (navigation, byline, teaser), not in the article"
            case "only_in_injection":
                return "it stands only in a sentence that addresses the reader's software, which is no evidence"
            case "loses_negation":
                return f"it leaves out the negation beside it: the article has {self.nearest!r}"
        if self.nearest:
            return f"not in the article word for word; the article agrees as far as {self.nearest!r}"
        return "not in the article word for word"


def locate(article: Article, words: str, near: Sequence[Span] = ()) -> Span | Refusal:
    """Find `words` in the article's text.

    Of several places the first inside one of `near` wins, then the one closest to `near`, then the first of all.
    Places in litter or in suspected injections do not count, nor do those that leave a negation out.

    >>> article = Article.from_text("The ministry expelled “twelve” envoys. It did not expel the cook.")
    >>> locate(article, 'expelled "twelve" envoys').of(article.text)
    'expelled “twelve” envoys'
    >>> str(locate(article, "It did expel the cook"))
    "not in the article word for word; the article agrees as far as 'It did'"
    """
    needle = fold(words).text.strip()
    bare = needle.strip(_EDGES)
    if not bare:
        return Refusal("empty")
    found = next(filter(None, map(partial(_occurrences, article), (needle, bare, _recased(bare)))), [])
    if not found:
        return _refusal(article, bare)
    sound = [span for span in found if not any_overlaps(article.litter, span)]
    if not sound:
        return Refusal("only_in_litter")
    sound = [span for span in sound if not any_overlaps(article.injections, span)]
    if not sound:
        return Refusal("only_in_injection")
    return _closest(article, sound, near)


def _occurrences(article: Article, needle: str) -> list[Span]:
    """Every place of a folded needle, in order, that cuts no word or number and drops no negation."""
    return [_trimmed(article, at, end) for at, end in _raw(article, needle) if not _drops_negation(article, at, end)]


def _raw(article: Article, needle: str) -> Iterator[tuple[int, int]]:
    """Folded intervals of the needle that begin and end at borders of words and numbers."""
    text = article.folded.text
    at = text.find(needle) if needle else -1
    while at >= 0:
        end = at + len(needle)
        if not _cuts(text, at, end) and not _drops_minus(article, at):
            yield at, end
        at = text.find(needle, at + 1)


def _trimmed(article: Article, at: int, end: int) -> Span:
    """Original characters of a folded interval, without white space that a folded dash had around it."""
    start, stop = article.folded.original(at, end)
    piece = article.text[start:stop]
    return Span(start + len(piece) - len(piece.lstrip()), stop - len(piece) + len(piece.rstrip()))


def _drops_minus(article: Article, at: int) -> bool:
    """Whether a number is found without the minus sign before it ("5 degrees" in "-5 degrees")."""
    start = article.folded.starts[at]
    return article.folded.text[at].isdigit() and bool(_MINUS_BEFORE.search(article.text[max(0, start - 2) : start]))


def _drops_negation(article: Article, at: int, end: int) -> bool:
    """Whether words begin right behind a negation, or end between an auxiliary and its negation.

    A name may stand behind one: "not Denmark but Norway" does name Denmark.
    """
    text = article.folded.text
    if text[at].islower() and _NEGATION_BEFORE.search(text[max(0, at - 9) : at]):
        return True
    cut_off = _AUXILIARY_LAST.search(text[max(at, end - 7) : end]) and _NEGATION_AFTER.match(text[end : end + 7])
    return cut_off is not None


def _refusal(article: Article, needle: str) -> Refusal:
    for at, end in _raw(article, needle):
        start = max(0, article.folded.text.rfind(" ", 0, at - 1)) if at else 0
        return Refusal("loses_negation", article.folded.text[start : end + 7].strip())
    return Refusal("not_in_article", _nearest(article, needle))


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether an interval begins or ends inside a word or a number.

    >>> _cuts("12 envoys", 1, 9), _cuts("0.5 percent", 2, 11), _cuts("US-led", 0, 2), _cuts("40 million", 0, 2)
    (True, True, False, True)
    """
    first, last = text[start], text[end - 1]
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before and first.isalnum() and before[-1].isalnum():
        return True
    if after and last.isalnum() and after[0].isalnum():
        return True
    if first.isdigit() and _NUMBER_BEFORE.search(before):
        return True
    return last.isdigit() and bool(_NUMBER_AFTER.match(after) or _SCALE_AFTER.match(text[end : end + 10]))


def _recased(needle: str) -> str:
    """The needle with the case of its first letter turned, where that word cannot be a name; else nothing."""
    word = re.match(r"[A-Za-z]+", needle)
    if not word or word.group().lower() not in _OPENERS or word.group()[1:] != word.group()[1:].lower():
        return ""
    return needle[0].swapcase() + needle[1:]


def _closest(article: Article, spans: Sequence[Span], near: Sequence[Span]) -> Span:
    """Of several places: inside `near`, else in a sentence of `near`, else the least characters away."""
    if not near or len(spans) == 1:
        return spans[0]
    for places in (near, [article.sentence_at(place.start) for place in near]):
        inside = [span for span in spans if any(place.contains(span) for place in places)]
        if inside:
            return inside[0]
    return min(spans, key=lambda span: min(place.distance(span) for place in near))


def _nearest(article: Article, needle: str) -> str:
    """The longest beginning of the needle, in whole words, that stands in the article (binary search)."""
    words = needle.split(" ")
    low, high = 0, len(words) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if any(True for _ in _raw(article, " ".join(words[:middle]))):
            low = middle
        else:
            high = middle - 1
    return " ".join(words[:low])
