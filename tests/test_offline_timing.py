"""Which event a time expression dates, and how: the day of the deed, of its effect, or only of its being told."""

from __future__ import annotations

from tests.offline_frames import frames, words_of


def test_a_measure_has_a_day_of_decision_and_one_of_effect() -> None:
    text = "Ghana on Monday ordered two diplomats to leave by March 7."
    (frame,) = frames(text)
    assert (words_of(text, frame.date), words_of(text, frame.effective)) == ("on Monday", "by March 7")


def test_a_dated_saying_dates_what_was_announced_and_only_bounds_what_was_done() -> None:
    announced = "Ghana said on Monday it would close its embassy."
    done = "Ghana said on Monday it had closed its embassy."
    assert words_of(announced, frames(announced)[0].date) == "on Monday"
    assert (frames(done)[0].date, words_of(done, frames(done)[0].reported)) == (None, "on Monday")


def test_a_day_that_dates_something_else_dates_no_event() -> None:
    text = "In a video published on Sunday, Ghana said it had closed its embassy."
    assert frames(text)[0].date is None
