"""From a parsed article to candidate events: each verb or noun that tells one, with its roles and circumstances.

SCHEMA.md's rule 1 is carried out here as far as one clause can tell: what is only said, asked, hypothetical or meant is
no event; an utterance is one only from an institution. What needs the whole article (who is who, which mentions are
one event, what is main) is the callers'. `Frame.weight` says how sure the clause alone makes of it: 1 for a deed told
in the article's own words, below `DOUBTFUL` for what should only confirm or be confirmed by something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from summarizer.offline.circumstances import Time, Times, causes, is_answer, place_of, source_of
from summarizer.countries import lookup
from summarizer.offline.amounts import Amount, amounts
from summarizer.offline.clauses import EFFECTS, SUBJECTS, Clause, governor_of, is_infinitive
from summarizer.offline.factuality import Reading, read
from summarizer.offline.heads import Heads
from summarizer.offline.linking import effective, linked
from summarizer.offline.lexicon import SAID, Condition, in_class, office_for
from summarizer.offline.parsed import Frame, Parsed, Phrase, Segment
from summarizer.offline.phrases import case_of, child, lemma_of
from summarizer.offline.senses import Sense, sense_of_noun, sense_of_verb
from summarizer.offline.timing import dated
from summarizer.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

DOUBTFUL = 0.5
"""Frames below this weight are mentions or guesses: good for merging and links, not to be put forward alone."""

_INSTITUTIONS = ("@country", "@body", "@leader", "@official", "@diplomat", "@legislature", "@court", "@company", "@party",
                 "@police", "@troops", "@militant", "@media", "@ambassador")  # fmt: skip
_BODIES = frozenset(
    "ministry union bloc commission council agency administration department office government parliament senate bank court"
    " federation association group organization organisation committee authority force army militia junta side both".split()
)


@dataclass(eq=False)
class Candidate:
    """A sense of a token with how it is to be read, before circumstances are added."""

    sense: Sense
    reading: Reading
    weight: float
    index: int
    consumed: bool = False
    actors: tuple[Phrase, ...] = ()
    effects: list[Sense] = field(default_factory=list)
    doer: Sense | None = None
    voted: Sense | None = None

    @property
    def head(self) -> Token:
        """The trigger."""
        return self.sense.clause.head


def find_frames(parsed: Parsed) -> list[Frame]:
    """Every candidate event of an article, in text order."""
    heads, times = Heads(parsed), Times(parsed.article)
    found: list[Frame] = []
    for segment in parsed.segments:
        candidates = [item for item in _candidates(segment, heads) if not item.consumed]
        found += _frames(segment, candidates, times.within(segment))
    return linked(effective(found, parsed, times))


# --- which words ------------------------------------------------------------------------------------------------------


def _candidates(segment: Segment, heads: Heads) -> list[Candidate]:
    found: dict[int, Candidate] = {}
    for token in segment.doc:
        sense = _sense(segment, token, heads)
        if sense is not None:
            sense = _recoded(sense, heads)
            reading = read(token)
            if not reading.idle:
                found[token.i] = Candidate(sense, reading, _weight(sense, reading, heads), token.i)
    _consume(found, heads)
    _demote(found)
    return [item for item in found.values() if item.weight > 0]


def _sense(segment: Segment, token: Token, heads: Heads) -> Sense | None:
    if token.pos_ == "VERB" and token.dep_ not in ("amod", "compound", "case", "fixed"):
        return sense_of_verb(segment, token, heads)
    if token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.text.islower()):
        return sense_of_noun(segment, token, heads) if token.dep_ not in ("compound", "nmod:desc") else None
    return None


_AGENTIVE = frozenset({"PROTEST", "COERCE", "SANCTION", "MOBILIZE", "RETREAT", "AID", "CONSULT", "COOPERATE", "REJECT", "AGREE",
                       "REQUEST", "ACCUSE", "SUPPORT", "CONCEDE", "THREATEN"})  # fmt: skip
# "refused to comment" refuses nobody anything (rule 1: no content).
_SILENCE = frozenset("comment say answer speak elaborate discuss confirm name identify disclose reveal respond reply".split())


def _recoded(sense: Sense, heads: Heads) -> Sense:
    """A government that "protested" took to no street: it lodged a protest (SCHEMA.md: PROTEST is civilian)."""
    trigger = sense.trigger
    if trigger.event_type == "PROTEST" and trigger.lemma == "protest" and not sense.clause.nominal:
        said = child(sense.clause.head, "ccomp", "parataxis") is not None or sense.clause.head.dep_ == "parataxis"
        if said or any(in_class(heads.of(part), name) for part in sense.actors for name in ("@country", "@leader", "@official")):
            return replace(sense, trigger=replace(trigger, event_type="ACCUSE", mode="disapprove", kind="act"))
    return sense


def _weight(sense: Sense, reading: Reading, heads: Heads) -> float:
    """How sure the clause alone makes of the event, 0 for not at all."""
    trigger = sense.trigger
    if trigger.event_type == "REJECT" and any(lemma_of(part) in _SILENCE for part in sense.clause.head.children if part.dep_ == "xcomp"):
        return 0.0
    somebody = any(is_institution(heads.of(part)) for part in (*sense.actors, *sense.recipients))
    if trigger.weight < 0 and not somebody:
        return 0.0 if trigger.weight < -1 or sense.clause.nominal else 0.3
    weight = 1.0
    if trigger.kind == "say":
        weight = 0.8 if any(is_institution(heads.of(part)) for part in sense.actors) else 0.3
        if trigger.event_type in ("ACCUSE", "SUPPORT") or trigger.weight < 0:
            weight -= 0.4  # praise, blame and comment are statements, unless they are the main event
    if trigger.event_type in _AGENTIVE and sense.thing_does_it:
        weight -= 0.6
    if trigger.event_type == "OTHER":
        weight -= 0.3
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


_DENIED = frozenset("allegation accusation claim charge report suggestion criticism rumour rumor charge speculation".split())


def _unlikely(sense: Sense, reading: Reading, heads: Heads) -> float:
    """What speaks against readings that the lexicon's words alone allow."""
    trigger, clause = sense.trigger, sense.clause
    done_to = {word for part in clause.object for word in heads.of(part)}
    if trigger.event_type == "REJECT" and done_to & _DENIED:
        return 0.6  # a denial is a statement
    if trigger.event_type == "CONCEDE" and lemma_of(clause.head) == "dismiss" and any(part.dep_ in ("xcomp", "obl") and (part.pos_ == "ADJ" or case_of(part) == "as") for part in clause.head.children):
        return 0.7  # "dismissed the charge as absurd"
    if trigger.event_type == "SANCTION" and trigger.mode in ("discontinue", "withdraw") and sense.actors:
        return 0.0 if any(is_institution(heads.of(part)) or part.head.pos_ in ("PROPN", "PRON") for part in sense.actors) else 0.5
    if reading.above is not None and lemma_of(reading.above) == "deny":
        return 0.6
    if lemma_of(clause.head) == "claim" and reading.status == "negated":
        return 0.9  # nobody claimed the attack: it took place all the same
    if clause.nominal and case_of(clause.head) == "for" and not clause.support:
        return 0.3  # "recalled for consultations": what it is for, not what happened
    if clause.head.dep_ == "acl" and is_infinitive(clause.head):
        return 0.3  # "the decision to expel": told only as what a noun is about
    if lemma_of(clause.head) in ("injure", "wound", "hurt", "kill") and clause.passive and not sense.actors:
        return 0.3
    return 0.0


