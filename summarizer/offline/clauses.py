"""Who does what to whom, read off a UD tree: predicates with their roles, whatever the syntax.

Active and passive, relative and participial clauses, control ("ordered X to leave"), coordination that shares a
subject, nominalisations ("the expulsion of 14 envoys by X") and light verbs ("imposed sanctions on X") all come out
as one `Clause`. Roles are deep ones: the subject is who does it, the object to whom it is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.countries import lookup
from summarizer.offline.parsed import Phrase, Segment
from summarizer.offline.phrases import (
    CALENDAR,
    NOMINAL,
    RELATIVE,
    antecedent,
    case_of,
    child,
    children,
    lemma_of,
    phrase,
    phrases,
)
from summarizer.offline.wordset import wordset

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
OBLIQUES = ("obl", "obl:agent", "obl:tmod", "obl:unmarked", "nmod", "nmod:unmarked")

# Verbs whose complement is done by their subject though they may have an object (Huddleston & Pullum 2002, 14.2.1).
_SUBJECT_CONTROL = wordset("promise vow pledge threaten swear agree offer")
# A gerund behind these markers is what the governor's object did: "accused X of stealing", "thanked X for coming".
_OBJECT_MARKERS = frozenset({"of", "for", "from", "into", "with"})
LIGHT = wordset(
    """take make give hold have impose launch carry conduct stage issue announce pay reach sign place put adopt lift
    levy slap introduce mount open order begin start initiate undertake deliver perform commit suffer face receive
    sustain undergo declare call wage pursue file bring lodge win lose grant provide offer send express show end
    suspend extend execute do enact approve expand tighten renew unveil consider mull weigh plan prepare discuss
    study debate contemplate"""
)
# Light verbs whose subject undergoes what the noun says: "the firm faces sanctions".
_UNDERGOING = wordset("suffer face receive sustain undergo win")
EFFECTS = wordset("kill injure wound hurt leave displace destroy damage maim trap flatten claim")
_DEPTH = 6  # a chain of shared subjects longer than this is a parser's error


@dataclass(frozen=True, eq=False)
class Clause:
    """A predicate with its deep roles. `obliques` are preposition and phrase; `support` a nominal's light verb."""

    segment: Segment
    head: Token
    subject: tuple[Phrase, ...] = ()
    object: tuple[Phrase, ...] = ()
    indirect: tuple[Phrase, ...] = ()
    obliques: tuple[tuple[str, Phrase], ...] = ()
    passive: bool = False
    nominal: bool = False
    support: Token | None = None

    def after(self, *prepositions: str) -> tuple[Phrase, ...]:
        """The phrases behind any of these prepositions."""
        return tuple(phrase for preposition, phrase in self.obliques if preposition in prepositions)


# --- verbs ------------------------------------------------------------------------------------------------------------


def is_passive(verb: Token) -> bool:
    """Whether a verb's surface subject undergoes it: "were expelled", "those expelled by X", "seen as … and barred"."""
    if child(verb, "aux:pass") is not None:
        return True
    if child(verb, "nsubj:pass") is not None:  # without "was", only in a headline, or behind another passive
        return not is_full_sentence(verb) or (verb.dep_ == "conj" and is_passive(verb.head))
    if verb.tag_ not in ("VBN", "VBD") or child(verb, "obj", "aux") is not None:
        return False
    if child(verb, "nsubj") is not None:
        return False
    if child(verb, "obl:agent") is not None:
        return True
    if verb.dep_ in ("acl", "advcl", "xcomp", "amod", "ccomp"):
        return verb.tag_ == "VBN"
    return verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.pos_ == "VERB" and is_passive(verb.head)


def is_full_sentence(verb: Token) -> bool:
    """Whether a word stands in a sentence with a full stop: headlines leave out "is" and "was", prose does not."""
    return verb.sent[-1].text in (".", "?", "!", "”", '"', "’") or verb.sent[-1].is_punct


def is_infinitive(verb: Token) -> bool:
    """Whether a verb is a to-infinitive."""
    return any(part.lower_ == "to" and part.dep_ in ("mark", "aux") for part in verb.lefts)


