"""Paragraphs and sentences of a news text, as spans: rules, no model, one pass.

Both partition the text: spans are in order, disjoint, trimmed and never empty, and together they cover every
character that is not white space. A sentence never crosses a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.spans import Span

_LINE = re.compile(r"\S(?:[^\n\v\f\x85\u2028\u2029]*\S)?")
_BREAK = re.compile(r"[\n\v\f\x85\u2028\u2029]")
_WORD = re.compile(r"\S+")
_LIST_ITEM = re.compile(r"[-*•–]\s|\(?\d{1,3}[.)]\s")
_SENTENCE_END = tuple('.!?:…"”’')
_WIDTHS = range(30, 121)  # columns at which anyone wraps prose by hand or by program


def find_paragraphs(text: str) -> list[Span]:
    r"""The paragraphs of `text`. A blank line ends one, and so does every line break, unless a block is hard-wrapped.

    A block is hard-wrapped if its lines are as full as a common column lets them be and mostly break off in mid
    sentence; it is one paragraph then, save where a short line ends a sentence or stands as a heading.

    >>> text = "Fire\nA mill burned.\n\nTwo died."
    >>> [span.of(text) for span in find_paragraphs(text)]
    ['Fire', 'A mill burned.', 'Two died.']
    >>> wrapped = "The government said on Monday that it\nwould close the port for three days."
    >>> len(find_paragraphs(wrapped))
    1
    """
    found: list[Span] = []
    for block in _blocks(text):
        found.extend(_unwrap(text, block) if len(block) > 1 else block)
    return found


def _blocks(text: str) -> Iterator[list[Span]]:
    """Runs of lines with no blank line between them, each line trimmed."""
    block: list[Span] = []
    for match in _LINE.finditer(text):
        gap = block and match.start() - block[-1].end
        if gap and gap > 1 and len(_BREAK.findall(text, block[-1].end, match.start())) > 1:
            yield block
            block = []
        block.append(Span(*match.span()))
    if block:
        yield block


def _unwrap(text: str, block: Sequence[Span]) -> list[Span]:
    """Join the lines of a hard-wrapped block; any other block stays as its lines."""
    width = max(end - start for start, end in block)
    if width not in _WIDTHS or not _is_wrapped(text, block, width):
        return list(block)
    joined = [block[0]]
    for line, following in pairwise(block):
        if _continues(text, line, following, width):
            joined[-1] = Span(joined[-1].start, following.end)
        else:
            joined.append(following)
    return joined


def _is_wrapped(text: str, block: Sequence[Span], width: int) -> bool:
    """Whether lines break where the column ends (not where sentences do) and go on with a small letter."""
    full = small = full_and_small = ended = 0
    for line, following in pairwise(block):
        is_small = text[following.start].islower()
        is_full = _is_full(text, line, following, width)
        small += is_small
        full += is_full
        full_and_small += is_full and is_small
        ended += is_full and text[line.end - 1] in _SENTENCE_END
    return small > 0 and full_and_small >= 0.85 * small and small >= 0.5 * full and ended < 0.5 * full


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the first word of the following line would have gone past the column."""
    word = _WORD.match(text, following.start, following.end)
    assert word is not None  # lines are trimmed
    return line.end - line.start + 1 + len(word.group()) > width


def _continues(text: str, line: Span, following: Span, width: int) -> bool:
    if _LIST_ITEM.match(text, following.start, following.end):
        return False
    return text[following.start].islower() or _is_full(text, line, following, width)


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STOP = re.compile(
    r"(?P<marks>\.(?:[ \u00a0]\.){2,}|[.!?…]+|[。！？]+)(?P<closers>(?:[\"'’”»)\]]|\[\d{1,3}\])*)(?P<space>\s*)"
)
_TOKEN_BEFORE = re.compile(r"[^\s(\[\"“‘'—–/]*$")
_TOKEN_REACH = 40
_OPENERS = "\"'“‘«([¿¡—–-•*"
_NEXT_WORD = re.compile(rf"[{re.escape(_OPENERS)}\s]*([^\W_]+)(\.?)")
_NEXT_REACH = 48
_GLUED = re.compile(r"(?:[A-Z][a-z]+|[AI])(?=[\s,;:'’]|[.!?]+(?:\s|$)|$)")
_LIST_MARK = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})$")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
_DOMAINS = _words("Com Org Net Gov Edu Co Uk Ru De Fr Io Tv")

