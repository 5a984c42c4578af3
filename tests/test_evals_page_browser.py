"""An exam's page in a real browser: a click on a fact or a lost point lights its words, a click on words leads back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.page import page
from evals.scoring.score import score
from tests.browser import Browser, needs_chromium, opened, unreadable
from tests.test_evals_page import ERROR, SOURCE, case, fact_of, flawed, hostile_source, report

pytestmark = needs_chromium

GOLD_LIT = "rgb(255, 207, 63)"
GIVEN_LIT = "rgb(169, 205, 247)"
E1, ARREST, TALK = (f"#r1-{fact_of(name).key}" for name in ("e1", "e2", "made up e2"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with opened(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture(autouse=True)
def _no_scheme_of_another_test(browser: Browser) -> None:
    browser.call("Emulation.setEmulatedMedia", features=[])


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "exam.html"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def lit(browser: Browser, color: str) -> str:
    """The article's words on that ground, joined."""
    return str(
        browser.ask(
            "[...document.querySelectorAll('.text a')]"
            f".filter(a => getComputedStyle(a).backgroundColor === '{color}').map(a => a.textContent).join('')"
        )
    )


def chosen(browser: Browser) -> list[str]:
    """The words of the links that are lit."""
    return list(
        browser.ask(
            "[...document.querySelectorAll('.facts .fact')]"
            f".filter(a => getComputedStyle(a).backgroundColor === '{GOLD_LIT}').map(a => a.textContent)"
        )
    )


def in_view(browser: Browser, words: str) -> bool:
    """Whether the article's words stand inside the window."""
    place = f"[...document.querySelectorAll('.text a')].find(a => a.textContent.startsWith({json.dumps(words)}))"
    return bool(browser.ask(f"(box => box.top >= 0 && box.bottom <= innerHeight)({place}.getClientRects()[0])"))


def test_a_click_on_a_fact_lights_golds_words_and_the_predictions(browser: Browser, file: Path) -> None:
    browser.open(file)
    assert lit(browser, GOLD_LIT) == lit(browser, GIVEN_LIT) == ""
    browser.click(f"{E1} thead .fact")
    assert lit(browser, GOLD_LIT) == "Norway closed two consulates in Ruritania on Monday"
    assert chosen(browser) == ["Norway closed two consulates in Ruritania."]
    browser.click(f"{TALK} thead .fact")
    assert lit(browser, GOLD_LIT) == ""
    assert lit(browser, GIVEN_LIT) == "Lund told reporters"


def test_a_click_on_a_lost_point_lights_its_words_and_scrolls_to_them(browser: Browser, file: Path) -> None:
    browser.open(file, height=300)
    browser.click(f"{E1} tbody tr:nth-child(3) .fact")
    assert chosen(browser) == ["“two consulates” = 2"]
    assert lit(browser, GOLD_LIT) == "two consulates"
    assert in_view(browser, "two consulates")
    assert browser.in_view(".chosen")


def test_a_click_in_the_list_of_the_costliest_lights_words_too(browser: Browser, file: Path) -> None:
    browser.open(file, height=180)
    assert not in_view(browser, "Ruritania had arrested")
    browser.click(".losses li:first-child .fact")
    assert lit(browser, GOLD_LIT) == "Ruritania had arrested Captain Per Dahl on 3 May"
    assert in_view(browser, "Ruritania had arrested")
    assert browser.in_view(".chosen")


def test_a_click_on_words_leads_back_and_another_click_to_the_next_fact(browser: Browser, file: Path) -> None:
    browser.open(file, height=300)
    browser.click(".text a[title^='e1 quantities']")
    assert chosen(browser) == ["“two consulates” = 2"]
    assert browser.in_view(".chosen")
    assert browser.ask("document.activeElement.textContent") == "“two consulates” = 2"
    browser.click(".text a[title^='e1 quantities']")
    assert chosen(browser) != ["“two consulates” = 2"]
    assert "two consulates" in lit(browser, GOLD_LIT)


def test_the_address_names_what_is_lit_and_going_back_returns_to_it(browser: Browser, file: Path) -> None:
    browser.open(file)
    browser.click(f"{ARREST} thead .fact")
    first = browser.ask("location.hash")
    browser.click(f"{TALK} thead .fact")
    assert first.startswith("#r1-w")
    browser.ask("history.back()")
    for _ in range(100):  # going back takes the browser a moment
        if browser.ask("location.hash") == first:
            break
        browser.settle()
    assert lit(browser, GOLD_LIT) == "Ruritania had arrested Captain Per Dahl on 3 May"


