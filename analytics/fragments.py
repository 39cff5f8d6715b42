"""What would be left of a network without each of its nodes, found in one walk over its blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]


def pairs_left(blocks: Sequence[Sequence[int]], components: Counts) -> Counts:
    """For each node: ordered pairs of the others that still reach each other without it, ignoring direction.

    blocks: the biconnected components, as positions of nodes; a node in several of them holds them together.
    components: component of each node, numbered from 0.
    Blocks and the nodes between them form a tree. Below a node hang the parts that only it ties to the rest; what is
    left of its component, beside those parts and the node, stays in one piece.
    """
    sizes = np.bincount(components)
    below, pairs = _hanging(blocks, len(components))
    whole = sizes[components]
    rest = whole - below
    untouched = int((sizes * (sizes - 1)).sum()) - whole * (whole - 1)
    return untouched + pairs + rest * (rest - 1)


def _hanging(blocks: Sequence[Sequence[int]], size: int) -> tuple[Counts, Counts]:
    """For each node: how many nodes hang below it, itself included, and the pairs inside the parts below it."""
    below, pairs = np.ones(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for entry, inside in reversed(_walk(blocks)):
        part = int(below[inside].sum())
        below[entry] += part
        pairs[entry] += part * (part - 1)
    return below, pairs


def _walk(blocks: Sequence[Sequence[int]]) -> list[tuple[int, list[int]]]:
    """Blocks from the root of each tree downwards: the node each is entered by, and its other nodes."""
    of_node: dict[int, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        for node in block:
            of_node[node].append(number)
    found: list[tuple[int, list[int]]] = []
    entered: set[int] = set()
    for root in of_node:
        waiting = [root]
        while waiting:
            entry = waiting.pop()
            for number in of_node[entry]:
                if number not in entered:
                    entered.add(number)
                    inside = [node for node in blocks[number] if node != entry]
                    found.append((entry, inside))
                    waiting += inside
    return found
