"""One meeting whole: its agenda, what was decided, who was invited and came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, LiteralString, TypedDict

from graphdb.meetings.pieces import ABOUT, MEETING_NAME, ORGANISATION_NAME, PERSON_NAME, ZONE, About, Named
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph


class PromiseOf(TypedDict):
    """An action as it stood when the minutes were approved; `owner` is None where that organisation is gone."""

    text: str
    due: date
    owner: Named | None


class ActionOf(TypedDict):
    """An action a decision asks for; `approved` as the approved minutes have it, None before."""

    id: str
    ref: str
    text: str
    due: date
    state: str
    done_on: date | None
    evidence: str | None
    owner: Named | None
    person: Named | None
    approved: PromiseOf | None


class DecisionOf(TypedDict):
    """What was decided on an item."""

    id: str
    text: str
    decided_on: date | None
    actions: list[ActionOf]


class Item(TypedDict):
    """An item of the agenda. `reasons` is the JSON list it was proposed with; `times` how often it was carried over."""

    id: str
    position: int
    title: str
    minutes: int | None
    state: str
    kind: str
    key: str
    points: int | None
    times: int
    reasons: str
    proposer: Named | None
    about: About | None
    decisions: list[DecisionOf]


class Guest(TypedDict):
    """An organisation that was invited or came. `answer`: what it said; `mode`: how it was there, None if not noted."""

    id: str
    title: str
    invited: bool
    answer: str | None
    reasons: str | None
    mode: str | None
    person: Named | None


class PackOf(TypedDict):
    """A frozen pack."""

    id: str
    language: str
    as_of: date
    created_at: datetime


class StepOf(TypedDict):
    """A step of the minutes: `kind` is minutes_approved or minutes_reopened, `who` the name of an account."""

    kind: str
    at: datetime
    who: str
    note: str | None


class DraftOf(TypedDict):
    """A draft that is discussed at the meeting."""

    id: str
    title: str
    state: str
    until: date


class SeriesOf(TypedDict):
    """The series a meeting belongs to."""

    id: str
    title: str
    every_weeks: int | None


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting with its agenda, decisions, packs, and everybody who was invited or came.

    `title` is the name in the reader's language, `name` as it was typed.
    """

    id: str
    ref: str
    title: str
    name: str
    version: int
    archived: bool
    state: str
    starts_at: datetime
    minutes: int | None
    place: str | None
    note: str | None
    minutes_state: str | None
    changed_at: datetime
    network: str
    zone: str
    series: SeriesOf | None
    items: list[Item]
    everybody: list[Guest]
    packs: list[PackOf]
    drafts: list[DraftOf]
    steps: list[StepOf]

    @property
    def approved(self) -> StepOf | None:
        """Who approved the minutes and when; None while they may still change."""
        return self.steps[0] if self.minutes_state == "minutes_approved" and self.steps else None

    @property
    def guests(self) -> list[Guest]:
        """Those who were invited."""
        return [each for each in self.everybody if each["invited"]]

    @property
    def others(self) -> list[Guest]:
        """Those who came besides."""
        return [each for each in self.everybody if not each["invited"]]


_DECISIONS: LiteralString = (
    """COLLECT {
        MATCH (i)-[:LED_TO]->(d:Decision) WITH d ORDER BY d.id
        RETURN {id: d.id, text: d.text, decided_on: d.decided_on, actions: COLLECT {
            MATCH (d)-[q:REQUIRES]->(p:ActionPoint) WHERE p.archived_at IS NULL WITH q, p ORDER BY p.due, p.ref
            RETURN {id: p.id, ref: p.ref, text: p.text, due: p.due, state: p.state, done_on: p.done_on,
                    evidence: p.evidence, owner: head(COLLECT { MATCH (p)-[:OWNED_BY]->(o:Organisation)
                        RETURN {id: o.id, title: """
    + ORGANISATION_NAME
    + """} }), person: head(COLLECT { MATCH (p)-[:DONE_BY]->(person:Person) RETURN {id: person.id, title: """
    + PERSON_NAME
    + """} }), approved: CASE WHEN q.due IS NULL THEN null ELSE {text: q.text, due: q.due, owner: head(COLLECT {
                        MATCH (o:Organisation) WHERE o.id = q.owner RETURN {id: o.id, title: """
    + ORGANISATION_NAME
    + """} })} END} }} }"""
)