def test_the_page_can_be_walked_with_the_keyboard(browser: Browser, file: Path) -> None:
    browser.open(file)
    browser.press("Tab", 9)
    assert browser.ask("document.activeElement.hash") == "#r1"
    browser.ask(f"document.querySelector('{ARREST} thead .fact').focus()")
    browser.press("Enter", 13, "\r")
    assert lit(browser, GOLD_LIT) == "Ruritania had arrested Captain Per Dahl on 3 May"
    browser.press("Escape", 27)
    assert lit(browser, GOLD_LIT) == ""


def test_it_works_without_javascript_too(browser: Browser, file: Path) -> None:
    browser.open(file, height=300, scripts=False)
    browser.click(f"{E1} tbody tr:nth-child(3) .fact")
    assert lit(browser, GOLD_LIT) == "two consulates"
    assert in_view(browser, "two consulates")
    browser.click(f"{TALK} thead .fact")
    assert lit(browser, GIVEN_LIT) == "Lund told reporters"
    browser.click(".text a[title^='e1 quantities']")
    assert chosen(browser) == ["“two consulates” = 2"]
    assert browser.in_view(".facts .fact:target")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(browser: Browser, tmp_path: Path, scheme: str) -> None:
    cases = [case(), case("failed")]
    results = [score(cases[0].key, flawed()), score(cases[1].key, None, error=ERROR)]
    (tmp_path / "exam.html").write_text(page(report(cases, results), cases), encoding="utf-8")
    browser.open(tmp_path / "exam.html")
    browser.click(f"{E1} thead .fact")
    assert unreadable(browser, scheme) == []
    browser.click(f"{TALK} thead .fact")
    assert unreadable(browser, scheme) == []


def test_the_dark_page_is_dark_and_the_light_one_light(browser: Browser, file: Path) -> None:
    browser.open(file)
    grounds = []
    for scheme in ("light", "dark"):
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        grounds.append(browser.ask("getComputedStyle(document.documentElement).backgroundColor"))
    assert grounds == ["rgb(251, 250, 248)", "rgb(22, 24, 28)"]


def test_gold_is_filled_and_the_prediction_underlined_whatever_the_colours(browser: Browser, file: Path) -> None:
    browser.open(file)
    styles = {
        side: browser.ask(
            f"(style => [style.backgroundColor !== 'rgba(0, 0, 0, 0)', style.boxShadow !== 'none'])"
            f"(getComputedStyle(document.querySelector('.text {selector}')))"
        )
        for side, selector in (("gold", ".gold:not(.given)"), ("given", ".given:not(.gold)"), ("both", ".gold.given"))
    }
    assert styles == {"gold": [True, False], "given": [False, True], "both": [True, True]}


@pytest.mark.parametrize("width", [360, 390, 768])
def test_nothing_is_wider_than_the_screen(browser: Browser, file: Path, width: int) -> None:
    browser.open(file, width=width, height=700)
    assert browser.ask("document.documentElement.scrollWidth") <= width
    browser.click(f"{E1} tbody tr:nth-child(3) .fact")
    assert in_view(browser, "two consulates")


def test_on_a_phone_gold_and_prediction_still_stand_side_by_side(browser: Browser, file: Path) -> None:
    browser.open(file, width=360, height=700)
    boxes = browser.ask(
        f"[...document.querySelectorAll('{E1} tbody tr:first-child > *')]"
        ".map(cell => cell.getBoundingClientRect()).map(box => [box.left, box.top])"
    )
    (_, field_top), (gold_left, gold_top), (given_left, given_top) = boxes
    assert field_top < gold_top == given_top
    assert gold_left < given_left


def test_nothing_of_a_hostile_article_runs(browser: Browser, tmp_path: Path) -> None:
    source = hostile_source().replace("alert(1)", "window.ran=1")
    (tmp_path / "hostile.html").write_text(source, encoding="utf-8")
    browser.open(tmp_path / "hostile.html", width=360)
    assert browser.ask("window.ran") is None
    assert browser.ask("document.scripts.length") == 1
    assert browser.ask("document.images.length") == 0
    assert browser.ask("document.documentElement.scrollWidth") <= 360


def test_the_policy_stops_a_script_that_would_get_in_all_the_same(browser: Browser, tmp_path: Path) -> None:
    source = SOURCE.replace("</main>", "<script>window.ran = 1</script></main>")
    (tmp_path / "injected.html").write_text(source, encoding="utf-8")
    browser.open(tmp_path / "injected.html")
    assert browser.ask("window.ran") is None
    browser.click(f"{TALK} thead .fact")
    assert lit(browser, GIVEN_LIT) == "Lund told reporters"
