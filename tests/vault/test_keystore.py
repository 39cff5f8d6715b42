"""Keys of one machine: several processes, crashes, wrong or open files, and no trace of a destroyed key."""

import os
import random
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from graphdb.vault import Erased, TamperedError, UnsafeKeyFileError, Vault, VaultError, WrongMasterKeyError
from graphdb.vault.keystore import SqliteKeyStore
from graphdb.vault.master import MasterFile
from graphdb.vault.portable import export_keys, import_keys

SPOT = {"subject": "s", "label": "Contact", "record": "1", "field": "note", "version": 1}
PROGRAM = """
import sys, secrets, time
from pathlib import Path
from graphdb.vault import Erased, Vault
from graphdb.vault.keystore import SqliteKeyStore
folder, task, subject = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
print("ready", flush=True)
sys.stdin.readline()
store = SqliteKeyStore(folder)
if task == "wrap":
    print(store.wrap(subject, secrets.token_bytes(32)).hex())
elif task == "rotate":
    while not (folder / "stop").exists():
        store.rotate()
        time.sleep(0.03)
else:
    try:
        print(store.unwrap(subject).hex())
    except Erased:
        print("erased")
"""

FOREVER = """
import sys, secrets
from itertools import count
from pathlib import Path
from graphdb.vault.keystore import SqliteKeyStore
store = SqliteKeyStore(Path(sys.argv[1]))
for number in count():
    subject = f"{sys.argv[2]}-{number}"
    key = store.wrap(subject, secrets.token_bytes(32)).hex()
    print("wrapped", subject, key, flush=True)
    if number % 3 == 0:
        store.destroy(subject)
        print("destroyed", subject, key, flush=True)
"""


class Process:
    """A second process of the program; it starts its work at `go`."""

    def __init__(self, folder: Path, task: str, subject: str) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", PROGRAM, str(folder), task, subject],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.child.stdout
        assert self.child.stdout.readline() == "ready\n"

    def go(self) -> None:
        assert self.child.stdin
        self.child.stdin.write("\n")
        self.child.stdin.flush()

    def answer(self) -> str:
        output, _ = self.child.communicate(timeout=60)
        assert self.child.returncode == 0
        return output.strip()


def test_ten_processes_on_an_empty_folder_end_with_one_key(home: Path) -> None:
    crowd = [Process(home / "keys", "wrap", "one subject") for _ in range(10)]
    for process in crowd:
        process.go()
    assert len({process.answer() for process in crowd}) == 1


def test_a_second_process_cannot_read_after_erase(vault: Vault, home: Path) -> None:
    vault.seal("text", **SPOT)
    second, third = Process(home / "keys", "unwrap", "s"), Process(home / "keys", "unwrap", "s")
    second.go()
    assert second.answer() != "erased"
    vault.erase("s")
    third.go()
    assert third.answer() == "erased"


def test_reading_and_writing_go_on_while_another_process_rotates(store: SqliteKeyStore, home: Path) -> None:
    keys = {f"s{i}": store.wrap(f"s{i}", secrets.token_bytes(32)) for i in range(20)}
    rotator = Process(home / "keys", "rotate", "")
    rotator.go()
    seen: set[str] = set()
    while len(seen) < 6 and rotator.child.poll() is None:
        new = f"new{len(keys)}"
        keys[new] = store.wrap(new, secrets.token_bytes(32))
        for subject in ("s0", new):
            assert store.unwrap(subject) == keys[subject]
        seen.add(store.contents().current)
    (home / "keys" / "stop").touch()
    rotator.answer()
    assert len(seen) == 6
    assert {subject: store.unwrap(subject) for subject in keys} == keys


