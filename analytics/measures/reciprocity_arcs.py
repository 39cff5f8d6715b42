"""How many ties are returned."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def reciprocity_arcs(network: Network) -> float | None:
    """Share of the directed ties that are returned; None for an undirected network or one without ties."""
    if not network.directed or not network.ties.ties:
        return None
    return float(network.mutual.mean())


MEASURE = NetworkMeasure(
    key="reciprocity_arcs",
    name_en=N_("Reciprocity of ties"),
    meaning=N_("How many of the ties go both ways, counted by tie: half means that every second tie is returned."),
    misuse=N_("A referral need not be returned to be good: low reciprocity is normal where one side only sends."),
    formula="ties a -> b with b -> a / all ties",
    source="Hanneman and Riddle (2005), Introduction to Social Network Methods, chapter 8",
    compute=reciprocity_arcs,
)
