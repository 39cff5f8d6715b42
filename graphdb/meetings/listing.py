"""The next meeting, and the list of meetings with what stands around it, as far as a viewer may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, LiteralString, TypedDict

from graphdb.meetings.pieces import MEETING_NAME, ZONE
from graphdb.meetings.reading import ITEMS_AHEAD, SERIES_OF, Item, SeriesOf
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next meeting in short: who has answered, and its weightiest items first."""

    id: str
    ref: str
    title: str
    starts_at: datetime
    minutes: int | None
    place: str | None
    state: str
    zone: str
    series: SeriesOf | None
    invited: int
    answered: int
    coming: int
    items: list[Item]


# The first moment of the day asked for, in the network's time zone.
SINCE: LiteralString = "WITH datetime({date: $day, timezone: " + ZONE + "}) AS since"

# A reader of all meetings, or one whose organisation is invited.
OPEN_TO: LiteralString = """
    ($viewer_everything OR $all_meetings
     OR EXISTS { MATCH (mine:Organisation)-[:INVITED]->(m) WHERE mine.id IN $viewer_organisations })
"""

NEXT_MEETING = Read(
    Upcoming,
    SINCE
    + """
    MATCH (m:Meeting) WHERE m.archived_at IS NULL AND m.state IN ['planned', 'invited'] AND m.starts_at >= since AND """
    + OPEN_TO
    + """
    WITH m ORDER BY m.starts_at, m.id LIMIT 1
    RETURN m.id AS id, m.ref AS ref, """
    + MEETING_NAME
    + """ AS title, m.starts_at AS starts_at, m.minutes AS minutes, m.place AS place, m.state AS state, """
    + ZONE
    + """ AS zone, """
    + SERIES_OF
    + """ AS series,
           COUNT { (:Organisation)-[:INVITED]->(m) } AS invited,
           COUNT { (:Organisation)-[v:INVITED]->(m) WHERE v.answer IS NOT NULL } AS answered,
           COUNT { (:Organisation)-[v:INVITED]->(m) WHERE v.answer IN ['coming', 'deputy', 'online'] } AS coming, """
    + ITEMS_AHEAD
    + """ AS items
    ORDER BY starts_at
    """,
)


class Waiting(TypedDict):
    """A meeting whose day has passed and that nobody has written down."""

    id: str
    title: str
    starts_at: datetime


class SeriesLine(TypedDict):
    """A series, how many of its meetings were held, and the last one's day."""

    id: str
    title: str
    every_weeks: int | None
    held: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the list of meetings: what waits to be written down, the series, the open actions."""

    zone: str
    waiting: list[Waiting]
    series: list[SeriesLine]
    actions: int
    overdue: int


AROUND = Read(
    Around,
    SINCE
    + """
    RETURN """
    + ZONE
    + """ AS zone,
           COLLECT { MATCH (m:Meeting) WHERE m.archived_at IS NULL AND m.state IN ['planned', 'invited']
                         AND m.starts_at < since AND """
    + OPEN_TO
    + """
                     WITH m ORDER BY m.starts_at DESC, m.id LIMIT 20
                     RETURN {id: m.id, title: """
    + MEETING_NAME
    + """, starts_at: m.starts_at} } AS waiting,
           COLLECT { MATCH (s:MeetingSeries) WHERE s.archived_at IS NULL
                     AND ($viewer_everything OR $all_meetings OR EXISTS { MATCH (mine:Organisation)-[:MEMBER_OF]->(s)
                          WHERE mine.id IN $viewer_organisations })
                     WITH s ORDER BY s.ref LIMIT 50
                     RETURN {id: s.id, title: coalesce(s['name_' + $lang], s.name), every_weeks: s.every_weeks,
                             held: COUNT { (s)<-[:IN_SERIES]-(h:Meeting)
                                 WHERE h.state = 'held' AND h.archived_at IS NULL },
                             last: head(COLLECT { MATCH (s)<-[:IN_SERIES]-(h:Meeting)
                                 WHERE h.state = 'held' AND h.archived_at IS NULL
                                 RETURN h.starts_at ORDER BY h.starts_at DESC LIMIT 1 })} } AS series,
           COUNT { MATCH (p:ActionPoint)-[:OWNED_BY]->(o:Organisation) WHERE p.archived_at IS NULL
                   AND p.state IN ['open', 'in_progress']
                   AND ($viewer_everything OR $all_meetings OR o.id IN $viewer_organisations) } AS actions,
           COUNT { MATCH (p:ActionPoint)-[:OWNED_BY]->(o:Organisation) WHERE p.archived_at IS NULL
                   AND p.state IN ['open', 'in_progress'] AND p.due < $day
                   AND ($viewer_everything OR $all_meetings OR o.id IN $viewer_organisations) } AS overdue
    ORDER BY zone
    """,
)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list. Counts are organisations and items."""

    id: str
    ref: str
    title: str
    starts_at: datetime
    state: str
    series: SeriesOf | None
    invited: int
    present: int
    decisions: int
    actions_open: int
    actions: int


