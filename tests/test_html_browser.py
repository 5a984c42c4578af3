"""The page in a real browser: a click on a fact lights its words, a click on words shows their fact.

The browser is driven over its own debugging pipe (`--remote-debugging-pipe`, the protocol that every driver speaks in
the end), so the tests need Chromium and nothing more, and no port is opened.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.html import page
from tests.test_html import HOSTILE_ARTICLE, hostile
from tests.test_render import ARTICLE, SUMMARY

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt install chromium)")
FLAGS = (
    *["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
    *["--no-first-run", "--disable-component-update", "--disable-sync", "--disable-extensions"],
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
# The pipe's ends are handed over as descriptors 3 and 4, which is where the browser looks for them.
LAUNCH = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"
)
PATIENCE = 30  # seconds
LIT = "rgb(255, 207, 63)"


class Browser:
    """One tab of a headless Chromium, spoken to in messages of the DevTools protocol."""

    def __init__(self, profile: Path) -> None:
        read_commands, self._commands = os.pipe()
        self._replies, write_replies = os.pipe()
        browser = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, str(read_commands), str(write_replies), *browser],
            pass_fds=(read_commands, write_replies),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read_commands)
        os.close(write_replies)
        self._buffer, self._last, self._session = b"", 0, ""
        self._seen: set[str] = set()

    def attach(self) -> None:
        """Take hold of the tab that is open."""
        targets = self.call("Target.getTargets")["targetInfos"]
        tab = next(target for target in targets if target["type"] == "page")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"]
        self.call("Page.enable")

    def call(self, method: str, **params: Any) -> Any:
        """Send one command and wait for its own reply."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            reply = self._read()
            if reply.get("id") == self._last:
                assert "error" not in reply, reply["error"]
                return reply["result"]
            self._seen.add(str(reply.get("method")))

    def wait_for(self, event: str) -> None:
        """Wait until the event has come since the last navigation began."""
        while event not in self._seen:
            self._seen.add(str(self._read().get("method")))

    def navigate(self, address: str) -> None:
        self._seen.clear()
        self.call("Page.navigate", url=address)
        self.wait_for("Page.loadEventFired")

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            assert select.select([self._replies], [], [], PATIENCE)[0], "the browser does not answer"
            data = os.read(self._replies, 1 << 16)
            assert data, "the browser went away"
            self._buffer += data
        message, _, self._buffer = self._buffer.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def open(self, file: Path, *, width: int = 1200, height: int = 700, scripts: bool = True) -> None:
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.navigate("about:blank")  # or an address with another fragment would be no new page
        self.navigate(file.as_uri())

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression; asking works even where the page's own scripts are switched off."""
        reply = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in reply, reply["exceptionDetails"]
        return reply["result"].get("value")

    def click(self, selector: str) -> None:
        """A click of the mouse in the middle of the element's first line, after scrolling it into view."""
        found = f"document.querySelector({json.dumps(selector)})"
        self.ask(f"{found}.scrollIntoView({{block: 'center'}})")
        x, y = self.ask(f"(box => [box.x + box.width / 2, box.y + box.height / 2])({found}.getClientRects()[0])")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.settle()

    def press(self, key: str, code: int, text: str = "") -> None:
        for kind in ("keyDown", "keyUp"):
            more = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **more)
        self.settle()

    def settle(self) -> None:
        """Wait until what was just done has been drawn."""
        self.call("Page.captureScreenshot", clip={"x": 0, "y": 0, "width": 1, "height": 1, "scale": 1})

    def lit(self) -> str:
        """The article's words that are lit, joined."""
        return str(
            self.ask(
                "[...document.querySelectorAll('#words .text a')]"
                f".filter(a => getComputedStyle(a).backgroundColor === '{LIT}').map(a => a.textContent).join('')"
            )
        )

    def chosen(self) -> list[str]:
        """The facts that are lit."""
        return list(
            self.ask(
                "[...document.querySelectorAll('#facts .fact')]"
                f".filter(a => getComputedStyle(a).backgroundColor === '{LIT}').map(a => a.id)"
            )
        )

    def in_view(self, selector: str) -> bool:
        return bool(
            self.ask(
                f"(box => box.top >= 0 && box.bottom <= innerHeight)"
                f"(document.querySelector({json.dumps(selector)}).getBoundingClientRect())"
            )
        )

    def close(self) -> None:
        os.close(self._commands)  # the browser ends with its pipe
        os.close(self._replies)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = Browser(tmp_path_factory.mktemp("profile"))
    try:
        opened.attach()
        yield opened
    finally:
        opened.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page(ARTICLE, SUMMARY), encoding="utf-8")
    return path


def test_a_click_on_a_fact_lights_its_words_and_only_those(browser: Browser, file: Path) -> None:
    browser.open(file)
    assert browser.lit() == ""
    browser.click("#fact-e1-2")
    assert browser.lit() == "on Tuesday"
    browser.click("#fact-e3")
    assert browser.lit() == "Denmark seized the survey ship Tai on 12 May"
    assert browser.chosen() == ["fact-e3"]


def test_a_chosen_facts_words_are_scrolled_to(browser: Browser, file: Path) -> None:
    browser.open(file, height=330)
    assert not browser.in_view("#words-s2 + a")
    browser.click("#fact-s2")
    assert browser.lit() == "accused Copenhagen of “plain piracy”"
    assert browser.in_view("#words-s2 + a")
    assert browser.in_view("#fact-s2")


def test_a_click_on_words_shows_their_fact_and_another_click_the_next_one(browser: Browser, file: Path) -> None:
    browser.open(file, height=330)
    browser.click("a[data-facts='e1-4 e1']")
    assert browser.chosen() == ["fact-e1-4"]
    assert browser.in_view("#fact-e1-4")
    browser.click("a[data-facts='e1-4 e1']")
    assert browser.chosen() == ["fact-e1"]
    browser.click("a[data-facts='e1-4 e1']")
    assert browser.chosen() == ["fact-e1-4"]


def test_the_page_can_be_walked_with_the_keyboard(browser: Browser, file: Path) -> None:
    browser.open(file)
    browser.press("Tab", 9)
    assert browser.ask("document.activeElement.id") == "fact-i1"
    browser.press("Tab", 9)
    browser.press("Enter", 13, "\r")
    assert browser.chosen() == ["fact-e1"]
    assert "Kenya barred 14 Danish trawlers" in browser.lit()
    browser.press("Escape", 27)
    assert browser.lit() == ""


def test_it_works_without_javascript_too(browser: Browser, file: Path) -> None:
    browser.open(file, height=330, scripts=False)
    browser.click("#fact-s1")
    assert browser.lit().startswith("We asked for the ship")
    assert browser.in_view("#words-s1 + a")
    browser.click("a[data-facts='e1-4 e1']")
    assert browser.chosen() == ["fact-e1-4"]


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
    assert browser.lit() == "on Tuesday"
