"""A headline's tree from its chunks, where the parser found no sentence in it.

Headlines leave out articles and auxiliaries, and the treebanks hold few of them. Their form is simple: who, a verb in
the present tense (or "to" and a verb, or a participle for a passive), whom, and phrases behind prepositions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarizer.offline.tree import NOUNS, Tree, news_verb

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_INSIDE = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "DET", "SYM", "PRON", "X"})
_OWNER = ("'s", "’s", "'", "’")
_MONEY = frozenset(
    {"$", "€", "£", "million", "billion", "m", "bn", "dollars", "euros", "pounds", "yen", "yuan", "rupees"}
)
_LOOSE = {"CCONJ": "cc", "ADV": "advmod", "PART": "advmod", "AUX": "aux", "PUNCT": "punct"}
_NAMING = {"DET": "det", "ADJ": "amod", "NUM": "nummod", "PRON": "nmod:poss"}


def missed_verb(tree: Tree, sentence: Span, *, headline: bool) -> int | None:
    """The first word that could be the verb of a sentence without one: a known form behind a noun, or behind "to"."""
    return next(_candidates(tree, sentence, headline=headline), None)


def _candidates(tree: Tree, sentence: Span, *, headline: bool) -> Iterator[int]:
    for token in sentence:
        if token.i == sentence.start or tree.pos[token.i] in ("ADP", "DET", "PRON", "AUX", "CCONJ", "NUM", "PUNCT"):
            continue
        tag, before = news_verb(token.lower_), token.nbor(-1)
        if tag in ("VBZ", "VBD"):
            behind_noun = before.pos_ in NOUNS or before.pos_ == "ADV" or (headline and before.pos_ == "ADJ")
            if behind_noun and not (tag == "VBZ" and before.tag_ == "NNS") and _goes_on(token, sentence):
                yield token.i
        elif tag == "VB" and headline and _takes_plain_form(token, before, sentence):
            yield token.i


def _takes_plain_form(token: Token, before: Token, sentence: Span) -> bool:
    """Whether a plain form can be finite here: behind "to", a plural, or two names ("Vietnam and Philippines sign")."""
    if before.lower_ == "to":
        return True
    earlier = {other.lower_ for other in token.doc[sentence.start : token.i]}
    plural = before.tag_ in ("NNS", "NNPS") or ("and" in earlier and before.pos_ == "PROPN")
    return plural and _goes_on(token, sentence)


def _goes_on(token: Token, sentence: Span) -> bool:
    """Whether something an object or adverbial can begin with follows; a noun's compound would end the phrase."""
    return token.i + 1 < sentence.end and token.nbor(1).text not in (",", ".", "'s", "’s", "of", "and")


def rebuild(tree: Tree, sentence: Span, verb: int) -> None:
    """Give the sentence a tree of its chunks around `verb`."""
    doc, first, end = tree.source, sentence.start, sentence.end
    to = verb - 1 if doc[verb - 1].lower_ == "to" else None
    tag = news_verb(doc[verb].lower_) if to is None else "VB"
    tree.call(verb, "VERB", tag)
    for i in range(first, end):  # everything hangs loose on the verb until its chunk claims it
        tree.heads[i], tree.deps[i] = verb, "ROOT" if i == verb else "dep"
    if to is not None:
        tree.call(to, "PART", "TO")
        tree.attach(to, verb, "mark")
    _Chunker(tree, verb).hang(first, verb if to is None else to, "nsubj")
    _Chunker(tree, verb).hang(verb + 1, end, "obj")
    if tag == "VBD" and not any(tree.deps[i] == "obj" for i in tree.children(verb)) and not sentence[-1].is_punct:
        make_passive(tree, verb)


def make_passive(tree: Tree, verb: int) -> None:
    """As in "Skier banned for doping": a headline tells the past in the present, so this is a passive."""
    tree.call(verb, "VERB", "VBN")
    for i in tree.children(verb):
        if tree.deps[i] == "nsubj":
            tree.attach(i, verb, "nsubj:pass")


