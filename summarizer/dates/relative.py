"""The rules for what is counted in days, weeks, months and years: from publication, or from an event."""

from __future__ import annotations

import re
from datetime import date, timedelta

from summarizer.dates.counting import Frame, Rule
from summarizer.dates.iso import iso_days, iso_year
from summarizer.dates.units import date_or_none, months_on, unit_at, weekend
from summarizer.dates.words import DAY_TIMES

# ----------------------------------------------------------------------------------------------------- near publication

_NEAR_DAYS = {
    "today": 0,
    "tonight": 0,
    "this": 0,
    "yesterday": -1,
    "last": -1,
    "tomorrow": 1,
    "day before yesterday": -2,
    "day after tomorrow": 2,
}


def _near_day(found: re.Match[str], frame: Frame) -> str | None:
    return (frame.day + timedelta(_NEAR_DAYS[found["near"]])).isoformat() if frame.day else None


def _overnight(found: re.Match[str], frame: Frame) -> str | None:
    """The night that ended on the day of publication, or the one that begins on it."""
    if not frame.day:
        return None
    night = frame.day if frame.forward else frame.day - timedelta(1)
    return iso_days(night, night + timedelta(1))


def _part_of_unit(found: re.Match[str], frame: Frame) -> str | None:
    """Earlier this week: from Monday to the day before publication; later this week: from the day after to Sunday."""
    if not frame.day:
        return None
    unit, day = found["unit"], frame.day
    if unit != "week":
        return unit_at(unit, day, 0)
    monday, sunday = day - timedelta(day.weekday()), day + timedelta(6 - day.weekday())
    if found["part"] == "earlier":
        return iso_days(monday, max(monday, day - timedelta(1)))
    return iso_days(min(sunday, day + timedelta(1)), sunday)


_STEPS = {
    "last": -1,
    "past": -1,
    "this past": -1,
    "next": 1,
    "coming": 1,
    "this coming": 1,
    "this": 0,
    "current": 0,
    "": 0,
}
_FROM_EVENT = {"same": 0, "very same": 0, "that": 0, "next": 1, "following": 1, "previous": -1, "preceding": -1}


def _this_unit(found: re.Match[str], frame: Frame) -> str | None:
    which, unit = found["which"] or "", found["unit"]
    if unit == "day" or (which in _FROM_EVENT and which != "next"):
        return unit_at(unit, frame.event, _FROM_EVENT[which]) if frame.event and which in _FROM_EVENT else None
    if not frame.day:
        return None
    if unit == "weekend":
        return weekend(frame.day, _weekend_steps(which, frame))
    return unit_at(unit, frame.day, _STEPS[which])


def _weekend_steps(which: str, frame: Frame) -> int:
    """Weeks from this week's weekend to the one meant: the one behind until it has begun, or the one ahead."""
    assert frame.day is not None
    if which.endswith("coming"):
        return 0 if frame.day.weekday() < 5 else 1
    if which in ("last", "past", "this past", "next"):
        return _STEPS[which]
    if frame.forward or frame.day.weekday() >= 5:
        return 0
    return 0 if which == "this" and frame.tense is None and frame.day.weekday() >= 3 else -1


# -------------------------------------------------------------------------------------------------------- so many units


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 1


def _counted(found: re.Match[str], day: date | None, sign: int) -> str | None:
    """So many units from a day, as precise as the unit: days a day, weeks a week, months a month, years a year."""
    if day is None:
        return None
    count, unit = sign * _number(found["count"]), found["unit"]
    if "half" in found.groupdict() and found["half"]:
        return unit_at("month", day, 12 * count + 6 * sign) if unit == "year" else None
    if unit == "hour":
        whole, rest = divmod(count, 24)
        return iso_days(day + timedelta(whole), day + timedelta(whole + bool(rest)))
    return unit_at("year", day, 10 * count) if unit == "decade" else unit_at(unit, day, count)


def _ago(found: re.Match[str], frame: Frame) -> str | None:
    return _counted(found, frame.day, -1)


def _ago_today(found: re.Match[str], frame: Frame) -> str | None:
    """Five years ago today: the very day."""
    if not frame.day:
        return None
    count, unit = _number(found["count"]), found["unit"]
    if unit == "week":
        return (frame.day - timedelta(weeks=count)).isoformat()
    month = months_on(frame.day, -count * {"month": 1, "year": 12, "decade": 120}.get(unit, 0))
    same = date_or_none(month.year, month.month, frame.day.day)
    return same.isoformat() if same and unit in ("month", "year", "decade") else None


