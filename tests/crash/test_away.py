"""With the database away the app starts, says so within two seconds and recovers by itself."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from graphdb.connection import Graph
from graphdb.errors import DatabaseAwayError
from graphdb.home import lazily
from graphdb.schema import SCHEMA_VERSION
from graphdb.server import Address
from graphdb.settings import Settings
from tests.conftest import Someone, someone
from tests.crash.forwarder import Forwarder
from web import create_app

pytestmark = pytest.mark.alone

SOON = 2.5  # two seconds, and what a busy machine adds


@pytest.fixture
def line(server: Address) -> Iterator[Forwarder]:
    forwarder = Forwarder(int(server.uri.rpartition(":")[2]))
    yield forwarder
    forwarder.close()


@pytest.fixture
def far(line: Forwarder, server: Address, tmp_path: Path) -> Iterator[Flask]:
    """The app with a database of its own address that nobody answers at."""
    env = {
        "MREZHA_HOME": str(tmp_path),
        "NEO4J_URI": f"bolt://127.0.0.1:{line.port}",
        "NEO4J_PASSWORD": server.password,
    }
    made = create_app(Settings.from_env(env))
    yield made
    made.extensions["graph"].close()


def test_away_at_start(far: Flask) -> None:
    client = far.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/account/sign-in").status_code == 200


@pytest.mark.parametrize("path", ["/", "/records/organisations", "/readyz", "/static/theme.css", "/nothing-here"])
def test_a_signed_in_reader_is_told_soon(path: str, far: Flask) -> None:
    client = far.test_client()
    client.set_cookie("mrezha", "k.somebody")
    start = time.monotonic()
    answer = client.get(path, buffered=True)
    seconds = time.monotonic() - start
    assert answer.status_code == (200 if path.startswith("/static") else 503)
    if path in {"/", "/nothing-here"}:
        assert "database is away" in answer.get_data(as_text=True)
        assert answer.headers["Retry-After"] == "5"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert seconds < SOON


def test_a_form_is_told_soon(far: Flask) -> None:
    client = far.test_client()
    client.set_cookie("mrezha", "k.somebody")
    start = time.monotonic()
    assert client.post("/records/organisations/new", data={"name": "x"}).status_code == 503
    seconds = time.monotonic() - start
    assert seconds < SOON


def test_it_recovers_by_itself(far: Flask, line: Forwarder, app: Flask, graph: Graph) -> None:
    known = someone(app, graph, "coordinator")
    reader = Someone(far, known.account, known.key)
    assert reader.get("/").status_code == 503
    line.open()
    assert reached(reader, 200) < 15
    line.close()
    assert reached(reader, 503) < 5
    line.open()
    assert reached(reader, 200) < 15


def reached(reader: Someone, status: int) -> float:
    """Seconds until the first page answers so."""
    start = time.monotonic()
    while reader.get("/").status_code != status:
        assert time.monotonic() < start + 20
        time.sleep(0.2)
    return time.monotonic() - start


@pytest.mark.slow
def test_a_private_server_that_is_slow_to_start(tmp_path: Path) -> None:
    graph = lazily(Settings.from_env({**os.environ, "MREZHA_HOME": str(tmp_path), "NEO4J_URI": ""}), lambda _: None)
    start, away = time.monotonic(), 0
    with pytest.raises(DatabaseAwayError):
        graph.one(SCHEMA_VERSION)
    assert time.monotonic() - start < SOON
    while time.monotonic() < start + 120:
        try:
            assert graph.one(SCHEMA_VERSION) is None
            break
        except DatabaseAwayError:
            away += 1
            time.sleep(0.2)
    assert away, "it took a while"
    graph.close()