class _Chunker:
    """Hangs noun phrases on a verb, one after the other."""

    def __init__(self, tree: Tree, verb: int) -> None:
        self.tree = tree
        self.verb = verb
        self.case: int | None = None
        self.subject: int | None = None
        self.last: int | None = None

    def hang(self, first: int, end: int, relation: str) -> None:
        """Hang a stretch's noun phrases: the first as `relation`, those behind prepositions as obl."""
        at, tree = first, self.tree
        while at < end:
            if tree.pos[at] in ("ADP", "SCONJ") and not self._is_infinitive(at, end):
                if self.case == at - 1:  # "because of"
                    tree.attach(at, self.case, "fixed")
                else:
                    self.case = at
                at += 1
            elif self._is_participle(at):
                tree.attach(at, self.verb, "advcl")
                _Chunker(tree, at).hang(at + 1, end, "obj")
                return
            elif self._is_second_verb(at, end):
                tree.attach(at + 1, self.verb, "conj")
                tree.attach(at, at + 1, "cc")
                _Chunker(tree, at + 1).hang(at + 2, end, "obj")
                return
            elif self._is_infinitive(at, end):
                tree.call(at + 1, "VERB", "VB")
                tree.attach(at + 1, self.verb, "xcomp")
                tree.attach(at, at + 1, "mark")
                _Chunker(tree, at + 1).hang(at + 2, end, "obj")
                return
            elif tree.pos[at] in _INSIDE:
                last = self._phrase_end(at, end)
                self._place(at, last, relation)
                at, relation = last, "obl:unmarked" if relation == "obj" else relation
            else:
                tree.attach(at, self.verb, _LOOSE.get(tree.pos[at], "dep"))
                at += 1

    def _is_participle(self, at: int) -> bool:
        return at > 0 and self.tree.tags[at] == "VBG" and self.tree.source[at - 1].text == ","

    def _is_infinitive(self, at: int, end: int) -> bool:
        if self.tree.source[at].lower_ != "to" or at + 1 >= end or at < self.verb:
            return False
        return self.tree.tags[at + 1] == "VB" and self.tree.pos[at + 1] == "VERB"

    def _is_second_verb(self, at: int, end: int) -> bool:
        finite = at + 1 < end and self.tree.pos[at + 1] == "VERB" and self.tree.tags[at + 1] in ("VBD", "VBZ", "VB")
        return finite and self.tree.pos[at] == "CCONJ" and at > self.verb

    def _phrase_end(self, at: int, end: int) -> int:
        doc, first = self.tree.source, at
        while at < end and (self.tree.pos[at] in _INSIDE or (doc[at].text in _OWNER and at + 1 < end)):
            if at > first and (self.tree.pos[at] == "DET" or self._is_sum(at)):
                break
            at += 1
        return at

    def _is_sum(self, at: int) -> bool:
        """Whether an amount of money begins behind a name: "fines Clarion 1.2 billion euros"."""
        doc = self.tree.source
        behind = {token.lower_ for token in doc[at : at + 4]}
        return doc[at - 1].pos_ == "PROPN" and doc[at].pos_ in ("NUM", "SYM") and bool(behind & _MONEY)

    def _place(self, first: int, end: int, relation: str) -> None:
        tree, joint = self.tree, self.tree.source[first - 1].lower_ if first else ""
        if relation == "nsubj" and self.case is None and self.subject is not None and joint in ("and", ",", "&"):
            self.last = self._phrase(first, end, self.subject, "conj")
        elif self.last is not None and self.case is not None and tree.source[self.case].lower_ == "of":
            self.last = self._phrase(first, end, self.last, "nmod")
        else:
            self.last = self._phrase(first, end, self.verb, relation if self.case is None else "obl")
            if relation == "nsubj" and self.case is None:
                self.subject = self.last
        self.case = None
        tree.changed = True

    def _phrase(self, first: int, end: int, governor: int, relation: str) -> int:
        tree, doc = self.tree, self.tree.source
        nouns = [i for i in range(first, end) if tree.pos[i] in NOUNS and doc[i].text not in _OWNER]
        head = nouns[-1] if nouns else end - 1
        tree.attach(head, governor, relation)
        if self.case is not None:
            tree.attach(self.case, head, "case")
        for i in range(first, end):
            if doc[i].text in _OWNER and i > first:
                tree.call(i, "PART", "POS")
                tree.attach(i - 1, head, "nmod:poss")
                tree.attach(i, i - 1, "case")
            elif i != head:
                tree.attach(i, head, _NAMING.get(tree.pos[i], "compound"))
        return head
