"""Who holds parts of the network together alone."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def articulation_points(network: Network) -> list[str]:
    """Ids of the nodes whose removal splits their component, ignoring direction."""
    return [network.nodes[node] for node in network.articulation_points]


MEASURE = NetworkMeasure(
    key="articulation_points",
    name_en=N_("Members that hold parts together"),
    meaning=N_("Members without whom some others would lose their last connection to the rest."),
    misuse=N_("It depends on single ties: one missing record can make or unmake such a member."),
    formula="nodes whose removal increases the number of components",
    source="Hopcroft and Tarjan (1973), Algorithm 447, Communications of the ACM 16, 372-378",
    compute=articulation_points,
)
