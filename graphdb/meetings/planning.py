"""What a meeting is planned from, as the graph holds it: one statement, one row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, LiteralString, TypedDict, cast

from analytics.collaboration import Action, Agreement
from analytics.planning import CarriedItem, ItemKind, Partner, PlanGap, PlanningFacts, Seat
from analytics.priority import GapFacts
from graphdb.errors import MissingError
from graphdb.meetings.pieces import MATTER, ORGANISATION_NAME, WITH_ITS_PLACE, ZONE, About
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph


class Matter(TypedDict):
    """A gap nobody has closed or accepted (`open`), an agreement that ends soon (`open`), or what a left-over item is about.

    `nearby` offer the service of a gap there or next door.
    """

    about: About
    open: bool
    key: str | None
    first_seen: date | None
    valid_from: date | None
    nearby: list[str]


class OpenAction(TypedDict):
    """An action not done; `aims` are keys of gaps."""

    id: str
    ref: str
    text: str
    due: date | None
    agreed_on: date | None
    owner: str
    aims: list[str]


class Member(TypedDict):
    """A partner. `confirmed`: the day since which its record and all its open services are confirmed."""

    id: str
    title: str
    joined: date | None
    left: date | None
    confirmed: date | None
    sectors: list[str]
    level: str | None
    do_not_contact: bool


class LeftOver(TypedDict):
    """An item an earlier meeting of the series did not finish."""

    id: str
    key: str
    kind: str
    title: str
    minutes: int | None
    times: int
    proposer: str | None
    about: str | None


class SeriesChoice(TypedDict):
    """A series to plan for; `last` is when it last met."""

    id: str
    title: str
    every_weeks: int | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything a plan stands on. `last` is the last meeting held of the series, `sectors` and `levels` what
    it needs in the room."""

    zone: str
    choices: list[SeriesChoice]
    required: list[str]
    sectors: list[str]
    levels: list[str]
    stale_referrals: int
    last: str | None
    matters: list[Matter]
    actions: list[OpenAction]
    members: list[Member]
    carried: list[LeftOver]

    def abouts(self) -> dict[str, About]:
        """What every matter is, by its record's id."""
        return {each["about"]["id"]: each["about"] for each in self.matters}

    def gaps(self) -> list[Matter]:
        """The gaps that are open."""
        return [each for each in self.matters if each["open"] and each["about"]["label"] == "Gap"]

    def agreements(self) -> list[Matter]:
        """The agreements that end soon."""
        return [each for each in self.matters if each["open"] and each["about"]["label"] == "Agreement"]


_CHOICES: LiteralString = """
      COLLECT { MATCH (s:MeetingSeries) WHERE s.archived_at IS NULL AND (s.valid_to IS NULL OR s.valid_to > $on)
        WITH s ORDER BY s.ref LIMIT 100
        RETURN {id: s.id, title: coalesce(s['name_' + $lang], s.name), every_weeks: s.every_weeks,
                last: head(COLLECT { MATCH (s)<-[:IN_SERIES]-(m:Meeting)
                    WHERE m.archived_at IS NULL AND m.state <> 'cancelled'
                    RETURN m.starts_at ORDER BY m.starts_at DESC LIMIT 1 })} }"""

