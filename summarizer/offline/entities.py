"""The entities of an article: which one a role's phrase stands for, and what is told of each.

The registry names a phrase in three ways (SCHEMA.md, rule 7): `who` it is, for whom it acts (`names`), and whom it
means when something is done to it (`recipients`). Every name is a stretch of the article. What cannot be told is left
out: an empty tuple, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from summarizer.countries import Match, find_countries, lookup
from summarizer.offline.cards import Card, Cards, gather
from summarizer.offline.kinds import (
    BODY_OFFICES,
    INSTRUMENTS,
    OFFICES,
    QUANTIFIERS,
    STATE_AGENTS,
    STATE_OFFICES,
    kind_of,
    noun_of,
)
from summarizer.offline.names import Name
from summarizer.offline.parsed import Parsed, Phrase, Segment
from summarizer.offline.phrases import antecedent, case_of, child, children, lemma_of, phrase
from summarizer.offline.reference import Mentions
from summarizer.offline.wordlists import word_list
from summarizer.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# In these a person acts or suffers in their own name, whatever office they hold.
PERSONAL_TYPES = frozenset({"CONSULT", "ELECTION", "SPORT", "SCIENCE", "ACCIDENT", "DISASTER", "ASSAULT", "OTHER"})
_PERSONAL_MODES = frozenset({"resign", "convict", "arrest", "release", "deport", "hunger"})
_FORCES = frozenset(["force", "troop", "soldier", "warplane", "jet", "fighter", "navy", "airforce"])
_DEFINITE = frozenset(["the", "this", "that", "these", "those", "its", "his", "her", "their", "our"])
_LEADING = word_list("leading word")
_GENERIC_BODIES = word_list("generic body")
_HEADS_OF_STATE = word_list("head of state")
_LIMIT = 90  # characters of a name made of a phrase: longer ones are a parser's error


class Registry:
    """Entities of one article, made once; phrases are looked up in it."""

    def __init__(self, parsed: Parsed, cards: Cards) -> None:
        self._text = parsed.article.text
        self._cards = cards
        self._countries = {card.code: card for card in cards.cards if card.kind == "country"}
        self._made: dict[str, Card] = {}
        self._names: dict[Card, str] = {}
        self._of_name: dict[str, Card] = {}
        self._phrases: dict[Card, list[Span]] = {}
        self._mentions = Mentions(parsed, cards, self._subject_card)
        self._speakers: dict[int, Card] = {}

    @classmethod
    def of(cls, parsed: Parsed) -> Registry:
        """Read an article's names and make its registry."""
        return cls(parsed, gather(parsed))

    # --- phrases to names ---

    def names(self, phrase: Phrase, event_type: str = "", mode: str | None = None) -> tuple[str, ...]:
        """Who acts where this phrase is the doer: an official's country or body, else the entity itself."""
        found = self._plural_offices(phrase) or self._both_countries(phrase)
        if found:
            return self._named(found)
        behind = self._behind_act(phrase)
        card = self.card(phrase) if not behind else None
        if card is None:
            return self._named(behind)
        if card.place:
            return ()
        personal = event_type in PERSONAL_TYPES or mode in _PERSONAL_MODES
        return self._named([card if personal else self._principal(card, phrase)])

    def recipients(self, phrase: Phrase, event_type: str = "", mode: str | None = None) -> tuple[str, ...]:
        """Whom something is done to: the entity; a state's agents with the state they serve.

        Officials that are counted are persons ("four envoys"); those that are not stand for their states.
        """
        counted = bool(children(phrase.head, "nummod"))
        found = self._both_countries(phrase) or ([] if counted else self._plural_offices(phrase))
        if found:
            return self._named(found)
        card = self.card(phrase)
        if card is None or card.place:
            return ()
        if event_type in ("DISASTER", "ACCIDENT", "SCIENCE") and card.kind == "country":
            return ()  # where it struck is its location
        if event_type in PERSONAL_TYPES or mode in _PERSONAL_MODES:
            return self._named([card])
        if card.code and card.kind in ("person", "group") and (mode == "expel" or self._serves(card, phrase)):
            state = self._countries.get(card.code)
            return self._named([state, card] if state is not None else [card])
        return self._named([self._principal(card, phrase)])

    def who(self, phrase: Phrase) -> tuple[str, ...]:
        """The entity that a phrase names, in its own name."""
        card = self.card(phrase)
        return self._named([card]) if card is not None else ()

    def card(self, phrase: Phrase) -> Card | None:
        """The entity that a phrase names, describes or refers back to; None if that cannot be told."""
        segment, head = phrase.segment, phrase.head
        resolved = antecedent(head)
        if resolved.i != head.i:
            return self._card_of_head(segment, resolved, phrase_of(segment, resolved))
        return self._card_of_head(segment, head, phrase)

    def named_at(self, segment: Segment, token: int) -> Card | None:
        """The entity whose name (or title) a token is part of."""
        return self._cards.at.get((id(segment), token))

    def let_speak(self, segment: Segment, speaker: Card) -> None:
        """Remember whose words a quotation's segment are, for its "we" and "I"."""
        self._speakers[id(segment)] = speaker

    def country_of(self, phrase: Phrase) -> str | None:
        """The country code of a place: its own, or that of the country named within the phrase."""
        codes = [match.code for match in _matches(phrase)]
        if codes:
            return codes[-1] if len(set(codes)) == 1 else codes[0]
        card = self._at(phrase.segment, phrase.head)
        return card.code if card is not None else None

    def country(self, code: str | None) -> str | None:
        """The name of a country that the article names."""
        card = self._countries.get(code)
        return self.name(card) if card is not None else None

    # --- names to entities ---

    def cards(self) -> tuple[Card, ...]:
        """Every entity that has a name in the article, and every one made of a phrase so far."""
        return (*self._cards.cards, *self._made.values())

    def name(self, card: Card) -> str:
        """The canonical name: the fullest form in the article, in running text's case where there is one."""
        if card not in self._names:
            name = self._canonical(card)
            if name in self._of_name:  # two ministries of two countries: the second with its country's name
                name = self._with_possessor(card) or name
            self._names[card] = name
            self._of_name.setdefault(name, card)
        return self._names[card]

    def kind(self, name: str) -> str | None:
        """The type of the entity of that canonical name."""
        card = self._of_name.get(name)
        return card.kind if card is not None else None

    def is_described(self, name: str) -> bool:
        """Whether an entity has no name of its own in the article, only a description: "former bank chief"."""
        card = self._of_name.get(name)
        return card is not None and not card.names

    def side(self, name: str) -> str | None:
        """The country or body on whose side an entity is: its own name, or its country's code."""
        card = self._of_name.get(name)
        return (card.code or name) if card is not None else None

    def raw(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """The entities of these names as a draft holds them, in the order of their first mention."""
        cards = {id(card): card for name in names if (card := self._of_name.get(name)) is not None}
        return [self._raw(card) for card in sorted(cards.values(), key=lambda card: min(self._places(card)))]

    def _raw(self, card: Card) -> dict[str, Any]:
        office = self._office(card)
        return {
            "name": self.name(card),
            "type": card.kind,
            "country": card.code,
            "office": _excerpt(self._text, office) if office is not None else None,
            "aliases": [_excerpt(self._text, span) for span in self._aliases(card)],
        }

    def _places(self, card: Card) -> list[int]:
        return [name.span.start for name in card.names[:1]] + [span.start for span in self._phrases.get(card, ())[:1]]

    def _canonical(self, card: Card) -> str:
        if not card.names:
            return self._phrases[card][0].of(self._text)
        best = card.best()
        same = [name for name in card.names if name.form == best.form]
        written = [name.span.of(self._text) for name in same]
        return next((form for form in written if not (form.isupper() and len(form) > 4)), written[0])

    def _with_possessor(self, card: Card) -> str | None:
        """A body's name with whose it is: "Iran's Foreign Ministry"."""
        for name in card.names:
            doc = name.segment.doc
            if name.first >= 2 and doc[name.first - 1].tag_ == "POS":
                first = doc[name.first - 2].left_edge.i
                return name.segment.span(first if name.first - first < 6 else name.first - 2, name.last).of(self._text)
        return None

    def _aliases(self, card: Card) -> list[Span]:
        """Every other form, at its first place; a country's nationality and cities are none."""
        seen = {self.name(card)}
        spans: list[Span] = []
        forms = [name.span for name in card.names if card.kind != "country" or _stands_for_country(name)]
        for span in (*forms, *self._phrases.get(card, ())):
            form = span.of(self._text)
            if form not in seen:
                seen.add(form)
                spans.append(span)
        return spans

    def _office(self, card: Card) -> Span | None:
        """The longest title of the first three that stand around the person's name."""
        if card.kind != "person" or not card.offices:
            return None
        best = max(card.offices[:3], key=lambda office: office.last - office.first)
        first, last, doc = best.first, best.last, best.name.segment.doc
        match = lookup(doc[first].text)
        if (
            match is not None
            and match.kind == "demonym"
            and not any(t.text == "Ministry" for t in doc[first : last + 1])
        ):
            first = min(first + 1, last)
        return best.name.segment.span(first, last)

    def _named(self, cards: Iterable[Card | None]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.name(card) for card in cards if card is not None))

    # --- for whom one acts ---

    def _principal(self, card: Card, phrase: Phrase) -> Card:
        """The country or body that a person or a force acts for, by the office they hold; else themselves."""
        if card.kind == "person" and card.offices:
            return self._employer(card) or card
        state = self._countries.get(card.code) if card.code else None
        if card.kind in ("group", "person") and state is not None and not card.names:
            noun = noun_of(phrase.head)
            if noun in _FORCES or noun in STATE_OFFICES or noun in ("official", "authority"):
                return state
        return card

    def _employer(self, card: Card) -> Card | None:
        for office in card.offices:
            words = office.text.split()
            if any(word.startswith("ex-") or word in ("former", "opposition", "fellow") for word in words):
                return None
            body = self._body_in(office.name, office.first, office.last)
            if body is not None and office.head in BODY_OFFICES:
                return body
            if office.head in _HEADS_OF_STATE and card.code in self._countries:
                return self._countries[card.code]
        return None

    def _body_in(self, name: Name, first: int, last: int) -> Card | None:
        for at in (*range(first, last + 1), first - 2, first - 1):
            card = self._cards.at.get((id(name.segment), at)) if at >= 0 else None
            if card is not None and card.kind == "organization":
                return card
        return None

    def _serves(self, card: Card, phrase: Phrase) -> bool:
        if card.kind == "person" and card.names:
            return any(office.head in STATE_AGENTS for office in card.offices)
        return noun_of(phrase.head) in STATE_AGENTS

    def _plural_offices(self, phrase: Phrase) -> list[Card]:
        """The countries of "the foreign ministers of X and Y", "X officials", "French and German leaders"."""
        head = phrase.head
        noun = noun_of(head)
        if head.tag_ not in ("NNS", "NNPS") or noun in ("diplomat", "deputy", "delegate", "chief", "head"):
            return []
        if noun not in STATE_OFFICES and noun not in ("official", "authority"):
            return []
        if any(
            word.lower_ in ("former", "opposition", "ex", "local", "two", "three", "union", "party")
            for word in head.subtree
        ):
            return []
        codes = [match.code for match in _matches(phrase_with_complements(phrase))]
        return [self._countries[code] for code in dict.fromkeys(codes) if code in self._countries]

    def _both_countries(self, phrase: Phrase) -> list[Card]:
        """The two countries that an article names most, for "both countries" and "the two countries"."""
        head = phrase.head
        if lemma_of(head) not in ("country", "nation", "neighbour", "neighbor") or head.tag_ != "NNS":
            return []
        if not any(word.lower_ in ("both", "two") for word in head.lefts):
            return []
        before = [card for card in self._countries.values() if card.names[0].span.start < phrase.span.start]
        ranked = sorted(before, key=lambda card: -len(card.names))
        return (
            ranked[:2] if len(ranked) == 2 or (len(ranked) > 2 and len(ranked[1].names) > len(ranked[2].names)) else []
        )

    def _behind_act(self, phrase: Phrase) -> list[Card]:
        """Whose act fills the role in its doer's place: "an Israeli air strike killed", "the bank's decision freed"."""
        head = phrase.head
        noun = noun_of(head)
        if kind_of(noun) != "act" and noun not in INSTRUMENTS:
            return []
        owner = child(head, "nmod:poss")
        if owner is not None:
            card = self._card_of_head(phrase.segment, owner, phrase_of(phrase.segment, owner))
            return [self._principal(card, phrase)] if card is not None else []
        bodies = (self._at(phrase.segment, head.doc[at]) for at in phrase.tokens)
        body = next((card for card in bodies if card is not None and card.kind == "organization"), None)
        if body is not None:
            return [body]
        codes = dict.fromkeys(match.code for match in _matches(phrase) if match.kind == "demonym")
        return [self._countries[code] for code in codes if code in self._countries]

    # --- what a head stands for ---

    def _card_of_head(self, segment: Segment, head: Token, phrase: Phrase) -> Card | None:
        if head.pos_ == "PRON" or head.lower_ in ("he", "she", "it", "they", "we", "i"):
            return self._mentions.pronoun(segment, head) or self._own_words(segment, head)
        named = self._at(segment, head) or self._apposed(segment, head)
        if named is not None:
            if not _is_ethnic(named, head):
                return named
            first = min(phrase.tokens[0], head.i - 1)
            return self._make(Phrase(segment, head, tuple(range(first, phrase.tokens[-1] + 1))), "group", None)
        if head.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return None
        return self._described(segment, head, phrase)

    def _own_words(self, segment: Segment, head: Token) -> Card | None:
        return self._speakers.get(id(segment)) if head.lower_ in ("we", "i", "us", "me") else None

    def _at(self, segment: Segment, token: Token) -> Card | None:
        return self._cards.at.get((id(segment), token.i))

    def _apposed(self, segment: Segment, head: Token) -> Card | None:
        """The name beside a common noun that says what it is: "the insurer MediSure", "its chairwoman, Karin Öberg"."""
        kind = kind_of(noun_of(head))
        if kind not in ("person", "body", "object"):
            return None
        wanted = {"person": "person", "body": "organization", "object": "object"}[kind]
        tokens = phrase_of(segment, head).tokens
        last = tokens[-1]
        inside = (self._at(segment, head.doc[at]) for at in tokens if at > head.i + 1 and head.doc[at - 1].text == ",")
        apposed = next((card for card in inside if card is not None and card.kind == wanted), None)
        if apposed is not None:
            return apposed
        touching = self._at(segment, head.doc[head.i + 1]) if head.i + 1 < len(head.doc) else None
        if (
            touching is not None
            and touching.kind in ("person", "organization")
            and head.tag_ == "NN"
            and kind != "object"
        ):
            return touching  # "the chip designer Zorvo" is a firm though designers are persons
        beside = [head.doc[at] for at in (head.i + 1, *_past_comma(head, last)) if at < len(head.doc)]
        for token in (*beside, *children(head, "appos", "flat")):
            card = self._at(segment, token)
            if card is not None and card.kind == wanted and head.tag_ not in ("NNS", "NNPS"):
                return card
        return None

    def _described(self, segment: Segment, head: Token, phrase: Phrase) -> Card | None:
        noun = noun_of(head)
        kind = kind_of(noun)
        codes = list(dict.fromkeys(match.code for match in _matches(phrase)))
        if noun in ("government", "regime", "junta", "authorities", "authority", "administration", "leadership"):
            return self._government(segment, head, noun, codes, phrase)
        definite = any(word.lower_ in _DEFINITE for word in head.lefts)
        plural = head.tag_ in ("NNS", "NNPS") or noun in ("people", "police", "staff", "crew", "personnel")
        if noun == "country" and definite and not plural:
            return self._mentions.latest(segment, head, lambda card: card.kind == "country")
        if kind == "person" and noun in OFFICES and definite and not plural:
            holder = self._holder(noun, codes)
            if holder is not None:
                return holder
        if noun in _GENERIC_BODIES and definite and not plural and len(codes) == 1:
            back = self._referred(segment, head, noun)
            if back is not None and back.code in (None, codes[0]):
                back.code = codes[0]  # "the Swedish company" tells the country of the one named before
                return back
        if kind in ("person", "body", "object") and definite and not plural and not codes:
            back = self._referred(segment, head, noun)
            if back is not None or kind == "object":
                return back
        if kind == "person" and plural and definite and not codes and not children(head, "nummod"):
            earlier = self._mentions.earlier_noun(segment, head, noun)
            if earlier is not None:
                return self._alias_of_group(self._make(phrase_of(*earlier), "group", None), phrase)
        if noun in QUANTIFIERS or head.pos_ == "NUM":
            return self._counted(segment, head, phrase)
        if kind == "person":
            return self._make(phrase, "group" if plural else "person", codes[0] if len(codes) == 1 else None)
        if kind == "body" and noun != "source":
            return self._make(
                _with_place(phrase),
                "group" if plural and noun != "police" else "organization",
                self._code_of_body(codes, phrase),
            )
        if kind == "object" and (codes or (child(head, "compound") is not None and head.pos_ == "PROPN")):
            return self._make(phrase, "object", None)
        return None

    def _counted(self, segment: Segment, head: Token, phrase: Phrase) -> Card | None:
        """A group that is only counted: "thousands of Kenyans", "a number of activists", "two members of the crew"."""
        members = next((part for part in head.rights if part.dep_ == "nmod" and case_of(part) == "of"), None)
        people = kind_of(noun_of(head)) == "person"
        if members is None:
            people = people or lemma_of(head) in ("thousand", "hundred", "crowd")
            return self._make(phrase, "group", None) if people else None
        codes = list(dict.fromkeys(match.code for match in _matches(phrase)))
        card = self._at(segment, members)
        people = people or kind_of(noun_of(members)) == "person" or (card is not None and card.kind == "country")
        return self._make(phrase, "group", codes[0] if len(codes) == 1 else None) if people else None

    def _code_of_body(self, codes: list[str], phrase: Phrase) -> str | None:
        if len(codes) == 1:
            return codes[0]
        placed = [match.code for match in _matches(_with_place(phrase))]
        return placed[0] if len(set(placed)) == 1 else None

    def _government(self, segment: Segment, head: Token, noun: str, codes: list[str], phrase: Phrase) -> Card | None:
        """The country that a government's noun stands for: its own, else the nearest before it."""
        if any(
            word.lower_ in ("local", "city", "state", "provincial", "regional", "former", "federal-state")
            for word in head.lefts
        ):
            return self._make(phrase, "organization", codes[0] if codes else None)
        if codes:
            return self._alias(self._countries.get(codes[0]), phrase)
        owner = child(head, "nmod:poss", "compound", "nmod")
        if owner is not None and owner.dep_ == "nmod" and owner.pos_ == "PROPN":
            return self._make(phrase, "organization", None)
        if owner is not None and owner.pos_ == "PRON":
            card = self._mentions.pronoun(segment, owner)
            return self._countries.get(card.code) if card is not None and card.code else None
        if owner is not None and (card := self._at(segment, owner)) is not None and card.kind == "person":
            american = self._countries.get("USA") if noun == "administration" else None
            return self._alias(self._countries.get(card.code) if card.code else american, phrase)
        return self._alias(self._countries.get(self._cards.focus), phrase) if noun != "administration" else None

    def _alias(self, card: Card | None, phrase: Phrase) -> Card | None:
        """Remember a phrase that stood for an entity, as another of its forms."""
        named = any(True for _ in _matches(phrase)) or noun_of(phrase.head) == "administration"
        if card is not None and len(phrase.tokens) > 1 and named:
            span = self._trimmed(phrase)
            if span is not None:
                self._phrases.setdefault(card, []).append(span)
        return card

    def _alias_of_group(self, card: Card | None, phrase: Phrase) -> Card | None:
        """A group that is taken up again ("the diplomats"), with that form remembered."""
        span = self._trimmed(phrase)
        if card is not None and span is not None:
            self._phrases[card].append(span)
        return card

    def _referred(self, segment: Segment, head: Token, noun: str) -> Card | None:
        """Whom "the ministry", "the minister", "the company" was last said of."""
        found = self._mentions.latest(segment, head, lambda card: noun in card.descriptors, reach=10)
        if found is None:
            found = self._mentions.foremost(segment, head, lambda card: noun in card.descriptors)
        if found is None and noun in _GENERIC_BODIES:
            return self._mentions.latest(segment, head, _is_company, reach=12)
        return found

    def _holder(self, noun: str, codes: list[str]) -> Card | None:
        """The one person who holds an office in the article, named before or after: "the governor … Governor X"."""
        holders = [card for card in self._cards.cards if card.kind == "person" and noun in card.descriptors]
        fit = len(holders) == 1 and (not codes or holders[0].code is None or holders[0].code in codes)
        return holders[0] if fit else None

    def _make(self, phrase: Phrase, kind: Any, code: str | None) -> Card | None:
        """An entity that only a phrase names: "14 envoys", "court in Nairobi"."""
        span = self._trimmed(phrase)
        if span is None:
            return None
        key = " ".join(span.of(self._text).lower().split())
        card = self._made.get(key)
        if card is None:
            card = self._made[key] = Card(kind, code=code)
            self._phrases[card] = [span]
        return card

    def _trimmed(self, phrase: Phrase) -> Span | None:
        """The phrase without determiners and "at least", "about"; None if it is no name's length."""
        tokens = list(phrase.tokens)
        doc = phrase.segment.doc
        while len(tokens) > 1 and (
            (doc[tokens[0]].lower_ in _LEADING and doc[tokens[0]].pos_ != "NUM")
            or doc[tokens[0]].pos_ in ("ADV", "PUNCT", "CCONJ", "SCONJ")
        ):
            tokens.pop(0)
        span = phrase.segment.span(tokens[0], tokens[-1])
        text = span.of(self._text)
        return span if len(text) <= _LIMIT and not text.isdigit() and any(map(str.isalpha, text)) else None

    def _subject_card(self, segment: Segment, token: Token) -> Card | None:
        """The entity of a subject, for pronouns that look back: pronouns themselves are not followed."""
        if token.pos_ == "PRON":
            return None
        return self._card_of_head(segment, token, phrase_of(segment, token))