def _from_now(found: re.Match[str], frame: Frame) -> str | None:
    return _counted(found, frame.day, 1)


def _in_units(found: re.Match[str], frame: Frame) -> str | None:
    """In two weeks: ahead if the clause is; in the past it is a length ("finished in two weeks")."""
    return _counted(found, frame.day, 1) if frame.tense == "future" else None


def _from_event(found: re.Match[str], frame: Frame) -> str | None:
    return _counted(found, frame.event, 1 if found["way"] in ("later", "after", "on") else -1)


def _beside_event(found: re.Match[str], frame: Frame) -> str | None:
    """The day before, a year later: counted from an event."""
    ahead = found["way"] in ("after", "later")
    return unit_at(found["unit"], frame.event, 1 if ahead else -1) if frame.event else None


# -------------------------------------------------------------------------------------------------- terms and stretches


def _within(found: re.Match[str], frame: Frame) -> str | None:
    """The end of the term, if its start is known: an event, or "the next" counted from publication."""
    start = frame.day if found["next"] else frame.event
    if start is None:
        return None
    count, unit = _number(found["count"]), found["unit"]
    if unit == "hour":
        return (start + timedelta(-(-count // 24))).isoformat()
    if unit == "week":
        return (start + timedelta(weeks=count)).isoformat()
    return unit_at(unit, start, count) if unit in ("day", "month", "year") else None


def _units_around(found: re.Match[str], frame: Frame) -> str | None:
    """The past 30 days, the next two years: an interval with one end on the day of publication."""
    if not frame.day:
        return None
    count, unit = _number(found["count"]), found["unit"]
    if found["which"] in ("last", "past"):
        return _last_units(count, unit, frame.day)
    far = _far_end(count, unit, frame.day)
    return f"{_same_precision(frame.day, far)}/{far}" if far else None


def _last_units(count: int, unit: str, day: date) -> str | None:
    far = _far_end(-count, unit, day)
    return f"{far}/{_same_precision(day, far)}" if far else None


def _far_end(count: int, unit: str, day: date) -> str | None:
    if unit in ("week", "fortnight", "hour"):
        return (day + timedelta(count * {"week": 7, "fortnight": 14, "hour": 1 / 24}[unit])).isoformat()
    if unit == "decade":
        return iso_year(day.year + 10 * count)
    return unit_at(unit, day, count) if unit in ("day", "month", "year") else None


def _same_precision(day: date, value: str) -> str:
    return day.isoformat()[: len(value)]


# ------------------------------------------------------------------------------------------------------------ the rules

_N = r"(?P<count>\d{1,4}|an?)"
_UNIT = r"(?P<unit>minute|hour|day|week|weekend|fortnight|month|quarter|year|decade)"
_U = rf"{_UNIT}s?"
_PART = r"(?P<part>earlier|later) (?:in )?(?:this|the) (?P<unit>week|month|quarter|year|decade)"
_WHICH = r"(?P<which>(?:this )?(?:past|coming)|this|last|next|current|same|very same|that|following|previous|preceding)"

RELATIVE: tuple[tuple[str, Rule], ...] = (
    (r"(?P<near>today|tonight|yesterday|tomorrow|day before yesterday|day after tomorrow)", _near_day),
    (rf"(?P<near>this|last) (?:{DAY_TIMES})", _near_day),
    (r"overnight", _overnight),
    (_PART, _part_of_unit),
    (rf"(?:{_WHICH} )?{_UNIT}", _this_unit),
    (rf"{_N}(?P<half> and a half)? {_U} ago", _ago),
    (rf"(?P<count>an?) {_U}(?P<half> and a half) ago", _ago),
    (rf"{_N} {_U} ago today", _ago_today),
    (rf"(?:in )?{_N} {_U} (?:time|hence|from (?:now|today))", _from_now),
    (rf"in {_N} {_U}", _in_units),
    (rf"{_N} {_U} (?P<way>later|after|on|earlier|before|previously)", _from_event),
    (rf"{_UNIT} (?P<way>before|after|earlier|later)", _beside_event),
    (rf"within (?:(?P<next>(?:the )?(?:next|coming)) )?{_N} {_U}", _within),
    (rf"(?P<which>last|past|next|coming) {_N} {_U}", _units_around),
)
"""What an expression that counts looks like once it is regular, and its rule."""
