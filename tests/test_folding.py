from __future__ import annotations

import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from summarizer.folding import DASHES, QUOTES, fold


@given(st.text())
def test_every_folded_character_knows_the_original_interval_it_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(st.text(alphabet="abc 12", min_size=1), st.sampled_from(QUOTES))
def test_the_kind_of_quotation_mark_does_not_matter(words: str, mark: str) -> None:
    assert fold(f"{mark}{words}{mark}").text == fold(f'"{words}"').text


@given(st.sampled_from(DASHES), st.sampled_from(["", " ", "\u00a0", "\n"]))
def test_the_kind_of_dash_and_the_space_around_it_do_not_matter(dash: str, space: str) -> None:
    assert fold(f"talks{space}{dash}{space}again").text == "talks-again"


def test_composed_and_decomposed_accents_fold_alike() -> None:
    word = "Orbán in São Paulo"
    assert fold(unicodedata.normalize("NFD", word)).text == fold(word).text == word


def test_superscripts_and_fractions_stay_what_they_are() -> None:
    assert fold("10² km and 1½ hours").text == "10² km and 1½ hours"


def test_invisible_characters_are_dropped_and_spaces_run_together() -> None:
    assert fold("hard\u00adline\u200b  \u00a0stance").text == "hardline stance"


def test_folding_a_megabyte_takes_time_in_proportion() -> None:
    piece = "“Talks” — the minister’s word — resumed in São Paulo with 12 envoys. "
    small, large = piece * 1_500, piece * 15_000

    def seconds(text: str) -> float:
        runs = []
        for _ in range(3):
            start = time.process_time()
            fold(text)
            runs.append(time.process_time() - start)
        return min(runs)

    assert seconds(large) < 25 * seconds(small) + 0.05
