"""One self-contained HTML page: the article with its evidence lit, beside the summary; each leads to the other.

A fact links to its words and the words to their fact, by plain fragments: `#words-e1` and `#fact-e1`. Lighting is
done by style (`:target`), so the page works without JavaScript; the script adds going through several facts on the
same words, scrolling both sides, and Escape. Text is escaped by construction: only `Markup` goes into the page as it
is. A Content-Security-Policy admits this page's own script and style by their hashes, and nothing else.
"""

from __future__ import annotations

import re
from base64 import b64encode
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from summarizer.errors import UsageError
from summarizer.render import (
    GROUPS,
    Fact,
    facts_of,
    injection_warning,
    meta_of,
    one_line,
    refusal_of,
    rejected_title,
    said_in,
    speech_of,
    spent_on,
    tag_of,
    to_json,
)
from summarizer.spans import Span

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.schema import Entity, Event, EventSummary, Excerpt, Statement

# --- markup by construction -------------------------------------------------------------------------------------------


class Markup(str):
    """Finished HTML. Every other string is escaped when it is put into an element."""


# What would act on the page's text or can't stand in it: controls, bidi embeddings and overrides, tags, surrogates.
_ACTING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\uffff\U000e0000-\U000e007f]"
)


def text_node(text: str) -> Markup:
    r"""`text` as HTML that shows it; a character that would act on its surroundings becomes a mark that names it.

    >>> text_node("<b>\u202e")
    '&lt;b&gt;<span class="odd" title="U+202E">▯</span>'
    """
    return Markup(_ACTING.sub(lambda odd: f'<span class="odd" title="U+{ord(odd[0]):04X}">▯</span>', escape(text)))


def element(name: str, *children: str, **attributes: str) -> Markup:
    """One element. Children that are no Markup are escaped, and so is every attribute; empty attributes are left out.

    >>> element("a", "R&D", href="#x", class_="", data_facts="e1")
    '<a href="#x" data-facts="e1">R&amp;D</a>'
    """
    given = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items() if value)
    inside = "".join(f' {key}="{escape(one_line(value))}"' for key, value in given)
    return Markup(f"<{name}{inside}>{joined(children)}</{name}>")


def joined(children: Iterable[str]) -> Markup:
    """Children in a row, escaped unless they are Markup."""
    return Markup("".join(child if isinstance(child, Markup) else text_node(child) for child in children))


# --- which words each fact rests on -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """Stretches of the article that one fact rests on. `key` names the fact on both sides, `told` says what it is."""

    key: str
    kind: str
    spans: tuple[Span, ...]
    told: str = ""


def marks_of(article: Article, summary: EventSummary) -> Iterator[Mark]:
    """Every fact that rests on words: events (their evidence), their details, statements, names, passages to beware."""
    for event in summary.events:
        evidence = tuple(piece.span for piece in event.evidence)
        yield Mark(event.id, event.salience, evidence, f"{event.id} {tag_of(event)}")
        for key, fact in _keyed(event, summary):
            if fact.excerpt:
                yield Mark(key, "detail", (fact.excerpt.span,), f"{event.id} {fact.label}")
    for at, statement in enumerate(summary.statements, 1):
        yield Mark(f"s{at}", "said", (statement.span,), f"said by {statement.speaker}")
    for at, entity in enumerate(summary.entities, 1):
        yield from _entity_marks(f"n{at}", entity, article)
    for at, passage in enumerate(summary.suspected_injection, 1):
        yield Mark(f"i{at}", "injection", (passage.span,), "addresses the reader's software")


def _keyed(event: Event, summary: EventSummary) -> Iterator[tuple[str, Fact]]:
    return ((f"{event.id}-{at}", fact) for at, fact in enumerate(facts_of(event, summary), 1))


def _entity_marks(key: str, entity: Entity, article: Article) -> Iterator[Mark]:
    from summarizer.grounding import locate

    found = locate(article, entity.name)
    if isinstance(found, Span):
        yield Mark(key, "name", (found,), entity.type)
    if entity.office:
        yield Mark(f"{key}-office", "name", (entity.office.span,), f"office of {entity.name}")
    for at, alias in enumerate(entity.aliases, 1):
        yield Mark(f"{key}-{at}", "name", (alias.span,), f"also {entity.name}")


