"""Who is who: the names of an article gathered into one card for each entity.

Countries and international bodies are told by tables. Persons are gathered by surname, organizations by their words,
country, acronym or short form. What a name of unknown kind stands for is put to the vote: every mention says something
by what stands around it ("the insurer MediSure", "in Kuopio", "Otieno, 58,").
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from summarizer.countries import body_of, lookup
from summarizer.offline.kinds import STATE_OFFICES, kind_of, noun_of
from summarizer.offline.lemmas import regular, shipped_table
from summarizer.offline.names import COURTESIES, FAMILIAR, ORGANIZATION_WORDS, Name, find_names
from summarizer.offline.offices import Office, noun_before, noun_behind, offices_of
from summarizer.offline.parsed import Parsed
from summarizer.offline.phrases import lemma_of
from summarizer.offline.sentences import sentence_start
from summarizer.offline.votes import add, elected, votes_of
from summarizer.offline.wordlists import word_list
from summarizer.ontology import EntityType

if TYPE_CHECKING:
    pass

_SMALL = frozenset(["of", "for", "the", "and", "&", "de", "la", "le", "du", "on", "in"])
# Bodies that nearly every state has one of: without a country of its own such a name takes the article's.
_OF_A_STATE = word_list("body of a state")
# Bodies whose name is one country's own, where the article names that country at all.
_NATIONAL = dict(entry.split("=") for entry in word_list("national body"))
_DESCRIBED = 30  # mentions of an entity that are read for what they say of it
_LIKENESS = 0.66  # of a misspelt surname to the right one; 0.55 is what unrelated surnames reach (see the tests)


@dataclass(eq=False)
class Card:
    """One entity: its kind, its mentions in text order, and what the article says of it."""

    kind: EntityType
    names: list[Name] = field(default_factory=list)
    code: str | None = None
    offices: list[Office] = field(default_factory=list)
    descriptors: set[str] = field(default_factory=set)
    place: bool = False

    def best(self) -> Name:
        """The mention that gives the canonical name: a country's own name, else the fullest form."""
        return min(self.names, key=lambda name: (_rank(self, name), -len(name.form), name.span.start))


def _rank(card: Card, name: Name) -> int:
    """0 for a country's own name, then its capital or metonym, then its people's; 0 for all other names."""
    if card.kind != "country":
        return 0
    match = lookup(name.form)
    return {"name": 0, "capital": 1, "metonym": 1, "demonym": 2}.get(match.kind if match else "", 3)


@dataclass(frozen=True, eq=False)
class Cards:
    """Every card of an article, and the card that each named token belongs to (by segment and token)."""

    cards: tuple[Card, ...]
    at: dict[tuple[int, int], Card]
    focus: str | None


def gather(parsed: Parsed) -> Cards:
    """Read every name of an article and tell who is who."""
    return _Gatherer(parsed).result()


