"""How a viewer stands to a record: own, party, of a programme. Read inside the database, by the catalogue's links."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, LiteralString, cast

from graphdb.records.text import arrow, quoted
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.catalogue import Kind
    from graphdb.connection import Graph

_MINE = {"Organisation": "$viewer_organisations", "Programme": "$viewer_programmes", "Person": "[$viewer_person]"}
_EMPLOYED = (
    "EXISTS { MATCH (n)<-[:HOLDER]-(:Employment)-[:AT_ORGANISATION]->(at:Organisation)"
    " WHERE at.id IN $viewer_organisations }"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a record is to a viewer."""

    archived: bool
    own: bool
    party: bool
    programme: bool


@cache
def standing_text(kind: Kind) -> LiteralString:
    """Cypher of one kind's standing."""
    return cast(
        "LiteralString",
        f"""
MATCH (n:{quoted(kind.label)} {{id: $id}})
RETURN n.archived_at IS NOT NULL AS archived,
       {_any(kind, kind.owners)} AS own,
       {_any(kind, kind.parties)} AS party,
       {_programme(kind)} AS programme
ORDER BY n.id
""",
    )


def standing(graph: Graph, kind: Kind, record: str, viewer: Viewer) -> Standing | None:
    """How the viewer stands to a record; None when there is none."""
    return graph.one(Read(Standing, standing_text(kind)), id=record, **viewer.params())


def _any(kind: Kind, names: tuple[str, ...]) -> str:
    parts = [_one(kind, name) for name in names] or ["false"]
    return "(" + " OR ".join(parts) + ")"


def _one(kind: Kind, name: str) -> str:
    if name == "self":
        return f"n.id IN {_MINE[kind.label]}"
    if name == "employer":
        return f"(n.id = $viewer_person OR {_EMPLOYED})"
    link = kind.link(name)
    return f"EXISTS {{ MATCH {arrow(link, 'n', 'mine')} WHERE mine.id IN {_MINE[link.target]} }}"


def _programme(kind: Kind) -> str:
    if kind.label == "Programme":
        return "n.id IN $viewer_overseen"
    link = next((link for link in kind.links if link.target == "Programme"), None)
    if link is None:
        return "false"
    return f"EXISTS {{ MATCH {arrow(link, 'n', 'theirs')} WHERE theirs.id IN $viewer_overseen }}"
