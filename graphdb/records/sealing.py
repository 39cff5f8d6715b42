"""Protected fields of a record on their way into and out of the vault.

A sealed field `note` is stored as ciphertext in `note` with the version it was sealed at in `note_v`; the key belongs to
the record's `subject` (the person or the pair it is about), so that erasing the subject makes all of it unreadable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphdb.vault import Erased

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.catalogue import Field, Kind
    from graphdb.connection import Graph

ERASED = "\u2020"


def sealed_fields(kind: Kind) -> tuple[Field, ...]:
    """Fields of a kind that are ciphertext in the store."""
    return tuple(field for field in kind.fields if field.sealed)


def sealed(
    graph: Graph, kind: Kind, record: str, subject: str, version: int, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The same values with protected texts sealed at `version`."""
    stored = dict(values)
    for field in sealed_fields(kind):
        if field.name not in stored:
            continue
        stored[f"{field.name}_v"] = None
        if stored[field.name]:
            stored[field.name] = graph.vault.seal(
                str(stored[field.name]),
                subject=subject,
                label=kind.label,
                record=record,
                field=field.name,
                version=version,
            )
            stored[f"{field.name}_v"] = version
    return stored


def opened(graph: Graph, kind: Kind, record: str, subject: str, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The same values with protected texts opened; an erased subject's texts come back as a dagger."""
    values = dict(stored)
    for field in sealed_fields(kind):
        version = values.pop(f"{field.name}_v", None)
        if not values.get(field.name):
            continue
        try:
            values[field.name] = graph.vault.open(
                values[field.name],
                subject=subject,
                label=kind.label,
                record=record,
                field=field.name,
                version=int(version),
            )
        except Erased:
            values[field.name] = ERASED
    return values
