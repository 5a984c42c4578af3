"""What an exam found, as a terminal shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from evals.agreement import Agreement
from evals.bench import Bench
from evals.figures import GROUPS, PRIMARY, percent
from evals.gate import FactChange, Judgement
from evals.report import CaseResult, Point, Report, signature_line
from evals.selfcheck import SelfCheck
from evals.simulation import Simulation
from evals.verdict import interval, told, verdict

Part = RenderableType  # a str is one line that is never broken, such as a signature


def draw(parts: Iterable[Part], *, width: int = 100, color: bool = False) -> str:
    """The parts as text at most `width` columns wide; no line ends in spaces."""
    console = Console(file=StringIO(), width=width, force_terminal=color, color_system="standard" if color else None)
    with console.capture() as captured:
        for part in parts:
            console.print(part, soft_wrap=isinstance(part, str), markup=False, highlight=False)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def report_parts(report: Report, *, losses: int = 12) -> Iterator[Part]:
    """A report: verdict, figures, articles, the costliest lost points, broken contracts, signature."""
    yield Text(verdict(report), style="bold")
    yield _figures(report)
    yield _articles(report.cases)
    lost = sorted(_lost(report.cases), key=lambda entry: -entry[1].cost)
    if losses and lost:
        yield Text(f"\nWhere most is lost ({min(losses, len(lost))} of {len(lost)} slots)", style="bold")
        yield from (Text(f"{case.id[:12]}  {told(point)}") for case, point in lost[:losses])
    broken = [(case.id, line) for case in report.cases for line in case.broken]
    if broken:
        yield Text("\nBroken contracts", style="bold")
        yield from (Text(f"{article}  {line}") for article, line in broken)
    yield f"\n{signature_line(report.signature)}"


def _figures(report: Report) -> Table:
    table = Table("", "value", "95 % interval", "n", "", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.columns[1].justify = table.columns[3].justify = "right"
    known = {figure.name: figure for figure in report.figures}
    for title, entries in GROUPS.items():
        table.add_row(Text(f"\n{title}", style="bold"))
        for name, entry in entries.items():
            if figure := known.get(name):
                style = "bold" if name == PRIMARY else ""
                span = f"{percent(figure.low)} to {percent(figure.high)}"
                table.add_row(entry.label, percent(figure.value), span, str(figure.n), entry.meaning, style=style)
    return table


def _articles(cases: Sequence[CaseResult]) -> Table:
    table = Table(
        "\narticle", "\nrun", "\nevent F1", "\nmain F1", "\nlost slots", "\ncontracts", box=None, pad_edge=False
    )
    for column in table.columns[1:5]:
        column.justify = "right"
    for case in cases:
        lost = str(sum(point.lost for point in case.points))
        contracts = (
            Text(case.error[0], style="red")
            if case.error
            else Text(f"{len(case.broken)} broken" if case.broken else "kept")
        )
        shares = [percent(case.figures[name][0]) if name in case.figures else "" for name in (PRIMARY, "main_f1")]
        table.add_row(case.id, str(case.run), *shares, lost, contracts)
    return table


def _lost(cases: Iterable[CaseResult]) -> Iterator[tuple[CaseResult, Point]]:
    return ((case, point) for case in cases for point in case.points if point.lost and point.part == "events")


def agreement_parts(found: Agreement) -> Iterator[Part]:
    """Human agreement, a row a figure and a column a way to compare."""
    people = " and ".join(found.annotators)
    yield Text(
        f"Annotators {people} on {found.articles} articles of {found.suite}, by the exam's own scorer", style="bold"
    )
    titles = [column.title for column in found.columns]
    table = Table("", *titles, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    known = [{figure.name: figure for figure in column.figures} for column in found.columns]
    for title, entries in GROUPS.items():
        table.add_row(Text(f"\n{title}", style="bold"))
        for name, entry in entries.items():
            if any(name in column for column in known):
                cells = [
                    interval(column[name]) if at == 0 else percent(column[name].value)
                    for at, column in enumerate(known)
                    if name in column
                ]
                table.add_row(entry.label, *cells)
    yield table


def judgement_parts(judgement: Judgement, base: Report, candidate: Report) -> Iterator[Part]:
    """What the gate says: the verdict, both sides' figures, the facts lost and gained, both signatures."""
    style = {"pass": "bold green", "unchanged": "bold green", "inconclusive": "bold yellow"}.get(
        judgement.outcome, "bold red"
    )
    yield Text(f"{judgement.outcome.upper()}: {judgement.reasons[0]}", style=style)
    yield from (Text(f"  {reason}") for reason in judgement.reasons[1:])
    if judgement.change is not None:
        yield _sides(base, candidate)
        yield from _fact_changes("Lost", judgement.lost)
        yield from _fact_changes("Gained", judgement.gained)
    for side, report in (("baseline ", base), ("candidate", candidate)):
        yield f"{side} {signature_line(report.signature)}"