def segments(length: int, marks: Sequence[Mark], cuts: Iterable[int] = ()) -> Iterator[tuple[Span, tuple[Mark, ...]]]:
    """A text of `length` cut wherever a mark begins or ends (and at `cuts`), each piece with the marks that cover it,
    the tightest first.

    >>> cut = segments(9, [Mark("a", "", (Span(0, 5),)), Mark("b", "", (Span(3, 7),))])
    >>> [(*span, "".join(mark.key for mark in marks)) for span, marks in cut]
    [(0, 3, 'a'), (3, 5, 'ba'), (5, 7, 'b'), (7, 9, '')]
    """
    waiting = deque(sorted(((span, mark) for mark in marks for span in mark.spans), key=lambda piece: piece[0]))
    edges = {0, length, *cuts, *(edge for span, _ in waiting for edge in span)}
    active: list[tuple[Span, Mark]] = []
    for start, end in pairwise(sorted(edge for edge in edges if edge <= length)):
        while waiting and waiting[0][0].start <= start:
            active.append(waiting.popleft())
        active = [piece for piece in active if piece[0].end > start]
        tightest = sorted(active, key=lambda piece: piece[0].end - piece[0].start)
        # By identity: to hash a mark is to hash all its spans, and litter may have thousands.
        yield Span(start, end), tuple({id(mark): mark for _, mark in tightest}.values())


# --- the article ------------------------------------------------------------------------------------------------------


def _article_pane(article: Article, marks: Sequence[Mark]) -> Markup:
    legend = [element("span", label, class_=f"{kind} sample") for kind, label in _LEGEND]
    return element(
        "section",
        element("h2", "The article"),
        element("p", *_spaced(legend), class_="legend"),
        element("div", *_paragraphs(article, marks), class_="text"),
        id="words",
        aria_label="Article",
    )


def _paragraphs(article: Article, marks: Sequence[Mark]) -> Iterator[Markup]:
    """The article's paragraphs with its facts' words in them; white space between paragraphs is left to the page."""
    windows = article.paragraphs
    litter = Mark("", "litter", article.litter)
    pieces = segments(len(article.text), [*marks, litter], (edge for window in windows for edge in window))
    seen: set[str] = set()
    starts = [window.start for window in windows]
    for at, inside in groupby(pieces, key=lambda piece: bisect_right(starts, piece[0].start) - 1):
        window = windows[at] if at >= 0 else Span(0, 0)
        body = [
            part for span, covering in inside if window.contains(span) for part in _piece(article, span, covering, seen)
        ]
        is_title = window.start == 0 and window.of(article.text) == article.title
        if body:
            yield element("p", *body, class_="title" if is_title else "", dir="auto")


def _piece(article: Article, span: Span, covering: tuple[Mark, ...], seen: set[str]) -> Iterator[Markup]:
    """A piece of text, behind an anchor for each fact whose words begin with it."""
    for key in (mark.key for mark in covering if mark.key and mark.key not in seen):
        seen.add(key)
        yield element("span", id=f"words-{key}", class_="anchor")
    yield _segment(span.of(article.text), covering)


_LEGEND = (
    ("main", "main event"),
    ("secondary", "other events"),
    ("background", "background"),
    ("said", "statement"),
    ("detail", "detail"),
    ("litter", "no part of the article"),
    ("injection", "addresses software"),
)


def _spaced(parts: Iterable[Markup]) -> Iterator[str]:
    for part in parts:
        yield part
        yield " "


def _segment(text: str, covering: tuple[Mark, ...]) -> Markup:
    """Words with the marks on them: a link to the tightest fact that rests on them, if any does."""
    kinds = " ".join(dict.fromkeys(mark.kind for mark in covering))
    facts = [mark for mark in covering if mark.key]
    if not facts:
        return element("span", text, class_=kinds) if kinds else text_node(text)
    return element(
        "a",
        text,
        class_=kinds,
        href=f"#fact-{facts[0].key}",
        data_facts=" ".join(mark.key for mark in facts),
        title="; ".join(mark.told for mark in facts),
    )


# --- the summary ------------------------------------------------------------------------------------------------------


def _fact_link(key: str, words: str, *, class_: str = "") -> Markup:
    return element("a", words, id=f"fact-{key}", href=f"#words-{key}", data_facts=key, class_=f"fact {class_}".strip())


