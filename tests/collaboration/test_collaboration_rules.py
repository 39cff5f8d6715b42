"""What must hold for any network: equal to a naive reading, blind to order, names and the future."""

from dataclasses import fields, replace
from datetime import timedelta
from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.collaboration import CollaborationFacts, GapClass, find_gaps
from tests.collaboration.worlds import AS_OF, ORGANISATIONS, networks

FIRST_DAY = AS_OF - timedelta(days=179)


def recent(on):
    return on is not None and FIRST_DAY <= on <= AS_OF


def holding(start, end):
    return not (start and start > AS_OF) and not (end and end <= AS_OF)


def member_ids(facts):
    return {m.id for m in facts.members if holding(m.joined, m.left)}


def touches(facts, one, other):
    """The dates (None: unknown) of everything seen between two organisations."""
    both = {one, other}
    found = [r.sent for r in facts.referrals if {r.source, r.target} == both]
    found += [m.held for m in facts.meetings if both <= set(m.present)]
    for action in facts.actions:
        if both <= set(action.owners):
            found += [action.opened, action.closed]
    return found + [t.on for t in facts.other_ties if {t.one, t.other} == both]


def agreed(facts, one, other):
    return [a for a in facts.agreements if {one, other} <= set(a.parties) and holding(a.start, a.end)]


def naive_pairs(facts):
    """Keys of C2, C3 and C6 by trying every pair."""
    here = sorted(member_ids(facts))
    found = set()
    for one, other in combinations(here, 2):
        old = [a for a in agreed(facts, one, other) if a.start is None or (AS_OF - a.start).days >= 180]
        if old and not any(recent(on) for on in touches(facts, one, other)):
            found.add(f"C2:{one}:{other}")
    sent = {
        (one, other): sum(r.source == one and r.target == other and recent(r.sent) for r in facts.referrals)
        for one, other in permutations(here, 2)
    }
    found |= {f"C3:{one}:{other}" for (one, other), n in sent.items() if n >= 10 and not agreed(facts, one, other)}
    gaps = [set(key.split(":")[1:]) for key in found]
    for one, other in combinations(here, 2):
        expected = sent[one, other] + sent[other, one] >= 5 or {one, other} in gaps or shared_aim(facts, one, other)
        looked = last_meetings(facts, one) + last_meetings(facts, other)
        if expected and looked and not any({one, other} <= set(m.present) for m in looked):
            found.add(f"C6:{one}:{other}")
    return found


def shared_aim(facts, one, other):
    is_open = [a for a in facts.actions if holding(a.opened, a.closed)]
    aims = [{aim for a in is_open if end in a.owners for aim in a.aims} for end in (one, other)]
    return bool(aims[0] & aims[1])


def last_meetings(facts, organisation):
    found = []
    for name in ("x", "y"):
        held = sorted((m.held, m.id, m) for m in facts.meetings if m.series == name and m.held and m.held <= AS_OF)
        stated = [s for s in facts.series_members if s.series == name and not (s.start and s.start > AS_OF)]
        if stated:
            belongs = any(s.organisation == organisation and holding(s.start, s.end) for s in stated)
        else:
            belongs = any(organisation in m.present + m.invited for _, _, m in held)
        found += [m for _, _, m in held[-3:]] if belongs else []
    return found


def naive_isolated(facts):
    dates = {
        one: [on for other in ORGANISATIONS if other != one for on in touches(facts, one, other)]
        for one in ORGANISATIONS
    }
    if not any(on is not None and on <= AS_OF for those in dates.values() for on in those):
        return set()
    old = {m.id for m in facts.members if m.joined is None or (AS_OF - m.joined).days >= 180}
    return {f"C12:{m}" for m in member_ids(facts) & old if not any(recent(on) for on in dates[m])}


@given(networks())
@settings(max_examples=300, deadline=None)
def test_pairs_and_members_are_what_the_naive_reading_says(facts):
    keys = {gap.key for gap in find_gaps(facts, AS_OF).gaps if gap.cls.startswith("C")}
    assert keys == naive_pairs(facts) | naive_isolated(facts)


@given(networks(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_order_of_input_changes_nothing(facts, random):
    shuffled = {}
    for field in fields(facts):
        rows = list(getattr(facts, field.name))
        random.shuffle(rows)
        shuffled[field.name] = tuple(rows)
    assert find_gaps(CollaborationFacts(**shuffled), AS_OF) == find_gaps(facts, AS_OF)


@given(networks())
@settings(max_examples=80, deadline=None)
def test_events_after_the_day_change_nothing(facts):
    def by_then(on):
        return on is None or on <= AS_OF

    past = replace(
        facts,
        agreements=tuple(a for a in facts.agreements if by_then(a.start)),
        series_members=tuple(s for s in facts.series_members if by_then(s.start)),
        referrals=tuple(r for r in facts.referrals if by_then(r.sent)),
        meetings=tuple(m for m in facts.meetings if by_then(m.held)),
        other_ties=tuple(t for t in facts.other_ties if by_then(t.on)),
        actions=tuple(
            replace(a, closed=a.closed if by_then(a.closed) else None) for a in facts.actions if by_then(a.opened)
        ),
        pairs=tuple(
            replace(p, states=tuple(s for s in p.states if by_then(s[0])), contacts=tuple(filter(by_then, p.contacts)))
            for p in facts.pairs
        ),
    )
    assert find_gaps(past, AS_OF) == find_gaps(facts, AS_OF)


@given(networks())
@settings(max_examples=80, deadline=None)
def test_only_members_and_active_leaders_are_subjects_and_keys_are_their_own(facts):
    report = find_gaps(facts, AS_OF)
    assert len({gap.key for gap in report.gaps}) == len(report.gaps)
    for gap in report.gaps:
        assert gap.reasons
        if gap.cls in (GapClass.LEADER_WITHOUT_MENTOR, GapClass.PAIR_QUIET):
            assert gap.source in {p.id for p in facts.leaders if p.active(AS_OF)}
        else:
            assert set(gap.members) <= member_ids(facts)


@given(networks())
@settings(max_examples=80, deadline=None)
def test_a_leader_is_either_alone_or_has_a_running_pair(facts):
    report = find_gaps(facts, AS_OF)
    alone = {gap.source for gap in report.gaps if gap.cls == GapClass.LEADER_WITHOUT_MENTOR}
    quiet = {gap.source for gap in report.gaps if gap.cls == GapClass.PAIR_QUIET}
    assert not alone & quiet