_ITEM: LiteralString = (
    """COLLECT {
        MATCH (m)-[:HAS_ITEM]->(i:AgendaItem) WITH i ORDER BY i.position, i.id
        RETURN {id: i.id, position: i.position, title: i.title, minutes: i.minutes, state: i.state, kind: i.kind,
                key: i.key, points: i.points, times: coalesce(i.times, 0), reasons: coalesce(i.reasons, '[]'),
                proposer: head(COLLECT { MATCH (o:Organisation) WHERE o.id = i.proposer RETURN {id: o.id, title: """
    + ORGANISATION_NAME
    + """} }),
                about: """
    + ABOUT
    + ", decisions: "
)
# Agendas of meetings to come carry no decisions: the planner is spared them.
ITEMS_AHEAD: LiteralString = _ITEM + "[]} }"
ITEMS: LiteralString = _ITEM + _DECISIONS + "} }"

_GUEST: LiteralString = (
    """{id: o.id, title: """
    + ORGANISATION_NAME
    + """, invited: v IS NOT NULL, answer: v.answer, reasons: v.reasons, mode: t.mode,
        person: head(COLLECT { MATCH (person:Person) WHERE person.id = t.person RETURN {id: person.id, title: """
    + PERSON_NAME
    + """} })}"""
)

SERIES_OF: LiteralString = """head(COLLECT { MATCH (m)-[:IN_SERIES]->(s:MeetingSeries)
    RETURN {id: s.id, title: coalesce(s['name_' + $lang], s.name), every_weeks: s.every_weeks} })"""

MEETING = Read(
    MeetingView,
    """
    MATCH (m:Meeting {id: $id})
    RETURN m.id AS id, m.ref AS ref, """
    + MEETING_NAME
    + """ AS title, m.name AS name, m.version AS version, m.archived_at IS NOT NULL AS archived, m.state AS state,
           m.starts_at AS starts_at, m.minutes AS minutes, m.place AS place, m.note AS note,
           m.minutes_state AS minutes_state, m.changed_at AS changed_at,
           coalesce(head(COLLECT { MATCH (s:Setting {key: 'network_name'}) RETURN s.value }), '') AS network, """
    + ZONE
    + """ AS zone, """
    + SERIES_OF
    + """ AS series, """
    + ITEMS
    + """ AS items,
           COLLECT { MATCH (o:Organisation)-[:INVITED|ATTENDED]->(m) WITH DISTINCT m, o ORDER BY toLower(o.name), o.id
                     OPTIONAL MATCH (o)-[v:INVITED]->(m) OPTIONAL MATCH (o)-[t:ATTENDED]->(m) RETURN """
    + _GUEST
    + """ } AS everybody,
           COLLECT { MATCH (k:Snapshot {kind: 'pack'})-[:PACK_OF]->(m) WITH k ORDER BY k.created_at DESC, k.id LIMIT 20
                     RETURN {id: k.id, language: k.language, as_of: k.as_of, created_at: k.created_at} } AS packs,
           COLLECT { MATCH (m)<-[:DISCUSSED_AT]-(d:Consultation) WHERE d.archived_at IS NULL AND ($viewer_everything OR $viewer_member)
                     WITH d ORDER BY d.until, d.id
                     RETURN {id: d.id, title: coalesce(d['name_' + $lang], d.name), state: d.state, until: d.until} } AS drafts,
           COLLECT { MATCH (m)-[:HAS_EVENT]->(v:Event) WITH v ORDER BY v.at DESC, v.id DESC LIMIT 20
                     RETURN {kind: v.kind, at: v.at, note: v.reason,
                             who: coalesce(head(COLLECT { MATCH (a:Account {id: v.by}) RETURN a.name }), '')} } AS steps
    ORDER BY id
    """,
)


def meeting(graph: Graph, record: str, viewer: Viewer, language: str) -> MeetingView | None:
    """A meeting whole; None when there is none. Whether the viewer may read it is asked before. One statement."""
    return graph.one(MEETING, id=record, lang=language, **viewer.params())
