"""What ties frames together across clauses: answers, and when a measure takes effect."""

from __future__ import annotations

from tests.offline_frames import all_frames, frames, words_of


def test_when_a_pact_takes_effect_is_told_of_the_signing() -> None:
    text = "Ghana and Togo signed a pact on Monday. The pact takes effect on June 1."
    assert words_of(text, frames(text)[0].effective) == "on June 1"


def test_an_answer_points_to_what_it_answers() -> None:
    text = "Ghana closed its embassy in response to Togo's decision to expel two envoys."
    (link,) = next(frame for frame in all_frames(text) if frame.trigger.text == "closed").links
    assert (link[0], link[1].text) == ("retaliation_for", "expel")


def test_retaliation_without_a_name_points_back_to_the_other_side() -> None:
    text = "Togo expelled two Ghanaian envoys. In retaliation, Ghana imposed sanctions on Togo."
    (link,) = next(frame for frame in frames(text) if frame.trigger.text == "imposed").links
    assert (link[0], link[1].text) == ("retaliation_for", "expelled")
