"""A prompt is a file: load it, fill it with an article, fingerprint it.

    prompt = load_prompt("news")            # or a path to a file of your own
    messages = prompt.render(article)       # [{"role": "system", …}, {"role": "user", …}]

A file has the form that Prompty made customary: YAML between two lines of `---` (name, description, defaults,
examples), then a line `system:` with what is the same for every article, then a line `user:` with what is not.

Placeholders look like `{{ article }}`. They are filled in one pass by a plain replacement, so there is no template
language: what a value holds is never looked at again, and `{{ 7*7 }}`, `{% raw %}` and `{# #}` in an article reach the
model byte for byte. (Only a lone surrogate, which no encoding can carry, becomes U+FFFD.) The system part may use
`{{ types }}` (the event types with their modes) and `{{ examples }}`; the user part `{{ article }}`, `{{ fence }}`,
`{{ published }}` and `{{ title }}`.

White space: a file's line ends count as newlines whatever the checkout made of them, and blank lines around the two
parts are dropped. Of the article nothing is dropped or added.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from summarizer.article import Article
from summarizer.errors import UsageError
from summarizer.ontology import TYPES

Message = dict[str, Any]

DEFAULT_PROMPT = "news"
_SUFFIX = ".prompty"
_HERE = Path(__file__).parent
_FILE = re.compile(r"\A---\n(?P<front>.*?)^---\n\s*^system:\n(?P<system>.*?)^user:\n(?P<user>.*)\Z", re.S | re.M)
_PLACEHOLDER = re.compile(r"\{\{ *([a-z_]+) *\}\}")
_SYSTEM_NAMES = frozenset({"types", "examples"})
_USER_NAMES = frozenset({"article", "fence", "published", "title"})
_FRONT = frozenset({"name", "description", "defaults", "examples"})
_DEFAULTS: Mapping[str, Callable[[Any], bool]] = {
    "temperature": lambda value: type(value) in (int, float) and 0 <= value <= 2,
    "max_tokens": lambda value: type(value) is int and value > 0,
    "mode": lambda value: value in ("auto", "json_schema", "tools", "json"),
}
_FORM = "the form is that of prompts/news.prompty"
_SURROGATE = re.compile("[\ud800-\udfff]")
_FENCE_LENGTH, _FENCE_UNLIKE = 16, 8


@dataclass(frozen=True)
class Example:
    """A worked example: an article's text and the draft that a model should answer with."""

    article: str
    summary: Mapping[str, Any]

    def shown(self) -> str:
        """The example as the model reads it: the text, then the answer on one line."""
        answer = json.dumps(self.summary, ensure_ascii=False, separators=(",", ":"))
        return f"<article>\n{self.article}\n</article>\n<answer>\n{answer}\n</answer>"


@dataclass(frozen=True)
class Prompt:
    """A template with everything filled in but the article; `defaults` holds temperature, max_tokens and mode."""

    name: str
    system: str
    user: str
    description: str = ""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()

    def render(self, article: Article) -> list[Message]:
        """The two messages for an article, system first and the same for all, so that endpoints can cache it."""
        about = {
            "article": article.text,
            "fence": fence_for(article),
            "published": article.published.isoformat() if article.published else "not given",
            "title": json.dumps(article.title, ensure_ascii=False) if article.title else "not given",
        }
        user = _SURROGATE.sub("\ufffd", _filled(self.user, about))
        return [{"role": "system", "content": self.system}, {"role": "user", "content": user}]

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of what the model is told whatever the article: both parts, nothing of the file's name or place."""
        return hashlib.sha256(json.dumps([self.system, self.user]).encode()).hexdigest()


def fence_for(article: Article) -> str:
    """The mark that stands before and after an article in a prompt, and that the article cannot hold.

    It serves as well as one drawn at random for each request. What randomness is for is that nobody can write the mark
    into a text beforehand; here it is the text that decides the mark, and one whose first half occurs in the text or
    title, in either case, is passed over for the next. So no text holds its own mark or something that begins like
    it: an author who changes the text to hold the mark gets another mark. And because the mark follows from the text,
    the same article gives the same request, to be cached, recorded and replayed.

    >>> fence_for(Article.from_text("Nothing happened.")) == fence_for(Article.from_text("Nothing happened."))
    True
    """
    held = f"{article.title or ''}\n{article.text}"
    lowered = held.lower()
    for number in count():
        digest = hashlib.sha256(f"fence {number}\n{held}".encode("utf-8", "surrogatepass")).hexdigest()
        if digest[:_FENCE_UNLIKE] not in lowered:
            return digest[:_FENCE_LENGTH]
    raise AssertionError("count() does not end")


