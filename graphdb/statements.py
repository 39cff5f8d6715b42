"""Cypher statements as named, typed constants, each beside the row it returns."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, LiteralString, TypeVar

if TYPE_CHECKING:
    from types import ModuleType

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Statement(Generic[Row]):
    """One Cypher text and the frozen dataclass whose fields are its columns."""

    row: type[Row]
    text: LiteralString

    def columns(self) -> tuple[str, ...]:
        """Names of the columns, as the row declares them."""
        return tuple(field.name for field in dataclasses.fields(self.row))  # type: ignore[arg-type]


class Read(Statement[Row]):
    """A statement that changes nothing."""


class Write(Statement[Row]):
    """A statement that may change the graph."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The row of a statement that returns no column."""


@dataclass(frozen=True, slots=True)
class Found:
    """The row of a statement that only answers which record it touched."""

    id: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The row of a statement that counts."""

    n: int


def declared_in(module: ModuleType) -> dict[str, Statement[object]]:
    """All statements a module declares, by their full name; the EXPLAIN test reads them."""
    return {
        f"{module.__name__}.{name}": value
        for name, value in vars(module).items()
        if isinstance(value, Statement) and not name.startswith("_")
    }
