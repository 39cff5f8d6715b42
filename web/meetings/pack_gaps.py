"""The gaps of a pack: coverage with its matrix, collaboration with its evidence."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext

from analytics.coverage import GAPS, ORDER, cells
from graphdb import gaps as kept
from web import words
from web.gaps import sentences, usecases
from web.language import code
from web.packs import content

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from analytics.collaboration import CollaborationGap
    from analytics.coverage import Cell
    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.gaps import Decided
    from web.words import Names

SEVERITY = {cls: n for n, cls in enumerate(ORDER)}
REASONS = 4


def coverage(graph: Graph, on: date, viewer: Viewer) -> content.Coverage | None:
    """The usual grid as of a day, its gaps the gravest first; None where nothing is required and nothing offered."""
    reader = usecases.Reader(viewer, code())
    known = usecases.coverage.known(graph)
    answer = usecases.coverage_answer(graph, reader, on, usecases.usual_scope(known.facts, on))
    judged = answer.coverage
    if not len(judged.grid):
        return None
    decided = kept.decisions(graph)
    every = cells(judged)
    found = [cell for cell in every if cell.cls in GAPS and not _settled(decided, cell.key, on)]
    found.sort(key=lambda cell: (SEVERITY[cell.cls], -cell.weight, cell.key))
    return content.Coverage(
        denominator=judged.denominator,
        not_assessed=judged.counts[ORDER[0]],
        classes=tuple(
            content.CoverageClass(
                str(cls), sentences.class_word(cls), str(sentences.MEANINGS.get(str(cls), "")), judged.counts[cls]
            )
            for cls in ORDER
            if judged.counts[cls]
        ),
        gaps=tuple(_gap(cell, answer.names, decided) for cell in found),
        matrix=_matrix(every, answer.names),
    )


def _settled(decided: Mapping[str, Decided], key: str, on: date) -> bool:
    return key in decided and usecases.is_settled(decided[key], on)


def _title(names: Names, record: str | None) -> str:
    return names[record].title if record and record in names else ""


def _gap(cell: Cell, names: Names, decided: Mapping[str, Decided]) -> content.CoverageGap:
    place, service, group = (_title(names, each) for each in (cell.place, cell.service, cell.group))
    return content.CoverageGap(
        sentence=sentences.coverage_sentence(cell.cls, place, service, group or None),
        code=str(cell.cls),
        place=place,
        service=service,
        group=group,
        providers=tuple(_title(names, each) for each in cell.providers if each in names),
        since=decided[cell.key].first_seen if cell.key in decided else None,
        reasons=tuple(words.reasons(cell.reasons, names)[:REASONS]),
    )


def _matrix(every: Sequence[Cell], names: Names) -> content.Matrix | None:
    """Services by places for the group with the most gaps; the places and services with most gaps come first."""
    by_group = Counter(cell.group for cell in every if cell.cls in GAPS)
    if not by_group:
        return None
    group = min(by_group, key=lambda one: (-by_group[one], one or ""))
    shown = {(cell.service, cell.place): cell for cell in every if cell.group == group}
    bad = [cell for cell in shown.values() if cell.cls in GAPS]
    places = _most({cell.place for cell in shown.values()}, Counter(cell.place for cell in bad), names)
    services = _most({cell.service for cell in shown.values()}, Counter(cell.service for cell in bad), names)
    rows = tuple(tuple(_cell(shown.get((service, place)), names) for place in places) for service in services)
    return content.Matrix(
        tuple(_title(names, each) for each in places),
        tuple(_title(names, each) for each in services),
        rows,
        _title(names, group),
    )


def _most(all_: set[str], counted: Counter[str], names: Names) -> list[str]:
    return sorted(all_, key=lambda one: (-counted[one], _title(names, one), one))


def _cell(cell: Cell | None, names: Names) -> content.MatrixCell:
    if cell is None:
        return content.MatrixCell("", gettext("not required"))
    return content.MatrixCell(str(cell.cls), sentences.cell_words(cell, names, short=True))


def collaboration(graph: Graph, on: date, viewer: Viewer) -> tuple[tuple[content.CollaborationGap, ...] | None, int]:
    """Gaps between partners as of a day, and how many of mentoring are withheld; None where nothing is on record."""
    answer = usecases.collaboration_answer(graph, usecases.Reader(viewer, code()), on)
    settled = {key for key, one in answer.decided.items() if usecases.is_settled(one, on)}
    told = [gap for gap in answer.gaps if gap.cls not in usecases.MENTORING and gap.key not in settled]
    mentoring = [gap for gap in answer.gaps if gap.cls in usecases.MENTORING]
    judged = bool(answer.report.gaps) or not answer.report.not_judged
    found = tuple(_pair(gap, answer.names) for gap in told)
    return (found if found or judged else None), sum(answer.withheld.values()) + len(mentoring)


def _pair(gap: CollaborationGap, names: Names) -> content.CollaborationGap:
    window = gap.window
    return content.CollaborationGap(
        word=sentences.class_word(gap.cls),
        a=_title(names, gap.source),
        b=_title(names, gap.target),
        reasons=tuple(words.reasons(gap.reasons, names)[:REASONS]),
        window_from=window.after + timedelta(days=1) if window else None,
        window_to=window.until if window else None,
        n=gap.n,
    )
