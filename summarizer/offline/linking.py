"""What ties frames together across clauses: links that words make, and when a measure told earlier takes effect.

"In retaliation, X …" answers what was told before; "the decision to expel …" is told by the expelling; "the ban takes
effect on Monday" dates the ban, wherever it was told. Which event of the whole article a frame belongs to is decided
later; here a link's token becomes the trigger of a frame where there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from summarizer.countries import lookup
from summarizer.offline.circumstances import Times
from summarizer.offline.parsed import Frame, Parsed, Segment
from summarizer.offline.phrases import antecedent, child, lemma_of
from summarizer.offline.wordset import wordset
from summarizer.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANSWERABLE = frozenset({"SANCTION", "COERCE", "REJECT", "ASSAULT", "MOBILIZE", "ACCUSE", "THREATEN", "PROTEST"})
_MEASURES = frozenset({"SANCTION", "COERCE", "REJECT", "AGREE", "SUPPORT", "OTHER", "RETREAT", "CONCEDE", "BUSINESS"})
# Nouns that take up any measure told before.
_ANY_MEASURE = wordset(
    """measure ban order rule law restriction sanction tariff duty decision move pact agreement deal accord treaty
    change step curb embargo regulation decree curfew ceasefire truce expulsion penalty"""
)
_BEGINNING = {"take": "effect", "come": "force", "enter": "force", "go": "effect"}


# --- links ------------------------------------------------------------------------------------------------------------


def linked(frames: Sequence[Frame]) -> list[Frame]:
    """The frames with each link's token moved to the trigger that it stands for; what points nowhere goes.

    A link to the frame's own trigger is one whose words name nothing ("in retaliation"): it points back to the last
    hostile act of somebody else.
    """
    triggers = {(id(frame.trigger.doc), frame.trigger.i) for frame in frames}
    found: list[Frame] = []
    for at, frame in enumerate(frames):
        links = [
            (relation, target)
            for relation, token in frame.links
            if (target := _target(frame, token, relation, triggers, frames[max(0, at - _BACK) : at])) is not None
        ]
        found.append(replace(frame, links=tuple(links)))
    return found


_BACK = 12  # frames that "in retaliation" may look back over


def _target(
    frame: Frame, token: Token, relation: str, triggers: set[tuple[int, int]], before: Sequence[Frame]
) -> Token | None:
    if token.i == frame.trigger.i:
        return _provoked_by(frame, before) if relation == "retaliation_for" else None
    if (id(token.doc), token.i) in triggers:
        return token
    inside = [part for part in token.subtree if (id(part.doc), part.i) in triggers and part.i != frame.trigger.i]
    return inside[0] if inside else token


def _provoked_by(frame: Frame, before: Sequence[Frame]) -> Token | None:
    own = _countries(frame)
    for other in reversed(before):
        if other.event_type in _ANSWERABLE and other.weight >= 0.5 and other.actor and not (own & _countries(other)):
            return other.trigger
    return None


def _countries(frame: Frame) -> frozenset[str]:
    """The actors of a frame, as country codes where they are countries."""
    matches = [(part.head.text, lookup(part.head.text)) for part in frame.actor]
    return frozenset(match.code if match is not None else text for text, match in matches)


# --- when a measure takes effect --------------------------------------------------------------------------------------


def effective(frames: Sequence[Frame], parsed: Parsed, times: Times) -> list[Frame]:
    """The frames with the dates from which "takes effect" or "comes into force" says that they hold."""
    found = list(frames)
    orders = {id(segment): at for at, segment in enumerate(parsed.segments)}
    for order, segment in enumerate(parsed.segments):
        for subject, when in _beginnings(segment, times):
            found = [frame for frame in found if not (frame.nominal and _is_trigger(frame, subject))]
            at = _measure(found, orders, order, subject)
            if at is not None and found[at].effective is None:
                date = None if found[at].date == when else found[at].date
                found[at] = replace(found[at], effective=when, date=date)
    return found


def _is_trigger(frame: Frame, token: Token) -> bool:
    return frame.trigger.doc is token.doc and frame.trigger.i == token.i


def _beginnings(segment: Segment, times: Times) -> Iterator[tuple[Token, Span]]:
    """What takes effect in a segment, and when."""
    within = None
    for verb in segment.doc:
        if verb.pos_ != "VERB" or _BEGINNING.get(lemma_of(verb)) not in {part.lower_ for part in verb.rights}:
            continue
        subject = child(verb, "nsubj")
        within = times.within(segment) if within is None else within
        when = next(
            (time for time in within if verb.left_edge.i <= time.first and time.last <= verb.right_edge.i), None
        )
        if subject is not None and when is not None:
            yield antecedent(subject), when.span


def _measure(frames: Sequence[Frame], orders: dict[int, int], order: int, subject: Token) -> int | None:
    """The last frame up to the segment that tells the measure: by its noun, or any measure for "the measures"."""
    lemma = lemma_of(subject)
    last = None
    for at, frame in enumerate(frames):
        if orders[id(frame.segment)] > order:
            break
        if frame.event_type in _MEASURES and frame.weight >= 0.5 and (_names(frame, lemma) or lemma in _ANY_MEASURE):
            last = at if last is None or _names(frame, lemma) or not _names(frames[last], lemma) else last
    return last


def _names(frame: Frame, lemma: str) -> bool:
    """Whether a frame's trigger, or what it is done to, is this noun; agreements go by many names."""
    same = _AGREEMENTS if lemma in _AGREEMENTS else {lemma}
    done_to = child(frame.trigger, "obj", "nsubj:pass")
    return lemma_of(frame.trigger) in same or (done_to is not None and lemma_of(done_to) in same)


_AGREEMENTS = wordset("agreement pact deal accord treaty convention memorandum contract")
