"""Prose of the engine: whole sentences of the article that stand on their own, and nothing the article does not say."""

from __future__ import annotations

import pytest

from summarizer.offline.compose import Composer
from summarizer.prose import ungrounded
from tests.offline_example import EXPULSION, MONDAY, framed, happenings, parsed, raw, registry


def composer(text: str) -> Composer:
    return Composer(parsed(text), registry(text))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("It rained. Meanwhile, Kenya closed the port.", "Kenya closed the port."),
        ("It rained. However, Kenya also closed the port.", "Kenya closed the port."),
        ("Mayor Ana Ruiz spoke. She said the port was closed.", "Ana Ruiz said the port was closed."),
        ("- Kenya closed the port.", "Kenya closed the port."),
    ],
)
def test_a_sentence_is_made_to_stand_on_its_own(text: str, sentence: str) -> None:
    assert composer(text).standalone(text.index("closed")) == sentence


def test_a_sentence_that_hangs_on_another_is_passed_over() -> None:
    text = "Two men spoke. That surprised everyone."
    assert composer(text).standalone(text.index("surprised")) is None


def test_a_clause_without_its_own_subject_gets_the_actors_name() -> None:
    text = "Kenya recalled its envoy on Sunday and closed the port of Lamu."
    (event,) = happenings(text, framed(text, "closed", "COERCE", actor="Kenya"))
    assert composer(text).description(event) == "Kenya closed the port of Lamu."


def test_a_shouted_headline_is_written_in_sentence_case() -> None:
    text = "KENYA CLOSES PORT AFTER STORM\n\nIt rained on Lamu, and nobody was hurt in the town."
    assert composer(text).headline(None) == "Kenya closes port after storm."


def test_headline_summary_and_descriptions_say_only_what_the_article_says() -> None:
    draft = raw(EXPULSION)
    article = parsed(EXPULSION).article
    prose = [draft["headline"], draft["summary"], *(event["description"] for event in draft["events"])]
    assert [ungrounded(text, article) for text in prose] == [()] * len(prose)
    assert article.published == MONDAY


def test_the_summary_has_two_to_four_sentences() -> None:
    sentences = [part for part in raw(EXPULSION)["summary"].split(". ") if part]
    assert 2 <= len(sentences) <= 5
