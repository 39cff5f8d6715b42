"""Goals of a pair: the lines of one sealed text, and the contacts in which a line was ticked as reached.

A tick lies in the contact, sealed as the line itself: taking the contact back takes the tick back, a goal that is worded
anew is open again, and the key of the pair ends both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from graphdb.catalogue import kind_of
from graphdb.mentoring.writing import OPEN
from graphdb.records.sealing import ERASED, opened
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphdb.connection import Graph

PAIR, CONTACT = kind_of("Mentorship"), kind_of("Contact")


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of what a pair wants to reach; `reached_on` is the first day it was ticked."""

    text: str
    reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class PairGoals:
    id: str
    goals: dict[str, Any]
    ticks: list[dict[str, Any]]


OWN_GOALS = Read(
    PairGoals,
    """
    MATCH (:Person {id: $own})-[:MENTORS_IN|MENTEE_IN]->(m:Mentorship)
    WHERE m.archived_at IS NULL AND m.state IN $open AND m.goals IS NOT NULL
    WITH DISTINCT m
    RETURN m.id AS id, {goals: m.goals, goals_v: m.goals_v} AS goals, COLLECT {
      MATCH (c:Contact)-[:IN]->(m) WHERE c.archived_at IS NULL AND c.reached IS NOT NULL
      RETURN {id: c.id, on: c.on, reached: c.reached, reached_v: c.reached_v, subject: c.subject} ORDER BY c.on, c.id
    } AS ticks
    ORDER BY id
    """,
)


def own_goals(graph: Graph, own: str) -> dict[str, list[Goal]]:
    """Goals of the open pairs of a person, by pair. For that person only: they are opened here. One statement."""
    rows = graph.fetch(OWN_GOALS, own=own, open=OPEN)
    return {
        row.id: goals_of(graph, row.id, opened(graph, PAIR, row.id, row.id, row.goals)["goals"], row.ticks)
        for row in rows
    }


def goals_of(graph: Graph, pair: str, text: str | None, ticks: Iterable[dict[str, Any]]) -> list[Goal]:
    """The lines of an opened text with the days they were reached; `ticks` as the contacts hold them, the earliest first."""
    days: dict[str, date] = {}
    for tick in ticks:
        raw = dict(tick)
        contact, on, subject = raw.pop("id"), raw.pop("on"), raw.pop("subject", None) or pair
        for line in lines(opened(graph, CONTACT, contact, subject, raw)["reached"]):
            days.setdefault(line, on)
    return [Goal(line, days.get(line)) for line in lines(text)]


def lines(text: str | None) -> Sequence[str]:
    """Lines that say something, each once; none of an erased text."""
    stripped = (line.strip() for line in (text or "").splitlines()) if text != ERASED else ()
    return list(dict.fromkeys(line for line in stripped if line))
