"""What the page of supervision and its command both say: whose session is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.supervision import days_late

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graphdb.supervision import Supervised


def lateness(mentors: Iterable[Supervised], on: date) -> dict[str, int | None]:
    """Days by which the next session of each mentor is late, by person; None where it is not."""
    return {one.id: days_late(one.last, one.active, on, one.since) for one in mentors}
