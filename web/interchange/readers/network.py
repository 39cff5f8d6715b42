"""A plain network: nodes (`id` and any of name, label, kind) and edges (`source`, `target` and more).

Nodes are organisations unless `kind` is a person's role or "person"; columns we have no field for stay as attributes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from graphdb.folding import fold
from web.interchange.facts import Attribute, Name, OrganisationFact, PersonFact, Source, Table, TieFact
from web.interchange.readers.cells import Cells, Frame, data_rows
from web.interchange.readers.gathering import Findings
from web.interchange.readers.headers import Layout
from web.interchange.readers.sheets import Row
from web.interchange.values import read_number, read_yes_no
from web.interchange.vocabularies import ORGANISATION_KINDS, PERSON_ROLES

DATES = ("date", "valid_from", "valid_to")
PERSON_WORDS = frozenset(fold(word) for word in ("person", "people", "individual", "лице", "човек", "persona", "osoba"))
MAX_ID = 500
UNREADABLE = (
    ("weight", "weight_unreadable", read_number),
    ("directed", "direction_unreadable", read_yes_no),
)
Take: TypeAlias = Callable[[Cells, tuple[Attribute, ...]], None]


@dataclass(slots=True)
class Network:
    """Gathers nodes and edges; read all tables of nodes before those of edges."""

    findings: Findings
    region: str | None
    organisations: dict[str, OrganisationFact]
    people: dict[str, PersonFact]
    ties: list[TieFact] = field(default_factory=list[TieFact])
    listed: bool = False
    implied: int = 0

    def read(self, layout: Layout) -> Table:
        """Take in a table: an id used twice is refused; where no nodes were listed, the ends of edges make them."""
        self.listed = self.listed or layout.kind == "nodes"
        table = self._read(layout, self._node if layout.kind == "nodes" else self._edge)
        if self.implied:
            self.findings.warn_sheet("nodes_implied", layout.sheet, count=self.implied)
            self.implied = 0
        return table

    def _read(self, layout: Layout, take: Take) -> Table:
        data = data_rows(layout.sheet, layout.header, layout.columns, self.findings)
        frame = Frame(layout.leading, self.findings, self.region)
        frame.learn_dates(data, DATES)
        for row in data:
            source = Source(layout.sheet.file, layout.sheet.name, row.number)
            take(Cells(frame, source, row), _attributes(layout, row))
        return layout.table(len(data))

    def _node(self, cells: Cells, attributes: tuple[Attribute, ...]) -> None:
        identity = cells.text("id")
        if not identity or len(identity) > MAX_ID:
            cells.refuse("id_missing" if not identity else "id_too_long", "id", "id", most=MAX_ID)
            return
        if identity in self.organisations or identity in self.people:
            cells.refuse("id_clash", "id", "id")
            return
        name, label, kind = cells.text("name"), cells.text("label"), cells.text("kind")
        also = (Name(label, kind="alias"),) if name and label not in ("", name) else ()
        title = name or label or identity
        if fold(kind) in PERSON_WORDS or PERSON_ROLES.code(kind):
            role = PERSON_ROLES.code(kind)
            self.people[identity] = PersonFact(
                identity, title, cells.source, id=identity, role=role, attributes=attributes
            )
            return
        code = ORGANISATION_KINDS.code(kind) if kind else None
        if kind and code is None and fold(kind) != "organisation":
            attributes = (*attributes, Attribute("kind", kind))
        self.organisations[identity] = OrganisationFact(
            identity, title, cells.source, id=identity, names=also, kind=code, attributes=attributes
        )

    def _edge(self, cells: Cells, attributes: tuple[Attribute, ...]) -> None:
        ends = [self._end(cells, name) for name in ("source", "target")]
        if ends[0] is None or ends[1] is None or not self._readable(cells):
            return
        self.ties.append(
            TieFact(
                ends[0],
                ends[1],
                cells.source,
                relation=cells.filled("relation"),
                weight=cells.number("weight"),
                frequency=cells.filled("frequency"),
                directed=cells.yes_no("directed"),
                date=cells.date("date"),
                valid_from=cells.date("valid_from"),
                valid_to=cells.date("valid_to"),
                evidence=cells.filled("evidence"),
                attributes=attributes,
            )
        )

    def _end(self, cells: Cells, name: str) -> str | None:
        identity = cells.text(name)
        if not identity or len(identity) > MAX_ID:
            cells.refuse("end_missing" if not identity else "id_too_long", name, "id", most=MAX_ID)
            return None
        if identity in self.organisations or identity in self.people:
            return identity
        if self.listed:
            cells.refuse("end_unknown", name, "id")
            return None
        self.implied += 1
        self.organisations[identity] = OrganisationFact(identity, identity, cells.source, id=identity)
        return identity

    def _readable(self, cells: Cells) -> bool:
        """A weight or direction that cannot be read would change the measures: the row is refused."""
        for name, code, read in UNREADABLE:
            if cells.text(name) and read(cells.text(name)) is None:
                cells.refuse(code, name, name)
                return False
        return True


def _attributes(layout: Layout, row: Row) -> tuple[Attribute, ...]:
    return tuple(
        Attribute(column.header or column.letter, text)
        for column in layout.columns
        if column.field is None and (text := row.cell(column.index))
    )
