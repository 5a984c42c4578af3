import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.figures import Figure, find_figures, numbers_in, value_of


def listed(texts: str) -> list[str]:
    """The texts of a list parted by bars, over several lines."""
    return texts.replace("|\n    ", "|").split("|")


def values(text: str) -> list[float | int | None]:
    return [figure.value for figure in find_figures(text)]


def only(text: str) -> Figure:
    (figure,) = find_figures(text)
    return figure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 envoys", 12),
        ("1,200 envoys", 1200),
        ("1,234,567.5 tonnes", 1234567.5),
        ("45\u00a0000 envoys", 45000),
        ("45\u202f500 envoys", 45500),
        ("45 000 envoys", 45000),
        ("10,00,000 rupees", 1000000),
        ("0.5 degrees", 0.5),
        ("-5 degrees", -5),
        ("−5 degrees", -5),
        ("2½ hours", 2.5),
        ("11 million doses", 11000000),
        ("11-million", 11000000),
        ("3.5 trillion yen", 3500000000000),
        ("$1.2bn", 1200000000),
        ("$1.1 billion", 1100000000),
        ("£5m", 5000000),
        ("12k users", 12000),
        ("12m people", 12000000),
        ("100m", 100),
        ("5km", 5),
        ("5%", 5),
        ("5 percent", 5),
        ("2.5 per cent", 2.5),
        ("two-thirds of them", 2 / 3),
        ("a quarter of them", 0.25),
        ("three quarters of them", 0.75),
        ("half of them", 0.5),
        ("1/2 of them", 0.5),
        ("half a million people", 500000),
        ("half a dozen", 6),
        ("two and a half million", 2500000),
        ("ten envoys", 10),
        ("twenty-one envoys", 21),
        ("Twenty one envoys", 21),
        ("a dozen envoys", 12),
        ("two dozen", 24),
        ("a hundred", 100),
        ("one hundred and five", 105),
        ("two hundred thousand", 200000),
        ("one million two hundred thousand and five", 1200005),
        ("fifty thousand three hundred", 50300),
        ("zero cases", 0),
        ("a 12-year-old", 12),
        ("a five-year sentence", 5),
    ],
)
def test_a_number_in_digits_or_words_has_its_value(text: str, value: float) -> None:
    assert values(text) == [value]
    assert isinstance(only(text).value, int) == isinstance(value, int)


@pytest.mark.parametrize(
    ("text", "number", "currency"),
    [
        ("It cost $1.2 billion in all.", "$1.2 billion", "$"),
        ("It cost US$ 20,000 in all.", "US$ 20,000", "US$"),
        ("It cost 12 million euros in all.", "12 million euros", "euros"),
        ("It rose 5 percent in all.", "5 percent", None),
        ("It rose 5% in all.", "5%", None),
        ("About 12 envoys left.", "12", None),
        ("Tens of thousands left.", "Tens of thousands", None),
    ],
)
def test_a_figure_covers_its_currency_its_scale_and_its_percent(text: str, number: str, currency: str | None) -> None:
    figure = only(text)
    assert (text[figure.start : figure.end], figure.currency) == (number, currency)


@pytest.mark.parametrize(
    ("qualifier", "text"),
    [
        *(
            ("about", f"{word} 200 people")
            for word in listed(
                "about|around|roughly|some|nearly|almost|approximately|an estimated|close to|circa|ca.|~"
            )
        ),
        *(
            ("at_least", f"{word} 200 people")
            for word in listed("at least|more than|over|no fewer than|well over|above")
        ),
        *(
            ("at_most", f"{word} 200 people")
            for word in listed("at most|up to|as many as|fewer than|less than|no more than|not more than|under")
        ),
        ("at_least", "at least another 200 people"),
        ("at_least", "200 or more people"),
        ("at_least", "200+ people"),
        ("at_most", "200 or fewer people"),
        ("about", "200 or so people"),
        ("about", "200-odd people"),
        ("exact", "exactly 200 people"),
        ("exact", "200 people"),
        ("exact", "the other 200 people"),
    ],
)
def test_words_before_and_after_a_number_qualify_it(qualifier: str, text: str) -> None:
    figure = only(f"There were {text} there.")
    assert (figure.value, figure.qualifier) == (200, qualifier)