class _Gatherer:
    """Gathers names in passes: sure ones first, then those that take their meaning from them."""

    def __init__(self, parsed: Parsed) -> None:
        self._named_countries = parsed.article.countries
        self._names = _sound(parsed)
        self._starts = [name.span.start for name in self._names]
        self._cards: list[Card] = []
        self._by_key: dict[tuple[str, str | None], Card] = {}
        self._card_of: dict[Name, Card] = {}
        self._focus = _focus(parsed, self._names)
        self._home = _focus(parsed, self._names, at_home=True)

    def result(self) -> Cards:
        """The cards, made in passes."""
        surnames = {
            name.words[-1] for name in self._names if name.kind in ("person", "unknown") and len(name.words) > 1
        }
        singles = [
            name
            for name in self._names
            if len(name.words) == 1
            and (
                name.kind in ("person", "unknown") or (name.kind in ("place", "country") and name.words[0] in surnames)
            )
        ]
        later = set(singles)
        for name in self._names:
            if name in later or name.kind == "office":
                continue
            self._file(name)
        self._settle_unknown()
        self._join_acronyms()
        for name in singles:
            self._file_single(name)
        self._settle_unknown()
        self._join_misspelt()
        self._describe()
        return Cards(tuple(self._cards), self._index(), self._focus)

    # --- filing a name ---

    def _file(self, name: Name) -> Card:
        if name.kind in ("country", "demonym"):
            return self._put(name, ("country", name.code), "country", name.code)
        body = body_of(name.form)
        if body is not None:
            return self._put(name, (f"body {body.name}", None), "organization", None)
        if name.kind == "organization":
            short = self._short_form(name)
            if short is not None:
                return self._add(short, name)
            code = name.code or _possessor_code(name) or self._state_code(name)
            return self._put(name, (_bare(name), code), "organization", code)
        kind: EntityType = "object" if name.kind in ("object", "place") else "person"
        card = self._put(name, (name.form.lower(), None), kind, name.code if name.kind == "place" else None)
        card.place = card.place or name.kind == "place"
        return card

    def _put(self, name: Name, key: tuple[str, str | None], kind: EntityType, code: str | None) -> Card:
        card = self._by_key.get(key)
        if card is None:
            card = self._by_key[key] = Card(kind, code=code)
            self._cards.append(card)
        return self._add(card, name)

    def _add(self, card: Card, name: Name) -> Card:
        card.names.append(name)
        self._card_of[name] = card
        return card

    def _short_form(self, name: Name) -> Card | None:
        """The body that "the Commission" or "the Court" takes up: the last one before with that word at its end."""
        if len(name.words) > 1 or name.words[0] not in ORGANIZATION_WORDS or name.code:
            return None
        earlier = [card for card in self._cards if card.kind == "organization" and _ends_in(card, name.words[0])]
        before = [card for card in earlier if card.names[0].span.start < name.span.start]
        return max(before, key=lambda card: _last_before(card, name.span.start), default=None)

    def _state_code(self, name: Name) -> str | None:
        """The article's country for "the Foreign Ministry"; none for a body that is no state's."""
        national = _NATIONAL.get(_bare(name))
        if national in self._named_countries:
            return national
        words = {word.lower() for word in name.words}
        if not words & _OF_A_STATE:
            return None
        return (
            _subject_country(name) or self._focus
            if words & _OF_A_STATE and not words & {"university", "party", "city"}
            else None
        )

    def _file_single(self, name: Name) -> Card:
        """A name of one word: a surname, a first name, a short form of a body, or an entity of its own."""
        word = name.words[0]
        own = self._by_key.get((word.lower(), None))
        persons = self._persons_by_word().get(word, [])
        bodies = self._bodies_by_word().get(word, []) if name.kind == "unknown" and not persons else []
        if persons and (name.kind != "country" or word == persons[0].best().words[-1]):
            return self._add(_latest(persons, name), name)
        if len(bodies) == 1 and own is None:
            return self._add(bodies[0], name)
        return self._file(name)

    def _persons_by_word(self) -> dict[str, list[Card]]:
        if not hasattr(self, "_persons"):
            self._persons: dict[str, list[Card]] = defaultdict(list)
            for card in self._cards:
                if card.kind == "person":
                    words = card.best().words
                    for word in dict.fromkeys((words[-1], words[0])):
                        if len(words) > 1:
                            self._persons[word].append(card)
        return self._persons

    def _bodies_by_word(self) -> dict[str, list[Card]]:
        if not hasattr(self, "_bodies"):
            self._bodies: dict[str, list[Card]] = defaultdict(list)
            for card in self._cards:
                words = card.best().words
                if card.kind == "organization" and len(words) > 1 and words[0] not in ORGANIZATION_WORDS:
                    self._bodies[words[0]].append(card)
        return self._bodies

    # --- kinds by vote ---

    def _settle_unknown(self) -> None:
        """Give each card whose names do not tell their kind the kind that the article's wording speaks for."""
        surnames = Counter(name.words[0] for name in self._names if len(name.words) == 1)
        for card in self._cards:
            if any(name.kind not in ("unknown", "person") for name in card.names):
                continue
            votes: defaultdict[str, float] = defaultdict(float)
            for name in card.names[:_DESCRIBED]:
                add(votes, votes_of(name))
            words = card.names[0].words
            if len(words) > 1 and surnames[words[-1]]:
                votes["person"] += 2
            elif len(words) > 1 and sum(len(name.words) > 1 for name in card.names if name.segment.kind == "prose") > 1:
                votes["organization"] += 1  # a person is named in full once
            card.kind, card.place = elected(votes, words)

    # --- joining cards ---

    def _join_acronyms(self) -> None:
        """An acronym and the name whose initials it is are one: "World Health Organization", "the WHO"."""
        by_initials: dict[str, list[Card]] = defaultdict(list)
        for card in self._cards:
            if card.kind == "organization" and len(card.names[0].words) > 1:
                for initials in _initials(card.best().words):
                    by_initials[initials].append(card)
        for card in [card for card in self._cards if len(card.names[0].words) == 1]:
            acronym = card.names[0].form.replace(".", "")
            full = by_initials.get(acronym, [])
            bracketed = _bracketed_after(card.names[0], self._card_of, self._names)
            if bracketed is not None and acronym.isupper() and len(acronym) > 1 and bracketed.kind == "organization":
                full = [bracketed]
            if len(full) == 1 and full[0] is not card and acronym.isupper() and card.kind == "organization":
                self._merge(card, into=full[0])

    def _merge(self, card: Card, *, into: Card) -> None:
        for name in card.names:
            self._add(into, name)
        into.names.sort(key=lambda name: name.span.start)
        self._cards.remove(card)
        self._by_key = {key: into if held is card else held for key, held in self._by_key.items()}

    def _join_misspelt(self) -> None:
        """A lone surname that is nearly another person's, under the same title, is that person misspelt.

        The margin is narrow (OFFLINE.md): likeness alone never suffices, the two must share an office's noun.
        """
        full = [card for card in self._cards if card.kind == "person" and len(card.best().words) > 1]
        lone = [card for card in self._cards if card.kind == "person" and len(card.best().words) == 1]
        titles = {card: _title_words(card) for card in (*full, *lone)}
        for card in lone[:50]:  # a text of a thousand lone names is a list, not a misspelling
            alike = [other for other in full[:200] if titles[card] & titles[other] and _alike(card, other)]
            if len(alike) == 1:
                self._merge(card, into=alike[0])

    # --- what is said of an entity ---

    def _describe(self) -> None:
        for card in self._cards:
            card.names.sort(key=lambda name: name.span.start)
            if card.kind == "person":
                self._describe_person(card)
            elif card.kind == "organization":
                _describe_body(card)

    def _describe_person(self, card: Card) -> None:
        for name in card.names[:_DESCRIBED]:
            for office in offices_of(name):
                if office.head.rstrip(".").capitalize() not in {c.rstrip(".") for c in COURTESIES}:
                    card.offices.append(office)
        card.descriptors |= {office.head for office in card.offices}
        code = next((code for code in map(self._office_code, card.offices) if code), None)
        if code is None and any(_is_state_office(office) for office in card.offices):
            code = self._home
        owners = (_possessor_code(name) for name in card.names)
        card.code = (
            card.code
            or code
            or next((c for c in owners if c), None)
            or next((n.code for n in card.names if n.code), None)
        )

    def _office_code(self, office: Office) -> str | None:
        """The country in a title, before it ("Iceland's minister", "the Belarusian minister"), or behind it."""
        doc = office.name.segment.doc
        national = _NATIONAL.get(office.text)
        if national in self._named_countries:
            return national
        for at in range(office.first, office.last + 1):
            if doc[at].lower_ in ("for", "to", "on"):  # an envoy to a country is no envoy of it
                break
            card = self._at(office.name, at)
            if card is not None and card.code and card.kind in ("country", "organization"):
                return card.code
        before = office.first - 1
        if before >= 0 and doc[before].tag_ == "POS":
            before -= 1
        elif before >= 0 and doc[before].lower_ in ("its", "their"):
            return self._code_before(office.name)
        if (
            before >= 0
            and (card := self._at(office.name, before)) is not None
            and card.kind in ("country", "organization")
        ):
            return card.code
        return None

    def _code_before(self, name: Name) -> str | None:
        """The country of the state or body named last before "its spokesman, X"."""
        at = bisect_left(self._starts, name.span.start) - 1
        near = [(earlier, self._card_of.get(earlier)) for earlier in reversed(self._names[max(0, at - 5) : at + 1])]
        fit = [(n, c) for n, c in near if c and c.kind in ("country", "organization") and n.kind != "demonym"]
        leading = [(n, c) for n, c in fit if n.segment.doc[n.last].dep_ in ("nsubj", "nmod:poss", "nsubj:pass")]
        return (leading or fit)[0][1].code if fit else None

    def _at(self, near: Name, token: int) -> Card | None:
        if not hasattr(self, "_tokens"):
            self._tokens = self._index()
        return self._tokens.get((id(near.segment), token))

    def _index(self) -> dict[tuple[int, int], Card]:
        found: dict[tuple[int, int], Card] = {}
        for name, card in self._card_of.items():
            for token in range(name.first, name.last + 1):
                found[id(name.segment), token] = card
            if name.office is not None:
                for token in range(name.office[0], name.office[1] + 1):
                    found.setdefault((id(name.segment), token), card)
        return found


