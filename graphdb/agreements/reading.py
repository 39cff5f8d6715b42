"""One agreement whole, and the list of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, LiteralString, TypedDict

from analytics.agreements import Life
from graphdb.meetings.pieces import ORGANISATION_NAME, PERSON_NAME, Named
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph


class VersionOf(TypedDict):
    """A version of the text: where it lies, of which day, what changed."""

    id: str
    on: date
    reference: str
    note: str | None
    at: datetime


class Other(TypedDict):
    """Another agreement, before or after this one."""

    id: str
    title: str
    stage: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement with its parties, what it covers, who looks after it, its versions, and what it follows.

    The title of `responsible` is empty for a viewer who may know nothing of people.
    """

    id: str
    ref: str
    title: str
    version: int
    archived: bool
    kind: str
    stage: str | None
    scope: str | None
    signed_on: date | None
    valid_from: date | None
    valid_to: date | None
    notice_days: int | None
    data_annex: bool | None
    data_annex_allows: str | None
    source: str | None
    parties: list[Named]
    services: list[Named]
    responsible: Named | None
    follows: list[Other]
    followed: list[Other]
    versions: list[VersionOf]

    def life(self) -> Life:
        """What its state follows from."""
        return Life(self.stage, self.valid_from, self.valid_to, any(is_signed(other) for other in self.followed))


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement in the list."""

    id: str
    ref: str
    title: str
    kind: str
    stage: str | None
    valid_from: date | None
    valid_to: date | None
    parties: list[Named]
    signed_after: bool
    begun_after: bool

    def life(self) -> Life:
        """What its state follows from."""
        return Life(self.stage, self.valid_from, self.valid_to, self.signed_after)


def is_signed(other: Other) -> bool:
    """Whether another agreement is more than a draft."""
    return other["stage"] not in {"idea", "drafting", "legal", "terminated"}


AGREEMENT_NAME: LiteralString = "coalesce(a['name_' + $lang], a.name)"
_OTHER: LiteralString = """{id: b.id, title: coalesce(b['name_' + $lang], b.name), stage: b.stage,
    valid_from: b.valid_from, valid_to: b.valid_to}"""
_PARTIES: LiteralString = (
    """COLLECT { MATCH (a)<-[:PARTY_TO]-(o:Organisation) WITH DISTINCT o ORDER BY toLower(o.name), o.id
                     RETURN {id: o.id, title: """
    + ORGANISATION_NAME
    + "} } AS parties"
)
SIGNED: LiteralString = "NOT coalesce(b.stage, 'signed') IN ['idea', 'drafting', 'legal', 'terminated']"

AGREEMENT = Read(
    AgreementView,
    """
    MATCH (a:Agreement {id: $id})
    RETURN a.id AS id, a.ref AS ref, """
    + AGREEMENT_NAME
    + """ AS title, a.version AS version, a.archived_at IS NOT NULL AS archived, a.kind AS kind, a.stage AS stage,
           a.scope AS scope, a.signed_on AS signed_on, a.valid_from AS valid_from, a.valid_to AS valid_to,
           a.notice_days AS notice_days, a.data_annex AS data_annex, a.data_annex_allows AS data_annex_allows,
           a.source AS source, """
    + _PARTIES
    + """,
           COLLECT { MATCH (a)-[:COVERS_SERVICE]->(t:ServiceType) WITH t ORDER BY toLower(t.name), t.id
                     RETURN {id: t.id, title: coalesce(t['name_' + $lang], t.name)} } AS services,
           head(COLLECT { MATCH (a)-[:LOOKED_AFTER_BY]->(person:Person)
                          RETURN {id: person.id, title: CASE WHEN $viewer_everything OR $viewer_member THEN """
    + PERSON_NAME
    + """ ELSE '' END} }) AS responsible,
           COLLECT { MATCH (a)-[:FOLLOWS]->(b:Agreement) WHERE b.archived_at IS NULL WITH b ORDER BY b.ref RETURN """
    + _OTHER
    + """ } AS follows,
           COLLECT { MATCH (a)<-[:FOLLOWS]-(b:Agreement) WHERE b.archived_at IS NULL WITH b ORDER BY b.ref RETURN """
    + _OTHER
    + """ } AS followed,
           COLLECT { MATCH (a)-[:HAS_VERSION]->(d:DocVersion) WITH d ORDER BY d.on DESC, d.id DESC LIMIT 100
                     RETURN {id: d.id, on: d.on, reference: d.reference, note: d.note, at: d.at} } AS versions
    ORDER BY id
    """,
)

AGREEMENTS = Read(
    AgreementLine,
    """
    MATCH (a:Agreement) WHERE a.archived_at IS NULL
      AND ($party = '' OR EXISTS { (a)<-[:PARTY_TO]-(:Organisation {id: $party}) })
    WITH a ORDER BY a.valid_to IS NULL, a.valid_to, a.ref LIMIT $limit
    RETURN a.id AS id, a.ref AS ref, """
    + AGREEMENT_NAME
    + """ AS title, a.kind AS kind, a.stage AS stage, a.valid_from AS valid_from, a.valid_to AS valid_to, """
    + _PARTIES
    + """,
           EXISTS { MATCH (a)<-[:FOLLOWS]-(b:Agreement) WHERE b.archived_at IS NULL AND """
    + SIGNED
    + """ } AS signed_after,
           EXISTS { MATCH (a)<-[:FOLLOWS]-(b:Agreement) WHERE b.archived_at IS NULL } AS begun_after
    ORDER BY valid_to IS NULL, valid_to, ref
    """,
)


def agreement(graph: Graph, record: str, viewer: Viewer, language: str) -> AgreementView | None:
    """An agreement whole; None when there is none. Whether the viewer may read it is asked before. One statement."""
    return graph.one(AGREEMENT, id=record, lang=language, **viewer.params())


def agreements(graph: Graph, language: str, party: str = "", limit: int = 500) -> list[AgreementLine]:
    """All agreements, those that end first before others. `party`: only those of an organisation. One statement."""
    return graph.fetch(AGREEMENTS, party=party, lang=language, limit=limit)
