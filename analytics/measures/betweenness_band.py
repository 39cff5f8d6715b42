"""Who connects others in a very large network, roughly."""

import random

import numpy as np

from analytics.measures.betweenness import EXACT_UP_TO
from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_

SOURCES = 1_000
SEED = 1
HIGH, MEDIUM = 0.95, 0.75


def betweenness_band(network: Network) -> Column:
    """Band of each node by betweenness over paths from SOURCES nodes drawn with a fixed seed; None up to EXACT_UP_TO.

    "high" is the upper 5 %, "medium" the next 20 %, "low" the rest; equal estimates share the lower band, and a node on
    no sampled path is "low". A sample finds about nine tenths of the true top, not their order: a band, never a rank.
    """
    if network.size <= EXACT_UP_TO:
        return [None] * network.size
    sources = random.Random(SEED).sample(range(network.size), SOURCES)  # noqa: S311  (not for secrets)
    estimate = np.array(network.graph.betweenness(sources))
    high, medium = np.quantile(estimate, [HIGH, MEDIUM])
    return np.where(estimate > high, "high", np.where(estimate > medium, "medium", "low")).tolist()


MEASURE = NodeMeasure(
    key="betweenness_band",
    name_en=N_("Go-between, in bands"),
    meaning=N_("Roughly how much this member connects others, in a network too large for exact values."),
    misuse=N_("It rests on a sample: members of one band are not in any order."),
    formula=(
        "betweenness over the shortest paths from 1,000 sampled nodes; upper 5 % high, next 20 % medium, others low"
    ),
    source=(
        "Brandes and Pich (2007), Centrality estimation in large networks, International Journal of "
        "Bifurcation and Chaos 17, 2303-2318"
    ),
    compute=betweenness_band,
)
