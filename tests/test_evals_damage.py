from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from evals.damage import (
    DAMAGES,
    EVENT_DAMAGES,
    HARMLESS,
    Change,
    Changes,
    Damage,
    Raw,
    changed,
    ladder,
    raw_of,
    standing,
)
from evals.damage.change import numbered
from evals.damage.entities import own_aliases
from evals.damage.events import modes_of
from evals.damage.spot import entity_spots, event_spots, statement_spots
from evals.damage.stretches import unused
from evals.gold import Gold
from summarizer import Entity, EventSummary, Excerpt, extent
from tests import damage_example, exam_example

GOLD = damage_example.gold()
SEEDS = st.integers(0, 10_000)
OPTIONAL = {("events", 3), ("events", 6), ("statements", 3)}
TYPOGRAPHY = ("straight quotation marks", "curly quotation marks", "no-break spaces", "other dashes")
some = settings(max_examples=20, deadline=None)


def damage(name: str) -> Damage:
    return next(one for one in DAMAGES if one.name == name)


def planted(name: str, gold: Gold = GOLD, seed: int = 0) -> Iterator[tuple[Changes, EventSummary]]:
    """Each thing that a damage is done to: the first changes that stand, and the damaged summary."""
    for ways in damage(name).things(gold, Random(seed)):
        for changes in ways:
            try:
                yield changes, standing(changed(raw_of(gold.summary), changes), gold.article)
            except ValidationError:
                continue
            break


def only(name: str, at: int, gold: Gold = GOLD, seed: int = 0) -> EventSummary:
    """The summary in which a damage is done to one fact."""
    return next(summary for changes, summary in planted(name, gold, seed) if changes[0].at == at)


def differences(one: EventSummary, other: EventSummary) -> set[tuple[str, int, str]]:
    """The fields, as (part, place, name), in which two summaries of as many facts differ."""
    before, after = raw_of(one), raw_of(other)
    return {
        (part, at, field)
        for part in ("events", "statements", "entities")
        for at, (old, new) in enumerate(zip(before[part], after[part], strict=True))
        for field in old
        if old[field] != new[field]
    }


# ------------------------------------------------------------------------------------------------------- all damages


@pytest.mark.parametrize("name", [one.name for one in DAMAGES if not one.refusable])
def test_every_damage_can_be_done_to_gold_that_holds_something_of_its_kind(name: str) -> None:
    assert list(planted(name))


@pytest.mark.parametrize("name", [one.name for one in DAMAGES if one.refusable and one.figures != ("contracts",)])
def test_the_schema_refuses_a_summary_that_says_what_the_article_does_not(name: str) -> None:
    assert damage(name).things(GOLD, Random(0))
    assert not list(planted(name))


@some
@given(seed=SEEDS)
def test_no_damage_is_done_to_a_fact_that_gold_calls_optional(seed: int) -> None:
    for one in DAMAGES:
        firsts = [way[0] for ways in one.things(GOLD, Random(seed)) for way in ways]
        assert OPTIONAL.isdisjoint((change.part, change.at) for change in firsts)


def fields_of(one: Damage) -> set[str]:
    """The fields of an event whose figures must fall."""
    return {figure.removesuffix("_f1") for figure in one.figures} & set(raw_of(GOLD.summary)["events"][0])


FIELD_DAMAGES = [one for one in EVENT_DAMAGES if fields_of(one) - {"salience"}]  # with it the order changes


@pytest.mark.parametrize("one", FIELD_DAMAGES, ids=lambda one: one.name)
def test_a_damage_to_a_field_of_an_event_leaves_all_other_fields_alone(one: Damage) -> None:
    named = fields_of(one)
    for changes, summary in planted(one.name):
        found = differences(GOLD.summary, summary)
        allowed = named | ({"mode", "quad_class"} if "event_type" in named else set())  # they go with their type
        assert {(part, at) for part, at, _ in found} == {("events", changes[0].at)}
        assert named <= {field for _, _, field in found} <= allowed


@pytest.mark.parametrize("one", DAMAGES, ids=lambda one: one.name)
def test_the_same_chance_does_the_same_damage(one: Damage) -> None:
    assert one.things(GOLD, Random(3)) == one.things(GOLD, Random(3))


