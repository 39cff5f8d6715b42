"""A contact of a person's own pair, from the page or later from a phone that had no line: never over what is there already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from graphdb.errors import MissingError
from graphdb.mentoring.writing import OPEN, log_contact
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.connection import Graph
    from graphdb.mentoring.writing import NewContact
    from graphdb.writes import Change

Why = Literal["not_yours", "ended", "after_end", "alike"]
MAY_INSIST: frozenset[Why] = frozenset({"ended", "alike"})
"""Reasons a person may answer with "send it all the same"."""


class NotKeptError(Exception):
    """The contact was not kept: the pair is not the person's, has ended, or such a contact is there since `at`."""

    def __init__(self, why: Why, at: datetime | None = None) -> None:
        super().__init__(why)
        self.why: Why = why
        self.at = at


@dataclass(frozen=True, slots=True)
class Found:
    """A pair as a contact finds it; `alike`: since when one on that day by that channel is kept."""

    state: str
    until: date | None
    own: bool
    alike: datetime | None


FOUND = Read(
    Found,
    """
    MATCH (m:Mentorship {id: $pair}) WHERE m.archived_at IS NULL
    RETURN m.state AS state, m.valid_to AS until,
           EXISTS { MATCH (m)<-[:MENTORS_IN|MENTEE_IN]-(:Person {id: $person}) } AS own,
           head(COLLECT { MATCH (c:Contact)-[:IN]->(m)
                          WHERE c.archived_at IS NULL AND c.on = $on AND c.channel = $channel
                          RETURN c.created_at AS at ORDER BY at DESC LIMIT 1 }) AS alike
    ORDER BY state
    """,
)


def log_own(change: Change, graph: Graph, new: NewContact, person: str, sure: frozenset[str] = frozenset()) -> str:
    """Keep a contact of a person's own pair; `sure` are the reasons the person has answered already.

    Raises NotKeptError, RefusedError. The pair is locked first: of two alike that come at once, one asks.
    """
    try:
        change.take(new.pair)
    except MissingError:
        raise NotKeptError("not_yours") from None
    found = change.one(FOUND, pair=new.pair, person=person, on=new.on, channel=new.channel)
    why = _why_not(found, new.on)
    if why and (why not in MAY_INSIST or why not in sure):
        raise NotKeptError(why)
    if found and found.alike and "alike" not in sure:
        raise NotKeptError("alike", found.alike)
    return log_contact(change, graph, new)


def _why_not(found: Found | None, on: date) -> Why | None:
    if found is None or not found.own:
        return "not_yours"
    if found.state in OPEN:
        return None
    return "after_end" if found.until and on > found.until else "ended"
