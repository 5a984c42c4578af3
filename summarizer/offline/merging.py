"""Mentions of one event become one event (SCHEMA.md, rule 2): one per act, actors, recipients and date.

A headline and the lead, a verb and the noun that takes it up again ("expelled … the expulsions") tell the same event if
nothing speaks against it. The fullest mention in running text is kept, and the others lend it what it lacks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from summarizer.dates import extent, resolve
from summarizer.figures import numbers_in
from summarizer.offline.cards import Card
from summarizer.offline.clauses import is_passive, surface_subject
from summarizer.offline.entities import Registry, phrase_of
from summarizer.offline.kinds import INSTRUMENTS, QUANTIFIERS, kind_of, noun_of
from summarizer.offline.lexicon import SAID
from summarizer.offline.parsed import Frame, Parsed, Phrase, Segment
from summarizer.offline.phrases import lemma_of
from summarizer.offline.sentences import sentence_start
from summarizer.offline.wordlists import word_list
from summarizer.spans import Span

_NEAR = 25  # earlier events of a type that a mention is compared with: keeps merging linear
_HAPPENED = frozenset({"occurred", "announced", "ongoing", "alleged"})
# Types whose events of one actor and recipient are told apart by their words: two demands are two events.
_BY_WORDS = word_list("type told by words")
_STEM = 4
_FEW = 6
_OPENING = 2  # segments: the headline and the lead
_LINE = 60  # words that a headline may have
_STOPS = (".", "!", "?", ":", ";", '"', "”", "’", "'", ")", "…")
_INDEFINITE = frozenset({"a", "an", "another", "no", "several", "new", "more"})
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_UNDONE = frozenset({"DISASTER", "ACCIDENT"})
_DEFINITE = frozenset(["the", "this", "that", "these", "those", "its", "his", "her", "their"])
SYMMETRIC = frozenset({"CONSULT", "COOPERATE"})


@dataclass(frozen=True, eq=False)
class Mention:
    """One frame with its roles named.

    `order` is its segment's place, `day` the value of its date, `vague` who of those in its roles is only described,
    `lone` which of these is one person.
    """

    frame: Frame
    order: int
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    source: tuple[str, ...]
    day: str | None
    vague: frozenset[str] = frozenset()
    lone: frozenset[str] = frozenset()

    @property
    def headline(self) -> bool:
        """Whether it stands in a headline."""
        return is_headline(self.frame.segment)

    @property
    def lead(self) -> bool:
        """Whether it stands in the headline or the paragraph behind it."""
        return self.order <= 1

    @property
    def quoted(self) -> bool:
        """Whether it stands within a quotation."""
        return self.frame.segment.kind == "quotation"

    @property
    def stem(self) -> str:
        """What a verb and its noun share: "expel", "expulsion" differ, "arrest" and "arrests" do not."""
        return lemma_of(self.frame.trigger)[:_STEM]

    @property
    def fullness(self) -> int:
        """How many slots it fills."""
        frame = self.frame
        slots = (self.actor, self.recipient, frame.date, frame.location, frame.quantities, frame.reason, frame.mode)
        return sum(map(bool, slots))


@dataclass(frozen=True, eq=False)
class Happening:
    """One event with all its mentions in text order; `best` is the one it is told by."""

    mentions: tuple[Mention, ...]
    best: Mention

    @property
    def event_type(self) -> str:
        """The best mention's type."""
        return self.best.frame.event_type

    @property
    def mode(self) -> str | None:
        """The best mention's mode, else the first that any other has."""
        modes = (self.best.frame.mode, *(mention.frame.mode for mention in self.mentions))
        return next((mode for mode in modes if mode), None)

    @property
    def actor(self) -> tuple[str, ...]:
        """Who did it: in a symmetric event everyone that any mention names, else the first mention that says."""
        if self.event_type in SYMMETRIC and not self.best.recipient:
            return tuple(dict.fromkeys(name for mention in self._by_worth() for name in mention.actor))
        return self._filled("actor")

    @property
    def recipient(self) -> tuple[str, ...]:
        """To whom, from the first mention that says."""
        return self._filled("recipient")

    def _filled(self, role: str) -> tuple[str, ...]:
        """The role's first filling; one person only described gives way to the name that another mention has."""
        fillings = [(names, m.lone) for m in self._by_worth() if (names := getattr(m, role))]
        named = (names for names, lone in fillings if not set(names) <= lone)
        return next(named, None) or next((names for names, _ in fillings), ())

    @property
    def status(self) -> str:
        """The best mention's status; alleged only if no mention in the article's own voice vouches for it (rule 3)."""
        status = self.best.frame.status
        if status == "alleged":
            others = (m.frame.status for m in self.mentions if not m.quoted and not m.source)
            return next((other for other in others if other in _HAPPENED and other != "alleged"), status)
        return status

    @property
    def attribution(self) -> tuple[str, ...]:
        """On whose word, by the first sentence of the body that tells it (rule 14)."""
        body = [mention for mention in self.mentions if not mention.headline]
        return body[0].source if body else ()

    def _by_worth(self) -> list[Mention]:
        return [self.best, *(mention for mention in self.mentions if mention is not self.best)]

    def when(self, slot: str) -> tuple[Span, Literal["future"] | None] | None:
        """The first date of that slot ("date", "effective"), and whether it lies ahead."""
        found = ((getattr(m.frame, slot), m.frame) for m in self._by_worth())
        first = next(((span, frame) for span, frame in found if span is not None), None)
        if first is None:
            return None
        return first[0], "future" if slot == "effective" else tense_of(first[1])

    def first(self, slot: str) -> object:
        """The slot of the best mention, else of the first that fills it."""
        return next((value for m in self._by_worth() if (value := getattr(m.frame, slot))), None)

    def quantities(self) -> list[tuple[Span, str, dict[Span, float]]]:
        """Every number told of it, each once, with what it had been before."""
        found: dict[Span, tuple[Span, str, dict[Span, float]]] = {}
        for mention in self._by_worth():
            if mention.headline and mention is not self.best:
                continue
            for span, counted in mention.frame.quantities:
                found.setdefault(span, (span, counted, mention.frame.previous))
        return list(found.values())