def test_every_damage_and_every_harmless_change_has_a_name_of_its_own() -> None:
    names = [*(one.name for one in DAMAGES), *(one.name for one in HARMLESS)]
    assert len(names) == len(set(names))


@some
@given(seed=SEEDS)
def test_a_reading_that_gold_accepts_as_well_is_no_damage(seed: int) -> None:
    assert only("wrong status", 0, seed=seed).events[0].status not in ("announced", "occurred")
    assert only("wrong type", 1, seed=seed).events[1].event_type not in ("SANCTION", "COERCE")
    assert only("wrong stance", 0, seed=seed).statements[0].stance not in ("justifies", "announces")


@pytest.mark.parametrize(("name", "at"), [("reason dropped", 0), ("link dropped", 0), ("attribution dropped", 1)])
def test_what_gold_lets_be_left_out_is_not_dropped(name: str, at: int) -> None:
    assert at not in [changes[0].at for changes, _ in planted(name)]


# ------------------------------------------------------------------------------------------------------ single damages


def test_without_the_main_event_the_next_one_is_main() -> None:
    [(_, summary)] = planted("main event dropped")
    assert summary.main.description == "Norway banned timber from Ruritania."
    assert summary.main.links == ()  # they pointed at the event that is gone
    assert [event.id for event in summary.events] == ["e1", "e2", "e3", "e4", "e5", "e6"]


def test_an_event_that_gold_accepts_as_main_does_not_take_the_place_of_the_main_one() -> None:
    events = damage_example.labels()["events"]
    events[0]["alternatives"] = [{"salience": "secondary"}]
    events[1]["alternatives"] = [{"salience": "main"}]
    gold = damage_example.gold(events=events)
    for name in ("main event dropped", "wrong main event"):
        [(_, summary)] = planted(name, gold)
        assert summary.main.description not in (events[0]["description"], events[1]["description"])


def test_half_the_events_leaves_the_main_one() -> None:
    [(_, summary)] = planted("half the events dropped")
    assert summary.main.description == GOLD.summary.main.description
    assert len(summary.events) == len(GOLD.summary.events) - 2


def test_a_made_up_event_rests_on_words_that_no_event_uses() -> None:
    [(_, summary)] = planted("event made up")
    [new] = [event for event in summary.events if event.description == GOLD.summary.headline]
    used = [piece.span for event in GOLD.summary.events for piece in event.evidence]
    assert not any(new.evidence[0].span.overlaps(span) for span in used)
    assert not any(litter.overlaps(new.evidence[0].span) for litter in GOLD.article.litter)


def test_an_event_told_twice_stands_twice() -> None:
    summary = next(found for _, found in planted("event told twice"))
    told = [event.evidence for event in summary.events]
    assert len(told) == len(set(told)) + 1


def test_the_wrong_main_event_is_a_secondary_one_where_there_is_any() -> None:
    [(_, summary)] = planted("wrong main event")
    before = {event.description: event.salience for event in GOLD.summary.events}
    [former] = [event for event in summary.events if event.description == GOLD.summary.main.description]
    assert before[summary.main.description] == "secondary"
    assert former.salience == "secondary"


def test_a_mode_goes_with_its_type_and_a_wrong_one_is_another_of_the_type() -> None:
    assert only("wrong type", 2).events[2].mode is None
    assert only("wrong mode", 2).events[2].mode in set(modes_of("SANCTION")) - {"discontinue"}


@pytest.mark.parametrize(("name", "at"), [("announced", 1), ("negated", 2), ("alleged", 5)])
def test_what_did_not_happen_is_told_as_if_it_had(name: str, at: int) -> None:
    assert only(f"{name} told as occurred", at).events[at].status == "occurred"


def test_actor_and_recipient_change_places() -> None:
    event = only("actor and recipient swapped", 4).events[4]
    assert (event.actor, event.recipient) == (("Per Dahl",), ("Ruritania",))


def test_one_of_two_recipients_is_dropped() -> None:
    assert only("recipient dropped", 5).events[5].recipient in [("Per Dahl",), ("two sailors",)]


