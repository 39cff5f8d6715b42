"""Referrals as parties see them, and their clocks and counts for others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, cast

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.records.sealing import opened
from graphdb.records.text import title
from graphdb.referrals.notes import opened_note
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.actors import Viewer
    from graphdb.connection import Graph

REFERRAL = kind_of("Referral")
ORGANISATION, TYPE = title(kind_of("Organisation"), "o"), title(kind_of("ServiceType"), "t")


@dataclass(frozen=True, slots=True)
class Line:
    """A referral on the board of a party. `mine`: which side the reader's organisation is on.

    `asked_at` is when an answer was last asked for; None where only the day of sending is known. `seen_on`: the day on
    which the sender saw what came of it.
    """

    id: str
    case_ref: str
    state: str
    priority: str | None
    sent_on: date | None
    asked_at: datetime | None
    answered_on: date | None
    closed_on: date | None
    seen_on: date | None
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
    via: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """The consent of a referral: codes of the vocabularies, and the names of those who may know."""

    id: str
    state: str
    basis: str | None
    items: list[str]
    refused: list[str]
    purpose: str | None
    until: date | None
    languages: list[str]
    names: list[str]


@dataclass(frozen=True, slots=True)
class Hop:
    """One organisation a case was sent to, and what became of it there."""

    organisation: str
    name: str
    state: str
    sent_on: date | None


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral as a party sees it. `listed`: it came from an imported list; of its first steps only the days are known."""

    id: str
    version: int
    case_ref: str
    state: str
    priority: str | None
    sent_on: date | None
    asked_at: datetime | None
    answered_on: date | None
    served_on: date | None
    closed_on: date | None
    seen_on: date | None
    reason: str | None
    age_band: str | None
    languages: list[str]
    listed: bool
    sealed: dict[str, Any]
    sender: records.Ref
    receiver: records.Ref
    sends: bool
    receives: bool
    service: str | None
    group: str | None
    place: str | None
    has_account: bool
    consents: list[Any]
    hops: list[Any]
    events: list[Any]

    @property
    def note(self) -> str | None:
        """The text for the receiver; kept from the receiver once the person withdrew the consent."""
        if self.state == "revoked" and not self.sends:
            return None
        return cast("str | None", self.sealed.get("note"))

    @property
    def consent(self) -> Agreed | None:
        """What the person agreed to; None where it was not written down."""
        return self.consents[0] if self.consents else None

    @property
    def back_and_forth(self) -> bool:
        """Whether the case came back to an organisation that had it before."""
        been = [self.hops[0].organisation, *(hop.organisation for hop in self.hops[1:])] if self.hops else []
        return len(been) > len(set(been))


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
           r.asked_at AS asked_at, r.answered_on AS answered_on, r.closed_on AS closed_on, r.feedback_seen_on AS seen_on, mine,
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
           r.sent_on AS sent_on, r.asked_at AS asked_at, r.answered_on AS answered_on, r.served_on AS served_on,
           r.closed_on AS closed_on, r.feedback_seen_on AS seen_on, r.reason AS reason,
           r.age_band AS age_band, coalesce(r.languages, []) AS languages, r.import_id IS NOT NULL AS listed,
           {note: r.note, note_v: r.note_v} AS sealed,
           {id: s.id, ref: s.ref, label: 'Organisation', title: coalesce(s['name_' + $lang], s.name)} AS sender,
           {id: e.id, ref: e.ref, label: 'Organisation', title: coalesce(e['name_' + $lang], e.name)} AS receiver,
           sends, receives,
           head(COLLECT { MATCH (r)-[:FOR_SERVICE]->(t:ServiceType) RETURN coalesce(t['name_' + $lang], t.name) }) AS service,
           head(COLLECT { MATCH (r)-[:FOR_GROUP]->(g:PopulationGroup) RETURN coalesce(g['name_' + $lang], g.name) }) AS group,
           head(COLLECT { MATCH (r)-[:FOR_PLACE]->(p:Place) RETURN """
    + title(kind_of("Place"), "p")
    + """ }) AS place,
           EXISTS {
             MATCH (e)<-[:IN]-(g:RoleGrant {role: 'partner'})<-[:HOLDS]-(u:Account)
             WHERE u.active AND (g.valid_from IS NULL OR g.valid_from <= $today) AND (g.valid_to IS NULL OR g.valid_to > $today)
           } AS has_account,
           COLLECT {
             MATCH (r)-[:UNDER]->(c:Consent)
             RETURN {id: c.id, state: c.state, basis: c.basis, items: coalesce(c.items, []), refused: coalesce(c.refused, []),
                     purpose: c.purpose, until: c.until, languages: coalesce(c.languages, []),
                     names: COLLECT { MATCH (c)-[:NAMES]->(o:Organisation) WITH coalesce(o['name_' + $lang], o.name) AS name
                                      ORDER BY name RETURN name }}
           } AS consents,
           COLLECT {
             MATCH (a:Referral)-[:REDIRECTED_AS*0..12]->(r) WHERE NOT EXISTS { (:Referral)-[:REDIRECTED_AS]->(a) }
             MATCH (a)-[:REDIRECTED_AS*0..24]->(h:Referral)-[:TO]->(o:Organisation)
             WITH DISTINCT h, o ORDER BY h.sent_on, h.id
             RETURN {organisation: o.id, name: coalesce(o['name_' + $lang], o.name), state: h.state, sent_on: h.sent_on}
           } AS hops,
           COLLECT {
             MATCH (r)-[:HAS_EVENT]->(v:Event) WITH v ORDER BY v.at, v.id
             RETURN {id: v.id, kind: v.kind, at: v.at, from_state: v.from_state, to_state: v.to_state, reason: v.reason,
                     via: v.via, note: v.note}
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


CLOCKS = Read(
    Clock,
    """
    MATCH (s:Organisation)-[:SENT]->(r:Referral)-[:TO]->(e:Organisation)
    WHERE r.archived_at IS NULL AND r.state IN $states AND r.sent_on IS NOT NULL
      AND (r.import_id IS NULL OR r.asked_at IS NOT NULL)
    WITH r, s, e ORDER BY r.sent_on, r.id LIMIT $limit
    RETURN r.state AS state, r.priority AS priority, r.sent_on AS sent_on, r.answered_on AS answered_on,
           coalesce(s['name_' + $lang], s.name) AS sender, coalesce(e['name_' + $lang], e.name) AS receiver
    ORDER BY sent_on, r.id
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


def show(graph: Graph, referral: str, viewer: Viewer, language: str, today: date) -> ReferralView | None:
    """A referral with its events, its note opened; None for who is no party to it. One statement."""
    view = graph.one(SHOW, id=referral, lang=language, today=today, **viewer.params())
    if view is None:
        return None
    return replace(
        view,
        sealed=opened(graph, REFERRAL, view.id, view.id, view.sealed),
        consents=[Agreed(**one) for one in view.consents],
        hops=[Hop(**hop) for hop in view.hops],
        events=[_step(graph, view.id, event) for event in view.events],
    )


def _step(graph: Graph, referral: str, event: dict[str, Any]) -> Step:
    told: dict[str, Any] = {**event, "note": opened_note(graph.vault, referral, event["id"], event["note"])}
    return Step(**told)


def choices(graph: Graph, today: date, language: str, limit: int = 500) -> Choices:
    """Partners, service types, groups and unprotected places to choose from. One statement."""
    row = graph.one(CHOICES, today=today, lang=language, limit=limit)
    assert row is not None
    return row