def is_headline(segment: Segment) -> bool:
    """Whether a segment is a line without a sentence's end, an abbreviation's dot within it aside."""
    if segment.kind == "headline":
        return True
    if segment.kind != "prose" or segment.offsets[0] != 0 or len(segment.doc) > _LINE:
        return False
    return not segment.doc.text.rstrip().endswith(_STOPS) and len(list(segment.doc.sents)) == 1


Tellers = Mapping[tuple[int, int], tuple[Card, int]]
"""Who tells a sentence by a tag at its end, by segment and first token: see `speakers.Listener.tellers`."""


def name_roles(
    frames: Iterable[Frame], parsed: Parsed, registry: Registry, tellers: Tellers | None = None
) -> list[Mention]:
    """Frames with the entities in their roles, in text order."""
    order = {id(segment): at for at, segment in enumerate(parsed.segments)}
    every = _as_casualties(list(frames), parsed)
    named = (_named(frame, order[id(frame.segment)], parsed, registry, tellers or {}) for frame in every)
    return sorted(named, key=lambda mention: (mention.order, mention.frame.trigger.i))


_DOING = word_list("doing verb")
_HARM = frozenset(["kill", "injure", "wound", "hurt", "die", "claim", "trap", "strand", "bury", "drown", "burn"])


def _as_casualties(frames: list[Frame], parsed: Parsed) -> list[Frame]:
    """Deaths in the sentence that tells a disaster or accident are its own: "plunged into a ravine, killing 19".

    So are deaths that nobody caused, in any sentence, where the article's opening tells of a disaster or accident.
    """
    sentences = {
        (id(frame.segment), sentence_start(frame.trigger)): frame.event_type
        for frame in frames
        if frame.event_type in _UNDONE
    }
    opening = {id(segment) for segment in parsed.segments[:_OPENING]}
    news = next((f.event_type for f in frames if f.event_type in _UNDONE and id(f.segment) in opening), None)
    found = []
    for frame in frames:
        cause = sentences.get((id(frame.segment), sentence_start(frame.trigger))) or (None if frame.actor else news)
        if cause is not None and frame.event_type == "ASSAULT" and lemma_of(frame.trigger) in _HARM and not frame.mode:
            frame = replace(frame, event_type=cause)
        found.append(frame)
    return found


