"""Who does what to whom, whatever the syntax."""

from __future__ import annotations

import pytest

from summarizer.offline.clauses import Clause, governor_of, noun_clause, support_of, surface_subject, verb_clause
from summarizer.offline.phrases import lemma_of
from tests.offline_example import parsed


def clause(text: str, word: str) -> Clause:
    segment = parsed(text).segments[0]
    token = next(token for token in segment.doc if token.text == word)
    return verb_clause(segment, token) if token.pos_ == "VERB" else noun_clause(segment, token)


def roles(text: str, word: str) -> tuple[list[str], list[str]]:
    """The deep subject and object of a word, as the text writes them."""
    found, whole = clause(text, word), parsed(text).article.text
    return [part.span.of(whole) for part in found.subject], [part.span.of(whole) for part in found.object]


@pytest.mark.parametrize(
    ("text", "verb", "subject", "done_to"),
    [
        ("Ghana expelled two envoys.", "expelled", ["Ghana"], ["two envoys"]),
        ("Two envoys were expelled by Ghana.", "expelled", ["Ghana"], ["Two envoys"]),
        ("Two envoys were expelled.", "expelled", [], ["Two envoys"]),
        ("Two envoys were expelled by Monday.", "expelled", [], ["Two envoys"]),
        ("The envoys expelled by Ghana left.", "expelled", ["Ghana"], ["The envoys"]),
        ("The minister who expelled the envoys resigned.", "expelled", ["The minister"], ["the envoys"]),
        ("Togo lifted the curbs that Ghana imposed.", "imposed", ["Ghana"], ["the curbs"]),
        ("Ghana wants to expel the envoys.", "expel", ["Ghana"], ["the envoys"]),
        ("Kenya ordered the diplomats to leave the country.", "leave", ["the diplomats"], ["the country"]),
        ("Police arrested a man and released his brother.", "released", ["Police"], ["his brother"]),
        ("Two men were arrested and charged.", "charged", [], ["Two men"]),
        ("A bomb exploded, killing four guards.", "killing", ["A bomb"], ["four guards"]),
        ("A storm struck the coast, killing ten people, officials said.", "killing", ["A storm"], ["ten people"]),
        ("The union accused the firm of hiding its losses.", "hiding", ["the firm"], ["its losses"]),
        ("Ghana and Togo signed a pact.", "signed", ["Ghana", "Togo"], ["a pact"]),
        ("Workers protested against the plan to sell the port.", "sell", [], ["the port"]),
    ],
)
def test_a_verb_has_its_deep_roles(text: str, verb: str, subject: list[str], done_to: list[str]) -> None:
    assert roles(text, verb) == (subject, done_to)


def test_a_participle_behind_a_comma_is_what_the_main_subject_does() -> None:
    text = "Ghana ordered six envoys to leave by May 3, accusing them of spying."
    assert roles(text, "accusing")[0] == ["Ghana"]


def test_a_finite_verb_goes_on_with_a_finite_one() -> None:
    text = "The group accused the police of violence and called for an inquiry."
    verb = next(token for token in parsed(text).segments[0].doc if token.text == "called")
    assert lemma_of(governor_of(verb)) == "accuse"
    assert roles(text, "called")[0] == ["The group"]


@pytest.mark.parametrize(
    ("text", "noun", "subject", "done_to"),
    [
        ("The expulsion of two envoys by Ghana angered Togo.", "expulsion", ["Ghana"], ["two envoys"]),
        ("Ghana's expulsion of two envoys angered Togo.", "expulsion", ["Ghana"], ["two envoys"]),
        ("A French attack on the port failed.", "attack", ["French"], []),
        ("Ghana imposed sanctions on Togo.", "sanctions", ["Ghana"], []),
        ("The company faces a lawsuit.", "lawsuit", [], ["The company"]),
    ],
)
def test_a_noun_that_names_an_act_has_roles_too(text: str, noun: str, subject: list[str], done_to: list[str]) -> None:
    assert roles(text, noun) == (subject, done_to)


def test_a_light_verb_lends_its_prepositions() -> None:
    text = "Ghana imposed sanctions on Togo."
    after = clause(text, "sanctions").after("on")
    assert [part.head.text for part in after] == ["Togo"]


def test_calling_a_thing_something_makes_no_thing() -> None:
    segment = parsed("The minister called the tariff unfair.").segments[0]
    assert support_of(next(token for token in segment.doc if token.text == "tariff")) is None


def test_who_rejects_a_decision_has_not_taken_it() -> None:
    text = "Togo criticised the plan to expel its envoy."
    verb = next(token for token in parsed(text).segments[0].doc if token.text == "expel")
    assert surface_subject(verb) is None
