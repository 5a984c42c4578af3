import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.dates import Bound, Tense, extent, find_dates, is_iso, resolve

MONDAY = date(2022, 2, 28)
FRIDAY = date(2022, 3, 4)


def value(
    text: str, published: date | None = MONDAY, tense: Tense | None = None, event: date | None = None
) -> str | None:
    return resolve(text, published, tense=tense, event=event).value


def listed(texts: str) -> list[str]:
    """The texts of a list parted by bars, over several lines."""
    return texts.replace("|\n    ", "|").split("|")


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in find_dates(text)]


# ------------------------------------------------------------------------------------------------------------ weekdays


@pytest.mark.parametrize("text", ["on Monday", "Monday", "earlier Monday", "early on Monday", "late Monday", "MONDAY"])
def test_a_weekday_said_on_that_day_is_that_very_day(text: str) -> None:
    assert value(text) == "2022-02-28"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Friday", "2022-02-25"),
        ("Saturday", "2022-02-26"),
        ("at 5 p.m. on Tuesday", "2022-02-22"),
        ("Tuesday night", "2022-02-22"),
        ("Tuesday at 10:30 GMT", "2022-02-22"),
        ("on the morning of Tuesday", "2022-02-22"),
        ("1 p.m. Eastern Time Tuesday", "2022-02-22"),
        ("since Friday", "2022-02-25"),
        ("last Monday", "2022-02-21"),
        ("this past Monday", "2022-02-21"),
        ("on Tuesday of last week", "2022-02-22"),
        ("Monday last week", "2022-02-21"),
    ],
)
def test_weekdays_count_back_by_default(text: str, day: str) -> None:
    assert value(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by Friday", "2022-03-04"),
        ("by noon on Friday", "2022-03-04"),
        ("until Friday", "2022-03-04"),
        ("from Friday", "2022-03-04"),
        ("next Friday", "2022-03-11"),
        ("this coming Monday", "2022-03-07"),
        ("on Friday of next week", "2022-03-11"),
    ],
)
def test_weekdays_count_ahead_where_the_expression_looks_ahead(text: str, day: str) -> None:
    assert value(text) == day


def test_the_tense_of_the_clause_decides_where_a_weekday_lies() -> None:
    assert value("on Friday", tense="future") == "2022-03-04"
    assert value("on Monday", tense="future") == "2022-02-28"
    assert value("until Friday", tense="past") == "2022-02-25"
    assert value("this Friday") == "2022-03-04"
    assert value("this Friday", tense="past") == "2022-02-25"


# ------------------------------------------------------------------------------------------------------ days and months


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("by March 7", MONDAY, "2022-03-07"),
        ("by January 5", date(2022, 12, 30), "2023-01-05"),
        ("on December 30", date(2022, 1, 5), "2021-12-30"),
        ("on October 6", date(2022, 6, 1), "2021-10-06"),
        ("by March 7", date(2022, 3, 10), "2022-03-07"),
        ("from June 14", MONDAY, "2022-06-14"),
        ("on 29 February", date(2022, 3, 1), "2020-02-29"),
        ("Monday, March 7", date(2022, 9, 1), "2022-03-07"),
        ("on Tuesday, March 7", date(2022, 9, 1), "2023-03-07"),
    ],
)
def test_a_day_without_a_year_is_the_near_one(text: str, published: date, day: str) -> None:
    assert value(text, published) == day


def test_a_tense_forces_the_side_on_which_a_day_without_a_year_lies() -> None:
    assert value("on March 7", tense="past") == "2021-03-07"
    assert value("on February 7", tense="future") == "2023-02-07"
    assert value("was told to leave by March 7".removeprefix("was told to leave "), tense="past") == "2022-03-07"


