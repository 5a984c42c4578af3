"""Which words stand in quotation marks? Curly, straight, single, angled, unbalanced ones, and no apostrophes.

Damage stays in its sentence: a mark without its partner never swallows what follows. A quotation whose closing mark
is missing ends with its sentence; a closing mark whose opening one is missing is reported from its sentence's start,
``opened`` being False, so that a caller takes it for a paraphrase. Nothing crosses a blank line, except a quotation of
several paragraphs, each of which opens with a mark and only the last of which closes.

Left alone: block quotations without marks, and marks that stand for "ditto".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in a text: ``text[start:end]`` with its marks, ``text[inner_start:inner_end]`` without.

    ``opened`` and ``closed`` say whether the mark stands there; ``words`` counts the words inside. Of a quotation of
    several paragraphs the inner text keeps the marks at the heads of the later ones.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    opened: bool
    closed: bool
    words: int


def find_quotations(text: str) -> list[Quotation]:
    """The outermost quotations of a text in its order, none overlapping another; time is linear in its length.

    >>> text = 'He said "we will go" and left. They must pay," she added. “It’s late.'
    >>> [(text[q.inner_start:q.inner_end], q.opened, q.closed) for q in find_quotations(text)]
    [('we will go', True, True), ('They must pay,', False, True), ('It’s late.', True, False)]
    """
    return list(_find(_Page(text)))


def inside_quotation(quotations: Sequence[Quotation], start: int, end: int) -> Quotation | None:
    """The quotation that holds the span from ``start`` to ``end``; the quotations in text order, as found.

    >>> text = 'He said "we will go" and left.'
    >>> inside_quotation(find_quotations(text), 9, 11) is not None, inside_quotation(find_quotations(text), 0, 11)
    (True, None)
    """
    place = bisect_right(quotations, start, key=lambda quotation: quotation.start) - 1
    return quotations[place] if place >= 0 and end <= quotations[place].end else None


def spoken_span(text: str, quotation: Quotation) -> tuple[int, int]:
    """Where the words themselves stand: without the marks, outer spaces, and the final comma or full stop.

    >>> text = '"We are leaving the U.S.," he said. "At once!"'
    >>> [text[slice(*spoken_span(text, q))] for q in find_quotations(text)]
    ['We are leaving the U.S.', 'At once!']
    """
    inner = text[quotation.inner_start : quotation.inner_end]
    start = quotation.inner_start + len(inner) - len(inner.lstrip())
    inner = inner.strip()
    while inner and (inner[-1] in ",; " or (inner[-1] == "." and not _INITIALS.search(inner[-8:]))):
        inner = inner[:-1]
    return start, start + len(inner)


# ------------------------------------------------------------------------------------------------------------ the marks

Family = Literal["double", "single", "angle"]
Kind = tuple[Family, bool]  # the family, and whether the mark is curly: “He said "no",” he said.
Role = Literal["opens", "closes", "either"]

_FAMILIES: dict[str, Family] = {
    '"': "double",
    "\u201c": "double",
    "\u201d": "double",
    "\u201e": "double",
    "\u201f": "double",
    "``": "double",
    "''": "double",
    "'": "single",
    "\u2018": "single",
    "\u2019": "single",
    "\u201a": "single",
    "\u201b": "single",
    "`": "single",
    "\u00ab": "angle",
    "\u00bb": "angle",
    "\u2039": "angle",
    "\u203a": "angle",
}
_STRAIGHT = frozenset("\"'")
_ALWAYS_OPEN = frozenset({"\u201e", "\u201f", "\u201a", "\u201b", "\u00ab", "\u2039", "``"})
_ALWAYS_CLOSE = frozenset({"\u00bb", "\u203a"})
_SIGNS = "\"'`\u2018-\u201f\u00ab\u00bb\u2039\u203a"
# An apostrophe between letters is none of them; nor are three of a kind, which are a rule or a fence.
_MARK = re.compile(
    rf"([{_SIGNS}])\1\1+|``|''|(?<![^\W_])['\u2019]|['\u2019](?![^\W_])"
    '|["`\u2018\u201a-\u201f\u00ab\u00bb\u2039\u203a]'
)
_DASHES = r"\-\u2010-\u2015/"
_LOOSE_BEFORE = re.compile(rf"[\s(\[{{{_DASHES}{_SIGNS}]?\Z")
_LOOSE_AFTER = re.compile(rf"[\s)\]}}{_DASHES}{_SIGNS}.,;:!?\u2026]?\Z")
_ENDING = ".,!?\u2026"
_BEFORE_SPEECH = (",", ":")
# 'He said," We will go."': a mark on the wrong side of its space.
_SAID = re.compile(r"\b(?:said|says|saying|added|adding|told|asked|wrote|stated|replied)[,:]\Z")

# Words that begin with an apostrophe, decades among them.
_ELISION = re.compile(
    r"(?:em|till?|tis|twas|twere|cause|bout|round|co[sz]|cuz|n|nuff|neath|gainst|hood|fraid|d|ll|re|ve"
    r"|s|t|m)\b|\d\ds\b|\d\d\b(?!\s[a-z]{3})",
    re.IGNORECASE,
)
_FEET = re.compile("\\d['\u2019] ?\\d{1,2}\\Z")
_WORD = re.compile(r"\w+(?:['\u2019.,-]\w+)*")
_INITIALS = re.compile(r"(?:\b[A-Za-z]\.){2,}\Z")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark, and what it can do where it stands."""

    start: int
    end: int
    kind: Kind
    role: Role
    before: str

    @property
    def family(self) -> Family:
        return self.kind[0]


