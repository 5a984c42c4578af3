"""The exam: any engine's summaries scored against hand-labelled gold, and why each point was lost.

>>> from evals import to_dataset          # seeds and gold as a Hugging Face Dataset
>>> to_dataset().num_rows
5
"""

from typing import Any


def __getattr__(name: str) -> Any:
    if name == "to_dataset":  # loaded when it is first asked for: the library behind it takes a second
        from evals.dataset import to_dataset

        return to_dataset
    raise AttributeError(f"module 'evals' has no attribute {name!r}")
