from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

import pytest

from evals.corpus import Case
from evals.damage import DAMAGES, Change, Damage
from evals.gold import Gold, Label
from evals.report import CaseResult
from evals.scoring.key import Key, key_of
from evals.scoring.score import score
from evals.selfcheck import STEADY, Scoring, SelfCheck, selfcheck
from summarizer import Event, EventSummary
from tests import damage_example, exam_example


def case(gold: Gold) -> Case:
    return Case("example", gold.article, gold)


CASES = [case(damage_example.gold())]


def named(*names: str) -> list[Damage]:
    return [one for one in DAMAGES if one.name in names]


def on_trial(scoring: Scoring, *names: str) -> SelfCheck:
    """What the selfcheck says of another scorer; only these damages, once each."""
    return selfcheck(CASES, repeats=2, places=2, damages=named(*names), scoring=scoring)


def blind(change: Callable[[Event], Event]) -> Scoring:
    """The scorer as it would be if it saw every event, gold's and predicted, only after a change."""

    def seen(summary: EventSummary) -> EventSummary:
        return summary.model_copy(update={"events": tuple(change(event) for event in summary.events)})

    def label(old: Label[Event]) -> Label[Event]:
        readings = tuple(replace(reading, fact=change(reading.fact)) for reading in old.readings)
        return replace(old, fact=change(old.fact), readings=readings)

    def scoring(key: Key, summary: EventSummary) -> CaseResult:
        events = tuple(label(old) for old in key.gold.events)
        return score(key_of(replace(key.gold, summary=seen(key.gold.summary), events=events)), seen(summary))

    return scoring


def undated(event: Event) -> Event:
    return event.model_copy(update={"date": None, "effective": None})


# ------------------------------------------------------------------------------------------------------ the real scorer


@pytest.mark.parametrize("seed", [0, 7])
def test_the_scorer_can_be_trusted_on_gold_that_holds_something_of_every_kind(seed: int) -> None:
    assert selfcheck(CASES, seed=seed).problems == ()


def test_the_scorer_can_be_trusted_on_a_short_article() -> None:
    found = selfcheck([case(exam_example.gold())])
    assert found.problems == ()
    assert {price.name for price in found.damages if not price.held} >= {"secondary event dropped"}


def test_a_text_of_one_event_is_damaged_as_far_as_it_goes() -> None:
    labels = exam_example.labels()
    alone = {**labels["events"][0], "links": [], "alternatives": []}
    found = selfcheck([case(exam_example.gold(events=[alone]))])
    assert found.problems == ()
    assert {price.name for price in found.damages if not price.held} >= {"main event dropped", "link made up"}


def test_every_row_says_where_the_damage_was_done_and_what_it_cost() -> None:
    found = selfcheck(CASES, repeats=1, places=3, damages=named("wrong status", "date dropped"))
    status, dropped = found.damages
    assert (status.held, status.articles, status.places, status.refused) == (5, 1, 3, 0)
    assert status.mean is not None
    assert status.least is not None
    assert 0 < status.least <= status.mean < 1
    assert dropped.figures == ("event_f1", "date_f1")


def test_where_the_schema_refuses_the_damage_that_is_its_price() -> None:
    found = selfcheck(CASES, repeats=1, damages=named("“not” cut out of a statement", "wrong status"))
    refused = found.damages[0] if found.damages[0].refused else found.damages[1]
    assert (refused.name, refused.places, refused.refused) == ("“not” cut out of a statement", 1, 1)
    assert (refused.mean, refused.least) == (None, None)
    assert found.problems == ()


def test_event_f1_falls_steadily_with_the_damage() -> None:
    severity = selfcheck(CASES, damages=named("wrong status")).severity
    assert severity.mean[0] == 1.0
    assert severity.spearman is not None
    assert severity.spearman <= STEADY
    assert set(severity.by_article) == {"example"}


def test_the_same_seed_finds_the_same() -> None:
    once, again = (selfcheck(CASES, seed=5, repeats=1, places=1) for _ in range(2))
    assert once == again


def test_what_is_found_can_be_written_as_json() -> None:
    for cases in ([], CASES):
        found = selfcheck(cases, repeats=1, places=1, damages=named("wrong status"))
        assert json.loads(json.dumps(asdict(found), allow_nan=False))["problems"] == list(found.problems)


# ---------------------------------------------------------------------------------------------------- scorers that fail


def test_a_scorer_that_ignores_dates_is_caught() -> None:
    found = on_trial(blind(undated), "date dropped", "wrong date", "wrong status")
    assert any(problem.startswith("“date dropped” is free: event_f1") for problem in found.problems)
    assert any(problem.startswith("“wrong date” is free: event_f1") for problem in found.problems)
    assert not any("wrong status" in problem for problem in found.problems)


def test_a_scorer_that_ignores_who_did_it_to_whom_is_caught() -> None:
    def roleless(event: Event) -> Event:
        return event.model_copy(update={"actor": event.actor + event.recipient, "recipient": ()})

    problems = on_trial(blind(roleless), "actor and recipient swapped").problems
    assert any("“actor and recipient swapped” is free" in problem for problem in problems)


