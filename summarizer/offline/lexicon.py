"""What the words of news mean here: which verb or noun tells which event, who says, what is doubted, who holds office.

The tables beside this file (``tables/*.tsv``) are data for the rules of the embedded engine; nothing in them was drawn
from an article. The idea, a dictionary of verbs and their patterns over a dependency parse, is that of the political
event coders TABARI (Schrodt 2001), PETRARCH-2 (Norris 2016) and UniversalPetrarch (Lu and Roy 2017); types and modes
are those of PLOVER 2.0 (Halterman et al. 2023). The patterns are our own, made for SCHEMA.md's labelling rules.

A row of ``triggers.tsv`` names lemmas, a type and a mode, the conditions under which the type holds, and where actor
and recipient stand. **Conditions** are terms joined by ``&``, all of which must hold::

    obj=@diplomat,attaché     the object's head is a lemma of the class @diplomat, or "attaché"
    from=*                    something stands after "from"
    obj!=*                    there is no object
    mod!=clinical,drug        no modifier is one of these

Slots are ``subj``, ``obj``, ``mod`` (a verb's particles and adverbs, a noun's modifiers), ``poss`` (the possessor),
any preposition, ``arg`` (all but the subject) and ``any`` (all). The caller passes *deep* roles: in a passive the
subject is the object. Three entries of ``obliques`` are no prepositions: ``to`` also holds the infinitive ("refuse to
attend"), ``as`` the secondary predicate ("declare him persona non grata", "find guilty", "elect her president"),
``that`` the verb of a clause. Gerunds stand under their preposition ("accuse of violating"), a noun's possessor under
``poss``. Heads are lower-case lemmas; a phrase may be added beside its head ("prisoner", "political prisoner";
:func:`head_forms`), and so may a class, which is how a name is told: ``{"moscow", "@country"}``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from summarizer.ontology import Context, EntityType, EventType, Stance, Status

Pos = Literal["verb", "noun"]
TriggerKind = Literal["deed", "act", "say"]
Scope = Literal["complement", "object", "subject", "clause", "main"]
CueKind = Literal[
    "negation",
    "implicative",
    "counterfactive",
    "factive",
    "modal",
    "volition",
    "future",
    "conditional",
    "purpose",
    "evidential",
    "evidence",
    "belief",
    "aspectual",
]
CuePos = Literal["verb", "noun", "adj", "adv", "aux", "det", "pron", "prep", "mark"]
SpeechPos = Literal["verb", "noun", "prep"]
Factivity = Literal["factive", "nonfactive", "counterfactive", "no"]
NounKind = Literal["title", "honorific", "orghead", "group", "person", "object"]
Acting = Literal["country", "organization", "self"]

TABLES = Path(__file__).with_name("tables")
SAID = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""The types that are coded by what is said: they have the status of the saying (SCHEMA.md, rule 3)."""

_POS: dict[str, Pos] = {"v": "verb", "n": "noun"}
_ROLES: dict[Pos, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "verb": (("subj",), ("obj",)),
    "noun": (("by", "poss", "mod"), ("of",)),
}
_BOUND_SLOTS = ("arg", "any")
# A verb's second word that must stand as a particle: "gave in" is a lemma of its own, "gave it in May" is not.
_ADVERBIAL = frozenset(
    ("ahead", "apart", "aside", "away", "back", "down", "forward", "home", "in", "off", "out", "over", "up")
)


# ---------------------------------------------------------------------------------------------------------- triggers


