"""The page of an exam: the verdict first, every lost point on its place, every fact tied to its words, nothing runs."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.corpus import Case
from evals.exam import inspected, report_of
from evals.figures import GROUPS, percent
from evals.gold import parse_gold
from evals.page import page
from evals.page.facts import Fact, facts_of
from evals.page.losses import losses_of
from evals.page.wording import shortened
from evals.report import MUST, CaseResult, Report, from_json, signature_line, to_json
from evals.scoring.score import score
from summarizer import Article, EventSummary, UsageError
from tests.exam_example import labels
from tests.example import ARTICLE, draft
from tests.test_html import Page, policy_of
from tests.test_render import HOSTILE

MADE_BY = {"engine": "offline/9", "prompt": "none", "model": "none"}
ERROR = ("ModelError", "the reply was cut off")


def case(id: str = "consulates", **changes: Any) -> Case:
    article = replace(ARTICLE, id=id)
    return Case(id, article, parse_gold(labels(**changes), article))


def flawed() -> EventSummary:
    """The example's summary with an actor and a status wrong, a number lacking, the arrest missed, a talk made up."""
    events = draft()["events"]
    events[0] |= {"actor": ["Kari Lund"], "status": "proposed", "quantities": [], "links": []}
    events[1] = {
        "id": "e2",
        "event_type": "CONSULT",
        "salience": "secondary",
        "status": "occurred",
        "description": "Lund told reporters.",
        "actor": ["Kari Lund"],
        "evidence": ["Lund told reporters"],
    }
    statements = [{**draft()["statements"][0], "stance": "comments"}]
    return EventSummary.grounded(draft(events=events, statements=statements, entities=draft()["entities"][:3]), ARTICLE)


def report(cases: Sequence[Case], results: Sequence[CaseResult]) -> Report:
    return report_of("examples", cases, results, made_by=MADE_BY)


def shown(cases: Sequence[Case], results: Sequence[CaseResult]) -> Page:
    return Page(page(report(cases, results), cases))


CASE = case()
FLAWED = score(CASE.key, flawed())
SOURCE = page(report([CASE], [FLAWED]), [CASE])
SHOWN = Page(SOURCE)
FACTS = facts_of(CASE.article, CASE.gold, FLAWED)


def fact_of(name: str, facts: Sequence[Fact] = FACTS) -> Fact:
    """The fact that gold calls by that name; a made-up one with "made up" before it."""
    return next(fact for fact in facts if name == (fact.name if fact.gold else f"made up {fact.name}"))


def words_of(shown: Page, fact: Fact) -> str:
    """What the page says in a fact's own table."""
    return " ".join(shown.texts[f"r1-{fact.key}"].split())


def lit(source: str, side: str) -> dict[str, str]:
    """The words of each place on one side, "g" for gold's and "p" for the prediction's."""
    found: dict[str, str] = defaultdict(str)
    for classes, text in re.findall(r'<a class="([^"]*)" href="#r1-f\d+" data-places="[^"]*"[^>]*>([^<]*)</a>', source):
        for name in re.findall(rf"\b{side}(\d+)\b", classes):
            found[name] += text
    return found


def place_of(words: str) -> str:
    """The place that the first fact with these words leads to."""
    found = re.search(rf'data-place="(\d+)">{re.escape(words)}</a>', SOURCE)
    assert found, words
    return found[1]


# --- the head of the page ---------------------------------------------------------------------------------------------


def test_the_verdict_comes_first_in_one_sentence() -> None:
    figure = report([CASE], [FLAWED]).figure("event_f1")
    value, low, high = map(percent, (figure.value, figure.low, figure.high))
    assert SHOWN.texts["h1"] == (
        f"offline/9 scores event F1 {value} [{low}, {high}] on 1 article of examples; "
        "main event right in 0 of 1; 1 contract broken."
    )
    assert SHOWN.texts["title"] == SHOWN.texts["h1"]


