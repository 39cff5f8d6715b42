"""Derived ties: counted from dated facts, weighted by the size of the meeting, blind to order and to the future."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.collaboration import Agreement, Meeting, Project, Referral
from analytics.derived import (
    Bridges,
    InstitutionContact,
    MetWith,
    RefersTo,
    bridges,
    met_with,
    refers_to,
)
from analytics.ties import TieFacts, ties_of

AS_OF = date(2026, 1, 1)


def ago(days):
    return AS_OF - timedelta(days=days)


def test_referrals_are_counted_with_first_last_and_what_has_no_date():
    sent = [
        Referral("1", "a", "b", ago(10), accepted=True),
        Referral("2", "a", "b", ago(180), accepted=True),
        Referral("3", "a", "b", ago(179)),
        Referral("4", "a", "b", None, accepted=True),
        Referral("5", "a", "b", ago(-1)),
        Referral("6", "a", "a", ago(1)),
    ]
    assert refers_to(sent, AS_OF) == (RefersTo("a", "b", 4, 3, ago(180), ago(10), 1),)
    assert refers_to(sent, AS_OF, 180) == (RefersTo("a", "b", 2, 1, ago(179), ago(10), 1),)
    assert refers_to(sent, AS_OF, 5) == ()


def test_a_large_meeting_weighs_less_and_one_alone_nothing():
    met = [
        Meeting("1", ago(9), ("c", "a", "b")),
        Meeting("2", ago(5), ("b", "a", "a")),
        Meeting("3", ago(4), ("a",)),
        Meeting("4", None, ("a", "c")),
    ]
    assert met_with(met, AS_OF) == (
        MetWith("a", "b", 2, 1.5, ago(9), ago(5), 0),
        MetWith("a", "c", 2, 1.5, ago(9), ago(9), 1),
        MetWith("b", "c", 1, 0.5, ago(9), ago(9), 0),
    )
    assert [tie.weight for tie in met_with(met, AS_OF, 8)] == [1.0]


def test_bridges_count_contacts_with_institutions():
    contacts = [
        InstitutionContact("l", "o", ago(4)),
        InstitutionContact("l", "o", ago(7)),
        InstitutionContact("l", "o"),
    ]
    assert bridges(contacts, AS_OF) == (Bridges("l", "o", 3, ago(7), ago(4), 1),)
    assert bridges(contacts, AS_OF, 5) == (Bridges("l", "o", 1, ago(4), ago(4), 1),)


def test_partners_are_bound_by_an_agreement_in_force_or_a_joint_project():
    facts = TieFacts(
        agreements=(Agreement("g", ("b", "a"), ago(5), ago(0)), Agreement("h", ("a", "c"), None, ago(-1))),
        projects=(Project("p", ("a", "b"), ago(0), None), Project("q", ("a", "b"), ago(-1), None)),
    )
    found = {(tie.kind, tie.source, tie.target): tie for tie in ties_of(facts, ("agreement", "project"), AS_OF)}
    assert set(found) == {("project", "a", "b"), ("agreement", "a", "c")}
    assert (found["project", "a", "b"].undated, found["project", "a", "b"].first) == (0, ago(0))
    assert (found["agreement", "a", "c"].undated, found["agreement", "a", "c"].until) == (1, ago(-1))


names = st.sampled_from("abcde")
days = st.none() | st.integers(-10, 400).map(ago)
meetings = st.lists(st.builds(Meeting, st.just("m"), days, st.lists(names, max_size=5).map(tuple)), max_size=8)


@given(meetings, st.sampled_from([None, 1, 180]), st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_weights_are_the_exact_sums_whatever_the_order(met, window, random):
    def counts(on):
        return (window is None) if on is None else on <= AS_OF and (window is None or (AS_OF - on).days < window)

    exact = {}
    for meeting in met:
        present = sorted(set(meeting.present))
        for one in present:
            for other in present:
                if one < other and counts(meeting.held):
                    exact[one, other] = exact.get((one, other), 0) + Fraction(1, len(present) - 1)
    ties = met_with(met, AS_OF, window)
    assert {(tie.one, tie.other): tie.weight for tie in ties} == pytest.approx(
        {pair: float(x) for pair, x in exact.items()}
    )
    random.shuffle(met)
    assert met_with(met, AS_OF, window) == ties
