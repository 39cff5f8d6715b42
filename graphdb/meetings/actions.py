"""Actions: what organisations promised, what is late, what was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, LiteralString

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.meetings.pieces import MEETING_NAME, ORGANISATION_NAME, PERSON_NAME, Named
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.writes import Change

_ACTION = kind_of("ActionPoint")


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action with where it was agreed and the gap it aims at; `decision` is what it carries out."""

    id: str
    ref: str
    version: int
    text: str
    due: date
    state: str
    agreed_on: date | None
    done_on: date | None
    evidence: str | None
    owner: Named | None
    person: Named | None
    meeting: Named | None
    gap: Named | None
    decision: str | None


_COLUMNS: LiteralString = (
    """
    RETURN p.id AS id, p.ref AS ref, p.version AS version, p.text AS text, p.due AS due, p.state AS state,
           p.agreed_on AS agreed_on, p.done_on AS done_on, p.evidence AS evidence,
           head(COLLECT { MATCH (p)-[:OWNED_BY]->(o:Organisation) RETURN {id: o.id, title: """
    + ORGANISATION_NAME
    + """} }) AS owner,
           head(COLLECT { MATCH (p)-[:DONE_BY]->(person:Person) RETURN {id: person.id, title: """
    + PERSON_NAME
    + """} }) AS person,
           head(COLLECT { MATCH (p)-[:AGREED_AT]->(m:Meeting) RETURN {id: m.id, title: """
    + MEETING_NAME
    + """} }) AS meeting,
           head(COLLECT { MATCH (p)-[:AIMS_AT]->(g:Gap) RETURN {id: g.id, title: g.ref} }) AS gap,
           head(COLLECT { MATCH (p)<-[:REQUIRES]-(d:Decision) RETURN d.text }) AS decision
    """
)

ACTIONS = Read(
    ActionLine,
    """
    MATCH (p:ActionPoint) WHERE p.archived_at IS NULL
      AND ($states = [] OR p.state IN $states)
      AND ($organisation = '' OR EXISTS { (p)-[:OWNED_BY]->(:Organisation {id: $organisation}) })
      AND ($after IS NULL OR p.due > $after OR (p.due = $after AND p.id > $after_id))
      AND CASE WHEN $mine THEN EXISTS { MATCH (p)-[:OWNED_BY]->(own:Organisation) WHERE own.id IN $viewer_organisations }
          ELSE $viewer_everything OR $all_meetings
            OR EXISTS { MATCH (p)-[:OWNED_BY]->(own:Organisation) WHERE own.id IN $viewer_organisations }
            OR EXISTS { MATCH (p)-[:AGREED_AT]->(:Meeting)<-[:INVITED]-(guest:Organisation)
                        WHERE guest.id IN $viewer_organisations } END
    WITH p ORDER BY p.due, p.id LIMIT $limit
    """
    + _COLUMNS
    + "ORDER BY due, id",
)

ACTION = Read(ActionLine, "MATCH (p:ActionPoint {id: $id})" + _COLUMNS + "ORDER BY id")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which actions are asked for: `mine` those of the viewer's organisations, `states` empty for all."""

    states: tuple[str, ...] = ("open", "in_progress")
    mine: bool = False
    organisation: str = ""
    after: tuple[date, str] | None = None
    limit: int = 50


def actions(
    graph: Graph, asked: Asked, viewer: Viewer, language: str, *, everything: bool
) -> tuple[list[ActionLine], tuple[date, str] | None]:
    """Actions by due day, and where the next page begins. One statement."""
    after, after_id = asked.after or (None, "")
    found = graph.fetch(
        ACTIONS, states=list(asked.states), mine=asked.mine, organisation=asked.organisation, after=after,
        after_id=after_id, limit=asked.limit + 1, all_meetings=everything, lang=language, **viewer.params(),
    )  # fmt: skip
    page = found[: asked.limit]
    return page, (page[-1].due, page[-1].id) if len(found) > asked.limit else None


def action(graph: Graph, record: str, viewer: Viewer, language: str) -> ActionLine | None:
    """One action; None when there is none. Whether the viewer may read it is asked before."""
    return graph.one(ACTION, id=record, lang=language, **viewer.params())


def follow(c: Change, graph: Graph, record: str, version: int, values: Mapping[str, object], today: date) -> int:
    """Note how an action goes: its state, evidence, and what else changed. Done sets the day it was done.

    Returns the new version. Raises ConflictError, RefusedError.
    """
    state = values.get("state")
    done = {"done_on": values.get("done_on") or today} if state == "done" else {"done_on": None}
    return records.update(c, graph, _ACTION, record, version, {**values, **(done if state else {})})
