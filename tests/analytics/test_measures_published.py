"""Classic networks give the digits printed in the literature."""

import random

import networkx as nx
import pytest

from analytics.dashboard import dashboard
from analytics.edgetable import EdgeTable

KITE = ("Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane")

NETWORKS = {
    # Krackhardt (1990), Assessing the political landscape, Administrative Science Quarterly 35, 342-369
    "kite": nx.relabel_nodes(nx.krackhardt_kite_graph(), dict(enumerate(KITE))),
    # Padgett and Ansell (1993), marriages; the fifteen families that are tied (Breiger and Pattison 1986)
    "florence": nx.florentine_families_graph(),
    # Zachary (1977), members numbered from 1 as there
    "karate": nx.relabel_nodes(nx.karate_club_graph(), lambda node: f"{node + 1:02}"),
    # Knuth (1993), The Stanford GraphBase
    "miserables": nx.les_miserables_graph(),
    # Fortunato and Barthelemy (2007): thirty cliques of five on a ring
    "cliques": nx.relabel_nodes(nx.ring_of_cliques(30, 5), "{:03}".format),
    # Burt (1992), as printed by Borgatti (1997), Structural holes: unpacking Burt's redundancy measures
    "holes": nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"]),
}


def measured(name):
    graph = NETWORKS[name]
    return dashboard(EdgeTable.of(graph, graph.edges, directed=False))


def column(name, key):
    found = measured(name)
    return dict(zip(found.ids, found.columns[key], strict=True))


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        # Krebs, Social Network Analysis: An Introduction (orgnet.com/sna.html); also the values of networkx's own tests
        (
            "kite",
            {
                "Heather": 0.389, "Fernando": 0.231, "Garth": 0.231, "Ike": 0.222, "Diane": 0.102,
                "Andre": 0.023, "Beverly": 0.023, "Carol": 0, "Ed": 0, "Jane": 0,
            },
        ),
        # Jackson (2008), Social and Economic Networks, chapter 1 (Medici, Strozzi, Guadagni); the others as printed in
        # networkx, test_betweenness_centrality.py, test_florentine_families_graph
        (
            "florence",
            {
                "Medici": 0.522, "Guadagni": 0.255, "Albizzi": 0.212, "Salviati": 0.143, "Ridolfi": 0.114,
                "Bischeri": 0.104, "Strozzi": 0.103, "Barbadori": 0.093, "Tornabuoni": 0.092, "Castellani": 0.055,
                "Peruzzi": 0.022, "Acciaiuoli": 0, "Ginori": 0, "Lamberteschi": 0, "Pazzi": 0,
            },
        ),
        # The five highest, printed in many courses on networkx (University of Michigan, Applied Social Network Analysis)
        (
            "karate",
            {"01": 0.43763528, "34": 0.30407498, "33": 0.14524711, "03": 0.14365681, "32": 0.13827561},
        ),
        # networkx, test_betweenness_centrality.py, test_les_miserables_graph
        (
            "miserables",
            {
                "Valjean": 0.570, "Myriel": 0.177, "Gavroche": 0.165, "Marius": 0.132, "Fantine": 0.130,
                "Thenardier": 0.075, "Javert": 0.054, "MlleGillenormand": 0.048, "Enjolras": 0.043, "Tholomyes": 0.041,
                "Cosette": 0.024, "Napoleon": 0,
            },
        ),
    ],
)  # fmt: skip
def test_betweenness_as_printed(name, printed):
    found = column(name, "betweenness_normalised")
    digits = 8 if name == "karate" else 3
    assert {node: round(found[node], digits) for node in printed} == printed


def test_raw_betweenness_as_printed():
    """networkx, test_betweenness_centrality.py, test_krackhardt_kite_graph (printed there for ordered pairs)."""
    found = column("kite", "betweenness")
    printed = {"Heather": 28.000, "Fernando": 16.667, "Ike": 16.000, "Diane": 7.333, "Andre": 1.667, "Jane": 0}
    assert {node: round(2 * found[node], 3) for node in printed} == printed


@pytest.mark.parametrize(
    ("name", "modularity", "digits", "communities"),
    [
        # Xu, Bennett, Papageorgiou, Tsoka (2010), Module detection in complex networks using integer optimisation,
        # Algorithms for Molecular Biology 5:36, table 1: Zachary 0.420 (4 modules), Les Miserables 0.560 (6 modules)
        ("karate", 0.420, 3, 4),
        ("miserables", 0.560, 3, 6),
        # Brandes and others (2008), On modularity clustering; Aloise and others (2010), Column generation algorithms
        # for exact modularity maximization in networks: the proven optimum of Zachary's network
        ("karate", 0.4198, 4, 4),
        # Fortunato and Barthelemy (2007), Resolution limit in community detection: pairs of cliques 0.888
        ("cliques", 0.888, 3, 15),
    ],
)
def test_modularity_as_printed(name, modularity, digits, communities):
    found = measured(name).network
    assert round(found["modularity"], digits) == modularity
    assert found["communities"] == communities


@pytest.mark.parametrize(("name", "modularity"), [("karate", 0.420), ("miserables", 0.560)])
@pytest.mark.parametrize("seed", range(10))
def test_modularity_as_printed_under_other_names(name, modularity, seed):
    graph = NETWORKS[name]
    names = dict(zip(graph, random.Random(seed).sample(list(graph), len(graph)), strict=True))
    found = dashboard(EdgeTable.of(graph, nx.relabel_nodes(graph, names).edges, directed=False))
    assert round(found.network["modularity"], 3) == modularity


def test_closeness_as_printed():
    """Krebs (orgnet.com/sna.html) for the kite; all ten values in networkx, test_closeness_centrality.py."""
    found = column("kite", "closeness")
    printed = (0.529, 0.529, 0.500, 0.600, 0.500, 0.643, 0.643, 0.600, 0.429, 0.310)
    assert tuple(round(found[name], 3) for name in KITE) == printed


def test_density_and_transitivity_as_printed():
    """KONECT, network ucidata-zachary: fill 0.139037, clustering coefficient 0.255682."""
    found = measured("karate").network
    assert round(found["density"], 6) == 0.139037
    assert round(found["transitivity"], 6) == 0.255682


def test_structural_holes_as_printed():
    """Borgatti (1997), the network of Burt (1992), figure 2.2: effective size and constraint."""
    size, constraint = column("holes", "effective_size"), column("holes", "constraint")
    assert [round(size[node], 2) for node in "GAC"] == [4.67, 2.5, 1]
    assert [round(constraint[node], 3) for node in "GAC"] == [0.4, 0.595, 1]
