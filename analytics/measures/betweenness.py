"""Who connects members that would otherwise not meet."""

from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_

EXACT_UP_TO = 3_000
"""Nodes; above that every pair takes too long and a band is given instead (betweenness_band)."""


def betweenness(network: Network) -> Column:
    """Shortest paths through each node over unordered (directed: ordered) pairs; None for all above EXACT_UP_TO."""
    if network.size > EXACT_UP_TO:
        return [None] * network.size
    return network.betweenness.tolist()


MEASURE = NodeMeasure(
    key="betweenness",
    name_en=N_("Go-between"),
    meaning=N_(
        "Connects members that would otherwise not meet: how many shortest ways between two others pass "
        "through this one."
    ),
    misuse=N_("A high value is a burden and a risk as much as a strength; it is no mark of merit."),
    formula="sum over pairs j, k of (shortest paths j to k through i) / (shortest paths j to k)",
    source="Freeman (1977), A set of measures of centrality based on betweenness, Sociometry 40, 35-41",
    compute=betweenness,
)
