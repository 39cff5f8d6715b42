"""One row as fields: every value is read here, and every doubt is told with its row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from web.interchange.facts import Column, Identifier, Source
from web.interchange.readers.gathering import Findings
from web.interchange.readers.sheets import MAX_CELL, Row, Sheet
from web.interchange.values import (
    month_first,
    read_count,
    read_date,
    read_email,
    read_identifier,
    read_number,
    read_phone,
    read_website,
    read_yes_no,
)
from web.interchange.vocabularies import Vocabulary
from web.interchange.words import language_code

SEVERAL = re.compile(r"\s*[;|\n]\s*")
SEVERAL_WORDS = re.compile(r"\s*[;|\n,/]\s*")
EXAMPLE = "#example"
Value = TypeVar("Value")


@dataclass(slots=True)
class Frame:
    """What all rows of a table share: which column leads for a field, who is told, where phones belong."""

    columns: Mapping[str, Column]
    findings: Findings
    region: str | None
    month_leads: set[str] = field(default_factory=set[str])

    def learn_dates(self, rows: Sequence[Row], names: Iterable[str]) -> None:
        """Find out which date columns write the month first."""
        known = [(name, self.columns[name].index) for name in names if name in self.columns]
        self.month_leads = {name for name, index in known if month_first(row.cell(index) for row in rows)}


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a table, by field."""

    frame: Frame
    source: Source
    row: Row

    def text(self, name: str) -> str:
        """The trimmed text, empty where the column or the cell is missing."""
        column = self.frame.columns.get(name)
        return self.row.cell(column.index) if column else ""

    def filled(self, name: str) -> str | None:
        """The trimmed text or None."""
        return self.text(name) or None

    def several(self, name: str) -> tuple[str, ...]:
        """The values of a cell that are separated by semicolons, bars or lines, each once."""
        return tuple(dict.fromkeys(part for part in SEVERAL.split(self.text(name)) if part))

    def warn(self, code: str, name: str, value_class: str, **params: str | int) -> None:
        self.frame.findings.warn(code, self.source, self.frame.columns.get(name), value_class, **params)

    def refuse(self, code: str, name: str, value_class: str, **params: str | int) -> None:
        self.frame.findings.refuse(code, self.source, self.frame.columns.get(name), value_class, **params)

    def checked(self, name: str, value_class: str, read: Callable[[str], Value | None]) -> Value | None:
        """What `read` makes of the text; a filled cell that cannot be read is left out with a warning."""
        text = self.text(name)
        value = read(text) if text else None
        if text and value is None:
            self.warn("value_unreadable", name, value_class)
        return value

    def count(self, name: str) -> int | None:
        return self.checked(name, "number", read_count)

    def number(self, name: str) -> float | None:
        return self.checked(name, "number", read_number)

    def yes_no(self, name: str) -> bool | None:
        return self.checked(name, "yes_no", read_yes_no)

    def email(self, name: str) -> str | None:
        return self.checked(name, "email", read_email)

    def website(self, name: str) -> str | None:
        return self.checked(name, "website", read_website)

    def code(self, name: str, vocabulary: Vocabulary) -> str | None:
        return self.checked(name, name, vocabulary.code)

    def kind(self, name: str, vocabulary: Vocabulary) -> str | None:
        """A code, or "other" with a warning where the word is not known."""
        text = self.text(name)
        code = vocabulary.code(text) if text else None
        if text and code is None:
            self.warn("kind_unknown", name, "kind", text=text[:80])
            return "other"
        return code

    def phone(self, name: str) -> str | None:
        """E.164, or the text as typed with a warning."""
        text = self.text(name)
        number = read_phone(text, self.frame.region) if text else None
        if text and number is None:
            self.warn("phone_unreadable", name, "phone")
        return number or text or None

    def date(self, name: str) -> date | None:
        """A date; doubts are told together with the day it was read as."""
        text = self.text(name)
        if not text:
            return None
        found = read_date(text, month_first=name in self.frame.month_leads)
        if found.doubt:
            self.warn(found.doubt, name, "date", read_as=found.day.isoformat() if found.day else "")
        return found.day

    def languages(self, name: str) -> tuple[str, ...]:
        """BCP 47 tags; a word that is no language is left out with a warning."""
        tags: dict[str, None] = {}
        for word in filter(None, SEVERAL_WORDS.split(self.text(name))):
            tag = language_code(word)
            if tag is None:
                self.warn("language_unknown", name, "language", text=word[:80])
            else:
                tags[tag] = None
        return tuple(tags)

    def identifiers(self, name: str) -> tuple[Identifier, ...]:
        """Register numbers, several separated by semicolons; a wrong check digit is kept and told."""
        found: list[Identifier] = []
        for text in self.several(name):
            identifier = read_identifier(text)
            if identifier is None:
                self.warn("identifier_unreadable", name, "identifier")
                continue
            if identifier.check_ok is False:
                self.warn("identifier_check", name, "identifier", scheme=identifier.scheme)
            found.append(identifier)
        return tuple(found)


def data_rows(sheet: Sheet, header: int, columns: Sequence[Column], findings: Findings) -> list[Row]:
    """The rows below the header that are not blank, not examples and hold no cell over the limit."""
    kept: list[Row] = []
    for row in sheet.rows[header + 1 :]:
        if row.blank or _first_filled(row).lower().startswith(EXAMPLE):
            continue
        source = Source(sheet.file, sheet.name, row.number)
        longest = max(range(len(row.cells)), key=lambda index: len(row.cells[index]))
        if len(row.cells[longest]) > MAX_CELL:
            column = columns[longest] if longest < len(columns) else None
            findings.refuse("cell_too_long", source, column, "text", most=MAX_CELL, length=len(row.cells[longest]))
            continue
        kept.append(row)
    for number, index in sorted(sheet.uncomputed):
        if index < len(columns) and columns[index].field:
            findings.warn("formula_uncomputed", Source(sheet.file, sheet.name, number), columns[index])
    return kept


def _first_filled(row: Row) -> str:
    return next((text for index in range(len(row.cells)) if (text := row.cell(index))), "")


def warn_spaces(sheet: Sheet, rows: Sequence[Row], column: Column, findings: Findings) -> None:
    """One warning for a column in which texts had spaces around them."""
    index = column.index
    count = sum(index < len(row.cells) and row.cells[index] != row.cell(index) for row in rows)
    if count and column.field:
        findings.warn_sheet("stray_spaces", sheet, column, count=count)
