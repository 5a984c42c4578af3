"""What a common noun stands for: a person, a body, a thing, or the doing of somebody else. Dictionary forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from summarizer.offline.lexicon import office_for, word_classes
from summarizer.offline.phrases import lemma_of
from summarizer.offline.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

NounKind = Literal["person", "body", "object", "act", "government", "other"]


# Offices whose holder acts for a country (SCHEMA.md, rule 7).
STATE_OFFICES = word_list("state office")
# Offices of bodies: their holder acts for the body that the office names.
BODY_OFFICES = word_list("body office")
# Who serves a state, so that a blow to them is a blow to it.
STATE_AGENTS = word_list("state agent")

OFFICES = word_list("office")
PERSONS = word_list("person")
BODIES = word_list("body")
OBJECTS = word_list("object")
# A doing in the place of its doer: "an Israeli air strike killed", "the court's decision frees".
ACTS = word_list("act")


# Classes of the lexicon whose words are persons.
_CLASSES = ("@person", "@civilian", "@migrant", "@militant", "@prisoner", "@suspect", "@journalist", "@official")
# What a doer uses: the doer is whose they are.
INSTRUMENTS = word_list("instrument")
# Nouns that only count what stands behind "of".
QUANTIFIERS = word_list("quantifier")
_LISTED: dict[str, NounKind] = {
    "title": "person",
    "honorific": "person",
    "person": "person",
    "group": "person",
    "orghead": "body",
    "object": "object",
}


def kind_of(noun: str) -> NounKind:
    """What a noun's dictionary form stands for where it fills a role.

    >>> kind_of("diplomat"), kind_of("court"), kind_of("tanker"), kind_of("raid"), kind_of("inflation")
    ('person', 'body', 'object', 'act', 'other')
    """
    if noun in ("government", "regime", "junta", "authorities"):
        return "government"
    if noun in PERSONS or (noun.endswith(("man", "woman", "ist")) and len(noun) > 5):
        return "person"
    if noun in BODIES:
        return "body"
    if noun in ACTS:
        return "act"
    if noun in OBJECTS:
        return "object"
    office = office_for(noun)
    if office is not None:
        return _LISTED[office.kind]
    return "person" if any(noun in word_classes().get(name, ()) for name in _CLASSES) else "other"


def noun_of(token: Token) -> str:
    """A noun's dictionary form, singular too where the lemma table keeps a plural: "troops" is "troop" here."""
    noun = lemma_of(token)
    if noun.endswith("s") and kind_of(noun) == "other" and kind_of(noun[:-1]) != "other":
        return noun[:-1]
    return noun
