"""Who is who in an article: forms gathered, kinds, countries, offices, and whom a phrase means."""

from __future__ import annotations

import pytest

from summarizer.offline.entities import Registry
from summarizer.offline.parsed import Phrase
from summarizer.offline.phrases import phrase
from tests.offline_example import parsed, registry


def entity(text: str, name: str) -> dict[str, object]:
    known = registry(text)
    for card in known.cards():
        known.name(card)
    return next(iter(known.raw([name])), {})


def head(text: str, word: str, last: bool = True) -> tuple[Registry, Phrase]:
    """The phrase of a word: of its last occurrence, or of its first."""
    found = [(s, t) for s in parsed(text).segments for t in s.doc if t.text == word]
    segment, token = found[-1 if last else 0]
    return registry(text), phrase(segment, token)


@pytest.mark.parametrize(
    ("text", "name", "kind", "country"),
    [
        ("Norway closed the port.", "Norway", "country", "NOR"),
        ("The Norwegian Coast Guard towed it.", "Norwegian Coast Guard", "organization", "NOR"),
        ("Peru's Health Ministry said so. The Health Ministry said no more.", "Health Ministry", "organization", "PER"),
        ("The insurer Medisol paid.", "Medisol", "organization", None),
        ("It began in Kuopio.", "Kuopio", "object", None),
        ("Otis Marrow, 58, resigned.", "Otis Marrow", "person", None),
        ("Bo Dahl spoke. Dahl was tired.", "Bo Dahl", "person", None),
        ("Kenya's Asha Odhiambo won.", "Asha Odhiambo", "person", "KEN"),
    ],
)
def test_an_entity_has_the_kind_and_country_that_the_article_tells(
    text: str, name: str, kind: str, country: str | None
) -> None:
    found = entity(text, name)
    assert (found.get("type"), found.get("country")) == (kind, country)


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        ("Minister Ana Ruiz left. Ruiz had been ill. Mrs. Ruiz is 60.", "Ana Ruiz", ["Ruiz"]),
        ("The World Health Organization warned. The WHO said so.", "World Health Organization", ["WHO"]),
        ("The National Union of Miners (NUM) struck.", "National Union of Miners", ["NUM"]),
        ("The U.S. agreed. The United States had refused. Washington paid.", "United States", ["U.S.", "Washington"]),
        ("Shares in Zorvo Labs rose. Analysts like the company Zorvo Labs. Zorvo fell.", "Zorvo Labs", ["Zorvo"]),
    ],
)
def test_other_forms_of_a_name_become_its_aliases(text: str, name: str, aliases: list[str]) -> None:
    found = entity(text, name).get("aliases")
    assert isinstance(found, list)
    assert [alias["text"] for alias in found] == aliases


def test_a_misspelt_surname_under_the_same_title_is_the_same_person() -> None:
    text = "Ambassador Vera Kostelnik spoke first. Later Ambassador Kostelnick left the hall."
    assert [a["text"] for a in entity(text, "Vera Kostelnik")["aliases"]] == ["Kostelnick"]  # type: ignore[attr-defined]


def test_a_similar_surname_under_another_title_is_another_person() -> None:
    text = "Ambassador Vera Kostelnik spoke first. Later Judge Kostelnick left the hall."
    assert entity(text, "Vera Kostelnik")["aliases"] == []


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("Kenyan Foreign Minister Asha Odhiambo left.", "Asha Odhiambo", "Foreign Minister"),
        ("Bo Dahl, a spokesman for the union, left.", "Bo Dahl", "spokesman for the union"),
        ("The president of Ghana, Kofi Mensah, left.", "Kofi Mensah", "president of Ghana"),
        ("They met union leader Carla Reis.", "Carla Reis", "union leader"),
    ],
)
def test_a_title_around_a_name_is_its_office(text: str, name: str, office: str) -> None:
    found = entity(text, name)["office"]
    assert isinstance(found, dict)
    assert found["text"] == office


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        (
            "Foreign Minister Asha Odhiambo of Kenya spoke. Kenya waited. Odhiambo closed the embassy.",
            "Odhiambo",
            ("Kenya",),
        ),
        ("Kenyan authorities closed the port.", "authorities", ("Kenyan",)),
        ("Officials from Ghana and Togo signed.", "Officials", ("Ghana", "Togo")),
        ("A French air strike hit the camp.", "strike", ("French",)),
        ("Nine Kenyan diplomats left. The diplomats took a bus.", "diplomats", ("Nine Kenyan diplomats",)),
        ("A court in Nairobi freed him.", "court", ("court in Nairobi",)),
        ("Bo Dahl, a lawyer, left. He took a bus.", "He", ("Bo Dahl",)),
        ("The envoy for Ghana, Kofi Mensah, took a bus.", "envoy", ("Kofi Mensah",)),
        ("Inflation rose.", "Inflation", ()),
        ("It rained.", "It", ()),
    ],
)
def test_a_phrase_names_who_acts(text: str, word: str, names: tuple[str, ...]) -> None:
    known, found = head(text, word)
    assert known.names(found) == names


def test_a_blow_to_diplomats_is_a_blow_to_their_country_too() -> None:
    known, found = head("Ghana expelled nine Kenyan diplomats.", "diplomats")
    assert known.recipients(found, "SANCTION", "expel") == ("Kenyan", "nine Kenyan diplomats")


def test_in_a_meeting_a_minister_is_there_in_person() -> None:
    known, found = head("Ghana's foreign minister, Kofi Mensah, met the pope.", "Kofi")
    assert known.names(found, "CONSULT") == ("Kofi Mensah",)
    assert known.names(found, "SANCTION") == ("Ghana",)


def test_the_company_is_the_one_named_before() -> None:
    known, found = head("The insurer Medisol lost money. The company cut jobs.", "company")
    assert known.names(found) == ("Medisol",)


def test_every_name_and_alias_stands_in_the_article() -> None:
    text = "The White House said U.S. troops left. Washington and Seoul agreed. South Korea's Kim Min-jae did not."
    known = registry(text)
    every = known.raw([known.name(card) for card in known.cards()])
    places = [place for each in every for place in (*each["aliases"], *([each["office"]] if each["office"] else []))]
    assert all(text[place["start"] : place["end"]] == place["text"] for place in places)
    assert all(each["name"] in text for each in every)
