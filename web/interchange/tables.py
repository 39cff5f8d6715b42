"""Tables out: CSV and XLSX in which no cell is a formula and every text comes back as it was.

CSV scheme: a text that, after outer spaces and control characters, begins with = + - @ | % (or with such a text behind
apostrophes) gets one apostrophe in front; `unescape` takes exactly that one away. Other apostrophes stay. So +359...
keeps its plus, and nothing is lost.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

Cell: TypeAlias = str | int | float | None

RISKY = re.compile(r"'*(?:[\s\x00-\x1f\x7f-\xa0\u200b-\u200f\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")
SURROGATES = re.compile("[\ud800-\udfff]")
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
XLSX_LONGEST = 32_767


def escape(text: str) -> str:
    """The text with one apostrophe in front where a spreadsheet might take it for a formula."""
    return "'" + text if RISKY.match(text) else text


def unescape(text: str) -> str:
    """The text that `escape` was given."""
    return text[1:] if text.startswith("'") and RISKY.match(text, 1) else text


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Header and rows as UTF-8 with a mark (Excel needs it), every cell quoted, lines ended by CR LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([escape(_encodable(column)) for column in columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return escape(_encodable(cell))
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell)


def _encodable(text: str) -> str:
    return SURROGATES.sub("\ufffd", text)


def write_xlsx(sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """A workbook of (name, columns, rows): texts are text cells, never formulas, links or numbers.

    A text longer than a cell can hold (32,767 characters) is cut there.
    """
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        for name, columns, rows in sheets:
            page = book.add_worksheet(NOT_IN_SHEET_NAMES.sub(" ", name)[:31].strip("' ") or None)
            page.freeze_panes(1, 0)
            for index, column in enumerate(columns):
                page.write_string(0, index, _encodable(column), bold)
            for number, row in enumerate(rows, start=1):
                _write_row(page, number, row)
    return out.getvalue()


def _write_row(page: Worksheet, number: int, row: Sequence[Cell]) -> None:
    for index, cell in enumerate(row):
        if isinstance(cell, bool):
            page.write_string(number, index, "yes" if cell else "no")
        elif isinstance(cell, str):
            page.write_string(number, index, _encodable(cell)[:XLSX_LONGEST])
        elif cell is not None:
            page.write_number(number, index, cell)
