"""All rules in their order, and those for a part of another expression: an edge, half a year, a day with a name."""

from __future__ import annotations

import re
from functools import cache

from summarizer.dates.counting import Frame, Rule
from summarizer.dates.iso import extent, iso_days
from summarizer.dates.named import NAMED
from summarizer.dates.patterns import alternatives, compiled
from summarizer.dates.prepositions import without_fillers
from summarizer.dates.relative import RELATIVE
from summarizer.dates.words import FIXED_DAYS, MONTH_NAMES


def value_of(text: str, frame: Frame) -> str | None:
    """The value of one regular expression without its preposition: the first rule that fits and knows.

    >>> frame = Frame(day=None, forward=False, slack=0, tense=None, bound="on", event=None)
    >>> value_of("early 2016", frame), value_of("end of april 2025", frame), value_of("yesterday", frame)
    ('2016', '2025-04-30', None)
    """
    for candidate in dict.fromkeys((text, without_fillers(text))):
        for pattern, rule in _rules():
            if (found := pattern.fullmatch(candidate)) and (value := rule(found, frame)):
                return value
    return None


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    return tuple((compiled(pattern, re.ASCII), rule) for pattern, rule in (*NAMED, *RELATIVE, *_PARTS))


def _edge(found: re.Match[str], frame: Frame) -> str | None:
    """The end of X is its last day; its start the first day where something runs from or to it, else X itself."""
    if found["inner"] in ("the day", "day"):
        return frame.day.isoformat() if frame.day else None
    inner = value_of(found["inner"], frame)
    if inner is None or found["edge"] in ("middle", "mid", "halfway through"):
        return inner
    first, last = extent(inner)
    if found["edge"] in ("rest", "remainder"):
        return iso_days(frame.day, last) if frame.day and frame.day <= last else None
    if found["edge"] in ("start", "beginning", "turn"):
        return inner if frame.bound == "on" else first.isoformat()
    return last.isoformat()


def _half_year(found: re.Match[str], frame: Frame) -> str | None:
    """Half a year is an interval of months; half of anything shorter stays the whole."""
    whole = value_of(found["inner"], frame)
    if whole is None or len(whole) != 4:
        return whole
    return f"{whole}-01/{whole}-06" if found["which"] == "first" else f"{whole}-07/{whole}-12"


def _fixed_day(found: re.Match[str], frame: Frame) -> str | None:
    month, day = FIXED_DAYS[found["fixed"]]
    written = f"{MONTH_NAMES[month - 1]} {day}" + (f" {found['year']}" if found["year"] else "")
    return value_of(written, frame)


_EDGE = r"(?P<edge>end|close|start|beginning|turn|middle|mid|rest|remainder) of (?P<inner>.{3,40})"
_PARTS: tuple[tuple[str, Rule], ...] = (
    (rf"(?:very )?{_EDGE}", _edge),
    (r"(?P<inner>year|month) (?P<edge>end)", _edge),
    (r"(?P<which>first|second|latter) half of (?P<inner>.{3,40})", _half_year),
    (rf"(?P<fixed>{alternatives(FIXED_DAYS)})(?: (?P<year>\d{{4}}))?", _fixed_day),
)
