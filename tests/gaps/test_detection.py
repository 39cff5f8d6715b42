"""Detection: dated facts become gaps, gaps become records that keep what people decided."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from graphdb import gaps, records
from graphdb.actors import OWNER, Viewer
from graphdb.catalogue import kind_of
from graphdb.gaps import NoteNeededError
from graphdb.meetings.agenda import NewItem
from graphdb.records import RefusedError
from graphdb.writes import change
from tests.gaps import worlds
from tests.gaps.worlds import ACTOR, TODAY
from web.gaps import detection, usecases
from web.gaps.usecases import Reader


def days_ago(*days):
    return [TODAY - timedelta(days=n) for n in days]


def states(graph):
    return {key.partition(":")[0]: one.state for key, one in gaps.decisions(graph).items()}


def do(graph, verb, *args):
    change(graph, ACTOR, lambda c: str(verb(c, *args)))


@pytest.fixture
def network(graph):
    """Three members in one series; A and B have an old agreement and no tie; A sends C ten referrals; C never met A."""
    ids = {name: worlds.organisation(graph, name) for name in "ABC"}
    ids["health"] = worlds.service_type(graph, "Health")
    ids["kamen"] = worlds.place(graph, "Kamen")
    ids["series"] = worlds.make(
        graph, "MeetingSeries", {"name": "Regional"}, {"members": [ids[name] for name in "ABC"]}
    )
    worlds.make(
        graph,
        "Agreement",
        {"name": "Protocol", "kind": "mou", "valid_from": "2025-01-01"},
        {"parties": [ids["A"], ids["B"]]},
    )
    worlds.referrals(graph, ids["A"], ids["C"], ids["health"], days_ago(*range(1, 11)))
    for month in (3, 4, 5):
        worlds.meeting(graph, date(2026, month, 1), [ids["B"], ids["C"]], ids["series"])
    return ids


def found(graph, viewer=OWNER, on=TODAY):
    answer = usecases.collaboration_answer(graph, Reader(viewer), on)
    return {(str(gap.cls), *sorted(answer.names[member].title for member in gap.members)) for gap in answer.gaps}


def classes(graph, **asked):
    return {cls for cls, *_ in found(graph, **asked)}


def test_collaboration_gaps_of_dated_facts(network, graph):
    assert found(graph) == {("C2", "A", "B"), ("C3", "A", "C"), ("C6", "A", "B"), ("C6", "A", "C")}


def test_the_past_is_answered_by_the_same_facts(network, graph):
    assert "C3" not in classes(graph, on=TODAY - timedelta(days=5)), "six referrals by then"
    assert ("C12", "A") in found(graph, on=date(2026, 4, 1)), "the others had met, A had not been seen"


def test_detection_is_idempotent_and_keeps_one_record_a_key(network, graph):
    worlds.service(graph, network["A"], network["health"], [network["kamen"]], assured=days_ago(10))
    first = detection.detect(graph, ACTOR, TODAY)
    assert first["new"] == len(gaps.decisions(graph)) >= 4
    again = detection.detect(graph, ACTOR, TODAY)
    assert (again["new"], again["again"], again["closed"]) == (0, first["new"], 0)
    rows = graph.define("MATCH (g:Gap) RETURN count(g) AS n, count(DISTINCT g.key) AS keys, max(g.version) AS version")[
        0
    ]
    assert (rows["n"], rows["keys"], rows["version"]) == (first["new"], first["new"], 1)


def test_a_gap_closes_when_the_records_say_so_and_opens_again(network, graph):
    one = worlds.service(graph, network["A"], network["health"], [network["kamen"]], assured=days_ago(10))
    detection.detect(graph, ACTOR, TODAY)
    assert states(graph)["coverage"] == "detected"
    two = worlds.service(graph, network["B"], network["health"], [network["kamen"]], assured=days_ago(10))
    assert detection.detect(graph, ACTOR, TODAY)["closed"] == 1
    assert states(graph)["coverage"] == "closed_verified"
    change(graph, ACTOR, lambda c: records.archive(c, kind_of("Service"), two) or two)
    assert detection.detect(graph, ACTOR, TODAY)["reopened"] == 1
    assert states(graph)["coverage"] == "reopened"
    change(graph, ACTOR, lambda c: records.archive(c, kind_of("Service"), one) or one)
    assert detection.detect(graph, ACTOR, TODAY)["gone"] == 1, "nothing is stated of this cell any more"
    assert states(graph)["coverage"] == "reopened", "gone is not closed: nobody has said that it is covered"


def test_a_cell_nobody_can_judge_any_more_stays_open(network, graph):
    worlds.requirement(graph, network["kamen"], network["health"])
    worlds.assessment(graph, network["kamen"], network["health"], TODAY)
    detection.detect(graph, ACTOR, TODAY)
    later = TODAY + timedelta(days=400)
    detection.detect(graph, ACTOR, later)
    coverage = next(one for key, one in gaps.decisions(graph).items() if key.startswith("coverage"))
    assert (coverage.state, coverage.gone_on, coverage.last_seen) == ("detected", None, TODAY)


def the_gap(graph, kind):
    return next(one for key, one in gaps.decisions(graph).items() if key.startswith(f"{kind}:"))


def test_decisions_outlast_detection(network, graph):
    detection.detect(graph, ACTOR, TODAY)
    do(graph, gaps.not_a_gap, the_gap(graph, "C2").id, None, "They share an office.")
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    do(graph, gaps.accept_risk, the_gap(graph, "C3").id, None, tomorrow.isoformat(), "Until the new protocol")
    detection.detect(graph, ACTOR, TODAY)
    assert (states(graph)["C2"], states(graph)["C3"]) == ("false_positive", "accepted_risk")
    view = gaps.show(graph, OWNER, "en", TODAY, record=the_gap(graph, "C2").id)
    assert view.note == "They share an office."
    do(graph, gaps.drop_decision, the_gap(graph, "C2").id)
    assert states(graph)["C2"] == "reopened"


def test_an_accepted_risk_ends_on_its_day(network, graph):
    detection.detect(graph, ACTOR, TODAY)
    gap = the_gap(graph, "C2").id
    graph.define("MATCH (g:Gap {id: $id}) SET g.state = 'accepted_risk', g.accepted_until = date('2026-06-05')", id=gap)
    detection.detect(graph, ACTOR, date(2026, 6, 4))
    assert states(graph)["C2"] == "accepted_risk"
    detection.detect(graph, ACTOR, date(2026, 6, 5))
    assert states(graph)["C2"] == "reopened"


@pytest.mark.parametrize(("until", "note"), [("2020-01-01", "why"), ("", "why"), ("soon", "why"), ("2199-01-01", "")])
def test_what_a_decision_needs(network, graph, until, note):
    detection.detect(graph, ACTOR, TODAY)
    with pytest.raises(RefusedError):
        do(graph, gaps.accept_risk, the_gap(graph, "C2").id, None, until, note)
    with pytest.raises(NoteNeededError):
        do(graph, gaps.not_a_gap, the_gap(graph, "C2").id, None, " ")
    assert states(graph)["C2"] == "detected"


def test_history_is_not_written_backwards(network, graph):
    detection.detect(graph, ACTOR, TODAY)
    with pytest.raises(detection.EarlierDayError):
        detection.detect(graph, ACTOR, TODAY - timedelta(days=1))


def test_a_gap_is_put_on_an_agenda_once(network, graph):
    detection.detect(graph, ACTOR, TODAY)
    coming = worlds.meeting(graph, datetime.now(UTC).date() + timedelta(days=9), [], network["series"], "planned")
    gap = the_gap(graph, "C2").id
    item = NewItem("A and B", 10, "collaboration", "C2", 3, ({"code": "no_agreement"},))
    for _ in range(2):
        do(graph, gaps.put_on_agenda, graph, gap, coming, item)
    view = gaps.show(graph, OWNER, "en", datetime.now(UTC).date(), record=gap)
    assert [(one["id"], one["state"]) for one in view.agendas] == [(coming, "accepted")]
    assert (view.state, [one["id"] for one in view.planned]) == ("on_agenda", [coming])


def test_mentoring_gaps_are_known_to_the_programme_only(network, graph):
    programme = worlds.make(graph, "Programme", {"name": "Twenty leaders"}, {"organisation": [network["A"]]})
    leader = worlds.make(
        graph,
        "Person",
        {"name": "Invented Leader", "role_class": "leader", "alias": "Sparrow"},
        {"programme": [programme]},
    )
    coordinator = Viewer(roles=frozenset({"coordinator"}), overseen=(programme,))
    assert "leader_without_mentor" in classes(graph, viewer=coordinator)
    assert "leader_without_mentor" in classes(graph, viewer=Viewer(person=leader, roles=frozenset({"leader"})))
    for roles in ({"partner"}, {"manager"}, {"coordinator"}):
        answer = usecases.collaboration_answer(graph, Reader(Viewer(roles=frozenset(roles))), TODAY)
        assert not [gap for gap in answer.gaps if gap.cls in usecases.MENTORING]
        assert sum(answer.withheld.values()) == 1


def test_a_quiet_pair_by_its_history(network, graph):
    programme = worlds.make(graph, "Programme", {"name": "Twenty leaders"}, {"organisation": [network["A"]]})
    leader, mentor = (
        worlds.make(
            graph, "Person", {"name": role, "role_class": role, "valid_from": "2025-01-01"}, {"programme": [programme]}
        )
        for role in ("leader", "mentor")
    )
    pair = worlds.make(
        graph, "Mentorship", {"state": "active", "valid_from": "2025-06-01"},
        {"leader": [leader], "mentor": [mentor], "programme": [programme]}, states=["2025-06-01=active"],
    )  # fmt: skip
    worlds.make(
        graph,
        "Contact",
        {"on": TODAY - timedelta(days=59), "channel": "met"},
        {"pair": [pair], "organisations": [network["B"]]},
    )
    assert "pair_quiet" not in classes(graph)
    assert "pair_quiet" in classes(graph, on=TODAY + timedelta(days=1))
