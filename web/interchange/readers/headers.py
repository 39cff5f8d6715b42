"""Which table a sheet holds and which column is which field, judged by the words of its header row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePath

from rapidfuzz import fuzz, process

from graphdb.folding import fold
from web.interchange.columns import EXTRAS, SHEET_WORDS, TABLES
from web.interchange.facts import Column, Table, TableChoice
from web.interchange.header_words import HEADER_WORDS
from web.interchange.readers.sheets import Row, Sheet, letter_of

DEEPEST_HEADER = 25
SAMPLES = 3
OWN, WORD, ALIKE = 1.0, 0.9, 0.6
ALIKE_FROM = 86
SHORTEST_ALIKE = 5
ENOUGH = 1.7
NODE_FIELDS = ("id", "name", "label", "kind")
EDGE_FIELDS = (
    *("source", "target", "relation", "weight", "frequency", "directed"),
    *("date", "valid_from", "valid_to", "evidence"),
)


@dataclass(slots=True)
class Layout:
    """What a sheet was taken for: `header` is the position of its header row in `sheet.rows`."""

    sheet: Sheet
    kind: str
    header: int
    columns: tuple[Column, ...]
    leading: dict[str, Column] = field(default_factory=dict[str, Column])

    def table(self, rows: int) -> Table:
        """The same for the preview."""
        number = self.sheet.rows[self.header].number
        return Table(self.sheet.file, self.sheet.name, self.kind, number, rows, self.columns)


def column_at(sheet: Sheet, header: int, index: int, title: str, guess: tuple[str | None, float]) -> Column:
    """A column of a sheet with its first filled cells."""
    samples = [text for row in sheet.rows[header + 1 : header + 51] if (text := row.cell(index))]
    return Column(sheet.file, sheet.name, index, letter_of(index), title, *guess, tuple(samples[:SAMPLES]))


def recognise(sheet: Sheet, choice: TableChoice | None, *, network: bool) -> Layout | None:
    """The best reading of a sheet as one of our tables; `network` says that a table of edges came with it."""
    if choice is not None and choice.kind in {*TABLES, "nodes", "edges"}:
        return _chosen(sheet, choice)
    named = SHEET_WORDS.code(sheet.name or "") or SHEET_WORDS.code(PurePath(sheet.file).stem)
    for kind in ("edges", "nodes"):
        at = _network_header(sheet, kind)
        if at is not None and (kind == "edges" or named == "nodes" or network):
            return _network(sheet, kind, at)
    best = max(_candidates(sheet, named), default=None)
    if best is None:
        return None
    _, negative_at, kind = best
    return _layout(sheet, kind, -negative_at)


def is_edges(sheet: Sheet) -> bool:
    """Whether a sheet is a plain table of edges."""
    return _network_header(sheet, "edges") is not None


def _candidates(sheet: Sheet, named: str | None) -> list[tuple[float, int, str]]:
    found: list[tuple[float, int, str]] = []
    for at, row in enumerate(sheet.rows[:DEEPEST_HEADER]):
        for kind in TABLES:
            fields = _matched(kind, row, exact=True)
            wanted = {column.name for column in TABLES[kind] if column.required}
            matched = {name for name, _ in fields.values()}
            score = sum(confidence for _, confidence in fields.values())
            if wanted <= matched and (score >= ENOUGH or named == kind):
                found.append((score + 10 * (named == kind), -at, kind))
    return found


def _chosen(sheet: Sheet, choice: TableChoice) -> Layout | None:
    positions = [at for at, row in enumerate(sheet.rows) if choice.header_row in (None, row.number) and not row.blank]
    if not positions:
        return None
    layout = _network(sheet, choice.kind, positions[0]) if choice.kind not in TABLES else None
    layout = layout or _layout(sheet, choice.kind, positions[0])
    if choice.fields is None:
        return layout
    columns = tuple(
        column_at(sheet, layout.header, old.index, old.header, (choice.fields[old.index], OWN))
        if old.index in choice.fields
        else old
        for old in layout.columns
    )
    return _led(Layout(sheet, choice.kind, layout.header, columns))


def _layout(sheet: Sheet, kind: str, header: int) -> Layout:
    fields = _matched(kind, sheet.rows[header], exact=False)
    titles = sheet.rows[header]
    if header and len(fields) == sum(confidence == OWN for _, confidence in fields.values()):
        titles = sheet.rows[header - 1] if not sheet.rows[header - 1].blank else titles
    width = max(len(row.cells) for row in sheet.rows[header:])
    columns = tuple(
        column_at(sheet, header, index, titles.cell(index), fields.get(index, (None, 0.0))) for index in range(width)
    )
    return _led(Layout(sheet, kind, header, columns))


def _led(layout: Layout) -> Layout:
    for column in layout.columns:
        if column.field:
            layout.leading.setdefault(column.field, column)
    return layout


def _matched(kind: str, row: Row, *, exact: bool) -> Mapping[int, tuple[str, float]]:
    """By column: field and confidence; each field once, the surest column has it."""
    guesses = sorted(
        (-confidence, index, name)
        for index in range(len(row.cells))
        if (text := row.cell(index)) and len(text) <= 80
        for name, confidence in _guess(kind, text, exact)
    )
    found: dict[int, tuple[str, float]] = {}
    for confidence, index, name in guesses:
        if index not in found and name not in {taken for taken, _ in found.values()}:
            found[index] = (name, -confidence)
    return found


def _guess(kind: str, header: str, exact: bool) -> list[tuple[str, float]]:
    if header in {column.name for column in TABLES[kind]}:
        return [(header, OWN)]
    words = _words(kind)
    plain = fold(re.sub(r"[*:]|\(.*?\)|\[.*?\]", " ", header))
    found = [(name, WORD) for text in (fold(header), plain) for name in words.get(text, ())]
    if found or exact or len(plain) < SHORTEST_ALIKE:
        return found
    near = process.extractOne(plain, words.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE_FROM)
    return [(name, ALIKE) for name in words[near[0]]] if near else []


@lru_cache(maxsize=16)
def _words(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Folded header words to the fields they may stand for, in the order of the table."""
    found: dict[str, tuple[str, ...]] = {}
    for column in (*TABLES[kind], *EXTRAS.get(kind, ())):
        words = HEADER_WORDS.get(f"{kind}.{column.name}") or HEADER_WORDS.get(column.name, "")
        for word in {fold(word) for word in (column.name, column.title, *words.split("; "))} - {""}:
            found[word] = (*found.get(word, ()), column.name)
    return found


def _network_header(sheet: Sheet, kind: str) -> int | None:
    wanted = {"source", "target"} if kind == "edges" else {"id"}
    first = next((at for at, row in enumerate(sheet.rows) if not row.blank), None)
    if first is None:
        return None
    names = {sheet.rows[first].cell(index).lower() for index in range(len(sheet.rows[first].cells))}
    return first if wanted <= names else None


def _network(sheet: Sheet, kind: str, header: int) -> Layout:
    known = EDGE_FIELDS if kind == "edges" else NODE_FIELDS
    row = sheet.rows[header]
    names = [row.cell(index).lower() for index in range(len(row.cells))]
    columns = tuple(
        column_at(sheet, header, index, row.cell(index), (name, OWN) if name in known else (None, 0.0))
        for index, name in enumerate(names)
    )
    return _led(Layout(sheet, kind, header, columns))
