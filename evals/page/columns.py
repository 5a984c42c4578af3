"""Gold, baseline and candidate in three columns, each slot that either side lost in a row of its own.

Where both sides say the same their two cells are one. Facts that did not change are folded away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.page.accounts import Account
from evals.page.links import Links, Place
from evals.page.tallies import Tallies
from evals.page.trios import PARTS, Slot, Trio
from evals.page.wording import MUST, cost_of, field_of, outcome_of, shortened
from evals.report import Outcome, Part, Point
from evals.verdict import counted
from summarizer.html import Markup, element, joined

SIDES = ("baseline", "candidate")
SAMPLES = {"gold": "gold", "baseline": "base", "candidate": "given"}
_NOTHING = element("span", "–", class_="quiet")


@dataclass(frozen=True, slots=True)
class Columns:
    """Draws the facts of one article. `answered` says which side gave a summary, `tallies` are both sides' runs."""

    article: str
    links: Links
    answered: tuple[bool, bool]
    tallies: tuple[Tallies, Tallies]

    def drawn(self, trios: Sequence[Trio]) -> Iterator[Markup]:
        """Every fact, part by part: what changed, then folded what did not; sound entities in a line."""
        for part in PARTS:
            own = [trio for trio in trios if trio.part == part]
            same = [trio for trio in own if trio.same and not _is_sound_name(trio)]
            if changed := [trio for trio in own if not trio.same]:
                yield element("h3", f"{part} that changed" if all(self.answered) else part)
                yield from map(self._trio, changed)
            if same:
                yield element("details", element("summary", _folded(part, same)), *map(self._trio, same))
            if names := [element("li", self._lead(trio.name, trio)) for trio in own if _is_sound_name(trio)]:
                yield element("h3", "entities all right on both sides")
                yield element("ul", *names, class_="names")

    def _lead(self, words: str, trio: Trio, slot: Slot | None = None) -> Markup:
        told = [trio.name, *([] if trio.gold else ["made up"]), *([slot.field] if slot else [])]
        return self.links.lead(words, Place((slot or trio).spans, " ".join(told), trio.part))

    # --- one fact ---

    def _trio(self, trio: Trio) -> Markup:
        heads = [self._head(name, side, trio) for name, side in zip(SAMPLES, (trio.gold, *trio.given), strict=True)]
        head = element("tr", element("th", *self._toll(trio), scope="col"), *heads)
        return element(
            "table",
            element("thead", head),
            element("tbody", *self._rows(trio)),
            class_="pair trio",
            id=f"{self.links.result}-{trio.key}",
        )

    def _toll(self, trio: Trio) -> Iterator[str]:
        """What the fact cost on either side, and how many of its slots went which way."""
        if trio.unscored:
            yield element("span", trio.unscored, class_="quiet")
        elif trio.sound:
            yield element("span", "all right", class_="outcome correct")
        else:
            costs = [cost_of(fact.cost) if fact and fact.cost else element("span", "0") for fact in trio.sides]
            yield from costs[:1] if trio.same else (costs[0], " → ", costs[1])
        if trio.must and None in trio.given:
            yield joined([" ", MUST])
        flips = Counter(slot.flip for slot in trio.slots if all(self.answered))
        yield from (joined([" ", flip_of(kind, f"{flips[kind]} {kind}")]) for kind in ("lost", "gained") if flips[kind])

    def _head(self, name: str, account: Account | None, trio: Trio) -> Markup:
        label = element("span", name, class_=f"{SAMPLES[name]} sample")
        if account is None:
            return element("th", label, " ", element("span", self._lack(name, trio), class_="quiet"), scope="col")
        ref = [] if account.ref == account.told else [" ", account.ref]
        kind = element("span", label, *ref, " ", account.kind, class_="kind")
        return element("th", kind, " ", self._lead(account.told, trio), scope="col", dir="auto")

    def _lack(self, name: str, trio: Trio) -> str:
        if name == "gold":
            return trio.unscored or "not in gold"
        if not self.answered[SIDES.index(name)]:
            return "no answer"
        return "not found" if trio.gold else "not made up"

    def _rows(self, trio: Trio) -> Iterator[Markup]:
        """A row for each slot that a side lost which has the fact; slots that fared alike share one."""
        together: dict[tuple[str, Outcome], list[Slot]] = {}
        for slot in trio.slots:
            if fate := _fate(slot, trio):
                together.setdefault(fate, []).append(slot)
            else:
                yield self._row(slot, trio)
        yield from (self._shared(*fate, slots, trio) for fate, slots in together.items())

    def _row(self, slot: Slot, trio: Trio) -> Markup:
        gold = _NOTHING if slot.gold is None else self._lead(slot.gold, trio, slot)
        field = element("th", *self._field(slot, trio), scope="row")
        return element("tr", field, element("td", gold, dir="auto", data_name="gold"), *self._cells(slot, trio))

    def _cells(self, slot: Slot, trio: Trio) -> Iterator[Markup]:
        """What each side gave; one cell where it is the same."""
        if slot.alike:
            yield element("td", *self._value(slot.base, slot, trio), colspan="2", dir="auto", data_name="both sides")
            return
        for name, point, account in zip(SIDES, (slot.base, slot.candidate), trio.given, strict=True):
            value = [_NOTHING] if account is None else self._value(point, slot, trio)
            yield element("td", *value, dir="auto", data_name=name)

    def _value(self, point: Point | None, slot: Slot, trio: Trio) -> Iterator[str]:
        if point is None:
            yield _NOTHING
            return
        if point.predicted is not None:
            yield self._lead(point.predicted, trio, slot)
            yield " "
        yield outcome_of(point)

    def _field(self, slot: Slot, trio: Trio) -> Iterator[str]:
        """The field, which way it went, whether it may not be lost, and how often it is right over all runs."""
        yield element("span", field_of(slot), class_="field")
        if slot.flip and all(self.answered):
            yield joined([" ", flip_of(slot.flip)])
        if slot.field in trio.must:
            yield joined([" ", MUST])
        key = (self.article, trio.name, slot.field, "".join(slot.readings[:1]))
        tallies = [side.get(key) for side in self.tallies]
        if all(tally and tally.runs > 1 for tally in tallies):
            told = " → ".join(f"{tally.right}/{tally.runs}" for tally in tallies if tally)
            yield element("span", f"runs {told}", class_="quiet over-runs")

    def _shared(self, words: str, outcome: Outcome, slots: Sequence[Slot], trio: Trio) -> Markup:
        inside: list[str] = []
        for slot in slots:
            name, value = element("span", field_of(slot), class_="field"), shortened(slot.value)
            inside += [element("span", name, " ", self._lead(value, trio, slot), class_="slot"), " "]
        head = element("th", element("span", words, class_=f"outcome {outcome}"), scope="row")
        return element("tr", head, element("td", *inside, colspan="3"))


