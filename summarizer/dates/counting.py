"""From which day, and which way, an expression counts; and which of several days it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from summarizer.dates.prepositions import Bound

Tense = Literal["past", "future"]
"""The tense of the clause whose time it is."""

_QUARTER_YEAR, _MONTH_LONG = 91, 31


@dataclass(frozen=True, slots=True)
class Frame:
    """From which day, and which way, an expression counts.

    ``slack`` is how many days the nearer date may lie on the wrong side and still be meant: an article of March that
    tells no tense and says "on April 14" means the coming one, and "by April 14" on April 16 the past one.
    """

    day: date | None
    forward: bool
    slack: int
    tense: Tense | None
    bound: Bound
    event: date | None


Rule = Callable[[re.Match[str], Frame], "str | None"]
"""From what a pattern has found to its value; None where the frame does not tell enough."""


def frame_of(day: date | None, tense: Tense | None, *, bound: Bound, look: int, event: date | None) -> Frame:
    """The frame of an expression after a preposition that sets a bound and looks ahead (1), back (-1) or neither way.

    >>> frame_of(date(2025, 4, 7), None, bound="by", look=1, event=None).forward
    True
    """
    forward, slack = tense == "future", 0
    if look > 0 and tense != "future":  # "had to reply by April 14": the clause is past, its term is not
        forward, slack = tense is None, _QUARTER_YEAR if tense else _MONTH_LONG
    elif look < 0:
        forward = False
    elif tense is None:
        slack = _QUARTER_YEAR
    return Frame(day, forward, slack, tense, bound, event)


def pick(candidates: list[date], frame: Frame) -> date | None:
    """Of several days the one that is meant: the nearest on the frame's side, unless the other is near enough.

    >>> frame = frame_of(date(2025, 4, 7), None, bound="on", look=0, event=None)
    >>> pick([date(2024, 4, 14), date(2025, 4, 14)], frame), pick([date(2024, 10, 1), date(2025, 10, 1)], frame)
    (datetime.date(2025, 4, 14), datetime.date(2024, 10, 1))
    """
    assert frame.day is not None
    behind = max((day for day in candidates if day <= frame.day), default=None)
    ahead = min((day for day in candidates if day >= frame.day), default=None)
    wanted, other = (ahead, behind) if frame.forward else (behind, ahead)
    if wanted is None or other is None:
        return wanted or other
    near = abs(other - frame.day) < min(abs(wanted - frame.day), timedelta(frame.slack + 1))
    return other if near else wanted