@dataclass(frozen=True, slots=True)
class Condition:
    """One term: a slot, and the lemmas and classes one of which must stand in it (or, negated, must not)."""

    slot: str
    lemmas: frozenset[str]
    classes: tuple[str, ...] = ()
    negated: bool = False

    @property
    def anything(self) -> bool:
        """Whether the term only asks that something stands in the slot."""
        return "*" in self.lemmas

    def holds(self, heads: frozenset[str]) -> bool:
        """Tell whether these heads satisfy the term."""
        return self._meets(heads) != self.negated

    def _meets(self, heads: frozenset[str]) -> bool:
        if self.anything:
            return bool(heads)
        return not heads.isdisjoint(self.lemmas) or any(in_class(heads, name) for name in self.classes)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One reading of a verb or noun as an event.

    ``lemma`` may be of several words: a verb first ("shoot down"), a noun last. ``actor`` and ``recipient`` name the
    slots where they stand, the first that is filled counting; in a symmetric event every slot of ``actor`` counts and
    ``recipient`` is empty. ``kind`` is "deed" for what is done, "act" for an utterance that is institutional by its
    nature (a charge, a veto, a signature), "say" for one that is an event only from an institution or as the main
    event (rule 1). ``weight`` is 0, higher where the reading wins over another, negative for weak everyday words:
    below 0, want an argument that is a country, a body or a person of office before making an event of it.
    """

    lemma: str
    pos: Pos
    event_type: EventType
    mode: str | None
    conditions: tuple[Condition, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    kind: TriggerKind
    weight: int

    @property
    def utterance(self) -> bool:
        """Whether the event is in the saying."""
        return self.kind != "deed"


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause or noun phrase as conditions see it."""

    subject: frozenset[str]
    object: frozenset[str]
    particles: frozenset[str]
    obliques: Mapping[str, frozenset[str]]

    def heads(self, slot: str) -> frozenset[str]:
        match slot:
            case "subj":
                return self.subject
            case "obj":
                return self.object
            case "mod":
                return self.particles
            case "arg" | "any":
                others = self.object.union(self.particles, *self.obliques.values())
                return others | self.subject if slot == "any" else others
        return self.obliques.get(slot, frozenset())

    def has(self, words: Iterable[str]) -> bool:
        return all(word in self.particles or (word not in _ADVERBIAL and word in self.obliques) for word in words)

    def score(self, trigger: Trigger) -> int | None:
        """Rate how specific a trigger is here; None if it does not hold."""
        extra = _beside_head(trigger.lemma, trigger.pos)
        if not self.has(extra):
            return None
        total = 3 * len(extra) + trigger.weight
        for term in trigger.conditions:
            if not term.holds(self.heads(term.slot)):
                return None
            total += self._points(term)
        return total

    def _points(self, term: Condition) -> int:
        if term.negated:
            return 0
        if term.anything:
            return 1
        return 3 if term.slot in _BOUND_SLOTS and term.holds(self.object) else 2


def classify(
    lemma: str,
    pos: Pos,
    *,
    particles: frozenset[str] = frozenset(),
    subject_heads: frozenset[str] = frozenset(),
    object_heads: frozenset[str] = frozenset(),
    obliques: Mapping[str, frozenset[str]] | None = None,
) -> Trigger | None:
    """Pick the most specific trigger of a word in its clause, the earlier row on a tie; None if none holds.

    Each extra word of the lemma counts 3, a term 2 (3 if it was met in the object while any argument would do), a term
    that asks for anything 1, a negated one 0; the weight is added.

    >>> diplomats, migrants = frozenset({"diplomat"}), frozenset({"migrant"})
    >>> [classify("expel", "verb", object_heads=heads).mode for heads in (diplomats, migrants)]
    ['expel', 'deport']
    """
    clause = _Clause(subject_heads, object_heads, particles, obliques or {})
    best, most = None, -99
    for trigger in triggers_for(lemma, pos):
        score = clause.score(trigger)
        if score is not None and score > most:
            best, most = trigger, score
    return best


@cache
def triggers_for(lemma: str, pos: Pos) -> tuple[Trigger, ...]:
    """Return every reading of a head word, those of its phrases too, in the table's order.

    >>> sorted({trigger.lemma for trigger in triggers_for("shoot", "verb")})
    ['shoot', 'shoot down']
    """
    return tuple(trigger for row in _trigger_rows(pos).get(lemma, ()) for trigger in _read_trigger(*row))


