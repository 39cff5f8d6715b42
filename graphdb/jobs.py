"""Jobs: work that takes longer than a page may. A job is a node: queued, leased, done or failed, with its progress.

A worker takes a job by a lease that it renews with its progress; when the worker dies, the lease lapses and another takes
the job again (at most `TRIES` times); a handler may also give it back for later. So a handler must be safe to repeat: it uses `job.once()` as the key of its changes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ulid import ULID

from graphdb.actors import Actor
from graphdb.statements import Found, Nothing, Read, Write
from graphdb.writes import Once, change

if TYPE_CHECKING:
    from graphdb.connection import Graph, Tx
    from graphdb.writes import Change

CLOCK = Actor("clock", "job")
LEASE = timedelta(seconds=60)
TRIES = 3


@dataclass(frozen=True, slots=True)
class Job:
    """A job as stored. `state` is queued, running, done, failed or cancelled; `result` is JSON."""

    id: str
    kind: str
    params: str
    state: str
    owner: str
    created_at: datetime
    tries: int
    done: int
    total: int
    words: str | None
    result: str | None
    error: str | None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {"done", "failed", "cancelled"}

    def asked(self) -> dict[str, Any]:
        """The parameters."""
        return dict(json.loads(self.params))

    def answer(self) -> dict[str, Any]:
        """The result; empty while there is none."""
        return dict(json.loads(self.result)) if self.result else {}

    def actor(self) -> Actor:
        """Who the job's changes are made for."""
        return Actor(self.owner, "job")

    def once(self, step: str = "") -> Once:
        """The key of a change of this job: repeated work finds it done."""
        return Once.bound(self.actor(), f"job.{self.kind}.{step}", self.id, self.params)


class CancelledError(Exception):
    """Somebody cancelled the job while it ran."""


_COLUMNS = """
    RETURN j.id AS id, j.kind AS kind, j.params AS params, j.state AS state, j.owner AS owner,
           j.created_at AS created_at, j.tries AS tries, j.done AS done, j.total AS total, j.words AS words,
           j.result AS result, j.error AS error
"""

QUEUE = Write(
    Nothing,
    """
    CREATE (:Job {id: $id, kind: $kind, params: $params, state: 'queued', owner: $owner, created_at: $at,
                  tries: 0, done: 0, total: 0})
    """,
)

CLAIM = Write(
    Job,
    """
    MATCH (j:Job) WHERE (j.state = 'queued' AND coalesce(j.not_before, $now) <= $now)
       OR (j.state = 'running' AND j.leased_until < $now)
    WITH j ORDER BY j.created_at LIMIT 1
    SET j._lock = true REMOVE j._lock
    WITH j, j.state = 'running' AND j.tries >= $tries AS spent
    WHERE j.state = 'queued' OR (j.state = 'running' AND j.leased_until < $now)
    SET j.state = CASE WHEN spent THEN 'failed' ELSE 'running' END,
        j.error = CASE WHEN spent THEN 'gave_up' ELSE null END,
        j.tries = j.tries + 1, j.leased_until = $until, j.worker = $worker
    """
    + _COLUMNS,
)

PROGRESS = Write(
    Found,
    """
    MATCH (j:Job {id: $id, state: 'running', worker: $worker})
    SET j.done = $done, j.total = $total, j.words = $words, j.leased_until = $until
    RETURN j.id AS id
    """,
)

FINISH = Write(
    Found,
    """
    MATCH (j:Job {id: $id, state: 'running', worker: $worker})
    SET j.state = $state, j.result = $result, j.error = $error, j.finished_at = $at
    RETURN j.id AS id
    """,
)

POSTPONE = Write(
    Found,
    """
    MATCH (j:Job {id: $id, state: 'running', worker: $worker})
    SET j.state = 'queued', j.not_before = $until
    RETURN j.id AS id
    """,
)

CANCEL = Write(
    Found,
    """
    MATCH (j:Job {id: $id}) WHERE j.state IN ['queued', 'running']
    SET j.state = 'cancelled', j.finished_at = $at
    RETURN j.id AS id
    """,
)

# Work that comes back by itself: whoever asks first after its time queues it; the last one of its kind is forgotten.
TICK = Write(
    Found,
    """
    MERGE (k:Clock {kind: $kind})
    SET k._lock = true REMOVE k._lock
    WITH k WHERE k.next_at IS NULL OR k.next_at <= $now
    SET k.next_at = $until
    RETURN k.kind AS id
    """,
)
FORGET_DONE = Write(Nothing, "MATCH (j:Job {kind: $kind}) WHERE j.state = 'done' DELETE j")

ONE = Read(Job, "MATCH (j:Job {id: $id})" + _COLUMNS + "ORDER BY id")

MINE = Read(
    Job, "MATCH (j:Job) WHERE j.owner = $owner OR $everybody" + _COLUMNS + "ORDER BY created_at DESC, id LIMIT $limit"
)


def enqueue(open_change: Change, kind: str, params: dict[str, Any]) -> str:
    """Queue a job inside a change; returns its id."""
    job = str(ULID())
    text = json.dumps(params, ensure_ascii=False, sort_keys=True)
    open_change.run(QUEUE, id=job, kind=kind, params=text, owner=open_change.actor.id, at=open_change.at)
    return job


def tick(graph: Graph, kind: str, every: timedelta) -> bool:
    """Queue a job of this kind when its time has come; says whether it had."""
    now = datetime.now(UTC)

    def work(tx: Tx) -> bool:
        if tx.one(TICK, kind=kind, now=now, until=now + every) is None:
            return False
        tx.fetch(FORGET_DONE, kind=kind)
        tx.fetch(QUEUE, id=str(ULID()), kind=kind, params="{}", owner=CLOCK.id, at=now)
        return True

    return graph.transact(work)


def claim(graph: Graph, worker: str) -> Job | None:
    """Take the oldest job that waits, or whose worker has died."""
    now = datetime.now(UTC)
    found = graph.transact(lambda tx: tx.one(CLAIM, now=now, until=now + LEASE, worker=worker, tries=TRIES))
    return found if found and found.state == "running" else None


@dataclass(slots=True)
class Running:
    """A job being worked on; handlers report to it."""

    graph: Graph
    job: Job
    worker: str

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Say how far the work is and keep the lease. Raises CancelledError when somebody cancelled it."""
        until = datetime.now(UTC) + LEASE
        kept = self.graph.transact(
            lambda tx: tx.one(
                PROGRESS, id=self.job.id, worker=self.worker, done=done, total=total, words=words, until=until
            )
        )
        if kept is None:
            raise CancelledError

    def postpone(self, wait: timedelta) -> None:
        """Give the job back, to be taken again after a while."""
        until = datetime.now(UTC) + wait
        self.graph.transact(lambda tx: tx.one(POSTPONE, id=self.job.id, worker=self.worker, until=until))

    def finish(self, state: str, result: dict[str, Any] | None = None, error: str = "") -> None:
        """End the job with its result or the name of what went wrong."""
        text = json.dumps(result, ensure_ascii=False, default=str) if result is not None else None
        now = datetime.now(UTC)
        self.graph.transact(
            lambda tx: tx.one(
                FINISH, id=self.job.id, worker=self.worker, state=state, result=text, error=error or None, at=now
            )
        )


def cancel(graph: Graph, actor: Actor, job: str) -> bool:
    """Cancel a job that is not over; what it has committed stays."""

    def work(c: Change) -> str:
        found = c.one(CANCEL, id=job, at=c.at)
        if found:
            c.did("cancel", "Job", job)
        return "yes" if found else ""

    return bool(change(graph, actor, work))
