"""Countries by any of their names: what a form means, where forms stand in a text, whose government a phrase names."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import countries
from summarizer.countries import BODIES, body_of, by_code, find_countries, government_of, is_code, lookup

ROWS = countries._rows()
COLUMNS = ("name", "name", "demonym", "capital", "metonym", "city")
BUDGET_MS = 5
SLACK = 3  # on a machine slower than the desk's


def forms() -> list[tuple[str, str, str, bool]]:
    """Every form of the table with its code, its kind and its mark of doubt, plurals spelled out."""
    listed = []
    for code, *cells in ROWS:
        for kind, cell in zip(COLUMNS, cells, strict=True):
            for form in filter(None, cell.split("|")):
                for each in countries._with_plural(form.rstrip("?")):
                    listed.append((each, code, kind, form.endswith("?")))
    return listed


FORMS = forms()
SURE = [(form, code) for form, code, _, doubtful in FORMS if not doubtful and code != "-"]


def found(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], match.code) for start, end, match in find_countries(text)]


def test_the_table_has_all_249_countries_of_iso_3166_and_kosovo() -> None:
    codes = [row[0] for row in ROWS if row[0] != "-"]
    assert len(codes) == len(set(codes)) == 250
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)


def test_every_row_has_seven_columns_and_no_stray_space() -> None:
    assert {len(row) for row in ROWS} == {7}
    assert [form for form, *_ in FORMS if form != form.strip() or "  " in form or not form] == []


def test_the_table_has_straight_apostrophes_and_plain_hyphens() -> None:
    assert [form for form, *_ in FORMS if re.search("[‘’ʼ‐‑–]", form)] == []


def test_a_form_stands_for_one_country_only() -> None:
    codes: dict[str, set[str]] = {}
    for form, code, *_ in FORMS:
        codes.setdefault(countries._fold(form), set()).add(code)
    assert {form: its for form, its in codes.items() if len(its) > 1} == {}


def test_a_form_is_of_one_kind_only() -> None:
    assert [form for form, count in Counter(form for form, *_ in FORMS).items() if count > 1] == []


def test_every_form_of_the_table_is_looked_up() -> None:
    looked_up = [(form, lookup(form)) for form, *_ in FORMS]
    kept = [(form, match.code, match.kind, match.ambiguous) for form, match in looked_up if match]
    assert kept == [row for row in FORMS if row[1] != "-"]


@pytest.mark.parametrize(
    ("form", "code", "kind"),
    [
        ("the United States", "USA", "name"),
        ("U.S.", "USA", "name"),
        ("US", "USA", "name"),
        ("the U.S.'s", "USA", "name"),
        ("America", "USA", "name"),
        ("The Gambia", "GMB", "name"),
        ("the Netherlands", "NLD", "name"),
        ("Philippines'", "PHL", "name"),
        ("Côte d’Ivoire’s", "CIV", "name"),
        ("Türkiye", "TUR", "name"),
        ("Burma", "MMR", "name"),
        ("Poles", "POL", "demonym"),
        ("Briton", "GBR", "demonym"),
        ("South Koreans", "KOR", "demonym"),
        ("Frenchwoman", "FRA", "demonym"),
        ("Nigerien", "NER", "demonym"),
        ("Nigerian", "NGA", "demonym"),
        ("Kyiv", "UKR", "capital"),
        ("The Hague", "NLD", "capital"),
        ("the Kremlin", "RUS", "metonym"),
        ("White House", "USA", "metonym"),
        ("10 Downing Street", "GBR", "metonym"),
        ("Quai d'Orsay", "FRA", "metonym"),
        ("the Blue House", "KOR", "metonym"),
        ("Zhongnanhai", "CHN", "metonym"),
        ("Lagos", "NGA", "city"),
        ("Washington, D.C.", "USA", "capital"),
        ("BAGHDAD", "IRQ", "capital"),
        ("NORTH KOREA", "PRK", "name"),
    ],
)
def test_a_form_is_looked_up_with_article_possessive_dots_and_capitals(form: str, code: str, kind: str) -> None:
    match = lookup(form)
    assert match is not None
    assert (match.code, match.kind) == (code, kind)


@pytest.mark.parametrize("form", ["", "the", "turkey", "us", "polish", "china", "South America", "Nigerian President"])
def test_what_is_no_form_of_a_country_is_not_looked_up(form: str) -> None:
    assert lookup(form) is None


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("Georgia", "GEO"),
        ("Jordan", "JOR"),
        ("Chad", "TCD"),
        ("Congo", "COD"),
        ("Korea", "KOR"),
        ("Dominican", "DOM"),
        ("Washington", "USA"),
        ("Victoria", "AUS"),
    ],
)
def test_an_ambiguous_form_has_its_most_frequent_reading_and_is_marked(form: str, code: str) -> None:
    match = lookup(form)
    assert match is not None
    assert (match.code, match.ambiguous) == (code, True)


def test_guinea_is_a_country_of_its_own_beside_three_others() -> None:
    text = "Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea"
    assert [code for _, code in found(text)] == ["GIN", "GNB", "GNQ", "PNG"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("South Sudan left Sudan.", [("South Sudan", "SSD"), ("Sudan", "SDN")]),
        ("U.S.-Soviet talks in the U.K.", [("U.S.", "USA"), ("Soviet", "RUS"), ("U.K.", "GBR")]),
        ("in the U.S. On Monday", [("U.S.", "USA")]),
        ("Nuku’alofa's harbour", [("Nuku’alofa", "TON")]),
        ("the D.R. Congo army", [("D.R. Congo", "COD")]),
        ("THE UNITED STATES AND IRAN AGREE", [("UNITED STATES", "USA"), ("IRAN", "IRN")]),
        ("It is up to us to polish the china.", []),
        ("South American and African American voters", []),
        ("fishing in the Jordan River and the South China Sea", []),
        ("Michael Jordan met Denzel Washington and Chad Smith", []),
        ("a Washington Post report on Georgia Republicans", []),
        ("In Jordan, Georgia President Mikheil met King Abdullah.", [("Jordan", "JOR"), ("Georgia", "GEO")]),
        ("Jordan's King flew to Washington on Monday", [("Jordan", "JOR"), ("Washington", "USA")]),
        ("Chadian, Malian and Nigerien troops", [("Chadian", "TCD"), ("Malian", "MLI"), ("Nigerien", "NER")]),
        ("West Virginia", [("West Virginia", "USA")]),
        ("outside 10 Downing Street", [("10 Downing Street", "GBR")]),
    ],
)
def test_running_text_yields_the_longest_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@given(st.text(alphabet="abcdefgh ,.;\n’", max_size=40), st.sampled_from(SURE), st.text("abcdefgh ,;\n", max_size=40))
def test_a_planted_form_is_found_at_its_exact_place(before: str, planted: tuple[str, str], after: str) -> None:
    form, code = planted
    text = f"{before} {form} {after}"
    hits = [(start, text[start:end], match.code) for start, end, match in find_countries(text)]
    assert hits == [(len(before) + 1, form, code)]


def test_every_sure_form_is_found_whole_in_running_text() -> None:
    assert [form for form, code in SURE if found(f"near {form} today") != [(form, code)]] == []


@given(st.text(alphabet="USKD. ,’'-\nofthe éÉİ", max_size=200))
def test_spans_are_in_order_and_never_overlap(text: str) -> None:
    spans = [(start, end) for start, end, _ in find_countries(text)]
    assert all(start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_a_megabyte_of_words_is_read_in_linear_time() -> None:
    small, large = (_milliseconds(lambda size=size: find_countries("Papua New " * size)) for size in (2_000, 20_000))
    assert large < 40 * small + 50


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("the French government", "FRA"),
        ("Kenyan authorities", "KEN"),
        ("senior U.S. officials", "USA"),
        ("the US administration", "USA"),
        ("French government officials", "FRA"),
        ("the government of Mali", "MLI"),
        ("the Federal Government of Somalia", "SOM"),
        ("Myanmar’s ruling junta", "MMR"),
        ("Philippines' government", "PHL"),
        ("White House officials", "USA"),
        ("the Kabul government", "AFG"),
        ("authorities in Kenya", "KEN"),
    ],
)
def test_a_government_its_authorities_and_officials_are_the_country(phrase: str, code: str) -> None:
    assert government_of(phrase) == code


@pytest.mark.parametrize(
    "phrase",
    [
        "the Biden administration",
        "Chicago authorities",
        "Kabul authorities",
        "authorities in Lagos",
        "former French officials",
        "local Kenyan officials",
        "Russian-backed authorities",
        "the administration",
        "the French parliament",
        "a French official",
        "",
    ],
)
def test_a_person_s_administration_and_a_city_s_authorities_are_no_country_s(phrase: str) -> None:
    assert government_of(phrase) is None


def test_a_country_is_had_by_its_code() -> None:
    kenya = by_code("KEN")
    assert kenya is not None
    assert (kenya.name, kenya.capitals, kenya.demonyms) == ("Kenya", ("Nairobi",), ("Kenyan", "Kenyans"))
    assert by_code("XXX") is None


def test_only_codes_of_the_table_are_codes() -> None:
    assert [is_code(code) for code in ("USA", "XKX", "US", "usa", "-", "EUR", "")] == [True, True, *[False] * 5]


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("the UN", "United Nations"),
        ("U.N.", "United Nations"),
        ("NATO's", "North Atlantic Treaty Organization"),
        ("E.U.", "European Union"),
        ("OPEC+", "Organization of the Petroleum Exporting Countries"),
        ("UN Security Council", "United Nations Security Council"),
    ],
)
def test_an_international_body_is_had_by_any_of_its_names(form: str, name: str) -> None:
    body = body_of(form)
    assert body is not None
    assert body.name == name


def test_a_body_is_no_country_and_its_forms_are_its_own() -> None:
    named = [form for body in BODIES for form in (body.name, body.acronym, *body.others) if form]
    assert [form for form in named if lookup(form)] == []
    assert [form for form, count in Counter(map(countries._fold, named)).items() if count > 3] == []
    assert all(body_of(body.name) is body for body in BODIES)


def _milliseconds(work: object) -> float:
    started = process_time()
    assert callable(work)
    work()
    return 1000 * (process_time() - started)


def _load_anew() -> None:
    for table in (countries._rows, countries._forms, countries._by_code):
        table.cache_clear()
    lookup("Kenya")
    is_code("KEN")


def test_loading_takes_less_than_five_milliseconds() -> None:
    assert min(_milliseconds(_load_anew) for _ in range(7)) < BUDGET_MS * SLACK


def test_importing_the_tables_imports_neither_spacy_nor_pydantic() -> None:
    script = "import sys, summarizer.countries; sys.exit(len({'spacy', 'pydantic', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