# --- phrases ----------------------------------------------------------------------------------------------------------


def phrase_of(segment: Segment, head: Token) -> Phrase:
    """The trimmed phrase of a head."""
    return phrase(segment, head)


def phrase_with_complements(found: Phrase) -> Phrase:
    """The phrase with what "of" and coordination add to its head: "ministers of Armenia and Azerbaijan"."""
    last = found.tokens[-1]
    for part in found.head.rights:
        if part.dep_ in ("nmod", "conj") and case_of(part) in ("of", "from", ""):
            last = max(last, part.right_edge.i if part.right_edge.i - part.i < 8 else part.i)
    return Phrase(found.segment, found.head, tuple(range(found.tokens[0], last + 1)))


def _with_place(found: Phrase) -> Phrase:
    """The phrase with the place that tells which body it is: "a court in Nairobi"."""
    for part in found.head.rights:
        if (
            part.dep_ == "nmod"
            and case_of(part) == "in"
            and part.pos_ == "PROPN"
            and part.left_edge.i == found.tokens[-1] + 1
        ):
            whole = phrase_of(found.segment, part)
            return Phrase(
                found.segment, found.head, (*found.tokens, *range(found.tokens[-1] + 1, whole.tokens[-1] + 1))
            )
    return found


def _past_comma(head: Token, last: int) -> tuple[int, ...]:
    """The token behind the comma that follows a phrase, where an apposition may stand: "its spokesman, X,"."""
    doc = head.doc
    reach = last + 6  # "the envoy for Iran, X,"
    while last + 2 < len(doc) and last < reach and doc[last + 1].pos_ in ("ADP", "DET", "NOUN", "PROPN", "ADJ"):
        last += 1
    if last + 2 >= len(doc) or doc[last + 1].text != "," or doc[last + 2].pos_ != "PROPN":
        return ()
    closes = next(
        (token for token in doc[last + 3 : last + 8] if token.pos_ != "PROPN" and token.text not in "-'’"), None
    )
    return (last + 2,) if closes is not None and closes.text in (",", "(", ".", "said", "who") else ()