@pytest.mark.parametrize(
    "text",
    [
        "Feb. 28, 2022",
        "28 February 2022",
        "on the 28th of February 2022",
        "February 28th, 2022",
        "Monday, 28 Feb 2022",
        "2022-02-28",
        "2022-02-28T10:00:00Z",
        "02/28/2022",
        "28/02/2022",
        "28.02.2022",
        "on Monday (February 28, 2022)",
        "at 5 p.m. Moscow time on February 28, 2022",
    ],
)
def test_a_full_date_needs_no_date_of_publication(text: str) -> None:
    assert value(text, None) == "2022-02-28"


@pytest.mark.parametrize("text", ["03/04/2022", "February 30", "30 February 2022", "2022-13-01", "2011-12"])
def test_an_ambiguous_or_impossible_date_has_no_value(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("in March", "2022-03"),
        ("in October", "2021-10"),
        ("early March", "2022-03"),
        ("mid-May", "2022-05"),
        ("last March", "2021-03"),
        ("next February", "2023-02"),
        ("this June", "2022-06"),
        ("in March of last year", "2021-03"),
        ("in late March 2014", "2014-03"),
        ("last month", "2022-01"),
        ("this month", "2022-02"),
        ("earlier this month", "2022-02"),
        ("18 months ago", "2020-08"),
        ("a month ago", "2022-01"),
        ("two and a half years ago", "2019-08"),
    ],
)
def test_a_month_is_as_precise_as_it_gets(text: str, month: str) -> None:
    assert value(text) == month


# ------------------------------------------------------------------------------------------------- years and intervals


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("in 2014", "2014"),
        ("early in 2016", "2016"),
        ("in late 2019", "2019"),
        ("last year", "2021"),
        ("this year's", "2022"),
        ("three years ago", "2019"),
        ("Seventeen years ago", "2005"),
        ("[Ten] years ago", "2012"),
        ("a decade ago", "2012"),
        ("in the spring of 2019", "2019"),
        ("last summer", "2021"),
        ("at the beginning of 2016", "2016"),
    ],
)
def test_a_year_is_all_that_such_words_tell(text: str, year: str) -> None:
    assert value(text) == year


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("this week", "2022-02-28/2022-03-06"),
        ("last week", "2022-02-21/2022-02-27"),
        ("two weeks ago", "2022-02-14/2022-02-20"),
        ("over the weekend", "2022-02-26/2022-02-27"),
        ("overnight", "2022-02-27/2022-02-28"),
        ("five hours ago", "2022-02-27/2022-02-28"),
        ("the 1990s", "1990/1999"),
        ("the sixties", "1960/1969"),
        ("in the 19th century", "1801/1900"),
        ("in the twenty-first century", "2001/2100"),
        ("in the third quarter", "2021-07/2021-09"),
        ("Q3 2021", "2021-07/2021-09"),
        ("the fourth quarter of last year", "2021-10/2021-12"),
        ("the first half of 2021", "2021-01/2021-06"),
        ("the past 30 days", "2022-01-29/2022-02-28"),
        ("over the past two years", "2020/2022"),
        ("in the last year", "2021/2022"),
        ("in the next two weeks", "2022-02-28/2022-03-14"),
        ("for the rest of the year", "2022-02-28/2022-12-31"),
        ("between 6 and 31 October", "2021-10-06/2021-10-31"),
        ("from Oct. 6 to Oct. 31", "2021-10-06/2021-10-31"),
        ("from October 6 to 31, 2020", "2020-10-06/2020-10-31"),
        ("6–31 October 2020", "2020-10-06/2020-10-31"),
        ("March 3-5, 2022", "2022-03-03/2022-03-05"),
        ("December 30 to January 5, 2022", "2021-12-30/2022-01-05"),
        ("from December 30 to January 5", "2021-12-30/2022-01-05"),
        ("January to March 2021", "2021-01/2021-03"),
        ("from 2014 to 2016", "2014/2016"),
        ("2014-16", "2014/2016"),
        ("in 1997 and 1998", "1997/1998"),
        ("on Monday and Tuesday", "2022-02-21/2022-02-22"),
        ("Monday through Friday", "2022-02-21/2022-02-25"),
        ("late 2019 and early 2020", "2019/2020"),
        ("2021-10-06/2021-10-31", "2021-10-06/2021-10-31"),
    ],
)
def test_a_span_or_the_first_and_last_of_several_dates_is_an_interval(text: str, interval: str) -> None:
    assert resolve(text, MONDAY).value == interval
    assert resolve(text, MONDAY).bound == "on"


