"""What a page and a Markdown file say of themselves: text, title and date, and nothing guessed."""

from __future__ import annotations

from datetime import date

import pytest

from summarizer.errors import InputError
from summarizer.pages import is_page, markup_lines, parse_markdown, parse_page

TEXT = "The mill burned on Monday. Two men died in the fire, the police said."
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Mill burns in north - The Daily Roe</title>
<meta property="og:site_name" content="The Daily Roe">{head}</head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<div class="cookie-banner">We use cookies to improve your visit. <button>Accept all</button></div>
<main><article>{headline}
<p>The mill burned on Monday and two men died in the fire, the police said.</p>
<p>The owner fled to the coast before the police could question him.</p>
<table><tr><td>Year</td><td>Fires</td></tr></table>
<p>&ldquo;Nobody is safe,&rdquo; the mayor&rsquo;s deputy said.</p></article>
<section class="comments"><p>anna: what a shame, I knew both of them from school.</p></section></main>
<footer>© 2024 The Daily Roe</footer></body></html>"""


def page(head: str = "", headline: str = "<h1>Mill burns in north</h1>") -> str:
    return PAGE.format(head=head, headline=headline)


# ----------------------------------------------------------------------------------------------------------- Markdown


def test_front_matter_gives_title_and_date_and_is_no_text() -> None:
    text = f'---\ntitle: "Mill burns"\ndate: 2024-03-03 10:00:00 +0100\ntags: [fire]\n---\n\n{TEXT}\n'
    content = parse_markdown(text)
    assert (content.title, content.published) == ("Mill burns", date(2024, 3, 3))
    assert (content.text, content.has_heading) == (f"\n{TEXT}\n", False)


def test_the_first_heading_is_the_title_and_stays_where_it_stands() -> None:
    content = parse_markdown(f"# Mill burns\n\n{TEXT}")
    assert (content.title, content.text, content.has_heading) == ("Mill burns", f"# Mill burns\n\n{TEXT}", True)


def test_lines_that_are_markup_alone_are_found_and_links_in_prose_are_not() -> None:
    body = (
        f"![A mill](mill.png)\n\n{TEXT} See [the report](https://example.com).\n\n* * *\n\n[1]: https://example.com\n"
    )
    assert [span.of(body) for span in markup_lines(body)] == [
        "![A mill](mill.png)",
        "* * *",
        "[1]: https://example.com",
    ]


def test_a_rule_at_the_top_is_no_front_matter_and_a_bad_date_is_said() -> None:
    assert parse_markdown(f"---\n{TEXT}").text == f"---\n{TEXT}"
    with pytest.raises(InputError, match="not an ISO 8601 date"):
        parse_markdown(f"---\ndate: 3 March\n---\n{TEXT}")


# --------------------------------------------------------------------------------------------------------- HTML pages


def test_a_page_is_its_main_text_with_its_headline_once() -> None:
    content = parse_page(page().encode())
    assert content.title == "Mill burns in north"
    assert content.text == (
        "Mill burns in north\n"
        "The mill burned on Monday and two men died in the fire, the police said.\n"
        "The owner fled to the coast before the police could question him.\n"
        "“Nobody is safe,” the mayor’s deputy said."
    )


def test_a_page_without_structure_is_read_as_well() -> None:
    assert parse_page(f"<p>{TEXT}</p>".encode()).text == TEXT
    assert parse_page(f"{TEXT}<br>He fled.".encode()).text == f"{TEXT}\nHe fled."


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-03-03T23:30:00-05:00">',
        '<meta name="date" content="2024-03-03">',
        '<meta name="DC.date.issued" content="Sun, 03 Mar 2024 10:00:00 GMT">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-03T10:00:00Z"}</script>',
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": "2001-01-01"},'
            ' {"@type": ["Article"], "datePublished": "2024-03-03"}]}</script>'
        ),
        '<meta itemprop="datePublished" content="2024-03-03">',
    ],
)
def test_a_date_that_the_page_declares_is_taken(head: str) -> None:
    assert parse_page(page(head).encode()).published == date(2024, 3, 3)


@pytest.mark.parametrize(
    "headline",
    [
        '<h1>Mill burns</h1><time itemprop="datePublished" datetime="2024-03-03T10:00">3 March</time>',
        (
            '<h1>Mill burns</h1><time pubdate datetime="2024-03-03">Sunday</time>'
            '<aside><time pubdate datetime="2020-01-01"></aside>'
        ),
    ],
)
def test_a_date_that_is_marked_up_in_the_article_is_taken(headline: str) -> None:
    assert parse_page(page(headline=headline).encode()).published == date(2024, 3, 3)


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://example.com/2024/03/03/mill-burns">',
        '<meta property="og:url" content="https://example.com/2024/03/03/mill-burns">',
        '<meta property="article:modified_time" content="2024-03-03">',
        '<meta name="date" content="03/04/2024">',
        '<meta name="date" content="1970-01-01">',
        '<meta name="date" content="2024-13-45">',
        '<meta name="copyright" content="2024">',
        '<script type="application/ld+json">{"@type": "WebSite", "datePublished": "2024-03-03"}</script>',
        '<script type="application/ld+json">{broken</script>',
        '<meta itemprop="datePublished" content="2024-03-03"><meta itemprop="datePublished" content="2023-03-03">',
    ],
)
def test_no_date_is_guessed_from_addresses_texts_or_ambiguous_forms(head: str) -> None:
    headline = "<h1>Mill burns</h1><p>Published on 3 March 2024</p><time datetime='2024-03-03'>3 March 2024</time>"
    assert parse_page(page(head, headline).encode()).published is None


@pytest.mark.parametrize(
    ("head", "headline", "title"),
    [
        ("", "<h1>Mill  burns\n in north</h1>", "Mill burns in north"),
        ("", "", "Mill burns in north"),  # the title element without the site's name
        ('<meta property="og:title" content="Mill burns | The Daily Roe">', "", "Mill burns"),
        ('<meta property="og:title" content="Mill burns – again">', "", "Mill burns – again"),
        ('<meta property="og:title" content="Envoy quits - Roe News">', "<h1>Envoy quits</h1>", "Envoy quits"),
        ("", "<h1>The Daily Roe</h1><h1>Mill burns</h1>", "Mill burns in north"),
    ],
)
def test_the_title_goes_without_the_name_of_the_site(head: str, headline: str, title: str) -> None:
    assert parse_page(page(head, headline).encode()).title == title


def test_a_charset_that_the_page_declares_is_honoured() -> None:
    text = "Мельница сгорела в понедельник ночью, сообщила полиция города."
    html = f'<html><head><meta charset="windows-1251"></head><body><p>{text}</p><p>{text}</p></body></html>'
    assert text in parse_page(html.encode("cp1251")).text
    wrong = html.replace("windows-1251", "no-such-code")
    assert text in parse_page(wrong.encode()).text


@pytest.mark.parametrize(
    "html",
    [
        "<html><head><script>var a = 1</script></head><body><div id=app></div></body></html>",
        "<html></html>",
        "<html><body>" + "<div>" * 20_000 + "<p>deep</p>" + "</div>" * 20_000 + "</body></html>",
    ],
)
def test_a_page_without_an_article_is_refused(html: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError, match="no article could be found") as caught:
        parse_page(html.encode())
    assert caught.value.hint
    assert caught.value.source is None  # who knows the file's name adds it
    assert capfd.readouterr() == ("", "")


def test_bytes_that_begin_as_a_document_are_a_page_and_a_fragment_is_none() -> None:
    assert is_page(b"\n<!doctype html>")
    assert is_page(b"\xef\xbb\xbf<HTML lang=en>")
    assert not is_page(b"<p>The mill burned.</p>")
    assert not is_page(b" " * 1000 + b"<html>")  # only the beginning is looked at


FRAME = "<html><head>{}</head><body><article><p>{}</p></article></body></html>"
SENTENCE = "“Nobody is safe,” the mayor of Lérida said – twice – after the mill burned down on Friday night."


@pytest.mark.parametrize(
    "label", ["iso-8859-1", "ISO-8859-1", "windows-1252", "latin1", "us-ascii", "utf-16", "punycode"]
)
def test_a_label_means_what_browsers_take_it_for(label: str) -> None:
    page = FRAME.format(f'<meta charset="{label}">', SENTENCE)
    assert parse_page(page.encode("cp1252")).text.strip() == SENTENCE


def test_an_xml_declaration_names_the_encoding_too() -> None:
    declaration = "<?xml version='1.0' encoding='iso-8859-2'?>\n"
    page = declaration + FRAME.format("", "The mayor of Przemyśl opened the new młyn on Friday.")
    assert "Przemyśl opened the new młyn" in parse_page(page.encode("iso-8859-2")).text
