"""Gold files: an annotator's labels of one article, guarded by the schema's own validator.

A gold file is an EventSummary without what software fills in, and beside the labels what the exam needs to know:

    alternatives    further accepted readings of an event or a statement; the fields of one reading go together
    must            the fact may not be missing, nor these of its fields wrong
    optional        neither having the fact nor lacking it costs
    must_not        known wrong readings: litter as an event, a denied act as done
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator, model_validator

from summarizer import (
    Article,
    Entity,
    Event,
    EventSummary,
    InputError,
    Link,
    Location,
    Quantity,
    Span,
    Statement,
    SummarizerError,
    When,
    explain,
    model_schema,
)

_ROLES = ("actor", "recipient", "attribution", "speaker", "via")
_NOT_SCORED = {"id", "description", "start", "end"}
_MODELS: tuple[type[BaseModel], ...] = (Entity, Event, Link, Location, Quantity, Statement, When)
Fact = TypeVar("Fact", Event, Statement)
Checked = TypeVar("Checked")
_Split = list[tuple[Any, dict[str, Any]]]  # raw labels: the plain fact, and what is said beside it


class GoldError(SummarizerError):
    """A gold file that is not sound; the message names every problem, a line each."""


class Notes(BaseModel):
    """What a label says beside the fact itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    alternatives: tuple[dict[str, Any], ...] = Field(
        default=(), description="further accepted readings; the fields of one object go together"
    )
    must: tuple[str, ...] = Field(
        default=(), description="the fact may not be missing, nor any of these fields wrong; empty: no such demand"
    )
    optional: bool = Field(default=False, description="neither having the fact nor lacking it costs")

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        if self.optional and self.must:
            raise ValueError("a fact is optional or a must, not both")
        return self


_CONDITIONS = ("event_type", "mode", "status", "actor", "recipient", "speaker")
Words = Annotated[str, Field(min_length=1)]


def _words_of(field: str) -> frozenset[str]:
    """The words that an event's field may use."""
    annotation = Event.model_fields[field].annotation
    return frozenset(
        word for part in (annotation, *get_args(annotation)) for word in get_args(part) if isinstance(word, str)
    )


class Forbidden(BaseModel):
    """A known wrong reading. With evidence alone nothing may rest on it; every further condition narrows it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    why: str = Field(min_length=1, description="what makes the reading wrong")
    fact: Literal["event", "statement"] = "event"
    evidence: tuple[Words, ...] = Field(min_length=1, description="words of the article; any of them counts")
    event_type: tuple[str, ...] = Field(default=(), description="any of these types")
    mode: tuple[str, ...] = Field(default=(), description="any of these modes")
    status: tuple[str, ...] = Field(default=(), description="any of these")
    actor: tuple[str, ...] = Field(default=(), description="names of entities, any of them among the actors")
    recipient: tuple[str, ...] = Field(default=(), description="names of entities, any of them among the recipients")
    speaker: tuple[str, ...] = Field(default=(), description="names of entities, any of them speaks")

    @field_validator("evidence", mode="before")
    @classmethod
    def _one_excerpt(cls, evidence: Any) -> Any:
        return [evidence] if isinstance(evidence, str) else evidence

    @field_validator("event_type", "mode", "status")
    @classmethod
    def _known_words(cls, words: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        unknown = [word for word in words if word not in _words_of(str(info.field_name))]
        if unknown:
            raise ValueError(f"there is no {info.field_name} {unknown[0]!r}")
        return words

    @model_validator(mode="after")
    def _of_its_fact(self) -> Self:
        strange = self.narrowed_by - ({"speaker"} if self.fact == "statement" else set(_CONDITIONS[:-1]))
        if strange:
            raise ValueError(f"{min(strange)} says nothing of a forbidden {self.fact}")
        return self

    @property
    def narrowed_by(self) -> set[str]:
        """The conditions that it states beside its evidence."""
        return {name for name in _CONDITIONS if getattr(self, name)}

    @property
    def bare(self) -> bool:
        """Whether nothing narrows the reading but its words."""
        return not self.narrowed_by

    def spans(self, article: Article) -> tuple[Span, ...]:
        """Every place where its words stand in the article, litter included."""
        return tuple(span for words in self.evidence for span in places_of(article, words))


@dataclass(frozen=True, slots=True)
class Reading(Generic[Fact]):
    """An accepted reading: the whole fact as it reads with `fields` replaced."""

    fields: frozenset[str]
    fact: Fact


@dataclass(frozen=True, slots=True)
class Label(Generic[Fact]):
    """One labelled fact with what is accepted beside it."""

    fact: Fact
    readings: tuple[Reading[Fact], ...] = ()
    must: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    """The labels of one article. `summary` is the plain reading: every field's first label, no alternatives."""

    article: Article
    summary: EventSummary
    events: tuple[Label[Event], ...]
    statements: tuple[Label[Statement], ...]
    must_not: tuple[Forbidden, ...] = ()
    digest: str = ""