def surface_subject(verb: Token, depth: int = 0) -> Token | None:
    """The grammatical subject, its own or the one it shares, with relative pronouns resolved."""
    own = child(verb, *SUBJECTS)
    if own is not None and own.pos_ == "DET" and own.i - 1 >= 0 and verb.doc[own.i - 1].pos_ in ("NOUN", "PROPN"):
        own = next((other for other in children(verb, *SUBJECTS) if other.pos_ != "DET"), own)  # "the three each said"
    if own is not None:
        return antecedent(own)
    if depth > _DEPTH or child(verb, "csubj", "expl") is not None:
        return None
    governor, relation = governor_of(verb), verb.dep_
    if relation == "conj" and governor.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "PROPN"):
        return surface_subject(governor, depth + 1)
    if relation == "xcomp":
        return _controller(governor, depth)
    if relation in ("acl", "acl:relcl"):
        return _of_noun_clause(verb, governor, depth)
    if relation in ("advcl", "ccomp", "parataxis", "obl", "nmod", "dep"):
        return _of_adverbial(verb, governor, depth)
    return None


def _controller(governor: Token, depth: int) -> Token | None:
    undergoer = child(governor, "obj", "iobj") or _called_on(governor)
    if undergoer is not None and lemma_of(governor) not in _SUBJECT_CONTROL:
        return antecedent(undergoer)
    return surface_subject(governor, depth + 1)


def _called_on(governor: Token) -> Token | None:
    """As in "called on both sides to agree": it is for the sides to agree."""
    return next(
        (
            part
            for part in children(governor, "obl")
            if case_of(part) in ("on", "upon") and lemma_of(governor) == "call"
        ),
        None,
    )


# Who calls, welcomes or rejects a decision has not taken it.
_ON_OTHERS = wordset(
    """call condemn welcome criticize criticise reject oppose praise support back defend describe denounce regret
    slam"""
)


def _of_noun_clause(verb: Token, noun: Token, depth: int) -> Token | None:
    """As in "the plan to expel X": whoever has the plan; "troops backing X", "those expelled": the noun itself."""
    if not is_infinitive(verb):
        if verb.dep_ == "acl:relcl" and verb.tag_ not in ("VBG", "VBN"):
            return None  # a relative clause has its subject; where the parser found none, none is guessed
        return antecedent(noun)
    owner = child(noun, "nmod:poss") or _country_modifier(noun)
    governor = noun.head
    if noun.dep_ == "obl" and lemma_of(governor) == "call":
        return antecedent(noun)
    if owner is not None:
        return owner
    if noun.dep_ in ("obj", "xcomp") and governor.pos_ in ("VERB", "AUX") and lemma_of(governor) not in _ON_OTHERS:
        return surface_subject(governor, depth + 1)
    return None


def _of_adverbial(verb: Token, governor: Token, depth: int) -> Token | None:
    participle = verb.tag_ in ("VBG", "VBN") and child(verb, "aux", "aux:pass") is None
    if not (participle or is_infinitive(verb)):
        return None
    marker = child(verb, "mark", "case")
    undergoer = child(governor, "obj")
    if marker is not None and marker.lower_ in _OBJECT_MARKERS:
        if undergoer is not None:
            return antecedent(undergoer)
        if is_passive(governor):
            return surface_subject(governor, depth + 1)
    if marker is None and is_passive(governor) and lemma_of(verb) in EFFECTS:
        return child(governor, "obl:agent")  # "was bombed, killing ten": the bombed did not kill
    return surface_subject(governor, depth + 1)


def governor_of(verb: Token) -> Token:
    """What an adverbial clause modifies, where the parser's attachment is known to err.

    "A quake struck, killing 41, officials said": the participle belongs to what is told before the saying. "X ordered
    them to leave, accusing them of spying": behind a comma it belongs to the main verb, not to the infinitive.
    """
    governor = verb.head
    if verb.dep_ == "conj" and verb.tag_ in _FINITE:
        return _finite_conjunct(governor)
    if verb.dep_ != "advcl":
        return governor
    if governor.i > verb.i and lemma_of(governor) in _TAGS:
        told = [part for part in governor.children if part.dep_ in ("ccomp", "parataxis") and part.i < verb.i]
        if governor.dep_ in ("advcl", "parataxis", "conj") and governor.head.i < verb.i:
            told.append(governor.head)
        return told[-1] if told else governor
    first = verb.left_edge.i
    if (verb.tag_ == "VBG" and first > 0 and verb.doc[first - 1].text == ",") or verb.doc[first].text == ",":
        return _main_verb(governor)
    return governor


