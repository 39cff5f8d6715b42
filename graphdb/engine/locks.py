"""Locks that the operating system lets go when their holder dies, however it dies."""

import os
import sys
import time
from pathlib import Path

from graphdb.engine import EngineError

if sys.platform == "win32":

    def _flock(fd: int, *, shared: bool, wait: bool) -> None:  # noqa: ARG001 - the other system's signature
        raise EngineError(
            "Mrezha's private database runs on Linux and macOS. On Windows use WSL, or set NEO4J_URI to a Neo4j server."
        )

else:
    import fcntl

    def _flock(fd: int, *, shared: bool, wait: bool) -> None:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        fcntl.flock(fd, kind if wait else kind | fcntl.LOCK_NB)


class Lock:
    """One claim on a lock file. Claims made through different objects compete, in one process too."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, *, shared: bool = False, wait: bool = False) -> bool:
        """Take it, or change a shared claim to an exclusive one and back; False when another holds it."""
        try:
            _flock(self.fd, shared=shared, wait=wait)
        except BlockingIOError:
            return False
        return True

    def take_within(self, seconds: float) -> bool:
        """Take it for oneself, trying again for so long: others probe locks for an instant."""
        until = time.monotonic() + seconds
        while not (taken := self.take()) and time.monotonic() < until:
            time.sleep(0.02)
        return taken

    def close(self) -> None:
        """Let go. A copy of the descriptor in another process keeps its claim."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def __enter__(self) -> "Lock":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def held(path: Path, *, for_one: bool = False) -> bool:
    """Whether anyone holds the lock; with `for_one`, whether someone holds it for itself alone."""
    with Lock(path) as probe:
        return not probe.take(shared=for_one)
