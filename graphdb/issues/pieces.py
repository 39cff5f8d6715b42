"""Pieces of Cypher that the statements about matters share: how the viewer stands to one, and how things are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString

from graphdb.catalogue import kind_of
from graphdb.records.text import title

if TYPE_CHECKING:
    from graphdb.actors import Viewer

PERSON: LiteralString = title(kind_of("Person"), "who")
COMMUNITY: LiteralString = "coalesce(y['name_' + $lang], y.name)"

# How the viewer stands to the matter `n`: one of those who work on it, of who runs the programme, or a partner touched.
STANDS: LiteralString = """
    WITH n, ($own <> '' AND EXISTS { MATCH (n)-[:RAISED_BY|ACCOMPANIED_BY|MEDIATED_BY]->(me:Person) WHERE me.id = $own }) AS own,
         $viewer_everything OR EXISTS { MATCH (n)-[:IN_PROGRAMME]->(g:Programme) WHERE g.id IN $viewer_overseen } AS runs
    WHERE own OR runs OR EXISTS { MATCH (n)-[:TOUCHED]->(k:Organisation) WHERE k.id IN $touched }
"""
WHAT: LiteralString = "[l IN labels(n) WHERE l <> 'Record'][0]"
HISTORY: LiteralString = "coalesce(n.states, [toString(n.on) + '=' + n.state])"
LEADER: LiteralString = "COLLECT { MATCH (n)-[:RAISED_BY]->(who:Person) RETURN " + PERSON + " ORDER BY who.id }"


def eyes(viewer: Viewer, own: str) -> dict[str, Any]:
    """Only who comes as a partner sees what touched the organisation."""
    touched = list(viewer.organisations) if "partner" in viewer.roles else []
    return {"own": own, "touched": touched, **viewer.params()}
