"""What hangs on one organisation: cells that would lose their last providers, and partners it alone holds to the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.coverage import Coverage, cells
from analytics.coverage.classes import ORDER, CellClass
from analytics.graphs import Graph

if TYPE_CHECKING:
    from analytics.edgetable import EdgeTable


@dataclass(frozen=True, slots=True)
class Alone:
    """Cells (place, service, group) of a grid: `nobody` would have no provider without it, `one` a single one.

    `services`: the service types of `nobody`, each once, in the order of the cells.
    """

    nobody: int
    one: int
    services: tuple[str, ...]


def only_provider(coverage: Coverage, organisation: str) -> Alone:
    """The cells in which the organisation is the only provider, or one of two."""
    listed = [name for name in ORDER if name not in {CellClass.NOT_ASSESSED, CellClass.ABSENT}]
    theirs = [cell for cell in cells(coverage, listed) if organisation in cell.providers]
    alone = [cell for cell in theirs if len(cell.providers) == 1]
    pairs = sum(len(cell.providers) == 2 for cell in theirs)
    return Alone(len(alone), pairs, tuple(dict.fromkeys(cell.service for cell in alone)))


def cut_off(table: EdgeTable, node: str) -> int:
    """How many others would lose their connection to the largest rest of the node's component without it."""
    if node not in table.nodes:
        return 0
    ties = table.undirected().collapsed()
    position = list(ties.nodes).index(node)
    kept = (ties.source != position) & (ties.target != position)
    before = Graph(len(ties.nodes), ties.source, ties.target).components()
    after = Graph(len(ties.nodes), ties.source[kept], ties.target[kept]).components()
    others = [one for one, component in enumerate(before) if component == before[position] and one != position]
    sizes = Counter(after[one] for one in others)
    return len(others) - max(sizes.values(), default=0)
