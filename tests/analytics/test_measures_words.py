"""Each measure says in one sentence what it means and in one how it misleads."""

import importlib
import pkgutil
import random
import re

import igraph
import pytest

import analytics.measures
from analytics.dashboard import dashboard
from analytics.edgetable import EdgeTable
from analytics.measures import MEASURES

CONTRACT = {
    "network": "density reciprocity_arcs reciprocity_dyads components connectedness isolates articulation_points bridges modularity "
    "communities centralisation_degree core_periphery_fit transitivity multiplexity multiplex_share",
    "node": "degree in_degree out_degree betweenness betweenness_normalised betweenness_band closeness harmonic "
    "eigenvector constraint effective_size core in_core community articulation fragmentation_without",
}


def test_the_list_holds_every_measure_of_the_contract():
    for scope, keys in CONTRACT.items():
        assert [measure.key for measure in MEASURES if measure.scope == scope] == keys.split()


def test_every_file_declares_the_measure_of_its_name_and_is_listed():
    files = {module.name for module in pkgutil.iter_modules(analytics.measures.__path__)} - {"measure"}
    assert files == {measure.key for measure in MEASURES}
    for name in files:
        declared = importlib.import_module(f"analytics.measures.{name}").MEASURE
        assert declared in MEASURES
        assert (declared.key, declared.compute.__name__) == (name, name)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)
def test_words_are_one_sentence_each(measure):
    for sentence in (measure.meaning, measure.misuse):
        assert re.fullmatch(r"[A-Z][^.?!]*(?:0\.3[^.?!]*)?\.", sentence), sentence
        assert len(sentence) <= 140, sentence
    assert re.search(r"\((19|20)\d\d\)", measure.source), measure.source
    assert measure.formula
    assert measure.meaning != measure.misuse


def test_no_name_stands_for_two_measures():
    assert len({measure.name_en for measure in MEASURES}) == len(MEASURES)


def test_measuring_disturbs_nobody_elses_random_numbers():
    random.seed(7)
    before = random.getstate()
    dashboard(EdgeTable.of("abcd", ["ab", "bc", "cd", "da"], directed=False))
    assert random.getstate() == before
    one = igraph.Graph.Erdos_Renyi(20, 0.3).get_edgelist()
    random.seed(7)
    assert igraph.Graph.Erdos_Renyi(20, 0.3).get_edgelist() == one
