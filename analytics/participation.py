"""A place in a programme: from which state it may go where, and whom it makes a member."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

STEPS: Mapping[str, tuple[str, ...]] = {
    "applied": ("accepted", "refused"),
    "accepted": ("in_training", "active", "left"),
    "in_training": ("active", "left"),
    "active": ("paused", "completed", "left"),
    "paused": ("active", "completed", "left"),
    "refused": ("applied",),
    "completed": ("active",),
    "left": ("active",),
}
"""Where a place may go from each state; who comes back is active again, with the same place."""
MEMBER = frozenset({"accepted", "in_training", "active", "paused"})
"""States in which the person belongs to the programme."""
MATCHED = frozenset({"accepted", "in_training", "active"})
"""States in which a leader gets a mentor and a mentor takes a leader."""
COUNTS = MEMBER | {"completed"}
"""States that count towards the programme's target."""
WITH_REASON = frozenset({"refused", "left"})
"""States that say why."""


def leads(state: str, to: str) -> bool:
    """Whether a place may go from one state to the other."""
    return to in STEPS.get(state, ())
