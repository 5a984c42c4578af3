"""The gate's verdict in words, and the numbers that it rests on with what each of them means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import isfinite

from evals.figures import percent
from evals.gate import LEAST_FALL, LEVEL, MARGIN, Judgement, Outcome
from evals.page.strips import change_strip
from evals.page.wording import change_of, signed
from evals.report import Report
from evals.verdict import counted
from summarizer.html import Markup, element

# Of each outcome a sign, and what it comes to; colours only repeat them.
_SAID: dict[Outcome, tuple[str, str]] = {
    "invalid": ("!", "No comparison"),
    "contracts": ("✗", "Contract broken"),
    "unchanged": ("=", "Unchanged"),
    "fail": ("✗", "Worse"),
    "pass": ("✓", "Not worse"),
    "inconclusive": ("?", "Can’t tell"),
}
Address = Callable[[str], str]


def headline(judgement: Judgement) -> str:
    """The verdict and what decided it, in one line.

    >>> headline(Judgement("unchanged", ("both sides gave the same answers",)))
    '= Unchanged: both sides gave the same answers'
    >>> headline(Judgement("contracts", ("a: e1 is missing, a must, in 2 of 2 runs", "a: s1 is missing, a must")))
    '✗ Contract broken: 2 reasons, whatever the mean says'
    """
    return f"{' '.join(_SAID[judgement.outcome])}: {_decisive(judgement)}"


def _decisive(judgement: Judgement) -> str:
    reasons = judgement.reasons
    if _is_one(judgement):
        return reasons[0]
    return _LISTED.get(judgement.outcome, "{0}").format(counted(len(reasons), "reason"))


def _is_one(judgement: Judgement) -> bool:
    """Whether the first reason decides; else all weigh the same."""
    return len(judgement.reasons) == 1 or (judgement.outcome not in _LISTED and bool(judgement.reasons))


_LISTED: dict[Outcome, str] = {
    "contracts": "{0}, whatever the mean says",
    "invalid": "{0} why the two sides cannot be held against each other",
}


def heading(judgement: Judgement, base: Report, candidate: Report, address: Address) -> Markup:
    """The head of the page: verdict, reasons, what was held against what. `address` says where a reason leads."""
    sign, words = _SAID[judgement.outcome]
    title = element("span", f"{sign} {words}", class_=f"said {judgement.outcome}")
    first, *others = judgement.reasons if _is_one(judgement) else ("", *judgement.reasons)
    items = [element("li", _linked(reason, address(reason)), dir="auto") for reason in others]
    kind = "warning" if judgement.outcome in _LISTED else "reasons"
    return element(
        "header",
        element("h1", title, ": ", _linked(first, address(first)) if first else _decisive(judgement)),
        *([element("ul", *items, class_=kind)] if items else []),
        element("p", f"gate on {candidate.suite or base.suite}: {_exit(judgement)}", class_="meta"),
    )


def _linked(words: str, address: str) -> str:
    return element("a", words, href=address) if address else words


def _exit(judgement: Judgement) -> str:
    """The gate's own word and exit code, as the command tells them."""
    strict = judgement.exit_code(strict=True)
    more = "" if strict == judgement.exit_code() else f", {strict} under --strict"
    return f"{judgement.outcome}, exit code {judgement.exit_code()}{more}"


# --- the numbers ------------------------------------------------------------------------------------------------------


def numbers(judgement: Judgement, runs: Sequence[int]) -> Markup:
    """Change, bound, chance, deviation, detectable fall and runs, each with its meaning; nothing without a change."""
    if judgement.change is None or judgement.lower is None or judgement.base is None or judgement.candidate is None:
        return Markup("")
    entries = [
        element("div", element("dt", name), element("dd", value), element("dd", meaning, class_="quiet"))
        for name, value, meaning in _entries(judgement)
    ]
    drawing = [change_strip(judgement.change, judgement.lower, MARGIN)] if isfinite(judgement.lower) else []
    return element(
        "section",
        element("h2", "The change in event F1"),
        element("p", _in_a_sentence(judgement, runs), class_="plain"),
        *drawing,
        element("dl", *entries, class_="numbers"),
        element("p", _RULE, class_="quiet"),
    )


_RULE = (
    f"Worse: a fall of at least {percent(LEAST_FALL)} that chance brings in at most {LEVEL:.0%} of cases. "
    f"Not worse: the bound lies above −{percent(MARGIN)}. Else the gate can’t tell. "
    "It speaks of these articles and this gold, not of all news."
)


def _entries(judgement: Judgement) -> Iterator[tuple[str, str, str]]:
    yield "baseline → candidate", f"{_share(judgement.base)} → {_share(judgement.candidate)}", "means over the articles"
    yield "change", change_of(judgement.change or 0.0), "the mean of the articles’ changes"
    yield "bound", _signed(judgement.lower), "with 95 % confidence the true change is above this"
    yield "p", _chance(judgement.p), "how often chance alone brings a change as low as this"
    yield "run-to-run deviation", _share(judgement.deviation), _DEVIATION[judgement.deviation is None]
    yield "detectable fall", _share(judgement.detectable), "the smallest that would be seen nine times in ten"
    yield "runs to settle it", *_settling(judgement)


_DEVIATION = ("how far runs of one article scatter", "one run an article does not tell")


def _share(value: float | None) -> str:
    return "unknown" if value is None or not isfinite(value) else percent(value)


def _signed(value: float | None) -> str:
    return "unknown" if value is None or not isfinite(value) else signed(value)


def _chance(p: float | None) -> str:
    """A probability.

    >>> _chance(0.0213), _chance(0.00005), _chance(None)
    ('.021', 'under .001', 'unknown')
    """
    return "unknown" if p is None else percent(p) if p >= 0.001 else "under .001"


def _settling(judgement: Judgement) -> tuple[str, str]:
    if judgement.outcome == "contracts":
        return "none", "a broken contract decides, whatever the mean"
    if judgement.outcome != "inconclusive":
        return "none", "it is settled"
    if judgement.settles is None:
        return "no number", "the change lies where no number of runs decides"
    return f"{judgement.settles}", "an article and side, if the change stays what it is"


def _in_a_sentence(judgement: Judgement, runs: Sequence[int]) -> str:
    """What the numbers come to, for who reads nothing else."""
    change, moved = judgement.change or 0.0, "as high as"
    if abs(change) >= 0.0005:
        moved = f"{percent(abs(change))} {'above' if change > 0 else 'below'}"
    times = " and ".join(dict.fromkeys(counted(count, "run") for count in runs))
    said = f"On the same articles, {times} each, the candidate’s mean is {moved} the baseline’s"
    if judgement.deviation is not None:
        said += f"; runs of one article scatter by {percent(judgement.deviation)} by chance"
    if judgement.detectable is not None and isfinite(judgement.detectable):
        said += f"; a true fall of {percent(judgement.detectable)} or more would hardly have gone unseen"
    return f"{said}."
