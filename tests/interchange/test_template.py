import io
import zipfile
from datetime import date

import pytest

from web.interchange.columns import EXTRAS, SHEET_WORDS, TABLES
from web.interchange.facts import Choices, TableChoice
from web.interchange.readers.reading import Upload, read
from web.interchange.tables import write_csv, write_xlsx
from web.interchange.template import ABOUT, csv_archive, csv_table, workbook

ROWS = {
    "organisations": [
        {"id": "O1", "name": "Дом на жената", "name_en": "House of the Woman", "aliases": "ДЖ; Дом", "kind": "ngo", "level": "Местно",
         "identifier": "BG-EIK:000000000", "country": "България", "adm1": "Хасково", "adm2": "Харманли", "languages": "bg; арабски",
         "website": "example.org", "email": "a@example.org", "phone": "0888 123 456", "publish": "да", "assured_on": "31.12.2025 г."},
        {"name": "Община Харманли", "kind": "Община (municipality)"},
    ],
    "people": [{"name": "Мария", "organisation": "Дом на жената", "role": "ментор", "focal_point": "x", "valid_from": "2025-01-01"}],
    "services": [
        {"organisation": "O1", "service_type": "Правна помощ", "country": "България", "adm1": "Хасково", "adm2": "Харманли",
         "group": "бежанци; деца", "documents": "лична карта; удостоверение", "cost": "безплатно", "capacity": "20"},
        {"organisation": "Община Харманли", "service_type": "правна помощ", "country": "Bulgaria", "adm1": "Хасково"},
    ],
    "ties": [{"from": "Дом на жената", "to": "Община Харманли", "relation": "agreement", "directed": "не", "weight": "1,5"}],
    "meetings": [
        {"id": "M1", "title": "Среща", "held_on": "14.03.2025", "organisation": "O1", "person": "Мария", "mode": "онлайн"},
        {"id": "M1", "title": "Среща", "held_on": "14.03.2025", "organisation": "Община Харманли", "mode": "не"},
    ],
    "assessments": [{"service_type": "Превод", "country": "България", "adm1": "Хасково", "result": "няма", "assessed_on": "2025-05-20"}],
}  # fmt: skip


def filled(rows) -> list[Upload]:
    sheets = []
    for kind, given in rows.items():
        names = [column.name for column in TABLES[kind]]
        sheets.append((kind, names, [[row.get(name, "") for name in names] for row in given]))
    return [Upload("filled.xlsx", write_xlsx(sheets))]


@pytest.mark.parametrize("translate", [str, lambda text: f"ПРЕВОД {text}"])
def test_the_empty_template_reads_as_nothing_in_any_language(translate):
    uploads = [Upload("t.xlsx", workbook(translate, str))]
    uploads += [Upload(f"{kind}.csv", csv_table(kind, translate)) for kind in TABLES]
    for given in ([uploads[0]], uploads[1:]):
        reading = read(given)
        assert [table.kind for table in reading.tables] == list(TABLES)
        assert (reading.rows, reading.refusals, reading.warnings) == (0, (), ())
        assert all(column.confidence == 1 for table in reading.tables for column in table.columns)


def test_the_archive_has_every_table_and_the_instructions():
    with zipfile.ZipFile(io.BytesIO(csv_archive(str))) as archive:
        assert archive.namelist() == [*(f"{kind}.csv" for kind in TABLES), "instructions.txt"]
        assert "How to fill in" in archive.read("instructions.txt").decode("utf-8-sig")
    assert csv_archive(str) == csv_archive(str)


def test_every_example_would_be_a_good_row():
    """The example rows, without their mark, are taken without a refusal or a doubt."""
    uploads = [
        Upload(f"{kind}.csv", csv_table(kind, str).replace(b"#example ", b"").replace(b"#example", b""))
        for kind in TABLES
    ]
    reading = read(uploads)
    assert reading.refusals == ()
    assert {each.code for each in reading.warnings} <= {"organisation_not_listed"}
    assert all(table.rows == 1 for table in reading.tables if table.kind != "assessments")


def test_a_filled_workbook_becomes_facts():
    reading = read(filled(ROWS))
    assert reading.refusals == ()
    house, town = reading.organisations
    assert (house.key, house.kind, house.level, house.place) == ("O1", "ngo", "local", "BG/Хасково/Харманли")
    assert [(name.text, name.language, name.kind) for name in house.names] == [
        ("House of the Woman", "en", "name"), ("ДЖ", None, "alias"), ("Дом", None, "alias"),
    ]  # fmt: skip
    assert (house.phone, house.website, house.email) == ("+359888123456", "https://example.org", "a@example.org")
    assert (house.languages, house.publish, house.assured_on) == (("bg", "ar"), True, date(2025, 12, 31))
    assert house.identifiers[0].check_ok is True
    assert (town.key, town.kind, town.stated) == ("Община Харманли", "municipality", True)
    assert [(each.organisation, each.role, each.focal_point) for each in reading.people] == [("O1", "mentor", True)]
    first, second = reading.services
    assert first.service_type == second.service_type == "pravna-pomoshch"
    assert (first.groups, first.cost, first.capacity, len(first.documents)) == (("bezhantsi", "detsa"), "free", 20, 2)
    assert [(each.from_key, each.to_key, each.directed, each.weight) for each in reading.ties] == [
        ("O1", "Община Харманли", False, 1.5)
    ]
    assert [(each.key, each.held_on) for each in reading.meetings] == [("M1", date(2025, 3, 14))]
    assert [(each.organisation, each.person, each.mode) for each in reading.attendance] == [
        ("O1", "Мария @ O1", "online"), ("Община Харманли", None, "absent"),
    ]  # fmt: skip
    assert [(each.place, each.service_type, each.result) for each in reading.assessments] == [
        ("BG/Хасково", "prevod", "none")
    ]
    assert {each.code for each in reading.warnings} == {"type_spelling"}


