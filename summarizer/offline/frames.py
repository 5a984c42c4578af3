"""From a parsed article to candidate events: each verb or noun that tells one, with its roles and circumstances.

SCHEMA.md's rule 1 is carried out as far as one clause can tell: what is only asked, hypothetical or meant is no event;
an utterance is one only from an institution. What needs the whole article (who is who, which mentions are one event,
what is main) is the callers'. `Frame.weight` says how sure the clause alone makes of the event (see `weighing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from summarizer.countries import lookup
from summarizer.offline.amounts import Amount, amounts
from summarizer.offline.candidates import Candidate, candidates_in
from summarizer.offline.circumstances import Time, Times, causes, place_of, source_of
from summarizer.offline.clauses import EFFECTS, Clause
from summarizer.offline.evidence import evidence_of
from summarizer.offline.factuality import Reading
from summarizer.offline.heads import Heads
from summarizer.offline.lexicon import SAID
from summarizer.offline.linking import effective, linked
from summarizer.offline.overlaps import HARMS, standing
from summarizer.offline.parsed import Frame, Parsed, Phrase, Segment
from summarizer.offline.phrases import lemma_of
from summarizer.offline.senses import Sense
from summarizer.offline.timing import dated
from summarizer.offline.weighing import DOUBTFUL
from summarizer.offline.wordset import wordset
from summarizer.spans import Span

__all__ = ["DOUBTFUL", "find_frames"]


def find_frames(parsed: Parsed) -> list[Frame]:
    """Every candidate event of an article, in text order."""
    heads, times = Heads(parsed), Times(parsed.article)
    found: list[Frame] = []
    for segment in parsed.segments:
        found += _frames(segment, standing(candidates_in(segment, heads), heads), times.within(segment))
    return linked(effective(found, parsed, times))


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
    if item.doer is not None and item.doer.trigger.event_type != trigger.event_type:
        trigger = item.doer.trigger  # a fire that killed is no assault
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
        evidence=evidence_of(segment, item),
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
            found.setdefault(
                amount.span, replace(amount, of=f"{amount.of} {befallen}") if befallen and told else amount
            )
    return found


_BEFALLEN = {
    "kill": "killed",
    "injure": "injured",
    "wound": "wounded",
    "hurt": "hurt",
    "die": "dead",
    "arrest": "arrested",
    "displace": "displaced",
    "detain": "detained",
}


def _distinct(parts: Iterable[Phrase]) -> tuple[Phrase, ...]:
    found: dict[int, Phrase] = {}
    for part in parts:
        found.setdefault(part.head.i, part)
    return tuple(found.values())


def _location(clause: Clause, recipients: Sequence[Phrase], times: Sequence[Time]) -> Phrase | None:
    """Where it was; somebody it was done to is no place ("called in the ambassador")."""
    place = place_of(clause, times)
    if (
        place is not None
        and any(place.head.i == part.head.i for part in recipients)
        and lookup(place.head.text) is None
    ):
        return None
    return place


def _status(sense: Sense, reading: Reading) -> str:
    """SCHEMA.md's rule 3; an order to leave is announced, for the leaving is still to come."""
    trigger = sense.trigger
    lead, measure = trigger.lemma.split()[0], (trigger.event_type, trigger.mode) in _ORDERED
    if reading.status == "occurred" and (
        (lead in _PLANNING and trigger.kind == "deed") or (lead in _ORDERING and measure)
    ):
        return "announced"
    if trigger.event_type == "ACCUSE" and trigger.mode == "investigate" and reading.status in ("occurred", "ongoing"):
        return "occurred" if lemma_of(sense.clause.head) in _DONE else "ongoing"
    if trigger.event_type in SAID and reading.status == "ongoing":
        return "occurred"
    return reading.status


_PLANNING = wordset("announce plan schedule")
_ORDERING = wordset("order announce give tell begin start")
_ORDERED = frozenset({("SANCTION", "expel"), ("SANCTION", "discontinue")})
_DONE = wordset("question interrogate inspect complete close conclude end finish order call")
_MEASURES = frozenset(
    {"SANCTION", "COERCE", "REJECT", "RETREAT", "MOBILIZE", "OTHER", "BUSINESS", "CONCEDE", "SUPPORT"}
)


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
    return (
        frame.status != "occurred"
        or frame.event_type == "SANCTION"
        or (time.bound == "from" and frame.event_type in ("REJECT", "COERCE"))
    )


def _weighed(frame: Frame) -> Frame:
    """A noun, or a verb of everyday use, gains by a date, a place or a number of its own (rule 19)."""
    own = frame.date is not None or frame.location is not None or bool(frame.quantities)
    if own and 0.3 <= frame.weight < DOUBTFUL and (frame.nominal or frame.event_type in HARMS):
        return replace(frame, weight=frame.weight + 0.3)
    return frame


_DATED_BY_SAYING = frozenset({"announced", "threatened", "proposed"})
