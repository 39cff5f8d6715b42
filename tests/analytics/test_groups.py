"""What lies between groups: the E-I index, densities, holes and the roles of brokers, against counting by hand."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.edgetable import EdgeTable
from analytics.groups import (
    ROLES,
    between,
    brokerage,
    ei_index,
    grouped,
    leaning,
    leanings,
    node_indices,
    role_figures,
)

NODES = tuple("abcdefgh")


def network(ties, groups, directed=False):
    return grouped(EdgeTable.of(NODES, ties, directed=directed), groups)


ties = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=40)
one_group = st.fixed_dictionaries({node: st.sampled_from([(), ("A",), ("B",), ("C",)]) for node in NODES})
several = st.fixed_dictionaries(
    {node: st.lists(st.sampled_from("ABCD"), max_size=3, unique=True).map(tuple) for node in NODES}
)


def role_by_hand(i, j, k):
    """The five roles as Gould and Fernandez name them, by the groups of the three."""
    if i & j and j & k:
        return "coordinator"
    if i & j:
        return "representative"
    if j & k:
        return "gatekeeper"
    return "itinerant" if i & k else "liaison"


@given(ties, several, st.booleans())
def test_roles_are_what_counting_by_hand_gives(found, groups, directed):
    of = network(found, groups, directed)
    arcs = {(a, b) for a, b in found if a != b and groups[a] and groups[b]}
    arcs |= set() if directed else {(b, a) for a, b in arcs}
    expected = {node: dict.fromkeys(ROLES, 0) for node in of.table.nodes}
    for i, j, k in permutations(of.table.nodes, 3):
        if (i, j) in arcs and (j, k) in arcs and (i, k) not in arcs:
            expected[j][role_by_hand(*(set(groups[node]) for node in (i, j, k)))] += 1
    counts = brokerage(of)
    assert {
        node: dict(zip(ROLES, row, strict=True)) for node, row in zip(of.table.nodes, counts.tolist(), strict=True)
    } == expected


@given(ties, several)
def test_ties_inside_and_out_add_up(found, groups):
    of = network(found, groups)
    pairs = {frozenset(pair) for pair in found if len(set(pair)) == 2 and all(groups[node] for node in pair)}
    inside = [pair for pair in pairs if set.intersection(*(set(groups[node]) for node in pair))]
    whole = leaning(of)
    assert (whole.internal, whole.external) == (len(inside), len(pairs) - len(inside))
    for name, each in zip(of.groups, leanings(of), strict=True):
        among = [sum(name in groups[node] for node in pair) for pair in pairs]
        assert (each.internal, each.external) == (among.count(2), among.count(1))
        assert each.size == sum(name in groups[node] for node in NODES)
    for node, value in zip(of.table.nodes, node_indices(of), strict=True):
        mine = [pair for pair in pairs if node in pair]
        own = sum(pair in inside for pair in mine)
        assert value == ei_index(len(mine) - own, own)


@given(ties, several)
@settings(max_examples=60)
def test_what_lies_between_two_groups_is_counted_pair_by_pair(found, groups):
    of = network(found, groups)
    pairs = {frozenset(pair) for pair in found if len(set(pair)) == 2 and all(groups[node] for node in pair)}
    for each in between(of, permutations=50):
        one = [node for node in of.table.nodes if each.one in groups[node] and each.other not in groups[node]]
        other = [node for node in of.table.nodes if each.other in groups[node] and each.one not in groups[node]]
        assert each.possible == len(one) * len(other) > 0
        assert each.tied == sum(frozenset((a, b)) in pairs for a in one for b in other)
        assert each.hole or each.tied
        overall = len(pairs) / (len(of.table.nodes) * (len(of.table.nodes) - 1) / 2)
        assert (each.rare is not None) == (each.tied > 0 and each.density < overall / 2)
        assert each.hole == (each.tied == 0 or bool(each.rare))


@given(ties, one_group)
def test_two_libraries_agree_on_the_ties_between_groups_that_do_not_overlap(found, groups):
    of = network(found, groups)
    graph = nx.Graph([pair for pair in found if pair[0] != pair[1] and groups[pair[0]] and groups[pair[1]]])
    nx.set_node_attributes(graph, {node: group[0] for node, group in groups.items() if group}, "group")
    mixing = nx.attribute_mixing_dict(graph, "group")
    for each in between(of, permutations=1):
        assert each.tied == mixing.get(each.one, {}).get(each.other, 0)


def test_unknown_is_no_group_of_its_own():
    of = network([("a", "b"), ("b", "c"), ("c", "d")], {"a": ("A",), "b": ("A",), "c": (), "d": ("B",)})
    assert (of.groups, of.sizes, of.unplaced, of.lost) == (("A", "B"), [2, 1], 5, 2)
    assert (leaning(of).internal, leaning(of).external) == (1, 0)
    assert node_indices(of) == [-1.0, -1.0, None], "without a tie there is no index"


def test_a_thin_line_between_two_dense_groups_is_a_hole_and_a_mixed_network_has_none():
    groups = {f"{side}{n}": (side,) for side in "AB" for n in range(12)}
    dense = [(f"{side}{a}", f"{side}{b}") for side in "AB" for a in range(12) for b in range(a)]
    (found,) = between(grouped(EdgeTable.of(groups, [*dense, ("A0", "B0")], directed=False), groups))
    assert (found.tied, found.possible, found.rare, found.hole) == (1, 144, True, True)
    names = list(groups)
    ring = [(names[at], names[(at + step) % 24]) for at in range(24) for step in (5, 7, 11)]
    (mixed,) = between(grouped(EdgeTable.of(groups, ring, directed=False), groups))
    assert not mixed.hole


def test_random_labels_say_whether_a_role_is_more_than_chance():
    groups = {f"{side}{n}": (side,) for side in "AB" for n in range(6)}
    ties_inside = [(f"{side}{a}", f"{side}{(a + 1) % 6}") for side in "AB" for a in range(6)]
    of = grouped(EdgeTable.of(groups, ties_inside, directed=False), groups)
    figures, shuffles = role_figures(of)
    by = {figure.role: figure for figure in figures}
    assert shuffles == 2000
    assert sum(figure.n for figure in figures) == len(of.ways.j) == 24
    assert by["coordinator"].n == 24 > by["coordinator"].expected
    assert by["coordinator"].at_least < 0.05 < by["liaison"].at_least == 1.0
    assert sum(figure.expected for figure in figures) == pytest.approx(24)
    assert figures == role_figures(of)[0], "the seed is fixed"


@pytest.mark.parametrize("directed", [True, False])
def test_an_empty_network_has_no_figures(directed):
    of = grouped(EdgeTable.of((), (), directed=directed), {})
    assert (between(of), role_figures(of), leanings(of), leaning(of).index) == ([], ([], 0), [], None)
    assert brokerage(of).shape == (0, 5)