def test_the_same_rows_as_csv_files_in_windows_1251_say_the_same():
    uploads = []
    for kind, given in ROWS.items():
        names = [column.name for column in TABLES[kind]]
        data = write_csv(names, [[row.get(name, "") for name in names] for row in given])
        uploads.append(Upload(f"{kind}.csv", data.decode("utf-8-sig").encode("windows-1251")))
    plain, book = read(uploads), read(filled(ROWS))
    assert [each.key for each in plain.organisations] == [each.key for each in book.organisations]
    assert [each.key for each in plain.services] == [each.key for each in book.services]
    assert [each.key for each in plain.people] == [each.key for each in book.people]


def test_bad_rows_are_refused_with_what_is_missing():
    rows = {
        "organisations": [
            {"id": "1", "name": "A"},
            {"id": "1", "name": "B"},
            {"id": "2"},
            {"id": "3", "name": "C"},
            {"id": "4", "name": "C"},
        ],
        "people": [{"name": "", "organisation": "A"}, {"name": "P", "organisation": "C"}],
        "services": [{"organisation": "A"}, {"service_type": "x"}],
        "ties": [{"from": "A", "to": "1"}, {"from": "A", "relation": "r"}],
        "meetings": [{"title": "T"}],
        "assessments": [{"service_type": "x", "result": "perhaps", "adm1": "V"}],
    }
    reading = read(filled(rows))
    assert [(each.code, each.sheet, each.row) for each in reading.refusals] == [
        ("id_clash", "organisations", 3), ("name_missing", "organisations", 4),
        ("name_missing", "people", 2), ("name_ambiguous", "people", 3),
        ("service_type_missing", "services", 2), ("organisation_missing", "services", 3),
        ("relation_missing", "ties", 2), ("organisation_missing", "ties", 3),
        ("meeting_without_title_or_date", "meetings", 2),
        ("assessment_incomplete", "assessments", 2),
    ]  # fmt: skip


def test_an_organisation_that_is_only_mentioned_is_looked_up_elsewhere():
    rows = {"organisations": [{"name": "A"}], "services": [{"organisation": "B", "service_type": "x"}]}
    reading = read(filled(rows))
    assert [(each.name, each.stated) for each in reading.organisations] == [("A", True), ("B", False)]
    assert [each.code for each in reading.warnings] == ["organisation_not_listed"]
    alone = read(filled({"services": rows["services"]}))
    assert [(each.name, each.stated) for each in alone.organisations] == [("B", True)]


def test_a_table_of_others_is_matched_by_its_headers():
    text = (
        "Списък на партньорите;;;;;\n;;;;;\nОрганизация *;Вид услуга;Област;Телефон;Провеrено на;Цвят\n"
        " А ;Правна помощ;Хасково;0888 123 456;31.12.2025;син\n"
    )
    reading = read([Upload("списък.csv", text.encode("utf-16"))])
    table = reading.tables[0]
    assert (table.kind, table.header_row, table.rows) == ("services", 3, 1)
    assert [column.field for column in table.columns] == [
        "organisation", "service_type", "adm1", "organisation_phone", "assured_on", None,
    ]  # fmt: skip
    assert reading.organisations[0].phone == "+359888123456"
    assert reading.services[0].assured_on == date(2025, 12, 31)
    assert {(each.code, each.column) for each in reading.warnings} == {
        ("stray_spaces", "A: Организация *"), ("unknown_column", "F: Цвят"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (["Name", "Organisation", "Phone", "E-mail"], "people"),
        (["Име", "Организация", "Длъжност"], "people"),
        (["Organizācija", "Pakalpojums", "Pašvaldība"], "services"),
        (["Организација", "Услуга", "Општина"], "services"),
        (["Наименование", "Вид", "ЕИК", "Телефон"], "organisations"),
        (["From", "To", "Type"], "ties"),
        (["Среща", "Дата", "Организация"], "meetings"),
        (["Услуга", "Област", "Резултат"], "assessments"),
    ],
)
def test_tables_are_told_apart(headers, kind):
    reading = read([Upload("x.csv", write_csv(headers, [["a"] * len(headers)]))])
    assert [table.kind for table in reading.tables] == [kind]


def test_a_person_may_choose_the_table_the_header_and_the_columns():
    data = write_csv(["one", "two", "three"], [["x", "y", "z"], ["A", "Health", "Varna"]])
    fields = {0: "organisation", 1: "service_type", 2: "adm1"}
    choices = Choices(tables={("x.csv", None): TableChoice("services", header_row=2, fields=fields)})
    reading = read([Upload("x.csv", data)], choices)
    assert [(each.organisation, each.service_type, each.place) for each in reading.services] == [
        ("A", "health", "Varna")
    ]


def test_declarations_agree():
    assert set(TABLES) == set(ABOUT)
    assert set(TABLES) | {"nodes", "edges"} == set(SHEET_WORDS.codes)
    assert set(EXTRAS) <= set(TABLES)
    for fields in TABLES.values():
        assert len({field.name for field in fields}) == len(fields)
        assert all(
            field.choices is None or not field.example or field.example in field.choices.codes for field in fields
        )
