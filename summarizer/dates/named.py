"""The rules for what the calendar names: days, months, weekdays, quarters, decades, centuries and seasons."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta

from summarizer.dates.counting import Frame, Rule, pick
from summarizer.dates.iso import ISO_DATE, is_iso, iso_month, iso_year
from summarizer.dates.patterns import alternatives
from summarizer.dates.units import date_or_none, day_of_week, months_on, quarter
from summarizer.dates.words import MONTHS, ORDINALS, TEN_YEARS, WEEKDAYS

# ------------------------------------------------------------------------------------------------------ days and months


def _iso_written(found: re.Match[str], frame: Frame) -> str | None:
    """An ISO date as it stands; null for 2011-12, which may as well be a season of two years."""
    value = found["value"]
    two_years = len(value) == 7 and int(value[5:]) == int(value[2:4]) + 1
    return value if is_iso(value) and not two_years else None


def _numeric(found: re.Match[str], frame: Frame) -> str | None:
    """04/28/2025 and 28/04/2025; null where both readings are dates (03/04/2025)."""
    first, second, year = (int(part) for part in found.groups())
    orders = ((first, second), (second, first))
    readings = {date_or_none(year, month, day) for month, day in orders if 1 <= month <= 12 and day >= 1} - {None}
    return str(readings.pop()) if len(readings) == 1 else None


def _year_number(text: str | None, frame: Frame) -> int | None:
    """The year of "2014", "last year", "that year"; None if it tells or knows none."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    which = text.split()[-2]
    day = frame.day if which in ("this", "last", "next") else frame.event
    steps = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(which, 0)
    return day.year + steps if day else None


def _on_a_date(found: re.Match[str], frame: Frame) -> str | None:
    month, day = MONTHS[found["month"]], int(found["day"])
    if found["year"]:
        year = _year_number(found["year"], frame)
        exact = date_or_none(year, month, day) if year else None
        return exact.isoformat() if exact else None
    if frame.day is None:
        return None
    # Eight years on either side, for a February 29 across 1900 or 2100.
    around = [date_or_none(frame.day.year + step, month, day) for step in range(-8, 9)]
    chosen = pick(_on_weekday([one for one in around if one], found["weekday"], frame.day.year), frame)
    return chosen.isoformat() if chosen else None


def _on_weekday(candidates: list[date], weekday: str | None, year: int) -> list[date]:
    """Those that fall on the weekday that the text names too; all, if it names none or errs about it."""
    if not weekday:
        return candidates
    close = [day for day in candidates if abs(day.year - year) <= 1 and day.weekday() == WEEKDAYS[weekday]]
    return close or candidates


def _in_a_month(found: re.Match[str], frame: Frame) -> str | None:
    month = MONTHS[found["month"]]
    if found["year"]:
        year = _year_number(found["year"], frame)
        return f"{year:04}-{month:02}" if year else None
    day = frame.day
    if day is None:
        return None
    if found["which"] == "this":
        return f"{day.year:04}-{month:02}"
    if step := {"last": -1, "past": -1, "next": 1, "coming": 1}.get(found["which"], 0):
        day = months_on(day, step)
        frame = replace(frame, day=day, forward=step > 0, slack=0)
    chosen = pick([_nearest_of_month(day.year + step, month, day) for step in (-1, 0, 1)], frame)
    return iso_month(chosen) if chosen else None


def _nearest_of_month(year: int, month: int, day: date) -> date:
    """The day of a month that lies nearest to ``day``: itself if it lies within, so that "in March" may be now."""
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return min(max(day, first), last)


# ------------------------------------------------------------------------------------------------------------- weekdays


def _weekday(found: re.Match[str], frame: Frame) -> str | None:
    wanted, which = WEEKDAYS[found["weekday"]], found["which"] or ""
    if which in ("following", "previous", "preceding"):
        if frame.event is None:
            return None
        frame, which = replace(frame, day=frame.event), "coming" if which == "following" else "past"
    if frame.day is None:
        return None
    if week := found["week"]:
        return day_of_week(frame.day, wanted, {"last": -1, "next": 1}.get(week, 0)).isoformat()
    return _weekday_from(frame.day, wanted, which.removeprefix("this "), frame).isoformat()


def _weekday_from(day: date, wanted: int, which: str, frame: Frame) -> date:
    back, ahead = (day.weekday() - wanted) % 7, (wanted - day.weekday()) % 7
    if which in ("last", "past"):
        return day - timedelta(back or 7)
    if which == "coming":
        return day + timedelta(ahead or 7)
    if which == "next":
        return day_of_week(day, wanted, 1)
    if which == "this" and frame.tense is None and not frame.forward:
        return day_of_week(day, wanted, 0)
    return day + timedelta(ahead) if frame.forward else day - timedelta(back)


