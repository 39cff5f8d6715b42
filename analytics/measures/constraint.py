"""Whose partners all know each other."""

from analytics.measures.measure import Column, NodeMeasure, defined
from analytics.network import Network
from analytics.words import N_


def constraint(network: Network) -> Column:
    """Burt's constraint on a_ij + a_ji; None for a node without ties."""
    return defined(network.graph.constraint())


MEASURE = NodeMeasure(
    key="constraint",
    name_en=N_("Closed circle"),
    meaning=N_(
        "Its partners mostly know each other: a high value means a closed circle, a low one access to separate circles."
    ),
    misuse=N_(
        "Members with one or two ties always score high: this says that they are small, not that they are shut in."
    ),
    formula=(
        "sum over neighbours j of (p_ij + sum over q of p_iq p_qj)^2, p_ij = (a_ij + a_ji) / sum over k of "
        "(a_ik + a_ki)"
    ),
    source="Burt (1992), Structural Holes: The Social Structure of Competition",
    compute=constraint,
)