# --- reading the names ------------------------------------------------------------------------------------------------


def _sound(parsed: Parsed) -> list[Name]:
    """All names in text order, without sentence openings that are no names."""
    names = [name for segment in parsed.segments for name in find_names(segment)]
    inner = {name.form for name in names if not _opens_sentence(name)}
    several = [name for name in names if len(name.words) > 1 and name.kind in ("person", "unknown")]
    words = {word for name in several for word in (name.words[0], name.words[-1]) if word not in ORGANIZATION_WORDS}
    names += _openings(parsed, names, words | inner)
    plain = parsed.article.words
    sound = (name for name in names if name.form in words or not _is_common(name, plain))
    kept = (name if name.form in words else _without_opening(name, inner) for name in sound)
    return sorted((name for name in kept if name is not None), key=lambda name: name.span.start)


def _openings(parsed: Parsed, names: list[Name], words: set[str]) -> Iterator[Name]:
    """Sentences that begin with a word of a known name which the tagger took for something else: "Dahl closed …"."""
    taken = {(id(name.segment), at) for name in names for at in range(name.first, name.last + 1)}
    taken |= {(id(name.segment), name.office[0]) for name in names if name.office is not None}
    for segment in parsed.segments:
        for sent in segment.doc.sents:
            if sent[0].text in words and (id(segment), sent.start) not in taken and sent[0].is_alpha:
                yield Name(segment, sent.start, sent.start, "unknown")


