"""A report in the forms that teams already use: an inspect_ai log, promptfoo's results, a pydantic_evals dataset.

Each is a JSON document whose ids, scores and reasons are the report's own. None of these packages is needed to write
them. Equal reports give equal bytes: no clock is read.
"""

from evals.interchange.files import FORMS, write_interchange
from evals.interchange.inspect_ai import inspect_log
from evals.interchange.promptfoo import promptfoo_results
from evals.interchange.pydantic_evals import pydantic_evals_dataset

__all__ = ["FORMS", "inspect_log", "promptfoo_results", "pydantic_evals_dataset", "write_interchange"]
