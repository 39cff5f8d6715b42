"""What is needed for a while only goes when its time is over, and nothing else goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from graphdb import jobs, sweeping
from graphdb.actors import Actor
from graphdb.connection import Graph
from graphdb.writes import Once, change
from web.jobs import work

NOW = datetime.now(UTC)
MADE = {
    "sessions": "CREATE (:Session {hash: $id, seen_at: $at})",
    "counters": "CREATE (:LoginCounter {key: $id, since: $at})",
    "phones": "CREATE (:Device {id: $id, hash: $id, account: 'a', seen_at: $at})",
    "links": "CREATE (:Token {hash: $id, expires_at: $at})",
    "keys": "CREATE (:WriteKey {key: $id, at: $at})",
}
LEFT = "MATCH (n) WHERE n:Session OR n:LoginCounter OR n:Device OR n:Token OR n:WriteKey RETURN count(n) AS n"


def left(graph: Graph) -> int:
    return graph.define(LEFT)[0]["n"]


@pytest.mark.parametrize("name", MADE)
def test_the_old_goes_and_the_young_stays(graph: Graph, name: str) -> None:
    age, minute = sweeping.KEPT[name][1], timedelta(minutes=1)
    graph.define(MADE[name], id="old", at=NOW - age - minute)
    graph.define(MADE[name], id="young", at=NOW - age + minute)
    assert dict(sweeping.sweep(graph, NOW)) == {each: int(each == name) for each in MADE}
    assert left(graph) == 1


def test_piece_by_piece_until_nothing_is_left(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "LIMIT", 3)
    for n in range(7):
        graph.define(MADE["keys"], id=str(n), at=NOW - timedelta(days=400))
    assert [n for name, n in sweeping.sweep(graph, NOW) if name == "keys"] == [3, 3, 1]
    assert left(graph) == 0


def test_it_comes_round_by_itself_and_spares_the_key_of_today(graph: Graph) -> None:
    graph.define(MADE["sessions"], id="old", at=NOW - timedelta(days=2))
    actor, once = Actor("somebody", "web"), Once("today", "said")
    change(graph, actor, lambda c: c.did("look", "Network", "x") or "kept", once=once)
    jobs.tick(graph, "sweep", work.REGULAR["sweep"])
    assert work.work_one(graph, "w")
    (done,) = graph.fetch(jobs.MINE, owner=jobs.CLOCK.id, everybody=False, limit=10)
    assert (done.kind, done.state) == ("sweep", "done")
    assert left(graph) == 1
    assert change(graph, actor, lambda c: pytest.fail("said twice, done twice"), once=once) == "kept"
