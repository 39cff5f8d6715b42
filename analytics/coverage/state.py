"""How each service stood on one day: in use, active, confirmed, hanging on one project or one person."""

from __future__ import annotations

import numpy as np

from analytics.coverage.columns import ACTIVE, DRAFT, Bools, Ints, Lists, ServiceColumns

NOBODY = -1


def status_on(services: ServiceColumns, day: int) -> Ints:
    """The status number of each service; -1 before its first dated status; active where none was ever written."""
    days = services.status_days
    known = np.bincount(days.owners()[days.values <= day], minlength=len(services))
    last = days.starts[:-1] + known - 1
    padded = np.append(services.statuses, ACTIVE)
    found = padded[np.where(known > 0, last, -1)]
    return np.where(known > 0, found, np.where(days.lengths > 0, -1, ACTIVE))


def active_on(services: ServiceColumns, day: int) -> Bools:
    """status(x,t) = active and valid_from <= t < valid_to."""
    return (status_on(services, day) == ACTIVE) & (services.starts <= day) & (day < services.ends)


def in_use_by(services: ServiceColumns, day: int) -> Bools:
    """Begun by that day and more than a draft, ended or not: an ended service keeps its cell in the observed grid."""
    status = status_on(services, day)
    return (services.starts <= day) & (status >= 0) & (status != DRAFT)


def last_assured(services: ServiceColumns, day: int) -> Ints:
    """The latest day by then on which each service was confirmed; 0 for never."""
    latest = np.zeros(len(services), dtype=np.int64)
    confirmed = services.assured_of
    known = confirmed.values <= day
    np.maximum.at(latest, confirmed.owners()[known], confirmed.values[known])
    return latest


def sole_ending_project(services: ServiceColumns, day: int, within: int) -> Ints:
    """The one running project a service hangs on, where it ends in (day, day + within]; else -1."""
    ends = services.project_ends
    running = day < ends
    return _sole(services.projects_of, running, running & (ends <= day + within))


def sole_person(services: ServiceColumns) -> Ints:
    """The one named person a service hangs on; else -1."""
    everyone = np.ones(len(services.people_of.values), dtype=np.bool_)
    return _sole(services.people_of, everyone, everyone)


def _sole(lists: Lists, counted: Bools, wanted: Bools) -> Ints:
    rows = len(lists.starts) - 1
    sole = np.full(rows, NOBODY, dtype=np.int64)
    owners = lists.owners()
    alone = wanted & (np.bincount(owners[counted], minlength=rows)[owners] == 1)
    sole[owners[alone]] = lists.values[alone]
    return sole
