"""Coverage classes one by one, from the text of definitions.md 2.4 and contracts.md."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from analytics.coverage import (
    Assessment,
    CellClass,
    CellKey,
    Place,
    Requirement,
    Scope,
    Service,
    assess,
    assess_cells,
    cell,
    cells,
    nearby,
    since,
)
from analytics.reasons import because
from tests.coverage.worlds import AS_OF, facts

KEY = CellKey("bg/n/1", "school", None)
TODAY = Service("s1", ("o1",), "school", ("bg/n/1",), assured=(AS_OF,))


def days_ago(n):
    return AS_OF - timedelta(days=n)


def judged(*rows, asked=(), key=KEY, as_of=AS_OF, left=None):
    found = cell(assess_cells(facts(rows, asked, left=left), {key}, as_of), key)
    assert found is not None
    return found


def other(**changes):
    return replace(TODAY, **({"id": "s2", "providers": ("o2",)} | changes))


def test_two_confirmed_organisations_cover_a_cell():
    found = judged(TODAY, other())
    assert found.cls == CellClass.COVERED
    assert found.providers == found.confirmed == ("o1", "o2")
    assert found.reasons == (because("providers", n=2),)


def test_one_organisation_with_two_services_is_a_single_provider():
    found = judged(TODAY, other(providers=("o1",)))
    assert found.cls == CellClass.FRAGILE
    assert found.reasons == (because("single_provider"),)


def test_one_confirmed_of_two_listed_is_fragile_and_says_who():
    found = judged(TODAY, other(assured=()))
    assert found.cls == CellClass.FRAGILE
    assert found.providers == ("o1", "o2")
    assert found.reasons == (because("single_provider", provider="o1", unconfirmed=1),)


@pytest.mark.parametrize(("age", "cls"), [(0, "fragile"), (180, "fragile"), (181, "unverified")])
def test_a_confirmation_is_believed_for_180_days(age, cls):
    assert judged(replace(TODAY, assured=(days_ago(age),))).cls == cls


def test_an_unconfirmed_service_is_unverified_with_the_last_confirmation_as_reason():
    found = judged(replace(TODAY, assured=(days_ago(400), days_ago(300), AS_OF + timedelta(days=1))))
    assert found.cls == CellClass.UNVERIFIED
    assert found.reasons == (because("not_confirmed", n=1, last=days_ago(300)),)


def test_no_record_is_not_assessed():
    found = judged()
    assert found.cls == CellClass.NOT_ASSESSED
    assert found.reasons == (because("no_record"),)


@pytest.mark.parametrize(("age", "cls"), [(-1, "not_assessed"), (0, "absent"), (180, "absent"), (181, "not_assessed")])
def test_an_absence_needs_an_assessment_of_the_last_180_days(age, cls):
    assert judged(asked=[Assessment("bg/n/1", "school", days_ago(age))]).cls == cls


def test_reasons_say_what_the_assessment_was():
    asked = Assessment("bg/n/1", "school", days_ago(30))
    assert judged(asked=[asked]).reasons == (because("assessed_none", on=days_ago(30)),)
    lapsed = judged(asked=[replace(asked, on=days_ago(200))])
    assert lapsed.reasons == (because("no_record"), because("assessment_lapsed", on=days_ago(200)))
    contradicted = judged(asked=[asked, replace(asked, on=days_ago(5), result="some")])
    assert contradicted.cls == CellClass.NOT_ASSESSED
    assert contradicted.reasons == (because("no_record"), because("assessed_otherwise", on=days_ago(5)))


def test_two_answers_of_one_day_that_contradict_each_other_prove_nothing():
    asked = Assessment("bg/n/1", "school", AS_OF)
    assert judged(asked=[asked, replace(asked, result="some")]).cls == CellClass.NOT_ASSESSED


def test_an_assessment_speaks_for_what_is_inside_it_only():
    wide = Assessment("bg", "education", AS_OF)
    assert judged(asked=[wide]).cls == CellClass.ABSENT
    assert judged(asked=[wide], key=CellKey("bg/n/1", "health", None)).cls == CellClass.NOT_ASSESSED
    narrow = Assessment("bg/n/1", "school", AS_OF, group="refugees")
    assert judged(asked=[narrow]).cls == CellClass.NOT_ASSESSED
    assert judged(asked=[narrow], key=CellKey("bg/n/1", "school", "children")).cls == CellClass.ABSENT
    assert judged(asked=[narrow], key=CellKey("bg/n", "school", "children")).cls == CellClass.NOT_ASSESSED


@pytest.mark.parametrize(
    ("changes", "listed"),
    [
        ({"valid_from": AS_OF}, 1),
        ({"valid_from": AS_OF + timedelta(days=1)}, 0),
        ({"valid_to": AS_OF}, 0),
        ({"valid_to": AS_OF + timedelta(days=1)}, 1),
        ({"status": ((None, "inactive"),)}, 0),
        ({"status": ((None, "inactive"), (AS_OF, "active"))}, 1),
        ({"status": ((days_ago(9), "active"), (AS_OF, "temporarily_closed"))}, 0),
        ({"status": ((AS_OF + timedelta(days=1), "active"),)}, 0),
        ({"status": ((days_ago(9), "inactive"), (days_ago(9), "active"))}, 1),
        ({"type": "education"}, 0),
        ({"areas": ("bg",)}, 1),
        ({"areas": ("bg/n/2",)}, 0),
    ],
)
def test_supply_on_the_day(changes, listed):
    assert len(judged(replace(TODAY, **changes)).providers) == listed


def test_an_organisation_that_left_no_longer_provides():
    assert judged(TODAY, left={"o1": AS_OF}).cls == CellClass.NOT_ASSESSED
    assert judged(TODAY, left={"o1": AS_OF + timedelta(days=1)}).cls == CellClass.FRAGILE


@pytest.mark.parametrize(("ends", "cls"), [(0, "covered"), (1, "fragile"), (90, "fragile"), (91, "covered")])
def test_two_organisations_in_one_project_that_ends_within_90_days(ends, cls):
    projects = (("p", AS_OF + timedelta(days=ends)),)
    found = judged(replace(TODAY, projects=projects), other(projects=projects))
    assert found.cls == cls
    if cls == "fragile":
        assert found.reasons == (because("project_ends", project="p", on=projects[0][1]),)


def test_a_second_source_of_money_or_a_second_person_takes_the_fragility_away():
    ending = ("p", AS_OF + timedelta(days=9))
    assert judged(replace(TODAY, projects=(ending,)), other()).cls == CellClass.COVERED
    both = (ending, ("q", None))
    assert judged(replace(TODAY, projects=both), other(projects=(ending,))).cls == CellClass.COVERED
    shared = judged(replace(TODAY, people=("n",)), other(people=("n",)))
    assert shared.reasons == (because("single_person", person="n"),)
    assert judged(replace(TODAY, people=("n", "m")), other(people=("n",))).cls == CellClass.COVERED


def test_a_stated_group_serves_the_narrower_ones_and_no_group_serves_all_with_a_flag():
    refugees, children = CellKey("bg/n/1", "school", "refugees"), CellKey("bg/n/1", "school", "children")
    assert judged(replace(TODAY, groups=("refugees",)), key=children).cls == CellClass.FRAGILE
    assert judged(replace(TODAY, groups=("children",)), key=refugees).cls == CellClass.NOT_ASSESSED
    unstated = judged(TODAY, key=children)
    assert unstated.cls == CellClass.FRAGILE
    assert because("group_not_stated", n=1) in unstated.flags
    assert "group_not_stated" not in {flag.code for flag in judged(TODAY).flags}


def test_undated_services_are_flagged():
    assert judged(TODAY).flags == (because("undated", no_start=1, no_end=1),)
    assert judged(replace(TODAY, valid_from=days_ago(1), valid_to=AS_OF + timedelta(days=9))).flags == ()


def test_a_municipality_counts_for_its_region_as_partial():
    coverage = assess(facts([TODAY, other(areas=("bg/n",))]), AS_OF, Scope(level="adm1"))
    (found,) = cells(coverage)
    assert (found.place, found.cls, found.partial) == ("bg/n", CellClass.COVERED, True)
    assert because("partial", providers=("o1",)) in found.flags
    assert not judged(other(areas=("bg/n",)), key=CellKey("bg/n", "school", None)).partial


def test_observed_grid_is_places_of_the_level_x_types_x_groups_in_use():
    rows = [TODAY, other(type="health", areas=("bg/s",)), other(id="s3", type="education", status=((None, "draft"),))]
    coverage = assess(facts(rows), AS_OF, Scope(level="adm1"))
    assert coverage.grid.kind == "observed"
    assert [tuple(key) for key in coverage.grid.keys] == [
        (place, service, None) for place in ("bg/n", "bg/s") for service in ("health", "school")
    ]
    grouped = assess(facts([replace(TODAY, groups=("children",)), rows[1]]), AS_OF, Scope(level="adm1"))
    assert {key.group for key in grouped.grid.keys} == {"children"}


def test_an_ended_service_keeps_its_cell_and_a_later_one_has_none():
    ended = replace(TODAY, valid_to=days_ago(10))
    assert len(assess(facts([ended]), AS_OF).grid) == 1
    assert len(assess(facts([replace(TODAY, valid_from=AS_OF + timedelta(days=1))]), AS_OF).grid) == 0


def test_filters_keep_what_is_inside():
    rows = [TODAY, other(type="health", areas=("bg/s",))]
    assert [key.place for key in assess(facts(rows), AS_OF, Scope(place="bg/n", service="health")).grid.keys] == [
        "bg/n/1"
    ]
    education = assess(facts(rows), AS_OF, Scope(service="education"))
    assert {key.service for key in education.grid.keys} == {"school"}
    assert len(assess(facts(rows), AS_OF, Scope(group="children")).grid) == 0


def test_requirements_make_the_grid_with_weight_and_k():
    required = [
        Requirement("bg/n/1", "school", wanted=2, weight=30, valid_to=AS_OF + timedelta(days=1)),
        Requirement("bg/n/2", "school", weight=10, valid_from=AS_OF),
        Requirement("bg/s/1", "school", valid_to=AS_OF),
    ]
    world = facts([TODAY], [Assessment("bg/n/2", "school", AS_OF)], required)
    coverage = assess(world, AS_OF)
    assert coverage.grid.kind == "requirements"
    one, two = cells(coverage)
    assert (one.place, one.wanted, one.weight, one.cls) == ("bg/n/1", 2, 30, CellClass.FRAGILE)
    assert because("below_required", wanted=2, confirmed=1) in one.flags
    assert (two.place, two.cls) == ("bg/n/2", CellClass.ABSENT)
    assert coverage.share(1) == 30 / 40
    assert coverage.share(2) == 0
    (region,) = cells(assess(world, AS_OF, Scope(level="adm1")))
    assert (region.place, region.wanted, region.weight, region.partial) == ("bg/n", 2, 40, True)
    assert assess(world, AS_OF, Scope(kind="observed")).grid.kind == "observed"


def test_not_assessed_cells_stand_beside_the_denominator():
    coverage = assess(facts([TODAY, other(type="health", areas=("bg/s/1",))]), AS_OF)
    assert coverage.counts[CellClass.NOT_ASSESSED] == 2
    assert coverage.denominator == 2
    assert coverage.share(1) == 1
    assert assess(facts([]), AS_OF).share(1) is None


def test_keys_are_stable_and_never_shared():
    assert CellKey("BG", "school", None).text == "coverage:BG:school:*"
    texts = {
        CellKey(*parts).text for parts in [("a:b", "c", None), ("a", "b:c", None), ("a", "b", "*"), ("a", "b", None)]
    }
    assert len(texts) == 4


def test_nearest_provider_is_looked_for_ring_by_ring():
    key = CellKey("bg/n/1", "school", None)
    sibling, cousin = other(areas=("bg/n/2",)), other(id="s3", providers=("o3",), areas=("bg/s/1",), assured=())
    asked = [Assessment("bg", "school", AS_OF)]
    coverage = assess_cells(facts([sibling, cousin], asked), {key}, AS_OF)
    (near,) = nearby(coverage, [key])[key]
    assert (near.place, near.providers, near.confirmed, near.steps) == ("bg/n/2", ("o2",), ("o2",), 1)
    (far,) = nearby(assess_cells(facts([cousin], asked), {key}, AS_OF), [key])[key]
    assert (far.place, far.providers, far.confirmed, far.steps) == ("bg/s/1", ("o3",), (), 2)
    assert nearby(assess_cells(facts([], asked), {key}, AS_OF), [key]) == {key: ()}


def test_duration_goes_back_to_the_first_day_without_a_break():
    key = CellKey("bg/n/1", "school", None)

    def held(*rows, asked=()):
        return since(assess_cells(facts(rows, asked), {key}, AS_OF), key).on

    absent = [Assessment("bg/n/1", "school", days_ago(150)), Assessment("bg/n/1", "school", days_ago(300))]
    assert held(asked=absent) == days_ago(300)
    assert held(asked=[absent[0], replace(absent[1], on=days_ago(331))]) == days_ago(331)
    assert held(asked=[absent[0], replace(absent[1], on=days_ago(332))]) == days_ago(150)
    assert held(replace(TODAY, valid_from=days_ago(500), assured=(days_ago(400),))) == days_ago(400 - 181)
    assert held(replace(TODAY, valid_from=days_ago(500), assured=())) == days_ago(500)
    assert held(replace(TODAY, assured=())) is None
    assert held(
        replace(TODAY, assured=(days_ago(170), days_ago(20))), other(assured=(days_ago(40),), valid_to=days_ago(30))
    ) == days_ago(30)
    ended = replace(TODAY, valid_from=days_ago(900), valid_to=days_ago(100), assured=())
    assert held(ended, asked=[Assessment("bg", "school", days_ago(110))]) == days_ago(900)


def test_a_cycle_in_the_places_does_no_harm():
    loop = [Place("a", "adm1", "b"), Place("b", "adm1", "a")]
    world = facts([replace(TODAY, areas=("a",))], places=loop)
    assert len(cells(assess(world, AS_OF, Scope(level="adm1")))) == 2
    assert nearby(assess(world, AS_OF), [CellKey("a", "school", None)]) is not None


def test_a_status_outside_the_vocabulary_is_refused():
    with pytest.raises(ValueError):
        facts([replace(TODAY, status=((date(2025, 1, 1), "open"),))])
