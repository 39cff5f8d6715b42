"""What records are called, as one reader may know: for reasons and lists that hold ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphdb.kept import Kept
from graphdb.records import text
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphdb.actors import Viewer
    from graphdb.connection import Graph

PUBLIC_KINDS = (
    "Organisation", "Place", "ServiceType", "PopulationGroup", "Service",
    "Project", "Agreement", "MeetingSeries", "Meeting",
)  # fmt: skip
"""Kinds whose titles are the same for every reader, but for protected places."""


@dataclass(frozen=True, slots=True)
class Name:
    """`title` in the reader's language; `imported` the id it had in an imported file, if any."""

    id: str
    ref: str
    title: str
    label: str
    imported: str | None = None

    @property
    def key(self) -> str:
        """The id that outputs print: the imported one where there is one, else the reference."""
        return self.imported or self.ref


@dataclass(frozen=True, slots=True)
class Titles:
    label: str
    rows: list[list[str | None]]


_KEPT: Kept[dict[str, Name]] = Kept(most=8)


def names(graph: Graph, stamp: str, viewer: Viewer, language: str) -> Mapping[str, Name]:
    """Every record of the public kinds by id. One statement, or none while `stamp` (of those kinds) is kept."""
    sees = viewer.protected or viewer.everything
    return _KEPT.get(stamp, lambda: _read(graph, PUBLIC_KINDS, viewer, language, None), language, sees)


def names_of(
    graph: Graph, labels: tuple[str, ...], ids: Iterable[str], viewer: Viewer, language: str
) -> dict[str, Name]:
    """Some records, such as people, whose names depend on who asks. One statement; none for no ids."""
    wanted = sorted(set(ids))
    return _read(graph, labels, viewer, language, wanted) if wanted else {}


def _read(
    graph: Graph, labels: tuple[str, ...], viewer: Viewer, language: str, ids: list[str] | None
) -> dict[str, Name]:
    found = graph.fetch(Read(Titles, text.titling(labels)), ids=ids, lang=language, **viewer.params())
    return {
        str(record): Name(str(record), ref or str(record), title or ref or str(record), row.label, imported)
        for row in found
        for record, ref, title, imported in row.rows
    }
