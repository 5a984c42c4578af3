"""What an exam is sat on: articles, each with its gold where there is one. Suites are folders of the project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from evals.gold import Gold, GoldError, load_gold, read_labels
from evals.scoring.key import Key, key_of
from summarizer import Article, UsageError, read_article

PROJECT = Path(__file__).resolve().parent.parent
CHALLENGE = PROJECT / "evals" / "challenge"
ANNOTATORS = "annotators"


@dataclass(frozen=True)
class Suite:
    """A named set of articles and the folder that holds their gold, a file `<stem>.json` an article."""

    name: str
    articles: Path
    gold: Path

    def labels(self, annotator: str | None = None) -> Path:
        """The folder of the adjudicated gold, or of one annotator's first labels."""
        return self.gold / ANNOTATORS / annotator if annotator else self.gold

    def stems(self) -> list[str]:
        """The stems of its articles, in order."""
        return sorted(path.stem for path in self.articles.glob("*.txt"))


@dataclass(frozen=True)
class Case:
    """One article of an exam, and its gold if it was labelled."""

    id: str
    article: Article
    gold: Gold | None = None

    @cached_property
    def key(self) -> Key:
        """The answer key; only a labelled article has one."""
        assert self.gold is not None
        return key_of(self.gold)


SUITES = {
    suite.name: suite
    for suite in (
        Suite("seeds", PROJECT / "seeds", PROJECT / "gold"),
        Suite("challenge", CHALLENGE / "dev" / "articles", CHALLENGE / "dev" / "gold"),
        Suite("challenge-test", CHALLENGE / "test" / "articles", CHALLENGE / "test" / "gold"),
    )
}


def suite_of(name: str) -> Suite:
    """The suite of that name. Raises UsageError with the names there are."""
    if name not in SUITES:
        raise UsageError(f"there is no suite {name!r}", f"suites: {', '.join(SUITES)}")
    return SUITES[name]


def load_cases(suite: Suite, *, only: Iterable[str] = (), annotator: str | None = None) -> list[Case]:
    """The suite's articles with their gold, or with one annotator's first labels.

    `only` keeps the articles whose id begins with any of these. The publication day is the gold file's, as a caller
    would give it. Raises UsageError if `only` names nothing, GoldError or InputError for what is not sound.
    """
    folder = suite.labels(annotator)
    wanted = tuple(only)
    chosen = [stem for stem in suite.stems() if not wanted or stem.startswith(wanted)]
    if not chosen:
        there = ", ".join(suite.stems())
        raise UsageError(f"no article of {suite.name} is called {' or '.join(wanted)}", f"there are: {there}")
    return [_load(suite.articles / f"{stem}.txt", folder / f"{stem}.json") for stem in chosen]


def _load(text: Path, labels: Path) -> Case:
    article = read_article(text, published=_published(read_labels(labels), labels.name))
    return Case(text.stem, article, load_gold(labels, article))


def _published(raw: dict[str, Any], name: str) -> date | None:
    value = raw.get("published")
    try:
        return None if value is None else date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise GoldError(f"{name}: published is {value!r}, no date", "write it as 2024-03-31, or null") from error


def annotators_of(suite: Suite) -> list[str]:
    """The names of the annotators whose first labels are kept beside the gold."""
    folder = suite.gold / ANNOTATORS
    return sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
