"""The trained pipeline: what it makes of a sentence, how it is stored, and whose pipelines it takes."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc

from summarizer.errors import UsageError
from summarizer.offline import train
from summarizer.offline.pipeline import SHIPPED, WEIGHTS, halve, load_pipeline, read_halved, restore, write_halved


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def relations(doc: Doc) -> set[tuple[str, str, str]]:
    """Give (word, relation, governor) triples."""
    return {(token.text, token.dep_, token.head.text) for token in doc}


# ------------------------------------------------------------------------------------------------------ what it parses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The ministry expelled four diplomats on Friday.",
            {("ministry", "nsubj", "expelled"), ("diplomats", "obj", "expelled"), ("four", "nummod", "diplomats")},
        ),
        (
            "Four diplomats were expelled by the ministry.",
            {
                ("diplomats", "nsubj:pass", "expelled"),
                ("by", "case", "ministry"),
            },
        ),
        (
            "The union's president said that workers would not accept the offer.",
            {("union", "nmod:poss", "president"), ("president", "nsubj", "said"), ("accept", "ccomp", "said")},
        ),
        (
            "The court rejected the appeal and the minister resigned.",
            {("court", "nsubj", "rejected"), ("resigned", "conj", "rejected"), ("minister", "nsubj", "resigned")},
        ),
    ],
)
def test_a_plain_sentence_gets_the_expected_relations(
    nlp: Language, text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert expected <= relations(nlp(text))


@pytest.mark.parametrize("quotes", ['""', "“”"])
def test_a_quotation_parses_alike_in_straight_and_curly_quotes(nlp: Language, quotes: str) -> None:
    doc = nlp(f"{quotes[0]}We will sign the treaty,{quotes[1]} the minister said.")
    expected = {("We", "nsubj", "sign"), ("treaty", "obj", "sign"), ("minister", "nsubj", "said")}
    assert expected <= relations(doc)
    assert {token.pos_ for token in doc if token.text in quotes} == {"PUNCT"}


@pytest.mark.parametrize("mark", "'’")
def test_an_apostrophe_of_either_kind_is_cut_off(nlp: Language, mark: str) -> None:
    doc = nlp(f"The country{mark}s army didn{mark}t leave the town.")
    assert [token.text for token in doc][1:3] == ["country", f"{mark}s"]
    assert ("army", "nsubj", "leave") in relations(doc)
    assert next(token for token in doc if token.text == f"n{mark}t").morph.to_dict()["Polarity"] == "Neg"


def test_tags_are_universal_and_fine_and_verbs_have_tense_and_form(nlp: Language) -> None:
    doc = nlp("The minister denied the report.")
    assert [token.pos_ for token in doc] == ["DET", "NOUN", "VERB", "DET", "NOUN", "PUNCT"]
    assert doc[2].tag_ == "VBD"
    assert doc[2].morph.to_dict()["Tense"] == "Past"
    assert doc[2].morph.to_dict()["VerbForm"] == "Fin"


def test_a_paragraph_is_cut_into_its_sentences(nlp: Language) -> None:
    text = "The dam broke at dawn. Villagers fled to the hills. Nobody was hurt, the mayor said."
    assert len(list(nlp(text).sents)) == 3


def test_a_headline_without_a_full_stop_parses(nlp: Language) -> None:
    assert {("Parliament", "nsubj", "rejects"), ("budget", "obj", "rejects")} <= relations(
        nlp("Parliament rejects budget")
    )


def test_a_line_break_within_a_sentence_does_not_cut_it(nlp: Language) -> None:
    doc = nlp("The court acquitted\nthe two officers.")
    assert len(list(doc.sents)) == 1
    assert ("officers", "obj", "acquitted") in relations(doc)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "?", "ж漢🙂", "a" * 500])
def test_odd_text_is_no_error(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


def test_loading_is_deterministic(nlp: Language) -> None:
    text = "Rebels seized the port, and the governor, who had promised to resign, left the city."
    one, other = nlp(text), load_pipeline()(text)
    assert one.to_bytes(exclude=["tensor"]) == other.to_bytes(exclude=["tensor"])
    assert np.array_equal(one.tensor, other.tensor)


# ------------------------------------------------------------------------------------------------------ how it is kept


def test_the_weights_take_eight_megabytes_at_most() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) <= 8_000_000


def test_the_folder_names_its_licence_and_its_sources() -> None:
    assert "creativecommons.org/licenses/by-sa/4.0/legalcode" in (SHIPPED / "LICENSE").read_text(encoding="utf-8")
    sources = (SHIPPED / "LICENSES_SOURCES").read_text(encoding="utf-8")
    assert all(name in sources for name in ("UD_English-EWT", "UD_English-PUD", "CC BY-SA 4.0", "CC BY-SA 3.0"))


def test_the_scores_say_what_made_them() -> None:
    scores = json.loads((SHIPPED / "scores.json").read_text(encoding="utf-8"))
    assert {"weights", "figures", "recipe", "versions"} <= set(scores["made"])
    assert scores["ewt_test"]["sentences"]["las"] > 75


def test_importing_the_loader_imports_no_model_client() -> None:
    code = "import sys, summarizer.offline.pipeline; sys.exit('openai' in sys.modules or 'instructor' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.lists(st.floats(-100, 100, width=16), max_size=20))
def test_numbers_of_half_precision_survive_halving_and_restoring(numbers: list[float]) -> None:
    array = np.array(numbers, dtype="float32")
    restored = restore(halve({"layer": [array, None, 3]}))
    assert restored["layer"][0].dtype == np.dtype("float32")
    assert np.array_equal(restored["layer"][0], array)
    assert restored["layer"][1:] == [None, 3]


# ---------------------------------------------------------------------------------------------------- a user's pipeline


def pipeline_with(*labels: str) -> Language:
    """Build an untrained pipeline whose parser has these labels."""
    nlp = English()
    parser = nlp.add_pipe("parser")
    for label in labels:
        parser.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize()
    return nlp


def test_a_pipeline_with_clearnlp_labels_is_refused_and_told_why(tmp_path: Path) -> None:
    pipeline_with("nsubj", "dobj", "pobj").to_disk(tmp_path)
    with pytest.raises(UsageError, match="Universal Dependencies: its labels lack obj, obl") as refusal:
        load_pipeline(tmp_path)
    assert "ClearNLP" in refusal.value.hint


def test_a_pipeline_without_part_of_speech_tags_is_refused(tmp_path: Path) -> None:
    pipeline_with("nsubj", "obj", "obl").to_disk(tmp_path)
    with pytest.raises(UsageError, match="part-of-speech"):
        load_pipeline(tmp_path)


def test_a_users_universal_pipeline_is_taken(tmp_path: Path, nlp: Language) -> None:
    nlp.to_disk(tmp_path)
    assert relations(load_pipeline(tmp_path)("Troops left.")) == relations(nlp("Troops left."))


@pytest.mark.parametrize("source", ["no_such_pipeline", "/no/such/folder"])
def test_a_pipeline_that_is_not_there_is_refused(source: str) -> None:
    with pytest.raises(UsageError, match="no spaCy pipeline"):
        load_pipeline(source)


# ------------------------------------------------------------------------------------------------------------ training

TREEBANK = """# newdoc id = weblog-one
# newpar id = weblog-one-1
# text = "Ships don't stop", it said.
1\t"\t"\tPUNCT\t``\t_\t5\tpunct\t_\tSpaceAfter=No
2\tShips\tship\tNOUN\tNNS\tNumber=Plur\t5\tnsubj\t_\t_
3-4\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
3\tdo\tdo\tAUX\tVBP\tMood=Ind|Tense=Pres|VerbForm=Fin\t5\taux\t_\t_
4\tn't\tnot\tPART\tRB\tPolarity=Neg\t5\tadvmod\t_\t_
5\tstop\tstop\tVERB\tVB\tVerbForm=Inf\t8\tccomp\t_\tSpaceAfter=No
5.1\tat\tat\tADP\tIN\t_\t_\t_\t_\t_
6\t"\t"\tPUNCT\t''\t_\t5\tpunct\t_\tSpaceAfter=No
7\t,\t,\tPUNCT\t,\t_\t8\tpunct\t_\t_
8\tsaid\tsay\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No
9\t.\t.\tPUNCT\t.\t_\t8\tpunct\t_\t_

