"""One number for everything a network holds: equal before a backup and after its restoration, before and after a refusal.

A node is known by its labels and values, a relationship by its two nodes, its name and its values: where things lie in
the store and in which order does not count.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from graphdb import whole

if TYPE_CHECKING:
    from graphdb.connection import Graph, Tx
    from graphdb.whole import Node, Tie


DRAWN = frozenset({"Layout"})  # places on the map: computed by whoever looks first


class Digest:
    """Collects nodes, then relationships."""

    def __init__(self) -> None:
        self._nodes: dict[str, bytes] = {}
        self._ties: list[bytes] = []

    def node(self, node: Node) -> None:
        """Count a node in."""
        if not DRAWN & set(node.labels):
            self._nodes[node.at] = _hash([node.labels, node.values])

    def tie(self, tie: Tie) -> None:
        """Count a relationship in; both its nodes were counted before."""
        source, target = self._nodes[tie.source], self._nodes[tie.target]
        self._ties.append(_hash([source.hex(), tie.name, target.hex(), tie.values]))

    def hex(self) -> str:
        """SHA-256 over the sorted hashes of both, 64 hexadecimal digits."""
        total = hashlib.sha256()
        for part in (sorted(self._nodes.values()), sorted(self._ties)):
            total.update(len(part).to_bytes(8, "big") + b"".join(part))
        return total.hexdigest()


def digest(graph: Graph) -> str:
    """The digest of the network as it is now."""
    return graph.read(_of, seconds=600)


def _of(tx: Tx) -> str:
    counted, where = Digest(), whole.places(tx)
    for node in whole.nodes(tx, where):
        counted.node(node)
    for tie in whole.ties(tx, where):
        counted.tie(tie)
    return counted.hex()


def _hash(said: object) -> bytes:
    text = json.dumps(said, sort_keys=True, default=whole.as_json, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
