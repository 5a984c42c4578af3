"""Gold and prediction side by side, each lost point on its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evals.page.accounts import Account
from evals.page.facts import Fact
from evals.page.links import Links
from evals.page.wording import MUST, cost_of, field_of, outcome_of, shortened
from evals.report import Part, Point
from summarizer.html import Markup, element, joined

_TITLES: tuple[tuple[Part, str], ...] = (("events", "Events"), ("statements", "Statements"), ("entities", "Entities"))


def sides(facts: Sequence[Fact], links: Links) -> Iterator[Markup]:
    """Every fact of a result, part by part, found before missed before made up; sound entities in a line."""
    for part, title in _TITLES:
        own = [fact for fact in facts if fact.part == part]
        sound = [fact for fact in own if _is_sound_name(fact)]
        for group, members in _groups([fact for fact in own if not _is_sound_name(fact)]):
            yield element("h3", f"{title} {group}")
            yield from (_fact(fact, links) for fact in members)
        yield from _sound(sound, links)


def _is_sound_name(fact: Fact) -> bool:
    return fact.part == "entities" and not fact.lost


def _groups(facts: Sequence[Fact]) -> Iterator[tuple[str, list[Fact]]]:
    groups = {
        "found": [fact for fact in facts if fact.found],
        "missed": [fact for fact in facts if not fact.given],
        "made up": [fact for fact in facts if fact.points and not fact.gold],
        "given": [fact for fact in facts if not fact.points and not fact.gold],
    }
    return ((name, members) for name, members in groups.items() if members)


def _fact(fact: Fact, links: Links) -> Markup:
    heads = (_head(name, side, fact, links) for name, side in (("gold", fact.gold), ("prediction", fact.given)))
    head = element("tr", element("th", *_toll(fact), scope="col"), *heads)
    return element(
        "table",
        element("thead", head),
        element("tbody", *_rows(fact, links)),
        class_="pair",
        id=f"{links.result}-{fact.key}",
    )


def _toll(fact: Fact) -> Iterator[str]:
    """What the fact cost, or why it cost nothing."""
    if fact.unscored:
        yield element("span", fact.unscored, class_="quiet")
    elif fact.lost:
        yield cost_of(fact.cost)
        yield element("span", f" {len(fact.lost)} of {len(fact.points)} slots", class_="quiet")
        if fact.must and not fact.found:
            yield joined([" ", MUST])
    else:
        yield element("span", "all right", class_="outcome correct")


def _head(name: str, side: Account | None, fact: Fact, links: Links) -> Markup:
    if side is None:
        lack = "not found" if fact.gold else fact.unscored or "not in gold"
        return element("th", element("span", lack, class_="quiet"), scope="col")
    ref = "" if side.ref == side.told else f" {side.ref}"  # an entity's name is what is told
    label = element("span", f"{name}{ref}", class_=f"{_SAMPLE[name]} sample")
    told = links.to(side.told, fact)
    return element("th", element("span", label, " ", side.kind, class_="kind"), " ", told, scope="col", dir="auto")


_SAMPLE = {"gold": "gold", "prediction": "given"}


def _rows(fact: Fact, links: Links) -> Iterator[Markup]:
    """A row for each slot that was lost; those of one outcome, right or of a fact that one side lacks, share a row."""
    if fact.found:
        for point in fact.lost:
            yield element("tr", _field(point, fact), *_values(point, fact, links))
    alike = [point for point in fact.points if not point.lost] if fact.found else fact.points
    if alike:
        each = [" ", element("span", cost_of(alike[0].cost), " each", class_="quiet")] if alike[0].lost else []
        outcome = element("th", outcome_of(alike[0]), *each, scope="row")
        slots = element("td", *_slots(alike, fact, links), colspan="2")
        yield element("tr", outcome, slots)


def _field(point: Point, fact: Fact) -> Markup:
    must = [" ", MUST] if point.field in fact.must else []
    return element("th", element("span", field_of(point), class_="field"), " ", cost_of(point.cost), *must, scope="row")


def _values(point: Point, fact: Fact, links: Links) -> Iterator[Markup]:
    """Gold's value, and what was given for it with what is wrong with it."""
    nothing = element("span", "–", class_="quiet")
    yield element("td", nothing if point.gold is None else links.to(point.gold, fact, point), dir="auto")
    given = [] if point.predicted is None else [links.to(point.predicted, fact, point), " "]
    yield element("td", *given, outcome_of(point), dir="auto")


def _slots(points: Iterable[Point], fact: Fact, links: Links) -> Iterator[str]:
    for point in points:
        name = element("span", field_of(point), class_="field")
        value = shortened(point.gold or point.predicted or "")
        yield element("span", name, " ", links.to(value, fact, point), class_="slot")
        yield " "


def _sound(entities: Sequence[Fact], links: Links) -> Iterator[Markup]:
    """Entities that lost nothing: all right, or without points since optional facts alone name them."""
    for title, own in (
        ("Entities all right", [fact for fact in entities if fact.points]),
        ("Entities that were not scored", [fact for fact in entities if not fact.points]),
    ):
        if own:
            yield element("h3", title)
            yield element("ul", *(element("li", links.to(fact.name, fact)) for fact in own), class_="names")
