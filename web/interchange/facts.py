"""What a file says, in neutral words: frozen facts, each with the place in the file it came from.

Facts point at each other by `key`: the imported id where the file gives one, else the exact trimmed name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

Parameters: TypeAlias = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact stands: file name, sheet (None for a text file), row counted from 1."""

    file: str
    sheet: str | None
    row: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell about a cell, a row or a file; `sentences.sentence` puts it into words.

    `column` is the letter and the header ("C: Phone"); `value_class` says what was expected there ("date", "name"),
    never the value itself; `row` is None when the whole file or sheet is meant.
    """

    code: str
    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value_class: str | None = None
    params: Parameters = field(default_factory=dict)


class Refusal(Notice):
    """The row (or file) is not taken in."""

    __slots__ = ()


class Warning_(Notice):  # noqa: N801 - the built-in name is taken
    """The row is taken in; a person should look at it."""

    __slots__ = ()


class ImportRejected(Exception):  # noqa: N818 - it is an outcome, not a fault of the program
    """The whole file is refused; `code` and `params` say why."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params: Parameters = MappingProxyType(params)


@dataclass(frozen=True, slots=True)
class Name:
    """A further name. `kind` is name, alias or acronym; `language` a BCP 47 tag or None when unknown."""

    text: str
    language: str | None = None
    kind: str = "name"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number in a register, e.g. BG-EIK; `check_ok` is None where no check digit is known for the scheme."""

    scheme: str
    value: str
    check_ok: bool | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column that we have no field for, kept as it stood."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class OrganisationFact:
    """`stated` is False when a row only mentions it: look it up in the registry, refuse where it is not there."""

    key: str
    name: str
    source: Source
    id: str | None = None
    stated: bool = True
    names: tuple[Name, ...] = ()
    kind: str | None = None
    level: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    place: str | None = None
    languages: tuple[str, ...] = ()
    website: str | None = None
    email: str | None = None
    phone: str | None = None
    publish: bool | None = None
    do_not_contact: bool | None = None
    protected_location: bool | None = None
    assured_on: date | None = None
    note: str | None = None
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A person who works in the network (never a client); `role` is a code of the vocabulary role_class."""

    key: str
    name: str
    source: Source
    id: str | None = None
    stated: bool = True
    organisation: str | None = None
    role: str | None = None
    position: str | None = None
    focal_point: bool | None = None
    backup: bool | None = None
    languages: tuple[str, ...] = ()
    email: str | None = None
    phone: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """`key` is a code that is unique by itself ("BG411") or the path from the country down ("LB/Bekaa")."""

    key: str
    name: str
    source: Source
    level: str | None = None
    parent: str | None = None
    code: str | None = None
    names: tuple[Name, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class ServiceTypeFact:
    """`key` is the code the file gives, else the slug of the name; `broader` is the key of the wider type."""

    key: str
    name: str
    source: Source
    code: str | None = None
    broader: str | None = None
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupFact:
    """A population group that services are for; `key` as in ServiceTypeFact."""

    key: str
    name: str
    source: Source
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceFact:
    """One organisation, one service type, one place, its groups; `groups` empty where none is named."""

    key: str
    organisation: str
    source: Source
    id: str | None = None
    name: str | None = None
    service_type: str | None = None
    place: str | None = None
    groups: tuple[str, ...] = ()
    status: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    assured_on: date | None = None
    eligibility: str | None = None
    documents: tuple[str, ...] = ()
    cost: str | None = None
    languages: tuple[str, ...] = ()
    capacity: int | None = None
    reached: int | None = None
    targeted: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class TieFact:
    """A statement about two partners. `relation` is the word of the file, `directed` None when it does not say.

    `date` is the day of a single event (a contact), the two others a span.
    """

    from_key: str
    to_key: str
    source: Source
    relation: str | None = None
    weight: float | None = None
    frequency: str | None = None
    directed: bool | None = None
    date: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    evidence: str | None = None
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """`key` is the imported id, else title and date."""

    key: str
    title: str
    source: Source
    id: str | None = None
    held_on: date | None = None
    place: str | None = None
    series: str | None = None


@dataclass(frozen=True, slots=True)
class AttendanceFact:
    """An organisation (and perhaps a person) at a meeting; `mode` is a code of the vocabulary attendance_mode."""

    meeting: str
    organisation: str
    source: Source
    person: str | None = None
    mode: str = "present"


@dataclass(frozen=True, slots=True)
class AssessmentFact:
    """Somebody asked: is there this service in this place? `result` is none, exists or unclear."""

    place: str
    service_type: str
    source: Source
    result: str
    assessed_on: date | None = None
    group: str | None = None
    by: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class ReferralFact:
    """A case that one partner sent to another, kept elsewhere until now; nothing by which a person could be known.

    Organisations by key; service, group and places by the words of the file: all of them must be in the registry already.
    `places`: (level, name) from the country down; `state` and `outcome` as in `analytics.referral_history.Told`.
    """

    sender: str
    receiver: str
    service_type: str
    source: Source
    sent_on: date | None = None
    acknowledged_on: date | None = None
    accepted_on: date | None = None
    started_on: date | None = None
    closed_on: date | None = None
    answered_on: date | None = None
    state: str = ""
    outcome: str = ""
    reason: str | None = None
    priority: str | None = None
    group: str | None = None
    age_band: str | None = None
    languages: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    place_code: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """What the reader takes a column to be; `confidence` 1 is a tag or our own header, 0 a column left out.

    `samples` are the first filled cells, for the preview on the machine of the person who uploads.
    """

    file: str
    sheet: str | None
    index: int
    letter: str
    header: str
    field: str | None
    confidence: float
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it was understood: `kind` is hxl, nodes, edges or a sheet of the template; None when left out."""

    file: str
    sheet: str | None
    kind: str | None
    header_row: int | None
    rows: int
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """How the bytes of a text file were read; `certainty` below 0.9 is worth a question in the preview."""

    file: str
    encoding: str
    certainty: float
    alternatives: tuple[str, ...]
    separator: str


@dataclass(frozen=True, slots=True)
class TableChoice:
    """A person's answer in the preview: what the sheet is, where its header stands, which column is which field."""

    kind: str
    header_row: int | None = None
    fields: Mapping[int, str | None] | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """Overrides of what the reader would guess; tables by (file, sheet), encoding and separator by file."""

    tables: Mapping[tuple[str, str | None], TableChoice] = field(default_factory=dict)
    encodings: Mapping[str, str] = field(default_factory=dict)
    separators: Mapping[str, str] = field(default_factory=dict)


NO_CHOICES = Choices()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in the files given together; nothing is merged but exactly equal keys."""

    files: int = 0
    rows: int = 0
    organisations: tuple[OrganisationFact, ...] = ()
    people: tuple[PersonFact, ...] = ()
    places: tuple[PlaceFact, ...] = ()
    service_types: tuple[ServiceTypeFact, ...] = ()
    groups: tuple[GroupFact, ...] = ()
    services: tuple[ServiceFact, ...] = ()
    ties: tuple[TieFact, ...] = ()
    meetings: tuple[MeetingFact, ...] = ()
    attendance: tuple[AttendanceFact, ...] = ()
    assessments: tuple[AssessmentFact, ...] = ()
    referrals: tuple[ReferralFact, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    tables: tuple[Table, ...] = ()
    texts: tuple[Text, ...] = ()
