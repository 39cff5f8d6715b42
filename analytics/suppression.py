"""Small counts of people are not shown: who is one of three can be guessed."""

from __future__ import annotations

LEAST = 5


def shown(n: int, total: int | None = None, least: int = LEAST) -> int | None:
    """The count, or None where it, or the rest of a `total` shown beside it, lies between 1 and `least` - 1.

    Zero is shown: it is about nobody.
    """
    rest = 0 if total is None else total - n
    return None if 0 < n < least or 0 < rest < least else n
