"""What a change is: facts replaced, left out or added in a summary's raw data; and the summary that then stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from summarizer import Article, EventSummary

Raw = dict[str, Any]  # a summary as `model_dump(mode="json")` gives it; `numbered` says in which way it may differ
Fields = Mapping[str, Any]
Part = Literal["events", "statements", "entities", "prose"]
SALIENCES = ("main", "secondary", "background")


@dataclass(frozen=True, slots=True)
class Change:
    """One fact changed: `at` is its place in its list; without a place it is added, without fields left out.

    Of the part `prose` the fields are the summary's own (headline, summary, contexts).
    """

    part: Part
    at: int | None
    fields: Fields | None

    @property
    def where(self) -> str:
        """The fact in words: "e2", "s1", "n3" for the third entity, "prose", or "new" for one that is added.

        >>> Change("events", 1, {"mode": None}).where
        'e2'
        """
        if self.part == "prose":
            return "prose"
        return "new" if self.at is None else f"{'n' if self.part == 'entities' else self.part[0]}{self.at + 1}"

    def meets(self, other: Change) -> bool:
        """Whether the two touch the same field of the same fact.

        >>> dropped = Change("events", 1, None)
        >>> dropped.meets(Change("events", 1, {"mode": None})), dropped.meets(Change("events", None, {}))
        (True, False)
        """
        if (self.part, self.at) != (other.part, other.at) or (self.at is None and self.part != "prose"):
            return False
        return self.fields is None or other.fields is None or bool(self.fields.keys() & other.fields.keys())


Changes = tuple[Change, ...]


def raw_of(summary: EventSummary) -> Raw:
    """The summary's raw data, free to be changed."""
    return summary.model_dump(mode="json")


def changed(raw: Raw, changes: Iterable[Change]) -> Raw:
    """The raw data with the changes made. Facts keep their places: one that is left out leaves None behind."""
    new = {**raw, **{part: list(raw[part]) for part in ("events", "statements", "entities")}}
    for change in changes:
        if change.part == "prose":
            new.update(change.fields or {})
        elif change.at is None:
            new[change.part].append(dict(change.fields or {}))
        else:
            new[change.part][change.at] = _replaced(new[change.part][change.at], change.fields)
    return new


def _replaced(fact: Raw | None, fields: Fields | None) -> Raw | None:
    """A fact with fields replaced. One whose words are replaced without saying where they stand is to be found anew."""
    if fact is None or fields is None:
        return None
    moved = ("start", "end") if "text" in fields and "start" not in fields else ()
    return {key: value for key, value in {**fact, **fields}.items() if key not in moved}


def numbered(raw: Raw) -> Raw:
    """Raw data that validation takes: no gaps, events in order of salience, ids running on, links following.

    What pointed at an event that is gone points nowhere: its links are left out, its statements are about nothing.
    """
    events = [event for event in raw["events"] if event is not None]
    events.sort(key=lambda event: SALIENCES.index(event["salience"]))
    ids = {event["id"]: f"e{at}" for at, event in enumerate(events, 1)}
    return {
        **raw,
        "events": [
            {**event, "id": f"e{at}", "links": _followed(event["links"], ids)} for at, event in enumerate(events, 1)
        ],
        "statements": [{**said, "about": ids.get(said["about"])} for said in raw["statements"] if said is not None],
        "entities": [entity for entity in raw["entities"] if entity is not None],
    }


def _followed(links: Iterable[Raw], ids: Mapping[str, str]) -> list[Raw]:
    return [{**link, "event": ids[link["event"]]} for link in links if link["event"] in ids]


def standing(raw: Raw, article: Article) -> EventSummary:
    """The summary that changed raw data make, grounded in its article.

    Raises pydantic.ValidationError if the schema refuses it.
    """
    return EventSummary.grounded(numbered(raw), article)
