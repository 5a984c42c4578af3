"""How many? The numbers of a text, in digits and in words, with what qualifies them.

A figure is what a Quantity of the schema needs: a value, or null where the text names none ("several", "10 to 15"),
the value before a change ("from 9 to 5"), and whether it is exact. Ordinals, dates, clock times and numbers that are
part of a name (G7, Boeing 737, COVID-19, Resolution 2118) are no figures.

===================================  ==========  ==========  ===================================================
the text                             value       qualifier   why
===================================  ==========  ==========  ===================================================
14 envoys; twenty-one; a dozen       14; 21; 12  exact
$1.2bn; 11 million; half a million   1200000000  exact       written out
5%; 5 percent; two-thirds            5; 5; 2/3   exact       percent is a unit, a fraction is a number
some 200; nearly a dozen; 200 or so  200         about
more than 1,200; 1,200 or more       1200        at_least
up to 50; as many as 50              50          at_most     so are "fewer than", "under", "no more than"
10 to 15; between 10 and 15          null        about       the ends are in ``range``
cut from 9 to 5; 5, down from 9      5           exact       9 is ``previous``: one figure, not two
dozens; tens of thousands            null        about       so is "several hundred"
several; many; a number of           null        unknown     "an unknown number" is left to the caller
===================================  ==========  ==========  ===================================================

A plain number from 1900 to 2099 is a year, unless something counted follows ("2000 people") or a currency, a scale, a
percent sign or a comma stands with it. A number that its caller knows to be a date is left out with ``skip``.
Left alone: ratios ("one in five"), decimal commas, Roman numerals; "one" counts only before what it counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal

Qualifier = Literal["exact", "about", "at_least", "at_most", "unknown"]
Number = float | int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text.

    ``text[start:end]`` is the number with its currency, scale and percent ("$1.2 billion", "5 percent", "tens of
    thousands"); ``text[full_start:full_end]`` has the words too that qualify it ("more than 200", "200 or so").
    ``currency`` is as written, since "$" alone tells no country; ``range`` are the two ends of a range.
    """

    start: int
    end: int
    value: Number | None
    qualifier: Qualifier
    currency: str | None
    full_start: int
    full_end: int
    previous: Number | None = None
    range: tuple[Number, Number] | None = None


def find_figures(text: str, *, skip: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """The figures of a text in its order, none overlapping another, without those that overlap a span of ``skip``.

    >>> text = "At least 12 of some 2,000 people had come by 2014, up from a dozen."
    >>> [(text[f.full_start:f.full_end], f.value, f.qualifier) for f in find_figures(text)]
    [('At least 12', 12, 'at_least'), ('some 2,000', 2000, 'about'), ('a dozen', 12, 'exact')]
    """
    page = _Page(text, skip)
    return sorted((*_joined(page), *_vague(page)), key=lambda figure: figure.start)


def numbers_in(text: str) -> frozenset[float]:
    """Every number that a text holds, in digits or words, dates, ordinals and names included.

    For a check of faithfulness: what a summary holds, its article must hold.

    >>> sorted(numbers_in("The first of 11 million doses came on the 21st, in 2014, with COVID-19; half of it."))
    [0.5, 1.0, 19.0, 21.0, 2014.0, 11000000.0]
    """
    amounts = list(_amounts(text))
    values: set[Number] = {amount.value for amount in amounts if amount.value is not None}
    values |= {amount.other for amount in amounts if amount.other is not None}
    values |= {_ordinal(found) for found in _spaced(_ORDINAL, re.IGNORECASE).finditer(text)}
    values |= _loose_digits(text, amounts)
    for figure in _joined(_Page(text, (), amounts)):
        values |= {value for value in (*(figure.range or ()), figure.previous, figure.value) if value is not None}
    return frozenset(float(value) for value in values if abs(value) < 1e300)


def value_of(text: str) -> Number | None:
    """The one value of a short text that tells a quantity; None if it tells none or several.

    >>> value_of("14 envoys"), value_of("$1.2 billion"), value_of("from 9 to 5 posts"), value_of("2000")
    (14, 1200000000, 5, 2000)
    >>> value_of("several"), value_of("10 to 15"), value_of("three of the 12 envoys")
    (None, None, None)
    """
    figures = find_figures(text)
    if any(figure.range for figure in figures):
        return None
    values = {figure.value for figure in figures if figure.value is not None}
    if not figures and (year := re.match(r"\s*(\d{4})\b", text, re.ASCII)):
        return int(year[1])
    return values.pop() if len(values) == 1 else None


# --------------------------------------------------------------------------------------------------------- the tables


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_UNITS = _listed("""zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""")
_TENS = _listed("twenty thirty forty fifty sixty seventy eighty ninety")
_SMALL = {word: number for number, word in enumerate(_UNITS)}
_SMALL |= {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_SCALES = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
_ALL_SCALES = {**_SCALES, **_SHORT_SCALES, "dozen": 12, "hundred": 100, "": 1}
_ORDINAL_WORDS = _listed("""first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth""")
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS, start=1)}
_ORDINALS |= {f"{word[:-1]}ieth": 10 * number for number, word in enumerate(_TENS, start=2)}
_ORDINALS |= {"hundredth": 100, "thousandth": 1000}
_PARTS = {"half": 2, "third": 3, "quarter": 4, **{word: _ORDINALS[word] for word in _ORDINAL_WORDS[3:10]}}
_VULGAR = {"\u00bd": "0.5", "\u00bc": "0.25", "\u00be": "0.75"}

