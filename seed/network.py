"""Who is tied to whom in a generated network: planted communities, a few hubs, a fixed seed. Numbers only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SEED = 20_260
TIES_EACH = 100
INSIDE = 0.8
PARETO = 1.6
BIGGEST = 60.0
"""A hub draws at most that many times what a small organisation draws."""
COMMUNITY = 200
FEWEST = 4
"""Communities of a network of up to 1,000 organisations."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Organisations are 0 to n-1. `communities[i]` is where i belongs; tie k goes from `sources[k]` to `targets[k]`.

    Ties are directed, all different, none from an organisation to itself.
    """

    communities: Ints
    sources: Ints
    targets: Ints


def draw(organisations: int) -> Drawn:
    """`TIES_EACH` ties sent for each organisation on average, fewer where there are few: a quarter of all pairs at most.

    Four ties in five stay inside a community; both ends are drawn by a weight with a Pareto tail, so that hubs grow.
    """
    chance = np.random.default_rng(SEED)
    many = max(1, min(FEWEST, organisations // 5), organisations // COMMUNITY)
    communities = np.sort(chance.integers(0, many, organisations))
    weights = np.minimum(1 + chance.pareto(PARETO, organisations), BIGGEST)
    wanted = organisations * min(TIES_EACH, (organisations - 1) // 4)
    found = np.empty(0, dtype=np.int64)
    while len(found) < wanted:
        found = np.union1d(found, _tries(chance, communities, weights, max(wanted // 10, 2 * (wanted - len(found)))))
    kept = np.sort(chance.choice(found, wanted, replace=False)) if wanted else found
    return Drawn(communities, kept // organisations, kept % organisations)


def _tries(chance: np.random.Generator, communities: Ints, weights: Floats, n: int) -> Ints:
    """Ties as numbers source * organisations + target; some may be equal."""
    everywhere = np.cumsum(weights)
    sources = _pick(chance, everywhere, np.zeros(n), np.full(n, everywhere[-1]))
    first = np.searchsorted(communities, communities[sources])
    after = np.searchsorted(communities, communities[sources], side="right")
    low = np.where(first > 0, everywhere[first - 1], 0.0)
    inside = chance.random(n) < INSIDE
    ends = np.where(inside, everywhere[after - 1], everywhere[-1])
    targets = _pick(chance, everywhere, np.where(inside, low, 0.0), ends)
    apart = sources != targets
    return sources[apart] * len(weights) + targets[apart]


def _pick(chance: np.random.Generator, sums: Floats, low: Floats, high: Floats) -> Ints:
    """Organisations drawn by weight, each between two sums of weights."""
    drawn = low + chance.random(len(low)) * (high - low)
    return np.minimum(np.searchsorted(sums, drawn, side="right"), len(sums) - 1)
