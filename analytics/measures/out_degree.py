"""To how many a member turns."""

from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_


def out_degree(network: Network) -> Column:
    """Ties that start at each node; None for all in an undirected network."""
    return network.out_degree.tolist() if network.directed else [None] * network.size


MEASURE = NodeMeasure(
    key="out_degree",
    name_en=N_("Outgoing ties"),
    meaning=N_("To how many members this one turns."),
    misuse=N_("Members that report more carefully show more outgoing ties."),
    formula="number of ties i -> j",
    source="Wasserman and Faust (1994), Social Network Analysis: Methods and Applications, chapter 4",
    compute=out_degree,
)
