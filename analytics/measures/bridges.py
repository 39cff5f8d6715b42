"""Which single ties hold parts of the network together."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def bridges(network: Network) -> list[list[str]]:
    """Pairs of ids, in the order of the nodes, whose tie is the only connection between two parts."""
    return [[network.nodes[a], network.nodes[b]] for a, b in network.undirected.bridges()]


MEASURE = NetworkMeasure(
    key="bridges",
    name_en=N_("Ties that hold parts together"),
    meaning=N_("Pairs whose tie is the only connection between two parts: if it ends, the network splits there."),
    misuse=N_("Every member with a single tie makes one, so a long list often means that records are missing."),
    formula="ties whose removal increases the number of components",
    source="Tarjan (1974), A note on finding the bridges of a graph, Information Processing Letters 2, 160-161",
    compute=bridges,
)
