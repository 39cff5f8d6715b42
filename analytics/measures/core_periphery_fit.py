"""How clearly the network has a core and an edge."""

from analytics.measures.measure import NetworkMeasure
from analytics.network import Network
from analytics.words import N_


def core_periphery_fit(network: Network) -> float | None:
    """Fit of the picture of core and periphery, ignoring direction; None where it says nothing."""
    return network.core_periphery.fit


MEASURE = NetworkMeasure(
    key="core_periphery_fit",
    name_en=N_("Core and edge"),
    meaning=N_(
        "How clearly some members form a core in which all work with each other while the others hardly do: 1 exactly, "
        "near 0 not at all."
    ),
    misuse=N_("A clear core is no merit: it may keep the others out."),
    formula=(
        "correlation of ties with the picture (1 in the core, 0 at the edge), over pairs on the same side; core: degree "
        "at least d, for the d with the fewest ties that contradict it"
    ),
    source=(
        "Borgatti and Everett (2000), Models of core/periphery structures, Social Networks 21, 375-395; Lip (2011), A "
        "fast algorithm for the discrete core/periphery bipartitioning problem"
    ),
    compute=core_periphery_fit,
)