def _has_roles(sense: Sense) -> bool:
    """Whether a noun brings somebody or something of its own (rule 19), or leans on a verb that makes it happen."""
    return bool(sense.actors or sense.recipients) or sense.clause.support is not None


_MEASURING = frozenset(
    """round series wave day week month year hour start beginning end number group kind spate string lot part rest result
    risk threat act attempt campaign night period eve height middle aftermath face wake outbreak state""".split()
)


def _only_names_kind(noun: Token) -> bool:
    """Whether an act only says what sort of thing another noun is: "a note of protest", "the right of access"."""
    return noun.dep_ == "nmod" and case_of(noun) == "of" and lemma_of(noun.head) not in _MEASURING and noun.i == noun.right_edge.i


def is_institution(words: frozenset[str]) -> bool:
    """Whether a phrase stands for a country, a body or somebody of office."""
    if any(in_class(words, name) for name in _INSTITUTIONS) or not words.isdisjoint(_BODIES):
        return True
    offices = (office_for(word) for word in words)
    return any(office is not None and office.acts_for != "self" for office in offices)


# --- one event for one act --------------------------------------------------------------------------------------------


def _consume(found: dict[int, Candidate], heads: Heads) -> None:
    """Mark what another candidate already tells: "imposed [sanctions]", "threatened to [expel]", "killed in [attack]"."""
    for item in found.values():
        governor = _governor(item.head, found)
        if governor is None or governor.consumed:
            continue
        if _prefers_complement(governor, item):
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


