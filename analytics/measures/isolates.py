"""How many stand alone."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def isolates(network: Network) -> int:
    """Number of nodes without a tie to another node."""
    return int((network.neighbours == 0).sum())


MEASURE = NetworkMeasure(
    key="isolates",
    name_en=N_("Members without ties"),
    meaning=N_("How many members have no recorded tie to any other member."),
    misuse=N_("No recorded tie is not proof that there is none: ask before you conclude."),
    formula="number of nodes with degree 0",
    source="Wasserman and Faust (1994), Social Network Analysis: Methods and Applications, chapter 4",
    compute=isolates,
)