def _is_sound_name(trio: Trio) -> bool:
    return trio.part == "entities" and trio.same and trio.sound


def _fate(slot: Slot, trio: Trio) -> tuple[str, Outcome] | None:
    """What became of a slot, in words, if others that fared so can share its row."""
    has = [account is not None for account in trio.given]
    if trio.gold is None:
        by = "" if all(has) else f" by the {SIDES[has.index(True)]}"
        return (f"made up{by}", "spurious") if slot.alike or by else None
    if not any(has):
        return "missing", "missing"
    if not all(right for right, there in zip(slot.right, has, strict=True) if there):
        return None
    return ("right" if all(has) else f"right in the {SIDES[has.index(True)]}"), "correct"


def flip_of(kind: str, words: str = "") -> Markup:
    """A sign and a word for what was lost or gained.

    >>> flip_of("lost")
    '<span class="flip lost">▼ lost</span>'
    """
    return element("span", f"{_SIGNS[kind]} {words or kind}", class_=f"flip {kind}")


_SIGNS = {"lost": "▼", "gained": "▲", "changed": "◆"}


def _folded(part: Part, trios: Sequence[Trio]) -> str:
    """The title of what is folded away.

    >>> _folded("events", ())
    '0 events the same on both sides'
    """
    sound = sum(trio.sound for trio in trios)
    more = f", {sound} of them all right" if sound else ""
    return f"{counted(len(trios), part[:-1], part)} the same on both sides{more}"
