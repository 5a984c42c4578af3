"""What one side, gold or the prediction, says of each fact: what it is called, of what kind it is, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evals.report import Pairs, Part
from summarizer import Article, Span, locate

Raw = Mapping[str, Any]  # a summary, or a part of one, as JSON


@dataclass(frozen=True, slots=True)
class Account:
    """One side's account of a fact. `ref` is its name there: an event's id, "s1", an entity's name."""

    ref: str
    kind: str
    told: str
    spans: Pairs


def accounts_of(summary: Raw, article: Article) -> dict[Part, list[Account]]:
    """All facts of a summary as JSON, in its order; of an empty one none."""
    return {
        "events": [_event(event) for event in summary.get("events", ())],
        "statements": [_statement(f"s{at}", said) for at, said in enumerate(summary.get("statements", ()), 1)],
        "entities": [_entity(entity, article) for entity in summary.get("entities", ())],
    }


def _event(event: Raw) -> Account:
    tag = "/".join(filter(None, (event["event_type"], event["mode"])))
    kind = " · ".join((tag, event["status"], event["salience"]))
    return Account(event["id"], kind, event["description"], _pairs(event["evidence"]))


def _statement(ref: str, said: Raw) -> Account:
    about = f" about {said['about']}" if said["about"] else ""
    via = f", via {said['via']}" if said["via"] else ""
    told = f"“{said['text']}”" if said["kind"] == "quote" else said["text"]
    return Account(ref, f"{said['speaker']} {said['stance']}{about}{via}", told, _pairs([said]))


def _entity(entity: Raw, article: Article) -> Account:
    name = locate(article, entity["name"])
    standing = ((name.start, name.end),) if isinstance(name, Span) else ()
    others = _pairs([*filter(None, [entity["office"]]), *entity["aliases"]])
    kind = ", ".join(filter(None, (entity["type"], entity["country"])))
    return Account(entity["name"], kind, entity["name"], standing + others)


def _pairs(excerpts: Iterable[Raw]) -> Pairs:
    return tuple((excerpt["start"], excerpt["end"]) for excerpt in excerpts)
