"""Every limit of definitions.md 2.4 to 2.7 by name, with its default there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Limits in days or counts. A window of W days at t is (t-W, t]; "within A days" keeps the day t-A."""

    fresh_days: int = 180
    """A: how long a confirmation or an assessment is believed."""
    project_ends_days: int = 90
    """G4: a project that ends this soon makes the service fragile."""
    window_days: int = 180
    """W: where collaboration looks for evidence."""
    informal_referrals: int = 10
    """C3: as many referrals one way without an agreement."""
    shared_referrals: int = 5
    """C6: as many referrals between two make them partners who should meet."""
    last_meetings: int = 3
    """C6: N, the last meetings held of each series."""
    quiet_days: int = 60
    """A mentoring pair without contact for as long is quiet."""
    lapse_days: int = 60
    """Planning: an agreement that ends this soon is on the agenda."""
    age_days: tuple[int, int] = (90, 365)
    """Priority: one point for a gap at least as old as the first, two points from the second."""


DEFAULTS = Thresholds()
