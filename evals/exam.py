"""Sitting the exam: an engine summarizes each article, each summary is scored, and the results make a Report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from evals.corpus import Case
from evals.gold import digest_of
from evals.report import CaseResult, Report
from evals.scoring.score import SCORER_VERSION, score
from evals.statistics import figures_of
from summarizer import Engine, EventSummary, SummarizerError

Progress = Callable[[CaseResult], None]


def sit(
    suite: str,
    cases: Sequence[Case],
    engine: Engine,
    *,
    seed: int = 0,
    progress: Progress = lambda case: None,
) -> Report:
    """Summarize and score every case, in order; an article that fails is a row with its error.

    Every case must have gold. `seed` is the bootstrap's.
    """
    results = []
    for case, outcome in zip(cases, engine.summarize_each(case.article for case in cases), strict=True):
        results.append(_scored(case, outcome))
        progress(results[-1])
    return report_of(suite, cases, results, made_by=made_by(engine), seed=seed)


def _scored(case: Case, outcome: EventSummary | SummarizerError) -> CaseResult:
    if isinstance(outcome, EventSummary):
        return score(case.key, outcome)
    return score(case.key, None, error=(type(outcome).__name__, outcome.message))


def made_by(engine: Engine) -> dict[str, str]:
    """What decides an engine's summaries, for the signature: its name and, for a model, its prompt and that's hash."""
    prompt = getattr(engine, "prompt", None)
    return {
        "engine": engine.name,
        "prompt": "none" if prompt is None else f"{prompt.name}@{prompt.fingerprint[:8]}",
        "model": str(getattr(engine, "model", "none")),
    }


def report_of(
    suite: str, cases: Sequence[Case], results: Sequence[CaseResult], *, made_by: Mapping[str, str], seed: int = 0
) -> Report:
    """The report of results that are there already; `made_by` says what made the summaries."""
    signature = {
        **made_by,
        "gold": digest_of([case.gold.digest for case in cases if case.gold]),
        "schema": digest_of(EventSummary.model_json_schema()),
        "scorer": SCORER_VERSION,
        "n": str(len({result.id for result in results})),
        "k": str(len({result.run for result in results})),
        "seed": str(seed),
    }
    return Report(suite, signature, tuple(results), figures_of(results, seed=seed))
