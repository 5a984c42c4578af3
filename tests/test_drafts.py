"""What is certain is settled without asking; what is refused is salvaged around and said."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from summarizer.article import Article
from summarizer.drafts import accept, explain, model_schema, salvage
from summarizer.errors import NoEventsError
from summarizer.schema import EventSummary
from tests.example import ARTICLE, DRAFT, TEXT, changed, draft


def reasons(summary: EventSummary) -> dict[str, str]:
    return {rejection.path: rejection.reason for rejection in summary.rejected}


def test_a_sound_draft_is_accepted_with_nothing_rejected() -> None:
    assert accept(DRAFT, ARTICLE).rejected == ()


def test_a_mode_of_another_type_becomes_null_and_is_noted() -> None:
    summary = accept(changed("events.0.mode", "arrest"), ARTICLE)
    assert summary.main.mode is None
    assert reasons(summary) == {"events[0].mode": "no mode of SANCTION; left out"}


def test_of_two_main_events_the_first_stays() -> None:
    summary = accept(changed("events.1.salience", "main"), ARTICLE)
    assert [event.salience for event in summary.events] == ["main", "secondary"]
    assert "second main event" in reasons(summary)["events[1].salience"]


def test_with_no_main_event_the_first_is_it() -> None:
    assert accept(changed("events.0.salience", "secondary"), ARTICLE).main.id == "e1"


def test_events_are_put_in_order_and_links_and_statements_follow() -> None:
    data = draft()
    data["events"] = [data["events"][1] | {"id": "b"}, data["events"][0] | {"id": "a"}]
    data["events"][1]["links"] = [{"relation": "retaliation_for", "event": "b"}]
    data["statements"][0]["about"] = "a"
    summary = accept(data, ARTICLE)
    assert [event.event_type for event in summary.events] == ["SANCTION", "COERCE"]
    assert summary.main.links[0].event == "e2"
    assert summary.statements[0].about == "e1"


def test_quotation_marks_and_the_closing_comma_are_taken_off_a_quote() -> None:
    assert accept(changed("statements.0.text", "“We had no choice,”"), ARTICLE).statements[0].text == "We had no choice"


def test_a_quote_that_stands_in_no_quotation_marks_is_a_paraphrase() -> None:
    data = changed("statements.0.text", "Norway closed two consulates in Ruritania on Monday")
    summary = accept(data, ARTICLE)
    assert summary.statements[0].kind == "paraphrase"
    assert "not in quotation marks" in reasons(summary)["statements[0].kind"]


def test_a_value_that_its_text_contradicts_is_the_texts() -> None:
    summary = accept(changed("events.0.quantities.0.value", 20), ARTICLE)
    assert summary.main.quantities[0].value == 2
    assert reasons(summary) == {"events[0].quantities[0].value": "its text says 2"}


def test_relative_dates_are_resolved_by_code_from_the_publication_date() -> None:
    article = Article.from_text(TEXT, published=date(2022, 5, 11))
    main, earlier = accept(DRAFT, article).events
    assert main.date is not None
    assert earlier.date is not None
    assert (main.date.value, earlier.date.value) == ("2022-05-09", "2022-05-03")


def test_without_a_publication_date_no_year_is_made_up() -> None:
    assert [event.date.value for event in accept(DRAFT, ARTICLE).events if event.date] == [None, None]


def test_a_value_that_a_model_gives_for_a_date_is_not_believed() -> None:
    data = changed("events.0.date", {"text": "on Monday", "value": "1999-01-01"})
    main = accept(data, Article.from_text(TEXT, published=date(2022, 5, 11))).main
    assert main.date is not None
    assert main.date.value == "2022-05-09"


def test_an_engine_that_resolves_dates_itself_is_believed_if_it_says_so() -> None:
    data = changed("events.0.date", {"text": "on Monday", "value": "2022-05-09"})
    main = accept(data, ARTICLE, dates_resolved=True).main
    assert main.date is not None
    assert main.date.value == "2022-05-09"


def test_a_publication_date_counts_only_if_the_text_writes_it() -> None:
    assert accept(draft(published="2022-05-11"), ARTICLE).published is None
    stated = Article.from_text("11 May 2022\n\n" + TEXT)
    assert accept(draft(published="2022-05-11"), stated).published == date(2022, 5, 11)


def test_a_number_outside_the_evidence_brings_its_own_words_along() -> None:
    summary = accept(changed("events.0.evidence", ["Norway closed"]), ARTICLE)
    evidence = [piece.span for piece in summary.main.evidence]
    loose = [*summary.main.quantities, summary.main.date]
    assert all(any(span.contains(fact.span) for span in evidence) for fact in loose if fact)


@pytest.mark.parametrize(
    ("path", "value", "gone"),
    [
        ("events.0.reason", "the loss of a ship", "events[0].reason"),
        ("events.0.date", {"text": "on Sunday"}, "events[0].date"),
        (
            "events.0.quantities.0",
            {"text": "five consulates", "of": "consulates", "value": 5},
            "events[0].quantities[0]",
        ),
        ("events.0.actor.0", "Sweden", "events[0].actor[0]"),
        ("events.0.links.0.event", "e9", "events[0].links[0]"),
        ("events.1.evidence", ["Ruritania freed the captain"], "events[1].evidence[0]"),
        ("events.1.event_type", "PARTY", "events[1]"),
        ("statements.0.text", "We had a choice", "statements[0]"),
        ("statements.0.about", "e8", "statements[0].about"),
        ("statements.0.speaker", "Per Hansen", "statements[0]"),
        ("entities.2.office", "prime minister", "entities[2].office"),
        ("entities.1.country", "RUR", "entities[1].country"),
        ("entities.0.aliases.0", "Bergen", "entities[0].aliases[0]"),
        ("contexts", ["diplomatic", "gossip"], "contexts[1]"),
        ("events.0.colour", "red", "events[0].colour"),
        ("headline", "Norway closes 12 consulates", "headline"),
        ("published", "yesterday", "published"),
    ],
)
def test_salvage_drops_the_smallest_part_and_says_why(path: str, value: Any, gone: str) -> None:
    summary = salvage(changed(path, value), ARTICLE)
    assert gone in reasons(summary)
    assert summary.main.event_type == "SANCTION"


def test_an_event_that_loses_its_evidence_goes_and_takes_its_links_along() -> None:
    summary = salvage(changed("events.1.evidence", ["Ruritania freed the captain"]), ARTICLE)
    assert len(summary.events) == 1
    assert summary.main.links == ()


def test_an_unfaithful_headline_is_replaced_by_the_main_events_own_description() -> None:
    summary = salvage(changed("headline", "Norway closes 12 consulates"), ARTICLE)
    assert summary.headline == "Norway closed two consulates in Ruritania."


@pytest.mark.parametrize("raw", [None, [], "no", {}, {"events": []}, {"events": [{}, None, 7]}])
def test_a_draft_with_no_event_that_stands_is_an_error(raw: Any) -> None:
    with pytest.raises(NoEventsError):
        salvage(raw, ARTICLE)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["Norway", "e1", "main"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
PATHS = [
    "headline", "summary", "published", "contexts", "entities", "events", "statements",
    "entities.0", "entities.0.name", "entities.0.aliases", "events.0", "events.0.id", "events.0.event_type",
    "events.0.mode", "events.0.actor", "events.0.date", "events.0.quantities", "events.0.quantities.0",
    "events.0.quantities.0.text", "events.0.links", "events.0.evidence", "events.1", "events.1.salience",
    "statements.0", "statements.0.text", "statements.0.about",
]  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(PATHS), JSON), min_size=1, max_size=3))
def test_whatever_a_model_replies_becomes_a_valid_summary_or_our_error(damage: list[tuple[str, Any]]) -> None:
    data = draft()
    for path, value in damage:
        try:
            *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
            place: Any = data
            for step in steps:
                place = place[step]
            place[last] = value
        except (KeyError, IndexError, TypeError):
            continue
    try:
        summary = salvage(data, ARTICLE)
    except NoEventsError:
        return
    assert EventSummary.grounded(json.loads(summary.model_dump_json()), ARTICLE) == summary


def test_an_explanation_names_place_value_and_reason_a_line_each() -> None:
    data = changed("statements.0.text", "We had a choice")
    data["events"][0]["actor"] = ["Sweden"]
    with pytest.raises(ValidationError) as caught:
        accept(data, ARTICLE)
    lines = explain(caught.value).splitlines()
    why = "not in the article word for word; the article agrees as far as 'We had'"
    assert lines == [
        f'- statements[0].text ("We had a choice"): {why}',
        "- events[0].actor[0] (\"Sweden\"): no entity is called 'Sweden'",
    ]


def test_the_models_schema_asks_for_nothing_that_software_fills() -> None:
    shown = json.dumps(model_schema())
    for field in ('"start"', '"end"', '"sha256"', '"rejected"', '"quad_class"', '"engine"', "x-filled-by"):
        assert field not in shown


def test_the_models_schema_can_be_enforced_every_property_required_and_no_other_allowed() -> None:
    def objects(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, list):
            return [found for item in node for found in objects(item)]
        if not isinstance(node, dict):
            return []
        own = [node] if "properties" in node else []
        return own + [found for item in node.values() for found in objects(item)]

    found = objects(model_schema())
    assert len(found) >= 7
    for node in found:
        assert node["additionalProperties"] is False
        assert node["required"] == list(node["properties"])


def test_a_full_draft_satisfies_the_models_schema() -> None:
    event: dict[str, Any] = {
        "mode": None, "actor": [], "recipient": [], "date": None, "effective": None, "location": None,
        "quantities": [], "reason": None, "attribution": [], "links": [],
    }  # fmt: skip
    data = draft(published=None)
    data["entities"] = [{"country": None, "office": None, "aliases": [], **entity} for entity in data["entities"]]
    data["events"] = [{**event, **item} for item in data["events"]]
    for item in data["events"]:
        item["date"] = {**item["date"], "bound": "on"}
        item["quantities"] = [{**q, "previous": None, "qualifier": "exact"} for q in item["quantities"]]
        item["location"] = item["location"] and {**item["location"], "country": None}
    data["statements"] = [{**statement, "via": None} for statement in data["statements"]]
    jsonschema.validate(data, model_schema())
