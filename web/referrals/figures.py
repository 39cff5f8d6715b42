"""How referrals go: the indicators of a window for the page, for files and for the command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analytics.referral_indicators import PUBLISHED, RATES, Case, Day
from analytics.referral_table import Row, Table, table
from graphdb.network import network
from graphdb.referrals.cohort import cohort
from web.answers import head

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from analytics.referral_indicators import By
    from graphdb.connection import Graph
    from graphdb.naming import Name

BYS: tuple[By, ...] = ("pair", "service", "place")
FIGURES = (*PUBLISHED, *RATES, "median_response_days", "mean_redirect_depth")
"""Columns of files, in order."""
ENDS = {"pair": ("sender", "receiver"), "service": ("service",), "place": ("place",)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Referrals sent from `start` to `end`, as they stood at `day`, in rows by something or only all together."""

    start: date
    end: date
    day: Day
    by: By | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """`own`: exact, of the reader's organisations; None for who has none. `others`: all referrals beside those."""

    asked: Asked
    own: Table | None
    others: Table
    exact: bool
    limits: Mapping[str, timedelta]


@dataclass(frozen=True, slots=True)
class Value:
    """A figure and what it is taken of; `held_back` where a small number is not shown."""

    value: float | None
    n: int | None
    held_back: bool = False


def figures(graph: Graph, asked: Asked, organisations: Collection[str], *, exact: bool) -> Figures:
    """The indicators as one reader may know them. `exact` for the coordinator: every number is shown."""
    cases, limits = cohort(graph, asked.start, min(asked.end, asked.day.on)), network(graph).limits
    if exact or not organisations:
        return Figures(asked, None, table(cases, asked.by, asked.day, exact=exact, limits=limits), exact, limits)
    mine = [case for case in cases if _is_of(case, organisations)]
    others = [case for case in cases if not _is_of(case, organisations)]
    return Figures(
        asked, table(mine, asked.by, asked.day, exact=True, limits=limits),
        table(others, asked.by, asked.day, exact=False, limits=limits), exact, limits,
    )  # fmt: skip


def _is_of(case: Case, organisations: Collection[str]) -> bool:
    return case.sender in organisations or case.receiver in organisations


def quarter(on: date) -> tuple[date, date]:
    """First and last day of the calendar quarter of a day."""
    start = date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)
    following = date(start.year + start.month // 10, (start.month + 2) % 12 + 1, 1)
    return start, following - timedelta(days=1)


def quarters(on: date, many: int = 8) -> list[tuple[date, date]]:
    """The quarter of a day and those before it, the last first."""
    found = [quarter(on)]
    while len(found) < many:
        found.append(quarter(found[-1][0] - timedelta(days=1)))
    return found


def value(row: Row, name: str) -> Value:
    """One of FIGURES that is no count, with its n."""
    if name in RATES:
        whole = RATES[name][1]
        hidden = bool(row.hidden & set(RATES[name])) and bool(row.tally.counts[whole])
        return Value(row.rate(name), row.count(whole), hidden)
    if name == "median_response_days":
        median = row.median_response()
        return Value(median, row.count("sent"), median is None and row.tally.median_response() is not None)
    depth = row.mean_depth()
    return Value(depth, row.count("first_sent"), depth is None and row.tally.mean_depth() is not None)


def answer(found: Figures, names: Mapping[str, Name]) -> dict[str, Any]:
    """`flask referrals indicators --format json`: null where a figure is undefined or held back, which `held_back` says."""
    asked = found.asked
    return {
        **head(asked.day.on, (asked.start, asked.end), {}),
        "hidden": {
            "records": found.others.left, "figures": found.others.hidden,
            "why": ["small_numbers"] if found.others.left or found.others.hidden else [],
        },
        "by": asked.by,
        "limits_days": {name: limit / timedelta(days=1) for name, limit in found.limits.items()},
        "all": _row(found.others.whole),
        "rows": [_named(row, asked.by, names) | _row(row) for row in found.others.rows],
    }  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    counts = {name: row.count(name) for name in PUBLISHED}
    rest = {name: value(row, name) for name in FIGURES if name not in PUBLISHED}
    return {
        **counts, **{name: {"value": each.value, "n": each.n} for name, each in rest.items()},
        "held_back": [*(name for name in PUBLISHED if name in row.hidden), *(name for name, each in rest.items() if each.held_back)],
    }  # fmt: skip


def _named(row: Row, by: By | None, names: Mapping[str, Name]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for end, record in zip(ENDS[by] if by else (), row.key, strict=True):
        name = names.get(record)
        found |= {
            end: name.key if name else record or None, f"{end}_name": name.title if name else None,
            f"{end}_ref": name.ref if name else None, f"{end}_ulid": record or None,
        }  # fmt: skip
    return found


def lines(shown: Table, titles: Mapping[str, str]) -> list[list[str | float | int | None]]:
    """The rows of a file, the row of all last: titles of its ends, then FIGURES; empty where undefined or held back."""
    ends = len(ENDS[shown.by]) if shown.by else 0
    rows: Iterable[tuple[list[str | None], Row]] = (
        *(([titles.get(record, record) for record in row.key], row) for row in shown.rows),
        ([titles.get("all", "all"), *[None] * (ends - 1)] if ends else [], shown.whole),
    )
    return [
        [*heads, *(row.count(name) if name in PUBLISHED else value(row, name).value for name in FIGURES)]
        for heads, row in rows
    ]