def test_every_figure_stands_in_the_table_with_its_meaning_interval_and_n_the_primary_first() -> None:
    found = report([CASE], [FLAWED])
    rows = re.findall(r"<tr(?: class=\"primary\")?><th scope=\"row\">.*?</tr>", unescape(SOURCE))[: len(found.figures)]
    assert "event F1" in rows[0]
    assert 'class="primary"' in rows[0]
    entries = {name: entry for group in GROUPS.values() for name, entry in group.items()}
    for figure in found.figures:
        entry, interval = entries[figure.name], f"{percent(figure.low)} – {percent(figure.high)}"
        said = (f'<th scope="row">{entry.label} ', entry.meaning, f"<b>{percent(figure.value)}</b>", interval)
        assert any(all(words in row for words in (*said, f"<td>{figure.n}</td>")) for row in rows)


def test_a_figure_that_no_list_knows_is_shown_all_the_same() -> None:
    found = report([CASE], [replace(FLAWED, figures={**FLAWED.figures, "brevity": (0.5, 1.0)})])
    assert "brevity" in page(found, [CASE])


def test_the_signature_stands_under_the_figures() -> None:
    assert SHOWN.texts["code"] == signature_line(report([CASE], [FLAWED]).signature)


def test_each_result_has_a_line_that_leads_to_its_section() -> None:
    cases = [case("one"), case("two")]
    results = [score(cases[0].key, flawed()), score(cases[1].key, None, error=ERROR)]
    found = shown(cases, results)
    assert found.by_id["r1"]["tag"] == found.by_id["r2"]["tag"] == "section"
    lines = found.texts["articles"]
    assert f"{percent(results[0].figures['event_f1'][0])}wrong" in lines
    assert f"{sum(point.lost for point in results[0].points)} of {len(results[0].points)}1" in lines
    assert "failed: ModelError the reply was cut off" in lines
    assert [a["href"] for tag, a in found.tags if tag == "a"][:2] == ["#r1", "#r2"]


# --- gold and prediction ----------------------------------------------------------------------------------------------


def test_a_lost_point_stands_on_its_facts_field_with_both_values_outcome_and_cost() -> None:
    table = words_of(SHOWN, fact_of("e1"))
    for point in fact_of("e1").lost:
        said = [point.field.replace("_", " "), f"−{percent(point.cost)}"]
        said += [value for value in (point.gold, point.predicted) if value]
        assert all(words in table for words in said)
    assert "status −" in table
    assert "occurredproposed wrong" in table
    assert "“two consulates” = 2missing" in table


def test_what_is_right_is_said_once_and_shortly() -> None:
    table = words_of(SHOWN, fact_of("e1"))
    assert table.count("withdraw") == 3  # in both heads, and once among what is right
    assert "rightevent type SANCTION mode withdraw salience main recipient Ruritania" in table


def test_a_missed_fact_shows_gold_alone_and_a_made_up_one_the_prediction_alone() -> None:
    missed, made_up = words_of(SHOWN, fact_of("e2")), words_of(SHOWN, fact_of("made up e2"))
    assert "gold e2 COERCE/arrest · occurred · background Ruritania arrested Per Dahl.not found" in missed
    assert "missing −" in missed
    assert "not in goldprediction e2 CONSULT · occurred · secondary Lund told reporters." in made_up
    assert "made up −" in made_up


def test_found_facts_come_before_missed_ones_and_those_before_what_was_made_up() -> None:
    events = [fact for fact in FACTS if fact.part == "events"]
    assert [fact.name for fact in events] == ["e1", "e2", "e2"]
    assert [fact.found for fact in events] == [True, False, False]
    assert (events[1].given, events[2].gold) == (None, None)


def test_statements_stand_side_by_side_too() -> None:
    table = words_of(SHOWN, fact_of("s1"))
    assert "gold s1 Kari Lund justifies about e1 “We had no choice”" in table
    assert "prediction s1 Kari Lund comments about e1" in table
    assert "justifiescomments wrong" in table


def test_entities_that_lost_nothing_share_a_line_and_the_others_say_what_they_lost() -> None:
    assert "missing −" in words_of(SHOWN, fact_of("Per Dahl"))
    assert "Entities all rightNorwayRuritaniaKari Lund" in SHOWN.texts["r1"]


def test_headline_summary_and_contexts_stand_side_by_side() -> None:
    assert "contextsdiplomaticdiplomatic" in SHOWN.texts["r1"]


