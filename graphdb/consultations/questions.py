"""Questions of the public: one of them, what it may be tied to, asked and answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.consultations.discussions import ASKED, QuestionOf
from graphdb.consultations.reading import TITLE
from graphdb.meetings.pieces import MATTER, WITH_ITS_PLACE, About
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.writes import Change

_QUESTION = kind_of("PublicQuestion")


@dataclass(frozen=True, slots=True)
class Matter:
    """A gap or action that a question may be tied to."""

    about: About


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with the discussion it was asked in."""

    question: QuestionOf
    discussion: str
    title: str
    archived: bool


QUESTION = Read(
    QuestionView,
    """
    MATCH (q:PublicQuestion {id: $id})-[:ASKED_IN]->(d:PublicDiscussion)
    RETURN """
    + ASKED
    + " AS question, d.id AS discussion, "
    + TITLE
    + """ AS title, q.archived_at IS NOT NULL AS archived
    ORDER BY discussion
    """,
)

MATTERS = Read(
    Matter,
    """
    CALL () {
        MATCH (x:Gap) WHERE x.archived_at IS NULL AND x.state IN ['detected', 'confirmed', 'reopened', 'on_agenda', 'in_action']
        RETURN x ORDER BY coalesce(x.points, 0) DESC, x.ref LIMIT $limit
        UNION ALL
        MATCH (x:ActionPoint) WHERE x.archived_at IS NULL AND x.state IN ['open', 'in_progress']
        RETURN x ORDER BY x.due, x.ref LIMIT $limit
    }
    """
    + WITH_ITS_PLACE
    + "WITH x, place, service, group RETURN "
    + MATTER
    + " AS about ORDER BY about.label DESC, about.ref",
)


def question(graph: Graph, record: str, viewer: Viewer, language: str) -> QuestionView | None:
    """One question; None when there is none."""
    return graph.one(QUESTION, id=record, lang=language, **viewer.params())


def matters(graph: Graph, viewer: Viewer, language: str, limit: int = 100) -> list[About]:
    """Open gaps and actions that a question may be tied to: as many of each as the limit says."""
    return [row.about for row in graph.fetch(MATTERS, lang=language, limit=limit, **viewer.params())]


def ask(c: Change, graph: Graph, record: str, values: Mapping[str, object], links: Mapping[str, list[str]]) -> str:
    """Note a question of a discussion; returns its id. Raises MissingError, RefusedError."""
    c.take(record)
    return records.create(c, graph, _QUESTION, values, {**links, "discussion": [record]})


def answer(
    c: Change, graph: Graph, record: str, version: int, values: Mapping[str, object], links: Mapping[str, list[str]]
) -> int:
    """Change a question: its words, its answer, who takes it on. Raises ConflictError, MissingError, RefusedError."""
    return records.update(c, graph, _QUESTION, record, version, values, links)
