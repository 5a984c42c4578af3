"""Which event a clause tells: what the lexicon is asked, and which phrases its answer names."""

from __future__ import annotations

import pytest

from summarizer.offline.heads import Heads
from summarizer.offline.senses import Sense, sense_of_noun, sense_of_verb
from tests.offline_example import parsed


def sense(text: str, word: str) -> Sense | None:
    heads = Heads(parsed(text))
    segment = parsed(text).segments[0]
    token = next(token for token in segment.doc if token.text == word)
    return (sense_of_verb if token.pos_ == "VERB" else sense_of_noun)(segment, token, heads)


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Ghana called off the talks.", "called", "REJECT/meet"),
        ("Ghana called on Togo to free the captain.", "called", "REQUEST/yield"),
        ("Hackers broke into the bank's network.", "broke", "COERCE/cyber"),
        ("The court found two men guilty.", "found", "SANCTION/convict"),
        ("The strike of the miners began in May.", "strike", None),
        ("The invasion of Togo by Ghana failed.", "invasion", "ASSAULT/heavy-weapons"),
        ("The teapot broke.", "broke", None),
    ],
)
def test_particles_prepositions_and_predicates_decide_the_sense(text: str, word: str, kind: str | None) -> None:
    found = sense(text, word)
    assert (f"{found.trigger.event_type}/{found.trigger.mode}" if found is not None else None) == kind


def test_in_a_meeting_everyone_takes_part() -> None:
    text = "President Lund held talks with President Reyes."
    found = sense(text, "held")
    assert found is not None
    assert [part.span.of(text) for part in found.actors] == ["President Lund", "President Reyes"]
    assert found.recipients == ()


def test_what_is_given_is_no_recipient() -> None:
    found = sense("Chile sent 40 tents to Peru.", "sent")
    assert found is not None
    assert [part.head.text for part in found.recipients] == ["Peru"]


def test_what_is_demanded_in_a_clause_is_demanded_of_its_subject() -> None:
    found = sense("Ghana demanded that Togo free the captain.", "demanded")
    assert found is not None
    assert [part.head.text for part in found.recipients] == ["Togo"]
