"""Which events count, and how much (SCHEMA.md, rules 1, 4, 6): main, secondary, background; links between them.

The main event is what headline and lead report. An utterance is an event only where an institution commits itself by
it; what only a speaker's words tell is left to the statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from summarizer.dates import extent
from summarizer.offline.entities import Registry
from summarizer.offline.frames import DOUBTFUL
from summarizer.offline.lexicon import SAID
from summarizer.offline.merging import Happening, Mention, is_headline
from summarizer.offline.parsed import Parsed, Segment
from summarizer.offline.phrases import lemma_of
from summarizer.offline.sentences import sentence_start
from summarizer.offline.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

# Praise, blame, denial and comment: statements only (rule 1), whoever speaks.
_COMMENT = word_list("commenting verb")
_CLAIMS = word_list("claim noun")
_FORMAL = frozenset({"allege", "investigate"})
_INSTITUTIONS = frozenset({"country", "organization"})
_LEAST, _MOST, _WORDS_PER_EVENT = 6, 20, 18


@dataclass(frozen=True, eq=False)
class Ranked:
    """An event with its place among the others."""

    happening: Happening
    salience: str


def rank(happenings: Sequence[Happening], parsed: Parsed, registry: Registry) -> list[Ranked]:
    """The events worth telling, the main one first, then secondary and background ones in text order."""
    main = _main(happenings, parsed)
    kept = [h for h in happenings if h is main or _is_event(h, registry)]
    day = _day_of(main, parsed)
    told = [(h, "main" if h is main else "background" if _is_past(h, day, main) else "secondary") for h in kept]
    order = {"main": 0, "secondary": 1, "background": 2}
    ranked = sorted(told, key=lambda item: (order[item[1]], item[0].best.order, item[0].best.frame.trigger.i))
    words = sum(len(segment.doc) for segment in parsed.segments)
    most = min(_MOST, max(_LEAST, words // _WORDS_PER_EVENT))
    return [Ranked(*item) for item in _foremost(ranked, most)]


def _foremost(ranked: list[tuple[Happening, str]], most: int) -> list[tuple[Happening, str]]:
    """The weightiest events where there are too many, in their order."""
    if len(ranked) <= most:
        return ranked
    worth = sorted(ranked, key=lambda item: (item[1] != "main", -_worth(item[0])))[:most]
    chosen = {id(item[0]) for item in worth}
    return [item for item in ranked if id(item[0]) in chosen]


def _worth(happening: Happening) -> float:
    return happening.best.frame.weight + len(happening.mentions) + 0.5 * happening.best.fullness


# --- the main event ---------------------------------------------------------------------------------------------------


def _main(happenings: Sequence[Happening], parsed: Parsed) -> Happening | None:
    """What headline and lead report; None if neither tells an event."""
    headline, lead = opening(parsed)
    able = [h for h in happenings if _can_be_main(h, headline)]
    scored = [(_opening_score(h, headline, lead), -at, h) for at, h in enumerate(able)]
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best is not None and best[0] > 0 else _first_told(able, parsed)


_OPENING = 3  # paragraphs among which the news must be; a text that reports nothing in them reports nothing


def _first_told(able: Sequence[Happening], parsed: Parsed) -> Happening | None:
    """Where neither headline nor lead was understood: the first event with a doer or a sufferer told soon after."""
    early = [segment for segment in parsed.segments if segment.kind == "prose" and len(segment.doc)][:_OPENING]
    full = [h for h in able if (h.actor or h.recipient) and any(h.best.frame.segment is segment for segment in early)]
    return min(full, key=lambda h: (h.best.order, h.best.frame.trigger.i), default=None)


def _can_be_main(happening: Happening, headline: Segment | None) -> bool:
    """Whether an event is more than a noun in passing: "denies role in poisoning" does not report the poisoning."""
    if all(mention.frame.nominal and mention.fullness < 2 for mention in happening.mentions):
        return len(happening.mentions) > 1 or happening.event_type in ("DISASTER", "ACCIDENT", "ELECTION", "SPORT")
    return True


def opening(parsed: Parsed) -> tuple[Segment | None, Segment | None]:
    """The headline (the first segment, if it is one) and the first paragraph of running text."""
    segments = [segment for segment in parsed.segments if segment.kind != "quotation" and len(segment.doc)]
    headline = segments[0] if segments and is_headline(segments[0]) else None
    prose = [segment for segment in segments if segment.kind == "prose" and segment is not headline]
    lead = next((segment for segment in prose[:3] if _reports(segment)), prose[0] if prose else None)
    return headline, lead


def _reports(segment: Segment) -> bool:
    """Whether a paragraph's first sentence is one: a caption has no verb of its own.

    A participle at the root with a subject of its own is a past tense that the tagger took for one.
    """
    first = next(iter(segment.doc.sents))
    root = first.root
    finite = root.tag_ in ("VBD", "VBZ", "VBP", "VBN", "MD") or any(
        part.dep_ in ("aux", "aux:pass", "cop") for part in root.children
    )
    return finite and any(part.dep_.startswith(("nsubj", "csubj", "expl")) for part in root.children)


def _opening_score(happening: Happening, headline: Segment | None, lead: Segment | None) -> float:
    scores = [_mention_score(mention, headline, lead) for mention in happening.mentions]
    in_headline = max(
        (s for m, s in zip(happening.mentions, scores, strict=True) if m.frame.segment is headline), default=0.0
    )
    in_lead = max((s for m, s in zip(happening.mentions, scores, strict=True) if m.frame.segment is lead), default=0.0)
    return in_headline + in_lead


def _mention_score(mention: Mention, headline: Segment | None, lead: Segment | None) -> float:
    """How much a mention in the opening speaks for the main event: high in its sentence's tree, and full."""
    frame = mention.frame
    if frame.segment is not headline and frame.segment is not lead:
        return 0.0
    trigger = frame.trigger
    first = frame.segment is headline or sentence_start(trigger) == 0
    depth = _depth(trigger)
    base = 5.0 if frame.segment is headline else 4.0 if first else 1.0
    score = base - 0.9 * min(depth, 3) + 0.25 * mention.fullness - 0.8 * frame.nominal
    score += 0.4 * (min(frame.weight, 1.0) - 1.0)
    return max(0.1, score)


