"""An article: its text as read, and what is known of it. Text is never moved; litter and suspicion are marks on it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from summarizer.countries import find_countries
from summarizer.errors import InputError
from summarizer.figures import numbers_in
from summarizer.folding import Folded, acronyms_of, fold, words_of
from summarizer.litter import find_litter
from summarizer.quotations import Quotation, find_quotations
from summarizer.segments import find_paragraphs, find_sentences
from summarizer.spans import Span
from summarizer.suspicion import find_injections


@dataclass(frozen=True)
class Article:
    r"""One article. Offsets everywhere are into `text`: decoded, with newlines as "\n", otherwise untouched.

    `published` is what the caller or the page said, never a guess. `litter` (navigation, bylines, teasers) and
    `injections` (sentences that address the reader's software) are spans that no fact may rest on.
    """

    text: str
    id: str | None = None
    title: str | None = None
    published: date | None = None
    source: str | None = None
    litter: tuple[Span, ...] = field(default=(), repr=False)
    injections: tuple[Span, ...] = field(default=(), repr=False)

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str | None = None,
        title: str | None = None,
        published: date | None = None,
        source: str | None = None,
    ) -> Article:
        r"""Make an article of a text: newlines normalised, a title put first where the text lacks it, marks found.

        Raises InputError if the text holds no letter or digit.

        >>> Article.from_text("The bank failed.\r\nMost Read\r\nTen tips", title="Bank fails").text
        'Bank fails\n\nThe bank failed.\nMost Read\nTen tips'
        """
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        if not any(character.isalnum() for character in text):
            raise InputError("the article is empty", "give a text with at least one sentence", source=source)
        if title and title.strip() and not text.lstrip().startswith(title.strip()):
            text = f"{title.strip()}\n\n{text}"
        litter = tuple(find_litter(text))
        return cls(text, id, title, published, source, litter, tuple(find_injections(text)))

    @cached_property
    def sha256(self) -> str:
        """The text's fingerprint: SHA-256 of its UTF-8 bytes, in hex."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def folded(self) -> Folded:
        """The text with its typography flattened, for finding words in it."""
        return fold(self.text)

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Every number the text holds, in digits or in words, dates and ordinals included."""
        return numbers_in(self.text)

    @cached_property
    def countries(self) -> frozenset[str]:
        """ISO 3166-1 alpha-3 codes of the countries that the text names in any way."""
        return frozenset(match.code for _, _, match in find_countries(self.text))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the folded text, as written, without possessive endings."""
        return frozenset(words_of(self.folded.text))

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """The words in lower case, for looking past capitals of headlines and sentence beginnings."""
        return frozenset(word.lower() for word in self.words)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Initials of every run of capitalised words ("African Union": AU), and the acronyms the text writes."""
        return frozenset(acronyms_of(self.folded.text))

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Paragraphs in order, without the white space between them; litter included."""
        return tuple(find_paragraphs(self.text))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences in order, none across paragraphs; a headline without a full stop is one."""
        return tuple(find_sentences(self.text))

    def sentence_at(self, offset: int) -> Span:
        """The sentence that covers a character; an empty span there if none does."""
        at = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1
        if at >= 0 and offset < self.sentences[at].end:
            return self.sentences[at]
        return Span(offset, offset)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """Everything in quotation marks, outermost only, in order."""
        return tuple(find_quotations(self.text))