def trigger_heads(pos: Pos) -> frozenset[str]:
    """Return the head words that have a trigger."""
    return frozenset(_trigger_rows(pos))


def head_forms(head: str, modifiers: Iterable[str] = (), of: Iterable[str] = ()) -> frozenset[str]:
    """Return the forms under which a head is looked up: alone, with a modifier, with what follows "of".

    >>> sorted(head_forms("state", ["military"], of=["emergency"]))
    ['military state', 'state', 'state of emergency']
    """
    return frozenset({head, *(f"{each} {head}" for each in modifiers), *(f"{head} of {each}" for each in of)})


def in_class(heads: Iterable[str], name: str) -> bool:
    """Tell whether a head is a word of a class ("@diplomat") or was marked with it by the caller."""
    words = word_classes()[name]
    return any(head == name or head in words for head in heads)


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Return class → its words; a class may take in others ("@armed" the police, the troops and the militants)."""
    listed = {f"@{name}": words.split("|") for name, words in _rows("classes")}
    return {name: _members(words, listed) for name, words in listed.items()}


def _members(words: list[str], listed: dict[str, list[str]]) -> frozenset[str]:
    plain = frozenset(word for word in words if word[0] != "@")
    return plain.union(*(_members(listed[word], listed) for word in words if word[0] == "@"))


@cache
def _trigger_rows(pos: Pos) -> dict[str, list[tuple[str, list[str]]]]:
    """Index the rows of verbs or nouns by head word; a row is read further only when its word is first met."""
    index: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    head_at = 0 if pos == "verb" else -1
    for lemmas, *rest in _rows("triggers"):
        if _POS[rest[0]] == pos:
            for lemma in lemmas.split("|"):
                index[lemma if " " not in lemma else lemma.split()[head_at]].append((lemma, rest))
    return dict(index)


def _read_trigger(lemma: str, row: list[str]) -> Iterator[Trigger]:
    letter, label, when, actor, recipient, kind, weight = row
    pos = _POS[letter]
    event_type, _, mode = label.partition("/")
    stated = tuple(_read_condition(term) for term in when.split(" & ")) if when else ()
    for each_mode, conditions in _with_modes(event_type, mode, stated):
        yield Trigger(
            lemma=lemma,
            pos=pos,
            event_type=cast("EventType", event_type),
            mode=each_mode,
            conditions=conditions,
            actor=_slots(actor, _ROLES[pos][0]),
            recipient=_slots(recipient, _ROLES[pos][1]),
            kind=cast("TriggerKind", kind or ("say" if event_type in SAID else "deed")),
            weight=int(weight or 0),
        )


def _with_modes(
    event_type: str, mode: str, stated: tuple[Condition, ...]
) -> Iterator[tuple[str | None, tuple[Condition, ...]]]:
    """Spell out the mode ``*``: one reading for each class "@TYPE/mode" that stands in the clause, and one without."""
    yield (mode if mode != "*" else "") or None, stated
    if mode == "*":
        slot = "any" if event_type == "ASSAULT" else "arg"
        for name in _mode_classes(event_type):
            yield name.partition("/")[2], (*stated, Condition(slot, frozenset(), (name,)))


@cache
def _mode_classes(event_type: str) -> tuple[str, ...]:
    listed = "REQUEST" if event_type == "REJECT" else event_type  # PLOVER gives the two the same modes
    return tuple(name for name in word_classes() if name.startswith(f"@{listed}/"))


@cache
def _read_condition(term: str) -> Condition:
    slot, _, values = term.partition("=")
    listed = values.split(",")
    return Condition(
        slot=slot.rstrip("!"),
        lemmas=frozenset(value for value in listed if value[0] != "@"),
        classes=tuple(value for value in listed if value[0] == "@"),
        negated=slot.endswith("!"),
    )


def _slots(cell: str, default: tuple[str, ...]) -> tuple[str, ...]:
    if cell == "-":
        return ()
    return tuple(cell.split(",")) if cell else default


def _beside_head(lemma: str, pos: Pos) -> list[str]:
    if " " not in lemma:
        return []
    words = lemma.split()
    return words[1:] if pos == "verb" else words[:-1]


# ------------------------------------------------------------------------------------------------------------ speech


@dataclass(frozen=True, slots=True)
class Speech:
    """A word that reports speech, its stance where it has one, and whether it vouches for what is said."""

    form: str
    pos: SpeechPos
    stance: Stance | None
    factivity: Factivity


def speech_for(form: str, pos: SpeechPos) -> Speech | None:
    """Return what a verb, noun or preposition of speech says of its speaker's stance.

    A word may be listed for its stance and again for its factivity; the first stance and the first factivity count.

    >>> speech_for("reveal", "verb").factivity, speech_for("condemn", "verb").stance
    ('factive', 'condemns')
    """
    return _speech().get((form, pos))


@cache
def _speech() -> dict[tuple[str, str], Speech]:
    listed: dict[tuple[str, str], Speech] = {}
    for forms, pos, stance, factivity in _rows("speech"):
        for form in forms.split("|"):
            old = listed.get((form, pos))
            listed[form, pos] = Speech(
                form,
                cast("SpeechPos", pos),
                (old.stance if old else None) or cast("Stance | None", stance or None),
                old.factivity if old and old.factivity != "no" else cast("Factivity", factivity),
            )
    return listed


# -------------------------------------------------------------------------------------------------------- factuality


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that bears on whether something happened.

    ``effect`` is the status it gives to what stands in its ``scope``, ``under_negation`` the one it gives when it is
    itself negated ("did not fail to", "has not confirmed"); None is no effect. Scopes: its "complement", its "object",
    the "subject" of its clause, the whole "clause" it stands in, and for a conjunction the "main" clause. ``frame`` is
    how the complement must be joined: to, ing, that, a preposition, obj (a noun phrase), amod (the noun it modifies).
    """

    form: str
    pos: CuePos
    kind: CueKind
    effect: Status | None
    under_negation: Status | None
    scope: Scope
    frame: str


