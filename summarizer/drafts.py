"""From what an engine puts forward to a summary that stands: settle, validate, and at the end salvage.

    accept(raw, article)     settle what is certain, then validate: raises with every violation at once (for re-asking)
    salvage(raw, article)    the same, but what is refused moves to `rejected` and the rest of the summary stands

Settled without asking again, because there is only one way to mend it: a mode that is none of its type, a second main
event, the order and numbering of events, repeated entries, quotation marks around a quote, a relative date's value,
a figure's value where its text says another, a number outside its event's evidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from pydantic import ValidationError

from summarizer.article import Article
from summarizer.dates import find_dates, resolve
from summarizer.errors import NoEventsError
from summarizer.figures import value_of
from summarizer.ontology import CONTEXTS, modes_of
from summarizer.quotations import inside_quotation
from summarizer.schema import SALIENCE_ORDER, Event, EventSummary, Passage, Rejection, Statement, When
from summarizer.spans import Span

Path = tuple[str | int, ...]
_NULLABLE = frozenset({"mode", "date", "effective", "location", "reason", "office", "country", "about", "via"})
_LISTS = frozenset({"quantities", "evidence", "links", "actor", "recipient", "attribution", "aliases", "contexts"})
_MARKS = "\"'“”‘’«»„‟"
_ROUNDS = 8  # a dropped entity takes its mentions with it, those may take an event, and that its links; then it ends
_GONE = object()


def accept(raw: Any, article: Article, *, dates_resolved: bool = False) -> EventSummary:
    """Validate a draft against its article after settling what is certain.

    Values of dates are computed here from their text, unless `dates_resolved` says that code has done so already; a
    model's are not believed. Raises pydantic.ValidationError naming every violation; `explain` words it for whoever
    drafted it.
    """
    settled, notes = settle(raw, dates_resolved=dates_resolved)
    return _finish(EventSummary.grounded(settled, article), article, notes)


def salvage(raw: Any, article: Article, *, dates_resolved: bool = False) -> EventSummary:
    """Keep of a draft what stands up against its article; the rest goes to `rejected`, each with its reason.

    `dates_resolved` as in `accept`. Raises NoEventsError if no event stands.
    """
    rejected: list[Rejection] = []
    for _ in range(_ROUNDS):
        settled, notes = settle(raw, dates_resolved=dates_resolved)
        rejected += notes
        try:
            return _finish(EventSummary.grounded(settled, article), article, rejected)
        except ValidationError as refused:
            raw, pruned = _prune(settled, refused)
            rejected += pruned
    raise NoEventsError(
        "no event of the draft could be found in the article",
        "try another model or prompt; the embedded engine (--engine offline) always finds its words",
        rejected=len(rejected),
    )


def explain(refused: ValidationError) -> str:
    """Every violation of a draft, a line each: where, and what is wrong with it. No library's wording or addresses."""
    lines = []
    for error in refused.errors(include_url=False, include_context=False):
        value = error["input"]
        shown = f" ({json.dumps(value, ensure_ascii=False)[:160]})" if isinstance(value, str | int | float) else ""
        lines.append(f"- {_dotted(error['loc'])}{shown}: {error['msg']}")
    return "\n".join(lines)


# --- settling: on raw data, of any quality -------------------------------------------------------------------------


def settle(raw: Any, *, dates_resolved: bool = False) -> tuple[dict[str, Any], list[Rejection]]:
    """Mend what can be mended in one way only. Returns the mended draft and a note for whatever was put forward wrong.

    Anything that is no JSON object comes back as an empty draft, which validation refuses.
    """
    if not isinstance(raw, Mapping):
        return {}, []
    notes: list[Rejection] = []
    draft = dict(raw)
    for field in ("entities", "events", "statements"):
        draft[field] = [dict(item) if isinstance(item, Mapping) else item for item in _listed(draft.get(field))]
    draft["contexts"] = _known_contexts(draft.get("contexts"), notes)
    draft["events"] = _one_main(draft["events"], notes)
    for at, event in enumerate(draft["events"]):
        if isinstance(event, dict):
            _settle_event(event, f"events[{at}]", notes)
            if not dates_resolved:
                event.update(_undated(event))
    for statement in draft["statements"]:
        if isinstance(statement, dict) and isinstance(statement.get("text"), str) and "start" not in statement:
            statement["text"] = bare(statement["text"])
    for entity in draft["entities"]:
        if isinstance(entity, dict) and isinstance(entity.get("aliases"), list):
            entity["aliases"] = _distinct_aliases(entity)
    return _numbered(draft), notes


