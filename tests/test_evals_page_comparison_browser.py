"""The gate's page in a real browser: a click on a fact lights the words of gold, baseline and candidate."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser, needs_chromium, opened, unreadable
from tests.exam_example import summary
from tests.test_evals_gate import changed
from tests.test_evals_page import flawed
from tests.test_evals_page_comparison import CASES, SAID, cases_of, compared, hostile_comparison, side

pytestmark = needs_chromium

LIT = {"gold": "rgb(255, 207, 63)", "candidate": "rgb(169, 205, 247)", "baseline": "rgb(230, 195, 234)"}
ARREST = "Ruritania had arrested Captain Per Dahl on 3 May"
SOURCE = compared(side(CASES, summary(), changed("date")), side(CASES, flawed(), flawed()), CASES)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with opened(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture(autouse=True)
def _no_scheme_of_another_test(browser: Browser) -> None:
    browser.call("Emulation.setEmulatedMedia", features=[])


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("page"), SOURCE)


def written(folder: Path, source: str) -> Path:
    path = folder / "gate.html"
    path.write_text(source, encoding="utf-8")
    return path


def lit(browser: Browser, side: str, section: str = "r1") -> str:
    """The article's words on that side's ground, joined."""
    return str(
        browser.ask(
            f"[...document.querySelectorAll('#{section} .text a')]"
            f".filter(a => getComputedStyle(a).backgroundColor === '{LIT[side]}').map(a => a.textContent).join('')"
        )
    )


def link(words: str) -> str:
    """The selector of the first article's link with these words, once they were `named`."""
    return f"#r1 .facts [data-test={json.dumps(words)}]"


def named(browser: Browser) -> None:
    """Let every link of a fact be found by its words, for which CSS has no selector."""
    browser.ask("document.querySelectorAll('.facts a.fact').forEach(a => a.dataset.test = a.textContent)")


def chosen(browser: Browser) -> list[str]:
    """The words of the links that are lit."""
    return list(
        browser.ask(
            "[...document.querySelectorAll('.facts .fact')]"
            f".filter(a => getComputedStyle(a).backgroundColor === '{LIT['gold']}').map(a => a.textContent)"
        )
    )


def in_view(browser: Browser, words: str) -> bool:
    """Whether the first article's words stand inside the window."""
    place = f"[...document.querySelectorAll('#r1 .text a')].find(a => a.textContent.startsWith({json.dumps(words)}))"
    return bool(browser.ask(f"(box => box.top >= 0 && box.bottom <= innerHeight)({place}.getClientRects()[0])"))


def test_a_click_on_a_fact_lights_its_words_on_every_side(browser: Browser, file: Path) -> None:
    browser.open(file)
    named(browser)
    assert [lit(browser, side) for side in LIT] == ["", "", ""]
    browser.click(link("Ruritania arrested Per Dahl."))
    assert [lit(browser, side) for side in LIT] == [ARREST, "", ""]
    browser.click(link("Lund told reporters."))
    assert [lit(browser, side) for side in LIT] == ["", "Lund told reporters", ""]


def test_words_of_gold_that_the_baseline_alone_rests_on_stay_overlined(browser: Browser, file: Path) -> None:
    browser.open(file)
    named(browser)
    browser.click(link("Ruritania arrested Per Dahl."))
    assert "-3px" in browser.ask("getComputedStyle(document.querySelector('.text .lit-gold')).boxShadow")


def test_the_baselines_own_words_are_lit_in_its_colour(browser: Browser, tmp_path: Path) -> None:
    turned = compared(side(CASES, flawed()), side(CASES, summary()), CASES)
    browser.open(written(tmp_path, turned))
    named(browser)
    browser.click(link("Lund told reporters."))
    assert [lit(browser, side) for side in LIT] == ["", "", "Lund told reporters"]


def test_a_click_in_the_list_of_lost_facts_lights_them_in_their_article(browser: Browser, file: Path) -> None:
    browser.open(file, height=400, width=1400)
    browser.click(".changes tbody:last-child tr:last-child a")  # of the second article the last
    assert lit(browser, "gold", "r2")
    assert lit(browser, "gold", "r1") == ""
    assert browser.in_view(".chosen")
    assert browser.ask("document.querySelector('.chosen').closest('.result').id") == "r2"


def test_words_lead_back_to_their_fact_also_where_it_is_folded_away(browser: Browser, tmp_path: Path) -> None:
    alike = compared(side(CASES, summary()), side(CASES, changed("status")), CASES)
    browser.open(written(tmp_path, alike), height=400)
    assert browser.ask("document.querySelectorAll('#r1 details[open]').length") == 0
    browser.click("#r1 .text a[title^='e2']")
    assert browser.ask("document.querySelectorAll('#r1 details[open]').length") == 1
    assert browser.in_view(".chosen")
    assert lit(browser, "gold") == ARREST


def test_a_broken_contract_leads_to_its_fact(browser: Browser, tmp_path: Path) -> None:
    _, base, candidate = SAID["contracts"]
    browser.open(written(tmp_path, compared(base, candidate, cases_of(base))), height=400)
    browser.click("h1 a")
    assert browser.in_view(".trio:target thead")