def test_earlier_this_week_runs_from_monday_to_the_day_before_publication() -> None:
    assert value("earlier this week", FRIDAY) == "2022-02-28/2022-03-03"
    assert value("earlier this week", MONDAY) == "2022-02-28"
    assert value("later this week", FRIDAY) == "2022-03-05/2022-03-06"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("at the end of the month", "2022-02-28"),
        ("by the end of the year", "2022-12-31"),
        ("by the end of March", "2022-03-31"),
        ("by the end of next week", "2022-03-13"),
        ("from the beginning of March", "2022-03-01"),
        ("by the end of the day", "2022-02-28"),
        ("by year-end", "2022-12-31"),
    ],
)
def test_the_end_of_a_span_is_its_last_day(text: str, day: str) -> None:
    assert value(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2022-02-28"),
        ("this morning", "2022-02-28"),
        ("tonight", "2022-02-28"),
        ("last night", "2022-02-27"),
        ("yesterday evening", "2022-02-27"),
        ("the day before yesterday", "2022-02-26"),
        ("tomorrow", "2022-03-01"),
        ("two days ago", "2022-02-26"),
        ("48 hours ago", "2022-02-26"),
        ("five years ago today", "2017-02-28"),
        ("on Christmas Day", "2021-12-25"),
        ("on New Year’s Eve 2020", "2020-12-31"),
    ],
)
def test_days_near_publication_are_counted_from_it(text: str, day: str) -> None:
    assert value(text) == day


# ----------------------------------------------------------------------------------------------------- nothing invented


@pytest.mark.parametrize(
    "text",
    listed("""recently|later|now|soon|at 5 p.m.|days after|weeks ago|several months ago|in recent days|within 48 hours|
    in the coming weeks|in the spring|in fiscal 2021|the 2020 election|a while ago|in two weeks|in 2,014|May we?|1,200|
    5000 years ago||   |,|the|in|on"""),
)
def test_what_tells_no_date_has_no_value(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize(
    "text", ["on Monday", "March 7", "last year", "this week", "in March", "two days ago", "today"]
)
def test_without_a_date_of_publication_nothing_relative_has_a_value(text: str) -> None:
    assert value(text, None) is None


def test_in_two_weeks_lies_ahead_only_in_a_clause_of_the_future() -> None:
    assert value("in two weeks", tense="future") == "2022-03-14/2022-03-20"
    assert value("in two weeks", tense="past") is None
    assert value("in two weeks’ time") == "2022-03-14/2022-03-20"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on the same day", "2014-03-17"),
        ("that night", "2014-03-17"),
        ("the next day", "2014-03-18"),
        ("two days later", "2014-03-19"),
        ("a week earlier", "2014-03-10/2014-03-16"),
        ("the following Friday", "2014-03-21"),
        ("the next Friday", "2014-03-21"),
        ("the following month", "2014-04"),
        ("that year", "2014"),
        ("within 48 hours", "2014-03-19"),
    ],
)
def test_what_is_counted_from_an_event_has_a_value_only_where_the_event_is_known(text: str, day: str) -> None:
    assert value(text) is None
    assert value(text, event=date(2014, 3, 17)) == day


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("on Monday", "on"),
        ("Monday", "on"),
        ("in 2014", "on"),
        ("by March 7", "by"),
        ("before March 7", "by"),
        ("no later than March 7", "by"),
        ("within 48 hours", "by"),
        ("over 18 months ago", "by"),
        ("from June 14", "from"),
        ("since 2014", "from"),
        ("as early as Monday", "from"),
        ("until 2030", "until"),
        ("through Friday", "until"),
        ("until at least Friday", "until"),
        ("at the end of the month", "on"),
    ],
)
def test_the_preposition_sets_the_bound(text: str, bound: Bound) -> None:
    assert resolve(text, MONDAY).bound == bound