def _listed(value: Any) -> list[Any]:
    """A list as it is, a lone object as a list of it, anything else as no list; without nulls."""
    items = value if isinstance(value, list | tuple) else [value] if isinstance(value, Mapping) else []
    return [item for item in items if item is not None]


def bare(quote: str) -> str:
    """A quote without the marks around it and without the comma or full stop before the closing one.

    >>> bare('“We will pay the price,”'), bare("'No comment.'"), bare("the “deal” is off.")
    ('We will pay the price', 'No comment', 'the “deal” is off')
    """
    quote = quote.strip()
    inner = quote.strip(_MARKS)
    enclosed = len(inner) < len(quote) and not any(mark in inner for mark in '"“”«»„')
    return (inner if enclosed else quote).strip().rstrip(".,").rstrip()


def _known_contexts(contexts: Any, notes: list[Rejection]) -> list[Any]:
    given = list(dict.fromkeys(c for c in contexts or [] if isinstance(c, str))) if isinstance(contexts, list) else []
    for at, context in enumerate(given):
        if context not in CONTEXTS:
            notes.append(_rejection(("contexts", at), context, "no PLOVER context; left out"))
    return [context for context in given if context in CONTEXTS]


def _one_main(events: list[Any], notes: list[Rejection]) -> list[Any]:
    """The first main event stays the main one; with none, the first event is; the rest follow by salience."""
    objects = [event for event in events if isinstance(event, dict)]
    mains = [event for event in objects if event.get("salience") == "main"]
    for extra in mains[1:]:
        at = next(index for index, event in enumerate(events) if event is extra)
        extra["salience"] = "secondary"
        notes.append(_rejection(("events", at, "salience"), "main", "a second main event; made secondary"))
    if not mains and objects:
        notes.append(
            _rejection(("events", 0, "salience"), objects[0].get("salience"), "no event was main; the first is")
        )
        objects[0]["salience"] = "main"
    return sorted(events, key=lambda event: SALIENCE_ORDER.get(str(_get(event, "salience")), 3))


def _get(item: Any, field: str) -> Any:
    return item.get(field) if isinstance(item, Mapping) else None


def _settle_event(event: dict[str, Any], path: str, notes: list[Rejection]) -> None:
    mode, event_type = event.get("mode"), event.get("event_type")
    if isinstance(mode, str) and isinstance(event_type, str) and mode not in modes_of(event_type):
        event["mode"] = None
        notes.append(
            Rejection(path=f"{path}.mode", value=json.dumps(mode), reason=f"no mode of {event_type}; left out")
        )
    quantities = event.get("quantities")
    for at, quantity in enumerate(quantities if isinstance(quantities, list) else []):
        if isinstance(quantity, Mapping):
            quantities[at] = _settle_quantity(dict(quantity), f"{path}.quantities[{at}]", notes)  # type: ignore[index]


def _undated(event: Mapping[str, Any]) -> dict[str, Any]:
    """The event's dates without the values that a model gave them."""
    dates = {name: event[name] for name in ("date", "effective") if isinstance(event.get(name), Mapping)}
    return {name: {key: item for key, item in when.items() if key != "value"} for name, when in dates.items()}


def _settle_quantity(quantity: dict[str, Any], path: str, notes: list[Rejection]) -> dict[str, Any]:
    """The value is what the text says, where the text says one number."""
    said = value_of(quantity["text"]) if isinstance(quantity.get("text"), str) else None
    given = quantity.get("value")
    if said is not None and given != said:
        quantity["value"] = said
        if given is not None:
            notes.append(
                Rejection(path=f"{path}.value", value=json.dumps(given, default=str), reason=f"its text says {said:g}")
            )
    if quantity.get("qualifier") == "unknown":
        quantity["value"] = None
    return quantity


