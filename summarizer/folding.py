"""A text with its typography flattened, and the way back: which characters each folded one stood for.

Folded away: the kind of quotation mark, dash and space, soft hyphens and other invisible characters, ligatures and
full-width forms, composed against decomposed accents. Kept: letters, their case, digits, every other sign. What is
folded is how words are set, never what they say, so two texts that fold alike state the same facts.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

QUOTES = "\"'`´‘’‚‛“”„‟′″‹›«»＂＇"
DASHES = "-‐‑‒–—―−﹘﹣－"
_COMBINING = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PLAIN = re.compile(rf"[A-Za-z0-9.,;:!?()%$&/@#+=*_]+(?!{_COMBINING})")
_CLUSTER = re.compile(rf"\s+|.{_COMBINING}*", re.DOTALL)
_RUN = re.compile(r"[ -]{2,}|'{2,}")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded form; character i of it came from `starts[i]` up to `ends[i]` of the original."""

    text: str
    starts: array[int]
    ends: array[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original interval behind the folded characters `start` to `end` (at least one)."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    r"""Flatten the typography of `text` in one pass, linear in its length.

    >>> fold("the “hard\u00adline”  stance — they said").text
    "the 'hardline' stance-they said"
    """
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    position, size = 0, len(text)
    while position < size:
        plain = _PLAIN.match(text, position)
        if plain:
            end = plain.end()
            pieces.append(plain.group())
            starts.extend(range(position, end))
            ends.extend(range(position + 1, end + 1))
        else:
            cluster = _CLUSTER.match(text, position)
            assert cluster is not None  # `.` with DOTALL takes any character
            end = cluster.end()
            flat = _flatten(cluster.group())
            pieces.append(flat)
            starts.extend([position] * len(flat))
            ends.extend([end] * len(flat))
        position = end
    return _squeeze("".join(pieces), starts, ends)


def _flatten(cluster: str) -> str:
    """One character with its combining marks, or a run of white space, in its plainest form."""
    first = cluster[0]
    if first.isspace():
        return " "
    if first in QUOTES:
        return "'"
    if first in DASHES:
        return "-"
    category = unicodedata.category(first)
    if category in ("Cf", "Cc"):
        return ""
    if category == "No":  # 10² is not 102, and 1½ is not 11/2
        return cluster
    return unicodedata.normalize("NFKC", cluster)


def _squeeze(text: str, starts: array[int], ends: array[int]) -> Folded:
    """One space for a run of them, one mark for a run of quotation marks, dashes without the spaces around them."""
    kept: list[str] = []
    kept_starts, kept_ends = array("q"), array("q")
    position = 0
    for match in _RUN.finditer(text):
        start, end = match.span()
        kept.append(text[position:start])
        kept_starts.extend(starts[position:start])
        kept_ends.extend(ends[position:start])
        kept.append("-" if "-" in match.group() else match.group()[0])
        kept_starts.append(starts[start])
        kept_ends.append(ends[end - 1])
        position = end
    kept.append(text[position:])
    kept_starts.extend(starts[position:])
    kept_ends.extend(ends[position:])
    return Folded("".join(kept), kept_starts, kept_ends)


_WORD = re.compile(r"[^\W_]+(?:[.'&][^\W_]+)*")


def words_of(folded: str) -> list[str]:
    """The words of a folded text in order, without possessive endings; hyphens divide.

    >>> words_of("Smith's U.S.-led talks don't end")
    ['Smith', 'U.S', 'led', 'talks', "don't", 'end']
    """
    return [word.removesuffix("'s") for word in _WORD.findall(folded)]


_CAPITALISED_RUN = re.compile(r"[A-Z][\w']*(?:[ -](?:of |for |the |and )*[A-Z][\w']*)+")


def acronyms_of(folded: str) -> set[str]:
    """The initials of each run of capitalised words, and dotted acronyms without their dots.

    >>> sorted(acronyms_of("the U.S. joined the World Trade Organization"))
    ['US', 'WTO']
    """
    runs = ("".join(re.findall(r"\b[A-Z]", run)) for run in _CAPITALISED_RUN.findall(folded))
    dotted = (word.replace(".", "") for word in re.findall(r"\b(?:[A-Z]\.)+[A-Z]?", folded))
    return {*runs, *dotted}
