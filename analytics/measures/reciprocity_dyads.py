"""How many pairs work together in both directions."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def reciprocity_dyads(network: Network) -> float | None:
    """Share of the tied pairs with ties both ways; None for an undirected network or one without ties."""
    if not network.directed or not network.ties.ties:
        return None
    return float(network.mutual.sum() / 2 / network.shadow.ties)


MEASURE = NetworkMeasure(
    key="reciprocity_dyads",
    name_en=N_("Reciprocity of pairs"),
    meaning=N_("How many of the pairs that have a tie have it in both directions."),
    misuse=N_("It is lower than the reciprocity of ties for the same network: never compare one with the other."),
    formula="mutual pairs / (mutual pairs + one-sided pairs)",
    source="Hanneman and Riddle (2005), Introduction to Social Network Methods, chapter 8",
    compute=reciprocity_dyads,
)
