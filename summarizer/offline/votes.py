"""What kind of thing is a name that its own words do not tell? Each mention votes by what stands around it.

"the insurer MediSure" speaks for a body, "Otieno, 58," for a person, "in Kuopio" for a place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from summarizer.offline.kinds import OFFICES, kind_of, noun_of
from summarizer.offline.names import FAMILIAR, Name
from summarizer.offline.offices import noun_before, noun_behind
from summarizer.offline.phrases import lemma_of
from summarizer.offline.stance import is_speech
from summarizer.offline.wordlists import word_list
from summarizer.ontology import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token


def votes_of(name: Name) -> dict[str, float]:
    """What one mention's surroundings say of a name's kind."""
    votes: defaultdict[str, float] = defaultdict(float)
    doc = name.segment.doc
    if name.kind == "person":
        votes["person"] += 10 if name.office is not None else 4
    before = noun_before(name)
    if before is not None:
        add(votes, _vote_of_noun(before, 3, name.words))
    behind = noun_behind(name)
    if behind is not None and doc[name.last + 1].text == ",":
        add(votes, _vote_of_noun(behind[0], 2))
    for token, weight in _neighbours(name):
        votes[token] += weight
    if name.words[0] in FAMILIAR and len(name.words) > 1:
        votes["person"] += 2
    return votes


def add(votes: defaultdict[str, float], more: Mapping[str, float]) -> None:
    """Count more votes."""
    for kind, weight in more.items():
        votes[kind] += weight


def _vote_of_noun(noun: Token, weight: float, words: tuple[str, ...] = ()) -> dict[str, float]:
    kind = kind_of(noun_of(noun))
    if kind == "person" and noun.tag_ not in ("NNS", "NNPS"):
        maker = lemma_of(noun).endswith(("er", "or")) and lemma_of(noun) not in OFFICES and len(words) == 1
        return {"organization": weight / 2} if maker else {"person": weight}  # "the chip designer Zorvo"
    return {"organization": weight} if kind == "body" else {"object": weight} if kind == "object" else {}


_PLACES_OF = word_list("place noun")


def _neighbours(name: Name) -> Iterable[tuple[str, float]]:
    doc = name.segment.doc
    before = doc[name.first - 1].lower_ if name.first else ""
    after = doc[name.last + 1] if name.last + 1 < len(doc) else None
    if before in ("in", "near", "outside", "across", "around"):
        yield "place", 1.5
    if before == "of" and name.first > 1 and lemma_of(doc[name.first - 2]) in _PLACES_OF:
        yield "place", 3
    if before == "the" and not (
        after is not None and after.lower_ in ("administration", "government", "family", "campaign")
    ):
        yield "organization", 1.5
        yield "person", -2
    if before in ("by", "at", "join", "joined"):
        yield "organization", 0.2
    if after is None:
        return
    if (
        after.text == ","
        and name.last + 3 < len(doc)
        and doc[name.last + 2].is_digit
        and doc[name.last + 3].text == ","
    ):
        yield "person", 4
    if after.lower_ == "who":
        yield "person", 3
    if after.pos_ == "NOUN" and after.dep_ != "ROOT" and after.tag_ in ("NN", "NNS"):
        yield "organization", 1
    if after.pos_ == "VERB":
        pronoun = next((token.lower_ for token in doc[after.i + 1 : after.i + 5] if token.pos_ == "PRON"), "")
        if is_speech(lemma_of(after)) and pronoun in ("it", "he", "she", "its", "his", "her"):
            yield ("organization" if pronoun in ("it", "its") else "person"), 2.5
        yield "person", 0.3
        yield "place", -1


def elected(votes: Mapping[str, float], words: tuple[str, ...]) -> tuple[EntityType, bool]:
    """The kind with most votes; without any, two to four words are a person's and one is a body's."""
    named = {kind: votes[kind] for kind in ("person", "organization", "object", "place") if votes.get(kind, 0) > 0}
    default = "person" if 1 < len(words) <= 4 and all(word[0].isalpha() for word in words) else "organization"
    winner = max(named, key=lambda kind: named[kind]) if named else default
    if winner == "person" and named.get("person", 0) <= 0.6 and len(words) == 1:
        winner = "organization"
    if winner == "place":
        return "object", True
    return winner, False  # type: ignore[return-value]  # the keys above are entity types
