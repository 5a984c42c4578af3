"""Who said what: quotations with their speakers, and what is told of somebody's words (SCHEMA.md, rules 1, 12, 18).

A speech tag may stand before a quotation, behind it or within; one without a tag goes on with who spoke last in its
paragraph, or in the one before. A paraphrase is the clause behind a verb of speech. Whose words they are must be clear:
what has no speaker that the article names is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summarizer.offline.cards import Card
from summarizer.offline.clauses import is_passive, surface_subject
from summarizer.offline.entities import Registry, phrase_of
from summarizer.offline.parsed import Parsed, Segment
from summarizer.offline.phrases import antecedent, case_of, child, children, lemma_of
from summarizer.offline.sentences import sentence_end, sentence_start
from summarizer.offline.stance import is_speech, stance_of
from summarizer.offline.wordlists import word_list
from summarizer.ontology import Stance, StatementKind
from summarizer.quotations import Quotation
from summarizer.spans import Span, any_overlaps

if TYPE_CHECKING:
    from spacy.tokens import Token

_SPEAKERS = frozenset({"person", "organization", "country", "group"})
_UTTERANCE = re.compile(r"[A-Z].*[.!?,]\Z", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_TITLE_WORD = re.compile(r"[A-Z0-9]|(?:of|the|and|in|a|to|for|on|with|de|la)\b")
_OUTLET_WORDS = word_list("name outlet")
_OBJECT_VERBS = word_list("judging verb")
_ADDRESSED = word_list("addressing verb")
_CALLING = frozenset(["call", "urge", "appeal"])
_INVERTING = word_list("inverting verb")
_LEADS_IN = frozenset({"that", "if", "whether"})
_SILENT = frozenset(["decline", "refuse", "fail", "not", "never", "without"])
_BACK = 80  # words before a quotation that are searched for who spoke last
_REACH = 12  # words between a quotation and its tag's verb


@dataclass(frozen=True, eq=False)
class Saying:
    """Something said: whose words, which words, how. `order` and `token` are the place of its tag."""

    speaker: Card
    kind: StatementKind
    stance: Stance
    span: Span
    segment: Segment
    token: int
    via: Card | None = None


@dataclass(frozen=True, eq=False)
class Tag:
    """A verb of speech (or "according to") with its speaker; `subject` is None for who is only described."""

    segment: Segment
    verb: Token
    speaker: Card
    via: Card | None = None

    @property
    def lemma(self) -> str:
        """The verb's dictionary form."""
        return lemma_of(self.verb)


def find_sayings(parsed: Parsed, registry: Registry) -> list[Saying]:
    """Everything said, in text order, each once."""
    return Listener(parsed, registry).sayings()


