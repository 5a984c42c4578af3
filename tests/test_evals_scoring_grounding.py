from __future__ import annotations

from typing import Any

import pytest

from evals.scoring.grounding import check_grounding
from summarizer import Article, EventSummary, Excerpt, Span
from tests.scoring_example import ARTICLE, TEXT, finished, raw

PLAIN = finished(raw())


def moved(**fields: Any) -> EventSummary:
    """The summary with fields of its first event replaced, unchecked."""
    return PLAIN.model_copy(update={"events": (PLAIN.events[0].model_copy(update=fields), *PLAIN.events[1:])})


def excerpt(text: str, start: int | None = None) -> Excerpt:
    at = TEXT.index(text) if start is None else start
    return Excerpt(text=text, start=at, end=at + len(text))


def test_a_sound_summary_has_every_excerpt_in_its_place() -> None:
    grounding = check_grounding(PLAIN, ARTICLE)
    assert grounding.problems == ()
    assert grounding.exact == grounding.excerpts == 21


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"evidence": (excerpt("Norway", 5),)}, "e1.evidence: not what stands there: 'Norway'"),
        ({"reason": excerpt("a cyberattack", 10_000)}, "e1.reason: not what stands there: 'a cyberattack'"),
        ({"reason": excerpt("Ten tips for the summer")}, "e1.reason: rests on litter: 'Ten tips for the summer'"),
    ],
)
def test_an_excerpt_out_of_place_is_named(fields: dict[str, Any], problem: str) -> None:
    grounding = check_grounding(moved(**fields), ARTICLE)
    assert problem in grounding.problems
    assert grounding.exact == grounding.excerpts - 1


def test_words_that_address_software_are_no_ground() -> None:
    start = TEXT.index("Kari Lund said")
    article = Article(TEXT, injections=(Span(start, start + 20),))
    summary = moved(reason=excerpt("Kari Lund said"))
    assert "e1.reason: rests on a sentence that addresses software: 'Kari Lund said'" in (
        check_grounding(summary, article).problems
    )


@pytest.mark.parametrize("kept", [{"date": None}, {"effective": None}, {"quantities": ()}])
def test_times_and_numbers_outside_the_evidence_are_named(kept: dict[str, Any]) -> None:
    bare = {"evidence": (excerpt("Kari Lund said"),), "date": None, "effective": None, "quantities": ()}
    field = next(iter(kept))
    summary = moved(**{**bare, field: getattr(PLAIN.events[0], field)})
    (problem,) = check_grounding(summary, ARTICLE).problems
    assert problem.endswith("is outside its evidence")
    assert check_grounding(moved(**bare), ARTICLE).problems == ()
