"""Did it happen? The status of what a verb or noun tells, from the cues around and above it."""

from __future__ import annotations

import pytest

from summarizer.offline.factuality import Reading, read
from summarizer.offline.phrases import lemma_of
from tests.offline_example import parsed


def reading(text: str, lemma: str) -> Reading:
    doc = parsed(text).segments[0].doc
    return read(next(token for token in reversed(doc) if lemma_of(token) == lemma or token.lower_ == lemma))


@pytest.mark.parametrize(
    ("status", "word", "text"),
    [
        ("negated", "expel", "Ghana did not expel the envoys."),
        ("negated", "expel", "Ghana has never expelled an envoy."),
        ("negated", "expel", "The ministry expelled no diplomats."),
        ("negated", "expel", "Ghana failed to expel the envoys."),
        ("negated", "expel", "The minister refused to expel the envoys."),
        ("negated", "close", "Ghana is not looking to close the embassy."),
        ("negated", "sanction", "There will be no additional sanctions on Togo."),
        ("negated", "impose", "No sanctions were imposed on Togo."),
        ("negated", "expel", "Neither country expelled diplomats."),
        ("negated", "expel", "Nobody was expelled."),
        ("negated", "arrest", "Police left without arresting anyone."),
        ("negated", "sign", "The two sides did not meet or sign the pact."),
        ("negated", "take", "Talks are unlikely to take place."),
        ("negated", "merger", "The company ruled out a merger."),
        ("alleged", "expel", "Ghana allegedly expelled the envoys."),
        ("alleged", "expel", "Ghana is believed to have expelled the envoys."),
        ("alleged", "steal", "The men are accused of stealing files."),
        ("alleged", "attack", "The alleged attack shocked the town."),
        ("negated", "attack", "There is no proof that rebels attacked the town."),
        ("threatened", "expel", "Ghana threatened to expel the envoys."),
        ("threatened", "strike", "The union will strike unless the firm pays."),
        ("proposed", "expel", "Ghana may expel the envoys."),
        ("proposed", "expel", "Ghana is considering expelling the envoys."),
        ("proposed", "expel", "The party proposed to expel the envoys."),
        ("proposed", "strike", "The union called for a strike."),
        ("announced", "expel", "Ghana will expel the envoys."),
        ("announced", "expel", "Ghana plans to expel the envoys."),
        ("announced", "expel", "Ghana has decided to expel the envoys."),
        ("announced", "expel", "Ghana said it would expel the envoys."),
        ("announced", "close", "Ghana will expel the envoys and close the embassy."),
        ("announced", "visit", "The minister is to visit Togo on Monday."),
        ("ongoing", "investigate", "Police are investigating the crash."),
        ("ongoing", "withdraw", "Ghana has begun to withdraw its troops."),
        ("occurred", "expel", "Ghana expelled the envoys."),
        ("occurred", "expel", "Ghana said it had expelled the envoys."),
        ("occurred", "expel", "Ghana managed to expel the envoys."),
        ("occurred", "kill", "A storm hit the coast, killing two people."),
        ("occurred", "die", "The mine will close after two workers died."),
        ("occurred", "impose", "The sanctions that the bloc imposed have not hurt the economy."),
        ("occurred", "concede", "Tamm conceded defeat shortly before midnight."),
        ("occurred", "attack", "No group claimed responsibility for the attack."),
    ],
)
def test_the_first_status_that_fits_wins(status: str, word: str, text: str) -> None:
    assert reading(text, word).status == status


@pytest.mark.parametrize(
    ("why", "word", "text"),
    [
        ("question", "resume", "Will the army resume its attacks?"),
        ("condition", "release", "If the rebels release him, talks will go on."),
        ("purpose", "raise", "She flew to Togo in May to raise money for schools."),
        ("question", "resign", "She did not say whether the minister had resigned."),
    ],
)
def test_what_is_asked_supposed_or_meant_is_no_event(why: str, word: str, text: str) -> None:
    assert reading(text, word).idle == why


@pytest.mark.parametrize(
    ("speaker", "word", "text"),
    [
        ("said", "expel", "Ghana said it had expelled the envoys."),
        ("said", "kill", "A bomb killed four guards, police said."),
        (None, "expel", "Ghana expelled the envoys."),
        (None, "sentence", "Two managers pleaded guilty; one of them was sentenced to jail."),
    ],
)
def test_a_verb_of_saying_above_or_behind_is_found(speaker: str | None, word: str, text: str) -> None:
    speech = reading(text, word).speech
    assert (speech.text if speech is not None else None) == speaker
