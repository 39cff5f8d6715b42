"""The demonstration in a real Neo4j."""

from __future__ import annotations

import json
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from graphdb import accounts as stored_accounts
from graphdb import audit, bulk, records
from graphdb.actors import OWNER, Actor
from graphdb.catalogue import KINDS, kind_of
from graphdb.connection import Graph
from graphdb.passwords import Cost, Passwords
from graphdb.records import Listing
from graphdb.writes import change
from seed import demo
from seed.demo import accounts, planted
from seed.demo.book import identity
from seed.demo.story import tell
from web.jobs.work import work_one

DAY = date(2026, 3, 18)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = Passwords.__init__.__defaults__
    monkeypatch.setattr(Passwords.__init__, "__defaults__", (Cost(1, 1024, 1),))
    assert quick


def test_everything_told_is_stored_and_the_audit_trail_is_whole(graph: Graph) -> None:
    demo.fill(graph, DAY, {visitor.login: "hash" for visitor in accounts.VISITORS})
    book = tell(DAY)
    for kind in KINDS:
        assert records.count(graph, kind, Listing(), OWNER) == len(book.records.get(kind.label, ())), kind.label
    assert audit.first_break(graph) is None
    assert demo.loaded_on(graph) == DAY


def test_a_sealed_note_is_not_in_the_store(graph: Graph) -> None:
    demo.fill(graph, DAY, {visitor.login: "hash" for visitor in accounts.VISITORS})
    goals = {str(new.values["goals"]) for new in tell(DAY).records["Mentorship"]}
    found = graph.define("MATCH (m:Mentorship) RETURN m.goals AS goals")
    assert len(found) == 20
    assert not goals & {str(row["goals"]) for row in found}
    pair = records.show(graph, kind_of("Mentorship"), identity("Mentorship/L01"), OWNER)
    assert pair
    assert pair.fields["goals"] in goals


def test_the_worker_finds_and_keeps_the_planted_gaps(graph: Graph) -> None:
    demo.fill(graph, DAY, {visitor.login: "hash" for visitor in accounts.VISITORS})
    assert work_one(graph, "worker")
    kept = graph.define("MATCH (g:Gap) RETURN g.cls AS cls, count(g) AS n")
    cells = {cls: len(those) for cls, those in planted.CELLS.items() if cls not in {"covered", "not_assessed"}}
    between = {cls: len(those) for cls, those in planted.BETWEEN.items()}
    assert {row["cls"]: row["n"] for row in kept} == {**cells, **between}


def test_every_role_has_an_account_whose_password_is_printed_and_kept(graph: Graph, tmp_path: Path) -> None:
    lines = list(demo.ensure(graph, tmp_path))
    file = tmp_path / accounts.FILE
    kept = json.loads(file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    passwords = Passwords(tmp_path / "run")
    for visitor in accounts.VISITORS:
        assert any(visitor.login in line and kept[visitor.login] in line for line in lines)
        secret = graph.one(stored_accounts.SECRET_OF, login=visitor.login)
        assert secret
        assert passwords.verify(secret.hash, kept[visitor.login])
    assert len(set(kept.values())) == len(accounts.VISITORS)
    rows = graph.fetch(stored_accounts.ACCOUNTS, today=datetime.now(UTC).date(), limit=20)
    assert sorted(grant["role"] or "" for row in rows for grant in row.grants) == sorted(
        v.role for v in accounts.VISITORS
    )


def test_a_later_start_keeps_what_is_there_and_prints_the_same(graph: Graph, tmp_path: Path) -> None:
    first = list(demo.ensure(graph, tmp_path))
    before = audit.data_version(graph)
    again = list(demo.ensure(graph, tmp_path))
    assert again[1:] == first[1:]
    assert audit.data_version(graph) == before


def test_an_old_demonstration_is_kept_and_its_age_said(graph: Graph, tmp_path: Path) -> None:
    list(demo.ensure(graph, tmp_path))
    loaded = datetime.now(UTC).astimezone().date() - timedelta(days=40)
    graph.transact(lambda tx: tx.fetch(bulk.SET_MARK, key="demonstration_day", value=loaded.isoformat()))
    before = audit.data_version(graph)
    lines = list(demo.ensure(graph, tmp_path))
    assert loaded.isoformat() in lines[0]
    assert "40 days ago" in lines[1]
    assert audit.data_version(graph) == before


def test_lost_passwords_are_said_to_be_lost(graph: Graph, tmp_path: Path) -> None:
    list(demo.ensure(graph, tmp_path))
    (tmp_path / accounts.FILE).unlink()
    assert any("is gone" in line for line in demo.ensure(graph, tmp_path))


def test_a_network_in_use_is_refused_and_left_alone(graph: Graph, tmp_path: Path) -> None:
    def own(open_change: object) -> str:
        return records.create(open_change, graph, kind_of("Organisation"), {"name": "Ours", "kind": "ngo"})  # type: ignore[arg-type]

    change(graph, Actor("test", "command"), own)
    before = audit.data_version(graph)
    with pytest.raises(demo.NotEmptyError, match="Nothing was changed"):
        list(demo.ensure(graph, tmp_path))
    assert audit.data_version(graph) == before
    assert not (tmp_path / accounts.FILE).exists()
