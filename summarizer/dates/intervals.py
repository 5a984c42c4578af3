"""From one expression to another: "6 to 31 October", "Monday and Tuesday", "2014-16"."""

from __future__ import annotations

import re
from dataclasses import replace

from summarizer.dates.counting import Frame
from summarizer.dates.iso import extent, is_iso
from summarizer.dates.patterns import alternatives, compiled
from summarizer.dates.rules import value_of
from summarizer.dates.words import MONTHS, WEEKDAYS

_JOINED = r"(?:both )?(.+?) (?:to|and|through|until|till|-) (.+)"
_BARE_DAY = rf"(?:(?:{alternatives(WEEKDAYS)}) )?\d{{1,2}}(?:st|nd|rd|th)?(?: \d{{4}})?"
_MONTH_WORD = rf"\b(?:{alternatives(MONTHS)})\b"
_FOUR_DIGITS = r"\b\d{4}\b"
_FLOATING = rf"\b(?:{alternatives((*MONTHS, *WEEKDAYS))})\b"


def interval(text: str, frame: Frame) -> str | None:
    """The interval from the first to the last of two regular expressions that a word or a dash joins.

    >>> frame = Frame(day=None, forward=False, slack=0, tense=None, bound="on", event=None)
    >>> interval("6 to 31 october 2021", frame), interval("2014 - 16", frame), interval("2014", frame)
    ('2021-10-06/2021-10-31', '2014/2016', None)
    """
    joined = compiled(_JOINED).fullmatch(text)
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
    bare_day, month_word = compiled(_BARE_DAY), compiled(_MONTH_WORD)
    if bare_day.fullmatch(left) and (month := month_word.search(right)):
        left = f"{left} {month.group()}"
    elif bare_day.fullmatch(right) and (month := month_word.search(left)):
        right = f"{month.group()} {right}"
    elif re.fullmatch(r"\d\d", right) and re.fullmatch(r".*\b\d{4}", left):
        right = f"{left[-4:-2]}{right}"
    return left, right


def _ends(left: str, right: str, frame: Frame) -> tuple[str | None, str | None]:
    """The values of both ends; an end that names no year or week is counted from the other one."""
    if _floats(right) and (frame.forward or not _floats(left)):
        first = value_of(left, frame)
        return first, value_of(right, _from_end(first, 0, frame) if first else frame)
    last = value_of(right, frame)
    return value_of(left, _from_end(last, 1, frame) if last and _floats(left) else frame), last


def _floats(text: str) -> bool:
    return bool(compiled(_FLOATING).search(text)) and not compiled(_FOUR_DIGITS).search(text)


def _from_end(value: str, end: int, frame: Frame) -> Frame:
    """The frame for one end of an interval: counted back from its last day (1), on from its first (0)."""
    return replace(frame, day=extent(value)[end], forward=end == 0, slack=0, tense="past" if end else "future")
