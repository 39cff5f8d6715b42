"""Erasing a person: what would go, the question, the deed."""
