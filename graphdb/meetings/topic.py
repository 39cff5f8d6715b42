"""The file of a topic: everything the meetings of a network said of it, from the first time to the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from graphdb.meetings.pieces import MEETING_NAME, ORGANISATION_NAME, READS, ZONE
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph


class Promise(TypedDict):
    """An action a decision asked for."""

    id: str
    text: str
    owner: str
    due: date | None
    done_on: date | None
    state: str


class Ruling(TypedDict):
    """What was decided, with the actions it asked for."""

    text: str
    actions: list[Promise]


@dataclass(frozen=True, slots=True)
class Turn:
    """The topic at one meeting; `state` of the item there. `meeting_state`: that meeting may be still to come."""

    meeting: str
    title: str
    on: date
    meeting_state: str
    state: str
    minutes: int | None
    decisions: list[Ruling]


# The items it was carried from and into, and others about the same gap, agreement or action; of meetings the viewer reads.
TOPIC = Read(
    Turn,
    """
    MATCH (:Meeting {id: $meeting})-[:HAS_ITEM]->(i:AgendaItem {id: $item})
    WITH i, """
    + ZONE
    + """ AS zone
    CALL (i) {
        MATCH (i)-[:CARRIED_FROM*0..40]-(j:AgendaItem) RETURN j
      UNION
        MATCH (i)-[:ABOUT]->(x:Record)<-[:ABOUT]-(j:AgendaItem) WHERE NOT x:Organisation RETURN j
    }
    MATCH (m:Meeting)-[:HAS_ITEM]->(j) WHERE m.archived_at IS NULL AND j.state <> 'dropped' AND """
    + READS
    + """
    WITH DISTINCT j, m, zone ORDER BY m.starts_at, j.id
    RETURN m.id AS meeting, """
    + MEETING_NAME
    + """ AS title, date(datetime({datetime: m.starts_at, timezone: zone})) AS on, m.state AS meeting_state, j.state AS state,
           j.minutes AS minutes, COLLECT {
             MATCH (j)-[:LED_TO]->(d:Decision) WITH d ORDER BY d.id
             RETURN {text: d.text, actions: COLLECT {
               MATCH (d)-[:REQUIRES]->(p:ActionPoint)-[:OWNED_BY]->(o:Organisation) WHERE p.archived_at IS NULL
               WITH p, o ORDER BY p.due, p.id
               RETURN {id: p.id, text: p.text, owner: """
    + ORGANISATION_NAME
    + """, due: p.due, done_on: p.done_on, state: p.state} }}
           } AS decisions
    ORDER BY on, meeting
    """,
)


def topic(graph: Graph, meeting: str, item: str, viewer: Viewer, language: str) -> list[Turn]:
    """The meetings that spoke of an item's topic, the first one first; empty where the meeting has no such item."""
    return graph.fetch(TOPIC, meeting=meeting, item=item, lang=language, **viewer.params())