_TOLD_APART = frozenset("after following over for because of despite during since amid before in under".split())


def _demote(found: dict[int, Candidate]) -> None:
    """What stands anywhere inside what somebody asks, refuses, promises or alleges is hardly told as an event."""
    for item in found.values():
        node = item.head
        while node.head.i != node.i:
            if node.dep_ in ("acl:relcl", "parataxis", "nsubj", "nsubj:pass", "conj") or not _inside(node):
                break
            governor = found.get(node.head.i)
            if governor is not None and governor.sense.trigger.kind != "deed":
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


def _is_voted(governor: Candidate, item: Candidate) -> bool:
    """Whether a vote is told with what it did: "voted 52 to 47 to confirm her" is the confirming."""
    complement = item.head.dep_ in ("xcomp", "advcl") and is_infinitive(item.head)
    return complement and lemma_of(governor.head) == "vote" and governor.sense.trigger.event_type in ("OTHER", "ELECTION", "SUPPORT")


def _is_doer(governor: Candidate, item: Candidate) -> bool:
    """Whether an act stands as the subject of what it did: "a drone attack killed five" is one event."""
    same = governor.sense.trigger.event_type == item.sense.trigger.event_type
    return same and item.sense.clause.nominal and item.head.dep_ in ("nsubj", "obl:agent", "nsubj:pass")


_HARMS = frozenset({"ASSAULT", "ACCIDENT", "DISASTER"})


def _is_effect(governor: Candidate, item: Candidate) -> bool:
    """Whether a verb only tells what a blow did: "crashed, killing four", "killed five and wounded 18" (rule 2)."""
    verb, harm = item.head, governor.sense.trigger.event_type in _HARMS
    if harm and verb.dep_ == "advcl" and verb.tag_ == "VBG" and governor.sense.trigger.event_type == item.sense.trigger.event_type:
        return True
    if not harm or item.sense.clause.nominal or lemma_of(verb) not in EFFECTS:
        return False
    if child(verb, "mark", "nsubj", "nsubj:pass") is not None:
        return False
    if verb.dep_ == "conj" and verb.tag_ == "VBG":
        return lemma_of(verb.head) in EFFECTS or "," in {token.text for token in verb.lefts}
    return verb.tag_ == "VBG" if verb.dep_ == "advcl" else verb.dep_ == "conj"


def _takes_noun(governor: Candidate, noun: Token, heads: Heads) -> bool:
    """Whether a verb's or noun's own reading rests on this noun: a condition names it, or its object is the act itself."""
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
    complement = relation in ("xcomp", "ccomp") or (relation == "acl" and is_infinitive(verb)) or (relation == "advcl" and _is_complement(verb))
    return complement and governor.sense.trigger.kind != "deed" or relation == "xcomp"


def _is_complement(verb: Token) -> bool:
    marker = child(verb, "mark", "case")
    return is_infinitive(verb) or (verb.tag_ == "VBG" and marker is not None and marker.lower_ in ("of", "for", "from", "with"))


