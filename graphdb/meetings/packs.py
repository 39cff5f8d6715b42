"""Packs: what they are made of beside the plan, and how they are kept, frozen, beside their meeting."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from ulid import ULID

from graphdb.errors import MissingError
from graphdb.meetings.pieces import MATTER, ORGANISATION_NAME, WITH_ITS_PLACE, About, Named
from graphdb.statements import Found, Read, Write

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.writes import Change


class Promised(TypedDict):
    """An action some meeting of the series asked for."""

    due: date | None
    done_on: date | None
    state: str


class StillOpen(TypedDict):
    """An action not done, whoever asked for it."""

    text: str
    due: date | None
    owner: Named


@dataclass(frozen=True, slots=True)
class Beside:
    """What a pack needs beside the plan. `opened`, `closed`: gaps since the last meeting of the series.

    `waiting` are the days on which items still open first stood on an agenda; `protected` counts places whose location
    is protected; `searched` says whether gaps were ever looked for.
    """

    network: str
    opened: list[About]
    closed: list[About]
    open: list[About]
    promised: list[Promised]
    actions: list[StillOpen]
    waiting: list[date]
    protected: int
    searched: bool


BESIDE = Read(
    Beside,
    """
    RETURN coalesce(head(COLLECT { MATCH (s:Setting {key: 'network_name'}) RETURN s.value }), 'Mrezha') AS network,
      COLLECT { MATCH (x:Gap) WHERE x.archived_at IS NULL AND x.first_seen > $since AND x.gone_on IS NULL
                  AND NOT x.state IN ['false_positive', 'closed_verified'] WITH x ORDER BY x.points DESC, x.key """
    + WITH_ITS_PLACE
    + " RETURN "
    + MATTER
    + """ } AS opened,
      COLLECT { MATCH (x:Gap) WHERE x.archived_at IS NULL AND x.state = 'closed_verified' AND x.gone_on > $since
                WITH x ORDER BY x.gone_on, x.key """
    + WITH_ITS_PLACE
    + " RETURN "
    + MATTER
    + """ } AS closed,
      COLLECT { MATCH (x:Gap) WHERE x.archived_at IS NULL AND x.gone_on IS NULL
                  AND NOT x.state IN ['false_positive', 'closed_verified', 'accepted_risk']
                WITH x ORDER BY x.points DESC, x.key """
    + WITH_ITS_PLACE
    + " RETURN "
    + MATTER
    + """ } AS open,
      COLLECT { MATCH (:MeetingSeries {id: $series})<-[:IN_SERIES]-(m:Meeting)<-[:AGREED_AT]-(p:ActionPoint)
                WHERE m.archived_at IS NULL AND p.archived_at IS NULL WITH DISTINCT p ORDER BY p.id
                RETURN {due: p.due, done_on: p.done_on, state: p.state} } AS promised,
      COLLECT { MATCH (p:ActionPoint)-[:OWNED_BY]->(o:Organisation)
                WHERE p.archived_at IS NULL AND p.state IN ['open', 'in_progress'] WITH p, o ORDER BY p.due, p.id
                RETURN {text: p.text, due: p.due, owner: {id: o.id, title: """
    + ORGANISATION_NAME
    + """}} } AS actions,
      COLLECT { MATCH (:MeetingSeries {id: $series})<-[:IN_SERIES]-(m:Meeting)-[:HAS_ITEM]->(i:AgendaItem)
                WHERE m.state IN ['held', 'cancelled'] AND i.state IN ['postponed', 'accepted', 'proposed']
                  AND NOT EXISTS { (:AgendaItem)-[:CARRIED_FROM]->(i) }
                WITH i ORDER BY i.id
                RETURN date(head(COLLECT { MATCH (i)-[:CARRIED_FROM*0..20]->(:AgendaItem)<-[:HAS_ITEM]-(first:Meeting)
                    RETURN first.starts_at ORDER BY first.starts_at LIMIT 1 })) } AS waiting,
      COUNT { MATCH (place:Place) WHERE place.protected = true AND place.archived_at IS NULL } AS protected,
      EXISTS { MATCH (x:Gap) } AS searched
    ORDER BY network
    """,
)

KEEP = Write(
    Found,
    """
    MATCH (m:Meeting {id: $meeting})
    CREATE (k:Snapshot {id: $id, kind: 'pack', language: $language, as_of: $as_of, created_at: $at, by: $by,
                        body: $body, pdf: $pdf})-[:PACK_OF]->(m)
    RETURN k.id AS id
    """,
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A frozen pack: `body` as `web.packs.snapshot.to_json` wrote it, `pdf` in base64."""

    id: str
    ref: str
    language: str
    as_of: date
    created_at: datetime
    body: str
    pdf: str

    def file(self) -> bytes:
        """The PDF, byte for byte as it was made."""
        return base64.b64decode(self.pdf)


PACK = Read(
    Stored,
    """
    MATCH (k:Snapshot {id: $id, kind: 'pack'})-[:PACK_OF]->(m:Meeting {id: $meeting})
    RETURN k.id AS id, m.ref AS ref, k.language AS language, k.as_of AS as_of, k.created_at AS created_at,
           k.body AS body, k.pdf AS pdf
    ORDER BY id
    """,
)

MEETING_CALLED = Read(
    Found,
    "MATCH (m:Meeting) WHERE (m.id = $given OR m.ref = $given) AND m.archived_at IS NULL RETURN m.id AS id ORDER BY id",
)


def beside(graph: Graph, series: str, since: date, viewer: Viewer, language: str) -> Beside:
    """What the pack of a meeting needs beside its plan; `since` is the day of the meeting before. One statement."""
    found = graph.one(BESIDE, series=series, since=since, lang=language, **viewer.params())
    assert found is not None
    return found


def keeping(meeting: str, language: str, as_of: date, body: str, pdf: bytes) -> Callable[[Change], str]:
    """The work of a change that keeps a pack; returns its id. Raises MissingError. A kept pack is never changed."""
    text = base64.b64encode(pdf).decode()

    def work(c: Change) -> str:
        record = str(ULID())
        kept = c.run(
            KEEP,
            meeting=meeting,
            id=record,
            language=language,
            as_of=as_of,
            at=c.at,
            by=c.actor.id,
            body=body,
            pdf=text,
        )
        if not kept:
            raise MissingError(meeting)
        c.did("freeze", "Meeting", meeting, ("pack",))
        return record

    return work


def pack(graph: Graph, meeting: str, record: str) -> Stored | None:
    """A kept pack of a meeting; None when it has none of that id."""
    return graph.one(PACK, id=record, meeting=meeting)


def called(graph: Graph, given: str) -> str | None:
    """The id of the meeting called by its id or reference."""
    found = graph.one(MEETING_CALLED, given=given)
    return found.id if found else None
