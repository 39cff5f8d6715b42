"""The one door to Neo4j: runs declared statements, counts them, gives every one a time limit."""

from __future__ import annotations

import threading
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import neo4j
from neo4j import GraphDatabase, Query, unit_of_work

from graphdb.errors import translated
from graphdb.statements import Read, Statement
from graphdb.values import native

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graphdb.vault import Vault

R = TypeVar("R")
T = TypeVar("T")

PAGE_SECONDS = 20.0
LONG_SECONDS = 600.0


@dataclass(slots=True)
class Meter:
    """How many statements ran and how many records came back since it was set."""

    statements: int = 0
    records: int = 0


METER: ContextVar[Meter | None] = ContextVar("meter", default=None)


def _rows(statement: Statement[R], result: neo4j.Result) -> Iterator[R]:
    columns = statement.columns()
    for record in result:
        if meter := METER.get():
            meter.records += 1
        yield statement.row(**{name: native(record[name]) for name in columns})


class Tx:
    """An open transaction; what the functions of this room are written against."""

    def __init__(self, raw: neo4j.ManagedTransaction) -> None:
        self._raw = raw

    def fetch(self, statement: Statement[R], **params: Any) -> list[R]:
        """All rows of a statement."""
        if meter := METER.get():
            meter.statements += 1
        return list(_rows(statement, self._raw.run(statement.text, params)))

    def one(self, statement: Statement[R], **params: Any) -> R | None:
        """The first row of a statement, or None."""
        rows = self.fetch(statement, **params)
        return rows[0] if rows else None


@dataclass(frozen=True, slots=True)
class Connected:
    """A driver and the database it speaks to."""

    driver: neo4j.Driver
    database: str | None


def driver_for(uri: str, user: str, password: str) -> neo4j.Driver:
    """A driver that gives up in two seconds, so that a page can say so."""
    return GraphDatabase.driver(
        uri,
        auth=(user, password),
        connection_timeout=1.5,
        connection_acquisition_timeout=2.0,
        max_transaction_retry_time=0.5,
        max_connection_pool_size=20,
        notifications_min_severity="OFF",
        user_agent="mrezha",
    )


class Graph:
    """A database and the vault that seals its protected fields. Threads may share it."""

    def __init__(self, connect: Callable[[], Connected], vault: Vault | None = None) -> None:
        self._connect = connect
        self._vault = vault
        self._connected: Connected | None = None
        self._first = threading.Lock()

    @classmethod
    def open(cls, uri: str, user: str, password: str, database: str | None = None, vault: Vault | None = None) -> Graph:
        """A graph at an address. An absent server is noticed by the first statement, within two seconds."""
        return cls(lambda: Connected(driver_for(uri, user, password), database), vault)

    @property
    def vault(self) -> Vault:
        """The vault; a graph opened without one holds no protected field."""
        if self._vault is None:
            message = "this graph was opened without a vault"
            raise RuntimeError(message)
        return self._vault

    def close(self) -> None:
        """Give the connections back."""
        if self._connected is not None:
            self._connected.driver.close()

    def fetch(self, statement: Read[R], **params: Any) -> list[R]:
        """All rows of a reading statement, in a transaction of its own."""
        return self.read(lambda tx: tx.fetch(statement, **params))

    def one(self, statement: Read[R], **params: Any) -> R | None:
        """The first row of a reading statement, or None."""
        rows = self.fetch(statement, **params)
        return rows[0] if rows else None

    def read(self, work: Callable[[Tx], T], seconds: float = PAGE_SECONDS) -> T:
        """Run several reading statements in one transaction."""
        with translated(), self._session() as session:
            return session.execute_read(unit_of_work(timeout=seconds)(lambda raw: work(Tx(raw))))

    def transact(self, work: Callable[[Tx], T], seconds: float = PAGE_SECONDS) -> T:
        """Run a unit of work that may write. It may run more than once: no mail, no file inside.

        Product changes go through `graphdb.writes.change`, which adds audit and idempotency.
        """
        with translated(), self._session() as session:
            return session.execute_write(unit_of_work(timeout=seconds)(lambda raw: work(Tx(raw))))

    def explain(self, text: str, params: dict[str, Any]) -> neo4j.ResultSummary:
        """The plan of a statement, without running it (for the every-statement test)."""
        at = self._at()
        with at.driver.session(database=at.database, notifications_min_severity="INFORMATION") as session:
            result = session.run(Query("EXPLAIN " + text), params)  # type: ignore[arg-type]
            keys = result.keys()
            summary = result.consume()
            summary.metadata["columns"] = keys
            return summary

    def define(self, text: str, **params: Any) -> list[dict[str, Any]]:
        """Run one schema statement that `schema.py` built from the catalogue."""
        with translated(), self._session() as session:
            return [dict(record) for record in session.run(Query(text), params)]  # type: ignore[arg-type]

    def _session(self) -> neo4j.Session:
        at = self._at()
        return at.driver.session(database=at.database)

    def _at(self) -> Connected:
        if self._connected is None:
            with self._first:
                self._connected = self._connected or self._connect()
        return self._connected
