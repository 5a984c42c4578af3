from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evals.scoring.sheet import Words, content_of, form_of, in_text_order, sheet_of
from summarizer import Article
from tests.scoring_example import ARTICLE, TEXT, gold

WORDS = Words(ARTICLE)


PLAIN = re.sub(r"[“”,.\n]", " ", TEXT)
PLACES = [match.span() for match in re.finditer(r"[^ ]+", PLAIN)]


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_the_words_of_a_stretch_are_those_that_it_shares_a_letter_with(one: int, other: int) -> None:
    start, end = sorted((one, other))
    assume(start < end)
    touched = sum(1 << place for place, (first, last) in enumerate(PLACES) if first < end and start < last)
    assert WORDS.bits(start, end) == touched


def test_what_lies_outside_the_text_touches_no_word() -> None:
    assert WORDS.bits(len(TEXT) + 10, len(TEXT) + 20) == 0
    assert WORDS.bits(0, len(TEXT) + 20) == 0


@pytest.mark.parametrize("clause", ["will not tolerate", "doesn't", "doesn’t", "No sanctions", "cannot", "without"])
def test_negations_are_known_in_any_spelling(clause: str) -> None:
    assert Words(Article.from_text(f"They said {clause} then.")).negations


def test_words_that_only_look_like_negations_are_none() -> None:
    assert not Words(Article.from_text("Notable nobles knotted nothings at noon.")).negations


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the United States", "United States"),
        ("Russia’s", "Russia"),
        ("U.S.", "US"),
        ("the U.S.", "us"),
        ("Foreign  Ministry", "foreign ministry"),
        ("nine\u00a0envoys", "nine envoys"),
    ],
)
def test_names_are_compared_without_article_case_dots_and_possessive(one: str, other: str) -> None:
    assert form_of(one) == form_of(other)


@pytest.mark.parametrize(("one", "other"), [("3.5 tons", "35 tons"), ("Peru", "Perug"), ("nine envoys", "ten envoys")])
def test_other_names_stay_other_names(one: str, other: str) -> None:
    assert form_of(one) != form_of(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the minister's envoys", {"minister", "envoy"}),
        ("‘hardline’ parties", {"hardline", "party"}),
        ("on Monday", {"monday"}),
        ("Łódź", {"łódź"}),
        ("of the", set()),
    ],
)
def test_content_words_are_singular_and_without_small_words(text: str, words: set[str]) -> None:
    assert content_of(text) == words


def test_facts_are_ordered_by_where_they_stand_and_equals_by_what_they_say() -> None:
    assert in_text_order([4, 2, 1], lambda at: pytest.fail("no two stand at the same place")) == [2, 1, 0]
    assert in_text_order([2, 1, 2], ["b", "x", "a"].__getitem__) == [1, 2, 0]


def test_a_sheet_speaks_of_entities_and_events_by_their_places() -> None:
    sheet = sheet_of(gold().summary, WORDS)
    expulsion = sheet.events[0]
    assert (expulsion.actor, expulsion.recipient, expulsion.links) == ((0,), (1, 2), (("retaliation_for", 3),))
    assert sheet.statements[0].about == 0
    assert sheet.statements[0].via == 7


def test_evidence_of_several_pieces_is_told_whole() -> None:
    evidence = sheet_of(gold().summary, WORDS).events[0].evidence
    assert evidence.text == "Norway expelled nine Ruritanian envoys on Monday … The envoys must leave by Friday"
    assert [TEXT[start:end] for start, end in evidence.spans] == evidence.text.split(" … ")
    assert evidence.bits.bit_count() == 13
