from __future__ import annotations

from typing import Any

import pytest

from evals.scoring.key import Key
from evals.scoring.prose import coverage, faithfulness, rouge_l
from tests.scoring_example import ARTICLE, EVENTS, finished, key, raw, with_fact

WHO = "Norway expels nine envoys of Ruritania"


def points(text: str, headline: str = "", **labels: Any) -> float:
    return coverage(key(raw(**labels)), headline, text)[0]


def test_there_is_a_point_for_each_event_that_is_not_background_and_one_for_the_headline() -> None:
    assert coverage(key(), "", "")[1] == 4


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("", 0),
        ("Norway froze assets of the Bank of Strelsau.", 1),
        ("Norway acted against the Bank of Strelsau, Ruritania warned.", 2),
        ("The Norwegian government warned Ruritania.", 1),
        ("Norway expelled nine Ruritanian envoys.", 0),
        ("Norway expelled envoys of Ruritania.", 1),
        ("Norway expelled nine Ruritanian envoys of Ruritania.", 2),
        ("NORWAY EXPELLED NINE RURITANIAN ENVOYS OF RURITANIA.", 2),
        ("Hackers broke into the parliament. People protested.", 0),
        ("Ruritanias and Norwayers.", 0),
    ],
)
def test_an_event_is_covered_where_all_its_people_and_numbers_are_named(text: str, covered: float) -> None:
    assert points(text) == covered


@pytest.mark.parametrize(
    ("headline", "share"),
    [
        (WHO, 1.0),
        ("Norway expels nine Ruritanian envoys of Ruritania", 1.0),
        ("Norway expels envoys", 2 / 3),
        ("Norway acts", 1 / 3),
        ("Altogether different matters follow", 0.0),
        ("", 0.0),
    ],
)
def test_the_headline_gets_the_share_of_the_main_events_people_that_it_names(headline: str, share: float) -> None:
    covered = coverage(key(), headline, "")[0]
    assert covered - int(covered) == pytest.approx(share % 1)
    assert covered >= share


def test_no_name_is_found_inside_a_word() -> None:
    labels = raw()
    labels["entities"] += [{"name": "or", "type": "organization"}]
    labels["events"] = [{**EVENTS[1], "id": "e1", "salience": "main", "actor": ["or"], "recipient": [], "links": []}]
    labels["statements"] = []
    labels["entities"] = [{"name": "foreign minister", "type": "person", "aliases": ["minister"]}]
    labels["events"][0]["actor"] = ["foreign minister"]
    assert coverage(key(labels), "", "An administered matter")[0] == 0
    assert coverage(key(labels), "", "The minister's matter")[0] == 1


def test_any_accepted_reading_may_be_told() -> None:
    labels = with_fact("events", 2, alternatives=[{"recipient": []}])
    assert coverage(key(labels), "", "Ruritania warned.")[0] == 1
    assert points("Ruritania warned.") == 0


def test_optional_events_need_not_be_told() -> None:
    assert coverage(key(with_fact("events", 2, optional=True)), "", "")[1] == 3


def test_an_event_with_nobody_to_name_is_told_by_what_happened() -> None:
    alone = [{**EVENTS[4], "salience": "main", "quantities": []}]
    answer = key(raw(alone, []))
    assert coverage(answer, "A protest of people", "")[0] == 2
    assert coverage(answer, "A storm", "")[0] == 0


def test_odd_prose_is_no_harm() -> None:
    assert points("…", headline="?") == 0


@pytest.mark.parametrize(
    ("headline", "text", "faithful"),
    [
        (WHO, "Norway expelled nine envoys.", 2),
        (WHO, "Norway expelled five envoys.", 1),
        ("Envoys of Peru leave", "Norway expelled nine envoys.", 1),
        ("It was Peru", "Norway expelled five envoys.", 0),
    ],
)
def test_headline_and_summary_are_faithful_if_they_bring_in_no_number_and_no_name(
    headline: str, text: str, faithful: float
) -> None:
    summary = finished(raw()).model_copy(update={"headline": headline, "summary": text})
    assert faithfulness(summary, ARTICLE) == (faithful, 2)


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        ("Norway expelled nine envoys", "Norway expelled nine envoys", 1.0),
        ("Norway expelled nine envoys", "Norway expels nine envoy", 1.0),
        ("Norway expelled nine envoys", "nine envoys", 2 / 3),
        ("Norway expelled nine envoys", "envoys nine", 1 / 3),
        ("Norway expelled nine envoys", "", 0.0),
    ],
)
def test_rouge_l_is_the_f_measure_of_the_longest_common_subsequence(wanted: str, given: str, expected: float) -> None:
    assert rouge_l(wanted, given) == pytest.approx(expected)


def test_a_key_knows_the_main_event() -> None:
    answer: Key = key()
    assert answer.events[answer.mains[0]].sheet.salience == "main"
