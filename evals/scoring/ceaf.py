"""CEAF-REE, the literature's score of role fillers (Du, Rush and Cardie 2021), for comparison with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evals.scoring.assignment import assign
from evals.scoring.key import Key
from evals.scoring.sheet import EntitySheet, Sheet

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


def ceaf_ree(key: Key, predicted: Sheet) -> Ceaf:
    """Role fillers over the whole article, a role at a time, whichever event they belong to.

    A predicted entity matches a labelled one when every way it is written is one of the labelled entity's (φ of the
    paper); the assignment is one-to-one with as many matches as can be had.
    """
    matched = given = wanted = 0
    for role in ROLES:
        gold_fillers = _fillers(key.sheet, role)
        fillers = _fillers(predicted, role)
        matched += len(assign([[_phi(one, other) for other in fillers] for one in gold_fillers]))
        given += len(fillers)
        wanted += len(gold_fillers)
    return Ceaf(matched, given, wanted)


def _fillers(sheet: Sheet, role: str) -> Sequence[EntitySheet]:
    places = dict.fromkeys(place for event in sheet.events for place in getattr(event, role))
    return [sheet.entities[place] for place in places]


def _phi(gold: EntitySheet, predicted: EntitySheet) -> float:
    return float(set(predicted.forms) <= set(gold.forms))
