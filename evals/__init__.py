"""The exam: any engine's summaries scored against hand-labelled gold, and why each point was lost."""
