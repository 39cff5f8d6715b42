"""What every test may ask for."""

import os
from collections.abc import Iterator

import pytest

from graphdb.server import Address, attach
from graphdb.settings import Settings


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A real Neo4j: a private one in a folder of its own.

    MREZHA_TEST_HOME names a home instead, whose server may be kept alive between runs (`python -m graphdb.server`).
    """
    home = os.environ.get("MREZHA_TEST_HOME") or str(tmp_path_factory.mktemp("home"))
    settings = Settings.from_env({**os.environ, "MREZHA_HOME": home, "NEO4J_URI": ""})
    with attach(settings, print) as address:
        yield address
