"""Core and periphery: who forms a core in which all work with each other, and how well the network fits that picture."""

from dataclasses import dataclass
from math import comb, sqrt

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """fit: from -1 to 1, None where there is nothing to compare (no pair in the core, as in a star; no pair at the edge).

    smallest: degree from which a node is of the core.
    """

    fit: float | None
    smallest: int


def core_periphery(degrees: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> CorePeriphery:
    """The discrete model of Borgatti and Everett without what lies between core and periphery.

    degrees: ties of each of n nodes.  ends: m x 2, the degrees at the two ends of each undirected tie.
    Core is who has a degree of at least d, for the d with the fewest ties in the periphery and missing in the core; of
    several the one with the smaller core. With ties of equal degree cut apart that is the optimum over all divisions
    (Lip 2011): here nodes of the same degree stay together, so that names decide nothing.
    fit: correlation of the ties with the picture, over pairs in the core and pairs in the periphery.
    """
    best = (len(ends), 0, int(degrees.max(initial=0)) + 1)
    for smallest in np.unique(degrees).tolist():
        size = int((degrees >= smallest).sum())
        wrong = comb(size, 2) + len(ends) - int(degrees[degrees >= smallest].sum())
        best = min(best, (wrong, size, smallest))
    _, size, smallest = best
    inside = int((ends >= smallest).all(axis=1).sum())
    outside = int((ends < smallest).all(axis=1).sum())
    possible, beyond = comb(size, 2), comb(len(degrees) - size, 2)
    tied, untied = inside + outside, possible + beyond - inside - outside
    spread = sqrt(tied * untied * possible * beyond)
    agree = inside * (beyond - outside) - (possible - inside) * outside
    return CorePeriphery(agree / spread if spread else None, smallest)
