"""Who belongs to the middle."""

from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_


def core(network: Network) -> Column:
    """Largest k such that the node is in a part where all have k neighbours inside it, ignoring direction."""
    return list(network.undirected.core())


MEASURE = NodeMeasure(
    key="core",
    name_en=N_("Core"),
    meaning=N_(
        "How deep inside the network it is: it belongs to a group in which everyone works with at least so "
        "many of the group."
    ),
    misuse=N_("The edge is not failure: small local services belong there."),
    formula="largest k with the node in the k-core",
    source="Seidman (1983), Network structure and minimum degree, Social Networks 5, 269-287",
    compute=core,
)
