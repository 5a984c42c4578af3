"""Which event a time expression dates: the one it hangs on in the tree, else the nearest in its sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.offline.circumstances import Time
from summarizer.offline.factuality import is_speech

if TYPE_CHECKING:
    from spacy.tokens import Token


def dated(triggers: Sequence[Token], times: Sequence[Time]) -> Dating:
    """Give each time of a segment to the trigger that it dates, if any.

    A time that hangs on a verb of saying dates the saying of what is said. One that hangs on another verb ("in a video
    published on Sunday") dates that, and no event.
    """
    own: dict[int, list[Time]] = defaultdict(list)
    said: dict[int, list[Time]] = defaultdict(list)
    places = {trigger.i: trigger for trigger in triggers}
    for trigger in triggers:
        own[trigger.i] += _antecedents(trigger, times)
    for time in times:
        dated_one, by_saying = _dated_by_tree(time, places)
        if dated_one is not None and time not in own[dated_one.i]:
            (said if by_saying else own)[dated_one.i].append(time)
    return Dating(dict(own), dict(said))


@dataclass(frozen=True)
class Dating:
    """By trigger index: the times that date the event itself, and those that date only its being said."""

    own: Mapping[int, Sequence[Time]]
    said: Mapping[int, Sequence[Time]]


def _antecedents(trigger: Token, times: Sequence[Time]) -> list[Time]:
    """As in "in August 2020, when police detained …": the time that a clause with "when" hangs on."""
    relative = trigger.dep_ in ("acl:relcl", "advcl:relcl", "advcl") and any(
        part.lower_ == "when" for part in trigger.lefts
    )
    return [time for time in times if relative and time.first <= trigger.head.i <= time.last]


def _dated_by_tree(time: Time, places: dict[int, Token]) -> tuple[Token | None, bool]:
    node = time.head
    while True:
        if node.i in places:
            return places[node.i], _says_when(node, time)
        if is_speech(node):
            return _said_next(node, places), True
        below = _leans_on(node, places)
        if below is not None:
            return below, False
        if node.head.i == node.i or (node.pos_ == "VERB" and node.i != time.head.i and _is_other_act(node)):
            return None, False
        node = node.head


def _says_when(verb: Token, time: Time) -> bool:
    """Whether a time behind a verb of saying dates the saying: "said on Monday it had closed", hung on "closed"."""
    speech, subject = verb.head, next((part for part in verb.lefts if part.dep_.startswith("nsubj")), None)
    if verb.dep_ != "ccomp" or not is_speech(speech) or subject is None or time.last >= subject.left_edge.i:
        return False
    return speech.i < time.first


def _leans_on(node: Token, places: dict[int, Token]) -> Token | None:
    """The event under a verb that only leads in: "plans on Monday to close", "held talks on Friday"."""
    for part in node.children:
        if (
            part.i in places
            and part.dep_ in ("xcomp", "obj", "nsubj:pass", "nsubj", "ccomp")
            and node.pos_ in ("VERB", "ADJ", "AUX")
        ):
            return places[part.i]
    return None


def _is_other_act(verb: Token) -> bool:
    """Whether a verb that tells no event has a time of its own all the same: a relative or participial clause."""
    return verb.dep_ in ("acl", "acl:relcl", "advcl", "conj", "ccomp", "ROOT", "parataxis")


def _said_next(speech: Token, places: dict[int, Token]) -> Token | None:
    """The act told by what is said."""
    for part in speech.children:
        if part.dep_ in ("ccomp", "obj") and part.i in places:
            return places[part.i]
        if part.dep_ == "ccomp" and (below := _leans_on(part, places)) is not None:
            return below
    return places.get(speech.head.i) if speech.dep_ in ("parataxis", "advcl") else None
