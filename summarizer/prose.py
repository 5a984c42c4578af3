"""Is a sentence of ours faithful? Its numbers and its names must be the article's.

Prose cannot be checked word for word; but the errors that do harm (a wrong figure, a name from memory) can. Every
number must stand in the article, in digits or words; every capitalised word inside a sentence must be a word of the
article, or a country, nationality or acronym that the article spells otherwise.
"""

from __future__ import annotations

import re

from summarizer.article import Article
from summarizer.countries import lookup
from summarizer.figures import numbers_in
from summarizer.folding import fold, words_of

_ALWAYS_SAID = frozenset({1.0})  # "one of them", "the first": words before they are numbers
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\")]* |')['\"(]*([^\W_]+)")
_CAPITALISED = re.compile(r"[A-Z]")


def ungrounded(text: str, article: Article) -> tuple[str, ...]:
    """The numbers and names in `text` that the article does not hold, in order of finding; empty if faithful.

    >>> article = Article.from_text("Kenya's central bank raised its rate by two points on Tuesday.")
    >>> ungrounded("The Kenyan bank raised rates by 2 points on Tuesday.", article)
    ()
    >>> ungrounded("The bank raised rates by 3 points, Governor Otieno said.", article)
    ('3', 'Governor', 'Otieno')
    """
    numbers = numbers_in(text) - article.numbers - _ALWAYS_SAID
    return (*(f"{number:g}" for number in sorted(numbers)), *_strange_names(text, article))


def _strange_names(text: str, article: Article) -> list[str]:
    folded = fold(text).text
    opening = {match.group(1) for match in _SENTENCE_START.finditer(folded)}
    names = [word for word in words_of(folded) if _CAPITALISED.match(word) and word not in opening]
    return [name for name in dict.fromkeys(names) if not _known(name, article)]


def _known(name: str, article: Article) -> bool:
    if name in article.words or name.replace(".", "") in article.acronyms:
        return True
    if not name.isupper() and name.lower() in article.lower_words:
        return True
    country = lookup(name)
    return country is not None and country.code in article.countries
