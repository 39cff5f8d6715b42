"""The real 3W list of the shared folder, read to the counts that the issue states."""

import os
from collections import defaultdict
from pathlib import Path

import pytest

from web.interchange.duplicates import propose
from web.interchange.readers.reading import Upload, read

SHARED = Path(os.environ.get("MREZHA_SHARED", Path(__file__).parents[2].parent / "shared"))
LIST = SHARED / "data" / "unhcr-3w.csv"
pytestmark = pytest.mark.skipif(
    not LIST.is_file(),
    reason=f"LEFT OUT: {LIST} is not there. Set MREZHA_SHARED to the shared folder to test against the real 3W list.",
)


@pytest.fixture(scope="module")
def reading():
    return read([Upload(LIST.name, LIST.read_bytes())])


def test_everything_is_counted_by_exact_spelling(reading):
    levels = [place.level for place in reading.places]
    assert len(reading.organisations) == 267
    assert len(reading.service_types) == 40
    assert levels.count("adm1") == 57
    assert levels.count("country") == 17
    assert reading.rows == 2250
    assert reading.refusals == ()


def test_providers_of_the_cells(reading):
    level = {place.key: place.level for place in reading.places}
    providers = defaultdict(set)
    for service in reading.services:
        if level[service.place] == "adm1":
            providers[service.place, service.service_type].add(service.organisation)
    assert 40 * 57 - len(providers) == 1609
    assert sum(len(each) == 1 for each in providers.values()) == 301


def test_the_same_area_name_in_two_countries_stays_two_places(reading):
    niger = [place.key for place in reading.places if place.name == "Niger"]
    assert sorted(niger) == ["mali-situation/Niger", "nigeria-situation/Niger"]
    assert "LB/Bekaa" in {place.key for place in reading.places}


def test_untagged_columns_are_told_once(reading):
    assert [warning.code for warning in reading.warnings] == ["untagged_column", "untagged_column"]


def test_the_four_case_pairs_are_proposed_first(reading):
    names = {each.key: each.name for each in reading.organisations}
    proposals = propose(names, {})
    pairs = {frozenset((each.a, each.b)) for each in proposals}
    wanted = [{"GIZ", "GiZ"}, {"OXFAM", "Oxfam"}, {"MEDAIR", "Medair"}, {"Save The Children", "Save the Children"}]
    assert all(frozenset(pair) in pairs for pair in wanted)
    assert {frozenset((each.a, each.b)) for each in proposals if each.why == "same_but_case"} == {
        frozenset(pair) for pair in wanted
    }
    assert len(proposals) <= 20
