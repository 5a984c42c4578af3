"""Which country does this word name? Names, demonyms, capitals, metonyms and cities, and the international bodies.

A government, its capital, palace or administration stands for the country when it acts (SCHEMA.md, rule 7), and a
named place or nationality has its country's code (rule 15). ISO lists hold neither demonyms nor metonyms, so the table
beside this file (``countries.tsv``) is our own. Its forms are case-sensitive: ``turkey`` is a bird, ``us`` a pronoun,
``polish`` a verb. Only a form written all in capitals, as in a headline or a dateline, is found without regard to case.

Forms that news uses for more than one thing are resolved to their most frequent reading there and marked ``ambiguous``:

- Georgia is the country (not the state of the US), Jordan and Chad are countries (not persons), Congo is the Democratic
  Republic, Korea is South Korea, Guinea is Guinea, Dominican is of the Dominican Republic, Washington is the capital.
- In running text an ambiguous form that touches another capitalised word ("Michael Jordan", "Georgia Republicans",
  "Washington Post") is left out, unless that word is a title, a day or the first word of a sentence such as "In".
- An ambiguous *city* ("Nice", "Split", "Victoria") is a weak clue: trust it as a location, never as an actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["name", "demonym", "capital", "metonym", "city"]

TABLE = Path(__file__).with_name("countries.tsv")
_KINDS: tuple[Kind, ...] = ("name", "name", "demonym", "capital", "metonym", "city")
_NONE = "-"  # the row of names that hold a country's name and are none

_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")
_OF = re.compile(r"\s(?:of|in)\s")
_BEFORE = re.compile(r"(?:\b([A-Z])\.|([^\W\d_]+)) $")
_AFTER = re.compile(r" ([^\W\d_]+)")
_FOLD = str.maketrans({".": "", ",": "", "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-"})
_POSSESSIVE = re.compile(r"(?:['\u2019][sS]|(?<=[sS])['\u2019])$")
_THE = re.compile(r"^the\s+", re.IGNORECASE)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _set(
    """Ambassador Army Cabinet Embassy Foreign Government King Minister Parliament President Presidents Prime Queen
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday"""
)
_OPENERS = _set(
    """A After All Although Amid An And As At Because Before Both But By During Even For From Here If In Inside Into
    Is Like Meanwhile Near Nor Of On Only Or Outside Over Since So That The Then There This Though Through Throughout
    Today To Under Unlike Until Was Were What When Where Whether While Why With Without Yesterday Yet"""
)
_WATERS = _set("Basin Channel Gulf Ocean River Sea Strait Straits")

GOVERNMENT_NOUNS = _set("administration authorities cabinet government junta leadership officials regime")
_RULES_A_CITY_TOO = _set("authorities officials")
_NOT_THE_GOVERNMENT = _set(
    "former ex-government opposition local regional provincial municipal rebel retired shadow city state exiled"
)


@dataclass(frozen=True, slots=True)
class Country:
    """A row of the table; ``names`` are the other names, dots and all."""

    code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    metonyms: tuple[str, ...]
    cities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What a form stands for: the country's code, how the form names it, and whether news also uses it otherwise."""

    code: str
    kind: Kind
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """An international body: an organization, never a country, even where it acts beside countries."""

    name: str
    acronym: str | None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Forms:
    """Folded form → match; first word of a form of several → how many words the longest such form has."""

    matches: dict[str, Match]
    longest: dict[str, int]


def by_code(code: str) -> Country | None:
    """Return the country with this alpha-3 code.

    >>> by_code("KEN").capitals
    ('Nairobi',)
    """
    return _country(code) if is_code(code) else None


def is_code(code: str) -> bool:
    """Tell whether this is a code of the table (ISO 3166-1 alpha-3, or XKX)."""
    return code in _by_code()


def lookup(text: str) -> Match | None:
    """Find what one exact form names: with or without "the", possessive or not, dotted or not.

    >>> lookup("the U.S."), lookup("Lagos's").code, lookup("turkey")
    (Match(code='USA', kind='name', ambiguous=False), 'NGA', None)
    """
    form = _THE.sub("", text.strip())
    match = _match_of(_fold(form)) or _match_of(_fold(_POSSESSIVE.sub("", form)))  # "Saint George's" is a capital
    return match if match and match.code != _NONE else None


