"""What stands for the arguments of routes that name no record of the catalogue.

A new route whose arguments are not told here fails the matrix: say here what they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from flask import Flask

from graphdb import accounts, jobs
from graphdb.actors import Actor
from graphdb.connection import Graph
from graphdb.writes import Change, change
from tests.access.people import Principal
from tests.access.world import World
from web.access import Need, need_of
from web.jobs.routes import KINDS

Fill = Callable[[Graph, World, Principal], str]


# An id that nobody has, for what only its maker may see: who may call the route is told 404 (tests of the slice say more).
NOBODYS = "01JZZZZZZZZZZZZZZZZZZZZZZY"


def _job(graph: Graph, _: World, who: Principal) -> str:
    """A job of the one who asks."""
    kind = next(iter(KINDS))
    return change(graph, Actor(who.account or "nobody"), lambda c: jobs.enqueue(c, kind, {"on": "2026-05-04"}))


def fixed(value: str) -> Fill:
    """The same for everybody."""
    return lambda *_: value


def _account(graph: Graph, *_: object) -> str:
    """An account nobody of this world uses."""
    return _other(graph)[0]


def _grant(graph: Graph, *_: object) -> str:
    return _other(graph)[1]


def _other(graph: Graph) -> tuple[str, str]:
    """Account and role of somebody else, made when first asked for."""
    today = datetime.now(UTC).date()
    found = [one for one in graph.fetch(accounts.ACCOUNTS, today=today, limit=500) if one.login == "somebody-else"]
    if not found:
        change(graph, Actor("test"), _make_other)
        return _other(graph)
    return found[0].id, str(found[0].grants[0]["id"]) if found[0].grants else "ended"


def _make_other(c: Change) -> str:
    account = accounts.make(c, "somebody-else", "Somebody", "no password", "en")
    return accounts.grant(c, account, "manager")


def _cell(_: Graph, world: World, __: Principal) -> str:
    return ".".join((world.records["Place", "own"], world.records["ServiceType", "own"], "-"))


def _key(_: Graph, world: World, __: Principal) -> str:
    """The key of the own gap."""
    return next(word for word, place in world.canaries.items() if place == ("Gap", "own", "key"))


# (endpoint or "", argument) -> its value; the endpoint's own comes first.
FILL: dict[tuple[str, str], Fill] = {
    ("ui.static", "name"): fixed("theme.css"),
    ("ui.packaged_static", "name"): fixed("bootstrap.min.css"),
    ("ui.language", "code"): fixed("en"),
    ("", "job"): _job,
    ("", "account"): _account,
    ("", "given"): _grant,
    ("", "at"): _cell,
    ("gaps.found", "key"): _key,
    ("imports.of_job", "job"): fixed(NOBODYS),
    ("meetings.packed", "job"): fixed(NOBODYS),
    ("imports.template", "kind"): fixed("xlsx"),
    ("", "upload"): fixed(NOBODYS),
    ("", "import_"): fixed(NOBODYS),
    ("", "pack"): fixed(NOBODYS),
    ("meetings.minutes_file", "form"): fixed("docx"),
    ("meetings.topic_of", "item"): fixed(NOBODYS),
    ("consultations.table", "form"): fixed("csv"),
    ("", "merged"): fixed(NOBODYS),
    ("", "device"): fixed(NOBODYS),
    ("", "keep"): lambda _, world, __: world.organisations["own"],
    ("", "drop"): lambda _, world, __: world.organisations["other"],
    ("referrals.noted", "kind"): fixed("correct"),
    ("conferences.end_step", "step"): lambda _, world, __: world.records["CaseStep", "own"],
    ("", "step"): lambda _, world, __: world.records["CommunityStep", "own"],
    ("supervision.take_back", "session"): lambda _, world, __: world.records["Supervision", "own"],
    ("mentoring.take_back", "contact"): lambda _, world, __: world.records["Contact", "own"],
}


# Views that look the record up themselves, to spare a statement: argument and kind.
LOOKED_UP = {"partners.show": ("record", "Organisation")}


def need_for(app: Flask, endpoint: str) -> Need:
    """What a route needs, with the record it looks up itself."""
    need = need_of(app.view_functions[endpoint])
    assert need, endpoint
    if endpoint in LOOKED_UP:
        argument, label = LOOKED_UP[endpoint]
        return replace(need, record=argument, label=label)
    return need


def filling(endpoint: str, argument: str) -> Fill:
    """What stands for an argument. Raises LookupError with what to do."""
    found = FILL.get((endpoint, argument)) or FILL.get(("", argument))
    if found is None:
        message = f"tests/access/filling.py does not say what <{argument}> of {endpoint} is: add it to FILL"
        raise LookupError(message)
    return found
