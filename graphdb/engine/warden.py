"""The process that watches one home's server: starts it again when it dies, stops it when nobody uses it.

It is nobody's child and needs no message from its users: each of them holds a shared claim on `users.lock`, which the
operating system lets go when the user ends, even by kill -9. When the warden can have the lock for itself, it is over.
"""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from graphdb.engine import EngineError, launch
from graphdb.engine.archive import Archive
from graphdb.engine.folder import Folder, State
from graphdb.engine.locks import Lock

BEAT = 0.2  # seconds between two looks
FALSE_STARTS = 2  # so often the server may die before it answers


class Warden:
    """Watches the server of one folder until the last user has gone."""

    def __init__(self, folder: Folder, java: Path, lib: Path, heap: str) -> None:
        self.folder = folder
        self.archive = Archive(java, lib, folder)
        self.command = partial(launch.command, java, lib, heap)
        self.ended = False
        self.false_starts = 0
        self.answered = False
        self.process: subprocess.Popen[bytes] | None = None

    def watch(self) -> None:
        """Run until nobody uses the server, or it will not start."""
        with Lock(self.folder.users) as users:
            while not self.ended and not users.take():
                if not self._alive() and not self._start():
                    break
                if self.answered:
                    self.archive.tend()
                time.sleep(BEAT)
            self.archive.stop()
            launch.stop(self.folder)
        if self.process is not None:
            self.process.wait()

    def _alive(self) -> bool:
        if self.process is not None:
            self.process.poll()  # takes a dead child off the process table
        state = launch.running(self.folder)
        if state is not None and not self.answered:
            self.answered = launch.answers(state.port)
        return state is not None

    def _start(self) -> bool:
        """Start the server; False after too many false starts: a full disk must not keep it starting for ever."""
        self.false_starts = 0 if self.answered else self.false_starts + 1
        last = self.folder.state()
        wish = last.port if last else None
        if self.false_starts > FALSE_STARTS:
            self.folder.write_state(State(wish or 0, gave_up=True))
            return False
        if self.false_starts > 1:
            self.archive.drop()
        # drivers know the old port: keep it, unless this warden never got an answer there
        port = wish if wish and self.answered else launch.free_port(wish)
        self.answered = False
        self.process = launch.start(self.folder, self._words(), port)
        return True

    def _words(self) -> list[str]:
        crash = self.folder.neo4j / "logs" / "java-crash.log"
        return self.command([f"-XX:ErrorFile={crash}", *self.archive.options()])


def spawn(home: Path, java: Path, lib: Path, heap: str) -> None:
    """Start a warden unless one watches already. When this returns, the lock of the one or the other is held."""
    root = Path(__file__).parents[2]
    words = [sys.executable, "-m", "graphdb.engine.warden", str(home), str(java), str(lib), heap]
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        words,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise EngineError(f"The database could not be started: {done.stderr.decode(errors='replace').strip()}")


def main(home: str, java: str, lib: str, heap: str) -> None:
    """Take the lock, leave the caller's session, watch."""
    folder = Folder(Path(home))
    with Lock(folder.warden) as lock:
        if not lock.take_within(2):
            return
        last = folder.state()
        if last is not None and last.gave_up:
            folder.write_state(State(last.port))
        if os.fork():
            os._exit(0)  # the caller waits for this one; the child keeps the lock
        os.setsid()
        _leave_the_terminal(folder)
        warden = Warden(folder, Path(java), Path(lib), heap)

        def end(*_: object) -> None:
            warden.ended = True

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        warden.watch()


def _leave_the_terminal(folder: Folder) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(folder.path / "warden.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)


if __name__ == "__main__":
    main(*sys.argv[1:])
