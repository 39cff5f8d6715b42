"""The cells to judge: those a requirement asks for, or else places x service types x groups as observed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from analytics.coverage.columns import UNSTATED, Ints
from analytics.coverage.facts import CellKey, CoverageFacts, Requirement
from analytics.coverage.state import in_use_by
from analytics.hierarchy import Hierarchy

GridKind = Literal["requirements", "observed"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked for. A filter keeps the named place, service type or group and all inside it.

    `level`: report by places of that level. `kind` None: requirements where any is in force, else observed.
    """

    level: str | None = None
    place: str | None = None
    service: str | None = None
    group: str | None = None
    kind: GridKind | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked of one cell: k organisations (0: nothing is required), weight w."""

    wanted: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells sorted by key. `cube[place, type, group]` is the cell's number, -1 where the grid has none."""

    kind: GridKind
    keys: tuple[CellKey, ...]
    demands: tuple[Demand, ...]
    places: tuple[str, ...]
    types: tuple[str, ...]
    groups: tuple[str | None, ...]
    cube: Ints

    @classmethod
    def of(cls, kind: GridKind, demands: Mapping[CellKey, Demand]) -> Grid:
        """From the demand of each cell."""
        keys = tuple(sorted(demands, key=lambda key: (key.place, key.service, key.group is not None, key.group or "")))
        places = tuple(dict.fromkeys(key.place for key in keys))
        types = tuple(sorted({key.service for key in keys}))
        groups = tuple(sorted({key.group for key in keys}, key=lambda group: (group is not None, group or "")))
        cube = np.full((len(places), len(types), len(groups)), -1, dtype=np.int64)
        if keys:
            place, service, group = zip(*keys, strict=True)
            cube[_numbers(place, places), _numbers(service, types), _numbers(group, groups)] = np.arange(len(keys))
        return cls(kind, keys, tuple(demands[key] for key in keys), places, types, groups, cube)

    def __len__(self) -> int:
        return len(self.keys)


def choose(facts: CoverageFacts, on: date, scope: Scope) -> Grid:
    """The grid of the scope at that day."""
    in_force = [each for each in facts.requirements if each.in_force(on)]
    kind = scope.kind or ("requirements" if in_force else "observed")
    demands = _required(facts, in_force, scope.level) if kind == "requirements" else _observed(facts, on, scope.level)
    wanted = _filter(facts, scope)
    return Grid.of(kind, {key: demand for key, demand in demands.items() if wanted(key)})


def _required(facts: CoverageFacts, requirements: Iterable[Requirement], level: str | None) -> dict[CellKey, Demand]:
    """With a level, a requirement counts for the place of that level it lies in; one above that level is left out.

    Two for the same cell are one (the larger k and weight); rolled up, weights of different places add up.
    """
    stated: dict[CellKey, Demand] = {}
    for each in requirements:
        key = CellKey(each.place, each.service, each.group)
        known = stated.get(key, Demand(0, 0.0))
        stated[key] = Demand(max(known.wanted, each.wanted), max(known.weight, each.weight))
    if level is None:
        return stated
    rolled: dict[CellKey, Demand] = {}
    for key, demand in stated.items():
        for place in at_level(facts, facts.place_tree.ancestors(key.place), level):
            whole = CellKey(place, key.service, key.group)
            known = rolled.get(whole, Demand(0, 0.0))
            rolled[whole] = Demand(max(known.wanted, demand.wanted), known.weight + demand.weight)
    return rolled


def _observed(facts: CoverageFacts, on: date, level: str | None) -> dict[CellKey, Demand]:
    """Places with any service in use, types in use, groups in use; group None only where no group is in use."""
    services = facts.services
    rows = np.flatnonzero(in_use_by(services, on.toordinal()))
    areas = [services.areas[number] for number in np.unique(services.areas_of.join(rows)[1])]
    types = [services.types[number] for number in np.unique(services.type_of[rows])]
    stated = np.unique(services.groups_of.join(rows)[1])
    groups = [services.groups[number - 1] for number in stated if number != UNSTATED] or [None]
    places = areas if level is None else _served(facts, areas, level)
    one = Demand()
    return {CellKey(place, type_, group): one for place in places for type_ in types for group in groups}


def _served(facts: CoverageFacts, areas: Iterable[str], level: str) -> set[str]:
    """Places of the level that a service area contains or lies in."""
    tree = facts.place_tree
    around = {place for area in areas for place in tree.ancestors(area) | tree.descendants(area)}
    return at_level(facts, around, level)


def at_level(facts: CoverageFacts, places: Iterable[str], level: str) -> set[str]:
    """Those of the places that are known and of that level."""
    return {place for place in places if place in facts.places and facts.places[place].level == level}


@dataclass(frozen=True, slots=True)
class _Filter:
    places: frozenset[str] | None
    types: frozenset[str] | None
    groups: frozenset[str] | None

    def __call__(self, key: CellKey) -> bool:
        return (
            (self.places is None or key.place in self.places)
            and (self.types is None or key.service in self.types)
            and (self.groups is None or key.group in self.groups)
        )


def _filter(facts: CoverageFacts, scope: Scope) -> _Filter:
    return _Filter(
        _inside(facts.place_tree, scope.place),
        _inside(facts.type_tree, scope.service),
        _inside(facts.group_tree, scope.group),
    )


def _inside(tree: Hierarchy, term: str | None) -> frozenset[str] | None:
    return None if term is None else tree.descendants(term)


def _numbers(names: Iterable[str | None], index: tuple[str | None, ...]) -> Ints:
    number = {name: position for position, name in enumerate(index)}
    return np.array([number[name] for name in names], dtype=np.int64)
