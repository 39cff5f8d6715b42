"""What the map shows: the organisations and pairs that a reader asked for, and what is missing between them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from analytics.collaboration.evidence import Pair, pair_of
from analytics.collaboration.facts import holds
from analytics.dashboard import dashboard
from analytics.layout import positions
from analytics.measures import MEASURES
from analytics.network import Network as Measurable
from analytics.ties import MAKERS, edge_table, ties_of
from graphdb import layouts, ties
from graphdb.catalogue import tie as tie_kind
from graphdb.gaps.standing import reads_everywhere
from web.ties.seen import seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from analytics.ties import Tie
    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.ties import Asked, Missing, Network, Node
    from web.ties.seen import SeenTie

Colour = Literal["kind", "level", "community"]
STRENGTH = ("declared", "confirmed", "observed")
WORTH_A_LINE = 0.5
"""Weight from which having met is drawn where other ties are too: once among three, or several times among more. A
plenary of 30 would tie everybody to everybody."""
DRAWN_WHOLE = 1_000
"""Organisations up to which all are drawn; above, communities are, and one of them at a time (performance.md A)."""
SIZES = ("degree", "betweenness", "closeness", "harmonic", "eigenvector", "constraint", "effective_size", "core")
"""Measures a node can be sized by; others than `degree` only for who may compare organisations."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown. `steps` around `focus`; `community` a number, to look into one of many."""

    asked: Asked
    kind: str = ""
    place: str = ""
    focus: str = ""
    steps: int = 1
    community: int | None = None
    missing: bool = True
    size: str = ""
    colour: Colour = "kind"


@dataclass(frozen=True, slots=True)
class Spot:
    """An organisation on the map. `size` from 0 to 1; `value` is what it stands for, None where it is undefined."""

    node: Node
    community: int
    partners: int
    size: float
    value: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """All ties between two organisations. `arrow`: from the first to the second, known to go one way only."""

    source: str
    target: str
    ties: tuple[SeenTie, ...]
    evidence: str
    arrow: bool


@dataclass(frozen=True, eq=False)
class View:
    """The map in full; `filtered` organisations are of the network but outside the filters;
    `only_met` pairs sat in large meetings together and nothing else."""

    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    filtered: int
    only_met: int
    hidden: dict[str, int]
    communities: int
    overview: bool


def view(network: Network, wish: Wish, viewer: Viewer) -> View:
    """Choose what is on the map; lines tell of each tie what the viewer may know of it."""
    found = ties.ties(network, wish.asked)
    communities = _communities(network, wish.asked)
    all_pairs = _pairs(found.ties)
    pairs = {pair: between for pair, between in all_pairs.items() if _is_worth_a_line(between, wish.asked)}
    chosen = _around(pairs, wish) if wish.focus else {node.id for node in found.nodes}
    nodes = [node for node in found.nodes if node.id in chosen and _fits(node, wish, communities[node.id])]
    ids = {node.id for node in nodes}
    lines = tuple(
        _line(pair, between, viewer) for pair, between in sorted(pairs.items()) if pair[0] in ids and pair[1] in ids
    )
    values = _values(network, wish)
    return View(
        spots=_spots(nodes, lines, values, communities),
        lines=lines,
        missing=tuple(_missing(network, ids, wish)) if reads_everywhere(viewer) else (),
        filtered=len(found.nodes) - len(nodes),
        only_met=len(all_pairs) - len(pairs),
        hidden=found.hidden,
        communities=max(communities.values(), default=-1) + 1,
        overview=len(nodes) > DRAWN_WHOLE,
    )


def _pairs(found: Iterable[Tie]) -> dict[Pair, list[Tie]]:
    pairs: dict[Pair, list[Tie]] = defaultdict(list)
    for each in found:
        if each.source != each.target:
            pairs[pair_of(each.source, each.target)].append(each)
    return pairs