def find_countries(text: str) -> list[tuple[int, int, Match]]:
    """Find every form in running text, left to right, the longest first: ``(start, end, match)``.

    One pass over the words with one regex; at each word that begins a form, at most as many lookups as the longest
    such form has words. (An alternation of all the forms would be one regex of thousands of branches.)

    >>> [match.code for _, _, match in find_countries("South Korean and U.S. envoys met in Geneva.")]
    ['KOR', 'USA', 'CHE']
    """
    return list(_scan(text, list(_WORD.finditer(text))))


def government_of(text: str) -> str | None:
    """Return the country whose government a phrase names, as SCHEMA.md's rule 7 has it, else None.

    "the French government", "Kenyan authorities", "senior U.S. officials", "the government of Mali". A person's
    administration ("the Biden administration"), a city's authorities and former officials are no country's.

    >>> government_of("the French government"), government_of("Chicago authorities")
    ('FRA', None)
    """
    phrase = text.strip()
    office, *place = _OF.split(phrase, maxsplit=1)
    if place and (noun := _governing_noun(office)):
        return None if _NOT_THE_GOVERNMENT.intersection(office.split()) else _governed(place[0], noun)
    noun = _governing_noun(phrase)
    words = phrase.split()[:-1]
    if not noun or _NOT_THE_GOVERNMENT.intersection(words):
        return None
    while words and words[0].islower():
        words.pop(0)
    while words and words[-1].islower():
        words.pop()
    return _governed(" ".join(words), noun)


def body_of(text: str) -> Body | None:
    """Return the international body that a form names.

    >>> body_of("the U.N.").name
    'United Nations'
    """
    return _bodies().get(_fold(_THE.sub("", _POSSESSIVE.sub("", text.strip()))))


def _governing_noun(phrase: str) -> str:
    last = phrase.split()[-1].lower() if phrase else ""
    return last if last in GOVERNMENT_NOUNS else ""


def _governed(place: str, noun: str) -> str | None:
    match = lookup(place)
    if match is None or match.kind == "city" or (match.kind == "capital" and noun in _RULES_A_CITY_TOO):
        return None
    return match.code


def _fold(form: str) -> str:
    """Reduce a form to what is compared: no dots or commas, straight apostrophes, plain hyphens, single spaces."""
    return form if form.isalpha() else _SPACE.sub(" ", form.translate(_FOLD)).strip()


def _match_of(key: str) -> Match | None:
    match = _forms().matches.get(key)
    return match or (_capitals_only().matches.get(key) if len(key) > 3 and key.isupper() else None)


def _scan(text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, int, Match]]:
    at = 0
    while at < len(words):
        size, match = _longest_at(text, words, at)
        start, end = words[at].start(), words[at + size - 1].end()
        if match and match.code != _NONE and _stands_alone(text, start, end, match):
            yield start, _past_dot(text, start, end), match
        at += size


def _longest_at(text: str, words: list[re.Match[str]], at: int) -> tuple[int, Match | None]:
    first = words[at].group()
    most = _forms().longest.get(first) or (_capitals_only().longest.get(first, 1) if first.isupper() else 1)
    for size in range(min(most, len(words) - at), 0, -1):
        if match := _match_of(_fold(text[words[at].start() : words[at + size - 1].end()])):
            return size, match
    return 1, None


def _past_dot(text: str, start: int, end: int) -> int:
    """Take in the last dot of an abbreviation: "U.S." and not "U.S"."""
    spelled = "." in text[start:end] and text[end - 2] in ". "
    return end + 1 if spelled and text[end : end + 1] == "." else end


def _stands_alone(text: str, start: int, end: int, match: Match) -> bool:
    """Tell whether the form is no part of a longer name: "Jordan River" for any, "Jordan Smith" if ambiguous."""
    after = _AFTER.match(text, end)
    following = after[1] if after else ""
    if following in _WATERS:
        return False
    if not match.ambiguous or text[start:end].isupper():
        return True
    before = _BEFORE.search(text, max(0, start - 30), start)
    preceding = (before[1] or before[2]) if before else ""
    return not (_of_a_name(following) or (_of_a_name(preceding) and preceding not in _OPENERS))


def _of_a_name(word: str) -> bool:
    return word[:1].isupper() and word not in _TITLES


