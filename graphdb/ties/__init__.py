"""Ties between organisations: read as dated records, asked for by kind, day and window, and kept as a cache.

The network is one snapshot, kept until something it reads changes; every window, as-of date and filter is then a pure
function of it (`analytics.ties`).
"""

from graphdb.ties.asking import DECLARED_AND_OBSERVED, KINDS_OF_TIE, Asked, Found, asked_for, relations, table, ties
from graphdb.ties.cache import is_current, rebuild
from graphdb.ties.snapshot import READS, MapPlace, Missing, Network, Node, network, people_network

__all__ = [
    "DECLARED_AND_OBSERVED", "KINDS_OF_TIE", "READS", "Asked", "Found", "MapPlace", "Missing", "Network", "Node",
    "asked_for", "is_current", "network", "people_network", "rebuild", "relations", "table", "ties",
]  # fmt: skip
