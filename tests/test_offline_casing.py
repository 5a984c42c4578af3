"""Capitals that say nothing, and which of them stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.offline.casing import Casing, is_common, is_shouted, is_titled

ARTICLE = Article.from_text("Ms. Harlan runs Veltra. The firm Veltra makes steel in the town of Ostrava.")


@pytest.mark.parametrize(
    ("shouted", "plain"),
    [
        ("VELTRA TO CUT JOBS IN OSTRAVA", "Veltra to cut jobs in Ostrava"),
        ("INDIA'S BAN ON STEEL FROM THE U.S. HOLDS", "India's ban on steel from the U.S. holds"),
        ("THE COURT RULED ON MONDAY. IT FINED NEW ZEALAND.", "The court ruled on Monday. It fined New Zealand."),
        ("UN AND EU CONDEMN ATTACK", "UN and EU condemn attack"),
    ],
)
def test_a_shouted_line_is_put_in_sentence_case(shouted: str, plain: str) -> None:
    assert Casing(ARTICLE).recased(shouted, headline=True) == plain


def test_running_text_is_left_alone() -> None:
    line = "The UN and the EU met Ms. Harlan."
    assert Casing(ARTICLE).recased(line, headline=False) == line


def test_a_titled_headline_is_recast_and_a_plain_one_is_not() -> None:
    casing = Casing(ARTICLE)
    assert casing.recased("Harlan Closes Steel Plant", headline=True) == "Harlan closes steel plant"
    assert casing.recased("Harlan closes a plant in Ostrava", headline=True) == "Harlan closes a plant in Ostrava"
    assert is_titled("Harlan Closes Steel Plant")
    assert not is_shouted("OK then")


def test_a_word_is_common_if_a_dictionary_has_it() -> None:
    assert [is_common(word) for word in ("tariff", "levy", "ostrava")] == [True, True, False]


@given(st.text(max_size=60))
def test_the_length_never_changes(text: str) -> None:
    casing = Casing(ARTICLE)
    assert [len(casing.recased(text, headline=headline)) for headline in (True, False)] == [len(text)] * 2
