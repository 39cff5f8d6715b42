"""Without whom others would be cut off."""

from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_


def articulation(network: Network) -> Column:
    """Whether the removal of the node splits its component, ignoring direction."""
    points = set(network.articulation_points)
    return [node in points for node in range(network.size)]


MEASURE = NodeMeasure(
    key="articulation",
    name_en=N_("Holds parts together"),
    meaning=N_("Without it some members would lose their last connection to the rest."),
    misuse=N_("One missing record can make a member look indispensable."),
    formula="its removal increases the number of components",
    source="Hopcroft and Tarjan (1973), Algorithm 447, Communications of the ACM 16, 372-378",
    compute=articulation,
)
