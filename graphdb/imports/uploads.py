"""Files on their way in: kept sealed until they are imported or discarded, then gone with their key.

They lie in the database, so that any worker on any machine can read them, and in pieces that fit into a transaction.
"""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ulid import ULID

from graphdb.statements import Found, Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.actors import Actor
    from graphdb.connection import Graph
    from graphdb.writes import Change

PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """Files somebody gave together. `answers` is JSON: how to read them; `job` reads or imports them."""

    id: str
    by: str
    at: datetime
    files: list[str]
    answers: str
    job: str | None
    preview: str | None


@dataclass(frozen=True, slots=True)
class Part:
    file: int
    n: int
    data: str


_COLUMNS = """
    RETURN u.id AS id, u.by AS by, u.at AS at, u.files AS files, u.answers AS answers, u.job AS job,
           u.preview AS preview
"""

ARRIVE = Write(Nothing, "CREATE (:Upload {id: $id, by: $by, at: $at, files: $files, answers: $answers})")

KEEP = Write(
    Nothing,
    """
    MATCH (u:Upload {id: $id})
    CREATE (u)-[:HAS_PART]->(:UploadPart {file: $file, n: $n, data: $data})
    """,
)

SET_JOB = Write(Found, "MATCH (u:Upload {id: $id}) SET u.job = $job, u.answers = $answers RETURN u.id AS id")

SET_PREVIEW = Write(Found, "MATCH (u:Upload {id: $id}) SET u.preview = $preview RETURN u.id AS id")

ONE = Read(Upload, "MATCH (u:Upload {id: $id})" + _COLUMNS + "ORDER BY id")

MINE = Read(
    Upload, "MATCH (u:Upload {by: $by}) WHERE u.job IS NOT NULL" + _COLUMNS + "ORDER BY at DESC, id LIMIT $limit"
)

PARTS = Read(
    Part,
    "MATCH (:Upload {id: $id})-[:HAS_PART]->(p:UploadPart) RETURN p.file AS file, p.n AS n, p.data AS data ORDER BY file, n",
)

DROP = Write(Nothing, "MATCH (u:Upload {id: $id}) OPTIONAL MATCH (u)-[:HAS_PART]->(p:UploadPart) DETACH DELETE p, u")

STALE = Read(Found, "MATCH (u:Upload) WHERE u.at < $before RETURN u.id AS id ORDER BY id LIMIT 20")


def arrive(graph: Graph, actor: Actor, files: Sequence[tuple[str, bytes]], answers: str) -> str:
    """Keep files (name, content), sealed; returns the upload's id."""
    upload = str(ULID())
    names = [name for name, _ in files]
    now = datetime.now(UTC)
    graph.transact(lambda tx: tx.fetch(ARRIVE, id=upload, by=actor.id, at=now, files=names, answers=answers))
    for number, (_, data) in enumerate(files):
        text = base64.b64encode(zlib.compress(data, 6)).decode()
        for n, start in enumerate(range(0, len(text), PIECE)):
            sealed = _sealed(graph, upload, f"part.{number}", n + 1, text[start : start + PIECE])
            graph.transact(
                lambda tx, number=number, n=n, sealed=sealed: tx.fetch(KEEP, id=upload, file=number, n=n, data=sealed)
            )
    return upload


def files_of(graph: Graph, upload: Upload) -> list[tuple[str, bytes]]:
    """The files again, in their order."""
    texts: dict[int, list[str]] = {number: [] for number in range(len(upload.files))}
    for part in graph.fetch(PARTS, id=upload.id):
        texts[part.file].append(_opened(graph, upload.id, f"part.{part.file}", part.n + 1, part.data))
    return [
        (name, zlib.decompress(base64.b64decode("".join(texts[number])))) for number, name in enumerate(upload.files)
    ]


def set_job(change: Change, upload: str, job: str, answers: str) -> None:
    """Note which job works on an upload, and how it is to be read."""
    change.run(SET_JOB, id=upload, job=job, answers=answers)


def keep_preview(graph: Graph, upload: str, text: str) -> None:
    """Keep what was understood; it shows cells of the files, so it is sealed like them."""
    sealed = _sealed(graph, upload, "preview", 1, text)
    graph.transact(lambda tx: tx.fetch(SET_PREVIEW, id=upload, preview=sealed))


def preview_of(graph: Graph, upload: Upload) -> str | None:
    """What was understood, or None while it is being read."""
    return _opened(graph, upload.id, "preview", 1, upload.preview) if upload.preview else None


def drop(graph: Graph, upload: str) -> None:
    """Forget an upload: its key first, then its parts."""
    graph.vault.erase(upload)
    graph.transact(lambda tx: tx.fetch(DROP, id=upload))


def sweep(graph: Graph, before: datetime) -> None:
    """Forget uploads nobody came back to."""
    for found in graph.fetch(STALE, before=before):
        drop(graph, found.id)


def _sealed(graph: Graph, upload: str, field: str, version: int, text: str) -> str:
    return graph.vault.seal(text, subject=upload, label="Upload", record=upload, field=field, version=version)


def _opened(graph: Graph, upload: str, field: str, version: int, sealed: str) -> str:
    return graph.vault.open(sealed, subject=upload, label="Upload", record=upload, field=field, version=version)
