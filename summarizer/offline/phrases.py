"""Noun phrases over a UD tree: trimmed spans, coordination taken apart, the words of a head.

A phrase keeps what names or counts its head (determiners, adjectives, numbers, compounds, possessors, "of …") and
leaves out what only adds to it: relative and participial clauses, appositive tails, parentheses, where and when. Short
spans are what SCHEMA.md asks of names, and over-long phrases were the trial's most frequent mistake.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from summarizer.countries import lookup
from summarizer.offline.lemmas import lemma, shipped_table
from summarizer.offline.parsed import Phrase, Segment
from summarizer.offline.tree import event_verbs
from summarizer.offline.wordset import wordset

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
_NAMING = frozenset({"det", "amod", "nummod", "compound", "flat", "fixed", "goeswith", "nmod:poss", "nmod:desc",
                     "det:predet", "flat:foreign", "flat:name", "nmod:unmarked", "cc:preconj"})  # fmt: skip
CALENDAR = wordset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december today yesterday tomorrow tonight week month year morning afternoon evening night"""
)
_NAME_LINKS = frozenset({"for", "against", "without"})  # inside names: "Doctors Without Borders"


@lru_cache(maxsize=20_000)
def _lemma(form: str, upos: str) -> str:
    found = lemma(form, upos).lower()
    if upos == "VERB" and found not in event_verbs() and not shipped_table().knows(upos, found):
        shorter = _without_ending(form.lower())  # the rules may miss a verb that only the lexicon knows
        return next((other for other in shorter if other in event_verbs()), found)
    return found


def _without_ending(form: str) -> tuple[str, ...]:
    if form.endswith("ed"):
        return form[:-1], form[:-2]
    return (form[:-3], form[:-3] + "e") if form.endswith("ing") else ()


def lemma_of(token: Token) -> str:
    """The dictionary form of a token in lower case, by the table rather than by a trained guess.

    An auxiliary keeps its own part of speech; a participle tagged as an adjective gives its own form.
    """
    if " " in token.text:  # a foreign phrase that is one token
        return token.lower_.replace("’", "'")
    return _lemma(token.text, token.pos_)


def children(token: Token, *relations: str) -> list[Token]:
    """A token's dependents with one of these relations, in order."""
    return [child for child in token.children if child.dep_ in relations]


def child(token: Token, *relations: str) -> Token | None:
    """The first dependent with one of these relations."""
    return next((child for child in token.children if child.dep_ in relations), None)


def case_of(token: Token) -> str:
    """The preposition of a nominal in lower case, all its words: "according to", "because of"; "" without one.

    The possessive ending is no preposition.
    """
    words: list[str] = []
    for marker in children(token, "case"):
        if marker.tag_ == "POS" or marker.i > token.i:
            continue
        words += [word.lower_ for word in (marker, *children(marker, "fixed", "goeswith"))]
    return " ".join(words)


def phrase(segment: Segment, head: Token) -> Phrase:
    """The trimmed phrase of one head, without what is coordinated with it."""
    first, last = _bounds(head)
    while (
        first < head.i
        and (head.doc[first].dep_ == "case" or head.doc[first].is_punct)
        and not head.doc[first].is_currency
    ):
        first += 1
    return Phrase(segment, head, tuple(range(first, last + 1)))


def phrases(segment: Segment, head: Token) -> tuple[Phrase, ...]:
    """The phrase of a head and of each head coordinated with it: "Ghana, Togo and Benin" are three.

    A coordination that is one name ("Bosnia and Herzegovina", "Johnson & Johnson") is one phrase.
    """
    if _is_one_name(head):
        last = max(_bounds(other)[1] for other in coordinated(head))
        return (Phrase(segment, head, tuple(range(_bounds(head)[0], last + 1))),)
    return tuple(phrase(segment, other) for other in coordinated(head))


