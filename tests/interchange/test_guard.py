import pytest

from web.interchange.columns import TABLES
from web.interchange.header_words import HEADER_WORDS
from web.interchange.readers.guard import client_column
from web.interchange.readers.reading import Upload, read
from web.interchange.readers.sheets import Row, Sheet
from web.interchange.tables import write_csv, write_xlsx

FORBIDDEN = [
    "Client name", "CLIENT NAME", "Name of client", "Beneficiary full name", "Date of birth", "DOB", "Passport No.", "Passport",
    "Име на клиент", "Име на клиента", "Дата на раждане", "ЕГН", "ЛНЧ (ако има)", "Три имена бежанец", "Номер на документ",
    "Klienta vārds", "Dzimšanas datums", "Personas kods", "Ime klijenta", "Datum rođenja", "ЈМБГ", "Ime i prezime korisnika",
]  # fmt: skip


@pytest.mark.parametrize("header", FORBIDDEN)
def test_a_column_of_clients_refuses_the_file(header):
    data = write_csv(["Organisation", "Service", header], [["A", "Health", "x"]])
    reading = read([Upload("x.csv", data)])
    assert [each.code for each in reading.refusals] == ["client_data"]
    assert reading.organisations == ()


def test_one_such_sheet_refuses_the_whole_workbook_but_not_the_other_file():
    book = write_xlsx([("a", ["Organisation", "Service"], [["A", "x"]]), ("b", ["Client name", "x"], [["p", "q"]])])
    other = write_csv(["Organisation", "Service"], [["B", "x"]])
    reading = read([Upload("a.xlsx", book), Upload("b.csv", other)])
    assert [each.name for each in reading.organisations] == ["B"]
    assert [(each.file, each.sheet) for each in reading.refusals] == [("a.xlsx", "b")]


def test_personal_numbers_betray_themselves_without_a_header():
    numbers = ["7501020018", "7501010010", "8001010008", "6101057509", "7501020018"]
    data = write_csv(["Organisation", "Service", "No"], [["A", "x", number] for number in numbers])
    assert [each.code for each in read([Upload("x.csv", data)]).refusals] == ["client_data"]


def test_phones_and_papers_are_no_personal_data_of_clients():
    rows = [["A", "Legal aid", f"088812345{digit}", "паспорт"] for digit in range(10)]
    data = write_csv(["Organisation", "Service", "Phone", "Papers to bring"], rows)
    assert read([Upload("x.csv", data)]).refusals == ()


def test_no_header_of_our_own_is_forbidden():
    titles = [column.title for fields in TABLES.values() for column in fields]
    words = [word for text in HEADER_WORDS.values() for word in text.split("; ")]
    for header in (*titles, *words):
        assert client_column(Sheet("f", None, (Row(1, (header,)),)), 0) is None, header
