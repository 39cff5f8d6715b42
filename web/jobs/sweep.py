"""The regular job that deletes sessions, keys, links and phones of which the time is over."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from graphdb.sweeping import sweep

if TYPE_CHECKING:
    from graphdb.jobs import Running


def job(running: Running) -> dict[str, Any]:
    """Sweep; the result says how many of each were deleted."""
    deleted: Counter[str] = Counter()
    for name, n in sweep(running.graph, datetime.now(UTC)):
        deleted[name] += n
        running.progress(deleted.total(), deleted.total())
    return dict(deleted)
