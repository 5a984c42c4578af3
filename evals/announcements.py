"""A judgement in the forms that machines read: JSON, JUnit XML, a GitHub step summary, GitHub's workflow commands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from xml.etree import ElementTree

from evals.gate import FactChange, Judgement
from evals.report import Report, signature_line

FORMAT = "summarizer-gate"
_SHOWN = 20  # facts listed in a summary; the HTML report has all of them


def to_json(judgement: Judgement, base: Report, candidate: Report) -> str:
    """The judgement with both sides' figures and signatures."""
    sides = {"base": base, "candidate": candidate}
    figures = {name: {figure.name: figure.value for figure in report.figures} for name, report in sides.items()}
    signatures = {name: dict(report.signature) for name, report in sides.items()}
    whole = {"format": FORMAT, "version": 1, **asdict(judgement), "figures": figures, "signatures": signatures}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def junit(judgement: Judgement, candidate: Report) -> str:
    """JUnit XML: a test for each rule of the gate, and one for each article of the candidate."""
    suite = ElementTree.Element("testsuite", name=f"gate {candidate.suite}")
    for rule, outcomes in _RULES.items():
        case = ElementTree.SubElement(suite, "testcase", classname="gate", name=rule)
        if judgement.outcome in outcomes:
            failure = ElementTree.SubElement(case, "failure", message=_xml(judgement.reasons[0]))
            failure.text = _xml("\n".join(judgement.reasons))
    for result in candidate.cases:
        case = ElementTree.SubElement(suite, "testcase", classname=result.id, name=f"run {result.run}")
        if result.error:
            ElementTree.SubElement(case, "error", message=_xml(result.error[1]), type=result.error[0])
    cases = suite.findall("testcase")
    for kind in ("failure", "error"):
        suite.set(f"{kind}s", str(sum(case.find(kind) is not None for case in cases)))
    suite.set("tests", str(len(cases)))
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


_RULES = {
    "the comparison is valid": ("invalid",),
    "every contract is kept": ("contracts",),
    "event F1 is not worse": ("fail",),
}
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    """Text without the characters that no XML may hold."""
    return _NOT_XML.sub("\ufffd", text)


def step_summary(judgement: Judgement, base: Report, candidate: Report) -> str:
    """GitHub's step summary, ready to be a comment too: verdict, figures side by side, facts lost and gained."""
    lines = [f"## {judgement.outcome.upper()}: {_cell(judgement.reasons[0])}", ""]
    lines += [f"- {_cell(reason)}" for reason in judgement.reasons[1:]]
    if judgement.change is not None:
        lines += ["", "| figure | baseline | this change | |", "|---|---|---|---|"]
        lines += _side_by_side(base, candidate)
    lines += _facts("Lost", judgement.lost) + _facts("Gained", judgement.gained)
    lines += [
        "",
        f"baseline `{signature_line(base.signature)}`  ",
        f"this change `{signature_line(candidate.signature)}`",
    ]
    return "\n".join(lines) + "\n"


def _side_by_side(base: Report, candidate: Report) -> Iterator[str]:
    before = {figure.name: figure.value for figure in base.figures}
    for figure in candidate.figures:
        if figure.name in before:
            moved = figure.value - before[figure.name]
            yield f"| {figure.name} | {before[figure.name]:.3f} | {figure.value:.3f} | {moved:+.3f} |"


def _facts(title: str, facts: Sequence[FactChange]) -> list[str]:
    if not facts:
        return []
    rows = [
        f"| {_cell(fact.article)} | {fact.fact} | {fact.field} | {_cell(fact.gold or '')} | {_cell(fact.given or '')} "
        f"| {fact.was_right} → {fact.is_right} |"
        for fact in facts[:_SHOWN]
    ]
    head = f"{title}: {len(facts)}" + (f", the first {_SHOWN}" if len(facts) > _SHOWN else "")
    return [
        "",
        f"### {head}",
        "",
        "| article | fact | field | gold | given | right in |",
        "|---|---|---|---|---|---|",
        *rows,
    ]


def _cell(text: str) -> str:
    """Text that stays inside a table's cell and does nothing there."""
    escaped = re.sub(r"([\\`*_{}\[\]<>()#+!|@~])", r"\\\1", text)
    return re.sub(r"\s+", " ", escaped)


def workflow_commands(judgement: Judgement, gold: Path, root: Path) -> Iterator[str]:
    """GitHub's workflow commands: an error or a warning for each lost fact, on its line of the gold file."""
    level = "error" if judgement.outcome in ("contracts", "fail") else "warning"
    if judgement.outcome not in ("pass", "unchanged"):
        yield f"::{level} title=gate {judgement.outcome}::{_command(' '.join(judgement.reasons))}"
    for fact in judgement.lost:
        path = gold / f"{fact.article}.json"
        line = line_of(path.read_text(encoding="utf-8"), fact.fact, fact.field) if path.is_file() else 1
        where = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        said = f"gold: {fact.gold}; given: {fact.given}; right in {fact.is_right} runs, was {fact.was_right}"
        yield f"::{level} file={_property(where)},line={line},title=lost {fact.fact}.{fact.field}::{_command(said)}"


def _command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command(text).replace(":", "%3A").replace(",", "%2C")


def line_of(document: str, fact: str, field: str) -> int:
    r"""The line of a gold file (from 1) on which a field of a fact stands; the fact's own where it has no such field.

    Gold files are indented by two spaces, so a fact begins with a brace four spaces in; 1 where nothing is found.

    >>> text = '{\n  "events": [\n    {\n      "id": "e1",\n      "mode": null\n    }\n  ]\n}'
    >>> line_of(text, "e1", "mode"), line_of(text, "e1", "date"), line_of(text, "e2", "mode")
    (5, 3, 1)
    """
    lines = document.splitlines()
    part = "events" if fact.startswith("e") else "statements"
    begin = next((at for at, line in enumerate(lines) if line.startswith(f'  "{part}"')), len(lines))
    end = next((at for at in range(begin + 1, len(lines)) if lines[at].startswith("  ]")), len(lines))
    starts = [at for at in range(begin, end) if lines[at] == "    {"]
    order = int(fact[1:]) - 1
    if order >= len(starts):
        return 1
    after = starts[order + 1] if order + 1 < len(starts) else end
    return (
        next((at for at in range(starts[order], after) if lines[at].startswith(f'      "{field}"')), starts[order]) + 1
    )
