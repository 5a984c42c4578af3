"""The forms by their names, and a report written to a file in one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from evals.corpus import Case
from evals.files import put
from evals.interchange.inspect_ai import inspect_log
from evals.interchange.promptfoo import promptfoo_results
from evals.interchange.pydantic_evals import pydantic_evals_dataset
from evals.report import Report
from summarizer import UsageError

FORMS: dict[str, Callable[[Report, Sequence[Case]], dict[str, Any]]] = {
    "inspect": inspect_log,
    "promptfoo": promptfoo_results,
    "pydantic-evals": lambda report, cases: pydantic_evals_dataset(cases, name=report.suite),
}


def write_interchange(report: Report, cases: Sequence[Case], path: Path, form: str) -> None:
    """Write a report to a .json file, whole or not at all, in one of `FORMS`; of pydantic-evals only articles and gold.

    Raises UsageError for another form, for a name that does not end in .json (by which the readers know the form), if
    an article of the report is not among the cases, or if the file cannot be written.
    """
    if form not in FORMS:
        raise UsageError(f"there is no form {form!r}", f"forms: {', '.join(FORMS)}")
    if path.suffix != ".json":
        raise UsageError(f"{path.name} does not end in .json", f"the form {form} is JSON and known by its suffix")
    put(path, in_bytes(FORMS[form](report, cases)))


def in_bytes(document: dict[str, Any]) -> bytes:
    r"""Strict JSON in UTF-8, letters of every script as they are, as escapes what nobody sees.

    >>> in_bytes({"name": "Zoë\u202e"}).decode()
    '{\n "name": "Zoë\\u202e"\n}\n'
    """
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    return (re.sub(r"[^\n -~]", _visible, text) + "\n").encode()


def _visible(character: re.Match[str]) -> str:
    return character[0] if character[0].isprintable() else json.dumps(character[0])[1:-1]
