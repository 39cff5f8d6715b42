"""An import through pages: files are kept, read by a job, looked at, changed, and written by another job."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from graphdb import accounts, jobs
from graphdb.errors import GraphError, MissingError
from graphdb.imports import undoing, uploads
from graphdb.writes import change
from web.imports import usecases
from web.imports.plan import Options
from web.imports.report import Report, packed
from web.interchange.facts import Choices, TableChoice
from web.interchange.readers.reading import Upload, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.actors import Actor
    from graphdb.connection import Graph
    from graphdb.jobs import Running
    from graphdb.writes import Change
    from web.interchange.facts import Reading

KEPT = timedelta(days=7)
LOOK, WRITE, UNDO = "import_look", "import_write", "import_undo"
BEAT = 15.0


@dataclass(slots=True)
class Answers:
    """What a person said about the files: how to read them, and how to take the list."""

    tables: list[tuple[str, str | None, str, int | None, dict[str, str | None] | None]] = field(
        default_factory=list[tuple[str, "str | None", str, "int | None", "dict[str, str | None] | None"]]
    )
    encodings: dict[str, str] = field(default_factory=dict[str, str])
    true_as_of: str = ""
    complete: bool = False
    directed: bool = False
    skip_bad: bool = False

    def text(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, text: str) -> Answers:
        """From JSON."""
        said: dict[str, Any] = json.loads(text)
        said["tables"] = [tuple(table) for table in said["tables"]]
        return cls(**said)

    def choices(self) -> Choices:
        """What the reader is told."""
        tables = {
            (file, sheet): TableChoice(kind, row, {int(at): name for at, name in fields.items()} if fields else None)
            for file, sheet, kind, row, fields in self.tables
        }
        return Choices(tables, self.encodings)


def start(graph: Graph, actor: Actor, files: Sequence[tuple[str, bytes]]) -> str:
    """Keep the files and queue their reading; returns the upload's id."""
    uploads.sweep(graph, datetime.now(UTC) - KEPT)
    answers = Answers().text()
    upload = uploads.arrive(graph, actor, files, answers)
    queue(graph, actor, LOOK, upload, answers)
    return upload


def queue(graph: Graph, actor: Actor, kind: str, upload: str, answers: str) -> str:
    """Queue a job on an upload; returns the job's id."""

    def work(c: Change) -> str:
        job = jobs.enqueue(c, kind, {"upload": upload})
        uploads.set_job(c, upload, job, answers)
        return job

    return change(graph, actor, work)


def queue_undo(graph: Graph, actor: Actor, import_: str) -> str:
    """Queue the taking back of an import; returns the job's id."""
    return change(graph, actor, lambda c: jobs.enqueue(c, UNDO, {"import": import_}))


def look(running: Running) -> dict[str, Any]:
    """The job that reads: what would be written, kept for the preview."""
    upload, answers, reading = _read(running)
    with _alive(running):
        one = _prepared(running, upload, answers, reading)
        one.options = replace(one.options, skip_bad=True)  # so that the page can say what the other rows bring
        report = one.dry_run()
        uploads.keep_preview(running.graph, upload.id, json.dumps(_preview(report, reading), ensure_ascii=False))
    return {"upload": upload.id}


def write(running: Running) -> dict[str, Any]:
    """The job that imports. Taken up again, it ends what it began."""
    try:
        upload, answers, reading = _read(running)
    except MissingError:
        return {"upload": running.job.asked()["upload"], "done": True}  # an earlier try ended, but for saying so
    one = _prepared(running, upload, answers, reading)
    with _alive(running) as at:

        def tell(done: int, total: int) -> None:
            at[:] = [done, total]
            running.progress(done, total)

        one.tell = tell
        report = one.run()
        if not report.done:
            uploads.keep_preview(running.graph, upload.id, json.dumps(_preview(report, reading), ensure_ascii=False))
            return {"upload": upload.id, "done": False}
        uploads.drop(running.graph, upload.id)
    return {"upload": upload.id, "done": True}


def take_back(running: Running) -> dict[str, Any]:
    """The job that takes an import back."""
    import_ = str(running.job.asked()["import"])
    with _alive(running):
        try:
            undoing.undo(running.graph, running.job.actor(), import_)
        except undoing.TouchedError:
            return {"import": import_, "done": False}
    return {"import": import_, "done": True}


def _read(running: Running) -> tuple[uploads.Upload, Answers, Reading]:
    upload = running.graph.one(uploads.ONE, id=running.job.asked()["upload"])
    if upload is None:
        raise MissingError(running.job.id)
    answers = Answers.of(upload.answers)
    with _alive(running):
        files = [Upload(name, data) for name, data in uploads.files_of(running.graph, upload)]
        return upload, answers, read(files, answers.choices())


def _prepared(running: Running, upload: uploads.Upload, answers: Answers, reading: Reading) -> usecases.Import:
    today = datetime.now(UTC).date()
    given = date.fromisoformat(answers.true_as_of) if answers.true_as_of else None
    options = Options(
        today, usecases.true_day(reading, given, today), answers.complete, answers.directed, answers.skip_bad,
        own_of(running.graph, upload.by, today),
    )  # fmt: skip
    return usecases.Import(
        running.graph, running.job.actor(), reading, options, upload.files, f"upload:{upload.id}", upload.id
    )


def own_of(graph: Graph, account: str, today: date) -> frozenset[str] | None:
    """The organisations an account may import for, None for all (rights.md, import)."""
    found = graph.one(accounts.ONE_ACCOUNT, id=account, today=today)
    grants = found.grants if found and found.active else []
    if any(grant["role"] == "coordinator" for grant in grants):
        return None
    return frozenset(
        str(grant["organisation"]) for grant in grants if grant["role"] == "partner" and grant["organisation"]
    )


def _preview(report: Report, reading: Reading) -> dict[str, Any]:
    return {
        "report": packed(report),
        "tables": [asdict(table) for table in reading.tables],
        "texts": [asdict(text) for text in reading.texts],
        "asks": {
            "date": bool(reading.services) or any(each.stated for each in reading.organisations),
            "complete": any(service.place for service in reading.services),
            "directed": any(tie.directed is None for tie in reading.ties),
        },
    }


@contextmanager
def _alive(running: Running) -> Generator[list[int]]:
    """Keep the job's lease while one long step runs; yields how far it is (done, total), to be kept up to date."""
    over, at = threading.Event(), [0, 0]

    def beat() -> None:
        while not over.wait(BEAT):
            try:
                running.graph.transact(
                    lambda tx: tx.one(
                        jobs.PROGRESS, id=running.job.id, worker=running.worker, done=at[0], total=at[1], words="",
                        until=datetime.now(UTC) + jobs.LEASE,
                    )
                )  # fmt: skip
            except GraphError:
                continue  # the database is away for a moment: the lease may lapse, and the job is taken up again

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield at
    finally:
        over.set()
        thread.join()