_MONTH_SHORT = r"(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?:{_MONTHS}|{_MONTHS.upper()}|{_MONTH_SHORT})"
_CURRENCY_CODES = "USD|EUR|GBP|RUB|CNY|JPY|CHF|INR|AUD|CAD"
_CURRENCY_SIGN = (
    r"(?:(?:US|AU?|CA?|HK|NZ|S|R|Can)?\$|[\u00a3\u20ac\u00a5\u20b9\u20bd\u20a9\u20ba\u20b4\u20aa]"
    rf"|(?:{_CURRENCY_CODES})(?=\s?\d)|Rs\.?(?=\s?\d))"
)
_CURRENCY_WORD = (
    r"(?:(?:US|Australian|Canadian|Hong Kong|New Zealand)\s)?(?:dollars?|euros?|pounds?|sterling|roubles?|rubles?|yen"
    r"|yuan|rupees?|francs?|kron(?:er|or|a|e)|hryvnias?|pesos?|reais|won|shekels?|liras?|rands?|cents?)"
)
# Units that may be glued to their digits, and then are no name ("5km", not "5G").
_GLUED = r"(?:km|kg|cm|mm|mph|kph|ft|lbs?|hrs?|mins?|[kMG]Wh?|[kMGT]B|[kMG]Hz|m|g|h)\b"

# What is counted, for sure: it tells a count from a name ("Kenya 45 people") and from a year ("2000 troops").
_COUNTED = frozenset(
    _listed("""people persons person men women children boys girls civilians soldiers troops officers
    police diplomats protesters demonstrators workers migrants refugees residents students
    fighters militants hostages prisoners passengers victims others dead injured wounded homes
    houses years months weeks days hours minutes seconds miles kilometres kilometers metres
    meters km tonnes tons barrels dollars euros pounds percent points votes seats jobs cases
    deaths copies units tanks ships aircraft planes missiles vehicles cattle sheep""")
)
# Words that a number names a thing with: Resolution 2118, page 12.
_LABELS = frozenset(
    _listed("""number no nr page pages chapter article section room flight boeing airbus resolution route
    highway channel apollo formula phase level type version category class grade tier title
    proposition amendment paragraph clause volume part season episode gate pier zone area unit
    group act figure table interstate line platform windows iphone galaxy model mark psalm verse
    sputnik soyuz falcon covid top studio""")
)
_SMALL_WORDS = frozenset(
    _listed("""a about after all also although among an and another any are around as at because been
    before being between but by can could did do does during each every for from had has have he
    her his how however if in into is it its less like may might more most must nor not of off
    on once only or other our out over per same she should since so some such than that the
    their them then there these they this those though thus to too under until up upon us very
    via was we were what when where whether which while who whom whose why will with within
    without would yet you your""")
)
_BEFORE_YEAR = frozenset(
    _listed("""in since by until till from to through throughout during of before after between the early
    late mid year circa fiscal spring summer autumn fall winter its his her their our around
    about""")
)
_NOT_AFTER_ONE = _SMALL_WORDS | {"day", "thing", "hand", "side", "way"}
_NOT_BEFORE_ONE = frozenset(
    _listed("no any every some this that the which each another last first next day square number")
)

