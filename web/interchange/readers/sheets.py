"""A sheet of text cells with the numbers a person sees in the margin, and the limits on what one file may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from web.interchange.facts import ImportRejected

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 300
MAX_CELL = 10_000
OUTER = re.compile(r"\A[\s\u200b\ufeff]+|[\s\u200b\ufeff]+\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells as text, untrimmed; `number` counts from 1 as the spreadsheet or editor shows it."""

    number: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """The trimmed text of a cell, empty where the row ends before it."""
        return clean(self.cells[index]) if index < len(self.cells) else ""

    @property
    def blank(self) -> bool:
        return not any(clean(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` is None for a text file; `hidden` sheets are listed so that a person can be told."""

    file: str
    name: str | None
    rows: tuple[Row, ...]
    hidden: bool = False
    uncomputed: frozenset[tuple[int, int]] = frozenset()
    filled_down: int = 0


def clean(text: str) -> str:
    """Without outer spaces of any kind, zero-width marks at the ends, and NUL or lone surrogates anywhere."""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff")
    return OUTER.sub("", kept)


def letter_of(index: int) -> str:
    """Column letters as spreadsheets count: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def checked_rows(rows: Iterable[Sequence[str]], numbers: Iterable[int]) -> tuple[Row, ...]:
    """Rows within the limits of one file; too many rows or columns refuse the file as a whole."""
    kept: list[Row] = []
    for number, cells in zip(numbers, rows, strict=False):
        if len(kept) >= MAX_ROWS:
            raise ImportRejected("too_many_rows", most=MAX_ROWS)
        if len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:]):
            raise ImportRejected("too_many_columns", most=MAX_COLUMNS, at_row=number)
        kept.append(Row(number, tuple(cells[:MAX_COLUMNS])))
    return tuple(kept)