def _depth(token: Token) -> int:
    """How far a word is from what its sentence reports: speech tags and light verbs above it do not count."""
    depth = 0
    while token.dep_ != "ROOT" and token.head is not token:
        if token.dep_ in ("acl", "acl:relcl", "advcl", "nmod", "obl", "appos", "amod", "csubj"):
            depth += 1
        elif token.dep_ in ("conj", "xcomp"):
            depth += 0.5  # type: ignore[assignment]
        token = token.head
    return depth


# --- what is an event -------------------------------------------------------------------------------------------------


def _is_event(happening: Happening, registry: Registry) -> bool:
    """Rule 1: deeds that the article or the doer's side tells, utterances by which an institution commits itself."""
    kinds = {registry.kind(name) for name in happening.actor}
    frame = happening.best.frame
    if happening.event_type in SAID:
        if all(_is_comment(mention) for mention in happening.mentions):
            return False
        if all(mention.frame.nominal and mention.frame.weight < DOUBTFUL for mention in happening.mentions):
            return False
        formal = happening.event_type == "ACCUSE" and happening.mode in _FORMAL
        return bool(kinds & _INSTITUTIONS) or (
            formal and lemma_of(frame.trigger) not in ("accuse", "allege", "claim", "say")
        )
    if all(mention.frame.weight < DOUBTFUL for mention in happening.mentions) or _is_hollow(happening):
        return False
    if any(not mention.quoted and not mention.source for mention in happening.mentions):
        return True
    if happening.status == "alleged":
        return bool(happening.actor or happening.recipient)
    return _is_own_side(happening, registry) or _is_official_report(happening, registry)


# What police, ministries and courts tell of such deeds is their own side's act though they name no doer.
_OFFICIAL = frozenset({"COERCE", "SANCTION", "MOBILIZE", "RETREAT", "AID"})


