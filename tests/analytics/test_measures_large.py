"""Above 3,000 nodes betweenness becomes a band; small networks have none."""

import random

import networkx as nx

from analytics.dashboard import dashboard
from analytics.edgetable import EdgeTable
from analytics.measures import betweenness, betweenness_band, betweenness_normalised
from analytics.network import Network

THREE = [betweenness.MEASURE, betweenness_normalised.MEASURE, betweenness_band.MEASURE]


def stars(hubs, leaves):
    """A ring of hubs, each with leaves of its own: all shortest ways pass through hubs."""
    graph = nx.relabel_nodes(nx.cycle_graph(hubs), "hub{}".format)
    graph.add_edges_from((f"hub{hub}", f"leaf{hub}-{leaf}") for hub in range(hubs) for leaf in range(leaves))
    return EdgeTable.of(graph, graph.edges, directed=False)


def test_the_largest_network_with_exact_values_has_no_band():
    found = dashboard(stars(10, 299), THREE).columns
    assert len(found["betweenness"]) == 3_000
    assert None not in found["betweenness"]
    assert None not in found["betweenness_normalised"]
    assert set(found["betweenness_band"]) == {None}


def test_one_node_more_has_only_a_band():
    table = stars(3, 1_000)
    found = dashboard(table, THREE)
    assert set(found.columns["betweenness"]) == {None} == set(found.columns["betweenness_normalised"])
    assert {row["id"] for row in found.nodes if row["betweenness_band"] == "high"} == {"hub0", "hub1", "hub2"}
    assert {row["betweenness_band"] for row in found.nodes} == {"high", "low"}


def test_bands_agree_with_exact_values_and_are_the_same_each_time():
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(3_200, 2, seed=5), "n{:04}".format)
    table = EdgeTable.of(graph, graph.edges, directed=False)
    bands = dashboard(table, THREE).columns["betweenness_band"]
    exact = sorted(zip(Network(table).betweenness, bands, strict=True), reverse=True)
    top = [band for _, band in exact[:160]]
    assert top.count("high") >= 0.8 * len(top)
    assert "low" not in top
    assert {bands.count(band) for band in ("high", "medium")} == {160, 640}
    random.seed(2)
    assert dashboard(table, THREE).columns["betweenness_band"] == bands
