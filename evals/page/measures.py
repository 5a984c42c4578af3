"""The figures in tables: those of one exam, or those of two sides beside each other with the change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.figures import GROUPS, PRIMARY, Entry, percent
from evals.page.strips import Domain, domain_name, domain_of, interval_strip, interval_strips
from evals.page.wording import change_of
from evals.report import Figure, Report, signature_line
from summarizer.html import Markup, element

_INTERVALS = "Intervals are bootstrapped over whole articles"
_LESS_IS_BETTER = frozenset(["rejected"])
_Entries = Sequence[tuple[str, Entry]]


def figure_tables(report: Report) -> Markup:
    """A table for each group of figures, and the signature that holds for all of them."""
    figures = _by_name(report)
    tables = [
        _table((title, *_COLUMNS), [_row(figures[name], entry) for name, entry in entries])
        for title, entries in _groups(figures)
    ]
    return element(
        "section",
        element("h2", "Figures"),
        element("div", *tables, class_="figures"),
        element("p", f"{_INTERVALS}; n articles carry the figure.", class_="quiet"),
        element("p", element("code", signature_line(report.signature)), class_="signature"),
    )


def _by_name(report: Report) -> dict[str, Figure]:
    return {figure.name: figure for figure in report.figures}


def _groups(figures: Iterable[str]) -> Iterator[tuple[str, _Entries]]:
    """The groups that hold any of these figures, each with those; figures that no group knows come last."""
    known = {name for group in GROUPS.values() for name in group}
    others = {name: Entry(name.replace("_", " "), "") for name in figures if name not in known}
    for title, group in {**GROUPS, "Other figures": others}.items():
        if entries := [(name, entry) for name, entry in group.items() if name in figures]:
            yield title, entries


def _table(heads: Sequence[str], rows: Sequence[Markup]) -> Markup:
    head = element("tr", *(element("th", name, scope="col") for name in heads))
    return element("table", element("thead", head), element("tbody", *rows))


_COLUMNS = ("value", "95 % interval", "n")


def _row(figure: Figure, entry: Entry) -> Markup:
    return element(
        "tr",
        _named(entry),
        element("td", element("b", percent(figure.value))),
        element("td", _interval(figure), " ", interval_strip(figure), class_="interval"),
        element("td", str(figure.n)),
        class_="primary" if figure.name == PRIMARY else "",
    )


def _named(entry: Entry) -> Markup:
    return element("th", entry.label, " ", element("span", entry.meaning, class_="quiet"), scope="row")


def _interval(figure: Figure) -> str:
    return f"{percent(figure.low)} – {percent(figure.high)}"


# --- two sides --------------------------------------------------------------------------------------------------------


def compared_tables(base: Report, candidate: Report, *, comparable: bool) -> Markup:
    """Both sides' figures with their intervals, and the change if the two can be compared at all.

    The first group holds the figure that decides; the others, which explain it, are folded away.
    """
    pairs = {
        name: Pair(_by_name(base).get(name), _by_name(candidate).get(name), comparable)
        for name in _by_name(base) | _by_name(candidate)
    }
    tables = [_compared(title, [(pairs[name], entry) for name, entry in group]) for title, group in _groups(pairs)]
    note = "" if comparable else " The two sides did not answer the same exam: their figures say nothing of a change."
    return element(
        "section",
        element("h2", "Figures"),
        element("div", *tables[:1], class_="figures compared"),
        *_folded(pairs, tables[1:]),
        element("p", f"{_INTERVALS}. The baseline is the upper bar.{note}", class_="quiet"),
        element("p", "baseline ", element("code", signature_line(base.signature)), class_="signature"),
        element("p", "candidate ", element("code", signature_line(candidate.signature)), class_="signature"),
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure on both sides; one of the two has it. `comparable` is whether a change means anything."""

    base: Figure | None
    candidate: Figure | None
    comparable: bool

    @property
    def figures(self) -> list[Figure]:
        """Those that there are."""
        return [figure for figure in (self.base, self.candidate) if figure]

    @property
    def change(self) -> Markup:
        """The change, if there is one."""
        if not (self.base and self.candidate and self.comparable):
            return element("span", "–", class_="quiet")
        less_is_better = self.base.name in _LESS_IS_BETTER
        return change_of(self.candidate.value - self.base.value, less_is_better=less_is_better)


def _folded(pairs: Mapping[str, Pair], tables: Sequence[Markup]) -> Iterator[Markup]:
    if tables:
        others = sum(name not in GROUPS["Events"] for name in pairs)
        title = element("summary", f"{others} more figures: fields, statements, entities, text and grounding")
        yield element("details", title, element("div", *tables, class_="figures compared"))


def _compared(title: str, pairs: Sequence[tuple[Pair, Entry]]) -> Markup:
    domain = domain_of([figure.low for pair, _ in pairs for figure in pair.figures])
    heads = (title, "baseline", "candidate", domain_name(domain), "change")
    return _table(heads, [_compared_row(pair, entry, domain) for pair, entry in pairs])


def _compared_row(pair: Pair, entry: Entry, domain: Domain) -> Markup:
    return element(
        "tr",
        _named(entry),
        _side(pair.base, "baseline"),
        _side(pair.candidate, "candidate"),
        element("td", interval_strips(pair.base, pair.candidate, domain), class_="interval"),
        element("td", pair.change, data_name="change"),
        class_="primary" if PRIMARY in {figure.name for figure in pair.figures} else "",
    )


def _side(figure: Figure | None, name: str) -> Markup:
    if figure is None:
        return element("td", element("span", "–", class_="quiet"), data_name=name)
    interval = element("span", _interval(figure), class_="quiet")
    return element("td", element("b", percent(figure.value)), " ", interval, data_name=name)
