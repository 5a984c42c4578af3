"""The page of an article beside its summary: every word stands in it, every fact is tied to its words, nothing runs."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import defaultdict
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.errors import UsageError
from summarizer.html import Mark, element, page, segments, text_node
from summarizer.schema import EventSummary
from summarizer.spans import Span
from tests.test_render import ARTICLE, HOSTILE, SUMMARY, hostile_summary

VOID = {"meta"}


class Page(HTMLParser):
    """A page taken apart: every element with its attributes, and the text inside each marked or named part."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.by_id: dict[str, dict[str, str | None]] = {}
        self.lit: dict[str, list[str]] = defaultdict(list)
        self.texts: dict[str, str] = defaultdict(str)
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)
        self.close()
        assert not self._open, "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if named := attributes.get("id"):
            assert named not in self.by_id, "every id is given once"
            self.by_id[named] = {**attributes, "tag": tag}
        if tag not in VOID:
            self._open.append((tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag
        self.texts["the article"] += "\n" if tag == "p" else ""

    def handle_data(self, data: str) -> None:
        inside = {attributes["id"] for _, attributes in self._open if attributes.get("id")}
        for named in inside:
            self.texts[str(named)] += data
        for tag, attributes in self._open:
            self.texts[tag] += data
            if attributes.get("class") == "text":
                self.texts["the article"] += data
            for key in (attributes.get("data-facts") or "").split():
                if "words" in inside:
                    self.lit[key].append(data)


SHOWN = Page(page(ARTICLE, SUMMARY))


def words(text: str) -> list[str]:
    return text.split()


def test_the_articles_every_word_stands_in_the_page_in_order() -> None:
    assert words(SHOWN.texts["the article"]) == words(ARTICLE.text)


def test_paragraphs_stay_paragraphs_and_the_title_is_marked() -> None:
    paragraphs = [attributes for tag, attributes in SHOWN.tags if tag == "p" and attributes.get("dir") == "auto"]
    assert len(paragraphs) == len(ARTICLE.paragraphs) + 1  # and the summary's prose
    assert [p.get("class") for p in paragraphs].count("title") == 1


def test_an_events_words_are_its_evidence() -> None:
    for event in SUMMARY.events:
        assert "".join(SHOWN.lit[event.id]) == "".join(piece.text for piece in event.evidence)


def test_each_detail_statement_alias_and_office_has_its_own_words() -> None:
    expected = {
        "e1-2": "on Tuesday",
        "e1-3": "on 1 July",
        "e1-4": "port of Mombasa",
        "e1-5": "14 Danish trawlers",
        "e1-6": "from 20 to 6",
        "e1-7": "the seizure of a Kenyan research ship last month",
        "s1": "We asked for the ship, we asked for the crew, and we were given silence",
        "s2": "accused Copenhagen of “plain piracy”",
        "n2-1": "Copenhagen",
        "n5": "Peter Mwangi",
        "n5-office": "Transport Minister",
        "i1": SUMMARY.suspected_injection[0].text,
    }
    assert {key: "".join(SHOWN.lit[key]) for key in expected} == expected


def test_every_fact_leads_to_its_words_and_every_word_to_its_fact() -> None:
    for tag, attributes in SHOWN.tags:
        target = attributes.get("href")
        if target is not None:
            assert tag == "a"
            assert target.startswith("#"), "no link leads out of the page"
            assert target[1:] in SHOWN.by_id
    for key in SHOWN.lit:
        assert SHOWN.by_id[f"fact-{key}"]["href"] == f"#words-{key}"


def test_words_that_several_facts_rest_on_lead_to_the_tightest_first() -> None:
    place = next(attributes for _, attributes in SHOWN.tags if attributes.get("data-facts") == "e1-4 e1")
    assert place["href"] == "#fact-e1-4"
    assert place["title"] == "e1 where; e1 REJECT"


def test_litter_is_greyed_and_links_nowhere() -> None:
    assert {tag for tag, attributes in SHOWN.tags if attributes.get("class") == "litter"} == {"span"}


def test_a_suspected_injection_is_marked_in_the_article_and_warned_of_in_the_summary() -> None:
    assert any(attributes.get("class") == "injection" and tag == "a" for tag, attributes in SHOWN.tags)
    assert "1 passage of this article addresses the reader's software" in SHOWN.texts["facts"]


def test_the_page_tells_what_was_refused() -> None:
    assert 'events[1].mode "deport": no mode of ACCIDENT; left out' in SHOWN.texts["details"]


def test_without_javascript_style_alone_lights_a_fact_and_its_words() -> None:
    for key in SHOWN.lit:
        assert f':root:has(#words-{key}:target,#fact-{key}:target) [data-facts~="{key}"]' in SHOWN.texts["style"]


def test_the_page_carries_its_summary_as_data() -> None:
    data = json.loads(SHOWN.texts["data"])
    assert EventSummary.grounded(data, ARTICLE) == SUMMARY


# --- nothing runs, nothing is fetched ---------------------------------------------------------------------------------


def policy_of(shown: Page) -> str:
    return str(next(a["content"] for tag, a in shown.tags if a.get("http-equiv") == "Content-Security-Policy"))


def test_the_policy_admits_this_pages_own_script_and_style_and_nothing_else() -> None:
    source = page(ARTICLE, SUMMARY)
    policy = policy_of(Page(source))
    script = source[source.rindex("<script>") + 8 : source.rindex("</script>")]
    style = source[source.index("<style>") + 7 : source.index("</style>")]
    hashes = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (script, style)]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_nothing_is_loaded_from_anywhere() -> None:
    for source in (page(ARTICLE, SUMMARY), page(HOSTILE_ARTICLE, hostile())):
        shown = Page(source)
        names = {name for _, attributes in shown.tags for name in attributes}
        assert not names & {"src", "srcset", "action", "style", "background", "poster", "data", "ping"}
        assert not any(name.startswith("on") for name in names)
        assert "@import" not in shown.texts["style"]
        assert "url(" not in shown.texts["style"]


HOSTILE_ARTICLE = Article(
    f'{HOSTILE}\n\n"><img src=x onerror=alert(1)> </p></body> ]]> &lt;b&gt; \u2028 {HOSTILE}\ud800', title='"><i>x</i>'
)


def hostile() -> EventSummary:
    return hostile_summary().model_copy(update={"sha256": HOSTILE_ARTICLE.sha256})


def test_hostile_text_adds_no_element_and_leaves_no_script() -> None:
    source = page(HOSTILE_ARTICLE, hostile())
    shown = Page(source)
    kinds = {tag for tag, _ in shown.tags}
    assert kinds <= {tag for tag, _ in SHOWN.tags}
    assert source.count("<script") == 2
    assert source.count("</script") == 2
    assert "<!--" not in source
    source.encode("utf-8")


def test_hostile_text_in_embedded_data_stays_data() -> None:
    source = page(HOSTILE_ARTICLE, hostile())
    embedded = source[source.index('id="data">') + 10 : source.index("</script>")]
    assert not re.search("[<>&\u2028\u2029]", embedded)
    assert json.loads(embedded)["headline"] == HOSTILE


def test_a_character_that_would_turn_or_hide_text_is_shown_as_a_mark_that_names_it() -> None:
    assert text_node("\x00") == '<span class="odd" title="U+0000">▯</span>'
    assert text_node("\u202e") == '<span class="odd" title="U+202E">▯</span>'
    assert text_node("\ud800") == '<span class="odd" title="U+D800">▯</span>'


@pytest.mark.parametrize("text", ["soft\u00adhyphen", "می\u200cخواهم", "👩\u200d🚀", "Zoë\n\tx"])
def test_characters_that_scripts_need_stay_as_they_are(text: str) -> None:
    assert text_node(text) == text


@given(st.text())
def test_no_text_becomes_an_element_or_leaves_an_attribute(text: str) -> None:
    shown = Page(element("a", text, title=text))
    assert [tag for tag, _ in shown.tags if tag != "span"] == ["a"]
    assert set(shown.tags[0][1]) <= {"title"}


def test_a_summary_of_another_text_is_refused() -> None:
    with pytest.raises(UsageError, match="another text"):
        page(Article("Nothing of this."), SUMMARY)


# --- overlapping spans ------------------------------------------------------------------------------------------------

SPANS = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(st.lists(SPANS, min_size=1, max_size=3), max_size=6), st.lists(st.integers(0, 60), max_size=3))
def test_segments_cover_the_text_once_and_each_mark_exactly(spans: list[list[Span]], cuts: list[int]) -> None:
    marks = [Mark(f"m{at}", "", tuple(each)) for at, each in enumerate(spans)]
    pieces = list(segments(60, marks, cuts))
    assert [span.start for span, _ in pieces] + [60] == [0] + [span.end for span, _ in pieces]
    for mark in marks:
        meant = {at for span in mark.spans for at in range(*span)}
        assert {at for span, on in pieces if mark in on for at in range(*span)} == meant


def test_a_text_of_one_long_line_is_cut_in_time_linear_in_its_facts() -> None:
    marks = [Mark(f"m{at}", "detail", (Span(at * 10, at * 10 + 25),)) for at in range(20_000)]
    assert sum(1 for _ in segments(1_000_000, marks)) > 20_000
