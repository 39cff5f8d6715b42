"""What a merge and its undoing both do to the graph: relationships and mentions go from one record to another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from graphdb import whole
from graphdb.statements import Nothing, Write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphdb.merging.facts import Tied
    from graphdb.writes import Change

UNTIE = Write(Nothing, "UNWIND $ties AS at MATCH ()-[r]->() WHERE elementId(r) = at DELETE r")

TIE_TO = Write(
    Nothing,
    """
    UNWIND $rows AS row
    MATCH (o:Organisation {id: row.organisation})
    MATCH (x) WHERE elementId(x) = row.other
    CREATE (o)-[r:$(row.tie)]->(x) SET r = row.values
    """,
)

TIE_FROM = Write(
    Nothing,
    """
    UNWIND $rows AS row
    MATCH (o:Organisation {id: row.organisation})
    MATCH (x) WHERE elementId(x) = row.other
    CREATE (o)<-[r:$(row.tie)]-(x) SET r = row.values
    """,
)

SAY = Write(Nothing, "UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row.at SET r = row.values")

OWN_NUMBERS = Write(
    Nothing, "MATCH (n:Organisation)-[:IDENTIFIED_BY]->(i:Identifier) WHERE n.id IN $ids SET i.record = n.id"
)

SET_KEYS = Write(
    Nothing,
    """
    UNWIND $rows AS row
    MATCH (g:Gap {id: row[0]}) WHERE g.key = row[1]
    SET g.key = row[2]
    WITH g, row
    MATCH (i:AgendaItem)-[:ABOUT]->(g) WHERE i.key = row[1]
    SET i.key = row[2]
    """,
)

SET_PROPOSER = Write(Nothing, "MATCH (i:AgendaItem) WHERE i.id IN $ids SET i.proposer = $to")

SET_INVITED = Write(
    Nothing, "MATCH (t:Token) WHERE t.id IN $ids AND t.spent_at IS NULL SET t.grants = replace(t.grants, $of, $to)"
)

STEP_ON = Write(
    Nothing, "UNWIND $ids AS id MATCH (n:Record {id: id}) SET n.version = n.version + 1, n.changed_at = $at"
)


def tie(c: Change, wanted: Sequence[tuple[str, Tied, Mapping[str, Any]]]) -> None:
    """Relationships of an organisation, as another one's were."""
    for statement, outgoing in ((TIE_TO, True), (TIE_FROM, False)):
        rows = [
            {"organisation": organisation, "other": tied.other, "tie": tied.tie, "values": dict(values)}
            for organisation, tied, values in wanted
            if tied.outgoing is outgoing
        ]
        if rows:
            c.run(statement, rows=rows)


def mention(
    c: Change, way: tuple[str, str], proposed: list[str], invited: list[str], keys: Sequence[Sequence[str]]
) -> None:
    """What names the one by its id names the other: proposed agenda items, open invitations, keys of gaps."""
    of, to = way
    c.run(SET_PROPOSER, ids=proposed, to=to)
    c.run(SET_INVITED, ids=invited, of=of, to=to)
    c.run(SET_KEYS, rows=[list(row) for row in keys])


def as_text(value: object) -> str:
    return json.dumps(value, default=whole.as_json, ensure_ascii=False, sort_keys=True)


def as_said(text_: str) -> dict[str, Any]:
    return json.loads(text_, object_hook=whole.from_json)