# With a capital, before a name; and in small letters, before what they explain: never at a sentence's end.
_TITLES = _words(
    "mr mrs ms mx messrs mme mlle dr prof sen sens rep reps gov govs gen lt col sgt capt maj cpl cmdr adm rev hon fr"
    " pres supt insp det amb atty pvt brig mt ft lt.gen maj.gen brig.gen lt.col"
)
_LATIN = _words("vs v cf viz approx ca e.g i.e")
# Before a number.
_COUNTERS = _words("no nos art arts sec fig figs vol vols p pp ch para paras par tel ext c")
# Either within a sentence or at its end: the next word decides.
_AMBIGUOUS = _words(
    "inc corp ltd co cos llc plc bros jr sr st ave blvd rd dept univ assn intl natl est govt ph.d m.d d.c"
    " jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun"
    " ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa"
    " tenn tex va vt wash wis wyo"
)
_CLOCK = _words("a.m p.m am pm")
_AFTER_CLOCK = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december jan feb mar apr jun jul aug sept oct nov dec eastern central mountain"
    " pacific et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest ist jst local"
)
# Words that open sentences far more often than they open names.
_STARTERS = _words(
    "a an the this that these those there here he she it we they i you his her its our their my your who what when"
    " where why how which if as at by for from in into of off on over since to under until upon with within without"
    " after all also although among and another any because before being both but despite due during each earlier"
    " either even every few following four five given had has have however instead is are was were later least like"
    " many meanwhile more moreover most much neither no nobody none nor not nothing now once one only or other others"
    " police officials people critics reporters residents rather several six similarly so some something soon still"
    " such ten then therefore though three through thus together two unlike unless while whether will would yes yet"
    " yesterday today tomorrow do don did does according speaking asked last next everyone first"
)
_BEFORE_ONE = _words("war and or than phase part chapter elizabeth nicholas charles francis henry")
_SPEECH_TAG = re.compile(
    r"(?:[A-Z][^\s.!?]*\s+){1,5}(?:said|asked|told|wrote|added|replied|shouted|tweeted|posted|exclaimed|says|asks|writes)\b"
)


def find_sentences(text: str) -> list[Span]:
    """The sentences of `text`: full stops that end one, told from those of abbreviations, initials and numbers.

    Quotation marks and brackets that close after the stop belong to the sentence; a headline or list item without
    a stop is one. Where a rule can't tell, two sentences stay together.

    >>> text = 'Mr. Roe left the U.S. on Jan. 6. "We won." Why?'
    >>> [span.of(text) for span in find_sentences(text)]
    ['Mr. Roe left the U.S. on Jan. 6.', '"We won."', 'Why?']
    """
    return [sentence for paragraph in find_paragraphs(text) for sentence in _split(text, paragraph)]


def _split(text: str, paragraph: Span) -> Iterator[Span]:
    start, end = paragraph
    cased = not _is_lower(text, paragraph)
    for stop in _STOP.finditer(text, start, end):
        if stop.end() >= end:
            break
        border = _border(text, start, stop, cased)
        if border:
            yield Span(start, border)
            start = stop.end() if border == stop.end("closers") else border
    yield Span(start, end)


def _is_lower(text: str, paragraph: Span) -> bool:
    """Whether a paragraph has no capitals at all, as posts and chats have."""
    return paragraph.of(text).islower()


