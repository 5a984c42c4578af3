"""Word lists as they are written in code: words between spaces."""

from __future__ import annotations


def wordset(listed: str) -> frozenset[str]:
    """The words of a list.

    >>> sorted(wordset("expel deport"))
    ['deport', 'expel']
    """
    return frozenset(listed.split())
