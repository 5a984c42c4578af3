"""`python -m evals`: parse, call, print. It decides nothing; a command a function, by what it is about a file.

Exit codes: 0 done; 1 some article failed, gold is not sound, the selfcheck found a fault, the gate says worse; 2 usage;
3 nothing could be done, or nothing could be compared; 4 the gate cannot tell, under --strict.
"""

from evals.cli import changes, exam, labels, recorded, scorer
from evals.cli.frame import main

__all__ = ["changes", "exam", "labels", "main", "recorded", "scorer"]
