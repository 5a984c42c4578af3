"""An exam in one sentence, for terminals and pages alike; and how lost points, counts and intervals are worded."""

from __future__ import annotations

from evals.figures import PRIMARY, percent
from evals.report import Figure, Outcome, Point, Report

OUTCOMES: dict[Outcome, str] = {
    "correct": "right",
    "partial": "partly right",
    "incorrect": "wrong",
    "missing": "missing",
    "spurious": "made up",
}


def verdict(report: Report) -> str:
    """The exam in one sentence."""
    figures = {figure.name: figure for figure in report.figures}
    articles, runs = len({case.id for case in report.cases}), len({case.run for case in report.cases})
    on = f"on {counted(articles, 'article')} of {report.suite}" + (f" in {runs} runs" if runs > 1 else "")
    engine = report.signature.get("engine", "the engine")
    if PRIMARY in figures:
        right = [case.figures["main_right"][0] for case in report.cases if "main_right" in case.figures]
        parts = [f"{engine} scores event F1 {interval(figures[PRIMARY])} {on}"]
        parts.append(f"main event right in {sum(right):g} of {len(right)}")
    else:
        parts = [f"{engine} {on} without labels"]
    parts.append(f"{counted(sum(len(case.broken) for case in report.cases), 'contract')} broken")
    if report.failed:
        parts.append(f"{counted(len(report.failed), 'summary', 'summaries')} failed")
    return "; ".join(parts) + "."


def interval(figure: Figure) -> str:
    """A figure with its 95 % interval.

    >>> interval(Figure("event_f1", 0.612, 0.5, 0.7049, 5))
    '.612 [.500, .705]'
    """
    return f"{percent(figure.value)} [{percent(figure.low)}, {percent(figure.high)}]"


def counted(count: int, thing: str, things: str = "") -> str:
    """A number with what it counts.

    >>> counted(0, "contract"), counted(1, "article"), counted(2, "summary", "summaries")
    ('0 contracts', '1 article', '2 summaries')
    """
    return f"{count} {thing if count == 1 else things or thing + 's'}"


def told(point: Point) -> str:
    """A lost point in words.

    >>> told(Point("events", "status", "incorrect", 2.0, 0.0432, "e1", "e3", "announced", "occurred"))
    '-.043 e1 / predicted e3: status wrong; gold: announced; given: occurred'
    >>> told(Point("events", "mode", "missing", 2.0, 0.01, "e2", None, "expel", None))
    '-.010 e2: mode missing; gold: expel'
    """
    place = " / ".join(filter(None, (point.gold_ref, point.predicted_ref and f"predicted {point.predicted_ref}")))
    said = [f"gold: {point.gold}"] if point.gold is not None else []
    said += [f"given: {point.predicted}"] if point.predicted is not None else []
    slot = f"{point.field.replace('_', ' ')} {OUTCOMES[point.outcome]}"
    return f"-{percent(point.cost)} {place}: " + "; ".join([slot, *said])
