from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from evals.corpus import PROJECT, SUITES, annotators_of, load_cases
from evals.gold import (
    Forbidden,
    GoldError,
    digest_of,
    gold_of,
    gold_schema,
    load_gold,
    parse_gold,
    places_of,
    read_labels,
)
from summarizer import Article, InputError
from tests.scoring_example import ARTICLE, TEXT, Labels, raw, with_fact

SCHEMA = Draft202012Validator(gold_schema())
FORBIDDEN = {"why": "litter", "evidence": "Ten tips for the summer"}


def shown(value: Any) -> str:
    return json.dumps(value)


def problems(labels: Any) -> list[str]:
    """What is wrong with raw labels, a line each; none for sound ones."""
    try:
        parse_gold(labels, ARTICLE, name="x.json")
    except GoldError as unsound:
        return unsound.message.splitlines()[1:]
    return []


def violations(labels: Any) -> list[str]:
    """What the JSON schema finds wrong, as paths."""
    return [error.json_path for error in SCHEMA.iter_errors(labels)]


def rich() -> Labels:
    """Labels that use everything a gold file may hold."""
    labels = raw()
    labels["$schema"] = "schema.json"
    labels["published"] = "2024-03-05"
    labels["events"][0] |= {
        "alternatives": [
            {"status": "occurred"},
            {"event_type": "COERCE", "mode": None},
            {"date": {"text": "on Monday", "value": "2024-03-04", "bound": "on"}},
            {"links": []},
            {"quantities": [{"text": "nine Ruritanian envoys", "of": "people", "value": 9, "previous": None}]},
        ],
        "must": ["event_type", "actor"],
        "optional": False,
    }
    labels["events"][4] |= {"optional": True, "must": [], "alternatives": []}
    labels["statements"][0] |= {"alternatives": [{"stance": "comments", "about": None}], "must": ["speaker"]}
    labels["must_not"] = [
        {**FORBIDDEN},
        {**FORBIDDEN, "evidence": ["Most Read", "Ten tips for the summer"], "fact": "event"},
        {"why": "denied", "evidence": "denied the attack", "event_type": ["SANCTION"], "mode": ["expel"]},
        {
            "why": "swapped",
            "evidence": "Norway",
            "status": ["occurred"],
            "actor": ["Ruritania"],
            "recipient": ["Norway"],
        },
        {"why": "not his", "evidence": "provocation", "fact": "statement", "speaker": ["Norway"]},
    ]
    return labels


# --- sound files -----------------------------------------------------------------------------------------------------


def test_a_file_that_uses_everything_is_sound() -> None:
    assert problems(rich()) == []
    assert violations(rich()) == []


def test_labels_keep_what_is_said_beside_the_fact() -> None:
    gold = parse_gold(rich(), ARTICLE)
    first, last = gold.events[0], gold.events[4]
    assert (first.must, first.optional, len(first.readings)) == (("event_type", "actor"), False, 5)
    assert (last.must, last.optional, last.readings) == ((), True, ())
    assert first.readings[1].fields == {"event_type", "mode"}
    assert (first.readings[1].fact.event_type, first.readings[1].fact.mode) == ("COERCE", None)
    assert first.readings[1].fact.actor == ("Norway",)
    assert gold.statements[0].readings[0].fact.about is None
    assert [forbidden.evidence for forbidden in gold.must_not[:2]] == [
        ("Ten tips for the summer",),
        ("Most Read", "Ten tips for the summer"),
    ]


def test_the_plain_reading_is_a_summary_without_what_stands_beside_it() -> None:
    gold = parse_gold(rich(), ARTICLE)
    assert gold.summary.events[0].status == "announced"
    assert [label.fact for label in gold.events] == [*gold.summary.events]
    assert [label.fact for label in gold.statements] == [*gold.summary.statements]


