"""When was it? Time expressions found in running text and resolved to ISO 8601 values of honest precision.

Precision is never invented (rule 11 of the schema), and what cannot be known is null. Said on Monday, 28 February 2022:

====================================  =======================  ==============================================
what the article writes               value                    why
====================================  =======================  ==============================================
on Monday; Monday; earlier Monday     2022-02-28               the most recent such day, this very day too
on Friday                             2022-02-25               back by default, 2022-03-04 if ``tense="future"``
by Friday, until Friday               2022-03-04               the expression itself looks ahead
last Monday; next Friday              2022-02-21; 2022-03-11   strictly before; in the next calendar week
by March 7; in October                2022-03-07; 2021-10      the nearest, the past before a distant future
early in 2016; early March            2016; 2022-03            "early" tells no day
last month; 18 months ago             2022-01; 2020-08         a month
three years ago; two days ago         2019; 2022-02-26         a year; a day
last week; two weeks ago              2022-02-21/2022-02-27    ISO 8601 without weeks: the week from Monday to Sunday
earlier this week (said on a Friday)  from Monday to Thursday  to the day before publication
earlier this month                    2022-02                  a month or a year has a reduced form of its own
by the end of the month               2022-02-28               its last day, bound ``by``
the spring of 2019                    2019                     a season's months depend on the hemisphere
the third quarter; the 1990s          2021-07/2021-09;         an interval
                                      1990/1999
the past 30 days                      2022-01-29/2022-02-28    an interval that ends on the day of publication
over 18 months ago                    2020-08, bound ``by``    no later than then
in two weeks                          null                     ahead only with ``tense="future"``: it may be a span
several weeks ago; in recent days     null                     no number, no date
two days later; the same day          null                     counted from an event: give it as ``event``
recently; later; now; at 5 p.m.       null                     no date
====================================  =======================  ==============================================

Hours and time zones are ignored. An approximation ("around March 7") keeps the date that it names.
Lists with commas, Easter and other moving feasts, fiscal years and two-digit years are left alone.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

Bound = Literal["on", "by", "from", "until"]
Tense = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A date as the schema writes it: ``value`` in ISO 8601 or null, ``bound`` how the event lies to it."""

    value: str | None
    bound: Bound


# --------------------------------------------------------------------------------------------------- ISO 8601 values

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


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
    found = _ISO.fullmatch(value)
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


# ------------------------------------------------------------------------------------------------- words of the trade


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_MONTH_NAMES = _listed("january february march april may june july august september october november december")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}

_WEEKDAY_NAMES = _listed("monday tuesday wednesday thursday friday saturday sunday")
_WEEKDAYS = {name: number for number, name in enumerate(_WEEKDAY_NAMES)}
_WEEKDAYS |= {name[:3]: number for name, number in _WEEKDAYS.items()} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

_UNITS = _listed("""zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""")
_TENS = _listed("twenty thirty forty fifty sixty seventy eighty ninety")
_TEN_YEARS = tuple(word.removesuffix("y") + "ies" for word in _TENS)
_NUMBERS = {word: number for number, word in enumerate(_UNITS)}
_NUMBERS |= {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_ORDINAL_WORDS = _listed("""first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""")
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS, start=1)}

_FIXED_DAYS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year day": (1, 1),
    "new year eve": (12, 31),
}

# The preposition, the bound it sets, and which way it looks: ahead (1), back (-1) or wherever the tense does (0).
_PREPOSITIONS: tuple[tuple[str, Bound, int], ...] = (
    ("on or before|no later than|not later than|before|prior to|by", "by", 1),
    ("on or after|no earlier than|not before|as early as|as soon as|as from", "from", 1),
    ("with effect from|effective|starting|beginning|from", "from", 1),
    ("ever since|since", "from", -1),
    ("after", "from", 0),
    ("up until|until|till|up to|through", "until", 1),
    ("on or about|as of|throughout|during|between|around|about|over|for|on|in|at|of|to", "on", 0),
)
_FILLERS = (
    "at least|at the latest|the latest|sometime|some time|shortly|just|only|exactly|precisely|approximately|roughly"
    "|around|about|nearly|almost|early|late|earlier|later|mid|on|in|at|of|the"
)


def _alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first, so that "march" goes before "mar"."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


# ------------------------------------------------------------------------------------------------- counting from a day


@dataclass(frozen=True, slots=True)
class _Frame:
    """From which day, and which way, an expression counts.

    ``slack`` is how many days the nearer date may lie on the wrong side and still be meant: an article of February
    that tells no tense and says "on March 7" means the coming one, and "by March 7" on March 10 the past one.
    """

    day: date | None
    forward: bool
    slack: int
    tense: Tense | None
    bound: Bound
    event: date | None


_QUARTER_YEAR, _MONTH_LONG = 91, 31


def _frame(day: date | None, tense: Tense | None, bound: Bound, look: int, event: date | None) -> _Frame:
    forward, slack = tense == "future", 0
    if look > 0 and tense != "future":  # "was told to leave by March 7": the clause is past, its term is not
        forward, slack = tense is None, _QUARTER_YEAR if tense else _MONTH_LONG
    elif look < 0:
        forward = False
    elif tense is None:
        slack = _QUARTER_YEAR
    return _Frame(day, forward, slack, tense, bound, event)


def _pick(candidates: list[date], frame: _Frame) -> date | None:
    """Of several days the one that is meant: the nearest on the frame's side, unless the other is near enough."""
    assert frame.day is not None
    behind = max((day for day in candidates if day <= frame.day), default=None)
    ahead = min((day for day in candidates if day >= frame.day), default=None)
    wanted, other = (ahead, behind) if frame.forward else (behind, ahead)
    if wanted is None or other is None:
        return wanted or other
    near = abs(other - frame.day) < min(abs(wanted - frame.day), timedelta(frame.slack + 1))
    return other if near else wanted


def _days(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first}/{last}"


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _year(number: int) -> str | None:
    return f"{number:04}" if 1 <= number <= 9999 else None