def test_an_optional_fact_is_shown_and_costs_nothing() -> None:
    events = labels()["events"]
    events[1]["optional"] = True
    optional = case(events=events)
    result = score(optional.key, flawed())
    fact = fact_of("e2", facts_of(optional.article, optional.gold, result))
    assert (fact.points, fact.cost) == ((), 0)
    assert words_of(shown([optional], [result]), fact).startswith("optionalgold e2 COERCE/arrest")


def test_an_entity_that_optional_facts_alone_name_is_told_once_and_not_scored() -> None:
    events = labels()["events"]
    events[0]["links"], events[1]["optional"] = [], True
    optional = case(events=events)
    result = score(optional.key, EventSummary.grounded(draft(), ARTICLE))
    assert "Entities that were not scoredPer DahlHeadline" in shown([optional], [result]).texts["r1"]


def test_a_fact_of_many_slots_costs_what_f1_would_gain_if_all_of_it_were_right() -> None:
    draft_without = draft(events=[{**draft()["events"][0], "links": []}])
    result = score(CASE.key, EventSummary.grounded(draft_without, ARTICLE))
    facts = facts_of(CASE.article, CASE.gold, result)
    lost = sum(fact.cost for fact in facts if fact.name == "e2")
    with_link = draft(events=[{**event, "links": []} for event in draft()["events"]])
    better = score(CASE.key, EventSummary.grounded(with_link, ARTICLE))
    assert result.figures["event_f1"][0] + lost == pytest.approx(better.figures["event_f1"][0])


def test_a_field_that_gold_demands_is_marked_where_it_is_lost() -> None:
    assert re.search(r"actor −\.\d+ must", words_of(SHOWN, fact_of("e1")))
    assert "must" not in words_of(SHOWN, fact_of("s1"))


def test_a_broken_contract_leads_to_its_fact() -> None:
    assert FLAWED.broken == (f"e1.actor is wrong{MUST}",)
    assert f'<a href="#r1-{fact_of("e1").key}">e1.actor is wrong{MUST}</a>' in SOURCE


def test_a_contract_that_names_no_fact_is_told_all_the_same() -> None:
    result = replace(FLAWED, broken=("Norway.aliases: rests on litter: 'Oslo'", "e99: no such event"))
    text = shown([CASE], [result]).texts["r1"]
    assert "Norway.aliases: rests on litter: 'Oslo'" in text
    assert "e99: no such event" in text


# --- the costliest lost points ----------------------------------------------------------------------------------------


def test_losses_go_down_in_cost_and_a_fact_that_one_side_lacks_is_one_loss() -> None:
    losses = losses_of([fact for fact in FACTS if fact.part == "events"])
    assert [loss.cost for loss in losses] == sorted((loss.cost for loss in losses), reverse=True)
    whole = [loss.fact.name for loss in losses if loss.point is None]
    assert whole == ["e2", "e2"]
    slots = sum(len(fact.lost) for fact in FACTS if fact.part == "events" and fact.found)
    assert len(losses) == slots + 2


def test_the_costliest_losses_come_before_the_facts_each_with_a_link_to_its_words_and_to_its_fact() -> None:
    head, _, _ = SOURCE.partition("Events found")
    items = re.findall(r"<li><span class=\"cost\">.*?</li>", head)
    assert len(items) == len(losses_of(FACTS))
    assert all('data-place="' in item for item in items[:6])
    assert f'href="#r1-{fact_of("e1").key}"' in "".join(items)


@given(st.text(max_size=80), st.integers(2, 60))
def test_shortened_text_is_never_longer_than_it_may_be(text: str, length: int) -> None:
    short = shortened(text, length)
    assert len(short) <= length
    assert text.startswith(short.removesuffix("…"))


# --- the article ------------------------------------------------------------------------------------------------------


def test_the_articles_every_word_stands_in_the_page_in_order() -> None:
    assert SHOWN.texts["the article"].split() == ARTICLE.text.split()