def test_times_and_numbers_stand_inside_the_evidence_in_every_reading() -> None:
    labels = with_fact("events", 1, date={"text": "on Monday"}, alternatives=[{"date": {"text": "In April"}}])
    (label, reading) = (gold := parse_gold(labels, ARTICLE).events[1]).fact, gold.readings[0].fact
    assert [piece.text for piece in label.evidence][1:] == ["on Monday"]
    assert [piece.text for piece in reading.evidence][1:] == ["In April"]


def test_an_alias_in_a_role_is_the_entity_also_where_a_reading_leaves_the_role_alone() -> None:
    gold = parse_gold(with_fact("events", 1, actor=["Oslo"], alternatives=[{"status": "announced"}]), ARTICLE)
    assert gold.events[1].fact.actor == gold.events[1].readings[0].fact.actor == ("Norway",)


def test_a_summary_can_be_taken_as_gold() -> None:
    gold = gold_of(parse_gold(rich(), ARTICLE).summary, ARTICLE)
    assert not any(label.readings or label.must or label.optional for label in gold.events)
    assert not any(label.readings or label.must or label.optional for label in gold.statements)


def test_statements_may_be_left_out() -> None:
    labels = raw()
    del labels["statements"]
    assert parse_gold(labels, ARTICLE).statements == ()


def test_the_digest_is_that_of_the_labels_whatever_the_order_of_their_keys() -> None:
    labels = rich()
    turned = dict(reversed(labels.items()))
    assert parse_gold(labels, ARTICLE).digest == parse_gold(turned, ARTICLE).digest
    moved = copy.deepcopy(labels)
    moved["events"][0]["status"] = "occurred"
    assert parse_gold(labels, ARTICLE).digest != parse_gold(moved, ARTICLE).digest
    assert parse_gold({**labels, "$schema": "elsewhere"}, ARTICLE).digest == parse_gold(labels, ARTICLE).digest
    assert len(digest_of([])) == 8


# --- unsound files ---------------------------------------------------------------------------------------------------

OF_AN_EVENT: list[tuple[dict[str, Any], str]] = [
    ({"evidence": ["Norway expelled ten envoys"]}, "events[0].evidence[0].text"),
    ({"evidence": []}, "events[0].evidence"),
    ({"reason": "no words of the article"}, "events[0].reason.text"),
    ({"mode": "demo"}, "events[0]: demo is no mode of SANCTION"),
    ({"mode": "expell"}, "events[0].mode"),
    ({"event_type": "SANCTIONS"}, "events[0].event_type"),
    ({"salience": "secondary"}, "exactly one event must have salience main"),
    ({"actor": ["Sweden"]}, "events[0].actor[0] (\"Sweden\"): no entity is called 'Sweden'"),
    ({"date": {"text": "on Monday", "value": "March 4"}}, "events[0].date.value"),
    ({"date": {"text": "on Monday", "value": "2023-02-29"}}, "events[0].date.value"),
    ({"date": {"text": "on Monday", "bound": "before"}}, "events[0].date.bound"),
    ({"location": {"text": "Norway", "country": "NO"}}, "events[0].location.country"),
    ({"quantities": [{"text": "nine envoys", "of": "envoys", "value": 8}]}, "8 is not the number in its text"),
    ({"links": [{"relation": "caused_by", "event": "e9"}]}, "events[0].links[0].event"),
    ({"links": [{"relation": "because", "event": "e2"}]}, "events[0].links[0].relation"),
    ({"id": "e7"}, "events[0].id"),
    ({"alternative": []}, "events[0].alternative"),
    ({"alternatives": {"status": "occurred"}}, "events[0]: alternatives"),
    ({"alternatives": [{}]}, "events[0].alternatives[0]: says nothing"),
    ({"alternatives": [{"state": "occurred"}]}, "events[0].alternatives[0]: state"),
    ({"alternatives": [{"status": "done"}]}, "events[0].alternatives[0]: status"),
    ({"alternatives": [{"event_type": "AGREE"}]}, "events[0].alternatives[0]: (whole)"),
    ({"alternatives": [{"event_type": "COERCE", "mode": "demo"}]}, "demo is no mode of COERCE"),
    ({"alternatives": [{"reason": "no words of the article"}]}, "events[0].alternatives[0]: reason.text"),
    ({"alternatives": [{"actor": ["Oslo"]}]}, "events[0].alternatives[0].actor: no entity is called 'Oslo'"),
    ({"alternatives": [{"actor": "Norway"}]}, "events[0].alternatives[0]: actor"),
    ({"alternatives": [{"actor": 5}]}, "events[0].alternatives[0]: actor"),
    ({"alternatives": [{"actor": [["Norway"]]}]}, "events[0].alternatives[0]: actor[0]"),
    ({"alternatives": [{"links": 5}]}, "events[0].alternatives[0]: links"),
    ({"alternatives": [{"links": [{"relation": "part_of", "event": "e8"}]}]}, "no other event has the id 'e8'"),
    ({"alternatives": [{"links": [{"relation": "part_of", "event": "e1"}]}]}, "no other event has the id 'e1'"),
    ({"alternatives": [{"description": "Another."}]}, "events[0].alternatives[0]: 'description' is not scored"),
    ({"alternatives": [{"id": "e2"}]}, "events[0].alternatives[0]: 'id' is not scored"),
    ({"must": ["evidense"]}, "events[0].must: 'evidense' is not scored"),
    ({"must": ["description"]}, "events[0].must: 'description' is not scored"),
    ({"must": "actor"}, "events[0]: must"),
    ({"optional": "perhaps"}, "events[0]: optional"),
    ({"optional": True}, "events[0]: the main event is not optional"),
    ({"must": ["actor"], "optional": True}, "a fact is optional or a must, not both"),
]


