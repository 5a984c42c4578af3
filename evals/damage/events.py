"""Damage to events: left out, made up, told twice; and each of their fields wrong or lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any

from pydantic import ValidationError

from evals.damage.accepted import readings_of, words_in
from evals.damage.change import SALIENCES, Change, Changes, Fields, Raw
from evals.damage.kinds import FAR, TRIES, Damage, Edit, Ways, another, choices, emptied, to_facts, without
from evals.damage.spot import Spot, event_spots
from evals.damage.stretches import excerpt, overlaps_any, sentences, span_of, unused
from evals.gold import Gold
from summarizer import Event, Link, Quantity, Span, When, extent

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?![\w,]|\.\d)")
_COUNTED = ("bicycles", "lighthouses", "violins")  # things to count that no label does
_DAYS = (-366, -31, -7, -1, 1, 7, 31, 366)


def _one(name: str, field: str, edit: Edit[Event], kind: Callable[[Event], Any] = lambda event: True) -> Damage:
    """A damage to one field of one event: the event F1 must fall, and the field's own."""
    return to_facts(name, ("event_f1", f"{field}_f1"), event_spots, edit, kind)


# ------------------------------------------------------------------------------------------------------- whole events


def _dropped(salience: str) -> Callable[[Gold, Random], list[Ways]]:
    def things(gold: Gold, rng: Random) -> list[Ways]:
        found = [spot.at for spot in event_spots(gold, rng) if spot.fact.salience == salience]
        return [[without_event(gold, at)] for at in found if salience != "main" or _never_main(gold)]

    return things


def without_event(gold: Gold, at: int) -> Changes:
    """What leaves an event out. One must be main: in the main event's place comes the first that gold calls so in no
    reading.
    """
    promoted = _never_main(gold)[:1] if gold.summary.events[at].salience == "main" else []
    return (Change("events", at, None), *(Change("events", to, {"salience": "main"}) for to in promoted))


def _never_main(gold: Gold) -> list[int]:
    readings = enumerate(map(readings_of, gold.events))
    return [at for at, facts in readings if all(fact.salience != "main" for fact in facts)]


