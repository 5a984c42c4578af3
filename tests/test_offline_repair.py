"""Trees that the parser gets wrong in news, and what is made of them: hand-made trees, a rule each."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from summarizer.offline.repair import repaired
from summarizer.offline.tree import Tree, news_verb

VOCAB = English().vocab


def doc_of(*rows: str) -> Doc:
    """A Doc of rows "word POS TAG relation head", heads counted from 0."""
    words, pos, tags, deps, heads = (list(column) for column in zip(*(row.split() for row in rows), strict=True))
    return Doc(VOCAB, words=words, pos=pos, tags=tags, deps=deps, heads=[int(head) for head in heads])


def relations(doc: Doc) -> set[tuple[str, str, str]]:
    return {(token.text, token.dep_, token.head.text) for token in doc}


def test_a_sound_tree_is_the_very_same_doc() -> None:
    doc = doc_of("Ghana PROPN NNP nsubj 1", "expelled VERB VBD ROOT 1", "envoys NOUN NNS obj 1", ". PUNCT . punct 1")
    assert repaired(doc) is doc


def test_a_noun_with_a_subject_is_a_verb() -> None:
    doc = doc_of("Managers NOUN NNS nsubj 1", "pleaded NOUN NN ROOT 1", "guilty ADJ JJ xcomp 1", ". PUNCT . punct 1")
    assert [(token.pos_, token.tag_) for token in repaired(doc)][1] == ("VERB", "VBD")


def test_a_modifier_with_a_subject_takes_the_place_of_its_noun() -> None:
    doc = doc_of(
        "Court PROPN NNP nsubj 1", "sentenced ADJ JJ amod 2", "senator NOUN NN ROOT 2", "to ADP IN case 4",
        "years NOUN NNS nmod 2", ". PUNCT . punct 2",
    )  # fmt: skip
    found = relations(repaired(doc))
    assert {("sentenced", "ROOT", "sentenced"), ("senator", "obj", "sentenced")} <= found


def test_a_headline_without_a_verb_is_read_by_its_chunks() -> None:
    doc = doc_of(
        "Canada PROPN NNP compound 4", "imposes NOUN NNS compound 4", "25 NUM CD nummod 3",
        "percent NOUN NN compound 4",
        "tariff NOUN NN ROOT 4", "on ADP IN case 6", "steel NOUN NN nmod 4",
    )  # fmt: skip
    assert {("Canada", "nsubj", "imposes"), ("tariff", "obj", "imposes"), ("steel", "obl", "imposes")} <= relations(
        repaired(doc, headline=True)
    )


def test_a_headlines_past_without_object_is_a_passive() -> None:
    doc = doc_of("Two NUM CD nsubj 1", "charged VERB VBD ROOT 1", "with ADP IN case 3", "fraud NOUN NN obl 1")
    mended = repaired(doc, headline=True)
    assert ("Two", "nsubj:pass", "charged") in relations(mended)
    assert ("Two", "nsubj", "charged") in relations(repaired(doc))


def test_a_plan_in_a_headline_is_a_plan() -> None:
    doc = doc_of("Firm NOUN NN ROOT 0", "to PART TO mark 2", "cut VERB VB acl 0", "jobs NOUN NNS obj 2")
    assert {("Firm", "nsubj", "cut"), ("cut", "ROOT", "cut")} <= relations(repaired(doc, headline=True))


def test_an_owner_in_a_headline_stays_an_owner() -> None:
    doc = doc_of(
        "Ghana PROPN NNP nsubj 1", "'s VERB VBZ ROOT 1", "president NOUN NN compound 3", "resigns NOUN NNS obj 1",
        "over ADP IN case 5", "loan NOUN NN obl 1",
    )  # fmt: skip
    found = relations(repaired(doc, headline=True))
    assert {("president", "nsubj", "resigns"), ("Ghana", "nmod:poss", "president"), ("loan", "obl", "resigns")} <= found


def test_a_participle_hung_on_the_object_may_be_the_verb() -> None:
    doc = doc_of(
        "ferry NOUN NN nsubj 1", "carrying VERB VBG ROOT 1", "pilgrims NOUN NNS obj 1", "capsized VERB VBN acl 2",
        ". PUNCT . punct 1",
    )  # fmt: skip
    assert {("ferry", "nsubj", "capsized"), ("carrying", "acl", "ferry")} <= relations(repaired(doc))


def test_a_verb_taken_for_a_second_object_is_a_second_verb() -> None:
    doc = doc_of(
        "Bomb NOUN NN nsubj 1", "killed VERB VBD ROOT 1", "guards NOUN NNS obj 1", "and CCONJ CC cc 4",
        "wounded NOUN NN conj 2", "18 NUM CD nummod 4", ". PUNCT . punct 1",
    )  # fmt: skip
    assert {("wounded", "conj", "killed"), ("18", "obj", "wounded")} <= relations(repaired(doc))


def test_up_to_only_hedges_a_number() -> None:
    doc = doc_of(
        "Up ADV RB advmod 4", "to ADP IN case 3", "40 NUM CD nummod 3", "men NOUN NNS obl 0", "struck VERB VBD ROOT 4",
        ". PUNCT . punct 4",
    )  # fmt: skip
    assert {("men", "nsubj", "struck"), ("Up", "advmod", "40")} <= relations(repaired(doc))


def test_a_second_subject_is_coordinated_with_the_first() -> None:
    doc = doc_of(
        "Lund PROPN NNP nsubj 4", "and CCONJ CC cc 3", "President PROPN NNP nmod:desc 3", "Reyes PROPN NNP nsubj 4",
        "met VERB VBD ROOT 4", ". PUNCT . punct 4",
    )  # fmt: skip
    assert ("Reyes", "conj", "Lund") in relations(repaired(doc))


def test_a_capital_inside_a_sentence_makes_a_name() -> None:
    doc = doc_of(
        "The DET DT det 1",
        "firm NOUN NN nsubj 2",
        "bought VERB VBD ROOT 2",
        "Huomen NOUN NN obj 2",
        ". PUNCT . punct 2",
    )
    assert repaired(doc)[3].pos_ == "PROPN"


def test_no_circle_is_ever_made() -> None:
    tree = Tree(doc_of("Ghana PROPN NNP nsubj 1", "left VERB VBD ROOT 1", "Togo PROPN NNP obj 1"))
    tree.attach(1, 2, "obj")
    assert tree.heads == [1, 1, 1]


@pytest.mark.parametrize(
    ("form", "tag"),
    [
        ("expels", "VBZ"),
        ("expelled", "VBD"),
        ("hit", "VBD"),
        ("expel", "VB"),
        ("teapot", ""),
        ("green", ""),
        ("is", ""),
    ],
)
def test_a_form_is_known_as_a_verb_of_the_news_or_not(form: str, tag: str) -> None:
    assert news_verb(form) == tag
