"""Every measure equals networkx on thousands of small networks, by the conventions of the contract."""

import math
from itertools import combinations

import networkx as nx
import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.dashboard import dashboard
from analytics.edgetable import EdgeTable
from analytics.measures import MEASURES
from analytics.measures.eigenvector import leading_eigenvector


@st.composite
def networks(draw, largest=9):
    """Ids and ties with loops and doubles, in both directions, often in several parts, sometimes with no node at all."""
    ids = [f"n{i}" for i in range(draw(st.integers(0, largest)))]
    ties = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=30)) if ids else []
    return ids, ties


def as_networkx(ids, ties, *, directed):
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edges_from((a, b) for a, b in ties if a != b)
    return graph


def largest_component(graph):
    return graph.subgraph(max(nx.connected_components(graph), key=len, default=()))


class Approx:
    """Equal up to rounding, with nothing (None) equal only to nothing, alone or in a column."""

    __hash__ = None

    def __init__(self, values):
        self.values = values if isinstance(values, list) else [values]

    def __eq__(self, found):
        found = found if isinstance(found, list) else [found]
        return len(found) == len(self.values) and all(map(self.same, found, self.values))

    def __repr__(self):
        return repr(self.values)

    @staticmethod
    def same(one, two):
        return one is two if None in (one, two) else math.isclose(one, two, abs_tol=1e-9, rel_tol=1e-9)


def some(values, ids):
    """Values of networkx as a column: nothing where it has no value or NaN."""
    return [None if math.isnan(values.get(node, math.nan)) else values[node] for node in ids]


def eigenvector(part):
    if len(part) < 2:
        return {}
    _, vectors = np.linalg.eigh(nx.to_numpy_array(part))
    leading = np.abs(vectors[:, -1])
    return dict(zip(part, leading / leading.max(), strict=True))


def reaching(graph):
    """Ordered pairs between which there is a path."""
    return sum(len(part) * (len(part) - 1) for part in nx.connected_components(graph))


def without(graph, node):
    return graph.subgraph(set(graph) - {node})


def divided(shadow):
    """Core, periphery and their fit by trying every degree, with the picture drawn pair by pair."""
    tried = []
    for smallest in sorted({d for _, d in shadow.degree} | {math.inf}):
        core = {node for node, d in shadow.degree if d >= smallest}
        same_side = [(a, b) for a, b in combinations(shadow, 2) if (a in core) == (b in core)]
        picture = [(a in core, shadow.has_edge(a, b)) for a, b in same_side]
        tried.append((sum(wanted != there for wanted, there in picture), len(core), sorted(core), picture))
    _, _, core, picture = min(tried, key=lambda each: each[:2])
    clear = all(len(set(side)) == 2 for side in zip(*picture, strict=True)) and bool(picture)
    return core, np.corrcoef(np.array(picture, dtype=float).T)[0, 1] if clear else None


def expected_network(graph, shadow, *, directed):
    n, m, count = len(graph), graph.number_of_edges(), [d for _, d in shadow.degree]
    return {
        "nodes": n,
        "ties": m,
        "directed": directed,
        "density": nx.density(graph) if n > 1 else None,
        "reciprocity_arcs": Approx(nx.overall_reciprocity(graph)) if directed and m else None,
        "reciprocity_dyads": Approx((m - shadow.number_of_edges()) / shadow.number_of_edges())
        if directed and m
        else None,
        "components": nx.number_connected_components(shadow),
        "connectedness": Approx(reaching(shadow) / (n * (n - 1))) if n > 1 else None,
        "isolates": nx.number_of_isolates(shadow),
        "articulation_points": sorted(nx.articulation_points(shadow)),
        "bridges": sorted(sorted(pair) for pair in nx.bridges(shadow)),
        "centralisation_degree": Approx(sum(max(count) - d for d in count) / (n - 1) / (n - 2)) if n > 2 else None,
        "core_periphery_fit": Approx(divided(shadow)[1]),
        "transitivity": Approx(nx.transitivity(shadow)) if any(d > 1 for d in count) else None,
        "multiplexity": None,
        "multiplex_share": None,
    }


def expected_nodes(graph, shadow, *, directed):
    ids, n, part = list(graph), len(graph), largest_component(shadow)
    burt, effective = (nx.constraint(graph), nx.effective_size(shadow)) if graph.size() else ({}, {})
    points = set(nx.articulation_points(shadow))
    undefined = [None] * n
    return {
        "degree": [graph.degree[i] for i in ids],
        "in_degree": [graph.in_degree[i] for i in ids] if directed else undefined,
        "out_degree": [graph.out_degree[i] for i in ids] if directed else undefined,
        "betweenness": Approx(some(nx.betweenness_centrality(graph, normalized=False), ids)),
        "betweenness_normalised": Approx(some(nx.betweenness_centrality(graph), ids)) if n > 2 else undefined,
        "betweenness_band": undefined,
        "closeness": Approx(some(nx.closeness_centrality(part) if len(part) > 1 else {}, ids)),
        "harmonic": Approx(some(nx.harmonic_centrality(graph), ids)),
        "eigenvector": Approx(some(eigenvector(part), ids)),
        "constraint": Approx(some(burt, ids)),
        "effective_size": Approx(some(effective, ids)),
        "core": some(nx.core_number(shadow), ids),
        "in_core": undefined if divided(shadow)[1] is None else [i in divided(shadow)[0] for i in ids],
        "articulation": [i in points for i in ids],
        "fragmentation_without": Approx([1 - reaching(without(shadow, i)) / ((n - 1) * (n - 2)) for i in ids])
        if n > 2
        else undefined,
    }


