"""The word lists of `tables/words.tsv`, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("tables") / "words.tsv"


def word_list(name: str) -> frozenset[str]:
    """The words of a list.

    >>> "Mayor" in word_list("title"), "convoy" in word_list("instrument")
    (True, True)
    """
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and line[0] != "#")
    return {name: frozenset(words.split("|")) for name, words in rows}