class Listener:
    """Listens to one article: its tags by segment, then its quotations, then its paraphrases."""

    def __init__(self, parsed: Parsed, registry: Registry) -> None:
        self._parsed = parsed
        self._article = parsed.article
        self._registry = registry
        self._hosts = [segment for segment in parsed.segments if segment.kind != "quotation" and len(segment.doc)]
        self._starts = [segment.offsets[0] for segment in self._hosts]
        self._tags = {id(segment): list(self._tags_of(segment)) for segment in self._hosts}
        self._verbs = {key: [tag.verb.i for tag in tags] for key, tags in self._tags.items()}
        self._own = {id(s.quotation): s for s in parsed.segments if s.kind == "quotation" and s.quotation is not None}

    def sayings(self) -> list[Saying]:
        """Quotations and paraphrases in text order, each once."""
        quotes = list(self._quotes())
        taken = [saying.span for saying in quotes]
        paraphrases = [said for segment in self._hosts for said in self._paraphrases(segment, taken)]
        return _each_once(sorted((*quotes, *paraphrases), key=lambda saying: saying.span.start), self._article.text)

    def tellers(self) -> dict[tuple[int, int], tuple[Card, int]]:
        """Who tells a whole sentence by a tag at its end ("…, police said"), and where the tag begins.

        Keys are a segment's id and the sentence's first token.
        """
        found: dict[tuple[int, int], tuple[Card, int]] = {}
        for segment in self._hosts:
            for tag in self._tags[id(segment)]:
                border = _tag_border(tag.verb)
                if border is not None:
                    found[id(segment), sentence_start(tag.verb)] = (tag.speaker, border)
        return found

    # --- tags ---

    def _tags_of(self, segment: Segment) -> Iterator[Tag]:
        for token in segment.doc:
            if token.pos_ == "VERB" and is_speech(lemma_of(token)) and _is_said(token):
                speaker = self._speaker(segment, token)
            elif token.lower_ == "according" and token.i + 2 < len(token.doc) and token.doc[token.i + 1].lower_ == "to":
                speaker = self._according(segment, token)
            else:
                continue
            if speaker is not None and speaker.kind in _SPEAKERS and not speaker.place:
                yield Tag(segment, token, speaker, self._outlet(segment, token))

    def _speaker(self, segment: Segment, verb: Token) -> Card | None:
        """Whose words a verb brings: its subject, or where the parse has none, the name beside it."""
        inverted = _inverted_subject(verb)
        if inverted is not None and (card := self._first_named(segment, verb.i + 1, inverted.right_edge.i)) is not None:
            return card
        near = [part for part in verb.lefts if part.dep_ == "nsubj"]
        subject = antecedent(near[-1]) if near else inverted or surface_subject(verb)
        return self._registry.card(phrase_of(segment, subject)) if subject is not None else None

    def _first_named(self, segment: Segment, first: int, last: int) -> Card | None:
        """The first person named among tokens, before any comma: in "said union leader Carla Mendes" that is she."""
        for at in range(first, min(last, first + 10) + 1):
            if segment.doc[at].text in (",", "."):
                return None
            card = self._registry.named_at(segment, at)
            if card is not None and card.kind == "person":
                return card
        return None

    def _according(self, segment: Segment, token: Token) -> Card | None:
        head = token.head if token.dep_ in ("case", "mark", "fixed") else token.doc[token.i + 2]
        if head.i <= token.i:
            head = next((part for part in token.doc[token.i + 2 :] if part.pos_ in ("NOUN", "PROPN")), head)
        return self._registry.card(phrase_of(segment, head))

    def _outlet(self, segment: Segment, verb: Token) -> Card | None:
        """The outlet that somebody told it to: "told Reuters", "in an interview with the BBC"."""
        for at in range(verb.i + 1, min(verb.i + _REACH, sentence_end(verb))):
            card = self._registry.named_at(segment, at)
            if card is not None and is_outlet(card) and _told_to(verb, segment.doc[at]):
                return card
        return None

    # --- quotations ---

    def _quotes(self) -> Iterator[Saying]:
        last: Saying | None = None
        for quotation in self._article.quotations:
            span = Span(quotation.start, quotation.end)
            if any_overlaps(self._article.litter, span) or any_overlaps(self._article.injections, span):
                continue
            if not self._is_utterance(quotation):
                continue
            tag, segment = self._tag_for(quotation, last)
            saying = self._said(quotation, tag, segment, last)
            if saying is not None:
                own = self._own.get(id(quotation))
                if own is not None:
                    self._registry.let_speak(own, saying.speaker)
                last = saying
                yield saying

    def _is_utterance(self, quotation: Quotation) -> bool:
        """Three words or more, or a complete utterance; no title or name of a thing."""
        inner = self._article.text[quotation.inner_start : quotation.inner_end].strip()
        words = _WORD.findall(inner)
        if len(words) < 3:
            return bool(_UTTERANCE.match(inner)) and len(words) > 0
        return not all(_TITLE_WORD.match(word) for word in words) or inner[-1] in ".!?"

    def _host_of(self, quotation: Quotation) -> Segment | None:
        own = self._own.get(id(quotation))
        if own is not None:
            return self._parsed.segments[own.host] if own.host is not None else None
        at = bisect_left(self._starts, quotation.start + 1) - 1
        if at < 0:
            return None
        host = self._hosts[at]
        return host if quotation.start < host.offsets[-1] else None

    def _tag_for(self, quotation: Quotation, last: Saying | None) -> tuple[Tag | None, Segment | None]:
        host = self._host_of(quotation)
        if host is None:
            return None, None
        left, right = _around(host, quotation)
        inner = self._article.text[quotation.inner_start : quotation.inner_end].rstrip()
        after = self._tag_after(host, left, right)
        before = self._tag_before(host, left, right)
        if inner.endswith((",", "?", "!", "—", "–")) and after is not None:
            return after, host
        if before is not None:
            return before, host
        closed = inner.endswith(".") and last is not None and last.segment is host
        return (None if closed else after), host

    def _tag_after(self, host: Segment, left: int, right: int) -> Tag | None:
        """The tag that opens right behind a quotation: "said X", "X told Y"."""
        if right >= len(host.doc):
            return None
        limit = min(sentence_end(host.doc[right]), right + _REACH)
        near = (tag for tag in self._between(host, right, limit) if _adjoins(host, right, tag))
        return next(near, None)

    def _tag_before(self, host: Segment, left: int, right: int) -> Tag | None:
        """The nearest tag before a quotation in the same sentence: "X said: …", "X called it …"."""
        if left < 0 or (host.doc[left].text in (".", "?", "!") and host.doc[left].is_punct):
            return None
        found = self._between(host, sentence_start(host.doc[left]), left + 1)
        return found[-1] if found else None

    def _between(self, host: Segment, first: int, end: int) -> list[Tag]:
        """The tags of a segment whose verb is one of the tokens `first` up to `end`."""
        verbs = self._verbs[id(host)]
        return self._tags[id(host)][bisect_left(verbs, first) : bisect_left(verbs, end)]

    def _said(self, quotation: Quotation, tag: Tag | None, host: Segment | None, last: Saying | None) -> Saying | None:
        span = _without_stop(self._article.text, Span(quotation.inner_start, quotation.inner_end))
        kind: StatementKind = "quote" if quotation.opened else "paraphrase"
        if span is None:
            return None
        words = span.of(self._article.text)
        if tag is not None:
            stance = stance_of(tag.lemma, words, official=is_official(tag.speaker))
            carried = last.via if last is not None and last.speaker is tag.speaker and last.segment is host else None
            return Saying(tag.speaker, kind, stance, span, tag.segment, tag.verb.i, tag.via or carried)
        earlier = self._goes_on(quotation, host, last)
        if earlier is None:
            return None
        stance = stance_of("say", words, official=is_official(earlier.speaker))
        return replace(earlier, kind=kind, stance=stance, span=span)

    def _goes_on(self, quotation: Quotation, host: Segment | None, last: Saying | None) -> Saying | None:
        """Who spoke last, for a quotation without a tag: in its paragraph, or if it is one, in the one before."""
        if host is not None:
            if last is not None and last.segment is host:
                return last
            left, _ = _around(host, quotation)
            before = self._between(host, max(0, left - _BACK), left + 1)
            if before and host.doc[left].text in (".", "!", "?", ":"):
                tag = before[-1]
                near = sentence_end(tag.verb) >= left - 1
                return Saying(tag.speaker, "quote", "comments", Span(0, 0), host, tag.verb.i, tag.via) if near else None
            return None
        if last is None:
            return None
        between = self._article.text[last.span.end : quotation.start]
        return last if between.count("\n") <= 2 and len(between) < 300 else None

    # --- paraphrases ---

    def _paraphrases(self, segment: Segment, taken: list[Span]) -> Iterator[Saying]:
        if segment.kind == "headline":
            return
        for tag in self._tags[id(segment)]:
            if is_outlet(tag.speaker):
                continue
            span = _clause_of(segment, tag.verb)
            span = _closed(self._article.text, span) if span is not None else None
            if span is None or _mostly_taken(span, taken):
                continue
            words = span.of(self._article.text)
            if len(_WORD.findall(words)) < 3 or "\n" in words or not _tells_something(segment, tag, span):
                continue
            stance = stance_of(tag.lemma, words, official=is_official(tag.speaker), reported=True)
            yield Saying(tag.speaker, "paraphrase", stance, span, segment, tag.verb.i, tag.via)


