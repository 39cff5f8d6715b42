"""Jobs: taken once, kept by a lease, taken over from the dead, given back, cancelled."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from graphdb import jobs
from graphdb.actors import Actor
from graphdb.connection import Graph
from graphdb.writes import Change, change
from web.jobs import work

OWNER = Actor("somebody", "web")


def queued(graph: Graph, kind: str = "detect") -> str:
    return change(graph, OWNER, lambda c: jobs.enqueue(c, kind, {"on": "2026-05-04"}))


def found(graph: Graph, job: str) -> jobs.Job:
    row = graph.one(jobs.ONE, id=job)
    assert row
    return row


def lapse(graph: Graph, job: str) -> None:
    """As if the worker had died a while ago."""
    graph.define("MATCH (j:Job {id: $id}) SET j.leased_until = $past", id=job, past=datetime.now(UTC) - timedelta(1))


def test_each_is_taken_by_one_worker_only(graph: Graph) -> None:
    wanted = {queued(graph) for _ in range(8)}
    taken: list[str] = []

    def worker(name: str) -> None:
        while (job := jobs.claim(graph, name)) is not None:
            taken.append(job.id)

    threads = [threading.Thread(target=worker, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(wanted)


def test_the_dead_are_replaced_three_times_then_it_is_said(graph: Graph) -> None:
    job = queued(graph)
    for n in range(jobs.TRIES):
        claimed = jobs.claim(graph, f"w{n}")
        assert claimed
        assert claimed.tries == n + 1
        assert jobs.claim(graph, "other") is None, "the lease holds"
        lapse(graph, job)
    assert jobs.claim(graph, "last") is None
    assert (found(graph, job).state, found(graph, job).error) == ("failed", "gave_up")


def test_who_lost_the_lease_says_nothing_more(graph: Graph) -> None:
    job = queued(graph)
    slow = jobs.claim(graph, "slow")
    assert slow
    lapse(graph, job)
    quick = jobs.claim(graph, "quick")
    assert quick
    jobs.Running(graph, slow, "slow").finish("done", {"by": "slow"})
    with pytest.raises(jobs.CancelledError):
        jobs.Running(graph, slow, "slow").progress(1, 2)
    jobs.Running(graph, quick, "quick").finish("done", {"by": "quick"})
    assert found(graph, job).answer() == {"by": "quick"}


def test_what_is_given_back_waits_and_is_not_counted_as_dead(graph: Graph) -> None:
    job = queued(graph)
    for _ in range(jobs.TRIES + 2):
        claimed = jobs.claim(graph, "w")
        assert claimed
        jobs.Running(graph, claimed, "w").postpone(timedelta(hours=1))
        assert jobs.claim(graph, "w") is None
        graph.define("MATCH (j:Job {id: $id}) REMOVE j.not_before", id=job)
    assert found(graph, job).state == "queued"


def test_cancelled_while_at_work(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    job = queued(graph)

    def handler(running: jobs.Running) -> dict[str, object]:
        running.progress(1, 3, "a third")
        assert found(graph, job).done == 1
        assert jobs.cancel(graph, OWNER, job)
        running.progress(2, 3)
        return {"never": "reached"}

    monkeypatch.setattr(work, "handler_of", lambda _: handler)
    assert work.work_one(graph, "w")
    assert (found(graph, job).state, found(graph, job).answer()) == ("cancelled", {})
    assert not jobs.cancel(graph, OWNER, job)
    assert not work.work_one(graph, "w")


def test_a_fault_ends_the_job_and_not_the_worker(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    job = queued(graph)

    def handler(_: jobs.Running) -> dict[str, object]:
        raise ZeroDivisionError

    monkeypatch.setattr(work, "handler_of", lambda _: handler)
    assert work.work_one(graph, "w")
    assert (found(graph, job).state, found(graph, job).error) == ("failed", "broken")


def test_a_change_that_fails_queues_nothing(graph: Graph) -> None:
    def broken(c: Change) -> str:
        jobs.enqueue(c, "detect", {})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change(graph, OWNER, broken)
    assert jobs.claim(graph, "w") is None