def test_the_full_span_holds_the_qualifier_too() -> None:
    text = "He saw no more than 200 or so."
    figure = only(text)
    assert text[figure.start : figure.end] == "200"
    assert text[figure.full_start : figure.full_end] == "no more than 200 or so"


def test_over_some_days_is_a_span_of_time_unless_a_word_shows_that_it_is_more_than() -> None:
    assert only("They met over three days.").qualifier == "exact"
    assert only("He was held for over three days.").qualifier == "at_least"
    assert only("It began over 18 months ago.").qualifier == "at_least"


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        *((text, "unknown") for text in listed("several men|many men|a number of men|a few men|a handful of men")),
        *((text, "about") for text in listed("dozens|hundreds|tens of thousands|scores of men|several hundred men")),
    ],
)
def test_a_vague_number_has_no_value(text: str, qualifier: str) -> None:
    figure = only(text)
    assert (figure.value, figure.qualifier) == (None, qualifier)


@pytest.mark.parametrize("text", ["how many men", "so many men", "a numbered list", "scores a goal", "the few"])
def test_words_that_only_look_vague_are_no_figures(text: str) -> None:
    assert find_figures(text) == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("10 to 15 people", (10, 15)),
        ("10-15 people", (10, 15)),
        ("10–15 people", (10, 15)),
        ("between 10 and 15 people", (10, 15)),
        ("ranging from 10 to 15", (10, 15)),
        ("two or three men", (2, 3)),
        ("one or two men", (1, 2)),
        ("5 to 10 million", (5000000, 10000000)),
        ("$5-$10", (5, 10)),
    ],
)
def test_a_range_is_one_figure_without_a_value_that_knows_its_ends(text: str, ends: tuple[int, int]) -> None:
    figure = only(text)
    assert (figure.value, figure.range, figure.qualifier) == (None, ends, "about")


@pytest.mark.parametrize(
    ("text", "previous", "value"),
    [
        ("was cut from 20 to 10", 20, 10),
        ("was cut from 20 posts to 10", 20, 10),
        ("was raised from 10 to 15 percent", 10, 15),
        ("fell from 500,000 to 1.2 thousand", 500000, 1200),
        ("fell to 10 from 20", 20, 10),
        ("came to 12, up from 10", 10, 12),
        ("20 → 10", 20, 10),
    ],
)
def test_a_change_is_one_figure_that_knows_the_value_before_it(text: str, previous: int, value: int) -> None:
    figure = only(text)
    assert (figure.value, figure.previous) == (value, previous)


def test_a_score_or_two_numbers_side_by_side_are_two_figures() -> None:
    assert values("They won 3-2.") == [3, 2]
    assert values("They won by 5 to 3.") == [5, 3]
    assert values("There were 12 men and 15 women.") == [12, 15]


@pytest.mark.parametrize(
    "text",
    listed("""the first man|the 21st|twenty-first|a second time|G7|F-16|COVID-19|5G|3D|the Boeing 737|a Boeing 737 jet|
    under Resolution 2118|the Apollo 11 landing|on page 12|No. 10|Article 5|Windows 8.1|the Group of Seven|the Big Ten|
    Formula One|10:30|5 p.m.|5pm|1400 GMT|9/11|24/7|192.168.0.1|March 7|7 March 2022|Oct. 6-31|2022-02-28|02/28/2022|
    the 1990s|in 2014|the 2014 election|since 1789|In 1563 he left|by 2030|Russia's 2014 vote|2014|555-123-4567|
    https://example.org/12/13|one of them|no one|this one|one another|ground zero|1. A list|see example12"""),
)
def test_ordinals_dates_times_and_names_are_no_figures(text: str) -> None:
    assert find_figures(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2000 people", 2000),
        ("the 2000 people", 2000),
        ("2,000", 2000),
        ("$2000", 2000),
        ("2000 copies", 2000),
        ("more than 2000 came", 2000),
        ("1500 men", 1500),
        ("In Kenya 45 people died", 45),
        ("Killed 45", 45),
        ("He left. Some 45 stayed", 45),
        ("One soldier died", 1),
        ("one Kenyan soldier", 1),
        ("Kenya Expels 45 Envoys\n", 45),
        ("TWELVE DEAD IN FIRE", 12),
        ("The Kenyan Town Has Twelve Schools", 12),
    ],
)
def test_what_is_counted_is_a_figure_for_all_that_it_may_look_like(text: str, value: int) -> None:
    assert values(text) == [value]


