"""Which event a clause tells: its words put to the lexicon, and the roles that the lexicon's answer names.

The lexicon's conditions ask for the heads of subject, object, particles and prepositions (see `lexicon`); this module
reads them off a clause, infinitives, gerunds and secondary predicates included.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.countries import lookup
from summarizer.offline.clauses import Clause, is_infinitive, noun_clause, surface_subject, verb_clause
from summarizer.offline.heads import Heads, is_agent, is_somebody, modifiers_of, party_of
from summarizer.offline.lexicon import SAID, Pos, Trigger, classify
from summarizer.offline.parsed import Phrase, Segment
from summarizer.offline.phrases import case_of, child, children, lemma_of, phrase, phrases
from summarizer.offline.tree import event_nouns, event_verbs
from summarizer.offline.wordset import wordset

if TYPE_CHECKING:
    from spacy.tokens import Token

_PREPOSITIONS = wordset("into on in for at through with over upon behind by off out up down")
_CLAUSAL = ("advcl", "acl", "xcomp", "ccomp", "obl", "nmod")


@dataclass(frozen=True, eq=False)
class Sense:
    """A clause with the trigger that the lexicon found for it, and its phrases by slot."""

    clause: Clause
    trigger: Trigger
    slots: dict[str, tuple[Phrase, ...]]

    @property
    def thing_does_it(self) -> bool:
        """Whether the subject is neither somebody nor somebody's act: a landslide blocks no road in protest."""
        named = any(term.slot == "subj" and not term.negated for term in self.trigger.conditions)
        return bool(self.clause.subject) and not self.clause.nominal and not named and not self._parties("subj")

    @property
    def actors(self) -> tuple[Phrase, ...]:
        """Who did it; in a symmetric event everyone who took part."""
        if not self.trigger.recipient and len(self.trigger.actor) > 1:
            return _distinct(part for slot in self.trigger.actor for part in self._parties(slot))
        return self._first(self.trigger.actor) or (self._parties("subj") if self.trigger.actor == ("by",) else ())

    @property
    def recipients(self) -> tuple[Phrase, ...]:
        """To whom it was done; what is demanded of somebody in a clause is demanded of its subject."""
        taken = {part.head.i for part in self.actors}
        found = tuple(part for part in self._undergoing() if part.head.i not in taken)
        if found or self.clause.nominal or self.trigger.event_type not in ("REQUEST", "THREATEN", "AGREE", "REJECT"):
            return found
        return self._asked() or tuple(part for part in self._aimed_at() if part.head.i not in taken)

    def _undergoing(self) -> tuple[Phrase, ...]:
        """The first recipient slot that is filled; what is given is no recipient, who it is given to is."""
        given = any(term.slot == "obj" and not term.negated for term in self.trigger.conditions)
        for at, slot in enumerate(self.trigger.recipient):
            found = self._parties(slot) if slot != "obj" or not (at and given) else ()
            if not found and slot == "obj":
                found = tuple(part for part in self.clause.indirect if is_somebody(part.head))
            if found:
                return found
        return ()

    def _first(self, slots: tuple[str, ...]) -> tuple[Phrase, ...]:
        return next((found for slot in slots if (found := self._parties(slot))), ())

    def _parties(self, slot: str) -> tuple[Phrase, ...]:
        """A slot's phrases that can be a party; in place of an act, who stands behind it ("a U.S. request")."""
        found: list[Phrase] = []
        for part in self.slots.get(slot, ()):
            if slot in ("in", "at") and self.trigger.event_type in (
                "BUSINESS",
                "SPORT",
                "SCIENCE",
                "DISASTER",
                "ACCIDENT",
            ):
                continue  # where it was is no party to it
            if slot == "mod":
                found += [part] if lookup(part.head.text) is not None or part.head.pos_ == "PROPN" else []
            elif slot in ("with", "between", "among"):
                found += [part] if is_agent(part.head) else []
            elif is_somebody(part.head) or (slot in ("subj", "obj") and part.head.lower_ == "it"):
                found.append(part)
            elif slot != "subj" or self.trigger.event_type not in ("DISASTER", "ACCIDENT"):
                found += party_of(part.segment, part.head)
        people = [part for part in found if is_agent(part.head)]  # "denied the team visas" denies nothing to visas
        return tuple(people if people and self.trigger.event_type in SAID else found)

    def _aimed_at(self) -> tuple[Phrase, ...]:
        """Against whom a threat or a promise turns: "threatened to break relations with X"."""
        for complement in self.clause.head.children:
            if complement.dep_ == "xcomp" or (complement.dep_ == "advcl" and is_infinitive(complement)):
                for part in complement.subtree:
                    against = part.dep_ in ("obl", "nmod") and case_of(part) in (
                        "with",
                        "against",
                        "on",
                        "to",
                        "from",
                        "at",
                    )
                    threatened = (
                        part.dep_ == "obj" and part.head.i == complement.i and self.trigger.event_type == "THREATEN"
                    )
                    if (against or threatened) and _is_power(part):
                        return phrases(self.clause.segment, part)
        return ()

    def _asked(self) -> tuple[Phrase, ...]:
        if self.trigger.event_type != "REQUEST":
            return ()
        clause = self.clause
        for part in clause.head.children:
            subject = child(part, "nsubj", "nsubj:pass") if part.dep_ in ("ccomp", "xcomp") else None
            if subject is not None and is_somebody(subject):
                return phrases(clause.segment, subject)
        return ()


