"""Grounding finds every typographic variant and accepts no changed number, name or negation."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.grounding import Refusal, locate
from summarizer.spans import Span

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
ARTICLES = [Article.from_text(path.read_text(encoding="utf-8")) for path in SEEDS]

NUMBER = re.compile(r"\b\d+\b|\b(?:two|three|four|five|six|seven|eight|ten|twelve)\b")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
NEGATION = re.compile(r"\b(?:not|no|never)\b ?")
BESIDE = re.compile(r"\b(?:not|no|never) $")  # an excerpt that leaves a negation out is another test's matter
AUXILIARY = re.compile(r"\b(?:is|was|were|has|have|had|will|would|could|should|are)\b")


def quotes(article: Article) -> Iterator[Span]:
    """Four stretches of 4 to 20 words from every sentence that is no litter: what an engine would quote."""
    chance = random.Random(article.sha256)
    for sentence in article.sentences:
        if any(sentence.overlaps(litter) for litter in article.litter):
            continue
        words = [match.span() for match in re.finditer(r"\S+", sentence.of(article.text))]
        if len(words) < 4:
            continue
        for _ in range(4):
            first = chance.randrange(len(words) - 3)
            last = min(len(words) - 1, first + chance.randrange(3, 20))
            span = Span(sentence.start + words[first][0], sentence.start + words[last][1])
            if not BESIDE.search(article.text[: span.start]) and not NEGATION.match(article.text, span.end + 1):
                yield span


QUOTES = [(article, span) for article in ARTICLES for span in quotes(article)]


def changed_number(text: str) -> str | None:
    def other(match: re.Match[str]) -> str:
        return str(int(match.group()) + 1) if match.group().isdigit() else "nine"

    return NUMBER.sub(other, text, count=1) if NUMBER.search(text) else None


def changed_name(text: str) -> str | None:
    def other(match: re.Match[str]) -> str:
        name = match.group()
        return name[:2] + ("x" if name[2] != "x" else "y") + name[3:]

    return NAME.sub(other, text, count=1) if NAME.search(text) else None


def changed_negation(text: str) -> str | None:
    if NEGATION.search(text):
        return NEGATION.sub("", text, count=1)
    return AUXILIARY.sub(lambda match: match.group() + " not", text, count=1) if AUXILIARY.search(text) else None


@pytest.mark.parametrize(("change", "least"), [(changed_number, 30), (changed_name, 150), (changed_negation, 60)])
def test_no_changed_fact_of_the_seeds_is_accepted(change: object, least: int) -> None:
    cases = [(article, new) for article, span in QUOTES if (new := change(span.of(article.text)))]  # type: ignore[operator]
    accepted = [new for article, new in cases if isinstance(locate(article, new), Span)]
    assert len(cases) >= least
    assert accepted == []


VARIANTS = {
    "straight quotes": str.maketrans("“”‘’", "\"\"''"),
    "curly quotes": str.maketrans("\"'", "”’"),
    "dashes": str.maketrans("-", "–"),
    "no-break spaces": str.maketrans(" ", "\u00a0"),
    "line ends": str.maketrans(" ", "\n"),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_typographic_variant_of_a_seed_is_found_in_its_place(variant: str) -> None:
    wrong = []
    for article, span in QUOTES:
        found = locate(article, span.of(article.text).translate(VARIANTS[variant]), near=(span,))
        if found != span:
            wrong.append((span.of(article.text), found))
    assert len(QUOTES) >= 200
    assert wrong == []


def test_a_soft_hyphen_in_every_word_hides_nothing() -> None:
    for article, span in QUOTES:
        spelled = re.sub(r"(\w\w)(\w)", "\\1\u00ad\\2", span.of(article.text))
        assert locate(article, spelled, near=(span,)) == span


VOCABULARY = ("the", "envoy", "left", "after", "talks", "on", "14", "March", "with", "Ürümqi’s", "“old”", "guard", "—")
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=3)


@given(before=WORDS, planted=WORDS, after=WORDS)
def test_a_planted_phrase_is_found_exactly(before: list[str], planted: list[str], after: list[str]) -> None:
    phrase = "Zaq " + " ".join(planted) + " qaz"
    text = f"{' '.join(before)} {phrase} {' '.join(after)}."
    found = locate(Article.from_text(text), phrase)
    assert isinstance(found, Span)
    assert found.of(Article.from_text(text).text) == phrase


@given(
    count=st.integers(1, 99_999),
    other=st.integers(1, 99_999),
    form=st.sampled_from(["{:d}", "{:,d}", "{:d}.5", "-{:d}", "{:d},5"]),
)
def test_a_number_is_only_found_whole(count: int, other: int, form: str) -> None:
    article = Article.from_text(f"The harbour counted {form.format(count)} crates on Friday.")
    found = locate(article, f"{other:d} crates")
    assert isinstance(found, Span) == (
        form.format(count) in (f"{other:d}", f"{other:,d}") and f"{other:d}" == form.format(count)
    )


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60), st.text(max_size=200))
def test_whatever_is_found_reads_the_same_once_folded(words: str, filler: str) -> None:
    text = f"Report: {filler} {words} end"
    article = Article.from_text(text)
    found = locate(article, words)
    if isinstance(found, Span):
        from summarizer.folding import fold

        assert fold(words).text.strip(" \n\t'-.,;:…").casefold() in fold(found.of(article.text)).text.casefold()


def test_words_without_the_negation_before_them_are_refused_but_a_name_may_follow_one() -> None:
    article = Article.from_text("The court did not free the men. It blamed not Denmark but Norway.")
    assert str(locate(article, "free the men")).endswith("the article has 'not free the men. It bl'")
    assert isinstance(locate(article, "The court did"), Refusal)
    assert isinstance(locate(article, "did not free the men"), Span)
    assert isinstance(locate(article, "Denmark"), Span)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The bank fined 112 traders.", "12 traders"),
        ("Rates rose 0.5 percent.", "5 percent"),
        ("Some 45,000 people fled.", "000 people"),
        ("It fell to -5 degrees.", "5 degrees"),
        ("The USSR signed.", "USS"),
        ("They will not sign.", "They will sign"),
        ("Polish envoys left.", "polish envoys left"),
    ],
)
def test_part_of_a_number_or_word_and_other_capitals_are_refused(text: str, words: str) -> None:
    assert isinstance(locate(Article.from_text(text), words), Refusal)


def test_only_a_function_word_may_lose_the_capital_of_its_sentence() -> None:
    article = Article.from_text("The envoy left. In March the talks ended.")
    assert locate(article, "the envoy") == Span(0, 9)
    assert locate(article, "in March") == Span(16, 24)


def test_of_several_places_the_one_near_the_evidence_is_taken() -> None:
    text = "Paris spoke on Monday. Rome answered on Monday. Oslo agreed."
    second = text.index("Rome")
    assert locate(Article.from_text(text), "on Monday", near=(Span(second, second + 4),)) == Span(
        text.index("on Monday", second), text.index("on Monday", second) + 9
    )


def test_litter_and_injections_are_no_place_to_stand() -> None:
    article = Article("Seven ships sank. Ten tips.", litter=(Span(18, 27),), injections=())
    assert locate(article, "Ten tips") == Refusal("only_in_litter")
    article = Article("Seven ships sank. Ten tips.", injections=(Span(18, 27),))
    assert locate(article, "Ten tips") == Refusal("only_in_injection")


def test_a_refusal_says_how_far_the_article_agrees() -> None:
    refusal = locate(Article.from_text("The court has not freed the four men."), "The court has freed the four men")
    assert str(refusal) == "not in the article word for word; the article agrees as far as 'The court has'"


def test_locating_in_a_megabyte_takes_time_in_proportion() -> None:
    sentence = "The minister said on Monday that the talks with the 12 envoys would go on. "

    def seconds(size: int) -> float:
        article = Article(sentence * (size // len(sentence)) + "Nobody saw the green ship.")
        start = time.process_time()
        assert isinstance(locate(article, "saw the green ship"), Span)
        assert isinstance(locate(article, "saw the red ship"), Refusal)
        return time.process_time() - start

    seconds(1_000)
    small = min(seconds(100_000) for _ in range(3))
    assert min(seconds(1_000_000) for _ in range(2)) < 30 * small + 0.05
