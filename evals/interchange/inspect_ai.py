"""A report as an inspect_ai log (its format 2, https://inspect.aisi.org.uk/eval-logs.html)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any

from evals.corpus import Case
from evals.interchange.rows import EPOCH, Row, digest, identity_of, model_of, rows_of
from evals.report import Figure, Report
from evals.statistics import LEVEL
from summarizer import Usage

_CONTRACTS = "contracts"
_Document = dict[str, Any]


def inspect_log(report: Report, cases: Sequence[Case], *, at: datetime = EPOCH) -> _Document:
    """A report as the JSON that `inspect_ai.log.read_eval_log` reads and `inspect view` shows.

    A sample is an article in a run (epoch 1 is run 0): the text as input, gold's plain reading as target, the summary
    as output, each figure as a score with every lost point in its explanation, broken contracts as a score "C" or "I".
    The metrics `value`, `low` and `high` of a score are the report's figure with its interval. `at`, in UTC, stands
    where the form demands a time. `inspect view` lists a .json file only if its name begins with a time, such as
    1970-01-01T00-00-00_seeds.json. Raises UsageError if an article of the report is not among the cases.
    """
    rows, identity = rows_of(report, cases), identity_of(report)
    model, time = model_of(report), at.isoformat()
    samples = [_sample(row, identity, model) for row in rows]
    usage = reduce(add, (row.usage for row in rows), Usage())
    return {
        "version": 2,
        "status": "success",
        "eval": _spec(report, rows, identity) | {"model": model, "created": time},
        "plan": {"name": "plan", "steps": [{"solver": "summarize", "params": {}}], "config": {}},
        "results": {
            "total_samples": len(rows),
            "completed_samples": sum(row.error is None for row in rows),
            "scores": [_score(figure, samples) for figure in report.figures],
        },
        "stats": {"started_at": time, "completed_at": time, "model_usage": _model_usage(model, usage)},
        "samples": samples,
    }


def _spec(report: Report, rows: Sequence[Row], identity: str) -> _Document:
    """What was examined, on what, and what made the figures."""
    ids = list(dict.fromkeys(row.case.id for row in rows))
    runs = len({row.result.run for row in rows})
    return {
        "eval_id": identity,
        "run_id": identity,
        "task": report.suite,
        "task_id": identity,
        "task_version": report.signature.get("scorer", "unknown"),
        "dataset": {"name": report.suite, "samples": len(ids), "sample_ids": ids, "shuffled": False},
        "config": {"epochs": runs, "fail_on_error": False, "score_on_error": True},
        "metadata": dict(report.signature),
    }


def _sample(row: Row, identity: str, model: str) -> _Document:
    article, gold, run = row.case.article, row.case.gold, row.result.run
    answer = _message(row.result.summary, model) if row.result.summary else None
    sample = {
        "id": row.case.id,
        "epoch": run + 1,
        "input": article.text,
        "target": _text(gold.summary.model_dump(mode="json")) if gold else "",
        "messages": [answer] if answer else [],
        "output": {"model": model, "choices": [{"message": answer, "stop_reason": "stop"}] if answer else []},
        "scores": _scores(row),
        "metadata": {"sha256": article.sha256, "published": article.published and article.published.isoformat()},
        "model_usage": _model_usage(model, row.usage),
        "uuid": digest(identity, row.case.id, run),
    }
    failed = {"message": row.error, "traceback": "", "traceback_ansi": ""}
    return sample | {"error": failed} if row.error else sample


def _message(summary: Mapping[str, Any], model: str) -> _Document:
    return {"role": "assistant", "content": _text(summary), "model": model, "source": "generate"}


def _text(summary: Mapping[str, Any]) -> str:
    return json.dumps(summary, ensure_ascii=False)


def _scores(row: Row) -> _Document:
    """The article's share of each figure, with the weight that it has in the report's."""
    figures = {
        name: {"value": value, "explanation": row.reason(name), "metadata": {"weight": weight}}
        for name, (value, weight) in row.shares.items()
    }
    return figures | {_CONTRACTS: {"value": "C" if row.kept else "I", "explanation": row.contracts}}


def _score(figure: Figure, samples: Sequence[_Document]) -> _Document:
    scored = sum(figure.name in sample["scores"] for sample in samples)
    metrics = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {
        "name": figure.name,
        "scorer": figure.name,
        "scored_samples": scored,
        "unscored_samples": len(samples) - scored,
        "metrics": {name: {"name": name, "value": value} for name, value in metrics.items()},
        "metadata": {"articles": figure.n, "level": LEVEL},
    }


def _model_usage(model: str, usage: Usage) -> _Document:
    """Tokens by model, those from a cache apart; nothing where no model was asked."""
    if not usage.requests:
        return {}
    return {
        model: {
            "input_tokens": usage.prompt_tokens - usage.cached_tokens,
            "output_tokens": usage.completion_tokens,
            "total_tokens": usage.total_tokens,
            "input_tokens_cache_read": usage.cached_tokens,
            "total_cost": usage.cost,
        }
    }
