"""From a time expression, as the article writes it, to its value and bound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from summarizer.dates.counting import Tense, frame_of
from summarizer.dates.intervals import interval
from summarizer.dates.prepositions import Bound, without_preposition
from summarizer.dates.regular import plain, without_hours
from summarizer.dates.rules import value_of

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Resolved:
    """A date as the schema writes it: ``value`` in ISO 8601 or null, ``bound`` how the event lies to it."""

    value: str | None
    bound: Bound


def resolve(text: str, published: date | None, *, tense: Tense | None = None, event: date | None = None) -> Resolved:
    """The value and the bound of a time expression, as the article writes it, with its preposition.

    ``published`` is the day from which relative expressions count, ``event`` the day of the event from which "two days
    later" or "the same day" count. ``tense`` is that of the clause whose time it is, None where the caller does not
    know it or the clause is an infinitive. Nothing raises: text that is no time expression has the value None.

    >>> monday = date(2025, 4, 7)
    >>> resolve("on Monday", monday)
    Resolved(value='2025-04-07', bound='on')
    >>> resolve("by April 14", monday)
    Resolved(value='2025-04-14', bound='by')
    >>> resolve("between 6 and 31 October 2021", None)
    Resolved(value='2021-10-06/2021-10-31', bound='on')
    >>> resolve("on Monday", None), resolve("two days later", monday, event=date(2014, 3, 1)).value
    (Resolved(value=None, bound='on'), '2014-03-03')
    """
    if len(text) > _LONGEST:
        return Resolved(None, "on")
    regular = plain(text)
    try:
        return _resolve(regular, published, tense, event) or _unresolved(regular, tense)
    except (ValueError, OverflowError):  # a date off the calendar: "5000 years ago"
        return _unresolved(regular, tense)


def _resolve(regular: str, published: date | None, tense: Tense | None, event: date | None) -> Resolved | None:
    for text in dict.fromkeys((regular, without_hours(regular))):
        if text.startswith(("in ", "within ")):  # here the preposition is a part of the expression
            bound: Bound = "by" if text.startswith("within ") else "on"
            if value := value_of(text, frame_of(published, tense, bound=bound, look=0, event=event)):
                return Resolved(value, bound)
        rest, bound, look = without_preposition(text)
        if value := value_of(rest, frame_of(published, tense, bound=bound, look=look, event=event)):
            return Resolved(value, _bound(regular, tense))
        if value := interval(rest, frame_of(published, tense, bound="on", look=0, event=event)):
            return Resolved(value, "on")
    return None


def _unresolved(regular: str, tense: Tense | None) -> Resolved:
    return Resolved(None, "by" if regular.startswith("within") else _bound(regular, tense))


def _bound(regular: str, tense: Tense | None) -> Bound:
    return "from" if regular.startswith("as of") and tense == "future" else without_preposition(regular)[1]
