"""Figures of meetings, counted by hand and by rule."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.meetings import (
    Promise,
    Share,
    attendance_rate,
    carry_over_age,
    continuity,
    decision_rate,
    follow_up_rate,
    gap_closure,
)

ON = date(2026, 11, 21)


def test_absent_excused_and_unnoted_are_not_present():
    modes = {"a": "present", "b": "deputy", "c": "online", "d": "excused", "e": "absent", "f": None}
    assert attendance_rate(modes) == Share(3, 6)


def test_continuity_compares_only_who_was_noted_twice():
    assert continuity({"a": "x", "b": "y", "c": None, "d": "z"}, {"a": "x", "b": "q", "c": "w"}) == Share(1, 2)


def test_decisions_carry_over_and_closure():
    assert decision_rate([True, False, True]) == Share(2, 3)
    assert carry_over_age([ON - timedelta(days=10), ON - timedelta(days=40)], ON) == 25
    assert carry_over_age([], ON) is None
    assert gap_closure({"g1", "g2"}, {"g2", "g3"}) == Share(1, 2)


def test_late_is_not_kept_and_not_yet_due_is_not_counted():
    promises = [
        Promise(ON - timedelta(days=3), ON - timedelta(days=3), "done"),
        Promise(ON - timedelta(days=3), ON - timedelta(days=2), "done"),
        Promise(ON - timedelta(days=3)),
        Promise(ON + timedelta(days=1), ON, "done"),
        Promise(ON - timedelta(days=3), None, "cancelled"),
        Promise(None),
    ]
    assert follow_up_rate(promises, ON) == Share(1, 3)


days = st.integers(-50, 50).map(lambda n: ON + timedelta(days=n))
promise = st.builds(
    Promise, due=st.none() | days, done=st.none() | days, state=st.sampled_from(["open", "done", "cancelled"])
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(promise, max_size=12), promise)
def test_the_share_is_never_more_than_its_whole_and_one_more_promise_moves_it_by_one(promises, more):
    before, after = follow_up_rate(promises, ON), follow_up_rate([*promises, more], ON)
    assert 0 <= before.part <= before.whole <= len(promises)
    assert after.whole - before.whole in (0, 1)
    assert 0 <= after.part - before.part <= after.whole - before.whole
