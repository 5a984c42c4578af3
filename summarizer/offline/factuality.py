"""Did it happen? The status of what a word tells, from the cues around and above it in the tree.

Negation, modals, adverbs and tense stand beside the word; "failed to", "plans to", "no proof that", "threatened to"
stand above it. Cues (`lexicon`, ``cues.tsv``) are gathered on the way up to the sentence's root and the first status
that fits wins, in SCHEMA.md's order. After Saurí and Pustejovsky (2009), "FactBank", and Nairn, Condoravdi and
Karttunen (2006), "Computing relative polarity": a negated governor gives what its entry says for that, not both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.offline.clauses import LIGHT, governor_of, is_infinitive
from summarizer.offline.lexicon import Cue, CuePos, cues_for, speech_for
from summarizer.offline.phrases import case_of, child, children, lemma_of
from summarizer.offline.wordset import wordset
from summarizer.ontology import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

Mark = tuple[Status, int]
"""What a cue says, and the token that says it: one "no" counts once, however often the way up passes it."""

_ORDER: tuple[Status, ...] = ("negated", "alleged", "threatened", "proposed", "announced", "ongoing")
_POS: dict[str, CuePos] = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_NEGATORS = wordset("not n't never no neither nor nobody none nothing without hardly scarcely")
_CONDITIONS = wordset("if unless whether lest")
# Marks of clauses that are taken for granted whatever stands above them.
_FACTIVE = wordset("after when as because since while although though where once")
# Verbs that add nothing but that their subject or object takes place.
_HAPPENING = wordset("happen occur come take hold follow ensue break erupt be")
_PRONOUNS = wordset("nobody none nothing neither")


@dataclass(frozen=True)
class Reading:
    """The status of what a word tells; the speech verb it stands under; why it tells no event at all, if so.

    `own` is the status by the cues beside the word alone, `above` the governor whose cue decided, None if none did.
    """

    status: Status
    own: Status
    speech: Token | None = None
    idle: str = ""
    above: Token | None = None


@dataclass(frozen=True)
class _Step:
    """One step from a word to its governor: what it adds."""

    marks: tuple[Mark, ...] = ()
    idle: str = ""
    speech: Token | None = None


def read(word: Token) -> Reading:
    """Read the status of what `word` tells, a verb or a noun that names an act."""
    marks = list(beside(word))
    own = _first(marks)
    speech, idle = _tagged_on(word), "question" if _is_question(word) else ""
    for step in _way_up(word):
        marks += step.marks
        idle = idle or step.idle
        speech = speech or step.speech
    status = _backshifted(_first(marks), marks, word, speech)
    above = next((word.doc[at] for mark, at in marks if mark == status and word.doc[at].pos_ in _POS), None)
    return Reading(status, own, speech, idle, above if status != "occurred" else None)


def _way_up(word: Token) -> Iterator[_Step]:
    """Every step from the word to the root; above a clause that is taken for granted only the speaker still matters."""
    granted = False
    while word.head.i != word.i:
        governor = governor_of(word)
        step = _step(word, governor)
        yield _Step(speech=step.speech) if granted else step
        granted = granted or _is_granted(word, governor)
        word = governor


def _step(word: Token, governor: Token) -> _Step:
    relation = word.dep_.partition(":")[0]
    if relation == "conj":
        return _Step(tuple(beside(governor)) if _shares(word, governor) else ())
    if relation == "parataxis":
        return _Step(speech=governor if is_report(governor) and child(governor, "obj", "xcomp") is None else None)
    if relation == "advcl":
        return _adverbial(word, governor)
    if relation in ("ccomp", "xcomp", "csubj", "acl"):
        return _complement(word, governor)
    if relation in ("obj", "obl", "nsubj", "nmod"):
        return _nominal(word, governor)
    return _Step()


# --- governors --------------------------------------------------------------------------------------------------------


def governed(governor: Token, frame: str) -> tuple[Mark, ...]:
    """What a governor, negated or not, says of what stands in `frame`: to, ing, that, obj or a preposition.

    A governor without a cue passes on what stands beside itself.
    """
    around = [mark for mark in beside(governor) if mark[0] != "ongoing"]
    cue = _cue(governor, frame)
    if cue is None:
        return tuple(around)
    negators = [at for mark, at in around if mark == "negated"]
    if not negators:
        effect = cue.effect
        return (*(((effect, governor.i),) if effect and effect != "occurred" else ()), *around)
    if cue.kind == "evidential" and not cue.under_negation:
        return tuple(mark for mark in around if mark[0] != "negated")  # who claims no attack denies none either
    effect = cue.under_negation or ("proposed" if cue.effect == "negated" else "negated")
    rest = [mark for mark in around if mark[0] != "negated"]
    place = negators[0] if effect == "negated" else governor.i
    return (*(((effect, place),) if effect != "occurred" else ()), *rest)


def _cue(governor: Token, frame: str) -> Cue | None:
    pos = _POS.get(governor.pos_)
    if pos is None:
        return None
    lemma = lemma_of(governor)
    particle = child(governor, "compound:prt")
    form = f"{lemma} {particle.lower_}" if particle is not None else lemma  # "set up" is not "set to"
    found = [cue for cue in cues_for(form, pos) if cue.frame == frame]
    if pos == "adj" and not found:  # participles: "is expected to" may be tagged either way
        found = [cue for cue in cues_for(lemma, "verb") if cue.frame == frame]
    return found[0] if found else None


def _complement(word: Token, governor: Token) -> _Step:
    if word.dep_ == "acl:relcl" and not _is_content_clause(word, governor):
        return _Step()
    if word.dep_ == "ccomp" and any(mark.lower_ in ("if", "whether") for mark in children(word, "mark")):
        return _Step(idle="question")
    speech = governor if is_speech(governor) and word.dep_ == "ccomp" and not _is_about_a_thing(governor) else None
    frame = _frame(word)
    if speech is not None and _cue(governor, "that") is None:
        return _Step(speech=speech)
    if governor.pos_ == "NOUN" and word.dep_ == "acl" and frame not in ("to", "that"):
        return _Step()
    return _Step(governed(governor, frame), speech=speech)


def _is_about_a_thing(verb: Token) -> bool:
    """Whether a verb of many senses says nothing here: "recalled the product after two died"."""
    return child(verb, "obj") is not None and not is_report(verb)


def _is_content_clause(word: Token, noun: Token) -> bool:
    """As in "proof that rebels attacked": called relative, but nothing is missing for "that" to stand for."""
    that = child(word, "mark")
    return that is not None and that.lower_ == "that" and _cue(noun, "that") is not None


def _frame(word: Token) -> str:
    if is_infinitive(word):
        return "to"
    marker = child(word, "mark", "case")
    if word.tag_ == "VBG" and child(word, "aux") is None:
        return marker.lower_ if marker is not None else "ing"
    return "that"


def _adverbial(word: Token, governor: Token) -> _Step:
    marks = {part.lower_ for part in children(word, "mark", "case", "advmod")}
    if is_report(governor) and not marks and governor.i > word.i and word.tag_ in ("VBD", "VBZ", "VBP", "VBN"):
        return _Step(speech=governor)  # "X struck, officials said", with the clause hung on the verb of saying
    if marks & _CONDITIONS:
        return _Step(idle="condition")
    if "without" in marks or "instead" in marks:
        return _Step((("negated", word.i),))
    if is_infinitive(word):
        return _Step(governed(governor, "to")) if _cue(governor, "to") else _Step(idle="purpose")
    frame = next((mark for mark in marks if _cue(governor, mark) is not None), None)
    if frame is not None and word.tag_ == "VBG":
        return _Step(governed(governor, frame))
    if word.tag_ in ("VBG", "VBN") and not marks & _FACTIVE:
        return _Step(tuple(mark for mark in beside(governor) if mark[0] != "ongoing"))
    return _Step()


def _nominal(word: Token, governor: Token) -> _Step:
    """A noun under its verb or noun: what light verbs, "cancelled", "called for", "the threat of" say of it."""
    preposition = case_of(word)
    if governor.pos_ in ("NOUN", "PROPN", "ADJ"):
        return _Step(governed(governor, preposition) if preposition and _cue(governor, preposition) else ())
    if governor.pos_ not in ("VERB", "AUX"):
        return _Step()
    frame = "obj" if word.dep_ in ("obj", "nsubj:pass") else preposition
    if frame and _cue(governor, frame) is not None:
        return _Step(governed(governor, frame))
    joined = cues_for(f"{lemma_of(governor)} {preposition}", "verb", "obj") if preposition else ()
    if joined and joined[0].effect:  # "called for a strike"
        return _Step(((joined[0].effect, governor.i), *beside(governor)))
    return _Step(tuple(beside(governor)) if _passes_on(word, governor) else ())


def _passes_on(word: Token, governor: Token) -> bool:
    """Whether a verb only says that its noun takes place: light verbs, "there was", "happened"."""
    lemma = lemma_of(governor)
    if word.dep_ in ("nsubj", "nsubj:pass"):
        return lemma in _HAPPENING or (word.dep_ == "nsubj:pass" and lemma in LIGHT)
    return word.dep_ == "obj" and lemma in LIGHT


def _is_granted(word: Token, governor: Token) -> bool:
    """Whether something is taken for granted whatever stands above: relative, temporal, causal clauses, most nouns."""
    if word.dep_ in ("acl:relcl", "advcl:relcl"):
        return not _is_content_clause(word, governor)
    if word.dep_ == "acl":
        return _cue(governor, _frame(word)) is None
    if word.dep_ == "advcl":
        return any(part.lower_ in _FACTIVE for part in children(word, "mark", "advmod", "case"))
    if word.dep_ in ("nsubj", "nsubj:pass", "obj", "obl") and governor.pos_ == "VERB":
        frame = "obj" if word.dep_ in ("obj", "nsubj:pass") else case_of(word)
        return not _passes_on(word, governor) and _cue(governor, frame) is None
    return word.dep_ == "parataxis"


def _shares(word: Token, governor: Token) -> bool:
    """Whether a coordinated word shares the first one's cues: "will cut jobs and close a plant"."""
    if word.pos_ in ("NOUN", "PROPN"):
        return governor.pos_ in ("NOUN", "PROPN") and child(word, "det") is None
    if child(word, "aux", "aux:pass", "mark", "nsubj", "nsubj:pass", "cop") is not None:
        return False
    bare = word.tag_ == "VBP" and governor.tag_ == "VB"  # "will expel … and close": the same form, tagged as finite
    return bare or (word.tag_ in ("VB", "VBG", "VBN") and governor.tag_ == word.tag_)


