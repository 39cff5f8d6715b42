"""The communities found in small networks are the best of all divisions."""

import networkx as nx
import numpy as np
import pytest

from analytics.dashboard import dashboard
from analytics.edgetable import EdgeTable
from analytics.measures import community, modularity


def divisions(size):
    """Every way to divide nodes into groups, each once: a node joins a group used before it or opens the next."""
    found = [()]
    for _ in range(size):
        found = [(*start, group) for start in found for group in range(max(start, default=-1) + 2)]
    return np.array(found)


def best_modularity(graph):
    """Largest sum over pairs in one group of (a_ij - d_i d_j / 2m) / 2m, by trying every division."""
    adjacency = nx.to_numpy_array(graph)
    degree = adjacency.sum(axis=1)
    gain = (adjacency - np.outer(degree, degree) / degree.sum()) / degree.sum()
    groups = divisions(len(graph))
    return max(
        np.einsum("nij,ij->n", part[:, :, None] == part[:, None, :], gain).max() for part in np.array_split(groups, 20)
    )


def found_in(graph):
    table = EdgeTable.of(map(str, graph), [(str(a), str(b)) for a, b in graph.edges], directed=False)
    return dashboard(table, [modularity.MEASURE, community.MEASURE])


@pytest.mark.parametrize("seed", range(60))
def test_no_division_is_better(seed):
    graph = nx.gnm_random_graph(7, 3 + seed % 15, seed=seed)
    assert found_in(graph).network["modularity"] == pytest.approx(best_modularity(graph), abs=1e-12)


@pytest.mark.parametrize("seed", range(60))
def test_communities_hang_together_and_the_lonely_are_alone(seed):
    graph = nx.gnm_random_graph(30, seed, seed=seed)
    found = found_in(graph)
    groups = {}
    for node, number in zip(found.ids, found.columns["community"], strict=True):
        groups.setdefault(number, []).append(int(node))
    assert all(nx.is_connected(graph.subgraph(group)) for group in groups.values())
    assert [len(groups[number]) for number in sorted(groups)] == sorted(map(len, groups.values()), reverse=True)


def test_communities_are_found_where_igraphs_own_iteration_never_ends():
    graph = nx.Graph(zip("0000111122233445567", "1568356835668686878", strict=True))
    assert found_in(graph).network["modularity"] == pytest.approx(best_modularity(graph), abs=1e-12)


def test_communities_are_numbered_by_size_then_by_their_first_node():
    graph = nx.disjoint_union_all([nx.complete_graph(3), nx.complete_graph(4), nx.complete_graph(3), nx.empty_graph(1)])
    graph = nx.relabel_nodes(graph, "{:02}".format)
    assert found_in(graph).columns["community"] == [1] * 3 + [0] * 4 + [2] * 3 + [3]
