"""What every page is put into: one HTML document that needs nothing else, no network and no other file."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from summarizer.html import Markup, element

_HERE = Path(__file__).parent


def shell(title: str, *body: Markup, styles: tuple[str, ...], unscripted: Markup) -> str:
    """A whole document: a title, the parts of its body, names of style sheets, rules for when no script runs.

    A Content-Security-Policy admits this page's own script and styles by their hashes, and nothing else.
    """
    style, script = Markup("".join(map(_read, styles))), _read("script.js")
    whole = element("html", _head(title, style, unscripted, script), _body(body, script), lang="en")
    return f"<!doctype html>\n{whole}\n"


def _read(name: str) -> Markup:
    return Markup((_HERE / name).read_text(encoding="utf-8"))


def _body(parts: tuple[Markup, ...], script: Markup) -> Markup:
    return element("body", *parts, element("script", script))


def _head(title: str, style: Markup, unscripted: Markup, script: Markup) -> Markup:
    policy = (
        f"default-src 'none'; script-src {_hashed(script)}; style-src {_hashed(style)} {_hashed(unscripted)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="referrer" content="no-referrer">'),
        element("title", "".join(filter(str.isprintable, title))),  # no mark of an odd character can stand in a title
        element("style", style),
        element("noscript", element("style", unscripted)),
    )


def _hashed(source: str) -> str:
    """A source expression of CSP level 2 for an inline script or style."""
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"
