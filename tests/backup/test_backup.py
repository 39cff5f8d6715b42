"""A backup restored into an empty home is the same network; a bad one changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from graphdb import audit, backup, records
from graphdb.actors import OWNER, Actor
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
from graphdb.digest import digest
from graphdb.server import Address
from graphdb.vault import SealedFileError, Vault, sealed
from graphdb.writes import change
from tests.access.world import World, build
from tests.conftest import wipe
from web.leaving import write_archive

SECRET = sealed.Secret.passphrase("seven quiet herons by the river")


@pytest.fixture
def world(graph: Graph) -> World:
    return build(graph)


@pytest.fixture
def file(graph: Graph, world: World, tmp_path: Path) -> Path:
    path = tmp_path / "network.mrezha"
    backup.write(graph, path, SECRET)
    return path


@pytest.fixture
def empty(server: Address, graph: Graph, file: Path, tmp_path: Path) -> Iterator[Graph]:
    """Another home: the database empty, keys of its own."""
    wipe(graph)
    other = Graph.open(server.uri, server.user, server.password, server.database, Vault.at(tmp_path / "home"))
    yield other
    other.close()


def test_a_restored_network_is_the_same(graph: Graph, world: World, tmp_path: Path, server: Address) -> None:
    before, path = digest(graph), tmp_path / "a"
    told = backup.write(graph, path, SECRET)
    assert told.digest == before
    wipe(graph)
    other = Graph.open(server.uri, server.user, server.password, server.database, Vault.at(tmp_path / "home"))
    assert backup.restore(other, path, SECRET) == told
    assert digest(other) == before
    contact = world.records["Contact", "own"]
    view = records.show(other, kind_of("Contact"), contact, OWNER)
    assert view is not None
    assert world.canaries[view.fields["note"]] == ("Contact", "own", "note")
    other.close()


def test_the_digest_sees_every_difference(graph: Graph, world: World) -> None:
    before = digest(graph)
    for statement in (
        "MATCH (n:Organisation) WITH n LIMIT 1 SET n.description = 'other'",
        "MATCH (n:Organisation) WITH n LIMIT 1 SET n.new = 1",
        "MATCH (:Record)-[r]->(:Record) WITH r LIMIT 1 DELETE r",
        "CREATE (:Setting {key: 'x'})",
    ):
        graph.define(statement)
        assert digest(graph) != before
        before = digest(graph)
    graph.define("CREATE (:Session {hash: 'x'})")
    graph.define("MATCH (n:Organisation) WITH n LIMIT 1 SET n._lock = true")
    assert digest(graph) == before


@pytest.mark.parametrize("place", [5, 60, 300, -5, -1])
def test_a_flipped_bit_is_refused_untouched(place: int, file: Path, empty: Graph) -> None:
    raw = bytearray(file.read_bytes())
    raw[place] ^= 1
    file.write_bytes(raw)
    before = digest(empty)
    with pytest.raises(SealedFileError):
        backup.restore(empty, file, SECRET)
    assert digest(empty) == before


def test_a_wrong_passphrase_is_refused(file: Path, empty: Graph) -> None:
    with pytest.raises(SealedFileError, match="passphrase"):
        backup.restore(empty, file, sealed.Secret.passphrase("seven quiet herons by the lake"))


def test_a_home_in_use_is_refused(graph: Graph, file: Path) -> None:
    before = digest(graph)
    with pytest.raises(backup.BackupError, match="already holds"):
        backup.restore(graph, file, SECRET)
    assert digest(graph) == before


def test_what_was_erased_since_stays_erased(file: Path, empty: Graph, world: World) -> None:
    pair = world.records["Mentorship", "own"]
    backup.restore(empty, file, SECRET, {pair: "2026-11-22"})
    assert records.show(empty, kind_of("Contact"), world.records["Contact", "own"], OWNER) is None
    assert records.show(empty, kind_of("Contact"), world.records["Contact", "other"], OWNER) is not None
    assert empty.vault.erased() == {pair: "2026-11-22"}


def test_a_person_erased_since_is_a_mark_again_and_still_counts(file: Path, empty: Graph, world: World) -> None:
    leader, pair = world.people["leader"], world.records["Mentorship", "own"]
    backup.restore(empty, file, SECRET, {leader: "2026-11-22", pair: "2026-11-22"})
    [found] = empty.define(
        "MATCH (p:Person {id: $id})-[:MENTEE_IN]->(m:Mentorship)<-[:IN]-(c:Contact) WITH p, m, collect(c) AS contacts"
        " RETURN p.name AS name, p.ref AS ref, p.state AS state, m.id AS pair, size(contacts) AS n, contacts[0].note AS note",
        id=leader,
    )
    assert (found["name"], found["state"], found["pair"], found["n"], found["note"]) == (
        f"† {found['ref']}", "erased", pair, 2, None,
    )  # fmt: skip


def test_a_broken_restoration_is_not_taken_for_a_network(file: Path, empty: Graph) -> None:
    empty.define("CREATE (:Setting {key: 'restoring'})")
    with pytest.raises(backup.BackupError, match="broke off"):
        backup.restore(empty, file, SECRET)


def test_no_change_commits_while_a_backup_reads(graph: Graph, world: World, tmp_path: Path, server: Address) -> None:
    """The picture is of one moment: a change that begins meanwhile waits for the head of the audit trail."""
    done: list[str] = []
    kind = kind_of("Organisation")

    def write() -> None:
        work = lambda c: records.create(c, graph, kind, {"name": "Late", "kind": "ngo"})  # noqa: E731
        done.append(change(graph, Actor("test"), work))

    def slow(tx: object) -> int:
        tx.fetch(audit.LOCK_HEAD)
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(1)
        waited.append(writer)
        return len(done)

    waited: list[threading.Thread] = []
    assert graph.transact(slow) == 0
    waited[0].join(10)
    assert len(done) == 1


def test_the_archive_needs_no_mrezha(graph: Graph, world: World, tmp_path: Path) -> None:
    path = tmp_path / "leaving"
    assert write_archive(graph, path, SECRET, date(2026, 11, 22)) == len(world.records) + len(world.people)
    with sealed.open_verified(path, SECRET) as stream:
        (tmp_path / "all.zip").write_bytes(stream.read())
    with ZipFile(tmp_path / "all.zip") as folder:
        names = set(folder.namelist())
        text = "".join(folder.read(name).decode("utf-8-sig") for name in names)
    assert {"README.txt", "fields.csv", "ties.csv", "records/contacts.json", "records/organisations.csv"} <= names
    texts = [c for c, (label, _, name) in world.canaries.items() if kind_of(label).field(name).type in {"text", "long"}]
    missing = [world.canaries[word] for word in texts if word not in text and world.canaries[word][2] not in UNSET]
    assert not missing
    assert "no password" not in text


UNSET = {"valid_from", "valid_to", "gone_on"}
