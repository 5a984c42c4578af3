"""The calendar's units: the day, week, month, quarter, year or decade that lies so many steps from a day's own."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from summarizer.dates.iso import iso_days, iso_month, iso_year


def date_or_none(year: int, month: int, day: int) -> date | None:
    """The day, if the calendar has it.

    >>> date_or_none(2024, 2, 29), date_or_none(2025, 2, 29)
    (datetime.date(2024, 2, 29), None)
    """
    return date(year, month, day) if 1 <= year <= 9999 and day <= calendar.monthrange(year, month)[1] else None


def months_on(day: date, months: int) -> date:
    """The first day of the month that lies so many months on (or back).

    >>> months_on(date(2025, 4, 7), -5).isoformat()
    '2024-11-01'
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def day_of_week(day: date, weekday: int, weeks: int) -> date:
    """The day with that weekday (Monday is 0) in the week that lies so many weeks from the one that holds ``day``.

    >>> day_of_week(date(2025, 4, 7), 4, 1).isoformat()
    '2025-04-18'
    """
    return day + timedelta(weekday - day.weekday(), weeks=weeks)


def weekend(day: date, weeks: int = 0) -> str:
    """Saturday and Sunday of the week that lies so many weeks from the one that holds ``day``.

    >>> weekend(date(2025, 4, 7), -1)
    '2025-04-05/2025-04-06'
    """
    saturday = day_of_week(day, 5, weeks)
    return iso_days(saturday, saturday + timedelta(1))


def quarter(day: date, quarters: int = 0) -> str:
    """The three months of the quarter that lies so many quarters from the one that holds ``day``.

    >>> quarter(date(2025, 4, 7), -1)
    '2025-01/2025-03'
    """
    first = months_on(date(day.year, 3 * ((day.month - 1) // 3) + 1, 1), 3 * quarters)
    return f"{iso_month(first)}/{iso_month(months_on(first, 2))}"


def unit_at(unit: str, day: date, steps: int) -> str | None:
    """The calendar day, week, month … that lies so many steps from the one that holds ``day``; None for an hour.

    >>> unit_at("week", date(2025, 4, 7), -1), unit_at("year", date(2025, 4, 7), 2)
    ('2025-03-31/2025-04-06', '2027')
    """
    makers: dict[str, Callable[[], str | None]] = {
        "day": lambda: (day + timedelta(steps)).isoformat(),
        "week": lambda: _week(day, steps),
        "weekend": lambda: weekend(day, steps),
        "fortnight": lambda: _week(day, 2 * steps),
        "month": lambda: iso_month(months_on(day, steps)),
        "quarter": lambda: quarter(day, steps),
        "year": lambda: iso_year(day.year + steps),
        "decade": lambda: _years(day, 10, steps),
    }
    return makers[unit]() if unit in makers else None


def _week(day: date, weeks: int) -> str:
    monday = day_of_week(day, 0, weeks)
    return iso_days(monday, monday + timedelta(6))


def _years(day: date, size: int, steps: int) -> str:
    first = day.year // size * size + steps * size
    return f"{first:04}/{first + size - 1:04}"
