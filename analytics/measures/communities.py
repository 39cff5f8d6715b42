"""Into how many communities the network falls."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def communities(network: Network) -> int:
    """Number of communities found, ignoring direction; a node without ties is one of its own."""
    return int(network.communities.max()) + 1 if network.size else 0


MEASURE = NetworkMeasure(
    key="communities",
    name_en=N_("Number of communities"),
    meaning=N_("Into how many groups the network falls whose members mostly work with each other."),
    misuse=N_("Other divisions may be almost as good: read the number as about so many."),
    formula="number of communities found by the Leiden method",
    source="Traag, Waltman and van Eck (2019), From Louvain to Leiden, Scientific Reports 9, 5233",
    compute=communities,
)
