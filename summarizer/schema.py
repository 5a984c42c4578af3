"""What a structured event summary is. It checks itself against the article it speaks of.

    EventSummary.grounded(data, article)        the one way in: for engines, gold files and reloaded JSON alike

Fields marked ✂ in the docs are excerpts: copied from the article, found again by software, with `start` and `end` so
that `article.text[start:end]` is exactly their text. Without an article in the validation context (an output read
back on its own) excerpts must bring their offsets along and are taken at their word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    computed_field,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from summarizer.article import Article
from summarizer.countries import is_code
from summarizer.dates import is_iso
from summarizer.errors import Usage
from summarizer.figures import numbers_in
from summarizer.folding import fold
from summarizer.grounding import Refusal, locate
from summarizer.ontology import (
    Bound,
    Context,
    EntityType,
    EventType,
    Mode,
    QuadClass,
    Qualifier,
    Relation,
    Salience,
    Stance,
    StatementKind,
    Status,
    modes_of,
    quad_class,
)
from summarizer.prose import ungrounded
from summarizer.spans import Span

SCHEMA_VERSION = "1.0"
SALIENCE_ORDER = {"main": 0, "secondary": 1, "background": 2}

# Marks a field that software fills in: it is left out of the schema that a model is shown.
BY_SOFTWARE: dict[str, Any] = {"x-filled-by": "software"}
NOT_EMPTY: dict[str, Any] = {"minItems": 1}


def _article(info: ValidationInfo) -> Article | None:
    return (info.context or {}).get("article")


def _in_article(words: str, info: ValidationInfo) -> str:
    """A name must stand in the article as it is written there."""
    article = _article(info)
    if article is not None:
        found = locate(article, words)
        if isinstance(found, Refusal):
            raise PydanticCustomError("not_verbatim", "{why}", {"why": str(found)})
    return words


def _says_only_what_the_article_says(text: str, info: ValidationInfo) -> str:
    """Prose is not verbatim, but its numbers and names must be the article's."""
    article = _article(info)
    strange = ungrounded(text, article) if article is not None else ()
    if strange:
        raise PydanticCustomError(
            "unfaithful", "the article does not say {what}", {"what": ", ".join(map(repr, strange))}
        )
    return text


def _alpha3(code: str) -> str:
    if not is_code(code):
        raise PydanticCustomError("country", "{code} is no ISO 3166-1 alpha-3 code", {"code": repr(code)})
    return code


def _iso(value: str) -> str:
    if not is_iso(value):
        raise PydanticCustomError("iso_date", "{value} is no ISO 8601 date or interval", {"value": repr(value)})
    return value


def _whole_number(number: float) -> float:
    """12.0 as 12, as people write it; JSON knows no difference."""
    return int(number) if number.is_integer() else number


def _not_empty(items: tuple[Any, ...]) -> tuple[Any, ...]:
    """Checked after the items, so that a list whose only item is refused is not also called empty."""
    if not items:
        raise PydanticCustomError("too_short", "at least 1 item is needed")
    return items


Number = Annotated[float, AfterValidator(_whole_number)]
Prose = Annotated[str, Field(min_length=1), AfterValidator(_says_only_what_the_article_says)]
Name = Annotated[str, Field(min_length=1)]
CountryCode = Annotated[str, AfterValidator(_alpha3)]
IsoDate = Annotated[str, AfterValidator(_iso)]


class Strict(BaseModel):
    """Frozen, no unknown fields, no NaN or infinity."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Passage(Strict):
    """A stretch of the article: `article.text[start:end] == text`."""

    text: str = Field(min_length=1, description="copied from the article, word for word")
    start: int = Field(ge=0, json_schema_extra=BY_SOFTWARE, description="offset of the first character")
    end: int = Field(ge=0, json_schema_extra=BY_SOFTWARE, description="offset after the last character")

    @model_validator(mode="after")
    def _offsets_fit(self, info: ValidationInfo) -> Self:
        article = _article(info)
        fits = self.end - self.start == len(self.text)
        if article is not None:
            fits = article.text[self.start : self.end] == self.text
        if not fits:
            raise PydanticCustomError("offsets", "start and end are not where the text stands")
        return self

    @property
    def span(self) -> Span:
        """The excerpt's place in the article."""
        return Span(self.start, self.end)


