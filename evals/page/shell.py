"""What every page is put into: one HTML document that needs nothing else, no network and no other file."""

from __future__ import annotations

from pathlib import Path

from summarizer.html import Markup, element, head

_HERE = Path(__file__).parent


def shell(title: str, *body: Markup, styles: tuple[str, ...], unscripted: Markup) -> str:
    """A whole document: a title, the parts of its body, names of style sheets, rules for when no script runs.

    A Content-Security-Policy admits this page's own script and styles by their hashes, and nothing else.
    """
    style, script = Markup("".join(map(_read, styles))), _read("script.js")
    whole = element("html", head(title, style, script, unscripted), _body(body, script), lang="en")
    return f"<!doctype html>\n{whole}\n"


def _read(name: str) -> Markup:
    return Markup((_HERE / name).read_text(encoding="utf-8"))


def _body(parts: tuple[Markup, ...], script: Markup) -> Markup:
    return element("body", *parts, element("script", script))
