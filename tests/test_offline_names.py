"""Names in running text: how far they reach, and what their own words say they are."""

from __future__ import annotations

import pytest

from summarizer.offline.names import find_names
from tests.offline_example import parsed


def named(text: str) -> list[tuple[str, str]]:
    return [(name.form, name.kind) for segment in parsed(text).segments for name in find_names(segment)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The envoy left Kenya on Monday.", "Kenya", "country"),
        ("The Kremlin gave no reason.", "Kremlin", "country"),
        ("A Finnish tanker sank.", "Finnish", "demonym"),
        ("It was the World Health Organization that warned.", "World Health Organization", "body"),
        ("Then the Ministry of Foreign Affairs replied.", "Ministry of Foreign Affairs", "organization"),
        ("Shares fell, the Central Bank of Kenya said.", "Central Bank of Kenya", "organization"),
        ("She joined the Department of Health and Welfare.", "Department of Health and Welfare", "organization"),
        ("He spoke to the Canberra Ledger.", "Canberra Ledger", "unknown"),
        ("Police met Mayor Ana Ruiz.", "Ana Ruiz", "person"),
        ("They thanked Chief Executive Nils Berg.", "Nils Berg", "person"),
        ("They asked Secretary of State Jane Roe.", "Jane Roe", "person"),
        ("We saw Joost van der Berg there.", "Joost van der Berg", "unknown"),
        ("The flight to Port-au-Prince was late.", "Port-au-Prince", "country"),
        ("The ferry Queen Anna sank near Lake Victoria.", "Lake Victoria", "place"),
        ("Lawmakers passed the Media Freedom Act.", "Media Freedom Act", "object"),
    ],
)
def test_a_name_is_found_whole_and_its_words_tell_its_kind(text: str, name: str, kind: str) -> None:
    assert (name, kind) in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday in March nobody came.",
        "Thousands marched. Doctors treated them.",
        "I think so, too.",
    ],
)
def test_a_capital_that_only_begins_a_sentence_or_a_date_is_no_name(text: str) -> None:
    assert named(text) == []


def test_a_nationality_a_title_and_a_name_in_one_run_are_told_apart() -> None:
    found = [
        name
        for segment in parsed("Kenyan Foreign Minister Asha Odhiambo left.").segments
        for name in find_names(segment)
    ]
    assert [(name.form, name.kind, name.code) for name in found] == [
        ("Kenyan", "demonym", "KEN"),
        ("Asha Odhiambo", "person", None),
    ]
    assert found[1].office is not None
    assert found[1].segment.doc[found[1].office[0] : found[1].office[1] + 1].text == "Foreign Minister"