class Excerpt(Passage):
    """Words that a fact rests on: a passage, but none of litter and none that addresses the reader's software."""

    @model_validator(mode="before")
    @classmethod
    def _place(cls, data: Any, info: ValidationInfo) -> Any:
        article = _article(info)
        return data if article is None else placed(data, article)

    @field_validator("text", mode="after")
    @classmethod
    def _stands_there(cls, text: str, info: ValidationInfo) -> str:
        return _in_article(text, info)


def placed(data: Any, article: Article, near: tuple[Span, ...] = ()) -> Any:
    """An excerpt's raw data (a string, or an object with `text`) with its place filled in, where it can be found.

    What brings its own offsets keeps them; what cannot be found is left for validation to refuse.
    """
    raw = {"text": data} if isinstance(data, str) else data
    if not isinstance(raw, Mapping) or not isinstance(raw.get("text"), str) or "start" in raw:
        return raw
    found = locate(article, raw["text"], near)
    if isinstance(found, Refusal):
        return {**raw, "start": 0, "end": 0}  # the text's own validator says why
    return {**raw, "text": found.of(article.text), "start": found.start, "end": found.end}


class When(Excerpt):
    """A time as the article writes it, with the ISO 8601 value that follows from it."""

    text: str = Field(min_length=1, description="time expression with its preposition, word for word: 'by 4 June'")
    value: IsoDate | None = Field(
        default=None, json_schema_extra=BY_SOFTWARE, description="ISO 8601, reduced precision or interval; or null"
    )
    bound: Bound = Field(default="on", description="on, by, from or until that time")


class Quantity(Excerpt):
    """A number with what it counts."""

    text: str = Field(min_length=1, description="the number with what it counts, word for word: '300 tents'")
    of: str = Field(min_length=1, description="what is counted, with its unit")
    value: Number | None = Field(description="written out (3 million: 3000000); null if not a known number")
    previous: Number | None = Field(default=None, description="the value before a change ('from 9 to 5': 9)")
    qualifier: Qualifier = Field(default="exact", description="unknown if the number is not known or 'several'")

    @model_validator(mode="after")
    def _is_what_the_text_says(self, info: ValidationInfo) -> Self:
        said = numbers_in(self.text)
        if self.value is not None and self.value not in said:
            raise PydanticCustomError("value", "{value} is not the number in its text", {"value": self.value})
        article = _article(info)
        if self.previous is not None and article is not None and self.previous not in article.numbers:
            raise PydanticCustomError("previous", "{value} is not in the article", {"value": self.previous})
        return self


class Location(Excerpt):
    """Where an event took place or takes effect."""

    text: str = Field(min_length=1, description="the place, word for word, without its preposition")
    country: CountryCode | None = Field(default=None, description="ISO 3166-1 alpha-3")


class Link(Strict):
    """A relation to another event that the article puts into words."""

    relation: Relation = Field(description="why this event: in retaliation for, because of, or part of the other")
    event: str = Field(description="the other event's id")


class Entity(Strict):
    """Who or what an event or a statement names."""

    name: Annotated[Name, AfterValidator(_in_article)] = Field(
        description="fullest correct form in the article, without title"
    )
    type: EntityType = Field(description="object: a ship, aircraft, law, site or weapon")
    country: CountryCode | None = Field(default=None, description="ISO 3166-1 alpha-3, only if the article ties it")
    office: Excerpt | None = Field(default=None, description="title or role, word for word")
    aliases: tuple[Excerpt, ...] = Field(default=(), description="every other way the article writes it, word for word")


