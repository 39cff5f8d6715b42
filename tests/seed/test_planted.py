"""The planted gaps are found again through the database: all of them and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from analytics.coverage import assess, cells
from graphdb import collaboration, coverage
from graphdb.connection import Graph
from seed import demo
from seed.demo import accounts, planted
from seed.demo.story import tell
from tests.conftest import wipe
from web.gaps.usecases import judge, usual_scope
from web.jobs.work import work_one

DAY = date(2026, 3, 18)
LATER = DAY + timedelta(days=365)
CODES = tell(DAY).codes


@pytest.fixture(scope="module")
def told(migrated: Graph) -> Iterator[Graph]:
    """The story in the database, once for this file."""
    wipe(migrated)
    demo.fill(migrated, DAY, {visitor.login: "hash" for visitor in accounts.VISITORS})
    yield migrated
    wipe(migrated)


def found_cells(graph: Graph, as_of: date) -> dict[str, set[planted.Cell]]:
    found: dict[str, set[planted.Cell]] = {}
    for cell in cells(assess(coverage.known(graph).facts, as_of)):
        assert cell.group is not None
        found.setdefault(str(cell.cls), set()).add((CODES[cell.place], CODES[cell.service], CODES[cell.group]))
    return found


def test_the_cells_on_the_day(told: Graph) -> None:
    assert found_cells(told, DAY) == planted.CELLS
    assert {name: len(those) for name, those in planted.CELLS.items()} == {
        "not_assessed": 5, "absent": 8, "unverified": 5, "fragile": 6, "covered": 25,
    }  # fmt: skip


def test_the_cells_a_year_later(told: Graph) -> None:
    assert found_cells(told, LATER) == planted.CELLS_A_YEAR_LATER


UNDIRECTED = {"C2", "C6"}


def found_between(graph: Graph, as_of: date) -> dict[str, set[planted.Members]]:
    facts = coverage.known(graph).facts
    usual = assess(facts, as_of, usual_scope(facts, as_of))
    report = judge(collaboration.known(graph).facts, usual, as_of, {})
    found: dict[str, set[planted.Members]] = {str(cls): set() for cls in report.counts}
    for gap in report.gaps:
        members = tuple(CODES[each] for each in gap.members)
        found[str(gap.cls)].add(tuple(sorted(members)) if str(gap.cls) in UNDIRECTED else members)
    assert {str(cls): n for cls, n in report.counts.items()} == {cls: len(those) for cls, those in found.items()}
    return found


def test_the_gaps_between_partners_on_the_day(told: Graph) -> None:
    assert found_between(told, DAY) == planted.BETWEEN
    assert all(planted.BETWEEN.values()), "something of every class is planted"


def test_the_gaps_between_partners_a_year_later(told: Graph) -> None:
    assert found_between(told, LATER) == planted.BETWEEN_A_YEAR_LATER


def test_the_worker_finds_and_keeps_the_planted_gaps(told: Graph) -> None:
    assert work_one(told, "worker")
    kept = told.define("MATCH (g:Gap) RETURN g.cls AS cls, count(g) AS n")
    cells = {cls: len(those) for cls, those in planted.CELLS.items() if cls not in {"covered", "not_assessed"}}
    between = {cls: len(those) for cls, those in planted.BETWEEN.items()}
    assert {row["cls"]: row["n"] for row in kept} == {**cells, **between}
