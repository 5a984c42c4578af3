"""Which event is main, what is background, and which utterances are events at all."""

from __future__ import annotations

import pytest

from summarizer.offline.parsed import Frame
from summarizer.offline.salience import links_of, opening, rank
from tests.offline_example import EXPULSION, framed, happenings, parsed, raw, registry


def ranked(text: str, *frames: Frame) -> list[tuple[str, str]]:
    found = rank(happenings(text, *frames), parsed(text), registry(text))
    return [(item.salience, item.happening.event_type) for item in found]


def test_the_main_event_is_what_the_lead_reports_however_many_follow() -> None:
    events = raw(EXPULSION)["events"]
    assert [event["salience"] for event in events].count("main") == 1
    assert (events[0]["event_type"], events[0]["mode"], events[0]["actor"]) == ("SANCTION", "expel", ["Norway"])


def test_events_run_main_secondary_background() -> None:
    order = [event["salience"] for event in raw(EXPULSION)["events"]]
    assert order == sorted(order, key=["main", "secondary", "background"].index)


@pytest.mark.parametrize("date", ["In 2019,", "Last year,"])
def test_what_happened_before_the_main_events_day_is_background(date: str) -> None:
    text = f"Kenya jailed a spy on Monday.\n\n{date} Kenya jailed two Ruritanian sailors."
    main = framed(text, "jailed", "SANCTION", actor="Kenya", recipient="spy", mode="convict", date="on Monday")
    past = framed(
        text, "jailed", "SANCTION", at=1, actor="Kenya", recipient="sailors", mode="convict", date=date.rstrip(",")
    )
    assert ranked(text, main, past) == [("main", "SANCTION"), ("background", "SANCTION")]


@pytest.mark.parametrize(
    ("verb", "event_type", "kept"),
    [("demanded", "REQUEST", True), ("condemned", "ACCUSE", False), ("praised", "SUPPORT", False)],
)
def test_a_country_that_demands_acts_and_one_that_condemns_or_praises_only_speaks(
    verb: str, event_type: str, kept: bool
) -> None:
    text = f"A court jailed a spy on Monday.\n\nKenya {verb} the release."
    main = framed(text, "jailed", "SANCTION", actor="court", recipient="spy", mode="convict")
    said = framed(text, verb, event_type, actor="Kenya")
    assert (("secondary", event_type) in ranked(text, main, said)) is kept


def test_what_only_a_persons_words_tell_is_no_event() -> None:
    text = "A court jailed a spy on Monday.\n\nMayor Ana Ruiz said rebels had burned the market."
    main = framed(text, "jailed", "SANCTION", actor="court", recipient="spy", mode="convict")
    told = framed(text, "burned", "ASSAULT", actor="rebels", recipient="market", source="Ana")
    assert ranked(text, main, told) == [("main", "SANCTION")]


def test_what_the_doers_own_side_tells_is_an_event() -> None:
    text = "A court jailed a spy on Monday.\n\nKenya said it had closed the port."
    main = framed(text, "jailed", "SANCTION", actor="court", recipient="spy", mode="convict")
    told = framed(text, "closed", "COERCE", actor="Kenya", source="Kenya")
    assert ("secondary", "COERCE") in ranked(text, main, told)


def test_a_caption_before_the_lead_is_not_the_lead() -> None:
    text = "Ferry sinks off Lamu\n\nA ferry near the pier. Photo from 2019.\n\nA ferry sank near Lamu on Monday."
    headline, lead = opening(parsed(text))
    assert headline is not None
    assert lead is not None
    assert lead.doc.text.startswith("A ferry sank")


def test_a_link_points_at_the_event_that_its_words_tell() -> None:
    text = "Norway expelled two envoys over the arrest of a captain."
    arrest = framed(text, "arrest", "COERCE", recipient="captain", nominal=True, mode="arrest")
    expel = framed(text, "expelled", "SANCTION", actor="Norway", recipient="envoys", mode="expel")
    linked = Frame(**{**vars(expel), "links": (("caused_by", arrest.trigger),)})
    found = rank(happenings(text, linked, arrest), parsed(text), registry(text))
    types = [item.happening.event_type for item in found]
    assert links_of(found)[types.index("SANCTION")] == [("caused_by", types.index("COERCE"))]
