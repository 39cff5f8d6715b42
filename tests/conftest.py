"""What every test may ask for."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import settings as hypothesis_settings
from werkzeug.test import TestResponse

from graphdb import accounts, sessions
from graphdb.actors import Actor
from graphdb.backup import IN_USE
from graphdb.connection import Graph
from graphdb.schema import migrate
from graphdb.server import Address, attach
from graphdb.settings import Settings
from graphdb.tokens import hash_token, new_token
from graphdb.vault import Vault
from graphdb.writes import Change, change
from web import create_app

# A property holds or it does not; how fast is for `make bench`. A busy machine must not fail a test.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A real Neo4j: a private one in a folder of its own.

    MREZHA_TEST_HOME names a home instead, whose server may be kept alive between runs (`python -m graphdb.server`).
    Tests side by side wipe what they share: each process has a server of its own.
    """
    home = os.environ.get("MREZHA_TEST_HOME")
    if not home or "PYTEST_XDIST_WORKER" in os.environ:
        home = str(tmp_path_factory.mktemp("home"))
    # as a server that runs for long: warm statements take half the time
    settings = Settings.from_env({"MREZHA_HEAP": "1g", **os.environ, "MREZHA_HOME": home, "NEO4J_URI": ""})
    with attach(settings, print) as address:
        demand_test_home(Path(home), address)
        yield address


def demand_test_home(home: Path, address: Address) -> None:
    """Tests wipe their database: stop at a home that holds a network and was not made by tests."""
    mark = home / ".test-home"
    if not mark.exists():
        graph = Graph.open(address.uri, address.user, address.password, address.database)
        row = graph.one(IN_USE, labels=["Account", "Record"])
        graph.close()
        if row and row.n:
            pytest.exit(
                f"{home} holds a network, and tests would wipe it. Set MREZHA_TEST_HOME to another folder, or make a file .test-home in it.",
                1,
            )
        mark.touch()


@pytest.fixture(scope="session")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    """A vault with keys of its own."""
    return Vault.at(Path(tmp_path_factory.mktemp("vault")))


@pytest.fixture(scope="session")
def migrated(server: Address, vault: Vault) -> Iterator[Graph]:
    """The database with its constraints; whatever an earlier run left is wiped."""
    graph = Graph.open(server.uri, server.user, server.password, server.database, vault)
    wipe(graph)
    migrate(graph)
    yield graph
    graph.close()


@pytest.fixture
def graph(migrated: Graph) -> Iterator[Graph]:
    """An empty database."""
    yield migrated
    wipe(migrated)


def wipe(graph: Graph) -> None:
    """Take every node away, but for the schema's version."""
    graph.define("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")


@pytest.fixture
def app(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The app over the empty database; an unexpected error is printed whole, for the developer."""
    monkeypatch.setattr("web.log.failure", traceback.print_exception)
    settings = Settings.from_env({"MREZHA_HOME": str(tmp_path)})
    made = create_app(settings, graph)
    made.config["TESTING"] = False
    return made


@pytest.fixture
def command(app: Flask, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Callable[..., Result]]:
    """A group of commands over the empty database: `command("gaps")("list", "--format", "json")`; with the files it is in."""

    @contextmanager
    def database() -> Iterator[Graph]:
        yield graph

    def of(group: str, *files: str) -> Callable[..., Result]:
        for name in files or (group,):
            monkeypatch.setattr(f"web.commands.{name}.database", database)
        return lambda *words: app.test_cli_runner().invoke(args=[group, *words])

    return of


class Someone:
    """A person with a session: a test client, and the token its forms need."""

    def __init__(self, app: Flask, account: str, key: str) -> None:
        self.client, self.account, self.key = app.test_client(), account, key
        self.client.set_cookie("mrezha", key)

    def get(self, url: str, **kwargs: Any) -> TestResponse:
        """A page."""
        return self.client.get(url, **kwargs)

    def post(self, url: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """A form, sent with its token."""
        page = self.client.get("/account/").get_data(as_text=True)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token, "every page carries the token of its forms"
        return self.client.post(url, data={"csrf_token": token[1], **(data or {})}, **kwargs)


SignIn = Callable[..., Someone]


@pytest.fixture
def sign_in(app: Flask, graph: Graph) -> SignIn:
    """Make an account with a role and sign it in: `sign_in("partner", organisation=id)`."""
    return lambda role, **scope: someone(app, graph, role, **scope)


def someone(
    app: Flask, graph: Graph, role: str, *, organisation: str = "", programme: str = "", person: str = ""
) -> Someone:
    """An account with one role and an open session."""
    actor = Actor("test", "command")
    login = f"{role}-{new_token('x').plain[:8]}"

    def work(c: Change) -> str:
        account = accounts.make(c, login, role.title(), "no password", "en", person)
        accounts.grant(c, account, role, organisation, programme)
        return account

    account = change(graph, actor, work)
    key = "k." + new_token("session").plain
    now = datetime.now(UTC)
    graph.transact(
        lambda tx: tx.fetch(
            sessions.START, hash=hash_token("session", key), account=account, data="{}", now=now, agent="test"
        )
    )
    return Someone(app, account, key)
