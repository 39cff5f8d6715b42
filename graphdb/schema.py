"""Constraints and indexes, derived from the catalogue, and the numbered migrations of the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphdb.catalogue import KINDS
from graphdb.records.text import quoted
from graphdb.statements import Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphdb.connection import Graph

# Nodes of the machinery: their unique keys, and what else they are looked up by.
MACHINERY_KEYS = (
    ("Record", "id"), ("Account", "id"), ("Account", "login"), ("Session", "hash"), ("Token", "hash"),
    ("WriteKey", "key"), ("AuditHead", "id"), ("AuditEntry", "n"), ("Identifier", "key"), ("Counter", "id"),
    ("Job", "id"), ("Mail", "id"), ("LoginCounter", "key"), ("Setting", "key"), ("Revision", "id"),
    ("Import", "id"), ("Upload", "id"), ("Schema", "id"), ("Snapshot", "id"), ("AgendaItem", "id"), ("Decision", "id"),
    ("Import", "id"), ("Upload", "id"), ("Schema", "id"), ("Snapshot", "id"), ("Layout", "scope"), ("Merge", "id"),
    ("Dispatch", "id"), ("DocVersion", "id"), ("Reminder", "key"), ("Clock", "kind"), ("Headcount", "id"),
    ("Device", "id"), ("Device", "hash"),
)  # fmt: skip
MACHINERY_INDEXES = (
    ("AuditEntry", "record"), ("Revision", "record"), ("WriteKey", "at"), ("Job", "state"), ("Mail", "state"),
    ("Session", "account"), ("Record", "import_id"), ("Device", "account"),
)  # fmt: skip
FOUND_BY_TEXT = ("fold", "fold_private")
FOUND_BY_VALUE = {
    "Referral": ("sent_on", "case_ref"), "Meeting": ("starts_at",), "Contact": ("on",), "Place": ("code",), "Gap": ("state",),
}  # fmt: skip

VERSION = 1


@dataclass(frozen=True, slots=True)
class Applied:
    version: int


SCHEMA_VERSION = Read(Applied, "MATCH (s:Schema {id: 'schema'}) RETURN s.version AS version ORDER BY version LIMIT 1")
SET_VERSION = Write(Nothing, "MERGE (s:Schema {id: 'schema'}) SET s.version = $version")


class NewerDataError(Exception):
    """The data was written by a newer version of the product."""


def statements() -> list[str]:
    """Every constraint and index the catalogue and the machinery need; all may be applied again."""
    keys = [*MACHINERY_KEYS, *((kind.label, "id") for kind in KINDS)]
    keys += [(kind.label, "ref") for kind in KINDS if kind.prefix]
    keys += [(kind.label, field.name) for kind in KINDS for field in kind.fields if field.unique]
    texts = [(kind.label, "fold") for kind in KINDS] + [("Person", "fold_private")]
    values = [*MACHINERY_INDEXES, *((label, name) for label, names in FOUND_BY_VALUE.items() for name in names)]
    return (
        [_made("CONSTRAINT", label, name, "REQUIRE n.{} IS UNIQUE") for label, name in dict.fromkeys(keys)]
        + [_made("TEXT INDEX", label, name, "ON (n.{})") for label, name in texts]
        + [_made("INDEX", label, name, "ON (n.{})") for label, name in values]
    )


def _made(what: str, label: str, name: str, rule: str) -> str:
    title = quoted(f"{what.split(maxsplit=1)[0].lower()}_{label}_{name}")
    return f"CREATE {what} {title} IF NOT EXISTS FOR (n:{quoted(label)}) {rule.format(quoted(name))}"


MIGRATIONS: dict[int, Callable[[Graph], None]] = {}


def migrate(graph: Graph) -> None:
    """Bring the database to this version. Raises NewerDataError when it is ahead. Safe to repeat."""
    row = graph.one(SCHEMA_VERSION)
    current = row.version if row else 0
    if current > VERSION:
        message = f"The data is of version {current}, this program of version {VERSION}: install the newer program."
        raise NewerDataError(message)
    for text in statements():
        graph.define(text)
    graph.define("CALL db.awaitIndexes(120)")
    for version in range(current + 1, VERSION + 1):
        if migration := MIGRATIONS.get(version):
            migration(graph)
        graph.transact(lambda tx, to=version: tx.fetch(SET_VERSION, version=to))