def _prefers_complement(governor: Candidate, item: Candidate) -> bool:
    """Whether a weak everyday word only leads in: "helped to rescue", "ordered the release of X"."""
    agreed = governor.sense.trigger.event_type == "AGREE" and item.head.dep_ in ("xcomp", "advcl")
    if agreed and item.sense.trigger.event_type in ("BUSINESS", "SPORT", "SCIENCE", "ELECTION"):
        return True  # what a company agrees to buy is business, not a promise to cooperate
    if governor.sense.trigger.weight >= 0 or item.sense.trigger.weight < 0:
        return False
    return item.head.dep_ in ("xcomp", "obj", "ccomp") or (item.head.dep_ == "advcl" and is_infinitive(item.head))


# --- frames -----------------------------------------------------------------------------------------------------------


def _frames(segment: Segment, candidates: Sequence[Candidate], times: Sequence[Time]) -> list[Frame]:
    placed = dated([item.head for item in candidates], times)
    others = frozenset(item.index for item in candidates)
    return [
        _weighed(
            _with_dates(
                _frame(segment, item, others, times), placed.own.get(item.index, ()), placed.said.get(item.index, ())
            )
        )
        for item in candidates
    ]


def _frame(segment: Segment, item: Candidate, others: frozenset[int], times: Sequence[Time]) -> Frame:
    sense, reading = item.sense, item.reading
    clause = sense.clause
    trigger = item.voted.trigger if item.voted is not None else sense.trigger
    found = list(causes(clause))
    counted = _quantities(segment, item, others, times)
    actors, recipients = _roles(item)
    return Frame(
        segment=segment,
        trigger=clause.head,
        event_type=trigger.event_type,
        mode=trigger.mode,
        status=_status(sense, reading),
        actor=actors,
        recipient=recipients,
        evidence=_evidence(segment, item),
        nominal=clause.nominal,
        location=_location(clause, recipients, times),
        quantities=tuple((span, amount.of) for span, amount in counted.items()),
        previous={span: amount.previous for span, amount in counted.items() if amount.previous is not None},
        reason=next((cause.span for cause in found if cause.span is not None), None),
        source=source_of(segment, clause.head, reading.speech),
        links=tuple((cause.relation, cause.token or clause.head) for cause in found if cause.relation),
        weight=item.weight,
    )


def _roles(item: Candidate) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """Actors and recipients with those that the act's noun and its effects bring."""
    doer = item.doer
    actors = item.sense.actors or item.actors or (doer.actors if doer is not None else ())
    parts = [*item.sense.recipients]
    for effect in item.effects:
        parts += effect.recipients if lemma_of(effect.clause.head) in EFFECTS else ()
    if doer is not None:
        parts += doer.recipients
    if item.voted is not None:
        parts = [*item.voted.recipients]
    return actors, _distinct(parts)


def _quantities(segment: Segment, item: Candidate, others: frozenset[int], times: Sequence[Time]) -> dict[Span, Amount]:
    """The counts of a clause's own words; of victims it is said what befell them ("people killed")."""
    found: dict[Span, Amount] = {}
    for sense in (item.sense, *item.effects):
        clause = sense.clause
        befallen = _BEFALLEN.get(lemma_of(clause.head), "")
        hit = {part.head.i for part in (clause.subject if befallen == "dead" else clause.object)}
        for amount in amounts(clause, others, times):
            told = amount.head.i in hit or amount.of == "people" or amount.head.head.i == clause.head.i
            found.setdefault(amount.span, replace(amount, of=f"{amount.of} {befallen}") if befallen and told else amount)
    return found


_BEFALLEN = {"kill": "killed", "injure": "injured", "wound": "wounded", "hurt": "hurt", "die": "dead", "arrest": "arrested",
             "displace": "displaced", "detain": "detained"}  # fmt: skip


def _distinct(parts: Iterable[Phrase]) -> tuple[Phrase, ...]:
    found: dict[int, Phrase] = {}
    for part in parts:
        found.setdefault(part.head.i, part)
    return tuple(found.values())


