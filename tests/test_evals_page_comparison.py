"""The page of the gate: the verdict first, both sides beside each other and beside gold, nothing runs."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.corpus import Case
from evals.exam import report_of, scored
from evals.figures import GROUPS, percent
from evals.gate import Judgement, Outcome, judge
from evals.gold import parse_gold
from evals.page import comparison
from evals.page.contrast import Contrast
from evals.page.strips import change_strip, runs_strip
from evals.page.tallies import changes_of, tallies_of
from evals.page.trios import Trio, trios_of
from evals.page.wording import change_of
from evals.report import CaseResult, Report, from_json, to_json
from summarizer import EventSummary, InputError, UsageError
from tests.exam_example import labels, summary
from tests.example import ARTICLE, draft
from tests.test_evals_gate import changed, swapped
from tests.test_evals_page import ATTACK, attributes_of, case, flawed, hostile
from tests.test_html import Page, policy_of

Answer = EventSummary | InputError
FAILED = InputError("no reply is recorded for this request")
MADE_BY = {"engine": "model:desk", "prompt": "news@00000000", "model": "desk"}


def side(cases: Sequence[Case], *runs: Answer) -> Report:
    """A report in which every article got the same answers, one a run."""
    results = [scored(each, answer, run=run) for run, answer in enumerate(runs) for each in cases]
    return report_of("examples", cases, results, made_by=MADE_BY)


def compared(base: Report, candidate: Report, cases: Sequence[Case]) -> str:
    return comparison(judge(base, candidate), base, candidate, cases)


def section_of(source: str, id: str = "r1") -> str:
    """What the page says in an article's section, white space aside."""
    return " ".join(Page(source).texts[id].split())