def load_prompt(name_or_path: str | Path = DEFAULT_PROMPT) -> Prompt:
    """Load one of the package's own prompts by name, or a file of the caller's by path.

    A str counts as a path if it has a folder or a suffix in it. Raises UsageError if there is no such prompt, or if
    the file is not of the form above.
    """
    path = _path_of(name_or_path)
    try:
        source = path.read_text(encoding="utf-8").removeprefix("\ufeff")
    except FileNotFoundError:
        raise UsageError(f"there is no prompt {str(name_or_path)!r}", _known()) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the prompt {path} cannot be read: {type(error).__name__}", _known()) from None
    parts = _FILE.match(source)
    if not parts:
        raise UsageError(f"{path.name} is no prompt", "it wants front matter between --- lines, then system: and user:")
    front = _front_matter(parts["front"], path)
    examples = tuple(_example(path.parent / str(name)) for name in front["examples"])
    system, user = parts["system"].strip("\n"), parts["user"].strip("\n")
    _check(system, user, path)
    told = {"types": _types_shown(), "examples": "\n\n".join(example.shown() for example in examples)}
    return Prompt(
        name=str(front.get("name", path.stem)),
        system=_filled(system, told),
        user=user,
        description=str(front.get("description", "")),
        defaults=front["defaults"],
        examples=examples,
    )


def prompts_folder() -> Path:
    """Where the package's prompts are: inside it when it is installed, beside it in a checkout."""
    inside = _HERE / "prompts"
    return inside if inside.is_dir() else _HERE.parent / "prompts"


def _path_of(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    return path if path.suffix or len(path.parts) > 1 else prompts_folder() / f"{path}{_SUFFIX}"


def _known() -> str:
    names = ", ".join(sorted(path.stem for path in prompts_folder().glob(f"*{_SUFFIX}")))
    return f"prompts: {names or 'none'}; or give the path of a file of your own"


def _front_matter(text: str, path: Path) -> dict[str, Any]:
    """The fields of the front matter, each checked; missing ones stay missing."""
    try:
        front = yaml.safe_load(text) or {}
    except yaml.YAMLError:
        raise UsageError(f"the front matter of {path.name} is no YAML", _FORM) from None
    if not isinstance(front, dict):
        raise UsageError(f"the front matter of {path.name} holds no fields", _FORM)
    front["defaults"] = defaults = front.get("defaults") or {}
    front["examples"] = examples = front.get("examples") or []
    if not isinstance(defaults, dict) or not isinstance(examples, list):
        raise UsageError(f"{path.name}: defaults is no mapping, or examples no list", _FORM)
    if strange := [str(name) for name in [*(front.keys() - _FRONT), *(defaults.keys() - _DEFAULTS.keys())]]:
        raise UsageError(f"{path.name}: unknown in the front matter: {', '.join(strange)}", _FORM)
    for name, value in defaults.items():
        if not _DEFAULTS[name](value):
            raise UsageError(f"{path.name}: {value!r} is no {name}", _FORM)
    return front


def _example(path: Path) -> Example:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Example(data["article"], data["summary"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(f"the example {path} cannot be used", "it is a JSON object with article and summary") from None


def _check(system: str, user: str, path: Path) -> None:
    """Every placeholder is known in its part; the article stands once, between two fences."""
    for part, known, text in (("system", _SYSTEM_NAMES, system), ("user", _USER_NAMES, user)):
        for name in _PLACEHOLDER.findall(text):
            if name not in known:
                hint = f"the {part} part may use: {', '.join(sorted(known))}"
                raise UsageError(f"{path.name}: unknown placeholder {name} in the {part} part", hint)
    names = _PLACEHOLDER.findall(user)
    at = names.index("article") if names.count("article") == 1 else -1
    if at < 0 or "fence" not in names[:at] or "fence" not in names[at + 1 :]:
        raise UsageError(f"{path.name}: the user part must hold the article once, with a fence before and after it")


def _filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its placeholders replaced, in one pass: what a value holds is left alone.

    >>> _filled("<{{ article }}> {{fence}}", {"article": "{{ fence }}", "fence": "x"})
    '<{{ fence }}> x'
    """
    return _PLACEHOLDER.sub(lambda match: values[match[1]], template)


def _types_shown() -> str:
    """The event types, a line each: meaning, then the modes it allows."""
    lines = []
    for name, entry in TYPES.items():
        lines.append(f"{name}: {entry.meaning}" + (f" [{' '.join(entry.modes)}]" if entry.modes else ""))
    return "\n".join(lines)
