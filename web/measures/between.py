"""What lies between the sectors, levels or kinds of the network, and who carries it: as page, file and command."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from analytics.groups import ROLES, between, brokerage, grouped, leaning, leanings, node_indices, role_figures
from graphdb import ties
from web.measures.usecases import hidden, printed_ids

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from analytics.groups import Between, Grouped, Leaning, RoleFigure
    from graphdb.ties import Asked, Found, Network, Node

BY = {"sector": "sector", "level": "level", "kind": "organisation_kind"}
"""What organisations are grouped by, and the vocabulary that has the words."""


@dataclass(frozen=True, slots=True)
class Broker:
    """An organisation: the groups it is of, its E-I index, how often it plays each role, in the order of ROLES."""

    node: Node
    groups: tuple[str, ...]
    index: float | None
    roles: tuple[int, ...]

    @property
    def ways(self) -> int:
        """Pairs without a tie of their own that it connects."""
        return sum(self.roles)


@dataclass(frozen=True, eq=False)
class Across:
    """The figures of one question. `groups`: name and leaning of each; `permutations`: shuffles behind `roles`."""

    by: str
    asked: Asked
    found: Found
    of: Grouped
    whole: Leaning
    groups: tuple[tuple[str, Leaning], ...]
    pairs: tuple[Between, ...]
    roles: tuple[RoleFigure, ...]
    permutations: int
    brokers: tuple[Broker, ...]

    @property
    def holes(self) -> list[Between]:
        """Pairs of groups that hardly work together, those with the most members first."""
        return sorted((pair for pair in self.pairs if pair.hole), key=lambda pair: -pair.possible)


def groups_of(node: Node, by: str) -> tuple[str, ...]:
    """Codes of the groups an organisation is of; none where nobody said."""
    if by == "sector":
        return node.sectors
    code = node.level if by == "level" else node.kind
    return (code,) if code else ()


@lru_cache(maxsize=32)
def across(network: Network, asked: Asked, by: str) -> Across:
    """Ties inside and between the groups; the same question about the same data is answered once."""
    found = ties.ties(network, asked)
    nodes = {node.id: node for node in found.nodes}
    of = grouped(found.table(), {node.id: groups_of(node, by) for node in found.nodes})
    roles, permutations = role_figures(of)
    brokers = tuple(
        Broker(nodes[node], groups_of(nodes[node], by), index, tuple(counts))
        for node, index, counts in zip(of.table.nodes, node_indices(of), brokerage(of).tolist(), strict=True)
    )
    groups = tuple(zip(of.groups, leanings(of), strict=True))
    return Across(by, asked, found, of, leaning(of), groups, tuple(between(of)), tuple(roles), permutations, brokers)


def answer(found: Across, generated: datetime) -> dict[str, Any]:
    """The figures as `flask between` prints them: null where there is nothing to divide by."""
    asked, printed = found.asked, printed_ids(found.found.nodes)
    return {
        "by": found.by,
        "tie": asked.relation or (asked.kinds[0] if len(asked.kinds) == 1 else None),
        "as_of": asked.as_of.isoformat(),
        "window": asked.days,
        "generated": generated.isoformat(timespec="seconds"),
        "hidden": hidden(found.found),
        "network": {**_leaning(found.whole), "unplaced": found.of.unplaced, "ties_unplaced": found.of.lost},
        "groups": [{"group": name, **_leaning(each)} for name, each in found.groups],
        "pairs": [
            {"one": pair.one, "other": pair.other, "tied": pair.tied, "possible": pair.possible,
             "density": pair.density, "hole": pair.hole, "rare": pair.rare} for pair in found.pairs
        ],
        "permutations": found.permutations,
        "roles": [
            {"role": each.role, "n": each.n, "expected": each.expected, "share_at_least": each.at_least}
            for each in found.roles
        ],
        "nodes": [
            {"id": printed[each.node.id], "ref": each.node.ref, "name": each.node.name, "groups": list(each.groups),
             "ei": each.index, **dict(zip(ROLES, each.roles, strict=True))} for each in found.brokers
        ],
    }  # fmt: skip


def _leaning(each: Leaning) -> dict[str, Any]:
    return {"n": each.size, "internal": each.internal, "external": each.external, "ei": each.index}


def known_to(found: Across, only: frozenset[str] | None) -> Iterator[Broker]:
    """Those who connect most first; `only` these organisations where it is given."""
    ranked = sorted(found.brokers, key=lambda each: (-each.ways, each.node.name.casefold()))
    return (each for each in ranked if only is None or each.node.id in only)