def cues_for(form: str, pos: CuePos | None = None, frame: str | None = None) -> tuple[Cue, ...]:
    """Return the cues of a lemma or phrase, of one part of speech or in one frame if asked.

    >>> [cue.effect for cue in cues_for("fail", "verb", "to")], [cue.effect for cue in cues_for("unlikely")]
    (['negated'], ['negated'])
    """
    return tuple(cue for cue in _cues(form) if pos in (None, cue.pos) and (frame is None or cue.frame in ("", frame)))


def cue_forms() -> frozenset[str]:
    """Return every form that is a cue."""
    return frozenset(_cue_rows())


@cache
def _cues(form: str) -> tuple[Cue, ...]:
    return tuple(_read_cue(form, row) for row in _cue_rows().get(form, ()))


def _read_cue(form: str, row: list[str]) -> Cue:
    pos, kind, effect, under_negation, scope, frame = row
    return Cue(
        form=form,
        pos=cast("CuePos", pos),
        kind=cast("CueKind", kind),
        effect=cast("Status | None", effect or None),
        under_negation=cast("Status | None", under_negation or None),
        scope=cast("Scope", scope),
        frame=frame,
    )


@cache
def _cue_rows() -> dict[str, list[list[str]]]:
    return _by_form("cues")


# ----------------------------------------------------------------------------------------------------------- offices


@dataclass(frozen=True, slots=True)
class Office:
    """A noun that heads a title or names a kind of actor or thing, and for whom its bearer acts (rule 7)."""

    form: str
    kind: NounKind
    acts_for: Acting

    @property
    def entity_type(self) -> EntityType:
        """The type of entity that such a noun denotes."""
        return _ENTITY_TYPES[self.kind]


