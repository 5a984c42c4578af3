"""What words refer back to: pronouns and "the company" stand for somebody named shortly before.

Subjects come before others and near before far, as centering has it (Grosz, Joshi & Weinstein 1995, "Centering"):
in the same sentence, then the one before, no further than the paragraph before. What finds nobody stays unknown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summarizer.offline.cards import Card, Cards
from summarizer.offline.kinds import kind_of, noun_of
from summarizer.offline.parsed import Parsed, Segment
from summarizer.offline.phrases import lemma_of
from summarizer.offline.stance import is_speech

if TYPE_CHECKING:
    from spacy.tokens import Token

_PERSONAL = frozenset({"he", "she", "him", "her", "his", "who", "himself", "herself"})
_NEUTER = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "themselves"})
_BACK = 4  # sentences that a pronoun looks back over
_REACH = 60  # mentions that a definite description looks back over


@dataclass(eq=False)
class _Sentence:
    """One sentence outside quotations, with who is named in it: token, card, and whether it is a subject."""

    segment: Segment
    first: int
    last: int
    order: int
    paragraph: int
    subjects: list[Token] = field(default_factory=list)
    named: list[tuple[int, Card]] = field(default_factory=list)


class Mentions:
    """The mentions of an article in text order; made once, looked up in constant or logarithmic time."""

    def __init__(self, parsed: Parsed, cards: Cards, card_of: Callable[[Segment, Token], Card | None]) -> None:
        self._cards = cards
        self._card_of = card_of
        self._sentences = list(_sentences(parsed, cards))
        self._of_token = {
            (id(sentence.segment), at): sentence
            for sentence in self._sentences
            for at in range(sentence.first, sentence.last + 1)
        }
        order = {id(segment): at for at, segment in enumerate(parsed.segments)}
        self._order = order
        named = [(order[segment], token, card) for (segment, token), card in cards.at.items()]
        self._named = sorted(named, key=lambda item: item[:2])
        self._keys = [item[:2] for item in self._named]
        self._nouns = _nouns(parsed)
        self._noun_keys = {noun: [key for key, _, _ in places] for noun, places in self._nouns.items()}

    # --- definite descriptions ---

    def latest(self, segment: Segment, head: Token, fits: Callable[[Card], bool], reach: int = _REACH) -> Card | None:
        """The last entity named before a token that fits."""
        at = bisect_left(self._keys, (self._order[id(segment)], head.i)) - 1
        for _, _, card in reversed(self._named[max(0, at - reach + 1) : at + 1]):
            if fits(card):
                return card
        return None

    def foremost(self, segment: Segment, head: Token, fits: Callable[[Card], bool]) -> Card | None:
        """Of the entities that fit and were named before a token, the one named most."""
        order = self._order[id(segment)]
        known = [card for card in self._cards.cards if card.names and fits(card)]
        before = [card for card in known if self._order[id(card.names[0].segment)] <= order]
        return max(before, key=lambda card: len(card.names), default=None)

    def earlier_noun(self, segment: Segment, head: Token, noun: str) -> tuple[Segment, Token] | None:
        """The last phrase before with the same noun: "nine diplomats" for "the diplomats"."""
        at = bisect_left(self._noun_keys.get(noun, []), (self._order[id(segment)], head.i)) - 1
        return self._nouns[noun][at][1:] if at >= 0 else None

    # --- pronouns ---

    def pronoun(self, segment: Segment, token: Token) -> Card | None:
        """Whom a third-person pronoun stands for; None for other pronouns, empty "it" and inside quotations."""
        word = token.lower_
        sentence = self._of_token.get((id(segment), token.i))
        if sentence is None or token.dep_ == "expl" or (word in _NEUTER and _is_identified(token)):
            return None
        if word in _PERSONAL:
            return self._personal(sentence, token)
        if word in _NEUTER:
            return self._by_subject(sentence, token, lambda card, _: card.kind in ("organization", "country"))
        if word in _PLURAL:
            return self._by_subject(sentence, token, _is_many)
        return None

    def _personal(self, sentence: _Sentence, token: Token) -> Card | None:
        tag = _tells(token)  # "X would return, he said": he is not X
        for earlier in self._back(sentence):
            if tag and earlier is sentence:
                continue
            limit = token.i if earlier is sentence else earlier.last + 1
            subjects = [head for head in earlier.subjects if head.i < limit]
            if earlier is sentence:
                subjects.reverse()
            for head in subjects:
                card = self._card_of(earlier.segment, head)
                if card is not None and card.kind == "person":
                    return card
            for at, card in reversed(earlier.named):
                if at < limit and card.kind == "person":
                    return card
        return None

    def _by_subject(self, sentence: _Sentence, token: Token, fits: Callable[[Card, Token], bool]) -> Card | None:
        """The first fitting subject, nearest sentence first; nobody where a thing's noun stands there before it."""
        plural = token.lower_ in _PLURAL
        for earlier in self._back(sentence):
            if earlier is sentence:
                near = self._nearest_subject(sentence, token, fits)
                if near is not None:
                    return near
                continue
            for head in earlier.subjects:
                if _tells(head):
                    continue  # "…, the agency said": whoever tells it is not what it is about
                card = self._card_of(earlier.segment, head)
                if card is not None and fits(card, head):
                    return card
                if card is None and head.pos_ == "NOUN" and (head.tag_ == "NNS") == plural:
                    return None
        return None

    def _nearest_subject(self, sentence: _Sentence, token: Token, fits: Callable[[Card, Token], bool]) -> Card | None:
        """The last fitting subject before a pronoun in its own sentence."""
        for head in reversed([head for head in sentence.subjects if head.i < token.i]):
            card = self._card_of(sentence.segment, head)
            if card is not None and fits(card, head):
                return card
        return None

    def _back(self, sentence: _Sentence) -> Iterator[_Sentence]:
        """The sentence and those before it, as far as the paragraph before."""
        for order in range(sentence.order, max(-1, sentence.order - _BACK), -1):
            earlier = self._sentences[order]
            if sentence.paragraph - earlier.paragraph > 1:
                return
            yield earlier