GROUND = Read(
    Ground,
    """
    RETURN """
    + ZONE
    + " AS zone,"
    + _CHOICES
    + """ AS choices,
      COLLECT { MATCH (o:Organisation)-[:MEMBER_OF]->(:MeetingSeries {id: $series}) WHERE o.archived_at IS NULL
        RETURN DISTINCT o.id } AS required,
      coalesce(head(COLLECT { MATCH (s:MeetingSeries {id: $series}) RETURN s.required_sectors }), []) AS sectors,
      coalesce(head(COLLECT { MATCH (s:MeetingSeries {id: $series}) RETURN s.required_levels }), []) AS levels,
      COUNT { MATCH (r:Referral) WHERE r.archived_at IS NULL AND r.state IN ['sent', 'reopened']
              AND r.escalated_at IS NOT NULL } AS stale_referrals,
      head(COLLECT { MATCH (m:Meeting)-[:IN_SERIES]->(:MeetingSeries {id: $series})
        WHERE m.state = 'held' AND m.archived_at IS NULL RETURN m.id ORDER BY m.starts_at DESC LIMIT 1 }) AS last,
      COLLECT {
        CALL () {
            MATCH (x:Gap) WHERE x.archived_at IS NULL AND x.gone_on IS NULL
              AND NOT x.state IN ['false_positive', 'closed_verified'] AND NOT x.cls IN ['not_assessed', 'covered']
              AND NOT (x.state = 'accepted_risk' AND (x.accepted_until IS NULL OR x.accepted_until > $on))
            RETURN x, true AS open
          UNION
            MATCH (x:Agreement) WHERE x.archived_at IS NULL AND x.valid_to > $on AND x.valid_to <= $lapse
              AND NOT coalesce(x.stage, 'signed') IN ['idea', 'drafting', 'legal', 'terminated']
              AND NOT EXISTS { MATCH (x)<-[:FOLLOWS]-(b:Agreement) WHERE b.archived_at IS NULL
                               AND NOT coalesce(b.stage, 'signed') IN ['idea', 'drafting', 'legal', 'terminated'] }
            RETURN x, true AS open
          UNION
            MATCH (:MeetingSeries {id: $series})<-[:IN_SERIES]-(m:Meeting)-[:HAS_ITEM]->(i:AgendaItem)-[:ABOUT]->(x:Record)
            WHERE m.state IN ['held', 'cancelled'] AND i.state IN ['postponed', 'accepted', 'proposed']
              AND NOT x:Organisation AND NOT EXISTS { (:AgendaItem)-[:CARRIED_FROM]->(i) }
            RETURN x, false AS open
        }
        WITH x, max(open) AS open ORDER BY x.key, x.valid_to, x.id """
    + WITH_ITS_PLACE
    + """
        RETURN {open: open, key: x.key, first_seen: x.first_seen, valid_from: x.valid_from, about: """
    + MATTER
    + """, nearby: COLLECT {
            MATCH (service)<-[:BROADER*0..3]-(:ServiceType)<-[:OF_TYPE]-(offer:Service)<-[:PROVIDES]-(o:Organisation)
            WHERE offer.archived_at IS NULL AND offer.status = 'active' AND o.archived_at IS NULL
              AND EXISTS { MATCH (offer)-[:COVERS_AREA]->(at:Place) WHERE at = place OR (place)-[:PART_OF]->(at)
                           OR (place)-[:PART_OF]->(:Place)<-[:PART_OF]-(at) }
            WITH DISTINCT o ORDER BY o.id LIMIT 20 RETURN o.id }} } AS matters,
      COLLECT { MATCH (p:ActionPoint)-[:OWNED_BY]->(o:Organisation)
        WHERE p.archived_at IS NULL AND p.state IN ['open', 'in_progress']
        WITH p, o ORDER BY p.due, p.id
        RETURN {id: p.id, ref: p.ref, text: p.text, due: p.due, agreed_on: p.agreed_on, owner: o.id,
                aims: COLLECT { MATCH (p)-[:AIMS_AT]->(g:Gap) RETURN DISTINCT g.key ORDER BY g.key }} } AS actions,
      COLLECT { MATCH (o:Organisation) WHERE o.archived_at IS NULL
          AND coalesce(o.membership, 'active') IN ['active', 'dormant', 'invited']
        WITH o, COLLECT { MATCH (o)-[:PROVIDES]->(x:Service) WHERE x.archived_at IS NULL AND x.status = 'active'
            AND (x.valid_to IS NULL OR x.valid_to > $on) RETURN x.assured_on } + [o.assured_on] AS days
        ORDER BY o.ref
        RETURN {id: o.id, title: """
    + ORGANISATION_NAME
    + """, joined: o.valid_from, left: o.valid_to, do_not_contact: coalesce(o.do_not_contact, false),
                sectors: coalesce(o.sectors, []), level: o.level,
                confirmed: CASE WHEN all(day IN days WHERE day IS NOT NULL) THEN
                    reduce(oldest = head(days), day IN days | CASE WHEN day < oldest THEN day ELSE oldest END) END}
      } AS members,
      COLLECT { MATCH (:MeetingSeries {id: $series})<-[:IN_SERIES]-(m:Meeting)-[:HAS_ITEM]->(i:AgendaItem)
        WHERE m.archived_at IS NULL AND m.state IN ['held', 'cancelled']
          AND i.state IN ['postponed', 'accepted', 'proposed'] AND NOT EXISTS { (:AgendaItem)-[:CARRIED_FROM]->(i) }
        WITH i ORDER BY i.id
        RETURN {id: i.id, key: i.key, kind: i.kind, title: i.title, minutes: i.minutes, times: coalesce(i.times, 0) + 1,
                proposer: i.proposer, about: head(COLLECT { MATCH (i)-[:ABOUT]->(x:Record) WHERE NOT x:Organisation
                    RETURN x.id })} } AS carried
    ORDER BY zone
    """,
)


