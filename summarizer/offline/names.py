"""Names in a parsed text: where they stand, and what their own words say they are.

A name is a run of capitalised words with the small ones that names hold ("Ministry of Defence", "Joost de Wit"). Its
words alone tell countries, nationalities, international bodies and most organizations; a title before it tells a
person; for the rest `entities` weighs how the article speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summarizer.countries import Match, body_of, find_countries, lookup
from summarizer.offline.parsed import Segment
from summarizer.offline.wordlists import word_list
from summarizer.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NameKind = Literal["country", "demonym", "body", "person", "organization", "object", "place", "office", "unknown"]


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What a capitalised word says of the name it is in. Singular and plural as names have them.
ORGANIZATION_WORDS = word_list("name organization")
OBJECT_WORDS = word_list("name object")
PLACE_WORDS = word_list("name place")
OCCASION_WORDS = word_list("name occasion")
TITLES = word_list("title")
# Words that only go before a title's head: none of them is one alone.
_BEFORE_TITLES = word_list("title beginning")
_SECRETARIES_OF = word_list("title realm")
_SURNAMES = word_list("title or surname")
COURTESIES = word_list("courtesy")
_PARTICLES = _words(
    "de da di do dos das del della der den van von la le al el bin ibn ben bint abu du des zu ter ten y e"
)
_JOINTS = _words("of for and the & on in to")
_CALENDAR = word_list("calendar")
_REGIONAL = word_list("regional")
_WITH_TITLES = _words("Office Party Council School Palace House")  # "King's College", "Prime Minister's Office"
_CLOSED = frozenset({"DET", "PRON", "ADP", "AUX", "SCONJ", "CCONJ", "PART", "INTJ", "ADV"})
_NOT_AFTER_HYPHEN = _words("led made run held era wide born like only free wing ward backed based owned funded linked")
_CAPITAL = re.compile(r"[^\W\d_a-z]|[A-Z]")
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Z&\d-]{1,7}s?\Z")
FAMILIAR = word_list("given name")


@dataclass(frozen=True, eq=False)
class Name:
    """One place where a name stands: tokens `first` to `last` of `segment.doc`, both included.

    `code` is the country that the name's own words tell ("Australian Federal Police"); `office` the title before it.
    An `office` kind is a title with no name after it ("Foreign Minister").
    """

    segment: Segment
    first: int
    last: int
    kind: NameKind
    code: str | None = None
    office: tuple[int, int] | None = None

    @property
    def span(self) -> Span:
        """The name's characters in the article."""
        return self.segment.span(self.first, self.last)

    @property
    def words(self) -> tuple[str, ...]:
        """The name's words as the parser saw them: in sentence case where a headline shouts."""
        return tuple(token.text for token in self.segment.doc[self.first : self.last + 1])

    @property
    def form(self) -> str:
        """The name as the parser saw it, white space single."""
        return " ".join(self.segment.doc[self.first : self.last + 1].text.split())


def find_names(segment: Segment) -> list[Name]:
    """Every name of a segment, in order, none overlapping another."""
    doc = segment.doc
    places = _places(doc)
    names: list[Name] = []
    for first, last in _runs(doc, places):
        names += _parts(segment, first, last, places)
    return names


# --- runs of capitalised words ----------------------------------------------------------------------------------------


def _places(doc: Doc) -> dict[int, tuple[int, Match]]:
    """Token at which a country's or nationality's form begins: its last token, and what it names."""
    starts = {token.idx: token.i for token in doc}
    found: dict[int, tuple[int, Match]] = {}
    for start, end, match in find_countries(doc.text):
        first = starts.get(start)
        if first is not None:
            last = first
            while last + 1 < len(doc) and doc[last + 1].idx < end:
                last += 1
            found[first] = (last, match)
    return found


