"""A HXL-tagged 3W table (who does what where): found by its tag row, read by tag patterns, not by headers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from web.interchange.facts import Column, Name, Source, Table, TableChoice
from web.interchange.readers.cells import Cells, Frame, data_rows, warn_spaces
from web.interchange.readers.gathering import Findings
from web.interchange.readers.headers import column_at
from web.interchange.readers.places import Step
from web.interchange.readers.sheets import Row, Sheet
from web.interchange.readers.tags import DEEPEST_TAG_ROW, PLACE_WORDS, Tag, field_of, is_tag_row, parse_tag
from web.interchange.readers.threew import DATE_FIELDS, ThreeW

NO_TAG = Tag("", frozenset())


@dataclass(slots=True)
class Layout:
    """Which columns carry which field: the leading column of each, and those with the name in other languages."""

    columns: tuple[Column, ...]
    leading: dict[str, Column] = field(default_factory=dict[str, Column])
    translated: dict[str, list[tuple[str, Column]]] = field(default_factory=dict[str, list[tuple[str, Column]]])

    def text(self, row: Row, name: str) -> str:
        """The trimmed text of a field in a row."""
        column = self.leading.get(name)
        return row.cell(column.index) if column else ""

    def names(self, row: Row, name: str) -> tuple[Name, ...]:
        """The names in other languages that a row gives for a field."""
        others = self.translated.get(name, ())
        return tuple(Name(row.cell(column.index), language) for language, column in others if row.cell(column.index))


def tag_row(sheet: Sheet) -> int | None:
    """Position in `sheet.rows` of the tag row, looked for in the first 25 rows."""
    return next((at for at, row in enumerate(sheet.rows[:DEEPEST_TAG_ROW]) if is_tag_row(row.cells)), None)


def read_hxl(sheet: Sheet, at: int, choice: TableChoice | None, three: ThreeW) -> Table:
    """Puts the facts of a tagged sheet into `three`; `at` is the position of the tag row."""
    findings = three.findings
    layout = _layout(sheet, at, choice, findings)
    data = data_rows(sheet, at, layout.columns, findings)
    for column in layout.columns:
        warn_spaces(sheet, data, column, findings)
    table = Table(sheet.file, sheet.name, "hxl", sheet.rows[at].number, len(data), layout.columns)
    if not {"organisation", "organisation_id", "organisation_acronym"} & layout.leading.keys():
        findings.refuse_file("no_organisation_column", sheet.file, sheet.name, params={})
        return table
    _warn_missing(sheet, layout, findings)
    frame = Frame(layout.leading, findings, three.region)
    frame.learn_dates(data, DATE_FIELDS)
    three.gazetteer.learn(_steps(row, layout) for row in data)
    for row in data:
        names = {name: layout.names(row, name) for name in layout.translated}
        three.add(Cells(frame, Source(sheet.file, sheet.name, row.number), row), names, _steps(row, layout))
    return table


def _layout(sheet: Sheet, at: int, choice: TableChoice | None, findings: Findings) -> Layout:
    tags = [parse_tag(cell) for cell in sheet.rows[at].cells]
    chosen: Mapping[int, str | None] = (choice.fields if choice else None) or {}
    columns: list[tuple[Tag, Column]] = []
    for index in range(max(len(row.cells) for row in sheet.rows[at:])):
        tag = tags[index] if index < len(tags) else None
        name = chosen[index] if index in chosen else field_of(tag) if tag else None
        column = column_at(sheet, at, index, _title(sheet, at, index), (name, float(bool(name))))
        columns.append((tag or NO_TAG, column))
        if name is None and index not in chosen:
            _warn_unread(sheet, sheet.rows[at].cell(index), column, findings)
    layout = Layout(tuple(column for _, column in columns))
    _choose_leading(sheet, columns, layout, findings)
    return layout


def _title(sheet: Sheet, at: int, index: int) -> str:
    """The header above the tag, else what stands in the tag row."""
    above = sheet.rows[at - 1].cell(index) if at else ""
    return above or sheet.rows[at].cell(index)


def _warn_unread(sheet: Sheet, tag: str, column: Column, findings: Findings) -> None:
    if tag:
        findings.warn_sheet("unknown_tag", sheet, column, tag=tag[:80])
    elif column.header or column.samples:
        findings.warn_sheet("untagged_column", sheet, column)


def _choose_leading(sheet: Sheet, columns: list[tuple[Tag, Column]], layout: Layout, findings: Findings) -> None:
    """+name before bare, no language before English before others, then the order of the file."""
    languages = {None: 0, "en": 1}
    ranked = sorted(columns, key=lambda pair: ("name" not in pair[0].attributes, languages.get(pair[0].language, 2)))
    taken: set[tuple[str, str | None]] = set()
    for tag, column in ranked:
        if column.field is None:
            continue
        if column.field not in layout.leading:
            layout.leading[column.field] = column
        elif tag.language and (column.field, tag.language) not in taken:
            layout.translated.setdefault(column.field, []).append((tag.language, column))
        else:
            findings.warn_sheet("second_column", sheet, column, first=layout.leading[column.field].letter)
        taken.add((column.field, tag.language))


def _warn_missing(sheet: Sheet, layout: Layout, findings: Findings) -> None:
    present = layout.leading.keys()
    if not {name + end for name in PLACE_WORDS for end in ("", "_code")} & present:
        findings.warn_sheet("no_place_column", sheet)
    if not {"sector", "sector_code", "subsector", "subsector_code", "activity", "service_name"} & present:
        findings.warn_sheet("no_service_column", sheet)


def _steps(row: Row, layout: Layout) -> tuple[Step, ...]:
    return tuple(
        Step(word, layout.text(row, word), layout.text(row, f"{word}_code"), layout.names(row, word))
        for word in PLACE_WORDS
        if word in layout.leading or f"{word}_code" in layout.leading
    )
