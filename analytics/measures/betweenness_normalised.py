"""Betweenness as a share of what is possible."""

from analytics.measures.betweenness import EXACT_UP_TO
from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_


def betweenness_normalised(network: Network) -> Column:
    """Betweenness by the number of pairs without the node; None below three nodes and above EXACT_UP_TO."""
    if network.size < 3 or network.size > EXACT_UP_TO:
        return [None] * network.size
    pairs = (network.size - 1) * (network.size - 2) / (1 if network.directed else 2)
    return (network.betweenness / pairs).tolist()


MEASURE = NodeMeasure(
    key="betweenness_normalised",
    name_en=N_("Go-between, as a share"),
    meaning=N_(
        "The same as the go-between value, as a share of all pairs of other members: 1 means that every way "
        "passes here."
    ),
    misuse=N_("Shares shrink as a network grows: compare members of one network, not networks."),
    formula="betweenness / ((n - 1) (n - 2) / 2) if undirected, / ((n - 1) (n - 2)) if directed",
    source="Freeman (1977), A set of measures of centrality based on betweenness, Sociometry 40, 35-41",
    compute=betweenness_normalised,
)
