"""Password hashing: argon2id, never more than a few hashes at once on one machine."""

import os
import secrets
import sys
import threading
import time
import unicodedata
from base64 import b64encode
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
WAIT_SECONDS = 10.0
LONGEST = 1024  # hashing is not the place to learn that a form let a book through
_turns = threading.BoundedSemaphore(AT_ONCE)


class HashingBusyError(Exception):
    """All places were taken for `WAIT_SECONDS`: answer "busy, try again in a minute" (503), count no failed sign-in."""


@dataclass(frozen=True)
class Cost:
    """What one hash costs; the default is the second choice of RFC 9106: 64 MiB, about 0.2 s."""

    rounds: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


class Passwords:
    """Hashes and verifies. `folder` holds one lock file a place, shared by all processes of the home."""

    def __init__(self, folder: Path, cost: Cost = Cost()) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._places = [folder / f"hashing-{number}.lock" for number in range(AT_ONCE)]
        self._hasher = PasswordHasher(cost.rounds, cost.memory_kib, cost.lanes, type=Type.ID)
        self._nobody = _hash_of_nothing(cost, self._hasher.salt_len, self._hasher.hash_len)

    def hash(self, password: str) -> str:
        """The password's hash with salt and cost, to be stored. May raise `HashingBusyError`."""
        with _place_of(self._places):
            return self._hasher.hash(_plain(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password is right. `stored` is None for an unknown or locked account: that takes as long
        and is always False, so that the time tells nobody which accounts exist. May raise `HashingBusyError`."""
        if len(password) > LONGEST:
            return False
        with _place_of(self._places):
            try:
                return self._hasher.verify(stored or self._nobody, _plain(password)) and stored is not None
            except (VerificationError, InvalidHashError):
                return False

    def needs_rehash(self, stored: str) -> bool:
        """Whether a hash was made at another cost: after a right password, store a new one."""
        return self._hasher.check_needs_rehash(stored)


def _plain(password: str) -> bytes:
    """NFKC, so that another keyboard's way to write the same letters signs in too."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _hash_of_nothing(cost: Cost, salt_bytes: int, hash_bytes: int) -> str:
    """A well-formed hash that no password has; made without hashing, so that start costs nothing."""
    salt, digest = (b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (salt_bytes, hash_bytes))
    return f"$argon2id$v=19$m={cost.memory_kib},t={cost.rounds},p={cost.lanes}${salt}${digest}"


@contextmanager
def _place_of(places: list[Path]) -> Generator[None]:
    """Wait for a turn in this process, then for a lock that no other process holds; the lock dies with its holder."""
    end = time.monotonic() + WAIT_SECONDS
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise HashingBusyError
    try:
        handle = _locked(places, end)
        try:
            yield
        finally:
            os.close(handle)
    finally:
        _turns.release()


def _locked(places: list[Path], end: float) -> int:
    """The open handle of a lock file that is now ours alone."""
    while True:
        for place in places:
            handle = os.open(place, os.O_CREAT | os.O_RDWR, 0o600)
            if _try_lock(handle):
                return handle
            os.close(handle)
        if time.monotonic() > end:
            raise HashingBusyError
        time.sleep(0.02)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
