import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.interchange.facts import NO_CHOICES
from web.interchange.readers.delimited import read_delimited
from web.interchange.readers.workbook import read_workbook
from web.interchange.tables import escape, unescape, write_csv, write_xlsx

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PAYLOADS = [
    "=1+1",
    "+359 88 1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "|calc",
    "%x",
    "'=1",
    "''=1",
    "'tis",
    "\ufeff=1",
    "＝1",
    "=cmd|' /C calc'!A0",
]
TRIGGERS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n")


@given(TEXT)
def test_escape_is_undone_exactly(text):
    assert unescape(escape(text)) == text


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=5))
def test_csv_comes_back_as_it_was(rows):
    data = write_csv(["a", "b"], rows)
    sheet, text = read_delimited("f.csv", data, NO_CHOICES)
    assert [list(row.cells) for row in sheet.rows] == [["a", "b"], *rows]
    assert text.encoding == "utf-8-sig"


@given(st.lists(TEXT.map(lambda text: text + "."), min_size=1, max_size=5))
def test_a_single_column_comes_back_too(cells):
    sheet, _ = read_delimited("f.csv", write_csv(["only"], [[cell] for cell in cells]), NO_CHOICES)
    assert [row.cells for row in sheet.rows] == [("only",), *((cell,) for cell in cells)]


@given(st.lists(TEXT, min_size=1, max_size=6))
def test_xlsx_comes_back_as_it_was(cells):
    cells = [cell + "." for cell in cells]
    sheet = read_workbook("f.xlsx", write_xlsx([("Sheet", ["x"] * len(cells), [cells])]))[0]
    assert list(sheet.rows[1].cells) == cells


@given(TEXT)
def test_no_csv_cell_begins_like_a_formula(text):
    data = write_csv(["a"], [[text]]).decode("utf-8-sig")
    cell = list(csv.reader(io.StringIO(data, newline="")))[1][0]
    assert not cell.startswith(TRIGGERS)
    assert not cell.lstrip("".join(map(chr, range(33))) + "\x7f\xa0\ufeff").startswith(TRIGGERS) or cell.startswith("'")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_known_payloads_are_text_in_both_forms(payload):
    sheet, _ = read_delimited("f.csv", write_csv(["a"], [[payload]]), NO_CHOICES)
    assert sheet.rows[1].cells == (payload,)
    book = write_xlsx([("S", ["a"], [[payload]])])
    assert b"<f>" not in _sheet_xml(book)
    assert read_workbook("f.xlsx", book)[0].rows[1].cells == (payload,)


def test_phone_numbers_keep_their_plus():
    assert b"+359881234567" in write_csv(["phone"], [["+359881234567"]])


def test_numbers_stay_numbers_and_missing_cells_are_empty():
    assert write_csv(["n", "m"], [[-7.5, None]]).endswith(b'"-7.5",""\r\n')
    sheet = read_workbook("f.xlsx", write_xlsx([("S", ["n", "m"], [[-7.5, None], [3, "x"]])]))[0]
    assert [row.cells for row in sheet.rows] == [("n", "m"), ("-7.5", ""), ("3", "x")]


def test_a_foreign_apostrophe_is_left_alone():
    sheet, _ = read_delimited("f.csv", b"name,x\n'tis,''quoted\n", NO_CHOICES)
    assert sheet.rows[1].cells == ("'tis", "''quoted")


def test_a_lone_surrogate_is_replaced_not_raised():
    assert "\ufffd" in write_csv(["a"], [["\ud800"]]).decode("utf-8-sig")


def _sheet_xml(book: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_sheet_names_and_yes_and_no_are_made_fit():
    book = write_xlsx([("Услуги: [2025]/" + "x" * 40, ["a"], [[True], [False]]), ("", ["b"], [])])
    sheets = read_workbook("f.xlsx", book)
    assert [sheet.name for sheet in sheets] == ["Услуги   2025  " + "x" * 16, "Sheet2"]
    assert [row.cells for row in sheets[0].rows] == [("a",), ("yes",), ("no",)]
    assert write_csv(["a"], [[True]]).endswith(b'"yes"\r\n')
