"""The demonstration: a region that does not exist, with its partners, ties and gaps, told up to today."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from graphdb import bulk, jobs
from graphdb.actors import Actor
from graphdb.errors import GraphError
from seed.demo import accounts
from seed.demo.load import DAY, load
from seed.demo.story import tell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from graphdb.connection import Graph
    from graphdb.writes import Change

ACTOR = Actor("demonstration", "command")
OLD_DAYS = 30


class NotEmptyError(GraphError):
    """The graph holds something that the demonstration did not put there."""


def ensure(graph: Graph, home: Path) -> Iterable[str]:
    """See that the graph holds the demonstration; lines that say how to sign in.

    An empty graph is given the story as of today. One that was loaded earlier is kept as it is, with all that visitors
    have typed; its day is said. Raises NotEmptyError where the graph holds anything else: nothing is written then.
    """
    today = datetime.now(UTC).astimezone().date()
    loaded = loaded_on(graph)
    keys = accounts.Keys(home)
    if loaded is None:
        demand_empty(graph)
        passwords = keys.drawn()
        fill(graph, today, keys.hashed(passwords))
        yield f"The demonstration is loaded, as of {today.isoformat()}. Everybody and everything in it is invented."
    else:
        passwords = keys.known()
        yield from _age(loaded, today, home)
    if all(visitor.login in passwords for visitor in accounts.VISITORS):
        yield "Sign in as one of:"
        yield from accounts.table(passwords)
    else:
        yield f"{home / accounts.FILE} is gone, and the passwords with it."
        yield "A link for a new one: flask invite --login coordinator"


def fill(graph: Graph, day: date, hashes: dict[str, str]) -> None:
    """Load the story as of `day` into an empty graph, and ask the worker to look for gaps. Raises NotEmptyError."""
    demand_empty(graph)

    def also(open_change: Change) -> None:
        accounts.make(open_change, hashes)
        jobs.enqueue(open_change, "detect", {"on": day.isoformat()})

    load(graph, tell(day), ACTOR, also)


def demand_empty(graph: Graph) -> None:
    """Raise NotEmptyError where the graph holds any record or account."""
    used = graph.one(bulk.USED)
    if used and used.n:
        message = (
            f"This home holds {used.n} records or accounts that are not of the demonstration. Nothing was changed. "
            "Give the demonstration a home of its own: set MREZHA_HOME to another folder."
        )
        raise NotEmptyError(message)


def loaded_on(graph: Graph) -> date | None:
    """The day of the story in this graph, None where there is none."""
    mark = graph.one(bulk.MARK, key=DAY)
    return date.fromisoformat(mark.value) if mark else None


def _age(loaded: date, today: date, home: Path) -> Iterable[str]:
    days = (today - loaded).days
    yield f"This is the demonstration of {loaded.isoformat()}, with all that was typed into it since."
    if days > OLD_DAYS:
        yield (
            f"Its story ends {days} days ago, so more and more of it looks old. For a fresh one stop Mrezha, "
            f"move the folder {home} away and start again."
        )
