"""Harmless changes: another order, other typography, an alias for a name, any reading that gold accepts as well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

from evals.damage.change import Change, Part, Raw, changed, raw_of
from evals.damage.spot import ROLES, names_in
from evals.damage.stretches import excerpt, overlaps_any, span_of
from evals.gold import Gold, Label, Reading
from summarizer import Article, Entity, Span, fold

Table = Mapping[int, int | str]
_TYPOGRAPHY: Mapping[str, Table] = {
    "straight quotation marks": str.maketrans("“”„«»‘’‚", '"""""\'\'\''),
    "curly quotation marks": str.maketrans("\"'", "”’"),
    "no-break spaces": str.maketrans(" ", "\u00a0"),
    "other dashes": str.maketrans("-–—", "–—-"),
}


class Variant(NamedTuple):
    """What becomes of a summary by a harmless change: where, the raw data; and if it is many at once, each alone.

    Facts are judged one by one, so where many at once cost nothing, none does.
    """

    where: str
    raw: Raw
    parts: tuple[Variant, ...] = ()


Variants = Iterator[Variant]


@dataclass(frozen=True, slots=True)
class Harmless:
    """A change that may cost nothing; `variants` lists what becomes of a gold by it."""

    name: str
    variants: Callable[[Gold, Random], Variants]


def _unchanged(gold: Gold, rng: Random) -> Variants:
    yield Variant("all", raw_of(gold.summary))


# --------------------------------------------------------------------------------------------------------------- order


def _shuffled(part: str) -> Callable[[Gold, Random], Variants]:
    """The facts of a part in another order; events stay in the order of salience, their ids run on."""

    def variants(gold: Gold, rng: Random) -> Variants:
        raw = raw_of(gold.summary)
        if len(raw[part]) > 1:
            yield Variant("all", {**raw, part: _reordered(raw[part], rng)})

    return variants


def _shuffled_inside(part: str, *fields: str) -> Callable[[Gold, Random], Variants]:
    """The lists inside every fact of a part in another order."""

    def variants(gold: Gold, rng: Random) -> Variants:
        raw = raw_of(gold.summary)
        if any(len(fact[field]) > 1 for fact in raw[part] for field in fields):
            facts = [{**fact, **{field: _reordered(fact[field], rng) for field in fields}} for fact in raw[part]]
            yield Variant("all", {**raw, part: facts})

    return variants


def _reordered(items: Sequence[Any], rng: Random) -> list[Any]:
    """The items shuffled, and turned round if they came out as they were."""
    shuffled = rng.sample(items, len(items))
    return shuffled if shuffled != list(items) else shuffled[::-1]


# -------------------------------------------------------------------------------------- names, typography, other places


def _aliases_for_names(gold: Gold, rng: Random) -> Variants:
    """Entities go by an alias in every role: all by their first ones, then by their second ones and so on. Grounding
    puts the name back; an alias of two entities means neither and is left alone.
    """
    raw, own = raw_of(gold.summary), _own_aliases(gold.summary.entities)
    for place in range(max(map(len, own.values()), default=0)):
        called = {name: aliases[place] for name, aliases in own.items() if len(aliases) > place}
        alone = (Variant(f"{alias!r} for {name!r}", _renamed(raw, {name: alias})) for name, alias in called.items())
        yield Variant("everywhere", _renamed(raw, called), tuple(alone))


def _own_aliases(entities: Sequence[Entity]) -> dict[str, list[str]]:
    """The aliases of each entity that no other shares, by its name."""
    forms = Counter(form for entity in entities for form in {fold(written).text for written in _written(entity)})
    return {
        entity.name: [alias.text for alias in entity.aliases if forms[fold(alias.text).text] == 1]
        for entity in entities
    }


def _written(entity: Entity) -> list[str]:
    return [entity.name, *(alias.text for alias in entity.aliases)]


def _renamed(raw: Raw, called: Mapping[str, str]) -> Raw:
    """The raw data with entities called otherwise in every role."""

    def fact(old: Raw) -> Raw:
        return {field: _as_called(value, called) if field in ROLES else value for field, value in old.items()}

    return {**raw, **{part: [fact(old) for old in raw[part]] for part in ("events", "statements")}}


