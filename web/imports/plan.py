"""What an import would write, and the desk at which it is made out: lookups, refusals, warnings."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ulid import ULID

from graphdb.catalogue import kind_of
from graphdb.records import BadValueError, New, RefusedError, checked, coerce
from graphdb.records.checks import clean
from graphdb.records.writing import demand_links
from web.interchange.facts import Refusal, Warning_
from web.interchange.readers.gathering import titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from graphdb.connection import Tx
    from graphdb.imports.writing import Noted, Presence
    from graphdb.records.checks import Stored
    from web.interchange.facts import Reading, Source

# the fields of a file in which a field of the catalogue may stand, where they are called otherwise
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "service_id": ("service_id", "id"),
    "name": ("name", "label", "organisation", "service_name", "title", "activity"),
    "identifiers": ("identifier",),
    "protected": ("protected_location",),
    "capacity_maximum": ("capacity",),
    "website": ("website", "organisation_website"),
    "email": ("email", "organisation_email"),
    "phone": ("phone", "organisation_phone"),
    "strength": ("weight",),
    "note": ("evidence", "note"),
    "from": ("from", "source"),
    "to": ("to", "target"),
    "places": ("loc", "adm2", "adm1", "country"),
    "provider": ("organisation",),
    "type": ("service_type", "sector"),
    "further": ("note",),
}
SHOWN_ALIKE = 50


@dataclass(frozen=True, slots=True)
class Options:
    """How a list is to be taken. `own`: the organisations it may speak of, None for all.

    `true_as_of`: the day on which the list was true; `directed`: whether ties go one way where the file does not say.
    """

    today: date
    true_as_of: date | None = None
    complete: bool = False
    directed: bool = False
    skip_bad: bool = False
    own: frozenset[str] | None = None

    @property
    def restricted(self) -> bool:
        """Whether only own organisations may be spoken of."""
        return self.own is not None


@dataclass(frozen=True, slots=True)
class Fill:
    """What was empty in a record that is there."""

    label: str
    record: str
    values: Mapping[str, object]
    links: Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Plan:
    """What is to be written: new records by kind in an order in which links find their targets, and what is added.

    `imported`: ids that records have in the list. `histories`: the steps of new referrals. `already`: how many facts the registry has already, by what they are.
    """

    new: dict[str, list[New]] = field(default_factory=lambda: defaultdict(list))
    imported: dict[str, str] = field(default_factory=dict[str, str])
    named: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    notes: dict[str, list[Noted]] = field(default_factory=lambda: defaultdict(list))
    fills: list[Fill] = field(default_factory=list[Fill])
    presences: list[Presence] = field(default_factory=list["Presence"])
    histories: dict[str, list[tuple[str, date]]] = field(default_factory=dict[str, "list[tuple[str, date]]"])
    already: Counter[str] = field(default_factory=Counter[str])
    refusals: list[Refusal] = field(default_factory=list[Refusal])
    warnings: list[Warning_] = field(default_factory=list[Warning_])

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (any(self.new.values()) or self.named or any(self.notes.values()) or self.fills or self.presences)


@dataclass(slots=True)
class Desk:
    """Where a plan is made out: the reading, the open transaction that shows the registry, and what was found so far.

    `organisations`, `people`, `places`, ... give the record for the key of a fact; a key that is missing was refused.
    """

    reading: Reading
    options: Options
    tx: Tx
    import_: str
    plan: Plan = field(default_factory=Plan)
    places: dict[str, str] = field(default_factory=dict[str, str])
    types: dict[str, str] = field(default_factory=dict[str, str])
    groups: dict[str, str] = field(default_factory=dict[str, str])
    organisations: dict[str, str] = field(default_factory=dict[str, str])
    unknown: set[str] = field(default_factory=set[str])
    people: dict[str, str] = field(default_factory=dict[str, str])
    fresh: set[str] = field(default_factory=set[str])
    _titles: dict[tuple[str, str | None], dict[str, str]] | None = None
    _alike: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])

    def add(
        self,
        label: str,
        source: Source,
        values: Mapping[str, object],
        links: Mapping[str, Sequence[str]] | None = None,
        *,
        imported: str | None = None,
        extra: Mapping[str, Stored] | None = None,
    ) -> str | None:
        """Plan a new record; its id, or None where the catalogue refuses it."""
        kind, links = kind_of(label), links or {}
        filled = {name: value for name, value in values.items() if value not in (None, "", (), [])}
        filled = self.without_unreadable(label, source, filled)
        try:
            checked(
                kind, {part.name: filled.get(part.name) for part in kind.fields if part.required or part.name in filled}
            )
            demand_links(kind, links, whole=True)
        except RefusedError as refused:
            self.refuse_values(source, refused)
            return None
        record = str(ULID())
        self.plan.new[label].append(New(filled, links, record, "", extra or {}))
        self.fresh.add(record)
        if imported:
            self.plan.imported[record] = imported
        return record

    def without_unreadable(self, label: str, source: Source, values: dict[str, object]) -> dict[str, object]:
        """Contact details that cannot be taken are left out with a warning; the row stays."""
        kept = dict(values)
        for part in kind_of(label).fields:
            if part.name in kept and part.type in {"mail", "phone", "link"}:
                try:
                    coerce(part, kept[part.name])
                except BadValueError:
                    del kept[part.name]
                    self.warn("value_left_out", source, part.name)
        return kept

    def refuse(self, code: str, source: Source, name: str = "", **params: str | int) -> None:
        """The row is not taken in."""
        self.plan.refusals.append(
            Refusal(code, source.file, source.sheet, source.row, self._column(source, name), name or None, params)
        )

    def refuse_values(self, source: Source, refused: RefusedError) -> None:
        """The row is not taken in for what the catalogue says about its first bad value."""
        name, problem = next(iter(refused.problems.items()))
        params: dict[str, str | int] = {key: str(value) for key, value in problem.params.items()}
        self.refuse("value_refused", source, name, problem=problem.message, **params)

    def warn(self, code: str, source: Source, name: str = "", **params: str | int) -> None:
        """The row is taken in, with a doubt; fifty alike are enough."""
        self._alike[code, source.file] += 1
        if self._alike[code, source.file] <= SHOWN_ALIKE:
            column = self._column(source, name)
            self.plan.warnings.append(
                Warning_(code, source.file, source.sheet, source.row, column, name or None, params)
            )

    def organisation(self, key: str, source: Source, name: str = "organisation") -> str | None:
        """The record of an organisation that a row names, or None after a refusal of the row."""
        found = self.organisations.get(key)
        if found is None:
            code = "organisation_unknown" if key in self.unknown else "organisation_refused"
            self.refuse(code, source, name)
        elif self.options.own is not None and found not in self.options.own:
            self.refuse("not_own", source, name)
            return None
        return found

    def _column(self, source: Source, name: str) -> str | None:
        if self._titles is None:
            self._titles = {
                (table.file, table.sheet): {
                    column.field: titled(column) or "" for column in table.columns if column.field
                }
                for table in self.reading.tables
            }
        titles = self._titles.get((source.file, source.sheet), {})
        return next((titles[each] for each in COLUMNS.get(name, (name,)) if each in titles), None)


def plain(text: str) -> str:
    """A name as the registry stores it; equal here is the same spelling."""
    return " ".join(clean(text).split())


def lines(pairs: Iterable[tuple[str, object]]) -> list[str]:
    """Columns without a field as “column: text”; the first colon with a space behind it ends the column's name."""
    return [
        f"{plain(name).replace(': ', ':').rstrip(':') or '-'}: {text}" for name, text in pairs if text not in (None, "")
    ]
