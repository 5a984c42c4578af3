"""What a time expression looks like in running text, by kind, and what may stand before it; patterns only.

A space stands for any gap between words, a line's wrap included: compile these patterns with `spaced`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from summarizer.dates.patterns import alternatives
from summarizer.dates.words import MONTH_NAMES, ORDINALS, SMALL_NUMBERS, TEN_YEARS, TENS, WEEKDAY_NAMES, listed

_GAP = r"(?:[^\S\n]{1,3}|[^\S\n]{0,2}\n[^\S\n]{0,8})"  # a space, or the wrap of a line: never a blank line
_DASH = "[-\u2010-\u2015]"


@cache
def spaced(pattern: str) -> re.Pattern[str]:
    r"""The pattern with every space standing for a gap between words; compiled when first used.

    >>> bool(spaced("a b").fullmatch("a\n  b")), bool(spaced("a b").fullmatch("a\n\nb"))
    (True, False)
    """
    return re.compile(pattern.replace(" ?", f"{_GAP}?").replace(" ", _GAP))


def _either_case(names: Iterable[str]) -> str:
    """Month names as a text may write them: May and MAY, but never may."""
    return "|".join(f"{name.capitalize()}|{name.upper()}" for name in names)


_NUMBER_WORD = (
    rf"(?:{alternatives(TENS)})(?:-(?:{alternatives(SMALL_NUMBERS[1:10])}))?|{alternatives(SMALL_NUMBERS[1:])}"
)
_NUMBER = rf"\[?(?:\d{{1,4}}|(?i:{_NUMBER_WORD}|a couple of|a few|several|many|an?))\]?"
_UNIT = r"(?i:minute|hour|day|week|weekend|fortnight|month|quarter|year|decade|century)"
_UNITS = r"(?i:minutes?|hours?|days?|weeks?|weekends?|fortnights?|months?|years?|decades?|centuries)"
_MONTH_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_MONTH = rf"(?:{_either_case(MONTH_NAMES)}|{_MONTH_SHORT})"
_WEEKDAY = rf"(?i:{alternatives(WEEKDAY_NAMES)})(?!\w)"
_ANY_WEEKDAY = rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)\.?)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\w%]|[.,:]\d)"
_THAT_YEAR = r"(?:of )?(?:the )?(?i:this|last|next|that|same|previous|following) year"
_ANY_YEAR = rf"(?:of )?(?:{_YEAR}|{_THAT_YEAR}|the year)"
_TIMES = r"(?i:morning|afternoon|evening|night|lunchtime)"
_ZONE_NAME = r"[A-Z][a-z]{2,11} (?:(?:Standard|Daylight|Summer) )?[Tt]ime"
_ZONE = rf"(?:GMT|UTC|[ECMP][SD]?T|BST|CET|CEST|MSK|IST|JST|(?i:local time)|{_ZONE_NAME})"
_HOUR = r"\d{1,2}(?:[:.]\d\d)? ?(?i:[ap]\.m\.|[ap]m\b)|\d{1,2}:\d\d(?: hours)?|\d{1,2} o['\u2019]clock"
_CLOCK = rf"(?:{_HOUR}|(?i:noon|midday|midnight|dawn|dusk))(?: \(?{_ZONE}\)?)?,?"
_LINK = rf"(?: ?{_DASH} ?| (?:to|and|through|until|till) )"
_DAYS = rf"{_DAY}(?:{_LINK}{_DAY})?"
_MONTH_DAY = rf"(?:{_MONTH} (?:the )?{_DAYS}|(?:the )?{_DAYS}(?: of)? {_MONTH})"
_DATED = rf"(?:{_ANY_WEEKDAY},? )?{_MONTH_DAY}(?:,? {_YEAR}| {_THAT_YEAR})?"
_MONTHS = rf"{_MONTH}(?:{_LINK}{_MONTH})?"
_MONTH_YEAR = rf"{_MONTHS},? (?:(?:of )?{_YEAR}|{_THAT_YEAR})"
_WHICH_DAY = r"(?i:last|next|(?:this|the) (?:coming|past|following|previous)|this)"
_WEEKDAYS = rf"(?:{_WHICH_DAY} )?{_WEEKDAY}(?: {_TIMES})?(?: (?:of )?(?:last|this|next) week)?"
_ABOUT = (
    r"(?:just |well )?(?:over|under)|(?:a little )?(?:more|less) than|at least|nearly|almost|about|around|roughly|some"
)
_VAGUE = r"(?i:early|mid|late)(?:-| )"
_SEASON = r"(?i:spring|summer|autumn|fall|winter)"
_ORDINAL = rf"(?i:\d{{1,2}}(?:st|nd|rd|th)|twenty-first|{alternatives(ORDINALS)})"
_EDGE = r"(?:(?i:the) )?(?:very )?(?i:end|beginning|start|middle|close|turn|rest|remainder) of"
_EDGED = rf"(?:(?:the|this|last|next) {_UNIT}|{_MONTH_YEAR}|{_MONTH}|{_YEAR}|{_WEEKDAY})"
_WHICH = r"(?:the (?:past|coming|current|previous|preceding|following|next|last)|this (?:past|coming)|that)"
_PLURAL = r"(?:hours|days|weeks|months|years|decades)"
_AROUND = r"(?:the )?(?i:last|past|next|coming|previous|following|recent)"
# What a time expression looks like, by kind; of two patterns that fit at a place the one named first is taken.
_KINDS: tuple[tuple[str, str], ...] = (
    ("iso", r"\d{4}-\d\d-\d\d(?![\w-])|\d{1,2}/\d{1,2}/\d{4}(?![\w/])|\d{1,2}\.\d{1,2}\.\d{4}(?![\w.])"),
    ("edge", rf"{_EDGE} {_EDGED}"),
    ("dated", rf"{_DATED}(?:{_LINK}{_DATED})?"),
    ("monthyear", rf"(?:(?i:early|mid|late)-)?{_MONTH_YEAR}(?:{_LINK}{_MONTH_YEAR})?"),
    ("month", rf"(?:(?i:last|next|this) |(?i:early|mid|late)-)?{_MONTHS}"),
    ("weekday", rf"{_WEEKDAYS}(?:{_LINK}{_WEEKDAYS})?"),
    ("near", rf"(?i:the day (?:before yesterday|after tomorrow)|(?:this|last|that|yesterday|tomorrow) {_TIMES})"),
    ("near", r"(?i:today|yesterday|tomorrow|tonight|overnight)"),
    ("ago", rf"(?:(?i:{_ABOUT}) )?(?:{_NUMBER} )?(?:and a half )?{_UNITS}(?: and a half)? (?i:ago)(?: today)?"),
    ("later", rf"(?:{_NUMBER} )?{_UNITS} (?i:later|earlier|before|after|from now)"),
    ("term", rf"(?i:within) (?:the (?:next|coming) )?(?:{_NUMBER} )?{_UNITS}"),
    ("term", rf"(?i:in) {_NUMBER} {_UNITS}(?:['\u2019]? time)?"),
    ("span", rf"{_AROUND} (?:{_NUMBER} |few ){_UNITS}|(?i:(?:the )?(?:past|coming|recent)) {_PLURAL}"),
    ("unit", rf"(?i:(?:earlier|later) (?:this|in the) {_UNIT}|(?:the|that) (?:very )?same {_UNIT})"),
    ("unit", rf"(?i:the day (?:before|after)|the weekend|{_WHICH} {_UNIT}|year-end)"),
    ("unit", r"(?i:this|last|next) (?i:weekend|week|month|quarter|year|decade|century)"),
    ("decade", rf"(?:the )?(?:{_VAGUE})?(?:(?:1[5-9]|20)\d0s|['\u2019]\d0s)"),
    ("decade", rf"the (?:{_VAGUE})?(?i:{alternatives(TEN_YEARS)})"),
    ("century", rf"(?:the )?(?:{_VAGUE})?{_ORDINAL} century"),
    ("season", rf"(?i:this|last|next) {_SEASON}|(?:the )?{_SEASON} (?:of )?(?:{_YEAR}|{_THAT_YEAR})"),
    ("season", rf"the (?:early |late )?{_SEASON}"),
    ("quarter", rf"(?:(?i:the) )?(?:(?i:first|second|third|fourth|final) quarter|Q[1-4])(?: {_ANY_YEAR})?"),
    ("half", rf"(?:the )?(?i:first|second|latter) half (?:{_ANY_YEAR}|of {_MONTH})"),
    ("fixed", rf"(?:Christmas (?:Day|Eve)|Boxing Day|New Year['\u2019]s (?:Day|Eve))(?:,? {_YEAR})?"),
    ("year", rf"(?:(?i:early|mid|late)-)?{_YEAR}(?:{_LINK}(?:{_YEAR}|\d\d(?![\w%]|[.,:]\d)))?"),
)
_ANY_KIND = "|".join(f"(?P<{kind}{place}>{pattern})" for place, (kind, pattern) in enumerate(_KINDS))
NUCLEUS = (
    rf"(?=[A-Za-z\d]|\[\w|['\u2019]\d)(?<!\w)(?<![\w.]['\u2019-])(?:{_ANY_KIND})(?!\w|-[A-Za-z])"
    rf"(?:,? at (?:about |around )?{_CLOCK})?"
)
"""A time expression without its preposition; the group that matches is its kind, with a number after it."""

_PREPOSITIONS = (
    "on or before|on or after|on or about|as of|as from|as early as|as late as|as soon as|no later than|not later than"
    "|no earlier than|up until|up to|prior to|with effect from|starting|beginning|effective|on|by|in|from|until|till"
    "|since|ever since|during|before|after|throughout|through|over|for|between|around|about|at"
)
_PART_OF = rf"(?:(?:early|late) )?(?:hours|{_TIMES}) (?:of|on)"
_BEFORE = rf"at least|early|later?|earlier|sometime|some time|mid|the|on|in|{_PART_OF}"
LEAD = rf"(?:(?i:{_PREPOSITIONS}) )?(?:(?i:{_BEFORE}) ){{0,3}}(?:{_CLOCK}(?: on)? )?"
"""The preposition, the adverb and the clock time that may stand before an expression."""
_LEAD_LAST = listed("""about after around as at before beginning between by during early earlier effective for from
    in late later least mid noon midday midnight dawn dusk hours clock gmt utc of on or over
    since starting sometime than the through throughout till time to until""")
LEAD_END = rf"(?i:(?:^|\W)(?:{alternatives(_LEAD_LAST)}|[ap]\.?m\.?|[a-z]{{2,4}}t|\d\d)[,)]?) \Z"
"""How any such lead ends: cheap to look for before `LEAD` is tried."""
