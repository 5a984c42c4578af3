"""Where paragraphs and sentences begin and end."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.segments import find_paragraphs, find_sentences
from summarizer.spans import Span

WRAPPED = """The government said on Monday that it would close the port for three
days after a crane fell on a ship. Two dockers were hurt, one of them
badly, and the ship's master was taken to a hospital in the capital.
"""


def paragraphs(text: str) -> list[str]:
    return [span.of(text) for span in find_paragraphs(text)]


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in find_sentences(text)]


def test_blank_lines_separate_paragraphs() -> None:
    assert paragraphs("  One.\n\n \t\nTwo. \n") == ["One.", "Two."]


def test_each_line_of_an_unwrapped_block_is_a_paragraph() -> None:
    assert paragraphs("A heading\nThe mill burned. Two died.\nFire crews came late.") == [
        "A heading",
        "The mill burned. Two died.",
        "Fire crews came late.",
    ]


def test_a_hard_wrapped_block_is_one_paragraph() -> None:
    assert len(find_paragraphs(WRAPPED)) == 1
    assert len(find_sentences(WRAPPED)) == 2


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
def test_wrapping_at_any_common_column_changes_no_border(width: int) -> None:
    flat = " ".join(WRAPPED.split())
    wrapped = textwrap.fill(flat, width)
    assert [" ".join(line.split()) for line in sentences(wrapped)] == sentences(flat)
    assert len(find_paragraphs(wrapped)) == 1


def test_a_heading_stays_apart_from_the_wrapped_lines_under_it() -> None:
    assert paragraphs("Port closed\n" + WRAPPED)[0] == "Port closed"
    assert len(find_paragraphs("Port closed\n" + WRAPPED)) == 2


def test_a_short_last_line_ends_a_paragraph_in_a_wrapped_block_without_blank_lines() -> None:
    assert len(find_paragraphs(WRAPPED.replace("capital.", "town.") + WRAPPED)) == 2


def test_lists_and_headlines_of_equal_length_are_not_taken_for_wrapped_text() -> None:
    text = "Storm hits the coast of the northern region\nMinister quits over bank affair in the north\n- one\n- two"
    assert len(find_paragraphs(text)) == 4


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Roe met Sen. Ann Doe and Gov. Lee at St. Mary's.",
        "Apple Inc. Chief Executive Tim Doe spoke on Jan. 6 at 5 p.m. Monday.",
        "J. K. Roe and George W. Doe left.",
        "The U.S. Embassy in Washington, D.C. Metro area opened.",
        "Prices rose 3.5 percent, to $1.2 million.",
        "The U.S.-led force used v2.0 of example.com and Node.js.",
        "No. 10 denied it, as did Art. 5 and p. 12.",
        "Roe v. Wade was decided, cf. Doe vs. Bolton.",
        "He wrote to ann.roe@example.com on 3.4.2024 about it.",
        "1. The first point of the plan",
        "“Why?” he asked, and left.",
        '"Stop!" Ann Roe shouted.',
        "It was Smith ... Jones who came.",
        "The Ph.D. Program and Lt. Gen. Roe met Dr. Doe.",
        "Fire at mill in north",
        "He fell (it was dark!) and rose again.",
    ],
)
def test_these_are_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "marked",
    [
        "He left the U.S.|The minister stayed.",
        "It began at 5 p.m.|Police came late.",
        "She works for Roe Inc.|It makes toys.",
        "“We will win.”|He smiled.",
        '"We won."|"You lost."',
        "(It rained.)|The road closed.",
        "Why?|Because it rained!|And then?",
        "He said the claim is nonsensical.|The envoy left.",
        "It was over in 2016.|In 2018 it began again.",
        "The war goes on with Russia ...|We want peace.",
        "He waited…|Nothing came.",
        "It began in World War I.|Germany lost.",
        "It ended.[1]|The next began.",
        "THE U.S. LEFT.|THE REST STAYED.",
        "the bank failed.|the minister quit.",
        "会议结束。|他离开了。",
        "He cited two points.|1. The law is old.|2. It is bad.",
        "Is he guilty?|No.|The judge said so.",
        "Roe et al.|The rest is silence.",
        "He lost!|— And she won.",
        "She met Mr. Doe.|$3 million went missing.",
    ],
)
def test_these_split_at_the_bar(marked: str) -> None:
    parts = marked.split("|")
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "marked",
    [
        "The claim is nonsensical.|The envoy left.",
        "They went to Russia.|He stayed.",
        "Why?|Because.",
        "He said “no.”|The crowd left.",
        'He said "no."|The crowd left.',
        'It is over.|"We won," she said.',
        "It is over.|“We won,” she said.",
    ],
)
def test_a_missing_space_after_a_stop_is_seen(marked: str) -> None:
    assert sentences(marked.replace("|", "")) == marked.split("|")


def test_an_empty_text_has_no_segments() -> None:
    assert find_paragraphs(" \n\t\n") == [] == find_sentences("")


TEXTS = st.text(st.sampled_from(list("aBI1.!?…\"'”’)(,- \n\u00a0\u2028U.S。")), max_size=80) | st.text(max_size=60)


@given(TEXTS)
def test_segments_are_ordered_disjoint_trimmed_and_cover_all_that_is_not_space(text: str) -> None:
    for spans in (find_paragraphs(text), find_sentences(text)):
        covered: set[int] = set()
        last = 0
        for span in spans:
            assert last <= span.start < span.end
            assert span.of(text) == span.of(text).strip()
            covered.update(range(*span))
            last = span.end
        assert all(index in covered or character.isspace() for index, character in enumerate(text))


@given(TEXTS)
def test_no_sentence_crosses_a_paragraph(text: str) -> None:
    borders = find_paragraphs(text)
    assert all(any(paragraph.contains(sentence) for paragraph in borders) for sentence in find_sentences(text))


@given(st.lists(st.sampled_from(["The mill burned.", "Two men died!", "Was it arson?"]), min_size=1, max_size=8))
def test_planted_sentences_come_back_exactly(parts: list[str]) -> None:
    text = " ".join(parts)
    expected, at = [], 0
    for part in parts:
        expected.append(Span(at, at + len(part)))
        at += len(part) + 1
    assert find_sentences(text) == expected


@pytest.mark.parametrize("unit", ["A. ", "a.", '."A', "a\n", ". ", ".", "x", "Mr. ", "“No.” ", "The end. ", "a b\n"])
def test_time_grows_with_length_not_with_its_square(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        started = time.process_time()
        find_sentences(text)
        return time.process_time() - started

    assert seconds(400_000) < 40 * max(seconds(50_000), 0.005)