def _marks(text: str) -> Iterator[_Mark]:
    for found in _MARK.finditer(text):
        start, end = found.span()
        if end - start < 3 and (role := _role(text, start, end)):
            sign = found.group()
            yield _Mark(start, end, (_FAMILIES[sign], sign not in _STRAIGHT), role, text[max(0, start - 1) : start])


def _role(text: str, start: int, end: int) -> Role | None:
    """What the mark can do; None if it is an apostrophe, a foot or an inch."""
    sign, before, after = text[start:end], text[max(0, start - 1) : start], text[end : end + 1]
    if sign in _ALWAYS_OPEN or sign in _ALWAYS_CLOSE:
        return "opens" if sign in _ALWAYS_OPEN else "closes"
    if before.isdigit() and _FEET.search(text[max(0, start - 5) : start]):
        return None
    opens, closes = _can_open(text, end, before, after), _can_close(before, after)
    if sign in "'\u2018\u2019" and opens and (sign == "\u2019" or _ELISION.match(text, end)):
        return None
    if sign in "\u201c\u2018":  # used the other way round only where its company shows it, as in German
        return "closes" if closes and not opens and (before.isalnum() or before in _ENDING) else "opens"
    if sign in "\u201d\u2019":
        return "opens" if opens and not closes else "closes"
    if opens == closes or (
        before in _BEFORE_SPEECH and after.isspace() and _SAID.search(text, max(0, start - 12), start)
    ):
        return "either"
    return "opens" if opens else "closes"


def _can_open(text: str, end: int, before: str, after: str) -> bool:
    """A space, a bracket, a dash or another mark before it; words or an ellipsis after it."""
    if not _LOOSE_BEFORE.match(before):
        return False
    return bool(after) and not after.isspace() and (after not in ".,;:!?)]}" or text.startswith("..", end))


def _can_close(before: str, after: str) -> bool:
    return bool(before) and not before.isspace() and before not in "([{" and bool(_LOOSE_AFTER.match(after))


# ---------------------------------------------------------------------------------------------------------- the page

