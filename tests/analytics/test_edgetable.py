"""The edge table refuses what does not fit, cannot be changed, and collapses as the contract says."""

from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.edgetable import EdgeTable

PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=40)


def table(pairs, *, directed=False, size=8, **more):
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    nodes = tuple(f"n{i}" for i in range(size))
    return EdgeTable(nodes=nodes, source=ends[:, 0], target=ends[:, 1], directed=directed, **more)


def pairs_of(found):
    return list(zip(found.source.tolist(), found.target.tolist(), strict=True))


@given(PAIRS)
def test_an_undirected_table_collapses_to_its_pairs(pairs):
    found = table(pairs).collapsed()
    assert pairs_of(found) == sorted({(min(a, b), max(a, b)) for a, b in pairs if a != b})


@given(PAIRS)
def test_a_directed_table_collapses_to_its_arcs(pairs):
    found = table(pairs, directed=True).collapsed()
    assert pairs_of(found) == sorted({(a, b) for a, b in pairs if a != b})
    assert pairs_of(found.collapsed()) == pairs_of(found)


@given(PAIRS, st.sets(st.sampled_from(["referral", "meeting", "agreement"])), st.booleans())
def test_a_selection_keeps_all_nodes_and_only_the_ties_of_its_kinds(pairs, kinds, directed):
    names = ("referral", "meeting", "agreement")
    kind = np.arange(len(pairs)) % 3
    found = table(pairs, kind=kind, kinds=names, weight=kind * 0.5).select(kinds, directed=directed)
    kept = [i for i in range(len(pairs)) if names[i % 3] in kinds]
    assert pairs_of(found) == [pairs[i] for i in kept]
    assert found.kind.tolist() == [i % 3 for i in kept]
    assert found.weight.tolist() == [i % 3 * 0.5 for i in kept]
    assert (len(found.nodes), found.directed) == (8, directed)


def test_a_selection_keeps_the_direction_unless_told():
    assert table([(0, 1)], directed=True).select(["tie"]).directed
    assert table([(0, 1)]).select([]).ties == 0


def test_ids_are_sorted_whatever_order_they_came_in():
    one = EdgeTable.of(["b", "c", "a"], [("c", "a"), ("b", "b")], directed=True)
    assert one.nodes == ("a", "b", "c")
    assert pairs_of(one) == [(2, 0), (1, 1)]
    assert one.position == {"a": 0, "b": 1, "c": 2}
    with pytest.raises(KeyError):
        EdgeTable.of(["a"], [("a", "x")], directed=True)


def test_without_direction_both_ways_are_one_tie():
    both = table([(0, 1), (1, 0), (2, 1)], directed=True)
    assert both.collapsed().ties == 3
    assert pairs_of(both.undirected().collapsed()) == [(0, 1), (1, 2)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"nodes": ("a", "a")},
        {"kinds": ("x", "x")},
        {"source": [0, 2]},
        {"source": [0, -1]},
        {"source": [0.0, 1.0]},
        {"source": [[0, 1]]},
        {"source": [0]},
        {"target": [2**40, 0]},
        {"kind": [0]},
        {"kind": [0, 2]},
        {"weight": [1.0]},
        {"weight": [1.0, float("nan")]},
        {"weight": [1.0, float("inf")]},
        {"weight": [1.0, -1.0]},
    ],
)
def test_what_does_not_fit_is_refused(wrong):
    right = {"nodes": ("a", "b"), "source": [0, 1], "target": [1, 1], "directed": True, "kinds": ("x", "y")}
    EdgeTable(**right)
    with pytest.raises(ValueError):
        EdgeTable(**(right | wrong))


def test_nothing_in_a_table_can_be_changed():
    source = np.array([0, 1], dtype=np.int32)
    kept = table([(0, 1), (1, 2)], kind=[0, 0], weight=[1.0, 2.0])
    given_array = EdgeTable(nodes=("a", "b"), source=source, target=source, directed=True)
    source[0] = 1
    assert given_array.source.tolist() == [0, 1]
    for column in (kept.source, kept.target, kept.kind, kept.weight, kept.collapsed().source):
        with pytest.raises(ValueError):
            column[0] = 0
    with pytest.raises(AttributeError):
        kept.directed = True


def test_a_read_only_view_of_a_changing_array_is_copied():
    changing = np.array([0, 1], dtype=np.int32)
    view = changing[:]
    view.flags.writeable = False
    kept = EdgeTable(nodes=("a", "b"), source=view, target=view, directed=True)
    changing[0] = 1
    assert kept.source.tolist() == [0, 1]


def test_a_million_ties_are_cheap():
    draw = np.random.default_rng(1)
    ends = draw.integers(0, 50_000, (2, 1_000_000), dtype=np.int32)
    nodes = tuple(map(str, range(50_000)))
    start = process_time()
    found = EdgeTable(nodes=nodes, source=ends[0], target=ends[1], directed=False).collapsed()
    assert process_time() - start < 2
    assert 0.99e6 < found.ties < 1e6
