"""Costs are computed from a dated table or from the caller's own, and never guessed."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import Usage, UsageError
from summarizer.prices import AS_OF, PRICES, VARIABLE, Price, own_prices, price_of

MINE = {"mine": {"input": 1.0, "output": 4.0}}


def test_a_cost_counts_cached_input_at_its_own_price() -> None:
    price = Price(input=10.0, output=100.0, cached_input=1.0)
    usage = Usage(requests=1, prompt_tokens=1000, cached_tokens=600, completion_tokens=10)
    assert math.isclose(price.cost(usage), (400 * 10 + 600 * 1 + 10 * 100) / 1e6)


def test_more_cached_tokens_than_prompt_tokens_never_make_a_cost_negative() -> None:
    usage = Usage(requests=1, prompt_tokens=10, cached_tokens=999)
    assert Price(input=1.0, output=1.0, cached_input=0.5).cost(usage) == pytest.approx(10 * 0.5 / 1e6)


def test_every_listed_price_is_positive_and_caching_never_costs_more() -> None:
    assert AS_OF.year >= 2026
    for price in PRICES.values():
        assert 0 < price.cached_input <= price.input <= price.output


def test_a_model_outside_the_table_has_no_price() -> None:
    assert price_of("gpt-4.1-mini-with-a-twist") is None


def test_another_endpoint_does_not_inherit_the_listed_price() -> None:
    assert price_of("gpt-4.1", listed=False) is None
    assert price_of("mine", own_prices(MINE), listed=False) == Price(input=1.0, output=4.0, cached_input=1.0)


def test_own_prices_win_over_the_table() -> None:
    own = own_prices({"gpt-4.1": {"input": 1, "output": 2, "cached_input": 0}})
    assert price_of("gpt-4.1", own) == Price(input=1, output=2, cached_input=0)


def test_a_file_named_by_the_environment_holds_own_prices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "prices.json").write_text(json.dumps(MINE), encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "prices.json"))
    assert own_prices()["mine"].output == 4.0
    monkeypatch.delenv(VARIABLE)
    assert own_prices() == {}


def test_a_toml_file_serves_as_well(tmp_path: Path) -> None:
    (tmp_path / "prices.toml").write_text('["mine"]\ninput = 1.0\noutput = 4.0\n', encoding="utf-8")
    assert own_prices(tmp_path / "prices.toml") == own_prices(MINE)


@pytest.mark.parametrize(
    "table",
    [
        {"mine": {"input": 1.0}},
        {"mine": {"input": 1.0, "output": 2.0, "outptu": 3.0}},
        {"mine": {"input": "1", "output": 2.0}},
        {"mine": {"input": -1, "output": 2.0}},
        {"mine": {"input": math.nan, "output": 2.0}},
        {"mine": {"input": True, "output": 2.0}},
        {"mine": 3},
    ],
)
def test_a_price_of_another_form_is_refused_with_the_form_it_wants(table: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as refused:
        own_prices(table)
    assert "'mine'" in refused.value.message
    assert "per million tokens" in refused.value.hint


@pytest.mark.parametrize("content", [None, "[1]", "{"])
def test_a_file_without_prices_is_refused(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "prices.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError):
        own_prices(path)