def _main_verb(verb: Token) -> Token:
    """The finite verb that an infinitive leans on, through its noun if the parser hung it there; else the verb."""
    node = verb
    while node.dep_ in ("xcomp", "acl", "obj") and node.head.i < node.i:
        node = node.head
        if node.tag_ in _FINITE:
            return node
    return verb


_FINITE = ("VBD", "VBZ", "VBP")


def _finite_conjunct(governor: Token) -> Token:
    """As in "accused the police of using force and called for an inquiry": a finite verb goes on with a finite one."""
    first = governor
    while (
        first.pos_ == "VERB" and first.tag_ in ("VBG", "VB") and child(first, "aux") is None and first.head.i < first.i
    ):
        first = first.head
    return first if first.tag_ in _FINITE else governor


_TAGS = wordset("say tell report announce add state show")


def verb_clause(segment: Segment, verb: Token) -> Clause:
    """The clause of a verb with its deep roles."""
    passive = is_passive(verb)
    surface = surface_subject(verb)
    subject = phrases(segment, surface) if surface is not None else ()
    done_to = _objects(segment, verb)
    indirect = tuple(part for head in children(verb, "iobj") for part in phrases(segment, antecedent(head)))
    obliques = tuple(_obliques(segment, verb))
    if passive:
        done_to = (*subject, *done_to)
        subject = tuple(part for _, part in (item for item in obliques if item[0] == "by") if _can_act(part))
    return Clause(segment, verb, subject, done_to, indirect, obliques, passive)


def _objects(segment: Segment, verb: Token) -> tuple[Phrase, ...]:
    heads = [antecedent(head) for head in children(verb, "obj") if head.lower_ not in CALENDAR]
    heads = [
        head
        for at, head in enumerate(heads)
        if not (at and head.pos_ == "PROPN" and head.left_edge.i == heads[at - 1].i + 1)
    ]
    if not heads:  # "shot dead a farmer" is parsed with the farmer under "dead"
        heads = [head for part in children(verb, "xcomp") if part.pos_ == "ADJ" for head in children(part, "obj")]
    if not heads and verb.dep_ == "acl:relcl" and child(verb, *SUBJECTS) is not None and not is_passive(verb):
        own = child(verb, *SUBJECTS)
        gapped = own is not None and own.lower_ not in RELATIVE and child(verb, "xcomp", "ccomp") is None
        stranded = any(part.lower_ in RELATIVE or part.lower_ in ("where", "when") for part in verb.lefts)
        heads = [verb.head] if gapped and not stranded else []
    return tuple(part for head in heads if head.lower_ not in RELATIVE for part in phrases(segment, head))


def _obliques(segment: Segment, head: Token) -> Iterator[tuple[str, Phrase]]:
    for part in head.children:
        if part.dep_ in OBLIQUES and part.pos_ in NOMINAL:
            for other in phrases(segment, antecedent(part)):
                yield case_of(other.head) or case_of(part), other


def _can_act(part: Phrase) -> bool:
    """Whether what stands behind "by" can be a doer and no time, amount or means."""
    return part.head.pos_ in ("NOUN", "PROPN", "PRON") and part.head.lower_ not in _MEANS


