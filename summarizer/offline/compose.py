"""Prose for a reader: headline, summary and a sentence for each event, made of the article's own sentences and clauses.

Whole clauses of the article read better and lie less than templates. They are trimmed of openings that hang on what
went before ("Meanwhile,", "He also"), a pronoun that begins one gives way to the name it stands for, and what does not
stand on its own is passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarizer.article import Article
from summarizer.offline.entities import Registry, phrase_of
from summarizer.offline.merging import Happening, Mention
from summarizer.offline.parsed import Parsed, Segment
from summarizer.offline.salience import Ranked, opening
from summarizer.offline.sentences import sentence_start
from summarizer.prose import ungrounded
from summarizer.spans import Span, any_overlaps

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 260  # characters of a description; a longer clause loses its tail
_SHORT = 190  # characters of a headline
_SENTENCES = 4
_OPENING = re.compile(
    r"\A(?:(?:and|but|so|yet|or|meanwhile|however|also|in addition|moreover|furthermore|nevertheless|nonetheless|still"
    r"|then|instead|afterwards|hours later|separately|in other news|on the other hand|for (?:his|her|its) part|earlier"
    r"|later|besides|for example|for instance|as a result|in turn)\b(?! (?:to|of|than)\b)[,:]?\s+)+",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\s+(?:also|too|, too|as well)\b(?=\s)")
_HANGING = re.compile(
    r"(?:he|she|it|they|this|that|these|those|his|her|its|their|such|another|others|here|there|we|you|i"
    r"|the (?:former|latter|two|pair|move|man|woman|decision|same))\b|[qa]:",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:his|her|its|their|my|our|your|that|this|who|whose|which)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:He|She|It|They)\b(?!['’])")
_BULLET = re.compile(r"\A(?:[-*•‣▪◦–—·>]+|\d{1,2}[.)])\s+")
_ENDS = (".", "!", "?", ".”", '."', "!”", '!"', "?”", '?"', ".’", ".'")


class Composer:
    """Writes for one article."""

    def __init__(self, parsed: Parsed, registry: Registry) -> None:
        self._article: Article = parsed.article
        self._parsed = parsed
        self._registry = registry
        self._sentences = parsed.article.sentences
        self._starts = [sentence.start for sentence in self._sentences]

    # --- one event ---

    def description(self, happening: Happening) -> str:
        """One sentence that tells an event."""
        for mention in (happening.best, *happening.mentions):
            by_itself = None if self._is_threatened(mention) else self._clause(mention)
            for text in (by_itself, self._sentence_of(mention)):
                if text is not None and len(text) <= _LONGEST and self._faithful(text):
                    return text
        return _sentence_case(self._plainly(happening))

    def _is_threatened(self, mention: Mention) -> bool:
        """Whether a mention's own clause tells only what somebody warned of: the warning is in the sentence."""
        return mention.frame.event_type == "THREATEN" and mention.frame.mode is not None

    def _plainly(self, happening: Happening) -> str:
        """The whole sentence of the best mention where it is no monster, else its evidence."""
        frame = happening.best.frame
        at = bisect_right(self._starts, frame.evidence.start) - 1
        sentence = self._sentences[at].of(self._article.text) if at >= 0 else ""
        whole = self._trimmed(self._sentences[at]) if 0 < len(sentence) <= 2 * _LONGEST else None
        told = " ".join(frame.evidence.of(self._article.text).split())
        return whole if whole is not None and self._faithful(whole) else told

    def _clause(self, mention: Mention) -> str | None:
        """The clause of a mention's verb, with its subject's name where that stands elsewhere or is a pronoun."""
        verb = mention.frame.trigger
        segment = mention.frame.segment
        if mention.frame.nominal or verb.pos_ not in ("VERB", "AUX") or segment.kind == "quotation":
            return None
        subject = next((part for part in verb.children if part.dep_ in ("nsubj", "nsubj:pass")), None)
        last = _clause_end(verb)
        if _breaks_off(verb, last):
            return None
        if subject is not None and subject.pos_ != "PRON":
            first = subject.left_edge.i
            if (
                verb.dep_ == "ROOT" and first - sentence_start(verb) <= 3
            ):  # what the parser hung elsewhere: "A magnitude 6 quake"
                first = sentence_start(verb)
            text = self._written(segment, first, last)
            text = _upper_first(_OPENING.sub("", text)) if text else None
            return text if text is not None and not _OWNED.match(text) else None
        if subject is not None:
            names = self._registry.who(phrase_of(segment, subject))
            first = subject.i + 1
        else:
            names = self._surface_subject(mention)
            first = min(
                (part.left_edge.i for part in verb.lefts if part.dep_ in ("aux", "aux:pass", "advmod")), default=verb.i
            )
            if not _is_finite(verb):
                return None
        predicate = self._written(segment, first, last)
        return _upper_first(f"{_listed(names)} {_lower_first(predicate)}") if names and predicate is not None else None

    def _surface_subject(self, mention: Mention) -> tuple[str, ...]:
        passive = any(part.dep_ == "aux:pass" for part in mention.frame.trigger.children)
        return mention.recipient if passive else mention.actor

    def _written(self, segment: Segment, first: int, last: int) -> str | None:
        """Tokens as the article writes them, as a sentence."""
        if first > last:
            return None
        span = segment.span(first, last)
        text = self._cased(segment, span)
        if "\n" in text or any_overlaps(self._article.litter, span) or not _balanced(text):
            return None
        return _sentence_case(" ".join(text.split()))

    def _cased(self, segment: Segment, span: Span) -> str:
        """The characters of a span; in running text's case where the line is set in capitals."""
        text = span.of(self._article.text)
        if text.isupper() and len(text) > 12:
            first = next((t for t in segment.doc if segment.offsets[t.idx] >= span.start), None)
            last = next((t for t in reversed(segment.doc) if segment.offsets[t.idx] < span.end), None)
            if first is not None and last is not None:
                return segment.doc[first.i : last.i + 1].text
        return text

    def _sentence_of(self, mention: Mention) -> str | None:
        segment, trigger = mention.frame.segment, mention.frame.trigger
        return self.standalone(segment.offsets[trigger.idx])

    # --- sentences ---

    def standalone(self, place: int) -> str | None:
        """The sentence around a place in the article, so that it stands on its own; None if it can't."""
        at = bisect_right(self._starts, place) - 1
        if at < 0 or place >= self._sentences[at].end:
            return None
        span = self._sentences[at]
        text = self._trimmed(span)
        if text is None or not text.rstrip().endswith(_ENDS):
            text = None if text is None else _sentence_case(text)
        if text is None or not _balanced(text):
            return None
        return self._named(text, span) if _HANGING.match(text) else text

    def _trimmed(self, span: Span) -> str | None:
        """A sentence without litter, dateline, bullet and openings that hang on what went before."""
        start, end = span
        for bar in (*self._article.litter, *self._article.injections):
            if bar.start <= start < bar.end < end:
                start = bar.end
            elif bar.overlaps(Span(start, end)):
                return None
        segment = self._segment_at(start)
        text = " ".join(self._article.text[start:end].split())
        if text.isupper() and segment is not None and len(text) > 12:
            text = self._cased(segment, Span(start, end))
        text = _BULLET.sub("", text.lstrip(" -–—"))
        text = _ALSO.sub("", _OPENING.sub("", text))
        return text[0].upper() + text[1:] if text else None

    def _named(self, text: str, span: Span) -> str | None:
        """A sentence whose first word is a subject pronoun, with the name in its place; None if it has none."""
        segment = self._segment_at(span.start)
        if segment is None or not _PRONOUN.match(text):
            return None
        for token in segment.doc:
            if segment.offsets[token.idx] >= span.start and token.lower_ in ("he", "she", "it", "they"):
                card = self._registry.card(phrase_of(segment, token))
                if card is None or not card.names or not token.dep_.startswith("nsubj"):
                    return None
                return self._registry.name(card) + text[len(token.text) :]
        return None

    def _segment_at(self, place: int) -> Segment | None:
        for segment in self._parsed.segments:
            if segment.kind != "quotation" and len(segment.doc) and segment.offsets[0] <= place < segment.offsets[-1]:
                return segment
        return None

    def _faithful(self, text: str) -> bool:
        return not ungrounded(text, self._article)

    # --- headline and summary ---

    def headline(self, main: Happening | None) -> str:
        """The clause that tells the main event if it is short, else the article's own headline if it is a sentence."""
        told = self.description(main) if main is not None else None
        if told is not None and len(told) <= _SHORT:
            return told
        headline, _ = opening(self._parsed)
        own = self._own_headline(headline) if headline is not None else None
        if own is not None or told is not None:
            return own or told or ""
        return next(iter(self._lead_sentences()), _sentence_case(self._article.text.strip()[:_LONGEST]))

    def _own_headline(self, headline: Segment) -> str | None:
        text = headline.doc.text.strip()
        whole = any(token.pos_ == "AUX" or _is_finite(token) for token in headline.doc)
        return _sentence_case(text) if whole and len(text.split()) > 3 and self._faithful(text) else None

    def summary(self, ranked: Sequence[Ranked]) -> str:
        """Two to four sentences: the lead, then those that tell the weightiest other events."""
        chosen: list[tuple[int, str]] = []
        for place in self._places(ranked):
            at = bisect_right(self._starts, place) - 1
            text = self.standalone(place) if at not in {known for known, _ in chosen} else None
            if text is not None and len(text) < 420 and self._faithful(text):
                chosen.append((at, text))
            if len(chosen) == _SENTENCES or sum(len(text) for _, text in chosen) > 700:
                break
        if len(chosen) < 2:
            known = {at for at, _ in chosen}
            chosen += [item for item in self._first_sentences() if item[0] not in known][: 2 - len(chosen)]
        told = " ".join(text for _, text in sorted(chosen))
        return told or self.headline(ranked[0].happening if ranked else None)

    def _places(self, ranked: Sequence[Ranked]) -> Iterator[int]:
        """Where sentences worth telling stand: the lead, the main event, then the others by salience and weight."""
        _, lead = opening(self._parsed)
        first = next(iter(lead.doc.sents), None) if lead is not None else None
        if lead is not None and first is not None and any(token.pos_ == "VERB" for token in first):
            yield lead.offsets[first[0].idx]
        secondary = [item for item in ranked if item.salience == "secondary"]
        background = [item for item in ranked if item.salience == "background"]
        mains = [item for item in ranked if item.salience == "main"]
        for item in (*mains, *secondary, *background):
            mention = item.happening.best
            if mention.frame.segment.kind != "headline":
                yield mention.frame.segment.offsets[mention.frame.trigger.idx]

    def _first_sentences(self) -> Iterator[tuple[int, str]]:
        for at, sentence in enumerate(self._sentences[:12]):
            text = self.standalone(sentence.start)
            if text is not None and self._is_prose(sentence) and self._faithful(text):
                yield at, text

    def _lead_sentences(self) -> Iterator[str]:
        return (text for _, text in self._first_sentences())

    def _is_prose(self, sentence: Span) -> bool:
        segment = self._segment_at(sentence.start)
        return segment is not None and segment.kind == "prose"


