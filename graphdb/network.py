"""What a network says of itself: its name and its time zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphdb.statements import Nothing, Read, Write

if TYPE_CHECKING:
    from graphdb.connection import Graph
    from graphdb.writes import Change

NAME, ZONE = "network_name", "time_zone"
USUAL_ZONE = "Europe/Sofia"


@dataclass(frozen=True, slots=True)
class Setting:
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Network:
    """Name ("" where none was given) and time zone of a network."""

    name: str = ""
    time_zone: str = USUAL_ZONE


SAID = Read(Setting, "MATCH (s:Setting) WHERE s.key IN $keys RETURN s.key AS key, s.value AS value ORDER BY key")
SAY = Write(Nothing, "UNWIND $rows AS row MERGE (s:Setting {key: row.key}) SET s.value = row.value")


def network(graph: Graph) -> Network:
    """What the network says of itself now."""
    said = {row.key: row.value for row in graph.fetch(SAID, keys=[NAME, ZONE])}
    return Network(said.get(NAME, ""), said.get(ZONE, USUAL_ZONE))


def say(change: Change, told: Network) -> None:
    """Keep what the network says of itself."""
    change.run(SAY, rows=[{"key": NAME, "value": told.name}, {"key": ZONE, "value": told.time_zone}])
    change.did("settings", "Setting", "network", (NAME, ZONE))
