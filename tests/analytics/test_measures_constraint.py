"""Burt's constraint equals its definition, computed in exact fractions."""

from fractions import Fraction
from random import Random

import pytest

from analytics.dashboard import dashboard
from analytics.edgetable import EdgeTable
from analytics.measures import constraint, effective_size


def generated(number):
    """A network of 1 to 14 nodes, thin to full, every second directed, with loops and double ties."""
    draw = Random(number)
    ids = [f"n{i:02}" for i in range(draw.randint(1, 14))]
    ties = [(draw.choice(ids), draw.choice(ids)) for _ in range(draw.randint(0, 3 * len(ids)))]
    return ids, ties, number % 2 == 0


def strengths(ids, ties, *, directed):
    """a_ij + a_ji of each pair of different nodes."""
    arcs = {(a, b) for a, b in ties if a != b}
    if not directed:
        arcs |= {(b, a) for a, b in arcs}
    return {(a, b): ((a, b) in arcs) + ((b, a) in arcs) for a in ids for b in ids}


def exact_constraint(i, ids, strength):
    """Sum over contacts j of (p_ij + sum over q of p_iq p_qj) squared, p_ij = strength of ij / all strengths of i."""

    def share(a, b):
        total = sum(strength[a, other] for other in ids)
        return Fraction(strength[a, b], total) if total else Fraction(0)

    contacts = [j for j in ids if strength[i, j]]
    indirect = {j: sum((share(i, q) * share(q, j) for q in contacts if q != j), Fraction(0)) for j in contacts}
    return sum((share(i, j) + indirect[j]) ** 2 for j in contacts) if contacts else None


@pytest.mark.parametrize("number", range(200))
def test_constraint_equals_its_definition_in_fractions(number):
    ids, ties, directed = generated(number)
    strength = strengths(ids, ties, directed=directed)
    found = dashboard(EdgeTable.of(ids, ties, directed=directed), [constraint.MEASURE])
    for row in found.nodes:
        exact = exact_constraint(row["id"], ids, strength)
        assert (row["constraint"] is None) == (exact is None)
        assert exact is None or row["constraint"] == pytest.approx(float(exact), rel=1e-12)


@pytest.mark.parametrize("number", range(0, 200, 5))
def test_effective_size_equals_its_definition_in_fractions(number):
    ids, ties, directed = generated(number)
    strength = strengths(ids, ties, directed=directed)
    found = dashboard(EdgeTable.of(ids, ties, directed=directed), [effective_size.MEASURE])
    for row in found.nodes:
        contacts = [j for j in ids if strength[row["id"], j]]
        among = sum(1 for a in contacts for b in contacts if a < b and strength[a, b])
        exact = len(contacts) - Fraction(2 * among, len(contacts)) if contacts else None
        assert row["effective_size"] == (None if exact is None else pytest.approx(float(exact), rel=1e-12))
