"""How something is said: the verbs of speech, and what stance they and the words themselves take (SCHEMA.md, rule 18).

announces: gives new facts or plans of one's own side; comments: assesses. A verb that tells the stance wins over the
words ("denied", "urged"); the neutral ones ("said") leave it to cues in what was said.
"""

from __future__ import annotations

import re

from summarizer.offline.lexicon import speech_for
from summarizer.ontology import Stance


# Listed in the lexicon for what they tell of a stance, but no verbs that bring somebody's words.
_WORDLESS = frozenset(
    """release publish read plan undertake commit communicate relay update charge attack object regret side approve lobby
    direct seek press summon order instruct invite encourage champion cheer celebrate credit fault bristle mock concern
    attribute put fume rail rap assail petition propose recommend advise quote cite open agree support side schedule
    report notify brief broadcast sign start make give take hold issue bless sympathize sympathise""".split()
)
_ALSO = frozenset(
    "ask argue call believe think hope interject shout yell warn report speak testify support back predict".split()
)


# Where a verb's stance does not hang on what follows it.
_TOLD: dict[str, Stance] = {"warn": "threatens", "threaten": "threatens", "urge": "requests", "appeal": "requests"}


def is_speech(verb: str) -> bool:
    """Whether a verb, by its dictionary form, brings what somebody said.

    >>> is_speech("say"), is_speech("deny"), is_speech("publish"), is_speech("walk")
    (True, True, False, False)
    """
    return verb in _ALSO or (verb not in _WORDLESS and speech_for(verb, "verb") is not None)


_CUES: tuple[tuple[Stance, re.Pattern[str]], ...] = tuple(
    (stance, re.compile(pattern, re.IGNORECASE))  # type: ignore[misc]  # the names below are stances
    for stance, pattern in (
        (
            "denies",
            r"\b(?:no (?:evidence|truth|proof|basis|such)|(?:not|n['’]t) (?:true|involved|responsible|happen\w*)|baseless|groundless"
            r"|unfounded|fabricat\w+|false(?:hood)?|absurd|nonsense|lies?\b|smears?|never (?:did|done|has|had|have|was|were)"
            r"|(?:had|have|has|was) nothing to do with|there is not a single|(?:do|does|did) not (?:target|use|support))\b",
        ),
        (
            "threatens",
            r"\b(?:will (?:not go unanswered|respond|retaliate|strike|pay|regret|be punished|face|suffer)|consequences|retaliat\w+"
            r"|if (?:they|you|it|he|she|the)\b.{0,60}\bwe(?:['’]ll| will)|price|be held (?:to account|accountable|responsible))\b",
        ),
        (
            "requests",
            r"(?:\b(?:must|should|ought to|needs? to|has to|have to|call(?:s|ed|ing)? (?:on|for|upon)|urge\w*|demand(?:s|ed|ing)? (?:that|an?|the)|ask(?:s|ed|ing)? (?:for|that)"
            r"|we need|appeal(?:s|ed|ing)? (?:to|for)|let us|let['’]s|please|want\w* (?:them|him|her|\w+ to))\b|^(?:stop|give|release|send|leave|come|go)\b)",
        ),
        (
            "condemns",
            r"\b(?:unacceptabl\w+|outrag\w+|disgrac\w+|shame\w*|despicable|barbar\w+|illegal\w*|unlawful\w*|terroris[mt]|brutal\w*|flagrant"
            r"|irresponsibl\w+|scandal\w*|condemn\w*|violation|provocat\w+|cowardly|heinous|cruel|crime|criminal|unjust\w*|reckless"
            r"|wrong|insult\w*|attack on|blatant|unprovoked|appalling|hypocri\w+|attempt to)\b",
        ),
        (
            "accuses",
            r"\b(?:responsible for|violat\w+|guilty|to blame|behind (?:the|this)|lied|betray\w+|stole|stolen|cover(?:ed)? up|interfer\w+|espionage|spying|trying to)\b",
        ),
        (
            "supports",
            r"\b(?:(?:we|i|fully|strongly) support|supports? (?:the|our|its|his|her|their)|in support of|stand(?:s|ing)? (?:with|by)|stood (?:with|by)|every right|welcome\w*|proud|congratulat\w+|courage\w*|praise\w*|thank\w*|grateful|right decision|good news|step in the right)\b",
        ),
        (
            "justifies",
            r"\b(?:because|necessary|no (?:other )?choice|had to|forced to|in order to|legitimate|self-defen[cs]e|purpose|in response|to protect|aim(?:s|ed)? (?:to|is))\b",
        ),
        (
            "announces",
            r"\b(?:we(?:['’]ll| will|['’]re going| are going| have decided|['’]ve decided| intend| plan)|i(?:['’]ll| will| have decided)|will be\b"
            r"|has been|have been|had been|were|would|killed|arrested|detained|injured|signed|launched|began|plans? to)\b",
        ),
    )
)
_OWN_SIDE_PLAN = re.compile(
    r"\b(?:we(?:['’]ll| will|['’]re going to| are going to| have decided|['’]ve decided)|i (?:will|have decided)|i['’]ll)\b",
    re.IGNORECASE,
)


def stance_of(verb: str, words: str, *, official: bool = False) -> Stance:
    """The stance of what was said, by its verb's dictionary form and its words; `official`: a body or its spokesman.

    >>> stance_of("deny", "that troops had crossed the border"), stance_of("say", "They must leave at once")
    ('denies', 'requests')
    >>> stance_of("say", "It was a long night")
    'comments'
    """
    entry = speech_for(verb, "verb")
    told = _TOLD.get(verb) or (entry.stance if entry is not None else None)
    if told is not None and told != "comments":
        return told
    for stance, cue in _CUES:
        if cue.search(words) and (stance != "announces" or official or _OWN_SIDE_PLAN.search(words)):
            return stance
    return "announces" if official and any(map(str.isdigit, words)) else "comments"
