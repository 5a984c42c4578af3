"""One event per act, actors, recipients and date: what is merged, what is kept apart, and what the mentions lend."""

from __future__ import annotations

import pytest

from tests.offline_example import framed, happenings

TWICE = "Norway expels Kenyan diplomats\n\nNorway on Monday expelled nine Kenyan diplomats. Norway had warned them."


def test_headline_and_lead_tell_one_event_and_the_fuller_one_is_kept() -> None:
    headline = framed(TWICE, "expels", "SANCTION", actor="Norway", recipient="diplomats")
    lead = framed(TWICE, "expelled", "SANCTION", actor="Norway", recipient="diplomats", date="on Monday", mode="expel")
    (event,) = happenings(TWICE, headline, lead)
    assert event.best.frame is lead
    assert (event.actor, event.mode) == (("Norway",), "expel")


def test_a_headline_that_only_describes_somebody_is_retold_by_a_lead_with_the_name() -> None:
    text = "Former bank chief jailed\n\nA court in Nairobi jailed Otis Marrow, 58, for fraud."
    headline = framed(text, "jailed", "SANCTION", recipient="chief", mode="convict")
    lead = framed(text, "jailed", "SANCTION", at=1, actor="court", recipient="Otis", mode="convict")
    (event,) = happenings(text, headline, lead)
    assert event.recipient == ("Otis Marrow",)


@pytest.mark.parametrize(
    "text",
    [
        "Norway expelled nine Kenyan diplomats. Sweden expelled four Kenyan diplomats.",
        "Norway expelled nine Kenyan diplomats. In 2019 Norway expelled two Kenyan diplomats.",
    ],
)
def test_another_actor_or_another_number_is_another_event(text: str) -> None:
    other = "Sweden" if "Sweden" in text else "Norway"
    first = framed(text, "expelled", "SANCTION", actor="Norway", recipient="diplomats")
    second = framed(text, "expelled", "SANCTION", at=1, actor=other, recipient="diplomats")
    assert len(happenings(text, first, second)) == 2


def test_two_dates_that_exclude_each_other_are_two_events() -> None:
    text = "Rebels attacked the camp on Sunday.\n\nRebels attacked the camp in 2019."
    first = framed(text, "attacked", "ASSAULT", actor="Rebels", date="on Sunday")
    second = framed(text, "attacked", "ASSAULT", at=1, actor="Rebels", date="in 2019")
    assert len(happenings(text, first, second)) == 2


def test_a_noun_with_its_article_takes_up_what_a_verb_told() -> None:
    text = "Rebels attacked the camp on Sunday.\n\nKenya spoke of the attack at length."
    verb = framed(text, "attacked", "ASSAULT", actor="Rebels")
    noun = framed(text, "attack", "ASSAULT", nominal=True)
    assert len(happenings(text, verb, noun)) == 1


def test_a_noun_with_an_indefinite_article_brings_in_another_event() -> None:
    text = "Miners struck on Monday.\n\nIt rained.\n\nA strike in March lasted two days."
    verb = framed(text, "struck", "PROTEST", actor="Miners", mode="strike")
    noun = framed(text, "strike", "PROTEST", nominal=True, mode="strike", date="in March")
    assert len(happenings(text, verb, noun)) == 2


def test_a_later_name_replaces_who_was_only_described() -> None:
    text = "A raid killed a senior rebel commander on Sunday.\n\nThe group said Otis Marrow, 58, had been killed."
    first = framed(text, "killed", "ASSAULT", recipient="commander")
    second = framed(text, "killed", "ASSAULT", at=1, recipient="Otis")
    (event,) = happenings(text, first, second)
    assert event.recipient == ("Otis Marrow",)


def test_what_the_article_vouches_for_anywhere_is_not_alleged() -> None:
    text = "Kenya jails spy\n\nKenya allegedly jailed the spy on Sunday.\n\nKenya jailed the spy for life."
    alleged = framed(text, "jailed", "SANCTION", actor="Kenya", status="alleged", date="on Sunday")
    told = framed(text, "jails", "SANCTION", actor="Kenya")
    events = happenings(text, told, alleged)
    assert [event.status for event in events] == ["occurred"]


def test_a_deed_that_was_threatened_is_an_event_of_threatening() -> None:
    text = "Kenya warned it could expel the envoys."
    frame = framed(text, "expel", "SANCTION", mode="expel", status="threatened", source="Kenya", recipient="envoys")
    (event,) = happenings(text, frame)
    assert (event.event_type, event.mode, event.status, event.actor) == ("THREATEN", "expel", "occurred", ("Kenya",))


def test_the_one_who_tells_is_the_attribution_by_the_first_sentence_of_the_body() -> None:
    text = "Ferry sinks\n\nA ferry sank near Lamu, Kenya said.\n\nThe ferry sank at night."
    headline = framed(text, "sinks", "ACCIDENT")
    lead = framed(text, "sank", "ACCIDENT", source="Kenya")
    later = framed(text, "sank", "ACCIDENT", at=1)
    (event,) = happenings(text, headline, lead, later)
    assert event.attribution == ("Kenya",)