def _as_called(value: Any, called: Mapping[str, str]) -> Any:
    return [_as_called(item, called) for item in value] if isinstance(value, list) else called.get(value, value)


def _retyped(table: Table) -> Callable[[Gold, Random], Variants]:
    """Excerpts set in other typography, without their offsets; those whose words stand in one place only."""

    def variants(gold: Gold, rng: Random) -> Variants:
        raw = raw_of(gold.summary)
        new = {part: _set_otherwise(raw[part], table, gold.article) for part in ("events", "statements", "entities")}
        if any(new[part] != raw[part] for part in new):
            yield Variant("all", {**raw, **new})

    return variants


def _set_otherwise(value: Any, table: Table, article: Article) -> Any:
    if isinstance(value, list):
        return [_set_otherwise(item, table, article) for item in value]
    if not isinstance(value, dict):
        return value
    new = {key: _set_otherwise(item, table, article) for key, item in value.items()}
    text = value.get("text")
    if text is None or text.translate(table) == text or article.folded.text.count(fold(text).text) > 1:
        return new
    return {**{key: item for key, item in new.items() if key not in ("start", "end")}, "text": text.translate(table)}


def _said_elsewhere(gold: Gold, rng: Random) -> Variants:
    """A place, a reason, an office or a statement in the same words, found where the article has them once more."""
    raw = raw_of(gold.summary)
    for at, event in enumerate(raw["events"]):
        for field in ("location", "reason"):
            for place in _other_places(gold, event[field]):
                moved = {field: {**event[field], **place}}
                yield Variant(f"e{at + 1}.{field}", changed(raw, [Change("events", at, moved)]))
    for at, entity in enumerate(raw["entities"]):
        for place in _other_places(gold, entity["office"]):
            yield Variant(f"n{at + 1}.office", changed(raw, [Change("entities", at, {"office": place})]))
    for at, said in enumerate(raw["statements"]):
        others = [span_of(other) for other in raw["statements"] if other is not said]
        for place in _other_places(gold, said):
            if not overlaps_any(span_of(place), others):
                yield Variant(f"s{at + 1}", changed(raw, [Change("statements", at, place)]))


def _other_places(gold: Gold, words: Raw | None) -> list[Raw]:
    """The first other place that an excerpt's words stand in, whole words and no litter."""
    if words is None:
        return []
    whole = re.finditer(rf"(?<!\w){re.escape(words['text'])}(?!\w)", gold.article.text)
    barred = [*gold.article.litter, *gold.article.injections, span_of(words)]
    spans = (Span(*match.span()) for match in whole)
    return [excerpt(gold, span) for span in spans if not overlaps_any(span, barred)][:1]


# ------------------------------------------------------------------------------------------------------------ readings


def _readings(gold: Gold, rng: Random) -> Variants:
    """Each further reading in the place of the plain one, the fields of a couple together: every fact's first ones at
    once, then every fact's second ones and so on. A reading that says who is main comes alone.
    """
    raw = raw_of(gold.summary)
    rounds = max((len(label.readings) for _, _, label in _labels(gold)), default=0)
    for place in range(rounds):
        changes = [
            _as_read(part, at, label.readings[place])
            for part, at, label in _labels(gold)
            if len(label.readings) > place and not _moves_main(label, label.readings[place])
        ]
        alone = tuple(Variant(f"alternative {place + 1} of {one.where}", changed(raw, [one])) for one in changes)
        yield Variant(f"alternative {place + 1} everywhere", changed(raw, changes), alone)
    for at, label in enumerate(gold.events):
        for reading in label.readings:
            if _moves_main(label, reading):
                changes = [_as_read("events", at, reading), *_in_return(gold, at)]
                yield Variant(f"e{at + 1} as {reading.fact.salience}", changed(raw, changes))


def _labels(gold: Gold) -> Iterator[tuple[Part, int, Label[Any]]]:
    yield from (("events", at, label) for at, label in enumerate(gold.events))
    yield from (("statements", at, label) for at, label in enumerate(gold.statements))


