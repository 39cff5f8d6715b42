"""XLSX workbooks: the zip is checked first (archive.py), then calamine reads; every cell comes out as text."""

from __future__ import annotations

import datetime
import io
from itertools import count
from typing import TypeAlias

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from web.interchange.facts import ImportRejected
from web.interchange.readers.archive import checked_parts, uncomputed_cells
from web.interchange.readers.sheets import MAX_COLUMNS, MAX_ROWS, Sheet, checked_rows

Value: TypeAlias = "int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta"


def read_workbook(file: str, data: bytes) -> list[Sheet]:
    """The worksheets in their order; hidden ones come without rows. Raises ImportRejected."""
    uncomputed = uncomputed_cells(checked_parts(data))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _read_sheet(file, book, item.name, item.visible == SheetVisibleEnum.Visible, uncomputed.get(item.name))
            for item in book.sheets_metadata
            if item.typ == SheetTypeEnum.WorkSheet
        ]
    except (CalamineError, OSError, ValueError) as fault:
        raise ImportRejected("workbook_damaged") from fault


def _read_sheet(
    file: str, book: CalamineWorkbook, name: str, visible: bool, uncomputed: frozenset[tuple[int, int]] | None
) -> Sheet:
    if not visible:
        return Sheet(file, name, (), hidden=True)
    page = book.get_sheet_by_name(name)
    if page.total_height > MAX_ROWS or page.total_width > MAX_COLUMNS:
        too_high = page.total_height > MAX_ROWS
        raise ImportRejected(
            "too_many_rows" if too_high else "too_many_columns", most=MAX_ROWS if too_high else MAX_COLUMNS
        )
    rows = [[_text(value) for value in row] for row in page.to_python(skip_empty_area=False)]
    filled = _fill_down(page, rows)
    return Sheet(file, name, checked_rows(rows, count(1)), uncomputed=uncomputed or frozenset(), filled_down=filled)


def _fill_down(page: CalamineSheet, rows: list[list[str]]) -> int:
    """A cell merged over several rows counts for each of them; gives the number of cells filled so."""
    filled = 0
    for (top, column), (bottom, _) in page.merged_cell_ranges or []:
        if top >= len(rows) or column >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if not row[column] and rows[top][column]:
                row[column] = rows[top][column]
                filled += 1
    return filled


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)
