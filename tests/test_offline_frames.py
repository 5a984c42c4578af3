"""From text to candidate events: type, roles, status, and what hangs on them."""

from __future__ import annotations

import pytest

from tests.offline_frames import all_frames, frames, phrases_of


@pytest.mark.parametrize(
    ("text", "kind", "status", "actor", "recipient"),
    [
        ("Ghana expelled two Togolese envoys.", "SANCTION/expel", "occurred", ["Ghana"], ["two Togolese envoys"]),
        ("Ghana expels two Togolese envoys", "SANCTION/expel", "occurred", ["Ghana"], ["two Togolese envoys"]),
        ("Ghana ordered two diplomats to leave.", "SANCTION/expel", "announced", ["Ghana"], ["two diplomats"]),
        ("Kenya declared the envoy persona non grata.", "SANCTION/expel", "occurred", ["Kenya"], ["the envoy"]),
        ("Ghana imposed sanctions on Togo.", "SANCTION/discontinue", "occurred", ["Ghana"], ["Togo"]),
        ("Sanctions on Togo were imposed by Ghana.", "SANCTION/discontinue", "occurred", ["Ghana"], ["Togo"]),
        ("Ghana recalled its ambassador from Togo.", "SANCTION/withdraw", "occurred", ["Ghana"], ["Togo"]),
        ("Ghana summoned the Malian envoy.", "ACCUSE/disapprove", "occurred", ["Ghana"], ["the Malian envoy"]),
        ("Kenya called in Ambassador Anna Berg.", "ACCUSE/disapprove", "occurred", ["Kenya"], ["Ambassador Anna Berg"]),
        ("Prosecutors charged two men with fraud.", "ACCUSE/allege", "occurred", ["Prosecutors"], ["two men"]),
        ("Police are investigating the crash.", "ACCUSE/investigate", "ongoing", ["Police"], []),
        ("A court sentenced John Moore to six years.", "SANCTION/convict", "occurred", ["A court"], ["John Moore"]),
        ("Police arrested 12 protesters.", "COERCE/arrest", "occurred", ["Police"], ["12 protesters"]),
        ("Ghana urged Togo to release the captain.", "REQUEST/yield", "occurred", ["Ghana"], ["Togo"]),
        ("Ghana threatened to expel the envoys.", "THREATEN/expel", "occurred", ["Ghana"], ["the envoys"]),
        ("Minister Lund met King Otto in Oslo.", "CONSULT/None", "occurred", ["Minister Lund", "King Otto"], []),
        ("Thousands of people marched in Oslo.", "PROTEST/demo", "occurred", ["Thousands of people"], []),
        ("The chief executive will resign in May.", "RETREAT/resign", "announced", ["The chief executive"], []),
        ("Ghana did not recall its ambassador.", "SANCTION/withdraw", "negated", ["Ghana"], []),
        ("Ghana is considering sanctions on Togo.", "SANCTION/discontinue", "proposed", ["Ghana"], ["Togo"]),
        ("Rebels abducted a mayor.", "ASSAULT/abduct", "occurred", ["Rebels"], ["a mayor"]),
        ("China protested.", "ACCUSE/disapprove", "occurred", ["China"], []),
        ("The senate voted to ratify the treaty.", "SUPPORT/None", "occurred", ["The senate"], []),
    ],
)  # fmt: skip
def test_a_sentence_tells_one_event(text: str, kind: str, status: str, actor: list[str], recipient: list[str]) -> None:
    (frame,) = frames(text)
    assert (f"{frame.event_type}/{frame.mode}", frame.status) == (kind, status)
    assert phrases_of(text, frame.actor) == actor
    assert phrases_of(text, frame.recipient) == recipient


def test_a_figure_knows_the_one_before() -> None:
    text = "Ghana cut the staff of its embassy from 20 to 8."
    (frame,) = frames(text)
    ((span, of),) = frame.quantities
    assert (span.of(text), of, frame.previous) == ("8", "staff", {span: 20.0})


def test_frames_come_in_text_order_and_inside_their_article() -> None:
    text = 'Ghana expelled two envoys. Police arrested a man. "We will close the port," the union said.'
    found = all_frames(text)
    assert all(0 <= frame.evidence.start < frame.evidence.end <= len(text) for frame in found)
    assert [frame.trigger.text for frame in found][:2] == ["expelled", "arrested"]
