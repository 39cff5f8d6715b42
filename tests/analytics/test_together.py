"""Do two kinds of tie go together: the correlation against numpy's, the chances against every permutation there is."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.edgetable import EdgeTable
from analytics.together import together

NODES = "abcdef"
ties = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=20)


def table(found, nodes=NODES):
    return EdgeTable.of(nodes, found, directed=True)


def tied(found):
    return {frozenset(pair) for pair in found if len(set(pair)) == 2}


@given(ties, ties)
def test_the_correlation_is_that_of_the_two_matrices(one, other):
    found = together(table(one), table(other), permutations=5)
    cells = np.array(
        [[set(pair) in tied(one), set(pair) in tied(other)] for pair in combinations(NODES, 2)], dtype=float
    )
    constant = any(len(set(column)) == 1 for column in cells.T)
    assert (found.n, found.possible) == (6, 15)
    assert (found.one, found.other, found.both) == (len(tied(one)), len(tied(other)), len(tied(one) & tied(other)))
    if constant:
        assert (found.r, found.at_least, found.at_most, found.permutations) == (None, None, None, 0)
    else:
        assert found.r == pytest.approx(np.corrcoef(cells.T)[0, 1])
    either = tied(one) | tied(other)
    assert found.jaccard == (len(tied(one) & tied(other)) / len(either) if either else None)


@given(ties, ties)
@settings(max_examples=15)
def test_chances_are_close_to_those_of_all_720_permutations(one, other):
    found = together(table(one), table(other))
    if found.r is None:
        return
    overlaps = []
    for order in permutations(NODES):
        name = dict(zip(NODES, order, strict=True))
        overlaps.append(len({frozenset(map(name.get, pair)) for pair in tied(one)} & tied(other)))
    assert found.permutations == 2000
    assert found.at_least == pytest.approx(sum(n >= found.both for n in overlaps) / 720, abs=0.05)
    assert found.at_most == pytest.approx(sum(n <= found.both for n in overlaps) / 720, abs=0.05)


@given(ties, ties)
def test_which_is_first_changes_nothing_and_a_second_run_gives_the_same(one, other):
    there, back = together(table(one), table(other), 50), together(table(other), table(one), 50)
    assert (there.r, there.both, there.jaccard) == (back.r, back.both, back.jaccard)
    assert there == together(table(one), table(other), 50)


def test_a_network_goes_with_itself_more_than_with_any_other():
    ring = [(f"n{at:02}", f"n{(at + step) % 20:02}") for at in range(20) for step in (1, 2)]
    names = [f"n{at:02}" for at in range(20)]
    same = together(table(ring, names), table(ring, names))
    assert same.r == pytest.approx(1)
    assert same.at_least < 0.01 < same.at_most == 1


def test_other_nodes_are_refused_and_nothing_is_nothing():
    with pytest.raises(ValueError, match="same nodes"):
        together(table([], "ab"), table([], "ac"))
    assert together(table([], ""), table([], "")).r is None
