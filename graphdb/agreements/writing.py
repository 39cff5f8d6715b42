"""Steps of an agreement beside the kit's form: a version of its text, its renewal, its end before its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ulid import ULID

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import GraphError, MissingError
from graphdb.statements import Found, Write

if TYPE_CHECKING:
    from datetime import date

    from graphdb.agreements.reading import AgreementView
    from graphdb.connection import Graph
    from graphdb.writes import Change

_AGREEMENT = kind_of("Agreement")


class EndedError(GraphError):
    """The agreement is over, or was never agreed: it cannot be ended."""


NOTE_VERSION = Write(
    Found,
    """
    MATCH (a:Agreement {id: $agreement})
    CREATE (a)-[:HAS_VERSION]->(d:DocVersion {id: $id, on: $on, reference: $reference, note: $note, at: $at, by: $by})
    RETURN d.id AS id
    """,
)


def note_version(c: Change, agreement: str, on: date, reference: str, note: str) -> str:
    """Note where a version of the text lies; returns its id. A version is never changed. Raises MissingError."""
    c.take(agreement)
    record = str(ULID())
    made = c.run(
        NOTE_VERSION,
        agreement=agreement,
        id=record,
        on=on,
        reference=reference,
        note=note or None,
        at=c.at,
        by=c.actor.id,
    )
    if not made:
        raise MissingError(agreement)
    c.did("version", "Agreement", agreement, ("versions",))
    return record


def renew(c: Change, graph: Graph, old: AgreementView, name: str) -> str:
    """Begin the agreement that follows: same parties, services and terms, being drafted, from the old one's end on.

    Returns its id. Raises RefusedError, MissingError.
    """
    c.take(old.id, old.version)
    values = {
        "name": name, "kind": old.kind, "stage": "drafting", "scope": old.scope, "valid_from": old.valid_to,
        "notice_days": old.notice_days, "data_annex": old.data_annex, "data_annex_allows": old.data_annex_allows,
    }  # fmt: skip
    links = {
        "parties": [each["id"] for each in old.parties],
        "services": [each["id"] for each in old.services],
        "responsible": [old.responsible["id"]] if old.responsible else [],
        "follows": [old.id],
    }
    return records.create(
        c, graph, _AGREEMENT, {name: value for name, value in values.items() if value is not None}, links
    )


def terminate(c: Change, graph: Graph, agreement: AgreementView, version: int, on: date) -> int:
    """End an agreement that holds, with the first day on which it no longer does; returns its version.

    Raises ConflictError, EndedError where it is over by then or nothing was agreed.
    """
    c.take(agreement.id, version)
    over = agreement.valid_to is not None and agreement.valid_to <= on
    begun = agreement.valid_from is None or agreement.valid_from < on
    if over or not begun or agreement.stage in {"idea", "drafting", "legal", "terminated"}:
        raise EndedError(agreement.id)
    return records.update(c, graph, _AGREEMENT, agreement.id, version, {"stage": "terminated", "valid_to": on})