def load_gold(path: Path, article: Article) -> Gold:
    """The gold file at `path`, checked against its article.

    Raises GoldError naming everything that is not sound; InputError if the file can't be read.
    """
    return parse_gold(read_labels(path), article, name=path.name)


def read_labels(path: Path) -> dict[str, Any]:
    """The raw JSON object of a gold file. Raises InputError if there is no such file, GoldError if it holds none."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"no gold file {path.name}", "label the article (gold/GUIDELINES.md says how)") from error
    except ValueError as error:
        raise GoldError(f"{path.name} is no JSON: {error}", "an editor that knows JSON shows the place") from error
    if not isinstance(raw, dict):
        raise GoldError(f"{path.name} holds no JSON object", "gold/GUIDELINES.md shows one")
    return raw


def parse_gold(raw: Mapping[str, Any], article: Article, *, name: str = "gold") -> Gold:
    """Labels in the form of a gold file, checked against their article. Raises GoldError naming every problem."""
    raw = {key: value for key, value in raw.items() if key != "$schema"}
    split = {part: _split(raw[part]) for part in ("events", "statements") if isinstance(raw.get(part), list)}
    plain = {key: value for key, value in raw.items() if key != "must_not"}
    plain |= {part: [fact for fact, _ in items] for part, items in split.items()}
    problems: list[str] = []
    summary = _checked(lambda: EventSummary.grounded(plain, article), "", problems)
    if summary is not None:
        summary = summary.model_copy(update={"events": tuple(event.supported() for event in summary.events)})
    checker = _Checker(article, _strings(raw, "entities", "name"), _strings(raw, "events", "id"), problems)
    events = checker.labels("events", Event, split.get("events", []), summary.events if summary else ())
    statements = checker.labels(
        "statements", Statement, split.get("statements", []), summary.statements if summary else ()
    )
    forbidden = checker.forbidden(raw.get("must_not", []))
    if summary is None or problems:
        raise GoldError(f"{name} is not sound:\n" + "\n".join(problems), "python -m evals check shows them all")
    return Gold(article, summary, events, statements, forbidden, digest_of(raw))


def gold_of(summary: EventSummary, article: Article) -> Gold:
    """A summary taken as gold, with nothing accepted beside it: for comparing two summaries."""
    events = tuple(Label(event) for event in summary.events)
    statements = tuple(Label(statement) for statement in summary.statements)
    return Gold(article, summary, events, statements)


def digest_of(value: Any) -> str:
    """The first 8 hex digits of the SHA-256 of a JSON value, whatever the order of its keys.

    >>> digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    True
    """
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:8]


def _split(items: list[Any]) -> _Split:
    """Raw labels, each as the plain fact and what is said beside it."""
    split = []
    for item in items:
        beside = {key: item[key] for key in Notes.model_fields if key in item} if isinstance(item, Mapping) else {}
        split.append(({key: item[key] for key in item if key not in beside} if beside else item, beside))
    return split


def _strings(raw: Mapping[str, Any], part: str, field: str) -> frozenset[str]:
    """What a field holds over a list of raw objects, as far as they are any."""
    return frozenset(
        item[field] for item in _items(raw.get(part)) if isinstance(item, Mapping) and isinstance(item.get(field), str)
    )


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _checked(check: Callable[[], Checked], where: str, problems: list[str]) -> Checked | None:
    """What `check` returns; or None, its violations added to `problems`."""
    try:
        return check()
    except ValidationError as refused:
        problems += [f"{where}: {line[2:]}" if where else line[2:] for line in explain(refused).splitlines()]
        return None


@dataclass(frozen=True, slots=True)
class _Checker:
    """Checks what stands beside the plain labels; whatever is wrong goes to `problems`.

    `names` and `ids` are those of the labelled entities and events.
    """

    article: Article
    names: frozenset[str]
    ids: frozenset[str]
    problems: list[str]

    def labels(self, part: str, kind: type[Fact], items: _Split, facts: tuple[Fact, ...]) -> tuple[Label[Fact], ...]:
        """The labels of one part; without sound facts none, but what is wrong beside them is still found."""
        labels = []
        for at, (plain, beside) in enumerate(items):
            where, fact = f"{part}[{at}]", facts[at] if facts else None
            notes = _checked(partial(Notes.model_validate, beside), where, self.problems) or Notes()
            scored = set(kind.model_fields) - _NOT_SCORED
            self.problems.extend(f"{where}.must: {name!r} is not scored" for name in notes.must if name not in scored)
            if notes.optional and plain.get("salience") == "main":
                self.problems.append(f"{where}: the main event is not optional")
            readings = [
                self._reading(plain, fields, kind, fact, f"{where}.alternatives[{index}]")
                for index, fields in enumerate(notes.alternatives)
            ]
            if fact:
                labels.append(Label(fact, tuple(filter(None, readings)), notes.must, notes.optional))
        return tuple(labels)

    def _reading(
        self, plain: Mapping[str, Any], fields: dict[str, Any], kind: type[Fact], fact: Fact | None, where: str
    ) -> Reading[Fact] | None:
        """The fact with `fields` replaced, validated as the whole fact is."""
        if not fields:
            self.problems.append(f"{where}: says nothing")
        self.problems.extend(f"{where}: {name!r} is not scored" for name in fields if name in _NOT_SCORED)
        self._known_references(fields, where, own=plain.get("id"))
        named = {role: getattr(fact, role) for role in _ROLES if hasattr(fact, role)}  # no aliases
        found: list[str] = []
        read = _checked(
            lambda: kind.model_validate({**plain, **named, **fields}, context={"article": self.article}), where, found
        )
        self.problems.extend(found if fact else [line for line in found if _is_of(line, fields, where)])
        if fact is None or read is None:
            return None
        return Reading(frozenset(fields), read.supported() if isinstance(read, Event) else read)

    def _known_references(self, fields: Mapping[str, Any], where: str, own: Any = None) -> None:
        """Names and event ids that a reading brings in must exist, as those of the plain labels must."""
        for role in _ROLES:
            given = fields.get(role)
            for name in [given] if isinstance(given, str) else _items(given):
                if isinstance(name, str) and name not in self.names:
                    self.problems.append(f"{where}.{role}: no entity is called {name!r}")
        links = [link.get("event") for link in _items(fields.get("links")) if isinstance(link, Mapping)]
        for target in [*links, fields.get("about")]:
            if isinstance(target, str) and (target not in self.ids or target == own):
                self.problems.append(f"{where}: no other event has the id {target!r}")

    def forbidden(self, items: Any) -> tuple[Forbidden, ...]:
        """The known wrong readings."""
        if not isinstance(items, list):
            self.problems.append("must_not: a list is needed")
        checked = []
        for at, item in enumerate(_items(items)):
            where = f"must_not[{at}]"
            reading = _checked(partial(Forbidden.model_validate, item), where, self.problems)
            if reading is not None:
                missing = [words for words in reading.evidence if not places_of(self.article, words)]
                self.problems.extend(f"{where}: {words!r} does not stand in the article" for words in missing)
                self._known_references(reading.model_dump(mode="json"), where)
                checked.append(reading)
        return tuple(checked)


def _is_of(line: str, fields: Iterable[str], where: str) -> bool:
    """Whether a problem lies in one of these fields."""
    return re.split(r"\W", line.removeprefix(f"{where}: "), maxsplit=1)[0] in fields


def places_of(article: Article, words: str) -> list[Span]:
    """Every place where exactly these words stand in the article's text, litter included."""
    found, at = [], article.text.find(words)
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = article.text.find(words, at + 1)
    return found


