"""What coverage is computed from: services, places, requirements and assessments as the registry holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from analytics.coverage.columns import ServiceColumns
from analytics.hierarchy import Hierarchy
from analytics.keys import gap_key

NONE_FOUND = "none"
"""The result of an assessment that proves an absence; any other result leaves an empty cell not assessed."""


class CellKey(NamedTuple):
    """One cell: place id, service type id, group id (None: whoever it is for)."""

    place: str
    service: str
    group: str | None

    @property
    def text(self) -> str:
        """The key under which the cell's Gap node is kept."""
        return gap_key("coverage", *self)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the tree with the name of its level (`country`, `adm1`, ...)."""

    id: str
    level: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must exist where: `wanted` organisations (k) for the cell, weighted by people in need or 1."""

    place: str
    service: str
    group: str | None = None
    wanted: int = 1
    weight: float = 1.0
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Half-open; an unknown end holds on its side."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Assessment:
    """Somebody asked. It speaks for its place and all inside, its type and all narrower, its group and all narrower.

    `group` None: all groups. An assessment of one group says nothing about a cell without a group.
    """

    place: str
    service: str
    on: date
    group: str | None = None
    result: str = NONE_FOUND


@dataclass(frozen=True, slots=True)
class CoverageFacts:
    """All facts of one data version; every as-of date and filter is a function of them.

    `left_on`: organisations that left or were archived, with the first day they no longer count.
    """

    services: ServiceColumns
    places: Mapping[str, Place]
    place_tree: Hierarchy
    type_tree: Hierarchy
    group_tree: Hierarchy
    requirements: tuple[Requirement, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    left_on: Mapping[str, date] = field(default_factory=dict[str, date])

    @classmethod
    def of(
        cls,
        services: ServiceColumns,
        places: Iterable[Place],
        *,
        types: Iterable[tuple[str, str | None]] = (),
        groups: Iterable[tuple[str, str | None]] = (),
        requirements: Iterable[Requirement] = (),
        assessments: Iterable[Assessment] = (),
        left_on: Mapping[str, date] | None = None,
    ) -> CoverageFacts:
        """`types` and `groups` are (narrower, broader) pairs."""
        by_id = {place.id: place for place in places}
        return cls(
            services,
            by_id,
            Hierarchy.of((place.id, place.parent) for place in by_id.values()),
            Hierarchy.of(types),
            Hierarchy.of(groups),
            tuple(requirements),
            tuple(assessments),
            dict(left_on or {}),
        )
