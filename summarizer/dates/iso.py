"""ISO 8601 values: a day, a month, a year, or an interval from one of them to another."""

from __future__ import annotations

import calendar
import re
from datetime import date

from summarizer.dates.patterns import compiled

ISO_DATE = r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?"
"""What looks like a year, a month or a day; `is_iso` knows whether the calendar has it."""
_ISO = r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?"


def extent(value: str) -> tuple[date, date]:
    """The first and the last day that an ISO value covers; ValueError if it is none.

    >>> [day.isoformat() for day in extent("2024-02")]
    ['2024-02-01', '2024-02-29']
    >>> [day.isoformat() for day in extent("2021/2022-03-04")]
    ['2021-01-01', '2022-03-04']
    """
    first, slash, second = value.partition("/")
    start, end = _extent_of_one(first)
    if not slash:
        return start, end
    later_start, later_end = _extent_of_one(second)
    if later_start < start or later_end < end:
        raise ValueError("an interval must not end before it begins")
    return start, later_end


def _extent_of_one(value: str) -> tuple[date, date]:
    found = compiled(_ISO, re.ASCII).fullmatch(value)
    if not found:
        raise ValueError("not an ISO 8601 date of the precision year, month or day")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    start = date(year, month or 1, day or 1)
    if day:
        return start, start
    return start, date(year, month or 12, calendar.monthrange(year, month or 12)[1])


def is_iso(value: str) -> bool:
    """Whether a value is YYYY, YYYY-MM, YYYY-MM-DD or an interval of two of them, on the calendar and in order.

    >>> is_iso("2024-02-29"), is_iso("2023-02-29"), is_iso("2021-10/2021-11"), is_iso("2022/2021"), is_iso("2022-W07")
    (True, False, True, False, False)
    """
    try:
        extent(value)
    except ValueError:
        return False
    return True


def iso_days(first: date, last: date) -> str:
    """The value of the days from the first to the last; one day where they are the same.

    >>> iso_days(date(2025, 4, 7), date(2025, 4, 9)), iso_days(date(2025, 4, 7), date(2025, 4, 7))
    ('2025-04-07/2025-04-09', '2025-04-07')
    """
    return first.isoformat() if first == last else f"{first}/{last}"


def iso_month(day: date) -> str:
    """The value of the month that holds a day.

    >>> iso_month(date(2025, 4, 7))
    '2025-04'
    """
    return day.isoformat()[:7]


def iso_year(number: int) -> str | None:
    """The value of a year; None if the calendar does not reach so far.

    >>> iso_year(814), iso_year(-44)
    ('0814', None)
    """
    return f"{number:04}" if 1 <= number <= 9999 else None
