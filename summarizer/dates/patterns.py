"""Regular expressions: made of words, and compiled when first used, so that importing the package costs little."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled when it is first asked for.

    >>> compiled("week|month") is compiled("week|month")
    True
    """
    return re.compile(pattern, flags)


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first, so that "march" goes before "mar".

    >>> alternatives(["mar", "may", "march"])
    'march|mar|may'
    """
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
