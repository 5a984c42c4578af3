"""Labelled articles as a Hugging Face Dataset, and any table of articles as cases of an exam.

    labelled.py     a suite's articles and gold as a Dataset, its columns read off the schema of a summary
    cases.py        rows of a table as cases: which column holds what, and what becomes of a broken row
    rows.py         the rows of a file, a folder or a dataset of the hub
    library.py      `datasets` itself: opened, kept quiet, and what it raises put into our words

`datasets` takes a second to import, so it is loaded by the functions that need it and by nothing else.
"""

from __future__ import annotations

from evals.dataset.cases import cases_from
from evals.dataset.labelled import features, to_dataset

__all__ = ["cases_from", "features", "to_dataset"]
