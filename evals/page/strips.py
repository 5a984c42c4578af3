"""Small drawings: intervals, runs, a change. They only repeat what stands beside them in words.

Where two sides are drawn, the baseline is the upper one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor
from statistics import fmean

from evals.figures import percent
from evals.page.wording import signed
from evals.report import Figure
from summarizer.html import Markup, element

Domain = tuple[float, float]  # what stands at the left and at the right end
_WHOLE: Domain = (0.0, 1.0)
_THICK = 1.5  # of a stroke, in hundredths of the width


def interval_strip(figure: Figure) -> Markup:
    """The interval drawn from 0 to 1, the value as a stroke on it."""
    return _stretched(_bar("scale", _WHOLE, 4.5, 1.0), *_interval(figure, _WHOLE, 0.0, ""), height=10)


def interval_strips(base: Figure | None, candidate: Figure | None, domain: Domain) -> Markup:
    """Both sides' intervals, one above the other."""
    drawn: list[Markup] = []
    for figure, top, side in ((base, 0.0, "of-base"), (candidate, 12.0, "")):
        if figure:
            drawn += _interval(figure, domain, top, side)
    return _stretched(_bar("scale", _WHOLE, 10.5, 1.0), *drawn, height=22)


def _interval(figure: Figure, domain: Domain, top: float, side: str) -> list[Markup]:
    low, high, value = (_share(place, domain) for place in (figure.low, figure.high, figure.value))
    half = _THICK / 200
    return [
        _bar(f"range {side}".strip(), (low, high), top + 3, 4.0),
        _bar("value", (value - half, value + half), top, 10.0),
    ]


def domain_of(values: Sequence[float]) -> Domain:
    """From the tenth below the lowest share to 1.

    >>> domain_of([0.83, 0.97]), domain_of([]), domain_of([1.0])
    ((0.8, 1.0), (0.0, 1.0), (0.9, 1.0))
    """
    return min(0.9, floor(10 * min(values, default=0.0)) / 10), 1.0


def domain_name(domain: Domain) -> str:
    """The ends of a scale.

    >>> domain_name((0.8, 1.0))
    '.8 to 1'
    """
    return f"{percent(domain[0])[:2]} to 1" if domain[0] else "0 to 1"


def runs_strip(base: Sequence[float], candidate: Sequence[float], domain: Domain) -> Markup:
    """Each run as a dot, hollow for the baseline, the mean as a stroke. Runs go down, so that equal ones stay apart."""
    drawn = [*_lane(base, domain, 0.0, "of-base"), *_lane(candidate, domain, 16.0, "")]
    line = element("path", d="M4 16H136", class_="axis")
    return element("svg", line, *drawn, viewBox="0 0 140 32", class_="runs", aria_hidden="true")


def _lane(scores: Sequence[float], domain: Domain, top: float, side: str) -> Iterator[Markup]:
    for at, score in enumerate(scores):
        x, y = 4 + 132 * _share(score, domain), top + 4 + 8 * (at + 0.5) / len(scores)
        yield element("circle", class_=f"run {side}".strip(), cx=f"{x:.1f}", cy=f"{y:.1f}", r="2.6")
    if len(scores) > 1:
        x = 4 + 132 * _share(fmean(scores), domain)
        yield element("path", class_="mean", d=f"M{x:.1f} {top + 1:.1f}v14")


def change_strip(change: float, lower: float, margin: float) -> Markup:
    """The change and all that the bound leaves possible, on a line with no change and the margin marked."""
    reach = 1.15 * max(2 * margin, abs(change), abs(lower))

    def at(value: float) -> str:
        return f"{200 + 190 * value / reach:.1f}"

    drawn = [
        element("path", class_="axis", d=f"M10 26H390M{at(0)} 12v28"),
        element("path", class_="limit", d=f"M{at(-margin)} 12v28"),
        element("path", class_="possible", d=f"M{at(lower)} 20v12M{at(lower)} 26H390M384 21l6 5-6 5"),
        element("circle", class_="run", cx=at(change), cy="26", r="5"),
        element("text", signed(-margin), x=at(-margin), dx="-3", y="51", class_="to-left"),
        element("text", "no change", x=at(0), dx="-3", y="51"),
        element("text", f"seen {signed(change)}", x=at(change), y="11", class_="seen"),
    ]
    return element("svg", *drawn, viewBox="0 0 400 56", class_="change", aria_hidden="true")


def _share(value: float, domain: Domain) -> float:
    low, high = domain
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _bar(class_: str, ends: tuple[float, float], top: float, height: float) -> Markup:
    places = {"x": 100 * ends[0], "width": 100 * (ends[1] - ends[0]), "y": top, "height": height}
    return element("rect", class_=class_, **{name: f"{place:.1f}" for name, place in places.items()})


def _stretched(*drawn: Markup, height: int) -> Markup:
    return element("svg", *drawn, viewBox=f"0 0 100 {height}", preserveAspectRatio="none", aria_hidden="true")