@some
@given(seed=SEEDS)
def test_a_wrong_date_shares_no_day_with_the_right_one(seed: int) -> None:
    when = only("wrong date", 4, seed=seed).events[4].date
    assert when is not None
    assert when.value is not None
    assert extent(when.value) != extent("2024-05-03")
    assert when.text == "on 3 May 2024"


def test_a_year_is_made_up_only_where_it_cannot_be_known() -> None:
    [(changes, summary)] = planted("year of a date made up")
    assert changes[0].at == 5
    assert summary.events[5].date is not None
    assert summary.events[5].date.value == "2001-02-03"


@some
@given(seed=SEEDS)
def test_a_wrong_number_is_another_number_of_the_article(seed: int) -> None:
    [quantity] = only("wrong number", 0, seed=seed).events[0].quantities
    assert quantity.value in GOLD.article.numbers - {12}
    assert quantity.of == "diplomats"


def test_the_number_before_a_change_is_dropped_alone() -> None:
    [quantity] = only("number before a change dropped", 0).events[0].quantities
    assert (quantity.value, quantity.previous) == (12, None)


def test_a_location_is_moved_to_words_that_name_another_place() -> None:
    location = only("location moved", 0).events[0].location
    assert location is not None
    assert location.text not in ("Oslo", "")


def test_other_words_as_reason_share_none_with_the_right_ones() -> None:
    reason = only("other words as reason", 4).events[4].reason
    right = GOLD.summary.events[4].reason
    assert reason is not None
    assert right is not None
    assert not reason.span.overlaps(right.span)


def test_moved_evidence_carries_no_event() -> None:
    [piece] = only("evidence moved elsewhere", 0).events[0].evidence
    assert piece.span in unused(GOLD)


def test_blown_up_evidence_is_whole_paragraphs_more_than_twice_as_long() -> None:
    event = only("evidence blown up to its paragraph", 4).events[4]
    assert [piece.span for piece in event.evidence] == [GOLD.article.paragraphs[3]]
    assert len(event.evidence[0].text) > 2 * len(GOLD.summary.events[4].evidence[0].text)


@some
@given(seed=SEEDS)
def test_a_link_gets_another_relation_or_another_target_but_not_both(seed: int) -> None:
    [related] = only("wrong relation of a link", 1, seed=seed).events[1].links
    [aimed] = only("wrong target of a link", 1, seed=seed).events[1].links
    assert (related.relation != "part_of", related.event) == (True, "e1")
    assert (aimed.relation, aimed.event in ("e1", "e2")) == ("part_of", False)


def test_half_a_statement_is_at_most_half_its_words() -> None:
    for changes, summary in planted("statement cut in half"):
        whole, half = (one.statements[changes[0].at or 0].text for one in (GOLD.summary, summary))
        assert half in whole
        assert 2 * len(half.split()) <= len(whole.split())


def test_a_negation_cut_out_leaves_words_that_the_article_does_not_have() -> None:
    [ways] = damage("“not” cut out of a statement").things(GOLD, Random(0))
    assert [change.fields for (change,) in ways] == [
        {"text": "We had choice and we will not talk before he is free"},
        {"text": "We had no choice and we will talk before he is free"},
    ]


def test_an_alias_stands_with_another_entity_or_as_the_name() -> None:
    moved = only("alias given to another entity", 0)
    assert "Oslo" not in [alias.text for alias in moved.entities[0].aliases]
    assert "Oslo" in [alias.text for entity in moved.entities[1:] for alias in entity.aliases]
    renamed = only("alias as the name", 0)
    assert renamed.entities[0].name == "Oslo"
    assert renamed.events[0].actor == ("Oslo",)


def test_an_alias_that_is_only_the_name_set_otherwise_is_none_to_damage() -> None:
    texts = ("the U.S.", "America", "US")
    aliases = tuple(Excerpt(text=text, start=0, end=len(text)) for text in texts)
    assert [alias.text for alias in own_aliases(Entity(name="US", type="country", aliases=aliases))] == ["America"]


def test_wrong_topics_are_others_beside_or_instead_of_the_right_ones() -> None:
    [(_, summary)] = planted("wrong topics")
    assert set(summary.contexts) - set(GOLD.summary.contexts)


