"""Any sequence of what befalls a gap: legal steps only, the trail folds to its state, and the gaps equal those found anew."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.gap_steps import CLOSED, DECISIONS, MEETINGS, OPEN, RECORDS, IllegalGapStepError, decided, folded
from graphdb.catalogue import codes
from graphdb.gaps import NoSuchStepError
from graphdb.records import RefusedError
from tests.conftest import wipe
from tests.gaps.lives import Network

STATES = codes("gap_state")
KINDS = {kind for steps in (DECISIONS, MEETINGS, RECORDS) for kind in steps}

EVENTS = st.sampled_from(
    [*("detect",) * 3, *DECISIONS, "service", "no_service", "agenda", "minutes", "minutes_with_action", "later"]
)


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
