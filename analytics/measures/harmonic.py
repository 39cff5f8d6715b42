"""Who is near to many, also in a network that falls apart."""

from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_


def harmonic(network: Network) -> Column:
    """Sum of 1 / distance from every other node, along the direction of the ties; 0 where no other reaches the node."""
    return network.distances.inverse.tolist()


MEASURE = NodeMeasure(
    key="harmonic",
    name_en=N_("Nearness, all parts"),
    meaning=N_("Is near to many others, counted so that members of small separate parts can be compared too."),
    misuse=N_("It grows with the size of the network: compare members of one network only."),
    formula="sum over j of 1 / distance(j, i), 0 where there is no way",
    source="Boldi and Vigna (2014), Axioms for centrality, Internet Mathematics 10, 222-262",
    compute=harmonic,
)
