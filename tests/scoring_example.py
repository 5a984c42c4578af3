"""An invented article with several events, gold for it, and random summaries of it, for the tests of the scorer."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import strategies as st

from evals.gold import Gold, parse_gold
from evals.scoring.comparison import Comparison, compare
from evals.scoring.key import Key, key_of
from summarizer import Article, EventSummary

TEXT = """\
Norway expels nine envoys of Ruritania

Norway expelled nine Ruritanian envoys on Monday in response to a cyberattack on its parliament, foreign minister \
Kari Lund said. “We will not tolerate attacks on our parliament,” Lund told the Oslo Herald. The envoys must leave \
by Friday.

Norway also froze the assets of the Bank of Strelsau, which has 40 branches. Ruritania denied the attack and warned \
Oslo of a response. “This is a provocation, not a defence,” its embassy said.

In April, hackers broke into the network of the parliament. About 200 people protested on Monday in Zenda.

Most Read
Ten tips for the summer
"""
ARTICLE = Article.from_text(TEXT)

ENTITIES: list[dict[str, Any]] = [
    {"name": "Norway", "type": "country", "country": "NOR", "aliases": ["Oslo"]},
    {"name": "Ruritania", "type": "country"},
    {"name": "nine Ruritanian envoys", "type": "group", "aliases": ["The envoys", "nine envoys"]},
    {"name": "Kari Lund", "type": "person", "country": "NOR", "office": "foreign minister", "aliases": ["Lund"]},
    {"name": "Bank of Strelsau", "type": "organization"},
    {"name": "hackers", "type": "group"},
    {"name": "parliament", "type": "organization", "country": "NOR"},
    {"name": "Oslo Herald", "type": "organization"},
]
EVENTS: list[dict[str, Any]] = [
    {
        "event_type": "SANCTION",
        "mode": "expel",
        "salience": "main",
        "status": "announced",
        "description": "Norway expelled nine envoys.",
        "actor": ["Norway"],
        "recipient": ["Ruritania", "nine Ruritanian envoys"],
        "date": {"text": "on Monday"},
        "effective": {"text": "by Friday", "bound": "by"},
        "quantities": [{"text": "nine Ruritanian envoys", "of": "envoys expelled", "value": 9}],
        "reason": "a cyberattack on its parliament",
        "attribution": ["Kari Lund"],
        "links": [{"relation": "retaliation_for", "event": 3}],
        "evidence": ["Norway expelled nine Ruritanian envoys on Monday", "The envoys must leave by Friday"],
    },
    {
        "event_type": "SANCTION",
        "mode": "discontinue",
        "salience": "secondary",
        "status": "occurred",
        "description": "Norway froze assets of a bank.",
        "actor": ["Norway"],
        "recipient": ["Bank of Strelsau"],
        "evidence": ["Norway also froze the assets of the Bank of Strelsau"],
    },
    {
        "event_type": "THREATEN",
        "salience": "secondary",
        "status": "occurred",
        "description": "Ruritania warned Norway.",
        "actor": ["Ruritania"],
        "recipient": ["Norway"],
        "links": [{"relation": "caused_by", "event": 0}],
        "evidence": ["Ruritania denied the attack and warned Oslo of a response"],
    },
    {
        "event_type": "COERCE",
        "mode": "cyber",
        "salience": "background",
        "status": "occurred",
        "description": "Hackers broke into a network.",
        "actor": ["hackers"],
        "recipient": ["parliament"],
        "date": {"text": "In April"},
        "evidence": ["In April, hackers broke into the network of the parliament"],
    },
    {
        "event_type": "PROTEST",
        "mode": "demo",
        "salience": "background",
        "status": "occurred",
        "description": "People protested.",
        "location": {"text": "Zenda"},
        "quantities": [{"text": "About 200 people", "of": "people", "value": 200, "qualifier": "about"}],
        "evidence": ["About 200 people protested on Monday in Zenda"],
    },
]
STATEMENTS: list[dict[str, Any]] = [
    {
        "text": "We will not tolerate attacks on our parliament",
        "speaker": "Kari Lund",
        "kind": "quote",
        "stance": "justifies",
        "about": 0,
        "via": "Oslo Herald",
    },
    {
        "text": "This is a provocation, not a defence",
        "speaker": "Ruritania",
        "kind": "quote",
        "stance": "condemns",
        "about": 0,
    },
    {"text": "denied the attack", "speaker": "Ruritania", "kind": "paraphrase", "stance": "denies", "about": 3},
]
Labels = dict[str, Any]


def raw(
    events: list[dict[str, Any]] = EVENTS,
    statements: list[dict[str, Any]] = STATEMENTS,
    entities: list[dict[str, Any]] = ENTITIES,
    **more: Any,
) -> Labels:
    """A raw summary of events in any order. Links and `about` hold places in `events`; what they miss falls away."""
    order = sorted(range(len(events)), key=lambda at: ("main", "secondary", "background").index(events[at]["salience"]))
    ids = {at: f"e{place}" for place, at in enumerate(order, 1)}
    return copy.deepcopy(
        {
            "headline": "Norway expels envoys of Ruritania",
            "summary": "Norway expelled nine envoys. Ruritania warned Norway of a response.",
            "contexts": ["diplomatic"],
            "entities": entities,
            "events": [
                {
                    **events[at],
                    "id": ids[at],
                    "links": [
                        {**link, "event": ids[link["event"]]}
                        for link in events[at].get("links", [])
                        if link["event"] in ids and link["event"] != at
                    ],
                }
                for at in order
            ],
            "statements": [{**said, "about": ids.get(said.get("about", -1))} for said in statements],
            **more,
        }
    )


def finished(labels: Labels) -> EventSummary:
    """The summary as an engine gives it, with times and numbers inside the evidence."""
    grounded = EventSummary.grounded(labels, ARTICLE)
    return grounded.model_copy(update={"events": tuple(event.supported() for event in grounded.events)})


def gold(labels: Labels | None = None) -> Gold:
    return parse_gold(raw() if labels is None else labels, ARTICLE)


def key(labels: Labels | None = None) -> Key:
    return key_of(gold(labels))


def with_fact(part: str, at: int, **fields: Any) -> Labels:
    """Raw labels with fields of one fact replaced; `at` is its place in the labels (e1 is 0)."""
    labels = raw()
    labels[part][at] |= fields
    return labels


def against(labels: Labels, given: Labels | None = None) -> Comparison:
    """The comparison of a raw summary with raw gold labels; the plain summary if none is given."""
    return compare(key(labels), finished(raw() if given is None else given))


def marks_of(comparison: Comparison, part: str, at: int | None, field: str) -> list[str]:
    """The outcomes of one field of one labelled fact, or of all that were made up (`at` None)."""
    return [mark.outcome for mark in comparison.marks if (mark.part, mark.gold, mark.field) == (part, at, field)]


# --- random summaries: what a bad engine might make of the article ---------------------------------------------------

_NAMES = [entity["name"] for entity in ENTITIES]
_SOME_NAMES = st.lists(st.sampled_from(_NAMES), max_size=3, unique=True)
_TIMES = [
    None,
    {"text": "on Monday"},
    {"text": "on Monday", "value": "2024-03-04"},
    {"text": "In April", "value": "2024-04"},
    {"text": "by Friday", "bound": "by", "value": "2024-03-08"},
]
_NUMBERS = [
    {"text": "nine Ruritanian envoys", "of": "envoys expelled", "value": 9},
    {"text": "nine envoys", "of": "staff", "value": 9, "qualifier": "at_least"},
    {"text": "40 branches", "of": "branches", "value": 40},
    {"text": "About 200 people", "of": "people", "value": 200, "previous": 40, "qualifier": "about"},
    {"text": "hackers", "of": "hackers", "value": None, "qualifier": "unknown"},
]
_EVIDENCE = [piece for event in EVENTS for piece in event["evidence"]]
_KINDS = [("SANCTION", "expel"), ("SANCTION", "discontinue"), ("THREATEN", None), ("COERCE", "cyber"), ("OTHER", None)]


@st.composite
def _events(draw: Callable[[Any], Any], salience: str) -> dict[str, Any]:
    event_type, mode = draw(st.sampled_from(_KINDS))
    return {
        "event_type": event_type,
        "mode": mode,
        "salience": salience,
        "status": draw(st.sampled_from(["occurred", "announced", "alleged", "negated"])),
        "description": "Something happened.",
        "actor": draw(_SOME_NAMES),
        "recipient": draw(_SOME_NAMES),
        "attribution": draw(_SOME_NAMES),
        "date": draw(st.sampled_from(_TIMES)),
        "effective": draw(st.sampled_from(_TIMES)),
        "location": draw(st.sampled_from([None, {"text": "Zenda"}, {"text": "Oslo", "country": "NOR"}])),
        "quantities": draw(st.lists(st.sampled_from(_NUMBERS), max_size=3)),
        "reason": draw(st.sampled_from([None, "a cyberattack on its parliament", "a cyberattack"])),
        "links": draw(
            st.lists(
                st.builds(
                    lambda relation, event: {"relation": relation, "event": event},
                    st.sampled_from(["retaliation_for", "caused_by", "part_of"]),
                    st.integers(0, 4),
                ),
                max_size=2,
            )
        ),
        "evidence": draw(st.lists(st.sampled_from(_EVIDENCE), min_size=1, max_size=2, unique=True)),
    }


@st.composite
def _statements(draw: Callable[[Any], Any]) -> dict[str, Any]:
    said = [said["text"] for said in STATEMENTS]
    return {
        "text": draw(st.sampled_from([*said, "not tolerate attacks", "attacks on our parliament", "attacks"])),
        "speaker": draw(st.sampled_from(_NAMES)),
        "kind": draw(st.sampled_from(["quote", "paraphrase"])),
        "stance": draw(st.sampled_from(["denies", "condemns", "comments"])),
        "about": draw(st.integers(-1, 4)),
        "via": draw(st.sampled_from([None, "Oslo Herald"])),
    }


_ALIASES = ["Oslo", "The envoys", "nine envoys", "Lund", "foreign minister", "its embassy", "the network"]


@st.composite
def _entities(draw: Callable[[Any], Any]) -> list[dict[str, Any]]:
    """All entities in any order, some called by an alias, typed and aliased at random."""
    entities = []
    for entity in draw(st.permutations(ENTITIES)):
        entities.append(
            {
                **entity,
                "type": draw(st.sampled_from([entity["type"], "object"])),
                "aliases": draw(st.lists(st.sampled_from(_ALIASES), max_size=3, unique=True)),
            }
        )
    return entities


@st.composite
def raw_summaries(draw: Callable[[Any], Any]) -> Labels:
    """Raw summaries of one to five events, with whatever else the schema lets pass."""
    saliences = ["main", *draw(st.lists(st.sampled_from(["secondary", "background"]), max_size=4))]
    return raw(
        [draw(_events(salience)) for salience in saliences],
        draw(st.lists(_statements(), max_size=4)),
        draw(_entities()),
    )


def shuffled(labels: Labels, random: Random) -> Labels:
    """The same summary with everything in another order whose order says nothing."""
    new = copy.deepcopy(labels)
    for part in ("entities", "statements"):
        random.shuffle(new[part])
    for entity in new["entities"]:
        random.shuffle(entity.get("aliases", []))
    for event in new["events"]:
        for field in ("actor", "recipient", "attribution", "quantities", "links", "evidence"):
            random.shuffle(event.get(field, []))
    random.shuffle(new["events"])
    new["events"].sort(key=lambda event: ("main", "secondary", "background").index(event["salience"]))
    ids = {event["id"]: f"e{place}" for place, event in enumerate(new["events"], 1)}
    for event in new["events"]:
        event["id"] = ids[event["id"]]
        for link in event["links"]:
            link["event"] = ids[link["event"]]
    for said in new["statements"]:
        said["about"] = ids.get(said["about"])
    return new