@cache
def _rows() -> list[list[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line[:1] != "#"]


@cache
def _by_code() -> dict[str, list[str]]:
    return {row[0]: row for row in _rows() if row[0] != _NONE}


@cache
def _country(code: str) -> Country:
    _, name, *lists = _by_code()[code]
    cells = [[form.rstrip("?") for form in cell.split("|") if form] for cell in lists]
    cells[1] = [each for form in cells[1] for each in _with_plural(form)]
    names, demonyms, capitals, metonyms, cities = map(tuple, cells)
    return Country(code, name.rstrip("?"), names, demonyms, capitals, metonyms, cities)


@cache
def _forms() -> _Forms:
    forms = _Forms({}, {})
    for code, *cells in _rows():
        for kind, cell in zip(_KINDS, cells, strict=True):
            if cell:
                sure = Match(code, kind)
                _enter(forms, cell.split("|"), sure, Match(code, kind, ambiguous=True) if "?" in cell else sure)
    return forms


def _enter(forms: _Forms, cell: list[str], sure: Match, doubtful: Match) -> None:
    matches, longest = forms.matches, forms.longest
    for form in cell:
        if form.isalpha():
            matches[form] = sure
            continue
        bare, match = (form[:-1], doubtful) if form[-1] == "?" else (form, sure)
        singular = bare[:-1] if bare[-1] == "+" else bare
        if not singular.isalpha():
            first, *others = _WORD.findall(singular)
            longest[first] = max(1 + len(others), longest.get(first, 1))
            singular = singular.replace(".", "").replace(",", "")  # _fold, quicker: no curly marks here
        matches[singular] = match
        if bare[-1] == "+":
            matches[singular + "s"] = match


@cache
def _capitals_only() -> _Forms:
    forms = _forms()
    longest: dict[str, int] = {}
    for first, size in forms.longest.items():
        longest[first.upper()] = max(size, longest.get(first.upper(), 1))
    return _Forms({key.upper(): match for key, match in forms.matches.items()}, longest)


def _with_plural(form: str) -> tuple[str, ...]:
    return (form[:-1], form[:-1] + "s") if form[-1] == "+" else (form,)


@cache
def _bodies() -> dict[str, Body]:
    return {_fold(form): body for body in BODIES for form in (body.name, body.acronym, *body.others) if form}


BODIES: tuple[Body, ...] = (
    Body("United Nations", "UN", ("U.N.", "United Nations Organization", "UNO")),
    Body("United Nations Security Council", "UNSC", ("UN Security Council", "Security Council")),
    Body("United Nations General Assembly", "UNGA", ("UN General Assembly", "General Assembly")),
    Body("United Nations High Commissioner for Refugees", "UNHCR", ("UN refugee agency",)),
    Body("United Nations Children's Fund", "UNICEF", ("Unicef",)),
    Body("United Nations Educational, Scientific and Cultural Organization", "UNESCO", ("Unesco",)),
    Body("United Nations Relief and Works Agency", "UNRWA", ("Unrwa",)),
    Body("United Nations Development Programme", "UNDP"),
    Body("United Nations Environment Programme", "UNEP"),
    Body("United Nations Human Rights Council", "UNHRC", ("UN Human Rights Council", "Human Rights Council")),
    Body("United Nations Interim Force in Lebanon", "UNIFIL", ("Unifil",)),
    Body("World Health Organization", "WHO", ("World Health Organisation", "W.H.O.")),
    Body("World Food Programme", "WFP", ("World Food Program",)),
    Body("Food and Agriculture Organization", "FAO"),
    Body("International Labour Organization", "ILO", ("International Labor Organization",)),
    Body("International Organization for Migration", "IOM"),
    Body("International Civil Aviation Organization", "ICAO"),
    Body("International Maritime Organization", "IMO"),
    Body("International Telecommunication Union", "ITU"),
    Body("International Atomic Energy Agency", "IAEA", ("UN nuclear watchdog",)),
    Body("Organisation for the Prohibition of Chemical Weapons", "OPCW"),
    Body("Comprehensive Nuclear-Test-Ban Treaty Organization", "CTBTO"),
    Body("International Monetary Fund", "IMF", ("I.M.F.",)),
    Body("World Bank", None, ("World Bank Group", "International Bank for Reconstruction and Development")),
    Body("World Trade Organization", "WTO", ("World Trade Organisation",)),
    Body("Bank for International Settlements", "BIS"),
    Body("Financial Action Task Force", "FATF"),
    Body("International Court of Justice", "ICJ", ("World Court",)),
    Body("International Criminal Court", "ICC"),
    Body("Permanent Court of Arbitration", "PCA"),
    Body("International Criminal Police Organization", None, ("Interpol", "INTERPOL")),
    Body("International Committee of the Red Cross", "ICRC", ("Red Cross",)),
    Body("International Federation of Red Cross and Red Crescent Societies", "IFRC"),
    Body("North Atlantic Treaty Organization", "NATO", ("Nato", "Atlantic alliance")),
    Body("European Union", "EU", ("E.U.", "European Community", "European Communities")),
    Body("European Commission", None, ("EU Commission",)),
    Body("European Council", None, ("EU Council", "Council of the European Union")),
    Body("European Parliament", None, ("EU Parliament",)),
    Body("European Central Bank", "ECB"),
    Body("European Court of Justice", "ECJ", ("Court of Justice of the European Union",)),
    Body("European Court of Human Rights", "ECHR"),
    Body("European Space Agency", "ESA"),
    Body("European Medicines Agency", "EMA"),
    Body("Europol", None, ("European Union Agency for Law Enforcement Cooperation",)),
    Body("Frontex", None, ("European Border and Coast Guard Agency",)),
    Body("Council of Europe", None),
    Body(
        "Organization for Security and Co-operation in Europe",
        "OSCE",
        ("Organization for Security and Cooperation in Europe", "Organisation for Security and Cooperation in Europe"),
    ),
    Body(
        "Organisation for Economic Co-operation and Development",
        "OECD",
        ("Organization for Economic Cooperation and Development",),
    ),
    Body("Organization of the Petroleum Exporting Countries", "OPEC", ("Opec", "OPEC+", "OPEC Plus")),
    Body("International Energy Agency", "IEA"),
    Body("African Union", "AU", ("A.U.", "Organization of African Unity", "OAU")),
    Body("Economic Community of West African States", "ECOWAS", ("Ecowas",)),
    Body("Southern African Development Community", "SADC"),
    Body("East African Community", "EAC"),
    Body("Intergovernmental Authority on Development", "IGAD"),
    Body("Alliance of Sahel States", "AES"),
    Body("Arab League", None, ("League of Arab States",)),
    Body("Gulf Cooperation Council", "GCC"),
    Body("Organisation of Islamic Cooperation", "OIC", ("Organization of Islamic Cooperation",)),
    Body("Association of Southeast Asian Nations", "ASEAN", ("Asean",)),
    Body("South Asian Association for Regional Cooperation", "SAARC"),
    Body("Shanghai Cooperation Organisation", "SCO", ("Shanghai Cooperation Organization",)),
    Body("Asia-Pacific Economic Cooperation", "APEC", ("Apec",)),
    Body("Asian Development Bank", "ADB"),
    Body("Asian Infrastructure Investment Bank", "AIIB"),
    Body("African Development Bank", "AfDB"),
    Body("Pacific Islands Forum", "PIF"),
    Body("Quad", None, ("Quadrilateral Security Dialogue",)),
    Body("AUKUS", None, ("Aukus",)),
    Body("Group of Seven", "G7", ("G-7",)),
    Body("Group of Eight", "G8", ("G-8",)),
    Body("Group of Twenty", "G20", ("G-20", "Group of 20")),
    Body("BRICS", None, ("Brics", "BRICS+")),
    Body("Organization of American States", "OAS", ("Organisation of American States",)),
    Body("Caribbean Community", "CARICOM", ("Caricom",)),
    Body("Mercosur", None, ("Southern Common Market", "Mercosul")),
    Body("Union of South American Nations", "UNASUR"),
    Body("Inter-American Court of Human Rights", None),
    Body("Commonwealth of Nations", None, ("Commonwealth",)),
    Body("Commonwealth of Independent States", "CIS"),
    Body("Collective Security Treaty Organization", "CSTO", ("Collective Security Treaty Organisation",)),
    Body("Eurasian Economic Union", "EAEU"),
    Body("Visegrad Group", "V4"),
    Body("Nordic Council", None),
    Body("Non-Aligned Movement", "NAM"),
    Body("Intergovernmental Panel on Climate Change", "IPCC"),
    Body("International Olympic Committee", "IOC"),
    Body("World Anti-Doping Agency", "WADA"),
    Body("FIFA", None, ("Fifa", "Fédération Internationale de Football Association")),
    Body("UEFA", None, ("Uefa", "Union of European Football Associations")),
)