def _distinct_aliases(entity: Mapping[str, Any]) -> list[Any]:
    """Aliases without repetition and without the name itself."""
    kept, seen = [], [entity.get("name")]
    for alias in entity["aliases"]:
        text = alias.get("text") if isinstance(alias, Mapping) else alias
        if text not in seen:
            kept.append(alias)
            seen.append(text)
    return kept


def _numbered(draft: dict[str, Any]) -> dict[str, Any]:
    """Ids e1, e2, … in the order the events now have; links and statements follow."""
    new: dict[str, str] = {}
    for order, event in enumerate(event for event in draft["events"] if isinstance(event, dict)):
        if isinstance(event.get("id"), str):
            new.setdefault(event["id"], f"e{order + 1}")
        event["id"] = f"e{order + 1}"
    for event in draft["events"]:
        if isinstance(event, dict) and isinstance(event.get("links"), list):
            event["links"] = [_pointed(link, "event", new) for link in event["links"]]
    draft["statements"] = [_pointed(statement, "about", new) for statement in draft["statements"]]
    return draft


def _pointed(item: Any, field: str, new: Mapping[str, str]) -> Any:
    target = _get(item, field)
    return {**item, field: new.get(target, target)} if isinstance(target, str) else item


# --- pruning: taking out what validation refused ---------------------------------------------------------------------


def _prune(draft: dict[str, Any], refused: ValidationError) -> tuple[dict[str, Any], list[Rejection]]:
    """The draft without the smallest parts that the errors point at, and a rejection for each part."""
    cuts: dict[Path, tuple[Any, list[str]]] = {}
    for error in refused.errors(include_url=False, include_context=False):
        place = _smallest_part(error["loc"], error["type"])
        cuts.setdefault(place, (_at(draft, place), []))[1].append(error["msg"])
    for place in cuts:
        _cut(draft, place)
    rejected = [_rejection(place, value, "; ".join(why)) for place, (value, why) in cuts.items() if value is not None]
    return _mended_prose(_compact(draft)), rejected


def _smallest_part(loc: Path, kind: str) -> Path:
    """The path of what must go for an error to go: a nullable field, a list's item, else the whole object."""
    if kind == "extra_forbidden":
        return loc
    for depth in range(len(loc), 0, -1):
        last, parent = loc[depth - 1], loc[depth - 2] if depth > 1 else None
        if last in _NULLABLE and depth == 3 and kind != "missing":
            return loc[:depth]
        if isinstance(last, int) and (parent in _LISTS or depth == 2):
            return loc[:depth]
        if last in ("description", "headline", "summary", "published"):
            return loc[:depth]
    return loc[:1]


def _at(draft: Any, path: Path) -> Any:
    for key in path:
        try:
            draft = draft[key]
        except (KeyError, IndexError, TypeError):
            return None
    return draft


def _cut(draft: dict[str, Any], path: Path) -> None:
    parent = _at(draft, path[:-1])
    if isinstance(parent, list) and isinstance(path[-1], int):
        parent[path[-1]] = _GONE
    elif isinstance(parent, dict):
        parent.pop(path[-1], None)


def _compact(value: Any) -> Any:
    """The draft without the places that were cut out of its lists."""
    if isinstance(value, dict):
        return {key: _compact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_compact(item) for item in value if item is not _GONE]
    return value


def _mended_prose(draft: dict[str, Any]) -> dict[str, Any]:
    """In place of refused prose stand the article's own words: an event's evidence, the main event's description."""
    events = [event for event in draft.get("events") or [] if isinstance(event, dict)]
    for event in events:
        if "description" not in event:
            event["description"] = " … ".join(_texts(event.get("evidence")))
    if events and "headline" not in draft:
        draft["headline"] = events[0]["description"]
    if events and "summary" not in draft:
        draft["summary"] = " ".join(event["description"] for event in events[:3])
    return draft


def _texts(excerpts: Any) -> Iterator[str]:
    for excerpt in excerpts if isinstance(excerpts, list) else []:
        text = _get(excerpt, "text") if isinstance(excerpt, Mapping) else excerpt
        if isinstance(text, str):
            yield text


def _rejection(path: Path, value: Any, reason: str) -> Rejection:
    return Rejection(path=_dotted(path), value=json.dumps(value, ensure_ascii=False, default=str), reason=reason)


