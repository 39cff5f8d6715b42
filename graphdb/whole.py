"""The whole graph, read in pieces: for backups, archives, digests and checks. No page needs it.

Sessions, counters of failed sign-ins, one-time links, remembered phones and form keys belong to one running installation and are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphdb.connection import Tx

PASSING = ("Session", "LoginCounter", "Token", "WriteKey", "Device", "Schema")
PIECE = 2000


@dataclass(frozen=True, slots=True)
class Places:
    places: list[str]


@dataclass(frozen=True, slots=True)
class Piece:
    found: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Node:
    """A node: `at` is where it lies in this database and means nothing elsewhere."""

    at: str
    labels: tuple[str, ...]
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship between two nodes, by where they lie."""

    source: str
    name: str
    target: str
    values: dict[str, Any]


ALL_PLACES = Read(
    Places,
    """
    MATCH (n) WHERE none(label IN labels(n) WHERE label IN $without)
    WITH elementId(n) AS place ORDER BY place
    RETURN collect(place) AS places
    """,
)

NODES_AT = Read(
    Piece,
    """
    UNWIND $places AS place
    MATCH (n) WHERE elementId(n) = place
    WITH place, n ORDER BY place
    RETURN collect({at: place, labels: labels(n), values: properties(n)}) AS found
    """,
)

TIES_FROM = Read(
    Piece,
    """
    UNWIND $places AS place
    MATCH (n)-[r]->(to) WHERE elementId(n) = place
    WITH place, r, elementId(to) AS target ORDER BY place, type(r), target
    RETURN collect({source: place, name: type(r), target: target, values: properties(r)}) AS found
    """,
)


def places(tx: Tx) -> list[str]:
    """Where the nodes of the network lie."""
    return tx.fetch(ALL_PLACES, without=list(PASSING))[0].places


def nodes(tx: Tx, where: list[str]) -> Iterator[Node]:
    """The nodes at these places. Marks of the machinery (`_lock`) are no part of them."""
    for piece in _pieces(where):
        for found in tx.fetch(NODES_AT, places=piece)[0].found:
            yield Node(found["at"], tuple(sorted(found["labels"])), _kept(found["values"]))


def ties(tx: Tx, where: list[str]) -> Iterator[Tie]:
    """The relationships among the nodes at these places."""
    known = set(where)
    for piece in _pieces(where):
        for found in tx.fetch(TIES_FROM, places=piece)[0].found:
            if found["target"] in known:
                yield Tie(found["source"], found["name"], found["target"], _kept(found["values"]))


def _pieces(where: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(where), PIECE):
        yield where[start : start + PIECE]


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not name.startswith("_")}


def as_json(value: object) -> dict[str, str]:
    """What JSON has no form for: `json.dumps(..., default=as_json)`. Neo4j stores no maps, so nothing is mistaken."""
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    assert isinstance(value, date), value
    return {"day": value.isoformat()}


def from_json(told: dict[str, Any]) -> Any:
    """The way back: `json.loads(..., object_hook=from_json)`."""
    if told.keys() == {"moment"}:
        return datetime.fromisoformat(told["moment"])
    if told.keys() == {"day"}:
        return date.fromisoformat(told["day"])
    return told