_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n\s*|\Z)")
_STOP = re.compile(rf"(?<![.!?])(?:[.!?]++|\u2026)[)\]{_SIGNS}]*+(?=\s+[(\[{_SIGNS}]*[^\W_a-z]|\s*\Z)|(?=\n[^\S\n]*\n)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Sen|Rep|Gov|Rev|Hon|St|Jr|Sr|No|vs|Co"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z]|\.[A-Za-z])\.\Z"
)
_LOWER_WORD = re.compile(r"\s[a-z]")
_SPACE = re.compile(r"\s*")
_SPEECH_TAG = re.compile(
    r"[,!?]\s(?:[A-Z][\w.-]*\s|he\s|she\s|they\s){0,4}(?:said|says|added|told|asked|wrote)\b"
    r"[^.\"\u201c\u201d]{0,60}\.?\s*\Z"
)


class _Page:
    """A text with its marks, its blocks (what blank lines part) and its sentences."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks = tuple(_marks(text))
        self.blocks = [found.end() for found in _BLANK_LINE.finditer(text)]

    @cached_property
    def stops(self) -> list[int]:
        """Where sentences end."""
        ends = (
            found.end()
            for found in _STOP.finditer(self.text)
            if not (
                found.group()[:1] == "."
                and _ABBREVIATION.search(self.text, max(0, found.start() - 6), found.start() + 1)
            )
        )
        return [*ends, len(self.text)]

    def block(self, place: int) -> int:
        return bisect_right(self.blocks, place)

    def sentence(self, place: int) -> int:
        return bisect_right(self.stops, place)

    def sentence_start(self, place: int, floor: int) -> int:
        """Where the sentence that holds the character before ``place`` begins, but not before ``floor``."""
        at = bisect_right(self.stops, max(0, place - 1))
        block = self.block(place)
        start = max(floor, self.stops[at - 1] if at else 0, self.blocks[block - 1] if block else 0)
        found = _SPACE.match(self.text, start, place)
        return found.end() if found else start

    def sentence_end(self, place: int) -> int:
        return self.stops[bisect_right(self.stops, place)] if place < len(self.text) else place

    def heads_line(self, mark: _Mark) -> bool:
        line = self.text.rfind("\n", max(0, mark.start - 40), mark.start)
        return line >= 0 and not self.text[line : mark.start].strip()

    def words(self, start: int, end: int) -> int:
        return sum(1 for _ in _WORD.finditer(self.text, start, end))

    def continues(self, opener: _Mark, mark: _Mark) -> bool:
        """Whether a mark at the head of a later paragraph carries on the quotation that ``opener`` began.

        The paragraph before must be the quotation to its end: one that ends in a speech tag lacks its closing mark.
        """
        if mark.role == "closes" or not self.heads_line(mark):
            return False
        if self.block(mark.start) > self.block(opener.start) + 1:
            return False
        ending = self.text[max(opener.end, mark.start - 120) : mark.start].rstrip()
        return ending[-1:] in ".!?:;\u2026" and not _SPEECH_TAG.search(ending)


# ---------------------------------------------------------------------------------------------------------- the pairs


def _find(page: _Page) -> Iterator[Quotation]:
    at = floor = 0
    hopeless: set[int] = set()  # heads of later paragraphs whose chain was followed in vain
    while at < len(page.marks):
        mark = page.marks[at]
        if mark.role == "closes":
            quotation, following = _unopened(page, mark, floor), at + 1
            floor = mark.end
        else:
            last = None if at in hopeless else _closing(page, at, hopeless)
            if last is not None:
                quotation, following = _pair(page, mark, page.marks[last]), last + 1
            else:
                quotation, following = _unclosed(page, at), at + 1
        if quotation:
            yield quotation
            floor = quotation.end
        at = following
        while at < len(page.marks) and page.marks[at].start < floor:
            at += 1


def _quotation(page: _Page, start: int, end: int, opening: _Mark | None, closing: _Mark | None) -> Quotation | None:
    inner_start, inner_end = opening.end if opening else start, closing.start if closing else end
    words = page.words(inner_start, inner_end)
    if not words and not page.text[inner_start:inner_end].strip():
        return None
    return Quotation(start, end, inner_start, inner_end, opening is not None, closing is not None, words)


def _pair(page: _Page, opening: _Mark, closing: _Mark) -> Quotation | None:
    return _quotation(page, opening.start, closing.end, opening, closing)


def _unopened(page: _Page, mark: _Mark, floor: int) -> Quotation | None:
    """From the sentence's start to a closing mark alone; None where it is an apostrophe or an inch."""
    if mark.before.isdigit() or (mark.family == "single" and mark.before not in _ENDING):
        return None
    start = page.sentence_start(mark.start, floor)
    return _quotation(page, start, mark.end, None, mark) if page.words(start, mark.start) else None


