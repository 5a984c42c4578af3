"""Do two raw values of a field say the same? Then gold that accepts the one accepts the other, and it is no damage."""

from __future__ import annotations

import json
import re
from typing import Any

from evals.damage.change import Raw
from evals.gold import Label
from summarizer import fold

_WORD = re.compile(r"[^\W_]+")


def readings_of(label: Label[Any]) -> tuple[Any, ...]:
    """Every reading of a fact, the plain one first."""
    return (label.fact, *(reading.fact for reading in label.readings))


def alike(field: str, one: Any, other: Any) -> bool:
    """Whether two raw values of a field say the same, in whatever order and words they say it.

    >>> alike("actor", ["Kenya", "Chad"], ["Chad", "Kenya"]), alike("mode", "expel", None)
    (True, False)
    """
    if field == "quantities":
        return _same_quantities(one, other)
    return bool(_kernel(field, one) == _kernel(field, other))


def _kernel(field: str, value: Any) -> Any:
    """What a raw value says: a time its value, a place its words; lists in no order."""
    if isinstance(value, list | tuple):
        return sorted(json.dumps(item, sort_keys=True) for item in value)
    if isinstance(value, dict) and field in ("date", "effective"):
        return value["value"], value["bound"], None if value["value"] else value["text"]
    if isinstance(value, dict) and field == "location":
        return words_in(value["text"]), value["country"]
    return value


def _same_quantities(one: list[Raw], other: list[Raw]) -> bool:
    pairs = list(zip(sorted(one, key=_figures), sorted(other, key=_figures), strict=False))
    return len(one) == len(other) and all(
        _figures(first) == _figures(second) and not words_in(first["of"]).isdisjoint(words_in(second["of"]))
        for first, second in pairs
    )


def _figures(quantity: Raw) -> tuple[str, str, str]:
    return str(quantity["value"]), str(quantity["previous"]), quantity["qualifier"]


def words_in(text: str) -> frozenset[str]:
    """The words of a text, in lower case, without "the".

    >>> sorted(words_in("The U.S. Army’s"))
    ['army', 's', 'u']
    """
    return frozenset(_WORD.findall(fold(text).text.casefold())) - {"the"}
