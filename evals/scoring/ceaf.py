"""CEAF-REE, the literature's score of role fillers (Du, Rush and Cardie 2021), for comparison with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evals.scoring.assignment import assign
from evals.scoring.sheet import form_of
from summarizer import EventSummary

ROLES = ("actor", "recipient")


class Ceaf(NamedTuple):
    """Matched role fillers, those of the prediction and those of gold, over all roles of one article."""

    matched: int
    predicted: int
    gold: int

    @property
    def f1(self) -> float:
        """Harmonic mean of matched over predicted and matched over gold; 1 where both sides are empty."""
        return 2 * self.matched / (self.predicted + self.gold) if self.predicted + self.gold else 1.0


def ceaf_ree(gold: EventSummary, predicted: EventSummary | None) -> Ceaf:
    """Role fillers over the whole article, a role at a time, whichever event they belong to.

    A predicted entity matches a labelled one when every way it is written is one of the labelled entity's (φ of the
    paper); the assignment is one-to-one with as many matches as can be had.
    """
    matched = given = wanted = 0
    for role in ROLES:
        labelled, fillers = _fillers(gold, role), _fillers(predicted, role)
        matched += len(assign([[float(other <= one) for other in fillers] for one in labelled]))
        given += len(fillers)
        wanted += len(labelled)
    return Ceaf(matched, given, wanted)


def _fillers(summary: EventSummary | None, role: str) -> Sequence[frozenset[str]]:
    """Every way that each entity in that role is written."""
    if summary is None:
        return ()
    names = dict.fromkeys(name for event in summary.events for name in getattr(event, role))
    return [_forms(summary, name) for name in names]


def _forms(summary: EventSummary, name: str) -> frozenset[str]:
    return frozenset(map(form_of, (name, *(alias.text for alias in summary.entity(name).aliases))))