# --- speakers ---------------------------------------------------------------------------------------------------------


def is_outlet(card: Card) -> bool:
    """Whether an entity is a newspaper, broadcaster or agency."""
    if card.kind != "organization" or not card.names:
        return False
    return any(word in _OUTLET_WORDS for word in card.best().words) or bool(
        card.descriptors & {"newspaper", "broadcaster", "magazine", "outlet", "network", "website"}
    )


def is_official(card: Card) -> bool:
    """Whether somebody speaks for a body: the body itself, or its spokesman."""
    if card.kind in ("organization", "country"):
        return True
    return any(office.head.startswith("spokes") or office.head == "minister" for office in card.offices)


def _is_said(verb: Token) -> bool:
    """Whether a verb of speech tells that something was said: not "declined to say", "did not comment"."""
    if any(part.dep_ == "advmod" and part.lower_ in ("not", "n't", "n’t", "never") for part in verb.children):
        return False
    following = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    if is_passive(verb) or (lemma_of(verb) in ("call", "describe") and not _is_judged(verb)):
        return False
    if verb.tag_ == "VB" or (following == "to" and lemma_of(verb) == "say") or _is_extracted(verb):
        return False
    if verb.tag_ == "VBG" and verb.dep_ in ("ccomp", "amod", "xcomp"):
        return False
    if verb.dep_ in ("xcomp", "amod", "acl") and lemma_of(verb.head) in _SILENT | {"expect", "plan", "want", "need"}:
        return False
    return (
        verb.dep_ != "amod"
        or verb.i == sentence_start(verb)
        or any(part.dep_.startswith("nsubj") for part in verb.children)
    )


