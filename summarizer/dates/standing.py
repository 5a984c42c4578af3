"""Whether what looks like a time expression is one where it stands: May may be a name, and 2000 a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from summarizer.dates.patterns import compiled
from summarizer.dates.shapes import spaced
from summarizer.dates.words import MONTHS, WEEKDAYS, listed

_SURE_WORDS = frozenset(
    listed("in until till since last next this early earlier late later mid during through throughout")
)
_DATE_WORDS = _SURE_WORDS | {"by", "from", "before", "after", "between"}
_WEEKDAY_TITLES = (
    r" (?:Times|Herald|Telegraph|Mirror|Mail|Express|Post|Tribune|Independent|World|People|Star|Sun"
    r"|Night (?:Live|Lights|Football|Fever)|Agreement|School|Club)\b"
)
_WEEKDAY_NICKNAMES = frozenset(
    listed("""Good Black Bloody Ash Cyber Super Palm Easter Giving Fat Maundy Shrove Holy Ruby Sheffield
    Red a any most every each Every Each""")
)
_COUNTED = (
    r" (?:more |other )?(?:people|men|women|children|troops|police|persons|cases|places|cities|towns|countries|schools"
    r"|villages|votes|seats|jobs|points|words|pages|[$\u20ac\u00a3%])"
)
_NO_MONTH_BEFORE = frozenset(
    listed("""In By From Until Till Since Last Next This Early Late Mid During Before After Through
    Throughout For And Or To Of On At The Between""")
) | {name.capitalize() for name in (*MONTHS, *WEEKDAYS)}
_PERSON = r"\b([A-Z][\w'\u2019]{1,30})\.?[^\S\n](April|May|June|August|March|Jan)\b(?!\.?[^\S\n]?\d)"
_OF = r"\s(?:of|in)\b"
_CAPITAL = r"[^\S\n][A-Z]"


@dataclass(frozen=True, slots=True)
class Hit:
    """What looks like a time expression: ``start`` counts its preposition in, ``core`` does not."""

    start: int
    core: int
    end: int
    kind: str
    text: str

    @property
    def nucleus(self) -> str:
        """The expression without the words before it."""
        return self.text[self.core : self.end]

    @property
    def words(self) -> set[str]:
        """The words before it that may tell that it is a time expression."""
        return set(re.findall(r"[a-z]+", self.text[self.start : self.core].lower()))

    @property
    def last_word(self) -> str:
        """The last of them, in lower case."""
        words = self.text[self.start : self.core].lower().split()
        return words[-1] if words else ""

    @property
    def word_before(self) -> str:
        """The last word before all that."""
        words = self.text[max(0, self.start - 40) : self.start].split()
        return words[-1] if words else ""


def months_as_names(text: str) -> frozenset[str]:
    """The month words that a text also uses as a name.

    >>> months_as_names("Theresa May left in May, after the April vote.")
    frozenset({'May'})
    """
    people = compiled(_PERSON).finditer(text)
    return frozenset(found[2] for found in people if found[1] not in _NO_MONTH_BEFORE)


def stands(hit: Hit, names: frozenset[str]) -> bool:
    """Whether what looks like a time expression is one where it stands.

    ``names`` are the month words that the text also uses as a name ("Theresa May", "Women's March").

    >>> text = "Theresa May left by May."
    >>> stands(Hit(17, 20, 23, "month", text), frozenset()), stands(Hit(17, 20, 23, "month", text), frozenset({"May"}))
    (True, False)
    """
    if hit.kind == "month":
        return _is_month(hit, names)
    return hit.kind not in _JUDGES or _JUDGES[hit.kind](hit)


def _is_month(hit: Hit, names: frozenset[str]) -> bool:
    """A bare month needs a word of time before it; where it may be a name ("by May"), a word that no name takes."""
    parts = re.findall(r"[A-Za-z]+", hit.nucleus)
    words = hit.words | {parts[0].lower()}
    if hit.last_word == "the":
        return False
    if words & _SURE_WORDS:
        return True
    return bool(words & _DATE_WORDS) and parts[0] not in names and not compiled(_CAPITAL).match(hit.text, hit.end)


def _is_year(hit: Hit) -> bool:
    """A bare year needs a word of time before it, and nothing that it counts after it; "the 2020 election" is none."""
    words = hit.words | set(re.findall("[a-z]+", hit.nucleus.lower()))
    return bool(_DATE_WORDS & words) and hit.last_word != "the" and not spaced(_COUNTED).match(hit.text, hit.end)


def _is_weekday(hit: Hit) -> bool:
    """Not a paper (Sunday Times), a feast (Good Friday) or a habit (every Monday)."""
    before = hit.text[max(0, hit.core - 40) : hit.core].split()[-1:]
    return not spaced(_WEEKDAY_TITLES).match(hit.text, hit.end) and _WEEKDAY_NICKNAMES.isdisjoint(before)


def _is_near(hit: Hit) -> bool:
    """Not the name of a paper or a show ("USA Today"), nor an adjective ("an overnight raid")."""
    if hit.nucleus == "overnight":
        return hit.start == hit.core and hit.word_before.lower() not in ("a", "an")
    return not (hit.nucleus == "Today" and hit.word_before[:1].isupper() and hit.word_before[-1:].isalnum())


def _is_term(hit: Hit) -> bool:
    """Not a span ("the first time in 20 years")."""
    return hit.word_before.lower() not in ("time", "times", "once", "twice", "first", "second", "third", "ever")


def _is_season(hit: Hit) -> bool:
    """In the fall, but not the fall of a city; with a year or this, last and next always."""
    words = hit.nucleus.lower().split()
    if words[0] != "the" or words[-1] == "year" or words[-1].isdigit():
        return True
    return bool(_DATE_WORDS & hit.words) and not compiled(_OF).match(hit.text, hit.end)


def _is_edge(hit: Hit) -> bool:
    """By the end of the day is a term, at the end of the day a figure of speech."""
    return not hit.nucleus.lower().endswith("of the day") or "by" in hit.words


_JUDGES: dict[str, Callable[[Hit], bool]] = {
    "year": _is_year,
    "weekday": _is_weekday,
    "near": _is_near,
    "term": _is_term,
    "season": _is_season,
    "edge": _is_edge,
}
