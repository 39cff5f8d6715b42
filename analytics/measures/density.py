"""How much of what could be tied is tied."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def density(network: Network) -> float | None:
    """Share of the possible ties that exist; None for fewer than two nodes."""
    possible = network.size * (network.size - 1)
    if not possible:
        return None
    return network.ties.ties * (1 if network.directed else 2) / possible


MEASURE = NetworkMeasure(
    key="density",
    name_en=N_("Density"),
    meaning=N_("How much of what could be tied is tied: 0 means no two members work together, 1 means all do."),
    misuse=N_(
        "Do not compare networks of different size: nobody can keep up a hundred ties, so large networks are "
        "always thinner."
    ),
    formula="m / (n (n - 1)) if directed, 2 m / (n (n - 1)) if undirected",
    source="Wasserman and Faust (1994), Social Network Analysis: Methods and Applications, chapter 4",
    compute=density,
)
