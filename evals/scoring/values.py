"""Is this value that value? One judge for each kind of field; each returns how the slots it saw were filled.

A judge takes what gold holds and what was given (None or () where a side has nothing) and returns results
`(outcome, wanted, given)`, one a slot; nothing where neither side has anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from evals.report import Outcome
from evals.scoring.assignment import assign
from evals.scoring.sheet import PassageSheet, QuantitySheet, TimeSheet, content_of, form_of
from summarizer import extent

Result = tuple[Outcome, Any, Any]
Results = tuple[Result, ...]
Judge = Callable[[Any, Any], Results]
Reading = tuple[int, Any]  # the place of a field, and a value that is accepted there
Couple = tuple[Reading, ...]  # readings that go together

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
    """What results cost: half a slot for partial, missing or spurious, a whole one for incorrect.

    >>> lost((("correct", 1, 1), ("missing", 2, None)))
    0.5
    """
    return sum([PENALTY[result[0]] for result in results])


@lru_cache(maxsize=16384)  # a few hundred values, over and over
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


@lru_cache(maxsize=16384)
def members(wanted: tuple[Any, ...], given: tuple[Any, ...]) -> Results:
    """Sets: each member right, missing or spurious; a missing and a spurious one make one incorrect slot.

    >>> members((1, 2), (2, 3))
    (('correct', 2, 2), ('incorrect', 1, 3))
    >>> members((), (3, 3))
    (('spurious', None, 3),)
    """
    if wanted == given:
        return tuple([("correct", item, item) for item in wanted]) if wanted else ()
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

    >>> related((("caused_by", 2),), (("part_of", 1), ("part_of", 2)))
    (('partial', ('caused_by', 2), ('part_of', 2)), ('spurious', None, ('part_of', 1)))
    """
    if not wanted or not given or wanted == given:
        return members(wanted, given)
    results: list[Result] = []
    lacking = [link for link in wanted if link not in given]
    extra = [link for link in dict.fromkeys(given) if link not in wanted]
    for link in wanted:
        same_target = next((other for other in extra if other[1] == link[1]), None)
        if link not in lacking:
            results.append(("correct", link, link))
        elif same_target is not None:
            results.append(("partial", link, same_target))
            lacking.remove(link)
            extra.remove(same_target)
    return (*results, *members(tuple(lacking), tuple(extra)))