def _half_dropped(gold: Gold, rng: Random) -> list[Ways]:
    others = [spot.at for spot in event_spots(gold, rng) if spot.fact.salience != "main"]
    gone = rng.sample(others, (len(others) + 1) // 2)
    return [[tuple(Change("events", at, None) for at in gone)]] if gone else []


def _invented(gold: Gold, rng: Random) -> list[Ways]:
    """An event that nobody tells, on a sentence that carries none."""
    free = unused(gold)
    return [[(_new_event(gold, span, rng),) for span in rng.sample(free, min(TRIES, len(free)))]] if free else []


def _new_event(gold: Gold, span: Span, rng: Random) -> Change:
    names = [entity.name for entity in gold.summary.entities]
    event = {
        "id": "e900",
        "event_type": rng.choice(choices(Event, "event_type")),
        "salience": "secondary",
        "status": "occurred",
        "description": gold.summary.headline,
        "actor": rng.sample(names, min(1, len(names))),
        "links": [],
        "evidence": [excerpt(gold, span)],
    }
    return Change("events", None, event)


def _told_twice(gold: Gold, rng: Random) -> list[Ways]:
    return [[(Change("events", None, _copy(spot)),)] for spot in event_spots(gold, rng)]


def _copy(spot: Spot[Event]) -> Raw:
    salience = "secondary" if spot.fact.salience == "main" else spot.fact.salience
    return {**spot.raw, "id": "e901", "salience": salience}


def _wrong_main(gold: Gold, rng: Random) -> list[Ways]:
    """The main event and another change places; a secondary one, if there is any."""
    spots = sorted(event_spots(gold, rng), key=lambda spot: SALIENCES.index(spot.fact.salience))
    ways: Ways = [
        (
            Change("events", main.at, {"salience": other.fact.salience}),
            Change("events", other.at, {"salience": "main"}),
        )
        for main in spots[:1]
        for other in spots[1:]
        if main.fact.salience == "main" and "main" not in other.values("salience")
    ]
    return [ways] if ways else []


# -------------------------------------------------------------------------------------------------- what was done, how


def _wrong_type(spot: Spot[Event]) -> Iterator[Fields]:
    """A mode goes with its type."""
    for wrong in spot.shuffled(choices(Event, "event_type")):
        if wrong not in spot.values("event_type"):
            yield {"event_type": wrong} if spot.fact.mode is None else {"event_type": wrong, "mode": None}


def _wrong_mode(spot: Spot[Event]) -> Iterator[Fields]:
    return ({"mode": mode} for mode in spot.shuffled(modes_of(spot.fact.event_type)))


@cache
def modes_of(event_type: str) -> tuple[str, ...]:
    """The modes that the schema allows an event type.

    >>> modes_of("RETREAT")[:2], modes_of("AGREE")
    (('withdraw', 'release'), ())
    """
    return tuple(mode for mode in choices(Event, "mode") if _allowed(event_type, mode))


def _allowed(event_type: str, mode: str) -> bool:
    words = {"text": "x", "start": 0, "end": 1}
    raw = {"id": "e1", "event_type": event_type, "mode": mode, "salience": "main", "status": "occurred"}
    try:
        Event.model_validate({**raw, "description": "x", "evidence": [words]})
    except ValidationError:
        return False
    return True


def _occurred(spot: Spot[Event]) -> Iterator[Fields]:
    yield {"status": "occurred"}


def _wrong_salience(spot: Spot[Event]) -> Iterator[Fields]:
    yield {"salience": "background" if spot.fact.salience == "secondary" else "secondary"}


# -------------------------------------------------------------------------------------------------------- who, to whom


def _swapped(spot: Spot[Event]) -> Iterator[Fields]:
    if not (spot.accepts({"actor": spot.raw["recipient"]}) or spot.accepts({"recipient": spot.raw["actor"]})):
        yield {"actor": spot.raw["recipient"], "recipient": spot.raw["actor"]}


def _one_dropped(field: str) -> Edit[Event]:
    def edit(spot: Spot[Event]) -> Iterator[Fields]:
        return ({field: rest} for rest in spot.shuffled(without(spot.raw[field])))

    return edit


def _one_added(field: str) -> Edit[Event]:
    def edit(spot: Spot[Event]) -> Iterator[Fields]:
        return ({field: [*spot.raw[field], name]} for name in spot.strangers(field))

    return edit


def _one_replaced(field: str) -> Edit[Event]:
    def edit(spot: Spot[Event]) -> Iterator[Fields]:
        return ({field: [name, *spot.raw[field][1:]]} for name in spot.strangers(field))

    return edit


# --------------------------------------------------------------------------------------------------------- when, where


def _wrong_value(field: str) -> Edit[Event]:
    def edit(spot: Spot[Event]) -> Iterator[Fields]:
        when = spot.raw[field]
        first, _ = extent(when["value"])
        for days in spot.shuffled(_DAYS):
            yield {field: {**when, "value": (first + timedelta(days=days)).isoformat()}}

    return edit


def _made_up_date(spot: Spot[Event]) -> Iterator[Fields]:
    words = spot.raw["evidence"][0]
    yield {"date": {**words, "value": "2001-02-03", "bound": "on"}}


def _made_up_value(spot: Spot[Event]) -> Iterator[Fields]:
    yield {"date": {**spot.raw["date"], "value": "2001-02-03"}}


def _wrong_bound(spot: Spot[Event]) -> Iterator[Fields]:
    return ({"date": {**spot.raw["date"], "bound": bound}} for bound in spot.shuffled(choices(When, "bound")))


def _moved(spot: Spot[Event]) -> Iterator[Fields]:
    """The place of another event, or another entity of the article, with no word of the right place."""
    events = spot.shuffled([event for event in spot.gold.summary.events if event.location])
    entities = spot.shuffled(spot.gold.summary.entities)
    places = [event.model_dump(mode="json")["location"] for event in events]
    places += [{"text": entity.name, "country": entity.country} for entity in entities]
    right = {word for place in spot.values("location") if place for word in words_in(place["text"])}
    return ({"location": place} for place in places if right.isdisjoint(words_in(place["text"])))


def _wrong_country(spot: Spot[Event]) -> Iterator[Fields]:
    return ({"location": {**spot.raw["location"], "country": country}} for country in spot.shuffled(FAR))


# ------------------------------------------------------------------------------------------------------------ how many


def _with_quantity(spot: Spot[Event], at: int, **fields: Any) -> Fields:
    quantities = spot.raw["quantities"]
    return {"quantities": [*quantities[:at], {**quantities[at], **fields}, *quantities[at + 1 :]]}


def _any_quantity(spot: Spot[Event]) -> int:
    return spot.rng.randrange(len(spot.fact.quantities))


def _wrong_number(spot: Spot[Event]) -> Iterator[Fields]:
    """Another number of the article, with the words that it stands in."""
    at = _any_quantity(spot)
    right = {quantity["value"] for quantities in spot.values("quantities") for quantity in quantities}
    wrong = [number for number in numbers(spot.gold) if number["value"] not in right]
    return (_with_quantity(spot, at, **number) for number in spot.shuffled(wrong))


def numbers(gold: Gold) -> list[Raw]:
    """Numbers of the article as raw excerpts with their values: those that are labelled, and those in digits."""
    labelled = [quantity for event in gold.summary.events for quantity in event.quantities]
    digits = [
        Span(span.start + match.start(), span.start + match.end())
        for span in sentences(gold)
        for match in _NUMBER.finditer(span.of(gold.article.text))
    ]
    found = [
        *({**excerpt(gold, one.span), "value": one.value} for one in labelled if one.value is not None),
        *({**excerpt(gold, one), "value": int(one.of(gold.article.text).replace(",", ""))} for one in digits),
    ]
    return [number for number in found if number["value"] in gold.article.numbers]  # not the 40 of "40 million"


def _wrong_qualifier(spot: Spot[Event]) -> Iterator[Fields]:
    at = _any_quantity(spot)
    return (_with_quantity(spot, at, qualifier=value) for value in spot.shuffled(choices(Quantity, "qualifier")))


def _made_up_number(spot: Spot[Event]) -> Iterator[Fields]:
    quantities = spot.raw["quantities"]
    right = {quantity["value"] for accepted in spot.values("quantities") for quantity in accepted}
    wrong = [number for number in numbers(spot.gold) if number["value"] not in right]
    for number in spot.shuffled(wrong):
        counted = {"of": spot.rng.choice(_COUNTED), "previous": None, "qualifier": "exact"}
        yield {"quantities": [*quantities, {**number, **counted}]}


def _no_previous(spot: Spot[Event]) -> Iterator[Fields]:
    quantities = enumerate(spot.fact.quantities)
    return (_with_quantity(spot, at, previous=None) for at, one in quantities if one.previous is not None)


def _wrong_thing(spot: Spot[Event]) -> Iterator[Fields]:
    at = _any_quantity(spot)
    return (_with_quantity(spot, at, of=thing) for thing in spot.shuffled(_COUNTED))


# ------------------------------------------------------------------------------------------ why, on what, on whose word


def _elsewhere(field: str, places: Callable[[Gold], list[Span]]) -> Edit[Event]:
    """Other words of the article, none of them accepted in the field."""

    def edit(spot: Spot[Event]) -> Iterator[Fields]:
        right = [span_of(raw) for value in spot.values(field) if value for raw in _listed(value)]
        free = [span for span in places(spot.gold) if not overlaps_any(span, right)]
        for span in spot.shuffled(free):
            words = excerpt(spot.gold, span)
            yield {field: [words] if field == "evidence" else words}

    return edit


def _listed(value: Any) -> list[Raw]:
    return value if isinstance(value, list) else [value]


def _unused_or_others(gold: Gold) -> list[Span]:
    """Sentences that carry no event, or the evidence of any event where every sentence carries one."""
    return unused(gold) or [piece.span for event in gold.summary.events for piece in event.evidence]


def _paragraphs(spot: Spot[Event]) -> list[Span]:
    """The paragraphs that the evidence stands in."""
    pieces = [piece.span for piece in spot.fact.evidence]
    return [place for place in spot.gold.article.paragraphs if any(place.contains(piece) for piece in pieces)]


def _blown_up(spot: Spot[Event]) -> Iterator[Fields]:
    """The whole paragraphs, where they are more than twice as long as any accepted evidence."""
    paragraphs = _paragraphs(spot)
    longest = max(sum(len(piece["text"].split()) for piece in pieces) for pieces in spot.values("evidence"))
    if sum(len(place.of(spot.gold.article.text).split()) for place in paragraphs) > 2 * longest:
        yield {"evidence": [excerpt(spot.gold, place) for place in paragraphs]}


def _with_link(spot: Spot[Event], at: int, **fields: str) -> Fields:
    links = spot.raw["links"]
    return {"links": [*links[:at], {**links[at], **fields}, *links[at + 1 :]]}


def _wrong_relation(spot: Spot[Event]) -> Iterator[Fields]:
    at = spot.rng.randrange(len(spot.fact.links))
    return (_with_link(spot, at, relation=relation) for relation in spot.shuffled(choices(Link, "relation")))


def _wrong_target(spot: Spot[Event]) -> Iterator[Fields]:
    at = spot.rng.randrange(len(spot.fact.links))
    return (_with_link(spot, at, event=other) for other in _unlinked(spot))


def _made_up_link(spot: Spot[Event]) -> Iterator[Fields]:
    relation = spot.rng.choice(choices(Link, "relation"))
    return ({"links": [*spot.raw["links"], {"relation": relation, "event": other}]} for other in _unlinked(spot))


def _unlinked(spot: Spot[Event]) -> list[str]:
    """The events that the event points at in no reading, itself left out."""
    linked = {link["event"] for links in spot.values("links") for link in links}
    return spot.shuffled([event.id for event in spot.gold.summary.events if event.id not in {spot.fact.id, *linked}])


def _has(field: str) -> Callable[[Event], Any]:
    """Whether a field of an event says anything."""
    return lambda event: getattr(event, field)


def _is(status: str) -> Callable[[Event], bool]:
    return lambda event: event.status == status


TOLD_TWICE = Damage("event told twice", ("event_f1", "events_found"), _told_twice)
EVENT_DAMAGES: Sequence[Damage] = (
    Damage("main event dropped", ("event_f1", "main_f1"), _dropped("main")),
    Damage("secondary event dropped", ("event_f1", "events_found"), _dropped("secondary")),
    Damage("background event dropped", ("event_f1", "events_found"), _dropped("background")),
    Damage("half the events dropped", ("event_f1", "events_found"), _half_dropped),
    Damage("event made up", ("event_f1", "events_found"), _invented),
    TOLD_TWICE,
    Damage("wrong main event", ("event_f1", "main_f1"), _wrong_main),
    _one("wrong type", "event_type", _wrong_type),
    _one("wrong mode", "mode", _wrong_mode, lambda event: modes_of(event.event_type)),
    _one("mode dropped", "mode", emptied("mode"), _has("mode")),
    _one("wrong status", "status", another("status")),
    _one("announced told as occurred", "status", _occurred, _is("announced")),
    _one("alleged told as occurred", "status", _occurred, _is("alleged")),
    _one("negated told as occurred", "status", _occurred, _is("negated")),
    _one("wrong salience", "salience", _wrong_salience, lambda event: event.salience != "main"),
    to_facts(
        "actor and recipient swapped",
        ("event_f1", "actor_f1", "recipient_f1"),
        event_spots,
        _swapped,
        lambda event: event.actor and event.recipient and set(event.actor) != set(event.recipient),
    ),
    _one("actor dropped", "actor", _one_dropped("actor"), _has("actor")),
    _one("recipient dropped", "recipient", _one_dropped("recipient"), _has("recipient")),
    _one("another entity as actor", "actor", _one_replaced("actor"), _has("actor")),
    _one("another entity as recipient", "recipient", _one_replaced("recipient"), _has("recipient")),
    _one("actor too many", "actor", _one_added("actor")),
    _one("recipient too many", "recipient", _one_added("recipient")),
    _one("wrong date", "date", _wrong_value("date"), lambda event: event.date and event.date.value),
    _one("year of a date made up", "date", _made_up_value, lambda event: event.date and not event.date.value),
    _one("date made up", "date", _made_up_date, lambda event: not event.date),
    _one("date dropped", "date", emptied("date"), _has("date")),
    _one("wrong bound of a date", "date", _wrong_bound, _has("date")),
    _one(
        "wrong date of effect",
        "effective",
        _wrong_value("effective"),
        lambda event: event.effective and event.effective.value,
    ),
    _one("date of effect dropped", "effective", emptied("effective"), _has("effective")),
    _one("location moved", "location", _moved, _has("location")),
    _one("wrong country of a location", "location", _wrong_country, _has("location")),
    _one("location made up", "location", _moved, lambda event: not event.location),
    _one("location dropped", "location", emptied("location"), _has("location")),
    _one("wrong number", "quantities", _wrong_number, _has("quantities")),
    _one("wrong qualifier of a number", "quantities", _wrong_qualifier, _has("quantities")),
    _one(
        "number before a change dropped",
        "quantities",
        _no_previous,
        lambda event: any(one.previous is not None for one in event.quantities),
    ),
    _one("another thing counted", "quantities", _wrong_thing, _has("quantities")),
    _one("number made up", "quantities", _made_up_number),
    _one("number dropped", "quantities", _one_dropped("quantities"), _has("quantities")),
    _one("reason made up", "reason", _elsewhere("reason", sentences), lambda event: not event.reason),
    _one("reason dropped", "reason", emptied("reason"), _has("reason")),
    _one("other words as reason", "reason", _elsewhere("reason", sentences), _has("reason")),
    _one("attribution dropped", "attribution", _one_dropped("attribution"), _has("attribution")),
    _one("source too many", "attribution", _one_added("attribution")),
    _one("wrong attribution", "attribution", _one_replaced("attribution"), _has("attribution")),
    _one("link made up", "links", _made_up_link),
    _one("link dropped", "links", _one_dropped("links"), _has("links")),
    _one("wrong relation of a link", "links", _wrong_relation, _has("links")),
    _one("wrong target of a link", "links", _wrong_target, _has("links")),
    _one("evidence moved elsewhere", "evidence", _elsewhere("evidence", _unused_or_others)),
    _one("evidence blown up to its paragraph", "evidence", _blown_up),
)