@pytest.mark.parametrize(("fields", "problem"), OF_AN_EVENT, ids=shown)
def test_what_is_wrong_with_an_event_is_named(fields: dict[str, Any], problem: str) -> None:
    found = problems(with_fact("events", 0, **fields))
    assert any(problem in line for line in found), found


OF_A_STATEMENT: list[tuple[dict[str, Any], str]] = [
    ({"text": "We will tolerate attacks"}, "statements[0].text"),
    ({"speaker": "Sweden"}, "statements[0].speaker"),
    ({"speaker": None}, "statements[0].speaker"),
    ({"via": "Reuters"}, "statements[0].via"),
    ({"about": "e9"}, "statements[0].about"),
    ({"stance": "says"}, "statements[0].stance"),
    ({"alternatives": [{"speaker": "Lund"}]}, "statements[0].alternatives[0].speaker: no entity is called 'Lund'"),
    ({"alternatives": [{"about": "e9"}]}, "statements[0].alternatives[0]: no other event has the id 'e9'"),
    ({"alternatives": [{"about": []}]}, "statements[0].alternatives[0]: about"),
    ({"alternatives": [{"text": "nowhere"}]}, "statements[0].alternatives[0]: text"),
    ({"alternatives": [{"text": "envoys", "start": 0}]}, "statements[0].alternatives[0]: 'start' is not scored"),
    ({"must": ["start"]}, "statements[0].must: 'start' is not scored"),
    ({"must": ["speaker"], "optional": True}, "a fact is optional or a must, not both"),
]


@pytest.mark.parametrize(("fields", "problem"), OF_A_STATEMENT, ids=shown)
def test_what_is_wrong_with_a_statement_is_named(fields: dict[str, Any], problem: str) -> None:
    found = problems(with_fact("statements", 0, **fields))
    assert any(problem in line for line in found), found


