"""The page in a real browser: a click on a fact lights its words, a click on words shows their fact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.html import page
from tests.browser import Browser, needs_chromium, opened
from tests.test_html import HOSTILE_ARTICLE, hostile
from tests.test_render import ARTICLE, SUMMARY

pytestmark = needs_chromium

LIT = "rgb(255, 207, 63)"


def lit(browser: Browser) -> str:
    """The article's words that are lit, joined."""
    return str(
        browser.ask(
            "[...document.querySelectorAll('#words .text a')]"
            f".filter(a => getComputedStyle(a).backgroundColor === '{LIT}').map(a => a.textContent).join('')"
        )
    )


def chosen(browser: Browser) -> list[str]:
    """The facts that are lit."""
    return list(
        browser.ask(
            "[...document.querySelectorAll('#facts .fact')]"
            f".filter(a => getComputedStyle(a).backgroundColor === '{LIT}').map(a => a.id)"
        )
    )


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with opened(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page(ARTICLE, SUMMARY), encoding="utf-8")
    return path


def test_a_click_on_a_fact_lights_its_words_and_only_those(browser: Browser, file: Path) -> None:
    browser.open(file)
    assert lit(browser) == ""
    browser.click("#fact-e1-2")
    assert lit(browser) == "on Tuesday"
    browser.click("#fact-e3")
    assert lit(browser) == "Denmark seized the survey ship Tai on 12 May"
    assert chosen(browser) == ["fact-e3"]


def test_a_chosen_facts_words_are_scrolled_to(browser: Browser, file: Path) -> None:
    browser.open(file, height=330)
    assert not browser.in_view("#words-s2 + a")
    browser.click("#fact-s2")
    assert lit(browser) == "accused Copenhagen of “plain piracy”"
    assert browser.in_view("#words-s2 + a")
    assert browser.in_view("#fact-s2")


def test_a_click_on_words_shows_their_fact_and_another_click_the_next_one(browser: Browser, file: Path) -> None:
    browser.open(file, height=330)
    browser.click("a[data-facts='e1-4 e1']")
    assert chosen(browser) == ["fact-e1-4"]
    assert browser.in_view("#fact-e1-4")
    browser.click("a[data-facts='e1-4 e1']")
    assert chosen(browser) == ["fact-e1"]
    browser.click("a[data-facts='e1-4 e1']")
    assert chosen(browser) == ["fact-e1-4"]


def test_the_page_can_be_walked_with_the_keyboard(browser: Browser, file: Path) -> None:
    browser.open(file)
    browser.press("Tab", 9)
    assert browser.ask("document.activeElement.id") == "fact-i1"
    browser.press("Tab", 9)
    browser.press("Enter", 13, "\r")
    assert chosen(browser) == ["fact-e1"]
    assert "Kenya barred 14 Danish trawlers" in lit(browser)
    browser.press("Escape", 27)
    assert lit(browser) == ""


def test_it_works_without_javascript_too(browser: Browser, file: Path) -> None:
    browser.open(file, height=330, scripts=False)
    browser.click("#fact-s1")
    assert lit(browser).startswith("We asked for the ship")
    assert browser.in_view("#words-s1 + a")
    browser.click("a[data-facts='e1-4 e1']")
    assert chosen(browser) == ["fact-e1-4"]


def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Browser, file: Path) -> None:
    browser.open(file, width=360, height=700)
    assert browser.ask("document.documentElement.scrollWidth") <= 360
    browser.click("#fact-e1-2")
    assert browser.in_view("#words-e1-2 + a")


def test_nothing_of_a_hostile_article_runs(browser: Browser, tmp_path: Path) -> None:
    source = page(HOSTILE_ARTICLE, hostile()).replace("alert(1)", "window.ran=1")
    (tmp_path / "hostile.html").write_text(source, encoding="utf-8")
    browser.open(tmp_path / "hostile.html")
    assert browser.ask("window.ran") is None
    assert browser.ask("document.querySelectorAll('script').length") == 2
    assert browser.ask("document.images.length") == 0


def test_the_policy_stops_a_script_that_would_get_in_all_the_same(browser: Browser, file: Path, tmp_path: Path) -> None:
    source = file.read_text(encoding="utf-8").replace("</main>", "<script>window.ran = 1</script></main>")
    (tmp_path / "injected.html").write_text(source, encoding="utf-8")
    browser.open(tmp_path / "injected.html")
    assert browser.ask("window.ran") is None
    browser.click("#fact-e1-2")
    assert lit(browser) == "on Tuesday"
