"""Some of the services, as columns of the same shape: for one cell, or for a what-if."""

from __future__ import annotations

import numpy as np

from analytics.coverage.columns import Ints, Lists, ServiceColumns


def take(services: ServiceColumns, rows: Ints) -> ServiceColumns:
    """The services of those row numbers (ascending), with only the organisations they name."""
    at, providers = services.providers_of.join(rows)
    used = np.unique(providers)
    lengths = np.bincount(at, minlength=len(rows))
    return ServiceColumns(
        ids=tuple(services.ids[row] for row in rows),
        organisations=tuple(services.organisations[number] for number in used),
        types=services.types,
        areas=services.areas,
        groups=services.groups,
        projects=services.projects,
        people=services.people,
        providers_of=Lists(_starts(lengths), np.searchsorted(used, providers)),
        type_of=services.type_of[rows],
        areas_of=_rows(services.areas_of, rows),
        groups_of=_rows(services.groups_of, rows),
        starts=services.starts[rows],
        ends=services.ends[rows],
        assured_of=_rows(services.assured_of, rows),
        status_days=_rows(services.status_days, rows),
        statuses=_parallel(services.status_days, services.statuses, rows),
        projects_of=_rows(services.projects_of, rows),
        project_ends=_parallel(services.projects_of, services.project_ends, rows),
        people_of=_rows(services.people_of, rows),
    )


def _rows(lists: Lists, rows: Ints) -> Lists:
    return Lists(_starts(lists.lengths[rows]), lists.join(rows)[1])


def _parallel(lists: Lists, values: Ints, rows: Ints) -> Ints:
    return Lists(lists.starts, values).join(rows)[1]


def _starts(lengths: Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