def _summary_pane(summary: EventSummary, keys: frozenset[str]) -> Markup:
    spent = spent_on(summary)
    return element(
        "section",
        element("h1", summary.headline, dir="auto"),
        element("p", meta_of(summary), class_="meta"),
        *_warnings(summary),
        element("p", summary.summary, class_="prose", dir="auto"),
        *_event_groups(summary),
        *_statements(summary.statements),
        *_entities(summary.entities, keys),
        *_refused(summary),
        *([element("p", spent, class_="meta")] if spent else []),
        id="facts",
        aria_label="Summary",
    )


def _event_groups(summary: EventSummary) -> Iterator[Markup]:
    for salience, title in GROUPS:
        events = [event for event in summary.events if event.salience == salience]
        if events:
            yield element("h2", title)
        yield from (_event(event, summary) for event in events)


def _event(event: Event, summary: EventSummary) -> Markup:
    status = element("span", event.status, class_="status") if event.status != "occurred" else Markup("")
    tag = element("span", tag_of(event), class_=f"tag {event.quad_class or ''}".strip())
    rows = (_row(key, fact) for key, fact in _keyed(event, summary))
    return element(
        "article",
        element("p", element("span", event.id, class_="id"), " ", tag, " ", status, class_="tags"),
        element("h3", _fact_link(event.id, event.description), dir="auto"),
        element("dl", *rows),
        class_=f"event {event.salience}",
    )


def _row(key: str, fact: Fact) -> Markup:
    if fact.to:
        value = element("a", fact.words, href=f"#fact-{fact.to}")
    elif fact.excerpt:
        quote = [" ", element("q", fact.quote)] if fact.quote and fact.words else []
        value = joined([_fact_link(key, fact.words or f"“{fact.quote}”"), *quote])
    else:
        value = text_node(fact.words)
    return element("div", element("dt", fact.label), element("dd", value, dir="auto"))


def _statements(statements: tuple[Statement, ...]) -> Iterator[Markup]:
    if statements:
        yield element("h2", "Statements")
    for at, statement in enumerate(statements, 1):
        speaker, manner = speech_of(statement)
        who = element("p", element("b", speaker), " ", element("span", manner, class_="quiet"))
        said = element("blockquote", _fact_link(f"s{at}", said_in(statement)), dir="auto")
        yield element("div", who, said, class_="statement")


def _entities(entities: tuple[Entity, ...], keys: frozenset[str]) -> Iterator[Markup]:
    if entities:
        yield element("h2", "Entities")
        yield element("ul", *(_entity(f"n{at}", each, keys) for at, each in enumerate(entities, 1)), class_="entities")


def _entity(key: str, entity: Entity, keys: frozenset[str]) -> Markup:
    name = _fact_link(key, one_line(entity.name)) if key in keys else one_line(entity.name)
    kind = ", ".join(filter(None, [entity.type, entity.country]))
    parts: list[str] = [name, " ", element("span", kind, class_="quiet")]
    if entity.office:
        parts += [", ", _fact_link(f"{key}-office", one_line(entity.office.text))]
    for at, alias in enumerate(entity.aliases, 1):
        parts += [", also " if at == 1 else ", ", _fact_link(f"{key}-{at}", _words(alias))]
    return element("li", *parts)


def _words(excerpt: Excerpt) -> str:
    return f"“{one_line(excerpt.text)}”"


def _warnings(summary: EventSummary) -> Iterator[Markup]:
    if summary.suspected_injection:
        passages = enumerate(summary.suspected_injection, 1)
        links = (element("li", _fact_link(f"i{at}", f"“{one_line(each.text)[:300]}”")) for at, each in passages)
        warning = element("p", element("b", "Warning."), " ", injection_warning(summary))
        yield element("div", warning, element("ul", *links), class_="warning", role="note")


def _refused(summary: EventSummary) -> Iterator[Markup]:
    if summary.rejected:
        pairs = map(refusal_of, summary.rejected)
        items = (element("li", element("code", path), " ", why) for path, why in pairs)
        yield element("details", element("summary", rejected_title(summary)), element("ul", *items), class_="refused")


# --- the page ---------------------------------------------------------------------------------------------------------


