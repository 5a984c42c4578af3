"""One invented article and a sound draft of its summary, for the tests to damage."""

from __future__ import annotations

import copy
from typing import Any

from summarizer.article import Article

TEXT = (
    "OSLO closes two consulates\n\n"
    "Norway closed two consulates in Ruritania on Monday in response to the arrest of a Norwegian captain, "
    "foreign minister Kari Lund said. “We had no choice,” Lund told reporters. "
    "Ruritania had arrested Captain Per Dahl on 3 May. The exact number of staff affected is not known.\n"
    "Most Read\nTen tips for the summer\n"
).replace("OSLO", "Oslo")
ARTICLE = Article.from_text(TEXT)

DRAFT: dict[str, Any] = {
    "headline": "Norway closes two consulates in Ruritania",
    "summary": "Norway closed two consulates in Ruritania on Monday. Lund said there was no choice.",
    "contexts": ["diplomatic"],
    "entities": [
        {"name": "Norway", "type": "country", "country": "NOR", "aliases": ["Oslo"]},
        {"name": "Ruritania", "type": "country"},
        {"name": "Kari Lund", "type": "person", "country": "NOR", "office": "foreign minister", "aliases": ["Lund"]},
        {"name": "Per Dahl", "type": "person", "aliases": ["a Norwegian captain"]},
    ],
    "events": [
        {
            "id": "e1",
            "event_type": "SANCTION",
            "mode": "withdraw",
            "salience": "main",
            "status": "occurred",
            "description": "Norway closed two consulates in Ruritania.",
            "actor": ["Norway"],
            "recipient": ["Ruritania"],
            "date": {"text": "on Monday"},
            "location": {"text": "Ruritania"},
            "quantities": [{"text": "two consulates", "of": "consulates", "value": 2}],
            "reason": "in response to the arrest of a Norwegian captain",
            "attribution": ["Kari Lund"],
            "links": [{"relation": "retaliation_for", "event": "e2"}],
            "evidence": ["Norway closed two consulates in Ruritania on Monday"],
        },
        {
            "id": "e2",
            "event_type": "COERCE",
            "mode": "arrest",
            "salience": "background",
            "status": "occurred",
            "description": "Ruritania arrested Per Dahl.",
            "actor": ["Ruritania"],
            "recipient": ["Per Dahl"],
            "date": {"text": "on 3 May"},
            "evidence": ["Ruritania had arrested Captain Per Dahl on 3 May"],
        },
    ],
    "statements": [
        {"text": "We had no choice", "speaker": "Kari Lund", "kind": "quote", "stance": "justifies", "about": "e1"}
    ],
}


def draft(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(DRAFT), **changes}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The draft with the value at a path such as "events.0.mode" replaced."""
    new: Any = draft()
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = new
    for step in steps:
        place = place[step]
    place[last] = value
    return new  # type: ignore[no-any-return]
