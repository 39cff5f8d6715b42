"""The answers about gaps: facts of the graph put through the analytics, with names beside. No page, no request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.coverage import Coverage, Scope, assess
from analytics.thresholds import DEFAULTS, Thresholds
from graphdb import coverage, naming
from graphdb.audit import data_stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.coverage import Known
    from graphdb.naming import Name


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, in which language, of which data: `facts` and `titles` are stamps of data versions (None: ask)."""

    viewer: Viewer
    language: str = "en"
    facts: str | None = None
    titles: str | None = None


@dataclass(frozen=True, slots=True)
class CoverageAnswer:
    """A grid judged at a day, the facts it was judged by, and what everything in it is called."""

    coverage: Coverage
    known: Known
    names: Mapping[str, Name]


def names_for(graph: Graph, reader: Reader) -> Mapping[str, Name]:
    """What the records of the public kinds are called for this reader."""
    stamp = data_stamp(graph, *naming.PUBLIC_KINDS) if reader.titles is None else reader.titles
    return naming.names(graph, stamp, reader.viewer, reader.language)


def coverage_answer(
    graph: Graph, reader: Reader, as_of: date, scope: Scope, limits: Thresholds = DEFAULTS
) -> CoverageAnswer:
    """The coverage of a scope as of a day."""
    known = coverage.known(graph, reader.facts)
    return CoverageAnswer(assess(known.facts, as_of, scope, limits), known, names_for(graph, reader))