# ---------------------------------------------------------------------------------------------------------------- ISO


@pytest.mark.parametrize(
    "text", ["2021", "2021-04", "2021-04-15", "2024-02-29", "2021/2022", "2021-10-06/2021-10-31", "2021/2021-12-31"]
)
def test_calendar_dates_of_reduced_precision_and_intervals_are_iso(text: str) -> None:
    assert is_iso(text)


@pytest.mark.parametrize(
    "text",
    listed("""|21|2021-4|2021-13|2021-02-29|2022/2021|2021-05/2021-04-30|2021/2021-04|2021-W07|2021/|/2021|0000|٢٠٢١|
    2021-04-15T10:00|2021-04-15/2021-04-16/2021-04-17| 2021"""),
)
def test_anything_else_is_not_iso(text: str) -> None:
    assert not is_iso(text)


# ------------------------------------------------------------------------------------------------------------- finding


@pytest.mark.parametrize(
    "expression",
    listed("""on Monday|earlier Monday|on Monday evening|late on Thursday|at 5 p.m. on Tuesday|from Monday to Wednesday|
    Tuesday at 5 p.m. Moscow time|in the early hours of Monday|by noon Friday|this coming Saturday|
    on Tuesday of last week|
    by March 7|on the 7th of March|On Monday, March 7, 2022|Feb. 28, 2022|28 February 2022|2022-02-28|02/28/2022|
    March 3-5, 2022|between 6 and 31 October|from Oct. 6 to Oct. 31|Feb. 28–March 2|BY MARCH 7|in March|mid-May|
    in late March 2014|since last July|early in 2016|since 2014|from 2014 to 2016|in late 2019|until 2030|the 1990s|
    in the sixties|in the 19th century|the spring of 2019|last summer|in the third quarter|the first half of 2021|
    Q3 2021|earlier this week|last month|over the weekend|over the past two years|in recent weeks|within 48 hours|
    in two weeks|18 months ago|more than 18 months ago|a decade ago|[Ten] years ago|two and a half years ago|
    two days later|on the same day|the next day|days after|yesterday|tomorrow night|by the end of 2021|until last week|
    at the end of the month|no later than March 15|as early as Monday|on New Year’s Eve"""),
)
def test_a_time_expression_is_found_whole_with_its_preposition(expression: str) -> None:
    assert found(f"It was {expression}; he said so.") == [expression]


@pytest.mark.parametrize(
    "text",
    [
        "They may march to the sea.",
        "It may 5 times be said.",
        "May said no, and a statement by May followed; Theresa May left.",
        "April Smith met June Jones.",
        "The Women's March drew crowds, and the march went on.",
        "The Sunday Times and the Friday Agreement.",
        "They meet every Monday, on Mondays, on Black Friday and on a Sunday.",
        "It took three days and 20 years.",
        "Wait a second.",
        "by 2000 people, in 2,014 places, in 2014 cases, 2014 of them",
        "in the 2020 election",
        "in the fall of the city",
        "USA Today told the tale.",
        "at the end of the day",
        "for the first time in 20 years",
        "an overnight raid",
        "the sun sat down",
        "Boeing 737 and F-16",
        "a 12-year-old, a two-day visit and an 18-month term",
        "",
    ],
)
def test_names_verbs_habits_counts_and_spans_are_no_dates(text: str) -> None:
    assert found(text) == []


def test_a_preposition_that_belongs_to_the_noun_is_left_out() -> None:
    text = "In Monday's vote, after the March 7 attack and since last year’s talks."
    assert found(text) == ["Monday", "March 7", "last year"]


def test_a_time_expression_may_run_over_the_end_of_a_line_but_not_over_a_blank_one() -> None:
    assert found("He left on\nMonday. It was in\n\nMay 2021.") == ["on\nMonday", "May 2021"]


