"""The map: no two nodes in one place, communities apart, nothing moves between two visits."""

import random
from time import process_time

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.edgetable import EdgeTable
from analytics.layout import GAP, positions
from analytics.network import Network
from analytics.spacing import FreePlaces, least_distance, push_apart, set_in_rows

ROUNDED = 0.2
"""Two places are rounded to a tenth each."""


def table_of(graph):
    return EdgeTable.of(map("n{:05}".format, graph), [(f"n{a:05}", f"n{b:05}") for a, b in graph.edges], directed=False)


def communities(table):
    return Network(table).communities


def as_points(places):
    return np.array(list(places.values())).reshape(-1, 2)


NETWORKS = st.builds(
    lambda size, ties, seed: nx.gnm_random_graph(size, ties, seed=seed),
    st.integers(0, 40),
    st.integers(0, 120),
    st.integers(0, 1000),
)


@given(NETWORKS)
@settings(max_examples=150, deadline=None)
def test_no_two_nodes_touch(graph):
    table = table_of(graph)
    places = positions(table, communities(table))
    assert list(places) == list(table.nodes)
    assert np.isfinite(as_points(places)).all()
    assert len(places) < 2 or least_distance(as_points(places)) >= GAP - ROUNDED


@given(NETWORKS, st.integers(1, 4))
@settings(max_examples=50, deadline=None)
def test_any_division_into_groups_will_do(graph, groups):
    """Sectors or levels may be given instead of communities, though their members need not hang together."""
    table = table_of(graph)
    places = positions(table, np.arange(len(graph)) % groups)
    assert len(places) < 2 or least_distance(as_points(places)) >= GAP - ROUNDED


def test_the_same_network_gives_the_same_picture():
    table = table_of(nx.gnm_random_graph(60, 150, seed=4))
    member = communities(table)
    first = positions(table, member)
    random.seed(11)
    assert positions(table, member) == first


def test_members_of_a_community_stand_together():
    table = table_of(nx.connected_caveman_graph(5, 8))
    member = communities(table)
    points = as_points(positions(table, member))
    centres = np.array([points[member == number].mean(axis=0) for number in range(5)])
    nearest = np.hypot(*(points[:, None] - centres[None]).transpose(2, 0, 1)).argmin(axis=1)
    assert (nearest == member).all()


def test_separate_parts_do_not_overlap_and_the_lonely_stand_below():
    graph = nx.disjoint_union_all([nx.empty_graph(3), nx.complete_graph(6), nx.cycle_graph(5)])
    table = table_of(graph)
    places = as_points(positions(table, communities(table)))
    lonely, clique, ring = places[:3, 1], places[3:9, 1], places[9:, 1]
    assert lonely.min() > max(clique.max(), ring.max())
    assert clique.max() < ring.min() or places[3:9, 0].max() < places[9:, 0].min()


@given(NETWORKS, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_known_nodes_stay_and_new_ones_find_room(graph, draw):
    table = table_of(graph)
    member = communities(table)
    full = positions(table, member)
    known = {node: place for node, place in full.items() if draw.random() < 0.7}
    places = positions(table, member, known | {"somebody else": (0.0, 0.0)})
    assert list(places) == list(table.nodes)
    assert {node: places[node] for node in known} == known
    assert len(places) < 2 or least_distance(as_points(places)) >= GAP - ROUNDED
    assert positions(table, member, full) == full


def test_a_new_node_comes_near_its_neighbours():
    graph = nx.connected_caveman_graph(4, 9)
    old = table_of(graph)
    known = positions(old, communities(old))
    graph.add_edges_from([(99, 0), (99, 1), (99, 2)])
    new = table_of(graph)
    x, y = positions(new, communities(new), known)["n00099"]
    away = {node: np.hypot(x - a, y - b) for node, (a, b) in known.items()}
    assert min(away.values()) >= GAP - ROUNDED
    assert sorted(away, key=away.get)[0] in {f"n{i:05}" for i in range(9)}


def test_new_nodes_tied_to_none_known_stand_below():
    graph = nx.complete_graph(8)
    old = table_of(graph)
    known = positions(old, communities(old))
    graph.add_nodes_from([20, 21])
    graph.add_edge(20, 22)
    new = table_of(graph)
    places = positions(new, communities(new), known)
    lowest = max(y for _, y in known.values())
    assert all(places[f"n000{i}"][1] > lowest for i in (20, 21, 22))


@pytest.mark.parametrize("broken", [float("nan"), float("inf")])
def test_a_place_that_is_no_place_is_forgotten(broken):
    table = table_of(nx.path_graph(3))
    places = positions(table, communities(table), {"n00000": (broken, 0.0), "n00001": (5.0, 5.0)})
    assert places["n00001"] == (5.0, 5.0)
    assert np.isfinite(as_points(places)).all()


def test_ten_thousand_nodes_are_laid_out_quickly():
    graph = nx.random_partition_graph([100] * 100, 0.15, 0.0005, seed=1)
    table = table_of(nx.Graph(graph))
    member = np.repeat(np.arange(100), 100)
    start = process_time()
    places = positions(table, member)
    fresh = process_time() - start
    known = {node: place for number, (node, place) in enumerate(places.items()) if number % 10}
    start = process_time()
    again = positions(table, member, known)
    filled = process_time() - start
    assert {node: again[node] for node in known} == known
    assert max(fresh, filled) < 2.5  # 0.3 s on a quiet machine


def test_most_nodes_new_is_as_quick():
    table = table_of(nx.barabasi_albert_graph(4_000, 5, seed=1))
    start = process_time()
    places = positions(table, np.arange(4_000) % 40, {"n00007": (1.0, 2.0)})
    assert process_time() - start < 2.5
    assert places["n00007"] == (1.0, 2.0)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=30))
@settings(deadline=None)
def test_circles_are_pushed_apart_even_from_the_same_place(places):
    points = np.array(places, dtype=float)
    moved = push_apart(points, np.full(len(points), 0.5), rounds=500)
    assert len(points) < 2 or least_distance(moved) > 0.99


def test_circles_with_room_stay():
    points = np.array([[0.0, 0.0], [3.0, 0.0]])
    assert push_apart(points, np.array([1.0, 1.0]), rounds=10) == pytest.approx(points, abs=0.01)


def test_boxes_fill_rows():
    boxes = np.array([[4, 4], [2, 1], [2, 1], [9, 2], [1, 1]], dtype=float)
    assert set_in_rows(boxes, full_row=6).tolist() == [[-1, 2], [2, 2], [0, 4.5], [0, 6], [0, 7.5]]
    assert set_in_rows(np.zeros((0, 2)), full_row=6).tolist() == []


def test_the_nearest_free_place_is_far_enough_from_all_others():
    free = FreePlaces(10)
    taken = [free.nearest(x % 3, 0.0) for x in range(60)]
    assert least_distance(np.array(taken)) >= 10
    assert max(np.hypot(x, y) for x, y in taken) < 120
