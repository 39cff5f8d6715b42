"""What must hold for any world: equal to a naive reading, a partition, monotone, blind to order, names and the future."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.coverage import (
    ORDER,
    CellClass,
    CellKey,
    Scope,
    Service,
    assess,
    assess_cells,
    cell,
    cells,
    since,
)
from tests.coverage.worlds import (
    AS_OF,
    GROUPS,
    PLACES,
    TYPES,
    facts,
    group_ids,
    naive_class,
    place_ids,
    services,
    type_ids,
    worlds,
)

ALL_KEYS = {
    CellKey(place.id, service, group)
    for place, (service, _), group in product(PLACES, TYPES, (None, *(name for name, _ in GROUPS)))
}
RANK = {
    CellClass.NOT_ASSESSED: 0,
    CellClass.ABSENT: 0,
    CellClass.UNVERIFIED: 1,
    CellClass.FRAGILE: 2,
    CellClass.COVERED: 3,
}


@given(worlds())
@settings(max_examples=150, deadline=None)
def test_every_cell_is_what_the_naive_reading_says(world):
    rows, asked, _, left = world
    found = cells(assess_cells(facts(rows, asked, left=left), ALL_KEYS, AS_OF))
    assert len(found) == len(ALL_KEYS)
    for each in found:
        key = (each.place, each.service, each.group)
        cls, listed, confirmed, partial = naive_class(rows, asked, left, key, AS_OF)
        assert (each.cls, set(each.providers), set(each.confirmed), each.partial) == (
            cls,
            listed,
            confirmed,
            partial,
        ), key


@given(worlds(), st.sampled_from([None, "country", "adm1", "adm2"]), st.none() | place_ids, st.none() | type_ids)
@settings(max_examples=80, deadline=None)
def test_classes_partition_the_grid_and_counts_sum(world, level, place, service):
    rows, asked, required, left = world
    scope = Scope(level=level, place=place, service=service)
    coverage = assess(facts(rows, asked, required, left), AS_OF, scope)
    listed = cells(coverage)
    assert sum(coverage.counts.values()) == len(coverage.grid) == len(listed)
    assert coverage.denominator == sum(each.cls != CellClass.NOT_ASSESSED for each in listed)
    assert sum(len(cells(coverage, [name])) for name in ORDER) == len(listed)
    assert len({each.key for each in listed}) == len(listed)
    assert all(each.reasons for each in listed)
    weight = sum(each.weight for each in listed if each.cls != CellClass.NOT_ASSESSED)
    met = sum(each.weight for each in listed if each.cls != CellClass.NOT_ASSESSED and len(each.confirmed) >= 2)
    assert coverage.share(2) == (met / weight if weight else None)


@given(worlds(), services(99, ("o8", "o9")))
@settings(max_examples=80, deadline=None)
def test_adding_a_provider_never_worsens_a_class(world, more):
    rows, asked, _, left = world
    before = cells(assess_cells(facts(rows, asked, left=left), ALL_KEYS, AS_OF))
    after = cells(assess_cells(facts([*rows, more], asked, left=left), ALL_KEYS, AS_OF))
    for old, new in zip(before, after, strict=True):
        assert RANK[new.cls] >= RANK[old.cls]
        assert set(old.providers) <= set(new.providers)


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_of_input_changes_nothing(world, random):
    rows, asked, required, left = world
    before = cells(assess(facts(rows, asked, required, left), AS_OF))
    shuffled = [list(rows), list(asked), list(required), list(PLACES), list(TYPES), list(GROUPS)]
    for each in shuffled:
        random.shuffle(each)
    rows, asked, required, places, types, groups = shuffled
    assert cells(assess(facts(rows, asked, required, left, places, types, groups), AS_OF)) == before


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_other_names_give_the_same_answer_under_other_names(world):
    rows, asked, _, left = world
    swap = {"o1": "zz", "o2": "o2", "o3": "aa"}
    renamed = [
        replace(row, id=f"x{99 - number}", providers=tuple(swap[name] for name in row.providers))
        for number, row in enumerate(rows)
    ]
    before = cells(assess_cells(facts(rows, asked, left=left), ALL_KEYS, AS_OF))
    after = cells(
        assess_cells(facts(renamed, asked, left={swap[name]: on for name, on in left.items()}), ALL_KEYS, AS_OF)
    )
    for old, new in zip(before, after, strict=True):
        assert (old.cls, {swap[name] for name in old.providers}) == (new.cls, set(new.providers))


def known_by(row: Service, on: date) -> Service | None:
    """The record as it could have been written on that day."""
    if row.valid_from is not None and row.valid_from > on:
        return None
    status = tuple(entry for entry in row.status if entry[0] is None or entry[0] <= on)
    if row.status and not status:
        return None
    end = row.valid_to if row.valid_to is None or row.valid_to <= on else None
    return replace(row, valid_to=end, status=status, assured=tuple(day for day in row.assured if day <= on))


@given(worlds())
@settings(max_examples=80, deadline=None)
def test_a_past_day_does_not_see_later_facts(world):
    rows, asked, _, _ = world
    then = [known for row in rows if (known := known_by(row, AS_OF))]
    asked_then = [each for each in asked if each.on <= AS_OF]
    now, past = assess(facts(rows, asked), AS_OF), assess(facts(then, asked_then), AS_OF)
    assert now.grid.keys == past.grid.keys
    assert now.counts == past.counts


@given(worlds(4), place_ids, type_ids, st.none() | group_ids)
@settings(max_examples=40, deadline=None)
def test_duration_equals_a_walk_day_by_day(world, place, service, group):
    rows, asked, _, left = world
    key = CellKey(place, service, group)
    world_facts = facts(rows, asked, left=left)
    coverage = assess_cells(world_facts, {key}, AS_OF)
    current = cell(coverage, key).cls
    held = {"absent", "unverified"} if current in ("absent", "unverified") else {current}
    first, day = None, AS_OF
    while day > date(2024, 1, 1) and first is None:
        if naive_class(rows, asked, left, key, day - timedelta(days=1))[0] not in held:
            first = day
        day -= timedelta(days=1)
    assert since(coverage, key).on == first