def test_a_month_that_names_a_person_in_the_text_needs_more_than_by_or_from() -> None:
    assert found("Prime Minister May spoke. A letter from May came in May.") == ["in May"]
    assert found("A letter came from May to July.") == ["from May to July"]


# --------------------------------------------------------------------------------------------------------- any text

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
TENSES = st.sampled_from([None, "past", "future"])
WORDS = st.sampled_from(
    listed("""on|by|from|until|since|at|in|the|end|of|early|mid-|late|last|next|this|March|May|7|31|2014|2022|Monday|
    Friday|week|month|year|years|ago|two|18|days|later|earlier|and|to|-|,|.|'90s|century|first|half|quarter|5 p.m.|
    within|hours|between|today|a|rest|start|weekend|Feb.|02/28/2022|2022-02-28|before|’s""")
)


@given(
    st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=8).map(" ".join)),
    st.none() | DAYS,
    TENSES,
    st.none() | DAYS,
)
@settings(deadline=None, max_examples=300)
def test_any_text_resolves_to_an_iso_value_or_none(
    text: str, published: date | None, tense: Tense | None, event: date | None
) -> None:
    resolved = resolve(text, published, tense=tense, event=event)
    assert resolved.value is None or is_iso(resolved.value)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join)))
@settings(deadline=None, max_examples=200)
def test_spans_found_in_any_text_are_sorted_and_apart(text: str) -> None:
    end = 0
    for start, stop in find_dates(text):
        assert end <= start < stop <= len(text)
        end = stop


@given(DAYS, st.integers(0, 6), st.sampled_from(["past", "future"]))
@settings(deadline=None)
def test_a_weekday_is_that_day_of_the_week_and_less_than_a_week_away(
    published: date, weekday: int, tense: Tense
) -> None:
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday]
    day = extent(str(value(f"on {name}", published, tense)))[0]
    away = day - published if tense == "future" else published - day
    assert day.weekday() == weekday
    assert timedelta(0) <= away < timedelta(7)


@given(DAYS, DAYS)
@settings(deadline=None)
def test_a_written_date_resolves_to_itself_whenever_it_is_published(day: date, published: date) -> None:
    for written in (
        f"{day:%B} {day.day}, {day.year}",
        f"on {day.day} {day:%b} {day.year}",
        f"{day:%A}, {day:%B %d, %Y}",
    ):
        assert value(written, published) == day.isoformat()


@given(DAYS, st.integers(-90, 30))
@settings(deadline=None)
def test_a_day_within_a_quarter_year_back_or_a_month_ahead_needs_no_year(published: date, days: int) -> None:
    day = published + timedelta(days)
    if (day.month, day.day) != (2, 29):
        assert value(f"on {day:%B} {day.day}", published) == day.isoformat()


PLANTED = st.sampled_from(
    ["on Monday evening", "by March 7", "in late 2019", "18 months ago", "from Oct. 6 to Oct. 31"]
)
FILLERS = st.lists(st.sampled_from(["rain", "fell", "over", "Kenya", "and", "the", "towns", "12", "G7"]), max_size=6)


@given(FILLERS, PLANTED, FILLERS)
@settings(deadline=None)
def test_a_planted_expression_comes_back_with_its_interval(before: list[str], planted: str, after: list[str]) -> None:
    lead = " ".join([*before, "fell "])
    text = f"{lead}{planted}, {' '.join(after)}"
    assert find_dates(text) == [(len(lead), len(lead) + len(planted))]


@pytest.mark.parametrize(
    "unit",
    ["on ", "1", "2014-", "May ", "on early the ", "Monday to ", "on on on on on on on on Monday ", "'", " ", "\n"],
)
def test_the_time_is_linear_in_the_length_of_any_text(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    started = time.process_time()
    find_dates(text)
    resolve(text, MONDAY)
    assert time.process_time() - started < 5  # a quadratic algorithm takes minutes
