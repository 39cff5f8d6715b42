"""The processes `flask serve` starts: each is started again when it dies, and none is left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

from web.commands.database import say

BEAT = 0.5
FALSE_STARTS = 5  # so often in a row a child may die young
GROWN_UP = 20.0  # seconds
STOP_SECONDS = 15.0
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded here: little may be done between fork and exec


class Child:
    """A process of its own group, so that what it started goes with it and Ctrl-C reaches us alone."""

    def __init__(self, name: str, words: list[str]) -> None:
        self.name, self._words = name, [sys.executable, *words]
        self._young = 0
        self._start()

    def _start(self) -> None:
        self._born = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            self._words,
            start_new_session=True,
            preexec_fn=_end_with_parent if _libc else None,  # noqa: PLW1509 - one system call, no lock, no memory
        )

    def tend(self) -> bool:
        """Start it again if it died; False where it dies at every start."""
        if self._process.poll() is None:
            return True
        self._young = self._young + 1 if time.monotonic() < self._born + GROWN_UP else 1
        if self._young > FALSE_STARTS:
            return False
        self.kill()
        say(f"Starting {self.name} again.")
        self._start()
        return True

    def ask_to_end(self) -> None:
        """Let it finish what it does."""
        if self._process.poll() is None:
            self._process.terminate()

    def wait(self, until: float) -> None:
        """Until it has ended; what is left of its group then goes by force."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.1, until - time.monotonic()))
        self.kill()
        self._process.wait()

    def kill(self) -> None:
        """End it and all it started, at once."""
        if sys.platform == "win32":
            self._process.kill()
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)


def watch(children: list[Child]) -> None:
    """Keep the children running until Ctrl-C; exits with status 1 where one will not."""
    while all(child.tend() for child in children):
        time.sleep(BEAT)
    say("A part of Mrezha ends as soon as it is started; stopping the rest. The lines above say why.")
    sys.exit(1)


def stop(children: list[Child]) -> None:
    """End all children; none is left when this returns."""
    for child in children:
        child.ask_to_end()
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        child.wait(until)


def _end_with_parent() -> None:
    """Linux: be told to end when `flask serve` itself is killed."""
    if _libc:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
