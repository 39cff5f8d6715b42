"""What is done to a draft beside the kit's form: comments, decisions on them, versions, states.

A comment is taken while the draft is open and its last day is not over; the lock of the draft makes both hold when it is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ulid import ULID

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import GraphError, MissingError
from graphdb.statements import Found, Read, Write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.connection import Graph
    from graphdb.writes import Change

_DRAFT, _COMMENT = kind_of("Consultation"), kind_of("DraftComment")

# From which state a draft may go where.
STEPS: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"open"}),
    "open": frozenset({"closed"}),
    "closed": frozenset({"open", "reported"}),
    "reported": frozenset({"closed"}),
}
WITHOUT_REASON = frozenset({"open", "accepted", "noted"})
"""Decisions that need not say why."""


class ClosedError(GraphError):
    """The draft is not open for comments, or its last day is over."""

    def __init__(self, state: str, until: date) -> None:
        super().__init__(f"{state}, until {until}")
        self.state, self.until = state, until


class NotAskedError(GraphError):
    """The organisation is not among those that are asked."""


class DecidedError(GraphError):
    """The comment was decided on: it cannot be changed any more."""


class ReasonNeededError(GraphError):
    """This decision has to say why."""


class ReportedError(GraphError):
    """The table was reported back: its decisions stand."""


class UndecidedError(GraphError):
    """Comments wait for a decision, so nothing can be reported back."""

    def __init__(self, n: int) -> None:
        super().__init__(str(n))
        self.n = n


class StepError(GraphError):
    """A draft cannot go from the state it is in to the one asked for."""


class SameEditionError(GraphError):
    """There is a version that is called so."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a draft stands: `last` is the highest number given to a comment, withdrawn ones included."""

    id: str
    version: int
    state: str
    until: date
    edition: str
    link: str | None
    asked: list[str]
    content: list[str]
    commented: list[str]
    undecided: int
    last: int


GROUND = Read(
    Ground,
    """
    MATCH (d:Consultation {id: $id}) WHERE d.archived_at IS NULL
    RETURN d.id AS id, d.version AS version, d.state AS state, d.until AS until, d.edition AS edition, d.link AS link,
           COLLECT { MATCH (d)-[:ASKED_FOR_COMMENTS]->(o:Organisation) RETURN o.id ORDER BY o.id } AS asked,
           COLLECT { MATCH (d)-[:NOTHING_TO_ADD]->(o:Organisation) RETURN o.id ORDER BY o.id } AS content,
           COLLECT { MATCH (d)<-[:COMMENT_ON]-(n:DraftComment)-[:COMMENT_BY]->(o:Organisation)
                     WHERE n.archived_at IS NULL RETURN DISTINCT o.id ORDER BY o.id } AS commented,
           COUNT { MATCH (d)<-[:COMMENT_ON]-(n:DraftComment) WHERE n.archived_at IS NULL AND n.decision = 'open' }
               AS undecided,
           coalesce(head(COLLECT { MATCH (d)<-[:COMMENT_ON]-(n:DraftComment)
                                    RETURN n.number ORDER BY n.number DESC LIMIT 1 }), 0) AS last
    ORDER BY id
    """,
)


@dataclass(frozen=True, slots=True)
class About:
    """A comment before it is changed: its decision and its draft."""

    draft: str
    decision: str


ABOUT = Read(
    About,
    """
    MATCH (n:DraftComment {id: $id})-[:COMMENT_ON]->(d:Consultation) WHERE n.archived_at IS NULL
    RETURN d.id AS draft, n.decision AS decision ORDER BY draft
    """,
)

NOTE_EDITION = Write(
    Found,
    """
    MATCH (d:Consultation {id: $draft})
    WHERE NOT EXISTS { (d)-[:HAS_VERSION]->(:DocVersion {label: $label}) }
    CREATE (d)-[:HAS_VERSION]->(v:DocVersion {
        id: $id, label: $label, on: $on, reference: $reference, note: $note, at: $at, by: $by})
    RETURN v.id AS id
    """,
)


def comment(
    c: Change, graph: Graph, draft: str, organisation: str, values: Mapping[str, object], meeting: str, today: date
) -> str:
    """Take a comment of an organisation on the draft as it is; returns its id. Raises ClosedError, NotAskedError, MissingError."""
    ground = _open(c, draft, organisation, today)
    fixed = {"number": ground.last + 1, "edition": ground.edition, "given_on": today, "decision": "open"}
    links = {"draft": [draft], "organisation": [organisation], "meeting": [meeting] if meeting else []}
    return records.create(c, graph, _COMMENT, {**values, **fixed}, links)