_MEANS = wordset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december percent cent % night day week month year end noon midnight morning evening
    road sea air land train plane bus car mail phone telephone email letter then now dawn dusk contrast law itself
    himself herself themselves"""
)


# --- nouns ------------------------------------------------------------------------------------------------------------


_CALLED = wordset(
    "strike election meeting vote protest boycott halt truce ceasefire referendum session poll rally walkout summit"
)


def support_of(noun: Token) -> Token | None:
    """The light verb that a nominal predicate leans on: "imposed" in "imposed new sanctions on X"."""
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head
    verb = noun.head
    if child(verb, "xcomp") is not None:  # "called the tariff unjustified" makes no tariff
        return None
    if lemma_of(verb) == "call" and lemma_of(noun) not in _CALLED:  # nor does "called the pact a provocation"
        return None
    if noun.dep_ in ("obj", "nsubj:pass", "obl") and verb.pos_ == "VERB" and lemma_of(verb) in LIGHT:
        return verb if noun.dep_ != "obl" or lemma_of(verb) == "carry" else None
    if noun.dep_ in ("acl", "acl:relcl"):
        return None
    bent = next((part for part in noun.children if part.dep_ in ("acl", "acl:relcl")), None)
    if bent is not None and lemma_of(bent) in LIGHT and (is_passive(bent) or _takes_as_object(bent)):
        return bent  # "sanctions imposed by the bloc"
    return None


def _takes_as_object(relative: Token) -> bool:
    """As in "the sanctions that the bloc imposed", but not "the pact, which takes effect"."""
    own = child(relative, *SUBJECTS)
    return relative.dep_ == "acl:relcl" and own is not None and own.lower_ not in RELATIVE


def noun_clause(segment: Segment, noun: Token, *, of_is_subject: bool = False, owned: bool = False) -> Clause:
    """The clause of a noun that names an act.

    `of_is_subject`: "of" tells who does it ("the resignation of X"); else to whom ("the expulsion of X"). `owned`: a
    possessor undergoes it where nothing else tells ("his arrest").
    """
    support = support_of(noun)
    obliques = [*_obliques(segment, noun)]
    if support is not None:
        obliques += [item for item in _obliques(segment, support) if item[1].head.i != noun.i]
    owners = [part for head in children(noun, "nmod:poss") for part in phrases(segment, head)]
    of = [part for preposition, part in obliques if preposition == "of"]
    within = [item for phrase in of for item in _obliques(segment, phrase.head)]  # "expulsion of [two envoys by X]"
    subject = [part for preposition, part in (*obliques, *within) if preposition == "by" and _can_act(part)]
    if of_is_subject:
        subject, of = subject or of, []
    if owned and not of:
        of, owners = owners, []
    subject = subject or owners or _country_modifiers(segment, noun)
    if support is not None:
        subject, of = _with_support(segment, support, noun, subject, of)
    return Clause(
        segment, noun, tuple(subject), tuple(of), obliques=tuple(obliques), nominal=True, support=support,
        passive=support is not None and is_passive(support),
    )  # fmt: skip


def _with_support(
    segment: Segment, support: Token, noun: Token, subject: list[Phrase], of: list[Phrase]
) -> tuple[list[Phrase], list[Phrase]]:
    """Add what the light verb knows: its subject does it, or undergoes it, and its indirect object undergoes it."""
    if is_passive(support):
        return subject, of
    surface = surface_subject(support)
    doers = list(phrases(segment, surface)) if surface is not None and surface.i != noun.i else []
    if lemma_of(support) in _UNDERGOING:
        return subject, of or doers
    indirect = [part for head in children(support, "iobj") for part in phrases(segment, antecedent(head))]
    return doers or subject, of or indirect


def _country_modifier(noun: Token) -> Token | None:
    """The nationality or country before a noun: "a French decision", "the US plan"."""
    for part in noun.lefts:
        if part.dep_ in ("amod", "compound", "nmod:desc", "nmod") and lookup(part.text) is not None:
            return part
    return None


def _country_modifiers(segment: Segment, noun: Token) -> list[Phrase]:
    """The nationalities or countries before a noun, one phrase each: two in "US and British strikes"."""
    first = _country_modifier(noun)
    if first is None:
        return []
    heads = [first, *(other for other in children(first, "conj") if lookup(other.text) is not None)]
    return [Phrase(segment, head, (head.i,)) for head in heads]


__all__ = [
    "LIGHT",
    "Clause",
    "is_infinitive",
    "is_passive",
    "noun_clause",
    "phrase",
    "support_of",
    "surface_subject",
    "verb_clause",
]
