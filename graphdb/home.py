"""A home opened: its database attached, its vault at hand, its schema up to date."""

from __future__ import annotations

import atexit
import threading
import time
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

PATIENCE = 1.2  # seconds a page waits for a database that is being started
AGAIN_AFTER = 5.0  # seconds after a start that failed


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
    """A graph that attaches to its home's database at the first statement and stays attached while the process lives.

    A start can take a minute, a page may not: it goes on behind, and statements meanwhile raise DatabaseAwayError soon.
    """
    return Graph(Attaching(settings, say), Vault.at(settings.home))


class Attaching:
    """Attaches in a thread of its own, again after a failure; a call waits for it a moment only."""

    def __init__(self, settings: Settings, say: Say) -> None:
        self._settings, self._say = settings, say
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._over.set()
        self._begun = float("-inf")
        self._connected: Connected | None = None
        self._error = ""

    def __call__(self) -> Connected:
        """The connection, or DatabaseAwayError where there is none within PATIENCE of the start."""
        with self._lock:
            stale = self._over.is_set() and time.monotonic() > self._begun + AGAIN_AFTER
            if self._connected is None and stale:
                self._over.clear()
                self._begun = time.monotonic()
                threading.Thread(target=self._attach, name="attach", daemon=True).start()
        self._over.wait(max(0.0, self._begun + PATIENCE - time.monotonic()))
        if self._connected is None:
            raise DatabaseAwayError(self._error or "the database is being started")
        return self._connected

    def _attach(self) -> None:
        stack = ExitStack()
        try:
            address = stack.enter_context(attach(self._settings, self._say))
            driver = driver_for(address.uri, address.user, address.password)
        except (EngineError, OSError) as error:
            self._error = str(error)
        else:
            atexit.register(stack.close)
            self._connected = Connected(driver, address.database)
        finally:
            self._over.set()
