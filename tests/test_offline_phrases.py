"""Noun phrases: what belongs to them, what only adds to them, and where coordination divides them."""

from __future__ import annotations

import pytest

from summarizer.offline.parsed import Phrase
from summarizer.offline.phrases import case_of, coordinated, lemma_of, phrase, phrases
from tests.offline_example import parsed


def found(text: str, head: str) -> list[str]:
    """The phrases of a head word, as the text writes them."""
    segment = parsed(text).segments[0]
    token = next(token for token in segment.doc if token.text == head)
    return [part.span.of(parsed(text).article.text) for part in phrases(segment, token)]


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("Ghana expelled the diplomats who had spied for Togo.", "diplomats", "the diplomats"),
        ("Ghana expelled 12 senior diplomats on Monday.", "diplomats", "12 senior diplomats"),
        ("Norway's foreign ministry summoned him.", "ministry", "Norway's foreign ministry"),
        ("The president of Ghana resigned.", "president", "The president of Ghana"),
        ("The court fined Lund, who is a judge.", "Lund", "Lund"),
        ("The firm Nortek closed a plant in Oslo.", "plant", "a plant"),
        ("More than 40 people died.", "people", "More than 40 people"),
    ],
)
def test_a_phrase_holds_what_names_or_counts_its_head(text: str, head: str, expected: str) -> None:
    assert found(text, head) == [expected]


def test_coordinated_phrases_are_one_each() -> None:
    assert found("Ghana, Togo and Benin signed the pact.", "Ghana") == ["Ghana", "Togo", "Benin"]


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("Bosnia and Herzegovina signed the pact.", "Bosnia", "Bosnia and Herzegovina"),
        ("The Food and Drug Administration recalled it.", "Food", "The Food and Drug Administration"),
    ],
)
def test_a_coordination_that_is_one_name_is_one_phrase(text: str, head: str, expected: str) -> None:
    assert found(text, head) == [expected]


def test_an_age_is_not_coordinated_with_its_name() -> None:
    segment = parsed("Marrow, 58, resigned.").segments[0]
    assert [token.text for token in coordinated(segment.doc[0])] == ["Marrow"]


def test_a_day_behind_a_name_is_no_part_of_it() -> None:
    assert found("The council on Tuesday rejected the plan.", "council") == ["The council"]


@pytest.mark.parametrize(
    ("text", "word", "case"),
    [
        ("He resigned because of the scandal.", "scandal", "because of"),
        ("Troops left for Mali.", "Mali", "for"),
        ("Kenya's army left.", "Kenya", ""),
    ],
)
def test_a_preposition_has_all_its_words(text: str, word: str, case: str) -> None:
    assert case_of(next(token for token in parsed(text).segments[0].doc if token.text == word)) == case


def test_a_verb_that_only_the_lexicon_knows_has_its_dictionary_form() -> None:
    doc = parsed("Ghana severed ties and telephoned Togo.").segments[0].doc
    assert {lemma_of(token) for token in doc if token.pos_ == "VERB"} == {"sever", "telephone"}


def test_a_phrase_knows_its_place() -> None:
    segment = parsed("Ghana expelled two envoys.").segments[0]
    assert isinstance(phrase(segment, segment.doc[3]), Phrase)
    assert phrase(segment, segment.doc[3]).span == (15, 25)