def _named(frame: Frame, order: int, parsed: Parsed, registry: Registry, tellers: Tellers) -> Mention:
    frame = _as_threat(frame)
    kind, mode = frame.event_type, frame.mode
    doers = frame.actor if kind not in _UNDONE else ()  # nobody does a misfortune
    actor = _names(doers, lambda phrase: registry.names(phrase, kind, mode))
    recipient = _names(frame.recipient, lambda phrase: registry.recipients(phrase, kind, mode))
    recipient = tuple(name for name in recipient if name not in actor)
    source = registry.who(frame.source) if frame.source is not None else _teller(frame, registry, tellers)
    if actor and kind not in SAID and (actor == _teller(frame, registry, tellers) or _is_only_told(frame)):
        actor = _first_subject(frame, registry, actor)  # a slip of the parser: "… killing 19, police said"
    vague = frozenset(name for name in (*actor, *recipient) if registry.is_described(name))
    lone = frozenset(name for name in vague if registry.kind(name) == "person")
    return Mention(frame, order, actor or _behind(frame, registry), recipient, source, _day(frame, parsed), vague, lone)


def _first_subject(frame: Frame, registry: Registry, teller: tuple[str, ...]) -> tuple[str, ...]:
    """Who stands as the first subject before a trigger in its sentence, if that is not who tells it."""
    doc, trigger = frame.segment.doc, frame.trigger
    before = doc[sentence_start(trigger) : trigger.i]
    subject = next((token for token in before if token.dep_ == "nsubj"), None)
    if frame.event_type in _UNDONE:
        return ()
    if subject is None:
        opening = registry.named_at(frame.segment, sentence_start(trigger))
        return (registry.name(opening),) if opening is not None and opening.kind == "country" else ()
    names = registry.names(phrase_of(frame.segment, subject), frame.event_type, frame.mode)
    return () if names == teller else names


def _is_only_told(frame: Frame) -> bool:
    """Whether a participle's doer is no more than who tells it: "police say the dam broke, killing 19"."""
    if frame.source is None or frame.trigger.tag_ != "VBG":
        return False
    return any(phrase.head.i == frame.source.head.i for phrase in frame.actor)


def _teller(frame: Frame, registry: Registry, tellers: Tellers) -> tuple[str, ...]:
    """Who tells the sentence that a frame stands in by a tag at its end."""
    told = tellers.get((id(frame.segment), sentence_start(frame.trigger)))
    return (registry.name(told[0]),) if told is not None and frame.trigger.i < told[1] else ()


def _behind(frame: Frame, registry: Registry) -> tuple[str, ...]:
    """Whose act stands in the doer's place where a frame has no actor: "an Israeli air strike killed"."""
    verb = frame.trigger.head if frame.nominal and frame.trigger.dep_ == "obj" else frame.trigger
    if frame.actor or frame.event_type in _UNDONE or verb.pos_ != "VERB":
        return ()
    agent = next((part for part in verb.children if part.dep_ == "obl:agent"), None)
    subject = agent if is_passive(verb) else surface_subject(verb)
    if subject is None:
        return ()
    if frame.nominal and lemma_of(verb) in _DOING:
        return registry.names(phrase_of(frame.segment, subject), frame.event_type, frame.mode)
    if frame.nominal or subject.pos_ not in ("NOUN", "NUM"):
        return ()
    noun = noun_of(subject)
    if kind_of(noun) not in ("act", "person") and noun not in INSTRUMENTS | QUANTIFIERS:
        return ()
    return registry.names(phrase_of(frame.segment, subject), frame.event_type, frame.mode)


