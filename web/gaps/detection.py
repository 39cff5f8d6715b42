"""Detection: everything judged at a day, and kept under its key with points and reasons. Safe to repeat."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.collaboration import CollaborationGap, CollaborationReport, GapClass
from analytics.coverage import GAPS, Cell, CellClass, CellKey, Coverage, assess, assess_cells, cells, since
from analytics.priority import GapFacts, points, terciles
from graphdb import collaboration, coverage, gaps
from graphdb.gaps import Finding, Judgement
from graphdb.writes import change
from web.gaps.usecases import MENTORING, judge, usual_scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphdb.actors import Actor
    from graphdb.connection import Graph
    from graphdb.gaps import Decided
    from graphdb.jobs import Running
    from graphdb.writes import Change, Once

STEPS = 4


class EarlierDayError(ValueError):
    """Gaps were looked for on a later day already: history is not written backwards."""

    def __init__(self, last: date) -> None:
        super().__init__(f"Gaps were looked for on {last.isoformat()} already; an earlier day cannot be added.")
        self.last = last


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rules saw on the day."""

    on: date
    usual: Coverage
    need: Mapping[str, int]
    report: CollaborationReport
    programmes: Mapping[str, str]
    decided: Mapping[str, Decided]
    overdue: frozenset[str]


def detect(
    graph: Graph, actor: Actor, on: date, once: Once | None = None, progress: Callable[[int, int], None] | None = None
) -> dict[str, int]:
    """Judge everything as of `on` and keep what was found; returns how many are new, again, reopened, closed, gone.

    Raises EarlierDayError for a day before the last detection.
    """
    say = progress or (lambda _done, _total: None)
    say(0, STEPS)
    scene = look(graph, on)
    last = max((one.last_seen for one in scene.decided.values() if one.last_seen), default=on)
    if on < last:
        raise EarlierDayError(last)
    say(1, STEPS)
    found = (*(_of_cell(scene, cell) for cell in cells(scene.usual, GAPS)),)
    say(2, STEPS)
    found += (*(_of_pair(scene, gap) for gap in scene.report.gaps),)
    judgement = Judgement(on, found, *_not_found(scene))
    say(3, STEPS)

    def work(c: Change) -> str:
        return json.dumps(gaps.record(c, graph, judgement))

    return json.loads(change(graph, actor, work, once=once, seconds=120))


def job(running: Running) -> dict[str, Any]:
    """The handler of the job `detect`."""
    asked = running.job.asked()
    on = date.fromisoformat(asked["on"])
    return dict(detect(running.graph, running.job.actor(), on, running.job.once(), running.progress))


def finding_of(graph: Graph, key: str, on: date) -> Finding | None:
    """What the rules find under a key on a day; None where it is no gap then."""
    scene = look(graph, on)
    for gap in scene.report.gaps:
        if gap.key == key:
            return _of_pair(scene, gap)
    parts = key.split(":")
    if len(parts) != 4 or parts[0] != "coverage":
        return None
    cell = CellKey(parts[1], parts[2], None if parts[3] == "*" else parts[3])
    facts = scene.usual.facts
    judged = scene.usual if cell in scene.usual.grid.keys else assess_cells(facts, {cell}, on)
    found = next((each for each in cells(judged, GAPS) if each.key == key), None)
    return None if found is None else _of_cell(replace(scene, usual=judged), found)


def look(graph: Graph, on: date) -> Scene:
    """Everything the rules say about the day."""
    known, work = coverage.known(graph), collaboration.known(graph)
    decided = gaps.decisions(graph)
    usual = assess(known.facts, on, usual_scope(known.facts, on))
    need = terciles({CellKey(*key).text: people for key, people in known.need.items()})
    overdue = {
        aim
        for action in work.facts.actions
        for aim in action.aims
        if action.due is not None and action.due < on and (action.closed is None or action.closed > on)
    }
    return Scene(
        on, usual, need, judge(work.facts, usual, on, decided), work.programmes, decided, frozenset(overdue)
    )  # fmt: skip


def _of_cell(scene: Scene, cell: Cell) -> Finding:
    held = since(scene.usual, CellKey(cell.place, cell.service, cell.group))
    facts = GapFacts(
        str(cell.cls), scene.need.get(cell.key), held.days, promised_overdue=cell.key in scene.overdue
    )  # fmt: skip
    total, scored = points(facts)
    links = {"place": [cell.place], "service": [cell.service], "members": list(cell.providers)}
    links |= {"group": [cell.group]} if cell.group else {}
    reasons = [reason.as_dict() for reason in (*cell.reasons, *scored)]
    return Finding(cell.key, str(cell.cls), total, reasons, links, held.on)


def _of_pair(scene: Scene, gap: CollaborationGap) -> Finding:
    kept = scene.decided.get(gap.key)
    age = (scene.on - kept.first_seen).days if kept and kept.first_seen else 0
    total, scored = points(GapFacts(str(gap.cls), age_days=age, promised_overdue=gap.key in scene.overdue))
    reasons = [reason.as_dict() for reason in (*gap.reasons, *scored)]
    return Finding(gap.key, str(gap.cls), total, reasons, _links(scene, gap))


def _links(scene: Scene, gap: CollaborationGap) -> dict[str, list[str]]:
    if gap.cls in MENTORING:
        programme = scene.programmes.get(gap.key.partition(":")[2])
        return {"people": list(gap.members), "programme": [programme] if programme else []}
    target = [gap.target] if gap.target else []
    return {"source_organisation": [gap.source], "target_organisation": target, "members": list(gap.members)}


def _not_found(scene: Scene) -> tuple[frozenset[str], frozenset[str]]:
    """Of the keys that are kept: those that are certainly no gap, and those nobody can judge."""
    of_cell = {key.text: number for number, key in enumerate(scene.usual.grid.keys)}
    classes = {key: _class(scene.usual, number) for key, number in of_cell.items() if key in scene.decided}
    no_gap = {key for key, cls in classes.items() if cls == CellClass.COVERED}
    unknown = {key for key, cls in classes.items() if cls == CellClass.NOT_ASSESSED}
    blind = {str(each.cls) for each in scene.report.not_judged if each.code == "no_ties_recorded"}
    for key in scene.decided:
        kind = key.partition(":")[0]
        if kind in set(GapClass):
            (unknown if kind in blind else no_gap).add(key)
    return frozenset(no_gap), frozenset(unknown)


def _class(usual: Coverage, number: int) -> CellClass:
    return tuple(CellClass)[int(usual.classes[number])]