def _months_on(day: date, months: int) -> date:
    """The first day of the month that lies so many months on (or back)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _week(day: date, weeks: int = 0) -> str:
    monday = day - timedelta(day.weekday()) + timedelta(weeks=weeks)
    return _days(monday, monday + timedelta(6))


def _weekend(day: date, weeks: int = 0) -> str:
    saturday = day - timedelta(day.weekday()) + timedelta(days=5, weeks=weeks)
    return _days(saturday, saturday + timedelta(1))


def _quarter(day: date, quarters: int = 0) -> str:
    first = _months_on(date(day.year, 3 * ((day.month - 1) // 3) + 1, 1), 3 * quarters)
    return f"{_month(first)}/{_month(_months_on(first, 2))}"


def _years(day: date, size: int, steps: int) -> str:
    first = day.year // size * size + steps * size
    return f"{first:04}/{first + size - 1:04}"


def _unit(unit: str, day: date, steps: int) -> str | None:
    """The calendar day, week, month … that lies so many steps from the one that holds ``day``."""
    makers: dict[str, Callable[[], str | None]] = {
        "day": lambda: (day + timedelta(steps)).isoformat(),
        "week": lambda: _week(day, steps),
        "weekend": lambda: _weekend(day, steps),
        "fortnight": lambda: _week(day, 2 * steps),
        "month": lambda: _month(_months_on(day, steps)),
        "quarter": lambda: _quarter(day, steps),
        "year": lambda: _year(day.year + steps),
        "decade": lambda: _years(day, 10, steps),
    }
    return makers[unit]() if unit in makers else None


# ---------------------------------------------------------------------------------------------- the text made regular

_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("\u2018\u2019", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys('()[],;"\u201c\u201d', " ")
)
_ZONE = (
    r"(?: (?:gmt|utc|z|[ecmp][sd]?t|bst|cet|cest|msk|ist|jst|(?:the )?local time|local"
    r"|[a-z]{3,12} (?:standard |daylight |summer )?time))"
)
_CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d\d){0,2} ?(?:am|pm)\b|\d{1,2}:\d\d(?::\d\d)?(?: hours)?|\d{1,2} o'?clock"
    rf"|\d{{4}} hours|\d{{4}}(?= gmt| utc)|noon|midday|midnight|dawn|dusk|sunrise|sunset)(?:{_ZONE})*"
)
_HOURS = re.compile(
    rf"\b(?:(?:from |between )?{_CLOCK} ?(?:to|and|until|-) ?{_CLOCK}"
    rf"|(?:shortly |just )?(?:at |around |about |(?:shortly |just )(?:before |after ))?(?:about )?{_CLOCK})"
)
_DAY_TIMES = "morning|afternoon|evening|night"
_PART_OF_DAY = re.compile(
    rf"\b(?:the )?(?:early |late |wee )?(?:{_DAY_TIMES}|lunchtime|hours|overnight)\b(?: of\b| on\b)?"
)
_STACKED = re.compile(
    r"\b(?:on|in|at) (?=(?:on|in|at|by|before|after|from|since|until|till)\b)"
    r"|(?<=\bby )on |(?<=\bfrom )on |(?<=\bsince )on |(?<=\bafter )on |(?<=\bbefore )on "
)
_ISO_DATE = r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?"
_ISO_IN_TEXT = re.compile(rf"(?=\d{{4}}-){_ISO_DATE}(?![\d-])", re.ASCII)
_NUMBER_WORD = re.compile(
    rf"\b({_alternatives(_TENS)})(?:[- ]({_alternatives(_UNITS[1:10])}))?\b"
    rf"|\b({_alternatives(_UNITS)})\b"
)


def _digits(found: re.Match[str]) -> str:
    tens, one, unit = found.groups()
    return str(_NUMBERS[unit] if unit else _NUMBERS[tens] + (_NUMBERS[one] if one else 0))


def _plain(text: str) -> str:
    """The expression in lower case without points, commas, quotes, possessives; its numbers in digits.

    >>> _plain("On Monday, Oct. 6th")
    'on monday oct 6th'
    >>> _plain("mid-May"), _plain("twenty-one years’ time"), _plain("from 6–31 October")
    ('mid may', '21 years time', 'from 6 - 31 october')
    """
    text = text.translate(_TYPOGRAPHY).lower().replace("'s", "").replace("'", "")
    text = re.sub(r"\.(?!\d)|(?<!\d)\.", "", " ".join(text.split()))
    text = _NUMBER_WORD.sub(_digits, re.sub(r"\btwenty[- ]first\b", "21st", text))
    if _ISO_IN_TEXT.search(text):
        return text.strip(" -.")
    text = re.sub(r"\b(mid|year|month|century)-(?=[a-z\d])", r"\1 ", text)
    return " ".join(text.replace("-", " - ").split()).strip(" -.:")


def _without_hours(text: str) -> str:
    """The expression without clock times, zones and parts of the day.

    >>> _without_hours("at 5 pm moscow time on tuesday"), _without_hours("by monday evening")
    ('on tuesday', 'by monday')
    """
    text = re.sub(rf"\b(that|same) (?:{_DAY_TIMES})\b", r"\1 day", _HOURS.sub(" ", text))
    text = _PART_OF_DAY.sub("", text)
    return _STACKED.sub("", " ".join(text.split())).strip()


_LEADS = tuple((re.compile(rf"(?:{words})(?= |$)"), bound, look) for words, bound, look in _PREPOSITIONS)
_FILLER = re.compile(rf"(?:{_FILLERS})(?: |$)")
# "Last year" is a calendar year, "the last year" the twelve months that end now.
_FROM_HERE = re.compile(r"\bthe (last|past|next|coming) (week|fortnight|month|year|decade)\b(?! of| in)")
# "Next Tuesday" is counted from publication, "the next Tuesday" from what was told before it.
_AFTER_EVENT = re.compile(rf"\bthe next (?=(?:{_alternatives(_WEEKDAY_NAMES)})\b)")
_LIMITS: tuple[tuple[str, Bound], ...] = (
    ("just over|well over|more than|over|at least", "by"),
    ("just under|less than|under", "from"),
)
_LIMIT_OF_AGO = tuple((re.compile(rf"(?:{words}) (?=.* ago$)"), bound) for words, bound in _LIMITS)


def _lead(text: str) -> tuple[str, Bound, int]:
    """The expression without its preposition, the bound that it sets, and which way it looks."""
    for limit, bound in _LIMIT_OF_AGO:
        if found := limit.match(text):
            return text[found.end() :], bound, -1
    for lead, bound, look in _LEADS:
        if found := lead.match(text):
            return text[found.end() :].strip(), bound, look
    return text, "on", 0


def _core(text: str) -> str:
    """The expression without the words before it that change nothing about its date ("early", "the")."""
    text = _AFTER_EVENT.sub("following ", _FROM_HERE.sub(r"\1 1 \2", text))
    while found := _FILLER.match(text):
        text = text[found.end() :]
    return text


# ---------------------------------------------------------------------------------------------------------- the rules

_Rule = Callable[[re.Match[str], _Frame], "str | None"]
_M = rf"(?P<month>{_alternatives(_MONTHS)})"
_W = rf"(?P<weekday>{_alternatives(_WEEKDAYS)})"
_D = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_Y = r"(?P<year>\d{4}|(?:the )?(?:this|last|next|same|that|previous|following) year)"
_N = r"(?P<count>\d{1,4}|an?)"
_UNIT = r"(?P<unit>minute|hour|day|week|weekend|fortnight|month|quarter|year|decade)"
_U = rf"{_UNIT}s?"


def _year_number(text: str | None, frame: _Frame) -> int | None:
    """The year of "2014", "last year", "that year"; None if it tells or knows none."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    which = text.split()[-2]
    day = frame.day if which in ("this", "last", "next") else frame.event
    steps = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(which, 0)
    return day.year + steps if day else None