def page(article: Article, summary: EventSummary) -> str:
    """The article and its summary as one HTML document that needs nothing else.

    The summary stands in it as JSON too, in the element `data`. Raises UsageError if the summary is another text's.
    """
    if summary.sha256 not in ("", article.sha256):
        raise UsageError("this summary is of another text", "give the article that it was made from")
    marks = list(marks_of(article, summary))
    keys = frozenset(mark.key for mark in marks)
    style = Markup(_STYLE + "".join(map(_lighting, sorted(keys))))
    body = [
        element("main", _summary_pane(summary, keys), _article_pane(article, marks)),
        element("script", _data(summary), type="application/json", id="data"),
        element("script", _SCRIPT),
    ]
    whole = element("html", head(summary.headline, style, _SCRIPT), element("body", *body), lang="en")
    return f"<!doctype html>\n{whole}\n"


def head(title: str, style: Markup, script: Markup, unscripted: Markup | None = None) -> Markup:
    """A page's head: its style, and a policy that admits this style and this script and nothing else.

    `unscripted` is a further style, for readers without a script.
    """
    styles = [style] if unscripted is None else [style, unscripted]
    policy = (
        f"default-src 'none'; script-src {_hashed(script)}; style-src {' '.join(map(_hashed, styles))}; "
        "base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="referrer" content="no-referrer">'),
        element("title", "".join(filter(str.isprintable, one_line(title)))),  # no mark can stand in a title
        element("style", style),
        *([] if unscripted is None else [element("noscript", element("style", unscripted))]),
    )


def _hashed(source: str) -> str:
    """A source expression of CSP level 2 for an inline script or style."""
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


def _data(summary: EventSummary) -> Markup:
    """The summary's JSON, which no parser of HTML can leave: no `<`, `>` or `&` stands in it."""
    return Markup(re.sub("[<>&]", lambda sign: f"\\u{ord(sign[0]):04x}", to_json(summary, indent=None)))


def _lighting(key: str) -> str:
    """The rule that lights a fact and its words while the page's address names either."""
    return f':root:has(#words-{key}:target,#fact-{key}:target) [data-facts~="{key}"]{{{_LIT}}}\n'


