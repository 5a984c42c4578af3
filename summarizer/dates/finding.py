"""Where the time expressions of a running text stand."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.dates.patterns import compiled
from summarizer.dates.shapes import LEAD, LEAD_END, NUCLEUS, spaced
from summarizer.dates.standing import Hit, months_as_names, stands

_LEAD_WORDS, _LEAD_LENGTH = 10, 80
_WORD_START = r"(?<![\w'\u2019-])\w"
_OWNER = r"['\u2019]s?\b|['\u2019](?=[^\S\n])"


def find_dates(text: str) -> list[tuple[int, int]]:
    """Where the time expressions of a running text stand, each with its preposition; sorted, none overlapping.

    >>> text = "She may march on Monday evening, the Sunday Times said in March; by May 5 it will end."
    >>> [text[start:end] for start, end in find_dates(text)]
    ['on Monday evening', 'in March', 'by May 5']
    """
    return list(_find(text))


def _find(text: str) -> Iterator[tuple[int, int]]:
    names, pattern, place, floor = months_as_names(text), spaced(NUCLEUS), 0, 0
    while found := pattern.search(text, place):
        kind, core = str(found.lastgroup), found.start()
        hit = Hit(_start_of_lead(text, core, floor), core, found.end(), kind.rstrip("0123456789"), text)
        if stands(hit, names):
            yield _trimmed(hit)
            place = floor = hit.end
        else:
            place = core + 1


def _start_of_lead(text: str, core: int, floor: int) -> int:
    """Where the preposition, the adverb and the clock time before an expression begin; ``core`` if there are none."""
    floor = max(floor, core - _LEAD_LENGTH)
    window = text[floor:core]
    if not spaced(LEAD_END).search(window[-16:]):
        return core
    starts = [found.start() for found in compiled(_WORD_START).finditer(window)][-_LEAD_WORDS:]
    lead = spaced(LEAD)
    return next((floor + start for start in starts if lead.fullmatch(window, start)), core)


def _trimmed(hit: Hit) -> tuple[int, int]:
    """The span, without a preposition that belongs to a noun: "in Monday's vote", "in the April 7 attack"."""
    owner = compiled(_OWNER).match(hit.text, hit.end)
    named = hit.last_word == "the" and hit.kind in ("dated", "weekday") and not hit.nucleus[0].isdigit()
    return (hit.core if owner or named else hit.start), hit.end