_THREATENED = {"expel": "expel", "arrest": "arrest", "seize": "territory"}
_THREATS = {"SANCTION": "relations", "COERCE": "restrict", "ASSAULT": "violence", "PROTEST": None,
            "MOBILIZE": "violence", "REJECT": "restrict"}  # fmt: skip


def _as_threat(frame: Frame) -> Frame:
    """A deed that somebody warned of: it goes by that verb (rule 16), its mode by what is threatened."""
    if frame.status != "threatened" or frame.event_type not in _THREATS or frame.source is None:
        return frame
    mode = _THREATENED.get(frame.mode or "", _THREATS[frame.event_type])
    return replace(frame, event_type="THREATEN", mode=mode, status="occurred", actor=(frame.source,), source=None)


def _day(frame: Frame, parsed: Parsed) -> str | None:
    """The value of a frame's date; of one that names a year in an odd way, the year."""
    if frame.date is None:
        return None
    text = frame.date.of(parsed.article.text)
    value = resolve(text, parsed.article.published, tense=tense_of(frame)).value
    year = _YEAR.search(text) if value is None else None
    return year.group() if year is not None else value


def tense_of(frame: Frame) -> Literal["future"] | None:
    """Whether a frame's date lies ahead: behind "will" and "to", or with a verb in the present tense."""
    trigger = frame.trigger.head if frame.nominal and frame.trigger.head.pos_ == "VERB" else frame.trigger
    ahead = any(part.lower_ in ("will", "would", "shall", "'ll", "’ll", "to") for part in trigger.lefts)
    if ahead and frame.status in ("announced", "proposed", "threatened"):
        return "future"
    if is_headline(frame.segment) or trigger.tag_ not in ("VBZ", "VBP"):
        return None
    return None if any(part.dep_.startswith("aux") for part in trigger.lefts) else "future"


def _names(phrases: Sequence[Phrase], name: object) -> tuple[str, ...]:
    assert callable(name)
    return tuple(dict.fromkeys(found for phrase in phrases for found in name(phrase)))


def merge(mentions: Sequence[Mention]) -> list[Happening]:
    """Gather mentions into events, in the order of their first mention."""
    groups: dict[str, list[list[Mention]]] = defaultdict(list)
    every: list[list[Mention]] = []
    for mention in mentions:
        near = groups[mention.frame.event_type][-_NEAR:]
        home = next((group for group in reversed(near) if _belongs(mention, _window(group))), None)
        if home is None:
            home = []
            groups[mention.frame.event_type].append(home)
            every.append(home)
        home.append(mention)
    return [Happening(tuple(group), _best(group)) for group in every]


def _window(group: list[Mention]) -> list[Mention]:
    """The first and last few mentions of an event: what a new one is compared with."""
    return group if len(group) <= 2 * _FEW else group[:_FEW] + group[-_FEW:]


def _best(group: list[Mention]) -> Mention:
    """The fullest mention in running text, the first of equals; a headline's or a noun's only if there is no other."""
    return max(
        group,
        key=lambda m: (
            not m.quoted,
            not m.headline,
            not m.frame.nominal,
            m.fullness + 2 * m.lead,
            -m.order,
            -m.frame.trigger.i,
        ),
    )


def _belongs(mention: Mention, group: list[Mention]) -> bool:
    """Whether a mention tells a group's event: nothing conflicts, and something says that it is the same."""
    if not all(_agree(mention, other) for other in (group[0], group[-1])) or _answers(mention, group):
        return False
    if any(_leans_on(mention, other) for other in group[-3:]):
        return True
    if mention.frame.event_type in _UNDONE and _one_sentence(mention, group[-1]):
        return True
    if mention.frame.event_type in _UNDONE:
        return _same_misfortune(mention, group)
    if mention.lead and all(other.headline for other in group) and _retells(mention, group):
        return True
    if _resumes(mention, group):
        return True
    whole_actor = {name for other in group for name in other.actor}
    whole_recipient = {name for other in group for name in other.recipient}
    if not _fit(mention.actor, whole_actor) or not _fit(mention.recipient, whole_recipient):
        return _names_the_described(mention, group, whole_recipient)
    shared = bool(_overlap(mention.actor, whole_actor)) + bool(_overlap(mention.recipient, whole_recipient))
    akin = any(mention.stem == other.stem for other in group)
    if mention.frame.nominal and not _takes_up(mention) and not mention.headline and not mention.lead:
        return akin and shared > 0 and not _is_new(mention)
    bare = not mention.actor and not mention.recipient
    if _takes_up(mention) or (akin and bare and _same_subject(mention, group)):
        return akin or (mention.frame.nominal and mention.frame.mode in {other.frame.mode for other in group})
    if mention.frame.event_type in _BY_WORDS and not (mention.lead and group[0].headline and len(group) == 1):
        return akin and shared > 0
    return shared > 0 or (akin and _roleless(group) and _same_subject(mention, group))


