"""Concerns about somebody's safety: told to one named person, who alone reads them (rights.md: the flag).

Who raised one learns what became of it, not the words: a phone may be looked at by others. Nobody reads one by office. The
texts are sealed with the key of the pair, so that erasing the leader takes them along.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, LiteralString, cast

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.conferences.reading import HAS_ACCOUNT
from graphdb.errors import GraphError, MissingError
from graphdb.records.sealing import opened
from graphdb.records.text import title
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.writes import Change

CONCERN, PERSON = kind_of("Concern"), kind_of("Person")
OPEN = ("raised", "in_hand")


class ClosedError(GraphError):
    """The concern is closed, or not in the state that leads there."""


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who can be told."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A concern in a list, without its words. `pair` is the pair's reference."""

    id: str
    pair: str
    pair_id: str
    state: str
    urgent: bool
    raised_on: date
    closed_on: date | None
    named: str


@dataclass(frozen=True, slots=True)
class ConcernView:
    """A concern as the person named in it reads it."""

    id: str
    version: int
    state: str
    urgent: bool
    raised_on: date
    closed_on: date | None
    pair: str
    mentor: str
    leader: str
    author: str | None
    sealed: dict[str, Any]

    @property
    def text(self) -> str | None:
        """What worries who raised it."""
        return cast("str | None", self.sealed.get("text"))

    @property
    def outcome(self) -> str | None:
        """What was done."""
        return cast("str | None", self.sealed.get("outcome"))


# Their name is no secret from those who must find help: a leader knows whom a concern is told to.
TELLABLE = Read(
    Told,
    """
    MATCH (:Mentorship {id: $pair})-[:IN_PROGRAMME]->(run:Programme)
    MATCH (p:Person) WHERE p.archived_at IS NULL AND p.id <> $viewer_person
      AND NOT EXISTS { (p)-[:MENTORS_IN|MENTEE_IN]->(:Mentorship {id: $pair}) }
      AND (EXISTS { (run)-[:SAFEGUARDED_BY]->(p) } OR EXISTS {
        MATCH (p)<-[:IS]-(:Account {active: true})-[:HOLDS]->(s:RoleGrant {role: 'supervisor'})-[:IN]->(run)
        WHERE (s.valid_from IS NULL OR s.valid_from <= $today) AND (s.valid_to IS NULL OR s.valid_to > $today) })
      AND """
    + HAS_ACCOUNT
    + """
    RETURN DISTINCT p.id AS id, p.name AS name ORDER BY toLower(name), id
    """,
)

LINE: LiteralString = """
    MATCH (n)-[:CONCERNS]->(m:Mentorship) MATCH (n)-[:MEANT_FOR]->(p:Person)
    RETURN n.id AS id, m.ref AS pair, m.id AS pair_id, n.state AS state, coalesce(n.urgent, false) AS urgent,
           n.raised_on AS raised_on, n.closed_on AS closed_on, p.name AS named
    ORDER BY state = 'closed', urgent DESC, raised_on, id LIMIT 200
"""
MINE = Read(
    Line,
    "MATCH (n:Concern)-[:MEANT_FOR]->(:Person {id: $viewer_person}) WHERE n.archived_at IS NULL WITH DISTINCT n" + LINE,
)
RAISED = Read(
    Line,
    "MATCH (n:Concern)-[:RAISED_BY]->(:Person {id: $viewer_person}) MATCH (n)-[:CONCERNS]->(:Mentorship {id: $pair})"
    " WHERE n.archived_at IS NULL WITH DISTINCT n" + LINE,
)

SHOW = Read(
    ConcernView,
    """
    MATCH (n:Concern {id: $id})-[:MEANT_FOR]->(:Person {id: $viewer_person}) WHERE n.archived_at IS NULL
    MATCH (n)-[:CONCERNS]->(m:Mentorship)
    MATCH (mentor:Person)-[:MENTORS_IN]->(m)<-[:MENTEE_IN]-(leader:Person)
    OPTIONAL MATCH (n)-[:RAISED_BY]->(author:Person)
    RETURN n.id AS id, n.version AS version, n.state AS state, coalesce(n.urgent, false) AS urgent, n.raised_on AS raised_on,
           n.closed_on AS closed_on, m.ref AS pair, """
    + title(PERSON, "mentor")
    + " AS mentor, "
    + title(PERSON, "leader")
    + " AS leader, CASE WHEN author IS NULL THEN null ELSE "
    + title(PERSON, "author")
    + """ END AS author,
           {text: n.text, text_v: n.text_v, outcome: n.outcome, outcome_v: n.outcome_v, subject: coalesce(n.subject, n.id)} AS sealed
    ORDER BY id
    """,
)


def tellable(graph: Graph, pair: str, viewer: Viewer, today: date) -> list[Told]:
    """Who can be told about a pair: supervisors of its programme and whom the programme names, with an account; never
    one of the two."""
    return graph.fetch(TELLABLE, pair=pair, today=today, **viewer.params())


def mine(graph: Graph, viewer: Viewer) -> list[Line]:
    """The concerns told to the viewer, the open ones first."""
    return graph.fetch(MINE, **viewer.params()) if viewer.person else []


def raised(graph: Graph, pair: str, viewer: Viewer) -> list[Line]:
    """What became of the concerns that the viewer raised about a pair."""
    return graph.fetch(RAISED, pair=pair, **viewer.params()) if viewer.person else []


def show(graph: Graph, concern: str, viewer: Viewer) -> ConcernView | None:
    """A concern with its words; None for everybody but the person named in it."""
    view = graph.one(SHOW, id=concern, **viewer.params()) if viewer.person else None
    if view is None:
        return None
    stored = dict(view.sealed)
    subject = str(stored.pop("subject"))
    return replace(view, sealed=opened(graph, CONCERN, view.id, subject, stored))


@dataclass(frozen=True, slots=True)
class NewConcern:
    """What is told, about which pair, to whom."""

    pair: str
    named: str
    text: str
    urgent: bool = False


def raise_one(c: Change, graph: Graph, new: NewConcern, viewer: Viewer, today: date) -> str:
    """Tell a concern. Returns its id. Raises MissingError for who cannot be told, RefusedError."""
    if new.named not in {one.id for one in c.run(TELLABLE, pair=new.pair, today=today, **viewer.params())}:
        raise MissingError(new.named)
    values: dict[str, object] = {"state": "raised", "raised_on": today, "urgent": new.urgent, "text": new.text}
    links = {"pair": [new.pair], "named": [new.named], "author": [viewer.person] if viewer.person else []}
    return records.create(c, graph, CONCERN, values, links, subject=new.pair)


def move(c: Change, graph: Graph, concern: str, version: int, to: str, outcome: str, today: date) -> int:
    """Take it in hand, or close it with what was done. Raises ClosedError, ConflictError, RefusedError."""
    c.take(concern, version)
    found = c.one(STATE_OF, id=concern)
    if found is None or (found.state, to) not in {("raised", "in_hand"), ("raised", "closed"), ("in_hand", "closed")}:
        raise ClosedError(concern)
    values: dict[str, object] = {"state": to}
    if to == "closed":
        values |= {"outcome": outcome, "closed_on": today}
    return records.update(c, graph, CONCERN, concern, version, values)


@dataclass(frozen=True, slots=True)
class State:
    state: str


STATE_OF = Read(State, "MATCH (n:Concern {id: $id}) WHERE n.archived_at IS NULL RETURN n.state AS state ORDER BY state")
