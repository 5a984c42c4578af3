"""A parse that can be changed: heads, relations and tags as lists, and a new Doc made of them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from summarizer.offline.lemmas import lemma
from summarizer.offline.lexicon import trigger_heads
from summarizer.offline.wordset import wordset

if TYPE_CHECKING:
    from spacy.tokens import Doc

_INVARIANT = wordset("""hit set cut put shut quit split spread burst cost let hurt beat bid cast shed thrust upset""")
_REACH = 200  # tokens: no sentence that is parsed is longer (see `parsing`)
NOUNS = frozenset({"NOUN", "PROPN", "NUM", "PRON", "SYM", "X"})
SUBJECTS = ("nsubj", "nsubj:pass")


@cache
def event_verbs() -> frozenset[str]:
    """The head words of the lexicon's verbs, made once."""
    return trigger_heads("verb")


@cache
def event_nouns() -> frozenset[str]:
    """The head words of the lexicon's nouns, made once."""
    return trigger_heads("noun")


@lru_cache(maxsize=20_000)
def news_verb(form: str) -> str:
    """The tag of a word read as a verb of the news; "" if it is none.

    >>> news_verb("expels"), news_verb("capsized"), news_verb("teapot")
    ('VBZ', 'VBD', '')
    """
    base = lemma(form, "VERB")
    if base not in event_verbs() or base in ("be", "have", "do") or not form.isalpha():
        return ""
    if form == base:
        return "VBD" if form in _INVARIANT else "VB"
    if form.endswith("ing"):
        return "VBG"
    return "VBZ" if form.endswith("s") and not form.endswith("ss") else "VBD"


class Tree:
    """A parse as lists. `doc()` makes a new Doc, if anything changed."""

    def __init__(self, doc: Doc) -> None:
        self.source = doc
        self.heads = [token.head.i for token in doc]
        self.deps = [token.dep_ for token in doc]
        self.pos = [token.pos_ for token in doc]
        self.tags = [token.tag_ for token in doc]
        self.changed = False

    def attach(self, at: int, head: int, relation: str) -> None:
        """Hang a token on another; a root hangs on itself. What would close a circle is left as it is."""
        if at != head and self._is_above(at, head):
            return
        self.heads[at], self.deps[at] = head, relation
        self.changed = True

    def _is_above(self, at: int, below: int) -> bool:
        while self.heads[below] != below:
            below = self.heads[below]
            if below == at:
                return True
        return False

    def call(self, at: int, pos: str, tag: str) -> None:
        """Give a token another part of speech."""
        self.pos[at], self.tags[at] = pos, tag
        self.changed = True

    def children(self, at: int) -> list[int]:
        """What hangs on a token, in order."""
        near = range(max(0, at - _REACH), min(len(self.heads), at + _REACH))
        return [i for i in near if self.heads[i] == at and i != at]

    def take_place_of(self, at: int, old: int, relation: str) -> None:
        """Put `at` where `old` hung, and hang `old` on it."""
        head, dep = self.heads[old], self.deps[old]
        self.heads[at] = at  # cut loose first, so that no circle is seen where none will be
        self.attach(at, at if head == old else head, "ROOT" if head == old else dep)
        self.attach(old, at, relation)

    def doc(self) -> Doc:
        """The source, or a new Doc of the same words with what was changed."""
        from spacy.tokens import Doc

        old = self.source
        if not self.changed:
            return old
        return Doc(
            old.vocab,
            words=[token.text for token in old],
            spaces=[bool(token.whitespace_) for token in old],
            tags=self.tags,
            pos=self.pos,
            morphs=[str(token.morph) for token in old],
            heads=self.heads,
            deps=self.deps,
        )
