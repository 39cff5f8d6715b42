"""Into how many separate parts the network falls."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def components(network: Network) -> int:
    """Number of parts without any tie between them, ignoring direction; a node without ties is a part."""
    return int(network.components.max()) + 1 if network.size else 0


MEASURE = NetworkMeasure(
    key="components",
    name_en=N_("Separate parts"),
    meaning=N_("Into how many parts the network falls that have no tie to each other: news cannot pass between them."),
    misuse=N_(
        "Members without any tie count as parts, so a list imported without its ties looks broken when it is "
        "only unfinished."
    ),
    formula="number of weakly connected components",
    source="Hopcroft and Tarjan (1973), Algorithm 447, Communications of the ACM 16, 372-378",
    compute=components,
)