_CHANGE = re.compile(
    r"\b(?:rais|increas|ris|rose|grow|grew|jump|climb|expand|boost|lift|extend|widen|soar|surg|hik|chang"
    r"|revis|mov|went|gone|go|cut|reduc|fell|fall|drop|lower|slash|shr[aiu]nk|declin|doubl|tripl|up|down"
    r"|swell|swoll|upgrad|downgrad|adjust)[a-z]*\b"
)
_MORE = r"(?:just |well |slightly |a little |far |many )?(?:over|more than)|above|(?:no|not) (?:fewer|less) than"
_LESS = r"(?:just |well |slightly |a little |far )?(?:under|below|fewer than|less than)|no more than|not more than"
_NEAR = (
    r"just about|about|around|roughly|approximately|approx\.?|nearly|almost|some|circa|ca?\.|(?:an )?estimated|close to"
)
_QUALIFIERS: tuple[tuple[str, Qualifier], ...] = (
    (rf"at least|{_MORE}|upwards of|a minimum of|in excess of|exceeding|greater than", "at_least"),
    (rf"at most|up to|as (?:many|much|few|little) as|{_LESS}|a maximum of", "at_most"),
    (rf"{_NEAR}|approaching|~", "about"),
    (r"exactly|precisely", "exact"),
)
_TAILS: tuple[tuple[str, Qualifier], ...] = (
    (r"\+(?!\d)|-plus\b| or more\b| at (?:the (?:very )?)?least\b| plus\b(?! \d)", "at_least"),
    (r" or (?:fewer|less)\b| at (?:the (?:very )?)?most\b", "at_most"),
    (r" or so\b|-odd\b", "about"),
)


# ------------------------------------------------------------------------------------------------------- the patterns


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_HOW_MANY = r"(?<!how )(?<!as )(?<!so )(?<!too )(?<!not )many"
_VAGUE_ABOUT = (
    r"(?:several|a few|many) (?:hundred|thousand|million|billion|dozen)s?"
    r"|(?:(?:many|several) )?(?:dozens|hundreds|tens|thousands|millions|billions|trillions|scores(?= of\b))"
    r"(?: of (?:hundreds|thousands|millions|billions|trillions))?"
)
_VAGUE_UNKNOWN = rf"several|a few|a number of|an? (?:handful|couple)|{_HOW_MANY}|multiple|numerous|countless"
_ORDINAL = rf"(?<![^\W\d_])(?:(?P<tens>{_any_of(_TENS)})(?:-| ))?(?P<word>{_any_of(_ORDINALS)})(?!\w)"
_BEFORE_NUMBER = r" ?(?:(?:another|an additional|a further|a total of|the|these|those|all|only) )?\Z"


