"""What a model's tokens cost, as far as it is known.

Prices change, and nothing here follows them: the built-in table says what was listed on `AS_OF` for OpenAI's own
endpoint, standard tier, in US dollars per million tokens. Each row stood alike in at least two independent public
listings of OpenAI's price page made in the half year up to that day. A figure computed from it is an estimate, to be
checked against the bill. A model that is not in the table costs None, never a guess.

Your own prices win over the table, name by name: a mapping, or a JSON or TOML file that `SUMMARIZER_PRICES` points to:

    {"my-model": {"input": 0.5, "cached_input": 0.05, "output": 2.0}}

`cached_input`, what the endpoint charges for input it remembers, may be left out and is then the same as `input`.
"""

from __future__ import annotations

import json
import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from summarizer.errors import Usage, UsageError

AS_OF = date(2026, 6, 1)
VARIABLE = "SUMMARIZER_PRICES"
_PER = 1_000_000
_FIELDS = frozenset({"input", "cached_input", "output"})


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    input: float
    output: float
    cached_input: float

    def cost(self, usage: Usage) -> float:
        """What `usage` costs; cached tokens are part of the prompt's and are charged at their own price.

        >>> usage = Usage(requests=1, prompt_tokens=3_000_000, cached_tokens=1_000_000, completion_tokens=500_000)
        >>> Price(input=2.0, output=8.0, cached_input=0.5).cost(usage)
        8.5
        """
        cached = min(usage.cached_tokens, usage.prompt_tokens)
        fresh = usage.prompt_tokens - cached
        return (fresh * self.input + cached * self.cached_input + usage.completion_tokens * self.output) / _PER


PRICES: Mapping[str, Price] = {
    "gpt-4.1": Price(input=2.00, output=8.00, cached_input=0.50),
    "gpt-4.1-mini": Price(input=0.40, output=1.60, cached_input=0.10),
    "gpt-4o": Price(input=2.50, output=10.00, cached_input=1.25),
    "gpt-4o-mini": Price(input=0.15, output=0.60, cached_input=0.075),
    "gpt-5-mini": Price(input=0.25, output=2.00, cached_input=0.025),
    "gpt-5.2": Price(input=1.75, output=14.00, cached_input=0.175),
    "gpt-5.4": Price(input=2.50, output=15.00, cached_input=0.25),
    "gpt-5.4-mini": Price(input=0.75, output=4.50, cached_input=0.075),
}


def price_of(model: str, own: Mapping[str, Price] | None = None, *, listed: bool = True) -> Price | None:
    """The price of a model by its exact name: the caller's own first, then, if `listed`, the built-in table's.

    `listed=False` is for endpoints other than OpenAI's, where a name says nothing about the price.

    >>> price_of("gpt-4.1-mini").output, price_of("a-model-of-mine")
    (1.6, None)
    """
    if own and model in own:
        return own[model]
    return PRICES.get(model) if listed else None


def own_prices(given: Mapping[str, Any] | str | Path | None = None) -> Mapping[str, Price]:
    """The caller's own prices: a mapping, a JSON or TOML file, or by default the file `SUMMARIZER_PRICES` names.

    Raises UsageError if there is no such file or it holds something else than prices.
    """
    if given is None:
        given = os.environ.get(VARIABLE) or None
    if given is None:
        return {}
    table = _read(Path(given)) if isinstance(given, str | Path) else given
    return {model: _price(model, entry) for model, entry in table.items()}


def _read(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except (OSError, ValueError) as error:  # both parsers' errors, and a wrong encoding, are ValueErrors
        raise UsageError(f"the prices in {path} cannot be read: {type(error).__name__}", _form()) from None
    if not isinstance(table, dict):
        raise UsageError(f"{path} holds no table of prices", _form())
    return table


def _price(model: str, entry: Any) -> Price:
    if isinstance(entry, Price):
        return entry
    if not isinstance(entry, Mapping) or set(entry) - _FIELDS or not {"input", "output"} <= set(entry):
        raise UsageError(f"the price of {model!r} is not of the form wanted", _form())
    amounts = {"cached_input": entry["input"], **entry}
    for amount in amounts.values():
        sound = isinstance(amount, int | float) and not isinstance(amount, bool) and math.isfinite(amount)
        if not sound or amount < 0:
            raise UsageError(f"the price of {model!r} is no amount of money", _form())
    return Price(**amounts)


def _form() -> str:
    return 'dollars per million tokens: {"my-model": {"input": 0.5, "cached_input": 0.05, "output": 2.0}}'
