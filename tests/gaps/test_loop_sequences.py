"""Any sequence of what befalls referrals, meetings and a gap: legal, folded right, and every tie as if read from nothing."""

from __future__ import annotations

from datetime import timedelta
from math import isclose

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.gap_steps import DECISIONS
from analytics.gap_steps import folded as folded_gap
from analytics.referral_steps import STEPS, IllegalStepError
from analytics.referral_steps import folded as folded_referral
from graphdb import jobs, referrals, ties
from graphdb.gaps import NoSuchStepError
from graphdb.meetings.holding import Presence, attend
from graphdb.records import RefusedError
from tests.conftest import wipe
from tests.gaps.lives import TODAY, Network
from web.jobs import work

STEPS_OF_BOTH = [kind for kind in STEPS if kind not in {"send", "expire", "redirect"}]
GAP_EVENTS = ["detect", *DECISIONS, "service", "no_service", "minutes", "minutes_with_action", "later"]
EVENTS = st.one_of(
    st.just("send"),
    st.sampled_from(STEPS_OF_BOTH),
    st.sampled_from(GAP_EVENTS),
    st.sampled_from(["attend_both", "attend_one"]),
)
LATER = TODAY + timedelta(days=5)  # the meetings of the test are three days ahead
REFERRALS = """
MATCH (r:Referral)
RETURN r.state AS state, COLLECT { MATCH (r)-[:HAS_EVENT]->(v) RETURN v.kind ORDER BY v.at, v.id } AS kinds
"""
REFERRED = """
MATCH (a)-[:SENT]->(r:Referral)-[:TO]->(b) WHERE r.sent_on IS NOT NULL
RETURN a.id AS source, b.id AS target, count(r) AS n
"""
MET = """
MATCH (m:Meeting {state: 'held'})
WITH m, COLLECT { MATCH (o)-[t:ATTENDED]->(m) WHERE t.mode = 'present' RETURN o.id } AS there
UNWIND there AS one UNWIND there AS other
WITH one, other, size(there) AS k WHERE one < other
RETURN one AS source, other AS target, count(*) AS n, sum(1.0 / (k - 1)) AS weight
"""


class Loop(Network):
    """The network of a gap in which cases are referred too, and meetings have an attendance."""

    def __init__(self, graph):
        super().__init__(graph)
        self.cases: list[str] = []

    def happen(self, event):
        if event == "send":
            new = referrals.NewReferral(self.one, self.two, self.type, "", "", "normal", "")
            self.do(lambda c: self.cases.append(referrals.send(c, self.graph, new)))
        elif event in STEPS and event not in DECISIONS:
            self.step(event)
        elif event.startswith("attend"):
            self.attended(event)
        else:
            super().happen(event)

    def step(self, kind):
        """The last case goes on, taken by the side whose step it is."""
        if self.cases:
            taken = referrals.Taken(kind, "no_capacity", "why")
            side = self.one if STEPS[kind].side == "sender" else self.two
            self.do(lambda c: referrals.take_step(c, self.graph, self.cases[-1], taken, (side,)))

    def attended(self, event):
        """The meeting that is planned, or else the last one, is said to have had these there."""
        found = self.graph.define("MATCH (m:Meeting) RETURN m.id AS id, m.version AS v ORDER BY m.id DESC LIMIT 1")
        there = [self.one] if event == "attend_one" else [self.one, self.two]
        if found:
            rows = [Presence(each, "present") for each in there]
            self.do(lambda c: attend(c, self.graph, found[0]["id"], found[0]["v"], rows))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(EVENTS, min_size=4, max_size=14))
def test_whatever_happens_the_ties_are_those_of_a_rebuild_from_nothing(graph, events):
    wipe(graph)
    net = Loop(graph)
    for event in ("send", "agenda", *events):
        try:
            net.happen(event)
        except (IllegalStepError, NoSuchStepError, RefusedError):
            continue
        as_if_read_from_nothing(graph)
    assert net.gap()["state"] == folded_gap(net.gap()["verbs"])
    for row in graph.define(REFERRALS):
        assert row["state"] == folded_referral(row["kinds"])
    kept_by_the_job(graph)
    as_counted_by_hand(graph)


def as_if_read_from_nothing(graph):
    """What a process keeps of the network is noticed to be old by every event that changes it."""
    kept, anew = ties.network(graph), ties.network(graph, "", "")
    assert (kept.facts, kept.nodes, kept.missing) == (anew.facts, anew.nodes, anew.missing)


def kept_by_the_job(graph):
    """The ties stored in the graph: the job leaves just those that are written where there were none."""
    jobs.tick(graph, "ties", timedelta(0))
    while work.work_one(graph, "w"):
        pass
    assert ties.is_current(graph, TODAY)
    stored = graph.fetch(ties.cache.STORED)
    graph.define("MATCH (:Organisation)-[r]->(:Organisation) WHERE r.derived DELETE r")
    ties.rebuild(graph, TODAY)
    assert graph.fetch(ties.cache.STORED) == stored


def as_counted_by_hand(graph):
    """Referrals and meetings as an independent query counts them."""
    ties.rebuild(graph, LATER)
    stored = graph.fetch(ties.cache.STORED)
    assert {(each.source, each.target, each.n) for each in stored if each.type == "REFERS_TO"} == {
        (row["source"], row["target"], row["n"]) for row in graph.define(REFERRED)
    }
    met = {(each.source, each.target): each for each in stored if each.type == "MET_WITH"}
    wanted = {(row["source"], row["target"]): row for row in graph.define(MET)}
    assert met.keys() == wanted.keys()
    assert all(met[pair].n == row["n"] and isclose(met[pair].weight, row["weight"]) for pair, row in wanted.items())
