"""Who is tied to the well-connected."""

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import ArpackNoConvergence, eigsh

from analytics.measures.measure import Column, NodeMeasure
from analytics.network import Network
from analytics.words import N_

Matrix = sparse.csr_array[np.float64, tuple[int, int]]

RESTARTS = 1_000
SEED = 1


def eigenvector(network: Network) -> Column:
    """Leading eigenvector of the largest component, ignoring direction, maximum 1; None outside it.

    None for all where no node has a tie, and where the calculation does not settle (chains of many thousand nodes).
    Of several largest components that of the first node listed counts.
    """
    column: Column = [None] * network.size
    inside = network.largest_component
    if len(inside) > 1:
        for node, value in zip(inside, leading_eigenvector(_ties(network, inside), RESTARTS), strict=False):
            column[node] = value
    return column


def _ties(network: Network, inside: list[int]) -> Matrix:
    place = np.full(network.size, -1)
    place[inside] = np.arange(len(inside))
    source, target = place[network.shadow.source], place[network.shadow.target]
    ends = (source[source >= 0], target[source >= 0])
    half: Matrix = sparse.csr_array((np.ones(len(ends[0])), ends), shape=(len(inside), len(inside)))
    return sparse.csr_array(half + half.T)


def leading_eigenvector(ties: Matrix, restarts: int) -> list[float]:
    """Eigenvector of the largest eigenvalue, maximum 1; empty where so many restarts do not suffice.

    Not igraph's, which starts at random and gives other last digits each time, and warns about values near zero.
    """
    start = np.sqrt(ties.sum(axis=1))
    try:
        _, vectors = eigsh(ties, k=1, which="LA", v0=start, maxiter=restarts, rng=np.random.default_rng(SEED))
    except ArpackNoConvergence:
        return []
    vector: npt.NDArray[np.float64] = np.abs(vectors[:, 0])
    return (vector / vector.max()).tolist()


MEASURE = NodeMeasure(
    key="eigenvector",
    name_en=N_("Well-connected partners"),
    meaning=N_("Works with members that are themselves well connected: 1 is the member that does so most."),
    misuse=N_("It favours the largest circle: a member that is central elsewhere gets a small value."),
    formula="x_i = (1 / lambda) sum over neighbours j of x_j, lambda the largest eigenvalue",
    source=(
        "Bonacich (1972), Factoring and weighting approaches to status scores and clique identification, "
        "Journal of Mathematical Sociology 2, 113-120"
    ),
    compute=eigenvector,
)
