"""Where the readers put what they find: notices with their cell, and facts by key (the first filled value stays)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, TypeVar

from web.interchange.facts import Column, Refusal, Source, Warning_
from web.interchange.readers.sheets import Sheet

SHOWN_ALIKE = 50


class Keyed(Protocol):
    """A dataclass with a key."""

    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]

    @property
    def key(self) -> str: ...


Fact = TypeVar("Fact", bound=Keyed)


@dataclass(slots=True)
class Findings:
    """Refusals and warnings in the order found; after 50 warnings alike in one column only their number is kept."""

    refusals: list[Refusal] = field(default_factory=list[Refusal])
    warnings: list[Warning_] = field(default_factory=list[Warning_])
    alike: dict[tuple[str, str, str | None, str | None], list[Warning_]] = field(
        default_factory=dict[tuple[str, str, str | None, str | None], list[Warning_]]
    )
    further: dict[tuple[str, str, str | None, str | None], int] = field(
        default_factory=dict[tuple[str, str, str | None, str | None], int]
    )

    def refuse(
        self,
        code: str,
        source: Source,
        column: Column | None = None,
        value_class: str | None = None,
        **params: str | int,
    ) -> None:
        """The row of `source` is not taken in."""
        self.refusals.append(Refusal(code, source.file, source.sheet, source.row, titled(column), value_class, params))

    def refuse_file(self, code: str, file: str, sheet: str | None = None, *, params: Mapping[str, str | int]) -> None:
        """A whole file or sheet is not taken in."""
        self.refusals.append(Refusal(code, file, sheet, params=params))

    def warn(
        self,
        code: str,
        source: Source,
        column: Column | None = None,
        value_class: str | None = None,
        **params: str | int,
    ) -> None:
        """The row of `source` is taken in, with a doubt."""
        self._keep(Warning_(code, source.file, source.sheet, source.row, titled(column), value_class, params))

    def warn_sheet(self, code: str, sheet: Sheet, column: Column | None = None, **params: str | int) -> None:
        """Something about a sheet or one of its columns as a whole."""
        self._keep(Warning_(code, sheet.file, sheet.name, None, titled(column), None, params))

    def _keep(self, warning: Warning_) -> None:
        kind = (warning.code, warning.file, warning.sheet, warning.column)
        seen = self.alike.setdefault(kind, [])
        if len(seen) < SHOWN_ALIKE:
            seen.append(warning)
            self.warnings.append(warning)
        else:
            self.further[kind] = self.further.get(kind, 0) + 1

    def all_warnings(self) -> tuple[Warning_, ...]:
        """The warnings, and one for each kind that was cut short, saying how many more there are."""
        rest = [
            Warning_("more_alike", file, sheet, None, column, None, {"count": count, "what": code})
            for (code, file, sheet, column), count in self.further.items()
        ]
        return (*self.warnings, *rest)


def titled(column: Column | None) -> str | None:
    """ "C: Phone", or "C" alone where the column has no header."""
    if column is None:
        return None
    return f"{column.letter}: {column.header}" if column.header else column.letter


def keep(facts: dict[str, Fact], fact: Fact) -> Fact:
    """Put a fact under its key, or let it fill the empty fields and lengthen the lists of the one that is there."""
    known = facts.get(fact.key)
    if known is None:
        facts[fact.key] = fact
        return fact
    news: dict[str, object] = {}
    for name in known.__dataclass_fields__:
        old, new = getattr(known, name), getattr(fact, name)
        if old is new or new in (None, ()):
            continue
        if isinstance(old, tuple) and set(new) - set(old):
            news[name] = (*old, *(part for part in new if part not in old))
        elif old is None:
            news[name] = new
    if news:
        facts[fact.key] = dataclasses.replace(known, **news)
    return facts[fact.key]
