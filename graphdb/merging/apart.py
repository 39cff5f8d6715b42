"""Two organisations that look alike and are two: told apart, and not proposed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphdb.catalogue import kind_of
from graphdb.errors import MissingError
from graphdb.records.checks import BadValueError, RefusedError
from graphdb.statements import Found, Nothing, Write
from graphdb.words import N_

if TYPE_CHECKING:
    from graphdb.writes import Change

ORGANISATION = kind_of("Organisation")

TELL_APART = Write(
    Found,
    """
    MATCH (a:Organisation {id: $a})
    MATCH (b:Organisation {id: $b})
    MERGE (a)-[d:DISTINCT_FROM]-(b)
    ON CREATE SET d.by = $by, d.at = $at
    RETURN a.id AS id
    """,
)

FORGET_APART = Write(Nothing, "MATCH (a:Organisation {id: $a})-[d:DISTINCT_FROM]-(b:Organisation {id: $b}) DELETE d")


def dismiss(c: Change, one: str, other: str) -> None:
    """These are two organisations: who said so and when is kept, and they are not proposed again. Raises MissingError."""
    if one == other:
        raise RefusedError({"drop": BadValueError(N_("Choose two different organisations."))})
    for record in sorted((one, other)):
        c.take(record)
    if not c.run(TELL_APART, a=min(one, other), b=max(one, other), at=c.at, by=c.actor.id):
        raise MissingError(one)
    for record in (one, other):
        c.did("apart", ORGANISATION.label, record)


def propose_again(c: Change, one: str, other: str) -> None:
    """Take that back. Raises MissingError."""
    for record in sorted((one, other)):
        c.take(record)
    c.run(FORGET_APART, a=one, b=other)
    for record in (one, other):
        c.did("unapart", ORGANISATION.label, record)
