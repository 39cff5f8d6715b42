"""Whether all hangs on one member."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def centralisation_degree(network: Network) -> float | None:
    """Freeman's centralisation of the number of neighbours, ignoring direction; None for fewer than three nodes."""
    if network.size < 3:
        return None
    count = network.neighbours
    return float((count.max() - count).sum() / ((network.size - 1) * (network.size - 2)))


MEASURE = NetworkMeasure(
    key="centralisation_degree",
    name_en=N_("Centralisation"),
    meaning=N_(
        "Whether all hangs on one member: 1 is a star around a single member, 0 means all have equally many ties."
    ),
    misuse=N_("It does not say who is in the centre, and two strong centres hide each other."),
    formula="sum over i of (max d - d_i) / ((n - 1) (n - 2)), d the number of neighbours",
    source="Freeman (1979), Centrality in social networks: conceptual clarification, Social Networks 1, 215-239",
    compute=centralisation_degree,
)
