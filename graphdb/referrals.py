"""Referrals: sent by one organisation to another, answered step by step; every step an event that is only added.

`state`, `answered_on` and `closed_on` on the referral are a cache of `(Referral)-[:HAS_EVENT]->(Event)`.
The case reference and the note are for sender and receiver only: the queries hold them back from everybody else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, cast

from ulid import ULID

from analytics.referral_steps import STEPS, IllegalStepError, after
from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import MissingError
from graphdb.records.sealing import opened
from graphdb.records.text import title
from graphdb.statements import Found, Read, Write
from graphdb.tokens import new_case_reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.writes import Change

REFERRAL = kind_of("Referral")
ORGANISATION, TYPE = title(kind_of("Organisation"), "o"), title(kind_of("ServiceType"), "t")
ANSWERS = ("acknowledge", "accept", "decline")
ENDS = ("decline", "close_helped", "close_not_helped", "withdraw")
"""Steps that answer and steps that end: on the first day of each the cached dates are set."""


@dataclass(frozen=True, slots=True)
class Line:
    """A referral on the board of a party. `mine`: which side the reader's organisation is on."""

    id: str
    case_ref: str
    state: str
    priority: str | None
    sent_on: date | None
    answered_on: date | None
    closed_on: date | None
    mine: Literal["sender", "receiver"]
    other: records.Ref
    service: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One event."""

    id: str
    kind: str
    at: datetime
    from_state: str
    to_state: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral as a party sees it."""

    id: str
    version: int
    case_ref: str
    state: str
    priority: str | None
    sent_on: date | None
    answered_on: date | None
    closed_on: date | None
    reason: str | None
    sealed: dict[str, Any]
    sender: records.Ref
    receiver: records.Ref
    sends: bool
    receives: bool
    service: str | None
    group: str | None
    place: str | None
    events: list[Any]

    @property
    def note(self) -> str | None:
        """The text for the receiver."""
        return cast("str | None", self.sealed.get("note"))


BOARD = Read(
    Line,
    """
    MATCH (s:Organisation)-[:SENT]->(r:Referral)-[:TO]->(e:Organisation)
    WHERE r.archived_at IS NULL AND (s.id IN $viewer_organisations OR (e.id IN $viewer_organisations AND r.state <> 'draft'))
      AND ($open = (r.state IN $under_way))
    WITH r, s, e ORDER BY coalesce(r.closed_on, r.sent_on, date('9999-12-31')) DESC, r.id LIMIT $limit
    WITH r, CASE WHEN e.id IN $viewer_organisations THEN 'receiver' ELSE 'sender' END AS mine,
         CASE WHEN e.id IN $viewer_organisations THEN s ELSE e END AS o
    RETURN r.id AS id, r.case_ref AS case_ref, r.state AS state, r.priority AS priority, r.sent_on AS sent_on,
           r.answered_on AS answered_on, r.closed_on AS closed_on, mine,
           {id: o.id, ref: o.ref, label: 'Organisation', title: """
    + ORGANISATION
    + """} AS other,
           head(COLLECT { MATCH (r)-[:FOR_SERVICE]->(t:ServiceType) RETURN """
    + TYPE
    + """ }) AS service
    ORDER BY coalesce(closed_on, sent_on, date('9999-12-31')) DESC, id
    """,
)