def gold_schema() -> dict[str, Any]:
    """The JSON schema of gold files, for editors: that of a draft, with dates' values and what stands beside labels."""
    schema = json.loads(json.dumps(model_schema()))
    definitions = schema["$defs"]
    definitions["When"]["properties"]["value"] = {
        "anyOf": [{"type": "string"}, {"type": "null"}],
        "description": "ISO 8601, reduced precision or interval; null while it cannot be known",
    }
    definitions["Forbidden"] = _forbidden_schema()
    for name in ("Event", "Statement"):
        _with_notes(definitions[name])
    schema["properties"] |= {
        "$schema": {"type": "string"},
        "must_not": {"type": "array", "items": {"$ref": "#/$defs/Forbidden"}},
    }
    _require(schema, EventSummary)
    for model in _MODELS:
        _require(definitions[model.__name__], model)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Gold file", **schema}


def _with_notes(definition: dict[str, Any]) -> None:
    """Add what stands beside a fact to its definition."""
    scored = {name: entry for name, entry in definition["properties"].items() if name not in _NOT_SCORED}
    notes = _editable(Notes)["properties"]
    notes["alternatives"]["items"] = {
        "type": "object",
        "properties": scored,
        "additionalProperties": False,
        "minProperties": 1,
    }
    notes["must"]["items"] = {"enum": list(scored)}
    definition["properties"] |= notes


def _forbidden_schema() -> dict[str, Any]:
    schema = _editable(Forbidden)
    entries = schema["properties"]
    words = {"type": "string", "minLength": 1}
    entries["evidence"] = {
        "anyOf": [words, {"type": "array", "items": words, "minItems": 1}],
        "description": entries["evidence"]["description"],
    }
    for name in ("event_type", "mode", "status"):
        entries[name]["items"] = {"enum": sorted(_words_of(name))}
    return schema


def _editable(model: type[BaseModel]) -> dict[str, Any]:
    """A model's JSON schema as an editor wants it: no titles, no defaults."""
    schema = model.model_json_schema()
    for entry in [schema, *schema["properties"].values()]:
        entry.pop("title", None)
        entry.pop("default", None)
    return schema


def _require(definition: dict[str, Any], model: type[BaseModel]) -> None:
    """Only what the model itself requires of whoever writes it by hand."""
    required = (name for name, field in model.model_fields.items() if field.is_required())
    definition["required"] = [name for name in required if name in definition["properties"]]
