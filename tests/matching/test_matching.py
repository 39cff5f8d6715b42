"""Matching against brute force and an independent reading of every reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from analytics.hierarchy import Hierarchy
from analytics.matching import Guide, Plan, Seeker, distance, judge, leaving, match

# a country, two municipalities, two towns in the first, one in the second; "z" lies nowhere
UP = {"m1": "c", "m2": "c", "t1": "m1", "t2": "m1", "t3": "m2"}
PLACES = Hierarchy.of([*UP.items(), ("c", None), ("z", None)])
TONGUES, WHERE, TOPICS = (
    ("bg", "fa", "ar", "uk"),
    ("m1", "t1", "t2", "t3", "z"),
    ("school", "health", "work", "housing"),
)


def some(chance: Random, of: tuple[str, ...], most: int) -> frozenset[str]:
    return frozenset(chance.sample(of, chance.randint(0, most)))


def cohort(seed: int) -> tuple[list[Seeker], list[Guide], set[tuple[str, str]]]:
    chance = Random(seed)
    who, others = [f"L{n}" for n in range(chance.randint(1, 5))], [f"M{n}" for n in range(chance.randint(1, 4))]
    leaders = [
        Seeker(
            one, some(chance, TONGUES, 2), some(chance, WHERE, 1), some(chance, TOPICS, 3),
            wished_languages=some(chance, TONGUES, 1), wished=some(chance, tuple(others), 1),
            unwished=some(chance, tuple(others), 1) if chance.random() < 0.3 else frozenset(),
            interpreter=chance.random() < 0.3,
        )
        for one in who
    ]  # fmt: skip
    mentors = [
        Guide(
            one, some(chance, TONGUES, 3), some(chance, WHERE, 2), some(chance, TOPICS, 3),
            some(chance, tuple(who), 1), some(chance, tuple(who), 1) if chance.random() < 0.3 else frozenset(),
            chance.randint(0, 3), chance.randint(1, 3),
        )
        for one in others
    ]  # fmt: skip
    refused = {(one, other) for one in who for other in others if chance.random() < 0.05}
    return leaders, mentors, refused


def forbidden(leader: Seeker, mentor: Guide, refused: set[tuple[str, str]]) -> str:
    """The hard exclusions, read anew: "" where there is none."""
    if mentor.id in leader.unwished:
        return "not_wished_by_leader"
    if leader.id in mentor.unwished:
        return "not_wished_by_mentor"
    if (leader.id, mentor.id) in refused:
        return "refused_before"
    silent = bool(leader.languages) and bool(mentor.languages) and leader.languages.isdisjoint(mentor.languages)
    if silent and not leader.interpreter:
        return "no_common_language"
    return "no_room" if mentor.load >= min(mentor.most, 3) else ""


def lineage(place: str) -> list[str]:
    return [place, *(lineage(UP[place]) if place in UP else [])]


def apart(one: str, other: str) -> int | None:
    """Steps between two places, by their lines of ancestors."""
    up, down = lineage(one), lineage(other)
    meets = [place for place in up if place in down]
    return up.index(meets[0]) + down.index(meets[0]) if meets else None


def read(leader: Seeker, mentor: Guide) -> dict[str, dict[str, object]]:
    """Every reason of a pair with its facts, by the sentences of the manual and not by the code of the product."""
    told: dict[str, dict[str, object]] = {}
    shared = sorted(set(leader.languages).intersection(mentor.languages))
    if not leader.languages or not mentor.languages:
        told["language_unknown"] = {}
    elif shared:
        told["common_language"] = {"languages": tuple(shared)}
        if len(shared) >= 2:
            told["more_languages"] = {"n": len(shared)}
    else:
        told["interpreter"] = {}
    if liked := sorted(set(leader.wished_languages).intersection(mentor.languages)):
        told["wished_language"] = {"languages": tuple(liked)}
    ways = [steps for a, b in product(leader.places, mentor.places) if (steps := apart(a, b)) is not None]
    if not (leader.places and mentor.places):
        told["place_unknown"] = {}
    elif not ways:
        told["far"] = {}
    elif min(ways) == 0:
        told["same_place"] = {}
    else:
        told["near" if min(ways) in {1, 2} else "far"] = {"steps": min(ways)}
    if leader.topics and mentor.topics:
        met = sorted(topic for topic in leader.topics if topic in mentor.topics)
        told["topics"] = {"n": len(met), "asked": len(leader.topics), "topics": tuple(met)}
    else:
        told["topics_unknown"] = {}
    if mentor.id in leader.wished:
        told["wished_by_leader"] = {}
    if leader.id in mentor.wished:
        told["wished_by_mentor"] = {}
    return told


def value(told: Mapping[str, Mapping[str, object]]) -> int:
    fixed = {"common_language": 3, "more_languages": 1, "wished_language": 2, "interpreter": -2, "same_place": 3,
             "near": 1, "wished_by_leader": 4, "wished_by_mentor": 4}  # fmt: skip
    return sum(fixed.get(code, 0) for code in told) + 2 * min(3, int(str(told.get("topics", {}).get("n", 0))))


def brute(leaders: list[Seeker], mentors: list[Guide], refused: set[tuple[str, str]]) -> tuple[int, int]:
    """The most leaders, and the most points of so many, of all ways to give each a mentor or nobody."""
    best = (0, 0)
    options = [
        [None, *(m for m, mentor in enumerate(mentors) if not forbidden(leader, mentor, refused))] for leader in leaders
    ]
    for way in product(*options):
        load, points, n = [mentor.load for mentor in mentors], 0, 0
        for leader, m in zip(leaders, way, strict=True):
            if m is None:
                continue
            points += value(read(leader, mentors[m])) + 2 - load[m]
            load[m] += 1
            n += 1
        if all(load[m] <= min(3, mentor.most) or load[m] == mentor.load for m, mentor in enumerate(mentors)):
            best = max(best, (n, points))
    return best


@pytest.mark.parametrize("seed", range(240))
def test_a_plan_is_the_best_there_is_and_says_why(seed: int) -> None:
    leaders, mentors, refused = cohort(seed)
    plan = match(leaders, mentors, PLACES, refused)
    assert (len(plan.proposals), plan.points) == brute(leaders, mentors, refused)
    _capacity_holds(plan, mentors)
    _reasons_hold(plan, leaders, mentors, refused)
    _instead_holds(plan, leaders, mentors, refused)


def _capacity_holds(plan: Plan, mentors: list[Guide]) -> None:
    for mentor in mentors:
        given = sum(one.mentor == mentor.id for one in plan.proposals)
        assert not given or mentor.load + given <= min(3, mentor.most)
    assert len({one.leader for one in plan.proposals}) == len(plan.proposals)


def _reasons_hold(plan: Plan, leaders: list[Seeker], mentors: list[Guide], refused: set[tuple[str, str]]) -> None:
    who, others = {one.id: one for one in leaders}, {one.id: one for one in mentors}
    load = {one.id: one.load for one in mentors}
    for one in plan.proposals:
        leader, mentor = who[one.leader], others[one.mentor]
        assert not forbidden(leader, mentor, refused)
        told = {reason.code: dict(reason.facts) for reason in one.reasons}
        assert told.pop("load") == {"n": load[mentor.id]}
        assert told == read(leader, mentor)
        assert one.points == value(told) + 2 - load[mentor.id]
        load[mentor.id] += 1
    for left in plan.alone:
        counted: dict[str, int] = {}
        for mentor in mentors:
            code = forbidden(who[left.leader], mentor, refused) or "taken_by_others"
            counted[code] = counted.get(code, 0) + 1
        assert {reason.code: reason.get("n") for reason in left.reasons} == counted


def _instead_holds(plan: Plan, leaders: list[Seeker], mentors: list[Guide], refused: set[tuple[str, str]]) -> None:
    for one in plan.proposals:
        assert one.instead is not None
        n, points = brute(leaders, mentors, refused | {(one.leader, one.mentor)})
        assert (one.instead.fewer, one.instead.points_lost) == (len(plan.proposals) - n, plan.points - points)
        assert one.instead.mentor != one.mentor


@pytest.mark.parametrize("seed", range(40))
def test_other_names_change_nothing_but_names(seed: int) -> None:
    leaders, mentors, refused = cohort(seed)
    new = {one.id: f"{Random(one.id).random()}" for one in (*leaders, *mentors)}
    plan = match(leaders, mentors, PLACES, refused)

    def named(those: frozenset[str]) -> frozenset[str]:
        return frozenset(new[each] for each in those)

    called = [replace(one, id=new[one.id], wished=named(one.wished), unwished=named(one.unwished)) for one in leaders]
    guides = [replace(one, id=new[one.id], wished=named(one.wished), unwished=named(one.unwished)) for one in mentors]
    again = match(called, guides, PLACES, {(new[one], new[other]) for one, other in refused})
    assert [(new[one.leader], new[one.mentor], one.points, one.reasons) for one in plan.proposals] == [
        (one.leader, one.mentor, one.points, one.reasons) for one in again.proposals
    ]
    assert [(new[one.leader], one.reasons) for one in plan.alone] == [(one.leader, one.reasons) for one in again.alone]
    assert match(leaders, mentors, PLACES, refused) == plan, "the same again"


def test_more_leaders_go_before_more_points() -> None:
    """The wished mentor goes to the other one where that is the only way for both."""
    both = Guide("M", frozenset({"bg", "fa"}), most=1)
    only_bg = Guide("N", frozenset({"bg"}), most=1)
    first = Seeker("A", frozenset({"bg"}), wished=frozenset({"M"}))
    second = Seeker("B", frozenset({"fa"}))
    plan = match([first, second], [both, only_bg], PLACES)
    assert {(one.leader, one.mentor) for one in plan.proposals} == {("A", "N"), ("B", "M")}


def test_who_stands_first_is_rather_matched() -> None:
    room = Guide("M", frozenset({"bg"}), most=1)
    same = [Seeker(name, frozenset({"bg"})) for name in "XYZ"]
    assert [one.leader for one in match(same, [room], PLACES).proposals] == ["X"]
    assert [one.leader for one in match(same[::-1], [room], PLACES).proposals] == ["Z"]


def test_nobody_and_nothing() -> None:
    assert match([], [Guide("M")], PLACES).proposals == ()
    alone = match([Seeker("A")], [], PLACES).alone
    assert [reason.code for one in alone for reason in one.reasons] == ["no_mentor"]


def test_distance_by_the_tree() -> None:
    for one, other in product([*UP, "c", "z"], repeat=2):
        assert distance(one, other, PLACES) == apart(one, other)


@pytest.mark.parametrize("seed", range(60))
def test_a_mentor_leaves(seed: int) -> None:
    leaders, mentors, refused = cohort(seed)
    roomy = [replace(one, load=0) for one in mentors]
    pairs = [(one.leader, one.mentor) for one in match(leaders, roomy, PLACES, refused).proposals]
    loaded = [replace(one, load=sum(mentor == one.id for _, mentor in pairs)) for one in roomy]
    for gone in mentors:
        found = leaving(gone.id, pairs, leaders, loaded, PLACES, refused)
        assert set(found.leaders) == {leader for leader, mentor in pairs if mentor == gone.id}
        rest = [one for one in loaded if one.id != gone.id]
        orphans = [one for one in leaders if one.id in found.leaders]
        assert (len(found.rest_fixed.proposals), found.rest_fixed.points) == brute(orphans, rest, refused)
        empty = [one for one in roomy if one.id != gone.id]
        everybody = [one for one in leaders if one.id in {leader for leader, _ in pairs}]
        assert (len(found.all_free.proposals), found.all_free.points) == brute(everybody, empty, refused)
        new = {(one.leader, one.mentor) for one in found.all_free.proposals}
        assert found.moved == sum((leader, mentor) not in new for leader, mentor in pairs if mentor != gone.id)
        for leader in orphans:
            could = {one.id for one in rest if not forbidden(leader, one, refused)}
            assert {one.mentor for one in found.takers[leader.id]} == could
            assert [one.points for one in found.takers[leader.id]] == sorted(
                (one.points for one in found.takers[leader.id]), reverse=True
            )


def test_unknown_is_not_none() -> None:
    told = judge(Seeker("A"), Guide("M", frozenset({"bg"})), PLACES)
    assert told.excluded is None
    assert {reason.code for reason in told.reasons} == {"language_unknown", "place_unknown", "topics_unknown"}


def test_of_equal_plans_the_one_that_keeps_pairs() -> None:
    guides = [Guide(name, frozenset({"bg"}), load=1) for name in "MNO"]
    leaders = [Seeker(name, frozenset({"bg"})) for name in "ABC"]
    for pairs in ([("A", "N"), ("B", "O"), ("C", "M")], [("A", "O"), ("B", "M"), ("C", "N")]):
        found = leaving("M", pairs, leaders, guides, PLACES)
        assert found.moved == 0
        assert len(found.all_free.proposals) == 3


def test_a_large_cohort_is_exact() -> None:
    """Weights stay whole: 300 leaders who each wish for one mentor get just that one."""
    guides = [Guide(f"M{n}", frozenset({"bg"}), most=1) for n in range(300)]
    leaders = [Seeker(f"L{n}", frozenset({"bg"}), wished=frozenset({f"M{(n * 7) % 300}"})) for n in range(300)]
    plan = match(leaders, guides, PLACES, second=False)
    assert [one.mentor for one in plan.proposals] == [f"M{(n * 7) % 300}" for n in range(300)]