def test_no_file_of_the_folder_keeps_a_destroyed_key(store: SqliteKeyStore, home: Path) -> None:
    """Another process has the file open all the while, so that nothing is tidied up by the last one leaving."""
    order = random.Random(5)
    subjects = [f"{order.getrandbits(128):032x}" for _ in range(600)]
    victims = order.sample(subjects, 60)
    with closing(sqlite3.connect(home / "keys" / "keys.sqlite")) as bystander:
        bystander.execute("SELECT * FROM data_key").fetchall()
        for subject in subjects:
            store.wrap(subject, secrets.token_bytes(32))
        wrapped = {row.subject: row.wrapped for row in store.contents().rows}
        assert all(found_in(home, key) for key in wrapped.values())
        for subject in victims:
            assert store.destroy(subject)
        assert not [subject for subject in victims if found_in(home, wrapped[subject])]
        assert all(found_in(home, wrapped[subject]) for subject in set(subjects) - set(victims))


def test_rotation_leaves_no_old_wrapped_key_and_no_old_master(store: SqliteKeyStore, home: Path) -> None:
    for number in range(50):
        store.wrap(f"s{number}", secrets.token_bytes(32))
    before = store.contents()
    store.rotate()
    after = store.contents()
    assert len(after.masters) == 1
    assert after.masters != before.masters
    assert not [row for row in before.rows if found_in(home, row.wrapped)]


