"""Reminders before an agreement lapses: one letter to each party and day of reminder, however often the job runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, LiteralString

from analytics.agreements import Life
from graphdb import outbox
from graphdb.agreements.reading import SIGNED
from graphdb.network import Setting
from graphdb.statements import Counted, Found, Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.connection import Graph
    from graphdb.outbox import Letter
    from graphdb.writes import Change

DAYS = "agreement_days"
USUAL_DAYS = (90, 30)


@dataclass(frozen=True, slots=True)
class Ending:
    """An agreement with an end ahead, its parties, and who looks after it there."""

    id: str
    stage: str | None
    valid_from: date | None
    valid_to: date
    followed: bool
    reminded: list[str]
    parties: list[str]
    people: list[str]

    def life(self) -> Life:
        """What its state follows from."""
        return Life(self.stage, self.valid_from, self.valid_to, self.followed)


ENDING = Read(
    Ending,
    """
    MATCH (a:Agreement) WHERE a.archived_at IS NULL AND a.valid_to > $on AND a.valid_to <= $until
    WITH a ORDER BY a.valid_to, a.id LIMIT $limit
    RETURN a.id AS id, a.stage AS stage, a.valid_from AS valid_from, a.valid_to AS valid_to,
           EXISTS { MATCH (a)<-[:FOLLOWS]-(b:Agreement) WHERE b.archived_at IS NULL AND """
    + SIGNED
    + """ } AS followed,
           COLLECT { MATCH (k:Reminder)-[:REMINDS_OF]->(a) RETURN k.key ORDER BY k.key } AS reminded,
           COLLECT { MATCH (a)<-[:PARTY_TO]-(o:Organisation) RETURN o.id ORDER BY o.id } AS parties,
           COLLECT { MATCH (a)-[:LOOKED_AFTER_BY]->(person:Person) RETURN person.id ORDER BY person.id } AS people
    ORDER BY valid_to, id
    """,
)

NOTE_REMINDER = Write(
    Found,
    """
    MATCH (a:Agreement {id: $agreement})
    MERGE (k:Reminder {key: $key})
    ON CREATE SET k.at = $at
    MERGE (k)-[:REMINDS_OF]->(a)
    RETURN a.id AS id
    """,
)

GIVEN = Read(Counted, "MATCH (k:Reminder {key: $key}) RETURN count(k) AS n ORDER BY n")

WARNED_DAYS: LiteralString = """
    coalesce(head(COLLECT { MATCH (z:Setting {key: 'agreement_days'}) RETURN toInteger(head(split(z.value, ','))) }), $usual_days)"""
"""So many days before its end an agreement lapses soon: the longest of the days of reminders, the first one kept."""

SAID_DAYS = Read(Setting, "MATCH (s:Setting {key: $key}) RETURN s.key AS key, s.value AS value ORDER BY key")
SAY_DAYS = Write(Nothing, "MERGE (s:Setting {key: $key}) SET s.value = $value")


def days(graph: Graph) -> tuple[int, ...]:
    """How many days before the end people are reminded, the longest first. One statement."""
    row = graph.one(SAID_DAYS, key=DAYS)
    return parsed(row.value) if row else USUAL_DAYS


def parsed(text: str) -> tuple[int, ...]:
    """Days as typed: "90, 30". Raises ValueError for anything but whole days from 1 to 730."""
    found = sorted({int(part) for part in text.replace(",", " ").split()}, reverse=True)
    if not found or not all(1 <= each <= 730 for each in found):
        raise ValueError(text)
    return tuple(found)


def say_days(c: Change, wanted: Sequence[int]) -> None:
    """Keep on which days before the end people are reminded."""
    c.run(SAY_DAYS, key=DAYS, value=", ".join(str(each) for each in wanted))
    c.did("settings", "Setting", "network", (DAYS,))


def ending(graph: Graph, on: date, until: date) -> list[Ending]:
    """Agreements whose end lies between two days. One statement."""
    return graph.fetch(ENDING, on=on, until=until, limit=500)


def key_of(one: Ending, days_before: int) -> str:
    """What makes a reminder the same: an agreement whose end is moved is reminded of anew."""
    return f"{one.id}|{one.valid_to.isoformat()}|{days_before}"


def remind(c: Change, graph: Graph, one: Ending, key: str, letters: Sequence[Letter]) -> int:
    """Note the reminder, and put its letters into the outbox; returns how many. None where another worker gave the same
    reminder meanwhile."""
    c.take(one.id)
    if c.run(GIVEN, key=key)[0].n:
        return 0
    c.run(NOTE_REMINDER, agreement=one.id, key=key, at=c.at)
    for letter in letters:
        outbox.post(c, graph.vault, letter)
    c.did("remind", "Agreement", one.id)
    return len(letters)
