"""Gold for the invented article of `tests.example`, and summaries of it, for the tests of the exam."""

from __future__ import annotations

import copy
from typing import Any

from evals.gold import Gold, parse_gold
from evals.scoring.key import Key, key_of
from summarizer import EventSummary
from tests.example import ARTICLE, DRAFT, changed


def labels(**changes: Any) -> dict[str, Any]:
    """Raw labels of a gold file: the draft, with an alternative, a must, an optional statement and a must_not."""
    raw: dict[str, Any] = copy.deepcopy(DRAFT)
    raw["events"][0] |= {"alternatives": [{"status": "announced"}], "must": ["event_type", "actor"]}
    raw["events"][1] |= {"alternatives": [{"event_type": "ASSAULT", "mode": "abduct"}]}
    raw["statements"][0] |= {"optional": False}
    raw["must_not"] = [{"why": "litter is no event", "evidence": "Ten tips for the summer"}]
    return {**raw, **changes}


def gold(**changes: Any) -> Gold:
    return parse_gold(labels(**changes), ARTICLE)


def key(**changes: Any) -> Key:
    return key_of(gold(**changes))


def summary(path: str | None = None, value: Any = None) -> EventSummary:
    """The draft as a summary, with the value at a path such as "events.0.mode" replaced."""
    return EventSummary.grounded(DRAFT if path is None else changed(path, value), ARTICLE)
