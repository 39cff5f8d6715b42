"""Referrals as parties see them, and their clocks and counts for others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, cast

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.records.sealing import opened
from graphdb.records.text import title
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.actors import Viewer
    from graphdb.connection import Graph

REFERRAL = kind_of("Referral")
ORGANISATION, TYPE = title(kind_of("Organisation"), "o"), title(kind_of("ServiceType"), "t")


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
class Choices:
    """What a referral is made of, each as [id, title]."""

    organisations: list[list[str]]
    services: list[list[str]]
    groups: list[list[str]]
    places: list[list[str]]


CHOICES = Read(
    Choices,
    """
    RETURN
      COLLECT {
        MATCH (o:Organisation) WHERE o.archived_at IS NULL AND coalesce(o.membership, '') <> 'left'
          AND (o.valid_to IS NULL OR o.valid_to > $today)
        WITH o, coalesce(o['name_' + $lang], o.name) AS title ORDER BY toLower(title), o.id LIMIT $limit RETURN [o.id, title]
      } AS organisations,
      COLLECT {
        MATCH (t:ServiceType) WHERE t.archived_at IS NULL
        WITH t, coalesce(t['name_' + $lang], t.name) AS title ORDER BY toLower(title), t.id LIMIT $limit RETURN [t.id, title]
      } AS services,
      COLLECT {
        MATCH (g:PopulationGroup) WHERE g.archived_at IS NULL
        WITH g, coalesce(g['name_' + $lang], g.name) AS title ORDER BY toLower(title), g.id LIMIT $limit RETURN [g.id, title]
      } AS groups,
      COLLECT {
        MATCH (p:Place) WHERE p.archived_at IS NULL AND coalesce(p.protected, false) = false
        WITH p, coalesce(p['name_' + $lang], p.name) AS title ORDER BY toLower(title), p.id LIMIT $limit RETURN [p.id, title]
      } AS places
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


def choices(graph: Graph, today: date, language: str, limit: int = 500) -> Choices:
    """Partners, service types, groups and unprotected places to choose from. One statement."""
    row = graph.one(CHOICES, today=today, lang=language, limit=limit)
    assert row is not None
    return row
