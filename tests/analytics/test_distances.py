"""Distances counted for many nodes at once are those that networkx finds one by one."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.distances import STARTS, measure_distances
from analytics.edgetable import EdgeTable
from analytics.graphs import Graph


def distances(table, **more):
    return measure_distances(table, Graph.of(table), **more)


def from_networkx(graph):
    return EdgeTable.of(graph, graph.edges, directed=graph.is_directed()).collapsed()


def sums(graph):
    """Sum of distances, and of 1 / distance, by the node where the ways end, in the order of the ids."""
    away = dict(nx.all_pairs_shortest_path_length(graph))
    to = {node: [steps[node] for start, steps in away.items() if node in steps and start != node] for node in graph}
    return [sum(to[node]) for node in sorted(graph)], [sum(1 / d for d in to[node]) for node in sorted(graph)]


@given(st.integers(0, 12), st.integers(0, 30), st.integers(0, 10**6), st.booleans(), st.sampled_from([1, 2, 40]))
@settings(max_examples=300, deadline=None)
def test_distances_equal_networkx_whichever_way_they_are_searched(size, ties, seed, directed, deepest):
    graph = nx.relabel_nodes(nx.gnm_random_graph(size, ties, seed=seed, directed=directed), "n{}".format)
    found = distances(from_networkx(graph), deepest=deepest)
    total, inverse = sums(graph)
    assert found.total == pytest.approx(total, abs=1e-9)
    assert found.inverse == pytest.approx(inverse, abs=1e-9)


def test_several_passes_add_up():
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(2 * STARTS + 3, 2, seed=1), "n{:04}".format)
    total, inverse = sums(graph)
    found = distances(from_networkx(graph))
    assert found.total.tolist() == total
    assert found.inverse == pytest.approx(inverse)


def test_a_long_chain_is_left_to_the_other_search():
    chain = from_networkx(nx.relabel_nodes(nx.path_graph(2_000), "n{:04}".format))
    end = np.arange(2_000)
    assert distances(chain).total == pytest.approx(end * (end + 1) / 2 + (1_999 - end) * (2_000 - end) / 2)
