"""When, where, how many, why and in answer to what: what hangs on a clause beside its roles.

Everything is found as a span of the article. The tree says what a phrase hangs on; where the parser's attachment is
known to be weak (an adverbial behind two verbs), the nearest clause in the same sentence gets it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.article import Article
from summarizer.countries import lookup
from summarizer.dates import find_dates, resolve
from summarizer.offline.clauses import Clause, governor_of, is_infinitive, surface_subject
from summarizer.offline.parsed import Phrase, Segment
from summarizer.offline.phrases import case_of, child, children, lemma_of, phrase, phrases
from summarizer.offline.wordset import wordset
from summarizer.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


# --- times ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Time:
    """A time expression in a segment: its place in the article, its first and last token, its bound ("by", "from")."""

    span: Span
    first: int
    last: int
    bound: str
    head: Token

    @property
    def past(self) -> bool:
        """Whether the words themselves look back ("since 2014")."""
        return self.head.doc[self.first].lower_ == "since"


_PARTICLES = wordset("in up out off down over away")  # "sworn in on Friday": the first is the verb's
_TIME_CASES = wordset("on in by at from until since before after during last next early late")


class Times:
    """The time expressions of an article, found once, given out by segment."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self._spans = [Span(*found) for found in find_dates(article.text)]
        self._starts = [span.start for span in self._spans]

    def within(self, segment: Segment) -> list[Time]:
        """The times whose characters the segment holds, in order."""
        if not len(segment.doc):
            return []
        whole = segment.span(0, len(segment.doc) - 1)
        at = bisect_left(self._starts, whole.start)
        found: list[Time] = []
        places = {segment.offsets[token.idx]: token.i for token in segment.doc}
        while at < len(self._spans) and self._spans[at].end <= whole.end:
            time = self._placed(segment, places, self._spans[at])
            if time is not None:
                found.append(time)
            at += 1
        return found

    def _placed(self, segment: Segment, places: dict[int, int], span: Span) -> Time | None:
        first = places.get(span.start)
        if first is None:
            return None
        last = first
        while last + 1 < len(segment.doc) and segment.offsets[segment.doc[last + 1].idx] < span.end:
            last += 1
        if first < last and segment.doc[first].lower_ in _PARTICLES and segment.doc[first + 1].lower_ in _TIME_CASES:
            first += 1
            span = Span(segment.offsets[segment.doc[first].idx], span.end)
        inside = segment.doc[first : last + 1]
        if inside[0].lower_ == "for" and any(token.like_num for token in inside[1:3]):
            return None  # "for four years" is how long, not when
        bound = resolve(span.of(self._text), None).bound
        return Time(span, first, last, bound, inside.root)


# --- places -----------------------------------------------------------------------------------------------------------

_AT_PLACE = wordset("in at near off outside inside across throughout around within over along into through")
_KEEPS = frozenset({"near", "off"})
_NO_PLACES = wordset("prison jail custody court response retaliation favour favor")
_PLACE_NOUNS = wordset(
    """airport area base beach border bridge building camp capital centre center church city coast country county court
    district embassy factory field hall harbour harbor headquarters highway hospital hotel house island lake market
    mine mosque mountain museum neighborhood neighbourhood north south east west office palace park plant port
    prison province region river road school sea shop shore site square stadium state station street strip suburb
    temple town university valley village warehouse waters zone depot refinery shipyard"""
)


def place_of(clause: Clause, times: Sequence[Time]) -> Phrase | None:
    """Where a clause took place: its own adverbial first, then one on its object or subject."""
    own = [head for head in clause.head.children if _is_place(head, times)]
    if clause.support is not None:
        own += [head for head in clause.support.children if _is_place(head, times)]
    if own:
        return _place_phrase(clause.segment, own[0])
    for part in (*clause.object, *clause.subject):
        inner = [head for head in part.head.children if head.dep_ == "nmod" and _is_place(head, times)]
        if inner and part.head.pos_ == "NOUN":
            return _place_phrase(clause.segment, inner[0])
    return None


def _is_place(head: Token, times: Sequence[Time]) -> bool:
    if head.pos_ == "PROPN" and head.text[0].islower():
        return False
    if head.dep_ not in ("obl", "nmod") or case_of(head) not in _AT_PLACE:
        return False
    if any(time.first <= head.i <= time.last for time in times):
        return False
    if lemma_of(head) in _NO_PLACES:
        return False
    if case_of(head) in ("over", "within", "around", "into", "through") and lookup(head.text) is None:
        return False
    return head.pos_ == "PROPN" or lookup(head.text) is not None or lemma_of(head) in _PLACE_NOUNS


