"""How far the others would fall apart without a node."""

from analytics.fragments import pairs_left
from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_


def fragmentation_without(network: Network) -> Column:
    """Share of the pairs of the others that do not reach each other once the node is gone, ignoring direction; None
    for fewer than three nodes."""
    others = (network.size - 1) * (network.size - 2)
    if network.size < 3:
        return [None] * network.size
    left = pairs_left(network.undirected.blocks(), network.components)
    return (1 - left / others).tolist()


MEASURE = NodeMeasure(
    key="fragmentation_without",
    name_en=N_("Fragmentation without it"),
    meaning=N_("Share of the pairs of the others that could no longer reach each other if this member left."),
    misuse=N_("Others would find new ways in time: it says what breaks first, not what stays broken."),
    formula="1 - sum over the parts left of s (s - 1) / ((n - 1) (n - 2)), s the size of a part",
    source=(
        "Borgatti (2006), Identifying sets of key players in a social network, Computational and Mathematical "
        "Organization Theory 12, 21-34"
    ),
    compute=fragmentation_without,
)