def _location(clause: Clause, recipients: Sequence[Phrase], times: Sequence[Time]) -> Phrase | None:
    """Where it was; somebody it was done to is no place ("called in the ambassador")."""
    place = place_of(clause, times)
    if place is not None and any(place.head.i == part.head.i for part in recipients) and lookup(place.head.text) is None:
        return None
    return place


def _status(sense: Sense, reading: Reading) -> str:
    """SCHEMA.md's rule 3; an order to leave is announced, for the leaving is still to come."""
    trigger = sense.trigger
    if reading.status == "occurred" and trigger.event_type == "SANCTION" and trigger.mode in ("expel", "discontinue"):
        if trigger.lemma.split()[0] in ("order", "announce", "give", "tell", "begin", "start"):
            return "announced"
    if reading.status == "occurred" and trigger.lemma.split()[0] in ("announce", "plan", "schedule") and trigger.kind == "deed":
        return "announced"
    if trigger.event_type == "ACCUSE" and trigger.mode == "investigate" and reading.status in ("occurred", "ongoing"):
        return "occurred" if lemma_of(sense.clause.head) in _DONE else "ongoing"
    if trigger.event_type in SAID and reading.status == "ongoing":
        return "occurred"
    return reading.status


_DONE = frozenset("question interrogate inspect complete close conclude end finish order call".split())
_MEASURES = frozenset({"SANCTION", "COERCE", "REJECT", "RETREAT", "MOBILIZE", "OTHER", "BUSINESS", "CONCEDE", "SUPPORT"})


def _with_dates(frame: Frame, own: Sequence[Time], said: Sequence[Time]) -> Frame:
    """SCHEMA.md's rule 11: a measure's "by" and "from" are when it takes effect; an announcement's day is its own."""
    for time in own:
        if _takes_effect(frame, time):
            status = "announced" if frame.status == "occurred" else frame.status
            frame = replace(frame, effective=frame.effective or time.span, status=status)
        else:
            frame = replace(frame, date=frame.date or time.span)
    if frame.date is None and said:
        slot = "date" if frame.status in _DATED_BY_SAYING else "reported"
        frame = replace(frame, date=said[0].span) if slot == "date" else replace(frame, reported=said[0].span)
    return frame


def _takes_effect(frame: Frame, time: Time) -> bool:
    """Whether a time is when a measure begins to hold; of what is done and no measure, "by" only dates it."""
    if time.past or frame.event_type not in _MEASURES or time.bound not in ("by", "from"):
        return False
    return frame.status != "occurred" or frame.event_type == "SANCTION" or (time.bound == "from" and frame.event_type in ("REJECT", "COERCE"))


def _weighed(frame: Frame) -> Frame:
    """A noun, or a verb of everyday use, gains by a date, a place or a number of its own (rule 19)."""
    own = frame.date is not None or frame.location is not None or bool(frame.quantities)
    if own and 0.3 <= frame.weight < DOUBTFUL and (frame.nominal or frame.event_type in _HARMS):
        return replace(frame, weight=frame.weight + 0.3)
    return frame


_DATED_BY_SAYING = frozenset({"announced", "threatened", "proposed"})


# --- evidence ---------------------------------------------------------------------------------------------------------

_PARTS = ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "compound:prt", "aux", "aux:pass", "advmod", "xcomp", "cop",
          "obl:unmarked", "expl", "ccomp", "nmod:poss", "nmod", "det", "amod", "compound", "nummod")  # fmt: skip


def _evidence(segment: Segment, item: Candidate) -> Span:
    """The shortest stretch that tells it: the clause from its subject to its last argument, with what it leans on."""
    clause = item.sense.clause
    heads = [clause.head] if clause.support is None else [clause.head, clause.support]
    above = item.reading.above
    if above is not None and above.sent == clause.head.sent and abs(above.i - clause.head.i) < 8:
        heads.append(above if above.pos_ in ("VERB", "NOUN", "ADJ") and above.head.i != clause.head.i else clause.head)
    if clause.head.dep_ == "xcomp" and clause.head.head.pos_ == "VERB":
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
        if token.text in (",", ";", ":", "—", "–", "(") or (token.dep_ in ("acl:relcl", "advcl", "parataxis") and token.i > part.i):
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
