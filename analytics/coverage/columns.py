"""Services as columns: one numpy array a field, so that any as-of date is one pass over arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STATUSES = ("active", "temporarily_closed", "inactive", "defunct", "draft")
ACTIVE, DRAFT = STATUSES.index("active"), STATUSES.index("draft")
SINCE_EVER, FOR_EVER = 0, 10_000_000
UNSTATED = 0
"""The group number of a service that states no group."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service as the registry holds it. None for a date means unknown: it holds on that side.

    `groups` empty: not stated. It counts for every group, as a general service does, and the cell says so
    (`group_not_stated`); a stated group speaks for itself and for all narrower groups.
    `status`: (since, status) pairs; an undated one holds since ever, none at all means active.
    `projects`: (project id, its last day or None) of those that fund it; `people`: those it hangs on.
    """

    id: str
    providers: tuple[str, ...]
    type: str
    areas: tuple[str, ...]
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    assured: tuple[date, ...] = ()
    status: tuple[tuple[date | None, str], ...] = ()
    projects: tuple[tuple[str, date | None], ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of numbers for each row: row i is `values[starts[i]:starts[i + 1]]`."""

    starts: Ints
    values: Ints

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Lists:
        kept = list(rows)
        lengths = np.fromiter((len(row) for row in kept), np.int64, len(kept))
        values = np.fromiter((value for row in kept for value in row), np.int64, int(lengths.sum()))
        return cls(np.concatenate(([0], np.cumsum(lengths))).astype(np.int64), values)

    @property
    def lengths(self) -> Ints:
        return np.diff(self.starts)

    def owners(self) -> Ints:
        """The row number of each value."""
        return np.repeat(np.arange(len(self.starts) - 1), self.lengths)

    def join(self, rows: Ints) -> tuple[Ints, Ints]:
        """For each entry of `rows` every value of that row: (position in `rows`, value)."""
        lengths = self.lengths[rows]
        positions = np.repeat(np.arange(len(rows)), lengths)
        before = np.cumsum(lengths) - lengths
        places = np.arange(len(positions)) + np.repeat(self.starts[rows] - before, lengths)
        return positions, self.values[places]


@dataclass(frozen=True, slots=True)
class ServiceColumns:
    """The services of one data version. Days are proleptic ordinals; ids are sorted, so numbers sort as ids do."""

    ids: tuple[str, ...]
    organisations: tuple[str, ...]
    types: tuple[str, ...]
    areas: tuple[str, ...]
    groups: tuple[str, ...]
    """Without the unstated one: group number i is `groups[i - 1]`."""
    projects: tuple[str, ...]
    people: tuple[str, ...]
    providers_of: Lists
    type_of: Ints
    areas_of: Lists
    groups_of: Lists
    starts: Ints
    ends: Ints
    assured_of: Lists
    status_days: Lists
    statuses: Ints
    """Parallel to `status_days.values`, ascending by day within a service."""
    projects_of: Lists
    project_ends: Ints
    """Parallel to `projects_of.values`."""
    people_of: Lists

    @classmethod
    def of(cls, services: Iterable[Service]) -> ServiceColumns:
        """From records, in any order; sorted by id. ValueError for a status outside STATUSES."""
        rows = sorted(services, key=lambda each: each.id)
        history = [_history(row.status) for row in rows]
        organisations = _index(name for row in rows for name in row.providers)
        types = _index(row.type for row in rows)
        areas = _index(name for row in rows for name in row.areas)
        groups = _index((name for row in rows for name in row.groups), first=UNSTATED + 1)
        projects = _index(name for row in rows for name, _ in row.projects)
        people = _index(name for row in rows for name in row.people)
        return cls(
            ids=tuple(row.id for row in rows),
            organisations=tuple(organisations),
            types=tuple(types),
            areas=tuple(areas),
            groups=tuple(groups),
            projects=tuple(projects),
            people=tuple(people),
            providers_of=Lists.of([organisations[name] for name in row.providers] for row in rows),
            type_of=_ints(types[row.type] for row in rows),
            areas_of=Lists.of([areas[name] for name in row.areas] for row in rows),
            groups_of=Lists.of([groups[name] for name in row.groups] or [UNSTATED] for row in rows),
            starts=_ints(_day(row.valid_from, SINCE_EVER) for row in rows),
            ends=_ints(_day(row.valid_to, FOR_EVER) for row in rows),
            assured_of=Lists.of([on.toordinal() for on in row.assured] for row in rows),
            status_days=Lists.of([day for day, _ in entries] for entries in history),
            statuses=_ints(status for entries in history for _, status in entries),
            projects_of=Lists.of([projects[name] for name, _ in row.projects] for row in rows),
            project_ends=_ints(_day(ends, FOR_EVER) for row in rows for _, ends in row.projects),
            people_of=Lists.of([people[name] for name in row.people] for row in rows),
        )

    def __len__(self) -> int:
        return len(self.ids)


def _history(status: Iterable[tuple[date | None, str]]) -> list[tuple[int, int]]:
    """(day, status number) in the order of days; of two on the same day the one written last stands."""
    return sorted(((_day(on, SINCE_EVER), STATUSES.index(name)) for on, name in status), key=lambda entry: entry[0])


def _day(on: date | None, unknown: int) -> int:
    return unknown if on is None else on.toordinal()


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)


def _index(names: Iterable[str], first: int = 0) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(set(names)), start=first)}