OF_A_FORBIDDEN_READING: list[tuple[Any, str]] = [
    ({"evidence": "Twelve tips"}, "must_not[0]: 'Twelve tips' does not stand in the article"),
    ({"evidence": ["Most Read", "ten Tips"]}, "must_not[0]: 'ten Tips' does not stand in the article"),
    ({"evidence": ""}, "must_not[0]: evidence[0]"),
    ({"evidence": []}, "must_not[0]: evidence"),
    ({"evidence": 5}, "must_not[0]: evidence"),
    ({"why": ""}, "must_not[0]: why"),
    ({"event_type": ["SANCTIONS"]}, "there is no event_type 'SANCTIONS'"),
    ({"event_type": "SANCTION"}, "must_not[0]: event_type"),
    ({"mode": ["expell"]}, "there is no mode 'expell'"),
    ({"status": ["done"]}, "there is no status 'done'"),
    ({"actor": ["Sweden"]}, "must_not[0].actor: no entity is called 'Sweden'"),
    ({"speaker": ["Norway"]}, "speaker says nothing of a forbidden event"),
    ({"fact": "statement", "status": ["occurred"]}, "status says nothing of a forbidden statement"),
    ({"fact": "entity"}, "must_not[0]: fact"),
    ({"because": "typo"}, "must_not[0]: because"),
]


@pytest.mark.parametrize(("fields", "problem"), OF_A_FORBIDDEN_READING, ids=shown)
def test_what_is_wrong_with_a_forbidden_reading_is_named(fields: dict[str, Any], problem: str) -> None:
    found = problems(raw(must_not=[{**FORBIDDEN, **fields}]))
    assert any(problem in line for line in found), found


OF_THE_WHOLE: list[tuple[dict[str, Any], str]] = [
    ({"headline": "Sweden and Peru meet"}, "headline"),
    ({"headline": ""}, "headline"),
    ({"published": "last week"}, "published"),
    ({"contexts": ["diplomacy"]}, "contexts[0]"),
    ({"must_nots": []}, "must_nots"),
    ({"events": []}, "events"),
    ({"events": {}}, "events"),
    ({"events": None}, "events"),
    ({"events": ["an expulsion"]}, "events[0]"),
    ({"statements": "none"}, "statements"),
    ({"statements": None}, "statements"),
    ({"must_not": None}, "must_not: a list is needed"),
    ({"must_not": {"why": "x"}}, "must_not: a list is needed"),
    ({"must_not": ["Most Read"]}, "must_not[0]"),
    ({"entities": []}, "no entity is called 'Norway'"),
    ({"sha256": "0" * 64}, "sha256"),
]


@pytest.mark.parametrize(("fields", "problem"), OF_THE_WHOLE, ids=shown)
def test_what_is_wrong_with_the_whole_is_named(fields: dict[str, Any], problem: str) -> None:
    found = problems(raw() | fields)
    assert any(problem in line for line in found), found


def test_a_repeated_entity_and_an_alias_that_stands_nowhere_are_named() -> None:
    labels = with_fact("entities", 1, name="Norway", aliases=["Graustark"])
    found = problems(labels)
    assert any("two entities are called 'Norway'" in line for line in found)
    assert any("entities[1].aliases[0].text" in line for line in found)


def test_every_problem_of_a_file_is_named_at_once() -> None:
    labels = rich()
    labels["headline"] = ""
    labels["events"][0] |= {"actor": ["Sweden"], "must": ["nothing"], "alternatives": [{"status": "done"}, {}]}
    labels["events"][1] |= {"evidence": ["not there"]}
    labels["statements"][0] |= {"alternatives": [{"speaker": "Lund"}]}
    labels["must_not"] = [{**FORBIDDEN, "evidence": "nowhere"}]
    found = "\n".join(problems(labels))
    for problem in (
        "headline",
        "events[0].actor[0]",
        "events[0].must: 'nothing'",
        "events[0].alternatives[0]: status",
        "events[0].alternatives[1]: says nothing",
        "events[1].evidence[0].text",
        "statements[0].alternatives[0].speaker",
        "must_not[0]: 'nowhere'",
    ):
        assert problem in found


