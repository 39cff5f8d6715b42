"""Making a meeting, its agenda and its states."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ulid import ULID

from analytics.gap_steps import MEETINGS
from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import GraphError, MissingError
from graphdb.statements import Counted, Found, Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphdb.connection import Graph
    from graphdb.writes import Change

# From which state a meeting may go where; a meeting once held stays held.
STEPS: Mapping[str, frozenset[str]] = {
    "planned": frozenset({"invited", "held", "cancelled"}),
    "invited": frozenset({"held", "cancelled"}),
    "cancelled": frozenset({"planned"}),
    "held": frozenset(),
}


class IllegalStepError(GraphError):
    """A meeting cannot go from the state it is in to the one asked for."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__(f"{before} to {after}")
        self.before = before
        self.after = after


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item for an agenda. `about` are ids of records it came from, `carried` of the items it carries on.

    `reasons` are the shapes of contracts.md (`{"code": ..., fact: ...}`); `proposer` is an organisation's id.
    """

    title: str
    minutes: int | None = None
    kind: str = "own"
    key: str = ""
    points: int | None = None
    reasons: Sequence[Mapping[str, object]] = ()
    about: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    times: int = 0
    proposer: str | None = None
    state: str = "accepted"


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting to be made. `invited` maps organisations to the reasons they are invited for."""

    name: str
    starts_at: datetime
    minutes: int
    place: str
    series: str | None
    invited: Mapping[str, Sequence[Mapping[str, object]]]
    items: tuple[NewItem, ...]


ADD_ITEMS = Write(
    Counted,
    """
    MATCH (m:Meeting {id: $meeting})
    UNWIND $items AS item
    CREATE (m)-[:HAS_ITEM]->(i:AgendaItem)
    SET i = item.props
    WITH m, i, item
    CALL (i, item) {
        MATCH (a:Record) WHERE a.id IN item.about
        MERGE (i)-[:ABOUT]->(a)
        RETURN count(a) AS tied
    }
    CALL (m, i, item) {
        MATCH (m)-[:IN_SERIES]->(:MeetingSeries)<-[:IN_SERIES]-(earlier:Meeting)-[:HAS_ITEM]->(old:AgendaItem)
        WHERE earlier.state IN ['held', 'cancelled'] AND old.state IN ['postponed', 'accepted', 'proposed']
          AND NOT EXISTS { (:AgendaItem)-[:CARRIED_FROM]->(old) }
          AND (old.id IN item.carried OR EXISTS { MATCH (old)-[:ABOUT]->(same:Record) WHERE same.id IN item.about })
        MERGE (i)-[:CARRIED_FROM]->(old)
        RETURN max(coalesce(old.times, 0) + 1) AS times
    }
    SET i.times = coalesce(times, i.times)
    RETURN count(i) AS n
    """,
)

INVITE_BECAUSE = Write(
    Nothing,
    """
    UNWIND $reasons AS one
    MATCH (o:Organisation {id: one.organisation})-[v:INVITED]->(m:Meeting {id: $meeting})
    SET v.reasons = one.reasons
    """,
)


class ApprovedError(GraphError):
    """The minutes of the meeting are approved: nothing of it changes until they are opened again."""


@dataclass(frozen=True, slots=True)
class State:
    """The state of a meeting, and that of its minutes; None while nobody has written any."""

    state: str
    minutes: str | None


STATE_OF = Read(State, "MATCH (m:Meeting {id: $id}) RETURN m.state AS state, m.minutes_state AS minutes ORDER BY state")

GAP_STATES = Read(
    Found,
    "MATCH (g:Gap) WHERE g.id IN $ids AND g.archived_at IS NULL AND g.state IN $states RETURN g.id AS id ORDER BY id",
)

LAST_POSITION = Read(
    Counted,
    "MATCH (m:Meeting {id: $meeting}) RETURN COUNT { (m)-[:HAS_ITEM]->(:AgendaItem) } AS n ORDER BY n",
)

AGENDA_ORDER = Read(
    Found,
    """
    MATCH (:Meeting {id: $meeting})-[:HAS_ITEM]->(i:AgendaItem)
    RETURN i.id AS id ORDER BY CASE i.state WHEN 'accepted' THEN 0 ELSE 1 END, i.position, id
    """,
)


@dataclass(frozen=True, slots=True)
class Tied:
    about: list[str]


