"""Keeps the stored ties true by itself: written anew when they are no longer what a rebuild would write."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from graphdb import ties

if TYPE_CHECKING:
    from graphdb.jobs import Running


def job(running: Running) -> dict[str, Any]:
    """Look once; `written` is None where nothing had changed."""
    today = datetime.now(UTC).date()
    if ties.is_current(running.graph, today):
        return {"written": None}
    return {"written": ties.rebuild(running.graph, today)}
