"""Holding a meeting: who was there, what was decided, who does what by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, LiteralString, TypedDict

from ulid import ULID

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import GraphError, MissingError
from graphdb.meetings.agenda import STATE_OF, STEPS, ApprovedError, IllegalStepError, mark_gaps
from graphdb.meetings.pieces import ORGANISATION_NAME, PERSON_NAME, ZONE, Named
from graphdb.statements import Counted, Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.writes import Change

_MEETING, _ACTION = kind_of("Meeting"), kind_of("ActionPoint")


class Worker(TypedDict):
    """A person who works for an organisation on the day of a meeting."""

    organisation: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Room:
    """Who may be noted as present: every organisation, and who worked for it on that day."""

    organisations: list[Named]
    people: list[Worker]


ROOM = Read(
    Room,
    """
    RETURN COLLECT { MATCH (o:Organisation) WHERE o.archived_at IS NULL WITH o ORDER BY toLower(o.name), o.id LIMIT 2000
                     RETURN {id: o.id, title: """
    + ORGANISATION_NAME
    + """} } AS organisations,
           COLLECT { MATCH (o:Organisation)<-[:AT_ORGANISATION]-(e:Employment)-[:HOLDER]->(person:Person)
                     WHERE o.archived_at IS NULL AND e.archived_at IS NULL AND person.archived_at IS NULL
                       AND (e.valid_from IS NULL OR e.valid_from <= $on) AND (e.valid_to IS NULL OR e.valid_to > $on)
                     WITH DISTINCT o, person, coalesce(e.focal_point, false) AS focal
                     ORDER BY focal DESC, person.ref LIMIT 5000
                     RETURN {organisation: o.id, id: person.id, title: """
    + PERSON_NAME
    + """} } AS people
    ORDER BY size(organisations)
    """,
)


@dataclass(frozen=True, slots=True)
class Presence:
    """How an organisation was there: a code of attendance_mode, empty for "not noted"; and who stood for it."""

    organisation: str
    mode: str
    person: str = ""


ATTEND = Write(
    Counted,
    """
    UNWIND $rows AS row
    MATCH (m:Meeting {id: $meeting}), (o:Organisation {id: row.organisation})
    MERGE (o)-[t:ATTENDED]->(m)
    SET t.mode = row.mode, t.person = row.person
    RETURN count(t) AS n
    """,
)

FORGET_ATTENDANCE = Write(
    Nothing,
    "MATCH (o:Organisation)-[t:ATTENDED]->(:Meeting {id: $meeting}) WHERE NOT o.id IN $organisations DELETE t",
)


class HeldByActionsError(GraphError):
    """A decision cannot be taken away while actions carry it out; `item` is the agenda item it belongs to."""

    def __init__(self, item: str) -> None:
        super().__init__(item)
        self.item = item


def attend(c: Change, graph: Graph, meeting: str, version: int, presences: Sequence[Presence]) -> int:
    """Set who was there; a meeting with an attendance is held. Returns its new version.

    Raises ConflictError, IllegalStepError for a cancelled meeting, ApprovedError, MissingError for an unknown organisation.
    """
    now = _hold(c, graph, meeting, version, {})
    rows = [
        {"organisation": one.organisation, "mode": one.mode, "person": one.person or None}
        for one in presences
        if one.mode
    ]
    c.run(FORGET_ATTENDANCE, meeting=meeting, organisations=[row["organisation"] for row in rows])
    if rows and c.run(ATTEND, meeting=meeting, rows=rows)[0].n != len(rows):
        raise MissingError(meeting)
    c.did("attendance", "Meeting", meeting, ("attendance",))
    return now


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action to be done by an organisation by a day; `person` is who there does it, empty where nobody said."""

    text: str
    owner: str
    due: date
    person: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of an item: its state, the decision (empty for none), and new actions."""

    item: str
    state: str
    decision: str = ""
    actions: tuple[NewAction, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemNow:
    """An item before it is written down: its decision, whether actions hang on it, the gap it is about."""

    id: str
    decision: str | None
    actions: int
    gap: str | None
    gap_actions: int


_ITEMS_NOW: LiteralString = """
    MATCH (m:Meeting {id: $meeting})-[:HAS_ITEM]->(i:AgendaItem)
    WITH i, head(COLLECT { MATCH (i)-[:LED_TO]->(d:Decision) RETURN d ORDER BY d.id LIMIT 1 }) AS d,
         head(COLLECT { MATCH (i)-[:ABOUT]->(g:Gap) RETURN g.id }) AS gap
