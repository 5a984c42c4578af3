"""A summary as a terminal page, as Markdown and as JSON. Nothing here prints, and nothing trusts the text it shows.

An article or a model can put anything into a field: terminal escapes, invisible characters, markup. `clean` takes out
what would act on a terminal or hide from a reader; Markdown escapes on top; JSON keeps every character, as an escape
where it would act.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.ontology import QuadClass
    from summarizer.schema import Entity, Event, EventSummary, Excerpt, Quantity, Rejection, Statement, When

# --- untrusted text ---------------------------------------------------------------------------------------------------

# ECMA-48: a CSI sequence ends with a letter; an OSC, DCS, SOS, PM or APC string with BEL or ST; the rest are short.
_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c-\x9f\x90\x98]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-Z\\^-~]"
)
# Controls but tab and newline, format characters (zero-width, bidi, tags), fillers that show nothing, surrogates.
_UNSEEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_HIDDEN = re.compile(f"[{_UNSEEN}]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    r"""`text` without escape sequences, controls (but tab and newline), zero-width and bidi control characters.

    >>> clean("a\x1b[31mred\x1b[0m word\u202e\u200b\r\nnext")
    'ared word\nnext'
    """
    return _HIDDEN.sub("", _BREAKS.sub("\n", _SEQUENCE.sub("", text)))


def one_line(text: str) -> str:
    r"""`text` cleaned, each run of white space a single space.

    >>> one_line(" two\n\nlines\t")
    'two lines'
    """
    return " ".join(clean(text).split())


def _shortened(text: str, length: int) -> str:
    text = one_line(text)
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


# --- JSON -------------------------------------------------------------------------------------------------------------


def to_json(summary: EventSummary, *, indent: int | None = 2) -> str:
    """The summary as one JSON object, keys in the schema's order; with no `indent` one compact line, for JSON Lines.

    Letters of every script stand as they are. Characters that would act on a terminal or a script, or that nobody
    sees, stand as escapes: the value is the same. Reads back with `EventSummary.grounded(json.loads(text), article)`.
    """
    separators = (",", ":") if indent is None else None
    text = json.dumps(summary.model_dump(mode="json"), ensure_ascii=False, indent=indent, separators=separators)
    return escape_unseen(text)


def escape_unseen(document: str) -> str:
    r"""A JSON document with the characters that nobody sees written as escapes.

    >>> escape_unseen('{"name": "Zoë\u202e"}')
    '{"name": "Zoë\\u202e"}'
    """
    return _HIDDEN.sub(lambda unseen: json.dumps(unseen.group())[1:-1], document)


# --- what a summary says, in words ------------------------------------------------------------------------------------

_LINK_WORDS = {"retaliation_for": "in retaliation for", "caused_by": "because of", "part_of": "part of"}
_BOUND_WORDS = {"on": "", "by": "by ", "from": "from ", "until": "until "}
_QUALIFIER_WORDS = {"exact": "", "about": "about ", "at_least": "at least ", "at_most": "at most ", "unknown": ""}
GROUPS = (("main", "Main event"), ("secondary", "Other events"), ("background", "Background"))


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing an event says: its label, what it comes to in `words`, and the article's own words it rests on."""

    label: str
    words: str = ""
    excerpt: Excerpt | None = None
    to: str = ""  # the id of the event that a link points at

    @property
    def quote(self) -> str:
        """The article's words where they say more than `words` already do, else nothing."""
        if self.excerpt is None:
            return ""
        quote = one_line(self.excerpt.text)
        return "" if _bare(self.words).startswith(_bare(quote)) else quote


def _bare(text: str) -> str:
    return text.replace(",", "").casefold()


