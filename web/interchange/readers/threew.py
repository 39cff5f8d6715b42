"""Rows of "who does what where" as facts: organisation, places, types, groups, service; whatever the table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from slugify import slugify

from web.interchange.facts import GroupFact, Name, OrganisationFact, ServiceFact, ServiceTypeFact
from web.interchange.readers.cells import Cells
from web.interchange.readers.gathering import Findings, keep
from web.interchange.readers.places import Gazetteer, Step
from web.interchange.values import read_number
from web.interchange.vocabularies import COSTS, ORGANISATION_KINDS, SERVICE_STATES

DATE_FIELDS = ("valid_from", "valid_to", "assured_on")
ORGANISATION_FIELDS = ("organisation_id", "organisation", "organisation_acronym")
DETAIL_FIELDS = {"organisation_kind", "organisation_website", "organisation_email", "organisation_phone"}
Names = Mapping[str, tuple[Name, ...]]


@dataclass(slots=True)
class ThreeW:
    """Gathers what rows say of organisations, places, service types, groups and services."""

    findings: Findings
    region: str | None = None
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    organisations: dict[str, OrganisationFact] = field(default_factory=dict[str, OrganisationFact])
    types: dict[str, ServiceTypeFact] = field(default_factory=dict[str, ServiceTypeFact])
    groups: dict[str, GroupFact] = field(default_factory=dict[str, GroupFact])
    services: dict[str, ServiceFact] = field(default_factory=dict[str, ServiceFact])

    def add(self, cells: Cells, names: Names, steps: Sequence[Step]) -> None:
        """Take in a row of a tagged table; a row without an organisation is refused."""
        organisation = self._organisation(cells, names)
        if organisation is None:
            cells.refuse("organisation_missing", "organisation", "name")
            return
        place = self.place(cells, steps)
        kind = self._service_type(cells, names)
        if kind is not None:
            self.service(cells, organisation, kind, place, self.group_keys(cells, names.get("group", ())))

    def _organisation(self, cells: Cells, names: Names) -> str | None:
        identity, name, acronym = (cells.text(field) for field in ORGANISATION_FIELDS)
        name = name or acronym or identity
        if not name:
            return None
        known = self.organisations.get(identity or name)
        if known and known.name == name and not acronym and not names:
            self.details(cells, known.key)
            return known.key
        short = (Name(acronym, kind="acronym"),) if acronym not in ("", name) else ()
        fact = OrganisationFact(
            identity or name, name, cells.source, id=identity or None, names=names.get("organisation", ()) + short
        )
        if keep(self.organisations, fact).name != name:
            cells.warn("id_with_two_names", "organisation", "name")
        self.details(cells, fact.key)
        return fact.key

    def details(self, cells: Cells, organisation: str) -> None:
        """What a row of services says about its organisation besides the name."""
        if not cells.frame.columns.keys() & DETAIL_FIELDS:
            return
        known = self.organisations[organisation]
        details = replace(
            known,
            kind=cells.kind("organisation_kind", ORGANISATION_KINDS),
            website=cells.website("organisation_website"),
            email=cells.email("organisation_email"),
            phone=cells.phone("organisation_phone"),
        )
        keep(self.organisations, details)

    def place(self, cells: Cells, steps: Sequence[Step]) -> str | None:
        """The key of the row's deepest place, with the coordinates the row gives."""
        key = self.gazetteer.place_of(steps, cells.source)
        texts = cells.text("latitude"), cells.text("longitude")
        if key is None or not any(texts) or self.gazetteer.located(key):
            return key
        latitude, longitude = (read_number(text) for text in texts)
        if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
            cells.warn("coordinates_unreadable", "latitude", "coordinates")
        else:
            self.gazetteer.locate(key, latitude, longitude)
        return key

    def _service_type(self, cells: Cells, names: Names) -> str | None:
        broad = self.type_key(cells, "sector", names.get("sector", ()))
        narrow = self.type_key(cells, "subsector", names.get("subsector", ()), broad)
        found = narrow or broad or self.type_key(cells, "activity") or self.type_key(cells, "service_name")
        if found is None:
            cells.warn("service_missing", "sector", "name")
        return found

    def type_key(self, cells: Cells, name: str, names: tuple[Name, ...] = (), broader: str | None = None) -> str | None:
        """The key of the service type in a column (its code column beside it wins), None when both are empty."""
        text, code = cells.text(name), cells.text(f"{name}_code")
        if not text and not code:
            return None
        key = code or slug(text)
        known = self.types.get(key)
        if known is not None and text not in ("", known.name):
            cells.warn("type_spelling", name, "name", kept=known.name[:80])
        elif known is not None and not names and broader == known.broader:
            return key
        return keep(self.types, ServiceTypeFact(key, text or code, cells.source, code or None, broader, names)).key

    def group_keys(self, cells: Cells, names: tuple[Name, ...] = ()) -> tuple[str, ...]:
        """The keys of the population groups a row is for."""
        keys: dict[str, None] = {}
        for text in cells.several("group"):
            if read_number(text) is not None:
                cells.warn("group_is_number", "group", "group")
                continue
            keys[keep(self.groups, GroupFact(slug(text), text, cells.source, names)).key] = None
        return tuple(keys)

    def service(self, cells: Cells, organisation: str, kind: str, place: str | None, groups: tuple[str, ...]) -> None:
        """The service of a row; an id used twice is refused, a row that says nothing new is told."""
        start, end, assured = (cells.date(name) for name in DATE_FIELDS)
        name = cells.filled("service_name") or cells.filled("activity")
        status = cells.code("status", SERVICE_STATES)
        id_column = "service_id" if "service_id" in cells.frame.columns else "id"
        identity = cells.filled(id_column)
        days = (day.isoformat() if day else None for day in (start, end, assured))
        parts = (organisation, kind, place, name, *groups, status, *days)
        fact = ServiceFact(
            identity or " | ".join(part for part in parts if part),
            organisation,
            cells.source,
            id=identity,
            name=name,
            service_type=kind,
            place=place,
            groups=groups,
            status=status,
            valid_from=start,
            valid_to=end,
            assured_on=assured,
            eligibility=cells.filled("eligibility"),
            documents=cells.several("documents"),
            cost=cells.code("cost", COSTS),
            languages=cells.languages("languages"),
            capacity=cells.count("capacity"),
            reached=cells.count("reached"),
            targeted=cells.count("targeted"),
            note=cells.filled("note"),
        )
        if identity and identity in self.services:
            cells.refuse("id_clash", id_column, "id")
        elif fact.key in self.services:
            cells.warn("row_repeated", "organisation", "row", row_before=self.services[fact.key].source.row)
        else:
            self.services[fact.key] = fact


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """An id of a-z, 0-9 and hyphens for a name; a short digest where no letter can be romanised."""
    return slugify(text) or hashlib.sha256(text.encode()).hexdigest()[:12]