def _is_identified(token: Token) -> bool:
    """Whether "it" is what a copula says something of: "It was the third veto"; that is no entity spoken of before."""
    predicate = token.head
    return predicate.pos_ in ("NOUN", "PROPN", "NUM") and any(part.dep_ == "cop" for part in predicate.children)


def _tells(subject: Token) -> bool:
    """Whether a subject is that of a tag at a sentence's end: "…, the agency said"."""
    verb = subject.head
    if not is_speech(lemma_of(verb)) or verb.i < subject.i:
        return False
    told = next((part for part in verb.lefts if part.dep_ == "ccomp"), None)
    return told is not None or verb.dep_ == "parataxis"


def _is_many(card: Card, head: Token) -> bool:
    return card.kind in ("group", "organization") or head.tag_ in ("NNS", "NNPS")


def _sentences(parsed: Parsed, cards: Cards) -> Iterator[_Sentence]:
    order = 0
    for paragraph, segment in enumerate(s for s in parsed.segments if s.kind == "prose"):
        for sent in segment.doc.sents:
            sentence = _Sentence(segment, sent.start, sent.end - 1, order, paragraph)
            sentence.subjects = [
                token for token in sent if token.dep_ in ("nsubj", "nsubj:pass") and token.pos_ != "PRON"
            ]
            seen = [(at, cards.at.get((id(segment), at))) for at in range(sent.start, sent.end)]
            sentence.named = [(at, card) for at, card in seen if card is not None]
            yield sentence
            order += 1


def _nouns(parsed: Parsed) -> dict[str, list[tuple[tuple[int, int], Segment, Token]]]:
    """For each noun for persons, the places of its plural with a number or without an article."""
    found: dict[str, list[tuple[tuple[int, int], Segment, Token]]] = defaultdict(list)
    for order, segment in enumerate(parsed.segments):
        for token in segment.doc:
            if token.tag_ not in ("NNS", "NNPS"):
                continue
            noun = noun_of(token)
            known = any(word.lower_ in ("the", "these", "those", "their", "its") for word in token.lefts)
            counted = any(word.dep_ == "nummod" for word in token.lefts)
            if kind_of(noun) == "person" and (counted or not known):
                found[noun].append(((order, token.i), segment, token))
    return found
