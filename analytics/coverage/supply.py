"""Counting a grid at one day: distinct organisations per cell, listed and confirmed, and what they hang on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.coverage.classes import Tally
from analytics.coverage.columns import FOR_EVER, Bools, Ints
from analytics.coverage.facts import NONE_FOUND, CoverageFacts
from analytics.coverage.grid import Grid
from analytics.coverage.reach import Reach
from analytics.coverage.state import NOBODY, active_on, last_assured, sole_ending_project, sole_person
from analytics.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Supply:
    """One row for each organisation in a cell, sorted by cell, then organisation: m and f count these rows."""

    cells: Ints
    organisations: Ints
    confirmed: Bools
    partial: Bools

    def of_cell(self, cell: int) -> slice:
        """Where the rows of that cell stand."""
        first, end = np.searchsorted(self.cells, (cell, cell + 1))
        return slice(int(first), int(end))


@dataclass(frozen=True, slots=True)
class Standing:
    """The services at one day: which count, which of them are confirmed, when each was last confirmed (0: never)."""

    active: Bools
    fresh: Bools
    assured: Ints
    project: Ints
    person: Ints


def standing(facts: CoverageFacts, day: int, limits: Thresholds) -> Standing:
    """A service without any organisation that still counts is not supply."""
    services = facts.services
    staying = _staying(facts, day)
    provided = np.bincount(
        services.providers_of.owners()[staying[services.providers_of.values]], minlength=len(services)
    )
    active = active_on(services, day) & (provided > 0)
    assured = last_assured(services, day)
    return Standing(
        active,
        active & (assured > 0) & (assured >= day - limits.fresh_days),
        assured,
        sole_ending_project(services, day, limits.project_ends_days),
        sole_person(services),
    )


def count_supply(facts: CoverageFacts, reach: Reach, now: Standing, day: int) -> Supply:
    """Distinct (cell, organisation) of the active services; confirmed if any of its services there is fresh,
    partial if none of them serves the whole place."""
    counted = now.active[reach.rows]
    rows, cells, partial = reach.rows[counted], reach.cells[counted], reach.partial[counted]
    at, organisations = facts.services.providers_of.join(rows)
    rows, cells, partial = rows[at], cells[at], partial[at]
    staying = _staying(facts, day)[organisations]
    rows, cells, partial, organisations = rows[staying], cells[staying], partial[staying], organisations[staying]
    many = max(1, len(facts.services.organisations))
    pairs = cells * many + organisations
    order = np.argsort(pairs, kind="stable")
    found, first = np.unique(pairs[order], return_index=True)
    if not len(found):
        return Supply(found, found, found.astype(np.bool_), found.astype(np.bool_))
    return Supply(
        found // many,
        found % many,
        np.logical_or.reduceat(now.fresh[rows][order], first),
        np.logical_and.reduceat(partial[order], first),
    )


def tally(grid: Grid, reach: Reach, now: Standing, supply: Supply, assessed: Bools) -> Tally:
    """The columns that `classify` looks at."""
    fresh = now.fresh[reach.rows]
    cells, rows = reach.cells[fresh], reach.rows[fresh]
    size = len(grid)
    return Tally(
        np.bincount(supply.cells, minlength=size),
        np.bincount(supply.cells[supply.confirmed], minlength=size),
        assessed,
        shared_by_all(cells, now.project[rows], size) != NOBODY,
        shared_by_all(cells, now.person[rows], size) != NOBODY,
    )


def shared_by_all(cells: Ints, values: Ints, size: int) -> Ints:
    """The value that every entry of a cell has; -1 where entries differ, where one has none, or without entries."""
    low = np.full(size, FOR_EVER, dtype=np.int64)
    high = np.full(size, NOBODY, dtype=np.int64)
    np.minimum.at(low, cells, values)
    np.maximum.at(high, cells, values)
    return np.where(low == high, high, NOBODY)


def latest_answers(facts: CoverageFacts, reach: Reach, size: int, day: int) -> tuple[Ints, Ints]:
    """For each cell the latest day by then of "there is none" and of any other answer; 0 for never."""
    days = np.array([each.on.toordinal() for each in facts.assessments], dtype=np.int64)[reach.rows]
    none = np.array([each.result == NONE_FOUND for each in facts.assessments], dtype=np.bool_)[reach.rows]
    absent, other = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for latest, said in ((absent, none), (other, ~none)):
        known = said & (days <= day)
        np.maximum.at(latest, reach.cells[known], days[known])
    return absent, other


def proves_absence(absent: Ints, other: Ints, day: int, limits: Thresholds) -> Bools:
    """Within A days, and nobody has said otherwise since (or on the same day: then it is not known)."""
    return (absent > 0) & (absent >= day - limits.fresh_days) & (absent > other)


def _staying(facts: CoverageFacts, day: int) -> Bools:
    ends = [facts.left_on.get(name) for name in facts.services.organisations]
    return np.array([end is None or day < end.toordinal() for end in ends], dtype=np.bool_)
