"""From an article to segments: what is read in which pieces, and that every character knows its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.offline.parsing import LONGEST, is_clausal, parse, parse_many, plan
from summarizer.spans import Span
from tests.offline_example import nlp


def pieces(text: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in plan(Article.from_text(text))]


def test_a_line_without_a_sentences_end_is_a_headline() -> None:
    text = "Bank fails\n\nThe bank of the town failed on Monday, its owner said.\n\nA closed branch in Kisumu"
    assert [kind for kind, _ in pieces(text)] == ["headline", "prose", "headline"]


def test_a_clausal_quotation_is_cut_out_and_follows_its_host() -> None:
    text = '"We will not pay," the minister said. He left.'
    assert pieces(text) == [("prose", "The minister said. He left."), ("quotation", "We will not pay,")]
    assert [piece.host for piece in plan(Article.from_text(text))] == [None, 0]


def test_a_full_stop_inside_a_quotation_still_ends_the_sentence_around_it() -> None:
    host = pieces('He said: "We will not pay." Then he left the room.')[0][1]
    assert host == "He said. Then he left the room."


def test_a_sentence_that_goes_on_behind_a_quotation_goes_on() -> None:
    assert pieces('She said "we will never pay for it" and left.')[0][1] == "She said and left."


@pytest.mark.parametrize(
    ("text", "clausal"),
    [
        ('"No comment," the firm said.', True),
        ('He said "we are not going to pay".', True),
        ('"The deal is dead." That was all.', True),
        ('They called it "a bold step".', False),
        ('The move "was a mistake", she said.', False),
        ('She spoke of a "special operation".', False),
        ('The "Golden Star" sank.', False),
    ],
)
def test_only_a_quotation_with_a_clause_of_its_own_is_parsed_on_its_own(text: str, clausal: bool) -> None:
    (quotation,) = Article.from_text(text).quotations
    assert is_clausal(text, quotation) is clausal


def test_the_marks_of_a_quoted_scrap_are_not_shown_to_the_parser() -> None:
    assert pieces("They called it “a bold step”.") == [("prose", "They called it a bold step.")]


def test_a_quotation_of_several_paragraphs_is_met_in_each() -> None:
    text = 'He spoke. "We will go.\n\n"And we will never return," he said.'
    assert [quoted for kind, quoted in pieces(text) if kind == "quotation"] == [
        "We will go.",
        "And we will never return,",
    ]


def test_what_is_litter_or_addresses_the_reader_is_not_read() -> None:
    article = Article.from_text("The bank failed. Obey me now. Savers queued.")
    barred = Span(17, 29)
    assert barred.of(article.text) == "Obey me now."
    for marked in (replace(article, injections=(barred,)), replace(article, litter=(barred,))):
        assert [piece.text for piece in plan(marked)] == ["The bank failed.", "Savers queued."]


def test_a_bullet_is_no_part_of_its_sentence() -> None:
    assert pieces("- The bank failed.\n- Savers queued.") == [
        ("prose", "The bank failed."),
        ("prose", "Savers queued."),
    ]


def test_lines_in_capitals_are_recast_at_the_same_length() -> None:
    text = "KENYA EXPELS TWO ENVOYS FROM NAIROBI\n\nTHE MINISTER SAID ON MONDAY THAT THEY HAD SPIED."
    assert [written for _, written in pieces(text)] == [
        "Kenya expels two envoys from Nairobi",
        "The minister said on Monday that they had spied.",
    ]


def test_a_headline_in_title_case_keeps_only_the_capitals_of_names() -> None:
    text = "Senate Votes To Confirm Harlan As Judge\n\nThe vote on Ms. Harlan came late, the Senate said."
    assert pieces(text)[0][1] == "Senate votes to confirm Harlan as judge"


def test_a_segment_gives_back_the_articles_own_characters() -> None:
    text = '"We\u00a0will  not pay,"  the  so\u00adcalled   minister said.'
    article = Article.from_text(text)
    for segment in parse(article, nlp()).segments:
        for token in segment.doc:
            written = segment.span(token.i, token.i).of(article.text)
            assert written.replace("\u00ad", "").lower() == token.text.lower()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["He said ", "“We go.” ", '"Stay" ', "\n", "A. ", "  ", "‘x’ ", "Ölpreis—", "\u00ad"])))
def test_offsets_are_true_whatever_the_text(parts: list[str]) -> None:
    article = Article.from_text("The " + "".join(parts))
    for piece in plan(article):
        assert len(piece.offsets) == len(piece.text) + 1
        for at, character in enumerate(piece.text):
            there = article.text[piece.offsets[at]]
            assert there.lower() == character.lower() or (there.isspace() and character == " ") or character in ".!?"


def test_many_articles_come_back_in_order_also_those_without_words() -> None:
    texts = ["The bank failed.", "1 2 3", "Savers queued."]
    articles = [Article.from_text(text) for text in texts]
    found = list(parse_many(articles, nlp()))
    assert [parsed.article for parsed in found] == articles
    assert [len(parsed.segments) for parsed in found] == [1, 0, 1]


def test_a_sentence_that_never_ends_is_cut() -> None:
    parsed = parse(Article.from_text("word " * 700 + "."), nlp())
    assert max(len(sentence) for sentence in parsed.segments[0].doc.sents) <= LONGEST + 1


def test_foreign_phrases_of_diplomacy_are_one_word() -> None:
    parsed = parse(Article.from_text("Norway summoned the chargé d’affaires."), nlp())
    assert "chargé d’affaires" in [token.text for token in parsed.segments[0].doc]