SET_ITEM = Write(
    Tied,
    """
    MATCH (:Meeting {id: $meeting})-[:HAS_ITEM]->(i:AgendaItem {id: $item})
    SET i.state = $state, i.minutes = coalesce($minutes, i.minutes)
    RETURN COLLECT { MATCH (i)-[:ABOUT]->(a:Record) RETURN a.id } AS about
    """,
)

ORDER_ITEMS = Write(
    Nothing,
    """
    UNWIND $places AS place
    MATCH (:Meeting {id: $meeting})-[:HAS_ITEM]->(i:AgendaItem {id: place.item})
    SET i.position = place.position
    """,
)

SET_ANSWER = Write(
    Found,
    """
    MATCH (o:Organisation {id: $organisation})-[v:INVITED]->(m:Meeting {id: $meeting})
    SET v.answer = $answer, v.answered_at = $at
    RETURN o.id AS id
    """,
)


def make(c: Change, graph: Graph, new: NewMeeting) -> str:
    """Make a planned meeting with its invitations and agenda; gaps on it are marked. Returns its id.

    Raises RefusedError, MissingError for an organisation or series that is not there.
    """
    values = {
        "name": new.name, "starts_at": new.starts_at, "minutes": new.minutes, "place": new.place, "state": "planned",
    }  # fmt: skip
    links = {"series": [new.series] if new.series else [], "invited": list(new.invited)}
    meeting = records.create(c, graph, kind_of("Meeting"), values, links)
    reasons = [{"organisation": one, "reasons": _json(why)} for one, why in new.invited.items()]
    c.run(INVITE_BECAUSE, meeting=meeting, reasons=reasons)
    add_items(c, graph, meeting, new.items)
    return meeting


@dataclass(frozen=True, slots=True)
class Kept:
    """An item that is on the agenda already and stays, for so many minutes."""

    item: str
    minutes: int | None


def rework(
    c: Change, graph: Graph, meeting: str, version: int, frame: NewMeeting, order: Sequence[Kept | NewItem],
    dropped: Sequence[str],
) -> str:  # fmt: skip
    """Give a planned meeting a new frame, guests and agenda in that order. Returns its id.

    Raises ConflictError, IllegalStepError for a meeting that is over, RefusedError, MissingError.
    """
    c.take(meeting, version)
    state = c.run(STATE_OF, id=meeting)[0].state
    if state not in {"planned", "invited"}:
        raise IllegalStepError(state, "planned")
    values = {"name": frame.name, "starts_at": frame.starts_at, "minutes": frame.minutes, "place": frame.place}
    links = {"series": [frame.series] if frame.series else [], "invited": list(frame.invited)}
    records.update(c, graph, kind_of("Meeting"), meeting, version, values, links)
    reasons = [{"organisation": one, "reasons": _json(why)} for one, why in frame.invited.items() if why]
    c.run(INVITE_BECAUSE, meeting=meeting, reasons=reasons)
    new = iter(add_items(c, graph, meeting, [one for one in order if isinstance(one, NewItem)]))
    kept = [one for one in order if isinstance(one, Kept)]
    for one in kept:
        _settle(c, graph, meeting, one.item, "accepted", one.minutes)
    for item in dropped:
        _settle(c, graph, meeting, item, "dropped", None)
    ids = [one.item if isinstance(one, Kept) else next(new) for one in order]
    c.run(ORDER_ITEMS, meeting=meeting, places=_places([*ids, *dropped]))
    return meeting


def _settle(c: Change, graph: Graph, meeting: str, item: str, state: str, minutes: int | None) -> None:
    """Take an item onto the agenda or off it; the gap it is about follows. Raises MissingError."""
    tied = c.run(SET_ITEM, meeting=meeting, item=item, state=state, minutes=minutes)
    if not tied:
        raise MissingError(item)
    if state == "accepted":
        mark_gaps(c, graph, tied[0].about, "on_agenda")
    else:
        mark_gaps(c, graph, tied[0].about, "off_agenda")


def _places(order: Sequence[str]) -> list[dict[str, object]]:
    return [{"item": one, "position": n} for n, one in enumerate(order, 1)]


