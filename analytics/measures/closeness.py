"""Who reaches all others in few steps."""

from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_


def closeness(network: Network) -> Column:
    """(n - 1) / sum of distances inside the largest component of n nodes, ignoring direction; None outside it.

    None for all where no node has a tie; of several largest components that of the first node listed counts.
    """
    column: Column = [None] * network.size
    inside = network.largest_component
    if len(inside) > 1:
        total = network.undirected_distances.total
        for node in inside:
            column[node] = (len(inside) - 1) / float(total[node])
    return column


MEASURE = NodeMeasure(
    key="closeness",
    name_en=N_("Nearness"),
    meaning=N_("Reaches all others in few steps: news from this member spreads fast."),
    misuse=N_("Differences are small in most networks: do not make a ranking of them."),
    formula="(n - 1) / sum over j of distance(i, j), in the largest component",
    source="Freeman (1979), Centrality in social networks: conceptual clarification, Social Networks 1, 215-239",
    compute=closeness,
)