def _matches(found: Phrase) -> Iterator[Match]:
    """The countries and nationalities within a phrase, in order."""
    text = found.segment.doc[found.tokens[0] : found.tokens[-1] + 1].text
    return (match for _, _, match in find_countries(text))


def _is_ethnic(card: Card, head: Token) -> bool:
    """Whether a nationality's plural names a people within another country: "Bosnian Serbs", "ethnic Albanians"."""
    if card.kind != "country" or head.tag_ not in ("NNS", "NNPS") or head.i == 0:
        return False
    before = head.doc[head.i - 1]
    match = lookup(before.text)
    return before.lower_ == "ethnic" or (match is not None and match.kind == "demonym")


def _stands_for_country(name: Name) -> bool:
    """Whether a form is a country's name, or its capital or palace in the place of a doer."""
    match = lookup(name.form)
    if match is None or match.kind == "demonym":
        return False
    token = name.segment.doc[name.last]
    return match.kind == "name" or match.kind == "metonym" or token.dep_.startswith("nsubj")


def _is_company(card: Card) -> bool:
    return card.kind == "organization" and not card.descriptors & {
        "ministry",
        "court",
        "parliament",
        "senate",
        "police",
    }


def _excerpt(text: str, span: Span) -> dict[str, Any]:
    return {"text": span.of(text), "start": span.start, "end": span.end}
