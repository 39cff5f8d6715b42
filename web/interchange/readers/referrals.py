"""Rows of referrals, from our template or a case system, as facts: who sent to whom, for what, when, and what came of it.

Columns that say whose case it is are left out before anything of them is shown or kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from analytics.referral_history import FIELDS
from web.interchange import vocabularies as known
from web.interchange.facts import OrganisationFact, ReferralFact, Source, Table
from web.interchange.readers.cells import Cells, Frame, data_rows, warn_spaces
from web.interchange.readers.gathering import Findings, keep
from web.interchange.readers.guard import of_a_person
from web.interchange.readers.headers import Layout
from web.interchange.readers.registry import STEPS, Registry
from web.interchange.values import read_count, read_date
from web.interchange.vocabularies import Vocabulary

# organisations and types may be called like people: these columns stay, and bring in nothing the registry has not
STAY = frozenset({"sender", "receiver", "service_type", *STEPS, "place_code", *FIELDS})
ADULT, OLDER = 18, 60


@dataclass(slots=True)
class ReferralRows:
    """Gathers the lists of referrals of one upload, when all organisations of it are read."""

    findings: Findings
    registry: Registry
    facts: list[ReferralFact] = field(default_factory=list[ReferralFact])

    def read(self, layout: Layout) -> Table:
        """Take in a sheet; its rows become facts, refusals or warnings."""
        layout = self._without_people(layout)
        data = data_rows(layout.sheet, layout.header, layout.columns, self.findings)
        for column in layout.columns:
            warn_spaces(layout.sheet, data, column, self.findings)
        frame = Frame(layout.leading, self.findings, None)
        frame.learn_dates(data, FIELDS)
        for row in data:
            self._row(Cells(frame, Source(layout.sheet.file, layout.sheet.name, row.number), row))
        return layout.table(len(data))

    def _without_people(self, layout: Layout) -> Layout:
        """The columns that are taken; of the others only the header is kept."""
        body = layout.sheet.rows[layout.header + 1 :]
        columns = []
        for column in layout.columns:
            if column.field not in STAY and of_a_person(column, body):
                self.findings.warn_sheet("person_column", layout.sheet, column)
            elif column.field is not None:
                columns.append(column)
                continue
            elif column.header or column.samples:
                self.findings.warn_sheet("unknown_column", layout.sheet, column)
            columns.append(replace(column, field=None, confidence=0.0, samples=()))
        leading = {column.field: column for column in reversed(columns) if column.field}
        return Layout(layout.sheet, layout.kind, layout.header, tuple(columns), leading)

    def _row(self, cells: Cells) -> None:
        sender, receiver = self._party(cells, "sender"), self._party(cells, "receiver")
        if sender is None or receiver is None:
            return
        if not cells.text("service_type"):
            cells.refuse("service_type_missing", "service_type", "name")
            return
        count = read_count(cells.text("count")) if cells.text("count") else 1
        if count != 1:
            cells.refuse("several_in_one_row", "count", "number")
            return
        days, state = _days(cells), _state(cells)
        if days is None or state is None:
            return
        self.facts.append(
            ReferralFact(
                sender,
                receiver,
                cells.text("service_type"),
                cells.source,
                **days,
                state=state,
                outcome=cells.code("outcome", known.REFERRAL_OUTCOMES) or "",
                reason=_reason(cells),
                priority=cells.code("priority", known.PRIORITIES),
                group=cells.filled("group"),
                age_band=cells.checked("age_band", "age_band", age_band),
                languages=cells.languages("languages"),
                places=tuple((step, text) for step in STEPS if (text := cells.text(step))),
                place_code=cells.filled("place_code"),
            )
        )

    def _party(self, cells: Cells, name: str) -> str | None:
        """The key of the organisation a cell names, to be looked up in the registry; None after a refusal."""
        text, three = cells.text(name), self.registry.three
        if not text:
            cells.refuse("organisation_missing", name, "name")
            return None
        if text in three.organisations:
            return text
        keys = self.registry.by_name.get(text, [])
        if len(keys) > 1:
            cells.refuse("name_ambiguous", name, "name", count=len(keys))
            return None
        if keys:
            return keys[0]
        return keep(three.organisations, OrganisationFact(text, text, cells.source, stated=False)).key


def age_band(text: str) -> str | None:
    """The band of a word, an age or a span of ages; None where it lies in two bands or cannot be read."""
    if code := known.AGE_BANDS.code(text):
        return code
    numbers = [int(found) for found in re.findall(r"\d{1,3}", text)]
    if not numbers:
        return None
    if text.lstrip().startswith("<"):
        numbers = [number - 1 for number in numbers]
    bands = {"child" if age < ADULT else "adult" if age < OLDER else "older" for age in numbers}
    return bands.pop() if len(bands) == 1 else None


def _days(cells: Cells) -> dict[str, date | None] | None:
    """Every day of the row; None after a refusal, for a day that cannot be read would make another story."""
    days: dict[str, date | None] = {}
    for name in FIELDS:
        text = cells.text(name)
        found = read_date(text, month_first=name in cells.frame.month_leads) if text else None
        if found is not None and (found.day is None or found.doubt == "date_partial"):
            cells.refuse("day_unreadable", name, "date")
            return None
        if found is not None and found.doubt:
            cells.warn(found.doubt, name, "date", read_as=found.day.isoformat() if found.day else "")
        days[name] = found.day if found else None
    return days


def _state(cells: Cells) -> str | None:
    """Where the case stands, "" where the row does not say; None after a refusal."""
    code = _code(cells, "state", known.REFERRAL_STATES)
    code = known.ROUGH_STATES.code(cells.text("state")) if code is None else code
    if code is None:
        cells.refuse("state_unknown", "state", "state")
    return code


def _reason(cells: Cells) -> str | None:
    code = _code(cells, "reason", known.DECLINE_REASONS)
    if code is None:
        cells.warn("reason_unknown", "reason", "reason")
        return "other"
    return code or None


def _code(cells: Cells, name: str, vocabulary: Vocabulary) -> str | None:
    """The code of a cell, "" for an empty one, None for a word that is not known."""
    text = cells.text(name)
    return vocabulary.code(text) if text else ""
