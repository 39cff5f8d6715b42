"""The book a story is written into: records by kind under stable codes, and what happened at meetings."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from ulid import ULID

from graphdb.catalogue import kind_of
from graphdb.records import New

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SEED = 20_260


def identity(code: str) -> str:
    """The id of a record of the demonstration: the same for a code in every loading."""
    return str(ULID.from_bytes(hashlib.sha256(f"mrezha demonstration/{code}".encode()).digest()[:16]))


@dataclass(frozen=True, slots=True)
class Attendance:
    """One organisation at one meeting, by code; `person` stood for it, where somebody did."""

    organisation: str
    meeting: str
    mode: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an agenda with its decision, if there was one, and the actions it asked for; `carried` is the code of
    the item of an earlier meeting that it goes on with, `gaps` those of the gaps it is about."""

    code: str
    meeting: str
    position: int
    title: str
    minutes: int
    state: str
    proposer: str
    decision: str = ""
    decided_on: date | None = None
    actions: tuple[str, ...] = ()
    carried: str = ""
    gaps: tuple[str, ...] = ()


@dataclass(slots=True)
class Book:
    """A story as of `day`. `chance` draws with a fixed seed: the same day gives the same story."""

    day: date
    chance: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - a story, no secret
    records: dict[str, list[New]] = field(default_factory=dict[str, list[New]])
    codes: dict[str, str] = field(default_factory=dict[str, str])
    attendance: list[Attendance] = field(default_factory=list[Attendance])
    items: list[Item] = field(default_factory=list[Item])

    def ago(self, days: int) -> date:
        """The day that many days before the day of the story; negative: after it."""
        return self.day - timedelta(days=days)

    def workday(self, days: int) -> date:
        """As `ago`, moved back to Friday from a weekend."""
        on = self.ago(days)
        return on - timedelta(days=max(0, on.weekday() - 4))

    def add(
        self,
        label: str,
        code: str,
        values: Mapping[str, object],
        links: Mapping[str, str | Sequence[str]] | None = None,
        *,
        subject: str = "",
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        """Write a record down. `code` is unique among its kind; links name codes of the kinds they point at."""
        full = f"{label}/{code}"
        if identity(full) in self.codes:
            raise ValueError(full)
        self.codes[identity(full)] = code
        pointed = {
            name: [self.id(kind_of(label).link(name).target, each) for each in _listed(codes)]
            for name, codes in (links or {}).items()
        }
        self.records.setdefault(label, []).append(New(values, pointed, identity(full), subject, extra or {}))

    def id(self, label: str, code: str) -> str:
        """Id of a record by its kind and code."""
        return identity(f"{label}/{code}")


def _listed(codes: str | Sequence[str]) -> Sequence[str]:
    return [codes] if isinstance(codes, str) else codes
