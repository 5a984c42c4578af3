"""Sitting the exam: an engine summarizes each article, each summary is scored, and the results make a Report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pydantic import ValidationError

from evals.corpus import Case
from evals.gold import digest_of
from evals.report import CaseResult, Report
from evals.scoring.grounding import check_grounding
from evals.scoring.prose import faithfulness
from evals.scoring.score import SCORER_VERSION, refused, score
from evals.statistics import figures_of
from summarizer import Engine, EventSummary, InputError, SummarizerError

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

    An article without gold gets what can be said without it: grounding, faithfulness, how much was refused. `seed` is
    the bootstrap's.
    """
    results = []
    for case, outcome in zip(cases, engine.summarize_each(case.article for case in cases), strict=True):
        results.append(scored(case, outcome))
        progress(results[-1])
    return report_of(suite, cases, results, made_by=made_by(engine), seed=seed)


def scored(case: Case, outcome: EventSummary | SummarizerError, *, run: int = 0) -> CaseResult:
    """What became of one article in one run: its summary scored, or the error that stands in its place."""
    if not isinstance(outcome, EventSummary):
        error = (type(outcome).__name__, outcome.message)
        return CaseResult(case.id, run, error) if case.gold is None else score(case.key, None, run=run, error=error)
    return inspected(case, outcome, run=run) if case.gold is None else score(case.key, outcome, run=run)


def inspected(case: Case, summary: EventSummary, *, run: int = 0) -> CaseResult:
    """What can be said of a summary whose article nobody has labelled."""
    grounding = check_grounding(summary, case.article)
    figures = {
        "grounding": (float(grounding.exact), float(grounding.excerpts)),
        "faithfulness": faithfulness(summary, case.article),
        "rejected": refused(summary),
    }
    document = summary.model_dump(mode="json")
    return CaseResult(case.id, run, figures=figures, broken=grounding.problems, summary=document)


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


def answered(suite: str, cases: Sequence[Case], answers: Mapping[str, EventSummary], *, seed: int = 0) -> Report:
    """Summaries that are there already, scored as an engine's are; found by article id, else by the text's hash."""
    results = [scored(case, _answer(case, answers)) for case in cases]
    engines = {summary.engine for summary in answers.values() if summary.engine}
    made_by = {"engine": "+".join(sorted(engines)) or "unknown", "prompt": "unknown", "model": "unknown"}
    return report_of(suite, cases, results, made_by=made_by, seed=seed)


def _answer(case: Case, answers: Mapping[str, EventSummary]) -> EventSummary | SummarizerError:
    """The summary of just this text, held against it: predictions are somebody else's word."""
    found = answers.get(case.id)
    if found is None or found.sha256 != case.article.sha256:
        found = answers.get(case.article.sha256, found)
    if found is None:
        return InputError("no summary of this article is among the predictions", "give one, or leave the article out")
    try:
        return EventSummary.grounded(found.model_dump(mode="json"), case.article)
    except ValidationError as refused:
        return InputError(
            f"the prediction does not stand up against its article: {refused.error_count()} violations",
            "python -m summarizer writes summaries that do",
        )
