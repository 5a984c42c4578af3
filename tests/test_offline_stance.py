"""Stances: a telling verb wins, else the words; and which verbs bring somebody's words at all."""

from __future__ import annotations

import pytest

from summarizer.offline.kinds import kind_of
from summarizer.offline.stance import is_speech, stance_of


@pytest.mark.parametrize("verb", ["say", "tell", "deny", "announce", "urge", "condemn", "warn", "ask"])
def test_verbs_of_speech_are_known(verb: str) -> None:
    assert is_speech(verb)


@pytest.mark.parametrize("verb", ["walk", "publish", "release", "charge", "attack", "be"])
def test_verbs_that_bring_nobodys_words_are_none(verb: str) -> None:
    assert not is_speech(verb)


@pytest.mark.parametrize(
    ("verb", "words", "stance"),
    [
        ("say", "We will close the port on Friday", "announces"),
        ("say", "If they attack, we will strike back", "threatens"),
        ("say", "They must leave at once", "requests"),
        ("say", "This is outrageous", "condemns"),
        ("say", "We stand with Kenya", "supports"),
        ("say", "It was necessary to protect our borders", "justifies"),
        ("say", "It was a long night", "comments"),
        ("warn", "it could impose visa bans on officials who support it", "threatens"),
        ("deny", "that the port was closed", "denies"),
    ],
)
def test_verb_and_words_tell_the_stance(verb: str, words: str, stance: str) -> None:
    assert stance_of(verb, words) == stance


def test_a_body_that_gives_figures_announces() -> None:
    assert stance_of("say", "66 people are in hospital", official=True) == "announces"
    assert stance_of("say", "66 people are in hospital") == "comments"


@pytest.mark.parametrize(
    ("noun", "kind"),
    [("diplomat", "person"), ("gunman", "person"), ("court", "body"), ("ferry", "object"), ("raid", "act")],
)
def test_a_nouns_kind_is_what_it_stands_for_in_a_role(noun: str, kind: str) -> None:
    assert kind_of(noun) == kind
