"""One event for one act: what is only a part of another is not told twice."""

from __future__ import annotations

from tests.offline_frames import frames, phrases_of, words_of


def test_what_a_blow_did_is_part_of_the_blow() -> None:
    text = "A bus crashed into a wall in Lagos on Friday, killing four people and injuring nine."
    (frame,) = frames(text)
    assert (frame.event_type, words_of(text, frame.date)) == ("ACCIDENT", "on Friday")
    assert [(span.of(text), of) for span, of in frame.quantities] == [
        ("four people", "people killed"),
        ("nine", "people injured"),
    ]


def test_an_attack_that_killed_is_one_event() -> None:
    text = "A drone attack on a depot killed five people."
    (frame,) = frames(text)
    assert (frame.event_type, frame.mode) == ("ASSAULT", "drone")
    assert phrases_of(text, frame.recipient) == ["five people", "a depot"]


def test_what_is_only_asked_for_is_no_event() -> None:
    assert [frame.event_type for frame in frames("Ghana demanded the release of the captain.")] == ["REQUEST"]


def test_a_fire_that_killed_is_no_assault() -> None:
    (frame,) = frames("In 2018 a fire in the town of Mati killed 104 people.")
    assert frame.event_type == "ACCIDENT"
