"""The words of dates: months, weekdays, numbers, parts of the day and days with a name."""

from __future__ import annotations


def listed(words: str) -> tuple[str, ...]:
    """The words of a text, one by one.

    >>> listed("spring  summer")
    ('spring', 'summer')
    """
    return tuple(words.split())


MONTH_NAMES = listed("january february march april may june july august september october november december")
"""The months in their order, written out."""
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, start=1)}
"""The number of a month, 1 to 12, by its name or its abbreviation."""
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}

WEEKDAY_NAMES = listed("monday tuesday wednesday thursday friday saturday sunday")
"""The weekdays in their order, written out."""
WEEKDAYS = {name: number for number, name in enumerate(WEEKDAY_NAMES)}
"""The number of a weekday, 0 to 6 as in `datetime`, by its name or its abbreviation."""
WEEKDAYS |= {name[:3]: number for name, number in WEEKDAYS.items()} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

SMALL_NUMBERS = listed("""zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""")
"""The numbers below twenty, each at the place that it names."""
TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
"""The tens from twenty on."""
TEN_YEARS = tuple(word.removesuffix("y") + "ies" for word in TENS)
"""The decades of a century from its twenties on."""
NUMBERS = {word: number for number, word in enumerate(SMALL_NUMBERS)}
"""The number of a word: of the numbers below twenty and of the tens."""
NUMBERS |= {word: 10 * number for number, word in enumerate(TENS, start=2)}
_ORDINAL_WORDS = listed("""first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""")
ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS, start=1)}
"""The number of an ordinal, from the first to the twentieth."""

DAY_TIMES = "morning|afternoon|evening|night"
"""The parts of a day that "this" and "last" go before, as a pattern."""

FIXED_DAYS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year day": (1, 1),
    "new year eve": (12, 31),
}
"""Month and day of what falls on the same day each year; the names as `regular.plain` leaves them."""
