"""The pinned list of the server's jars, and whether they are all here."""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

VERSION = "5.26.30"
LOCK = Path(__file__).with_name(f"neo4j-{VERSION}.lock")
MARK = "verified.json"


@dataclass(frozen=True)
class Jar:
    """One jar: where it lies below a Maven repository's address, its file name, its SHA-256 in hex."""

    path: str
    name: str
    sha256: str


def read_lock(lock: Path = LOCK) -> tuple[Jar, ...]:
    """The jars of a list with `group:artifact:version[:classifier] sha256` in each line, in its order."""
    return tuple(_jar(*line.split()) for line in lock.read_text().splitlines() if line.strip())


def engine_folder(cache: Path) -> Path:
    """Where the pinned engine lies; its jars are in `lib` there."""
    return cache / f"neo4j-{VERSION}"


def complete(folder: Path, lock: Path = LOCK) -> bool:
    """Whether every jar of the list was checked here and none has changed in size or time since."""
    with suppress(OSError, ValueError):
        return json.loads((folder / MARK).read_text()) == _look(folder, lock)
    return False


def mark_complete(folder: Path, lock: Path = LOCK) -> None:
    """Note that every jar was checked, so that later starts need not read 128 MB."""
    fresh = folder / f"{MARK}.new"
    fresh.write_text(json.dumps(_look(folder, lock)))
    fresh.replace(folder / MARK)


def _look(folder: Path, lock: Path) -> dict[str, object]:
    stats = {jar.name: (folder / "lib" / jar.name).stat() for jar in read_lock(lock)}
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return {"lock": digest, "jars": {name: [seen.st_size, seen.st_mtime_ns] for name, seen in stats.items()}}


def _jar(coordinate: str, sha256: str) -> Jar:
    group, artifact, version, *classifier = coordinate.split(":")
    name = "-".join([artifact, version, *classifier]) + ".jar"
    return Jar(f"{group.replace('.', '/')}/{artifact}/{version}/{name}", name, sha256)
