"""How much the groups of a network work with each other, and who carries what between them.

A group is a level, a kind, a sector. A node may be of several sectors: two nodes are alike when they share one. Nodes of
no known group are left out, and counted: unknown is no group of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analytics.edgetable import EdgeTable, among

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

PERMUTATIONS = 2_000
SEED = 20_060  # fixed, so that the same data give the same figures
RARE = 5  # percentile of the permutations under which a density is lower than chance makes it
MOST_STEPS = 40_000_000  # ties or brokered ways times permutations: some seconds
SMALLEST = 2  # members a group needs for what lies between it and another to be measured
COORDINATOR, ITINERANT, GATEKEEPER, REPRESENTATIVE, LIAISON = range(5)
ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
"""What a broker j is on a way i -> j -> k without i -> k, by the groups of the three: AAA, ABA, A-BB, AA-B, A-B-C."""


@dataclass(frozen=True, eq=False)
class Grouped:
    """A collapsed table of n nodes, all of a known group, and `member`: n x g, true where a node is of a group.

    unplaced: how many nodes were left out because their group is not known.  lost: how many ties with them.
    """

    table: EdgeTable
    groups: tuple[str, ...]
    member: Flags
    unplaced: int = 0
    lost: int = 0

    @cached_property
    def sizes(self) -> list[int]:
        """Members of each group."""
        return self.member.sum(axis=0).tolist()

    @cached_property
    def ways(self) -> "Ways":
        """The brokered ways of this table."""
        return open_ways(self.table)


def grouped(table: EdgeTable, groups: Mapping[str, Sequence[str]]) -> Grouped:
    """The nodes of known groups and the ties between them. `groups`: by node, the groups it is of; none where unknown."""
    ties = table.collapsed()
    placed = [node for node in ties.nodes if groups.get(node)]
    named = sorted({group for node in placed for group in groups[node]})
    member = np.array([[group in groups[node] for group in named] for node in sorted(placed)], dtype=bool)
    known = set(placed)
    inside = [
        (ties.nodes[one], ties.nodes[other])
        for one, other in zip(ties.source.tolist(), ties.target.tolist(), strict=True)
        if ties.nodes[one] in known and ties.nodes[other] in known
    ]
    kept = EdgeTable.of(placed, inside, directed=ties.directed)
    return Grouped(
        kept,
        tuple(named),
        member.reshape(len(placed), len(named)),
        len(ties.nodes) - len(placed),
        ties.ties - kept.ties,
    )


# -- Inwards or outwards ---------------------------------------------------------------------------------------------


def ei_index(external: int, internal: int) -> float | None:
    """(external - internal) / (external + internal): -1 all ties inside, 1 all outside; None without ties.

    Source: Krackhardt and Stern (1988), Informal networks and organizational crises, Social Psychology Quarterly 51, 123-140.
    """
    return (external - internal) / (external + internal) if external + internal else None


@dataclass(frozen=True, slots=True)
class Leaning:
    """Ties of a group (or of everybody) inside and out, and the E-I index of them."""

    size: int
    internal: int
    external: int

    @property
    def index(self) -> float | None:
        """The E-I index; None without ties."""
        return ei_index(self.external, self.internal)


def leaning(of: Grouped) -> Leaning:
    """Ties between nodes that share a group and between those that share none."""
    alike = _alike(of.member, of.table.source, of.table.target)
    return Leaning(len(of.table.nodes), int(alike.sum()), int((~alike).sum()))


def leanings(of: Grouped) -> list[Leaning]:
    """For each group its ties between two members, and its ties from a member to somebody else."""
    source, target = of.member[of.table.source], of.member[of.table.target]
    both, one = (source & target).sum(axis=0), (source ^ target).sum(axis=0)
    return [Leaning(n, int(inside), int(out)) for n, inside, out in zip(of.sizes, both, one, strict=True)]


def node_indices(of: Grouped) -> list[float | None]:
    """The E-I index of each node, by its own ties in whatever direction; None without ties."""
    alike, n = _alike(of.member, of.table.source, of.table.target), len(of.table.nodes)
    inside, outside = (_touching(of.table, mask, n) for mask in (alike, ~alike))
    return [ei_index(out, into) for out, into in zip(outside.tolist(), inside.tolist(), strict=True)]


def _touching(table: EdgeTable, mask: Flags, n: int) -> Counts:
    ends = np.concatenate([table.source[mask], table.target[mask]])
    return np.bincount(ends, minlength=n)


def _alike(member: Flags, one: npt.NDArray[np.int32], other: npt.NDArray[np.int32]) -> Flags:
    return np.logical_or.reduce(member[one] & member[other], axis=1)


# -- What lies between two groups ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Between:
    """Two groups: their sizes without who is in both, the pairs possible and tied, and whether that is a hole.

    rare: under random labels at most one in twenty is as thin; None where it was not looked at.
    """

    one: str
    other: str
    possible: int
    tied: int
    hole: bool
    rare: bool | None

    @property
    def density(self) -> float:
        """Tied pairs by possible pairs."""
        return self.tied / self.possible


def between(of: Grouped, permutations: int = PERMUTATIONS) -> list[Between]:
    """Every pair of groups of two or more members: d = e / (nA nB), and holes by the rule of C7 (definitions.md 2.5).

    A hole has no tie at all, or less than half of the overall density and less than the 5th percentile of random labels
    (rows of `member` shuffled, fixed seed). Direction is ignored; whoever is in both groups is on neither side.
    """
    ties = of.table.undirected().collapsed()
    large = [at for at, size in enumerate(of.sizes) if size >= SMALLEST]
    n = len(ties.nodes)
    if len(large) < 2:
        return []
    overall = ties.ties / (n * (n - 1) / 2)
    member = of.member[:, large].astype(np.float64)
    both = member.T @ member
    alone = member.sum(axis=0)[:, None] - both
    possible, tied = alone * alone.T, _tied(member, ties)
    scarce = (tied > 0) & (tied < overall / 2 * possible)
    shuffles = fewer(permutations, ties.ties) if scarce.any() else 0
    shuffle, as_few = np.random.default_rng(SEED), np.zeros(tied.shape)
    for _ in range(shuffles):  # who is of which group changes, how many pairs there could be does not
        as_few += _tied(member[shuffle.permutation(n)], ties) <= tied
    rare = (as_few + 1) / (shuffles + 1) < RARE / 100
    return [
        Between(
            of.groups[large[a]], of.groups[large[b]], int(possible[a, b]), int(tied[a, b]),
            bool(tied[a, b] == 0 or (scarce[a, b] and rare[a, b])), bool(rare[a, b]) if scarce[a, b] else None,
        )
        for a in range(len(large)) for b in range(a + 1, len(large)) if possible[a, b]
    ]  # fmt: skip


def _tied(member: npt.NDArray[np.float64], ties: EdgeTable) -> npt.NDArray[np.float64]:
    """g x g: ties between one who is of the first group and not of the second, and one of whom the reverse holds."""
    source, target = member[ties.source], member[ties.target]
    shared = source * target
    crossing = (source - shared).T @ (target - shared)
    return crossing + crossing.T


def fewer(permutations: int, size: int) -> int:
    """As many shuffles as asked for, fewer where the network is so large that they would take minutes."""
    return min(permutations, MOST_STEPS // max(1, size))


# -- Who carries between them ----------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Ways:
    """Brokered ways i -> j -> k with i, j, k three nodes and no tie i -> k; an undirected tie goes both ways."""

    i: Counts
    j: Counts
    k: Counts


def open_ways(table: EdgeTable) -> Ways:
    """All brokered ways of a collapsed table, by broker."""
    n = len(table.nodes)
    source, target = table.source.astype(np.int64), table.target.astype(np.int64)
    if not table.directed:
        source, target = np.concatenate([source, target]), np.concatenate([target, source])
    tied = np.sort(source * n + target)
    found = [np.zeros((3, 0), dtype=np.int64)]
    order_in, order_out = np.argsort(target, kind="stable"), np.argsort(source, kind="stable")
    into, out = np.searchsorted(target[order_in], range(n + 1)), np.searchsorted(source[order_out], range(n + 1))
    for j in range(n):
        givers, takers = source[order_in[into[j] : into[j + 1]]], target[order_out[out[j] : out[j + 1]]]
        i, k = np.repeat(givers, len(takers)), np.tile(takers, len(givers))
        key = i * n + k
        free = (i != k) & ~among(key, tied)
        found.append(np.stack([i[free], np.full(int(free.sum()), j), k[free]]))
    i, j, k = np.concatenate(found, axis=1)
    return Ways(i, j, k)


def brokerage(of: Grouped) -> Counts:
    """n x 5 counts of the roles of Gould and Fernandez, in the order of ROLES.

    The groups of i, j, k decide. Where nodes are of several groups: who shares one with i alone is a representative,
    with k alone a gatekeeper, with both (the same group or not) a coordinator.
    Source: Gould and Fernandez (1989), Structures of mediation, Sociological Methodology 19, 89-126.
    """
    counts = np.zeros((len(of.table.nodes), len(ROLES)), dtype=np.int64)
    np.add.at(counts, (of.ways.j, _roles(of.member, of.ways)), 1)
    return counts


def _roles(member: Flags, ways: Ways) -> Counts:
    giver, broker, taker = member[ways.i], member[ways.j], member[ways.k]
    from_own, to_own, home = ((giver & broker).any(axis=1), (broker & taker).any(axis=1), (giver & taker).any(axis=1))
    return np.select(
        [from_own & to_own, from_own, to_own, home], [COORDINATOR, REPRESENTATIVE, GATEKEEPER, ITINERANT], LIAISON
    )


@dataclass(frozen=True, slots=True)
class RoleFigure:
    """How often a role is played in the network, how often with random labels, and the share of those with as many."""

    role: str
    n: int
    expected: float
    at_least: float


def role_figures(of: Grouped, permutations: int = PERMUTATIONS) -> tuple[list[RoleFigure], int]:
    """Each role over all brokers beside the same ways with shuffled groups (fixed seed), and how many shuffles there were.

    Fewer shuffles for a large network, so that it ends; none without a brokered way.
    """
    ways = len(of.ways.j)
    shuffles = fewer(permutations, ways) if ways else 0
    seen = np.bincount(_roles(of.member, of.ways), minlength=len(ROLES))
    total, at_least = np.zeros(len(ROLES)), np.zeros(len(ROLES))
    shuffle = np.random.default_rng(SEED)
    for _ in range(shuffles):
        chance = np.bincount(_roles(of.member[shuffle.permutation(len(of.table.nodes))], of.ways), minlength=len(ROLES))
        total += chance
        at_least += chance >= seen
    return [
        RoleFigure(role, int(seen[at]), float(total[at] / shuffles), float((at_least[at] + 1) / (shuffles + 1)))
        for at, role in enumerate(ROLES)
    ] if shuffles else [], shuffles
