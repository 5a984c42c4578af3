"""The words a summary may use: event types, modes, contexts, stances and the rest, each with its meaning.

Types, modes, contexts and quad classes are those of PLOVER 2.0 (Halterman et al. 2023, "PLOVER and POLECAT");
DISASTER to OTHER are this project's declared extension for news that PLOVER leaves out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "DISASTER",
    "ACCIDENT",
    "ELECTION",
    "BUSINESS",
    "SCIENCE",
    "SPORT",
    "OTHER",
]
QuadClass = Literal["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
EntityType = Literal["country", "organization", "person", "group", "object"]
Salience = Literal["main", "secondary", "background"]
Status = Literal["occurred", "ongoing", "announced", "proposed", "threatened", "alleged", "negated"]
Bound = Literal["on", "by", "from", "until"]
Qualifier = Literal["exact", "about", "at_least", "at_most", "unknown"]
Relation = Literal["retaliation_for", "caused_by", "part_of"]
StatementKind = Literal["quote", "paraphrase"]
Stance = Literal[
    "announces", "justifies", "accuses", "denies", "condemns", "threatens", "requests", "supports", "comments"
]
Context = Literal[
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
]
Mode = Literal[
    "visit",
    "third-party",
    "multilateral",
    "phone",
    "withdraw",
    "release",
    "disarm",
    "ceasefire",
    "access",
    "resign",
    "assist",
    "change",
    "yield",
    "meet",
    "disapprove",
    "investigate",
    "allege",
    "restrict",
    "arrest",
    "relations",
    "expel",
    "territory",
    "violence",
    "demo",
    "riot",
    "strike",
    "hunger",
    "boycott",
    "obstruct",
    "vandalize",
    "convict",
    "discontinue",
    "troops",
    "weapons",
    "police",
    "militia",
    "seize",
    "censor",
    "curfew",
    "martial-law",
    "deport",
    "withhold",
    "misinformation",
    "cyber",
    "abduct",
    "beat",
    "torture",
    "sexual",
    "targeted",
    "destroy",
    "primitive",
    "firearms",
    "explosives",
    "suicide-attack",
    "aerial",
    "drone",
    "heavy-weapons",
    "crowd-control",
    "unconventional",
]


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One event type: what it means, its modes, its quad class (None for this project's own types)."""

    meaning: str
    modes: tuple[str, ...] = ()
    quad_class: QuadClass | None = None


def _entry(quad_class: QuadClass, meaning: str, modes: str = "") -> TypeEntry:
    return TypeEntry(meaning, tuple(modes.split()), quad_class)


TYPES: dict[str, TypeEntry] = {
    "AGREE": _entry("verbal_cooperation", "promise or offer to cooperate"),
    "CONSULT": _entry("verbal_cooperation", "meeting, visit or call", "visit third-party multilateral phone"),
    "SUPPORT": _entry("verbal_cooperation", "endorse, recognise, sign, ratify"),
    "CONCEDE": _entry("verbal_cooperation", "verbal concession: ease, apologise, pardon"),
    "COOPERATE": _entry("material_cooperation", "mutual material help: trade, joint exercise, intelligence sharing"),
    "AID": _entry("material_cooperation", "material help mainly for the recipient; asylum; rescue"),
    "RETREAT": _entry(
        "material_cooperation",
        "a concession carried out: release, withdraw, cease fire, resign",
        "withdraw release disarm ceasefire access resign",
    ),
    "REQUEST": _entry("verbal_conflict", "demand, order, appeal", "assist change yield meet"),
    "ACCUSE": _entry("verbal_conflict", "criticise, allege, charge, sue, investigate", "disapprove investigate allege"),
    "REJECT": _entry("verbal_conflict", "refuse, veto, bar entry, cancel a meeting", "assist change yield meet"),
    "THREATEN": _entry(
        "verbal_conflict",
        "warning with consequences; the mode is what is threatened",
        "restrict arrest relations expel territory violence",
    ),
    "PROTEST": _entry(
        "material_conflict",
        "physical civilian collective action",
        "demo riot strike hunger boycott obstruct vandalize",
    ),
    "SANCTION": _entry(
        "material_conflict",
        "reduced relations: diplomats expelled, economic sanctions, a court's verdict",
        "convict expel withdraw discontinue",
    ),
    "MOBILIZE": _entry("material_conflict", "military or police moves short of force", "troops weapons police militia"),
    "COERCE": _entry(
        "material_conflict",
        "repression or coercion short of violence",
        "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    ),
    "ASSAULT": _entry(
        "material_conflict",
        "deliberate physical harm",
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone"
        " heavy-weapons crowd-control unconventional",
    ),
    "DISASTER": TypeEntry("earthquake, flood, storm, fire, epidemic"),
    "ACCIDENT": TypeEntry("crash, collapse, explosion without intent"),
    "ELECTION": TypeEntry("vote, referendum, candidacy, result, public consultation"),
    "BUSINESS": TypeEntry("companies and markets"),
    "SCIENCE": TypeEntry("research, discovery, space flight"),
    "SPORT": TypeEntry("matches, transfers, records"),
    "OTHER": TypeEntry("whatever fits none: legislation, appointments, ceremonies"),
}

EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
CONTEXTS: tuple[Context, ...] = get_args(Context)


def modes_of(event_type: str) -> tuple[str, ...]:
    """The modes a type allows; none for an unknown type.

    >>> modes_of("PROTEST")[:2], modes_of("AGREE")
    (('demo', 'riot'), ())
    """
    return TYPES[event_type].modes if event_type in TYPES else ()


def quad_class(event_type: str) -> QuadClass | None:
    """PLOVER's quad class of a type, None for the types PLOVER does not know.

    >>> quad_class("ACCUSE"), quad_class("SPORT")
    ('verbal_conflict', None)
    """
    return TYPES[event_type].quad_class