def test_a_problem_of_the_plain_labels_is_not_told_again_for_each_reading() -> None:
    labels = with_fact("events", 1, evidence=["not there"], alternatives=[{"status": "announced"}])
    assert len(problems(labels)) == 1


@pytest.mark.parametrize("value", [None, 5, "text", [], [[]], {}, True])
@pytest.mark.parametrize("place", ["headline", "entities", "events", "statements", "must_not"])
def test_no_nonsense_is_a_traceback(place: str, value: Any) -> None:
    labels = raw(must_not=[FORBIDDEN]) | {place: value}
    if not (place in ("statements", "must_not") and value == []) and not (place == "headline" and value == "text"):
        assert problems(labels)


@pytest.mark.parametrize("value", [None, 5, "text", [], [[]], {}, [{}], [None]])
@pytest.mark.parametrize("field", ["actor", "date", "quantities", "links", "evidence", "alternatives", "must", "about"])
def test_no_nonsense_inside_a_fact_or_a_reading_is_a_traceback(field: str, value: Any) -> None:
    problems(with_fact("events", 0, **{field: value}))
    problems(with_fact("events", 0, alternatives=[{field: value}]))
    problems(with_fact("statements", 0, **{field: value}))
    problems(with_fact("statements", 0, alternatives=[{field: value}]))
    problems(raw(must_not=[{**FORBIDDEN, field: value}]))


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_gold_file_is_read_with_its_name_in_every_complaint(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(rich()), encoding="utf-8")
    assert load_gold(path, ARTICLE).events[0].must == ("event_type", "actor")
    path.write_text(json.dumps(raw(headline="")), encoding="utf-8")
    with pytest.raises(GoldError, match=r"a\.json is not sound"):
        load_gold(path, ARTICLE)


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (None, InputError, "no gold file a.json"),
        ("{", GoldError, "a.json is no JSON"),
        ("[]", GoldError, "a.json holds no JSON object"),
        ("5", GoldError, "a.json holds no JSON object"),
    ],
)
def test_a_file_that_holds_no_labels_is_refused(
    tmp_path: Path, content: str | None, error: type[Exception], message: str
) -> None:
    if content is not None:
        (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(error, match=message):
        read_labels(tmp_path / "a.json")


def test_a_file_in_another_encoding_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes('{"headline": "Łódź"}'.encode("utf-16"))
    with pytest.raises(GoldError, match=r"a\.json is no JSON"):
        read_labels(tmp_path / "a.json")


# --- places ----------------------------------------------------------------------------------------------------------


def test_every_place_of_forbidden_words_counts_litter_included() -> None:
    spans = Forbidden(why="x", evidence=("on Monday",)).spans(ARTICLE)
    assert [span.of(TEXT) for span in spans] == ["on Monday", "on Monday"]
    assert [span.of(TEXT) for span in places_of(ARTICLE, "Ten tips")] == ["Ten tips"]
    assert places_of(Article("aaa"), "aa") == [(0, 2), (1, 3)]
    assert places_of(ARTICLE, "nowhere") == []


# --- the JSON schema -------------------------------------------------------------------------------------------------


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(gold_schema())
    assert gold_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("evidence", ["Most Read", ["Most Read"], ["Most Read", "Ten tips"]])
def test_forbidden_words_may_be_one_string_or_several(evidence: Any) -> None:
    labels = raw(must_not=[{**FORBIDDEN, "evidence": evidence}])
    assert violations(labels) == []
    assert problems(labels) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"mode": None},
        {"date": None},
        {"date": {"text": "on Monday"}},
        {"date": {"text": "on Monday", "value": None, "bound": "on"}},
        {"location": {"text": "Norway", "country": None}},
        {"location": None, "reason": None},
        {"quantities": [{"text": "hackers", "of": "hackers", "value": None, "qualifier": "unknown"}]},
        {"quantities": [{"text": "nine envoys", "of": "envoys", "value": 9.0, "previous": 40}]},
        {"alternatives": [{"date": None}, {"quantities": []}, {"location": {"text": "Norway"}}]},
    ],
)
def test_numbers_and_nulls_are_written_as_they_are_read(fields: dict[str, Any]) -> None:
    labels = with_fact("events", 1, **fields)
    assert problems(labels) == []
    assert violations(labels) == []