def _answers(mention: Mention, group: list[Mention]) -> bool:
    """Whether doer and sufferer change places: "X expelled Y's envoys" after "Y expelled X's" is another event."""
    done = set(mention.actor) & {name for other in group for name in other.recipient}
    return bool(done or set(mention.recipient) & {name for other in group for name in other.actor})


def _retells(mention: Mention, group: list[Mention]) -> bool:
    """Whether the lead tells what the headline told, in fuller words: one role is the same, or only described there."""
    first = group[0]
    same = bool(_overlap(mention.actor, first.actor)) + bool(_overlap(mention.recipient, first.recipient))
    if same:
        return True
    if mention.stem != first.stem and mention.frame.mode != first.frame.mode:
        return False
    roles = ((mention.actor, first.actor), (mention.recipient, first.recipient))
    return all(not ours or not theirs or set(theirs) <= first.vague for ours, theirs in roles)


def _names_the_described(mention: Mention, group: list[Mention], whole: set[str]) -> bool:
    """Whether a later mention names the one person that the group only described: "a commander … Daher was killed"."""
    lone = {name for other in group for name in other.lone}
    akin = any(mention.stem == other.stem for other in group)
    return akin and not mention.actor and len(mention.recipient) == 1 and whole <= lone and not mention.vague


def _same_subject(mention: Mention, group: list[Mention]) -> bool:
    """Whether two mentions that name nobody speak of one thing: "shares fell", "revenue fell" do not."""
    ours = _subject_noun(mention)
    return ours is None or any(other.headline or _subject_noun(other) in (None, ours) for other in group)


def _subject_noun(mention: Mention) -> str | None:
    parts = mention.frame.trigger.children
    subject = next((part for part in parts if part.dep_ in ("nsubj", "nsubj:pass")), None)
    return lemma_of(subject) if subject is not None and subject.pos_ == "NOUN" else None


def _leans_on(mention: Mention, other: Mention) -> bool:
    """Whether one's noun is the other's subject or object: "clashes killed 20"."""
    if mention.frame.segment is not other.frame.segment or mention.frame.nominal == other.frame.nominal:
        return False
    noun, verb = (mention, other) if mention.frame.nominal else (other, mention)
    return noun.frame.trigger.head.i == verb.frame.trigger.i and noun.frame.trigger.dep_ in (
        "nsubj",
        "nsubj:pass",
        "obj",
        "obl",
    )


def _one_sentence(mention: Mention, other: Mention) -> bool:
    ours, theirs = mention.frame, other.frame
    same = ours.segment is theirs.segment and sentence_start(ours.trigger) == sentence_start(theirs.trigger)
    return same and not _is_new(mention)


def _same_misfortune(mention: Mention, group: list[Mention]) -> bool:
    """Whether a mention tells a group's disaster or accident: most articles have one, and name another as such."""
    if _is_new(mention) and not mention.lead:
        return False
    hurt = [name for other in group for name in other.recipient]
    conflict = mention.recipient and hurt and not _overlap(mention.recipient, hurt) and not mention.lead
    akin = any(_kin(mention, other) for other in group)
    return not conflict and (akin or (mention.lead and group[0].lead) or _takes_up(mention))