def test_a_scorer_that_wants_gold_itself_is_caught_by_harmless_changes() -> None:
    def literal(key: Key, summary: EventSummary) -> CaseResult:
        same = float(summary == key.gold.summary)
        return CaseResult("example", figures=dict.fromkeys(("event_f1", "statement_f1", "entity_f1"), (same, 1.0)))

    found = on_trial(literal, "wrong status")
    costly = {cost.name for cost in found.harmless if cost.most > 0}
    assert {"events in another order", "accepted readings", "an optional fact left out"} <= costly
    assert {"nothing", "an alias in a role", "no-break spaces"}.isdisjoint(costly)
    assert any(problem.startswith("“accepted readings” is harmless, yet costs") for problem in found.problems)


def test_a_scorer_that_finds_everything_right_is_caught_everywhere() -> None:
    def kind(key: Key, summary: EventSummary) -> CaseResult:
        return score(key, key.gold.summary)

    found = selfcheck(CASES, repeats=1, places=1, scoring=kind)
    free = [price for price in found.damages if price.mean is not None]
    assert sum("is free" in problem for problem in found.problems) >= len(free)
    assert found.severity.spearman is None
    assert any("does not fall steadily" in problem for problem in found.problems)


def test_a_scorer_whose_figures_are_chance_does_not_fall_steadily() -> None:
    def chance(key: Key, summary: EventSummary) -> CaseResult:
        digest = sha256(summary.model_dump_json().encode()).digest()
        return CaseResult("example", figures={"event_f1": (digest[0] / 255, 1.0)})

    problems = on_trial(chance, "wrong status").problems
    assert any("does not fall steadily" in problem for problem in problems)
    assert any("event F1 of example rises" in problem for problem in problems)


def test_a_scorer_that_demands_nothing_is_caught() -> None:
    def lenient(key: Key, summary: EventSummary) -> CaseResult:
        return replace(score(key, summary), broken=())

    problems = on_trial(lenient, "fact that must be there lost", "reading that must not be asserted").problems
    assert sum("is free: contracts" in problem for problem in problems) == 2


def test_of_many_readings_taken_at_once_the_one_that_costs_is_named() -> None:
    def fixed(key: Key, summary: EventSummary) -> CaseResult:
        first = next(said for said in summary.statements if said.span == key.gold.summary.statements[0].span)
        return (
            score(key, summary) if first.stance == "justifies" else CaseResult("example", figures={"event_f1": (0, 1)})
        )

    problems = on_trial(fixed, "wrong status").problems
    assert problems == ("“accepted readings” is harmless, yet costs: alternative 1 of s1 of example (event_f1 0.000)",)


def test_a_reading_that_can_never_be_taken_is_a_problem_of_gold() -> None:
    events = damage_example.labels()["events"]
    events[1]["alternatives"] = [{"salience": "main"}]
    [problem] = selfcheck([case(damage_example.gold(events=events))], repeats=1, damages=named("wrong status")).problems
    assert problem.startswith("“accepted readings” is harmless, yet costs: e2 as main of example (events")


def test_each_article_has_its_turn() -> None:
    cases = [replace(CASES[0], id=name) for name in ("one", "two", "three")]
    found = selfcheck(cases, repeats=1, places=3, damages=named("wrong status"))
    assert (found.damages[0].articles, found.damages[0].places, found.damages[0].held) == (3, 3, 15)


def test_a_contract_that_only_a_harmless_change_breaks_is_a_problem() -> None:
    def strict(key: Key, summary: EventSummary) -> CaseResult:
        broken = () if summary.statements[0] == key.gold.summary.statements[0] else ("s1 is not where it was",)
        return replace(score(key, summary), broken=broken)

    problems = on_trial(strict, "wrong status").problems
    assert any("“statements in another order” is harmless, yet breaks a contract" in problem for problem in problems)


def test_gold_whose_own_summary_breaks_a_contract_is_a_problem_once() -> None:
    def grumpy(key: Key, summary: EventSummary) -> CaseResult:
        return replace(score(key, summary), broken=("e1: this gold is never right",))

    problems = on_trial(grumpy, "wrong status").problems
    assert problems == ("“nothing” is harmless, yet breaks a contract: all of example (e1: this gold is never right)",)


# ---------------------------------------------------------------------------------------- selfchecks that see nothing


@pytest.mark.parametrize("cases", [[], [Case("bare", damage_example.ARTICLE)]])
def test_a_selfcheck_that_saw_no_gold_does_not_pass(cases: list[Case]) -> None:
    problems = selfcheck(cases).problems
    assert "no damage could be done: there is no gold" in problems


def test_a_damage_that_can_be_done_nowhere_is_a_problem_unless_gold_holds_nothing_of_its_kind() -> None:
    def impossible(gold: Gold, rng: Any) -> Any:
        return [[(Change("events", 0, {"status": "undreamt"}),)]]

    damages = [Damage("impossible", ("event_f1",), impossible), Damage("no such thing", ("event_f1",), lambda g, r: [])]
    found = selfcheck(CASES, repeats=1, damages=[*damages, *named("wrong status")])
    assert found.problems == ("“impossible” could be done nowhere, though gold holds 1 of the kind",)
    assert [price.held for price in found.damages[:2]] == [1, 0]
