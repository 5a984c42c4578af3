"""Dictionary forms: what the rules explain by themselves, and what the treebank's table adds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.offline.lemmas import LemmaTable, build_table, lemma, read_table, regular, spelled, write_table

VERBS = """
doubled: expelled expel|rebutted rebut|barred bar|scrapping scrap|cancelled cancel|controlled control|acquitted acquit
doubled: patrolling patrol|trafficking traffic|panicked panic|admitted admit|kidnapped kidnap|fuelled fuel
own: recalled recall|installed install|shelled shell|polled poll|dismissed dismiss|boycotted boycott
dropped e: seized seize|pledging pledge|urged urge|evacuated evacuate|accuses accuse|releases release|exploded explode
dropped e: executed execute|extradited extradite|competing compete|ensured ensure|restored restore|detonated detonate
dropped e: changed change|arranged arrange|plunged plunge|resumed resume|declared declare|settled settle|rescued rescue
no e: bombed bomb|sanctioned sanction|offered offer|visited visit|monitored monitor|targeted target|developed develop
no e: hanged hang|belonged belong|labeled label|signaled signal|appealed appeal|reviewed review|repeated repeat
no e: deported deport|condemned condemn|listened listen|remained remain|welcomed welcome|avoided avoid|climbed climb
y: denies deny|allied ally|relying rely|lied lie|lying lie|died die|dying die|paid pay|delayed delay|buys buy|tries try
ee: freed free|freeing free|agreed agree|agreeing agree|needed need|proceeded proceed|fleeing flee
s: vetoes veto|goes go|clashes clash|taxes tax|focuses focus|discusses discuss|raises raise
irregular: withdrew withdraw|overthrown overthrow|misled mislead|rebuilt rebuild|struck strike|sought seek|sworn swear
irregular: broadcast broadcast|shed shed|bring bring|is be|were be|has have|rebounded rebound|resent resent
"""
NOUNS = """
plural: sanctions sanction|allies ally|embassies embassy|viruses virus|campuses campus|causes cause|abuses abuse
plural: heroes hero|losses loss|taxes tax|headaches headache|houses house|gases gas|corpses corpse|quizzes quiz
plural: Iraqis iraqi|taxis taxi|critics critic|tactics tactic|olives olive|motives motive|movies movie|dies die
irregular: women woman|policemen policeman|crises crisis|thieves thief|housewives housewife|schoolchildren schoolchild
invariable: news news|politics politics|series series|people people|headquarters headquarters|specimen specimen
singular: crisis crisis|bus bus|status status|hepatitis hepatitis|IMF imf|1990s 1990s|vice-presidents vice-president
"""


def cases(upos: str, rows: str) -> list[tuple[str, str, str]]:
    """Read "kind: form base|form base" lines as (form, tag, dictionary form)."""
    words = [pair.split() for line in rows.strip().splitlines() for pair in line.split(": ")[1].split("|")]
    return [(form, upos, base) for form, base in words]


REGULAR = cases("VERB", VERBS) + cases("NOUN", NOUNS)


@pytest.mark.parametrize(("form", "upos", "base"), REGULAR)
def test_rules_alone_give_the_dictionary_form(form: str, upos: str, base: str) -> None:
    assert lemma(form, upos, LemmaTable()) == base


@pytest.mark.parametrize(("form", "upos", "base"), REGULAR)
def test_the_shipped_table_agrees_with_the_rules(form: str, upos: str, base: str) -> None:
    assert lemma(form, upos) == base


@pytest.mark.parametrize(
    ("form", "upos", "base"),
    [
        ("bigger", "ADJ", "big"),
        ("largest", "ADJ", "large"),
        ("earlier", "ADJ", "early"),
        ("better", "ADJ", "good"),
        ("other", "ADJ", "other"),
        ("senior", "ADJ", "senior"),
        ("them", "PRON", "they"),
        ("n’t", "PART", "not"),
        ("’s", "AUX", "be"),
        ("had", "AUX", "have"),
        ("an", "DET", "a"),
        ("these", "DET", "this"),
    ],
)
def test_the_shipped_table_knows_comparison_and_small_words(form: str, upos: str, base: str) -> None:
    assert lemma(form, upos) == base


def test_names_keep_their_spelling_and_other_words_lose_their_capitals() -> None:
    assert lemma("Reuters", "PROPN") == "Reuters"
    assert lemma("Sanctions", "NOUN") == "sanction"
    assert lemma("EXPELLED", "VERB") == "expel"


def test_a_known_dictionary_form_overrules_spelling() -> None:
    assert lemma("rating", "VERB", LemmaTable(known={"VERB": frozenset({"rate"})})) == "rate"
    assert lemma("embed", "VERB", LemmaTable(known={"VERB": frozenset({"embed"})})) == "embed"


def test_a_table_keeps_only_what_the_rules_get_wrong() -> None:
    words = [("walked", "VERB", "walk"), ("gonna", "VERB", "go"), ("Gonna", "VERB", "go"), ("Paris", "PROPN", "Paris")]
    table = build_table(words)
    assert table.exceptions == {"VERB": {"gonna": "go"}}
    assert table.known["VERB"] == {"walk", "go"}


def test_a_slip_of_the_treebank_is_no_dictionary_form() -> None:
    table = build_table([("misses", "VERB", "miss"), ("missing", "VERB", "missing")])
    assert table.known["VERB"] == {"miss"}


def test_a_table_survives_writing_and_reading(tmp_path: Path) -> None:
    table = build_table([("gonna", "VERB", "go"), ("feet", "NOUN", "foot")])
    write_table(table, tmp_path / "lemmas.json")
    assert read_table(tmp_path / "lemmas.json") == table


@given(
    st.text("abcdefghijklmnopqrstuvwxyz'’-.0123456789éß", min_size=1, max_size=20),
    st.sampled_from(["VERB", "NOUN", "ADJ", "X"]),
)
def test_any_string_has_a_dictionary_form_about_as_long(form: str, upos: str) -> None:
    assert len(lemma(form, upos)) <= len(form) + 3
    assert lemma(form, upos) == lemma(form.upper(), upos) or "ß" in form or upos == "NOUN"


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_spelling_changes_one_letter_at_most_and_only_at_the_end(stem: str) -> None:
    assert spelled(stem) in {stem, stem + "e", stem[:-1]}


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_words_of_other_tags_are_their_own_dictionary_form(form: str) -> None:
    assert regular(form, "ADP") == form