@lru_cache(maxsize=16384)
def nested(one: str, other: str) -> bool:
    """Whether one ISO value covers the other, being coarser or an interval around it.

    >>> nested("2021-04", "2021-04-05"), nested("2021-04-05", "2021-04-06")
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
    if wanted == given:
        return (("correct", wanted, given),)
    same, same_bound = wanted.value == given.value, wanted.bound == given.bound
    if wanted.value is None or given.value is None:
        same = same and _same_words(wanted, given)
    elif not same and same_bound and nested(wanted.value, given.value):
        return (("partial", wanted, given),)
    return (("incorrect" if not same else "correct" if same_bound else "partial", wanted, given),)


def place(wanted: PassageSheet | None, given: PassageSheet | None) -> Results:
    """Places: the same words and country are right, one of the two is partial. "The US" is "United States"."""
    if wanted is None or given is None:
        return exact(wanted, given)
    if wanted == given:
        return (("correct", wanted, given),)
    same_words = _same_words(wanted, given) or _same_initials(form_of(wanted.text), form_of(given.text))
    same_country = wanted.country == given.country
    if same_words and same_country:
        return (("correct", wanted, given),)
    partly = same_words or (same_country and wanted.country is not None)
    return (("partial" if partly else "incorrect", wanted, given),)


def _same_words(one: PassageSheet | TimeSheet, other: PassageSheet | TimeSheet) -> bool:
    """Whether two short stretches overlap, or say the same at two places of the article."""
    return overlap(one.bits, other.bits) >= SAME_PLACE or content_of(one.text) == content_of(other.text)


def _same_initials(one: str, other: str) -> bool:
    """Whether one name is the other's initials.

    >>> _same_initials("united states", "us"), _same_initials("us", "uk")
    (True, False)
    """
    return other == _initials(one) or one == _initials(other)


def _initials(name: str) -> str:
    return "".join([word[0] for word in name.split()])


def passage(wanted: PassageSheet | None, given: PassageSheet | None) -> Results:
    """Stretches of text by the words they share: token F1 of 0.75 is right, 0.25 partial."""
    if wanted is None or given is None:
        return exact(wanted, given)
    if wanted.bits == given.bits:
        return (("correct", wanted, given),)
    shared = overlap(wanted.bits, given.bits)
    outcome: Outcome = "correct" if shared >= SAME_WORDS else "partial" if shared >= SHARED_WORDS else "incorrect"
    return ((outcome, wanted, given),)


def wording(wanted: PassageSheet | None, given: PassageSheet | None) -> Results:
    """What is said, wherever it stands: as passages, but the same words at another place are right.

    With a "not" more or less it says the contrary.
    """
    if wanted is None or given is None or wanted.bits == given.bits:
        return passage(wanted, given)
    if form_of(wanted.text) == form_of(given.text):
        return (("correct", wanted, given),)
    return (("incorrect", wanted, given),) if wanted.negations != given.negations else passage(wanted, given)


def quantities(wanted: tuple[QuantitySheet, ...], given: tuple[QuantitySheet, ...]) -> Results:
    """Numbers by value; partial where what is counted, the value before or the qualifier is another."""
    if wanted == given:
        return members(wanted, given)
    pairs = assign([[_likeness(one, other) for other in given] for one in wanted])
    results: list[Result] = [(_quantity(wanted[at], given[to]), wanted[at], given[to]) for at, to in pairs]
    found, used = {at for at, _ in pairs}, {to for _, to in pairs}
    results += [("missing", one, None) for at, one in enumerate(wanted) if at not in found]
    results += [("spurious", None, one) for to, one in enumerate(given) if to not in used]
    return tuple(results)


def _likeness(wanted: QuantitySheet, given: QuantitySheet) -> float:
    """How much two numbers look like the same one; 0 where they share neither a known value nor a word."""
    same_value = wanted.value is not None and wanted.value == given.value
    shared = 1.0 if form_of(wanted.text) == form_of(given.text) else overlap(wanted.bits, given.bits)
    if not same_value and not shared:
        return 0.0
    return 4.0 * same_value + 2.0 * shared + 3.0 * (_quantity(wanted, given) == "correct")


def _quantity(wanted: QuantitySheet, given: QuantitySheet) -> Outcome:
    if wanted.value != given.value:
        return "incorrect"
    if wanted.of and given.of.isdisjoint(wanted.of) and given.of.isdisjoint(content_of(wanted.text)):
        return "partial"
    same = wanted.previous == given.previous and wanted.qualifier == given.qualifier
    return "correct" if same else "partial"


def pardoning(judge: Judge, absent: Callable[[Any], bool]) -> Judge:
    """The judge, but nothing is missing that points at an absent event; what was given in its stead is made up.

    >>> pardoning(exact, {7}.__contains__)(7, None), pardoning(exact, {7}.__contains__)(7, 3)
    ((), (('spurious', None, 3),))
    """

    def judge_the_rest(wanted: Any, given: Any) -> Results:
        results: list[Result] = []
        for outcome, one, other in judge(wanted, given):
            if one is None or not absent(one):
                results.append((outcome, one, other))
            elif other is not None:
                results.append(("spurious", None, other))
        return tuple(results)

    return judge_the_rest


def judged(
    judges: Sequence[Judge],
    wanted: Sequence[Any],
    given: Sequence[Any],
    alone: Iterable[Reading] = (),
    together: Iterable[Couple] = (),
) -> list[Results]:
    """How each field of a fact was filled, in the order of the fields, by the accepted readings that fit best.

    First each field is read for itself, then as couples have it.
    """
    results = [judge(one, other) for judge, one, other in zip(judges, wanted, given, strict=True)]
    for at, value in alone:
        if wanted[at] != given[at]:
            results[at] = min(results[at], judges[at](value, given[at]), key=lost)
    if together:
        _couple(judges, given, together, results)
    return results


def _couple(judges: Sequence[Judge], given: Sequence[Any], together: Iterable[Couple], results: list[Results]) -> None:
    """Put into `results` what couples save: the one that saves most, and then only what leaves its fields alone."""
    gains = []
    for couple in together:
        read = {at: judges[at](value, given[at]) for at, value in couple}
        gain = sum([lost(results[at]) - lost(found) for at, found in read.items()])
        if gain > 0:
            gains.append((gain, read))
    taken: set[int] = set()
    for _, read in sorted(gains, key=itemgetter(0), reverse=True):
        if taken.isdisjoint(read):
            taken.update(read)
            for at, found in read.items():
                results[at] = found