_LIT = "background:var(--lit);color:var(--lit-ink);box-shadow:0 2px var(--lit),0 -2px var(--lit)"
_STYLE = Markup("""
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --sheet: #ffffff; --ink: #1d1f23; --quiet: #646a73; --rule: #dfdcd5; --link: #1d4f91;
  --main: #fbe6b4; --other: #dbe8f8; --past: #e9e7e3; --said: #2e7d4f; --litter: #8b8f96;
  --danger: #a3201d; --danger-paper: #fdecea; --lit: #ffcf3f; --lit-ink: #17181a;
  --good: #22703f; --bad: #a3201d; --wary: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181c; --sheet: #1d2025; --ink: #e4e2dd; --quiet: #9aa1ab; --rule: #343941; --link: #8fb8f0;
    --main: #5a4716; --other: #233a56; --past: #33363c; --said: #6fc493; --litter: #767c86;
    --danger: #ff9d94; --danger-paper: #3a1d1b; --lit: #ffcf3f; --lit-ink: #17181a;
    --good: #7fce9d; --bad: #ff9d94; --wary: #e8bb62;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-block: 20vh; background: var(--paper); }
body { margin: 0; color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { display: grid; grid-template-columns: minmax(0, 1fr); }
main > section { padding: 1.5rem clamp(1rem, 4vw, 2.75rem) 4rem; }
#words { background: var(--sheet); border-top: 1px solid var(--rule); }
h1 { font: 600 1.6rem/1.25 Georgia, "Times New Roman", serif; margin: 0 0 .4rem; text-wrap: balance; }
h2 { font-size: .78rem; font-weight: 600; letter-spacing: .09em; text-transform: uppercase; color: var(--quiet);
  margin: 2.2rem 0 .7rem; }
#words h2 { margin-top: 0; }
h3 { font-size: 1rem; font-weight: 500; margin: .15rem 0 .5rem; }
p { margin: 0 0 .8rem; }
a { color: inherit; text-decoration-color: var(--quiet); text-underline-offset: .2em; }
a:hover { text-decoration-color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.fact { text-decoration: underline dotted var(--quiet); text-decoration-thickness: 1px; border-radius: 2px; }
.meta, .quiet, .id, dt, q, .legend, .refused { color: var(--quiet); font-size: .88rem; }
.prose { font: 1.08rem/1.55 Georgia, "Times New Roman", serif; }
.event { border-left: 3px solid var(--rule); padding: .1rem 0 .1rem 1rem; margin: 0 0 1.3rem; }
.event.main { border-left-width: 5px; border-left-color: var(--lit); }
.event.main h3 { font-size: 1.15rem; font-weight: 650; }
.tags { margin: 0; font-size: .82rem; }
.tag { font-weight: 600; letter-spacing: .03em; }
.verbal_cooperation, .material_cooperation { color: var(--good); }
.verbal_conflict { color: var(--wary); }
.material_conflict { color: var(--bad); }
.status { border: 1px solid; border-radius: 1em; padding: 0 .6em; color: var(--wary); }
dl { margin: 0; display: grid; gap: .15rem; font-size: .94rem; }
dl div { display: grid; grid-template-columns: 5.2rem minmax(0, 1fr); gap: .75rem; }
dd { margin: 0; }
q::before { content: "“"; } q::after { content: "”"; }
.statement { margin: 0 0 1rem; } .statement p { margin: 0; }
blockquote { margin: .15rem 0 0; padding-left: 1rem; border-left: 3px solid var(--said);
  font-family: Georgia, "Times New Roman", serif; }
ul { margin: 0; padding-left: 1.1rem; } .entities { list-style: none; padding: 0; }
.entities li { margin-bottom: .3rem; font-size: .94rem; }
.refused { margin-top: 2.2rem; } .refused code { font-size: .95em; }
.warning { background: var(--danger-paper); color: var(--danger); padding: .8rem 1rem; margin: 0 0 1rem; }
.warning p { margin-bottom: .3rem; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem .6rem; margin-bottom: 1.4rem; }
.sample { padding: 0 .35em; border-radius: 2px; }
.text { font: 1.08rem/1.65 Georgia, "Times New Roman", serif; max-width: 42rem; }
.text p { white-space: pre-wrap; margin: 0 0 1em; unicode-bidi: isolate; }
.text .title { font-weight: 600; font-size: 1.3rem; line-height: 1.3; }
.text a { text-decoration: none; cursor: pointer; }
.background { background: var(--past); } .secondary { background: var(--other); } .main { background: var(--main); }
.event.background, .event.secondary, .event.main, main.main { background: none; }
.said { box-shadow: inset 0 -2px 0 var(--said); }
.detail, .text .detail { text-decoration: underline dotted currentColor 2px; text-underline-offset: .22em; }
.text .name:hover { text-decoration: underline; }
.litter { color: var(--litter); font-size: .92em; }
.injection, .text .injection { color: var(--danger); background: var(--danger-paper);
  text-decoration: underline wavy var(--danger) 1px; text-decoration-skip-ink: none; }
.odd { color: var(--danger); font-size: .8em; cursor: help; }
#facts :target, #words :target + a { outline: 2px solid var(--lit); }
@media (min-width: 60rem) {
  html { scroll-padding-block: 0; }
  body { height: 100vh; overflow: hidden; }
  main { grid-template-columns: minmax(0, 1fr) minmax(0, 1.05fr); height: 100vh; }
  main > section { overflow-y: auto; scroll-padding-block: 25vh; }
  #words { border-top: 0; border-left: 1px solid var(--rule); }
}
@media print {
  body, main { height: auto; overflow: visible; }
  main > section { overflow: visible; } .legend { display: none; }
}
""")
_SCRIPT = Markup("""
(() => {
  "use strict";
  const chosen = () => (/^#(?:fact|words)-([a-z0-9-]+)$/.exec(location.hash) || [])[1];
  const sideBySide = matchMedia("(min-width: 60rem)");
  const show = () => {
    const key = chosen();
    if (!key || !sideBySide.matches) return;
    for (const id of ["fact-" + key, "words-" + key]) {
      const place = document.getElementById(id);
      if (place) place.scrollIntoView({ block: "nearest" });
    }
  };
  addEventListener("hashchange", show);
  addEventListener("click", (event) => {
    const link = event.target.closest("#words a[data-facts]");
    const keys = link ? link.dataset.facts.split(" ") : [];
    const at = keys.indexOf(chosen());
    if (at < 0 || keys.length < 2) return;
    event.preventDefault();
    location.hash = "fact-" + keys[(at + 1) % keys.length];
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") location.hash = "none";
  });
  show();
})();
""")
