"""The demonstration in a real Neo4j."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from graphdb import accounts as stored_accounts
from graphdb import audit, bulk, records
from graphdb.actors import OWNER
from graphdb.catalogue import KINDS, kind_of
from graphdb.connection import Graph
from graphdb.passwords import Cost, Passwords
from graphdb.records import Listing
from seed import demo
from seed.demo import accounts
from seed.demo.book import identity
from seed.demo.story import tell
from tests.conftest import wipe

DAY = date(2026, 3, 18)


@dataclass(frozen=True)
class Started:
    """A home after its first start, and what was printed."""

    graph: Graph
    home: Path
    lines: list[str]


@pytest.fixture(scope="module")
def started(migrated: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """The demonstration, loaded once for the tests that only look at it, with quick hashes."""
    home = tmp_path_factory.mktemp("demo")
    wipe(migrated)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Passwords.__init__, "__defaults__", (Cost(1, 1024, 1),))
        yield Started(migrated, home, list(demo.ensure(migrated, home)))
    wipe(migrated)


def test_everything_told_is_stored_and_the_audit_trail_is_whole(started: Started) -> None:
    day = demo.loaded_on(started.graph)
    assert day == datetime.now(UTC).astimezone().date()
    book = tell(day)
    for kind in KINDS:
        assert records.count(started.graph, kind, Listing(), OWNER) == len(book.records.get(kind.label, ())), kind.label
    assert audit.first_break(started.graph) is None


def test_a_sealed_note_is_not_in_the_store(started: Started) -> None:
    goals = {str(new.values["goals"]) for new in tell(DAY).records["Mentorship"]}
    found = started.graph.define("MATCH (m:Mentorship) RETURN m.goals AS goals")
    assert len(found) == 20
    assert not goals & {str(row["goals"]) for row in found}
    pair = records.show(started.graph, kind_of("Mentorship"), identity("Mentorship/L01"), OWNER)
    assert pair
    assert pair.fields["goals"] in goals


def test_every_role_has_an_account_whose_password_is_printed_and_kept(started: Started) -> None:
    file = started.home / accounts.FILE
    kept = json.loads(file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    passwords = Passwords(started.home / "run")
    for visitor in accounts.VISITORS:
        assert any(visitor.login in line and kept[visitor.login] in line for line in started.lines)
        secret = started.graph.one(stored_accounts.SECRET_OF, login=visitor.login)
        assert secret
        assert passwords.verify(secret.hash, kept[visitor.login])
    assert len(set(kept.values())) == len(accounts.VISITORS)
    rows = started.graph.fetch(stored_accounts.ACCOUNTS, today=datetime.now(UTC).date(), limit=20)
    roles = sorted(grant["role"] or "" for row in rows for grant in row.grants)
    assert roles == sorted(visitor.role for visitor in accounts.VISITORS)


def test_a_later_start_keeps_what_is_there_and_prints_the_same(started: Started) -> None:
    before = audit.data_version(started.graph)
    again = list(demo.ensure(started.graph, started.home))
    assert again[1:] == started.lines[1:]
    assert audit.data_version(started.graph) == before


def test_an_old_demonstration_is_kept_and_its_age_said(started: Started) -> None:
    today = datetime.now(UTC).astimezone().date()
    before = audit.data_version(started.graph)
    _loaded(started.graph, today - timedelta(days=40))
    lines = list(demo.ensure(started.graph, started.home))
    _loaded(started.graph, today)
    assert (today - timedelta(days=40)).isoformat() in lines[0]
    assert "40 days ago" in lines[1]
    assert audit.data_version(started.graph) == before


def _loaded(graph: Graph, day: date) -> None:
    graph.transact(lambda tx: tx.fetch(bulk.SET_MARK, key="demonstration_day", value=day.isoformat()))


def test_lost_passwords_are_said_to_be_lost(started: Started, tmp_path: Path) -> None:
    assert any("is gone" in line for line in demo.ensure(started.graph, tmp_path))
