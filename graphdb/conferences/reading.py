"""The conferences of one person, and one of them whole. Every query holds back what its reader is not named in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, LiteralString, TypedDict, cast

from graphdb.catalogue import kind_of
from graphdb.records.sealing import opened
from graphdb.records.text import title
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph

CONFERENCE, STEP = kind_of("CaseConference"), kind_of("CaseStep")
PERSON: LiteralString = title(kind_of("Person"), "p")
WORKS_AT: LiteralString = """COLLECT {
    MATCH (p)<-[:HOLDER]-(post:Employment)-[:AT_ORGANISATION]->(o:Organisation) WHERE post.archived_at IS NULL
      AND (post.valid_from IS NULL OR post.valid_from <= $today) AND (post.valid_to IS NULL OR post.valid_to > $today)
    WITH DISTINCT coalesce(o['name_' + $lang], o.name) AS at ORDER BY at RETURN at }"""
HAS_ACCOUNT: LiteralString = """EXISTS {
    MATCH (p)<-[:IS]-(a:Account {active: true})-[:HOLDS]->(g:RoleGrant) WHERE g.role <> 'administrator'
      AND (g.valid_from IS NULL OR g.valid_from <= $today) AND (g.valid_to IS NULL OR g.valid_to > $today) }"""


class Named(TypedDict):
    """Somebody named in a conference; `opens`: has an account with which to open it."""

    id: str
    title: str
    at: list[str]
    opens: bool


class Step(TypedDict):
    """What one of them does next; `text` is a dagger once it was erased."""

    id: str
    version: int
    text: str
    due: date
    state: str
    owner: str
    owner_id: str


class About(TypedDict):
    """The referral a conference is about; only its parties learn which one."""

    id: str | None
    case_ref: str | None
    revoked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A conference in a list, without its texts."""

    id: str
    case_ref: str
    state: str
    starts_at: datetime
    people: int
    open_steps: int


@dataclass(frozen=True, slots=True)
class ConferenceView:
    """A conference as somebody named in it sees it."""

    id: str
    version: int
    case_ref: str
    state: str
    starts_at: datetime
    changed_at: datetime
    place: str | None
    basis: str | None
    review_on: date | None
    zone: str
    leads: bool
    convener: str
    sealed: dict[str, Any]
    named: list[Named]
    steps: list[Any]
    about: list[About]

    @property
    def revoked(self) -> bool:
        """Whether the person withdrew the consent of the referral it is about: then its texts are closed."""
        return any(one["revoked"] for one in self.about)

    @property
    def question(self) -> str | None:
        """What it is about."""
        return cast("str | None", self.sealed.get("question"))

    @property
    def outcome(self) -> str | None:
        """What came out of it."""
        return cast("str | None", self.sealed.get("outcome"))


@dataclass(frozen=True, slots=True)
class Nameable:
    """Somebody with an account, to name in a conference."""

    id: str
    title: str
    at: list[str]


KNOWS: LiteralString = "n.archived_at IS NULL AND EXISTS { MATCH (me:Person {id: $viewer_person})-[:NAMED_IN]->(n) }"
LINE: LiteralString = """
    RETURN n.id AS id, n.case_ref AS case_ref, n.state AS state, n.starts_at AS starts_at,
           COUNT { (:Person)-[:NAMED_IN]->(n) } AS people,
           COUNT { MATCH (s:CaseStep)-[:AGREED_IN]->(n) WHERE s.archived_at IS NULL AND s.state IN ['open', 'in_progress'] } AS open_steps
    ORDER BY starts_at DESC, id LIMIT 200
"""
MINE = Read(Line, "MATCH (n:CaseConference) WHERE " + KNOWS + LINE)
# The command line of the machine's owner: references, days and counts; no text, no name.
ALL = Read(Line, "MATCH (n:CaseConference) WHERE n.archived_at IS NULL" + LINE)
OF_CASE = Read(Line, "MATCH (n:CaseConference)-[:ABOUT_CASE]->(:Referral {id: $referral}) WHERE " + KNOWS + LINE)