def _runs(doc: Doc, places: dict[int, tuple[int, Match]]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(doc):
        if not (at in places or _opens(doc[at])):
            at += 1
            continue
        last = _run_end(doc, at, places)
        yield at, last
        at = last + 1


def _opens(token: Token) -> bool:
    """Whether a word can be a name's first: capitalised, and not only because its sentence begins there."""
    if token.text in ("al", "el") and _hyphened_name(token):
        return True
    if not _CAPITAL.match(token.text) or token.text in _CALENDAR or token.lower_ == "i" or "$" in token.text:
        return False
    if _ACRONYM.match(token.text) and token.text not in ("A", "OK"):
        return True
    if token.pos_ in ("PRON", "DET") or _is_regional(token):
        return False
    if not _begins_sentence(token):
        return token.pos_ not in _CLOSED or token.pos_ == "ADV"
    follows = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    capital_follows = follows is not None and bool(_CAPITAL.match(follows.text)) and follows.text not in _CALENDAR
    if token.pos_ == "PROPN":
        return True
    return (
        token.pos_ in ("NOUN", "ADJ", "X")
        and capital_follows
        and token.text in (TITLES | ORGANIZATION_WORDS | _BEFORE_TITLES)
    )


def _hyphened_name(token: Token) -> bool:
    """Whether a small article is a name's first part: "al-Qaeda"."""
    doc, at = token.doc, token.i
    return (
        at + 2 < len(doc)
        and doc[at + 1].text == "-"
        and not token.whitespace_
        and bool(_CAPITAL.match(doc[at + 2].text))
    )


def _is_regional(token: Token) -> bool:
    """An adjective of a region that is no country's nationality: "European diplomats"."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return token.text in _REGIONAL and (following is None or not _CAPITAL.match(following.text))


def _begins_sentence(token: Token) -> bool:
    before = token.doc[token.i - 1] if token.i else None
    return before is None or bool(token.is_sent_start) or before.text in ('"', "“", "‘", "'", ":", "•")


def _run_end(doc: Doc, first: int, places: dict[int, tuple[int, Match]]) -> int:
    last = places[first][0] if first in places else first
    while True:
        step = _next_word(doc, first, last)
        if step is None:
            return last
        last = max(step, places[step][0]) if step in places else step


def _next_word(doc: Doc, first: int, last: int) -> int | None:
    """The token that goes on with a run after `last`, over a hyphen or the small words that names hold; else None."""
    at = last + 1
    if at >= len(doc):
        return None
    word = doc[at]
    if word.text in ("-", "–") and not doc[last].whitespace_ and not word.whitespace_ and at + 1 < len(doc):
        return at + 1 if _after_hyphen(doc, first, at + 1) else None
    if _goes_on(word):
        return at
    if word.text in ("'", "’") and not doc[last].whitespace_ and not word.whitespace_ and at + 1 < len(doc):
        return at + 1 if _CAPITAL.match(doc[at + 1].text) else None  # O'Brien, where the tokenizer parts it
    return _over_joint(doc, first, at)


def _goes_on(word: Token) -> bool:
    if word.text in _CALENDAR or word.lower_ == "i" or not _CAPITAL.match(word.text) or word.is_sent_start:
        return False
    return word.pos_ not in _CLOSED or word.pos_ in ("ADV", "ADP")


def _after_hyphen(doc: Doc, first: int, at: int) -> bool:
    word = doc[at]
    if _CAPITAL.match(word.text) or word.is_digit:
        return True
    if at + 2 < len(doc) and doc[at + 1].text in ("-", "–") and _CAPITAL.match(doc[at + 2].text):
        return True  # Port-au-Prince
    short = len(word.text) <= 4 and word.text not in _NOT_AFTER_HYPHEN
    return short and at - first > 2 and word.pos_ == "PROPN"  # Moon Jae-in


def _over_joint(doc: Doc, first: int, at: int) -> int | None:
    """The capitalised word after small words that join: particles in any name, "of" and the like in a body's."""
    end = at
    while (
        end < len(doc) and end - at < 3 and doc[end].text.lower() in (_PARTICLES | _JOINTS) and doc[end].text.islower()
    ):
        end += 1
    if end == at or end >= len(doc) or not _goes_on(doc[end]):
        if not (doc[at].text == "&" and at + 1 < len(doc) and _goes_on(doc[at + 1])):
            return None
        return at + 1
    joints = [token.text for token in doc[at:end]]
    if all(joint in _PARTICLES for joint in joints):
        return end
    before = [token.text for token in doc[first:at]]
    return end if _joined(before, joints, doc, end) else None


def _joined(before: list[str], joints: list[str], doc: Doc, at: int) -> bool:
    """Whether "of", "for", "and" go on with a name: "Ministry of Defence", "Department of Health and Welfare"."""
    body = any(word in ORGANIZATION_WORDS or word in OBJECT_WORDS for word in before)
    royal = before[-1] in ("Prince", "Princess", "Duke", "Duchess", "King", "Queen", "Bishop", "Archbishop")
    office = before[-1] in TITLES and joints[0] in ("of", "to") and (
        doc[at].text in _SECRETARIES_OF or doc[at].text in _BEFORE_TITLES or lookup(doc[at : at + 2].text) is not None
        or lookup(doc[at].text) is not None
    )  # fmt: skip
    if joints[0] == "to":
        return office and before[-1] in ("Ambassador", "Envoy", "Commissioner", "Representative")
    if joints[0] == "of":
        return (
            body
            or royal
            or office
            or before[-1] in ("Bay", "Gulf", "Isle", "Strait", "Sea", "Port", "Republic", "State")
        )
    if joints[0] in ("and", "&"):
        inner = "of" in before or "for" in before or joints[0] == "&"
        return (
            body
            and inner
            and doc[at].text not in ORGANIZATION_WORDS
            and not doc[at].ent_type_
            and not _next_is_title(doc, at)
        )
    return (
        body
        and joints[0] in ("for", "on", "in")
        and len(joints) <= 2
        and _CAPITAL.match(before[-1]) is not None
        and (joints[0] == "for" or before[-1] in ("Council", "Commission", "Committee", "Conference"))
    )


def _next_is_title(doc: Doc, at: int) -> bool:
    return any(token.text in TITLES for token in doc[at : at + 3])


# --- what a run is made of --------------------------------------------------------------------------------------------


def _parts(segment: Segment, first: int, last: int, places: dict[int, tuple[int, Match]]) -> Iterator[Name]:
    """Take a run apart: a nationality, a title, and the name itself, each as long as it can be."""
    doc = segment.doc
    if first in places and places[first][0] == last:
        yield _place(segment, first, last, places[first][1])
        return
    body = body_of(doc[first : last + 1].text)
    if body is not None:
        yield Name(segment, first, last, "body")
        return
    title = _last_title(doc, first, last)
    if title is not None:
        yield from _titled(segment, first, title, last, places)
        return
    kind = _kind_by_words(doc, first, last)
    if kind in ("organization", "object"):
        code = places[first][1].code if first in places else _code_inside(doc, first, last, places)
        yield Name(segment, first, last, kind, code)
        return
    if first in places:
        end, match = places[first]
        if match.kind in ("city", "capital") and end < last:  # "the Canberra Ledger", "Berlin Wall"
            yield Name(segment, first, last, kind, match.code)
            return
        yield _place(segment, first, end, match)
        yield from _parts(segment, end + 1, last, places) if end < last and doc[end + 1].text not in "-–" else ()
        return
    inner = next((at for at in range(first + 1, last + 1) if at in places and places[at][1].kind != "city"), None)
    if inner is not None and kind == "unknown" and places[inner][1].kind in ("demonym", "name"):
        # "Hezbollah Israel" never is one name; a country's name parts what is not known to be one
        if doc[inner - 1].text not in _JOINTS | _PARTICLES:
            yield from _parts(segment, first, inner - 1, places)
        else:
            yield from _parts(segment, first, max(first, inner - 2), places)
        yield from _parts(segment, inner, last, places)
        return
    yield Name(segment, first, last, kind)


def _place(segment: Segment, first: int, last: int, match: Match) -> Name:
    kind: NameKind = "demonym" if match.kind == "demonym" else "place" if match.kind == "city" else "country"
    return Name(segment, first, last, kind, match.code)


def _code_inside(doc: Doc, first: int, last: int, places: dict[int, tuple[int, Match]]) -> str | None:
    """The country within a body's name: "Central Bank of Kenya", not "Pan-American Highway"."""
    codes = {places[at][1].code for at in range(first + 1, last + 1) if at in places and doc[at - 1].text != "-"}
    return codes.pop() if len(codes) == 1 else None


def _last_title(doc: Doc, first: int, last: int) -> int | None:
    """The last token of the title in a run; None if the run holds none."""
    body = any(token.text in _WITH_TITLES for token in doc[first : last + 1])
    if body and doc[first].text not in COURTESIES and doc[last].text in ORGANIZATION_WORDS | PLACE_WORDS | {"Palace"}:
        return None
    found = None
    for at in range(first, last + 1):
        if doc[at].text not in TITLES or (doc[at].text in _BEFORE_TITLES and not _ends_title(doc, at)):
            continue
        if at == last and at > first and doc[at].text in _SURNAMES and doc[at - 1].text not in TITLES:
            continue  # Tom King, Kelly Major
        found = at
        if at + 2 <= last and doc[at + 1].text == "of" and doc[at + 2].text in _SECRETARIES_OF:
            found = at + 2
    return found


def _ends_title(doc: Doc, at: int) -> bool:
    """Whether a word that mostly opens a title ends one: "Chief Executive Anders Holm", "Attorney General"."""
    return doc[at].text in ("Executive", "Chief", "Justice") and at > 0 and doc[at - 1].text in (
        "Chief", "Police", "Army", "Deputy", "Opposition", "Navy", "Staff", "Finance",
    )  # fmt: skip


def _titled(
    segment: Segment, first: int, title: int, last: int, places: dict[int, tuple[int, Match]]
) -> Iterator[Name]:
    """Name after a title: "Belarusian Foreign Minister Aleh Barysevich"; an office alone where none follows."""
    doc = segment.doc
    start = first
    if first in places and places[first][1].kind != "city":
        yield _place(segment, first, *places[first])
        start = places[first][0] + 1
    if start > title and start > last:
        return
    if title == last:
        if start <= last:
            yield Name(segment, start, last, "office")
        return
    after, code = _past_realm(doc, title + 1, last, places)
    office = after - 1
    if after > last:
        yield Name(segment, start, last, "office")
        return
    body = _kind_by_words(doc, after, last)
    kind: NameKind = "organization" if body == "organization" else "person"
    yield Name(segment, after, last, kind, code, (start, office) if start <= title else None)


def _past_realm(doc: Doc, at: int, last: int, places: dict[int, tuple[int, Match]]) -> tuple[int, str | None]:
    """Where the name begins behind a title and what the office is over, and its country: "President of Ghana X"."""
    code = None
    if doc[at].text in ("of", "for", "to") and at < last:
        at += 1 + (doc[at + 1].text == "the")
        while at <= last and (
            doc[at].text in _SECRETARIES_OF or doc[at].text in _BEFORE_TITLES or doc[at].text == "and"
        ):
            at += 1
        if at in places and places[at][1].kind in ("name", "capital"):
            return places[at][0] + 1, places[at][1].code if doc[at - 1].text != "to" else None
        return at, code
    if at in places and places[at][1].kind in ("name", "demonym") and places[at][0] < last:
        return places[at][0] + 1, places[at][1].code
    return at, code


def _kind_by_words(doc: Doc, first: int, last: int) -> NameKind:
    """What a name's own words say it is; "unknown" if nothing."""
    words = [token.text for token in doc[first : last + 1]]
    heads = words[: words.index("of")] if "of" in words[1:] else words
    if body_of(" ".join(words)) is not None:
        return "body"
    if heads[-1] in OCCASION_WORDS:
        return "object"
    if heads[-1] in PLACE_WORDS or heads[0] in ("Mount", "Lake", "Cape", "Port", "Fort"):
        return "place"
    if heads[-1] in OBJECT_WORDS or words[0] in ("HMS", "USS", "MV", "MS", "MT", "Flight", "Boeing", "Airbus"):
        return "object"
    if heads[-1] in ORGANIZATION_WORDS or (len(words) > 1 and any(word in ORGANIZATION_WORDS for word in heads)):
        return "organization"
    if len(words) == 1 and _ACRONYM.match(words[0]) and len(words[0]) > 1:
        return "organization"
    if len(words) > 1 and words[0] in FAMILIAR:
        return "person"
    return "unknown"