def coordinated(head: Token) -> list[Token]:
    """The head and the nominals coordinated with it, in order, chains included."""
    found = [head]
    for other in children(head, "conj"):
        if any(joint.lower_ in ("but", "not") for joint in children(other, "cc")):
            continue
        is_age = other.pos_ == "NUM" and head.pos_ == "PROPN"
        owner = other.tag_ == "PRP$"
        if (other.pos_ in NOMINAL or other.pos_ in ("ADJ", "DET")) and not is_age and not owner:
            found += coordinated(other)
    return found


def _is_one_name(head: Token) -> bool:
    parts = children(head, "conj")
    if len(parts) != 1 or head.pos_ != "PROPN" or parts[0].pos_ != "PROPN":
        return False
    joint = next((joint for joint in parts[0].children if joint.dep_ == "cc"), None)
    if joint is None:
        return False
    first, last = _bounds(head)[0], _bounds(parts[0])[1]
    if joint.text == "&" or lookup(head.doc[first : last + 1].text) is not None:
        return True
    return parts[0].text in _BODY_WORDS and lookup(head.text) is None and child(parts[0], "det") is None


_BODY_WORDS = wordset(
    """Administration Agency Authority Bureau Commission Committee Council Department Ministry Office Organization
    Organisation Services Service Centre Center Federation Institute Association Fund Bank Board"""
)  # "Food and Drug Administration"


def _bounds(head: Token) -> tuple[int, int]:
    """The first and last token of the trimmed phrase."""
    first = last = head.i
    for left in reversed(list(head.lefts)):
        if _belongs(left, head):
            first = min(first, left.left_edge.i)
    for right in head.rights:
        if right.dep_ == "punct" and right.text in ("-", "–", "/", "’", "'"):
            continue
        if not _belongs(right, head):
            break
        last = max(last, _bounds(right)[1])
    return first, _past_hyphen(head, last)


def _past_hyphen(head: Token, last: int) -> int:
    """As in "Jean-Bertrand Aristide", which the parser may cut in two at the hyphen."""
    doc = head.doc
    while head.pos_ == "PROPN" and last + 2 < len(doc) and doc[last + 1].text in "-–" and not doc[last].whitespace_:
        if doc[last + 2].pos_ != "PROPN" or doc[last + 1].whitespace_:
            break
        last += 2
        while last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN" and doc[last + 1].dep_ in ("flat", "compound"):
            last += 1
    return last


def _belongs(part: Token, head: Token) -> bool:
    """Whether a dependent is part of what names or counts the head."""
    relation = part.dep_
    if part.lower_ in CALENDAR and (part.i > head.i or relation == "nmod:unmarked"):
        return False
    if part.pos_ == "NUM" and part.i > head.i and part.i + 1 < len(part.doc) and part.nbor(1).text in "-–":
        return False  # "beat Napoli 3-1"
    if relation in _NAMING:
        return (relation != "nmod:unmarked" or part.i < head.i) and part.lower_ != "whose"
    if part.pos_ == head.pos_ == "PROPN" and part.i == head.i + 1 and relation in ("advmod", "amod", "dep"):
        return True  # a surname that the parser did not know for one
    if relation == "nmod":
        preposition = case_of(part)
        if head.pos_ == "PRON" and head.lower_ in _DEFINITE:
            return False
        naming = preposition in _NAME_LINKS and head.pos_ == part.pos_ == "PROPN" and part.i > head.i
        return preposition == "of" or naming
    if relation == "appos":  # "the rapper Stormzy"; a tail after a comma only adds
        return part.i > head.i and part.left_edge.i == head.i + 1 and part.pos_ == "PROPN"
    if relation == "advmod":  # "about 40 people", "more than 40"
        return part.i < head.i and head.pos_ in ("NUM", "NOUN")
    return False


_DEFINITE = wordset("i me we us you he him she her it they them who whom which that this")


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for ("pilots" for who in "the pilots who struck"); else the token."""
    if token.lower_ not in RELATIVE or token.pos_ not in ("PRON", "DET", "SCONJ"):
        return token
    for ancestor in token.ancestors:
        if ancestor.dep_ == "acl:relcl":
            return ancestor.head
    return token