def test_a_fact_lights_golds_evidence_and_the_predictions() -> None:
    assert CASE.gold
    gold, predicted = lit(SOURCE, "g"), lit(SOURCE, "p")
    e1 = place_of("Norway closed two consulates in Ruritania.")
    assert gold[e1] == predicted[e1] == "Norway closed two consulates in Ruritania on Monday"
    e2 = place_of("Ruritania arrested Per Dahl.")
    assert gold[e2] == "Ruritania had arrested Captain Per Dahl on 3 May"
    assert e2 not in predicted
    made_up = place_of("Lund told reporters.")
    assert predicted[made_up] == "Lund told reporters"
    assert made_up not in gold


def test_a_slot_lights_its_own_words() -> None:
    assert lit(SOURCE, "g")[place_of("“two consulates” = 2")] == "two consulates"


def test_an_entity_lights_its_name_aliases_and_office() -> None:
    assert lit(SOURCE, "g")[place_of("Per Dahl")] == "a Norwegian captainPer Dahl"


def test_gold_and_prediction_are_told_apart_by_form_and_by_word() -> None:
    classes = {str(a.get("class", "")) for tag, a in SHOWN.tags if tag == "a" and "data-places" in a}
    both = [each for each in classes if {"gold", "given"} <= set(each.split())]
    assert both
    assert any("gold" in each.split() and "given" not in each.split() for each in classes)
    assert "gold’s evidencethe prediction’sboth" in SHOWN.texts["r1-words"]


def test_every_link_leads_to_something_on_the_page() -> None:
    for tag, attributes in SHOWN.tags:
        target = attributes.get("href")
        if target is not None:
            assert tag == "a"
            assert target.startswith("#"), "no link leads out of the page"
            assert target[1:] in SHOWN.by_id


def test_every_word_that_is_lit_leads_back_to_a_fact() -> None:
    for _, attributes in SHOWN.tags:
        for place in (attributes.get("data-places") or "").split():
            assert SHOWN.by_id[f"r1-f{place}"]["href"] == f"#r1-w{place}"


def test_litter_is_marked_and_links_nowhere() -> None:
    assert {tag for tag, a in SHOWN.tags if a.get("class") == "litter"} == {"span"}


def test_without_javascript_style_alone_lights_words() -> None:
    rules = SOURCE[SOURCE.index("<noscript>") : SOURCE.index("</noscript>")]
    for place in lit(SOURCE, "g"):
        assert f".result:has(:is(.w{place},.f{place}):target) .g{place} {{" in rules


def test_the_rules_for_lighting_do_not_grow_with_the_articles() -> None:
    cases = [case(f"article {at}") for at in range(30)]
    source = page(report(cases, [score(each.key, flawed()) for each in cases]), cases)
    assert source.count(":has(") == SOURCE.count(":has(")
    assert len(source) < 31 * len(SOURCE)


# --- failures, runs, articles without gold ----------------------------------------------------------------------------


def test_a_failed_article_shows_its_error_in_place_of_a_prediction() -> None:
    found = shown([CASE], [score(CASE.key, None, error=ERROR)])
    assert "No summary: ModelError the reply was cut off" in found.texts["r1"]
    assert "prediction e1" not in found.texts["r1"]
    assert "gold e1" in found.texts["r1"]
    assert "1 summary failed" in found.texts["h1"]


def test_every_run_of_an_article_has_its_own_section() -> None:
    results = [score(CASE.key, flawed(), run=0), score(CASE.key, None, run=1, error=ERROR)]
    found = shown([CASE], results)
    assert "consulates, run 1" in found.texts["r1"]
    assert "consulates, run 2" in found.texts["r2"]
    assert "on 1 article of examples in 2 runs" in found.texts["h1"]


def test_an_article_that_nobody_labelled_shows_what_was_given() -> None:
    bare = Case("bare", replace(ARTICLE, id="bare"))
    found = shown([bare], [inspected(bare, flawed())])
    assert found.texts["h1"] == "offline/9 on 1 article of examples without labels; 0 contracts broken."
    assert "Events givenunlabelledunlabelledprediction e1 SANCTION/withdraw" in found.texts["r1"]
    assert "–––0" in found.texts["articles"]


def test_an_article_without_labels_summary_or_title_goes_by_its_id() -> None:
    bare = Case("bare", replace(ARTICLE, id="bare"))
    assert shown([bare], [CaseResult("bare", error=ERROR)]).texts["h2"].endswith("bare")


