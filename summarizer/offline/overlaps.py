"""One event for one act: which of a segment's candidates are only parts of another (SCHEMA.md, rules 1 and 2).

"imposed sanctions" is no second event beside the sanctions, "threatened to expel" tells no expulsion, "killing four" is
what a crash did. What is taken up is marked consumed; what stands inside somebody's demand or charge loses weight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer.offline.candidates import Candidate
from summarizer.offline.clauses import EFFECTS, governor_of, is_infinitive
from summarizer.offline.heads import Heads
from summarizer.offline.lexicon import Condition, in_class
from summarizer.offline.phrases import child, lemma_of
from summarizer.offline.weighing import is_official
from summarizer.offline.wordset import wordset

if TYPE_CHECKING:
    from spacy.tokens import Token


def standing(found: dict[int, Candidate], heads: Heads) -> list[Candidate]:
    """The candidates that stand by themselves, in text order, having taken up their parts."""
    _consume(found, heads)
    _demote(found)
    return [item for item in found.values() if item.weight > 0 and not item.consumed]


def _consume(found: dict[int, Candidate], heads: Heads) -> None:
    """Mark what another candidate already tells: "imposed [sanctions]", "threatened to [expel]"."""
    _take_victims(found)
    for item in found.values():
        governor = _governor(item.head, found)
        if governor is None or governor.consumed or item.consumed:
            continue
        if _prefers_complement(governor, item, heads):
            governor.consumed = True
            item.actors = item.actors or governor.sense.actors
            continue
        if _is_effect(governor, item):
            governor.effects.append(item.sense)
            item.consumed = True
        elif _is_voted(governor, item):
            governor.voted = item.sense
            item.consumed = True
        elif _is_doer(governor, item):
            governor.doer = item.sense
            item.consumed = True
        elif item.sense.clause.nominal:
            item.consumed = _takes_noun(governor, item.head, heads)
        else:
            item.consumed = _takes_verb(governor, item.head)


_TOLD_APART = wordset("after following over for because of despite during since amid before in under")


def _demote(found: dict[int, Candidate]) -> None:
    """What stands anywhere inside what somebody asks, refuses, promises or alleges is hardly told as an event."""
    for item in found.values():
        node = item.head
        while node.head.i != node.i:
            if node.dep_ in ("acl:relcl", "parataxis", "nsubj", "nsubj:pass", "conj") or not _inside(node):
                break
            governor = found.get(node.head.i)
            if governor is not None and not governor.consumed and governor.sense.trigger.kind != "deed":
                item.weight *= 0.3
                break
            node = node.head


def _inside(node: Token) -> bool:
    if node.dep_ in ("xcomp", "ccomp", "obj"):
        return True
    marker = child(node, "case", "mark")
    form = marker.lower_ if marker is not None else ""
    return node.dep_ in ("obl", "nmod", "acl", "advcl") and form not in _TOLD_APART


def _governor(word: Token, found: dict[int, Candidate]) -> Candidate | None:
    """The candidate that a word is a part of: through coordination, and through nouns such as "round of talks"."""
    governor, relation = governor_of(word), word.dep_
    if relation == "conj" and lemma_of(word) in EFFECTS and governor.i in found and not found[governor.i].consumed:
        return found[governor.i]  # "killed five and wounded 18"
    while relation == "conj" and governor.i != governor.head.i:
        governor, relation = governor_of(governor), governor.dep_
    if relation in ("nsubj", "nsubj:pass") and governor.i not in found:  # "the trial is expected to begin"
        leading = next((part for part in governor.children if part.dep_ == "xcomp" and part.i in found), None)
        return found[leading.i] if leading is not None else None
    if relation == "acl" and is_infinitive(word) and governor.dep_ in ("obl", "obj"):
        governor = governor.head  # "called on both sides to agree"
    if relation == "nmod" and governor.i not in found and governor.dep_ in ("obj", "nsubj:pass", "nsubj"):
        governor = governor.head
    return found.get(governor.i) if governor.i != word.i else None


def _take_victims(found: dict[int, Candidate]) -> None:
    """As in "thirteen people were killed when a bridge collapsed": the deaths are the collapse's."""
    for item in found.values():
        if item.sense.trigger.event_type != "ASSAULT" or item.sense.actors or lemma_of(item.head) not in EFFECTS:
            continue
        for other in found.values():
            clause = other.head.dep_ == "advcl" and other.head.i > item.head.i and other.head.sent == item.head.sent
            when = any(part.lower_ in ("when", "after", "as") for part in other.head.lefts)
            if clause and when and other.sense.trigger.event_type in HARMS and lemma_of(other.head) not in EFFECTS:
                other.effects.append(item.sense)
                item.consumed = True
                break


