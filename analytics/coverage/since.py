"""How long a cell has been as it is: back to the first day without a break (definitions.md 2.4, duration of a gap)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from analytics.coverage.classes import ORDER, UNSERVED, CellClass
from analytics.coverage.columns import FOR_EVER, SINCE_EVER
from analytics.coverage.facts import CellKey, CoverageFacts
from analytics.coverage.grid import Demand, Grid
from analytics.coverage.report import Coverage, evaluate
from analytics.coverage.take import take
from analytics.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Since:
    """`on`: the first day; None: as far back as the records go (an undated fact, or nothing ever recorded)."""

    on: date | None
    days: int | None


def since(coverage: Coverage, key: CellKey) -> Since:
    """Since when the cell has been in its class; the classes G0 to G3 count as one. KeyError outside the grid."""
    if key not in coverage.grid.keys:
        raise KeyError(key)
    number = coverage.grid.keys.index(key)
    cls = ORDER[int(coverage.classes[number])]
    held = UNSERVED if cls in UNSERVED else frozenset({cls})
    local = _local(coverage, number)
    first = coverage.as_of
    for change in sorted(set(_changes(local, coverage.as_of, coverage.limits)), reverse=True):
        before = date.fromordinal(change - 1)
        first = date.fromordinal(change)
        if _class_on(local, key, before, coverage.limits) not in held:
            return Since(first, (coverage.as_of - first).days)
    return Since(None, None)


def _local(coverage: Coverage, number: int) -> CoverageFacts:
    """Only the services and assessments that can ever count in the cell."""
    rows = np.unique(coverage.reach.rows[coverage.reach.cells == number])
    asked = set(coverage.asked.rows[coverage.asked.cells == number].tolist())
    kept = tuple(each for position, each in enumerate(coverage.facts.assessments) if position in asked)
    return replace(coverage.facts, services=take(coverage.facts.services, rows), assessments=kept, requirements=())


def _changes(facts: CoverageFacts, until: date, limits: Thresholds) -> Iterator[int]:
    """Every day by `until` on which the class could have become another, from the day before."""
    last = until.toordinal()
    return (day for day in _days(facts, limits) if SINCE_EVER + 1 < day <= last and day != FOR_EVER)


def _days(facts: CoverageFacts, limits: Thresholds) -> Iterator[int]:
    services = facts.services
    for column in (services.starts, services.ends, services.status_days.values, services.project_ends):
        yield from column.tolist()
    yield from (services.project_ends - limits.project_ends_days).tolist()
    asked = [each.on.toordinal() for each in facts.assessments]
    for day in (*services.assured_of.values.tolist(), *asked):
        yield day
        yield day + limits.fresh_days + 1
    for name in services.organisations:
        if name in facts.left_on:
            yield facts.left_on[name].toordinal()


def _class_on(facts: CoverageFacts, key: CellKey, on: date, limits: Thresholds) -> CellClass:
    one = Grid.of("observed", {key: Demand()})
    return ORDER[int(evaluate(facts, one, on, limits).classes[0])]
