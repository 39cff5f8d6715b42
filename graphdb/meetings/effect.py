"""What the effect of a meeting is told from, beside the meeting itself: those around it in its series, and its gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from graphdb.meetings.pieces import ZONE
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.connection import Graph


class Neighbour(TypedDict):
    """Another meeting of the series that was held; `people`: who was there for whom, as [organisation, person]."""

    id: str
    ref: str
    title: str
    on: date
    people: list[list[str]]


class GapTurn(TypedDict):
    """`verb` is `close` or `reopen`."""

    verb: str
    at: datetime


class Treated(TypedDict):
    """A gap of one of the items. `pair` are the two it lies between, else empty."""

    id: str
    key: str
    cls: str
    state: str
    first_seen: date | None
    last_seen: date | None
    gone_on: date | None
    pair: list[str]
    turns: list[GapTurn]


@dataclass(frozen=True, slots=True)
class AroundMeeting:
    """`people`: who was there for whom, as [organisation, person]. `waiting`: days on which items left open by the meeting first stood on an agenda. `present` sectors of those there;
    `required` those the series asks for, None where it says nothing."""

    on: date
    people: list[list[str]]
    previous: Neighbour | None
    next: Neighbour | None
    treated: list[Treated]
    waiting: list[date]
    present: list[str]
    required: list[str] | None


AROUND_MEETING = Read(
    AroundMeeting,
    "MATCH (m:Meeting {id: $id}) WITH m, "
    + ZONE
    + """ AS zone
    WITH m, zone, date(datetime({datetime: m.starts_at, timezone: zone})) AS on
    RETURN on,
      COLLECT {
        MATCH (o:Organisation)-[t:ATTENDED]->(m) WHERE t.mode IN $present AND t.person IS NOT NULL
        RETURN [o.id, t.person] ORDER BY o.id
      } AS people,
      head(COLLECT {
        MATCH (m)-[:IN_SERIES]->(:MeetingSeries)<-[:IN_SERIES]-(x:Meeting)
        WHERE x.archived_at IS NULL AND x.state = 'held' AND x.starts_at < m.starts_at
        RETURN {id: x.id, ref: x.ref, title: coalesce(x['name_' + $lang], x.name),
                on: date(datetime({datetime: x.starts_at, timezone: zone})),
                people: COLLECT { MATCH (o:Organisation)-[t:ATTENDED]->(x)
                  WHERE t.mode IN $present AND t.person IS NOT NULL RETURN [o.id, t.person] ORDER BY o.id }} AS found
        ORDER BY x.starts_at DESC, x.id LIMIT 1
      }) AS previous,
      head(COLLECT {
        MATCH (m)-[:IN_SERIES]->(:MeetingSeries)<-[:IN_SERIES]-(x:Meeting)
        WHERE x.archived_at IS NULL AND x.state = 'held' AND x.starts_at > m.starts_at
          AND date(datetime({datetime: x.starts_at, timezone: zone})) <= $day
        RETURN {id: x.id, ref: x.ref, title: coalesce(x['name_' + $lang], x.name),
                on: date(datetime({datetime: x.starts_at, timezone: zone})), people: []} AS found
        ORDER BY x.starts_at, x.id LIMIT 1
      }) AS next,
      COLLECT {
        MATCH (m)-[:HAS_ITEM]->(i:AgendaItem)-[:ABOUT]->(g:Gap) WHERE i.state = 'discussed' AND g.archived_at IS NULL
        WITH DISTINCT g ORDER BY g.key
        RETURN {id: g.id, key: g.key, cls: g.cls, state: g.state, first_seen: g.first_seen, last_seen: g.last_seen,
                gone_on: g.gone_on,
                pair: COLLECT { MATCH (g)-[:GAP_OF|GAP_WITH]->(o:Organisation) RETURN DISTINCT o.id ORDER BY o.id },
                turns: COLLECT { MATCH (e:AuditEntry {record: g.id}) WHERE e.verb IN ['close', 'reopen'] AND e.kind = 'Gap'
                                 RETURN {verb: e.verb, at: e.at} ORDER BY e.n }}
      } AS treated,
      COLLECT {
        MATCH (m)-[:HAS_ITEM]->(i:AgendaItem)
        WHERE m.state = 'held' AND i.state IN ['postponed', 'accepted']
        RETURN date(head(COLLECT { MATCH (i)-[:CARRIED_FROM*0..20]->(:AgendaItem)<-[:HAS_ITEM]-(first:Meeting)
                                   RETURN first.starts_at ORDER BY first.starts_at LIMIT 1 })) AS day ORDER BY day
      } AS waiting,
      COLLECT {
        MATCH (o:Organisation)-[t:ATTENDED]->(m) WHERE t.mode IN $present
        UNWIND o.sectors AS sector RETURN DISTINCT sector ORDER BY sector
      } AS present,
      head(COLLECT { MATCH (m)-[:IN_SERIES]->(s:MeetingSeries) RETURN s.required_sectors }) AS required
    ORDER BY on
    """,
)


def around_meeting(
    graph: Graph, meeting: str, day: date, present: Sequence[str], language: str
) -> AroundMeeting | None:  # fmt: skip
    """What stands around a meeting, as far as it happened by a day; None where there is no such meeting. One statement."""
    return graph.one(AROUND_MEETING, id=meeting, day=day, present=list(present), lang=language)
