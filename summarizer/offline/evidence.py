"""The shortest stretch of text that carries an event: a clause, subject to last argument (SCHEMA.md, rule 10)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from summarizer.offline.candidates import Candidate
from summarizer.offline.circumstances import is_answer
from summarizer.offline.clauses import SUBJECTS
from summarizer.offline.parsed import Segment
from summarizer.offline.wordset import wordset
from summarizer.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTS = wordset(
    """nsubj nsubj:pass obj iobj obl obl:agent compound:prt aux aux:pass advmod xcomp cop obl:unmarked expl ccomp
    nmod:poss nmod det amod compound nummod"""
)


def evidence_of(segment: Segment, item: Candidate) -> Span:
    """The shortest stretch that tells it: the clause from its subject to its last argument, with what it leans on."""
    clause = item.sense.clause
    heads = [clause.head] if clause.support is None else [clause.head, clause.support]
    above = item.reading.above
    if above is not None and above.sent == clause.head.sent and abs(above.i - clause.head.i) < 8:
        heads.append(above if above.pos_ in ("VERB", "NOUN", "ADJ") and above.head.i != clause.head.i else clause.head)
    if clause.head.dep_ == "xcomp" and clause.head.head.pos_ == "VERB" and clause.head.head.i < clause.head.i:
        heads.append(clause.head.head)
    tokens = {head.i for head in heads}
    for head in heads:
        for part in head.children:
            if part.dep_ in SUBJECTS and _is_far(part, head):
                continue
            if part.dep_ in _PARTS and part.tag_ != "WRB" and not (part.dep_ == "ccomp" and clause.head.pos_ != "VERB"):
                tokens.update(_reach(part))
    if clause.head.dep_.startswith("acl"):
        tokens.add(clause.head.head.left_edge.i)
    first, last = _within_sentence(clause.head, min(tokens), max(tokens))
    return segment.span(first, last)


def _is_far(subject: Token, verb: Token) -> bool:
    """Whether a clause of its own parts a subject from its verb; the verb's side is the shorter stretch then."""
    clauses = [part for part in subject.rights if part.dep_ in ("acl:relcl", "acl", "appos", "parataxis")]
    return bool(clauses) and verb.i - subject.i > 9


def _reach(part: Token) -> Iterable[int]:
    """The first token a part reaches to, and its last before a comma or a clause of its own."""
    last = part.right_edge.i
    if is_answer(part):
        return ()
    for token in part.doc[part.i : last + 1]:
        if is_answer(token):
            last = token.left_edge.i - 1
            break
        if token.text in (",", ";", ":", "—", "–", "(") or (
            token.dep_ in ("acl:relcl", "advcl", "parataxis") and token.i > part.i
        ):
            last = max(part.i, token.i - 1 if token.text in ",;:—–(" else token.left_edge.i - 1)
            break
    return part.left_edge.i, last


def _within_sentence(head: Token, first: int, last: int) -> tuple[int, int]:
    sentence = head.sent
    first, last = max(first, sentence.start), min(last, sentence.end - 1)
    while last > head.i and head.doc[last].is_punct:
        last -= 1
    while first < head.i and (head.doc[first].is_punct or head.doc[first].dep_ in ("cc", "mark")):
        first += 1
    return first, last
