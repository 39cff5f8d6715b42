"""Our template's tables, and tables of others with the same columns, as facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from web.interchange import vocabularies as known
from web.interchange.facts import (
    AssessmentFact,
    AttendanceFact,
    MeetingFact,
    Name,
    OrganisationFact,
    PersonFact,
    Source,
    Table,
    TieFact,
)
from web.interchange.readers.cells import Cells, Frame, data_rows, warn_spaces
from web.interchange.readers.gathering import Findings, keep
from web.interchange.readers.headers import Layout
from web.interchange.readers.places import Step
from web.interchange.readers.threew import ThreeW

DATES = ("valid_from", "valid_to", "assured_on", "date", "held_on", "assessed_on")
STEPS = ("country", "adm1", "adm2", "loc")
ORDER = ("organisations", "people", "services", "ties", "meetings", "assessments")


@dataclass(slots=True)
class Registry:
    """Gathers the tables of one upload; read them in `ORDER`, so that names can be looked up."""

    findings: Findings
    region: str | None
    three: ThreeW
    complete_list: bool = False
    people: dict[str, PersonFact] = field(default_factory=dict[str, PersonFact])
    ties: list[TieFact] = field(default_factory=list[TieFact])
    meetings: dict[str, MeetingFact] = field(default_factory=dict[str, MeetingFact])
    attendance: dict[tuple[str, str, str | None], AttendanceFact] = field(
        default_factory=dict[tuple[str, str, str | None], AttendanceFact]
    )
    assessments: list[AssessmentFact] = field(default_factory=list[AssessmentFact])
    by_name: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def read(self, layout: Layout) -> Table:
        """Take in a sheet; its rows become facts, refusals or warnings."""
        data = data_rows(layout.sheet, layout.header, layout.columns, self.findings)
        for column in layout.columns:
            warn_spaces(layout.sheet, data, column, self.findings)
            if column.field is None and (column.header or column.samples):
                self.findings.warn_sheet("unknown_column", layout.sheet, column)
        frame = Frame(layout.leading, self.findings, self.region)
        frame.learn_dates(data, DATES)
        self.three.gazetteer.learn(_steps(Cells(frame, _source(layout, row.number), row)) for row in data)
        take = self._takers()[layout.kind]
        for row in data:
            take(Cells(frame, _source(layout, row.number), row))
        return layout.table(len(data))

    def _takers(self) -> dict[str, Callable[[Cells], None]]:
        return {
            "organisations": self._organisation,
            "people": self._person,
            "services": self._service,
            "ties": self._tie,
            "meetings": self._meeting,
            "assessments": self._assessment,
        }

    def _organisation(self, cells: Cells) -> None:
        self.complete_list = True
        identity, name = cells.filled("id"), cells.text("name")
        if not name:
            cells.refuse("name_missing", "name", "name")
            return
        if identity and identity in self.three.organisations:
            cells.refuse("id_clash", "id", "id")
            return
        same = self.by_name.get(name, [])
        if not identity and same:
            cells.warn("organisation_repeated", "name", "name")
        fact = OrganisationFact(
            identity or (same[0] if same else name),
            name,
            cells.source,
            id=identity,
            names=_names(cells),
            kind=cells.kind("kind", known.ORGANISATION_KINDS),
            level=cells.code("level", known.LEVELS),
            identifiers=cells.identifiers("identifier"),
            place=self.three.place(cells, _steps(cells)),
            languages=cells.languages("languages"),
            website=cells.website("website"),
            email=cells.email("email"),
            phone=cells.phone("phone"),
            publish=cells.yes_no("publish"),
            do_not_contact=cells.yes_no("do_not_contact"),
            protected_location=cells.yes_no("protected_location"),
            assured_on=cells.date("assured_on"),
            note=cells.filled("note"),
        )
        keep(self.three.organisations, fact)
        if fact.key not in same:
            self.by_name.setdefault(name, []).append(fact.key)

    def _mentioned(self, cells: Cells, name: str) -> str | None:
        """The key of the organisation a cell names; None after a refusal."""
        text = cells.text(name)
        if not text:
            cells.refuse("organisation_missing", name, "name")
            return None
        if text in self.three.organisations:
            return text
        keys = self.by_name.get(text, [])
        if len(keys) > 1:
            cells.refuse("name_ambiguous", name, "name", count=len(keys))
            return None
        return keys[0] if keys else self._newly_mentioned(cells, name, text)

    def _newly_mentioned(self, cells: Cells, name: str, text: str) -> str:
        if self.complete_list:
            cells.warn("organisation_not_listed", name, "name")
        keep(self.three.organisations, OrganisationFact(text, text, cells.source, stated=not self.complete_list))
        return text

    def _person(self, cells: Cells) -> None:
        name, identity = cells.text("name"), cells.filled("id")
        if not name:
            cells.refuse("name_missing", "name", "name")
            return
        organisation = self._mentioned(cells, "organisation")
        if organisation is None:
            return
        key = identity or person_key(name, organisation)
        if identity and identity in self.people:
            cells.refuse("id_clash", "id", "id")
            return
        if key in self.people:
            cells.warn("person_repeated", "name", "name")
        fact = PersonFact(
            key,
            name,
            cells.source,
            id=identity,
            organisation=organisation,
            role=cells.code("role", known.PERSON_ROLES),
            position=cells.filled("position"),
            focal_point=cells.yes_no("focal_point"),
            backup=cells.yes_no("backup"),
            languages=cells.languages("languages"),
            email=cells.email("email"),
            phone=cells.phone("phone"),
            valid_from=cells.date("valid_from"),
            valid_to=cells.date("valid_to"),
            note=cells.filled("note"),
        )
        keep(self.people, fact)

    def _service(self, cells: Cells) -> None:
        organisation = self._mentioned(cells, "organisation")
        if organisation is None:
            return
        kind = self.three.type_key(cells, "service_type")
        if kind is None:
            cells.refuse("service_type_missing", "service_type", "name")
            return
        self.three.details(cells, organisation)
        place = self.three.place(cells, _steps(cells))
        self.three.service(cells, organisation, kind, place, self.three.group_keys(cells))

    def _tie(self, cells: Cells) -> None:
        ends = [self._end(cells, name) for name in ("from", "to")]
        if ends[0] is None or ends[1] is None:
            return
        if not cells.text("relation"):
            cells.refuse("relation_missing", "relation", "name")
            return
        self.ties.append(
            TieFact(
                ends[0],
                ends[1],
                cells.source,
                relation=cells.text("relation"),
                weight=cells.number("weight"),
                directed=cells.yes_no("directed"),
                date=cells.date("date"),
                valid_from=cells.date("valid_from"),
                valid_to=cells.date("valid_to"),
                evidence=cells.filled("evidence"),
            )
        )

    def _end(self, cells: Cells, name: str) -> str | None:
        text = cells.text(name)
        people = [key for key, person in self.people.items() if text in (key, person.name)]
        organisation_known = text in self.three.organisations or text in self.by_name
        return people[0] if len(people) == 1 and not organisation_known else self._mentioned(cells, name)

    def _meeting(self, cells: Cells) -> None:
        title, day, identity = cells.text("title"), cells.date("held_on"), cells.filled("id")
        if not title or (day is None and not cells.text("held_on")):
            cells.refuse("meeting_without_title_or_date", "title" if not title else "held_on", "name")
            return
        key = identity or f"{title} {day.isoformat() if day else cells.text('held_on')}"
        fact = MeetingFact(key, title, cells.source, identity, day, cells.filled("place"), cells.filled("series"))
        keep(self.meetings, fact)
        if cells.text("organisation"):
            self._attendance(cells, key)

    def _attendance(self, cells: Cells, meeting: str) -> None:
        organisation = self._mentioned(cells, "organisation")
        if organisation is None:
            return
        name = cells.text("person")
        person = self._attending(cells, name, organisation) if name else None
        mode = cells.code("mode", known.MODES) or "present"
        fact = AttendanceFact(meeting, organisation, cells.source, person, mode)
        before = self.attendance.setdefault((meeting, organisation, person), fact)
        if before is not fact:
            cells.warn("row_repeated", "organisation", "row", row_before=before.source.row)

    def _attending(self, cells: Cells, name: str, organisation: str) -> str:
        key = name if name in self.people else person_key(name, organisation)
        known_keys = [
            each.key for each in self.people.values() if (each.name, each.organisation) == (name, organisation)
        ]
        if known_keys:
            return known_keys[0]
        return keep(self.people, PersonFact(key, name, cells.source, organisation=organisation)).key

    def _assessment(self, cells: Cells) -> None:
        kind = self.three.type_key(cells, "service_type")
        place = self.three.place(cells, _steps(cells))
        result = known.ASSESSMENT_RESULTS.code(cells.text("result")) if cells.text("result") else None
        missing = [name for name, value in (("service_type", kind), ("loc", place), ("result", result)) if not value]
        if kind is None or place is None or result is None:
            cells.refuse("assessment_incomplete", missing[0], "name")
            return
        groups: Sequence[str | None] = self.three.group_keys(cells) or (None,)
        day, by, evidence = cells.date("assessed_on"), cells.filled("by"), cells.filled("evidence")
        self.assessments += [
            AssessmentFact(place, kind, cells.source, result, day, group, by, evidence) for group in groups
        ]


def person_key(name: str, organisation: str) -> str:
    """The key of a person without an id: the same name in two organisations is two people."""
    return f"{name} @ {organisation}"


def _source(layout: Layout, number: int) -> Source:
    return Source(layout.sheet.file, layout.sheet.name, number)


def _steps(cells: Cells) -> tuple[Step, ...]:
    """The levels a row fills; a place code belongs to the deepest of them."""
    steps = [Step(name, cells.text(name)) for name in STEPS]
    code = cells.text("place_code")
    deepest = max((at for at, step in enumerate(steps) if step.name), default=len(steps) - 1)
    if code:
        steps[deepest] = replace(steps[deepest], code=code)
    return tuple(steps)


def _names(cells: Cells) -> tuple[Name, ...]:
    english, acronym = cells.text("name_en"), cells.text("acronym")
    return (
        *([Name(english, "en")] if english else []),
        *(Name(text, kind="alias") for text in cells.several("aliases")),
        *([Name(acronym, kind="acronym")] if acronym else []),
    )