def _place_phrase(segment: Segment, head: Token) -> Phrase:
    parts = phrases(segment, head)
    found = Phrase(
        segment, head, tuple(range(parts[0].tokens[0], parts[-1].tokens[-1] + 1))
    )  # "in X and Y" is one place
    if case_of(head) in _KEEPS:
        first = next(part.i for part in children(head, "case"))
        return Phrase(segment, head, tuple(range(first, found.tokens[-1] + 1)))
    return found


# --- reasons and links ------------------------------------------------------------------------------------------------

_BECAUSE = frozenset(
    {"because", "because of", "due to", "owing to", "over", "for", "amid", "citing", "on suspicion of"}
)
_RETALIATION = {
    "retaliation": ["for", "to", "against"], "response": ["to"], "reprisal": ["for"], "revenge": ["for"],
    "punishment": ["for"], "reaction": ["to"], "answer": ["to"], "return": ["for"], "tit-for-tat": ["for"],
}  # fmt: skip
_CAUSED = frozenset({"because of", "due to", "owing to", "over", "for", "after", "following", "in the wake of", "from"})
_CITING = wordset("cite blame accuse allege invoke quote")


@dataclass(frozen=True)
class Cause:
    """Why a clause happened, as the article puts it; `relation` if its words make a link to the event `token` tells."""

    span: Span | None
    relation: str | None = None
    token: Token | None = None


def causes(clause: Clause) -> Iterator[Cause]:
    """The reasons and link cues of a clause, the closest first."""
    heads = [clause.head] if clause.support is None else [clause.head, clause.support]
    heads += [part for part in clause.head.children if part.dep_ == "xcomp"]
    for head in heads:
        for part in head.children:
            if head.dep_ != "xcomp" or (part.dep_ == "advcl" and governor_of(part).i == clause.head.i):
                yield from _cause(clause, part)
    yield from _answers(clause)
    if lemma_of(clause.head) in _CHARGING:  # "jailed Marrow for fraud", with the fraud hung on Marrow
        rights = (other for done_to in clause.object for other in done_to.head.rights)
        yield from (cause for other in rights for cause in _cause(clause, other) if cause.relation is None)


def _answers(clause: Clause) -> Iterator[Cause]:
    """As in "in response to …" hung on some noun of the clause: it is the act that answers."""
    for token in clause.head.subtree:
        if is_answer(token) and token.head.i != clause.head.i and _verb_above(token).i == clause.head.i:
            yield from _of_oblique(clause, token)


def _verb_above(token: Token) -> Token:
    return next((ancestor for ancestor in token.ancestors if ancestor.pos_ == "VERB"), token)


def is_answer(token: Token) -> bool:
    """Whether a noun says that an act answers another: "in response", "as punishment"."""
    return token.dep_ in ("nmod", "obl") and lemma_of(token) in _RETALIATION and case_of(token) in ("in", "as")


def _cause(clause: Clause, part: Token) -> Iterator[Cause]:
    if part.dep_ in ("obl", "nmod"):
        yield from _of_oblique(clause, part)
    elif part.dep_ == "advcl" or (part.dep_ == "acl" and part.tag_ == "VBG"):
        yield from _of_clause(clause, part)


def _of_oblique(clause: Clause, part: Token) -> Iterator[Cause]:
    preposition, lemma = case_of(part), lemma_of(part)
    if preposition == "for" and lemma_of(clause.head) in _CHARGING and part.pos_ == "NOUN" and lemma not in _TERMS:
        yield Cause(_reason_span(clause.segment, part))
        return
    if lemma_of(clause.head) in ("march", "protest", "demonstrate", "rally", "strike") and _is_grievance(part):
        yield Cause(_reason_span(clause.segment, part))
        return
    if is_answer(part):
        inner = [other for other in part.children if other.dep_ in ("nmod", "obl", "acl", "advcl")]
        inner += [other for other in part.head.rights if other.left_edge.i == part.right_edge.i + 1]
        target = next((other for other in inner if _marker(other) in _RETALIATION[lemma]), None)
        yield Cause(_reason_span(clause.segment, target) if target is not None else None, "retaliation_for", target)
        return
    if preposition in ("in response to", "in retaliation for", "in return for"):
        yield Cause(_reason_span(clause.segment, part), "retaliation_for", part)
    elif preposition in ("as part of", "as") and lemma == "part":
        inner = [other for other in part.children if other.dep_ == "nmod"]
        yield Cause(None, "part_of", inner[0] if inner else None)
    elif preposition == "as part of" or (preposition == "during" and part.pos_ == "NOUN"):
        yield Cause(None, "part_of", part)
    elif preposition in ("because of", "due to", "owing to", "over", "amid"):
        yield Cause(_reason_span(clause.segment, part), "caused_by" if preposition in _CAUSED else None, part)
    elif preposition in ("after", "following", "in the wake of") and part.pos_ != "NUM":
        yield Cause(None, "caused_by", part)