def facts_of(event: Event, summary: EventSummary) -> Iterator[Fact]:
    """An event's facts in reading order: who, when, where, how many, why, on whose word, in answer to what."""
    yield from _roles(event)
    for label, when in (("when", event.date), ("effective", event.effective)):
        if when:
            yield Fact(label, when_in_words(when), when)
    if event.location:
        country = f" ({event.location.country})" if event.location.country else ""
        yield Fact("where", one_line(event.location.text) + country, event.location)
    for quantity in event.quantities:
        yield Fact("how many", quantity_in_words(quantity), quantity)
    if event.reason:
        yield Fact("why", "", event.reason)
    if event.attribution:
        yield Fact("source", _names(event.attribution))
    descriptions = {other.id: other.description for other in summary.events}
    for link in event.links:
        told = _shortened(descriptions.get(link.event, ""), 72)
        yield Fact("link", f"{_LINK_WORDS[link.relation]} {link.event}: {told}", to=link.event)


def evidence_of(event: Event) -> list[Excerpt]:
    """The words that carry the event, without those that a fact of it shows already (a date, a number)."""
    shown = {excerpt.span for name, excerpt in event.excerpts() if name != "evidence"}
    return [piece for piece in event.evidence if piece.span not in shown] or list(event.evidence)


def _roles(event: Event) -> Iterator[Fact]:
    if event.actor:
        whom = f" → {_names(event.recipient)}" if event.recipient else ""
        yield Fact("who", _names(event.actor) + whom)
    elif event.recipient:
        yield Fact("to whom", _names(event.recipient))


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(one_line, names))


def when_in_words(when: When) -> str:
    """A time's value with its bound; the article's words where no value follows from them."""
    if when.value is None:
        return f"{one_line(when.text)} (date not known)"
    return _BOUND_WORDS[when.bound] + when.value.replace("/", " to ")


def quantity_in_words(quantity: Quantity) -> str:
    """A quantity as a reader wants it: "at least 14 envoys", "9 → 5 seats", "unknown number: casualties"."""
    of = one_line(quantity.of)
    if quantity.value is None:
        return f"unknown number of {of}"
    before = f"{_number(quantity.previous)} → " if quantity.previous is not None else ""
    return f"{before}{_QUALIFIER_WORDS[quantity.qualifier]}{_number(quantity.value)} {of}"


def _number(value: float) -> str:
    whole = isinstance(value, int) or (value.is_integer() and abs(value) < 1e15)
    return f"{int(value):,}" if whole else f"{value:,}"


def tag_of(event: Event) -> str:
    """Type and mode: "SANCTION/expel"."""
    return f"{event.event_type}/{event.mode}" if event.mode else event.event_type


def meta_of(summary: EventSummary) -> str:
    """Publication date, engine and contexts, as far as they are known, in one line."""
    published = f"published {summary.published}" if summary.published else "publication date not known"
    contexts = ", ".join(context.replace("_", " ") for context in summary.contexts)
    return " · ".join(filter(None, [published, one_line(summary.engine), contexts]))


def spent_on(summary: EventSummary) -> str:
    """What a model's summary cost: requests, tokens, dollars; nothing for the embedded engine."""
    usage = summary.usage
    if usage is None or not usage.requests:
        return ""
    cost = "" if usage.cost is None else f" · ${usage.cost:.4f}"
    return f"{_counted(usage.requests, 'request')} · {usage.total_tokens:,} tokens{cost}"


def speech_of(statement: Statement) -> tuple[str, str]:
    """Who says it, and how it is said: ("Mina Okoro", "denies e2, via Radio Norvik, in paraphrase")."""
    about = f" (about {statement.about})" if statement.about else ""
    via = f", via {one_line(statement.via)}" if statement.via else ""
    paraphrase = ", in paraphrase" if statement.kind == "paraphrase" else ""
    return one_line(statement.speaker), f"{statement.stance}{about}{via}{paraphrase}"


def said_in(statement: Statement) -> str:
    """What was said: in quotation marks where it is a quote."""
    text = one_line(statement.text)
    return f"“{text}”" if statement.kind == "quote" else text