def _is_judged(verb: Token) -> bool:
    """Whether "call" or "describe" says what somebody holds a thing to be, and not that they phoned or were named."""
    return any(
        part.dep_ in ("xcomp", "iobj")
        or (part.dep_ in ("obl", "advcl", "obj") and part.i > verb.i and case_of(part) in ("for", "on", "as", ""))
        for part in verb.rights
    )


def _is_extracted(verb: Token) -> bool:
    """Whether what is said lies outside the verb's clause: "a bill which they say is harmful"."""
    return (verb.dep_ == "acl:relcl" and any(
        part.lower_ in ("which", "that", "who") and part.dep_ != "nsubj" for part in verb.lefts
    )) or any(part.dep_ == "mark" and part.lower_ == "as" for part in verb.children)  # fmt: skip


def _tells_something(segment: Segment, tag: Tag, span: Span) -> bool:
    """Whether words hold a clause with its subject: not the speaker's own name, not "asked not to be named".

    A finite verb at their beginning says that the subject was moved out: "the bill, they say, is harmful".
    """
    verb = tag.verb
    sentence = segment.doc[sentence_start(verb) : sentence_end(verb)]
    inside = [token for token in sentence if span.start <= segment.offsets[token.idx] < span.end]
    if not any(token.pos_ in ("VERB", "AUX") for token in inside):
        return False
    first = inside[0]
    if first.i == verb.i:
        return True
    if lemma_of(verb) == "ask" and first.lower_ in ("to", "not"):
        return False
    return not (first.pos_ == "AUX" and first.tag_ in ("VBZ", "VBP", "VBD", "MD"))


def _told_to(verb: Token, outlet: Token) -> bool:
    """Whether an outlet's name is whom something was told: "told Reuters", "in an interview with the BBC"."""
    between = [
        token.lower_ for token in verb.doc[verb.i + 1 : outlet.i] if token.pos_ not in ("DET", "ADJ", "PROPN", "NOUN")
    ]
    if lemma_of(verb) in ("tell", "inform"):
        return not between
    words = [token.lower_ for token in verb.doc[verb.i + 1 : outlet.i]]
    return bool({"interview", "broadcast", "appearing", "speaking"}.intersection(words)) or words[-1:] == ["on"]


