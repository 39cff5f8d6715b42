"""Collaboration gaps one by one, from the text of definitions.md 2.5 and 2.7."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from analytics.collaboration import (
    Action,
    Agreement,
    CollaborationFacts,
    GapClass,
    Meeting,
    Member,
    MentoringPair,
    NotJudged,
    ObservedTie,
    OpenGap,
    Person,
    Referral,
    SeriesMember,
    find_gaps,
)
from analytics.reasons import because

AS_OF = date(2026, 1, 1)
TOMORROW = AS_OF + timedelta(days=1)
MEMBERS = tuple(Member(name) for name in "abcd")


def ago(days):
    return AS_OF - timedelta(days=days)


def gaps(cls, *, as_of=AS_OF, open_gaps=(), settled=(), **facts):
    found = find_gaps(CollaborationFacts(**({"members": MEMBERS} | facts)), as_of, open_gaps=open_gaps, settled=settled)
    assert sum(found.counts.values()) == len(found.gaps)
    return [gap for gap in found.gaps if gap.cls == cls]


def referrals(n, source="a", target="b", first=1):
    return tuple(Referral(f"{source}{target}{each}", source, target, ago(first + each)) for each in range(n))


class TestPaperTie:
    @pytest.mark.parametrize(("start", "end", "found"), [
        (ago(180), None, 1), (ago(179), None, 0), (None, None, 1), (ago(400), AS_OF, 0), (ago(400), TOMORROW, 1),
    ])  # fmt: skip
    def test_agreement_in_force_for_at_least_the_window(self, start, end, found):
        assert len(gaps(GapClass.PAPER_TIE, agreements=(Agreement("g", ("b", "a"), start, end),))) == found

    @pytest.mark.parametrize("day", [180, -1])
    def test_what_lies_outside_the_window_is_no_tie(self, day):
        assert gaps(
            GapClass.PAPER_TIE, agreements=(Agreement("g", ("a", "b")),), referrals=(Referral("r", "b", "a", ago(day)),)
        )

    @pytest.mark.parametrize("facts", [
        {"referrals": (Referral("r", "b", "a", ago(179)),)},
        {"referrals": (Referral("r", "a", "b", AS_OF),)},
        {"meetings": (Meeting("m", ago(3), ("a", "c", "b")),)},
        {"actions": (Action("t", ("a", "b"), opened=ago(10)),)},
        {"actions": (Action("t", ("a", "b"), opened=ago(400), closed=ago(10)),)},
        {"other_ties": (ObservedTie("mentoring_bridge", "b", "a", ago(10)),)},
    ])  # fmt: skip
    def test_any_observed_tie_makes_it_real(self, facts):
        assert not gaps(GapClass.PAPER_TIE, agreements=(Agreement("g", ("a", "b")),), **facts)

    def test_reasons_name_agreement_last_tie_and_what_is_undated(self):
        (gap,) = gaps(
            GapClass.PAPER_TIE,
            agreements=(Agreement("g", ("b", "a"), ago(400)), Agreement("h", ("a", "b"))),
            referrals=(Referral("r", "a", "b", ago(200)), Referral("s", "a", "b", None)),
        )
        assert (gap.source, gap.target, gap.members, gap.n, gap.key) == ("a", "b", ("a", "b"), 2, "C2:a:b")
        assert gap.window is not None
        assert (gap.window.after, gap.window.until) == (ago(180), AS_OF)
        assert gap.reasons == (
            because("agreement_in_force", agreement="g", since=ago(400), until=None, days=400),
            because("agreement_in_force", agreement="h", since=None, until=None, days=None),
            because("undated", agreement="h"),
            because("no_tie_in_window", days=180, last=ago(200), last_kind="referral"),
            because("undated", ties=1),
        )

    def test_each_pair_of_three_parties_and_nobody_who_left(self):
        three = (Agreement("g", ("a", "b", "c")),)
        assert [gap.members for gap in gaps(GapClass.PAPER_TIE, agreements=three)] == [
            ("a", "b"),
            ("a", "c"),
            ("b", "c"),
        ]
        members = (Member("a"), Member("b"), Member("c", left=AS_OF))
        assert [gap.members for gap in gaps(GapClass.PAPER_TIE, members=members, agreements=three)] == [("a", "b")]


class TestInformalDependency:
    @pytest.mark.parametrize(("n", "found"), [(9, 0), (10, 1)])
    def test_ten_referrals_one_way(self, n, found):
        assert len(gaps(GapClass.INFORMAL_DEPENDENCY, referrals=referrals(n))) == found

    def test_both_ways_do_not_add_up_and_the_edge_of_the_window_is_out(self):
        assert not gaps(GapClass.INFORMAL_DEPENDENCY, referrals=referrals(9) + referrals(9, "b", "a"))
        assert not gaps(GapClass.INFORMAL_DEPENDENCY, referrals=(*referrals(9), Referral("x", "a", "b", ago(180))))
        assert gaps(GapClass.INFORMAL_DEPENDENCY, referrals=(*referrals(9), Referral("x", "a", "b", ago(179))))

    def test_an_agreement_in_force_makes_it_formal_a_lapsed_one_is_the_reason(self):
        sent = referrals(12)
        assert not gaps(GapClass.INFORMAL_DEPENDENCY, referrals=sent, agreements=(Agreement("g", ("b", "a")),))
        lapsed = (Agreement("g", ("b", "a"), ago(900), ago(30)), Agreement("f", ("b", "a"), ago(900), ago(300)))
        (gap,) = gaps(GapClass.INFORMAL_DEPENDENCY, referrals=(*sent, Referral("u", "a", "b")), agreements=lapsed)
        assert (gap.source, gap.target, gap.n, gap.key) == ("a", "b", 12, "C3:a:b")
        assert gap.reasons == (
            because("referrals_in_window", n=12, at_least=10),
            because("agreement_lapsed", agreement="g", on=ago(30)),
            because("undated", referrals=1),
        )
        (gap,) = gaps(GapClass.INFORMAL_DEPENDENCY, referrals=sent)
        assert gap.reasons[1] == because("no_agreement")

    def test_an_organisation_does_not_depend_on_itself(self):
        assert not gaps(GapClass.INFORMAL_DEPENDENCY, referrals=referrals(12, "a", "a"))


def series(*presents, name="x", first=100):
    return tuple(
        Meeting(f"{name}{number}", ago(first - 10 * number), tuple(present), name)
        for number, present in enumerate(presents)
    )


IN_X = (SeriesMember("x", "a"), SeriesMember("x", "b"))


class TestNeverInTheRoom:
    def test_five_referrals_in_either_direction_make_two_that_should_meet(self):
        apart = {"meetings": series("ac", "bc", "ad"), "series_members": IN_X}
        assert not gaps(GapClass.NEVER_IN_THE_ROOM, referrals=referrals(4), **apart)
        (gap,) = gaps(GapClass.NEVER_IN_THE_ROOM, referrals=referrals(3) + referrals(2, "b", "a"), **apart)
        assert (gap.key, gap.members, gap.n) == ("C6:a:b", ("a", "b"), 3)
        assert gap.reasons == (
            because("referrals_between", n=5, at_least=5),
            because("not_met", meetings=("x0", "x1", "x2"), one=2, other=1),
        )

    def test_open_actions_at_the_same_aim(self):
        def found(*actions):
            held = series("a", "b", "c")
            return [
                g.members for g in gaps(GapClass.NEVER_IN_THE_ROOM, actions=actions, meetings=held, series_members=IN_X)
            ]

        one, other = Action("t1", ("a",), ("g",), ago(20)), Action("t2", ("b",), ("g", "h"), ago(9))
        assert found(one, other) == [("a", "b")]
        assert found(one, replace(other, closed=AS_OF)) == []
        assert found(one, replace(other, opened=TOMORROW)) == []
        assert found(one, replace(other, aims=("h",))) == []

    def test_providers_of_one_open_gap_and_the_pair_of_a_found_one(self):
        held = {"meetings": series("a", "b", "c"), "series_members": IN_X}
        cell = OpenGap("coverage:p:s:*", ("b", "a"))
        (gap,) = gaps(GapClass.NEVER_IN_THE_ROOM, open_gaps=[cell], **held)
        assert gap.reasons[0] == because("same_open_gap", gap="coverage:p:s:*")
        paper = {"agreements": (Agreement("g", ("a", "b")),)}
        (gap,) = gaps(GapClass.NEVER_IN_THE_ROOM, **held, **paper)
        assert gap.reasons[0] == because("same_open_gap", gap="C2:a:b")
        assert not gaps(GapClass.NEVER_IN_THE_ROOM, settled=["C2:a:b"], **held, **paper)

    def test_only_the_last_three_held_of_a_series_either_belongs_to_count(self):
        def met(meetings, members=IN_X):
            return not gaps(
                GapClass.NEVER_IN_THE_ROOM, referrals=referrals(5), meetings=meetings, series_members=members
            )

        assert met(series("ab", "a", "b"))
        assert not met(series("ab", "a", "b", "c"))
        assert not met((*series("a", "b"), *series("ab", name="y")), (*IN_X, SeriesMember("y", "c")))
        assert met((*series("a", "b"), *series("ab", name="y")), (*IN_X, SeriesMember("y", "b")))
        assert not met(
            (*series("a", "b"), Meeting("alone", ago(3), ("a", "b")), Meeting("undated", None, ("a", "b"), "x"))
        )
        assert not met((*series("a", "b"), Meeting("later", TOMORROW, ("a", "b"), "x")))

    def test_without_a_meeting_nothing_is_known(self):
        facts = CollaborationFacts(members=MEMBERS, referrals=referrals(5), series_members=IN_X)
        report = find_gaps(facts, AS_OF)
        assert report.counts[GapClass.NEVER_IN_THE_ROOM] == 0
        assert NotJudged(GapClass.NEVER_IN_THE_ROOM, "no_meetings_held", 1) in report.not_judged

    def test_a_series_that_names_no_members_belongs_to_who_came_or_was_invited(self):
        came = series("a", "c")
        assert gaps(GapClass.NEVER_IN_THE_ROOM, referrals=referrals(5), meetings=came)
        invited = (Meeting("m", ago(3), ("c",), "x", ("b",)),)
        assert gaps(GapClass.NEVER_IN_THE_ROOM, referrals=referrals(5), meetings=invited)
        nobody = (Meeting("m", ago(3), ("c",), "x"),)
        assert not gaps(GapClass.NEVER_IN_THE_ROOM, referrals=referrals(5), meetings=nobody)

    def test_membership_of_a_series_ends(self):
        members = (SeriesMember("x", "a", None, AS_OF), SeriesMember("x", "c"))
        assert not gaps(
            GapClass.NEVER_IN_THE_ROOM, referrals=referrals(5), meetings=series("c"), series_members=members
        )


class TestIsolatedMember:
    def test_no_observed_tie_in_the_window(self):
        found = gaps(GapClass.ISOLATED_MEMBER, referrals=(*referrals(1), Referral("r", "c", "a", ago(180))))
        assert [(gap.source, gap.target, gap.members, gap.n, gap.key) for gap in found] == [
            ("c", None, ("c",), 1, "C12:c"),
            ("d", None, ("d",), 0, "C12:d"),
        ]
        assert found[0].reasons == (
            because("no_tie_in_window", days=180, last=ago(180), last_kind="referral"),
            because("undated", member="c"),
        )

    @pytest.mark.parametrize(("joined", "left", "found"), [
        (ago(180), None, 1), (ago(179), None, 0), (TOMORROW, None, 0), (None, AS_OF, 0), (None, TOMORROW, 1),
    ])  # fmt: skip
    def test_a_new_member_is_not_judged_and_one_that_left_is_none(self, joined, left, found):
        members = (Member("a"), Member("b"), Member("c", joined, left))
        assert len(gaps(GapClass.ISOLATED_MEMBER, members=members, referrals=referrals(1))) == found

    def test_a_new_member_is_counted_beside(self):
        members = (Member("a"), Member("b"), Member("c", ago(9)))
        report = find_gaps(CollaborationFacts(members=members, referrals=referrals(1)), AS_OF)
        assert report.not_judged == (NotJudged(GapClass.ISOLATED_MEMBER, "joined_in_window", 1),)

    def test_where_no_tie_was_ever_recorded_nobody_is_called_isolated(self):
        undated = (Referral("r", "a", "b"),)
        report = find_gaps(CollaborationFacts(members=MEMBERS, referrals=undated), AS_OF)
        assert not report.gaps
        assert report.not_judged == (NotJudged(GapClass.ISOLATED_MEMBER, "no_ties_recorded", 4),)

    def test_a_meeting_alone_is_no_tie(self):
        meetings = (Meeting("m", ago(3), ("c", "c")),)
        assert {gap.source for gap in gaps(GapClass.ISOLATED_MEMBER, referrals=referrals(1), meetings=meetings)} == {
            "c",
            "d",
        }


PAIR = MentoringPair("p", "leader", "mentor", ((ago(100), "active"),), (ago(30),))
PEOPLE = {"leaders": (Person("leader"),), "mentors": (Person("mentor"),)}


class TestMentoring:
    def test_a_leader_with_an_active_pair_is_fine(self):
        assert not gaps(GapClass.LEADER_WITHOUT_MENTOR, pairs=(PAIR,), **PEOPLE)

    @pytest.mark.parametrize(("pairs", "reason"), [
        ((), because("no_pair")),
        ((replace(PAIR, states=((TOMORROW, "active"),)),), because("no_pair")),
        ((replace(PAIR, states=((ago(9), "active"), (AS_OF, "paused"))),), because("pair_not_active", pair="p", state="paused", since=AS_OF)),
        ((replace(PAIR, mentor="gone"),), because("mentor_not_active", pair="p", mentor="gone")),
    ])  # fmt: skip
    def test_a_leader_without_one(self, pairs, reason):
        (gap,) = gaps(GapClass.LEADER_WITHOUT_MENTOR, pairs=pairs, **PEOPLE)
        assert (gap.source, gap.target, gap.key, gap.reasons) == (
            "leader",
            None,
            "leader_without_mentor:leader",
            (reason,),
        )

    def test_only_active_leaders_are_asked_about(self):
        assert not gaps(GapClass.LEADER_WITHOUT_MENTOR, leaders=(Person("leader", end=AS_OF),))
        assert not gaps(GapClass.LEADER_WITHOUT_MENTOR, leaders=(Person("leader", start=TOMORROW),))

    @pytest.mark.parametrize(("contacts", "states", "found"), [
        ((ago(59),), ((ago(100), "active"),), 0),
        ((ago(60),), ((ago(100), "active"),), 1),
        ((TOMORROW,), ((ago(60), "active"),), 1),
        ((), ((ago(59), "active"),), 0),
        ((ago(90),), ((ago(200), "active"), (ago(80), "paused"), (ago(5), "active")), 0),
        ((ago(90),), ((ago(200), "active"), (ago(80), "paused")), 0),
        ((), ((None, "active"),), 1),
    ])  # fmt: skip
    def test_quiet_is_sixty_days_after_the_last_contact_or_the_start(self, contacts, states, found):
        assert (
            len(gaps(GapClass.PAIR_QUIET, pairs=(replace(PAIR, contacts=contacts, states=states),), **PEOPLE)) == found
        )

    def test_reasons_of_a_quiet_pair(self):
        pair = replace(PAIR, contacts=(ago(95), ago(70), None))
        (gap,) = gaps(GapClass.PAIR_QUIET, pairs=(pair,), **PEOPLE)
        assert (gap.key, gap.members, gap.n) == ("pair_quiet:p", ("leader", "mentor"), 2)
        assert gap.reasons == (because("last_contact", pair="p", on=ago(70), days=70), because("undated", contacts=1))
        (gap,) = gaps(GapClass.PAIR_QUIET, pairs=(replace(PAIR, contacts=(), states=((None, "active"),)),), **PEOPLE)
        assert gap.reasons == (
            because("no_contact_since_start", pair="p", on=None, days=None),
            because("undated", pair="p"),
        )
