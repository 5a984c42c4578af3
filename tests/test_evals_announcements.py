"""What continuous integration reads of a judgement."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evals.announcements import junit, line_of, step_summary, to_json, workflow_commands
from evals.gate import FactChange, Judgement, judge
from tests.exam_example import labels, summary
from tests.test_evals_gate import changed, report, swapped

FAILED = judge(report(summary(), changed("reason"), articles=5), report(*[changed("date", "status")] * 2, articles=5))


def test_the_example_is_a_failure() -> None:
    assert FAILED.outcome == "fail"


def test_junit_has_a_test_for_each_rule_and_fails_the_one_that_was_broken() -> None:
    root = ElementTree.fromstring(junit(FAILED, report(summary())))
    failed = [case.get("name") for case in root.findall("testcase") if case.find("failure") is not None]
    assert failed == ["event F1 is not worse"]
    assert root.get("failures") == "1"
    assert root.get("tests") == str(len(root.findall("testcase")))


def test_junit_holds_only_characters_that_xml_may_hold() -> None:
    odd = Judgement("contracts", ("a \x00 b \ud800 <&>",))
    assert ElementTree.fromstring(junit(odd, report(summary()))).find("testcase/failure") is not None


def test_a_step_summary_names_figures_and_facts_and_stays_a_table() -> None:
    hostile = FactChange("a|b", "e1", "date", "gold | `x` <script>", "2 of 2", "0 of 2", "line\nbreak")
    text = step_summary(
        Judgement("fail", ("worse",), change=-0.1, lost=(hostile,)), report(summary()), report(summary())
    )
    assert text.startswith("## FAIL: worse\n")
    assert "| event_f1 |" in text
    row = next(line for line in text.splitlines() if "e1 | date" in line)
    assert row.count(" | ") == 5
    assert "<script>" not in row


def test_lost_facts_are_annotated_on_their_line_of_the_gold_file(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    document = json.dumps(labels(), indent=2)
    (gold / "a0.json").write_text(document, encoding="utf-8")
    lines = list(workflow_commands(FAILED, gold, tmp_path))
    assert lines[0].startswith("::error title=gate fail::")
    date = next(line for line in lines if "e1.date" in line and "a0" in line)
    at = int(date.partition("line=")[2].partition(",")[0])
    assert '"date"' in document.splitlines()[at - 1]
    assert "file=gold/a0.json," in date


def test_a_commands_text_cannot_start_another_command() -> None:
    trap = FactChange("x", "e1", "date", "a\n::error::b", "1 of 1", "0 of 1", None)
    lines = list(workflow_commands(Judgement("pass", ("ok",), lost=(trap,)), Path("gold"), Path()))
    assert len(lines) == 1
    assert "\n" not in lines[0]


@pytest.mark.parametrize(("fact", "field", "words"), [("e2", "mode", '"mode": "arrest"'), ("s1", "stance", '"stance"')])
def test_a_fields_line_is_found_in_the_right_fact(fact: str, field: str, words: str) -> None:
    document = json.dumps(labels(), indent=2)
    assert words in document.splitlines()[line_of(document, fact, field) - 1]


def test_json_holds_the_verdict_and_both_sides() -> None:
    base, candidate = report(summary()), report(swapped())
    whole = json.loads(to_json(judge(base, candidate), base, candidate))
    assert whole["outcome"] == "contracts"
    assert whole["figures"]["base"]["event_f1"] > whole["figures"]["candidate"]["event_f1"]
