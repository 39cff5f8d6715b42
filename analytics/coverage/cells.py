"""Cells as people read them: class, providers, reasons, flags. Built from the arrays only for those asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from analytics.coverage.classes import ORDER, CellClass
from analytics.coverage.columns import FOR_EVER, SINCE_EVER, UNSTATED, Ints
from analytics.coverage.facts import CellKey
from analytics.coverage.report import Coverage
from analytics.coverage.state import NOBODY
from analytics.reasons import Reason, because


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the answer. `providers`: the distinct organisations of m, whatever the class; `confirmed`: those
    of f; `services`: their active services. `partial`: some provider serves only a part of the place. `wanted`: the k
    that a requirement asks for, 0 where none does.

    `reasons` say why this class: `no_record`, `assessment_lapsed` (on), `assessed_otherwise` (on), `assessed_none`
    (on), `not_confirmed` (n, last), `single_provider` (provider and unconfirmed where more are listed), `project_ends`
    (project, on), `single_person` (person), `providers` (n).
    `flags` say what to know beside it: `undated` (no_start, no_end), `group_not_stated` (n services), `partial`
    (providers), `below_required` (wanted, confirmed).
    """

    place: str
    service: str
    group: str | None
    cls: CellClass
    providers: tuple[str, ...]
    confirmed: tuple[str, ...]
    services: tuple[str, ...]
    partial: bool
    reasons: tuple[Reason, ...]
    flags: tuple[Reason, ...]
    wanted: int
    weight: float
    key: str


def cells(coverage: Coverage, classes: Iterable[CellClass] = ORDER) -> tuple[Cell, ...]:
    """The cells of those classes (all by default), sorted by place, service, group."""
    wanted = np.isin(coverage.classes, [ORDER.index(name) for name in classes])
    numbers = np.flatnonzero(wanted)
    evidence = _Evidence.of(coverage, numbers)
    return tuple(evidence.cell(int(number)) for number in numbers)


def cell(coverage: Coverage, key: CellKey) -> Cell | None:
    """The cell of that key; None where the grid has none."""
    if key not in coverage.grid.keys:
        return None
    number = coverage.grid.keys.index(key)
    return _Evidence.of(coverage, np.array([number])).cell(number)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The active services of the wanted cells, sorted by cell."""

    coverage: Coverage
    at: Ints
    rows: Ints

    @classmethod
    def of(cls, coverage: Coverage, numbers: Ints) -> _Evidence:
        reach = coverage.reach
        wanted = np.zeros(len(coverage.grid), dtype=np.bool_)
        wanted[numbers] = True
        kept = wanted[reach.cells] & coverage.now.active[reach.rows]
        many = max(1, len(coverage.facts.services))
        pairs = np.unique(reach.cells[kept] * many + reach.rows[kept])
        return cls(coverage, pairs // many, pairs % many)

    def cell(self, number: int) -> Cell:
        coverage = self.coverage
        key, demand = coverage.grid.keys[number], coverage.grid.demands[number]
        providers, confirmed, parts = self._providers(number)
        services = self._services(number)
        cls = ORDER[int(coverage.classes[number])]
        return Cell(
            *key,
            cls=cls,
            providers=providers,
            confirmed=confirmed,
            services=tuple(coverage.facts.services.ids[row] for row in services),
            partial=bool(parts),
            reasons=self._reasons(number, cls, services, providers, confirmed),
            flags=(*self._flags(key, services, parts), *_shortfall(demand.wanted, len(confirmed))),
            wanted=demand.wanted,
            weight=demand.weight,
            key=key.text,
        )

    def _services(self, number: int) -> Ints:
        first, end = np.searchsorted(self.at, (number, number + 1))
        return self.rows[first:end]

    def _providers(self, number: int) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """All, the confirmed, those that serve a part only."""
        supply, names = self.coverage.supply, self.coverage.facts.services.organisations
        rows = supply.of_cell(number)
        found = supply.organisations[rows]
        confirmed, parts = found[supply.confirmed[rows]], found[supply.partial[rows]]
        all_, some, part = (tuple(names[each] for each in group) for group in (found, confirmed, parts))
        return all_, some, part

    def _reasons(
        self, number: int, cls: CellClass, services: Ints, providers: tuple[str, ...], confirmed: tuple[str, ...]
    ) -> tuple[Reason, ...]:
        match cls:
            case CellClass.NOT_ASSESSED:
                return self._unknown(number)
            case CellClass.ABSENT:
                return (because("assessed_none", on=_on(self.coverage.absent_on[number])),)
            case CellClass.UNVERIFIED:
                last = int(self.coverage.now.assured[services].max())
                return (because("not_confirmed", n=len(providers), last=_on(last)),)
            case CellClass.FRAGILE:
                return tuple(self._fragile(services, providers, confirmed))
            case _:
                return (because("providers", n=len(providers)),)

    def _unknown(self, number: int) -> tuple[Reason, ...]:
        absent, present = self.coverage.absent_on[number], self.coverage.present_on[number]
        if not absent and not present:
            return (because("no_record"),)
        if present >= absent:
            return (because("no_record"), because("assessed_otherwise", on=_on(present)))
        return (because("no_record"), because("assessment_lapsed", on=_on(absent)))

    def _fragile(self, services: Ints, providers: tuple[str, ...], confirmed: tuple[str, ...]) -> Iterable[Reason]:
        columns, now = self.coverage.facts.services, self.coverage.now
        fresh = services[now.fresh[services]]
        if len(providers) == 1:
            yield because("single_provider")
        elif len(confirmed) == 1:
            yield because("single_provider", provider=confirmed[0], unconfirmed=len(providers) - 1)
        project, person = _same(now.project[fresh]), _same(now.person[fresh])
        if project != NOBODY:
            ends = columns.project_ends[columns.projects_of.values == project].min()
            yield because("project_ends", project=columns.projects[project], on=_on(ends))
        if person != NOBODY:
            yield because("single_person", person=columns.people[person])

    def _flags(self, key: CellKey, services: Ints, parts: tuple[str, ...]) -> Iterable[Reason]:
        columns = self.coverage.facts.services
        no_start = int((columns.starts[services] == SINCE_EVER).sum())
        no_end = int((columns.ends[services] == FOR_EVER).sum())
        if no_start or no_end:
            yield because("undated", no_start=no_start, no_end=no_end)
        unstated = int((columns.groups_of.values[columns.groups_of.starts[services]] == UNSTATED).sum())
        if key.group is not None and unstated:
            yield because("group_not_stated", n=unstated)
        if parts:
            yield because("partial", providers=parts)


def _shortfall(wanted: int, confirmed: int) -> tuple[Reason, ...]:
    return (because("below_required", wanted=wanted, confirmed=confirmed),) if confirmed < wanted else ()


def _same(values: Ints) -> int:
    return int(values[0]) if len(values) and (values == values[0]).all() else NOBODY


def _on(day: int | np.int64) -> date | None:
    return date.fromordinal(int(day)) if day else None
