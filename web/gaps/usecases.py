"""The answers about gaps: facts of the graph put through the analytics, with names beside. No page, no request."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.collaboration import CollaborationGap, GapClass, OpenGap, find_gaps
from analytics.coverage import GAPS, Coverage, Grid, Scope, assess, cells
from analytics.coverage.report import evaluate
from analytics.thresholds import DEFAULTS, Thresholds
from graphdb import collaboration, coverage, gaps, naming
from graphdb.audit import data_stamp
from graphdb.gaps.standing import own_places, reads_everywhere
from web.gaps.scopes import first_level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from analytics.collaboration import CollaborationReport
    from analytics.coverage import CoverageFacts
    from analytics.reasons import Reason
    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.gaps import Decided
    from graphdb.naming import Name

MENTORING = frozenset({GapClass.LEADER_WITHOUT_MENTOR, GapClass.PAIR_QUIET})
"""Classes about people: known to the programme and to the pair only, counted for others."""
NAMED_APART = ("Person", "Mentorship", "ActionPoint")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, in which language, of which data: stamps of data versions by kind of facts (None: ask)."""

    viewer: Viewer
    language: str = "en"
    coverage: str | None = None
    collaboration: str | None = None
    titles: str | None = None


@dataclass(frozen=True, slots=True)
class CoverageAnswer:
    """A grid judged at a day, the facts it was judged by, and what everything in it is called.

    `places`: the only ones this reader reads of (None: all); `withheld` counts the cells of the others.
    """

    coverage: Coverage
    known: coverage.Known
    names: Mapping[str, Name]
    places: frozenset[str] | None = None
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class CollaborationAnswer:
    """The gaps a reader may know of, how many of each class are withheld, and what is kept of each key."""

    report: CollaborationReport
    gaps: tuple[CollaborationGap, ...]
    withheld: Mapping[GapClass, int]
    decided: Mapping[str, Decided]
    names: Mapping[str, Name]


def names_for(graph: Graph, reader: Reader) -> Mapping[str, Name]:
    """What the records of the public kinds are called for this reader."""
    stamp = data_stamp(graph, *naming.PUBLIC_KINDS) if reader.titles is None else reader.titles
    return naming.names(graph, stamp, reader.viewer, reader.language)


def coverage_answer(
    graph: Graph, reader: Reader, as_of: date, scope: Scope, limits: Thresholds = DEFAULTS
) -> CoverageAnswer:
    """The coverage of a scope as of a day, as far as the reader reads of it."""
    known = coverage.known(graph, reader.coverage)
    judged = assess(known.facts, as_of, scope, limits)
    places = places_read(graph, reader)
    if places is None:
        return CoverageAnswer(judged, known, names_for(graph, reader))
    grid = judged.grid
    seen = {key: demand for key, demand in zip(grid.keys, grid.demands, strict=True) if key.place in places}
    shown = evaluate(known.facts, Grid.of(grid.kind, seen), as_of, limits)
    return CoverageAnswer(shown, known, names_for(graph, reader), places, len(grid) - len(seen))


def places_read(graph: Graph, reader: Reader) -> frozenset[str] | None:
    """The places whose gaps the reader reads of: the own ones, all that lies in them and all they lie in; None: all."""
    own = own_places(graph, reader.viewer)
    if own is None:
        return None
    tree = coverage.known(graph, reader.coverage).facts.place_tree
    return frozenset(place for one in own for place in tree.descendants(one) | tree.ancestors(one))


def usual_scope(facts: CoverageFacts, as_of: date) -> Scope:
    """What is judged unless somebody asks otherwise: what is required, or else the level services are stated at."""
    if any(each.in_force(as_of) for each in facts.requirements):
        return Scope()
    return Scope(first_level(facts))


def collaboration_answer(
    graph: Graph, reader: Reader, as_of: date, limits: Thresholds = DEFAULTS
) -> CollaborationAnswer:
    """The collaboration gaps as of a day, as far as the reader may know of them."""
    known = collaboration.known(graph, reader.collaboration)
    decided = gaps.decisions(graph)
    facts = coverage.known(graph, reader.coverage).facts
    usual = assess(facts, as_of, usual_scope(facts, as_of), limits)
    report = judge(known.facts, usual, as_of, decided, limits)
    shown = tuple(gap for gap in report.gaps if may_know(reader.viewer, gap, known.programmes))
    withheld = Counter(gap.cls for gap in report.gaps if gap not in shown)
    names = dict(names_for(graph, reader))
    apart = {record for gap in shown for record in mentioned(gap.members, gap.reasons)} - names.keys()
    names |= naming.names_of(graph, NAMED_APART, apart, reader.viewer, reader.language)
    return CollaborationAnswer(report, shown, withheld, decided, names)


def judge(
    facts: collaboration.CollaborationFacts, usual: Coverage, as_of: date, decided: Mapping[str, Decided],
    limits: Thresholds = DEFAULTS,
) -> CollaborationReport:  # fmt: skip
    """All collaboration gaps; providers of one open coverage gap are expected to meet."""
    settled = {key for key, one in decided.items() if is_settled(one, as_of)}
    shared = [
        OpenGap(cell.key, cell.providers)
        for cell in cells(usual, GAPS)
        if len(cell.providers) > 1 and cell.key not in settled
    ]
    return find_gaps(facts, as_of, open_gaps=shared, settled=settled, limits=limits)


def is_settled(decided: Decided, on: date) -> bool:
    """Found to be none, or a risk that is accepted on that day."""
    if decided.state == "accepted_risk":
        return decided.accepted_until is None or on < decided.accepted_until
    return decided.state in gaps.SETTLED


def may_know(viewer: Viewer, gap: CollaborationGap, programmes: Mapping[str, str]) -> bool:
    """Whether a reader may know whom a gap is about: mentoring is for the programme and for the pair itself."""
    if gap.cls not in MENTORING:
        return reads_everywhere(viewer)
    return oversees(viewer, gap.members, programmes.get(gap.key.partition(":")[2], ""))


def oversees(viewer: Viewer, people: Iterable[str], programme: str) -> bool:
    """Whether a mentoring gap is the viewer's own, or one of a programme the viewer runs."""
    if viewer.everything or viewer.person in {*people}:
        return True
    return programme in viewer.overseen


def mentioned(members: Iterable[str], reasons: Iterable[Reason]) -> set[str]:
    """Every text in a gap that may be the id of a record."""
    found = set(members)
    for reason in reasons:
        for _, fact in reason.facts:
            if isinstance(fact, str):
                found.add(fact)
            elif isinstance(fact, tuple):
                found.update(fact)
    return found
