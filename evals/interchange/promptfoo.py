"""A report as promptfoo's results (version 3 of the file that `promptfoo eval -o FILE.json` writes).

Source: `EvaluateSummaryV3` in src/types/index.ts and src/commands/import.ts of promptfoo/promptfoo.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any

from evals.corpus import Case
from evals.figures import PRIMARY
from evals.interchange.rows import EPOCH, Row, digest, identity_of, model_of, rows_of
from evals.report import Report, signature_line
from summarizer import Usage

_CONTRACTS = "contracts"
_NONE, _ASSERT, _ERROR = 0, 1, 2  # promptfoo's ResultFailureReason
_Document = dict[str, Any]


def promptfoo_results(report: Report, cases: Sequence[Case], *, at: datetime = EPOCH) -> _Document:
    """A report as the JSON that `promptfoo import` takes and `promptfoo view` shows.

    A result is an article in a run. It passes if no contract is broken; figures are measured, not judged, which
    promptfoo says with weight 0. A named score is the article's share of a figure and its weight the share's
    denominator, so that what promptfoo shows over all articles is the report's figure. The article stands in `vars`
    and in the test case's `vars`: promptfoo's filters read the one, its viewer the other. `at`, in UTC, stands where
    the form demands a time. Raises UsageError if an article of the report is not among the cases.
    """
    rows, identity = rows_of(report, cases), identity_of(report)
    prompt, model = _prompt(report), model_of(report)
    results = [_result(row, place, identity, prompt, model) for place, row in enumerate(rows)]
    metrics = _metrics(rows, results)
    time = f"{at:%Y-%m-%dT%H:%M:%S}"
    return {
        "evalId": f"eval-{identity[:8]}-{time}",
        "results": {
            "version": 3,
            "timestamp": f"{time}.000Z",
            "prompts": [prompt | {"provider": model, "metrics": metrics}],
            "results": results,
            "stats": {
                "successes": metrics["testPassCount"],
                "failures": metrics["testFailCount"],
                "errors": metrics["testErrorCount"],
                "tokenUsage": metrics["tokenUsage"],
            },
        },
        "config": {"description": f"exam on {report.suite}", "metadata": dict(report.signature)},
        "shareableUrl": None,
        "metadata": {"evaluationCreatedAt": f"{time}.000Z", "exportedAt": f"{time}.000Z"},
        "vars": ["article"],
    }


def _prompt(report: Report) -> _Document:
    """The prompt's name; where promptfoo shows a prompt in full stands what made the figures."""
    raw = signature_line(report.signature)
    return {"id": digest(raw), "raw": raw, "label": report.signature.get("prompt", "unknown")}


def _result(row: Row, place: int, identity: str, prompt: _Document, model: str) -> _Document:
    variables, grading = {"article": row.case.article.text}, _grading(row)
    about = {"id": row.case.id, "run": row.result.run}
    result = {
        "id": digest(identity, row.case.id, row.result.run),
        "promptIdx": 0,
        "testIdx": place,
        "testCase": {"description": row.case.id, "vars": variables, "metadata": about},
        "promptId": prompt["id"],
        "provider": {"id": model, "label": ""},
        "prompt": {"raw": prompt["raw"], "label": prompt["label"]},
        "vars": variables,
        "success": grading["pass"],
        "failureReason": _ERROR if row.error else _NONE if grading["pass"] else _ASSERT,
        "score": grading["score"],
        "namedScores": grading["namedScores"],
        "gradingResult": grading,
        "cost": row.usage.cost or 0,
        "tokenUsage": _tokens(row.usage),
        "metadata": about,
    }
    answer = {"error": row.error} if row.error else {"response": {"output": row.result.summary}}
    return result | answer


def _grading(row: Row) -> _Document:
    """Pass or fail by the contracts; a component for them and for each figure, with its reason."""
    named = {_CONTRACTS: (float(row.kept), 1.0)} | row.shares
    figures = [_component(name, True, value, row.reason(name), weight=0) for name, (value, _) in row.shares.items()]
    return {
        "pass": row.kept,
        "score": named.get(PRIMARY, named[_CONTRACTS])[0],
        "reason": row.contracts,
        "namedScores": {name: value for name, (value, _) in named.items()},
        "namedScoreWeights": {name: weight for name, (_, weight) in named.items()},
        "componentResults": [_component(_CONTRACTS, row.kept, float(row.kept), row.contracts, weight=1), *figures],
    }


def _component(name: str, passed: bool, score: float, reason: str, *, weight: int) -> _Document:
    assertion = {"type": "python", "value": name, "metric": name, "weight": weight}
    return {"pass": passed, "score": score, "reason": reason, "assertion": assertion}


def _metrics(rows: Sequence[Row], results: Sequence[_Document]) -> _Document:
    """What promptfoo shows above a column: sums over results, a named score's times its weights."""
    gradings = [result["gradingResult"] for result in results]
    components = Counter(part["pass"] for grading in gradings for part in grading["componentResults"])
    reasons = Counter(result["failureReason"] for result in results)
    totals, weights, counts = Counter[str](), Counter[str](), Counter[str]()
    for grading in gradings:
        for name, weight in grading["namedScoreWeights"].items():
            totals[name] += grading["namedScores"][name] * weight
            weights[name] += weight
            counts[name] += 1
    usage = reduce(add, (row.usage for row in rows), Usage())
    return {
        "score": sum(result["score"] for result in results),
        "testPassCount": reasons[_NONE],
        "testFailCount": reasons[_ASSERT],
        "testErrorCount": reasons[_ERROR],
        "assertPassCount": components[True],
        "assertFailCount": components[False],
        "totalLatencyMs": 0,
        "tokenUsage": _tokens(usage),
        "namedScores": dict(totals),
        "namedScoresCount": dict(counts),
        "namedScoreWeights": dict(weights),
        "cost": usage.cost or 0,
    }


def _tokens(usage: Usage) -> _Document:
    return {
        "total": usage.total_tokens,
        "prompt": usage.prompt_tokens,
        "completion": usage.completion_tokens,
        "cached": usage.cached_tokens,
        "numRequests": usage.requests,
    }
