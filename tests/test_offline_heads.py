"""What a noun phrase is to the lexicon: words, what the article calls it, classes."""

from __future__ import annotations

import pytest

from summarizer.offline.heads import Heads, is_agent, is_somebody, party_of
from tests.offline_example import parsed


def heads_of(text: str, word: str) -> frozenset[str]:
    heads = Heads(parsed(text))
    return next(heads.of_token(t) for s in parsed(text).segments for t in s.doc if t.text == word)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The Kremlin spoke.", "Kremlin", "@country"),
        ("The French government fell.", "government", "@country"),
        ("The United Nations met.", "Nations", "@body"),
        ("President Anna Berg resigned.", "Anna", "president"),
        ("Dozens of angry protesters left.", "Dozens", "protester"),
        ("Ghana expelled six senior diplomats.", "diplomats", "senior diplomat"),
        ("He declared a state of emergency.", "state", "state of emergency"),
    ],
)
def test_a_phrase_brings_its_words_and_its_class(text: str, word: str, expected: str) -> None:
    assert expected in heads_of(text, word)


def test_a_name_is_what_the_article_calls_it_anywhere() -> None:
    text = "Nortek will cut jobs. The union had warned Nortek, a software company, in May."
    assert "company" in heads_of(text, "Nortek")


@pytest.mark.parametrize(
    ("word", "somebody", "agent"),
    [("Ghana", True, True), ("envoys", True, True), ("bridge", True, False), ("March", False, False)],
)  # fmt: skip
def test_only_people_bodies_and_things_can_be_parties(word: str, somebody: bool, agent: bool) -> None:
    text = "In March Ghana told envoys that the bridge was old."
    token = next(token for token in parsed(text).segments[0].doc if token.text == word)
    assert (is_somebody(token), is_agent(token)) == (somebody, agent)


@pytest.mark.parametrize(
    ("text", "word", "party"),
    [
        ("Togo rejected Ghana's demand.", "demand", ["Ghana"]),
        ("Togo rejected a French request.", "request", ["French"]),
        ("Togo rejected a request by President Lund.", "request", ["President Lund"]),
        ("Togo rejected the idea.", "idea", []),
    ],
)
def test_behind_an_act_in_a_role_stands_who_did_it(text: str, word: str, party: list[str]) -> None:
    segment = parsed(text).segments[0]
    token = next(token for token in segment.doc if token.text == word)
    assert [part.span.of(text) for part in party_of(segment, token)] == party