# --- beside the word --------------------------------------------------------------------------------------------------


def beside(word: Token) -> Iterator[Mark]:
    """The cues among a word's own dependents: negation, modals, adverbs, tense, a condition on it."""
    if word.pos_ in ("NOUN", "PROPN"):
        yield from _beside_noun(word)
        return
    if word.dep_ == "ROOT" and is_infinitive(word):
        yield "announced", word.i  # a headline: "Ghana to hold vote"
    for part in word.children:
        negator = _negator(part)
        if negator is not None:
            yield "negated", negator.i
        elif part.dep_ in ("aux", "aux:pass", "cop"):
            yield from _of_auxiliary(part, word)
        elif part.lower_ == "due" and part.dep_ == "mark":
            yield "announced", part.i  # "is due to start", with "due to" for a preposition
        elif part.dep_ == "advmod":
            told = word.tag_ == "VBD" and child(word, "aux") is None  # "conceded shortly before midnight" is no plan
            yield from _effects(
                (cue for cue in cues_for(part.lower_, "adv") if not (told and cue.kind == "future")), part
            )
        elif part.dep_ == "advcl":
            for mark in children(part, "mark"):
                conditions = [
                    cue for cue in cues_for(mark.lower_, "mark") if cue.scope == "main" and cue.kind == "conditional"
                ]
                yield from _effects(conditions, part)


