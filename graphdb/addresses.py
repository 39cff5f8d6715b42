"""Where a short letter to an organisation goes: the work e-mail of its focal points, with the language they read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphdb.catalogue import kind_of
from graphdb.records.sealing import ERASED, opened
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graphdb.connection import Graph

PERSON = kind_of("Person")


@dataclass(frozen=True, slots=True)
class Focal:
    """One focal point as stored."""

    organisation: str
    person: str
    subject: str
    email: str
    email_v: int
    language: str | None


FOCAL = Read(
    Focal,
    """
    MATCH (o:Organisation)<-[:AT_ORGANISATION]-(e:Employment {focal_point: true})-[:HOLDER]->(n:Person)
    WHERE o.id IN $organisations AND coalesce(o.do_not_contact, false) = false AND e.archived_at IS NULL
      AND n.archived_at IS NULL AND n.email IS NOT NULL AND coalesce(n.state, '') <> 'left'
      AND (e.valid_from IS NULL OR e.valid_from <= $today) AND (e.valid_to IS NULL OR e.valid_to > $today)
    RETURN DISTINCT o.id AS organisation, n.id AS person, coalesce(n.subject, n.id) AS subject, n.email AS email,
           n.email_v AS email_v, head(COLLECT { MATCH (a:Account)-[:IS]->(n) RETURN a.language }) AS language
    ORDER BY organisation, person
    """,
)


@dataclass(frozen=True, slots=True)
class Address:
    """One mail address and the language of its reader ("" where that is not known)."""

    mail: str
    language: str


def focal_addresses(graph: Graph, organisations: Sequence[str], today: date) -> list[Address]:
    """Each address once, in the order of the organisations' ids. One statement."""
    found: dict[str, Address] = {}
    for one in graph.fetch(FOCAL, organisations=list(organisations), today=today):
        stored = {"email": one.email, "email_v": one.email_v}
        mail = str(opened(graph, PERSON, one.person, one.subject, stored)["email"])
        if mail != ERASED:
            found.setdefault(mail, Address(mail, one.language or ""))
    return list(found.values())
