"""Which labelled entity does a predicted one mean? By any way that either side writes it."""

from __future__ import annotations

from evals.scoring.key import Key
from evals.scoring.sheet import EntitySheet, Sheet, content_of

STRANGER = 10_000  # an entity that gold does not know is this plus its place among the predicted ones
_NESTED = 0.5  # Dice coefficient from which one description inside another may mean the same thing


def resolve(predicted: Sheet, key: Key) -> tuple[int, ...]:
    """For each predicted entity the place of the labelled one that it means, or STRANGER plus its own place.

    Its name decides, then its aliases in their order; then a description that adds words to the other or leaves some
    out ("two envoys", "two Danish envoys"), between entities of one type whose countries do not contradict.
    """
    resolved = []
    for at, entity in enumerate(predicted.entities):
        known = next((key.forms[form] for form in entity.forms if form in key.forms), None)
        resolved.append(_described(entity, key.sheet, STRANGER + at) if known is None else known)
    return tuple(resolved)


def _described(entity: EntitySheet, gold: Sheet, otherwise: int) -> int:
    best, found = _NESTED, otherwise
    for place, other in enumerate(gold.entities):
        if _of_one_kind(entity, other):
            nested = max(_dice(content_of(one), content_of(two)) for one in entity.forms for two in other.forms)
            if nested > best or (nested == best and found == otherwise):
                best, found = nested, place
    return found


def _of_one_kind(one: EntitySheet, other: EntitySheet) -> bool:
    people = {"person", "group"}
    same_type = one.type == other.type or (one.type in people and other.type in people)
    return same_type and (one.country == other.country or not one.country or not other.country)


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
