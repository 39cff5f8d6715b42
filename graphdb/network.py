"""What a network says of itself: its name, its time zone, how soon a referral is to be answered, where it is found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from analytics.referral_steps import LIMITS
from graphdb.statements import Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.connection import Graph
    from graphdb.writes import Change

NAME, ZONE, CLOCK, ADDRESS = "network_name", "time_zone", "clock_", "public_address"
USUAL_ZONE = "Europe/Sofia"
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Setting:
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Network:
    """Name ("" where none was given) and time zone of a network; by priority, within which time a referral is answered.

    `address` is where people open it, for letters that no request writes; "" where nobody has said.
    """

    name: str = ""
    time_zone: str = USUAL_ZONE
    limits: Mapping[str, timedelta] = field(default_factory=lambda: LIMITS)
    address: str = ""


SAID = Read(Setting, "MATCH (s:Setting) WHERE s.key IN $keys RETURN s.key AS key, s.value AS value ORDER BY key")
SAY = Write(Nothing, "UNWIND $rows AS row MERGE (s:Setting {key: row.key}) SET s.value = row.value")


def network(graph: Graph) -> Network:
    """What the network says of itself now."""
    said = {
        row.key: row.value for row in graph.fetch(SAID, keys=[NAME, ZONE, ADDRESS, *(CLOCK + one for one in LIMITS)])
    }
    return Network(said.get(NAME, ""), said.get(ZONE, USUAL_ZONE), limits_of(said), said.get(ADDRESS, ""))


def limits_of(said: Mapping[str, str]) -> dict[str, timedelta]:
    """By priority, within which time a referral is answered: as the network says, else as is usual."""
    return {one: int(said[CLOCK + one]) * HOUR if CLOCK + one in said else usual for one, usual in LIMITS.items()}


def say(change: Change, told: Network) -> None:
    """Keep what the network says of itself; limits in whole hours."""
    rows = [{"key": NAME, "value": told.name}, {"key": ZONE, "value": told.time_zone},
            {"key": ADDRESS, "value": told.address}]  # fmt: skip
    rows += [{"key": CLOCK + one, "value": str(limit // HOUR)} for one, limit in told.limits.items()]
    change.run(SAY, rows=rows)
    change.did("settings", "Setting", "network", (NAME, ZONE, CLOCK, ADDRESS))
