"""Which labelled entity does a predicted one mean? By any way that either side writes it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from evals.scoring.key import Key
from evals.scoring.sheet import EntitySheet, content_of
from summarizer import Article

STRANGER = 10_000  # an entity that gold does not know is this plus its place among the predicted ones
_NESTED = 0.5  # Dice coefficient from which one description inside another may mean the same thing


def resolve(entities: Sequence[EntitySheet], key: Key) -> tuple[int, ...]:
    """For each predicted entity the place of the labelled one that it means, or STRANGER plus its own place.

    Its name decides; else its aliases, if they mean one labelled entity and not several; else, for a country, its
    code; else a description that adds words to the other or leaves some out ("two envoys", "two Danish envoys"),
    between entities of one type whose countries and numbers do not contradict.
    """
    forms = key.forms
    return tuple(
        [
            forms[entity.forms[0]] if entity.forms[0] in forms else _under_another_name(entity, key, STRANGER + at)
            for at, entity in enumerate(entities)
        ]
    )


def _under_another_name(entity: EntitySheet, key: Key, stranger: int) -> int:
    meant = {key.forms[form] for form in entity.forms if form in key.forms}
    if len(meant) == 1:
        return meant.pop()
    trusted = entity.forms[:1] if meant else entity.forms  # aliases of several entities say nothing
    nearness = [_nearness(entity, trusted, other) for other in key.sheet.entities]
    best = max(nearness, default=0.0)
    return nearness.index(best) if best >= _NESTED else stranger


def _nearness(entity: EntitySheet, forms: Sequence[str], gold: EntitySheet) -> float:
    people = {"person", "group"}
    same_type = entity.type == gold.type or (entity.type in people and gold.type in people)
    if not same_type or (entity.country and gold.country and entity.country != gold.country):
        return 0.0
    if gold.type == "country" and entity.country and gold.country:
        return 1.0
    numbers, other_numbers = _numbers(entity.forms), _numbers(gold.forms)
    if numbers and other_numbers and numbers.isdisjoint(other_numbers):
        return 0.0  # nine envoys are not ten
    return max(_dice(content_of(one), content_of(other)) for one in forms for other in gold.forms)


@lru_cache(maxsize=65536)
def _numbers(forms: tuple[str, ...]) -> frozenset[float]:
    return Article("; ".join(forms)).numbers


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient of two descriptions of which one holds the other; else 0.

    >>> _dice(frozenset({"two", "envoy"}), frozenset({"two", "danish", "envoy"}))
    0.8
    >>> _dice(frozenset({"polish", "envoy"}), frozenset({"danish", "envoy"}))
    0.0
    """
    if not one or not other or not (one <= other or other <= one):
        return 0.0
    return 2 * min(len(one), len(other)) / (len(one) + len(other))
