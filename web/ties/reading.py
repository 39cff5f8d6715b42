"""The network of this request: read once per data version, by the stamps that came with the session."""

from __future__ import annotations

from graphdb import collaboration, ties
from web.sessions import data_stamp, graph


def network() -> ties.Network:
    """The snapshot of the network as this request found it."""
    return ties.network(graph, data_stamp(*ties.READS), data_stamp(*collaboration.KINDS))
