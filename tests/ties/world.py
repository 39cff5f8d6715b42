"""A small network with every kind of tie, built through the gates of the product."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from graphdb import records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
from graphdb.records import New
from graphdb.statements import Nothing, Write
from graphdb.writes import Change, change

TODAY = date(2026, 3, 31)
TESTER = Actor("test", "command")

ATTEND = Write(
    Nothing,
    """
    UNWIND $rows AS row MATCH (o:Organisation {id: row.organisation}) MATCH (m:Meeting {id: row.meeting})
    CREATE (o)-[:ATTENDED {mode: row.mode, person: row.person}]->(m)
    """,
)
IMPORTED = Write(
    Nothing,
    """
    UNWIND $rows AS row MATCH (n:Record {id: row.record})
    CREATE (n)-[:IDENTIFIED_BY]->(:Identifier {key: 'import:' + row.id, scheme: 'import', value: row.id, record: row.record})
    """,
)
ITEM = Write(
    Nothing,
    """
    CREATE (i:AgendaItem {id: $id})-[:LED_TO]->(d:Decision {id: $id + 'd'})
    WITH d MATCH (a:ActionPoint) WHERE a.id IN $actions CREATE (d)-[:REQUIRES]->(a)
    """,
)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


class World:
    """Makes records in one change each; `self[name]` is the id of what was made under a name."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.ids = graph, {}

    def __getitem__(self, name: str) -> str:
        return self.ids[name]

    def make(self, label: str, name: str = "", links: Mapping[str, Any] | None = None, **values: Any) -> str:
        kind = kind_of(label)
        given = {"name": name, **values} if "name" in kind.field_names() else values
        ends = {link: [self.ids.get(one, one) for one in self._many(to)] for link, to in (links or {}).items()}
        made: list[str] = []

        def work(c: Change) -> str:
            made[:] = records.create_many(c, self.graph, kind, [New(given, ends)])
            return made[0]

        change(self.graph, TESTER, work)
        self.ids[name or f"{label}{len(self.ids)}"] = made[0]
        return made[0]

    @staticmethod
    def _many(to: Any) -> list[str]:
        return [to] if isinstance(to, str) else list(to)

    def organisations(self, *names: str, **values: Any) -> None:
        for name in names:
            self.make("Organisation", name, **{"kind": "ngo", **values})

    def referral(self, sender: str, receiver: str, on: date | None, state: str = "sent") -> str:
        if "service type" not in self.ids:
            self.make("ServiceType", "service type", code="s")
        links = {"sender": sender, "receiver": receiver, "service": "service type"}
        return self.make("Referral", links=links, case_ref=f"R{len(self.ids)}", state=state, sent_on=on)

    def meeting(self, on: date, *present: str, state: str = "held", absent: tuple[str, ...] = ()) -> str:
        starts = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
        made = self.make("Meeting", f"meeting {len(self.ids)}", starts_at=starts, state=state)
        rows = [{"organisation": self[o], "meeting": made, "mode": "present", "person": None} for o in present]
        rows += [{"organisation": self[o], "meeting": made, "mode": "excused", "person": None} for o in absent]
        self.write("Meeting", made, ATTEND, rows=rows)
        return made

    def write(self, label: str, record: str, statement: Write[Nothing], **params: Any) -> None:
        """A change of data that is no catalogue kind, noted in the audit trail as the product does."""

        def work(c: Change) -> str:
            c.run(statement, **params)
            c.did("update", label, record)
            return record

        change(self.graph, TESTER, work)

    def imported(self, **ids: str) -> None:
        """Give organisations the ids they had in an imported file."""
        rows = [{"record": self[name], "id": value} for name, value in ids.items()]
        self.write("Organisation", rows[0]["record"], IMPORTED, rows=rows)

    def declared(self, source: str, target: str, **values: Any) -> str:
        links = {"source_organisation": source, "target_organisation": target}
        return self.make("DeclaredTie", links=links, **{"topic": "works_with", "status": "declared", **values})
