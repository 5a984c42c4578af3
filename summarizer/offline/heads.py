"""What a noun phrase is to the lexicon: its head's lemma, with modifiers, with what the article calls it, with classes.

A condition such as ``subj=@leader`` asks for words; a name has none of its own. So a name brings the words that the
article puts beside it ("President Vargas", "Nortek, a software company", "the rapper Mo"), anywhere in the text, and
the class that tables know it by: ``@country`` for countries and their governments, ``@body`` for international ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from summarizer.countries import body_of, government_of, lookup
from summarizer.offline.kinds import kind_of
from summarizer.offline.lexicon import forms_of, head_forms, in_class, office_for
from summarizer.offline.parsed import Parsed, Phrase, Segment
from summarizer.offline.phrases import CALENDAR, case_of, child, children, lemma_of, phrases
from summarizer.offline.wordset import wordset

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMPANY = wordset("inc corp ltd plc llc gmbh ag sa nv group holdings airlines airways motors bank co")
_DESCRIBING = ("nmod:desc", "appos", "compound", "flat")


_PARTITIVES = wordset(
    """dozen hundred thousand score number group team pair majority million half third quarter part most rest series"""
)


class Heads:
    """The heads of an article's phrases as conditions see them."""

    def __init__(self, parsed: Parsed) -> None:
        self._described = _descriptions(parsed)
        self._known: dict[tuple[int, int], frozenset[str]] = {}

    def of(self, phrase: Phrase) -> frozenset[str]:
        """The words and classes of a phrase."""
        return self.of_token(phrase.head)

    def of_token(self, token: Token) -> frozenset[str]:
        """The words and classes of the phrase under a token."""
        key = (id(token.doc), token.i)
        if key not in self._known:
            self._known[key] = frozenset(self._words(token))
        return self._known[key]

    def _words(self, token: Token) -> Iterator[str]:
        lemma = lemma_of(token)
        if token.pos_ == "PRON":
            if token.lower_ in ("he", "she", "him", "her", "i", "me", "who"):
                yield "@person"
            return
        modifiers = modifiers_of(token)
        of = [lemma_of(part) for part in children(token, "nmod") if case_of(part) == "of"]
        yield from head_forms(lemma, modifiers, of)
        if token.i >= 2 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_:
            yield f"{token.nbor(-2).lower_}-{lemma}"  # "start-up" is three tokens
        if token.pos_ in ("NUM", "DET", "ADJ"):
            yield from ("person", "people") if token.pos_ == "NUM" or lemma in ("other", "many", "dozen") else ()
        elif lemma in _PARTITIVES:
            yield from of  # "dozens of protesters" protest
        yield from self._name_words(token)

    def _name_words(self, token: Token) -> Iterator[str]:
        name = name_of(token)
        if token.pos_ == "PROPN" or name[:1].isupper():
            yield name.lower()
            yield from self._described.get(token.text, ())
        for part in _descriptions_of(token):
            yield from head_forms(lemma_of(part), modifiers_of(part))
        if _is_country(token, name):
            yield "@country"
        elif body_of(name) is not None:
            yield "@body"
        elif name.split()[-1].lower().strip(".") in _COMPANY and token.pos_ == "PROPN":
            yield "@company"


def _descriptions_of(token: Token) -> Iterator[Token]:
    """The nouns and titles hung on a name, also one step down: "Prime Minister Kenji Mori" in any bracketing."""
    for part in token.children:
        if part.dep_ not in _DESCRIBING:
            continue
        if part.pos_ == "NOUN" or (part.pos_ == "PROPN" and is_office(lemma_of(part))):
            yield part
        elif part.i < token.i:
            yield from (inner for inner in part.lefts if inner.dep_ in _DESCRIBING and is_office(lemma_of(inner)))


def name_of(token: Token) -> str:
    """A name with its own words only: no article, title or possessive."""
    first = last = token.i
    for part in token.children:
        if part.dep_ in ("compound", "flat", "amod") and part.text[0].isupper():
            first, last = min(first, part.i), max(last, part.i)
    return token.doc[first : last + 1].text


def modifiers_of(token: Token) -> list[str]:
    """The lemmas of a noun's modifiers, and of two that stand together: "peace", "prime", "human right"."""
    found = [lemma_of(part) for part in token.lefts if part.dep_ in ("amod", "compound", "nmod:desc", "nummod", "nmod")]
    if token.i >= 2 and len(found) >= 2:
        found.append(f"{found[-2]} {found[-1]}")
    for part in token.lefts:
        found += [
            lemma_of(inner) for inner in part.lefts if part.dep_ == "compound" and inner.dep_ in ("amod", "compound")
        ]
    return found


