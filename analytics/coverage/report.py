"""The coverage of a grid at one day, as arrays: classes, counts, denominator, shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from analytics.coverage.classes import ORDER, CellClass, Tally, classify
from analytics.coverage.columns import Ints
from analytics.coverage.facts import CellKey, CoverageFacts
from analytics.coverage.grid import Demand, Grid, Scope, choose
from analytics.coverage.reach import Reach, assessments_reach, services_reach
from analytics.coverage.supply import (
    Standing,
    Supply,
    count_supply,
    latest_answers,
    proves_absence,
    standing,
    tally,
)
from analytics.thresholds import DEFAULTS, Thresholds


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole grid. `classes[i]` is the number in ORDER of the class of cell `grid.keys[i]`.

    `absent_on`, `present_on`: the latest day (ordinal, 0 for never) of the answers "there is none" and of others.
    """

    facts: CoverageFacts
    grid: Grid
    as_of: date
    limits: Thresholds
    reach: Reach
    asked: Reach
    now: Standing
    supply: Supply
    tally: Tally
    absent_on: Ints
    present_on: Ints
    classes: Ints

    @property
    def counts(self) -> dict[CellClass, int]:
        """How many cells of each class; every class is named, cells not assessed among them."""
        found = np.bincount(self.classes, minlength=len(ORDER))
        return {name: int(found[number]) for number, name in enumerate(ORDER)}

    @property
    def denominator(self) -> int:
        """Cells that were assessed: all but `not_assessed`, which is counted beside it."""
        return len(self.grid) - self.counts[CellClass.NOT_ASSESSED]

    def share(self, k: int = 1) -> float | None:
        """coverage(k) = sum w [c >= k] / sum w (definitions.md 2.4) over assessed cells; None without any."""
        weights = np.array([demand.weight for demand in self.grid.demands], dtype=np.float64)
        known = self.classes != ORDER.index(CellClass.NOT_ASSESSED)
        total = float(weights[known].sum())
        return float(weights[known & (self.tally.confirmed >= k)].sum()) / total if total else None


def assess(facts: CoverageFacts, as_of: date, scope: Scope | None = None, limits: Thresholds = DEFAULTS) -> Coverage:
    """The coverage that the scope asks for, as of that day. Later facts are not looked at."""
    return evaluate(facts, choose(facts, as_of, scope or Scope()), as_of, limits)


def assess_cells(
    facts: CoverageFacts, keys: frozenset[CellKey] | set[CellKey], as_of: date, limits: Thresholds = DEFAULTS
) -> Coverage:
    """The coverage of exactly these cells."""
    return evaluate(facts, Grid.of("observed", dict.fromkeys(keys, Demand())), as_of, limits)


def evaluate(facts: CoverageFacts, grid: Grid, as_of: date, limits: Thresholds) -> Coverage:
    """Every cell of the grid, judged at that day."""
    day = as_of.toordinal()
    reach, asked = services_reach(facts, grid), assessments_reach(facts, grid)
    now = standing(facts, day, limits)
    supply = count_supply(facts, reach, now, day)
    absent_on, present_on = latest_answers(facts, asked, len(grid), day)
    counted = tally(grid, reach, now, supply, proves_absence(absent_on, present_on, day, limits))
    return Coverage(
        facts, grid, as_of, limits, reach, asked, now, supply, counted, absent_on, present_on, classify(counted)
    )