def _inverted_subject(verb: Token) -> Token | None:
    """The name behind a verb that opens its sentence: "said Pieter Vos, a spokesman"."""
    doc = verb.doc
    opens = verb.i == sentence_start(verb) or doc[verb.i - 1].is_punct
    if lemma_of(verb) not in _INVERTING or not opens or any(part.dep_.startswith("nsubj") for part in verb.lefts):
        return None
    for token in doc[verb.i + 1 : verb.i + 8]:
        if token.text in (",", ".") or token.pos_ in ("VERB", "SCONJ"):
            return None
        if token.pos_ in ("PROPN", "NOUN") and token.dep_ not in ("compound", "nmod:desc", "amod", "nmod:poss"):
            return token
    return None


# --- places -----------------------------------------------------------------------------------------------------------


def _around(host: Segment, quotation: Quotation) -> tuple[int, int]:
    """The host's last token before a quotation and its first behind it."""
    doc, offsets = host.doc, host.offsets
    low, high = 0, len(doc)
    while low < high:
        middle = (low + high) // 2
        if offsets[doc[middle].idx] < quotation.start:
            low = middle + 1
        else:
            high = middle
    right = low
    while right < len(doc) and offsets[doc[right].idx] < quotation.end:
        right += 1
    while right < len(doc) and doc[right].text in (",", ";", "—", "–", "-"):
        right += 1
    return low - 1, right


def _adjoins(host: Segment, right: int, tag: Tag) -> bool:
    """Whether nothing but the tag's own words stands between a quotation and the tag's verb."""
    if tag.verb.i == right:
        return True
    return all(
        token.pos_ not in ("VERB", "SCONJ") and token.text not in (".", ";", ":")
        for token in host.doc[right : tag.verb.i]
    )


def _without_stop(text: str, span: Span) -> Span | None:
    """A quotation's words without white space around them and the comma or full stop at their end."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in "…"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,"):
        end -= 1
    return Span(start, end) if end > start else None


# --- clauses ----------------------------------------------------------------------------------------------------------


def _clause_of(segment: Segment, verb: Token) -> Span | None:
    """The words that a verb of speech tells: its complement clause, on either side; None if it tells none."""
    if verb.lower_ == "according":
        return _rest_of_sentence(segment, verb)
    lemma = lemma_of(verb)
    if lemma in _OBJECT_VERBS and child(verb, "obj") is not None:
        return _predicate(segment, verb)
    complement = child(verb, "ccomp") or (child(verb, "xcomp") if lemma in _ADDRESSED or lemma == "say" else None)
    if complement is not None and complement.i > verb.i:
        return _complement(segment, verb, complement)
    if complement is not None or verb.dep_ == "parataxis":
        return _before_tag(segment, verb)
    if lemma in _CALLING and (
        parts := [part for part in children(verb, "obl", "obj", "advcl", "acl", "xcomp") if part.i > verb.i]
    ):
        asked = any(part.dep_ != "obl" for part in parts) or any(case_of(part) in ("on", "for", "to") for part in parts)
        return _span(segment, verb.i, max(part.right_edge.i for part in parts)) if asked else None
    return None


def _complement(segment: Segment, verb: Token, clause: Token) -> Span | None:
    first = max(clause.left_edge.i, verb.i + 1)
    that = next((at for at in range(verb.i + 1, clause.i) if _is_that(verb.doc[at])), None)
    if that is not None and that - verb.i < _REACH:
        return _span(segment, that + 1, clause.right_edge.i)
    if lemma_of(verb) in _ADDRESSED and (addressed := child(verb, "obj")) is not None and verb.i < addressed.i < first:
        first = addressed.left_edge.i
    return _span(segment, first, clause.right_edge.i)


def _is_that(token: Token) -> bool:
    """Whether a word opens a clause: "that" as a conjunction."""
    return token.lower_ == "that" and (token.pos_ == "SCONJ" or token.dep_ == "mark")


def _before_tag(segment: Segment, verb: Token) -> Span | None:
    """The sentence up to a tag at its end: "Two people died, police said"."""
    comma = _tag_comma(verb)
    return _span(segment, sentence_start(verb), comma - 1) if comma is not None else None


def _tag_comma(verb: Token) -> int | None:
    """The comma before a tag's verb and its subject."""
    subject = child(verb, "nsubj")
    first = min(verb.i, subject.left_edge.i if subject is not None else verb.i)
    return next((at for at in range(first, max(first - 4, sentence_start(verb)), -1) if verb.doc[at].text == ","), None)