def is_somebody(token: Token) -> bool:
    """Whether a phrase's head can be a party to an event: a name, a pronoun, a count, or a noun for people or bodies.

    Things count where kinds of them are known (ships, bridges); acts and abstractions do not.
    """
    if token.pos_ in ("PRON", "NUM") or (token.pos_ == "PROPN" and not token.text[0].islower()):
        return token.lower_ not in _THINGS and token.lower_ not in CALENDAR and not _is_year(token)
    if lookup(token.text) is not None:
        return True
    lemma = lemma_of(token)
    if kind_of(lemma) in ("person", "body", "government", "object") or office_for(lemma) is not None:
        return True
    if lemma in (
        "people",
        "dozen",
        "hundred",
        "thousand",
        "million",
        "number",
        "other",
        "side",
        "nation",
        "country",
        "city",
    ):
        return True
    return token.pos_ == "NOUN" and (is_titular(lemma) or _is_agent(lemma))


def _is_year(token: Token) -> bool:
    return (
        token.pos_ == "NUM" and len(token.text) == 4 and token.text.isdigit() and child(token, "nummod", "nmod") is None
    )


def is_agent(token: Token) -> bool:
    """Whether a phrase's head can meet, agree or fight together with somebody: no thing."""
    if token.pos_ in ("PROPN", "PRON") or lookup(token.text) is not None:
        return is_somebody(token)
    return is_somebody(token) and kind_of(lemma_of(token)) != "object"


_THINGS = wordset("that this what which something nothing everything anything it")


@lru_cache(maxsize=20_000)
def is_titular(lemma: str) -> bool:
    """Whether any class of people or bodies holds the noun."""
    return any(in_class((lemma,), name) for name in _PARTIES)


_PARTIES = tuple(
    f"@{name}"
    for name in wordset(
        """person body official leader territory worker protester armed company team party diplomat migrant prisoner
        court media transport infrastructure building"""
    )
)


def _is_agent(lemma: str) -> bool:
    return (
        len(lemma) > 5
        and lemma.endswith(("er", "or", "ist", "ian", "ant", "eer"))
        and kind_of(lemma) not in ("act", "object")
    )


def party_of(segment: Segment, token: Token) -> tuple[Phrase, ...]:
    """Who stands behind an act in a role: "a U.S. request", "calls by Annan", "the court's ruling"; nobody: ()."""
    for part in token.children:
        if part.dep_ == "nmod:poss" and is_somebody(part):
            return phrases(segment, part)
    for part in token.children:
        if part.dep_ in ("nmod", "obl:agent") and case_of(part) in ("by", "from", "of") and is_somebody(part):
            return phrases(segment, part)
    found = [
        part for part in token.lefts if part.dep_ in ("amod", "compound", "nmod") and lookup(part.text) is not None
    ]
    return tuple(Phrase(segment, part, (part.i,)) for part in found)


def is_office(lemma: str) -> bool:
    """Whether a noun is a title that goes before a name."""
    return lemma in _titles()


@cache
def _titles() -> frozenset[str]:
    return forms_of("title")


def _is_country(token: Token, name: str) -> bool:
    match = lookup(name) or lookup(token.text)
    if match is not None:
        return match.kind in ("name", "capital", "metonym") or (match.kind == "demonym" and token.pos_ != "ADJ")
    if lemma_of(token) in (
        "government",
        "authority",
        "official",
        "administration",
        "cabinet",
        "leadership",
        "regime",
        "junta",
    ):
        owner = [part for part in token.lefts if part.dep_ in ("amod", "compound", "nmod:poss")]
        return not owner or any(lookup(part.text) is not None for part in owner) or government_of(name) is not None
    return False


def _descriptions(parsed: Parsed) -> dict[str, frozenset[str]]:
    """Name's head word → the nouns that the article puts beside it, with their modifiers."""
    found: dict[str, set[str]] = defaultdict(set)
    for segment in parsed.segments:
        for token in segment.doc:
            if token.pos_ != "PROPN":
                continue
            for noun in _beside(token):
                if noun.pos_ == "NOUN" or office_for(lemma_of(noun)) is not None:
                    words = head_forms(lemma_of(noun), modifiers_of(noun))
                    for part in (token, *(other for other in token.children if other.dep_ == "flat")):
                        found[part.text] |= words
    return {name: frozenset(words) for name, words in found.items()}


def _beside(name: Token) -> Iterator[Token]:
    """The nouns in apposition to a name, either way round, titles and predicates ("Nortek is a software company")."""
    for part in name.children:
        if part.dep_ in ("appos", "nmod:desc") or (part.dep_ == "compound" and part.pos_ == "NOUN"):
            yield part
    if name.dep_ in ("appos", "flat"):
        yield name.head
    if name.dep_ == "nsubj" and name.head.pos_ == "NOUN" and children(name.head, "cop"):
        yield name.head