_ENTITY_TYPES: dict[NounKind, EntityType] = {
    "title": "person",
    "honorific": "person",
    "orghead": "organization",
    "group": "group",
    "person": "person",
    "object": "object",
}


def office_for(form: str, kind: NounKind | None = None) -> Office | None:
    """Return the entry of a noun, the first of its kinds unless one is asked for.

    >>> office_for("foreign minister").acts_for, office_for("frigate").entity_type
    ('country', 'object')
    """
    for its_kind, acts_for in _office_rows().get(form, ()):
        if kind in (None, its_kind):
            return Office(form, cast("NounKind", its_kind), cast("Acting", acts_for))
    return None


def forms_of(kind: NounKind) -> frozenset[str]:
    """Return all forms of one kind: every title, every honorific."""
    return frozenset(form for form, rows in _office_rows().items() if any(row[0] == kind for row in rows))


@cache
def _office_rows() -> dict[str, list[list[str]]]:
    return _by_form("offices")


# ---------------------------------------------------------------------------------------------------------- contexts

CAP = 3  # a cue counts at most so often: ten times "court" is no more about law than three times
LEAST = 6  # points a context needs
PER_HUNDRED = 0.9  # points it needs for every hundred words
SHARE = 0.3  # of the strongest context's points
MOST = 5  # contexts an article can have


def contexts_of(lemma_counts: Mapping[str, int], n_tokens: int) -> list[Context]:
    """Name the topics of an article from its lemmas, the strongest first; often none, seldom more than three.

    A cue gives its weight (1 to 4) for each of its first three occurrences. A context needs six points from at least
    two cues, of which one is strong (2 or more), 0.9 points for every hundred words, and three tenths of the strongest
    context's points. Phrases ("human right") count if the mapping holds them: see :func:`count_lemmas`.

    >>> contexts_of({"earthquake": 3, "magnitude": 1, "rubble": 1, "company": 1}, 120)
    ['disasters']
    """
    points: Counter[Context] = Counter()
    cues: Counter[Context] = Counter()
    strong: set[Context] = set()
    for lemma, count in lemma_counts.items():
        for context, weight in _context_cues().get(lemma, ()):
            points[context] += weight * min(count, CAP)
            cues[context] += 1
            if weight > 1:
                strong.add(context)
    least = max(LEAST, PER_HUNDRED * n_tokens / 100, SHARE * max(points.values(), default=0))
    return [each for each, total in points.most_common() if total >= least and cues[each] > 1 and each in strong][:MOST]


def count_lemmas(lemmas: Sequence[str]) -> Counter[str]:
    """Count lemmas, and the phrases of two and three that are cues.

    >>> count_lemmas(["human", "right", "be", "human"])["human right"]
    1
    """
    cues = _context_cues()
    counts = Counter(lemmas)
    for size in (2, 3):
        phrases = (" ".join(lemmas[at : at + size]) for at in range(len(lemmas) - size + 1))
        counts.update(phrase for phrase in phrases if phrase in cues)
    return counts


@cache
def _context_cues() -> dict[str, list[tuple[Context, int]]]:
    cues: dict[str, list[tuple[Context, int]]] = {}
    for context, weight, lemmas in _rows("contexts"):
        entry = (cast("Context", context), int(weight))
        for lemma in lemmas.split("|"):
            cues.setdefault(lemma, []).append(entry)
    return cues


def _by_form(name: str) -> dict[str, list[list[str]]]:
    """Index a table whose first column lists forms: form → the rest of each of its rows."""
    index: dict[str, list[list[str]]] = defaultdict(list)
    for forms, *rest in _rows(name):
        for form in forms.split("|"):
            index[form].append(rest)
    return dict(index)


def _rows(name: str) -> Iterator[list[str]]:
    """Read a table: tab-separated, ``#`` for comments; every row has all its columns."""
    for line in (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            yield line.split("\t")
