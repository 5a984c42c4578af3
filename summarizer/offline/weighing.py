"""How sure one clause makes of its event: 1 for a deed told outright, below `DOUBTFUL` for a mention or a guess.

SCHEMA.md, rule 1: praise, blame and comment are statements; an utterance is an event only from an institution; a noun
tells an event only with somebody or something of its own; the simple present of prose tells what is always so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer.offline.clauses import is_infinitive
from summarizer.offline.factuality import Reading
from summarizer.offline.heads import Heads
from summarizer.offline.lexicon import in_class, office_for
from summarizer.offline.phrases import case_of, child, lemma_of
from summarizer.offline.senses import Sense
from summarizer.offline.wordset import wordset

if TYPE_CHECKING:
    from spacy.tokens import Token

DOUBTFUL = 0.5
"""Frames below this weight are mentions or guesses: good for merging and links, not to be put forward alone."""

_INSTITUTIONS = tuple(
    f"@{name}"
    for name in wordset(
        "country body leader official diplomat legislature court company party police troops militant media ambassador"
    )
)
_BODIES = wordset(
    """ministry union bloc commission council agency administration department office government parliament senate bank
    court federation association group organization organisation committee authority force army militia junta side
    both"""
)
_AGENTIVE = wordset(
    """PROTEST COERCE SANCTION MOBILIZE RETREAT AID CONSULT COOPERATE REJECT AGREE REQUEST ACCUSE SUPPORT CONCEDE
    THREATEN"""
)
# "refused to comment" refuses nobody anything (rule 1: no content).
_SILENCE = wordset("""comment say answer speak elaborate discuss confirm name identify disclose reveal respond reply""")


def weight_of(sense: Sense, reading: Reading, heads: Heads) -> float:
    """How sure the clause alone makes of the event, 0 for not at all."""
    trigger = sense.trigger
    if trigger.event_type == "REJECT" and any(
        lemma_of(part) in _SILENCE for part in sense.clause.head.children if part.dep_ == "xcomp"
    ):
        return 0.0
    somebody = any(is_institution(heads.of(part)) for part in (*sense.actors, *sense.recipients))
    if trigger.weight < 0 and not somebody:
        return 0.0 if trigger.weight < -1 or sense.clause.nominal else 0.3
    weight = 1.0
    if trigger.kind == "say":
        weight = 0.8 if any(is_institution(heads.of(part)) for part in sense.actors) else 0.3
        if trigger.event_type in ("ACCUSE", "SUPPORT"):
            formal = trigger.mode == "allege" and any(is_official(heads.of(part)) for part in sense.actors)
            weight -= 0.2 if formal else 0.4  # praise and blame are statements, unless they are the main event
    weight -= 0.2 * max(0, -trigger.weight) if trigger.kind == "say" else 0.0  # "warn" seldom threatens
    if trigger.event_type in _AGENTIVE and sense.thing_does_it:
        weight -= 0.6
    if trigger.event_type == "OTHER":
        weight -= 0.3 if sense.clause.head.dep_ != "acl" else 0.6
    if _is_habit(sense):
        weight -= 0.4 if trigger.kind == "deed" else 0.2
    weight -= _unlikely(sense, reading, heads)
    if sense.clause.nominal:
        weight -= 0.2 if _has_roles(sense) else 0.6
        if _only_names_kind(sense.clause.head):
            weight -= 0.3
    if sense.clause.segment.kind == "quotation":
        weight -= 0.5
    return max(weight, 0.1)


def _is_habit(sense: Sense) -> bool:
    """Whether prose tells it in the simple present, which is for what is always so; headlines tell events in it."""
    verb, segment = sense.clause.head, sense.clause.segment
    if segment.kind == "headline" or verb.tag_ not in ("VBZ", "VBP") or verb.pos_ != "VERB":
        return False
    return child(verb, "aux", "aux:pass") is None and sense.trigger.event_type not in ("BUSINESS",)


_DENIED = wordset("""allegation accusation claim charge report suggestion criticism rumour rumor charge speculation""")


def _unlikely(sense: Sense, reading: Reading, heads: Heads) -> float:
    """What speaks against readings that the lexicon's words alone allow."""
    trigger, clause = sense.trigger, sense.clause
    done_to = {word for part in clause.object for word in heads.of(part)}
    if trigger.event_type == "REJECT" and done_to & _DENIED:
        return 0.6  # a denial is a statement
    if (
        trigger.event_type == "CONCEDE"
        and lemma_of(clause.head) == "dismiss"
        and any(
            part.dep_ in ("xcomp", "obl") and (part.pos_ == "ADJ" or case_of(part) == "as")
            for part in clause.head.children
        )
    ):
        return 0.7  # "dismissed the charge as absurd"
    if trigger.event_type == "SANCTION" and trigger.mode in ("discontinue", "withdraw") and sense.actors:
        return (
            0.0
            if any(is_institution(heads.of(part)) or part.head.pos_ in ("PROPN", "PRON") for part in sense.actors)
            else 0.5
        )
    if reading.above is not None and lemma_of(reading.above) == "deny":
        return 0.6
    if lemma_of(clause.head) == "claim" and reading.status == "negated":
        return 0.9  # nobody claimed the attack: it took place all the same
    if clause.nominal and not clause.support and case_of(clause.head) in ("for", "at"):
        return 0.3  # "recalled for consultations", "at the request of X": what it is for, not what happened
    if clause.head.dep_ == "acl" and is_infinitive(clause.head):
        return 0.3  # "the decision to expel": told only as what a noun is about
    if lemma_of(clause.head) in ("injure", "wound", "hurt", "kill") and clause.passive and not sense.actors:
        return 0.3
    return 0.0


def _has_roles(sense: Sense) -> bool:
    """Whether a noun brings somebody or something of its own (rule 19), or leans on a verb that makes it happen."""
    return bool(sense.actors or sense.recipients) or sense.clause.support is not None


_MEASURING = wordset(
    """round series wave day week month year hour start beginning end number group kind spate string lot part rest
    result risk threat act attempt campaign night period eve height middle aftermath face wake outbreak state"""
)


def _only_names_kind(noun: Token) -> bool:
    """Whether an act only says what sort of thing another noun is: "a note of protest", "the right of access"."""
    return (
        noun.dep_ == "nmod"
        and case_of(noun) == "of"
        and lemma_of(noun.head) not in _MEASURING
        and noun.i == noun.right_edge.i
    )


def is_official(words: frozenset[str]) -> bool:
    """Whether a phrase stands for a country or a public body, not for a person: what it alleges is formal (rule 3)."""
    return "@country" in words or "@body" in words or not words.isdisjoint(_BODIES)


def is_institution(words: frozenset[str]) -> bool:
    """Whether a phrase stands for a country, a body or somebody of office."""
    if any(in_class(words, name) for name in _INSTITUTIONS) or not words.isdisjoint(_BODIES):
        return True
    offices = (office_for(word) for word in words)
    return any(office is not None and office.acts_for != "self" for office in offices)