def reword(
    c: Change, graph: Graph, record: str, version: int, values: Mapping[str, object], meeting: str | None, today: date
) -> int:
    """Change a comment that nobody decided on yet; `meeting` None leaves it. Raises ClosedError, DecidedError, ConflictError."""
    _undecided(c, record, version, today)
    links = {} if meeting is None else {"meeting": [meeting] if meeting else []}
    return records.update(c, graph, _COMMENT, record, version, values, links)


def withdraw(c: Change, record: str, version: int, today: date) -> str:
    """Take a comment back; its number is not given again. Raises ClosedError, DecidedError, ConflictError."""
    _undecided(c, record, version, today)
    records.archive(c, _COMMENT, record, version)
    return record


def nothing_to_add(c: Change, graph: Graph, draft: str, organisation: str, today: date) -> str:
    """An asked organisation answers that it has no comments. Raises ClosedError, NotAskedError."""
    ground = _open(c, draft, organisation, today)
    if organisation not in (*ground.content, *ground.commented):
        said = {"content": [*ground.content, organisation]}
        records.update(c, graph, _DRAFT, draft, ground.version, {}, said)
    return organisation


def decide(c: Change, graph: Graph, record: str, version: int, decision: str, reason: str, today: date) -> int:
    """Decide on a comment and say why; returns its version. Raises ReasonNeededError, ReportedError, ConflictError."""
    if decision not in WITHOUT_REASON and not reason.strip():
        raise ReasonNeededError(decision)
    about = c.one(ABOUT, id=record)
    if about is None:
        raise MissingError(record)
    if ground_of(c, about.draft).state == "reported":
        raise ReportedError(record)
    on = None if decision == "open" else today
    said = {"decision": decision, "reason": reason, "decided_on": on}
    return records.update(c, graph, _COMMENT, record, version, said)


def step(c: Change, graph: Graph, draft: str, version: int, state: str) -> int:
    """Open, close, report back, open again. Raises StepError, UndecidedError, ConflictError."""
    ground = ground_of(c, draft)
    if state not in STEPS[ground.state]:
        raise StepError(f"{ground.state} to {state}")
    if state == "reported" and ground.undecided:
        raise UndecidedError(ground.undecided)
    return records.update(c, graph, _DRAFT, draft, version, {"state": state})


def new_edition(c: Change, graph: Graph, draft: str, version: int, edition: str, link: str, note: str, on: date) -> int:
    """The draft goes on in a new version; comments keep the one they were made on. Raises SameEditionError, ConflictError."""
    ground = ground_of(c, draft)
    _note(c, draft, ground.edition, ground.link, "", None)
    if edition == ground.edition or not _note(c, draft, edition, link, note, on):
        raise SameEditionError(edition)
    return records.update(c, graph, _DRAFT, draft, version, {"edition": edition, "link": link or ground.link})


def ground_of(c: Change, draft: str) -> Ground:
    """Where a draft stands, locked. Raises MissingError."""
    c.take(draft)
    found = c.one(GROUND, id=draft)
    if found is None:
        raise MissingError(draft)
    return found


def _open(c: Change, draft: str, organisation: str, today: date) -> Ground:
    ground = _demand_open(ground_of(c, draft), today)
    if organisation not in ground.asked:
        raise NotAskedError(organisation)
    return ground


def _demand_open(ground: Ground, today: date) -> Ground:
    if ground.state != "open" or today > ground.until:
        raise ClosedError(ground.state, ground.until)
    return ground


def _undecided(c: Change, record: str, version: int, today: date) -> None:
    about = c.one(ABOUT, id=record)
    if about is None:
        raise MissingError(record)
    _demand_open(ground_of(c, about.draft), today)
    c.take(record, version)
    about = c.one(ABOUT, id=record)
    if about is None or about.decision != "open":
        raise DecidedError(record)


def _note(c: Change, draft: str, label: str, link: str | None, note: str, on: date | None) -> bool:
    """Keep a version beside the draft; False where one of that name is there."""
    made = c.run(
        NOTE_EDITION, draft=draft, id=str(ULID()), label=label, on=on, reference=link or None, note=note or None,
        at=c.at, by=c.actor.id,
    )  # fmt: skip
    return bool(made)
