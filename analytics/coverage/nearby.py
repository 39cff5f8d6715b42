"""For an empty cell: who does it in a neighbouring place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.coverage.cells import Cell, cells
from analytics.coverage.facts import CellKey, CoverageFacts
from analytics.coverage.grid import at_level
from analytics.coverage.report import Coverage, assess_cells


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A place nearby and the organisations listed there for the same service and group. `steps`: how many levels up
    the tree the two places meet (1: under the same parent)."""

    place: str
    providers: tuple[str, ...]
    confirmed: tuple[str, ...]
    steps: int


def nearby(coverage: Coverage, keys: Iterable[CellKey]) -> dict[CellKey, tuple[Neighbour, ...]]:
    """For each cell the nearest ring of places of its level with any provider; empty where no ring has one.

    The first ring is the places under the same parent, the next those under the parent's parent, and so on. Distance
    is that of the tree: places have no coordinates here.
    """
    found: dict[CellKey, tuple[Neighbour, ...]] = dict.fromkeys(keys, ())
    rings = {key: _rings(coverage.facts, key.place) for key in found}
    step = 0
    while open_keys := [key for key in found if not found[key] and len(rings[key]) > step]:
        asked = {CellKey(place, key.service, key.group) for key in open_keys for place in rings[key][step]}
        answers = assess_cells(coverage.facts, asked, coverage.as_of, coverage.limits)
        served = {CellKey(each.place, each.service, each.group): each for each in cells(answers) if each.providers}
        step += 1
        for key in open_keys:
            found[key] = _neighbours(key, rings[key][step - 1], served, step)
    return found


def _rings(facts: CoverageFacts, place: str) -> tuple[tuple[str, ...], ...]:
    """Places of the same level by how far up the tree they meet, nearest first."""
    if place not in facts.places:
        return ()
    level, seen = facts.places[place].level, {place}
    rings: list[tuple[str, ...]] = []
    parent = facts.places[place].parent
    while parent is not None and parent not in seen:
        inside = at_level(facts, facts.place_tree.descendants(parent), level) - seen
        rings.append(tuple(sorted(inside)))
        seen |= inside | {parent}
        parent = facts.places[parent].parent if parent in facts.places else None
    return tuple(rings)


def _neighbours(
    key: CellKey, places: tuple[str, ...], served: dict[CellKey, Cell], steps: int
) -> tuple[Neighbour, ...]:
    there = ((place, served.get(CellKey(place, key.service, key.group))) for place in places)
    return tuple(Neighbour(place, cell.providers, cell.confirmed, steps) for place, cell in there if cell)