@pytest.mark.parametrize("call", [1, 2])
def test_a_rotation_that_breaks_off_loses_nothing(
    store: SqliteKeyStore, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    """The power fails just after the n-th writing of the master file."""
    key = store.wrap("s", secrets.token_bytes(32))
    with monkeypatch.context() as patch:
        patch.setattr("graphdb.vault.master.MasterFile.write", failing_after(call))
        with pytest.raises(KeyboardInterrupt):
            store.rotate()
    assert store.unwrap("s") == key
    store.wrap("t", secrets.token_bytes(32))
    store.rotate()
    assert store.unwrap("s") == key
    assert len(store.contents().masters) == 1


def test_a_first_start_that_breaks_off_is_finished_by_the_next(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("graphdb.vault.master.MasterFile.write", failing_after(1))
        with pytest.raises(KeyboardInterrupt):
            SqliteKeyStore(home / "keys")
    store = SqliteKeyStore(home / "keys")
    assert store.wrap("s", bytes(32)) == store.unwrap("s")


def test_kill_minus_nine_loses_no_acknowledged_key(home: Path) -> None:
    for round_number in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", FOREVER, str(home / "keys"), str(round_number)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout
        told = [child.stdout.readline().split() for _ in range(20)]
        child.kill()
        told += [line.split() for line in child.stdout.read().splitlines() if line.count(" ") == 2]
        child.wait()
        child.stdout.close()
        store = SqliteKeyStore(home / "keys")
        erased = store.erased()
        for deed, subject, key in told:
            assert deed == "wrapped" or subject in erased
            assert subject in erased or store.unwrap(subject).hex() == key


def test_another_master_key_gives_a_clear_error(vault: Vault, home: Path, tmp_path: Path) -> None:
    vault.seal("text", **SPOT)
    Vault.at(tmp_path / "other")
    (tmp_path / "other" / "keys" / "master.key").replace(home / "keys" / "master.key")
    with pytest.raises(WrongMasterKeyError, match="put back the master key file"):
        Vault.at(home)
    with pytest.raises(WrongMasterKeyError):
        vault.seal("text", **{**SPOT, "subject": "new"})
    assert vault.erase("s"), "a duty to erase does not wait for the master key"


def test_a_lost_keystore_is_not_made_anew(vault: Vault, home: Path) -> None:
    (home / "keys" / "keys.sqlite").unlink()
    with pytest.raises(VaultError, match="is missing"):
        Vault.at(home)
    assert not (home / "keys" / "keys.sqlite").exists()


def test_a_lost_master_key_is_not_made_anew(vault: Vault, home: Path) -> None:
    (home / "keys" / "master.key").unlink()
    with pytest.raises(WrongMasterKeyError, match="no key at all"):
        Vault.at(home)
    assert not (home / "keys" / "master.key").exists()


@pytest.mark.parametrize("content", ["", "hello", "mrezha-master-1\nAAAA\n", "mrezha-master-1\nža\n"])
def test_a_damaged_master_file_is_refused(vault: Vault, home: Path, content: str) -> None:
    (home / "keys" / "master.key").write_text(content, "utf-8")
    with pytest.raises(UnsafeKeyFileError, match="backup"):
        Vault.at(home)


@pytest.mark.skipif(os.name != "posix", reason="mode bits")
@pytest.mark.parametrize(("name", "mode"), [("master.key", 0o640), ("keys.sqlite", 0o604), (".", 0o750)])
def test_files_that_others_may_read_are_refused(vault: Vault, home: Path, name: str, mode: int) -> None:
    (home / "keys" / name).chmod(mode)
    with pytest.raises(UnsafeKeyFileError, match="chmod"):
        Vault.at(home)


@pytest.mark.skipif(os.name != "posix", reason="mode bits")
def test_new_files_are_private_whatever_the_umask(home: Path) -> None:
    former = os.umask(0)
    try:
        vault = Vault.at(home)
        vault.seal("text", **SPOT)
        vault.rotate()
    finally:
        os.umask(former)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (home / "keys").iterdir()}
    assert set(modes.values()) == {0o600}
    assert {"master.key", "keys.sqlite"} <= set(modes)
    assert (home / "keys").stat().st_mode & 0o777 == 0o700


def test_wrapped_keys_swapped_between_subjects_are_refused(store: SqliteKeyStore, home: Path) -> None:
    for subject in ("a", "b"):
        store.wrap(subject, secrets.token_bytes(32))
    with sqlite3.connect(home / "keys" / "keys.sqlite") as db:
        db.execute(
            "UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE subject = 'b') WHERE subject = 'a'"
        )
    db.close()
    with pytest.raises(TamperedError):
        store.unwrap("a")


def test_a_store_of_a_later_release_is_left_alone(store: SqliteKeyStore, home: Path) -> None:
    with sqlite3.connect(home / "keys" / "keys.sqlite") as db:
        db.execute("PRAGMA user_version = 2")
    db.close()
    with pytest.raises(VaultError, match="later release"):
        SqliteKeyStore(home / "keys")


def test_keys_travel_to_an_empty_home_and_erasures_since_are_kept(store: SqliteKeyStore, tmp_path: Path) -> None:
    kept, gone = (store.wrap(subject, secrets.token_bytes(32)) for subject in ("kept", "later"))
    store.destroy("before")
    document = export_keys(store)
    store.destroy("later")
    fresh = SqliteKeyStore(tmp_path / "fresh")
    import_keys(fresh, document, store.erased())
    assert fresh.unwrap("kept") == kept
    assert set(fresh.erased()) == {"before", "later"}
    with pytest.raises(Erased):
        fresh.unwrap("later")
    assert not found_in(tmp_path / "fresh", gone)
    with pytest.raises(VaultError, match="already holds keys"):
        import_keys(fresh, document, {})


@pytest.mark.parametrize("document", [b"", b"[]", b"{}", b'{"format": "mrezha-keys-9"}', b"\xff"])
def test_a_bad_list_of_keys_changes_nothing(store: SqliteKeyStore, document: bytes) -> None:
    before = store.contents()
    with pytest.raises(VaultError, match="cannot be read"):
        import_keys(store, document, {})
    assert store.contents() == before


def found_in(folder: Path, needle: bytes) -> bool:
    return any(needle in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def failing_after(calls: int) -> Callable[..., None]:
    genuine, done = MasterFile.write, [0]

    def write(self: MasterFile, *keys: object) -> None:
        genuine(self, *keys)  # type: ignore[arg-type]
        done[0] += 1
        if done[0] == calls:
            raise KeyboardInterrupt

    return write
