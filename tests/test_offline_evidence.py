"""The shortest stretch of text that carries an event."""

from __future__ import annotations

from tests.offline_frames import frames


def test_evidence_is_the_clause_and_no_more() -> None:
    text = "Ghana, which had warned Togo, expelled two envoys on Monday, and nobody was surprised."
    (frame,) = [frame for frame in frames(text) if frame.trigger.text == "expelled"]
    assert frame.evidence.of(text).endswith("expelled two envoys on Monday")
