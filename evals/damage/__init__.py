"""Planted damage and harmless changes: what a scorer must punish in gold's own summary, and what it must not.

Room by room, from the ground floor up:

    change.py       facts replaced, left out, added in raw data, and the summary that then stands
    accepted.py     do two values say the same?
    stretches.py    sentences and excerpts of the article
    spot.py         the facts that count, with the values that gold accepts
    kinds.py        what a damage is: a name, the figures that must fall, the ways to do it
    events.py       the damages, a table each; likewise statements.py, entities.py, prose.py, demands.py
    ladder.py       one damage after another
    harmless.py     the changes that may cost nothing
"""

from __future__ import annotations

from evals.damage.change import Change, Changes, Raw, changed, numbered, raw_of, standing
from evals.damage.demands import DEMAND_DAMAGES
from evals.damage.entities import ENTITY_DAMAGES
from evals.damage.events import EVENT_DAMAGES
from evals.damage.harmless import HARMLESS, Harmless, Variant
from evals.damage.kinds import Damage, Ways
from evals.damage.ladder import ladder
from evals.damage.prose import PROSE_DAMAGES
from evals.damage.statements import STATEMENT_DAMAGES

DAMAGES = (*EVENT_DAMAGES, *STATEMENT_DAMAGES, *ENTITY_DAMAGES, *PROSE_DAMAGES, *DEMAND_DAMAGES)

__all__ = [
    "DAMAGES",
    "EVENT_DAMAGES",
    "HARMLESS",
    "Change",
    "Changes",
    "Damage",
    "Harmless",
    "Raw",
    "Variant",
    "Ways",
    "changed",
    "ladder",
    "numbered",
    "raw_of",
    "standing",
]
