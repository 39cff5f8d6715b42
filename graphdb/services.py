"""The history of a service: since when it is open or closed, and on which days somebody said "still correct".

Both are lists beside the field of today's value (`states` beside `status`, `assured` beside `assured_on`), so that
every past date can be answered. An edited field speaks for itself: see `history` and `confirmations`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from graphdb.catalogue import kind_of
from graphdb.errors import MissingError
from graphdb.records.checks import coerce
from graphdb.statements import Found, Write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.writes import Change

SERVICE = kind_of("Service")


@dataclass(frozen=True, slots=True)
class Confirmed:
    id: str
    label: str


NOTE_STATUS = Write(
    Found,
    """
    MATCH (s:Service {id: $id}) WHERE s.archived_at IS NULL
    WITH s, coalesce(s.states, ['=' + s.status]) + [$entry] AS states
    WITH s, states, reduce(last = head(states), one IN tail(states) |
        CASE WHEN last STARTS WITH '=' OR left(one, 10) >= left(last, 10) THEN one ELSE last END) AS latest
    SET s.states = states, s.status = split(latest, '=')[1], s.version = s.version + 1, s.changed_at = $at
    RETURN s.id AS id
    """,
)

NOTE_ASSURED = Write(
    Confirmed,
    """
    MATCH (n:Record {id: $id}) WHERE (n:Organisation OR n:Service) AND n.archived_at IS NULL
    WITH [n] + COLLECT { MATCH (n)-[:PROVIDES]->(s:Service) WHERE s.archived_at IS NULL RETURN s } AS all
    UNWIND all AS one
    WITH one, coalesce(one.assured, CASE WHEN one.assured_on IS NULL THEN [] ELSE [one.assured_on] END) AS before
    SET one.assured = [day IN before WHERE day <> $on] + [$on],
        one.assured_on = CASE WHEN one.assured_on > $on THEN one.assured_on ELSE $on END,
        one.version = one.version + 1, one.changed_at = $at
    RETURN one.id AS id, head([label IN labels(one) WHERE label <> 'Record']) AS label
    """,
)

TAKE_BACK = Write(
    Confirmed,
    """
    MATCH (n:Record {id: $id}) WHERE (n:Organisation OR n:Service) AND n.archived_at IS NULL
    WITH [n] + COLLECT { MATCH (n)-[:PROVIDES]->(s:Service) WHERE s.archived_at IS NULL RETURN s } AS all
    UNWIND all AS one
    WITH one WHERE $on IN one.assured
    SET one.assured = [day IN one.assured WHERE day <> $on]
    SET one.assured_on = reduce(last = null, day IN one.assured | CASE WHEN last > day THEN last ELSE day END),
        one.version = one.version + 1, one.changed_at = $at
    RETURN one.id AS id, head([label IN labels(one) WHERE label <> 'Record']) AS label
    """,
)


def note_status(change: Change, service: str, status: str, on: date | None = None, version: int | None = None) -> None:
    """A service is `status` from `on` (today when not said). Raises BadValueError, MissingError, ConflictError."""
    code = coerce(SERVICE.field("status"), status)
    change.take(service, version)
    since = on or change.at.date()
    if change.one(NOTE_STATUS, id=service, entry=f"{since.isoformat()}={code}", at=change.at) is None:
        raise MissingError(service)
    change.did("status", "Service", service, ("status",))


def note_assured(change: Change, record: str, on: date | None = None) -> int:
    """ "Still correct" of a service, or of an organisation and all its services; returns how many records.

    Raises MissingError for anything else.
    """
    return _noted(change, NOTE_ASSURED, record, on, "verify")


def take_back_assured(change: Change, record: str, on: date | None = None) -> int:
    """Undo of `note_assured` on that day; returns how many records it touched."""
    return _noted(change, TAKE_BACK, record, on, "unverify")


def _noted(change: Change, statement: Write[Confirmed], record: str, on: date | None, verb: str) -> int:
    change.take(record)
    done = change.run(statement, id=record, on=on or change.at.date(), at=change.at)
    if not done and verb == "verify":
        raise MissingError(record)
    for one in done:
        change.did(verb, one.label, one.id, ("assured_on",))
    return len(done)


def history(states: Sequence[str] | None, status: str, changed: datetime | None) -> tuple[tuple[date | None, str], ...]:
    """(since, status) of a service. A status edited past its history holds since the day of the last change."""
    kept = [_entry(text) for text in states or ()]
    if not kept:
        return ((None, status),)
    latest = max(enumerate(kept), key=lambda entry: (entry[1][0] or date.min, entry[0]))[1]
    if latest[1] != status:
        kept.append((changed.date() if changed else None, status))
    return tuple(kept)


def confirmations(assured: Sequence[date] | None, assured_on: date | None) -> tuple[date, ...]:
    """Every day on which it was confirmed, sorted."""
    return tuple(sorted({*(assured or ()), *([assured_on] if assured_on else [])}))


def _entry(text: str) -> tuple[date | None, str]:
    since, _, status = text.partition("=")
    return (date.fromisoformat(since) if since else None), status
