"""A drawing in columns: each layer a column, each node near the middle of those it is tied to in the column before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

APART = 260.0
"""Between two columns, in pixels at zoom 1."""
HIGH = 64.0
"""Between two nodes of a column: a node and a name of two lines."""


def placed(layers: Sequence[Sequence[str]], ties: Iterable[tuple[str, str]]) -> Mapping[str, tuple[float, float]]:
    """(x, y) of every node; the first column keeps its order, the columns are centred on the longest."""
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in ties:
        near[one].add(other)
        near[other].add(one)
    longest = max(map(len, layers), default=0)
    found: dict[str, tuple[float, float]] = {}
    for column, layer in enumerate(layers):
        order = sorted(layer, key=lambda node: (_middle(near[node], found), layer.index(node))) if column else layer
        room = HIGH * longest / max(len(layer), 1)
        for at, node in enumerate(order):
            found[node] = (column * APART, (at + 0.5) * room)
    return found


def _middle(those: Iterable[str], found: Mapping[str, tuple[float, float]]) -> float:
    heights = [found[node][1] for node in those if node in found]
    return sum(heights) / len(heights) if heights else float("inf")
