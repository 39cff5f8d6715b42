import csv
import io
import json
import random
from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.interchange.readers.reading import Upload, read
from web.interchange.readers.tags import field_of, is_tag_row, parse_tag
from web.interchange.tables import write_xlsx

HEADER = [
    "Country name",
    "Admin level 1",
    "Latitude",
    "Longitude",
    "Sector (English)",
    "Sector (Arabic)",
    "URL",
    "Organisation",
]
TAGS = ["#country", "#adm1", "#lat_deg", "#lon_deg", "#sector", "", "", "#org"]
COUNTRIES = {"Lebanon": "LB", "Côte d'Ivoire": "CI", "Turkey": "TR", "Mali Situation": "mali-situation", "Chad": "TD"}
AREAS = ["North", "South", "East", "Bekaa", "A/B 100%"]
SECTORS = ["Education", "Water & Sanitation", "Water, Sanitation and Hygiene", "HIV/AIDS", "Other"]
ORGANISATIONS = [
    "GIZ",
    "GiZ",
    "Oxfam",
    "OXFAM",
    "Medair",
    "MEDAIR",
    "Save the Children",
    "Save The Children",
    "Дом на жената",
    'A, "B" & C',
]


def trapped_rows(seed: int = 1) -> list[list[str]]:
    """Rows with the traps of the real list: repeated area names, old tags, stray spaces, untagged columns, case pairs."""
    dice = random.Random(seed)
    rows = []
    for number in range(400):
        country, area = dice.choice(list(COUNTRIES)), dice.choice(AREAS)
        spaces = dice.choice(["", "", " ", "\u00a0\u00a0 "])
        rows.append(
            [
                country,
                area,
                "33.9",
                "35.5",
                dice.choice(SECTORS),
                "",
                f"http://x.org/{number}{spaces}",
                dice.choice(ORGANISATIONS) + spaces,
            ]
        )
    return rows


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def read_rows(rows: list[list[str]]):
    return read([Upload("list.csv", as_csv(rows))])


