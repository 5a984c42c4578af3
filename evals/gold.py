"""Gold files: an annotator's labels of one article, guarded by the schema's own validator.

A gold file is an EventSummary without what software fills in, and beside the labels what the exam needs to know:

    alternatives    further accepted readings of an event or a statement; the fields of one reading go together
    must            the fact may not be missing, nor these of its fields wrong
    optional        neither having the fact nor lacking it costs
    must_not        known wrong readings: litter as an event, a denied act as done
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

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


class Forbidden(BaseModel):
    """A known wrong reading. With evidence alone nothing may rest on it; every further condition narrows it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    why: str = Field(min_length=1, description="what makes the reading wrong")
    fact: Literal["event", "statement"] = "event"
    evidence: tuple[str, ...] = Field(min_length=1, description="words of the article; any of them counts")
    event_type: tuple[str, ...] = Field(default=(), description="any of these types")
    mode: tuple[str, ...] = Field(default=(), description="any of these modes")
    status: tuple[str, ...] = Field(default=(), description="any of these")
    actor: tuple[str, ...] = Field(default=(), description="names of entities, any of them among the actors")
    recipient: tuple[str, ...] = Field(default=(), description="names of entities, any of them among the recipients")
    speaker: tuple[str, ...] = Field(default=(), description="names of entities, any of them speaks")

    @model_validator(mode="before")
    @classmethod
    def _one_excerpt(cls, data: Any) -> Any:
        alone = isinstance(data, Mapping) and isinstance(data.get("evidence"), str)
        return {**data, "evidence": [data["evidence"]]} if alone else data

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
    events, statements = (_split(raw.get(part)) for part in ("events", "statements"))
    plain = {key: value for key, value in raw.items() if key != "must_not"}
    plain |= {"events": [fact for fact, _ in events], "statements": [fact for fact, _ in statements]}
    problems: list[str] = []
    summary = _checked(lambda: EventSummary.grounded(plain, article), "", problems)
    forbidden = tuple(_forbidden(raw.get("must_not", []), problems))
    if summary is None:
        raise _unsound(name, problems)
    checker = _Checker(article, summary, problems)
    gold = Gold(
        article,
        summary,
        tuple(checker.labels("events", events, summary.events)),
        tuple(checker.labels("statements", statements, summary.statements)),
        forbidden,
        digest_of(raw),
    )
    checker.forbidden(forbidden)
    if problems:
        raise _unsound(name, problems)
    return gold


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


def _split(items: Any) -> _Split:
    """Raw labels, each as the plain fact and what is said beside it."""
    split = []
    for item in items if isinstance(items, list) else []:
        beside = {key: item[key] for key in Notes.model_fields if key in item} if isinstance(item, Mapping) else {}
        split.append(({key: item[key] for key in item if key not in beside} if beside else item, beside))
    return split


def _checked(check: Callable[[], Checked], where: str, problems: list[str]) -> Checked | None:
    """What `check` returns; or None, its violations added to `problems`."""
    try:
        return check()
    except ValidationError as refused:
        problems += [f"{where}: {line[2:]}" if where else line[2:] for line in explain(refused).splitlines()]
        return None


def _forbidden(items: list[Any], problems: list[str]) -> Iterator[Forbidden]:
    for at, item in enumerate(items):
        checked = _checked(partial(Forbidden.model_validate, item), f"must_not[{at}]", problems)
        if checked is not None:
            yield checked


def _unsound(name: str, problems: list[str]) -> GoldError:
    return GoldError(f"{name} is not sound:\n" + "\n".join(problems), "python -m evals check shows them all")


@dataclass(frozen=True, slots=True)
class _Checker:
    """Checks what stands beside the plain labels; whatever is wrong goes to `problems`."""

    article: Article
    summary: EventSummary
    problems: list[str]

    def labels(
        self, part: str, raw: list[tuple[Any, dict[str, Any]]], facts: tuple[Fact, ...]
    ) -> Iterator[Label[Fact]]:
        for at, ((plain, beside), fact) in enumerate(zip(raw, facts, strict=True)):
            where = f"{part}[{at}]"
            notes = _checked(partial(Notes.model_validate, beside), where, self.problems) or Notes()
            self._known_fields(notes.must, type(fact), f"{where}.must")
            readings = (
                self._reading(plain, fields, type(fact), f"{where}.alternatives[{index}]")
                for index, fields in enumerate(notes.alternatives)
            )
            yield Label(fact, tuple(reading for reading in readings if reading), notes.must, notes.optional)

    def _reading(
        self, plain: Mapping[str, Any], fields: dict[str, Any], kind: type[Fact], where: str
    ) -> Reading[Fact] | None:
        """The fact with `fields` replaced, validated as the whole fact is."""
        if not fields:
            self.problems.append(f"{where}: says nothing")
        self._known_fields(tuple(fields), kind, where)
        replaced = {**plain, **fields}
        self._known_references(fields, where)
        fact = _checked(lambda: kind.model_validate(replaced, context={"article": self.article}), where, self.problems)
        return None if fact is None else Reading(frozenset(fields), fact)

    def _known_fields(self, fields: tuple[str, ...], kind: type[BaseModel], where: str) -> None:
        self.problems.extend(
            f"{where}: no field is called {name!r}" for name in fields if name not in kind.model_fields
        )

    def _known_references(self, fields: Mapping[str, Any], where: str) -> None:
        """Names and event ids that a reading brings in must exist, as those of the plain labels must."""
        names = {entity.name for entity in self.summary.entities}
        ids = {event.id for event in self.summary.events}
        for role in _ROLES:
            given = fields.get(role) or []
            for name in [given] if isinstance(given, str) else given:
                if name not in names:
                    self.problems.append(f"{where}.{role}: no entity is called {name!r}")
        targets = [link.get("event") for link in fields.get("links") or [] if isinstance(link, Mapping)]
        for target in [*targets, fields.get("about")]:
            if target is not None and target not in ids:
                self.problems.append(f"{where}: no event has the id {target!r}")

    def forbidden(self, items: tuple[Forbidden, ...]) -> None:
        for at, item in enumerate(items):
            missing = [words for words in item.evidence if not places_of(self.article, words)]
            self.problems.extend(f"must_not[{at}]: {words!r} does not stand in the article" for words in missing)
            self._known_references(item.model_dump(), f"must_not[{at}]")


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
    definitions["Forbidden"] = _editable(Forbidden)
    for name in ("Event", "Statement"):
        definitions[name]["properties"] |= _editable(Notes)["properties"]
    schema["properties"] |= {
        "$schema": {"type": "string"},
        "must_not": {"type": "array", "items": {"$ref": "#/$defs/Forbidden"}},
    }
    _require(schema, EventSummary)
    for model in _MODELS:
        _require(definitions[model.__name__], model)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Gold file", **schema}


def _editable(model: type[BaseModel]) -> dict[str, Any]:
    """A model's JSON schema as an editor wants it: no titles, no defaults."""
    schema = model.model_json_schema()
    for entry in schema["properties"].values():
        entry.pop("title", None)
        entry.pop("default", None)
    return schema


def _require(definition: dict[str, Any], model: type[BaseModel]) -> None:
    """Only what the model itself requires of whoever writes it by hand."""
    required = (name for name, field in model.model_fields.items() if field.is_required())
    definition["required"] = [name for name in required if name in definition["properties"]]
