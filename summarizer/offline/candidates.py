"""The words of a segment that may tell an event, each with its sense, its status and its weight."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from summarizer.offline.factuality import Reading, read
from summarizer.offline.heads import Heads
from summarizer.offline.lexicon import in_class
from summarizer.offline.parsed import Phrase, Segment
from summarizer.offline.phrases import child
from summarizer.offline.senses import Sense, sense_of_noun, sense_of_verb
from summarizer.offline.weighing import weight_of

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(eq=False)
class Candidate:
    """A sense of a token with how it is to be read, before circumstances are added.

    `consumed`: another candidate already tells it. `effects`, `doer` and `voted` are senses that this one took up: what
    a blow did, the act that did it, what a vote was for; `actors` come from a verb that only led in.
    """

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


def candidates_in(segment: Segment, heads: Heads) -> dict[int, Candidate]:
    """The candidates of a segment by the index of their trigger."""
    found: dict[int, Candidate] = {}
    for token in segment.doc:
        sense = _sense(segment, token, heads)
        if sense is not None:
            sense = _recoded(sense, heads)
            reading = read(token)
            if not reading.idle:
                found[token.i] = Candidate(sense, reading, weight_of(sense, reading, heads), token.i)
    return found


def _sense(segment: Segment, token: Token, heads: Heads) -> Sense | None:
    if token.pos_ == "VERB" and token.dep_ not in ("amod", "compound", "case", "fixed"):
        return sense_of_verb(segment, token, heads)
    if token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.text.islower()):
        return sense_of_noun(segment, token, heads) if token.dep_ not in ("compound", "nmod:desc") else None
    return None


def _recoded(sense: Sense, heads: Heads) -> Sense:
    """A government that "protested" took to no street: it lodged a protest (SCHEMA.md: PROTEST is civilian)."""
    trigger = sense.trigger
    if trigger.event_type == "PROTEST" and trigger.lemma == "protest" and not sense.clause.nominal:
        said = child(sense.clause.head, "ccomp", "parataxis") is not None or sense.clause.head.dep_ == "parataxis"
        if said or any(
            in_class(heads.of(part), name) for part in sense.actors for name in ("@country", "@leader", "@official")
        ):
            return replace(sense, trigger=replace(trigger, event_type="ACCUSE", mode="disapprove", kind="act"))
    return sense