SHOW = Read(
    ReferralView,
    """
    MATCH (s:Organisation)-[:SENT]->(r:Referral {id: $id})-[:TO]->(e:Organisation)
    WHERE r.archived_at IS NULL
    WITH r, s, e, s.id IN $viewer_organisations AS sends, e.id IN $viewer_organisations AND r.state <> 'draft' AS receives
    WHERE sends OR receives
    RETURN r.id AS id, r.version AS version, r.case_ref AS case_ref, r.state AS state, r.priority AS priority,
           r.sent_on AS sent_on, r.answered_on AS answered_on, r.closed_on AS closed_on, r.reason AS reason,
           {note: r.note, note_v: r.note_v} AS sealed,
           {id: s.id, ref: s.ref, label: 'Organisation', title: coalesce(s['name_' + $lang], s.name)} AS sender,
           {id: e.id, ref: e.ref, label: 'Organisation', title: coalesce(e['name_' + $lang], e.name)} AS receiver,
           sends, receives,
           head(COLLECT { MATCH (r)-[:FOR_SERVICE]->(t:ServiceType) RETURN coalesce(t['name_' + $lang], t.name) }) AS service,
           head(COLLECT { MATCH (r)-[:FOR_GROUP]->(g:PopulationGroup) RETURN coalesce(g['name_' + $lang], g.name) }) AS group,
           head(COLLECT { MATCH (r)-[:FOR_PLACE]->(p:Place) RETURN """
    + title(kind_of("Place"), "p")
    + """ }) AS place,
           COLLECT {
             MATCH (r)-[:HAS_EVENT]->(v:Event) WITH v ORDER BY v.at, v.id
             RETURN {id: v.id, kind: v.kind, at: v.at, from_state: v.from_state, to_state: v.to_state, reason: v.reason}
           } AS events
    ORDER BY id
    """,
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A referral without its case reference, group, place and text: what a coordinator may see."""

    state: str
    priority: str | None
    sent_on: date | None
    answered_on: date | None
    sender: str
    receiver: str


@dataclass(frozen=True, slots=True)
class Counts:
    """One row: (state, priority, sent, answered, how many)."""

    rows: list[list[Any]]


CLOCKS = Read(
    Clock,
    """
    MATCH (s:Organisation)-[:SENT]->(r:Referral)-[:TO]->(e:Organisation)
    WHERE r.archived_at IS NULL AND r.state IN $states AND r.sent_on IS NOT NULL
    WITH r, s, e ORDER BY r.sent_on, r.id LIMIT $limit
    RETURN r.state AS state, r.priority AS priority, r.sent_on AS sent_on, r.answered_on AS answered_on,
           coalesce(s['name_' + $lang], s.name) AS sender, coalesce(e['name_' + $lang], e.name) AS receiver
    ORDER BY sent_on, r.id
    """,
)

COUNTS = Read(
    Counts,
    """
    RETURN COLLECT {
      MATCH (r:Referral) WHERE r.archived_at IS NULL AND r.state <> 'draft'
        AND r.sent_on > $after AND r.sent_on <= $until
      WITH r.state AS state, r.priority AS priority, r.sent_on AS sent, r.answered_on AS answered, count(r) AS n
      ORDER BY sent, state, priority, answered
      RETURN [state, priority, sent, answered, n]
    } AS rows
    """,
)


@dataclass(frozen=True, slots=True)
class State:
    state: str
    sends: bool
    receives: bool


STATE_OF = Read(
    State,
    """
    MATCH (s:Organisation)-[:SENT]->(r:Referral {id: $id})-[:TO]->(e:Organisation) WHERE r.archived_at IS NULL
    RETURN r.state AS state, s.id IN $organisations AS sends, e.id IN $organisations AND r.state <> 'draft' AS receives
    ORDER BY state
    """,
)

ADD_EVENT = Write(
    Found,
    """
    MATCH (r:Referral {id: $id})
    CREATE (r)-[:HAS_EVENT]->(v:Event {id: $event, kind: $kind, at: $at, by: $by, from_state: $before, to_state: $after})
    SET v.reason = $reason, r.state = $after, r.reason = coalesce($reason, r.reason),
        r.sent_on = CASE WHEN $kind = 'send' THEN date($at) ELSE r.sent_on END,
        r.answered_on = CASE WHEN $kind IN $answers THEN coalesce(r.answered_on, date($at)) ELSE r.answered_on END,
        r.closed_on = CASE WHEN $kind IN $ends THEN date($at) ELSE r.closed_on END,
        r.version = r.version + 1, r.changed_at = $at
    RETURN r.id AS id
    """,
)


def board(graph: Graph, viewer: Viewer, language: str, *, under_way: Sequence[str], limit: int = 60) -> list[Line]:
    """Referrals of the viewer's organisations that are under way, and the last that are over. One transaction."""
    params = {"under_way": list(under_way), "limit": limit, "lang": language, **viewer.params()}
    return graph.read(
        lambda tx: [*tx.fetch(BOARD, open=True, **params), *tx.fetch(BOARD, open=False, **{**params, "limit": 30})]
    )


def show(graph: Graph, referral: str, viewer: Viewer, language: str) -> ReferralView | None:
    """A referral with its events, its note opened; None for who is no party to it. One statement."""
    view = graph.one(SHOW, id=referral, lang=language, **viewer.params())
    if view is None:
        return None
    return replace(
        view,
        sealed=opened(graph, REFERRAL, view.id, view.id, view.sealed),
        events=[Step(**event) for event in view.events],
    )


@dataclass(frozen=True, slots=True)
class NewReferral:
    """What a sender fills in; the case reference is drawn, never typed."""

    sender: str
    receiver: str
    service: str
    group: str
    place: str
    priority: str
    note: str


def send(change: Change, graph: Graph, new: NewReferral) -> str:
    """Make a referral and send it, as two events of one transaction. Raises RefusedError, MissingError."""
    values = {"case_ref": new_case_reference(), "state": "draft", "priority": new.priority, "note": new.note}
    links = {
        "sender": [new.sender], "receiver": [new.receiver], "service": [new.service],
        "group": [new.group] if new.group else [], "place": [new.place] if new.place else [],
    }  # fmt: skip
    referral = records.create(change, graph, REFERRAL, values, links)
    take_step(change, referral, "send", (new.sender,))
    return referral


def take_step(
    change: Change, referral: str, kind: str, organisations: Sequence[str], reason: str = "", version: int | None = None
) -> str:
    """One step of a referral by a user of these organisations; returns the new state.

    The reason is a code of `decline_reason`, kept only where the step asks for one. Raises IllegalStepError also for a
    step of the other side, RefusedError where a reason is needed, ConflictError, MissingError.
    """
    change.take(referral, version)
    found = change.one(STATE_OF, id=referral, organisations=list(organisations))
    if found is None:
        raise MissingError(referral)
    now = after(found.state, kind)
    step = STEPS[kind]
    if not (found.sends if step.side == "sender" else found.receives):
        raise IllegalStepError(found.state, kind)
    coded = records.checked(REFERRAL, {"reason": reason}).get("reason") if step.reasoned else None
    if step.reasoned and not coded:
        raise records.RefusedError({"reason": records.BadValueError("This is needed.")})
    change.run(
        ADD_EVENT, id=referral, event=str(ULID()), kind=kind, at=change.at, by=change.actor.id, before=found.state,
        after=now, reason=coded, answers=ANSWERS, ends=ENDS,
    )  # fmt: skip
    change.did(kind, "Referral", referral, ("state",))
    return now