def test_the_page_can_be_walked_with_the_keyboard(browser: Browser, file: Path) -> None:
    browser.open(file)
    named(browser)
    browser.press("Tab", 9)
    assert browser.ask("document.activeElement.hash") == "#r1-fact1", "the broken contract's fact"
    browser.ask(f"document.querySelector({json.dumps(link('Ruritania arrested Per Dahl.'))}).focus()")
    browser.press("Enter", 13, "\r")
    assert lit(browser, "gold") == ARREST
    browser.press("Escape", 27)
    assert lit(browser, "gold") == ""


def test_it_works_without_javascript_too(browser: Browser, file: Path) -> None:
    browser.open(file, height=400, scripts=False)
    named(browser)
    browser.click(link("Lund told reporters."))
    assert lit(browser, "candidate") == "Lund told reporters"
    assert in_view(browser, "Lund told reporters")
    browser.click(".changes tbody tr:nth-child(3) a")
    assert lit(browser, "gold")
    assert browser.in_view(".facts .fact:target")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("outcome", SAID)
def test_every_text_stands_out_from_its_ground(browser: Browser, tmp_path: Path, outcome: str, scheme: str) -> None:
    _, base, candidate = SAID[outcome]  # type: ignore[index]
    browser.open(written(tmp_path, compared(base, candidate, cases_of(base))))
    browser.ask("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert unreadable(browser, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_lit_stands_out_from_its_ground(browser: Browser, file: Path, scheme: str) -> None:
    browser.open(file)
    named(browser)
    for words in ("Norway closed two consulates in Ruritania.", "Lund told reporters."):
        browser.click(link(words))
        assert unreadable(browser, scheme) == []


def test_gold_is_filled_the_baseline_overlined_and_the_candidate_underlined(browser: Browser, file: Path) -> None:
    browser.open(file)
    styles = {
        name: browser.ask(
            "(style => [style.backgroundColor !== 'rgba(0, 0, 0, 0)', (style.boxShadow.match(/inset/g) || []).length])"
            f"(getComputedStyle(document.querySelector('#r1 .{where}{selector}')))"
        )
        for name, where, selector in (
            ("gold", "legend ", ".gold"),
            ("baseline", "legend ", ".base"),
            ("candidate", "legend ", ".given"),
            ("all", "text ", ".gold.base.given"),
        )
    }
    assert styles == {"gold": [True, 0], "baseline": [False, 1], "candidate": [False, 1], "all": [True, 2]}
    shadows = [
        browser.ask(f"getComputedStyle(document.querySelector('#r1 .legend {kind}')).boxShadow")
        for kind in (".base", ".given")
    ]
    assert ["0px 2px" in shadows[0], "0px -2px" in shadows[1]] == [True, True]


@pytest.mark.parametrize("width", [360, 390, 768, 1024, 1280])
@pytest.mark.parametrize("outcome", ["contracts", "inconclusive", "invalid"])
def test_nothing_is_wider_than_the_screen(browser: Browser, tmp_path: Path, outcome: str, width: int) -> None:
    _, base, candidate = SAID[outcome]  # type: ignore[index]
    browser.open(written(tmp_path, compared(base, candidate, cases_of(base))), width=width)
    browser.ask("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert browser.ask("document.documentElement.scrollWidth") <= width


def test_on_a_phone_gold_stands_over_baseline_and_candidate_which_stand_side_by_side(
    browser: Browser, tmp_path: Path
) -> None:
    page = compared(side(CASES, summary()), side(CASES, changed("status")), CASES)
    browser.open(written(tmp_path, page), width=390, height=800)
    boxes = browser.ask(
        "[...document.querySelectorAll('#r1-fact1 tbody tr:first-child > td')]"
        ".map(cell => cell.getBoundingClientRect()).map(box => [box.left, box.top])"
    )
    (gold_left, gold_top), (base_left, base_top), (candidate_left, candidate_top) = boxes
    assert gold_top < base_top == candidate_top
    assert gold_left == base_left < candidate_left


def test_beside_three_columns_the_text_stands_only_where_there_is_room(browser: Browser, file: Path) -> None:
    places = {}
    tops = "['.facts', '.words'].map(pane => document.querySelector(pane).getBoundingClientRect().top)"
    for width in (1100, 1400):
        browser.open(file, width=width)
        facts, text = browser.ask(tops)
        places[width] = facts == text
    assert places == {1100: False, 1400: True}


def test_nothing_of_a_hostile_article_runs(browser: Browser, tmp_path: Path) -> None:
    browser.open(written(tmp_path, hostile_comparison().replace("alert(1)", "window.ran=1")), width=360)
    assert browser.ask("window.ran") is None
    assert browser.ask("document.scripts.length") == 1
    assert browser.ask("document.images.length") == 0
    assert browser.ask("document.documentElement.scrollWidth") <= 360


def test_the_policy_stops_a_script_that_would_get_in_all_the_same(browser: Browser, tmp_path: Path) -> None:
    browser.open(written(tmp_path, SOURCE.replace("</main>", "<script>window.ran = 1</script></main>")))
    assert browser.ask("window.ran") is None
    named(browser)
    browser.click(link("Lund told reporters."))
    assert lit(browser, "candidate") == "Lund told reporters"
