"""How clearly the network falls into communities."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def modularity(network: Network) -> float | None:
    """Modularity of the communities found, ignoring direction; None without ties."""
    if not network.shadow.ties:
        return None
    return network.undirected.modularity(network.communities.tolist())


MEASURE = NetworkMeasure(
    key="modularity",
    name_en=N_("Strength of communities"),
    meaning=N_(
        "How clearly the network falls into groups that mostly work among themselves: near 0 not at all, "
        "above 0.3 clearly."
    ),
    misuse=N_("Even a random network shows some groups: a value alone does not prove that they are real."),
    formula="sum over communities of (ties inside / m - (degrees inside / 2 m)^2)",
    source=(
        "Newman and Girvan (2004), Finding and evaluating community structure in networks, Physical Review E 69, 026113"
    ),
    compute=modularity,
)
