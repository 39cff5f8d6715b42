"""Jobs of every day: each is queued once a day, however many workers run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphdb.actors import Actor
from graphdb.jobs import enqueue
from graphdb.writes import Once, change

if TYPE_CHECKING:
    from datetime import date

    from graphdb.connection import Graph

DAILY = ("agreements",)
BY = Actor("daily", "job")


def queue(graph: Graph, day: date) -> None:
    """Queue the jobs of a day, unless somebody did."""
    for kind in DAILY:
        asked = {"day": day.isoformat()}
        once = Once.bound(BY, f"daily.{kind}", day.isoformat(), asked)
        change(graph, BY, lambda c, kind=kind, asked=asked: enqueue(c, kind, asked), once=once)
