"""Scoring one summary against one gold: alignment, typed judgements, counts, figures, and the reason for each point."""