# text = The crew left a port.
1\tThe\tthe\tDET\tDT\tDefinite=Def|PronType=Art\t2\tdet\t_\t_
2\tcrew\tcrew\tNOUN\tNN\tNumber=Sing\t3\tnsubj\t_\t_
3\tleft\tleave\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\t_
4\ta\ta\tDET\tDT\tDefinite=Ind|PronType=Art\t5\tdet\t_\t_
5\tport\tport\tNOUN\tNN\tNumber=Sing\t3\tobj\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

"""
SMALL = train.Recipe(steps=3, words=20, width=16, depth=1, rows=(50, 50, 50, 50), swapped=0.3, rarest=1)


@pytest.fixture(scope="module")
def treebanks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("treebanks")
    for name, copies in ((train.EWT.format(part="train"), 40), (train.EWT.format(part="test"), 1), (train.PUD, 1)):
        with gzip.open(folder / name, "wt", encoding="utf-8") as file:
            file.write(TREEBANK * copies)  # the parser drops a relation it sees less than 30 times
    return folder


@pytest.fixture
def paragraphs(treebanks: Path) -> train.Paragraphs:
    return train.read_paragraphs(treebanks / train.PUD)


def test_reading_gives_back_the_text_and_leaves_out_empty_nodes(paragraphs: train.Paragraphs) -> None:
    [(document, sentences)] = paragraphs
    gold = train.to_doc(English().vocab, sentences)
    assert document == "weblog-one"
    assert gold.text == '"Ships don\'t stop", said. The crew left a port. '
    assert [sentence.root.text for sentence in gold.sents] == ["said", "left"]


def test_curly_quotes_follow_the_side_and_apostrophes_their_own_way(paragraphs: train.Paragraphs) -> None:
    varied = [train.curl(word).form for word in paragraphs[0][1][0]]
    assert varied[0] == "“"
    assert varied[5] == "”"
    assert "n’t" in varied
    assert [train.straighten(train.curl(word)).form for word in paragraphs[0][1][0]] == [
        word.form for word in paragraphs[0][1][0]
    ]


def test_a_headline_has_no_articles_and_no_full_stop(paragraphs: train.Paragraphs) -> None:
    short = train.headline(paragraphs[0][1][1])
    assert [word.form for word in short] == ["crew", "left", "port"]
    assert [word.head for word in short] == [1, 1, 1]


@given(st.integers(0, 1000))
def test_a_stray_line_break_leaves_the_tree_as_it_was(seed: int) -> None:
    words = tuple(
        train.Word(form, True, form, "NOUN", "NN", "", head, "dep")
        for form, head in zip("abcd", (1, 1, 3, 1), strict=True)
    )
    gapped = train.gap(words, Random(seed))
    [at] = [place for place, word in enumerate(gapped) if word.upos == "SPACE"]
    kept = train.without(gapped, {at})
    assert [word.head for word in kept] == [word.head for word in words]
    assert [word.form for word in kept] == list("abcd")


def test_the_same_seed_gives_the_same_weights_and_halving_changes_no_parse(
    paragraphs: train.Paragraphs, tmp_path: Path
) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        trained = train.train(paragraphs, SMALL, lambda _: None)
        write_halved(trained, tmp_path / name)
    assert (tmp_path / "one" / WEIGHTS).read_bytes() == (tmp_path / "other" / WEIGHTS).read_bytes()
    reread = read_halved(tmp_path / "one")
    text = "The crew left the ships."
    assert [token.tag_ for token in reread(text)] == [token.tag_ for token in trained(text)]
    assert relations(reread(text)) == relations(trained(text))
    write_halved(reread, tmp_path / "other")
    assert (tmp_path / "one" / WEIGHTS).read_bytes() == (tmp_path / "other" / WEIGHTS).read_bytes()


def test_another_seed_gives_other_weights(paragraphs: train.Paragraphs, tmp_path: Path) -> None:
    written = []
    for seed in (0, 1):
        write_halved(train.train(paragraphs, replace(SMALL, seed=seed), lambda _: None), tmp_path)
        written.append((tmp_path / WEIGHTS).read_bytes())
    assert written[0] != written[1]


def test_the_program_trains_writes_and_scores(treebanks: Path, tmp_path: Path) -> None:
    train.main(["--treebanks", str(treebanks), "--out", str(tmp_path), "--steps", "2", "--seed", "3"])
    scores = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))
    assert scores["made"]["recipe"]["seed"] == 3
    assert scores["ewt_test"]["sentences"]["tokens"] == 100
    assert scores["lemmas"]["pud"]["VERB"] == {"words": 3, "right": 100.0}
    assert load_pipeline(tmp_path)("Ships stop.")[0].pos_


def test_cross_validation_holds_each_document_out_once(paragraphs: train.Paragraphs) -> None:
    two = [("n1", paragraphs[0][1][:1]), ("n2", paragraphs[0][1][1:])]
    figures = train.cross_validate(paragraphs, two, SMALL, 2, lambda _: None)
    assert figures["how"].startswith("2-fold")
    assert figures["sentences"]["tokens"] == 100