def _effects(cues: Iterable[Cue], part: Token) -> Iterator[Mark]:
    yield from ((cue.effect, part.i) for cue in cues if cue.effect and cue.effect != "occurred")


def _of_auxiliary(part: Token, word: Token) -> Iterator[Mark]:
    form = part.lower_.replace("’", "'")
    if form in ("is", "are", "'s", "'re", "am", "been", "was", "were") and part.dep_ == "aux" and word.tag_ == "VBG":
        yield "ongoing", part.i
    yield from _effects(cues_for({"'d": "would", "ca": "can"}.get(form, form), "aux"), part)


def _beside_noun(noun: Token) -> Iterator[Mark]:
    for part in noun.children:
        if part.lower_ in ("no", "neither", "zero") and part.dep_ in ("det", "amod", "advmod", "cc:preconj", "nummod"):
            yield "negated", part.i
        elif part.dep_ in ("amod", "compound", "acl", "advmod"):
            if part.lower_ != "disputed":  # a disputed election was held
                yield from _effects((cue for cue in cues_for(part.lower_, "adj") if cue.frame == "amod"), part)
            yield from _effects(cues_for(part.lower_, "adv") if part.dep_ == "advmod" else (), part)
    if case_of(noun) == "without":
        yield "negated", noun.i


def _negator(part: Token) -> Token | None:
    """The word that negates what `part` hangs on: "not", "never", "no longer", or the "no" of its subject or object."""
    form = part.lower_.replace("’", "'")
    if form in _NEGATORS and part.dep_ in ("advmod", "cc:preconj", "det", "aux", "neg", "amod"):
        behind = part.doc[part.i + 1].lower_ if part.i + 1 < len(part.doc) else ""
        return None if behind in ("only", "just", "merely", "least") else part
    if part.dep_ in ("nsubj", "nsubj:pass", "obj"):
        if form in _PRONOUNS:
            return part
        none = ("no", "neither")
        return next((w for w in part.children if w.lower_ in none and w.dep_ in ("det", "amod", "advmod")), None)
    return next((word for word in part.children if word.lower_ == "no"), None) if form == "longer" else None