def reframe(
    c: Change, graph: Graph, meeting: str, version: int, values: Mapping[str, object], invited: Sequence[str]
) -> int:
    """Give a meeting another title, time, place and guests; returns its version. Raises ConflictError, ApprovedError."""
    c.take(meeting, version)
    if c.run(STATE_OF, id=meeting)[0].minutes == "minutes_approved":
        raise ApprovedError(meeting)
    return records.update(c, graph, kind_of("Meeting"), meeting, version, values, {"invited": list(invited)})


def add_items(c: Change, graph: Graph, meeting: str, items: Sequence[NewItem]) -> list[str]:
    """Put items at the end of an agenda, tied to what they came from; gaps among it become "on the agenda"."""
    if not items:
        return []
    last = c.run(LAST_POSITION, meeting=meeting)
    if not last:
        raise MissingError(meeting)
    ids = [str(ULID()) for _ in items]
    rows = [
        {
            "props": records_props(one, item, last[0].n + place),
            "about": list(item.about),
            "carried": list(item.carried),
        }
        for place, (one, item) in enumerate(zip(ids, items, strict=True), 1)
    ]
    c.run(ADD_ITEMS, meeting=meeting, items=rows)
    c.did("agenda", "Meeting", meeting, ("items",))
    put = [one for item in items if item.state == "accepted" for one in item.about]
    mark_gaps(c, graph, put, "on_agenda")
    return ids


def records_props(record: str, item: NewItem, position: int) -> dict[str, Any]:
    """An item as it is stored; what is empty is left out."""
    props: dict[str, Any] = {
        "id": record, "position": position, "title": item.title, "minutes": item.minutes, "state": item.state,
        "kind": item.kind, "key": item.key or record, "points": item.points, "times": item.times,
        "reasons": _json(item.reasons), "proposer": item.proposer,
    }  # fmt: skip
    return {name: value for name, value in props.items() if value is not None}


def mark_gaps(c: Change, graph: Graph, ids: Sequence[str], kind: str) -> None:
    """Take a step of `analytics.gap_steps.MEETINGS` with those of the records that are gaps and in a state for it."""
    if not ids:
        return
    taken = MEETINGS[kind]
    for gap in c.run(GAP_STATES, ids=list(dict.fromkeys(ids)), states=sorted(taken.before)):
        records.update(c, graph, kind_of("Gap"), gap.id, None, {"state": taken.after})
        c.did(kind, "Gap", gap.id, ("state",))


def step(c: Change, graph: Graph, meeting: str, version: int | None, after: str) -> int:
    """Bring a meeting into another state; returns its new version. Raises IllegalStepError, ConflictError."""
    c.take(meeting, version)
    found = c.run(STATE_OF, id=meeting)
    if after not in STEPS[found[0].state]:
        raise IllegalStepError(found[0].state, after)
    return records.update(c, graph, kind_of("Meeting"), meeting, version, {"state": after})


def arrange(c: Change, graph: Graph, meeting: str, version: int, item: str, wanted: str) -> str:
    """Take a proposed item onto the agenda ("accept"), drop one, or move one "up" or "down". Returns the item.

    Raises MissingError for an item of another meeting, ConflictError, ValueError for another wish.
    """
    c.take(meeting, version)
    order = [row.id for row in c.run(AGENDA_ORDER, meeting=meeting)]
    if item not in order:
        raise MissingError(item)
    if wanted in {"accept", "drop"}:
        _settle(c, graph, meeting, item, "accepted" if wanted == "accept" else "dropped", None)
    elif wanted in {"up", "down"}:
        at = order.index(item)
        to = max(0, min(len(order) - 1, at + (-1 if wanted == "up" else 1)))
        order.insert(to, order.pop(at))
    else:
        raise ValueError(wanted)
    c.run(ORDER_ITEMS, meeting=meeting, places=_places(order))
    records.update(c, graph, kind_of("Meeting"), meeting, version, {})
    c.did("agenda", "Meeting", meeting, ("items",))
    return item


def answer(c: Change, meeting: str, organisation: str, said: str) -> None:
    """Note what an invited organisation answers: coming, deputy, online or declined. Raises MissingError."""
    c.take(meeting)
    if not c.run(SET_ANSWER, meeting=meeting, organisation=organisation, answer=said, at=c.at):
        raise MissingError(organisation)
    c.did("answer", "Meeting", meeting, ("invited",))


def _json(reasons: Sequence[Mapping[str, object]]) -> str:
    return json.dumps([dict(reason) for reason in reasons], ensure_ascii=False, default=str)