def _border(text: str, start: int, stop: re.Match[str], cased: bool) -> int | None:
    """Where the sentence that began at `start` ends, if it ends at this stop (the space after it is not part)."""
    if not stop["space"]:
        return _glued_border(text, start, stop)
    ahead = text[stop.end() : stop.end() + _NEXT_REACH]
    following = _NEXT_WORD.match(ahead)
    if following is None:  # a sign, a dash, an emoji
        return stop.end("closers")
    if cased and following[1].islower():
        return None
    marks, closers = stop["marks"], stop["closers"]
    if marks == ".":
        ends = bool(closers) or not _is_abbreviation(text, start, stop.start(), following)
    elif marks[0] in "!?。！？":
        ends = not (closers and _SPEECH_TAG.match(ahead))
    else:
        ends = _ellipsis_ends(text, stop, following)
    return stop.end("closers") if ends else None


def _glued_border(text: str, start: int, stop: re.Match[str]) -> int | None:
    """The border where no space follows: "nonsensical.The" has one; "example.com", "U.S.-led", "v2.0" have none."""
    marks, closers, at = stop["marks"], stop["closers"], stop.end()
    if marks[0] in "。！？":
        return at
    if marks not in (".", "!", "?"):
        return None
    following = _GLUED.match(text[at : at + _NEXT_REACH])
    if text[at] in "“‘":
        following = _GLUED.match(text[at + 1 : at + _NEXT_REACH])
    before = _token(text, start, stop.start())
    if following is None or "." in before or "@" in before or len(before) < 2:
        return None
    if closers in ('"', "'"):  # it closes here, or it opens the next sentence: the marks so far tell
        opens = text.count(closers, max(start, stop.start() - 400), stop.start()) % 2 == 0
        return stop.end("marks") if opens else at
    if closers or marks != ".":
        return at
    word = following.group()
    ends = word.lower() in _STARTERS or (before.isalpha() and before.islower() and word not in _DOMAINS)
    return at if ends else None


def _token(text: str, start: int, end: int) -> str:
    """The word that runs up to `end`, without leading brackets and quotation marks."""
    match = _TOKEN_BEFORE.search(text[max(start, end - _TOKEN_REACH) : end])
    return match.group() if match else ""


def _opens(following: re.Match[str]) -> bool:
    """Whether the next word is one that opens sentences (and no initial: "A. Smith")."""
    word = following[1]
    return word.lower() in _STARTERS and not (len(word) == 1 and following[2])


def _is_abbreviation(text: str, start: int, at: int, following: re.Match[str]) -> bool:
    """Whether the full stop at `at` belongs to its word and ends nothing."""
    if _LIST_MARK.match(text[start : min(at, start + 6)]) and at - start <= 6:
        return True
    token = _token(text, start, at)
    if not token:
        return False
    word = token.lower()
    if word in _CLOCK:
        return following[1].lower() in _AFTER_CLOCK
    if word in _TITLES:
        return token[0].isupper()
    if word in _LATIN:
        return True
    if word == "al":  # Roe et al.
        return not _opens(following)
    if word in _COUNTERS and following[1][0].isdigit():
        return token[0].isupper() or word not in ("no", "c")
    if word in _AMBIGUOUS and token[0].isupper():
        return following[1][0].isdigit() or not _opens(following)
    if len(token) == 1 and token.isupper():
        return _is_initial(text, start, at, following)
    return _DOTTED.match(token) is not None and not _opens(following)


def _is_initial(text: str, start: int, at: int, following: re.Match[str]) -> bool:
    """Whether one capital with a full stop stands for a name: "J. K. Rowling", not "World War I." or "vitamin C."."""
    if _opens(following) or following[1][0].isdigit():
        return False
    before = text[max(start, at - _TOKEN_REACH) : at - 1].split()
    return text[at - 1] != "I" or not before or before[-1].lower() not in _BEFORE_ONE


def _ellipsis_ends(text: str, stop: re.Match[str], following: re.Match[str]) -> bool:
    """After "…": a word that opens sentences, or any capital where the dots hang on the word before them."""
    hangs = stop.start() > 0 and not text[stop.start() - 1].isspace()
    return _opens(following) or bool(stop["closers"]) or (hangs and following[1][0].isupper())
