"""Who asks: one account a role, nobody, somebody whose role ended, somebody whose account is locked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient

from graphdb import accounts, sessions
from graphdb.actors import Actor
from graphdb.catalogue import Kind
from graphdb.connection import Graph
from graphdb.tokens import hash_token, new_token
from graphdb.writes import Change, change
from tests.access.world import World
from web.access import ROLES, SECRET, TABLE, Need

NOBODY = ("anonymous", "locked")
PRINCIPALS = (*ROLES, *NOBODY, "ended")


@dataclass(frozen=True)
class Principal:
    """Somebody with a session (or none): what they hold, and a browser."""

    name: str
    account: str
    roles: frozenset[str]
    organisations: frozenset[str]
    programmes: frozenset[str]
    person: str
    client: FlaskClient
    token: str

    @property
    def known(self) -> bool:
        """Whether the app knows who it is."""
        return self.name not in NOBODY


def principals(app: Flask, graph: Graph, world: World) -> dict[str, Principal]:
    """All who ask."""
    return {name: principal(app, graph, world, name) for name in PRINCIPALS}


def principal(app: Flask, graph: Graph, world: World, name: str) -> Principal:
    """One of them, with a new account and a new browser."""
    role = {"locked": "coordinator", "ended": "partner"}.get(name, name)
    organisation = world.organisations["own"] if role == "partner" else ""
    programme = world.programmes["own"] if role in {"leader", "mentor", "supervisor", "coordinator"} else ""
    person = world.people.get(name, "")
    client = app.test_client()
    account = ""
    if name != "anonymous":
        account = _account(graph, name, role, (organisation, programme), person)
        client.set_cookie("mrezha", start_session(graph, account))
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/account/sign-in").get_data(as_text=True))
    assert found
    held = name in ROLES
    return Principal(
        name, account, frozenset({role} if held else ()), frozenset({organisation} if held and organisation else ()),
        frozenset({programme} if held and programme else ()), person, client, found[1],
    )  # fmt: skip


def _account(graph: Graph, name: str, role: str, scope: tuple[str, str], person: str) -> str:
    today = datetime.now(UTC).date()

    def work(c: Change) -> str:
        account = accounts.make(c, f"{name}-{new_token('x').plain[:8]}", name, "no password", "en", person)
        given = accounts.grant(c, account, role, *scope)
        if name == "ended":
            accounts.end_grant(c, account, given, today - timedelta(days=1))
        if name == "locked":
            accounts.set_active(c, account, active=False)
        return account

    return change(graph, Actor("test", "command"), work)


def start_session(graph: Graph, account: str) -> str:
    """An open session; its cookie."""
    key, now = "k." + new_token("session").plain, datetime.now(UTC)
    values = {"hash": hash_token("session", key), "account": account, "data": "{}", "now": now, "agent": "test"}
    graph.transact(lambda tx: tx.fetch(sessions.START, **values))
    return key


def expected(who: Principal, need: Need, kind: Kind | None, record: str, world: World) -> str:
    """What the table of rights says: `ask` to sign in, `secret` (404), `denied` (403), `missing` (404) or `allowed`.

    `record` is "" where the route names none, and an id that nobody has where it is missing.
    """
    if need.noun == "public":
        return "allowed"
    if not who.known:
        return "ask"
    noun = kind.noun if kind and need.noun == "*" else need.noun
    row = TABLE.get((noun, need.action), {})
    relations = {row[role] for role in who.roles if role in row}
    refused = "secret" if noun in SECRET else "denied"
    if not relations:
        return refused
    if not record:
        return "allowed"
    if record not in world.links or kind is None:
        return "missing"
    if not stands(who, kind, record, relations, world):
        return refused
    archived = record in {world.records.get((kind.label, "archived"))}
    may_archive = any(role in TABLE.get((noun, "archive"), {}) for role in who.roles)
    return "missing" if archived and not may_archive else "allowed"


def stands(who: Principal, kind: Kind, record: str, relations: set[str], world: World) -> bool:
    """Whether one of the relations holds between somebody and a record, by how the record was made."""
    own = any(touches(who, kind, record, name, world) for name in kind.owners)
    party = any(touches(who, kind, record, name, world) for name in kind.parties)
    programme = record in who.programmes or bool(who.programmes & set(world.links[record].get("programme", ())))
    return "any" in relations or own or ("party" in relations and party) or ("programme" in relations and programme)


def touches(who: Principal, kind: Kind, record: str, name: str, world: World) -> bool:
    """Whether a link of the record (or the record itself) is somebody's own organisation, programme or person."""
    if name == "self":
        return record in who.organisations | who.programmes
    if name == "employer":
        return record == who.person or bool(who.organisations & world.employers(record))
    targets = set(world.links[record].get(name, ()))
    return bool(targets & (who.organisations | who.programmes | {who.person}))
