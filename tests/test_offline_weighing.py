"""What one clause alone makes no event of."""

from __future__ import annotations

import pytest

from tests.offline_frames import frames


@pytest.mark.parametrize(
    "text",
    [
        "She praised the court.",
        "The critic slammed the plan.",
        "The minister refused to comment.",
        "Will the army resume its attacks?",
        "If the rebels release him, talks will go on.",
        "Togo rejected the allegation.",
        "No group claimed responsibility for the attack.",
        "The right of asylum matters to many.",
    ],
)
def test_comment_supposition_and_silence_are_no_events(text: str) -> None:
    assert frames(text) == []
