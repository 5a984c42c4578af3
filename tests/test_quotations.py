import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.quotations import Quotation, find_quotations, inside_quotation, spoken_span


def found(text: str) -> list[str]:
    return [text[quotation.start : quotation.end] for quotation in find_quotations(text)]


def flags(text: str) -> list[tuple[str, bool, bool]]:
    return [(text[one.inner_start : one.inner_end], one.opened, one.closed) for one in find_quotations(text)]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"), ("„", "”"), ("``", "''"), ("”", "”")],
)
def test_every_pair_of_marks_is_found(opening: str, closing: str) -> None:
    text = f"The minister said {opening}we will stay here{closing} and left."
    assert found(text) == [f"{opening}we will stay here{closing}"]


def test_a_quotation_tells_where_its_words_stand_and_how_many_they_are() -> None:
    text = 'He said: "We won\'t go, not in 1,200 years."'
    assert find_quotations(text) == [Quotation(9, 43, 10, 42, True, True, 7)]


def test_a_quotation_may_hold_several_sentences() -> None:
    assert found("“We left. It was late. Nobody came,” she said.") == ["“We left. It was late. Nobody came,”"]


@pytest.mark.parametrize(
    "text",
    [
        "Russia's envoy doesn't know the diplomats' plans.",
        "Russia’s envoy doesn’t know the diplomats’ plans.",
        "They played rock 'n' roll in the '90s, and the class of '98 danced.",
        "They played rock ’n’ roll in the ’90s; ’twas late.",
        "Get 'em out of O'Neill's workers' club.",
        "O‘Neill left.",
        "The plank is 6' long, the pipe 8\" wide, the man 5'11\" tall.",
        "The plank is 6’ long, the man 5’11” tall.",
        "Russia 's envoy did n't come .",
        "''' and \"\"\" and ```code```",
        '""',
        "''",
        '"',
        "",
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text: str) -> None:
    assert find_quotations(text) == []


def test_apostrophes_inside_single_marks_do_not_end_the_quotation() -> None:
    text = "'The envoys' families won't leave,' he said. It was the 'long march' of the workers' union."
    assert found(text) == ["'The envoys' families won't leave,'", "'long march'"]


def test_a_missing_closing_mark_ends_the_quotation_with_its_sentence() -> None:
    assert flags("“It is late. Mr. Obi left. He came back.") == [("It is late.", True, False)]


def test_a_missing_closing_mark_never_swallows_the_next_quotation() -> None:
    assert flags('"We will act. He left. "They must pay," she said.') == [
        ("We will act.", True, False),
        ("They must pay,", True, True),
    ]
    assert flags("“We will “They must pay,” she said.") == [
        ("We will ", True, False),
        ("They must pay,", True, True),
    ]


def test_a_missing_opening_mark_is_reported_from_its_sentences_start() -> None:
    text = 'It rained. They must pay," she said. He left.'
    assert flags(text) == [("They must pay,", False, True)]
    assert flags("It rained. They must pay,” she said. “We left.”") == [
        ("They must pay,", False, True),
        ("We left.", True, True),
    ]


def test_what_lacks_its_opening_mark_does_not_reach_back_over_another_quotation() -> None:
    assert flags('He said "no" and yes," she said.') == [("no", True, True), ("and yes,", False, True)]


def test_a_sentence_does_not_end_with_an_abbreviation() -> None:
    assert flags("“It was Mr. J. Obi of the U.S. Navy who came. He left.") == [
        ("It was Mr. J. Obi of the U.S. Navy who came.", True, False)
    ]


@pytest.mark.parametrize(
    "quoted", ["'costs are far too high for this action.\"", "\"costs are far too high for this action.'"]
)
def test_a_quotation_may_open_with_one_mark_and_close_with_another(quoted: str) -> None:
    text = f'They said {quoted} He left. The workers\' union agreed. "Fine," it said.'
    assert found(text) == [quoted, '"Fine,"']


def test_marks_with_spaces_on_both_sides_open_and_close_in_turn() -> None:
    assert found('" We will go , " he said . " No . "') == ['" We will go , "', '" No . "']


def test_a_mark_on_the_wrong_side_of_its_space_opens_after_a_word_of_speech() -> None:
    assert found('She said," We will go." He left.') == ['" We will go."']


def test_a_quotation_of_several_paragraphs_closes_once() -> None:
    text = "“We came here early.\n\n“We stayed long.\n\n“Then we left,” he said. “Fine.”"
    assert found(text) == ["“We came here early.\n\n“We stayed long.\n\n“Then we left,”", "“Fine.”"]
    assert found('"We came.\n"We stayed," he said.') == ['"We came.\n"We stayed,"']


def test_a_paragraph_that_ends_in_a_speech_tag_only_lacks_its_closing_mark() -> None:
    text = '"We came here early, Ann Obi said.\n\n"They left," she added.'
    assert flags(text) == [("We came here early, Ann Obi said.", True, False), ("They left,", True, True)]


def test_paragraphs_that_open_and_never_close_are_damage_each_in_its_own_sentence() -> None:
    assert flags("“We came. It rained.\n\n“We stayed. It rained.\n\nHe left.") == [
        ("We came.", True, False),
        ("We stayed.", True, False),
    ]


def test_nothing_else_crosses_a_blank_line() -> None:
    assert flags('He said "we go\n\nAnd they left" again.') == [("we go", True, False), ("And they left", False, True)]


def test_only_the_outer_quotation_is_found() -> None:
    text = "Yes. “He told us ‘no way’ and ‘never’,” she said. ‘They cried “help” twice,’ he said."
    outer = find_quotations(text)
    assert [text[one.start : one.end] for one in outer] == [
        "“He told us ‘no way’ and ‘never’,”",
        "‘They cried “help” twice,’",
    ]


def test_straight_marks_nest_in_curly_ones_and_the_other_way_round() -> None:
    assert found('“He said "no" twice,” she said.') == ['“He said "no" twice,”']
    assert found('"He said “no” twice," she said.') == ['"He said “no” twice,"']
    assert flags('"We will act. He left. “They must pay,” she said.') == [
        ("We will act.", True, False),
        ("They must pay,", True, True),
    ]


def test_what_is_spoken_has_no_marks_no_outer_space_and_no_final_stop() -> None:
    text = "“ We left the U.S., ” he said. “Go!” “It rained.” “Why?,”"
    spoken = [text[slice(*spoken_span(text, one))] for one in find_quotations(text)]
    assert spoken == ["We left the U.S.", "Go!", "It rained", "Why?"]


def test_a_span_is_looked_up_in_the_quotation_that_holds_it() -> None:
    text = "“One.” Two. “Three four.” Five."
    quotations = find_quotations(text)
    place = text.index("four")
    assert inside_quotation(quotations, place, place + 4) == quotations[1]
    assert inside_quotation(quotations, text.index("Two"), text.index("Two") + 3) is None
    assert inside_quotation(quotations, text.index("One"), place) is None
    assert inside_quotation([], 0, 1) is None


ALPHABET = st.sampled_from(["a", "B", "s", "é", "1", " ", " ", ".", ",", "\n", "\n\n", "said ", *"\"'“”‘’«»„`-—(["])


@given(st.lists(ALPHABET, max_size=60).map("".join))
@settings(deadline=None)
def test_quotations_are_in_order_apart_and_consistent_on_any_text(text: str) -> None:
    end = 0
    for one in find_quotations(text):
        assert end <= one.start <= one.inner_start <= one.inner_end <= one.end <= len(text)
        assert one.start < one.end
        assert (one.inner_start > one.start) == one.opened
        assert (one.inner_end < one.end) == one.closed
        assert one.opened or one.closed
        assert inside_quotation(find_quotations(text), one.start, one.end) == one
        end = one.end


WORDS = st.lists(
    st.sampled_from(["rain", "came", "over", "Kenya", "and", "the", "old", "town"]), min_size=3, max_size=9
)
SENTENCES = WORDS.map(lambda words: "The " + " ".join(words))


@given(st.lists(SENTENCES, max_size=4), SENTENCES, st.lists(SENTENCES, max_size=4), st.sampled_from(["“”", '""', "«»"]))
@settings(deadline=None)
def test_a_planted_quotation_comes_back_with_its_interval(
    before: list[str], quoted: str, after: list[str], marks: str
) -> None:
    lead = "".join(f"{sentence}. " for sentence in before)
    text = f"{lead}{marks[0]}{quoted},{marks[1]} he said. " + "".join(f"{sentence}. " for sentence in after)
    start = len(lead)
    end = start + len(quoted) + 3
    assert [(one.start, one.end, one.closed) for one in find_quotations(text)] == [(start, end, True)]


@given(st.lists(SENTENCES, min_size=5, max_size=8), st.data(), st.sampled_from("“”"))
@settings(deadline=None)
def test_a_stray_mark_leaves_every_other_sentence_alone(sentences: list[str], data: st.DataObject, mark: str) -> None:
    which = data.draw(st.integers(1, len(sentences) - 2))
    words = sentences[which].split()
    place = data.draw(st.integers(1, len(words) - 1))
    words[place] = f"“{words[place]}" if mark == "“" else f"{words[place]}”"
    parts = [*sentences[:which], " ".join(words), *sentences[which + 1 :]]
    text = "“We came,” he said. " + ". ".join(parts) + ". “We left,” he said."
    start = text.index(parts[which])
    damaged = [one for one in find_quotations(text) if not (one.opened and one.closed)]
    assert len(find_quotations(text)) == 3
    assert all(start <= one.start and one.end <= start + len(parts[which]) + 1 for one in damaged)
    assert len(damaged) == 1


@pytest.mark.parametrize(
    "unit", ['"a ', "“a ", "'a ", "a.” ", '" ', "a' ", '"a.\n\n', '"a.\n', "'as' ", "\"a.' ", ".", "\n", '"', " "]
)
def test_the_time_is_linear_in_the_length_of_any_text(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    started = time.process_time()
    find_quotations(text)
    assert time.process_time() - started < 5  # a quadratic algorithm takes minutes


def test_a_single_mark_after_a_letter_and_before_a_comma_closes_a_quotation_of_several_sentences() -> None:
    text = "‘We act under the treaty. It took us weeks’, she added. The envoys’ families stay."
    assert [text[q.start : q.end] for q in find_quotations(text)] == ["‘We act under the treaty. It took us weeks’"]
