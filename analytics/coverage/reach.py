"""Which service or assessment can count in which cell, whatever the date: the walk over places, types, groups, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.coverage.columns import Bools, Ints, Lists
from analytics.coverage.facts import CoverageFacts
from analytics.coverage.grid import Grid
from analytics.hierarchy import Hierarchy


@dataclass(frozen=True, slots=True)
class Reach:
    """Parallel arrays: this row (service or assessment) counts in this cell; `partial`: for a part of its place."""

    cells: Ints
    rows: Ints
    partial: Bools


@dataclass(frozen=True, slots=True)
class _Statements:
    """Rows that state areas, a type and groups (number 0: none stated), by the numbers of the three name lists."""

    areas: Sequence[str]
    types: Sequence[str]
    groups: Sequence[str]
    areas_of: Lists
    type_of: Ints
    groups_of: Lists


def services_reach(facts: CoverageFacts, grid: Grid) -> Reach:
    """A service counts where its area contains the place or (partial) lies in it, where its type is the cell's or
    narrower, and where it states the cell's group, a broader one, or none at all."""
    columns = facts.services
    stated = _Statements(
        columns.areas, columns.types, columns.groups, columns.areas_of, columns.type_of, columns.groups_of
    )
    to_types = _steps(stated.types, grid.types, facts.type_tree.ancestors)
    to_groups = _group_steps(stated.groups, grid, lambda group: {*facts.group_tree.descendants(group), None})
    return _spread(grid, stated, _place_steps(stated.areas, grid, facts.place_tree, inside=True), to_types, to_groups)


def assessments_reach(facts: CoverageFacts, grid: Grid) -> Reach:
    """An assessment speaks for its place and all inside, its type and all narrower, its group and all narrower."""
    asked = facts.assessments
    areas = _numbered(each.place for each in asked)
    types = _numbered(each.service for each in asked)
    groups = _numbered(each.group for each in asked if each.group is not None)
    stated = _Statements(
        tuple(areas),
        tuple(types),
        tuple(groups),
        Lists.of([areas[each.place]] for each in asked),
        np.array([types[each.service] for each in asked], dtype=np.int64),
        Lists.of([0 if each.group is None else groups[each.group] + 1] for each in asked),
    )
    to_types = _steps(types, grid.types, facts.type_tree.descendants)
    to_groups = _group_steps(groups, grid, facts.group_tree.descendants)
    return _spread(grid, stated, _place_steps(areas, grid, facts.place_tree, inside=False), to_types, to_groups)


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(set(names)))}


def _steps(terms: Iterable[str], targets: Sequence[str | None], walk: Callable[[str], Iterable[str | None]]) -> Lists:
    number = {target: position for position, target in enumerate(targets)}
    return Lists.of(sorted(number[each] for each in walk(term) if each in number) for term in terms)


def _group_steps(groups: Iterable[str], grid: Grid, walk: Callable[[str], Iterable[str | None]]) -> Lists:
    """Row 0, no group stated, leads to every group of the grid."""
    stated = _steps(groups, grid.groups, walk)
    unstated = np.arange(len(grid.groups))
    return Lists(
        np.concatenate(([0], stated.starts + len(unstated))).astype(np.int64), np.concatenate((unstated, stated.values))
    )


def _place_steps(areas: Iterable[str], grid: Grid, tree: Hierarchy, *, inside: bool) -> Lists:
    """Twice the place number, plus one where the area is only a part of the place (looked for when `inside`)."""
    number = {place: position for position, place in enumerate(grid.places)}
    rows: list[list[int]] = []
    for area in areas:
        contained = tree.descendants(area)
        around = tree.ancestors(area) - contained if inside else frozenset[str]()
        whole = [2 * number[place] for place in contained if place in number]
        part = [2 * number[place] + 1 for place in around if place in number]
        rows.append(sorted(whole + part))
    return Lists.of(rows)


def _spread(grid: Grid, stated: _Statements, to_places: Lists, to_types: Lists, to_groups: Lists) -> Reach:
    rows, areas = stated.areas_of.join(np.arange(len(stated.type_of)))
    at, places = to_places.join(areas)
    rows = rows[at]
    at, types = to_types.join(stated.type_of[rows])
    rows, places = rows[at], places[at]
    at, named = stated.groups_of.join(rows)
    rows, places, types = rows[at], places[at], types[at]
    at, groups = to_groups.join(named)
    rows, places, types = rows[at], places[at], types[at]
    cells = grid.cube[places >> 1, types, groups]
    kept = cells >= 0
    return Reach(cells[kept], rows[kept], (places[kept] & 1).astype(np.bool_))