class Event(Strict):
    """Who did what to whom, when, where, how many, on whose word."""

    id: str = Field(pattern=r"^e[1-9][0-9]*$", description="e1, e2, ... main first, then secondary, then background")
    event_type: EventType
    mode: Mode | None = Field(default=None, description="one of the type's own modes, or null")
    salience: Salience = Field(description="exactly one event is main: what the headline or lead reports")
    status: Status
    description: Prose = Field(description="one sentence")
    actor: tuple[Name, ...] = Field(default=(), description="names of entities: who did it")
    recipient: tuple[Name, ...] = Field(default=(), description="names of entities: to whom")
    date: When | None = Field(default=None, description="when it happens")
    effective: When | None = Field(default=None, description="when a measure decided now takes effect")
    location: Location | None = None
    quantities: tuple[Quantity, ...] = ()
    reason: Excerpt | None = Field(default=None, description="why, as the article puts it, word for word")
    attribution: tuple[Name, ...] = Field(default=(), description="names of entities on whose word it is reported")
    links: tuple[Link, ...] = ()
    evidence: Annotated[tuple[Excerpt, ...], AfterValidator(_not_empty)] = Field(
        json_schema_extra=NOT_EMPTY, description="the shortest stretches of text that carry the event, word for word"
    )

    @model_validator(mode="before")
    @classmethod
    def _facts_near_their_evidence(cls, data: Any, info: ValidationInfo) -> Any:
        article = _article(info)
        if not isinstance(data, Mapping):
            return data
        data = {key: value for key, value in data.items() if key != "quad_class"}
        return data if article is None else _anchored(data, article)

    @model_validator(mode="after")
    def _mode_of_its_type(self) -> Self:
        if self.mode is not None and self.mode not in modes_of(self.event_type):
            allowed = ", ".join(modes_of(self.event_type)) or "none"
            raise PydanticCustomError(
                "mode",
                "{mode} is no mode of {type} (allowed: {allowed})",
                {"mode": self.mode, "type": self.event_type, "allowed": allowed},
            )
        return self

    @computed_field(description="PLOVER's quad class of the event type")  # type: ignore[prop-decorator]
    @property
    def quad_class(self) -> QuadClass | None:
        """PLOVER's quad class of the event type; null for the types PLOVER does not know."""
        return quad_class(self.event_type)

    def supported(self) -> Self:
        """The event with its times and numbers inside its evidence: the words of those outside become a piece of it."""
        evidence = list(self.evidence)
        for field, excerpt in self.excerpts():
            within = any(piece.span.contains(excerpt.span) for piece in evidence)
            if field in ("date", "effective", "quantities") and not within:
                evidence.append(Excerpt(text=excerpt.text, start=excerpt.start, end=excerpt.end))
        return self.model_copy(update={"evidence": tuple(evidence)})

    def excerpts(self) -> Iterator[tuple[str, Excerpt]]:
        """Every excerpt of the event with the name of its field, evidence last."""
        singles = (("date", self.date), ("effective", self.effective), ("location", self.location))
        yield from ((name, excerpt) for name, excerpt in singles if excerpt)
        yield from (("quantities", quantity) for quantity in self.quantities)
        if self.reason:
            yield "reason", self.reason
        yield from (("evidence", piece) for piece in self.evidence)


def _anchored(event: dict[str, Any], article: Article) -> dict[str, Any]:
    """An event's raw data with its facts placed in or next to its evidence, not at their first mention anywhere."""
    evidence = _items(event.get("evidence"))
    pieces = [placed(piece, article) for piece in evidence]
    near = tuple(Span(p["start"], p["end"]) for p in pieces if isinstance(p, Mapping) and p.get("end"))
    anchored = {**event, "evidence": pieces} if evidence else dict(event)
    for field in ("date", "effective", "location", "reason"):
        if anchored.get(field) is not None:
            anchored[field] = placed(anchored[field], article, near)
    if quantities := _items(anchored.get("quantities")):
        anchored["quantities"] = [placed(quantity, article, near) for quantity in quantities]
    return anchored


class Statement(Excerpt):
    """Who said what; word for word where it is quoted."""

    text: str = Field(min_length=1, description="what was said, word for word, without the quotation marks")
    speaker: Name = Field(description="name of an entity")
    kind: StatementKind = Field(description="quote only for words that stand in quotation marks")
    stance: Stance
    about: str | None = Field(default=None, description="id of the event spoken of")
    via: Name | None = Field(default=None, description="name of the outlet that carried it, an entity")


