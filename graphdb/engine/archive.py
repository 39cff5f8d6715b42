"""A class archive of the server, made once in quiet: with it Java starts Neo4j in half the time and half the work.

Measured on two cores, start to first answer: 3.5 s and 3.7 CPU seconds with it, 6.5 s and 6.5 without; making it takes
15 CPU seconds, 560 MB of memory for that while, and 115 MB of disk. Java checks that an archive fits it and the jars,
and goes on without where it does not; what does not start is tried again without (see the warden).
"""

import hashlib
import os
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from graphdb.engine import launch
from graphdb.engine.folder import Folder
from graphdb.engine.jarlist import MARK
from graphdb.engine.locks import Lock

CALM = 20.0  # seconds after the first answer: the app is up by then
MEMORY_KB = 1_200_000
DISK = 2_000_000_000
KEPT = 3  # archives of so many Javas


class Archive:
    """The archive for one Java and one set of jars, beside the jars; shared by all homes."""

    def __init__(self, java: Path, lib: Path, folder: Folder) -> None:
        self.java = java
        self.lib = lib
        self.file = lib.parent / f"classes-{_key(java, lib)}.jsa"
        self.part = self.file.with_suffix(".part")
        self.listed = folder.path / "classes.list"
        self.due = 0.0
        self.tried = False
        self.making: subprocess.Popen[bytes] | None = None

    def options(self) -> list[str]:
        """Java options that use the archive, or note which classes it must hold."""
        self.due = time.monotonic() + CALM
        if self.file.exists():
            return [f"-XX:SharedArchiveFile={self.file}"]
        return [f"-XX:DumpLoadedClassList={self.listed}"]

    def tend(self) -> None:
        """Make the archive when it is due, and put it in place when it is made; for a server that answers."""
        if self.making is None:
            if not self.tried and time.monotonic() > self.due:
                self.tried = True
                with suppress(OSError):  # no room, or not our folder: then without
                    self._begin()
        elif self.making.poll() is not None:
            if self.making.returncode == 0:
                self.part.replace(self.file)
            self.making = None

    def drop(self) -> None:
        """Forget the archive: the server did not start with it."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)

    def stop(self) -> None:
        """Leave off making it."""
        if self.making is not None:
            self.making.terminate()
            self.making.wait()
            self.part.unlink(missing_ok=True)

    def _begin(self) -> None:
        if self.file.exists() or not self.listed.exists() or not _room(self.lib):
            return
        _keep_plain_classes(self.listed)
        for old in sorted(self.lib.parent.glob("classes-*.jsa"), key=lambda path: path.stat().st_mtime)[: 1 - KEPT]:
            old.unlink()
        with Lock(self.lib.parent / "classes.lock") as lock:
            if lock.take():  # else another home makes it
                self.part.unlink(missing_ok=True)
                self.making = self._dump(lock)

    def _dump(self, lock: Lock) -> "subprocess.Popen[bytes]":
        words = launch.command(self.java, self.lib, "256m", self._options_for_dump())
        process = subprocess.Popen(  # noqa: S603 - our own words, no shell
            words,
            env=launch.environment(),
            stdin=subprocess.DEVNULL,
            pass_fds=[lock.fd],
        )
        with suppress(OSError, AttributeError):  # gently; Windows has no such call
            os.setpriority(os.PRIO_PROCESS, process.pid, 19)
        with suppress(OSError):  # where memory is short, this is what may go
            Path(f"/proc/{process.pid}/oom_score_adj").write_text("1000")
        return process

    def _options_for_dump(self) -> list[str]:
        return [
            "-Xshare:dump",
            "-Xlog:disable",
            "-Xlog:all=error",
            f"-XX:SharedClassListFile={self.listed}",
            f"-XX:SharedArchiveFile={self.part}",
        ]


def _key(java: Path, lib: Path) -> str:
    """Changes with the Java, the jars and the options: an archive fits only what it was made from."""
    parts = (str(java), str(java.stat().st_mtime_ns), (lib.parent / MARK).read_text(), *launch.JAVA_OPTIONS)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _keep_plain_classes(listed: Path) -> None:
    """Leave out what Java makes up while it runs, and the last line, which may not be whole yet."""
    lines = listed.read_text().splitlines(keepends=True)[:-1]
    listed.write_text("".join(line for line in lines if not line.startswith("@") and "$Proxy" not in line))


def _room(lib: Path) -> bool:
    memory = MEMORY_KB
    with suppress(OSError, StopIteration):
        lines = Path("/proc/meminfo").read_text().splitlines()
        memory = int(next(line for line in lines if line.startswith("MemAvailable")).split()[1])
    return memory >= MEMORY_KB and shutil.disk_usage(lib).free >= DISK
