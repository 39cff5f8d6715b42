"""The legal steps: any sequence stays legal, the fold replays them, the clock counts days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.referral_steps import (
    OVER,
    STEPS,
    UNANSWERED,
    UNDER_WAY,
    IllegalStepError,
    after,
    days_late,
    due,
    folded,
    open_steps,
)
from analytics.suppression import shown
from graphdb.catalogue import codes


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_a_sequence_is_legal_exactly_when_each_step_is_open(kinds):
    state, legal = "draft", True
    for kind in kinds:
        offered = {step.kind for side in ("sender", "receiver", "time") for step in open_steps(state, side)}
        if kind not in offered:
            legal = False
            with pytest.raises(IllegalStepError):
                after(state, kind)
            break
        state = after(state, kind)
    if legal:
        assert folded(kinds) == state
        assert state in codes("referral_state")
    else:
        with pytest.raises(IllegalStepError):
            folded(kinds)


def test_what_is_over_is_only_looked_at_or_reopened():
    for state in OVER:
        for side in ("sender", "receiver"):
            kinds = {step.kind for step in open_steps(state, side)}
            assert kinds <= {"see", "reopen"}, (state, side)
            assert all(after(state, kind) in {state, "reopened"} for kind in kinds)
    assert not open_steps("revoked", "sender"), "what the person stopped stays stopped"
    assert not OVER & (UNANSWERED | UNDER_WAY)


def test_nobody_answers_before_it_was_sent():
    assert {step.kind for step in open_steps("draft", "sender")} == {"send", "withdraw", "revoke"}
    assert {step.kind for step in open_steps("draft", "receiver")} == {"revoke"}


def test_nobody_but_the_clock_lets_one_lapse():
    for state in codes("referral_state"):
        for side in ("sender", "receiver"):
            assert "expire" not in {step.kind for step in open_steps(state, side)}


@given(st.integers(0, 400), st.sampled_from(["emergency", "urgent", "normal", None]))
def test_late_is_counted_from_the_day_after_the_limit(days, priority):
    sent = date(2025, 3, 1)
    late = days_late(sent, priority, None, sent + timedelta(days=days))
    assert late == max(0, days - {"emergency": 1, "urgent": 3}.get(priority, 14))
    assert days_late(sent, priority, sent, sent + timedelta(days=days)) == 0
    assert due(sent, "urgent") == date(2025, 3, 4)


@given(st.integers(0, 40), st.integers(0, 40))
def test_no_small_group_of_people_is_given_away(n, more):
    total = n + more
    part = shown(n, total)
    if part is not None:
        assert part == n
        assert n not in range(1, 5)
        assert total - n not in range(1, 5)
    assert shown(0) == 0
