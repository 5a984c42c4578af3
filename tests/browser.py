"""One tab of a headless Chromium, for the tests of pages in a real browser.

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
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
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
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine (Debian: apt install chromium)"
)


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


@contextmanager
def opened(profile: Path) -> Iterator[Browser]:
    """A browser with an empty profile, closed in the end whatever happens."""
    browser = Browser(profile)
    try:
        browser.attach()
        yield browser
    finally:
        browser.close()


# --- what can be read, and in which colours ---------------------------------------------------------------------------

READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3, for text of body size
# The contrast of every text on the page with what it is drawn on, worst first.
CONTRASTS = """
(() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pixel = canvas.getContext("2d", { willReadFrequently: true });
  const drawn = (colors) => {
    for (const color of colors) { pixel.fillStyle = color; pixel.fillRect(0, 0, 1, 1); }
    return [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (color) => {
    const [r, g, b] = color.map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility() || element.closest("script,noscript")) continue;
    const behind = [];
    for (let at = element; at; at = at.parentElement) behind.unshift(getComputedStyle(at).backgroundColor);
    const ground = drawn(["white", ...behind]);
    const tones = [ground, drawn([getComputedStyle(element).color])].map(luminance);
    const contrast = (Math.max(...tones) + 0.05) / (Math.min(...tones) + 0.05);
    found.push([contrast, texts.currentNode.data.trim().slice(0, 40), element.className]);
  }
  return found.sort((a, b) => a[0] - b[0]).slice(0, 5);
})()
"""


def unreadable(browser: Browser, scheme: str) -> list[Any]:
    """Texts that stand out too little from their ground in a light or dark scheme."""
    browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.settle()
    found: list[Any] = browser.ask(CONTRASTS)
    assert found
    return [text for text in found if text[0] < READABLE]