def _is_power(token: Token) -> bool:
    return token.pos_ == "PROPN" or lookup(token.text) is not None or (token.pos_ == "NOUN" and is_somebody(token))


def sense_of_verb(segment: Segment, verb: Token, heads: Heads) -> Sense | None:
    """What a verb's clause tells; None if the lexicon has no reading whose conditions hold."""
    lemma = lemma_of(verb)
    if lemma not in event_verbs():
        return None
    clause = verb_clause(segment, verb)
    slots, words = _of_verb(clause, heads)
    return _classified(clause, lemma, "verb", slots, words)


def sense_of_noun(segment: Segment, noun: Token, heads: Heads) -> Sense | None:
    """What a noun tells; None if the lexicon has no reading whose conditions hold."""
    lemma = lemma_of(noun)
    if lemma not in event_nouns():
        return None
    clause = noun_clause(segment, noun)
    slots, words = _of_noun(clause, heads)
    return _classified(clause, lemma, "noun", slots, words)


def _classified(
    clause: Clause, lemma: str, pos: Pos, slots: dict[str, tuple[Phrase, ...]], words: dict[str, set[str]]
) -> Sense | None:
    particles, subject = frozenset(words.pop("mod", ())), frozenset(words.pop("subj", ()))
    done_to = frozenset(words.pop("obj", ()))
    others = {slot: frozenset(found) for slot, found in words.items()}
    trigger = classify(lemma, pos, particles=particles, subject_heads=subject, object_heads=done_to, obliques=others)
    if pos == "verb" and not done_to:  # "broke into the system": what a prepositional verb is done to
        for preposition in sorted(set(others) & _PREPOSITIONS):
            both = particles | {preposition}  # "called in the ambassador": particle or preposition, the parser guesses
            done_to = others[preposition]
            joined = classify(lemma, pos, particles=both, subject_heads=subject, object_heads=done_to, obliques=others)
            if joined is not None and joined.lemma == f"{lemma} {preposition}":
                slots["obj"], trigger = slots.get(preposition, ()), joined
    return Sense(clause, trigger, slots) if trigger is not None else None


# --- verbs ------------------------------------------------------------------------------------------------------------


def _of_verb(clause: Clause, heads: Heads) -> tuple[dict[str, tuple[Phrase, ...]], dict[str, set[str]]]:
    slots: dict[str, tuple[Phrase, ...]] = defaultdict(tuple)
    slots["subj"], slots["obj"] = clause.subject, clause.object
    for preposition, part in clause.obliques:
        if preposition:
            slots[preposition] += (part,)
    words = {slot: {word for part in parts for word in heads.of(part)} for slot, parts in slots.items()}
    slots["obj"] = slots["obj"] or clause.indirect
    slots["to"] += clause.indirect  # no word: "told reporters" asks nobody to do anything
    for slot, found in _clausal_words(clause.head, heads):
        words.setdefault(slot, set()).update(found)
    for part in (*clause.object, *slots.get("on", ())):
        _add_inner(clause.segment, part.head, slots, words, heads)
    return dict(slots), {slot: found for slot, found in words.items() if found}


def _add_inner(
    segment: Segment, head: Token, slots: dict[str, tuple[Phrase, ...]], words: dict[str, set[str]], heads: Heads
) -> None:
    """An object's own prepositions serve the verb too: "impose sanctions on X" is parsed either way."""
    for part in head.children:
        preposition = case_of(part) if part.dep_ in ("nmod", "obl") else ""
        if preposition and not slots.get(preposition):
            slots[preposition] = (phrase(segment, part),)
            words.setdefault(preposition, set()).update(heads.of_token(part))
        if part.dep_ == "acl" and part.pos_ == "VERB":
            marker = "to" if is_infinitive(part) else _joined_by(part)
            if marker != part.dep_:
                words.setdefault(marker, set()).update(_verb_words(part, heads))


