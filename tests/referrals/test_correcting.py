"""Correcting, reopening, feedback seen, service begun: each an event, and each date a fold of them."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.referral_steps import STEPS, IllegalStepError, folded
from graphdb import referrals, ties
from graphdb.actors import Actor
from graphdb.records import RefusedError
from graphdb.referrals.writing import expire
from graphdb.ties.asking import Asked
from graphdb.vault.fields import is_sealed
from graphdb.writes import change
from tests.referrals.cases import stored, take
from web.pages import today

TEXT = "the place was wrong, it is the next municipality"


def events(graph):
    return graph.define("MATCH (:Referral)-[:HAS_EVENT]->(v) RETURN v.kind AS kind, v.note AS note ORDER BY v.at, v.id")


def note(net, who, url, kind, text):
    page = net.people[who].get(f"{url}/note/{kind}").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert version
    return net.people[who].post(f"{url}/note/{kind}", {"version": version[1], "note": text})


def test_a_correction_leaves_the_state_and_a_sealed_text_for_the_two(net, sent, graph):
    assert note(net, "sender", sent, "correct", TEXT).status_code == 303
    assert stored(graph)[0]["state"] == "sent"
    last = events(graph)[-1]
    assert last["kind"] == "correct"
    assert is_sealed(last["note"])
    assert TEXT in net.people["receiver"].get(sent).text
    assert net.people["third"].get(f"{sent}/note/correct").status_code == 404
    assert net.people["receiver"].get(f"{sent}/note/begin").status_code == 404


def test_a_correction_says_what_and_names_nobody(net, sent, graph):
    assert note(net, "sender", sent, "correct", "").status_code == 400
    answer = note(net, "sender", sent, "correct", "Call +359 88 123 4567 instead")
    assert answer.status_code == 400
    assert "instead" in answer.text
    assert [one["kind"] for one in events(graph)] == ["send"]


def test_what_is_closed_can_be_opened_again_and_waits_for_an_answer(net, sent, graph):
    for kind in ("accept", "begin", "close_helped"):
        take(net, "receiver", sent, kind)
    assert stored(graph)[0]["closed"] == today().isoformat()
    assert note(net, "sender", sent, "reopen", "the appointment was moved").status_code == 303
    row = stored(graph)[0]
    assert (row["state"], row["closed"]) == ("reopened", None)
    assert "To answer" in net.people["receiver"].get("/referrals/").text
    assert "waits for your answer" in net.people["receiver"].get("/").text


def test_the_sender_sees_the_feedback_once(net, sent, graph):
    take(net, "receiver", sent, "accept")
    take(net, "receiver", sent, "close_helped")
    assert "closed without it being seen to begin" in net.people["sender"].get(sent).text
    for _ in range(2):
        take(net, "sender", sent, "see")
    assert [one["kind"] for one in events(graph)].count("see") == 1
    assert "We have seen" not in net.people["sender"].get(sent).text


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=10))
def test_whatever_is_tried_the_state_is_the_fold_of_the_events(net, graph, kinds):
    new = referrals.NewReferral(net.clinic, net.ngo, net.legal, "", "", "normal", "")
    who = Actor("somebody")
    referral = change(graph, who, lambda c: referrals.send(c, graph, new))
    sides = {"sender": net.clinic, "receiver": net.ngo, "either": net.ngo, "time": net.clinic}
    for kind in kinds:
        taken = referrals.Taken(kind, "no_capacity", "why")
        try:
            if kind == "expire":
                change(graph, who, lambda c: str(expire(c, graph, referral)))
            elif kind == "redirect":
                change(graph, who, lambda c: referrals.pass_on(c, graph, referral, net.third, (net.ngo,)))
            else:
                change(
                    graph, who,
                    lambda c, kind=kind, taken=taken: referrals.take_step(
                        c, graph, referral, taken, (sides[STEPS[kind].side],)
                    ),
                )  # fmt: skip
        except (IllegalStepError, RefusedError):
            continue
    found = graph.define(
        "MATCH (r:Referral) RETURN r.state AS state, r.closed_on AS closed, r.served_on AS served,"
        " COLLECT { MATCH (r)-[:HAS_EVENT]->(v) RETURN v.kind ORDER BY v.at, v.id } AS kinds"
    )
    for row in found:
        assert row["state"] == folded(row["kinds"])
        assert (row["served"] is not None) == ("begin" in row["kinds"])
    kept, pairs = (
        ties_of(ties.network(graph)),
        graph.define(
            "MATCH (s)-[:SENT]->(r:Referral)-[:TO]->(e) WHERE r.sent_on IS NOT NULL RETURN DISTINCT s.id AS source, e.id AS target"
        ),
    )
    assert {(one.source, one.target) for one in kept} == {(pair["source"], pair["target"]) for pair in pairs}
    ties.rebuild(graph, today())
    assert ties.is_current(graph, today())
    graph.define("MATCH (r:Referral) OPTIONAL MATCH (r)-[:HAS_EVENT]->(v) DETACH DELETE r, v")


def ties_of(network):
    return ties.ties(network, Asked(("referral",), today())).ties