@cache
def _spaced(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern with every space standing for any; compiled when first used: importing this module costs little."""
    return re.compile(pattern.replace(" ", r"\s"), flags)


def _vague_pattern() -> re.Pattern[str]:
    words = rf"(?P<about>{_VAGUE_ABOUT})|(?P<unknown>{_VAGUE_UNKNOWN})"
    return _spaced(rf"(?=[A-Za-z])(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


@cache
def _qualifier_patterns() -> tuple[tuple[re.Pattern[str], Qualifier], ...]:
    return tuple(
        (_spaced(rf"(?<![\w.-])(?:{words}){_BEFORE_NUMBER}", re.IGNORECASE), qualifier)
        for words, qualifier in _QUALIFIERS
    )


@cache
def _amount_pattern() -> re.Pattern[str]:
    """One number: a fraction, a numeral in words, or digits with sign, currency and scale; then percent or currency."""
    scale, units = rf"(?:{_any_of(_SCALES)})(?!\w)", _any_of(_UNITS[1:10])
    ordinal = rf"-(?:{_any_of(_ORDINALS)})(?!\w)"
    small = rf"(?:(?:{_any_of(_TENS)})(?:[-\s](?:{units})(?!\w))?|(?:{_any_of(_UNITS)}))(?!\w|{ordinal})"
    hundreds = rf"(?:(?:{small}|a)[-\s]hundred(?!\w)(?:\s(?:and\s)?{small})?|{small})"
    large = rf"(?:{hundreds}|a)[-\s]{scale}(?:,?\s(?:and\s)?{hundreds}[-\s]{scale})*(?:\s(?:and\s)?{hundreds})?"
    halves = rf"half[-\s](?:an?\s)?(?:hundred|dozen|{scale})(?!\w)|(?:{small}|a)\sand\sa\shalf(?:[-\s]{scale})?(?!\w)"
    numeral = rf"{halves}|(?:{small}|a)[-\s]dozen(?!\w)|{large}|{hundreds}"
    parts = rf"(?:{_any_of(_PARTS)}|halve)s?"
    part = (
        rf"(?:{units})-{parts}(?!\w)|(?:{units}|a)\s{parts}(?=\s(?:of|the)\b)"
        r"|half(?=\s(?:of|the|its|their|his|her)\s)|[1-9]/(?:[2-9]|10)(?=\sof\b)"
    )
    return re.compile(
        r"(?=[0-9AC-JNORSTUZaefhnostz+\-\u2212$\u00a3\u00a5\u00bc-\u00be\u20a0-\u20bf])"
        r"(?<![\w$#@])(?<![A-Za-z]-)(?<!\w[./:])(?<![0-9],)(?<![\w.]['\u2019])"
        rf"(?:(?P<part>(?i:{part}))|(?P<words>(?i:{numeral}))|{_digits_pattern()})"
        r"(?:(?P<percent>\s?%|[-\s](?:percent|per\scent|percentage\spoints?)(?!\w))"
        rf"|[-\s](?P<money>{_CURRENCY_WORD})(?!\w))?"
    )


def _digits_pattern() -> str:
    grouped = (
        r"[0-9]{1,3}(?:\s000(?![0-9]))+|[0-9]{1,3}(?:[,\u00a0\u2009\u202f][0-9]{3})++(?![0-9])(?:\.[0-9]+)?"
        r"|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])"
    )
    digits = rf"(?:{grouped}|[0-9]+(?:\.[0-9]+)?)[\u00bc-\u00be]?|[\u00bc-\u00be]"
    return (
        rf"(?:(?P<sign>{_CURRENCY_SIGN})\s?)?(?P<minus>(?<![\w)\]])[-\u2212+](?=[0-9]))?(?P<digits>{digits})"
        rf"(?:[-\s]?(?P<scale>{_any_of(_SCALES)}|hundred|dozen)(?!\w)|\s?(?P<short>(?:{_any_of(_SHORT_SCALES)}|[KMB])(?!\w)))?"
        rf"(?![.,:/]?[0-9])(?=$|[^\w]|{_GLUED})"
    )


@cache
def _no_quantity_pattern() -> re.Pattern[str]:
    """Addresses, codes, dates, clock times, numbers of a list: digits that count nothing."""
    day = r"[0-9]{1,2}(?:\s?[-\u2013]\s?[0-9]{1,2})?"
    person = r"\s(?:people|men|women|children|soldiers|civilians|police)\b"
    return re.compile(
        r"(?=[0-9ADFJMNOShfw])(?:(?:https?|ftp)://\S+|www\.\S+"
        r"|(?<![0-9])(?:[0-9]+(?:-[0-9]+){2,}|[0-9]+(?:[./][0-9]+){2,}|[0-9]+/[0-9]+(?![0-9])(?!\sof\b)"
        r"|[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?i:[ap]\.?m\b)|[0-9]{1,2}:[0-9]{2}(?![0-9])"
        r"|[0-9]{4}\s(?:GMT|UTC|BST|EST|EDT|hours|hrs)\b|[0-9]{1,2}\so['\u2019]clock"
        rf"|{day}(?:\sof)?\s{_MONTH}(?:,?\s[0-9]{{4}}(?![0-9]))?)"
        rf"|\b{_MONTH}\s{day}(?:st|nd|rd|th)?(?![0-9,.]*[0-9]|{person})(?:,?\s[0-9]{{4}}(?![0-9]))?"
        rf"|\b{_MONTH},?\s(?:1[0-9]|20)[0-9]{{2}}(?![0-9]))"
        r"|^[^\S\n]*[0-9]{1,3}[.)]\s",
        re.MULTILINE,
    )


# -------------------------------------------------------------------------------------------------------- the amounts


@dataclass(frozen=True, slots=True)
class _Amount:
    """One number as written: ``bare`` digits have no currency, scale, percent or comma that proves a quantity.

    ``other`` is what an ambiguous "12m" may mean too; ``scale`` what its mantissa was multiplied with.
    """

    start: int
    end: int
    value: Number | None
    currency: str | None
    bare: bool
    in_words: bool
    scale: int = 1
    other: Number | None = None


def _amounts(text: str) -> Iterator[_Amount]:
    for found in _amount_pattern().finditer(text):
        if found["digits"]:
            yield _from_digits(text, found)
        else:
            value = _of_part(found["part"]) if found["part"] else _of_words(found["words"])
            yield _Amount(found.start(), found.end(), value, found["money"], bare=False, in_words=True)


_MOST_DIGITS = 30
_MINUS = ("-", "\u2212")


def _from_digits(text: str, found: re.Match[str]) -> _Amount:
    digits, sign, short, end = found["digits"], found["sign"], found["short"], found.end()
    scale = _ALL_SCALES[(found["scale"] or short or "").lower()]
    plain, other = _of_digits(digits), None
    if short in ("m", "b") and not sign and plain is not None:  # "12m people", but "100m" is a distance
        million = found["money"] or (short == "m" and _COUNTED_AFTER.match(text, found.end("short")))
        other = _number(plain if million else plain * scale)
        scale, end = (scale, end) if million else (1, found.end("digits"))
    value = _number(plain * scale * (-1 if found["minus"] in _MINUS else 1)) if plain is not None else None
    proved = scale > 1 or sign or found["percent"] or found["money"]
    bare = not proved and digits.replace(".", "").isdigit()
    return _Amount(found.start(), end, value, sign or found["money"], bare, in_words=False, scale=scale, other=other)


def _of_digits(digits: str) -> Decimal | None:
    """The value of digits with their separators and fraction; None where they are too many to be a quantity."""
    fraction = _VULGAR.get(digits[-1], "0")
    plain = re.sub(r"[^0-9.]", "", digits)
    return Decimal(plain or "0") + Decimal(fraction) if len(plain) <= _MOST_DIGITS else None


def _number(value: Decimal | Fraction) -> Number:
    return int(value) if value == int(value) else float(value)


def _of_words(words: str) -> Number:
    """The value of a numeral.

    >>> _of_words("one hundred and five"), _of_words("two dozen"), _of_words("two and a half million")
    (105, 24, 2500000)
    >>> _of_words("half a million"), _of_words("Twenty-one thousand three hundred")
    (500000, 21300)
    """
    total = Fraction(0)
    group: Fraction | None = None
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _SMALL:
            group = (group or Fraction(0)) + _SMALL[word]
        elif word == "half":
            group = (group or Fraction(0)) + Fraction(1, 2)
        elif word in ("hundred", "dozen"):
            group = (Fraction(1) if group is None else group) * _ALL_SCALES[word]
        elif word in _SCALES:
            total, group = total + (Fraction(1) if group is None else group) * _SCALES[word], None
        elif word == "a" and group is None and "and a half" in words.lower() and words.lower().startswith("a and"):
            group = Fraction(1)
    return _number(total + (group or 0))


def _of_part(words: str) -> Number:
    """The value of a fraction: two-thirds, a quarter, half, 3/4."""
    if "/" in words:
        above, _, below = words.partition("/")
        return _number(Fraction(int(above), int(below)))
    *above_words, part = re.findall(r"[a-z]+", words.lower())
    numerator = _SMALL.get(above_words[0], 1) if above_words else 1
    part = {"halves": "half"}.get(part, part)
    return _number(Fraction(numerator, _PARTS[part if part in _PARTS else part.removesuffix("s")]))


def _ordinal(found: re.Match[str]) -> int:
    return (_SMALL[found["tens"].lower()] if found["tens"] else 0) + _ORDINALS[found["word"].lower()]


def _loose_digits(text: str, amounts: Sequence[_Amount]) -> set[Number]:
    """The numbers that stand in no amount: in names, dates, ordinals ("COVID-19", "the 21st")."""
    ends = [amount.end for amount in amounts]
    values: set[Number] = set()
    for found in re.finditer(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?", text):
        at = bisect_right(ends, found.start())
        if (at == len(amounts) or amounts[at].start >= found.end()) and (
            value := _of_digits(found.group())
        ) is not None:
            values.add(_number(value))
    return values


# ------------------------------------------------------------------------------------------- which of them are figures


def _word_before(text: str, place: int) -> str:
    """The word that stands directly before a place, "" if there is none or a comma parts them."""
    window = text[max(0, place - 31) : place]
    words = window.rstrip("(").split()
    direct = window[-1:].isspace() or window[-1:] == "("
    if not words or not direct or words[-1][-1] in ",;:!?)":
        return ""
    return words[-1].lstrip("([\"'\u201c\u2018")


_COUNTED_AFTER = re.compile(rf"[\s-](?:[a-z]+\s)?(?:{'|'.join(_COUNTED)})\b")
_NEXT_WORD = re.compile(r"[\s-]([A-Za-z]+)\b(?:\s([a-z]+)\b)?")
_GROUP_OF = re.compile(r"(?:Group|Class|Gang)\sof\s\Z")
_SENTENCE_HEAD = re.compile("(?:\\A|[.!?:;\u2026\"\u201c\u201d'\u2018\u2019(\\[\n\u2022\u2013\u2014]|[-*])\\s*\\Z")
_PROPER = re.compile(r"\s[A-Z]")
_MONTH_WORD = re.compile(rf"{_MONTH}\Z")


class _Page:
    """A text with what its numbers are not to be taken for."""

    def __init__(self, text: str, skip: Sequence[tuple[int, int]], amounts: Sequence[_Amount] | None = None) -> None:
        self.text = text
        found = (match.span() for match in _no_quantity_pattern().finditer(text))
        self.barred = _merged([*found, *skip])
        self._starts = [start for start, _ in self.barred]
        self._headline: tuple[int, int, bool] = (-1, -1, False)
        self.amounts = [one for one in (amounts if amounts is not None else _amounts(text)) if self._is_figure(one)]

    def is_barred(self, start: int, end: int) -> bool:
        at = bisect_right(self._starts, start) - 1
        return (at >= 0 and self.barred[at][1] > start) or (at + 1 < len(self.barred) and self.barred[at + 1][0] < end)

    def _is_figure(self, amount: _Amount) -> bool:
        if amount.value is None or self.is_barred(amount.start, amount.end):
            return False
        if amount.in_words:
            return self._is_count_in_words(amount)
        return not amount.bare or not (self._is_named(amount) or self._is_year(amount))

    def _is_count_in_words(self, amount: _Amount) -> bool:
        word = self.text[amount.start : amount.end]
        before = self._word_before(amount.start).lower()
        if word.lower() == "one":
            return self._is_one_counted(amount.end, before)
        if word[0].isupper() and not word.isupper() and not self._heads_sentence(amount.start):
            return self._in_headline(amount.start) and not self._follows_group(amount.start)
        if word.lower() == "zero" and (before == "ground" or self.text.startswith(" tolerance", amount.end)):
            return False
        return before == "top" or before not in _LABELS

    def _is_one_counted(self, end: int, before: str) -> bool:
        """Whether "one" counts what follows ("one soldier", "one or two"), and is no pronoun ("one of them")."""
        following = _NEXT_WORD.match(self.text, end)
        if not following:
            return False
        if following[1] in ("or", "to"):
            return following[2] in _SMALL or following[2] == "more"
        return following[1] not in _NOT_AFTER_ONE and before not in _NOT_BEFORE_ONE

    def _is_named(self, amount: _Amount) -> bool:
        """Whether digits belong to a name: after a label, or a capital that no sentence's start explains."""
        before = self._word_before(amount.start)
        label = before.lower().rstrip(".")
        if self._follows_group(amount.start) or before == "No.":
            return True
        counted = bool(_COUNTED_AFTER.match(self.text, amount.end))
        if label in _LABELS:
            return not counted or label == "boeing"
        if not before[:1].isupper() or _MONTH_WORD.fullmatch(before) or label in _SMALL_WORDS:
            return False
        if counted or before.endswith(("'s", "\u2019s")):
            return False
        return not self._heads_sentence(amount.start - len(before) - 1) and not self._in_headline(amount.start)

    def _follows_group(self, place: int) -> bool:
        return bool(_GROUP_OF.search(self.text[max(0, place - 10) : place]))

    def _is_year(self, amount: _Amount) -> bool:
        """A year: four plain digits that count nothing, or that stand where a year does."""
        digits = self.text[amount.start : amount.end]
        if len(digits) != 4 or not "1000" <= digits <= "2099":
            return False
        before = self._word_before(amount.start).lower()
        dated = (
            before in _BEFORE_YEAR
            or before.endswith(("'s", "\u2019s"))
            or bool(_MONTH_WORD.fullmatch(before.capitalize()))
        )
        following = _NEXT_WORD.match(self.text, amount.end)
        surely = bool(_COUNTED_AFTER.match(self.text, amount.end))
        if digits < "1900":
            return dated and not surely
        if dated:
            return not surely or before in ("in", "since", "until", "during")
        if surely or _qualifier_before(self.text, amount.start)[0] in ("at_least", "at_most"):
            return False
        noun = following[1] if following else ""
        return not (noun.islower() and noun not in _SMALL_WORDS and re.search(r"[^su]s\Z", noun))

    def _word_before(self, place: int) -> str:
        return _word_before(self.text, place)

    def _heads_sentence(self, place: int) -> bool:
        return bool(_SENTENCE_HEAD.search(self.text[max(0, place - 6) : place])) or place <= 0

    def _in_headline(self, place: int) -> bool:
        """Whether the line is written in capitals or Title Case, where a capital tells nothing."""
        if not self._headline[0] <= place < self._headline[1]:
            start = self.text.rfind("\n", 0, place) + 1
            end = self.text.find("\n", place)
            end = len(self.text) if end < 0 else end
            self._headline = start, end, end - start <= 300 and _is_title(self.text[start:end])
        return self._headline[2]


def _is_title(line: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", line)
    return (
        len(words) >= 2 and sum(word[0].isupper() for word in words) >= 0.75 * len(words) and line.rstrip()[-1:] != "."
    )


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


# ----------------------------------------------------------------------------------------------- ranges and qualifiers

_TO = re.compile(r"(?:\s[a-z]+){0,2}\sto\s")
_RANGE_LINKS = re.compile(r"\s(?:to|or)\s|\s?[-\u2013\u2014]\s?|-to-")
_AND = re.compile(r"(?:\s[a-z]+){0,2}\sand\s")
_FROM_LINK = re.compile(r"(?:\s[a-z]+){0,3},?\s(?:(?:up|down)\s)?from\s")
_ARROW = re.compile(r"\s?(?:\u2192|->)\s?")
_LINK_HINT = re.compile(r"\b(?:to|or|and|from)\b|[-\u2013\u2014\u2192]")
_LONGEST_LINK = 60
_LED = re.compile(r"\b(from|between|to)\s\Z", re.IGNORECASE)
_SPREAD = re.compile(r"(?:\brang\w+|\banywhere|\bvar\w+|\baged|\bages|\bdistances?)\sfrom\s\Z", re.IGNORECASE)
_QUALIFIER_ENDS = frozenset(
    _listed("""about above additional all almost another approaching approx approx. approximately around as
    at below by c. ca. circa estimated exactly exceeding few fewer further least less little
    many most much nearly of only over precisely roughly some than the these those to under ~""")
)


def _qualifier_before(text: str, start: int) -> tuple[Qualifier | None, int]:
    """The qualifier that stands before a place, and where it begins; (None, start) if there is none."""
    window = text[max(0, start - 40) : start]
    last = window[-20:].split()[-1:]
    if not last or last[0].lower().lstrip("([\"'\u201c\u2018") not in _QUALIFIER_ENDS:
        return None, start
    found = [
        (match.start(), qualifier) for pattern, qualifier in _qualifier_patterns() if (match := pattern.search(window))
    ]
    if not found:
        return None, start
    place, first = min(found)  # the longest: "no more than", not "more than"
    return first, start - len(window) + place


def _qualifier_after(text: str, end: int) -> tuple[Qualifier | None, int]:
    for words, qualifier in _TAILS:
        if found := _spaced(words).match(text, end):
            return qualifier, found.end()
    return None, end


def _joined(page: _Page) -> Iterator[Figure]:
    """The figures, with the two numbers of a range or of a change made one."""
    pending = list(page.amounts)
    at = 0
    while at < len(pending):
        figure = _join(page, pending[at], pending[at + 1]) if at + 1 < len(pending) else None
        yield figure or _qualified(page, pending[at])
        at += 2 if figure else 1


def _qualified(page: _Page, amount: _Amount) -> Figure:
    before, full_start = _qualifier_before(page.text, amount.start)
    after, full_end = _qualifier_after(page.text, amount.end)
    if (
        before == "at_least"
        and page.text[full_start : amount.start].lower().strip() == "over"
        and _is_during(page, full_start, amount)
    ):
        before, full_start = None, amount.start
    return Figure(
        amount.start, amount.end, amount.value, before or after or "exact", amount.currency, full_start, full_end
    )


_DURATION = re.compile(r"[\s-](?:more\s)?(?:hours|days|weeks|months|years|decades|nights)\b(?!\s(?:ago|old))")


def _is_during(page: _Page, start: int, amount: _Amount) -> bool:
    """Whether "over three days" is a span of time: unless a preposition before it shows that "over" is "more than"."""
    before = page._word_before(start).lower()
    return bool(_DURATION.match(page.text, amount.end)) and before not in {
        "for",
        "of",
        "after",
        "in",
        "by",
        "than",
        "just",
        "well",
    }


def _join(page: _Page, first: _Amount, second: _Amount) -> Figure | None:
    """Two numbers as one figure: a change, whose former value is ``previous``, or a range; None if they are neither."""
    text = page.text
    if not _LINK_HINT.search(text, first.end, min(second.start, first.end + 2 * _LONGEST_LINK)):
        return None
    inner, inner_start = _qualifier_before(text, second.start)
    link = text[first.end : inner_start if inner_start > first.end else second.start]
    if len(link) > _LONGEST_LINK or first.value is None or second.value is None:
        return None
    outer, full_start = _qualifier_before(text, first.start)
    led = _LED.search(text[max(0, full_start - 8) : full_start])
    lead = led[1].lower() if led else ""
    first = _scaled_as(first, second)
    if _ARROW.fullmatch(link) or (
        lead == "from" and _TO.fullmatch(link) and _is_change(text, first, second, full_start)
    ):
        return _change(page, first, second, inner or outer, second.value, first.value)
    if _FROM_LINK.fullmatch(link) and (lead == "to" or link.lstrip(", ").startswith(("up", "down"))):
        return _change(page, first, second, outer, first.value, second.value)
    linked = _RANGE_LINKS.fullmatch(link) or (lead == "from" and _TO.fullmatch(link))
    if (linked or (lead == "between" and _AND.fullmatch(link))) and _less(first, second):
        figure = _change(page, first, second, outer or "about", None, None)
        return replace(figure, range=(first.value or 0, second.value))
    return None


def _change(
    page: _Page,
    first: _Amount,
    second: _Amount,
    qualifier: Qualifier | None,
    value: Number | None,
    previous: Number | None,
) -> Figure:
    _, full_start = _qualifier_before(page.text, first.start)
    window = page.text[max(0, full_start - 8) : full_start]
    if led := _LED.search(window):
        full_start -= len(window) - led.start()
    after, full_end = _qualifier_after(page.text, second.end)
    return Figure(
        first.start,
        second.end,
        value,
        qualifier or after or "exact",
        second.currency or first.currency,
        full_start,
        full_end,
        previous,
    )


def _scaled_as(first: _Amount, second: _Amount) -> _Amount:
    """In "10 to 15 million" the first is millions too."""
    if (
        first.scale == 1
        and second.scale > 1
        and first.value is not None
        and abs(first.value) < 1000
        and not first.in_words
    ):
        return replace(first, value=_number(Decimal(str(first.value)) * second.scale))
    return first


def _less(first: _Amount, second: _Amount) -> bool:
    return first.value is not None and second.value is not None and first.value < second.value


def _is_change(text: str, first: _Amount, second: _Amount, start: int) -> bool:
    """From 9 to 5 is a change; from 10 to 15 where a verb says so."""
    before = re.split(r"[.;:]\s", text[max(0, start - 100) : start])[-1]
    return not _SPREAD.search(before) and (not _less(first, second) or bool(_CHANGE.search(before.lower())))


def _vague(page: _Page) -> Iterator[Figure]:
    starts = [amount.start for amount in page.amounts]
    for found in _vague_pattern().finditer(page.text):
        start, end = found.span()
        at = bisect_right(starts, start) - 1
        overlaps = page.amounts[at].end > start if at >= 0 else False
        if not (overlaps or page.is_barred(start, end) or (at + 1 < len(starts) and starts[at + 1] < end)):
            full_start = _qualifier_before(page.text, start)[1]
            yield Figure(start, end, None, "about" if found["about"] else "unknown", None, full_start, end)
