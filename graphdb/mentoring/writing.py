"""Making, starting, pausing and ending a pair; keeping its contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import MissingError
from graphdb.mentoring.network import ENDED
from graphdb.statements import Found, Read, Write

if TYPE_CHECKING:
    from graphdb.connection import Graph
    from graphdb.writes import Change

PAIR, CONTACT = kind_of("Mentorship"), kind_of("Contact")

OPEN = ("proposed", "agreed", "active", "paused")
MOVES = {
    "proposed": ("agreed", "active", "ended_early"),
    "agreed": ("active", "ended_early"),
    "active": ("paused", "completed", "ended_early"),
    "paused": ("active", "completed", "ended_early"),
    "completed": (),
    "ended_early": ("active",),
}


class IllegalStepError(Exception):
    """The pair is in a state that does not lead where it was sent."""

    def __init__(self, state: str, to: str) -> None:
        super().__init__(f"{state} to {to}")
        self.state = state
        self.to = to


class AlreadyPairedError(Exception):
    """The two are a pair already that has not ended; `pair` is its id."""

    def __init__(self, pair: str) -> None:
        super().__init__(pair)
        self.pair = pair


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact to be kept. `organisations` are those that were met or called in it, `reached` lines of the goals."""

    pair: str
    on: date
    channel: str
    minutes: int | None = None
    topic: str | None = None
    next_on: date | None = None
    note: str = ""
    organisations: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()


def log_contact(change: Change, graph: Graph, new: NewContact) -> str:
    """Keep a contact of a pair; its note is sealed with the pair's key. Returns its id. Raises RefusedError, MissingError."""
    values = {
        "on": new.on, "minutes": new.minutes, "channel": new.channel, "topic": new.topic, "next_on": new.next_on,
        "note": new.note, "reached": "\n".join(new.reached),
    }  # fmt: skip
    links = {"pair": [new.pair], "organisations": list(new.organisations)}
    contact = records.create(change, graph, CONTACT, values, links, subject=new.pair)
    change.did("contact", "Mentorship", new.pair)
    return contact


CONTACT_OF = Read(
    Found, "MATCH (c:Contact {id: $contact})-[:IN]->(:Mentorship {id: $pair}) RETURN c.id AS id ORDER BY id"
)


def take_back_contact(change: Change, pair: str, contact: str) -> None:
    """Take a contact of this pair out of every list. Raises MissingError for one of another pair."""
    if change.one(CONTACT_OF, pair=pair, contact=contact) is None:
        raise MissingError(contact)
    records.archive(change, CONTACT, contact)


@dataclass(frozen=True, slots=True)
class NewPair:
    mentor: str
    leader: str
    programme: str
    state: str
    since: date | None
    every_days: int | None
    languages: str


PAIRED = Read(
    Found,
    """
    MATCH (:Person {id: $mentor})-[:MENTORS_IN]->(m:Mentorship)<-[:MENTEE_IN]-(:Person {id: $leader})
    WHERE m.archived_at IS NULL AND m.state IN $open
    RETURN m.id AS id ORDER BY id LIMIT 1
    """,
)

MOVE = Write(
    Found,
    """
    MATCH (m:Mentorship {id: $id})
    SET m.states = coalesce(m.states, [coalesce(toString(m.valid_from), '') + '=' + m.state]) + [$entry],
        m.valid_to = CASE WHEN $to IN $ended THEN $on ELSE null END,
        m.state = $to, m.version = m.version + 1, m.changed_at = $at
    RETURN m.id AS id
    """,
)


@dataclass(frozen=True, slots=True)
class State:
    state: str


STATE_OF = Read(
    State, "MATCH (m:Mentorship {id: $id}) WHERE m.archived_at IS NULL RETURN m.state AS state ORDER BY state"
)


def make_pair(change: Change, graph: Graph, new: NewPair) -> str:
    """Bring a mentor and a leader together. Raises AlreadyPairedError, RefusedError, MissingError."""
    found = change.one(PAIRED, mentor=new.mentor, leader=new.leader, open=OPEN)
    if found is not None:
        raise AlreadyPairedError(found.id)
    values = {
        "state": new.state, "valid_from": new.since, "every_days": new.every_days, "languages": new.languages,
    }  # fmt: skip
    links = {"mentor": [new.mentor], "leader": [new.leader], "programme": [new.programme]}
    first = f"{new.since.isoformat() if new.since else ''}={new.state}"
    return records.create(change, graph, PAIR, values, links, extra={"states": [first]})


def move_pair(change: Change, pair: str, to: str, on: date, version: int | None = None) -> None:
    """Start, pause, resume or end a pair as of a day. Raises IllegalStepError, ConflictError, MissingError."""
    change.take(pair, version)
    found = change.one(STATE_OF, id=pair)
    if found is None:
        raise MissingError(pair)
    if to not in MOVES[found.state]:
        raise IllegalStepError(found.state, to)
    change.run(MOVE, id=pair, to=to, entry=f"{on.isoformat()}={to}", on=on, ended=ENDED, at=change.at)
    change.did(to, "Mentorship", pair, ("state",))