@pytest.mark.parametrize(
    ("result", "cases", "why"),
    [
        (FLAWED, [case("another")], "no article is called consulates"),
        (FLAWED, [case(must_not=[])], "the gold has changed"),
        (replace(FLAWED, summary={**(FLAWED.summary or {}), "sha256": "0" * 64}), [CASE], "consulates has changed"),
    ],
)
def test_a_report_of_another_exam_is_refused(result: CaseResult, cases: list[Case], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        page(report([CASE], [result]), cases)


def test_the_same_exam_gives_the_same_bytes() -> None:
    assert page(report([CASE], [score(CASE.key, flawed())]), [case()]) == SOURCE


def test_a_report_read_back_from_json_gives_the_same_page() -> None:
    assert page(from_json(to_json(report([CASE], [FLAWED]))), [CASE]) == SOURCE


# --- nothing runs, nothing is fetched ---------------------------------------------------------------------------------

ATTACK = f'{HOSTILE}\n\n"><img src=x onerror=alert(1)> </p></body> ]]> &lt;b&gt; \u2028 {HOSTILE}\ud800'


def hostile() -> tuple[Case, CaseResult]:
    """An article, a gold, a summary and results that hold an attack in every place that takes text."""
    article = Article.from_text(f"{ARTICLE.text}\n\n{ATTACK}", id=ATTACK)
    sound = parse_gold(labels(), article)
    result = score(Case(ATTACK, article, sound).key, EventSummary.grounded(draft(), article))
    poisoned = {**(result.summary or {}), "headline": ATTACK, "summary": ATTACK, "contexts": [ATTACK]}
    poisoned["events"] = [{**event, "description": ATTACK, "status": ATTACK} for event in poisoned["events"]]
    poisoned["statements"] = [{**said, "text": ATTACK, "via": ATTACK} for said in poisoned["statements"]]
    points = tuple(
        replace(point, predicted=ATTACK, outcome="incorrect", cost=0.1) if point.part == "events" else point
        for point in result.points
    )
    headline = sound.summary.model_copy(update={"headline": ATTACK})
    return (
        Case(ATTACK, article, replace(sound, summary=headline)),
        replace(result, summary=poisoned, points=points, broken=(ATTACK, f"e1: {ATTACK}")),
    )


def hostile_source() -> str:
    poisoned, result = hostile()
    found = report_of(ATTACK, [poisoned], [result], made_by={"engine": ATTACK})
    return page(found, [poisoned])


def test_hostile_text_adds_no_element_and_leaves_no_script() -> None:
    source = hostile_source()
    assert {tag for tag, _ in Page(source).tags} <= {tag for tag, _ in SHOWN.tags} | {"details", "summary"}
    assert source.count("<script") == source.count("</script") == 1
    assert "<!--" not in source
    source.encode("utf-8")


def attributes_of(shown: Page) -> set[str]:
    return {name for _, attributes in shown.tags for name in attributes}


def test_nothing_is_loaded_from_anywhere() -> None:
    for found in (SHOWN, Page(hostile_source())):
        names = attributes_of(found)
        assert not names & {"src", "srcset", "action", "style", "background", "poster", "data", "ping"}
        assert not any(name.startswith("on") for name in names)
        assert "@import" not in found.texts["style"]
        assert "url(" not in found.texts["style"]


def test_the_policy_admits_this_pages_own_script_and_styles_and_nothing_else() -> None:
    parts = [*re.findall(r"<script>(.*?)</script>", SOURCE, re.S), *re.findall(r"<style>(.*?)</style>", SOURCE, re.S)]
    script, *styles = (base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in parts)
    assert len(styles) == 2
    assert policy_of(SHOWN) == (
        f"default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{styles[0]}' 'sha256-{styles[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_articles_that_read_from_right_to_left_keep_to_their_own_cells() -> None:
    cells: list[Mapping[str, str | None]] = [a for tag, a in SHOWN.tags if tag in ("td", "th") and a.get("dir")]
    assert cells
    assert all(cell["dir"] == "auto" for cell in cells)
    assert "unicode-bidi: isolate" in SHOWN.texts["style"]