def test_a_forbidden_reading_is_put_forward_as_gold_describes_it() -> None:
    added = [changes[0] for changes, _ in planted("reading that must not be asserted")]
    assert [change.part for change in added] == ["events", "statements"]  # the one on litter cannot stand
    assert added[0].fields is not None
    assert added[0].fields["status"] == "occurred"
    assert added[1].fields is not None
    assert added[1].fields["speaker"] == "Norway"


# --------------------------------------------------------------------------------------------------- what counts, where


def test_only_facts_and_entities_that_gold_asks_for_count() -> None:
    rng = Random(0)
    assert [spot.at for spot in event_spots(GOLD, rng)] == [0, 1, 2, 4, 5]
    assert [spot.at for spot in statement_spots(GOLD, rng)] == [0, 1, 2]
    named = [spot.fact.name for spot in entity_spots(GOLD, rng)]
    assert "Denmark" not in named  # named by an optional event alone
    assert "Trade Ministry" not in named  # the other reading of e2 does without
    assert "two sailors" in named


def test_an_event_that_an_optional_one_may_stand_for_is_left_alone() -> None:
    events = damage_example.labels()["events"]
    events[3]["alternatives"] = [
        {"event_type": "COERCE", "mode": "arrest", "actor": ["Ruritania"], "recipient": ["Per Dahl"]},
    ]
    events[3]["evidence"] = ["Ruritania had arrested Captain Per Dahl"]
    spots = event_spots(damage_example.gold(events=events), Random(0))
    assert [spot.at for spot in spots] == [0, 1, 2, 5]


@some
@given(gone=st.sets(st.integers(1, 6)))
def test_events_left_out_take_ids_links_and_what_is_said_of_them_along(gone: set[int]) -> None:
    summary = standing(changed(raw_of(GOLD.summary), [Change("events", at, None) for at in gone]), GOLD.article)
    kept = [event for at, event in enumerate(GOLD.summary.events) if at not in gone]
    assert [event.description for event in summary.events] == [event.description for event in kept]
    assert [event.id for event in summary.events] == [f"e{at}" for at in range(1, len(kept) + 1)]
    names = {event.id: event.description for event in GOLD.summary.events}
    new_names = {event.id: event.description for event in summary.events}
    for before, after in zip(kept, summary.events, strict=True):
        wanted = [names[link.event] for link in before.links if names[link.event] in new_names.values()]
        assert [new_names[link.event] for link in after.links] == wanted
    for said, now in zip(GOLD.summary.statements, summary.statements, strict=True):
        wanted_about = names[said.about] if said.about else None
        assert (new_names[now.about] if now.about else None) in (wanted_about, None)


def test_raw_data_that_nothing_changed_make_the_summary_itself() -> None:
    assert standing(raw_of(GOLD.summary), GOLD.article) == GOLD.summary
    assert numbered(raw_of(GOLD.summary)) == raw_of(GOLD.summary)


# ------------------------------------------------------------------------------------------------------------- ladder


@some
@given(seed=SEEDS)
def test_each_rung_of_the_ladder_is_one_more_damage_and_stands(seed: int) -> None:
    before: Raw = raw_of(GOLD.summary)
    for rung in ladder(GOLD, Random(seed)):
        pairs = zip(before["events"], rung["events"], strict=False)
        touched = sum(old != new for old, new in pairs) + len(rung["events"]) - len(before["events"])
        assert touched == 1
        before = rung
    standing(before, GOLD.article)


@some
@given(seed=SEEDS)
def test_the_ladder_damages_no_field_twice_and_no_event_that_is_gone(seed: int) -> None:
    done: set[tuple[int, str]] = set()
    before: Raw = raw_of(GOLD.summary)
    for rung in ladder(GOLD, Random(seed)):
        for at, (old, new) in enumerate(zip(before["events"], rung["events"], strict=False)):
            fields = {"all"} if new is None else {field for field in new if new[field] != old[field]}
            if old != new:
                assert not {(at, field) for field in (*fields, "all")} & done
                done |= {(at, field) for field in fields}
        before = rung


