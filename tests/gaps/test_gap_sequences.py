"""Any sequence of what befalls a gap: legal steps only, the trail folds to its state, and the gaps equal those found anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.gap_steps import CLOSED, DECISIONS, MEETINGS, OPEN, RECORDS, IllegalGapStepError, decided, folded
from graphdb import gaps, records
from graphdb.catalogue import codes, kind_of
from graphdb.gaps import NoSuchStepError
from graphdb.meetings.agenda import NewItem
from graphdb.meetings.holding import Entry, NewAction, write_down
from graphdb.records import RefusedError
from graphdb.writes import change
from tests.conftest import wipe
from tests.gaps import worlds
from tests.gaps.worlds import ACTOR
from web.gaps import detection

TODAY = datetime.now(UTC).date()
STATES = codes("gap_state")
KINDS = {kind for steps in (DECISIONS, MEETINGS, RECORDS) for kind in steps}

EVENTS = st.sampled_from(
    [*("detect",) * 3, *DECISIONS, "service", "no_service", "agenda", "minutes", "minutes_with_action", "later"]
)


class Network:
    """One place, one type of service, a partner that offers it and one that may; its gap is that of the cell."""

    def __init__(self, graph):
        self.graph, self.day = graph, TODAY
        self.place, self.type = worlds.place(graph, "Kamen"), worlds.service_type(graph, "Health")
        self.one, self.two = worlds.organisation(graph, "A"), worlds.organisation(graph, "B")
        worlds.requirement(graph, self.place, self.type)
        self.offer(self.one)
        self.others: list[str] = []
        self.detect()

    def offer(self, partner):
        return worlds.service(self.graph, partner, self.type, [self.place], assured=[TODAY - timedelta(days=1)])

    def gap(self):
        found = self.graph.define(
            "MATCH (g:Gap) WHERE g.key STARTS WITH 'coverage:'"
            " RETURN g.id AS id, g.state AS state, g.version AS version, g.gone_on AS gone,"
            " COLLECT { MATCH (e:AuditEntry {record: g.id}) WITH e ORDER BY e.n RETURN e.verb } AS verbs"
        )
        assert len(found) == 1, "one record a key, whatever happens"
        return found[0]

    def detect(self):
        detection.detect(self.graph, ACTOR, self.day)

    def do(self, work):
        change(self.graph, ACTOR, lambda c: str(work(c)))

    def decide(self, kind):
        gap = self.gap()["id"]
        until = (TODAY + timedelta(days=30)).isoformat()
        item = NewItem("Health", 10, about=(gap,))
        meeting = self.meeting() if kind == "agenda" else ""
        self.do(
            {
                "confirm": lambda c: gaps.confirm(c, gap),
                "false_positive": lambda c: gaps.not_a_gap(c, gap, None, "They share an office."),
                "accept_risk": lambda c: gaps.accept_risk(c, gap, None, until, "Until the new protocol"),
                "reopen": lambda c: gaps.drop_decision(c, gap),
                "agenda": lambda c: gaps.put_on_agenda(c, self.graph, gap, meeting, item),
            }[kind]
        )

    def meeting(self):
        """A meeting to come, one at a time."""
        found = self.graph.define("MATCH (m:Meeting {state: 'planned'}) RETURN m.id AS id")
        if found:
            return found[0]["id"]
        starts = f"{(TODAY + timedelta(days=3)).isoformat()}T10:00"
        values = {"name": "A meeting", "starts_at": starts, "state": "planned"}
        return worlds.make(self.graph, "Meeting", values, {"invited": [self.one, self.two]})

    def minutes(self, *, action):
        """The planned meeting is held, with or without somebody who promises something about the gap."""
        found = self.graph.define(
            "MATCH (m:Meeting {state: 'planned'})-[:HAS_ITEM]->(i)-[:ABOUT]->(:Gap)"
            " RETURN m.id AS id, m.version AS v, i.id AS item"
        )
        if not found:
            return
        promised = (NewAction("Ask a doctor", self.one, TODAY + timedelta(days=20)),) if action else ()
        entry = Entry(found[0]["item"], "discussed", "They will ask." if action else "", promised)
        self.do(lambda c: write_down(c, self.graph, found[0]["id"], found[0]["v"], "", [entry]))

    def happen(self, event):
        if event == "detect":
            self.detect()
        elif event == "service":
            self.others.append(self.offer(self.two))
        elif event == "no_service" and self.others:
            gone = self.others.pop()
            self.do(lambda c: records.archive(c, kind_of("Service"), gone) or gone)
        elif event == "later":
            self.day += timedelta(days=40)
            self.detect()
        elif event.startswith("minutes"):
            self.minutes(action=event == "minutes_with_action")
        elif event in DECISIONS:
            self.decide(event)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(EVENTS, min_size=3, max_size=9))
def test_any_sequence_is_legal_and_folds_to_the_state(graph, events):
    wipe(graph)
    net = Network(graph)
    assert net.gap()["state"] == "detected"
    for event in events:
        before = net.gap()
        refused = refusal(net, event)
        if refused:
            assert before["state"] not in DECISIONS[event].before, "refused without need"
            assert "cannot be done" in refused, "in words"
            assert net.gap() == before, "and nothing was changed"
            continue
        after = net.gap()
        if event in DECISIONS and event != "agenda":
            assert before["state"] in DECISIONS[event].before, "an illegal step was taken"
            assert after["state"] == DECISIONS[event].after
        assert after["verbs"][: len(before["verbs"])] == before["verbs"], "the trail is only added to"
        assert after["state"] in STATES
        assert folded(after["verbs"]) == after["state"], (before, event, after)
    equals_those_found_anew(net)


def refusal(net, event):
    """What is said where a step is refused, "" where it is taken."""
    try:
        net.happen(event)
    except NoSuchStepError as refused:
        return str(refused)
    return ""


def equals_those_found_anew(net):
    """Looking again finds, in a network without any memory, just the gaps that are kept and not closed or gone."""
    net.detect()
    kept = net.graph.define("MATCH (g:Gap) WHERE g.gone_on IS NULL RETURN g.key AS key, g.cls AS cls ORDER BY key")
    closed = net.graph.define("MATCH (g:Gap {state: $closed}) RETURN g.gone_on AS gone", closed=CLOSED)
    assert all(row["gone"] for row in closed)
    net.graph.define("MATCH (g:Gap) DETACH DELETE g")
    net.detect()
    assert net.graph.define("MATCH (g:Gap) RETURN g.key AS key, g.cls AS cls ORDER BY key") == kept


def test_the_whole_circle(graph):
    """Found, on the agenda, decided, promised, closed by what the records show, found again."""
    net = Network(graph)
    for event in ("agenda", "minutes_with_action", "service", "detect", "no_service", "detect"):
        net.happen(event)
    gap = net.gap()
    assert gap["state"] == "reopened"
    steps = [verb for verb in gap["verbs"] if verb in KINDS]
    assert steps == ["on_agenda", "in_action", "close", "reopen"]


@pytest.mark.parametrize("kind", DECISIONS)
def test_a_closed_gap_is_opened_by_the_records_alone(graph, kind):
    net = Network(graph)
    net.happen("service")
    net.detect()
    assert net.gap()["state"] == CLOSED
    with pytest.raises(RefusedError):
        net.decide(kind)
    assert net.gap()["state"] == CLOSED


@given(st.sampled_from(STATES), st.sampled_from(sorted(KINDS)))
def test_a_decision_leads_to_its_state_or_is_refused(state, kind):
    if kind in DECISIONS and state in DECISIONS[kind].before:
        assert decided(state, kind) == DECISIONS[kind].after
    else:
        with pytest.raises(IllegalGapStepError):
            decided(state, kind)


def test_every_open_gap_can_be_ended_and_nothing_leads_nowhere():
    for state in OPEN:
        assert state in RECORDS["close"].before
        assert state in DECISIONS["false_positive"].before
    assert {step.after for steps in (DECISIONS, MEETINGS, RECORDS) for step in steps.values()} | {"detected"} == set(
        STATES
    )