def test_what_the_caller_knows_to_be_a_date_is_skipped() -> None:
    text = "It began 18 months ago with 12 men."
    start = text.index("18 months")
    assert values(text) == [18, 12]
    assert [figure.value for figure in find_figures(text, skip=[(start, start + 13)])] == [12]


def test_every_number_of_a_text_counts_for_faithfulness() -> None:
    text = "The first of 1,200 men left on March 7, 2014, at 10:30; COVID-19, G7, '90s, the 21st, a dozen, $1.2bn."
    assert numbers_in(text) == {1, 1200, 7, 2014, 10, 30, 19, 90, 21, 12, 1200000000}
    assert numbers_in("twenty-first and twenty-one") == {21}
    assert numbers_in("5 to 10 million") == {5, 5000000, 10000000}
    assert numbers_in("12m people; 100m") == {12000000, 12, 100, 100000000}
    assert numbers_in("no number at all") == frozenset()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 diplomats", 12),
        ("at least 12", 12),
        ("$1.2 billion", 1200000000),
        ("twelve of the 12", 12),
        ("from 20 to 10", 10),
        ("2000", 2000),
        ("seven consular officers", 7),
        ("several", None),
        ("dozens", None),
        ("10 to 15", None),
        ("3 of 12", None),
        ("", None),
        ("the first", None),
    ],
)
def test_a_short_text_has_one_value_or_none(text: str, value: int | None) -> None:
    assert value_of(text) == value


def test_numbers_too_long_to_be_quantities_do_no_harm() -> None:
    assert find_figures("9" * 6000) == []
    assert numbers_in("9" * 6000) == frozenset()
    assert value_of("1" + ",000" * 3000) is None


PIECES = st.sampled_from(
    listed("""12|2,000|45|1.5|$|%|million|bn|k|m|twenty|-|one|hundred|and|a|half|dozen|of|the|from|to|between|or|more|than|
    about|over|up|several|thousands|March|2014|in|G7|.|,|:|/|\n|'|½|→|third|thirds|quarter|Kenya|people|men|nearly|(|)""")
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES).map("".join)))
@settings(deadline=None, max_examples=300)
def test_figures_of_any_text_are_sorted_apart_and_among_its_numbers(text: str) -> None:
    numbers = numbers_in(text)
    end = 0
    for figure in find_figures(text):
        assert end <= figure.start < figure.end <= len(text)
        assert figure.full_start <= figure.start < figure.end <= figure.full_end <= len(text)
        told = (figure.value, figure.previous, *(figure.range or ()))
        assert all(math.isfinite(number) and float(number) in numbers for number in told if number is not None)
        assert figure.value is not None or figure.qualifier != "exact"
        end = figure.end


@given(st.integers(0, 10**12))
@settings(deadline=None)
def test_any_whole_number_with_separators_comes_back(number: int) -> None:
    assert values(f"There were {number:,} people.") == [number]
    assert float(number) in numbers_in(f"There were {number} people.")


ONES = listed(
    "|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen"
)
TENS = listed("||twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety")


def spelt(number: int) -> str:
    """The number, from 1 to 999,999, in words."""
    if number >= 1000:
        return f"{spelt(number // 1000)} thousand" + (f" {spelt(number % 1000)}" if number % 1000 else "")
    if number >= 100:
        return f"{ONES[number // 100]} hundred" + (f" and {spelt(number % 100)}" if number % 100 else "")
    return ONES[number] if number < 20 else TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")


@given(st.integers(1, 999_999))
@settings(deadline=None)
def test_any_number_spelt_out_comes_back(number: int) -> None:
    assert values(f"There were {spelt(number)} people.") == [number]


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "1",
        "1-",
        "1,",
        "1/",
        "one ",
        "about 1 ",
        "1 to 2 ",
        "from 2 to 1 ",
        "A 12 ",
        "many ",
        "a ",
        "tens of ",
        "$ ",
    ],
)
def test_the_time_is_linear_in_the_length_of_any_text(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    started = time.process_time()
    find_figures(text)
    numbers_in(text)
    assert time.process_time() - started < 5  # a quadratic algorithm takes minutes