def aliases_of(entity: Entity) -> list[str]:
    """Every other way the article writes the entity, each once."""
    return list(dict.fromkeys(one_line(alias.text) for alias in entity.aliases))


def refusal_of(rejection: Rejection) -> tuple[str, str]:
    """Where something refused stood, and what it was with the reason, both short."""
    return one_line(rejection.path), f"{_shortened(rejection.value, 60)}: {_shortened(rejection.reason, 160)}"


def rejected_title(summary: EventSummary) -> str:
    """How many parts of a draft were refused or corrected."""
    return f"{_counted(len(summary.rejected), 'part')} of the draft refused or corrected"


def injection_warning(summary: EventSummary) -> str:
    """The warning about passages that address the reader's software."""
    count = len(summary.suspected_injection)
    what = "1 passage of this article addresses" if count == 1 else f"{count:,} passages of this article address"
    return f"{what} the reader's software; no fact rests on such words:"


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}" + ("" if count == 1 else "s")


# --- the terminal page ------------------------------------------------------------------------------------------------

Run = tuple[str, str]  # words and their style
_LABEL = 11  # the column of "effective", with its margin
_TAG_STYLES: dict[QuadClass | None, str] = {
    "verbal_cooperation": "green",
    "material_cooperation": "bold green",
    "verbal_conflict": "yellow",
    "material_conflict": "bold red",
    None: "bold cyan",
}


@dataclass(frozen=True, slots=True)
class Line:
    """Words that wrap behind a margin: `lead` before the first line, `hang` (as wide, or narrower) before the rest."""

    runs: tuple[Run, ...] = ()
    lead: tuple[Run, ...] = ()
    hang: tuple[Run, ...] = ()


def to_text(summary: EventSummary, *, width: int = 80, color: bool = False) -> str:
    """The summary as a page for a terminal of `width` columns (kept between 60 and 120), with ANSI styles if `color`.

    The headline first, then the summary, the main event, the others, statements, entities, and what was refused.
    """
    width = max(60, min(width, 120))
    return _painted(_page(summary, width), width, color)


def _page(summary: EventSummary, width: int) -> Iterator[Line]:
    yield Line(((one_line(summary.headline), "bold"),))
    yield Line(((meta_of(summary), "dim"),))
    yield Line()
    yield Line(((one_line(summary.summary), ""),))
    yield from _event_sections(summary)
    yield from _statement_section(summary.statements)
    yield from _entity_section(summary.entities, width)
    yield from _refused_section(summary)
    yield from _injection_section(summary)
    if spent := spent_on(summary):
        yield from (Line(), Line(((spent, "dim"),)))


def _title(words: str, note: str = "") -> Iterator[Line]:
    yield Line()
    yield Line(((words.upper(), "bold"), (f"  {note}" if note else "", "dim")))


def _event_sections(summary: EventSummary) -> Iterator[Line]:
    for salience, title in GROUPS:
        events = [event for event in summary.events if event.salience == salience]
        if events:
            yield from _title(title)
        for at, event in enumerate(events):
            if at:
                yield Line()
            yield from _event_block(event, summary)


def _event_block(event: Event, summary: EventSummary) -> Iterator[Line]:
    """An event's lines; a bar runs down beside the main one."""
    main = event.salience == "main"
    margin: Run = ("┃ ", "bold red" if event.quad_class == "material_conflict" else "bold") if main else ("  ", "")
    yield Line(tuple(_tag_line(event)), (margin,), (margin,))
    if event.description != summary.headline:
        yield Line(((one_line(event.description), "bold" if main else ""),), (margin,), (margin,))
    hang = (margin, (" " * _LABEL, ""))
    label = ""
    for fact in facts_of(event, summary):
        shown = "" if fact.label == label else fact.label
        yield Line(_fact_runs(fact), (margin, (shown.ljust(_LABEL), "dim")), hang)
        label = fact.label
    for at, piece in enumerate(evidence_of(event)):
        lead = (margin, (("" if at else "evidence").ljust(_LABEL), "dim"))
        yield Line(((f"“{one_line(piece.text)}”", "dim"),), lead, hang)


