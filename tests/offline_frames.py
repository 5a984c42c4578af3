"""The frames of an invented text, for the tests of the half of the engine that finds them."""

from __future__ import annotations

from summarizer.offline.frames import DOUBTFUL, find_frames
from summarizer.offline.parsed import Frame, Phrase
from summarizer.spans import Span
from tests.offline_example import parsed


def all_frames(text: str) -> list[Frame]:
    """Every frame of a text, mentions and guesses included."""
    return find_frames(parsed(text))


def frames(text: str) -> list[Frame]:
    """The frames that a text puts forward."""
    return [frame for frame in all_frames(text) if frame.weight >= DOUBTFUL]


def phrases_of(text: str, found: tuple[Phrase, ...]) -> list[str]:
    """Phrases as the text writes them."""
    return [part.span.of(parsed(text).article.text) for part in found]


def words_of(text: str, found: Span | Phrase | None) -> str | None:
    """A span or phrase as the text writes it."""
    if found is None:
        return None
    return (found if isinstance(found, Span) else found.span).of(parsed(text).article.text)