def test_the_ladder_is_climbed_far_even_in_a_short_article() -> None:
    assert len(list(ladder(exam_example.gold(), Random(0)))) >= 12


# ---------------------------------------------------------------------------------------------------- harmless changes


def variants(name: str, gold: Gold = GOLD) -> list[tuple[str, EventSummary]]:
    harmless = next(one for one in HARMLESS if one.name == name)
    return [(one.where, standing(one.raw, gold.article)) for one in harmless.variants(gold, Random(0))]


@pytest.mark.parametrize("name", [one.name for one in HARMLESS])
def test_every_harmless_change_can_be_made_to_gold_that_allows_it(name: str) -> None:
    assert variants(name)


@pytest.mark.parametrize("name", ["nothing", "an alias in a role", *TYPOGRAPHY])
def test_grounding_repairs_names_and_typography_wholly(name: str) -> None:
    assert all(summary == GOLD.summary for _, summary in variants(name))


@pytest.mark.parametrize("name", TYPOGRAPHY)
def test_typography_is_really_changed(name: str) -> None:
    harmless = next(one for one in HARMLESS if one.name == name)
    [variant] = harmless.variants(GOLD, Random(0))
    assert variant.raw != raw_of(GOLD.summary)


@pytest.mark.parametrize("part", ["events", "statements", "entities"])
def test_another_order_holds_the_same_facts(part: str) -> None:
    [(_, summary)] = variants(f"{part} in another order")
    before, after = raw_of(GOLD.summary)[part], raw_of(summary)[part]
    assert before != after
    assert sorted(map(_named, before)) == sorted(map(_named, after))


def _named(fact: dict[str, Any]) -> str:
    return str(fact.get("description") or fact.get("text") or fact["name"])


def test_every_accepted_reading_is_taken_once_and_couples_whole() -> None:
    found = [summary for _, summary in variants("accepted readings")]
    assert len(found) == 3  # as many as the event with the most readings has
    assert ("occurred", None) in [(summary.events[0].status, summary.events[0].effective) for summary in found]
    assert ("COERCE", "restrict") in [(summary.events[1].event_type, summary.events[1].mode) for summary in found]
    assert [summary.events[0].reason is None for summary in found].count(True) == 1
    assert [summary.statements[0].stance for summary in found].count("announces") == 1


def test_a_reading_that_makes_another_event_the_main_one_comes_with_its_counterpart() -> None:
    events = damage_example.labels()["events"]
    events[0]["alternatives"] = [{"salience": "secondary"}]
    events[1]["alternatives"] = [{"salience": "main"}]
    found = dict(variants("accepted readings", damage_example.gold(events=events)))
    assert found["e1 as secondary"] == found["e2 as main"]
    assert found["e2 as main"].main.description == events[1]["description"]


def test_an_entity_whose_only_role_another_reading_takes_away_goes_with_it() -> None:
    found = dict(variants("an accepted reading without the entity it has no role for"))
    assert "Bank of Skog" not in [entity.name for entity in found["alternative 1 of e3"].entities]
    assert "Trade Ministry" in [entity.name for entity in found["alternative 1 of e3"].entities]


def test_an_optional_event_goes_with_the_entities_that_it_alone_names() -> None:
    found = dict(variants("an optional fact left out"))
    assert set(found) == {"e4", "e7", "s4"}
    assert "Denmark" not in [entity.name for entity in found["e4"].entities]
    assert found["e4"].statements[3].about is None


def test_one_optional_fact_is_given_alone() -> None:
    found = dict(variants("one optional fact alone given"))
    assert len(found["e4"].events) == len(GOLD.summary.events) - 1
    assert len(found["e4"].statements) == len(GOLD.summary.statements) - 1


def test_the_same_words_are_found_where_the_article_has_them_once_more() -> None:
    found = dict(variants("the same words from another place"))
    here, there = GOLD.summary.events[0].location, found["e1.location"].events[0].location
    assert here is not None
    assert there is not None
    assert (there.text, there.country) == (here.text, here.country)
    assert there.start != here.start
    assert differences(GOLD.summary, found["e1.location"]) == {("events", 0, "location")}