def _sides(base: Report, candidate: Report) -> Table:
    table = Table("", "baseline", "candidate", "change", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    before = {figure.name: figure for figure in base.figures}
    after = {figure.name: figure for figure in candidate.figures}
    for title, entries in GROUPS.items():
        table.add_row(Text(f"\n{title}", style="bold"))
        for name, entry in entries.items():
            if name in before and name in after:
                moved = f"{after[name].value - before[name].value:+.3f}"
                table.add_row(entry.label, interval(before[name]), interval(after[name]), moved)
    return table


def _fact_changes(title: str, facts: Sequence[FactChange]) -> Iterator[Text]:
    if facts:
        yield Text(f"\n{title}: {len(facts)}", style="bold")
    for fact in facts:
        right = f"right in {fact.was_right} → {fact.is_right}"
        given = f"; given: {fact.given}" if fact.given else ""
        yield Text(f"  {fact.article[:12]}  {fact.fact}.{fact.field}  {right}  gold: {fact.gold}{given}")


def simulation_parts(played: Simulation) -> Iterator[Part]:
    """The gate's verdicts where the truth is known, a row a true fall and a column a number of runs."""
    yield Text(
        f"The gate on {len(played.means)} articles whose runs deviate by {played.deviation:.3f}; "
        f"{played.comparisons} comparisons of each kind",
        style="bold",
    )
    runs = sorted({row.k for row in played.rows})
    table = Table(
        "true fall", *(f"k={k}: fail / pass / can't tell" for k in runs), box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    for fall in sorted({row.fall for row in played.rows}):
        cells = [
            " / ".join(f"{played.said(outcome, fall=fall, k=k):.0%}" for outcome in ("fail", "pass", "inconclusive"))
            for k in runs
        ]
        table.add_row(f"{fall:.2f}", *cells)
    yield table


def selfcheck_parts(found: SelfCheck) -> Iterator[Part]:
    """The price of each planted damage, what harmless changes cost, how the score falls, and what is wrong."""
    yield Text("Planted damage and what it costs", style="bold")
    table = Table(
        "damage",
        "must cost",
        "articles",
        "places",
        "mean price",
        "least",
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    for price in found.damages:
        refused = (
            "refused" if price.refused and price.mean is None else "nothing to damage" if price.mean is None else ""
        )
        mean, least = (refused or f"{price.mean:.4f}", "" if price.least is None else f"{price.least:.4f}")
        table.add_row(price.name, price.figures[0], str(price.articles), str(price.places), mean, least)
    yield table
    yield Text("\nHarmless changes and what they cost", style="bold")
    table = Table("change", "articles", "places", "most", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for cost in found.harmless:
        table.add_row(cost.name, str(cost.articles), str(cost.places), f"{cost.most:.4f}")
    yield table
    shown = "unknown" if found.severity.spearman is None else f"{found.severity.spearman:.3f}"
    curve = " ".join(f"{value:.2f}" for value in found.severity.mean)
    yield Text(f"\nEvent F1 by number of damages: {curve}\nSpearman's correlation {shown}", style="bold")
    yield from (Text(f"WRONG: {problem}", style="bold red") for problem in found.problems)
    if not found.problems:
        yield Text("Every damage costs, no harmless change does, and the score falls steadily.", style="bold green")


def bench_parts(found: Bench) -> Iterator[Part]:
    """Rates with what they stand beside, and the exam as a whole."""
    yield Text(
        f"Python {found.python}, {found.cores} cores; CPU time of one process, the best of several rounds", style="bold"
    )
    table = Table("a second", "", "ratio", "", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for rate in found.rates:
        ratio = "" if rate.ratio is None else f"{rate.ratio:.3g}"
        table.add_row(
            f"{rate.per_second:,.0f}" if rate.per_second > 99 else f"{rate.per_second:.1f}",
            rate.name,
            ratio,
            rate.against and f"of {rate.against}",
        )
    yield table
    yield Text(f"The whole exam on {found.articles} articles: {found.exam_seconds:.1f} s")
