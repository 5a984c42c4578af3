"""How something is said: the verbs of speech, and what stance they and the words themselves take (SCHEMA.md, rule 18).

announces: gives new facts or plans of one's own side; comments: assesses. A verb that tells the stance wins over the
words ("denied", "urged"); the neutral ones ("said") leave it to cues in what was said.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import cast

from summarizer.offline.lexicon import speech_for
from summarizer.offline.wordlists import word_list
from summarizer.ontology import Stance

# Listed in the lexicon for what they tell of a stance, but no verbs that bring somebody's words.
_WORDLESS = word_list("wordless verb")
_ALSO = word_list("speech verb")


# Where a verb's stance does not hang on what follows it.
_TOLD: dict[str, Stance] = {"warn": "threatens", "threaten": "threatens", "urge": "requests", "appeal": "requests"}


def is_speech(verb: str) -> bool:
    """Whether a verb, by its dictionary form, brings what somebody said.

    >>> is_speech("say"), is_speech("deny"), is_speech("publish"), is_speech("walk")
    (True, True, False, False)
    """
    return verb in _ALSO or (verb not in _WORDLESS and speech_for(verb, "verb") is not None)


TABLE = Path(__file__).with_name("tables") / "stances.tsv"
_OWN_SIDE_PLAN = re.compile(
    r"\b(?:we(?:['’]ll| will|['’]re going to| are going to| have decided|['’]ve decided)|i (?:will|have decided)"
    r"|i['’]ll)\b",
    re.IGNORECASE,
)


# Stances that a body's report of facts only seems to take: "300 people marched to demand …, the police said".
_OF_PERSONS = frozenset({"requests", "supports", "justifies"})
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|must|should|i)\b", re.IGNORECASE)


_PLAIN = frozenset(["say", "tell", "add", "report", "state", "note"])
_CALLS_FOR = re.compile(r"call\w* (?:up)?(?:on|for)\b", re.IGNORECASE)


def stance_of(verb: str, words: str, *, official: bool = False, reported: bool = False) -> Stance:
    """The stance of what was said, by its verb's dictionary form and its words.

    `official`: a body or its spokesman speaks; `reported`: the words are a paraphrase.

    >>> stance_of("deny", "that troops had crossed the border"), stance_of("say", "They must leave at once")
    ('denies', 'requests')
    >>> stance_of("say", "It was a long night")
    'comments'
    """
    entry = speech_for(verb, "verb")
    told = _TOLD.get(verb) or (entry.stance if entry is not None else None)
    if told is not None and told != "comments":
        return told
    if verb == "call" and _CALLS_FOR.match(words):
        return "requests"
    plain = official and reported and verb in _PLAIN
    for stance, cue in _cues():
        if plain and stance in _OF_PERSONS and not _FIRST_PERSON.search(words):
            continue
        if cue.search(words) and (stance != "announces" or official or _OWN_SIDE_PLAN.search(words)):
            return stance
    return "announces" if official and any(map(str.isdigit, words)) else "comments"


@cache
def _cues() -> tuple[tuple[Stance, re.Pattern[str]], ...]:
    """The patterns of the table, in its order."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line and line[0] != "#")
    return tuple((cast("Stance", stance), re.compile(pattern, re.IGNORECASE)) for stance, _, pattern in rows)
