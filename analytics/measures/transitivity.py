"""Whether partners of a partner know each other."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def transitivity(network: Network) -> float | None:
    """Share of the pairs of ties at one node that close to a triangle, ignoring direction; None without such a pair."""
    pairs = network.neighbours * (network.neighbours - 1) / 2
    if not pairs.any():
        return None
    return float((network.clustering * pairs).sum() / pairs.sum())


MEASURE = NetworkMeasure(
    key="transitivity",
    name_en=N_("Closure"),
    meaning=N_("How often two members that share a partner also work with each other directly."),
    misuse=N_("One large meeting ties all who attend to each other and pushes this up without any closer work."),
    formula="3 x triangles / pairs of ties that share an end",
    source="Wasserman and Faust (1994), Social Network Analysis: Methods and Applications, chapter 6",
    compute=transitivity,
)