def _is_question(word: Token) -> bool:
    return "?" in {token.text for token in word.sent[-2:]}


# --- speech -----------------------------------------------------------------------------------------------------------


def is_speech(verb: Token) -> bool:
    """Whether a verb reports what somebody says."""
    return verb.pos_ == "VERB" and speech_for(lemma_of(verb), "verb") is not None


_REPORTS = wordset(
    """say tell report announce add state confirm claim note explain warn insist stress reveal disclose acknowledge
    admit write allege argue declare show suggest estimate deny tweet post testify indicate believe"""
)


def is_report(verb: Token) -> bool:
    """Whether a verb may be hung on what it reports: "…, officials said"; not "recalled", "pleaded", "appealed"."""
    return verb.pos_ == "VERB" and lemma_of(verb) in _REPORTS


def _tagged_on(word: Token) -> Token | None:
    """A verb of saying hung on the clause: "X struck, officials said"."""
    for node in (word, *word.ancestors):
        for part in node.children:
            if part.dep_ in ("parataxis", "ccomp", "advcl") and part.i > word.i and _is_tag(part):
                return part
        if node.dep_ in ("ccomp", "acl:relcl"):
            return None
    return None


def _is_tag(verb: Token) -> bool:
    return is_report(verb) and verb.tag_ in ("VBD", "VBZ", "VBP") and child(verb, "ccomp", "mark", "obj") is None


def _backshifted(status: Status, marks: list[Mark], word: Token, speech: Token | None) -> Status:
    """As in "would" under a past verb of saying is what "will" was when it was said: announced, not hypothetical."""
    if status != "proposed" or speech is None:
        return status
    proposing = [word.doc[at] for mark, at in marks if mark == "proposed"]
    return "announced" if all(token.lower_ in ("would", "'d", "’d") for token in proposing) else status


def _first(marks: list[Mark]) -> Status:
    """The first status that fits; two negations leave a possibility."""
    found = {mark for mark, _ in marks}
    negations = len({at for mark, at in marks if mark == "negated"})
    if negations and negations % 2 == 0:
        found = (found - {"negated"}) | {"proposed"}
    return next((status for status in _ORDER if status in found), "occurred")
