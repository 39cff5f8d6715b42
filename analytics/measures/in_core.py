"""Who belongs to the core of the network."""

from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_


def in_core(network: Network) -> Column:
    """Whether each node is of the core, ignoring direction; None where there is no picture of core and periphery."""
    found = network.core_periphery
    if found.fit is None:
        return [None] * network.size
    return (network.neighbours >= found.smallest).tolist()


MEASURE = NodeMeasure(
    key="in_core",
    name_en=N_("In the core"),
    meaning=N_("Whether this member belongs to the core in which nearly all work with each other."),
    misuse=N_("A member at the edge may be the only one at work in its place, and the core may be unclear."),
    formula="degree at least d, for the d with the fewest ties missing in the core or present at the edge",
    source=(
        "Borgatti and Everett (2000), Models of core/periphery structures, Social Networks 21, 375-395; Lip (2011), A "
        "fast algorithm for the discrete core/periphery bipartitioning problem"
    ),
    compute=in_core,
)