def _of_clause(clause: Clause, part: Token) -> Iterator[Cause]:
    marks = {mark.lower_ for mark in part.children if mark.dep_ in ("mark", "case")}
    segment = clause.segment
    if "because" in marks or ("for" in marks and part.tag_ == "VBG" and part.dep_ == "advcl"):
        yield Cause(_clause_span(segment, part), "caused_by", part)
    elif part.tag_ == "VBG" and marks & {"with", "of", "for"} and lemma_of(clause.head) in _CHARGING:
        yield Cause(_clause_span(segment, part), None, None)
    elif lemma_of(part) == "protest" and is_infinitive(part):
        yield from (Cause(_reason_span(segment, other)) for other in part.children if _is_grievance(other))
    elif "after" in marks or "following" in marks:
        yield Cause(None, "caused_by", part)
    elif "over" in marks:
        yield Cause(_clause_span(segment, part), "caused_by", part)
    elif lemma_of(part) in ("cite", "blame") and part.tag_ == "VBG":
        cited = child(part, "obj")
        if cited is not None:
            yield Cause(_reason_span(segment, cited), "caused_by", cited)
    elif lemma_of(part) == "accuse" and part.tag_ == "VBG":
        what = next(
            (other for other in part.children if other.dep_ in ("advcl", "obl") and _marker(other) == "of"), None
        )
        if what is not None:
            yield Cause(_clause_span(segment, what), None, None)


# What people are charged with, jailed or expelled for is the reason (rule 17).
_CHARGING = wordset(
    """charge accuse convict sentence jail arrest detain fine expel deport suspend sanction ban indict sue imprison
    find"""
)
_TERMS = wordset("year month week day life time first hour")


def _is_grievance(part: Token) -> bool:
    """Whether people protest against it: "to protest against a rise", "over pay", "at the bombing"."""
    if part.dep_ == "obj":
        return part.head.lower_ == "protest"
    return (
        part.dep_ == "obl"
        and part.pos_ == "NOUN"
        and case_of(part) in ("against", "over", "at", "about")
        and not _is_place(part, ())
    )


def _marker(token: Token) -> str:
    return next((part.lower_ for part in token.children if part.dep_ in ("mark", "case")), "")


def _reason_span(segment: Segment, head: Token) -> Span:
    """A noun phrase with its tail but without its preposition, up to the first comma."""
    first = min([head.i, *(part.left_edge.i for part in head.lefts if part.dep_ not in ("case", "punct", "cc"))])
    return segment.span(first, _to_comma(head))


def _clause_span(segment: Segment, head: Token) -> Span:
    """A clause without its conjunction, up to the first comma."""
    outside = ("mark", "case", "punct", "cc")
    first = min([head.i, *(part.left_edge.i for part in head.lefts if part.dep_ not in outside)])
    return segment.span(first, _to_comma(head))


def _to_comma(head: Token) -> int:
    last = head.right_edge.i
    for token in head.doc[head.i + 1 : last + 1]:
        if token.text in (",", ";", ":", "—", "–", "(", ".") and not _inside_number(token):
            return token.i - 1
    return last


def _inside_number(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.doc[token.i + 1].like_num and token.doc[token.i - 1].like_num


# --- sources ----------------------------------------------------------------------------------------------------------

_SOURCES = frozenset({"according to", "per", "as per"})


def source_of(segment: Segment, head: Token, speech: Token | None) -> Phrase | None:
    """On whose word a clause stands: the subject of the verb of saying above it, or who it is "according to"."""
    if speech is not None:
        subject = surface_subject(speech)
        if subject is not None and subject.i != head.i:
            return phrase(segment, subject)
        return None
    for node in (head, *head.ancestors):
        for part in node.children:
            if part.dep_ in ("obl", "nmod", "advcl") and case_of(part) in _SOURCES:
                return phrase(segment, part)
        if node.dep_ in ("acl:relcl", "ccomp"):
            return None
    return None
