"""Is this value that value? One judge for each kind of field; each returns how the slots it saw were filled.

A judge takes what gold holds and what was given (None or () where a side has nothing) and returns results
`(outcome, wanted, given)`, one a slot; nothing where neither side has anything.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from evals.report import Outcome
from evals.scoring.assignment import assign
from evals.scoring.sheet import PassageSheet, QuantitySheet, TimeSheet, content_of
from summarizer import extent

Result = tuple[Outcome, Any, Any]
Results = tuple[Result, ...]
Judge = Callable[[Any, Any], Results]

SAME_WORDS = 0.75  # token F1 from which two stretches of text are the same
SHARED_WORDS = 0.25  # token F1 from which they are partly the same
SAME_PLACE = 0.5  # the same for short stretches: a place's or a time's name, with or without a word more
PENALTY: dict[Outcome, float] = {"correct": 0.0, "partial": 0.5, "missing": 0.5, "spurious": 0.5, "incorrect": 1.0}


def overlap(one: int, other: int) -> float:
    """Token F1 of two stretches of the same text, given as word bits: 2 x shared over the sum of both.

    >>> overlap(0b0111, 0b0110), overlap(0b1, 0b10), overlap(0, 0)
    (0.8, 0.0, 0.0)
    """
    both = one.bit_count() + other.bit_count()
    return 2 * (one & other).bit_count() / both if both else 0.0


def lost(results: Results) -> float:
    """What results cost: half a slot for partial, missing or spurious, a whole one for incorrect."""
    return sum([PENALTY[result[0]] for result in results])


def exact(wanted: Any, given: Any) -> Results:
    """Right or wrong, nothing between.

    >>> exact("expel", "expel"), exact("expel", None), exact(None, None)
    ((('correct', 'expel', 'expel'),), (('missing', 'expel', None),), ())
    """
    if wanted == given:
        return () if wanted is None else (("correct", wanted, given),)
    if wanted is None:
        return (("spurious", None, given),)
    return (("missing" if given is None else "incorrect", wanted, given),)


def members(wanted: tuple[Any, ...], given: tuple[Any, ...]) -> Results:
    """Sets: each member right, missing or spurious; a missing and a spurious one make one incorrect slot.

    >>> members((1, 2), (2, 3))
    (('correct', 2, 2), ('incorrect', 1, 3))
    >>> members((), (3, 3))
    (('spurious', None, 3),)
    """
    if wanted == given:
        return tuple([("correct", item, item) for item in wanted])
    distinct = tuple(dict.fromkeys(given))
    results: list[Result] = [("correct", item, item) for item in wanted if item in distinct]
    lacking = [item for item in wanted if item not in distinct]
    extra = [item for item in distinct if item not in wanted]
    results += [("incorrect", one, other) for one, other in zip(lacking, extra, strict=False)]
    results += [("missing", item, None) for item in lacking[len(extra) :]]
    results += [("spurious", None, item) for item in extra[len(lacking) :]]
    return tuple(results)


def related(wanted: tuple[tuple[str, int], ...], given: tuple[tuple[str, int], ...]) -> Results:
    """Links: right with relation and target, partial with the right target alone.

    >>> related((("caused_by", 2),), (("part_of", 2),))
    (('partial', ('caused_by', 2), ('part_of', 2)),)
    """
    results = []
    for outcome, one, other in members(wanted, given):
        same_target = outcome == "incorrect" and one[1] == other[1]
        results.append(("partial" if same_target else outcome, one, other))
    return tuple(results)


@lru_cache(maxsize=16384)
def _nested(one: str, other: str) -> bool:
    """Whether one ISO value covers the other, being coarser or an interval around it.

    >>> _nested("2021-04", "2021-04-05"), _nested("2021-04-05", "2021-04-06")
    (True, False)
    """
    (first, last), (other_first, other_last) = extent(one), extent(other)
    return (first <= other_first and other_last <= last) or (other_first <= first and last <= other_last)


def time(wanted: TimeSheet | None, given: TimeSheet | None) -> Results:
    """Times by value and bound; partial where the bound is another or one value covers the other.

    Where the value cannot be known, the words decide in its stead: those of the same expression, and no value made up.
    """
    if wanted is None or given is None:
        return exact(wanted, given)
    same_bound = wanted.bound == given.bound
    if wanted.value is None and given.value is None:
        same = overlap(wanted.bits, given.bits) >= SAME_PLACE
        return (("incorrect" if not same else "correct" if same_bound else "partial", wanted, given),)
    if wanted.value is None or given.value is None:
        return (("incorrect", wanted, given),)
    if wanted.value == given.value:
        return (("correct" if same_bound else "partial", wanted, given),)
    return (("partial" if same_bound and _nested(wanted.value, given.value) else "incorrect", wanted, given),)


def place(wanted: PassageSheet | None, given: PassageSheet | None) -> Results:
    """Places: the same words and country are right, one of the two is partial."""
    if wanted is None or given is None:
        return exact(wanted, given)
    same_words = overlap(wanted.bits, given.bits) >= SAME_PLACE
    if same_words and wanted.country == given.country:
        return (("correct", wanted, given),)
    same_country = wanted.country is not None and wanted.country == given.country
    return (("partial" if same_words or same_country else "incorrect", wanted, given),)


def passage(wanted: PassageSheet | None, given: PassageSheet | None) -> Results:
    """Stretches of text by the words they share: token F1 of 0.75 is right, 0.25 partial."""
    if wanted is None or given is None:
        return exact(wanted, given)
    shared = overlap(wanted.bits, given.bits)
    outcome: Outcome = "correct" if shared >= SAME_WORDS else "partial" if shared >= SHARED_WORDS else "incorrect"
    return ((outcome, wanted, given),)


def quantities(wanted: tuple[QuantitySheet, ...], given: tuple[QuantitySheet, ...]) -> Results:
    """Numbers by value; partial where what is counted, the value before or the qualifier is another."""
    if not wanted or not given:
        return (*(("missing", one, None) for one in wanted), *(("spurious", None, one) for one in given))
    pairs = assign([[_likeness(one, other) for other in given] for one in wanted])
    results: list[Result] = [(_quantity(wanted[at], given[to]), wanted[at], given[to]) for at, to in pairs]
    found, used = {at for at, _ in pairs}, {to for _, to in pairs}
    results += [("missing", one, None) for at, one in enumerate(wanted) if at not in found]
    results += [("spurious", None, one) for to, one in enumerate(given) if to not in used]
    return tuple(results)


def _likeness(wanted: QuantitySheet, given: QuantitySheet) -> float:
    """How much two numbers look like the same one; 0 where they share neither a known value nor a word."""
    same_value = wanted.value is not None and wanted.value == given.value
    shared = overlap(wanted.bits, given.bits)
    if not same_value and not shared:
        return 0.0
    same = (wanted.previous == given.previous) + (wanted.qualifier == given.qualifier) + bool(wanted.of & given.of)
    return 4.0 * same_value + 2.0 * shared + same


def _quantity(wanted: QuantitySheet, given: QuantitySheet) -> Outcome:
    if wanted.value != given.value:
        return "incorrect"
    same_thing = bool((wanted.of | content_of(wanted.text)) & given.of) or not wanted.of
    same = same_thing and wanted.previous == given.previous and wanted.qualifier == given.qualifier
    return "correct" if same else "partial"