def _unclosed(page: _Page, at: int) -> Quotation | None:
    """From an opening mark alone to its sentence's end, or to the next opening mark.

    A single one is doubtful: it counts only if it is no apostrophe before some other quotation, and holds three words.
    """
    mark = page.marks[at]
    end = page.sentence_end(mark.end)
    inside = page.marks[at + 1 : at + 9]
    if mark.family == "single" and any(one.family != "single" and one.start < end for one in inside):
        return None
    end = min([end, *(one.start for one in inside if one.family == mark.family and one.role != "closes")])
    quotation = _quotation(page, mark.start, end, mark, None)
    least = 3 if mark.family == "single" else 1
    return quotation if quotation and quotation.words >= least else None


def _closing(page: _Page, at: int, hopeless: set[int]) -> int | None:
    """Which mark closes the one at ``at``: the next of its family that can, before one of its own kind opens.

    Marks of another kind that open in between are nested. One that closes with nothing nested to close is a slip of
    the pen for the mark wanted ('so ... that."), unless the right one still comes in the same sentence.
    """
    opener = last = page.marks[at]
    nested: set[Kind] = set()
    slip: int | None = None
    chain: list[int] = []
    for place in range(at + 1, len(page.marks)):
        mark = page.marks[place]
        related = mark.family == opener.family
        if related and page.continues(last, mark):
            chain.append(place)
            last = mark
        elif page.block(mark.start) != page.block(last.start) or (mark.role == "opens" and mark.kind == opener.kind):
            break
        elif mark.role == "opens" or (mark.role == "either" and not related and mark.kind not in nested):
            nested.add(mark.kind)
        elif mark.kind in nested:
            nested.discard(mark.kind)
        elif related:
            if _closes(page, opener, place):
                return place if slip is None or _same_sentence(page, slip, place) else slip
        elif opener.family == "single":
            return place
        elif slip is None and mark.before in _ENDING:
            slip = place
    if slip is None:
        hopeless.update(chain)
    return slip


def _same_sentence(page: _Page, first: int, second: int) -> bool:
    return page.sentence(page.marks[first].start) == page.sentence(page.marks[second].start)


def _closes(page: _Page, opener: _Mark, place: int) -> bool:
    """Whether a mark of the right family closes: always, but for a single one that may be an apostrophe.

    After a letter it closes only in the opener's own sentence, and not as the plural's genitive ("the envoys' words")
    while another one still comes there; in a later sentence only before a comma or a stop, where no genitive stands.
    """
    mark = page.marks[place]
    if mark.family != "single" or not mark.before.isalnum():
        return True
    if page.sentence(mark.start) != page.sentence(opener.start):
        return page.text[mark.end : mark.end + 1] in (",", ".", ";", "!", "?")
    if mark.before not in "sS" or not _LOWER_WORD.match(page.text, mark.end):
        return True
    later = next((one for one in page.marks[place + 1 : place + 5] if one.family == "single"), None)
    return later is None or later.role == "opens" or page.sentence(later.start) != page.sentence(opener.start)