def plain(markup: str) -> str:
    """Markup as text, a space where an element begins or ends."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def list_of(source: str, kind: str) -> list[str]:
    """The rows of slots that were lost, gained or changed, as text."""
    changes = source[source.index('id="changes"') : source.index('<section class="result"')]
    table = changes[changes.index(f'class="flip {kind}"') :].partition("</table>")[0]
    return [plain(row) for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table)]


CASES = (case("first"), case("second"))
BASE = side(CASES, summary(), summary(), changed("date"))
CANDIDATE = side(CASES, changed("date"), flawed(), changed("date", "status"))
JUDGED = judge(BASE, CANDIDATE)
SOURCE = comparison(JUDGED, BASE, CANDIDATE, CASES)
SHOWN = Page(SOURCE)


# --- the verdict ------------------------------------------------------------------------------------------------------

ONE = (CASES[0],)
SAID: dict[Outcome, tuple[str, Report, Report]] = {
    "pass": ("✓ Not worse: ", side(CASES, changed("date"), changed("date")), side(CASES, summary(), summary())),
    "unchanged": ("= Unchanged: both sides gave the same answers", BASE, BASE),
    "fail": (
        "✗ Worse: event F1 falls by ",
        side([case(f"{at}") for at in range(5)], *[summary()] * 2),
        side([case(f"{at}") for at in range(5)], *[changed("date", "status")] * 2),
    ),
    "inconclusive": (
        "? Can’t tell: event F1 falls by ",
        side(ONE, summary(), changed("date", "status")),
        side(ONE, changed("date"), changed("date", "status", "reason")),
    ),
    "contracts": (
        "✗ Contract broken: first: e1.actor is wrong, a must, in 1 of 1 runs",
        side(ONE, summary()),
        side(ONE, swapped()),
    ),
    "invalid": ("! No comparison: the candidate lacks second", side(CASES, summary()), side(ONE, summary())),
}


def cases_of(report: Report) -> list[Case]:
    return [case(name) for name in dict.fromkeys(result.id for result in report.cases)]


@pytest.mark.parametrize("outcome", SAID)
def test_the_verdict_comes_first_with_a_sign_and_in_words(outcome: Outcome) -> None:
    words, base, candidate = SAID[outcome]
    assert judge(base, candidate).outcome == outcome
    shown = Page(compared(base, candidate, cases_of(base)))
    assert shown.texts["h1"].startswith(words)
    assert shown.texts["title"] == shown.texts["h1"]
    assert shown.texts["body"].startswith(shown.texts["h1"])
    assert f"gate on examples: {outcome}, exit code {judge(base, candidate).exit_code()}" in shown.texts["header"]


def test_the_other_reasons_stand_under_the_verdict() -> None:
    _, base, candidate = SAID["inconclusive"]
    judgement = judge(base, candidate)
    header = Page(comparison(judgement, base, candidate, ONE)).texts["header"]
    assert all(reason in header for reason in judgement.reasons[1:])
    assert "4 under --strict" in header


def test_reasons_of_the_same_weight_are_counted_and_listed() -> None:
    source = compared(BASE, side(CASES, *[swapped()] * 3), CASES)
    assert Page(source).texts["h1"] == "✗ Contract broken: 2 reasons, whatever the mean says"
    for name in ("first", "second"):
        assert f">{name}: e1.actor is wrong, a must, in 3 of 3 runs</a>" in source


def test_a_broken_contract_leads_to_the_fact_it_is_about() -> None:
    source = compared(BASE, side(CASES, *[swapped()] * 3), CASES)
    address = re.search(r'<a href="#([^"]+)">second: e1.actor', source)
    assert address
    assert "gold e1 SANCTION/withdraw" in section_of(source, address[1])


def test_a_contract_that_another_run_broke_leads_to_its_article() -> None:
    judgement = Judgement("contracts", ("second: e9: no such event, in 1 of 3 runs",))
    source = comparison(judgement, BASE, CANDIDATE, CASES)
    assert '<h1><span class="said contracts">✗ Contract broken</span>: <a href="#r2">second: e9' in source


# --- the numbers ------------------------------------------------------------------------------------------------------


def numbers_of(source: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(?:<span[^>]*>)?(.*?)(?:</span>)?</dd>", source))


def test_the_numbers_that_the_verdict_rests_on_are_told() -> None:
    assert JUDGED.base
    assert JUDGED.candidate
    assert JUDGED.change
    assert JUDGED.lower
    assert JUDGED.p
    assert JUDGED.deviation
    assert JUDGED.detectable
    assert numbers_of(SOURCE) == {
        "baseline → candidate": f"{percent(JUDGED.base)} → {percent(JUDGED.candidate)}",
        "change": f"−{percent(-JUDGED.change)}",
        "bound": f"−{percent(-JUDGED.lower)}",
        "p": percent(JUDGED.p),
        "run-to-run deviation": percent(JUDGED.deviation),
        "detectable fall": percent(JUDGED.detectable),
        "runs to settle it": "none",
    }


def test_one_sentence_says_what_they_come_to() -> None:
    assert JUDGED.change
    assert JUDGED.deviation
    assert JUDGED.detectable
    assert (
        f"On the same articles, 3 runs each, the candidate’s mean is {percent(-JUDGED.change)} below the baseline’s; "
        f"runs of one article scatter by {percent(JUDGED.deviation)} by chance; a true fall of "
        f"{percent(JUDGED.detectable)} or more would hardly have gone unseen."
    ) in SHOWN.texts["main"]


def test_what_would_settle_an_open_comparison_is_told() -> None:
    _, base, candidate = SAID["inconclusive"]
    judgement = judge(base, candidate)
    said = numbers_of(comparison(judgement, base, candidate, ONE))["runs to settle it"]
    assert said == ("no number" if judgement.settles is None else str(judgement.settles))
    never = comparison(replace(judgement, settles=None), base, candidate, ONE)
    assert numbers_of(never)["runs to settle it"] == "no number"


def test_with_a_single_run_nothing_is_said_of_how_runs_scatter() -> None:
    source = compared(side(ONE, summary()), side(ONE, changed("date")), ONE)
    found = numbers_of(source)
    assert found["run-to-run deviation"] == found["bound"] == found["detectable fall"] == "unknown"
    assert "scatter by" not in source
    assert "1 run each" in source


@given(st.floats(-1, 1), st.floats(0, 1))
def test_the_drawing_of_a_change_stays_on_its_line(change: float, room: float) -> None:
    drawn = change_strip(change, change - room, 0.03)
    places = [float(x) for x in re.findall(r'(?: d="M| x="| cx="|M)([0-9.-]+)', drawn)]
    assert all(9.9 <= place <= 390.1 for place in places)


# --- figures ----------------------------------------------------------------------------------------------------------


def test_every_figure_stands_there_with_both_sides_intervals_and_the_change() -> None:
    entries = {name: entry for group in GROUPS.values() for name, entry in group.items()}
    rows = re.findall(r"<tr(?: class=\"primary\")?><th scope=\"row\">.*?</tr>", SOURCE)
    for base in BASE.figures:
        candidate, entry = CANDIDATE.figure(base.name), entries[base.name]
        row = next(row for row in rows if plain(row).startswith(f"{entry.label} {entry.meaning} "))
        for figure in (base, candidate):
            assert f"<b>{percent(figure.value)}</b>" in row
            assert f"{percent(figure.low)} – {percent(figure.high)}" in row
        assert change_of(candidate.value - base.value, less_is_better=base.name == "rejected") in row


def test_the_figure_that_decides_is_not_folded_away_and_the_others_are_counted() -> None:
    figures = SOURCE[SOURCE.index("<h2>Figures</h2>") :]
    assert figures.index("event F1") < figures.index("<details>")
    others = sum(figure.name not in GROUPS["Events"] for figure in BASE.figures)
    assert f"<summary>{others} more figures" in figures


def test_a_figure_of_one_side_alone_has_no_change() -> None:
    extra = replace(CANDIDATE.cases[0], figures={**CANDIDATE.cases[0].figures, "brevity": (0.5, 1.0)})
    candidate = report_of("examples", CASES, [extra, *CANDIDATE.cases[1:]], made_by=MADE_BY)
    row = compared(BASE, candidate, CASES).partition("brevity")[2].partition("</tr>")[0]
    assert row.count("–</span>") == 2
    assert "<b>.500</b>" in row


def test_fewer_refused_facts_are_good_and_more_are_bad() -> None:
    assert "good" in change_of(-0.05, less_is_better=True)
    assert "bad" in change_of(0.05, less_is_better=True)
    assert "bad" in change_of(-0.05)
    assert change_of(-0.005) == '<span class="change">−.005</span>'


# --- articles ---------------------------------------------------------------------------------------------------------


def test_each_article_has_a_line_with_both_means_the_change_and_a_dot_for_each_run() -> None:
    lines = re.findall(r"<tr><th scope=\"row\" dir=\"auto\"><a href=\"#r\d\">.*?</tr>", SOURCE)
    assert len(lines) == len(CASES)
    contrast = contrast_of(BASE, CANDIDATE)
    base, candidate = contrast.scores
    assert contrast.change
    for part in (percent(sum(base) / 3), percent(sum(candidate) / 3), f"−{percent(-contrast.change)}"):
        assert part in lines[0]
    assert lines[0].count("<circle") == 6
    assert lines[0].count('class="run of-base"') == 3
    assert f"3 runs: {', '.join(map(percent, base))}" in lines[0]


def contrast_of(base: Report, candidate: Report) -> Contrast:
    sides = [tuple(result for result in report.cases if result.id == "first") for report in (base, candidate)]
    return Contrast("r1", CASES[0], *sides)


def test_the_line_counts_what_was_lost_and_gained_and_what_is_made_up_a_run() -> None:
    line = plain(SOURCE[SOURCE.index('<a href="#r1">') :].partition("</tr>")[0])
    lost = sum(fact.article == "first" for fact in JUDGED.lost)
    spurious = sum(
        point.outcome == "spurious" and point.part != "entities"
        for result in CANDIDATE.cases
        if result.id == "first"
        for point in result.points
    )
    assert line.endswith(f"{lost} 0 0 → {spurious / 3:.1f}")


def test_the_run_that_is_shown_is_the_median_by_event_f1() -> None:
    contrast = contrast_of(BASE, CANDIDATE)
    shown = [result.figures["event_f1"][0] for result in contrast.typical]
    assert shown == [sorted(scores)[1] for scores in contrast.scores]
    runs = [result.run + 1 for result in contrast.typical]
    told = f"baseline {runs[0]} of 3 ({percent(shown[0])}), candidate {runs[1]} of 3 ({percent(shown[1])})"
    assert f"the runs shown are the median ones: {told}" in section_of(SOURCE)


def test_of_an_even_number_of_runs_the_lower_middle_one_is_shown() -> None:
    contrast = contrast_of(side(ONE, summary(), changed("date")), side(ONE, changed("date"), changed("date", "status")))
    assert [result.run for result in contrast.typical] == [1, 1]


def test_runs_that_fared_alike_are_dots_apart() -> None:
    drawn = runs_strip([0.9] * 5, [0.9] * 5, (0.8, 1.0))
    assert len(set(re.findall(r'cy="([^"]+)"', drawn))) == 10


# --- facts lost, gained and changed -----------------------------------------------------------------------------------


def test_a_lost_slot_is_told_with_its_runs_golds_value_and_what_is_given_instead() -> None:
    rows = list_of(SOURCE, "lost")
    assert len(rows) == len(JUDGED.lost)
    fact = next(fact for fact in JUDGED.lost if fact.field == "date")
    assert f"date {fact.gold} right in 2 of 3 missing right in 1 of 3 missing" in rows


def test_a_gained_slot_tells_what_the_baseline_gave() -> None:
    source = compared(CANDIDATE, BASE, CASES)
    rows = list_of(source, "gained")
    assert len(rows) == len(judge(CANDIDATE, BASE).gained)
    assert any("right in 3 of 3" in row for row in rows)


def test_with_one_run_a_slot_is_right_or_what_was_given_instead() -> None:
    source = compared(side(ONE, summary()), side(ONE, changed("status")), ONE)
    assert list_of(source, "lost") == ["status occurred right proposed"]


def test_slots_that_are_right_less_often_or_wrong_otherwise_have_changed() -> None:
    base = side(ONE, summary(), summary(), summary())
    rarer = side(ONE, summary(), summary(), changed("status"))
    assert list_of(compared(base, rarer, ONE), "changed") == [
        "status occurred right in 3 of 3 right in 2 of 3 proposed"
    ]
    wrong, otherwise = (side(ONE, summary("events.0.status", status)) for status in ("proposed", "threatened"))
    assert list_of(compared(wrong, otherwise, ONE), "changed") == ["status occurred proposed threatened"]


def test_an_accepted_reading_is_no_change() -> None:
    announced = side(ONE, *[summary("events.0.status", "announced")] * 2, summary())
    tallies = [tallies_of(report.cases) for report in (side(ONE, *[summary()] * 3), announced)]
    assert changes_of(Judgement("pass", ()), *tallies)["changed"] == []


def test_a_field_that_may_not_be_lost_is_marked() -> None:
    rows = list_of(compared(side(ONE, summary()), side(ONE, swapped()), ONE), "lost")
    assert any(row.startswith("actor must") for row in rows)


def test_every_changed_slot_leads_to_its_fact_in_the_articles_section() -> None:
    changes = SOURCE[SOURCE.index('id="changes"') : SOURCE.index('<section class="result"')]
    addresses = re.findall(r'<th scope="row"><a href="#(r\d)-(f\d+|fact\d+)">', changes)
    found = changes_of(JUDGED, tallies_of(BASE.cases), tallies_of(CANDIDATE.cases))
    assert len(addresses) == sum(map(len, found.values()))
    assert all(f"{section}-{name}" in SHOWN.by_id for section, name in addresses)


# --- gold, baseline, candidate ----------------------------------------------------------------------------------------


def trios(base: EventSummary | None, candidate: EventSummary | None, sat: Case = CASES[0]) -> tuple[Trio, ...]:
    return trios_of(sat.article, sat.gold, *(scored(sat, each or FAILED) for each in (base, candidate)))


def test_a_slot_that_changed_stands_in_three_columns_with_what_became_of_it() -> None:
    source = compared(side(ONE, summary()), side(ONE, changed("status")), ONE)
    assert "status ▼ lost occurred occurred right proposed wrong" in plain(source.partition('class="result"')[2])


def test_where_both_sides_are_wrong_alike_their_cells_are_one() -> None:
    source = compared(side(ONE, changed("status")), side(ONE, changed("status", "date")), ONE)
    assert re.search(r'<td colspan="2" dir="auto" data-name="both sides"><a [^>]*>proposed</a>', source)


def test_facts_that_did_not_change_are_folded_away_and_stand_there_all_the_same() -> None:
    source = compared(side(ONE, summary()), side(ONE, changed("status")), ONE)
    folded = source.partition("<summary>1 event the same on both sides, 1 of them all right</summary>")[2]
    assert "Ruritania arrested Per Dahl." in folded.partition("</details>")[0]
    assert source.index(">events that changed<") < source.index("1 event the same on both sides")


def test_a_fact_that_one_side_missed_says_so() -> None:
    trio = next(trio for trio in trios(summary(), flawed()) if trio.name == "e2" and trio.gold)
    assert trio.given[1] is None
    assert not trio.same
    text = section_of(compared(side(ONE, summary()), side(ONE, flawed()), ONE))
    assert "candidate not found" in text
    assert "right in the baseline" in text


def test_what_both_sides_make_up_on_the_same_words_is_one_fact() -> None:
    made_up = [trio for trio in trios(flawed(), flawed()) if not trio.gold]
    assert [all(trio.given) for trio in made_up] == [True]
    assert made_up[0].same
    alone = [trio for trio in trios(summary(), flawed()) if not trio.gold]
    assert [trio.given[0] for trio in alone] == [None]


def test_a_slot_judged_by_two_readings_shows_both() -> None:
    found = trios(summary(), summary("events.0.status", "announced"))
    slot = next(slot for slot in found[0].slots if slot.field == "status")
    assert (slot.gold, slot.alike, slot.flip) == ("occurred or announced", True, "")


@given(st.lists(st.sampled_from(["date", "status", "reason"]), unique=True), st.booleans(), st.booleans())
def test_every_point_of_both_sides_stands_in_exactly_one_slot(lost: list[str], poor: bool, turned: bool) -> None:
    one, other = scored(CASES[0], changed(*lost)), scored(CASES[0], flawed() if poor else summary())
    results = (other, one) if turned else (one, other)
    slots = [slot for trio in trios_of(CASES[0].article, CASES[0].gold, *results) for slot in trio.slots]
    for at, result in enumerate(results):
        points = [(slot.base, slot.candidate)[at] for slot in slots]
        assert Counter(point for point in points if point) == Counter(result.points)


def test_headline_and_summary_stand_in_three_columns() -> None:
    headline = draft()["headline"]
    assert f"gold baseline candidate headline {headline} {headline} {headline} summary" in plain(SOURCE)


# --- the article ------------------------------------------------------------------------------------------------------


def test_each_articles_every_word_stands_in_the_page_in_order() -> None:
    assert SHOWN.texts["the article"].split() == ARTICLE.text.split() * len(CASES)


def lit(source: str, side: str, fact: str) -> str:
    """The words that a fact with this description lights in the first section, for "g", "p" or "b"."""
    place = re.search(rf'data-place="(\d+)">{re.escape(fact)}</a>', source)
    assert place, fact
    pieces = re.findall(r'<a class="([^"]*)" href="#r1-f\d+" data-places="[^"]*"[^>]*>([^<]*)</a>', source)
    return "".join(words for classes, words in pieces if f"{side}{place[1]}" in classes.split())


def test_a_fact_lights_golds_words_the_baselines_and_the_candidates() -> None:
    source = compared(side(ONE, flawed()), side(ONE, summary()), ONE)
    arrest = "Ruritania arrested Per Dahl."
    assert lit(source, "g", arrest) == lit(source, "p", arrest) == "Ruritania had arrested Captain Per Dahl on 3 May"
    assert lit(source, "b", arrest) == ""
    talk = "Lund told reporters."
    assert lit(source, "b", talk) == "Lund told reporters"
    assert lit(source, "g", talk) == lit(source, "p", talk) == ""


def test_the_three_sides_are_told_apart_by_form_and_by_word() -> None:
    assert "gold’s evidencethe baseline’sthe candidate’sno part of the article" in SHOWN.texts["r1-words"]
    classes = " ".join(str(a.get("class", "")) for tag, a in SHOWN.tags if tag == "a" and "data-places" in a).split()
    assert {"gold", "given", "base"} <= set(classes)


@pytest.mark.parametrize("outcome", SAID)
def test_every_link_leads_to_something_on_the_page(outcome: Outcome) -> None:
    _, base, candidate = SAID[outcome]
    shown = Page(compared(base, candidate, cases_of(base)))
    targets = [attributes["href"] for _, attributes in shown.tags if "href" in attributes]
    assert targets
    assert all(target and target.startswith("#") and target[1:] in shown.by_id for target in targets)


def test_every_word_that_is_lit_leads_back_to_a_fact() -> None:
    for _, attributes in SHOWN.tags:
        for place in (attributes.get("data-places") or "").split():
            section = str(attributes["href"])[1:].partition("-")[0]
            assert SHOWN.by_id[f"{section}-f{place}"]["href"] == f"#{section}-w{place}"


def test_without_javascript_style_alone_lights_words() -> None:
    rules = SOURCE[SOURCE.index("<noscript>") : SOURCE.index("</noscript>")]
    for letter in "gpb":
        assert f".result:has(:is(.w1,.f1):target) .{letter}1 {{" in rules


def test_the_rules_for_lighting_do_not_grow_with_the_articles() -> None:
    many = [case(f"article {at}") for at in range(12)]
    source = compared(side(many, summary()), side(many, flawed()), many)
    few = compared(side(ONE, summary()), side(ONE, flawed()), ONE)
    assert source.count(":has(") == few.count(":has(")


# --- nothing to compare -----------------------------------------------------------------------------------------------


def test_an_invalid_comparison_says_why_and_speaks_of_no_change() -> None:
    base, candidate = side(CASES, summary(), summary()), side(CASES, summary(), FAILED)
    source = compared(base, candidate, CASES)
    text = Page(source).texts
    assert text["h1"] == "! No comparison: 2 reasons why the two sides cannot be held against each other"
    assert "the candidate has no answer to first in run" in text["header"]
    assert "their figures say nothing of a change" in text["main"]
    assert "The change in event F1" not in text["main"]
    assert 'id="changes"' not in source
    assert "1 of 2 runs failed" in text["articles"]
    assert "The candidate gave no summary in 1 of 2 runs" in text["r1"]


def test_an_article_that_one_side_lacks_shows_the_other_beside_gold() -> None:
    _, base, candidate = SAID["invalid"]
    source = compared(base, candidate, CASES)
    assert "The candidate does not hold this article." in section_of(source, "r2")
    assert "candidate no answer" in section_of(source, "r2")
    assert "no answer" in Page(source).texts["articles"]
    assert "lost" not in section_of(source, "r2")


def test_an_article_that_no_side_answered_is_shown_with_gold_alone() -> None:
    text = section_of(compared(side(ONE, FAILED), side(ONE, FAILED), ONE))
    assert text.count("gave no summary in 1 of 1 run") == 2
    assert "gold e1 SANCTION/withdraw" in text


def test_an_article_that_is_not_among_the_cases_has_no_section() -> None:
    stray = CaseResult("stray", error=("UnknownArticle", "the suite has no such article"))
    base = report_of("examples", CASES, [*BASE.cases, stray], made_by=MADE_BY)
    source = compared(base, CANDIDATE, CASES)
    assert "the candidate lacks stray" in Page(source).texts["header"]
    assert source.count('<section class="result"') == len(CASES)


def test_a_side_that_holds_nothing_gives_a_page_all_the_same() -> None:
    nothing = report_of("examples", CASES, [], made_by=MADE_BY)
    source = compared(nothing, side(CASES, summary()), CASES)
    assert "the baseline holds no article" in Page(source).texts["header"]
    assert compared(nothing, nothing, CASES).startswith("<!doctype html>")


def test_articles_that_nobody_labelled_give_a_page_all_the_same() -> None:
    bare = [Case("bare", replace(ARTICLE, id="bare"))]
    base, candidate = side(bare, summary()), side(bare, flawed())
    source = comparison(Judgement("invalid", ("no article is labelled",)), base, candidate, bare)
    assert "unlabelled" in section_of(source)


@pytest.mark.parametrize(
    ("result", "cases", "why"),
    [
        (CANDIDATE.cases[0], [case("first", must_not=[])], "the gold has changed"),
        (replace(CANDIDATE.cases[0], summary={"sha256": "0" * 64}), ONE, "first has changed"),
        (CANDIDATE.cases[0], [case("another")], "no article is called first"),
    ],
)
def test_reports_of_another_exam_are_refused(result: CaseResult, cases: list[Case], why: str) -> None:
    base, candidate = side(ONE, summary()), report_of("examples", ONE, [result], made_by=MADE_BY)
    with pytest.raises(UsageError, match=why):
        comparison(JUDGED, base, candidate, cases)


def test_the_same_comparison_gives_the_same_bytes() -> None:
    base, candidate = (from_json(to_json(report)) for report in (BASE, CANDIDATE))
    assert compared(base, candidate, [case("first"), case("second")]) == SOURCE


# --- nothing runs, nothing is fetched ---------------------------------------------------------------------------------


def hostile_comparison() -> str:
    """An attack in every place that takes text, on both sides and in the judgement."""
    poisoned, result = hostile()
    reports = [report_of(ATTACK, [poisoned], [result], made_by={"engine": ATTACK}) for _ in range(2)]
    told = [replace(fact, article=ATTACK, gold=ATTACK, given=ATTACK) for fact in JUDGED.lost[:1]]
    judgement = replace(JUDGED, outcome="contracts", reasons=(f"{ATTACK}: e1: {ATTACK}", ATTACK), lost=tuple(told))
    return comparison(judgement, reports[0], reports[1], [poisoned])


def test_hostile_text_adds_no_element_and_leaves_no_script() -> None:
    source = hostile_comparison()
    assert {tag for tag, _ in Page(source).tags} <= {tag for tag, _ in SHOWN.tags}
    assert source.count("<script") == source.count("</script") == 1
    assert "<!--" not in source
    source.encode("utf-8")


def test_nothing_is_loaded_from_anywhere() -> None:
    for found in (SHOWN, Page(hostile_comparison())):
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


def with_labels(**changes: Any) -> Case:
    return Case("first", CASES[0].article, parse_gold(labels(**changes), CASES[0].article))


def test_an_optional_fact_on_one_side_alone_is_shown_and_is_no_loss() -> None:
    events = draft()["events"]
    events[0]["links"], events[1]["optional"] = [], True
    optional = with_labels(events=events)
    source = compared(side([optional], summary("events.0.links", [])), side([optional], flawed()), [optional])
    assert "optionalgold e2 COERCE/arrest" in section_of(source)
