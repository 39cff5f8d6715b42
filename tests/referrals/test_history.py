"""The steps a row of a list tells: legal, in order, nothing lost and nothing invented; and the cache they leave."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.referral_history import CLOSED, FIELDS, Told, UnlikelyError, history
from analytics.referral_steps import STEPS, cached, folded
from web.interchange.vocabularies import REFERRAL_STATES, ROUGH_STATES

TODAY = date(2026, 6, 1)
DAY = date(2026, 3, 2)


def on(days):
    return DAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ({}, "send"),
        ({"state": "sent"}, "send"),
        ({"state": "open", "accepted_on": on(2)}, "send accept"),
        ({"acknowledged_on": on(1), "accepted_on": on(2)}, "send acknowledge accept"),
        ({"answered_on": on(1)}, "send acknowledge"),
        ({"answered_on": on(1), "state": "accepted"}, "send accept"),
        ({"answered_on": on(1), "accepted_on": on(3)}, "send acknowledge accept"),
        ({"answered_on": on(1), "state": "rejected"}, "send decline"),
        ({"acknowledged_on": on(1), "closed_on": on(4), "state": "rejected"}, "send acknowledge decline"),
        ({"answered_on": on(1), "state": "redirected"}, "send redirect"),
        ({"accepted_on": on(1), "closed_on": on(5), "state": "redirected"}, "send accept redirect"),
        ({"accepted_on": on(1), "started_on": on(5)}, "send accept begin"),
        ({"accepted_on": on(1), "closed_on": on(5), "state": "closed", "outcome": "helped"}, "send accept close_helped"),
        ({"accepted_on": on(1), "started_on": on(2), "closed_on": on(5), "state": "closed_successful"}, "send accept begin close_helped"),
        ({"closed_on": on(5), "outcome": "not_helped", "accepted_on": on(5)}, "send accept close_not_helped"),
        ({"closed_on": on(5), "state": "withdrawn"}, "send withdraw"),
        ({"answered_on": on(1), "closed_on": on(5), "state": "revoked"}, "send acknowledge revoke"),
        ({"closed_on": on(90), "state": "expired"}, "send expire"),
    ],
)  # fmt: skip
def test_a_row_tells_these_steps(told, kinds):
    course = history(Told(DAY, **told), TODAY)
    assert [kind for kind, _ in course.steps] == kinds.split()
    assert not course.accepted_by


def test_that_a_case_was_accepted_follows_from_what_came_later_and_is_a_doubt():
    course = history(Told(DAY, "closed_successful", started_on=on(3), closed_on=on(9)), TODAY)
    assert course.steps == [("send", DAY), ("accept", on(3)), ("begin", on(3)), ("close_helped", on(9))]
    assert course.accepted_by


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        ({"sent_on": None}, "sent_missing", "sent_on"),
        ({"accepted_on": TODAY + timedelta(days=1)}, "day_in_future", "accepted_on"),
        ({"closed_on": on(-1), "state": "closed", "outcome": "helped", "accepted_on": on(0)}, "days_out_of_order", "closed_on"),
        ({"accepted_on": on(-1)}, "days_out_of_order", "accepted_on"),
        ({"state": "sent", "accepted_on": on(1)}, "day_not_in_state", "accepted_on"),
        ({"state": "rejected", "accepted_on": on(1), "closed_on": on(2)}, "day_not_in_state", "accepted_on"),
        ({"state": "accepted", "closed_on": on(1)}, "day_not_in_state", "closed_on"),
        ({"state": "closed", "closed_on": on(1)}, "outcome_missing", "outcome"),
        ({"closed_on": on(1)}, "outcome_missing", "outcome"),
        ({"state": "closed_successful", "outcome": "not_helped", "closed_on": on(1)}, "outcome_differs", "outcome"),
        ({"state": "accepted", "outcome": "helped", "accepted_on": on(1)}, "outcome_differs", "outcome"),
        ({"state": "accepted"}, "day_missing", "accepted_on"),
        ({"state": "acknowledged"}, "day_missing", "acknowledged_on"),
        ({"state": "rejected"}, "day_missing", "answered_on"),
        ({"state": "in_service", "accepted_on": on(1)}, "day_missing", "started_on"),
        ({"state": "closed", "outcome": "helped", "accepted_on": on(1)}, "day_missing", "closed_on"),
        ({"state": "withdrawn"}, "day_missing", "closed_on"),
        ({"state": "redirected"}, "day_missing", "closed_on"),
        ({"state": "draft"}, "never_sent", "state"),
        ({"state": "reopened"}, "reopened_in_list", "state"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_reason(told, code, field):
    with pytest.raises(UnlikelyError) as refused:
        history(Told(**{"sent_on": DAY, **told}), TODAY)
    assert (refused.value.code, refused.value.field) == (code, field)


days = st.none() | st.integers(0, 100).map(on)


@given(st.builds(
    Told, days, st.sampled_from(["", *REFERRAL_STATES.codes, *ROUGH_STATES.codes]), st.sampled_from(["", *CLOSED]), days, days, days, days, days
))  # fmt: skip
def test_every_row_is_a_legal_course_or_refused(told):
    try:
        course = history(told, TODAY)
    except UnlikelyError:
        return
    kinds, at = zip(*course.steps, strict=True)
    assert kinds[0] == "send"
    assert list(at) == sorted(at), "no step before the one ahead of it"
    assert set(at) <= {told.day(name) for name in FIELDS}, "no day that the row does not tell"
    state = folded(kinds)
    if told.state not in {"", "open", "closed"}:
        assert state == told.state
    if told.outcome:
        assert state == CLOSED[told.outcome]


@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 3)), max_size=14))
def test_the_cache_is_the_state_and_the_days_of_the_steps(drawn):
    steps, day = [], DAY
    for kind, later in drawn:
        try:
            folded([*(each for each, _ in steps), kind])
        except ValueError:
            continue
        day += timedelta(days=later)
        steps.append((kind, day))
    kept, kinds = cached(steps), [kind for kind, _ in steps]
    assert kept.state == folded(kinds)
    answers = [at for kind, at in steps if kind in {"acknowledge", "accept", "decline", "redirect"}]
    assert kept.answered_on == min(answers, default=None)
    assert (kept.closed_on is None) == (
        kept.state in {"draft", "sent", "acknowledged", "accepted", "in_service", "reopened"}
    )
