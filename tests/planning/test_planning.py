"""The plan: which matters come up, in which order, who has to be there and why."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.collaboration import Action, Agreement
from analytics.planning import CarriedItem, ItemKind, Partner, PlanGap, PlanningFacts, Seat, fewest, propose
from analytics.priority import GapFacts, points, terciles
from analytics.reasons import because

ON = date(2026, 3, 1)


def ago(days):
    return ON - timedelta(days=days)


CONFIRMED = tuple(Partner(name, assured=(ago(1),)) for name in "abcdef")
CELL = PlanGap("coverage:p:s:*", ItemKind.COVERAGE, GapFacts("fragile"), ("a", "b"))
TIE = PlanGap("C2:c:d", ItemKind.COLLABORATION, GapFacts("C2"), ("c", "d"))


def plan(minutes=120, **facts):
    return propose(PlanningFacts(**({"partners": CONFIRMED} | facts)), ON, minutes)


def invited(**facts):
    return [each.organisation for each in plan(**facts).invitations]


class TestPoints:
    def test_each_part_is_a_reason_and_they_add_up(self):
        total, reasons = points(GapFacts("absent", need=2, age_days=365, safety_critical=True, promised_overdue=True))
        assert total == 3 + 2 + 2 + 2 + 2
        assert [(reason.code, reason.get("points")) for reason in reasons] == [
            ("severity", 3), ("need", 2), ("age", 2), ("safety_critical", 2), ("promised_overdue", 2)
        ]  # fmt: skip

    @pytest.mark.parametrize(("cls", "severity"), [
        ("absent", 3), ("inaccessible", 2), ("saturated", 2), ("unverified", 1), ("fragile", 1), ("covered", 0),
    ])  # fmt: skip
    def test_severity_of_the_coverage_classes(self, cls, severity):
        assert points(GapFacts(cls))[0] == severity

    @pytest.mark.parametrize(("days", "given"), [(None, 0), (89, 0), (90, 1), (364, 1), (365, 2)])
    def test_age(self, days, given):
        assert points(GapFacts("covered", age_days=days))[0] == given

    def test_terciles_of_need(self):
        assert terciles({"a": 1, "b": 5, "c": 9}) == {"a": 0, "b": 1, "c": 2}
        assert terciles({"a": 4, "b": 4}) == {"a": 0, "b": 0}
        assert terciles({}) == {}


class TestAgenda:
    def test_order_is_by_points_and_time_limits_it(self):
        absent = replace(CELL, key="coverage:p:t:*", facts=GapFacts("absent"))
        full = plan(gaps=(TIE, CELL, absent))
        assert [item.key for item in full.items] == [absent.key, CELL.key, TIE.key]
        assert full.minutes == 40
        short = plan(28, gaps=(TIE, CELL, absent))
        assert [item.key for item in short.items] == [absent.key, TIE.key]
        assert [(left.item.key, left.reason) for left in short.left_out] == [
            (CELL.key, because("no_time", minutes=15, remaining=13))
        ]

    def test_open_actions_with_two_points_when_overdue(self):
        actions = (
            Action("late", ("a",), due=ago(1)),
            Action("today", ("b",), due=ON),
            Action("done", ("c",), opened=ago(9), closed=ago(2), due=ago(5)),
        )
        assert [(item.key, item.points, item.reasons) for item in plan(actions=actions).items] == [
            ("late", 2, (because("action_overdue", points=2, due=ago(1), days=1),)),
            ("today", 1, (because("action_open", points=1, due=ON, days=0),)),
        ]

    def test_an_action_that_aims_at_a_gap_is_dealt_with_under_it(self):
        (item,) = plan(gaps=(TIE,), actions=(Action("x", ("e",), (TIE.key,), due=ago(3)),)).items
        assert item.points == 3
        assert item.reasons[1:] == (
            because("promised_overdue", points=2),
            because("open_action", action="x", due=ago(3)),
        )
        assert item.organisations == ("c", "d", "e")

    @pytest.mark.parametrize(("end", "found"), [(ON, 0), (ago(-1), 1), (ago(-60), 1), (ago(-61), 0), (None, 0)])
    def test_agreements_that_lapse_within_sixty_days(self, end, found):
        agreements = (Agreement("g", ("a", "b"), None, end),)
        assert len(plan(agreements=agreements).items) == found

    @pytest.mark.parametrize(("partner", "stale"), [
        (Partner("z"), True),
        (Partner("z", assured=(ago(180),)), False),
        (Partner("z", assured=(ago(181),)), True),
        (Partner("z", assured=(ago(-1),)), True),
        (Partner("z", joined=ago(30)), False),
        (Partner("z", left=ON), False),
    ])  # fmt: skip
    def test_stale_partners_are_one_item_and_no_summons(self, partner, stale):
        found = plan(partners=(*CONFIRMED, partner, Partner("y")))
        (item,) = found.items
        assert item.organisations == (("y", "z") if stale else ("y",))
        assert found.invitations == ()

    @pytest.mark.parametrize(("n", "told"), [(1, None), (9, None), (10, 10), (31, 31)])
    def test_referrals_without_an_answer_are_one_item_that_names_nobody(self, n, told):
        (item,) = plan(stale_referrals=n).items
        assert (item.kind, item.points, item.organisations, item.needs) == (ItemKind.STALE_REFERRALS, 2, (), ())
        assert item.reasons == (because("stale_referrals", points=2, n=told),)
        assert plan(stale_referrals=0).items == ()

    def test_carried_items_keep_their_minutes_and_rise(self):
        carried = (CarriedItem("i", 1, ("a",), 20), CarriedItem("j", 4))
        assert [(item.key, item.points, item.minutes) for item in plan(carried=carried).items] == [
            ("j", 5, 10),
            ("i", 3, 20),
        ]


class TestInvitations:
    def test_both_of_a_pair_and_one_of_the_providers(self):
        assert invited(gaps=(TIE,)) == ["c", "d"]
        assert invited(gaps=(CELL,)) == ["a"]
        both = replace(CELL, key="coverage:q:s:*", organisations=("b", "e"))
        assert invited(gaps=(CELL, both)) == ["b"]

    def test_a_sector_the_series_needs_brings_the_fewest_more(self):
        health = Seat("sector", "health", frozenset("bc"))
        found = plan(gaps=(CELL,), seats=(health,))
        assert [each.organisation for each in found.invitations] == ["b"], "b answers for the cell too"
        assert because("for_seat", of="sector", needed="health") in found.invitations[0].reasons
        assert found.empty_seats == ()

    def test_what_nobody_brings_is_said(self):
        nobody = Seat("level", "national", frozenset())
        assert plan(seats=(nobody,)).empty_seats == (because("seat_empty", of="level", needed="national"),)
        assert plan(seats=(nobody,)).invitations == ()

    def test_required_members_come_first_and_spare_others(self):
        found = plan(gaps=(CELL,), required=("b", "f"))
        assert [(each.organisation, each.required, each.reasons) for each in found.invitations] == [
            ("b", True, (because("required_member"), because("for_item", kind="coverage", key=CELL.key))),
            ("f", True, (because("required_member"),)),
        ]

    def test_nobody_who_left_or_must_not_be_contacted(self):
        facts = {"gaps": (TIE, CELL), "do_not_contact": frozenset("c")}
        found = plan(**facts, partners=tuple(replace(each, left=ON) if each.id == "a" else each for each in CONFIRMED))
        assert [each.organisation for each in found.invitations] == ["b", "d"]
        assert [(each.organisation, each.reason.code) for each in found.not_invited] == [
            ("a", "not_a_member"), ("c", "do_not_contact")
        ]  # fmt: skip

    def test_only_what_is_on_the_agenda_calls_for_somebody(self):
        assert invited(gaps=(TIE,), actions=(Action("x", ("e",)),), minutes=5) == ["e"]


needs = st.lists(st.frozensets(st.sampled_from("abcdefg"), min_size=1, max_size=3), max_size=6)


@given(needs)
@settings(max_examples=150)
def test_the_list_is_the_smallest_that_meets_every_need(wanted):
    chosen = fewest(wanted)
    assert all(need & chosen for need in wanted)
    smaller = combinations("abcdefg", len(chosen) - 1) if chosen else ()
    assert not any(all(need & set(some) for need in wanted) for some in smaller)


names = st.sampled_from("abcdef")
some = st.lists(names, min_size=1, max_size=3, unique=True).map(tuple)
dates = st.none() | st.integers(-90, 400).map(ago)


@st.composite
def situations(draw):
    kinds = st.sampled_from(
        [(ItemKind.COVERAGE, "fragile"), (ItemKind.COVERAGE, "absent"), (ItemKind.COLLABORATION, "C6")]
    )
    gaps = []
    for number in range(draw(st.integers(0, 4))):
        kind, cls = draw(kinds)
        gaps.append(
            PlanGap(f"gap{number}", kind, GapFacts(cls, age_days=draw(st.none() | st.integers(0, 500))), draw(some))
        )
    aims = st.lists(st.sampled_from(["gap0", "gap1", "else"]), max_size=1).map(tuple)
    return PlanningFacts(
        gaps=tuple(gaps),
        actions=tuple(
            Action(f"act{number}", draw(some), draw(aims), due=draw(dates)) for number in range(draw(st.integers(0, 4)))
        ),
        partners=tuple(
            Partner(name, None, draw(st.none() | dates), (ago(draw(st.integers(0, 300))),)) for name in "abcdef"
        ),
        agreements=tuple(Agreement(f"agr{n}", draw(some), None, draw(dates)) for n in range(draw(st.integers(0, 2)))),
        carried=tuple(CarriedItem(f"car{n}", 1 + n, draw(some)) for n in range(draw(st.integers(0, 2)))),
        required=tuple(draw(st.lists(names, max_size=2, unique=True))),
        seats=tuple(
            Seat("sector", f"s{n}", draw(st.frozensets(names, max_size=3))) for n in range(draw(st.integers(0, 3)))
        ),
        do_not_contact=draw(st.frozensets(names, max_size=1)),
    )


@given(situations(), st.integers(0, 150))
@settings(max_examples=150)
def test_invitations_cover_the_agenda_and_nobody_can_be_dropped(facts, minutes):
    found = propose(facts, ON, minutes)
    assert found.minutes <= minutes
    here = {each.id for each in facts.partners if each.left is None or each.left > ON} - facts.do_not_contact
    wanted = [need & here for item in found.items for need in item.needs if need & here]
    wanted += [seat.organisations & here for seat in facts.seats if seat.organisations & here]
    empty = [seat.code for seat in facts.seats if not seat.organisations & here]
    assert [reason.get("needed") for reason in found.empty_seats] == empty
    room = {each.organisation for each in found.invitations}
    assert room <= here
    assert set(facts.required) & here == {each.organisation for each in found.invitations if each.required}
    assert all(need & room for need in wanted)
    for each in found.invitations:
        assert each.reasons
        assert each.required or any(not need & (room - {each.organisation}) for need in wanted)
    unmet = {name for item in found.items for need in item.needs for name in need} - here
    assert unmet <= {each.organisation for each in found.not_invited}


@given(situations(), st.integers(0, 150), st.randoms(use_true_random=False))
@settings(max_examples=80)
def test_every_matter_is_on_the_agenda_or_left_out_and_points_are_all_explained(facts, minutes, random):
    found = propose(facts, ON, minutes)
    everything = [*found.items, *(left.item for left in found.left_out)]
    assert {gap.key for gap in facts.gaps} <= {item.key for item in everything}
    assert len({(item.kind, item.key) for item in everything}) == len(everything)
    for item in everything:
        assert item.points == sum(reason.get("points") or 0 for reason in item.reasons)
    assert list(found.items) == sorted(found.items, key=lambda item: -item.points)
    shuffled = {name: list(getattr(facts, name)) for name in ("gaps", "actions", "partners", "agreements", "carried")}
    for rows in shuffled.values():
        random.shuffle(rows)
    assert propose(replace(facts, **{name: tuple(rows) for name, rows in shuffled.items()}), ON, minutes) == found
