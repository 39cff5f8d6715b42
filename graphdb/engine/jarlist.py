"""The pinned list of the server's jars."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

VERSION = "5.26.30"
LOCK = Path(__file__).with_name(f"neo4j-{VERSION}.lock")


@dataclass(frozen=True)
class Jar:
    """One jar: where it lies below a Maven repository's address, its file name, its SHA-256 in hex."""

    path: str
    name: str
    sha256: str


def read_lock(lock: Path = LOCK) -> tuple[Jar, ...]:
    """The jars of a list with `group:artifact:version[:classifier] sha256` in each line, in its order."""
    return tuple(_jar(*line.split()) for line in lock.read_text().splitlines() if line.strip())


def lock_digest(lock: Path = LOCK) -> str:
    """SHA-256 of the list itself, in hex."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _jar(coordinate: str, sha256: str) -> Jar:
    group, artifact, version, *classifier = coordinate.split(":")
    name = "-".join([artifact, version, *classifier]) + ".jar"
    return Jar(f"{group.replace('.', '/')}/{artifact}/{version}/{name}", name, sha256)
