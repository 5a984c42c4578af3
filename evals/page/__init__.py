"""Pages of an exam, and of two exams held against each other: verdict and figures first, then article by article."""

from evals.page.comparison import comparison
from evals.page.document import page

__all__ = ["comparison", "page"]
