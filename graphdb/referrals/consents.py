"""Consent: what a person agreed may be told, to whom, until when. A refusal is kept too; a withdrawal stops the flow.

A consent names organisations, kinds of facts and a day. It holds nothing by which the person could be known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.statements import Found, Read, Write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graphdb.connection import Graph
    from graphdb.writes import Change

CONSENT = kind_of("Consent")
ITEMS = ("reach", "needs", "language", "family", "papers", "health")


class ConsentError(Exception):
    """The person has not agreed that this organisation gets the case."""


@dataclass(frozen=True, slots=True)
class NewConsent:
    """What the person said. `basis` is a code of `consent_basis`, or "" where the person refused."""

    basis: str
    items: tuple[str, ...]
    purpose: str
    until: date | None
    languages: str
    asked_on: date

    @property
    def state(self) -> str:
        """Refused without a basis; still to be asked where life was at risk; else given."""
        return {"": "refused", "vital": "asked"}.get(self.basis, "given")


@dataclass(frozen=True, slots=True)
class Named:
    names: bool


NAMED = Read(
    Named,
    """
    MATCH (c:Consent {id: $id})
    RETURN c.state IN ['given', 'asked'] AND c.purpose = 'onward' AND EXISTS { MATCH (c)-[:NAMES]->(o:Organisation) WHERE o.id = $organisation } AS names ORDER BY names
    """,
)
NAME = Write(
    Found,
    """
    MATCH (c:Consent {id: $id}) MATCH (o:Organisation {id: $organisation})
    MERGE (c)-[:NAMES]->(o) SET c.purpose = 'onward', c.version = c.version + 1, c.changed_at = $at
    RETURN c.id AS id
    """,
)
WITHDRAW = Write(
    Found,
    """
    MATCH (:Referral {id: $referral})-[:UNDER]->(c:Consent)
    SET c.state = 'withdrawn', c.withdrawn_on = date($at), c.version = c.version + 1, c.changed_at = $at
    RETURN c.id AS id
    """,
)


def record(change: Change, graph: Graph, asker: str, recipients: Sequence[str], new: NewConsent) -> str:
    """Keep what the person said; returns the id. Raises RefusedError, MissingError."""
    values: dict[str, object] = {
        "state": new.state, "basis": new.basis, "asked_on": new.asked_on.isoformat(), "purpose": new.purpose,
        "languages": new.languages, "until": new.until.isoformat() if new.until else "",
        "items": list(new.items), "refused": [item for item in ITEMS if item not in new.items],
    }  # fmt: skip
    return records.create(change, graph, CONSENT, values, {"asker": [asker], "recipients": list(recipients)})


def demand_recipient(change: Change, consent: str, organisation: str) -> None:
    """Raise ConsentError unless the consent allows passing on and names the organisation."""
    found = change.one(NAMED, id=consent, organisation=organisation)
    if found is None or not found.names:
        raise ConsentError(organisation)


def allow_onward(change: Change, consent: str, organisation: str) -> None:
    """The person agreed that one more organisation gets the case."""
    change.take(consent)
    change.run(NAME, id=consent, organisation=organisation, at=change.at)
    change.did("edit", "Consent", consent, ("recipients",))


def withdraw(change: Change, referral: str) -> None:
    """The person takes the consent of a referral back."""
    for consent in change.run(WITHDRAW, referral=referral, at=change.at):
        change.did("edit", "Consent", consent.id, ("state",))
