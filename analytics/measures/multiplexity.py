"""How many kinds of tie a pair has."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def multiplexity(network: Network) -> float | None:
    """Kinds of tie of a tied pair, on average, ignoring direction; None without ties, or where only one kind is known."""
    pairs = network.kinds_of_pairs
    return float(pairs.mean()) if network.several_kinds else None


MEASURE = NetworkMeasure(
    key="multiplexity",
    name_en=N_("Kinds of tie in a pair"),
    meaning=N_(
        "How many kinds of tie two members have on average who have any: 1 one only, the more the more there is between them."
    ),
    misuse=N_("Kinds that follow from each other, such as a meeting and an action decided there, count twice."),
    formula="kinds of tie / tied pairs",
    source="Wasserman and Faust (1994), Social Network Analysis",
    compute=multiplexity,
)