SHOW = Read(
    ConferenceView,
    "MATCH (n:CaseConference {id: $id})-[:CONVENED_BY]->(lead:Person) WHERE "
    + KNOWS
    + """
    RETURN n.id AS id, n.version AS version, n.case_ref AS case_ref, n.state AS state, n.starts_at AS starts_at,
           n.changed_at AS changed_at, n.place AS place, n.basis AS basis, n.review_on AS review_on,
           coalesce(head(COLLECT { MATCH (z:Setting {key: 'time_zone'}) RETURN z.value }), $usual_zone) AS zone,
           lead.id = $viewer_person AS leads, """
    + title(kind_of("Person"), "lead")
    + """ AS convener, {question: n.question, question_v: n.question_v, outcome: n.outcome, outcome_v: n.outcome_v} AS sealed,
           COLLECT {
             MATCH (p:Person)-[:NAMED_IN]->(n)
             WITH {id: p.id, title: """
    + PERSON
    + ", at: "
    + WORKS_AT
    + ", opens: "
    + HAS_ACCOUNT
    + """} AS one ORDER BY toLower(one.title), one.id RETURN one
           } AS named,
           COLLECT {
             MATCH (s:CaseStep)-[:AGREED_IN]->(n) WHERE s.archived_at IS NULL
             MATCH (s)-[:DONE_BY]->(p:Person)
             WITH s, p ORDER BY s.due, s.id
             RETURN {id: s.id, version: s.version, subject: coalesce(s.subject, s.id), text: s.text, text_v: s.text_v, due: s.due,
                     state: s.state, owner_id: p.id, owner: """
    + PERSON
    + """}
           } AS steps,
           COLLECT {
             MATCH (n)-[:ABOUT_CASE]->(r:Referral)
             WITH r, EXISTS { MATCH (o:Organisation)-[:SENT]->(r) WHERE o.id IN $viewer_organisations }
                     OR EXISTS { MATCH (r)-[:TO]->(o:Organisation) WHERE o.id IN $viewer_organisations } AS party
             RETURN {id: CASE WHEN party THEN r.id END, case_ref: CASE WHEN party THEN r.case_ref END, revoked: r.state = 'revoked'}
           } AS about
    ORDER BY id
    """,
)

PEOPLE = Read(
    Nameable,
    "MATCH (p:Person) WHERE p.archived_at IS NULL AND "
    + HAS_ACCOUNT
    + " WITH p, "
    + PERSON
    + " AS title, "
    + WORKS_AT
    + " AS at ORDER BY toLower(title), p.id LIMIT 500 RETURN p.id AS id, title, at ORDER BY toLower(title), id",
)


def mine(graph: Graph, viewer: Viewer) -> list[Line]:
    """The conferences the viewer is named in, the latest first; for the machine's owner all of them."""
    if viewer.everything:
        return graph.fetch(ALL)
    return graph.fetch(MINE, **viewer.params()) if viewer.person else []


def of_case(graph: Graph, referral: str, viewer: Viewer) -> list[Line]:
    """The conferences about a referral that the viewer is named in."""
    return graph.fetch(OF_CASE, referral=referral, **viewer.params()) if viewer.person else []


def people(graph: Graph, viewer: Viewer, today: date, language: str) -> list[Nameable]:
    """Who can be named: people with an account that is more than an administrator's, as this viewer may know them."""
    return graph.fetch(PEOPLE, today=today, lang=language, **viewer.params())


def show(graph: Graph, conference: str, viewer: Viewer, today: date, language: str, zone: str) -> ConferenceView | None:
    """A conference with its texts opened; None for who is not named in it. One statement.

    `zone` is the time zone of a network that has said none. Texts are None while the person's consent is withdrawn.
    """
    if not viewer.person:
        return None
    view = graph.one(SHOW, id=conference, today=today, lang=language, usual_zone=zone, **viewer.params())
    if view is None:
        return None
    if view.revoked:
        return replace(view, sealed={}, steps=[])
    return replace(
        view,
        sealed=opened(graph, CONFERENCE, view.id, view.id, view.sealed),
        steps=[_step(graph, one) for one in view.steps],
    )


def _step(graph: Graph, stored: dict[str, Any]) -> Step:
    subject = str(stored.pop("subject"))
    return cast("Step", opened(graph, STEP, str(stored["id"]), subject, stored))