def _tag_border(verb: Token) -> int | None:
    """Where a tag at a sentence's end begins; None if the verb is no such tag."""
    end = sentence_end(verb)
    if verb.lower_ == "according":
        return verb.i if verb.i - sentence_start(verb) > 3 else None
    told = child(verb, "ccomp")
    at_end = verb.i + 1 < end and verb.doc[verb.i + 1].is_punct
    if not (verb.dep_ == "parataxis" or (told is not None and told.i < verb.i) or at_end):
        return None
    comma = _tag_comma(verb)
    return comma if comma is not None and comma - sentence_start(verb) > 3 else None


def _predicate(segment: Segment, verb: Token) -> Span | None:
    """A verb with its object and what is said of it, without what is coordinated with it."""
    parts = [
        part for part in verb.rights if part.dep_ in ("obj", "obl", "xcomp", "advcl", "ccomp", "advmod", "obl:agent")
    ]
    last = max((part.right_edge.i for part in parts if part.i > verb.i), default=verb.i)
    return _span(segment, verb.i, last)


def _rest_of_sentence(segment: Segment, verb: Token) -> Span | None:
    """The sentence without "according to X" at its beginning or end."""
    doc, first, end = verb.doc, sentence_start(verb), sentence_end(verb)
    if verb.i - first > 3:
        comma = verb.i - 1 if doc[verb.i - 1].text == "," else verb.i
        return _span(segment, first, comma - 1)
    comma_at = next((token.i for token in doc[verb.i : end] if token.text == ","), None)
    return _span(segment, comma_at + 1, end - 1) if comma_at is not None else None


def _span(segment: Segment, first: int, last: int) -> Span | None:
    """Tokens as article characters, without "that" before and punctuation around."""
    doc = segment.doc
    while first <= last and (
        doc[first].lower_ in _LEADS_IN or (doc[first].is_punct and doc[first].text not in "\"“‘'(")
    ):
        first += 1
    while last >= first and (
        (doc[last].is_punct and doc[last].text not in "\"”’')")
        or (doc[last].pos_ in ("CCONJ", "SCONJ", "ADP") and doc[last].dep_ != "compound:prt")
        or (doc[last].lower_ == "that" and doc[last - 1].pos_ == "CCONJ")
    ):
        last -= 1
    return segment.span(first, last) if first <= last else None


def _closed(text: str, span: Span) -> Span:
    """The span with the mark that opens or closes a quotation which it breaks off in."""
    words = span.of(text)
    if words.count("”") > words.count("“") and text[span.start - 1 : span.start] == "“":
        return Span(span.start - 1, span.end)
    open_one = words.count('"') % 2 == 1 or words.count("“") > words.count("”")
    if open_one:
        match = re.compile(r"[.,!?]?[\"”]").match(text, span.end)
        if match is not None:
            return Span(span.start, match.end())
    return span


def _mostly_taken(span: Span, taken: list[Span]) -> bool:
    """Whether quotations already hold half of a clause."""
    at = bisect_left(taken, (span.start,))
    near = taken[max(0, at - 1) : at + 8]
    held = sum(max(0, min(span.end, other.end) - max(span.start, other.start)) for other in near)
    return held * 5 >= 2 * (span.end - span.start)


def _each_once(sayings: list[Saying], text: str) -> list[Saying]:
    """Sayings without repetitions of the same words by the same speaker, and without one inside another."""
    kept: dict[tuple[int, str], Saying] = {}
    for saying in sayings:
        kept.setdefault((id(saying.speaker), " ".join(saying.span.of(text).lower().split())), saying)
    found: list[Saying] = []
    for saying in kept.values():
        inside = found and found[-1].span.contains(saying.span) and saying.kind == "paraphrase"
        if not inside:
            found.append(saying)
    return found
