"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphdb.connection import Graph
from graphdb.schema import migrate
from graphdb.server import Address, attach
from graphdb.settings import Settings
from graphdb.vault import Vault


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A real Neo4j: a private one in a folder of its own.

    MREZHA_TEST_HOME names a home instead, whose server may be kept alive between runs (`python -m graphdb.server`).
    """
    home = os.environ.get("MREZHA_TEST_HOME") or str(tmp_path_factory.mktemp("home"))
    settings = Settings.from_env({**os.environ, "MREZHA_HOME": home, "NEO4J_URI": ""})
    with attach(settings, print) as address:
        yield address


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
