"""Any sequence of what befalls issues, campaigns, mediations and contacts: every tie as if read from nothing, and as counted."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.community_steps import MOVES, IllegalStepError, TooEarlyError, history
from graphdb import issues, jobs, records, ties
from graphdb.catalogue import kind_of
from graphdb.errors import MissingError
from graphdb.writes import change
from tests.conftest import wipe
from tests.issues.conftest import ACTOR, LABELS, World
from web.jobs import work
from web.pages import today

EVENTS = st.one_of(
    st.tuples(st.sampled_from(["begin", "archive", "restore", "take_back"]), st.sampled_from(LABELS)),
    st.tuples(st.sampled_from(["School", "Clinic", "contact"]), st.sampled_from(LABELS)),
    st.tuples(st.sampled_from(sorted({to for moves in MOVES.values() for to in moves})), st.sampled_from(LABELS)),
)
TOUCHED = """
MATCH (o:Organisation)<-[:TOUCHED]-(x:Contact|CommunityStep) WHERE x.archived_at IS NULL
OPTIONAL MATCH (x)-[:STEP_OF]->(n)
WITH o, x, n WHERE n IS NULL OR n.archived_at IS NULL
RETURN o.id AS target, count(x) AS n
"""


class Life(World):
    """The last matter of each kind lives on."""

    def __init__(self, graph):
        super().__init__(graph)
        self.last: dict[str, str] = {}

    def happen(self, event, label):
        if event == "begin" or label not in self.last:
            self.last[label] = self.begin(label, days=9)
        elif event == "contact":
            self.log("Zahra", 3, "School")
        elif event in self.ids:
            self.step(self.last[label], 2, event, label=label)
        elif event in {"archive", "restore"}:
            kind, record = kind_of(label), self.last[label]
            act = records.archive if event == "archive" else records.restore
            change(self.graph, ACTOR, lambda c: str(act(c, kind, record)))
        elif event == "take_back":
            self.take_back(label)
        else:
            self.move(self.last[label], event, 1, label, result="agreed")

    def take_back(self, label):
        found = self.graph.define(
            "MATCH (s:CommunityStep)-[:STEP_OF]->({id: $id}) WHERE s.archived_at IS NULL RETURN s.id AS id ORDER BY id LIMIT 1",
            id=self.last[label],
        )
        for row in found:
            change(
                self.graph,
                ACTOR,
                lambda c, step=row["id"]: str(issues.take_back_step(c, label, self.last[label], step)),
            )


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(EVENTS, min_size=3, max_size=10))
def test_whatever_happens_the_ties_are_those_of_a_rebuild_from_nothing(graph, events):
    wipe(graph)
    life = Life(graph)
    for event in events:
        try:
            life.happen(*event)
        except (IllegalStepError, TooEarlyError, MissingError):
            continue  # what is archived, or in a state that does not lead there
        kept, anew = ties.network(graph), ties.network(graph, "", "")
        assert (kept.facts, kept.nodes) == (anew.facts, anew.nodes)
    jobs.tick(graph, "ties", timedelta(0))
    while work.work_one(graph, "w"):
        pass
    assert ties.is_current(graph, today())
    stored = {each.target: each.n for each in graph.fetch(ties.cache.STORED) if each.type == "BRIDGES"}
    assert stored == {row["target"]: row["n"] for row in graph.define(TOUCHED)}
    for row in graph.define("MATCH (n:CommunityIssue|Campaign|Mediation) RETURN n.state AS state, n.states AS states"):
        assert history(row["states"])[-1][1] == row["state"]