# --- clauses ----------------------------------------------------------------------------------------------------------


def _clause_end(verb: Token) -> int:
    """The last token of a verb's clause: without coordinated clauses, speech tags and closing punctuation."""
    last = verb.i
    for part in verb.rights:
        if part.dep_ in ("cc", "punct", "discourse"):
            continue
        if part.dep_ in ("conj", "parataxis", "list") and part.pos_ in ("VERB", "AUX", "ADJ"):
            break
        if part.i > verb.i:
            last = max(last, part.right_edge.i)
    while last > verb.i and verb.doc[last].is_punct and verb.doc[last].text not in "\"”’')":
        last -= 1
    return last


def _breaks_off(verb: Token, last: int) -> bool:
    """Whether a clause's end is no border in the text: the parser hung the rest of it elsewhere."""
    following = verb.doc[last + 1] if last + 1 < len(verb.doc) else None
    return (
        following is not None and not following.is_sent_start and not following.is_punct and following.pos_ != "CCONJ"
    )


def _is_finite(verb: Token) -> bool:
    """Whether a verb form can head a sentence: a past or present tense, or one with an auxiliary."""
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(
        part.dep_.startswith("aux") and part.lower_ != "to" for part in verb.lefts
    )


def _listed(names: Sequence[str]) -> str:
    """Names as a list in running text.

    >>> _listed(["Ghana", "Togo", "Benin"])
    'Ghana, Togo and Benin'
    """
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _sentence_case(text: str) -> str:
    """A capital at the beginning, a full stop at the end."""
    text = text.strip().rstrip(",;:–—- ")
    if not text:
        return text
    return (text[0].upper() + text[1:]) + ("" if text.endswith(_ENDS) else ".")


def _balanced(text: str) -> bool:
    """Whether every quotation mark has its partner."""
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower_first(text: str | None) -> str:
    return text[0].lower() + text[1:] if text else ""
