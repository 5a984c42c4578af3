from __future__ import annotations

from typing import Any

import pytest

from evals.scoring.naming import STRANGER, resolve
from evals.scoring.sheet import EntitySheet, form_of
from tests.scoring_example import ENTITIES, key

KEY = key()
PLACES = {entity["name"]: at for at, entity in enumerate(ENTITIES)}


def meant(name: str, *aliases: str, type: str = "organization", country: str | None = None) -> str | None:
    """The name of the labelled entity that such an entity means, None for a stranger."""
    forms = tuple(dict.fromkeys(map(form_of, (name, *aliases))))
    (place,) = resolve([EntitySheet(forms, type, country, None, name)], KEY)
    return None if place >= STRANGER else next(entity for entity, at in PLACES.items() if at == place)


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        ({"name": "Norway", "type": "country"}, "Norway"),
        ({"name": "Oslo", "type": "country"}, "Norway"),
        ({"name": "the Bank of Strelsau"}, "Bank of Strelsau"),
        ({"name": "Lund", "type": "person"}, "Kari Lund"),
        ({"name": "Kari", "type": "person"}, "Kari Lund"),
        ({"name": "nine expelled Ruritanian envoys", "type": "group"}, "nine Ruritanian envoys"),
        ({"name": "Ruritanian envoys", "type": "group"}, "nine Ruritanian envoys"),
        ({"name": "Norge", "type": "country", "country": "NOR"}, "Norway"),
        ({"name": "ten Ruritanian envoys", "type": "group"}, None),
        ({"name": "Sweden", "type": "country", "country": "SWE"}, None),
        ({"name": "envoys", "type": "object"}, "nine Ruritanian envoys"),
        ({"name": "Ruritanian envoys", "type": "object"}, None),
        ({"name": "Kari", "type": "person", "country": "SWE"}, None),
        ({"name": "people", "type": "group"}, None),
    ],
)
def test_an_entity_means_what_its_name_says(entity: dict[str, Any], expected: str | None) -> None:
    assert meant(**entity) == expected


def test_the_name_goes_before_the_aliases() -> None:
    assert meant("Norway", "Ruritania", "Lund") == "Norway"


def test_an_unknown_name_means_what_its_aliases_mean() -> None:
    assert meant("the kingdom", "Ruritania", "the realm") == "Ruritania"


def test_an_entity_that_swallows_several_means_none_of_them() -> None:
    assert meant("everybody", "Norway", "Ruritania", type="group") is None


def test_its_own_description_still_counts_for_an_entity_that_swallows_others() -> None:
    assert (
        meant("expelled Ruritanian envoys", "Lund", "hackers", "nine envoys", type="group") == "nine Ruritanian envoys"
    )


def test_strangers_are_told_apart() -> None:
    strangers = [EntitySheet((name,), "person", None, None, name) for name in ("anna", "bela")]
    assert resolve(strangers, KEY) == (STRANGER, STRANGER + 1)


def test_the_order_of_aliases_decides_nothing() -> None:
    aliases = ["the realm", "Ruritania", "hackers", "nine envoys"]
    assert meant("someone", *aliases) == meant("someone", *reversed(aliases))