def _is_official_report(happening: Happening, registry: Registry) -> bool:
    sources = {registry.kind(name) for mention in happening.mentions for name in mention.source}
    return happening.event_type in _OFFICIAL and not happening.actor and bool(sources & _INSTITUTIONS)


def _is_hollow(happening: Happening) -> bool:
    """Whether an event names nobody and nothing: "can kill within hours", "opened the meeting"."""
    if happening.actor or happening.recipient:
        return False
    filled = any(m.frame.quantities or m.frame.location for m in happening.mentions)
    dated = any(m.frame.date for m in happening.mentions)
    if happening.status in ("proposed", "threatened"):
        return True
    return not (
        filled or dated or happening.event_type in ("DISASTER", "ACCIDENT", "SCIENCE", "BUSINESS", "SPORT", "OTHER")
    )


def _is_comment(mention: Mention) -> bool:
    """Whether an utterance only judges: "condemned the strike", "rejected the accusations"."""
    trigger = mention.frame.trigger
    lemma = lemma_of(trigger)
    if lemma in _COMMENT:
        return True
    return lemma == "reject" and any(part.dep_ == "obj" and lemma_of(part) in _CLAIMS for part in trigger.children)


def _is_own_side(happening: Happening, registry: Registry) -> bool:
    """Whether who tells a deed is its doer, or speaks for the doer's side."""
    sides = {registry.side(name) for mention in happening.mentions for name in mention.source}
    return bool(sides & {registry.side(name) for name in happening.actor} - {None})


# --- background -------------------------------------------------------------------------------------------------------


def _day_of(main: Happening | None, parsed: Parsed) -> date | None:
    days = [m.day for m in main.mentions if m.day] if main is not None else []
    if days and days[0] is not None:
        return extent(days[0])[0]
    return parsed.article.published


def _is_past(happening: Happening, day: date | None, main: Happening | None) -> bool:
    """Whether an event lies before the main event's day, or is told as history (rule 4)."""
    if any(mention.headline for mention in happening.mentions):
        return False
    dated = [mention.day for mention in happening.mentions if mention.day]
    if dated and day is not None:
        return all(extent(value)[1] < day for value in dated if value)
    return happening.status in ("occurred", "ongoing") and all(_is_before(mention) for mention in happening.mentions)


def _is_before(mention: Mention) -> bool:
    """Whether a verb tells what came before what the text is telling: the past perfect, "previously", "earlier"."""
    trigger = mention.frame.trigger
    if mention.frame.nominal:
        return False
    parts = list(trigger.children)
    had = any(part.lower_ in ("had", "'d", "’d") and part.dep_ == "aux" for part in parts)
    cues = {"previously", "earlier", "once", "formerly"}
    return (had and not mention.source) or any(part.lower_ in cues and part.dep_ == "advmod" for part in parts)


# --- links ------------------------------------------------------------------------------------------------------------


def links_of(ranked: Sequence[Ranked]) -> dict[int, list[tuple[str, int]]]:
    """For each event (by place) its links: relation and the other event's place (rule 6)."""
    places: dict[tuple[int, int], int] = {}
    for at, item in enumerate(ranked):
        for mention in item.happening.mentions:
            places[id(mention.frame.segment), mention.frame.trigger.i] = at
    found: dict[int, list[tuple[str, int]]] = {}
    for at, item in enumerate(ranked):
        for mention in item.happening.mentions:
            for relation, token in mention.frame.links:
                target = _target(mention.frame.segment, token, places)
                if target is not None and target != at and (relation, target) not in found.setdefault(at, []):
                    found[at].append((relation, target))
    return found


def _target(segment: Segment, token: Token, places: dict[tuple[int, int], int]) -> int | None:
    """The event that a link's words point at: the one told by the word itself, else the nearest below it."""
    own = places.get((id(segment), token.i))
    if own is not None:
        return own
    below = (places.get((id(segment), part.i)) for part in token.subtree)
    return next((place for place in below if place is not None), None)
