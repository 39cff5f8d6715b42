"""What forms and addresses carry as text: a day, a number. Whatever else is written there is none, never an error."""

from __future__ import annotations

from datetime import date


def day_in(text: str) -> date | None:
    """A day written as 2026-03-31, from 1900 to 2200: sums with it stay days."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None


def number_in(given: object) -> int:
    """A version or a place in a list; 0, which no record has, where there is none.

    A hidden field that a form did not carry keeps the number the program gave it, so numbers are taken as well.
    """
    text = "" if given is None else str(given)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
