"""How many can reach each other at all."""

import numpy as np

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def connectedness(network: Network) -> float | None:
    """Share of the pairs that reach each other over any number of ties, ignoring direction; None under two nodes."""
    if network.size < 2:
        return None
    sizes = np.bincount(network.components)
    return int((sizes * (sizes - 1)).sum()) / (network.size * (network.size - 1))


MEASURE = NetworkMeasure(
    key="connectedness",
    name_en=N_("Connectedness"),
    meaning=N_("Share of the pairs between whom news can pass at all, over however many others: 1 means everybody."),
    misuse=N_("It counts a chain of ten strangers like a handshake: read it beside the density."),
    formula="sum over parts of s (s - 1) / (n (n - 1)), s the size of a part",
    source=(
        "Krackhardt (1994), Graph theoretical dimensions of informal organizations, in Carley and Prietula, "
        "Computational Organization Theory, 89-111"
    ),
    compute=connectedness,
)
