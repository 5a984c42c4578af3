"""An expression made regular: in lower case, its numbers in digits, without punctuation and hours."""

from __future__ import annotations

import re

from summarizer.dates.iso import ISO_DATE
from summarizer.dates.patterns import alternatives, compiled
from summarizer.dates.words import DAY_TIMES, NUMBERS, SMALL_NUMBERS, TENS

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
_HOURS = (
    rf"\b(?:(?:from |between )?{_CLOCK} ?(?:to|and|until|-) ?{_CLOCK}"
    rf"|(?:shortly |just )?(?:at |around |about |(?:shortly |just )(?:before |after ))?(?:about )?{_CLOCK})"
)
_PART_OF_DAY = rf"\b(?:the )?(?:early |late |wee )?(?:{DAY_TIMES}|lunchtime|hours|overnight)\b(?: of\b| on\b)?"
_STACKED = (
    r"\b(?:on|in|at) (?=(?:on|in|at|by|before|after|from|since|until|till)\b)"
    r"|(?<=\bby )on |(?<=\bfrom )on |(?<=\bsince )on |(?<=\bafter )on |(?<=\bbefore )on "
)
_ISO_IN_TEXT = rf"(?=\d{{4}}-){ISO_DATE}(?![\d-])"
_NUMBER_WORD = (
    rf"\b({alternatives(TENS)})(?:[- ]({alternatives(SMALL_NUMBERS[1:10])}))?\b|\b({alternatives(SMALL_NUMBERS)})\b"
)


def plain(text: str) -> str:
    """The expression in lower case without points, commas, quotes, possessives; its numbers in digits.

    >>> plain("On Monday, Oct. 6th")
    'on monday oct 6th'
    >>> plain("mid-May"), plain("twenty-one years’ time"), plain("from 6–31 October")
    ('mid may', '21 years time', 'from 6 - 31 october')
    """
    text = text.translate(_TYPOGRAPHY).lower().replace("'s", "").replace("'", "")
    text = re.sub(r"\.(?!\d)|(?<!\d)\.", "", " ".join(text.split()))
    text = compiled(_NUMBER_WORD).sub(_digits, re.sub(r"\btwenty[- ]first\b", "21st", text))
    if compiled(_ISO_IN_TEXT, re.ASCII).search(text):
        return text.strip(" -.")
    text = re.sub(r"\b(mid|year|month|century)-(?=[a-z\d])", r"\1 ", text)
    return " ".join(text.replace("-", " - ").split()).strip(" -.:")


def _digits(found: re.Match[str]) -> str:
    tens, one, small = found.groups()
    return str(NUMBERS[small] if small else NUMBERS[tens] + (NUMBERS[one] if one else 0))


def without_hours(text: str) -> str:
    """The expression without clock times, zones and parts of the day.

    >>> without_hours("at 5 pm moscow time on tuesday"), without_hours("by monday evening")
    ('on tuesday', 'by monday')
    """
    text = re.sub(rf"\b(that|same) (?:{DAY_TIMES})\b", r"\1 day", compiled(_HOURS).sub(" ", text))
    text = compiled(_PART_OF_DAY).sub("", text)
    return compiled(_STACKED).sub("", " ".join(text.split())).strip()