def _date_or_none(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= year <= 9999 and day <= calendar.monthrange(year, month)[1] else None


def _on_a_date(found: re.Match[str], frame: _Frame) -> str | None:
    month, day = _MONTHS[found["month"]], int(found["day"])
    if found["year"]:
        year = _year_number(found["year"], frame)
        exact = _date_or_none(year, month, day) if year else None
        return exact.isoformat() if exact else None
    if frame.day is None:
        return None
    # Eight years on either side, for a February 29 across 1900 or 2100.
    around = [_date_or_none(frame.day.year + step, month, day) for step in range(-8, 9)]
    chosen = _pick(_on_weekday([one for one in around if one], found["weekday"], frame.day.year), frame)
    return chosen.isoformat() if chosen else None


def _on_weekday(candidates: list[date], weekday: str | None, year: int) -> list[date]:
    """Those that fall on the weekday that the text names too; all, if it names none or errs about it."""
    if not weekday:
        return candidates
    close = [day for day in candidates if abs(day.year - year) <= 1 and day.weekday() == _WEEKDAYS[weekday]]
    return close or candidates


def _in_a_month(found: re.Match[str], frame: _Frame) -> str | None:
    month = _MONTHS[found["month"]]
    if found["year"]:
        year = _year_number(found["year"], frame)
        return f"{year:04}-{month:02}" if year else None
    day = frame.day
    if day is None:
        return None
    if found["which"] == "this":
        return f"{day.year:04}-{month:02}"
    if step := {"last": -1, "past": -1, "next": 1, "coming": 1}.get(found["which"], 0):
        day = _months_on(day, step)
        frame = replace(frame, day=day, forward=step > 0, slack=0)
    chosen = _pick([_nearest_of_month(day.year + step, month, day) for step in (-1, 0, 1)], frame)
    return _month(chosen) if chosen else None


def _nearest_of_month(year: int, month: int, day: date) -> date:
    """The day of a month that lies nearest to ``day``: itself if it lies within, so that "in March" may be now."""
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return min(max(day, first), last)


def _numeric(found: re.Match[str], frame: _Frame) -> str | None:
    """02/28/2022 and 28/02/2022; null where both readings are dates (03/04/2022)."""
    first, second, year = (int(part) for part in found.groups())
    orders = ((first, second), (second, first))
    readings = {_date_or_none(year, month, day) for month, day in orders if 1 <= month <= 12 and day >= 1} - {None}
    return str(readings.pop()) if len(readings) == 1 else None


def _iso_written(found: re.Match[str], frame: _Frame) -> str | None:
    """An ISO date as it stands; null for 2011-12, which may as well be a season of two years."""
    value = found["value"]
    two_years = len(value) == 7 and int(value[5:]) == int(value[2:4]) + 1
    return value if is_iso(value) and not two_years else None


def _weekday(found: re.Match[str], frame: _Frame) -> str | None:
    wanted, which = _WEEKDAYS[found["weekday"]], found["which"] or ""
    if which in ("following", "previous", "preceding"):
        if frame.event is None:
            return None
        frame, which = replace(frame, day=frame.event), "coming" if which == "following" else "past"
    if frame.day is None:
        return None
    if week := found["week"]:
        return _day_of_week(frame.day, wanted, {"last": -1, "next": 1}.get(week, 0)).isoformat()
    return _weekday_from(frame.day, wanted, which.removeprefix("this "), frame).isoformat()


def _day_of_week(day: date, wanted: int, weeks: int) -> date:
    return day + timedelta(wanted - day.weekday(), weeks=weeks)


def _weekday_from(day: date, wanted: int, which: str, frame: _Frame) -> date:
    back, ahead = (day.weekday() - wanted) % 7, (wanted - day.weekday()) % 7
    if which in ("last", "past"):
        return day - timedelta(back or 7)
    if which == "coming":
        return day + timedelta(ahead or 7)
    if which == "next":
        return _day_of_week(day, wanted, 1)
    if which == "this" and frame.tense is None and not frame.forward:
        return _day_of_week(day, wanted, 0)
    return day + timedelta(ahead) if frame.forward else day - timedelta(back)


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


def _near_day(found: re.Match[str], frame: _Frame) -> str | None:
    return (frame.day + timedelta(_NEAR_DAYS[found["near"]])).isoformat() if frame.day else None


def _overnight(found: re.Match[str], frame: _Frame) -> str | None:
    """The night that ended on the day of publication, or the one that begins on it."""
    if not frame.day:
        return None
    night = frame.day if frame.forward else frame.day - timedelta(1)
    return _days(night, night + timedelta(1))


def _part_of_unit(found: re.Match[str], frame: _Frame) -> str | None:
    """Earlier this week: from Monday to the day before publication; later this week: from the day after to Sunday."""
    if not frame.day:
        return None
    unit, day = found["unit"], frame.day
    if unit != "week":
        return _unit(unit, day, 0)
    monday, sunday = day - timedelta(day.weekday()), day + timedelta(6 - day.weekday())
    if found["part"] == "earlier":
        return _days(monday, max(monday, day - timedelta(1)))
    return _days(min(sunday, day + timedelta(1)), sunday)


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


def _this_unit(found: re.Match[str], frame: _Frame) -> str | None:
    which, unit = found["which"] or "", found["unit"]
    if unit == "day" or (which in _FROM_EVENT and which != "next"):
        return _unit(unit, frame.event, _FROM_EVENT[which]) if frame.event and which in _FROM_EVENT else None
    if not frame.day:
        return None
    if unit == "weekend":
        return _weekend(frame.day, _weekend_steps(which, frame))
    return _unit(unit, frame.day, _STEPS[which])


def _weekend_steps(which: str, frame: _Frame) -> int:
    """Weeks from this week's weekend to the one meant: the one behind until it has begun, or the one ahead."""
    assert frame.day is not None
    if which.endswith("coming"):
        return 0 if frame.day.weekday() < 5 else 1
    if which in ("last", "past", "this past", "next"):
        return _STEPS[which]
    if frame.forward or frame.day.weekday() >= 5:
        return 0
    return 0 if which == "this" and frame.tense is None and frame.day.weekday() >= 3 else -1


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 1


def _counted(found: re.Match[str], day: date | None, sign: int) -> str | None:
    """So many units from a day, as precise as the unit: days a day, weeks a week, months a month, years a year."""
    if day is None:
        return None
    count, unit = sign * _number(found["count"]), found["unit"]
    if "half" in found.groupdict() and found["half"]:
        return _unit("month", day, 12 * count + 6 * sign) if unit == "year" else None
    if unit == "hour":
        whole, rest = divmod(count, 24)
        return _days(day + timedelta(whole), day + timedelta(whole + bool(rest)))
    return _unit("year", day, 10 * count) if unit == "decade" else _unit(unit, day, count)


def _ago(found: re.Match[str], frame: _Frame) -> str | None:
    return _counted(found, frame.day, -1)


def _ago_today(found: re.Match[str], frame: _Frame) -> str | None:
    """Five years ago today: the very day."""
    if not frame.day:
        return None
    count, unit = _number(found["count"]), found["unit"]
    if unit == "week":
        return (frame.day - timedelta(weeks=count)).isoformat()
    month = _months_on(frame.day, -count * {"month": 1, "year": 12, "decade": 120}.get(unit, 0))
    same = _date_or_none(month.year, month.month, frame.day.day)
    return same.isoformat() if same and unit in ("month", "year", "decade") else None


def _from_now(found: re.Match[str], frame: _Frame) -> str | None:
    return _counted(found, frame.day, 1)


def _in_units(found: re.Match[str], frame: _Frame) -> str | None:
    """In two weeks: ahead if the clause is; in the past it is a length ("finished in two weeks")."""
    return _counted(found, frame.day, 1) if frame.tense == "future" else None


def _from_event(found: re.Match[str], frame: _Frame) -> str | None:
    return _counted(found, frame.event, 1 if found["way"] in ("later", "after", "on") else -1)


def _beside_event(found: re.Match[str], frame: _Frame) -> str | None:
    """The day before, a year later: counted from an event."""
    ahead = found["way"] in ("after", "later")
    return _unit(found["unit"], frame.event, 1 if ahead else -1) if frame.event else None


def _within(found: re.Match[str], frame: _Frame) -> str | None:
    """The end of the term, if its start is known: an event, or "the next" counted from publication."""
    start = frame.day if found["next"] else frame.event
    if start is None:
        return None
    count, unit = _number(found["count"]), found["unit"]
    if unit == "hour":
        return (start + timedelta(-(-count // 24))).isoformat()
    if unit == "week":
        return (start + timedelta(weeks=count)).isoformat()
    return _unit(unit, start, count) if unit in ("day", "month", "year") else None


def _units_around(found: re.Match[str], frame: _Frame) -> str | None:
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
        return _year(day.year + 10 * count)
    return _unit(unit, day, count) if unit in ("day", "month", "year") else None


def _same_precision(day: date, value: str) -> str:
    return day.isoformat()[: len(value)]


def _edge(found: re.Match[str], frame: _Frame) -> str | None:
    """The end of X is its last day; its start the first day where something runs from or to it, else X itself."""
    if found["inner"] in ("the day", "day"):
        return frame.day.isoformat() if frame.day else None
    inner = _value(found["inner"], frame)
    if inner is None or found["edge"] in ("middle", "mid", "halfway through"):
        return inner
    first, last = extent(inner)
    if found["edge"] in ("rest", "remainder"):
        return _days(frame.day, last) if frame.day and frame.day <= last else None
    if found["edge"] in ("start", "beginning", "turn"):
        return inner if frame.bound == "on" else first.isoformat()
    return last.isoformat()


def _quarter_named(found: re.Match[str], frame: _Frame) -> str | None:
    name = found["ordinal"] or found["short"]
    number = 4 if name in ("last", "final") else int(name[0]) if name[0].isdigit() else _ORDINALS[name]
    year = _year_number(found["year"], frame)
    if found["year"]:
        return _quarter(date(year, 3 * number - 2, 1)) if year else None
    if not frame.day or name == "last":
        return None
    around = [date(frame.day.year + step, 3 * number - 2, 1) for step in (-1, 0, 1)]
    chosen = _pick([min(max(frame.day, first), _months_on(first, 3) - timedelta(1)) for first in around], frame)
    return _quarter(chosen) if chosen else None


def _half_year(found: re.Match[str], frame: _Frame) -> str | None:
    """Half a year is an interval of months; half of anything shorter stays the whole."""
    whole = _value(found["inner"], frame)
    if whole is None or len(whole) != 4:
        return whole
    return f"{whole}-01/{whole}-06" if found["which"] == "first" else f"{whole}-07/{whole}-12"


def _decade(found: re.Match[str], frame: _Frame) -> str | None:
    """The 1990s; "the 90s" and "the nineties" are the latest that have begun by the day of publication."""
    word = found["decade"]
    first = int(word) if word.isdigit() else 10 * _TEN_YEARS.index(word) + 20
    if first < 100:
        if not frame.day:
            return None
        first += frame.day.year // 100 * 100
        first -= 100 if first > frame.day.year else 0
    return f"{first:04}/{first + (99 if first % 100 == 0 and first != 2000 else 9):04}"


def _century(found: re.Match[str], frame: _Frame) -> str | None:
    name = found["ordinal"]
    digits = re.match(r"\d+", name)
    number = int(digits.group()) if digits else _ORDINALS[name]
    return f"{100 * number - 99:04}/{100 * number:04}" if 1 <= number <= 99 else None


def _season(found: re.Match[str], frame: _Frame) -> str | None:
    """A year, or two where it may be either: which months a season has depends on the hemisphere."""
    year = _year_number(found["year"], frame)
    if found["year"]:
        return _year(year) if year else None
    if not frame.day or not found["which"]:
        return None
    year, warm = frame.day.year, found["season"] in ("summer", "autumn", "fall")
    if found["which"] == "this":
        return _year(year) if found["season"] != "winter" else None
    if found["which"] == "next":
        return f"{year:04}/{year + 1:04}"
    return _year(year - 1) if warm and frame.day.month < 6 else f"{year - 1:04}/{year:04}"


def _fixed_day(found: re.Match[str], frame: _Frame) -> str | None:
    month, day = _FIXED_DAYS[found["fixed"]]
    written = f"{_MONTH_NAMES[month - 1]} {day}" + (f" {found['year']}" if found["year"] else "")
    return _value(written, frame)


_WHICH_DAY = r"(?P<which>last|next|this|(?:this )?(?:coming|past)|following|previous|preceding)"
_WHICH = r"(?P<which>(?:this )?(?:past|coming)|this|last|next|current|same|very same|that|following|previous|preceding)"
_PART = r"(?P<part>earlier|later) (?:in )?(?:this|the) (?P<unit>week|month|quarter|year|decade)"
_EDGE = r"(?P<edge>end|close|start|beginning|turn|middle|mid|rest|remainder) of (?P<inner>.{3,40})"
_QUARTER = r"(?:(?P<ordinal>first|second|third|fourth|[1-4](?:st|nd|rd|th)|last|final) quarter|q(?P<short>[1-4]))"
_CENTURY = rf"(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|{_alternatives(_ORDINALS)}) century"
_RULES: tuple[tuple[str, _Rule], ...] = (
    (rf"(?P<value>{_ISO_DATE}(?:/{_ISO_DATE})?)(?:t[\d:.]+z?(?:[+-]\d\d:?\d\d)?)?", _iso_written),
    (r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", _numeric),
    (rf"(?:{_W} )?(?:the )?{_M} (?:the )?{_D}(?: (?:of )?{_Y})?", _on_a_date),
    (rf"(?:{_W} )?(?:the )?{_D} (?:of )?{_M}(?: (?:of )?{_Y})?", _on_a_date),
    (rf"(?:(?P<which>last|past|next|coming|this) )?{_M}(?: (?:of )?{_Y})?", _in_a_month),
    (rf"(?:{_WHICH_DAY} )?{_W}(?: (?:of )?(?P<week>last|this|next) week)?", _weekday),
    (r"(?P<near>today|tonight|yesterday|tomorrow|day before yesterday|day after tomorrow)", _near_day),
    (rf"(?P<near>this|last) (?:{_DAY_TIMES})", _near_day),
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
    (rf"(?:very )?{_EDGE}", _edge),
    (r"(?P<inner>year|month) (?P<edge>end)", _edge),
    (rf"{_QUARTER}(?: (?:of )?(?:the )?{_Y})?", _quarter_named),
    (r"(?P<which>first|second|latter) half of (?P<inner>.{3,40})", _half_year),
    (rf"(?P<decade>(?:1\d|20)?\d0(?=s)|{_alternatives(_TEN_YEARS)})s?", _decade),
    (_CENTURY, _century),
    (rf"(?:(?P<which>this|last|next) )?(?P<season>spring|summer|autumn|fall|winter)(?: (?:of )?{_Y})?", _season),
    (rf"(?P<fixed>{_alternatives(_FIXED_DAYS)})(?: (?P<year>\d{{4}}))?", _fixed_day),
)


@cache
def _rules() -> tuple[tuple[re.Pattern[str], _Rule], ...]:
    """The rules compiled when first used: importing this module costs little."""
    return tuple((re.compile(pattern, re.ASCII), rule) for pattern, rule in _RULES)


def _value(text: str, frame: _Frame) -> str | None:
    """The value of one expression without its preposition: the first rule that fits and knows."""
    for candidate in dict.fromkeys((text, _core(text))):
        for pattern, rule in _rules():
            if (found := pattern.fullmatch(candidate)) and (value := rule(found, frame)):
                return value
    return None


_JOINED = re.compile(r"(?:both )?(.+?) (?:to|and|through|until|till|-) (.+)")
_BARE_DAY = re.compile(rf"(?:(?:{_alternatives(_WEEKDAYS)}) )?\d{{1,2}}(?:st|nd|rd|th)?(?: \d{{4}})?")
_MONTH_WORD = re.compile(rf"\b(?:{_alternatives(_MONTHS)})\b")
_FOUR_DIGITS = re.compile(r"\b\d{4}\b")
_FLOATING = re.compile(rf"\b(?:{_alternatives((*_MONTHS, *_WEEKDAYS))})\b")


def _interval(text: str, frame: _Frame) -> str | None:
    """The value of "6 to 31 October", "Monday and Tuesday", "2014-16": an interval from the first to the last."""
    joined = _JOINED.fullmatch(text)
    if not joined:
        return None
    left, right = _lend(joined[1], joined[2])
    first, last = _ends(left, right, frame)
    if not first or not last:
        return None
    value = f"{first.partition('/')[0]}/{last.rpartition('/')[2]}"
    return (first if first == last else value) if is_iso(value) else None


def _lend(left: str, right: str) -> tuple[str, str]:
    """The two ends, each with the month or century that only the other one names."""
    if _BARE_DAY.fullmatch(left) and (month := _MONTH_WORD.search(right)):
        left = f"{left} {month.group()}"
    elif _BARE_DAY.fullmatch(right) and (month := _MONTH_WORD.search(left)):
        right = f"{month.group()} {right}"
    elif re.fullmatch(r"\d\d", right) and re.fullmatch(r".*\b\d{4}", left):
        right = f"{left[-4:-2]}{right}"
    return left, right


def _ends(left: str, right: str, frame: _Frame) -> tuple[str | None, str | None]:
    """The values of both ends; an end that names no year or week is counted from the other one."""
    if _floats(right) and (frame.forward or not _floats(left)):
        first = _value(left, frame)
        return first, _value(right, _from_end(first, 0, frame) if first else frame)
    last = _value(right, frame)
    return _value(left, _from_end(last, 1, frame) if last and _floats(left) else frame), last


def _floats(text: str) -> bool:
    return bool(_FLOATING.search(text)) and not _FOUR_DIGITS.search(text)


def _from_end(value: str, end: int, frame: _Frame) -> _Frame:
    """The frame for one end of an interval: counted back from its last day (1), on from its first (0)."""
    return replace(frame, day=extent(value)[end], forward=end == 0, slack=0, tense="past" if end else "future")


_LONGEST = 120


def resolve(text: str, published: date | None, *, tense: Tense | None = None, event: date | None = None) -> Resolved:
    """The value and the bound of a time expression, as the article writes it, with its preposition.

    ``published`` is the day from which relative expressions count, ``event`` the day of the event from which "two days
    later" or "the same day" count. ``tense`` is that of the clause whose time it is, None where the caller does not
    know it or the clause is an infinitive. Nothing raises: text that is no time expression has the value None.

    >>> monday = date(2022, 2, 28)
    >>> resolve("on Monday", monday)
    Resolved(value='2022-02-28', bound='on')
    >>> resolve("by March 7", monday)
    Resolved(value='2022-03-07', bound='by')
    >>> resolve("between 6 and 31 October 2021", None)
    Resolved(value='2021-10-06/2021-10-31', bound='on')
    >>> resolve("on Monday", None), resolve("two days later", monday, event=date(2014, 3, 1)).value
    (Resolved(value=None, bound='on'), '2014-03-03')
    """
    if len(text) > _LONGEST:
        return Resolved(None, "on")
    plain = _plain(text)
    try:
        return _resolve(plain, published, tense, event) or _unresolved(plain, tense)
    except (ValueError, OverflowError):  # a date off the calendar: "5000 years ago"
        return _unresolved(plain, tense)


def _unresolved(plain: str, tense: Tense | None) -> Resolved:
    return Resolved(None, "by" if plain.startswith("within") else _bound(plain, tense))


def _bound(plain: str, tense: Tense | None) -> Bound:
    return "from" if plain.startswith("as of") and tense == "future" else _lead(plain)[1]


def _resolve(plain: str, published: date | None, tense: Tense | None, event: date | None) -> Resolved | None:
    for text in dict.fromkeys((plain, _without_hours(plain))):
        if text.startswith(("in ", "within ")):  # here the preposition is a part of the expression
            bound: Bound = "by" if text.startswith("within ") else "on"
            if value := _value(text, _frame(published, tense, bound, 0, event)):
                return Resolved(value, bound)
        rest, bound, look = _lead(text)
        frame = _frame(published, tense, bound, look, event)
        if value := _value(rest, frame):
            return Resolved(value, _bound(plain, tense))
        if value := _interval(rest, _frame(published, tense, "on", 0, event)):
            return Resolved(value, "on")
    return None


# ----------------------------------------------------------------------------------------- time expressions in a text

_GAP = r"(?:[^\S\n]{1,3}|[^\S\n]{0,2}\n[^\S\n]{0,8})"  # a space, or the wrap of a line: never a blank line
_DASH = "[-\u2010-\u2015]"


def _either_case(names: Iterable[str]) -> str:
    """Month names as a text may write them: May and MAY, but never may."""
    return "|".join(f"{name.capitalize()}|{name.upper()}" for name in names)


_F_NUMBER_WORD = rf"(?:{_alternatives(_TENS)})(?:-(?:{_alternatives(_UNITS[1:10])}))?|{_alternatives(_UNITS[1:])}"
_F_NUMBER = rf"\[?(?:\d{{1,4}}|(?i:{_F_NUMBER_WORD}|a couple of|a few|several|many|an?))\]?"
_F_UNIT = r"(?i:minute|hour|day|week|weekend|fortnight|month|quarter|year|decade|century)"
_F_UNITS = r"(?i:minutes?|hours?|days?|weeks?|weekends?|fortnights?|months?|years?|decades?|centuries)"
_F_MONTH_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_F_MONTH = rf"(?:{_either_case(_MONTH_NAMES)}|{_F_MONTH_SHORT})"
_F_WEEKDAY = rf"(?i:{_alternatives(_WEEKDAY_NAMES)})(?!\w)"
_F_ANY_WEEKDAY = rf"(?:{_F_WEEKDAY}|(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)\.?)"
_F_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
_F_YEAR = r"(?:1[5-9]|20)\d\d(?![\w%]|[.,:]\d)"
_F_THAT_YEAR = r"(?:of )?(?:the )?(?i:this|last|next|that|same|previous|following) year"
_F_ANY_YEAR = rf"(?:of )?(?:{_F_YEAR}|{_F_THAT_YEAR}|the year)"
_F_TIMES = r"(?i:morning|afternoon|evening|night|lunchtime)"
_F_ZONE_NAME = r"[A-Z][a-z]{2,11} (?:(?:Standard|Daylight|Summer) )?[Tt]ime"
_F_ZONE = rf"(?:GMT|UTC|[ECMP][SD]?T|BST|CET|CEST|MSK|IST|JST|(?i:local time)|{_F_ZONE_NAME})"
_F_HOUR = r"\d{1,2}(?:[:.]\d\d)? ?(?i:[ap]\.m\.|[ap]m\b)|\d{1,2}:\d\d(?: hours)?|\d{1,2} o['\u2019]clock"
_F_CLOCK = rf"(?:{_F_HOUR}|(?i:noon|midday|midnight|dawn|dusk))(?: \(?{_F_ZONE}\)?)?,?"
_F_LINK = rf"(?: ?{_DASH} ?| (?:to|and|through|until|till) )"
_F_DAYS = rf"{_F_DAY}(?:{_F_LINK}{_F_DAY})?"
_F_MONTH_DAY = rf"(?:{_F_MONTH} (?:the )?{_F_DAYS}|(?:the )?{_F_DAYS}(?: of)? {_F_MONTH})"
_F_DATED = rf"(?:{_F_ANY_WEEKDAY},? )?{_F_MONTH_DAY}(?:,? {_F_YEAR}| {_F_THAT_YEAR})?"
_F_MONTHS = rf"{_F_MONTH}(?:{_F_LINK}{_F_MONTH})?"
_F_MONTH_YEAR = rf"{_F_MONTHS},? (?:(?:of )?{_F_YEAR}|{_F_THAT_YEAR})"
_F_WHICH_DAY = r"(?i:last|next|(?:this|the) (?:coming|past|following|previous)|this)"
_F_WEEKDAYS = rf"(?:{_F_WHICH_DAY} )?{_F_WEEKDAY}(?: {_F_TIMES})?(?: (?:of )?(?:last|this|next) week)?"
_F_ABOUT = (
    r"(?:just |well )?(?:over|under)|(?:a little )?(?:more|less) than|at least|nearly|almost|about|around|roughly|some"
)
_F_VAGUE = r"(?i:early|mid|late)(?:-| )"
_F_SEASON = r"(?i:spring|summer|autumn|fall|winter)"
_F_ORDINAL = rf"(?i:\d{{1,2}}(?:st|nd|rd|th)|twenty-first|{_alternatives(_ORDINALS)})"
_F_EDGE = r"(?:(?i:the) )?(?:very )?(?i:end|beginning|start|middle|close|turn|rest|remainder) of"
_F_EDGED = rf"(?:(?:the|this|last|next) {_F_UNIT}|{_F_MONTH_YEAR}|{_F_MONTH}|{_F_YEAR}|{_F_WEEKDAY})"
_F_WHICH = r"(?:the (?:past|coming|current|previous|preceding|following|next|last)|this (?:past|coming)|that)"
_F_PLURAL = r"(?:hours|days|weeks|months|years|decades)"
_F_AROUND = r"(?:the )?(?i:last|past|next|coming|previous|following|recent)"
# What a time expression looks like, by kind; of two patterns that fit at a place the one named first is taken.
_KINDS: tuple[tuple[str, str], ...] = (
    ("iso", r"\d{4}-\d\d-\d\d(?![\w-])|\d{1,2}/\d{1,2}/\d{4}(?![\w/])|\d{1,2}\.\d{1,2}\.\d{4}(?![\w.])"),
    ("edge", rf"{_F_EDGE} {_F_EDGED}"),
    ("dated", rf"{_F_DATED}(?:{_F_LINK}{_F_DATED})?"),
    ("monthyear", rf"(?:(?i:early|mid|late)-)?{_F_MONTH_YEAR}(?:{_F_LINK}{_F_MONTH_YEAR})?"),
    ("month", rf"(?:(?i:last|next|this) |(?i:early|mid|late)-)?{_F_MONTHS}"),
    ("weekday", rf"{_F_WEEKDAYS}(?:{_F_LINK}{_F_WEEKDAYS})?"),
    ("near", rf"(?i:the day (?:before yesterday|after tomorrow)|(?:this|last|that|yesterday|tomorrow) {_F_TIMES})"),
    ("near", r"(?i:today|yesterday|tomorrow|tonight|overnight)"),
    ("ago", rf"(?:(?i:{_F_ABOUT}) )?(?:{_F_NUMBER} )?(?:and a half )?{_F_UNITS}(?: and a half)? (?i:ago)(?: today)?"),
    ("later", rf"(?:{_F_NUMBER} )?{_F_UNITS} (?i:later|earlier|before|after|from now)"),
    ("term", rf"(?i:within) (?:the (?:next|coming) )?(?:{_F_NUMBER} )?{_F_UNITS}"),
    ("term", rf"(?i:in) {_F_NUMBER} {_F_UNITS}(?:['\u2019]? time)?"),
    ("span", rf"{_F_AROUND} (?:{_F_NUMBER} |few ){_F_UNITS}|(?i:(?:the )?(?:past|coming|recent)) {_F_PLURAL}"),
    ("unit", rf"(?i:(?:earlier|later) (?:this|in the) {_F_UNIT}|(?:the|that) (?:very )?same {_F_UNIT})"),
    ("unit", rf"(?i:the day (?:before|after)|the weekend|{_F_WHICH} {_F_UNIT}|year-end)"),
    ("unit", r"(?i:this|last|next) (?i:weekend|week|month|quarter|year|decade|century)"),
    ("decade", rf"(?:the )?(?:{_F_VAGUE})?(?:(?:1[5-9]|20)\d0s|['\u2019]\d0s)"),
    ("decade", rf"the (?:{_F_VAGUE})?(?i:{_alternatives(_TEN_YEARS)})"),
    ("century", rf"(?:the )?(?:{_F_VAGUE})?{_F_ORDINAL} century"),
    ("season", rf"(?i:this|last|next) {_F_SEASON}|(?:the )?{_F_SEASON} (?:of )?(?:{_F_YEAR}|{_F_THAT_YEAR})"),
    ("season", rf"the (?:early |late )?{_F_SEASON}"),
    ("quarter", rf"(?:(?i:the) )?(?:(?i:first|second|third|fourth|final) quarter|Q[1-4])(?: {_F_ANY_YEAR})?"),
    ("half", rf"(?:the )?(?i:first|second|latter) half (?:{_F_ANY_YEAR}|of {_F_MONTH})"),
    ("fixed", rf"(?:Christmas (?:Day|Eve)|Boxing Day|New Year['\u2019]s (?:Day|Eve))(?:,? {_F_YEAR})?"),
    ("year", rf"(?:(?i:early|mid|late)-)?{_F_YEAR}(?:{_F_LINK}(?:{_F_YEAR}|\d\d(?![\w%]|[.,:]\d)))?"),
)
_F_PREPOSITIONS = (
    "on or before|on or after|on or about|as of|as from|as early as|as late as|as soon as|no later than|not later than"
    "|no earlier than|up until|up to|prior to|with effect from|starting|beginning|effective|on|by|in|from|until|till"
    "|since|ever since|during|before|after|throughout|through|over|for|between|around|about|at"
)
_F_PART_OF = rf"(?:(?:early|late) )?(?:hours|{_F_TIMES}) (?:of|on)"
_F_BEFORE = rf"at least|early|later?|earlier|sometime|some time|mid|the|on|in|{_F_PART_OF}"
_F_LEAD = rf"(?:(?i:{_F_PREPOSITIONS}) )?(?:(?i:{_F_BEFORE}) ){{0,3}}(?:{_F_CLOCK}(?: on)? )?"


@cache
def _spaced(pattern: str) -> re.Pattern[str]:
    """The pattern with every space standing for a gap between words; compiled when first used, importing is cheap."""
    return re.compile(pattern.replace(" ?", f"{_GAP}?").replace(" ", _GAP))


_F_KINDS = "|".join(f"(?P<{kind}{place}>{pattern})" for place, (kind, pattern) in enumerate(_KINDS))
_NUCLEUS = (
    rf"(?=[A-Za-z\d]|\[\w|['\u2019]\d)(?<!\w)(?<![\w.]['\u2019-])(?:{_F_KINDS})(?!\w|-[A-Za-z])"
    rf"(?:,? at (?:about |around )?{_F_CLOCK})?"
)
_LEAD_LAST = _listed("""about after around as at before beginning between by during early earlier effective for from
    in late later least mid noon midday midnight dawn dusk hours clock gmt utc of on or over
    since starting sometime than the through throughout till time to until""")
_LEAD_END = rf"(?i:(?:^|\W)(?:{_alternatives(_LEAD_LAST)}|[ap]\.?m\.?|[a-z]{{2,4}}t|\d\d)[,)]?) \Z"
_LEAD_WORDS, _LEAD_LENGTH = 10, 80

_SURE_WORDS = frozenset(
    _listed("in until till since last next this early earlier late later mid during through throughout")
)
_DATE_WORDS = _SURE_WORDS | {"by", "from", "before", "after", "between"}
_WEEKDAY_TITLES = (
    r" (?:Times|Herald|Telegraph|Mirror|Mail|Express|Post|Tribune|Independent|World|People|Star|Sun"
    r"|Night (?:Live|Lights|Football|Fever)|Agreement|School|Club)\b"
)
_WEEKDAY_NICKNAMES = frozenset(
    _listed("""Good Black Bloody Ash Cyber Super Palm Easter Giving Fat Maundy Shrove Holy Ruby Sheffield
    Red a any most every each Every Each""")
)
_COUNTED = (
    r" (?:more |other )?(?:people|men|women|children|troops|police|persons|cases|places|cities|towns|countries|schools"
    r"|villages|votes|seats|jobs|points|words|pages|[$\u20ac\u00a3%])"
)
_NO_MONTH_BEFORE = frozenset(
    _listed("""In By From Until Till Since Last Next This Early Late Mid During Before After Through
    Throughout For And Or To Of On At The Between""")
) | {name.capitalize() for name in (*_MONTHS, *_WEEKDAYS)}
_PERSON = re.compile(r"\b([A-Z][\w'\u2019]{1,30})\.?[^\S\n](April|May|June|August|March|Jan)\b(?!\.?[^\S\n]?\d)")
_OWNER = re.compile("['\u2019]s?\\b|['\u2019](?=[^\\S\\n])")
_OF = re.compile(r"\s(?:of|in)\b")
_CAPITAL = re.compile(r"[^\S\n][A-Z]")


@dataclass(frozen=True, slots=True)
class _Hit:
    """What looks like a time expression: ``start`` counts its preposition in, ``core`` does not."""

    start: int
    core: int
    end: int
    kind: str
    text: str

    @property
    def nucleus(self) -> str:
        return self.text[self.core : self.end]

    @property
    def words(self) -> set[str]:
        """The words before it that may tell that it is a time expression."""
        return set(re.findall(r"[a-z]+", self.text[self.start : self.core].lower()))

    @property
    def last_word(self) -> str:
        """The last of them, in lower case."""
        words = self.text[self.start : self.core].lower().split()
        return words[-1] if words else ""

    @property
    def word_before(self) -> str:
        words = self.text[max(0, self.start - 40) : self.start].split()
        return words[-1] if words else ""


def find_dates(text: str) -> list[tuple[int, int]]:
    """Where the time expressions of a running text stand, each with its preposition; sorted, none overlapping.

    >>> text = "She may march on Monday evening, the Sunday Times said in March; by May 5 it will end."
    >>> [text[start:end] for start, end in find_dates(text)]
    ['on Monday evening', 'in March', 'by May 5']
    """
    return list(_find(text))


def _find(text: str) -> Iterator[tuple[int, int]]:
    names = frozenset(found[2] for found in _PERSON.finditer(text) if found[1] not in _NO_MONTH_BEFORE)
    pattern, place, floor = _spaced(_NUCLEUS), 0, 0
    while found := pattern.search(text, place):
        kind, core = str(found.lastgroup), found.start()
        hit = _Hit(_start_of_lead(text, core, floor), core, found.end(), kind.rstrip("0123456789"), text)
        if _stands(hit, names):
            yield _trimmed(hit)
            place = floor = hit.end
        else:
            place = core + 1


def _start_of_lead(text: str, core: int, floor: int) -> int:
    """Where the preposition, the adverb and the clock time before an expression begin; ``core`` if there are none."""
    floor = max(floor, core - _LEAD_LENGTH)
    window = text[floor:core]
    if not _spaced(_LEAD_END).search(window[-16:]):
        return core
    starts = [found.start() for found in re.finditer(r"(?<![\w'\u2019-])\w", window)][-_LEAD_WORDS:]
    lead = _spaced(_F_LEAD)
    return next((floor + start for start in starts if lead.fullmatch(window, start)), core)


def _stands(hit: _Hit, names: frozenset[str]) -> bool:
    """Whether what looks like a time expression is one where it stands.

    ``names`` are the month words that the text also uses as a name ("Theresa May", "Women's March").
    """
    if hit.kind == "month":
        return _is_month(hit, names)
    return hit.kind not in _JUDGES or _JUDGES[hit.kind](hit)


def _is_month(hit: _Hit, names: frozenset[str]) -> bool:
    """A bare month needs a word of time before it; where it may be a name ("by May"), a word that no name takes."""
    parts = re.findall(r"[A-Za-z]+", hit.nucleus)
    words = hit.words | {parts[0].lower()}
    if hit.last_word == "the":
        return False
    if words & _SURE_WORDS:
        return True
    return bool(words & _DATE_WORDS) and parts[0] not in names and not _CAPITAL.match(hit.text, hit.end)


def _is_year(hit: _Hit) -> bool:
    """A bare year needs a word of time before it, and nothing that it counts after it; "the 2020 election" is none."""
    words = hit.words | set(re.findall("[a-z]+", hit.nucleus.lower()))
    return bool(_DATE_WORDS & words) and hit.last_word != "the" and not _spaced(_COUNTED).match(hit.text, hit.end)


def _is_weekday(hit: _Hit) -> bool:
    """Not a paper (Sunday Times), a feast (Good Friday) or a habit (every Monday)."""
    before = hit.text[max(0, hit.core - 40) : hit.core].split()[-1:]
    return not _spaced(_WEEKDAY_TITLES).match(hit.text, hit.end) and _WEEKDAY_NICKNAMES.isdisjoint(before)


def _is_near(hit: _Hit) -> bool:
    """Not the name of a paper or a show ("USA Today"), nor an adjective ("an overnight raid")."""
    if hit.nucleus == "overnight":
        return hit.start == hit.core and hit.word_before.lower() not in ("a", "an")
    return not (hit.nucleus == "Today" and hit.word_before[:1].isupper() and hit.word_before[-1:].isalnum())


def _is_term(hit: _Hit) -> bool:
    """Not a span ("the first time in 20 years")."""
    return hit.word_before.lower() not in ("time", "times", "once", "twice", "first", "second", "third", "ever")


def _is_season(hit: _Hit) -> bool:
    """In the fall, but not the fall of a city; with a year or this, last and next always."""
    words = hit.nucleus.lower().split()
    if words[0] != "the" or words[-1] == "year" or words[-1].isdigit():
        return True
    return bool(_DATE_WORDS & hit.words) and not _OF.match(hit.text, hit.end)


def _is_edge(hit: _Hit) -> bool:
    """By the end of the day is a term, at the end of the day a figure of speech."""
    return not hit.nucleus.lower().endswith("of the day") or "by" in hit.words


_JUDGES: dict[str, Callable[[_Hit], bool]] = {
    "year": _is_year,
    "weekday": _is_weekday,
    "near": _is_near,
    "term": _is_term,
    "season": _is_season,
    "edge": _is_edge,
}


def _trimmed(hit: _Hit) -> tuple[int, int]:
    """The span, without a preposition that belongs to a noun: "in Monday's vote", "in the March 7 attack"."""
    owner = _OWNER.match(hit.text, hit.end)
    named = hit.last_word == "the" and hit.kind in ("dated", "weekday") and not hit.nucleus[0].isdigit()
    return (hit.core if owner or named else hit.start), hit.end
