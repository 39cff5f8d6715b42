"""What stands for the arguments of routes that name no record of the catalogue.

A new route whose arguments are not told here fails the matrix: say here what they are.
"""

from __future__ import annotations

from collections.abc import Callable

from graphdb import jobs
from graphdb.actors import Actor
from graphdb.connection import Graph
from graphdb.writes import change
from tests.access.people import Principal
from tests.access.world import World
from web.jobs.routes import KINDS

Fill = Callable[[Graph, World, Principal], str]


def _job(graph: Graph, _: World, who: Principal) -> str:
    """A job of the one who asks."""
    kind = next(iter(KINDS))
    return change(graph, Actor(who.account or "nobody"), lambda c: jobs.enqueue(c, kind, {}))


def fixed(value: str) -> Fill:
    """The same for everybody."""
    return lambda *_: value


# (endpoint or "", argument) -> its value; the endpoint's own comes first.
FILL: dict[tuple[str, str], Fill] = {
    ("ui.static", "name"): fixed("theme.css"),
    ("ui.packaged_static", "name"): fixed("bootstrap.min.css"),
    ("ui.language", "code"): fixed("en"),
    ("", "job"): _job,
    ("mentoring.take_back", "contact"): lambda _, world, __: world.records["Contact", "own"],
}


def filling(endpoint: str, argument: str) -> Fill:
    """What stands for an argument. Raises LookupError with what to do."""
    found = FILL.get((endpoint, argument)) or FILL.get(("", argument))
    if found is None:
        message = f"tests/access/filling.py does not say what <{argument}> of {endpoint} is: add it to FILL"
        raise LookupError(message)
    return found
