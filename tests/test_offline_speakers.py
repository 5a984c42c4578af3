"""Quotations find their speakers, before, behind and without a tag; paraphrases are the clause that was said."""

from __future__ import annotations

import pytest

from tests.offline_example import sayings


def said(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each saying."""
    return [(speaker, words) for speaker, _, _, words in sayings(text)]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ('"We will not leave," Minister Ana Ruiz told reporters.', "Ana Ruiz", "We will not leave"),
        ('"We will not leave," said Bo Dahl, a union leader.', "Bo Dahl", "We will not leave"),
        ('"We will not leave," said union leader Anna Berg.', "Anna Berg", "We will not leave"),
        ('Minister Ana Ruiz said: "We will not leave."', "Ana Ruiz", "We will not leave"),
        ("“We will not leave,” the Interior Ministry said.", "Interior Ministry", "We will not leave"),
        ('Mayor Ana Ruiz was blunt. "We will not leave," she said.', "Ana Ruiz", "We will not leave"),
        ('Mayor Ana Ruiz called it "a very sad day".', "Ana Ruiz", "a very sad day"),
        ('"Will they ever leave?" asked Bo Dahl, 44.', "Bo Dahl", "Will they ever leave?"),
        ('"No comment," said Bo Dahl, 44.', "Bo Dahl", "No comment"),
    ],
)
def test_a_quotation_is_its_speakers(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in said(text)


def test_a_quotation_goes_on_behind_its_tag_as_a_second_statement() -> None:
    text = '"It is late," Mayor Ana Ruiz said. "We should go home now."'
    assert said(text) == [("Ana Ruiz", "It is late"), ("Ana Ruiz", "We should go home now")]


def test_a_quotation_broken_by_its_tag_is_two_statements() -> None:
    text = '"We are still open," Mayor Ana Ruiz said, "but the window is closing."'
    assert said(text) == [("Ana Ruiz", "We are still open"), ("Ana Ruiz", "but the window is closing")]


def test_a_paragraph_that_is_all_quotation_goes_on_with_who_spoke() -> None:
    text = '"It is late," Mayor Ana Ruiz said.\n\n"Nobody knows when the water will come back."'
    assert said(text)[-1] == ("Ana Ruiz", "Nobody knows when the water will come back")


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("Minister Ana Ruiz said that the bridge would reopen in May.", "Ana Ruiz", "the bridge would reopen in May"),
        ("The bridge will reopen in May, Minister Ana Ruiz said.", "Ana Ruiz", "The bridge will reopen in May"),
        ("According to the Interior Ministry, nobody was hurt.", "Interior Ministry", "nobody was hurt"),
        ("France urged both sides to stop firing.", "France", "urged both sides to stop firing"),
        ('Minister Ana Ruiz called the walkout "irresponsible".', "Ana Ruiz", 'called the walkout "irresponsible"'),
    ],
)
def test_a_paraphrase_is_the_clause_that_was_said(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Minister Ana Ruiz declined to comment.",
        "Minister Ana Ruiz did not say when the bridge would reopen.",
        "The film “The Long Road Home” opened in Oslo.",
        "The so-called “green line” was closed.",
    ],
)
def test_silence_titles_and_quoted_terms_are_no_statements(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Kenya denied that its troops had crossed the border.", "denies"),
        ("Kenya urged both sides to stop firing.", "requests"),
        ("Kenya condemned the raid as an outrage.", "condemns"),
        ('"They must stop firing at once," Mayor Ana Ruiz said.', "requests"),
        ('"There is no evidence for any of this," Mayor Ana Ruiz said.', "denies"),
        ('"It was a long night," Mayor Ana Ruiz said.', "comments"),
        ("The Interior Ministry said 66 people had been arrested.", "announces"),
    ],
)
def test_verb_and_words_tell_the_stance(text: str, stance: str) -> None:
    assert [found for _, _, found, _ in sayings(text)] == [stance]


def test_words_in_marks_are_quotes_and_clauses_are_paraphrases() -> None:
    text = '"It is very late," Mayor Ana Ruiz said. She said the bridge was closed.'
    assert [kind for _, kind, _, _ in sayings(text)] == ["quote", "paraphrase"]
