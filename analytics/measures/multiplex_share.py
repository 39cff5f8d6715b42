"""How many pairs have more than one kind of tie."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def multiplex_share(network: Network) -> float | None:
    """Share of the tied pairs with two or more kinds of tie, ignoring direction; None without ties, or where only one kind is known."""
    pairs = network.kinds_of_pairs
    return float((pairs > 1).mean()) if network.several_kinds else None


MEASURE = NetworkMeasure(
    key="multiplex_share",
    name_en=N_("Pairs with several kinds of tie"),
    meaning=N_(
        "Share of the tied pairs that have two or more kinds of tie: these outlast the end of one project or agreement."
    ),
    misuse=N_("Few kinds of tie are known of whoever keeps few records here."),
    formula="pairs with two or more kinds / tied pairs",
    source="Wasserman and Faust (1994), Social Network Analysis",
    compute=multiplex_share,
)
