"""Articles and gold as a pydantic_evals dataset (https://ai.pydantic.dev/evals/how-to/dataset-serialization/)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evals.corpus import Case
from evals.gold import Fact, Gold, Label

_Document = dict[str, Any]


def pydantic_evals_dataset(cases: Sequence[Case], *, name: str = "news events") -> _Document:
    """Articles and gold as the JSON that `Dataset[dict[str, Any], EventSummary, dict[str, Any]].from_file` reads.

    A case's inputs are the article's id, text and publication day; its expected output is gold's plain reading, and
    what gold accepts or demands beside it stands in the metadata. The one evaluator asks for an EventSummary: equality
    with gold would judge wording.
    """
    return {"name": name, "cases": [_case(case) for case in cases], "evaluators": [{"IsInstance": "EventSummary"}]}


def _case(case: Case) -> _Document:
    article, gold = case.article, case.gold
    published = article.published and article.published.isoformat()
    return {
        "name": case.id,
        "inputs": {"id": case.id, "text": article.text, "published": published},
        "metadata": {"sha256": article.sha256, **(_beside(gold) if gold else {})},
        "expected_output": gold.summary.model_dump(mode="json") if gold else None,
        "evaluators": [],
    }


def _beside(gold: Gold) -> _Document:
    """What gold says beside its plain reading, by the facts' ids: e1, s1."""
    return {
        "gold": gold.digest,
        "events": {label.fact.id: _notes(label) for label in gold.events},
        "statements": {f"s{at}": _notes(label) for at, label in enumerate(gold.statements, 1)},
        "must_not": [forbidden.model_dump(mode="json") for forbidden in gold.must_not],
    }


def _notes(label: Label[Fact]) -> _Document:
    alternatives = [reading.fact.model_dump(mode="json", include=set(reading.fields)) for reading in label.readings]
    return {"alternatives": alternatives, "must": list(label.must), "optional": label.optional}
