"""How many ties a member has."""

from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_


def degree(network: Network) -> Column:
    """Ties of each node; in a directed network those that start and those that end there together."""
    return (network.out_degree + network.in_degree).tolist()


MEASURE = NodeMeasure(
    key="degree",
    name_en=N_("Ties"),
    meaning=N_("How many ties this member has."),
    misuse=N_("Many ties are not many good ties: a member that comes to every meeting is tied to all."),
    formula="d_i; in a directed network in-ties + out-ties",
    source="Freeman (1979), Centrality in social networks: conceptual clarification, Social Networks 1, 215-239",
    compute=degree,
)