def _is_worth_a_line(between: list[Tie], asked: Asked) -> bool:
    return asked.kinds == ("meeting",) or any(_is_close(each) for each in between)


def _is_close(tie: Tie) -> bool:
    return tie.kind != "meeting" or tie.weight >= WORTH_A_LINE


def _around(pairs: Iterable[Pair], wish: Wish) -> set[str]:
    """Whoever is within so many steps of the focus, itself included."""
    reached = {wish.focus}
    for _ in range(wish.steps):
        reached |= {end for pair in pairs if reached & set(pair) for end in pair}
    return reached


def _fits(node: Node, wish: Wish, community: int) -> bool:
    if node.id == wish.focus:
        return True
    return (
        (not wish.kind or node.kind == wish.kind)
        and (not wish.place or wish.place in node.places)
        and (wish.community is None or community == wish.community)
    )


def _line(pair: Pair, between: list[Tie], viewer: Viewer) -> Line:
    seen = tuple(seen_by(viewer, each, tie_kind(each.kind).evidence) for each in between)
    ways = {(each.source, each.target) for each in between}
    one_way = len(ways) == 1 and not any(each.undirected for each in between)
    source, target = next(iter(ways)) if one_way else pair
    evidence = max((each.evidence for each in seen), key=STRENGTH.index)
    return Line(source, target, seen, evidence, one_way)


def _spots(
    nodes: list[Node],
    lines: tuple[Line, ...],
    values: Mapping[str, float | None] | None,
    communities: Mapping[str, int],
) -> tuple[Spot, ...]:
    partners: dict[str, int] = defaultdict(int)
    for line in lines:
        partners[line.source] += 1
        partners[line.target] += 1
    shown = {node.id: values.get(node.id) if values is not None else partners[node.id] for node in nodes}
    most = max((value for value in shown.values() if value is not None), default=0) or 1
    return tuple(
        Spot(node, communities[node.id], partners[node.id], max(0.0, (shown[node.id] or 0) / most), shown[node.id])
        for node in nodes
    )


def _missing(network: Network, ids: set[str], wish: Wish) -> Iterable[Missing]:
    if not wish.missing:
        return ()
    on = wish.asked.as_of
    return (
        gap
        for gap in network.missing
        if gap.source in ids and gap.target in ids and gap.source != gap.target and holds(gap.since, gap.until, on)
    )


@lru_cache(maxsize=16)
def _communities(network: Network, asked: Asked) -> dict[str, int]:
    """Number of the community of each organisation by the ties asked for."""
    found = ties.ties(network, asked)
    close = [each for each in found.ties if _is_close(each)] if asked.kinds != ("meeting",) else found.ties
    table = edge_table((node.id for node in found.nodes), close, directed=False)
    return dict(zip(table.nodes, Measurable(table).communities.tolist(), strict=True))


def _values(network: Network, wish: Wish) -> dict[str, float | None] | None:
    """The measure that sizes the nodes; None for the plain number of partners."""
    return _measured(network, wish.asked, wish.size) if wish.size and wish.size != "degree" else None


@lru_cache(maxsize=16)
def _measured(network: Network, asked: Asked, key: str) -> dict[str, float | None]:
    measure = next(measure for measure in MEASURES if measure.key == key)
    found = dashboard(ties.ties(network, asked).table(), (measure,))
    return {
        node: float(value) if isinstance(value, int | float) else None
        for node, value in zip(found.ids, found.columns[key], strict=True)
    }


def places(graph: Graph, network: Network, today: date) -> dict[str, tuple[float, float]]:
    """Where each organisation stands, the same for every view and every visit; new ones come near their partners."""
    ids = frozenset(node.id for node in network.nodes)

    def place(known: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
        close = [each for each in ties_of(network.facts, tuple(MAKERS), today) if _is_close(each)]
        table = edge_table(ids, close, directed=False)
        return positions(table, Measurable(table).communities, known)

    return layouts.places(graph, ids, place)
