"""The list of ties: those asked for, as far as the viewer may see them, filtered, in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graphdb import ties
from graphdb.catalogue import tie as tie_kind
from graphdb.folding import fold
from web.ties.seen import SeenTie, seen_by

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.ties import Asked, Found, Network, Node


@dataclass(frozen=True, slots=True)
class Filter:
    """What else a list of ties is narrowed by; empty is everything."""

    evidence: str = ""
    organisation: str = ""
    other: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One tie between two named organisations; `key` says where it stands in the list."""

    key: str
    tie: SeenTie
    source: Node
    target: Node


@dataclass(frozen=True, eq=False)
class Listed:
    """Rows of a page, how many there are in all, the key the next page begins after, and what was asked."""

    rows: list[Row]
    total: int
    next: str | None
    found: Found


def listed(
    network: Network, asked: Asked, wanted: Filter, viewer: Viewer, after: str = "", limit: int | None = 50
) -> Listed:
    """One page of ties, the latest seen first; all of them without a limit."""
    found = ties.ties(network, asked)
    nodes = {node.id: node for node in found.nodes}
    seen = [seen_by(viewer, each, tie_kind(each.kind).evidence) for each in found.ties]
    rows = [Row(_key(each), each, nodes[each.source], nodes[each.target]) for each in seen]
    rows = sorted((row for row in rows if _fits(row, wanted)), key=lambda row: row.key)
    start = next((at for at, row in enumerate(rows) if row.key > after), len(rows)) if after else 0
    page = rows[start:] if limit is None else rows[start : start + limit]
    more = start + len(page) < len(rows)
    return Listed(page, len(rows), page[-1].key if more else None, found)


def _key(tie: SeenTie) -> str:
    """Sorts the latest first, what has no day last."""
    last = tie.last or tie.first
    age = f"{(date.max - last).days:07d}" if last else "9999999"
    return f"{age}|{tie.kind}|{tie.source}|{tie.target}|{tie.undirected:d}"


def _fits(row: Row, wanted: Filter) -> bool:
    ends = {row.source.id, row.target.id}
    words = fold(wanted.search)
    return (
        (not wanted.evidence or row.tie.evidence == wanted.evidence)
        and (not wanted.organisation or wanted.organisation in ends)
        and (not wanted.other or wanted.other in ends)
        and (not words or any(words in fold(name) for node in (row.source, row.target) for name in names_of(node)))
    )


def names_of(node: Node) -> list[str]:
    """Everything an organisation is called."""
    return [node.name, *(name for name in node.names.values() if name)]
