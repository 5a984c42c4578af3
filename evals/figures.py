"""The figures of an exam: in which order they are shown, what each is called, and what it means in a phrase."""

from __future__ import annotations

from typing import NamedTuple

PRIMARY = "event_f1"


class Entry(NamedTuple):
    """How one figure is shown."""

    label: str
    meaning: str


GROUPS: dict[str, dict[str, Entry]] = {
    "Events": {
        "event_f1": Entry("event F1", "all slots of all events, weighted by salience, mean over articles"),
        "event_precision": Entry("precision", "of what was given, how much is right"),
        "event_recall": Entry("recall", "of what gold holds, how much was given"),
        "main_right": Entry("main event right", "type, actors and recipients of the main event, all right"),
        "main_f1": Entry("main event F1", "slots of the main event"),
        "events_found": Entry("events found, F1", "events that could be aligned, whatever their slots"),
        "ceaf_ree": Entry("CEAF-REE", "role fillers over the whole article, as the literature scores them"),
    },
    "Fields of events, F1": {
        "event_type_f1": Entry("type", "missed and made-up events count in all of these"),
        "mode_f1": Entry("mode", "a mode of the type, or none"),
        "status_f1": Entry("status", "occurred, announced, alleged, negated, ..."),
        "salience_f1": Entry("salience", "main, secondary, background"),
        "actor_f1": Entry("actors", "who did it, aliases resolved"),
        "recipient_f1": Entry("recipients", "to whom, aliases resolved"),
        "date_f1": Entry("date", "by value and bound"),
        "effective_f1": Entry("effective", "when a measure begins to hold, by value and bound"),
        "location_f1": Entry("location", "words and country"),
        "quantities_f1": Entry("quantities", "value, value before, qualifier, what is counted"),
        "reason_f1": Entry("reason", "shared words"),
        "attribution_f1": Entry("attribution", "on whose word"),
        "links_f1": Entry("links", "relation and target"),
        "evidence_f1": Entry("evidence", "shared words"),
    },
    "Fields of the events that were found": {
        "event_type_accuracy": Entry("type right", "of the events that were found"),
        "mode_accuracy": Entry("mode right", "where gold has one"),
        "status_accuracy": Entry("status right", "of the events that were found"),
        "salience_accuracy": Entry("salience right", "of the events that were found"),
        "date_accuracy": Entry("date right", "where gold has one"),
        "quantities_accuracy": Entry("quantities right", "where gold has one"),
    },
    "Statements and entities": {
        "statement_f1": Entry("statement F1", "speaker, kind, stance, about, via, words"),
        "quote_recall": Entry("quotes found", "labelled quotes given word for word, as quotes, from the right speaker"),
        "speaker_accuracy": Entry("speaker right", "of the statements that were found"),
        "stance_accuracy": Entry("stance right", "of the statements that were found"),
        "entity_f1": Entry("entity F1", "name, type, country, office, aliases"),
        "entity_type_accuracy": Entry("entity type right", "of the entities that were found"),
    },
    "Text and grounding": {
        "grounding": Entry("grounding", "excerpts that stand where they say, outside litter"),
        "faithfulness": Entry("faithfulness", "headline and summary say no number or name that the article lacks"),
        "coverage": Entry(
            "coverage",
            "main and secondary events that the prose names with actors, recipients and numbers",
        ),
        "rouge_l": Entry("ROUGE-L", "summary against gold's, F-measure with stemming"),
        "contexts_f1": Entry("contexts F1", "PLOVER contexts"),
        "rejected": Entry("rejected", "of all facts put forward, those that validation refused"),
    },
}


def percent(share: float) -> str:
    """A share as it is shown beside others.

    >>> percent(0.9546), percent(1.0)
    ('.955', '1.00')
    """
    return f"{share:.3f}".removeprefix("0") if share < 0.9995 else "1.00"
