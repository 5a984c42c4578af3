"""The whole score of one summary: every figure as a share, so that articles add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evals.report import CaseResult
from evals.scoring.ceaf import ceaf_ree
from evals.scoring.comparison import Comparison, compare
from evals.scoring.counts import Counts, Mark, count
from evals.scoring.demands import asserted, lost_musts
from evals.scoring.events import main_marks
from evals.scoring.explain import points_of
from evals.scoring.grounding import check_grounding
from evals.scoring.key import Key
from evals.scoring.prose import coverage, faithfulness, rouge_l
from evals.scoring.values import members
from summarizer import EventSummary

SCORER_VERSION = "1"
Share = tuple[float, float]
EVENT_FIELDS = (
    "event_type",
    "mode",
    "status",
    "salience",
    "actor",
    "recipient",
    "date",
    "effective",
    "location",
    "quantities",
    "reason",
    "attribution",
    "links",
    "evidence",
)
_JUDGED_WHEN_FOUND = ("event_type", "mode", "status", "salience", "date", "quantities")


def score(key: Key, summary: EventSummary | None, *, run: int = 0, error: tuple[str, str] | None = None) -> CaseResult:
    """One summary scored against the answer key of its article; without one, everything labelled is missed.

    The result's `figures` are shares, numerator and denominator: a mean's are (value, 1), an F1's twice the credit
    over possible and actual slots, so that sums over articles give the figure of all of them. What speaks of what was
    given alone (grounding, faithfulness, precision) says nothing of an article where nothing was.
    """
    comparison = compare(key, summary)
    figures = {
        **_event_figures(key, comparison, summary),
        **_other_figures(key, comparison),
        **_prose_figures(key, summary),
    }
    broken: tuple[str, ...] = ()
    if summary is not None:
        grounding = check_grounding(summary, key.gold.article)
        figures["grounding"] = (float(grounding.exact), float(grounding.excerpts))
        figures["faithfulness"] = faithfulness(summary, key.gold.article)
        figures["rejected"] = refused(summary)
        broken = (*grounding.problems, *asserted(key, comparison, summary))
    return CaseResult(
        key.gold.article.id or "",
        run,
        error,
        figures,
        points_of(key, comparison, summary),
        (*broken, *lost_musts(key, comparison)),
        tuple(sorted(comparison.events.items())),
        tuple(sorted(comparison.statements.items())),
        None if summary is None else summary.model_dump(mode="json"),
    )


def f1_share(counts: Counts) -> Share:
    """F1 as a share: 2 x credit over possible and actual.

    >>> f1_share(Counts(correct=3, partial=1, missing=1))
    (7.0, 9.0)
    """
    return 2 * counts.credit, counts.possible + counts.actual


def _event_figures(key: Key, comparison: Comparison, summary: EventSummary | None) -> dict[str, Share]:
    events, main = comparison.counts("events"), main_marks(key, comparison.predicted.events)
    marks = [mark._replace(weight=1.0) for mark in comparison.marks if mark.part == "events"]
    found, ceaf = _both_sides(marks), ceaf_ree(key.gold.summary, summary)
    return {
        "event_f1": (events.f1, 1.0),
        "event_precision": (events.precision, 1.0) if events.actual else (0.0, 0.0),
        "event_recall": (events.recall, 1.0),
        "main_right": (float(_is_right(main, ("event_type", "actor", "recipient"))), 1.0),
        "main_f1": (count(main).f1, 1.0),
        "events_found": _found(marks),
        **{f"{name}_f1": f1_share(count(mark for mark in marks if mark.field == name)) for name in EVENT_FIELDS},
        **{f"{name}_accuracy": _accuracy(found, name) for name in _JUDGED_WHEN_FOUND},
        "ceaf_ree": (2.0 * ceaf.matched, float(ceaf.predicted + ceaf.gold)),
    }


def _other_figures(key: Key, comparison: Comparison) -> dict[str, Share]:
    said = [mark for mark in comparison.marks if mark.part == "statements"]
    named = [mark for mark in comparison.marks if mark.part == "entities"]
    return {
        "statement_f1": f1_share(count(said)),
        "quote_recall": _quotes_found(key, comparison),
        "speaker_accuracy": _accuracy(_both_sides(said), "speaker"),
        "stance_accuracy": _accuracy(_both_sides(said), "stance"),
        "entity_f1": f1_share(count(named)),
        "entity_type_accuracy": _accuracy(_both_sides(named), "type"),
    }


def _prose_figures(key: Key, summary: EventSummary | None) -> dict[str, Share]:
    gold = key.gold.summary
    headline, text, contexts = (summary.headline, summary.summary, summary.contexts) if summary else ("", "", ())
    topics = count(Mark("events", "contexts", found[0], 1.0, 0, 0) for found in members(gold.contexts, contexts))
    return {
        "contexts_f1": f1_share(topics),
        "coverage": coverage(key, headline, text),
        "rouge_l": (rouge_l(gold.summary, text), 1.0),
    }


def refused(summary: EventSummary) -> Share:
    """What validation refused, of all facts that were put forward."""
    kept = len(summary.events) + len(summary.statements) + len(summary.entities)
    return float(len(summary.rejected)), float(len(summary.rejected) + kept)


def _is_right(marks: Sequence[Mark], fields: Sequence[str]) -> bool:
    return all(mark.outcome == "correct" for mark in marks if mark.field in fields)


def _both_sides(marks: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.gold is not None and mark.predicted is not None]


def _accuracy(marks: Iterable[Mark], field: str) -> Share:
    """Right slots of those that gold fills, over facts that were found."""
    filled = [mark.outcome for mark in marks if mark.field == field and mark.outcome != "spurious"]
    return float(filled.count("correct")), float(len(filled))


def _found(marks: Iterable[Mark]) -> Share:
    """F1 of finding events at all, whatever their slots: 2 x aligned over labelled and predicted."""
    sides = {(mark.gold, mark.predicted) for mark in marks}
    aligned = sum(gold is not None and predicted is not None for gold, predicted in sides)
    return 2.0 * aligned, float(len(sides) + aligned)


def _quotes_found(key: Key, comparison: Comparison) -> Share:
    """Labelled quotes that were found as quotes, word for word, from the right speaker."""
    quotes = [at for at, said in enumerate(key.statements) if said.sheet.kind == "quote" and not said.optional]
    lost = {
        mark.gold
        for mark in comparison.marks
        if mark.part == "statements" and mark.field in ("speaker", "kind", "text") and mark.outcome != "correct"
    }
    return float(sum(at not in lost for at in quotes)), float(len(quotes))