def _kin(mention: Mention, other: Mention) -> bool:
    """Whether two mentions of a misfortune speak of the same one: by their stem or the noun that does it."""
    return mention.stem == other.stem or bool(_cause_of(mention) & _cause_of(other))


def _cause_of(mention: Mention) -> set[str]:
    frame = mention.frame
    heads = {lemma_of(phrase.head) for phrase in frame.actor}
    return heads | ({lemma_of(frame.trigger)} if frame.nominal else set())


def _resumes(mention: Mention, group: list[Mention]) -> bool:
    """Whether a definite noun without roles of its own takes up the event: "called the walkout …"."""
    trigger = mention.frame.trigger
    if mention.frame.nominal:
        noun = trigger if _takes_up(mention) else None
    else:
        noun = next((part for part in trigger.children if part.dep_ == "obj" and part.pos_ == "NOUN"), None)
    if noun is None or not any(part.lower_ in ("the", "this", "that") for part in noun.lefts):
        return False
    if any(part.dep_ in ("nmod:poss", "nmod", "amod", "acl", "compound") for part in noun.children):
        return False
    return any(lemma_of(noun)[:_STEM] in (other.stem, _object_stem(other)) for other in group)


def _object_stem(mention: Mention) -> str:
    """The stem of what a verb does: "went on a strike"."""
    parts = (part for part in mention.frame.trigger.children if part.dep_ in ("obj", "obl") and part.pos_ == "NOUN")
    return next((lemma_of(part)[:_STEM] for part in parts), "")


def _is_new(mention: Mention) -> bool:
    """Whether a noun brings in an event of its own: "a two-day walkout in March"."""
    return any(word.lower_ in _INDEFINITE for word in mention.frame.trigger.lefts) or mention.frame.date is not None


def _agree(mention: Mention, other: Mention) -> bool:
    """Whether status, mode and date of two mentions can be one event's."""
    ours, theirs = mention.frame, other.frame
    if ours.status != theirs.status and not {ours.status, theirs.status} <= _HAPPENED:
        return False
    if ours.mode and theirs.mode and ours.mode != theirs.mode and ours.event_type not in ("ASSAULT", "CONSULT"):
        return False
    return not _apart(mention.day, other.day)


def _apart(day: str | None, other: str | None) -> bool:
    """Whether two dates exclude each other."""
    if day is None or other is None or day == other:
        return False
    (first, last), (start, end) = _extent(day), _extent(other)
    return last < start or end < first


def _extent(value: str) -> tuple[date, date]:
    return extent(value)


def _fit(names: tuple[str, ...], others: set[str]) -> bool:
    """Whether two sets of role fillers can be one: they share somebody, or one is empty."""
    if not names or not others:
        return True
    return bool(_overlap(names, others)) and not any(_counts_differ(name, other) for name in names for other in others)


def _overlap(names: Iterable[str], others: Iterable[str]) -> set[str]:
    """Names that stand in both; groups are alike by their last word ("nine diplomats", "the diplomats") and number."""
    theirs = list(others)
    return {name for name in names if any(_alike(name, other) for other in theirs)}


def _alike(name: str, other: str) -> bool:
    if name == other:
        return True
    last = name.rsplit(" ", 1)[-1]
    if not last.islower() or last != other.rsplit(" ", 1)[-1]:
        return False
    return not _counts_differ(name, other)


def _counts_differ(name: str, other: str) -> bool:
    """Whether two groups of the same noun have different numbers: "nine diplomats", "two diplomats"."""
    if name.rsplit(" ", 1)[-1] != other.rsplit(" ", 1)[-1]:
        return False
    mine, theirs = numbers_in(name), numbers_in(other)
    return bool(mine) and bool(theirs) and mine != theirs


def _takes_up(mention: Mention) -> bool:
    """Whether a noun with an article or pronoun takes up what was told: "the attack", "this decision"."""
    trigger = mention.frame.trigger
    return mention.frame.nominal and any(word.lower_ in _DEFINITE for word in trigger.lefts)


def _roleless(group: list[Mention]) -> bool:
    return not any(mention.actor or mention.recipient for mention in group)
