"""A home opened: its database attached, its vault at hand, its schema up to date."""

from __future__ import annotations

import atexit
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from graphdb.connection import Connected, Graph, driver_for
from graphdb.engine import EngineError
from graphdb.errors import DatabaseAwayError
from graphdb.schema import migrate
from graphdb.server import attach
from graphdb.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Generator

    from graphdb.server import Say
    from graphdb.settings import Settings


@contextmanager
def opened(settings: Settings, say: Say) -> Generator[Graph]:
    """The graph of a home for as long as the block runs, migrated. Raises EngineError, NewerDataError."""
    with attach(settings, say) as address:
        graph = Graph.open(address.uri, address.user, address.password, address.database, Vault.at(settings.home))
        try:
            migrate(graph)
            yield graph
        finally:
            graph.close()


def lazily(settings: Settings, say: Say) -> Graph:
    """A graph that attaches to its home's database at the first statement and stays attached while the process lives."""

    def connect() -> Connected:
        stack = ExitStack()
        try:
            address = stack.enter_context(attach(settings, say))
        except EngineError as error:
            raise DatabaseAwayError(str(error)) from error
        atexit.register(stack.close)
        return Connected(driver_for(address.uri, address.user, address.password), address.database)

    return Graph(connect, Vault.at(settings.home))