# ----------------------------------------------------------------------------------------------------- longer than that


def _quarter_named(found: re.Match[str], frame: Frame) -> str | None:
    name = found["ordinal"] or found["short"]
    number = 4 if name in ("last", "final") else int(name[0]) if name[0].isdigit() else ORDINALS[name]
    year = _year_number(found["year"], frame)
    if found["year"]:
        return quarter(date(year, 3 * number - 2, 1)) if year else None
    if not frame.day or name == "last":
        return None
    around = [date(frame.day.year + step, 3 * number - 2, 1) for step in (-1, 0, 1)]
    chosen = pick([min(max(frame.day, first), months_on(first, 3) - timedelta(1)) for first in around], frame)
    return quarter(chosen) if chosen else None


def _decade(found: re.Match[str], frame: Frame) -> str | None:
    """The 1990s; "the 90s" and "the nineties" are the latest that have begun by the day of publication."""
    word = found["decade"]
    first = int(word) if word.isdigit() else 10 * TEN_YEARS.index(word) + 20
    if first < 100:
        if not frame.day:
            return None
        first += frame.day.year // 100 * 100
        first -= 100 if first > frame.day.year else 0
    return f"{first:04}/{first + (99 if first % 100 == 0 and first != 2000 else 9):04}"


def _century(found: re.Match[str], frame: Frame) -> str | None:
    name = found["ordinal"]
    digits = re.match(r"\d+", name)
    number = int(digits.group()) if digits else ORDINALS[name]
    return f"{100 * number - 99:04}/{100 * number:04}" if 1 <= number <= 99 else None


def _season(found: re.Match[str], frame: Frame) -> str | None:
    """A year, or two where it may be either: which months a season has depends on the hemisphere."""
    year = _year_number(found["year"], frame)
    if found["year"]:
        return iso_year(year) if year else None
    if not frame.day or not found["which"]:
        return None
    year, warm = frame.day.year, found["season"] in ("summer", "autumn", "fall")
    if found["which"] == "this":
        return iso_year(year) if found["season"] != "winter" else None
    if found["which"] == "next":
        return f"{year:04}/{year + 1:04}"
    return iso_year(year - 1) if warm and frame.day.month < 6 else f"{year - 1:04}/{year:04}"


# ------------------------------------------------------------------------------------------------------------ the rules

_M = rf"(?P<month>{alternatives(MONTHS)})"
_W = rf"(?P<weekday>{alternatives(WEEKDAYS)})"
_D = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_Y = r"(?P<year>\d{4}|(?:the )?(?:this|last|next|same|that|previous|following) year)"
_WHICH_DAY = r"(?P<which>last|next|this|(?:this )?(?:coming|past)|following|previous|preceding)"
_QUARTER = r"(?:(?P<ordinal>first|second|third|fourth|[1-4](?:st|nd|rd|th)|last|final) quarter|q(?P<short>[1-4]))"
_CENTURY = rf"(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|{alternatives(ORDINALS)}) century"

NAMED: tuple[tuple[str, Rule], ...] = (
    (rf"(?P<value>{ISO_DATE}(?:/{ISO_DATE})?)(?:t[\d:.]+z?(?:[+-]\d\d:?\d\d)?)?", _iso_written),
    (r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", _numeric),
    (rf"(?:{_W} )?(?:the )?{_M} (?:the )?{_D}(?: (?:of )?{_Y})?", _on_a_date),
    (rf"(?:{_W} )?(?:the )?{_D} (?:of )?{_M}(?: (?:of )?{_Y})?", _on_a_date),
    (rf"(?:(?P<which>last|past|next|coming|this) )?{_M}(?: (?:of )?{_Y})?", _in_a_month),
    (rf"(?:{_WHICH_DAY} )?{_W}(?: (?:of )?(?P<week>last|this|next) week)?", _weekday),
    (rf"{_QUARTER}(?: (?:of )?(?:the )?{_Y})?", _quarter_named),
    (rf"(?P<decade>(?:1\d|20)?\d0(?=s)|{alternatives(TEN_YEARS)})s?", _decade),
    (_CENTURY, _century),
    (rf"(?:(?P<which>this|last|next) )?(?P<season>spring|summer|autumn|fall|winter)(?: (?:of )?{_Y})?", _season),
)
"""What an expression of the calendar looks like once it is regular, and its rule."""
