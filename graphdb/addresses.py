"""Whom a letter to an organisation goes to: one rule for reminders and invitations.

To the focal points of today, and where none of them can be reached to their back-ups; by their work e-mail, never that of a
community leader, of somebody who is away or has left, or whose account is locked. Not to who asked not to be contacted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from graphdb.actors import OWNER
from graphdb.catalogue import kind_of
from graphdb.records.sealing import ERASED, opened
from graphdb.records.text import title
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from graphdb.actors import Viewer
    from graphdb.connection import Graph

_PERSON = kind_of("Person")


class Stored(TypedDict):
    """Somebody who may be written to, with the sealed e-mail as stored; `backup`: only where nobody else is there."""

    organisation: str
    backup: bool
    person: str
    title: str
    subject: str
    email: str
    email_v: int
    languages: list[str]


@dataclass(frozen=True, slots=True)
class Reachable:
    people: list[Stored]


REACHABLE = Read(
    Reachable,
    """
    RETURN COLLECT {
      CALL () {
          MATCH (o:Organisation)<-[:AT_ORGANISATION]-(e:Employment)-[:HOLDER]->(person:Person)
          WHERE o.id IN $organisations AND o.archived_at IS NULL AND NOT coalesce(o.do_not_contact, false)
            AND (e.focal_point = true OR e.backup = true) AND e.archived_at IS NULL
            AND (e.valid_from IS NULL OR e.valid_from <= $on) AND (e.valid_to IS NULL OR e.valid_to > $on)
          RETURN o.id AS organisation, NOT coalesce(e.focal_point, false) AS backup, person
        UNION
          MATCH (person:Person) WHERE person.id IN $people
          RETURN '' AS organisation, false AS backup, person
      }
      WITH organisation, backup, person, COLLECT { MATCH (a:Account)-[:IS]->(person) RETURN a.active } AS accounts,
           COLLECT { MATCH (a:Account {active: true})-[:IS]->(person) RETURN a.language ORDER BY a.id } AS chosen
      WHERE person.archived_at IS NULL AND person.email IS NOT NULL AND coalesce(person.state, 'active') = 'active'
        AND coalesce(person.role_class, '') <> 'leader' AND (accounts = [] OR true IN accounts)
      WITH organisation, backup, person, chosen ORDER BY organisation, backup, person.id
      RETURN {organisation: organisation, backup: backup, person: person.id, title: """
    + title(_PERSON, "person")
    + """, subject: coalesce(person.subject, person.id), email: person.email, email_v: person.email_v,
              languages: chosen + coalesce(person.languages, [])}
    } AS people
    ORDER BY people
    """,
)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a letter goes to. `organisation` is "" for who was asked for in person; `languages` the best first."""

    organisation: str
    person: str
    title: str
    mail: str
    languages: list[str]


def contacts(
    graph: Graph, organisations: Collection[str], on: date, people: Collection[str] = (),
    viewer: Viewer = OWNER, language: str = "en",
) -> list[Contact]:  # fmt: skip
    """Who is written to on a day: `people`, and the contacts of organisations, in the order of their ids.

    `title` is the name as far as the viewer may know it. One statement.
    """
    row = graph.one(
        REACHABLE, organisations=list(organisations), people=list(people), on=on, lang=language, **viewer.params()
    )
    assert row is not None
    found = [(one, mail) for one in row.people if (mail := _mail(graph, one)) != ERASED]
    reached = {one["organisation"] for one, _ in found if not one["backup"]}
    return [
        Contact(one["organisation"], one["person"], one["title"], mail, one["languages"])
        for one, mail in found
        if not one["backup"] or one["organisation"] not in reached
    ]


def each_once(found: Iterable[Contact]) -> list[Contact]:
    """The same with every mail address once: who stands for two organisations gets one letter."""
    return list({one.mail: one for one in found}.values())


def _mail(graph: Graph, one: Stored) -> str:
    stored = {"email": one["email"], "email_v": one["email_v"]}
    return str(opened(graph, _PERSON, one["person"], one["subject"], stored)["email"])
