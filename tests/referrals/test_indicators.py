"""The indicators against a slow recount by the words of definitions.md 2.6, and the median against another algorithm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.referral_indicators import (
    PUBLISHED,
    RATES,
    SUMS,
    Case,
    Day,
    Hop,
    course,
    sent_in,
    tallies,
    tally,
)
from analytics.referral_steps import LIMITS, STEPS
from analytics.referral_table import table
from analytics.survival import median_time

ON = date(2026, 5, 4)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY = Day.at(ON, datetime(2026, 6, 1, tzinfo=UTC))
END = datetime(2026, 5, 5, tzinfo=UTC)


def case(*steps, sent=10.0, priority="normal", **more):
    """A case sent so many days before noon of ON; each step (kind, days after sending)."""
    start = NOON - timedelta(days=sent)
    taken = (("send", start), *((kind, start + timedelta(days=after)) for kind, after in steps))
    return Case("a", "b", "s", "p", False, priority, "any", start.date(), steps=taken, **more)


# --- by hand ---


def test_an_unanswered_one_is_due_only_when_its_limit_has_passed():
    waits, late = course(case(sent=13), DAY), course(case(sent=15), DAY)
    assert (waits.due, waits.taken_back, waits.answered) == (False, False, None)
    assert late.due
    assert not late.in_time


def test_urgent_is_three_days_to_the_hour():
    assert course(case(("acknowledge", 2.99), priority="urgent"), DAY).in_time
    assert not course(case(("acknowledge", 3.01), priority="urgent"), DAY).in_time
    assert course(case(("acknowledge", 3.01), priority="urgent"), DAY).answered == pytest.approx(3.01)


def test_what_happened_later_has_not_happened():
    one = case(("acknowledge", 2), ("accept", 20))
    assert course(one, DAY).decision is None
    assert course(one, Day.at(ON + timedelta(days=30), END + timedelta(days=60))).decision == "accepted"


def test_taken_back_before_its_limit_is_nobodys_failure_and_after_it_is():
    assert course(case(("withdraw", 2)), DAY).taken_back
    assert not course(case(("withdraw", 2)), DAY).due
    assert course(case(("withdraw", 15), sent=20), DAY).due


def test_reopened_is_not_closed_and_the_last_decision_counts():
    again = case(("decline", 1), ("reopen", 2), ("accept", 3))
    assert course(again, DAY).decision == "accepted"
    assert course(case(("accept", 1), ("close_helped", 2), ("reopen", 3)), DAY).closed is None


def test_success_is_verified_by_a_service_that_began():
    closed = case(("accept", 1), ("close_helped", 2))
    begun = case(("accept", 1), ("begin", 2), ("close_helped", 3))
    assert not course(closed, DAY).verified
    assert course(begun, DAY).verified
    assert course(replace(closed, served_on=ON), DAY).verified
    assert not course(replace(closed, served_on=ON + timedelta(days=1)), DAY).verified


def test_back_to_the_sender_within_thirty_days_is_ping_pong():
    sent = case(("redirect", 1), sent=60)
    there = sent.sent_on
    assert course(replace(sent, hops=(Hop("a", there + timedelta(days=30)),)), DAY).ping_pong
    assert not course(replace(sent, hops=(Hop("a", there + timedelta(days=31)),)), DAY).ping_pong
    assert not course(replace(sent, hops=(Hop("c", there), Hop("a", there))), DAY).ping_pong
    assert course(replace(sent, hops=(Hop("c", there), Hop("a", there))), DAY).hops == 2


def test_lists_from_before_have_days_only():
    told = Case("a", "b", None, None, False, "urgent", "closed_successful", ON - timedelta(days=30),
                answered_on=ON - timedelta(days=27), closed_on=ON - timedelta(days=2))  # fmt: skip
    found = course(told, DAY)
    assert (found.answered, found.in_time, found.decision, found.closed) == (3, True, "accepted", "closed_successful")
    assert course(told, Day.at(ON - timedelta(days=5), END)).closed is None
    silent = Case("a", "b", None, None, False, None, "expired", ON - timedelta(days=30))
    assert course(silent, DAY).due
    assert course(silent, DAY).answered is None


def test_nothing_is_undefined_not_zero():
    empty = tally([], DAY)
    assert all(empty.rate(name) is None for name in RATES)
    assert empty.median_response() is None
    assert empty.mean_depth() is None
    assert tallies([], None, DAY)[()].counts["sent"] == 0


# --- the median ---


def test_median_by_hand():
    # Kaplan and Meier: 3 of 6 events before 10; censored ones leave those at risk: 5/6, 5/6*4/5, 5/6*4/5*2/3=4/9
    seen = [(1, True), (3, True), (4, False), (6, True), (9, False), (10, True)]
    assert median_time(seen) == 6
    assert median_time([(1, True), (5, False), (5, False)]) is None
    assert median_time([(2, True), (4, True)]) == 2


def to_the_right(seen):
    """Another way to the same estimate (Efron 1967): each censored one gives its weight to those after it."""
    order = sorted(seen, key=lambda one: (one[0], not one[1]))
    weights = [1 / len(order)] * len(order) if order else []
    left = 1.0
    for number, (time, event) in enumerate(order):
        later = len(order) - number - 1
        if not event:
            for other in range(number + 1, len(order)):
                weights[other] += weights[number] / later
            continue
        left -= weights[number]
        after = [one for one in order[number + 1 :] if one == (time, True)]
        if not after and left <= 0.5 + 1e-9:
            return time
    return None


@given(st.lists(st.tuples(st.integers(0, 15), st.booleans()), max_size=30))
@settings(deadline=None)
def test_median_by_another_algorithm(seen):
    assert median_time(seen) == to_the_right(seen)


# --- a slow recount ---

LATER = ("reopen", "see", "correct", "expire", "redirect", "revoke")


@st.composite
def stories(draw):
    """Cases whose steps follow from each other, in any order the state machine allows."""
    sent = draw(st.floats(0, 60).map(lambda days: round(days, 2)))
    at, steps, seen, served = 0.0, [], None, None
    for _ in range(draw(st.integers(0, 6))):
        at += draw(st.floats(0.01, 12))
        steps.append((draw(st.sampled_from(["acknowledge", "accept", "decline", "redirect", "begin", "close_helped",
                                             "close_not_helped", "withdraw", "revoke", "reopen"])), at))  # fmt: skip
    steps = legal(steps)
    made = case(*steps, sent=sent, priority=draw(st.sampled_from(["emergency", "urgent", "normal", None])))
    if any(kind.startswith("close") for kind, _ in steps) and draw(st.booleans()):
        seen = draw(st.dates(ON - timedelta(days=60), ON + timedelta(days=9)))
    hops = ()
    if any(kind == "redirect" for kind, _ in steps):
        hops = tuple(Hop(draw(st.sampled_from("abc")), made.sent_on + timedelta(days=draw(st.integers(0, 40))))
                     for _ in range(draw(st.integers(1, 3))))  # fmt: skip
    return replace(made, sender=draw(st.sampled_from("abc")), receiver=draw(st.sampled_from("de")), minor=draw(st.booleans()),
                   seen_on=seen, served_on=served, hops=hops, first=draw(st.booleans()))  # fmt: skip


def legal(steps):
    follows = {
        "sent": "acknowledge accept decline redirect withdraw revoke", "acknowledge": "accept decline redirect withdraw revoke",
        "accept": "begin close_helped close_not_helped redirect withdraw revoke", "begin": "close_helped close_not_helped withdraw revoke",
        "decline": "reopen", "close_helped": "reopen", "close_not_helped": "reopen", "withdraw": "reopen",
        "reopen": "acknowledge accept decline redirect withdraw revoke",
    }  # fmt: skip
    taken, last = [], "sent"
    for kind, at in steps:
        if kind in follows.get(last, "").split():
            taken.append((kind, at))
            last = kind
    return taken


def recount(cases):
    """By the words of the definitions, one case after the other, with nothing shared with the code."""
    found = dict.fromkeys(PUBLISHED, 0)
    for one in cases:
        known = [(kind, at) for kind, at in one.steps if at < END]
        kinds = [kind for kind, _ in known]
        sent = known[0][1] if known else NOON
        limit = {"emergency": 1, "urgent": 3}.get(one.priority, 14)
        answers = [at for kind, at in known if kind in ("acknowledge", "accept", "decline", "redirect")]
        backs = [at for kind, at in known if kind in ("withdraw", "revoke")]
        overdue = sent + timedelta(days=limit) < END
        found["sent"] += 1
        found["first_sent"] += one.first
        if answers:
            found["acknowledged"] += 1
            found["in_time"] += (min(answers) - sent).total_seconds() <= limit * 86400
        elif backs and (min(backs) - sent).total_seconds() <= limit * 86400:
            found["taken_back"] += 1
        elif overdue:
            found["no_feedback"] += 1
        else:
            found["not_yet_due"] += 1
        handed = [hop for hop in one.hops if hop.sent_on <= ON]
        found["redirected"] += bool(handed) or "redirect" in kinds
        found["ping_pong"] += (
            bool(handed) and handed[0].receiver == one.sender and (handed[0].sent_on - one.sent_on).days <= 30
        )
        verdicts = [kind for kind in kinds if kind in ("accept", "decline", "redirect")]
        if verdicts and verdicts[-1] == "decline":
            found["rejected"] += 1
        if verdicts and verdicts[-1] == "accept":
            found["accepted"] += 1
            turns = [kind for kind in kinds if kind in ("close_helped", "close_not_helped", "reopen")]
            if turns and turns[-1] != "reopen":
                found["closed"] += 1
                found["closed_successful"] += turns[-1] == "close_helped"
                found["verified"] += turns[-1] == "close_helped" and "begin" in kinds
                found["loop_closed"] += one.seen_on is not None and one.seen_on <= ON
    found["due"] = found["acknowledged"] + found["no_feedback"]
    found["decided"] = found["accepted"] + found["rejected"]
    found["closed_not_verified"] = found["closed"] - found["verified"]
    return found


@given(st.lists(stories(), max_size=25))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_counts_equal_a_slow_recount(cases):
    sent = [one for one in cases if one.sent_on <= ON]
    found = tally(sent, DAY)
    assert {name: found.counts[name] for name in PUBLISHED} == recount(sent)
    for total, parts in SUMS:
        assert found.counts[total] == sum(found.counts[part] for part in parts), (total, parts)
    for name, (part, whole) in RATES.items():
        assert found.rate(name) == (found.counts[part] / found.counts[whole] if found.counts[whole] else None)


@given(st.lists(stories(), max_size=40), st.sampled_from(["pair", "service", "place"]))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rows_add_up_and_what_is_shown_is_true_and_not_small(cases, by):
    plain, guarded = table(cases, by, DAY, exact=True), table(cases, by, DAY, exact=False)
    for name in PUBLISHED:
        assert sum(row.count(name) for row in plain.rows) == plain.whole.count(name)
    true = {row.key: row for row in (*plain.rows, plain.whole)}
    for row in (*guarded.rows, guarded.whole):
        for name in PUBLISHED:
            n = row.count(name)
            assert n is None or n == true[row.key].count(name)
            assert n is None or n == 0 or n >= (10 if true[row.key].tally.minors[name] else 5)
        for name, (part, whole) in RATES.items():
            assert row.rate(name) is None or {part, whole}.isdisjoint(row.hidden)
    assert guarded.left == len(plain.rows) - len(guarded.rows)
    shown = sum(row.count("sent") or 0 for row in guarded.rows)
    if (
        guarded.left
        and guarded.whole.count("sent") is not None
        and all(row.count("sent") is not None for row in guarded.rows)
    ):
        assert guarded.whole.count("sent") - shown >= 5, "the rest cannot be told from the total"


def test_the_window_has_both_its_days():
    cases = [case(sent=days) for days in (0, 1, 2)]
    assert len(sent_in(cases, ON - timedelta(days=1), ON)) == 2


def test_limits_are_those_of_the_steps():
    assert set(LIMITS) == {"emergency", "urgent", "normal"}
    assert {kind for kind, step in STEPS.items() if step.side == "receiver"} >= {"acknowledge", "accept", "decline"}