TYPOS: list[tuple[str, int, dict[str, Any]]] = [
    ("events", 0, {"event_type": "SANCTIONS"}),
    ("events", 0, {"mode": "expell"}),
    ("events", 0, {"actors": ["Norway"]}),
    ("events", 0, {"alternative": []}),
    ("events", 0, {"alternatives": [{"state": "occurred"}]}),
    ("events", 0, {"alternatives": [{"status": "done"}]}),
    ("events", 0, {"alternatives": [{}]}),
    ("events", 0, {"alternatives": [{"description": "x"}]}),
    ("events", 0, {"must": ["actors"]}),
    ("events", 0, {"must": ["id"]}),
    ("events", 0, {"optional": "yes"}),
    ("events", 0, {"evidence": []}),
    ("events", 0, {"date": {"text": "on Monday", "iso": "2024"}}),
    ("events", 0, {"quantities": [{"text": "nine envoys", "of": "envoys", "value": "nine"}]}),
    ("events", 0, {"quantities": [{"text": "nine envoys", "of": "envoys"}]}),
    ("events", 0, {"links": [{"relation": "because_of", "event": "e2"}]}),
    ("statements", 0, {"stance": "says"}),
    ("statements", 0, {"alternatives": [{"event_type": "OTHER"}]}),
    ("statements", 0, {"must": ["start"]}),
    ("entities", 0, {"kind": "country"}),
    ("must_not", 0, {"event_type": ["SANCTIONS"]}),
    ("must_not", 0, {"status": ["done"]}),
    ("must_not", 0, {"mode": "expel"}),
    ("must_not", 0, {"evidence": []}),
    ("must_not", 0, {"evidence": ""}),
    ("must_not", 0, {"reason": "typo for why"}),
]


@pytest.mark.parametrize(("part", "at", "fields"), TYPOS, ids=shown)
def test_an_editor_shows_typos_where_the_loader_refuses_them(part: str, at: int, fields: dict[str, Any]) -> None:
    labels = rich()
    labels[part][at] |= fields
    assert any(path.startswith(f"$.{part}[{at}]") for path in violations(labels))
    assert problems(labels)


@pytest.mark.parametrize("field", ["headline", "summary", "entities", "events"])
def test_what_a_file_must_hold_is_required(field: str) -> None:
    labels = rich()
    del labels[field]
    assert violations(labels) == ["$"]
    assert problems(labels)


def test_every_field_explains_itself_to_an_editor() -> None:
    definitions = gold_schema()["$defs"]
    for name in ("must", "alternatives", "optional"):
        assert definitions["Event"]["properties"][name]["description"]
        assert definitions["Statement"]["properties"][name]["description"]
    assert definitions["Forbidden"]["properties"]["evidence"]["description"]


@pytest.mark.parametrize(
    "path", sorted(PROJECT.glob("gold/**/[0-9]*.json")), ids=lambda path: "/".join(path.parts[-2:])
)
def test_every_labelled_file_of_the_project_fits_the_schema(path: Path) -> None:
    assert violations(json.loads(path.read_text(encoding="utf-8"))) == []


def test_every_labelled_file_of_the_project_is_sound() -> None:
    seeds = SUITES["seeds"]
    for annotator in annotators_of(seeds):
        assert all(case.gold is not None for case in load_cases(seeds, annotator=annotator))
    assert load_cases(seeds)