def _tag_line(event: Event) -> Iterator[Run]:
    yield f"{event.id} ", "dim"
    yield tag_of(event), _TAG_STYLES[event.quad_class]
    if event.status != "occurred":
        yield " · ", "dim"
        yield event.status, "bold"


def _fact_runs(fact: Fact) -> tuple[Run, ...]:
    if not fact.words:
        return ((f"“{fact.quote}”", ""),)
    return (fact.words, ""), (f"  “{fact.quote}”" if fact.quote else "", "dim")


def _statement_section(statements: tuple[Statement, ...]) -> Iterator[Line]:
    if statements:
        yield from _title("Statements")
    margin: tuple[Run, ...] = (("  ", ""),)
    for statement in statements:
        speaker, manner = speech_of(statement)
        yield Line(((speaker, "bold"), (f" {manner}", "dim")), margin, margin)
        yield Line(((said_in(statement), ""),), (("    ", ""),), (("    ", ""),))


def _entity_section(entities: tuple[Entity, ...], width: int) -> Iterator[Line]:
    if entities:
        yield from _title("Entities")
    names = [len(one_line(entity.name)) for entity in entities]
    column = max([name for name in names if name <= width * 3 // 8], default=0) + 2
    for entity in entities:
        name, margin = one_line(entity.name), ("  ", "")
        kind = f"{entity.type:<13} {entity.country or '':<4} "
        if len(name) > column - 2:
            yield Line(((name, ""),), (margin,), (margin,))
            name = ""
        hang = (" " * (column + len(kind)), "")
        yield Line(tuple(_entity_runs(entity)), (margin, (name.ljust(column), ""), (kind, "dim")), (margin, hang))


def _entity_runs(entity: Entity) -> Iterator[Run]:
    if entity.office:
        yield one_line(entity.office.text), ""
    if aliases := aliases_of(entity):
        yield ("; " if entity.office else "") + "also ", "dim"
        yield ", ".join(aliases), ""


def _refused_section(summary: EventSummary) -> Iterator[Line]:
    if summary.rejected:
        yield from _title("Refused", rejected_title(summary))
    for rejection in summary.rejected:
        path, why = refusal_of(rejection)
        yield Line(((f"{path}  ", ""), (why, "dim")), (("  ", ""),), (("    ", ""),))


def _injection_section(summary: EventSummary) -> Iterator[Line]:
    if not summary.suspected_injection:
        return
    yield Line()
    yield Line((("WARNING  ", "bold yellow"), (injection_warning(summary), "yellow")))
    for passage in summary.suspected_injection:
        yield Line(((f"“{_shortened(passage.text, 300)}”", "dim"),), (("  ", ""),), (("   ", ""),))


def _painted(lines: Iterable[Line], width: int, color: bool) -> str:
    """The lines wrapped at `width`, styled if `color`; rich is imported here and only here."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=StringIO(),
        width=width,
        color_system="standard" if color else None,
        force_terminal=color,
        force_jupyter=False,
        no_color=False,
        legacy_windows=False,
    )
    for line in lines:
        lead, hang = Text.assemble(*line.lead), Text.assemble(*line.hang)
        wrapped = Text.assemble(*line.runs).wrap(console, max(20, width - lead.cell_len), tab_size=4)
        for at, part in enumerate(wrapped or [Text()]):
            whole = (hang if at else lead) + part
            whole.rstrip()
            console.print(whole, no_wrap=True, overflow="ignore", crop=False, highlight=False, emoji=False)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


# --- Markdown ---------------------------------------------------------------------------------------------------------

_MARKDOWN = re.compile(r"[\\`*_\[\]|~$]|://|www\.|(?<=\w)@(?=\w)|^[#+=:-]|^\d{1,9}[.)]")


def escape_markdown(text: str) -> str:
    r"""One line of Markdown that shows `text` and does nothing else: no emphasis, link, list, table, HTML.

    >>> print(escape_markdown("# [a](http://b) <i>*c*</i> {{ 7*7 }}"))
    \# \[a\](http\://b) &lt;i&gt;\*c\*&lt;/i&gt; {{ 7\*7 }}
    """
    text = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(_markdown_escape, text)


def _markdown_escape(match: re.Match[str]) -> str:
    special = match.group()
    if special == "@":
        return "&#64;"
    if special[0].isdigit() or special == "www.":
        return f"{special[:-1]}\\{special[-1]}"
    return f"\\{special}"


def to_markdown(summary: EventSummary) -> str:
    """The summary as a Markdown page for a wiki: plain CommonMark with one table, everything of the article escaped."""
    parts = [
        f"# {escape_markdown(summary.headline)}",
        f"*{escape_markdown(meta_of(summary))}*",
        escape_markdown(summary.summary),
        *_markdown_events(summary),
        *_markdown_statements(summary.statements),
        *_markdown_entities(summary.entities),
        *_markdown_refused(summary),
        *_markdown_injections(summary),
    ]
    if spent := spent_on(summary):
        parts.append(f"*{escape_markdown(spent)}*")
    return "\n\n".join(parts) + "\n"


def _markdown_events(summary: EventSummary) -> Iterator[str]:
    for salience, title in GROUPS:
        events = [event for event in summary.events if event.salience == salience]
        if events:
            yield f"## {title}"
        for event in events:
            status = "" if event.status == "occurred" else f" · {event.status}"
            yield f"### {event.id} · {escape_markdown(tag_of(event))}{status}"
            yield escape_markdown(event.description)
            if facts := [_markdown_fact(fact) for fact in facts_of(event, summary)]:
                yield "\n".join(facts)
            yield "\n>\n".join(f"> “{escape_markdown(piece.text)}”" for piece in evidence_of(event))


def _markdown_fact(fact: Fact) -> str:
    quote = f"“{escape_markdown(fact.quote)}”" if fact.quote else ""
    words = escape_markdown(fact.words)
    return f"- **{fact.label}**: " + (f"{words} ({quote})" if words and quote else words or quote)


def _markdown_statements(statements: tuple[Statement, ...]) -> Iterator[str]:
    if statements:
        yield "## Statements"
        yield "\n".join(map(_markdown_statement, statements))


def _markdown_statement(statement: Statement) -> str:
    speaker, manner = speech_of(statement)
    return f"- **{escape_markdown(speaker)}** {escape_markdown(manner)}: {escape_markdown(said_in(statement))}"


def _markdown_entities(entities: tuple[Entity, ...]) -> Iterator[str]:
    if not entities:
        return
    rows = [("name", "type", "country", "office", "also written"), ("---",) * 5]
    for entity in entities:
        office = entity.office.text if entity.office else ""
        cells = (entity.name, entity.type, entity.country or "", office, ", ".join(aliases_of(entity)))
        rows.append(tuple(map(escape_markdown, cells)))  # type: ignore[arg-type]  # five cells in, five out
    yield "## Entities"
    yield "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _markdown_refused(summary: EventSummary) -> Iterator[str]:
    if summary.rejected:
        yield "## Refused"
        yield f"{rejected_title(summary)}:"
        yield "\n".join("- {}: {}".format(*map(escape_markdown, refusal_of(each))) for each in summary.rejected)


def _markdown_injections(summary: EventSummary) -> Iterator[str]:
    if summary.suspected_injection:
        yield f"**Warning.** {escape_markdown(injection_warning(summary))}"
        yield "\n>\n".join(
            f"> “{escape_markdown(_shortened(passage.text, 300))}”" for passage in summary.suspected_injection
        )
