"""From a parsed article to a draft: frames and sayings, named, merged, ranked and put into words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Literal

from summarizer.article import Article
from summarizer.countries import lookup
from summarizer.dates import find_dates, resolve
from summarizer.figures import find_figures
from summarizer.offline.clauses import surface_subject
from summarizer.offline.compose import Composer
from summarizer.offline.entities import Registry, phrase_of
from summarizer.offline.frames import find_frames
from summarizer.offline.lexicon import SAID, contexts_of, count_lemmas
from summarizer.offline.merging import Happening, merge, name_roles
from summarizer.offline.parsed import Parsed, Phrase
from summarizer.offline.phrases import lemma_of
from summarizer.offline.salience import Ranked, links_of, opening, rank
from summarizer.offline.speakers import Listener, Saying
from summarizer.spans import Span, any_overlaps

_STATEMENTS = 150  # more is a transcript
_FEW = 20  # events within one statement


def draft(parsed: Parsed) -> dict[str, Any]:
    """Everything the engine puts forward about an article, as a raw draft for `drafts.salvage`."""
    registry = Registry.of(parsed)
    listener = Listener(parsed, registry)
    sayings = listener.sayings()  # first: who speaks tells whose a quotation's "we" is
    happenings = merge(name_roles(find_frames(parsed), parsed, registry, listener.tellers()))
    ranked = rank(happenings, parsed, registry)
    writer = _Writer(parsed, registry, ranked)
    events = writer.events() or writer.no_event()
    statements = writer.statements(sayings)
    names = [name for event in events for role in ("actor", "recipient", "attribution") for name in event[role]]
    names += [statement[role] for statement in statements for role in ("speaker", "via") if statement[role]]
    names += writer.countries()
    main = ranked[0].happening if ranked and ranked[0].salience == "main" else None
    return {
        "headline": writer.composer.headline(main),
        "summary": writer.composer.summary(ranked),
        "published": None,
        "contexts": contexts(parsed),
        "entities": registry.raw(names),
        "events": events,
        "statements": statements,
    }


def contexts(parsed: Parsed) -> list[str]:
    """The topics of an article, by its lemmas."""
    counts: Counter[str] = Counter()
    total = 0
    for segment in parsed.segments:
        lemmas = [lemma_of(token) for token in segment.doc if not token.is_space]
        counts.update(count_lemmas(lemmas))
        total += len(lemmas)
    return list(contexts_of(counts, total))


class _Writer:
    """Writes the events and statements of one article as raw data."""

    def __init__(self, parsed: Parsed, registry: Registry, ranked: Sequence[Ranked]) -> None:
        self._parsed = parsed
        self._article: Article = parsed.article
        self._registry = registry
        self._ranked = ranked
        self._order = {id(segment): at for at, segment in enumerate(parsed.segments)}
        self.composer = Composer(parsed, registry)

    # --- events ---

    def events(self) -> list[dict[str, Any]]:
        """The ranked events; a text whose opening tells none gets a main event of type OTHER before them."""
        if not self._ranked:
            return []
        links = links_of(self._ranked)
        lead = self.no_event() if self._ranked[0].salience != "main" else []
        shift = len(lead) + 1
        return lead + [
            self._event(at + shift, item, [(relation, f"e{to + shift}") for relation, to in links.get(at, ())])
            for at, item in enumerate(self._ranked)
        ]

    def _event(self, number: int, item: Ranked, links: list[tuple[str, str]]) -> dict[str, Any]:
        happening = item.happening
        frame = happening.best.frame
        return {
            "id": f"e{number}",
            "event_type": happening.event_type,
            "mode": happening.mode,
            "salience": item.salience,
            "status": happening.status,
            "description": self.composer.description(happening),
            "actor": list(happening.actor),
            "recipient": list(happening.recipient),
            "date": self._when(happening.when("date") or self._date_of_main(item)),
            "effective": self._when(happening.when("effective")),
            "location": self._location(happening.first("location")),
            "quantities": self._quantities(happening),
            "reason": self._excerpt(happening.first("reason")),
            "attribution": self._attribution(happening),
            "links": [{"relation": relation, "event": event} for relation, event in links],
            "evidence": [self._excerpt(frame.evidence)],
        }

    def no_event(self) -> list[dict[str, Any]]:
        """One main event of type OTHER that says what the text is about: its first sentence."""
        _, lead = opening(self._parsed)
        segment = lead or next((segment for segment in self._parsed.segments if len(segment.doc)), None)
        if segment is None:
            return []
        first = next(iter(segment.doc.sents))
        span = segment.span(first.start, first.end - 1)
        evidence = self._excerpt(span)
        assert evidence is not None  # a span was given
        text = " ".join(span.of(self._article.text).split())
        description = text if text.endswith((".", "!", "?")) else f"{text}."
        subject = surface_subject(first.root)
        actor = self._registry.names(phrase_of(segment, subject)) if lead is not None and subject is not None else ()
        empty: dict[str, Any] = dict.fromkeys(("mode", "date", "effective", "location", "reason"))
        lists: dict[str, Any] = {name: [] for name in ("recipient", "quantities", "attribution", "links")}
        return [
            {
                "id": "e1",
                "event_type": "OTHER",
                "salience": "main",
                "status": "occurred",
                "description": description,
                "actor": list(actor),
                "evidence": [evidence],
                **empty,
                **lists,
            }
        ]

    def _attribution(self, happening: Happening) -> list[str]:
        """Who tells the event; none for an utterance told of its own actor (rule 14)."""
        sources = happening.attribution
        if happening.event_type in SAID:
            return [name for name in sources if name not in happening.actor]
        return list(sources)

    def _when(self, time: tuple[Span, Literal["future"] | None] | None) -> dict[str, Any] | None:
        if time is None:
            return None
        span, tense = time
        text = span.of(self._article.text)
        found = resolve(text, self._article.published, tense=tense)
        return {**_placed(span, text), "value": found.value, "bound": found.bound}

    def _date_of_main(self, item: Ranked) -> tuple[Span, Literal["future"] | None] | None:
        """The one date in the sentence that tells the main event, unless another event has it ("said on Monday")."""
        best = item.happening.best
        at = bisect_right(self._starts, best.frame.evidence.start) - 1
        if item.salience != "main" or best.headline or at < 0:
            return None
        start, end = self._article.sentences[at]
        places = (Span(start + first, start + last) for first, last in find_dates(self._article.text[start:end]))
        found = [span for span in places if not any_overlaps(self._article.litter, span)]
        taken = {m.frame.date for other in self._ranked for m in other.happening.mentions}
        taken |= {m.frame.effective for other in self._ranked for m in other.happening.mentions}
        value = resolve(found[0].of(self._article.text), self._article.published) if len(found) == 1 else None
        usable = value is not None and value.bound == "on" and found[0] not in taken
        return (found[0], None) if usable else None

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self._article.sentences]

    def _location(self, phrase: object) -> dict[str, Any] | None:
        if not isinstance(phrase, Phrase):
            return None
        span = phrase.span
        return {**_placed(span, span.of(self._article.text)), "country": self._registry.country_of(phrase)}

    def _quantities(self, happening: Happening) -> list[dict[str, Any]]:
        found = []
        for span, counted, previous in happening.quantities():
            text = span.of(self._article.text)
            figure = next(iter(find_figures(text)), None)
            value = figure.value if figure is not None else None
            qualifier = figure.qualifier if figure is not None else "unknown"
            before = previous.get(span, figure.previous if figure is not None else None)
            found.append(
                {**_placed(span, text), "of": counted, "value": value, "previous": before, "qualifier": qualifier}
            )
        return found

    def _excerpt(self, span: object) -> dict[str, Any] | None:
        return _placed(span, span.of(self._article.text)) if isinstance(span, Span) else None

    def countries(self) -> list[str]:
        """The names of the countries that stand as an event's location (rule 21)."""
        found = (lookup(phrase.span.of(self._article.text)) for phrase in self._places())
        codes = (match.code for match in found if match is not None and match.kind == "name")
        return [name for code in codes if (name := self._registry.country(code))]

    def _places(self) -> list[Phrase]:
        found = (item.happening.first("location") for item in self._ranked)
        return [phrase for phrase in found if isinstance(phrase, Phrase)]

    # --- statements ---

    def statements(self, sayings: Sequence[Saying]) -> list[dict[str, Any]]:
        """What was said, in text order, each with the event that it is about."""
        return [
            {
                **_placed(saying.span, saying.span.of(self._article.text)),
                "speaker": self._registry.name(saying.speaker),
                "kind": saying.kind,
                "stance": saying.stance,
                "about": self._about(saying),
                "via": self._registry.name(saying.via) if saying.via is not None else None,
            }
            for saying in sayings[:_STATEMENTS]
        ]

    def _about(self, saying: Saying) -> str | None:
        """The event told within the words themselves, else the main one."""
        first = bisect_left(self._told, (saying.span.start, 0, 0))
        inside = []
        for start, end, number in self._told[first : first + _FEW]:
            if start < saying.span.end and end <= saying.span.end:
                inside.append(number)
        return f"e{min(inside)}" if inside else "e1"

    @cached_property
    def _told(self) -> list[tuple[int, int, int]]:
        """Where each event's evidence stands, with the event's number, in text order."""
        shift = 2 if self._ranked and self._ranked[0].salience != "main" else 1
        return sorted(
            (*mention.frame.evidence, at + shift)
            for at, item in enumerate(self._ranked)
            for mention in item.happening.mentions
        )


def _placed(span: Span, text: str) -> dict[str, Any]:
    return {"text": text, "start": span.start, "end": span.end}
