"""Where, why and on whose word."""

from __future__ import annotations

import pytest

from tests.offline_frames import all_frames, frames, words_of


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Ghana expelled two envoys over an arson attack.", "an arson attack"),
        ("A court jailed Marrow for fraud.", "fraud"),
        ("A court fined the firm for hiding its losses.", "hiding its losses"),
        ("Nurses marched in Oslo to protest against a pay cut.", "a pay cut"),
        ("The flight was cancelled because of strong winds.", "strong winds"),
    ],
)
def test_a_reason_leaves_out_its_preposition(text: str, reason: str | None) -> None:
    found = all_frames(text)
    assert (words_of(text, found[0].reason) if found else None) == reason


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A bomb killed four guards, police said.", "police"),
        ("According to the army, rebels attacked the town.", "the army"),
        ("Rebels attacked the town.", None),
    ],
)
def test_a_clause_knows_on_whose_word_it_stands(text: str, source: str | None) -> None:
    assert words_of(text, frames(text)[0].source) == source


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rebels abducted a mayor in Cauca.", "Cauca"),
        ("A ferry sank off Norway, killing two people.", "off Norway"),
        ("A court in Almaty jailed Marrow for fraud.", "Almaty"),
        ("A court sentenced Marrow to six years in prison.", None),
    ],
)
def test_a_place_keeps_its_preposition_only_where_that_changes_it(text: str, place: str | None) -> None:
    assert words_of(text, frames(text)[0].location) == place