def _is_voted(governor: Candidate, item: Candidate) -> bool:
    """Whether a vote is told with what it did: "voted 52 to 47 to confirm her" is the confirming."""
    complement = item.head.dep_ in ("xcomp", "advcl") and is_infinitive(item.head)
    return (
        complement
        and lemma_of(governor.head) == "vote"
        and governor.sense.trigger.event_type in ("OTHER", "ELECTION", "SUPPORT")
    )


def _is_doer(governor: Candidate, item: Candidate) -> bool:
    """Whether an act stands as the subject of what it did: "a drone attack killed five" is one event."""
    types = (governor.sense.trigger.event_type, item.sense.trigger.event_type)
    same = types[0] == types[1] or (set(types) <= HARMS and lemma_of(governor.head) in EFFECTS)  # "a fire killed ten"
    return same and item.sense.clause.nominal and item.head.dep_ in ("nsubj", "obl:agent", "nsubj:pass")


HARMS = frozenset({"ASSAULT", "ACCIDENT", "DISASTER"})


def _is_effect(governor: Candidate, item: Candidate) -> bool:
    """Whether a verb only tells what a blow did: "crashed, killing four", "killed five and wounded 18" (rule 2)."""
    verb, harm = item.head, governor.sense.trigger.event_type in HARMS
    if (
        harm
        and verb.dep_ == "advcl"
        and verb.tag_ == "VBG"
        and governor.sense.trigger.event_type == item.sense.trigger.event_type
    ):
        return True
    if not harm or item.sense.clause.nominal or lemma_of(verb) not in EFFECTS:
        return False
    if child(verb, "mark", "nsubj", "nsubj:pass") is not None:
        return False
    if verb.dep_ == "conj" and verb.tag_ == "VBG":
        return lemma_of(verb.head) in EFFECTS or "," in {token.text for token in verb.lefts}
    return verb.tag_ == "VBG" if verb.dep_ == "advcl" else verb.dep_ == "conj"


def _takes_noun(governor: Candidate, noun: Token, heads: Heads) -> bool:
    """Whether a candidate's own reading rests on this noun: a condition names it, or it is what is asked for."""
    words = heads.of_token(noun)
    terms = [term for term in governor.sense.trigger.conditions if not term.negated and not term.anything]
    if any(_names(term, words) for term in terms):
        return True
    return governor.sense.trigger.event_type == "REQUEST" and noun.dep_ in ("obj", "obl")


def _names(term: Condition, words: frozenset[str]) -> bool:
    return not words.isdisjoint(term.lemmas) or any(in_class(words, name) for name in term.classes)


def _takes_verb(governor: Candidate, verb: Token) -> bool:
    """Whether a complement is only what is promised, asked, threatened, refused or alleged (rule 1)."""
    relation = verb.dep_
    if relation == "conj":
        return False
    if governor.sense.trigger.mode in ("convict", "arrest") and relation == "advcl" and _is_complement(verb):
        return True  # what somebody is convicted of
    complement = (
        relation in ("xcomp", "ccomp")
        or (relation == "acl" and is_infinitive(verb))
        or (relation == "advcl" and _is_complement(verb))
    )
    return (complement and governor.sense.trigger.kind != "deed") or relation == "xcomp"


def _is_complement(verb: Token) -> bool:
    marker = child(verb, "mark", "case")
    return is_infinitive(verb) or (
        verb.tag_ == "VBG" and marker is not None and marker.lower_ in ("of", "for", "from", "with")
    )


def _prefers_complement(governor: Candidate, item: Candidate, heads: Heads) -> bool:
    """Whether a weak everyday word only leads in: "helped to rescue", "ordered the release of X"."""
    agreed = governor.sense.trigger.event_type == "AGREE" and item.head.dep_ in ("xcomp", "advcl")
    if agreed and item.sense.trigger.event_type in ("BUSINESS", "SPORT", "SCIENCE", "ELECTION"):
        # what a company agrees to buy is business; what a government agrees to do is a promise
        return not any(is_official(heads.of(part)) for part in governor.sense.actors)
    if governor.sense.trigger.weight >= 0 or item.sense.trigger.weight < 0:
        return False
    return item.head.dep_ in ("xcomp", "obj", "ccomp") or (item.head.dep_ == "advcl" and is_infinitive(item.head))