def _as_read(part: Part, at: int, reading: Reading[Any]) -> Change:
    """The whole fact as it reads: other evidence may hold the same time at another place."""
    return Change(part, at, reading.fact.model_dump(mode="json"))


def _is_main(event: Any) -> bool:
    return bool(event.salience == "main")


def _moves_main(label: Label[Any], reading: Reading[Any]) -> bool:
    return "salience" in reading.fields and _is_main(label.fact) != _is_main(reading.fact)


def _in_return(gold: Gold, at: int) -> list[Change]:
    """Where an event becomes main or ceases to be: the reading by which another one makes room or takes its place."""
    return [
        _as_read("events", other, reading)
        for other, label in enumerate(gold.events)
        for reading in label.readings
        if _moves_main(label, reading) and _is_main(label.fact) != _is_main(gold.events[at].fact)
    ][:1]


def _readings_alone(gold: Gold, rng: Random) -> Variants:
    """A reading that leaves an entity without any role, and the summary without that entity."""
    raw = raw_of(gold.summary)
    before = _named(raw)
    for part, at, label in _labels(gold):
        for place, reading in enumerate(label.readings, 1):
            change = _as_read(part, at, reading)
            new = changed(raw, [change])
            if before - _named(new):
                yield Variant(f"alternative {place} of {change.where}", _without(new, before - _named(new)))


# ------------------------------------------------------------------------------------------------------ optional facts


def _left_out(gold: Gold) -> list[Change]:
    """What leaves out each optional fact; the main event stays, for there must be one."""
    return [
        Change(part, at, None)
        for part, at, label in _labels(gold)
        if label.optional and (part != "events" or not _is_main(label.fact))
    ]


def _each_left_out(gold: Gold, rng: Random) -> Variants:
    for change in _left_out(gold):
        yield Variant(change.where, _alone(gold, [change]))


def _all_left_out(gold: Gold, rng: Random) -> Variants:
    if changes := _left_out(gold):
        yield Variant("all", _alone(gold, changes))


def _one_given(gold: Gold, rng: Random) -> Variants:
    """One optional fact and none of the others."""
    changes = _left_out(gold)
    for kept in changes if len(changes) > 2 else ():  # of one or two, leaving each out has shown it
        yield Variant(kept.where, _alone(gold, [change for change in changes if change is not kept]))


def _alone(gold: Gold, changes: Sequence[Change]) -> Raw:
    """The facts that stay, with the entities that they name."""
    raw = raw_of(gold.summary)
    new = changed(raw, changes)
    return _without(new, _named(raw) - _named(new))


def _named(raw: Raw) -> set[str]:
    facts = (fact for part in ("events", "statements") for fact in raw[part] if fact is not None)
    return {name for fact in facts for name in names_in(fact)}


def _without(raw: Raw, names: set[str]) -> Raw:
    return {**raw, "entities": [entity for entity in raw["entities"] if entity["name"] not in names]}


HARMLESS: Sequence[Harmless] = (
    Harmless("nothing", _unchanged),
    Harmless("events in another order", _shuffled("events")),
    Harmless("statements in another order", _shuffled("statements")),
    Harmless("entities in another order", _shuffled("entities")),
    Harmless("aliases in another order", _shuffled_inside("entities", "aliases")),
    Harmless("actors and recipients in another order", _shuffled_inside("events", "actor", "recipient", "attribution")),
    Harmless("numbers in another order", _shuffled_inside("events", "quantities")),
    Harmless("links and evidence in another order", _shuffled_inside("events", "links", "evidence")),
    Harmless("an alias in a role", _aliases_for_names),
    *(Harmless(name, _retyped(table)) for name, table in _TYPOGRAPHY.items()),
    Harmless("the same words from another place", _said_elsewhere),
    Harmless("accepted readings", _readings),
    Harmless("an accepted reading without the entity it has no role for", _readings_alone),
    Harmless("an optional fact left out", _each_left_out),
    Harmless("every optional fact left out", _all_left_out),
    Harmless("one optional fact alone given", _one_given),
)