@given(networks(), st.booleans())
@example(([], []), False)
@example(([], []), True)
@example((["n0"], [("n0", "n0")]), True)
@example((["n0", "n1"], []), False)
@example((["n0", "n1"], [("n0", "n1"), ("n1", "n0")]), True)
@settings(max_examples=2_000, deadline=None)
def test_every_measure_equals_networkx(network, directed):
    ids, ties = network
    found = dashboard(EdgeTable.of(ids, ties, directed=directed))
    graph = as_networkx(ids, ties, directed=directed)
    shadow = graph.to_undirected()

    divided = {key: found.network.pop(key) for key in ("modularity", "communities")}
    community = found.columns.pop("community")
    assert found.network == expected_network(graph, shadow, directed=directed)
    assert found.columns == expected_nodes(graph, shadow, directed=directed)

    groups = [
        {i for i, c in zip(ids, community, strict=True) if c == number} for number in range(divided["communities"])
    ]
    assert all(groups)
    assert sum(map(len, groups)) == len(ids)
    assert divided["modularity"] == (Approx(nx.community.modularity(shadow, groups)) if shadow.size() else None)


@given(networks(), st.booleans(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_rows_and_nodes_changes_nothing(network, directed, shuffle):
    ids, ties = network
    one = dashboard(EdgeTable.of(ids, ties, directed=directed))
    ids, ties = shuffle.sample(ids, len(ids)), shuffle.sample(ties + ties[:3], len(ties + ties[:3]))
    assert dashboard(EdgeTable.of(ids, ties, directed=directed)) == one


NOT_RENAMED = {"community", "betweenness_band"}
DIVISION = {"modularity", "communities"}


@given(networks(), st.booleans(), st.randoms(use_true_random=False))
@settings(max_examples=250, deadline=None)
def test_new_names_change_no_value(network, directed, shuffle):
    ids, ties = network
    name = dict(zip(ids, shuffle.sample([f"m{i}" for i in range(len(ids))], len(ids)), strict=True))
    one = dashboard(EdgeTable.of(ids, ties, directed=directed))
    two = dashboard(EdgeTable.of(name.values(), [(name[a], name[b]) for a, b in ties], directed=directed))
    assert set(two.network["articulation_points"]) == {name[i] for i in one.network["articulation_points"]}
    row = {entry["id"]: entry for entry in two.nodes}
    sizes = sorted(len(c) for c in nx.connected_components(as_networkx(ids, ties, directed=False)))
    one_largest = len(sizes) < 2 or sizes[-1] > sizes[-2]
    for entry in one.nodes:
        for key, value in entry.items():
            if key in {"id", "community"} or (key in {"closeness", "eigenvector"} and not one_largest):
                continue
            assert row[name[entry["id"]]][key] == (Approx(value) if isinstance(value, float) else value)


@given(networks(), st.booleans(), st.data())
def test_kinds_of_tie_are_counted_pair_by_pair(network, directed, data):
    ids, ties = network
    kinds = data.draw(st.lists(st.integers(0, 2), min_size=len(ties), max_size=len(ties)))
    at = {node: position for position, node in enumerate(sorted(ids))}
    ends = np.array([(at[a], at[b]) for a, b in ties], dtype=np.int32).reshape(-1, 2)
    table = EdgeTable(
        nodes=tuple(sorted(ids)), source=ends[:, 0], target=ends[:, 1], directed=directed,
        kind=np.array(kinds, dtype=np.int16), kinds=("referral", "meeting", "agreement"),
    )  # fmt: skip
    found = dashboard(table, [m for m in MEASURES if m.key.startswith("multiplex")]).network
    pairs = {}
    for (a, b), kind in zip(ties, kinds, strict=True):
        if a != b:
            pairs.setdefault(frozenset((a, b)), set()).add(kind)
    several = [len(each) for each in pairs.values()]
    several = several if len(set().union(*pairs.values())) > 1 else []
    assert found["multiplexity"] == Approx(sum(several) / len(several) if several else None)
    assert found["multiplex_share"] == Approx(sum(n > 1 for n in several) / len(several) if several else None)


def test_of_two_largest_parts_that_of_the_first_node_counts():
    found = dashboard(EdgeTable.of("abcd", [("b", "d"), ("c", "a")], directed=False))
    assert found.columns["closeness"] == [1, None, 1, None]
    assert found.columns["eigenvector"] == [1, None, 1, None]


def test_every_row_has_its_id_and_every_measure_of_nodes():
    found = dashboard(EdgeTable.of("ab", [("a", "b")], directed=True))
    assert [list(row) for row in found.nodes] == [["id", *(m.key for m in MEASURES if m.scope == "node")]] * 2
    assert list(found.network) == ["nodes", "ties", "directed", *(m.key for m in MEASURES if m.scope == "network")]


def test_only_the_measures_asked_for_are_computed():
    wanted = [m for m in MEASURES if m.key in {"density", "core"}]
    found = dashboard(EdgeTable.of("ab", [("a", "b")], directed=True), wanted)
    assert found.network == {"nodes": 2, "ties": 1, "directed": True, "density": 0.5}
    assert found.nodes == [{"id": "a", "core": 1}, {"id": "b", "core": 1}]


def test_a_leading_eigenvector_that_does_not_settle_is_not_shown():
    chain = nx.to_scipy_sparse_array(nx.path_graph(200), dtype=float, format="csr")
    assert leading_eigenvector(chain, restarts=1) == []
    assert max(leading_eigenvector(chain, restarts=1_000)) == 1
