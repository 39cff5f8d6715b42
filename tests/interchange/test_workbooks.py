import io
import time
import zipfile
from datetime import date

import pytest
from xlsxwriter import Workbook

from web.interchange.facts import ImportRejected
from web.interchange.readers.archive import checked_parts
from web.interchange.readers.reading import Upload, read
from web.interchange.readers.workbook import read_workbook
from web.interchange.tables import write_xlsx

SHEET, SHARED, LINKS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"
PLAIN = write_xlsx([("S", ["a"], [["x"]])])


def rebuilt(data: bytes, changed: dict[str, bytes]) -> bytes:
    """The workbook with parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name) or old.read(name))
        for name in changed.keys() - set(old.namelist()):
            new.writestr(name, changed[name])
    return out.getvalue()


def sheet_xml(cells: bytes) -> bytes:
    return (
        b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + cells + b"</sheetData></worksheet>"
    )


def refused(data: bytes) -> str:
    with pytest.raises(ImportRejected) as caught:
        read_workbook("f.xlsx", data)
    return caught.value.code


def test_bombs_are_refused_before_they_unpack():
    assert refused(rebuilt(PLAIN, {"xl/big.xml": b" " * 10_000_000})) == "workbook_bomb"
    assert refused(rebuilt(PLAIN, {f"xl/{number}.bin": b"x" for number in range(2001)})) == "workbook_bomb"


def test_a_size_that_lies_is_refused():
    data = bytearray(rebuilt(PLAIN, {"xl/more.xml": b"<a/>" * 1000}))
    for signature, offset in ((b"PK\x01\x02", 24),):
        at = data.rfind(b"xl/more.xml")
        at = data.rfind(signature, 0, at)
        data[at + offset : at + offset + 4] = (100).to_bytes(4, "little")
    assert refused(bytes(data)) == "workbook_damaged"


def test_a_cell_in_the_last_corner_is_refused():
    for corner in (b"XFD1048576", b"XFD1", b"A1048576", b"A200001", b"KO1"):
        cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row><c r="' + corner + b'"><v>1</v></c></row>'
        assert refused(rebuilt(PLAIN, {SHEET: sheet_xml(cells)})) == "workbook_far_cell"


def test_an_empty_formatted_cell_far_off_does_no_harm():
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    sheets = read_workbook("f.xlsx", rebuilt(PLAIN, {SHEET: sheet_xml(cells)}))
    assert [row.cells for row in sheets[0].rows] == [("1",)]


def test_a_long_text_shown_many_times_is_refused():
    shared = b"<sst><si><t>" + b"ab" * 15_000 + b"</t></si></sst>"
    cells = b"".join(b'<row><c t="s"><v>0</v></c></row>' for _ in range(20_000))
    data = rebuilt(PLAIN, {SHARED: shared, SHEET: sheet_xml(cells)})
    assert refused(data) == "workbook_bomb"


def test_entities_and_macros_are_refused():
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet_xml(b"")
    assert refused(rebuilt(PLAIN, {SHEET: entity})) == "workbook_damaged"
    assert refused(rebuilt(PLAIN, {"xl/vbaProject.bin": b"x"})) == "workbook_macros"


@pytest.mark.parametrize("cut", [10, 100, len(PLAIN) // 2, len(PLAIN) - 5])
def test_a_cut_file_is_refused(cut):
    assert refused(PLAIN[:cut]) == "workbook_damaged"


def test_every_flipped_byte_is_read_or_refused():
    for at in range(0, len(PLAIN), 37):
        data = bytearray(PLAIN)
        data[at] ^= 0xFF
        read([Upload("f.xlsx", bytes(data))])


def test_other_archives_and_old_workbooks_are_refused_by_name():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    assert refused(out.getvalue()) == "not_a_workbook"
    assert refused(b"\xd0\xcf\x11\xe0" + b"\0" * 100) == "workbook_old_or_locked"
    reading = read([Upload("a.pdf", b"%PDF-1.7"), Upload("b.csv", b""), Upload("c.csv", b"x" * (20 * 2**20 + 1))])
    assert [refusal.code for refusal in reading.refusals] == ["file_pdf", "file_empty", "file_too_big"]


def book(write) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as made:
        write(made)
    return out.getvalue()


def test_cells_of_all_types_become_text():
    def write(made):
        page = made.add_worksheet("S")
        day = made.add_format({"num_format": "dd.mm.yyyy"})
        page.write_number(0, 0, 46022, day)
        page.write_number(0, 1, 46022.4375, day)
        page.write_row(0, 2, [5, 1.5, True, "359888123456", 359888123456])

    sheet = read_workbook("f.xlsx", book(write))[0]
    assert sheet.rows[0].cells == (
        "2025-12-31", "2025-12-31 10:30", "5", "1.5", "true", "359888123456", "359888123456",
    )  # fmt: skip


def test_merged_hidden_titled_and_computed_cells():
    def write(made):
        page = made.add_worksheet("Услуги")
        page.merge_range("A1:D1", "Списък на услугите")
        page.write_row("A3", ["Организация", "Вид услуга", "Община", "Капацитет"])
        page.merge_range("A4:A5", "Дом на жената")
        page.write_row("B4", ["Превод", "Хасково"])
        page.write_formula("D4", "=2+3", None, 5)
        page.write_row("B5", ["Правна помощ", "Харманли"])
        page.write_formula("D5", "=NOW()", None, "")
        made.add_worksheet("стари").hide()

    reading = read([Upload("f.xlsx", book(write))])
    assert [each.name for each in reading.organisations] == ["Дом на жената"]
    assert [(each.service_type, each.place, each.capacity) for each in reading.services] == [
        ("prevod", "Хасково", 5),
        ("pravna-pomoshch", "Харманли", None),
    ]
    told = {(each.code, each.sheet, each.row, each.column) for each in reading.warnings}
    assert ("merged_cells", "Услуги", None, None) in told
    assert ("hidden_sheet", "стари", None, None) in told
    assert ("formula_uncomputed", "Услуги", 5, "D: Капацитет") in told
    assert reading.services[0].source.row == 4


def test_dates_in_cells_are_dates():
    def write(made):
        page = made.add_worksheet("S")
        page.write_row("A1", ["Organisation", "Service", "Checked on"])
        page.write_row("A2", ["A", "Legal aid"])
        page.write_number("C2", 45750, made.add_format({"num_format": "d.m.yyyy"}))
        page.write_row("A3", ["B", "Legal aid", 45750])

    reading = read([Upload("f.xlsx", book(write))])
    assert [each.assured_on for each in reading.services] == [date(2025, 4, 3), date(2025, 4, 3)]
    assert [(each.code, each.row) for each in reading.warnings] == [("date_serial", 3)]


def test_parts_are_unpacked_once_and_kept():
    assert set(checked_parts(PLAIN)) >= {"xl/workbook.xml", "xl/worksheets/sheet1.xml"}


def test_markup_without_an_end_takes_no_time():
    for part in (b"<si>", b'<c r="XFD1"', b"<c ", b'<c r="A1"><f>', b"<f>", b"r ", b'<c r="A1"><f '):
        hostile = sheet_xml(part * 300_000)
        start = time.perf_counter()
        read([Upload("f.xlsx", rebuilt(PLAIN, {SHEET: hostile, SHARED: hostile}))])
        assert time.perf_counter() - start < 10


def test_a_sheet_under_another_name_is_looked_at_too():
    far = sheet_xml(b'<row r="1"><c r="XFD1048576"><v>1</v></c></row>')
    links = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="%s"/></Relationships>'
    )
    moved = {"xl/evil.xml": far, LINKS: links % b"evil.xml"}
    assert refused(rebuilt(PLAIN, moved)) == "workbook_far_cell"
    moved = {"xl/evil.dat": far, LINKS: links % b"evil.dat"}
    assert refused(rebuilt(PLAIN, moved)) == "workbook_damaged"