class Rejection(Strict):
    """Something an engine put forward and validation refused or corrected."""

    path: str = Field(description="where it stood, such as events[1].quantities[0]")
    value: str = Field(description="what was put forward, as JSON")
    reason: str = Field(description="why it was refused, or how it was corrected")


_ROLES = ("actor", "recipient", "attribution")
_Found = tuple[tuple[str | int, ...], str, str, Any]  # where, which rule, what is wrong, the offending value


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _objects(data: Mapping[str, Any], field: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The objects of a raw list with their places; whatever is no object is another rule's matter."""
    return [(at, item) for at, item in enumerate(_items(data.get(field))) if isinstance(item, Mapping)]


def canonical_names(data: Mapping[str, Any]) -> dict[str, str]:
    """Every way an entity of the raw summary is written, folded, with its canonical name; names before aliases."""
    names: dict[str, str] = {}
    entities = [entity for _, entity in _objects(data, "entities") if isinstance(entity.get("name"), str)]
    for entity in entities:
        names.setdefault(fold(entity["name"]).text, entity["name"])
    for entity in entities:
        for alias in _items(entity.get("aliases")):
            text = alias.get("text") if isinstance(alias, Mapping) else alias
            if isinstance(text, str):
                names.setdefault(fold(text).text, entity["name"])
    return names


def _with_names(data: Mapping[str, Any]) -> dict[str, Any]:
    """The raw summary with aliases in roles, attributions and statements replaced by canonical names."""
    names = canonical_names(data)

    def name(value: Any) -> Any:
        return names.get(fold(value).text, value) if isinstance(value, str) else value

    def renamed(item: Any, lists: tuple[str, ...], singles: tuple[str, ...]) -> Any:
        if not isinstance(item, Mapping):
            return item
        new = {field: list(dict.fromkeys(map(name, item[field]))) for field in lists if _strings(item.get(field))}
        return {**item, **new, **{field: name(item[field]) for field in singles if item.get(field) is not None}}

    events = [renamed(event, _ROLES, ()) for event in _items(data.get("events"))]
    statements = [renamed(statement, (), ("speaker", "via")) for statement in _items(data.get("statements"))]
    return {**data, **({"events": events} if events else {}), **({"statements": statements} if statements else {})}


def _strings(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _across(data: Mapping[str, Any]) -> Iterator[_Found]:
    """What no single field can see, checked on raw data so that it is reported along with the fields' own errors."""
    yield from _unknown_names(data)
    yield from _wrong_ids(data)
    mains = [at for at, event in _objects(data, "events") if event.get("salience") == "main"]
    if _items(data.get("events")) and len(mains) != 1:
        yield ("events",), "one_main", f"exactly one event must have salience main, not {len(mains)}", len(mains)


def _unknown_names(data: Mapping[str, Any]) -> Iterator[_Found]:
    names = [entity.get("name") for _, entity in _objects(data, "entities")]
    for at, name in enumerate(names):
        if name in names[:at]:
            yield ("entities", at, "name"), "same_name", f"two entities are called {name!r}", name
    for at, event in _objects(data, "events"):
        for role in _ROLES:
            for index, name in enumerate(_items(event.get(role))):
                if isinstance(name, str) and name not in names:
                    yield ("events", at, role, index), "unknown_name", f"no entity is called {name!r}", name
    for at, statement in _objects(data, "statements"):
        for role in ("speaker", "via"):
            name = statement.get(role)
            if isinstance(name, str) and name not in names:
                yield ("statements", at, role), "unknown_name", f"no entity is called {name!r}", name


def _wrong_ids(data: Mapping[str, Any]) -> Iterator[_Found]:
    events = _objects(data, "events")
    ids = [event.get("id") for _, event in events]
    for order, (at, event) in enumerate(events):
        if isinstance(event.get("id"), str) and event["id"] != f"e{order + 1}":
            yield ("events", at, "id"), "id_order", f"ids run e1, e2, ...: this one is e{order + 1}", event["id"]
        for index, link in enumerate(_items(event.get("links"))):
            target = link.get("event") if isinstance(link, Mapping) else None
            if isinstance(target, str) and (target not in ids or target == event.get("id")):
                yield ("events", at, "links", index, "event"), "unknown_event", "no other event has this id", target
    ranks = [SALIENCE_ORDER.get(str(event.get("salience")), 0) for _, event in events]
    if ranks != sorted(ranks):
        yield ("events",), "salience_order", "events go main, secondary, background", None
    for at, statement in _objects(data, "statements"):
        about = statement.get("about")
        if isinstance(about, str) and about not in ids:
            yield ("statements", at, "about"), "unknown_event", "no event has this id", about


def _fingerprint(data: Mapping[str, Any], article: Article) -> Iterator[_Found]:
    if data.get("sha256") not in (None, "", article.sha256):
        yield ("sha256",), "other_article", "this is the summary of another text", data["sha256"]


def _error(loc: tuple[str | int, ...], kind: str, message: str, value: Any) -> InitErrorDetails:
    return InitErrorDetails(type=PydanticCustomError(kind, message), loc=loc, input=value)


class EventSummary(Strict):
    """The structured summary of one article."""

    headline: Prose = Field(description="one sentence: who did what to whom")
    summary: Prose = Field(description="2 to 4 sentences of plain prose; nothing that is not in the article")
    published: date | None = Field(default=None, description="publication date, only if the text states it")
    contexts: tuple[Context, ...] = Field(default=(), description="topics; may be empty")
    entities: tuple[Entity, ...] = Field(description="everyone that a role, an attribution or a statement names")
    events: Annotated[tuple[Event, ...], AfterValidator(_not_empty)] = Field(json_schema_extra=NOT_EMPTY)
    statements: tuple[Statement, ...] = ()
    suspected_injection: tuple[Passage, ...] = Field(
        default=(),
        json_schema_extra=BY_SOFTWARE,
        description="sentences that address the reader's software; evidence of nothing",
    )
    rejected: tuple[Rejection, ...] = Field(
        default=(), json_schema_extra=BY_SOFTWARE, description="what the engine put forward and validation refused"
    )
    article_id: str | None = Field(default=None, json_schema_extra=BY_SOFTWARE, description="the caller's name for it")
    sha256: str = Field(default="", json_schema_extra=BY_SOFTWARE, description="SHA-256 of the article's text")
    engine: str = Field(default="", json_schema_extra=BY_SOFTWARE, description="which engine made the summary")
    request: str | None = Field(
        default=None, json_schema_extra=BY_SOFTWARE, description="hash of the rendered request, for a model's summary"
    )
    usage: Usage | None = Field(default=None, json_schema_extra=BY_SOFTWARE, description="tokens over all attempts")
    schema_version: str = Field(default=SCHEMA_VERSION, json_schema_extra=BY_SOFTWARE)

    @classmethod
    def grounded(cls, data: Any, article: Article) -> Self:
        """Validate `data` (an engine's draft, a gold file, reloaded JSON) against its article.

        Raises pydantic.ValidationError with every violation at once: fields, excerpts that do not stand in the
        article, unknown names, links to nowhere, not exactly one main event, another article's fingerprint.
        """
        return cls.model_validate(data, context={"article": article})

    @model_validator(mode="wrap")
    @classmethod
    def _whole(cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        if not isinstance(data, Mapping):
            return handler(data)
        article = _article(info)
        data = _with_names(data)
        errors = [_error(*found) for found in _across(data)]
        if article is not None:
            errors += [_error(*found) for found in _fingerprint(data, article)]
            data = {**data, "sha256": article.sha256}
        try:
            summary = handler(data)
        except ValidationError as refused:
            details = refused.errors(include_url=False)
            fields = [_error(error["loc"], error["type"], error["msg"], error["input"]) for error in details]
            raise ValidationError.from_exception_data(cls.__name__, fields + errors) from None
        if errors:
            raise ValidationError.from_exception_data(cls.__name__, errors)
        return summary

    @property
    def main(self) -> Event:
        """The main event."""
        return next(event for event in self.events if event.salience == "main")

    def entity(self, name: str) -> Entity:
        """The entity of that canonical name; KeyError if there is none."""
        for entity in self.entities:
            if entity.name == name:
                return entity
        raise KeyError(name)
