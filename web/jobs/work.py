"""The worker: takes jobs one by one and hands each to the handler of its kind."""

from __future__ import annotations

import importlib
import os
import socket
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from graphdb import jobs
from graphdb.errors import GraphError
from web import log

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphdb.connection import Graph

    Handler = Callable[[jobs.Running], dict[str, Any]]

# kind of job -> "module:function"; loaded when the first job of the kind comes.
HANDLERS: dict[str, str] = {
    "detect": "web.gaps.detection:job",
    "pack": "web.meetings.pack:job",
    "import_look": "web.imports.uploading:look",
    "import_write": "web.imports.uploading:write",
    "import_undo": "web.imports.uploading:take_back",
    "mail": "web.mail:job",
    "clocks": "web.referrals.clocks:job",
    "ties": "web.ties.keeping:job",
    "agreements": "web.agreements.reminders:job",
    "mentoring": "web.supervision.reminders:job",
    "sweep": "web.jobs.sweep:job",
}


# Work that comes back by itself, and how often.
REGULAR: dict[str, timedelta] = {
    "clocks": timedelta(minutes=15),
    "ties": timedelta(hours=1),
    "agreements": timedelta(hours=6),
    "mentoring": timedelta(hours=1),
    "sweep": timedelta(days=1),
}
LOOK = 30.0
"""Seconds between two looks whether regular work is due."""


class PlainError(Exception):
    """A job that ended for a reason the person can be told: a code the page has words for."""


class LaterError(Exception):
    """What the job needs is away: it is tried again after `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(str(wait))
        self.wait = wait


def handler_of(kind: str) -> Handler:
    """The function that does jobs of a kind. Raises KeyError."""
    module, _, name = HANDLERS[kind].partition(":")
    return getattr(importlib.import_module(module), name)


def work_one(graph: Graph, worker: str) -> bool:
    """Do one job if one waits; says whether there was one."""
    job = jobs.claim(graph, worker)
    if job is None:
        return False
    running = jobs.Running(graph, job, worker)
    try:
        running.finish("done", handler_of(job.kind)(running))
    except jobs.CancelledError:
        log.event("job_cancelled", job=job.id)
    except PlainError as error:
        running.finish("failed", error=str(error))
    except LaterError as later:
        running.postpone(later.wait)
    except GraphError as error:
        log.failure(error)  # the lease lapses and the job is tried again
    except Exception as error:  # noqa: BLE001 - a handler's fault must not end the worker
        log.failure(error)
        running.finish("failed", error="broken")
    return True


def queue_regular(graph: Graph) -> None:
    """Queue what is due of the work that comes back by itself."""
    for kind, every in REGULAR.items():
        jobs.tick(graph, kind, every)


def work_on(graph: Graph, pause: float = 0.5) -> None:
    """Work until the process is ended; a database that is away is waited for."""
    worker = f"{socket.gethostname()}:{os.getpid()}"
    looked = -LOOK
    while True:
        try:
            if time.monotonic() - looked >= LOOK:
                looked = time.monotonic()
                queue_regular(graph)
            busy = work_one(graph, worker)
        except GraphError as error:
            log.event("job_waits", kind=type(error).__name__)
            busy, _ = False, time.sleep(2)
        if not busy:
            time.sleep(pause)
