"""Capitals that say nothing: lines set in capitals and headlines in title case, recast as running text for the parser.

The length never changes, so offsets stay true. What stays capitalised: the first word, what the article's running text
capitalises inside its sentences, countries and nationalities, and words that the parser's dictionary does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from summarizer.article import Article
from summarizer.countries import find_countries
from summarizer.offline.lemmas import lemma, regular, shipped_table
from summarizer.offline.tree import event_nouns, event_verbs
from summarizer.offline.wordset import wordset

_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*(?:(?<=\.[^\W\d_])\.)?")
_SHOUTED = 0.7  # of a text's letters in capitals: it is set in capitals
_TITLED = 0.7  # of a headline's longer words with a capital: it is set in title case
_SENTENCE_START = re.compile(r"(?:^|(?<!\.[^\W\d_])[.!?:][\"'”’)]*\s+)[\"'“‘(]*\Z")
_CALENDAR = wordset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december"""
)


def is_shouted(text: str) -> bool:
    """Whether a text is set in capitals.

    >>> is_shouted("BANK FAILS, 300 JOBS GO"), is_shouted("UN and EU meet in Rome")
    (True, False)
    """
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return len(letters) >= 8 and capitals > _SHOUTED * len(letters) and text.count(" ") >= 1


def is_titled(text: str) -> bool:
    """Whether nearly every longer word has a capital.

    >>> is_titled("Bank Fails as Savers Queue"), is_titled("Bank of Kenya raises rates")
    (True, False)
    """
    words = [word for word in _WORD.findall(text) if len(word) > 3]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) > _TITLED * len(words)


_FUNCTION_WORDS = wordset(
    """a about above across after against all along also am among an and any are as at away back be because been before
    being below between both but by can could did do does down during each either else even ever every few for from
    had has have having he her here hers him his how i if in into is it its just least less may me might mine more
    most much must my near neither never no none nor not now of off on once one only onto or other our out over own
    per shall she should since so some such than that the their them then there these they this those though through
    throughout thus till to together too toward towards under unless until up upon us very was we were what when
    where whether which while who whom whose why will with within without would yes yet you your first second third
    two three four five six seven eight nine ten dozen dozens hundred hundreds thousand thousands million billion
    percent"""
) - {"us", "may", "i"}
_COMMON_ENDINGS = ("tion", "tions", "sion", "ment", "ments", "ness", "ingly", "ively", "ities", "ed", "ists")


class Casing:
    """Recases the lines of one article, by what its running text capitalises."""

    def __init__(self, article: Article) -> None:
        self._article = article

    def recased(self, text: str, *, headline: bool) -> str:
        """The text in sentence case if it was set in capitals, or is a headline in title case; else as it is."""
        if is_shouted(text):
            return self._lowered(text, shouted=True)
        if headline and is_titled(text):
            return self._lowered(text, shouted=False)
        return text

    @cached_property
    def _running(self) -> tuple[frozenset[str], frozenset[str]]:
        """The lower-case words of the article's running text, and those it capitalises inside sentences."""
        plain: set[str] = set()
        proper: set[str] = set()
        for line in self._article.text.splitlines():
            if is_shouted(line) or is_titled(line):
                continue
            opening = True
            for match in _WORD.finditer(line):
                word = match.group().rstrip(".")
                if word[0].islower():
                    plain.add(word)
                elif not opening:
                    proper.add(word)
                opening = line[match.end() - 1 : match.end() + 1] in (". ", "! ", "? ")
        return frozenset(plain), frozenset(proper)

    def _lowered(self, text: str, *, shouted: bool) -> str:
        plain, proper = self._running
        known = {word.lower(): word for word in proper}
        places = dict(_country_letters(_titled(text) if shouted else text))
        pieces: list[str] = []
        at = 0
        for match in _WORD.finditer(text):
            word = match.group()
            after_apostrophe = (
                match.start() > 1 and text[match.start() - 1] in "'’" and text[match.start() - 2].isalpha()
            )
            new = places.get(match.start()) or self._word(word, plain, known, shouted=shouted)
            if shouted and _in_hyphenated_name(text, match):
                new = word.capitalize()
            if after_apostrophe:
                new = word.lower()
            elif _SENTENCE_START.search(text, max(0, match.start() - 8), match.start()):
                new = new[0].upper() + new[1:]
            pieces += [text[at : match.start()], new if len(new) == len(word) else word]
            at = match.end()
        return "".join((*pieces, text[at:]))

    def _word(self, word: str, plain: frozenset[str], known: dict[str, str], *, shouted: bool) -> str:
        lower = word.lower()
        if lower in known and lower not in plain:
            return known[lower]
        if "." in word or (not shouted and (word[0].islower() or word[1:] != word[1:].lower())):
            return word
        if lower in _CALENDAR - {"may", "march"}:
            return word.capitalize()
        if lower in plain or is_common(lower):
            return lower
        return word.capitalize() if shouted and len(word) > 3 else word


def _in_hyphenated_name(text: str, match: re.Match[str]) -> bool:
    """Whether a word and the one it is joined to are hardly both words: "SUNG-MIN"."""
    start, end = match.span()
    after = _WORD.match(text, end + 1) if text[end : end + 1] == "-" else None
    before = next(iter(_BEFORE_HYPHEN.findall(text[max(0, start - 30) : start])), None)
    other = after.group() if after else before
    return other is not None and not (is_common(other.lower()) and is_common(match.group().lower()))


_BEFORE_HYPHEN = re.compile(r"([^\W\d_]+)-\Z")


def _titled(text: str) -> str:
    """Each word with a capital and the rest small, at the same length: names of countries are found in that."""
    return _WORD.sub(lambda match: _same_length(match.group(), match.group().capitalize()), text)


def _same_length(old: str, new: str) -> str:
    return new if len(new) == len(old) and "." not in old[:-1] else old


def _country_letters(text: str) -> Iterator[tuple[int, str]]:
    """Each word of a country's or nationality's name in the text, by its place, as running text would write it."""
    for start, end, _ in find_countries(text):
        for word in _WORD.finditer(text, start, end):
            small = word.group().lower() in _FUNCTION_WORDS
            yield word.start(), word.group().lower() if small else word.group()


@lru_cache(maxsize=20_000)
def is_common(word: str) -> bool:
    """Whether the parser's dictionary knows the word as anything but a name, or its ending makes it none."""
    if word in _FUNCTION_WORDS or (len(word) > 7 and word.endswith(_COMMON_ENDINGS)):
        return True
    table = shipped_table()
    if lemma(word, "VERB") in event_verbs() or lemma(word, "NOUN") in event_nouns():
        return True
    return any(
        table.knows(upos, regular(word, upos, table)) or word in table.exceptions.get(upos, ())
        for upos in ("VERB", "NOUN", "ADJ", "ADV")
    )