def _dotted(path: Path) -> str:
    """A path as people write it.

    >>> _dotted(("events", 1, "quantities", 0, "text"))
    'events[1].quantities[0].text'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".") or "(whole)"


# --- finishing: on a valid summary ------------------------------------------------------------------------------------


def _finish(summary: EventSummary, article: Article, notes: list[Rejection]) -> EventSummary:
    """Fill what software fills: the publication date, values of dates, evidence for every number, what was refused."""
    published = article.published or _stated(summary.published, article)
    if summary.published and published != summary.published:
        notes = [*notes, _rejection(("published",), summary.published, "not stated in the text; left out")]
    statements, refused = _sound_statements(summary.statements, article)
    return summary.model_copy(
        update={
            "published": published,
            "events": tuple(_finished_event(event, published, article) for event in summary.events),
            "statements": statements,
            "suspected_injection": tuple(_passage(span, article) for span in article.injections),
            "rejected": (*summary.rejected, *notes, *refused),
            "article_id": article.id,
        }
    )


def _stated(claimed: date | None, article: Article) -> date | None:
    """A publication date that a draft gives counts only if the text writes that very day, year included."""
    if claimed is None:
        return None
    days = (resolve(article.text[start:end], None).value for start, end in find_dates(article.text))
    return claimed if claimed.isoformat() in days else None


def _passage(span: Span, article: Article) -> Passage:
    return Passage(text=span.of(article.text), start=span.start, end=span.end)


def _finished_event(event: Event, published: date | None, article: Article) -> Event:
    dated = {name: _valued(getattr(event, name), published) for name in ("date", "effective")}
    return event.model_copy(update=dated).supported()


def _valued(when: When | None, published: date | None) -> When | None:
    """A date with its value; one that the engine resolved itself, from an event in the text, keeps its own."""
    if when is None or when.value is not None:
        return when
    return when.model_copy(update={"value": resolve(when.text, published).value})


def _sound_statements(
    statements: tuple[Statement, ...], article: Article
) -> tuple[tuple[Statement, ...], list[Rejection]]:
    """Each statement once; a quote that stands in no quotation marks is a paraphrase, and the change is noted."""
    kept: dict[tuple[str, Span], Statement] = {}
    notes: list[Rejection] = []
    for at, statement in enumerate(statements):
        if statement.kind == "quote" and not inside_quotation(article.quotations, statement.start, statement.end):
            notes.append(_rejection(("statements", at, "kind"), "quote", "not in quotation marks; made a paraphrase"))
            statement = statement.model_copy(update={"kind": "paraphrase"})
        kept.setdefault((statement.speaker, statement.span), statement)
    return tuple(kept.values()), notes


# --- the schema that a model is shown ---------------------------------------------------------------------------------


@cache
def model_schema() -> dict[str, Any]:
    """The JSON schema of a draft: the summary's, without what software fills in.

    Every property is required (null where there is nothing) and nothing else is allowed, which is what endpoints ask
    of a schema that they enforce. Excerpts are plain strings. Do not change the returned object; it is shared.
    """
    schema = EventSummary.model_json_schema(mode="validation")
    definitions = schema["$defs"]
    plain = {name for name, entry in definitions.items() if _kept(entry) == ["text"]}
    slim: dict[str, Any] = _slim(schema, plain, definitions)
    used = json.dumps(slim)
    slim["$defs"] = {name: entry for name, entry in slim["$defs"].items() if f'#/$defs/{name}"' in used}
    return slim


def _kept(entry: Mapping[str, Any]) -> list[str]:
    return [name for name, prop in entry.get("properties", {}).items() if "x-filled-by" not in prop]


def _slim(node: Any, plain: set[str], definitions: Mapping[str, Any]) -> Any:
    if isinstance(node, list):
        return [_slim(item, plain, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    reference = str(node.get("$ref", "")).rpartition("/")[2]
    if reference in plain:
        return {"type": "string", **({"description": node["description"]} if "description" in node else {})}
    slim = {key: value for key, value in node.items() if key not in ("title", "default", "x-filled-by")}
    if "properties" in slim:
        kept = _kept(node)
        slim["properties"] = {name: slim["properties"][name] for name in kept}
        slim["required"] = kept
    return {key: _slim(value, plain, definitions) for key, value in slim.items()}