def _is_common(name: Name, plain: frozenset[str]) -> bool:
    """Whether a lone word is a common noun whose capital says nothing: it opens a sentence or a line is shouted."""
    if name.kind != "unknown" or len(name.words) > 1:
        return False
    token = name.segment.doc[name.first]
    if token.pos_ == "ADJ" and token.dep_ == "amod":  # a nationality that no table knows
        return True
    opens = _opens_sentence(name)
    if opens and token.lower_ in plain:
        return True
    return kind_of(noun_of(token)) != "other" and (opens or token.tag_ in ("NNS", "NNPS"))


def _opens_sentence(name: Name) -> bool:
    token = name.segment.doc[name.first]
    return token.i == 0 or bool(token.is_sent_start)


def _without_opening(name: Name, inner: set[str]) -> Name | None:
    """A name at a sentence's beginning, less a first word whose capital is the sentence's; None if nothing is left."""
    if name.kind != "unknown" or not _opens_sentence(name) or name.form in inner or name.words[0] in ORGANIZATION_WORDS:
        return name
    doc = name.segment.doc
    if name.last > name.first:
        rest = Name(name.segment, name.first + 1, name.last, "unknown")
        first = doc[name.first]
        common = first.text not in FAMILIAR and (_in_dictionary(first.lower_) or kind_of(noun_of(first)) != "other")
        return rest if common and (rest.form in inner or first.pos_ != "PROPN") else name
    return None if _in_dictionary(doc[name.first].lower_) and doc[name.first].text not in FAMILIAR else name


def _in_dictionary(word: str) -> bool:
    table = shipped_table()
    tags = ("NOUN", "VERB", "ADJ", "ADV")
    return any(table.knows(upos, regular(word, upos, table)) or word in table.exceptions.get(upos, ()) for upos in tags)


def _focus(parsed: Parsed, names: Iterable[Name], *, at_home: bool = False) -> str | None:
    """The country that the article is mostly about: headline and opening count most, nationalities half.

    `at_home`: only where it acts, owns or is the scene counts, not where something is done to it.
    """
    opening = {id(segment): 3.0 if at < 2 else 1.5 if at < 4 else 1.0 for at, segment in enumerate(parsed.segments)}
    weights: defaultdict[str, float] = defaultdict(float)
    for name in names:
        if name.kind in ("country", "demonym") and name.code and (not at_home or _is_scene(name)):
            weights[name.code] += opening[id(name.segment)] * (1.0 if name.kind == "country" else 0.5)
            if name.kind == "country" and name.segment.doc[name.first].dep_.startswith("nsubj"):
                weights[name.code] += opening[id(name.segment)]
    best = max(weights, key=lambda code: weights[code], default=None)
    if at_home and best is not None and not any(opening[id(n.segment)] > 1 and n.code == best for n in names):
        return None  # it plays no part in the opening
    return best


def _subject_country(name: Name) -> str | None:
    """The country that is the subject before a name in its sentence: "Peru accepted it, the Health Ministry said"."""
    doc = name.segment.doc
    for token in doc[sentence_start(doc[name.first]) : name.first]:
        if token.dep_ == "nsubj" and (match := lookup(token.text)) is not None and match.kind in ("name", "capital"):
            return match.code
    return None


def _is_scene(name: Name) -> bool:
    """Whether a country's mention says that the text plays there: as a subject, an owner, a place or a nationality."""
    token = name.segment.doc[name.last]
    if name.kind == "demonym" or token.dep_.startswith("nsubj") or token.dep_ == "nmod:poss":
        return True
    return any(part.dep_ == "case" and part.lower_ in ("in", "across", "of", "around") for part in token.lefts)