FORMS = {
    "csv": lambda rows: ("list.csv", as_csv([HEADER, TAGS, *rows])),
    "windows-1251": lambda rows: (
        "list.csv",
        as_csv([HEADER, TAGS, *rows]).decode().replace("ô", "o").encode("windows-1251"),
    ),
    "xlsx": lambda rows: ("list.xlsx", write_xlsx([("Data", HEADER, [TAGS, *rows])])),
    "json rows": lambda rows: ("list.json", json.dumps([HEADER, TAGS, *rows]).encode()),
    "json objects with headers": lambda rows: (
        "list.json",
        json.dumps([dict(zip(HEADER, row, strict=True)) for row in [TAGS, *rows]]).encode(),
    ),
    "json objects with tags": lambda rows: (
        "list.json",
        json.dumps([{tag: cell for tag, cell in zip(TAGS, row, strict=True) if tag} for row in rows]).encode(),
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_traps_of_the_real_list_in_every_form(form):
    rows = trapped_rows()
    if form == "windows-1251":
        rows = [[cell.replace("ô", "o") for cell in row] for row in rows]
    reading = read([Upload(*FORMS[form](rows))])
    expected = defaultdict(set)
    for country, area, _, _, sector, _, _, organisation in rows:
        expected[country, area, sector].add(organisation.strip(" \u00a0"))
    assert reading.refusals == ()
    assert {each.name for each in reading.organisations} == set(ORGANISATIONS)
    assert {each.name for each in reading.service_types} == set(SECTORS)
    areas = {each.key: each for each in reading.places if each.level == "adm1"}
    assert len(areas) == len({(row[0], row[1]) for row in rows})
    found = defaultdict(set)
    types = {each.key: each.name for each in reading.service_types}
    names = {each.key: each.name for each in reading.places}
    for service in reading.services:
        area = areas[service.place]
        found[names[area.parent], area.name, types[service.service_type]].add(service.organisation)
    assert found == expected
    assert all(area.latitude == 33.9 for area in areas.values())


def test_countries_have_codes_and_areas_have_paths():
    reading = read_rows([HEADER, TAGS, *trapped_rows()])
    keys = {each.key for each in reading.places}
    assert set(COUNTRIES.values()) <= keys
    assert {"LB/Bekaa", "TD/Bekaa", "mali-situation/A%2FB 100%25"} <= keys


def test_what_is_left_out_is_told_once_for_a_column():
    reading = read_rows([HEADER, TAGS, *trapped_rows()])
    told = [(each.code, each.column) for each in reading.warnings if each.code not in ("row_repeated", "more_alike")]
    assert sorted(told) == [
        ("stray_spaces", "H: Organisation"),
        ("untagged_column", "F: Sector (Arabic)"),
        ("untagged_column", "G: URL"),
    ]
    tags = ["#org", "#sector", "#adm1", "#severity", "#org+funder"]
    reading = read_rows([tags, ["A", "B", "C", "1", "D"], ["A", "B", "C", "2", "D"]])
    assert [(each.code, each.params["tag"]) for each in reading.warnings if "tag" in each.params] == [
        ("unknown_tag", "#severity"),
        ("unknown_tag", "#org+funder"),
    ]


@pytest.mark.parametrize("above", [0, 1, 3, 24])
def test_the_tag_row_is_found_in_the_first_25_rows(above):
    rows = [["A list for the meeting", "", ""]] * above + [["#org", "#sector", "#adm1"], ["A", "Health", "Varna"]]
    reading = read_rows(rows)
    assert [each.name for each in reading.organisations] == ["A"]
    assert reading.organisations[0].source.row == above + 2


def test_a_tag_row_in_row_26_is_too_late():
    reading = read_rows([["x", "y", "z"]] * 25 + [["#org", "#sector", "#adm1"], ["A", "Health", "Varna"]])
    assert reading.organisations == ()
    assert [each.code for each in reading.warnings] == ["sheet_not_understood"]


def test_codes_beat_names():
    tags = ["#org", "#sector+name", "#sector+code", "#country+code", "#adm1+name", "#adm1+code", "#adm2+name"]
    rows = [
        ["A", "Education", "EDU", "BGR", "Хасково", "BG422", "Харманли"],
        ["B", "Образование", "EDU", "BGR", "Haskovo", "BG422", "Харманли"],
        ["C", "Health", "HEA", "BGR", "Хасково", "", ""],
        ["D", "Health", "HEA", "BGR", "Хасково", "01", ""],
    ]
    reading = read_rows([tags, *rows[:3]])
    assert [each.key for each in reading.places] == ["BG", "BG422", "BG422/Харманли"]
    assert [(each.key, each.name) for each in reading.service_types] == [("EDU", "Education"), ("HEA", "Health")]
    assert [each.place for each in reading.services] == ["BG422/Харманли", "BG422/Харманли", "BG422"]
    assert reading.places[1].names[0].text == "Haskovo"
    with_two = read_rows([tags, *rows])
    assert {"BG422", "BG/01", "BG/Хасково"} <= {each.key for each in with_two.places}


def test_one_name_with_two_languages_and_attributes_in_any_order():
    tags = [
        "#sector +i_bg +name",
        "#ORG + Name",
        "# sector+name+i_en",
        "#adm1",
        "#date +end",
        "#date+start",
        "#beneficiary+type",
        "#status",
    ]
    row = ["Здраве", "A", "Health", "Varna", "31.12.2025", "1.2.2025", "Refugees; IDPs", "Ongoing"]
    reading = read_rows([tags, row])
    kind = reading.service_types[0]
    assert (kind.name, kind.names[0].text, kind.names[0].language) == ("Health", "Здраве", "bg")
    service = reading.services[0]
    assert (service.valid_from, service.valid_to) == (date(2025, 2, 1), date(2025, 12, 31))
    assert service.groups == ("refugees", "idps")
    assert service.status == "active"


def test_bad_cells_are_told_with_row_and_column_and_the_rest_is_kept():
    tags = ["#org", "#sector", "#adm1", "#geo+lat", "#geo+lon", "#date+reported", "#reached", "#org+type"]
    rows = [
        ["A", "Health", "Varna", "north", "1", "soon", "many", "club"],
        ["", "Health", "Varna", "", "", "", "", ""],
        ["B", "", "Varna", "", "", "03/04/2025", "", "NGO"],
        ["C" * 10_001, "Health", "", "", "", "", "", ""],
    ]
    reading = read_rows([tags, *rows])
    assert [(each.code, each.row, each.column, each.value_class) for each in reading.refusals] == [
        ("cell_too_long", 5, "A: #org", "text"),
        ("organisation_missing", 3, "A: #org", "name"),
    ]
    assert {(each.code, each.row, each.column) for each in reading.warnings} == {
        ("coordinates_unreadable", 2, "D: #geo+lat"),
        ("date_unreadable", 2, "F: #date+reported"),
        ("value_unreadable", 2, "G: #reached"),
        ("kind_unknown", 2, "H: #org+type"),
        ("service_missing", 4, "B: #sector"),
    }
    assert [(each.name, each.kind) for each in reading.organisations] == [("A", "other"), ("B", "ngo")]
    assert len(reading.services) == 1


def test_rows_that_repeat_are_counted_once_and_many_remarks_are_summed_up():
    reading = read_rows([["#org", "#sector", "#adm1"], *[["A", "Health", "Varna"]] * 80])
    assert len(reading.services) == 1
    assert [each.code for each in reading.warnings].count("row_repeated") == 50
    assert reading.warnings[-1].code == "more_alike"
    assert reading.warnings[-1].params["count"] == 29


def test_a_table_without_organisations_is_refused():
    reading = read_rows([["#sector", "#adm1"], ["Health", "Varna"]])
    assert [each.code for each in reading.refusals] == ["no_organisation_column"]


@pytest.mark.parametrize(
    ("text", "word", "attributes"),
    [("#org", "org", set()), (" # ADM1 + Code +v_pcode ", "adm1", {"code", "v_pcode"}), ("＃org", "org", set())],
)
def test_tags_are_read_loosely(text, word, attributes):
    tag = parse_tag(text)
    assert (tag.word, tag.attributes) == (word, attributes)


@pytest.mark.parametrize("text", ["org", "#", "# 1", "#org+", "#1", "##org", "#org name"])
def test_other_texts_are_no_tags(text):
    assert parse_tag(text) is None


@given(st.lists(st.text(max_size=12), max_size=8))
def test_no_row_breaks_the_search_for_tags(cells):
    if is_tag_row(tuple(cells)):
        assert any(parse_tag(cell) for cell in cells)


@given(st.from_regex(r"#[a-z]{1,8}(\+[a-z_]{1,6}){0,3}", fullmatch=True))
def test_every_tag_has_a_field_or_none(text):
    tag = parse_tag(text)
    if tag is not None:
        assert field_of(tag) is None or isinstance(field_of(tag), str)


@pytest.mark.parametrize(
    "data", [b"[", b"{}", b"[1,2]", b"[[1],{}]", b"[]", b'{"a": []}', b"[[NaN]]", b"[" * 100_000, b'[["a", "b"], "c"]']
)
def test_other_json_is_refused(data):
    reading = read([Upload("x.json", data)])
    assert [each.code for each in reading.refusals] in (["json_shape"], ["json_damaged"])
