"""Gold for an invented article that holds something of every kind that damage can be done to."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

from evals.gold import Gold, parse_gold
from summarizer import Article

TEXT = """Norway cuts Ruritania’s mission after arrest

Norway cut Ruritania’s mission in Oslo from 20 to 12 diplomats on 4 June 2024 over the arrest of Captain Per Dahl, \
foreign minister Kari Lund said. “We had no choice and we will not talk before he is free,” Lund told the Oslo Post. \
The order must be carried out by 1 July 2024, and nobody expects that it will be withdrawn before the winter.

As part of its answer Norway banned Ruritanian timber from 1 August 2024, the Trade Ministry said. Norway imposed no \
sanctions on the Bank of Skog, which holds 40 million crowns and 2 tons of gold. Oslo also asked Denmark to join it.

Ruritania had arrested Captain Per Dahl in Skog on 3 May 2024 over a cargo of tea. It \
allegedly beat him and two sailors in the port's half-empty prison.

“The ban is fair,” prime minister Ola Berg said, according to the Oslo Post. Ruritania called the cut a mistake.

Ferries ran late in the fog that week. The weather office expected 7 days of rain.

Most Read
Ten tips for the summer
"""
ARTICLE = Article.from_text(TEXT, id="example", published=date(2024, 6, 4))


def _when(text: str, value: str, bound: str = "on") -> dict[str, Any]:
    return {"text": text, "value": value, "bound": bound}


LABELS: dict[str, Any] = {
    "headline": "Norway cuts Ruritania’s mission to 12 diplomats",
    "summary": "Norway cut Ruritania’s mission in Oslo to 12 diplomats after the arrest of Per Dahl. It banned timber.",
    "published": "2024-06-04",
    "contexts": ["diplomatic", "economic"],
    "entities": [
        {"name": "Norway", "type": "country", "country": "NOR", "aliases": ["Oslo"]},
        {"name": "Ruritania", "type": "country"},
        {
            "name": "Kari Lund",
            "type": "person",
            "country": "NOR",
            "office": "foreign minister",
            "aliases": ["Lund", "foreign minister Kari Lund"],
        },
        {"name": "Per Dahl", "type": "person", "aliases": ["Captain Per Dahl"]},
        {"name": "Ola Berg", "type": "person", "country": "NOR", "office": "prime minister"},
        {"name": "Oslo Post", "type": "organization", "country": "NOR"},
        {"name": "Trade Ministry", "type": "organization", "country": "NOR"},
        {"name": "Bank of Skog", "type": "organization"},
        {"name": "Denmark", "type": "country", "country": "DNK"},
        {"name": "two sailors", "type": "group"},
    ],
    "events": [
        {
            "id": "e1",
            "event_type": "SANCTION",
            "mode": "discontinue",
            "salience": "main",
            "status": "announced",
            "description": "Norway cut Ruritania’s mission to 12 diplomats.",
            "actor": ["Norway"],
            "recipient": ["Ruritania"],
            "date": _when("on 4 June 2024", "2024-06-04"),
            "effective": _when("by 1 July 2024", "2024-07-01", "by"),
            "location": {"text": "Oslo", "country": "NOR"},
            "quantities": [{"text": "from 20 to 12 diplomats", "of": "diplomats", "value": 12, "previous": 20}],
            "reason": "the arrest of Captain Per Dahl",
            "attribution": ["Kari Lund"],
            "links": [{"relation": "retaliation_for", "event": "e5"}],
            "evidence": [
                "Norway cut Ruritania’s mission in Oslo from 20 to 12 diplomats on 4 June 2024",
                "by 1 July 2024",
            ],
            "alternatives": [{"status": "occurred", "effective": None}, {"reason": None}, {"links": []}],
            "must": ["event_type", "actor"],
        },
        {
            "id": "e2",
            "event_type": "SANCTION",
            "mode": "discontinue",
            "salience": "secondary",
            "status": "announced",
            "description": "Norway banned timber from Ruritania.",
            "actor": ["Norway"],
            "recipient": ["Ruritania"],
            "effective": _when("from 1 August 2024", "2024-08-01", "from"),
            "attribution": ["Trade Ministry"],
            "links": [{"relation": "part_of", "event": "e1"}],
            "evidence": ["Norway banned Ruritanian timber from 1 August 2024"],
            "alternatives": [{"attribution": []}, {"event_type": "COERCE", "mode": "restrict"}],
        },
        {
            "id": "e3",
            "event_type": "SANCTION",
            "mode": "discontinue",
            "salience": "secondary",
            "status": "negated",
            "description": "Norway imposed no sanctions on the Bank of Skog.",
            "actor": ["Norway"],
            "recipient": ["Bank of Skog"],
            "quantities": [
                {"text": "40 million crowns", "of": "crowns", "value": 40000000},
                {"text": "2 tons of gold", "of": "tons of gold", "value": 2},
            ],
            "evidence": [
                "Norway imposed no sanctions on the Bank of Skog, which holds 40 million crowns and 2 tons of gold"
            ],
            "alternatives": [{"recipient": ["Ruritania"]}],
        },
        {
            "id": "e4",
            "event_type": "REQUEST",
            "mode": "assist",
            "salience": "secondary",
            "status": "occurred",
            "description": "Norway asked Denmark to join the ban.",
            "actor": ["Norway"],
            "recipient": ["Denmark"],
            "evidence": ["Oslo also asked Denmark to join it"],
            "optional": True,
        },
        {
            "id": "e5",
            "event_type": "COERCE",
            "mode": "arrest",
            "salience": "background",
            "status": "occurred",
            "description": "Ruritania arrested Per Dahl.",
            "actor": ["Ruritania"],
            "recipient": ["Per Dahl"],
            "date": _when("on 3 May 2024", "2024-05-03"),
            "location": {"text": "Skog"},
            "reason": "a cargo of tea",
            "evidence": ["Ruritania had arrested Captain Per Dahl in Skog on 3 May 2024"],
        },
        {
            "id": "e6",
            "event_type": "ASSAULT",
            "mode": "beat",
            "salience": "background",
            "status": "alleged",
            "description": "Ruritania allegedly beat Per Dahl.",
            "actor": ["Ruritania"],
            "recipient": ["Per Dahl", "two sailors"],
            "date": {"text": "that week", "value": None},
            "evidence": ["It allegedly beat him and two sailors in the port's half-empty prison", "that week"],
        },
        {
            "id": "e7",
            "event_type": "OTHER",
            "salience": "background",
            "status": "occurred",
            "description": "Ferries ran late.",
            "evidence": ["Ferries ran late in the fog"],
            "optional": True,
        },
    ],
    "statements": [
        {
            "text": "We had no choice and we will not talk before he is free",
            "speaker": "Kari Lund",
            "kind": "quote",
            "stance": "justifies",
            "about": "e1",
            "alternatives": [{"stance": "announces"}],
            "must": ["speaker"],
        },
        {
            "text": "The ban is fair",
            "speaker": "Ola Berg",
            "kind": "quote",
            "stance": "supports",
            "about": "e2",
            "via": "Oslo Post",
        },
        {
            "text": "the cut a mistake",
            "speaker": "Ruritania",
            "kind": "paraphrase",
            "stance": "condemns",
            "about": "e1",
        },
        {
            "text": "Norway banned Ruritanian timber",
            "speaker": "Trade Ministry",
            "kind": "paraphrase",
            "stance": "announces",
            "about": "e4",
            "optional": True,
        },
    ],
    "must_not": [
        {
            "why": "the sanctions are denied",
            "evidence": "Norway imposed no sanctions on the Bank of Skog",
            "event_type": ["SANCTION"],
            "status": ["occurred", "announced"],
        },
        {"why": "litter is no event", "evidence": "Ten tips for the summer"},
        {"why": "Ruritania said this", "fact": "statement", "evidence": "the cut a mistake", "speaker": ["Norway"]},
    ],
}


def labels(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(LABELS), **changes}


def gold(**changes: Any) -> Gold:
    return parse_gold(labels(**changes), ARTICLE)
