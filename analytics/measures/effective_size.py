"""How many separate circles a member reaches."""

import numpy as np

from analytics.measures.measure import Column, NodeMeasure, defined
from analytics.network import Network
from analytics.words import N_


def effective_size(network: Network) -> Column:
    """Borgatti's n - 2 t / n for n neighbours with t ties among them, ignoring direction; None without neighbours.

    Clustering is t / (n (n - 1) / 2), so 2 t / n is clustering times n - 1.
    """
    count = network.neighbours
    return defined(np.where(count > 0, count - network.clustering * (count - 1), np.nan).tolist())


MEASURE = NodeMeasure(
    key="effective_size",
    name_en=N_("Separate partners"),
    meaning=N_(
        "How many circles it reaches that do not know each other: its partners, less those that lead to the "
        "same people."
    ),
    misuse=N_("It mostly follows the number of ties: read it beside that number, not alone."),
    formula="n - 2 t / n, n the number of neighbours, t the ties among them",
    source=(
        "Burt (1992), Structural Holes: The Social Structure of Competition; Borgatti (1997), Structural "
        "holes: unpacking Burt's redundancy measures, Connections 20, 35-38"
    ),
    compute=effective_size,
)