def _clausal_words(verb: Token, heads: Heads) -> Iterator[tuple[str, set[str]]]:
    """Particles and adverbs, infinitives ("to"), gerunds (their preposition), clauses ("that"), predicates ("as")."""
    for part in verb.children:
        relation = part.dep_
        if relation == "compound:prt":
            yield "mod", {part.lower_}
        elif relation == "advmod":
            yield "mod", {lemma_of(part)}
        elif relation in ("xcomp", "advcl", "ccomp", "acl", "obl") and part.pos_ in ("VERB", "AUX"):
            yield _joined_by(part), _verb_words(part, heads)
        elif relation == "xcomp":
            yield "as", set(heads.of_token(part)) | {lemma_of(part)}
        elif relation == "ccomp":
            yield "that", {lemma_of(part)}


def _joined_by(part: Token) -> str:
    marker = child(part, "mark", "case")
    if is_infinitive(part):
        return "to"
    if marker is not None and marker.lower_ not in ("that", "if", "whether"):
        return marker.lower_
    if part.tag_ == "VBG" and part.dep_ == "xcomp":
        return "ing"
    return "that" if part.dep_ == "ccomp" else part.dep_


def _verb_words(verb: Token, heads: Heads) -> set[str]:
    """A complement's verb and its object: "urged X to lift the ban" asks for lifting, and is about a ban."""
    words = {lemma_of(verb)}
    for part in verb.children:
        if part.dep_ in ("obj", "nsubj:pass"):
            words |= heads.of_token(part)
        elif part.dep_ == "xcomp" or (part.dep_ == "conj" and part.pos_ == "VERB"):
            words.add(lemma_of(part))
    return words


# --- nouns ------------------------------------------------------------------------------------------------------------


def _of_noun(clause: Clause, heads: Heads) -> tuple[dict[str, tuple[Phrase, ...]], dict[str, set[str]]]:
    slots: dict[str, tuple[Phrase, ...]] = defaultdict(tuple)
    noun = clause.head
    for preposition, found in clause.obliques:
        if preposition:
            slots[preposition] += (found,)
    slots["poss"] = tuple(phrase(clause.segment, part) for part in children(noun, "nmod:poss"))
    modifiers = [part for part in noun.lefts if part.dep_ in ("amod", "compound", "nmod")]
    modifiers += [inner for part in modifiers for inner in part.lefts if lookup(inner.text) is not None]
    slots["mod"] = tuple(Phrase(clause.segment, part, (part.i,)) for part in modifiers)
    if clause.support is not None:
        slots["by"] = slots["by"] or clause.subject
    elif noun.dep_ == "obl" and noun.head.pos_ == "VERB" and case_of(noun) in ("in", "during", "at", "for", "after"):
        slots["with"] += _visitors(clause, noun.head)
    words = {slot: {word for part in parts for word in heads.of(part)} for slot, parts in slots.items()}
    words["mod"] = set(modifiers_of(noun)) | words.get("mod", set())
    for part in noun.children:
        if part.dep_ == "acl" and is_infinitive(part):
            words.setdefault("to", set()).update(_verb_words(part, heads))
        elif part.dep_ in _CLAUSAL and part.pos_ == "VERB" and (marker := child(part, "mark", "case")) is not None:
            words.setdefault(marker.lower_, set()).update(_verb_words(part, heads))
    return dict(slots), {slot: found for slot, found in words.items() if found}


def _visitors(clause: Clause, verb: Token) -> tuple[Phrase, ...]:
    """Who came to a meeting told as an adverbial: "is to visit for talks with X", "agreed in a call"."""
    if clause.head.lower_ not in _ENCOUNTERS:
        return ()
    subject = surface_subject(verb)
    return phrases(clause.segment, subject) if subject is not None and is_agent(subject) else ()


_ENCOUNTERS = wordset("talks meeting call conversation negotiations summit dinner consultations discussions")


def _distinct(parts: Iterable[Phrase]) -> tuple[Phrase, ...]:
    found: dict[int, Phrase] = {}
    for part in parts:
        found.setdefault(part.head.i, part)
    return tuple(found.values())
