"""Who works with whom most."""

from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_


def community(network: Network) -> Column:
    """Number of the community of each node, ignoring direction: 0 is the largest."""
    return network.communities.tolist()


MEASURE = NodeMeasure(
    key="community",
    name_en=N_("Community"),
    meaning=N_("The number of the group with which it works most; 0 is the largest group."),
    misuse=N_("A member between two groups is put into one of them: look at its ties before you call it an insider."),
    formula="Leiden method, objective modularity, resolution 1, fixed seed, run to convergence",
    source="Traag, Waltman and van Eck (2019), From Louvain to Leiden, Scientific Reports 9, 5233",
    compute=community,
)
