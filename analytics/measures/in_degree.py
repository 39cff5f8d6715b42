"""How many turn to a member."""

from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_


def in_degree(network: Network) -> Column:
    """Ties that end at each node; None for all in an undirected network."""
    return network.in_degree.tolist() if network.directed else [None] * network.size


MEASURE = NodeMeasure(
    key="in_degree",
    name_en=N_("Incoming ties"),
    meaning=N_("How many members turn to this one."),
    misuse=N_("Being asked often may mean that there is no choice, not that the service is good."),
    formula="number of ties j -> i",
    source="Wasserman and Faust (1994), Social Network Analysis: Methods and Applications, chapter 4",
    compute=in_degree,
)
