"""Drafts and comments put straight into the store, through the room that the pages use."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
from graphdb.consultations import writing
from graphdb.writes import change
from tests.meetings.world import ACTOR

TODAY = datetime.now(UTC).date()


def put(graph: Graph, asked: list[str], **values: object) -> str:
    """A draft that these are asked about, open for a week."""
    links = {"asked": asked, "meetings": values.pop("meetings", [])}
    said = {"name": "Draft protocol", "kind": "protocol", "state": "open", "edition": "1",
            "until": TODAY + timedelta(days=7), **values}  # fmt: skip
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of("Consultation"), said, links))  # type: ignore[arg-type]


def say(graph: Graph, draft: str, organisation: str, text: str = "Too short", **values: object) -> str:
    """A comment on it."""
    said = {"text": text, "part": "Article 4", "given": "in_writing", **values}
    return change(graph, ACTOR, lambda c: writing.comment(c, graph, draft, organisation, said, "", TODAY))


def decide(graph: Graph, comment: str, decision: str, reason: str = "", version: int = 1, on: date = TODAY) -> None:
    """What became of it."""
    change(graph, ACTOR, lambda c: str(writing.decide(c, graph, comment, version, decision, reason, on)))


def number_of(graph: Graph, label: str) -> int:
    """Records of a kind, archived ones too."""
    return graph.define(f"MATCH (n:{label}) RETURN count(n) AS n")[0]["n"]


def stored(graph: Graph, record: str) -> dict:
    """A record as it lies in the store."""
    return graph.define("MATCH (n:Record {id: $id}) RETURN properties(n) AS p", id=record)[0]["p"]
