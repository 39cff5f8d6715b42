"""Reason codes of the analytics put into the reader's words: the one home of these sentences.

`because` takes a reason as the analytics return it, or the stored form of contracts.md (`{"code": ..., fact: ...}`).
Names of organisations and places come from a mapping; what it does not hold is shown as "somebody" or left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from web.words import of_bridges, of_collaboration, of_coverage, of_matching, of_planning, of_receivers
from web.words.facts import Called, Facts, Names, Said, day_of, listed

WORDS = (
    of_coverage.WORDS | of_collaboration.WORDS | of_planning.WORDS | of_receivers.WORDS | of_matching.WORDS | of_bridges.WORDS
)  # fmt: skip


def because(reason: Said, names: Names) -> str:
    """One reason as a sentence without its full stop. An unknown code is shown as it is: better than silence."""
    facts = Facts.of(reason, names)
    worded = WORDS.get(facts.code)
    return worded(facts) if worded else facts.code


def reasons(those: Iterable[Said], names: Names) -> list[str]:
    """Several, without repeats and without empty ones."""
    return [text for text in dict.fromkeys(because(reason, names) for reason in those) if text]


__all__ = ["WORDS", "Called", "Facts", "Names", "Said", "because", "day_of", "listed", "reasons"]