MEETINGS = Read(
    MeetingLine,
    SINCE
    + """
    MATCH (m:Meeting) WHERE m.archived_at IS NULL AND (m.starts_at < since OR m.state IN ['held', 'cancelled'])
      AND ($series = '' OR EXISTS { MATCH (m)-[:IN_SERIES]->(:MeetingSeries {id: $series}) })
      AND ($before IS NULL OR m.starts_at < $before OR (m.starts_at = $before AND m.id > $after_id)) AND """
    + OPEN_TO
    + """
    WITH m ORDER BY m.starts_at DESC, m.id LIMIT $limit
    RETURN m.id AS id, m.ref AS ref, """
    + MEETING_NAME
    + """ AS title, m.starts_at AS starts_at, m.state AS state, """
    + SERIES_OF
    + """ AS series,
           COUNT { (:Organisation)-[:INVITED]->(m) } AS invited,
           COUNT { (:Organisation)-[t:ATTENDED]->(m) WHERE t.mode IN ['present', 'deputy', 'online'] } AS present,
           COUNT { (m)-[:HAS_ITEM]->(:AgendaItem)-[:LED_TO]->(:Decision) } AS decisions,
           COUNT { (m)<-[:AGREED_AT]-(p:ActionPoint)
                   WHERE p.state IN ['open', 'in_progress'] AND p.archived_at IS NULL } AS actions_open,
           COUNT { (m)<-[:AGREED_AT]-(p:ActionPoint) WHERE p.archived_at IS NULL } AS actions
    ORDER BY starts_at DESC, id
    """,
)


def next_meeting(graph: Graph, viewer: Viewer, day: date, language: str, *, everything: bool) -> Upcoming | None:
    """The first meeting from that day on that is not over. `everything`: the viewer reads all, invited or not."""
    return graph.one(NEXT_MEETING, day=day, all_meetings=everything, lang=language, **viewer.params())


@dataclass(frozen=True, slots=True)
class Shown:
    """The page of meetings: the next one, a page of past ones with where the next page begins, what stands around."""

    next: Upcoming | None
    past: list[MeetingLine]
    more: tuple[datetime, str] | None
    around: Around


def overview(
    graph: Graph, viewer: Viewer, day: date, language: str, *, everything: bool,
    series: str = "", after: tuple[datetime, str] | None = None, limit: int = 25,
) -> Shown:  # fmt: skip
    """Everything of the page of meetings in three statements, as of a day."""
    params = {"day": day, "all_meetings": everything, "lang": language, **viewer.params()}
    before, after_id = after or (None, "")

    coming, lines, around = graph.read(
        lambda tx: (
            tx.one(NEXT_MEETING, **params),
            tx.fetch(MEETINGS, series=series, before=before, after_id=after_id, limit=limit + 1, **params),
            tx.fetch(AROUND, **params)[0],
        )
    )
    past = lines[:limit]
    return Shown(coming, past, (past[-1].starts_at, past[-1].id) if len(lines) > limit else None, around)
