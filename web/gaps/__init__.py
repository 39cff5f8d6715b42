"""Gaps: who is missing where, who does not work together, and what people decided about it."""
