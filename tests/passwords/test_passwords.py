"""Hashing: the strong kind, any Unicode, no hint about accounts, never more than two at once."""

import subprocess
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from graphdb import passwords
from graphdb.passwords import AT_ONCE, Cost, HashingBusyError, Passwords

QUICK = Cost(rounds=1, memory_kib=64, lanes=1)


@pytest.fixture
def quick(tmp_path: Path) -> Passwords:
    return Passwords(tmp_path / "locks", QUICK)


def test_the_default_is_argon2id_of_rfc_9106(tmp_path: Path) -> None:
    told = extract_parameters(Passwords(tmp_path).hash("жълта круша"))
    assert (told.type, told.time_cost, told.memory_cost, told.parallelism) == (Type.ID, 3, 65_536, 4)
    assert (told.salt_len, told.hash_len) == (16, 32)


@pytest.mark.parametrize(
    "password", ["", "a", "жълта круша пее", "北" * 256, "🧦" * 100, "nul\0inside", "lone \ud800", "x" * 1024]
)
def test_right_is_right_and_nothing_else_is(quick: Passwords, password: str) -> None:
    stored = quick.hash(password)
    assert quick.verify(stored, password)
    assert not quick.verify(stored, password + "x")
    assert not quick.verify(stored, password[:-1] + "é")
    assert len(password) < 4 or password not in stored


def test_nothing_is_cut_off(quick: Passwords) -> None:
    stored = quick.hash("я" * 256)
    assert not quick.verify(stored, "я" * 255)
    assert not quick.verify(stored, "я" * 255 + "ю")


def test_the_same_letters_typed_another_way_are_the_same_password(quick: Passwords) -> None:
    assert quick.verify(quick.hash("café ﬁn ё"), "cafe\u0301 fin е\u0308")


def test_equal_passwords_have_different_hashes(quick: Passwords) -> None:
    assert quick.hash("same") != quick.hash("same")


@pytest.mark.parametrize("stored", ["", "x", "$argon2id$v=19$m=64,t=1,p=1$short", "plain text"])
def test_a_damaged_hash_opens_to_nobody(quick: Passwords, stored: str) -> None:
    assert not quick.verify(stored, "x")
    assert not quick.verify(stored, stored)


def test_an_unknown_account_costs_the_same_and_opens_to_nobody(tmp_path: Path) -> None:
    real = Passwords(tmp_path, Cost(rounds=2, memory_kib=16_384, lanes=1))
    stored = real.hash("right")

    def took(account: str | None) -> float:
        best = 9.0
        for _ in range(7):
            start = time.process_time()
            assert not real.verify(account, "wrong")
            best = min(best, time.process_time() - start)
        return best

    assert 0.5 < took(None) / took(stored) < 2


def test_a_book_as_password_is_refused_without_hashing(quick: Passwords) -> None:
    start = time.process_time()
    assert not quick.verify(None, "я" * 10_000_000)
    assert time.process_time() - start < 0.2


def test_a_hash_at_another_cost_is_to_be_renewed(quick: Passwords, tmp_path: Path) -> None:
    stored = quick.hash("right")
    assert not quick.needs_rehash(stored)
    dearer = Passwords(tmp_path, Cost(rounds=2, memory_kib=64, lanes=1))
    assert dearer.verify(stored, "right")
    assert dearer.needs_rehash(stored)


class Counter:
    """Counts how many hashes run at the same moment."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = self.most = self.all = 0
        self.lock = threading.Lock()
        genuine = PasswordHasher.hash

        def counted(hasher: PasswordHasher, password: bytes, **options: bytes) -> str:
            with self.lock:
                self.now += 1
                self.all += 1
                self.most = max(self.most, self.now)
            time.sleep(0.02)
            try:
                return genuine(hasher, password, **options)
            finally:
                with self.lock:
                    self.now -= 1

        monkeypatch.setattr(PasswordHasher, "hash", counted)


def test_twelve_threads_hash_two_at_a_time(quick: Passwords, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    counter = Counter(monkeypatch)
    second = Passwords(tmp_path / "another home", QUICK)
    crowd = [threading.Thread(target=(quick, second)[n % 2].hash, args=("x",)) for n in range(12)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    assert counter.all == 12
    assert counter.most == AT_ONCE == 2


HOLDER = """
import sys
from pathlib import Path
from graphdb import passwords
with passwords._place_of([Path(sys.argv[1])]):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holders(quick: Passwords, tmp_path: Path) -> Generator[list[subprocess.Popen[str]]]:
    """Other processes of the same home that hold every place."""
    command = [sys.executable, "-c", HOLDER]
    started = [
        subprocess.Popen([*command, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for place in (tmp_path / "locks" / f"hashing-{number}.lock" for number in range(AT_ONCE))
    ]
    for process in started:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
    yield started
    for process in started:
        process.kill()
        process.communicate()


def test_other_processes_count_too(
    quick: Passwords, holders: list[subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "WAIT_SECONDS", 0.2)
    with pytest.raises(HashingBusyError):
        quick.hash("x")
    holders[0].kill()
    holders[0].wait()
    assert quick.verify(quick.hash("x"), "x")