def _possessor_code(name: Name) -> str | None:
    """The country before or behind a body's name: "Iran's Foreign Ministry", "the Defence Ministry in Seoul"."""
    doc = name.segment.doc
    if name.first >= 2 and doc[name.first - 1].tag_ == "POS":
        first = max(doc[name.first - 2].left_edge.i, name.first - 4)
        for start in range(first, name.first - 1):
            match = lookup(doc[start : name.first - 1].text)
            if match is not None:
                return match.code
    if name.last + 2 < len(doc) and doc[name.last + 1].lower_ in ("of", "in"):
        match = lookup(doc[name.last + 2].text)
        if match is not None and match.kind in ("name", "capital"):
            return match.code
    return None


def _bare(name: Name) -> str:
    """An organization's words without a leading nationality, in lower case."""
    words = list(name.words)
    for size in (2, 1):
        match = lookup(" ".join(words[:size])) if len(words) > size else None
        if (match is not None and match.kind == "demonym") or (
            match is not None and " ".join(words[:size]) in ("U.S.", "US", "UK", "U.K.")
        ):
            return " ".join(words[size:]).lower()
    return name.form.lower()


# --- acronyms and misspellings ----------------------------------------------------------------------------------------


def _initials(words: tuple[str, ...]) -> set[str]:
    """The initials of a name, with its small words and without: {"MOD", "MD"} for "Ministry of Defence"."""
    every = "".join(word[0] for word in words if word[0].isalpha()).upper()
    large = "".join(word[0] for word in words if word.lower() not in _SMALL and word[0].isalpha()).upper()
    return {initials for initials in (every, large) if len(initials) > 1}


def _bracketed_after(acronym: Name, card_of: dict[Name, Card], names: list[Name]) -> Card | None:
    """The card of the name right before an acronym in brackets: "the National Union of Miners (NUM)"."""
    doc = acronym.segment.doc
    at = acronym.first - 1
    if at < 1 or doc[at].text != "(" or acronym.last + 1 >= len(doc) or doc[acronym.last + 1].text != ")":
        return None
    index = names.index(acronym) - 1
    before = names[index] if index >= 0 else None
    fits = before is not None and before.segment is acronym.segment and before.last == at - 1
    return card_of.get(before) if fits and before is not None else None


def _title_words(card: Card) -> frozenset[str]:
    return frozenset(office.head for name in card.names[:_DESCRIBED] for office in offices_of(name))


def _alike(card: Card, other: Card) -> bool:
    """Whether a lone surname is nearly the other's: as like as a slip of the ear leaves it, and not very short."""
    lone, surname = card.best().words[-1].lower(), other.best().words[-1].lower()
    if min(len(lone), len(surname)) < 5 or lone == surname:
        return False
    return SequenceMatcher(None, lone, surname, autojunk=False).ratio() >= _LIKENESS


def _ends_in(card: Card, word: str) -> bool:
    """Whether a body's full name has a word as its head: "European Commission", "Ministry of Defence"."""
    words = card.names[0].words
    return len(words) > 1 and (words[-1] == word or (words[0] == word and words[1] in ("of", "for")))


def _latest(cards: list[Card], name: Name) -> Card:
    """Of several persons of that name, the one spoken of last before it."""
    if len(cards) == 1:
        return cards[0]
    return max(cards, key=lambda card: _last_before(card, name.span.start))


def _last_before(card: Card, place: int) -> int:
    return max((name.span.start for name in card.names[-20:] if name.span.start <= place), default=-1)


# --- what is said of them ---------------------------------------------------------------------------------------------


def _is_state_office(office: Office) -> bool:
    words = office.text.split()
    if any(word in ("former", "ex", "opposition", "union", "party", "company") for word in words):
        return False
    return office.head in STATE_OFFICES and (
        office.head in ("president", "premier", "minister", "king", "queen", "emir", "chancellor")
        or "minister" in words
        or ("secretary" in words and len(words) > 1)
    )


def _describe_body(card: Card) -> None:
    for name in card.names[:_DESCRIBED]:
        card.descriptors |= {word.lower() for word in name.words if word in ORGANIZATION_WORDS}
        before = noun_before(name)
        if before is not None and kind_of(noun_of(before)) == "body":
            card.descriptors.add(lemma_of(before))
        behind = noun_behind(name)
        if behind is not None and kind_of(noun_of(behind[0])) == "body":
            card.descriptors.add(lemma_of(behind[0]))