@dataclass(frozen=True, slots=True)
class Choices:
    zone: str
    choices: list[SeriesChoice]


CHOICES = Read(Choices, "RETURN " + ZONE + " AS zone," + _CHOICES + " AS choices ORDER BY zone")


def choices(graph: Graph, on: date, language: str) -> Choices:
    """The series one may plan for on a day, and when each last met. One statement."""
    found = graph.one(CHOICES, on=on, lang=language)
    assert found is not None
    return found


def ground(graph: Graph, series: str, on: date, lapse: date, viewer: Viewer, language: str) -> Ground:
    """What the plan of a meeting on that day stands on. `lapse`: agreements that end by then are looked at."""
    found = graph.one(GROUND, series=series, on=on, lapse=lapse, lang=language, **viewer.params())
    if found is None:
        raise MissingError(series)
    return found


def facts(ground: Ground, on: date) -> PlanningFacts:
    """The ground as the rules of planning take it: a carried item whose matter is open anyway is that matter."""
    left = {item["about"] for item in ground.carried}
    open_now = {each["about"]["id"] for each in ground.matters if each["open"]} | {
        each["id"] for each in ground.actions
    }
    return PlanningFacts(
        gaps=tuple(_gap(gap, on, promised=gap["about"]["id"] in left) for gap in ground.gaps()),
        actions=tuple(_action(action) for action in ground.actions),
        partners=tuple(
            Partner(each["id"], each["joined"], each["left"], (each["confirmed"],) if each["confirmed"] else ())
            for each in ground.members
        ),
        agreements=tuple(_agreement(ending) for ending in ground.agreements()),
        carried=tuple(
            CarriedItem(item["id"], item["times"], (item["proposer"],) if item["proposer"] else (), item["minutes"])
            for item in ground.carried
            if item["about"] not in open_now
        ),
        required=tuple(ground.required),
        seats=seats(ground, on),
        stale_referrals=ground.stale_referrals,
        do_not_contact=frozenset(each["id"] for each in ground.members if each["do_not_contact"]),
    )


def seats(ground: Ground, on: date) -> tuple[Seat, ...]:
    """The sectors and levels the series needs, with the members of that day that bring them."""
    here = [
        each
        for each in ground.members
        if (each["joined"] is None or each["joined"] <= on) and (each["left"] is None or on < each["left"])
    ]
    sectors = (
        Seat("sector", code, frozenset(each["id"] for each in here if code in each["sectors"]))
        for code in ground.sectors
    )
    levels = (
        Seat("level", code, frozenset(each["id"] for each in here if each["level"] == code)) for code in ground.levels
    )
    return (*sectors, *levels)


def _gap(gap: Matter, on: date, *, promised: bool) -> PlanGap:
    about = gap["about"]
    named = tuple(each["id"] for each in about["organisations"])
    coverage = about["service"] is not None
    seen = gap["first_seen"]
    return PlanGap(
        gap["key"] or about["id"],
        ItemKind.COVERAGE if coverage else ItemKind.COLLABORATION,
        GapFacts(
            about["cls"] or "",
            need=_tercile(about["reasons"]),
            age_days=(on - seen).days if seen else None,
        ),
        named or (tuple(gap["nearby"]) if coverage else ()),
        asked=promised or about["state"] == "on_agenda",
    )


def _tercile(reasons: str | None) -> int | None:
    """The need that detection found, from the reasons it stored."""
    for reason in cast("Iterable[Mapping[str, object]]", json.loads(reasons or "[]")):
        if reason.get("code") == "need" and isinstance(tercile := reason.get("tercile"), int):
            return tercile
    return None


def _action(action: OpenAction) -> Action:
    return Action(
        action["id"], (action["owner"],), tuple(action["aims"]), opened=action["agreed_on"], due=action["due"]
    )


def _agreement(ending: Matter) -> Agreement:
    about = ending["about"]
    parties = tuple(each["id"] for each in about["organisations"])
    return Agreement(about["id"], parties, ending["valid_from"], about["on"])