"""

ITEMS_NOW = Read(
    ItemNow,
    _ITEMS_NOW
    + """
    RETURN i.id AS id, d.id AS decision, COUNT { (d)-[:REQUIRES]->(:ActionPoint) } AS actions, gap,
           COUNT { MATCH (g:Gap)<-[:AIMS_AT]-(p:ActionPoint) WHERE g.id = gap AND p.state IN ['open', 'in_progress'] }
               AS gap_actions
    ORDER BY id
    """,
)

SET_STATES = Write(
    Nothing,
    """
    UNWIND $entries AS entry
    MATCH (:Meeting {id: $meeting})-[:HAS_ITEM]->(i:AgendaItem {id: entry.item})
    SET i.state = entry.state
    """,
)

DECIDE = Write(
    Nothing,
    """
    UNWIND $decisions AS row
    MATCH (:Meeting {id: $meeting})-[:HAS_ITEM]->(i:AgendaItem {id: row.item})
    MERGE (d:Decision {id: row.id})
    ON CREATE SET d.decided_on = $on
    SET d.text = row.text
    MERGE (i)-[:LED_TO]->(d)
    """,
)

FORGET_DECISIONS = Write(
    Nothing, "MATCH (d:Decision) WHERE d.id IN $ids AND NOT EXISTS { (d)-[:REQUIRES]->(:ActionPoint) } DETACH DELETE d"
)

REQUIRE = Write(
    Nothing,
    """
    UNWIND $rows AS row
    MATCH (d:Decision {id: row.decision}), (p:ActionPoint {id: row.action})
    MERGE (d)-[:REQUIRES]->(p)
    """,
)


@dataclass(frozen=True, slots=True)
class Day:
    on: date


DAY_OF = Read(
    Day,
    "MATCH (m:Meeting {id: $id}) RETURN date(datetime({datetime: m.starts_at, timezone: "
    + ZONE
    + "})) AS on ORDER BY on",
)


def write_down(c: Change, graph: Graph, meeting: str, version: int, note: str, entries: Sequence[Entry]) -> int:
    """Keep the minutes: states of items, decisions, new actions; a meeting with minutes is held. Returns its version.

    An action without a decision is the decision itself. Gaps with an open action are in action from now on; the others
    that were on the agenda are open again. A decision that actions hang on is never taken away.
    Raises ConflictError, IllegalStepError, ApprovedError, HeldByActionsError, RefusedError, MissingError for items of
    another meeting.
    """
    now = _hold(c, graph, meeting, version, {"note": note, "minutes_state": "minutes_draft"})
    items = {row.id: row for row in c.run(ITEMS_NOW, meeting=meeting)}
    if strange := {entry.item for entry in entries} - set(items):
        raise MissingError(sorted(strange)[0])
    for entry in entries:
        if not entry.decision and items[entry.item].actions:
            raise HeldByActionsError(entry.item)
    on = c.run(DAY_OF, id=meeting)[0].on
    c.run(SET_STATES, meeting=meeting, entries=[{"item": each.item, "state": each.state} for each in entries])
    decided = {
        entry.item: (items[entry.item].decision or str(ULID()), text)
        for entry in entries
        if (text := entry.decision or (entry.actions[0].text if entry.actions else ""))
    }
    rows = [{"item": item, "id": decision, "text": text} for item, (decision, text) in decided.items()]
    c.run(DECIDE, meeting=meeting, decisions=rows, on=on)
    gone = [found for each in entries if each.item not in decided and (found := items[each.item].decision)]
    c.run(FORGET_DECISIONS, ids=gone)
    for entry in entries:
        _ask(c, graph, meeting, on, entry, items[entry.item], decided)
    _follow_gaps(c, graph, entries, items)
    c.did("minutes", "Meeting", meeting, ("minutes",))
    return now


def _ask(
    c: Change, graph: Graph, meeting: str, on: date, entry: Entry, item: ItemNow, decided: dict[str, tuple[str, str]]
) -> None:
    for action in entry.actions:
        links = {"owner": [action.owner], "meeting": [meeting], "gap": [item.gap] if item.gap else []}
        links["person"] = [action.person] if action.person else []
        values = {"text": action.text, "due": action.due, "state": "open", "agreed_on": on}
        made = records.create(c, graph, _ACTION, values, links)
        c.run(REQUIRE, rows=[{"decision": decided[entry.item][0], "action": made}])


def _follow_gaps(c: Change, graph: Graph, entries: Sequence[Entry], items: dict[str, ItemNow]) -> None:
    acted = {each.item for each in entries if each.actions or items[each.item].gap_actions}
    gaps = {each.item: gap for each in entries if (gap := items[each.item].gap)}
    mark_gaps(c, graph, [gap for item, gap in gaps.items() if item in acted], "in_action")
    back = [gap for item, gap in gaps.items() if item not in acted]
    mark_gaps(c, graph, back, "off_agenda")


def _hold(c: Change, graph: Graph, meeting: str, version: int, values: dict[str, object]) -> int:
    """Lock the meeting at its version and make it held."""
    c.take(meeting, version)
    now = c.run(STATE_OF, id=meeting)[0]
    if now.minutes == "minutes_approved":
        raise ApprovedError(meeting)
    if now.state != "held" and "held" not in STEPS[now.state]:
        raise IllegalStepError(now.state, "held")
    return records.update(c, graph, _MEETING, meeting, version, {**values, "state": "held"})


def room(graph: Graph, on: date, viewer: Viewer, language: str) -> Room:
    """Who may be noted as present on a day. One statement."""
    found = graph.one(ROOM, on=on, lang=language, **viewer.params())
    assert found is not None
    return found
