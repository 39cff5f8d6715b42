"""Nothing that is shown leads to a small count: checked against an attacker who solves for the smallest and largest value."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from analytics.suppression import LEAST, LEAST_MINORS, bounds_of, doubtful, held_back, small

PARTS = ("a", "b", "c")
counts = st.integers(0, 12)


@st.composite
def tables(draw):
    """Rows of three parts and their sum, with a row of totals; some columns are never shown."""
    rows = draw(st.integers(1, 4))
    values = {(row, part): draw(counts) for row in range(rows) for part in PARTS}
    values |= {(row, "sum"): sum(values[row, part] for part in PARTS) for row in range(rows)}
    values |= {("all", name): sum(values[row, name] for row in range(rows)) for name in (*PARTS, "sum")}
    sums = [((row, "sum"), tuple((row, part) for part in PARTS)) for row in (*range(rows), "all")]
    sums += [(("all", name), tuple((row, name) for row in range(rows))) for name in (*PARTS, "sum")]
    never = {cell for cell in values if cell[1] == "c"} if draw(st.booleans()) else set()
    least = {cell: draw(st.sampled_from((LEAST, LEAST_MINORS))) for cell in values}
    return values, least, sums, never


def attacked(cell, values, hidden, sums):
    """The smallest and the largest whole number a hidden cell may be, for one who knows all that is shown."""
    order = list(values)
    at = {name: number for number, name in enumerate(order)}
    matrix = np.zeros((len(sums), len(order)))
    for number, (total, parts) in enumerate(sums):
        matrix[number, at[total]] += 1
        for part in parts:
            matrix[number, at[part]] -= 1
    low = np.array([0 if name in hidden else values[name] for name in order], dtype=float)
    high = np.array([1000 if name in hidden else values[name] for name in order], dtype=float)
    goal = np.zeros(len(order))
    goal[at[cell]] = 1
    ends = [
        milp(sign * goal, constraints=LinearConstraint(matrix, 0, 0), bounds=Bounds(low, high), integrality=np.ones(len(order)))
        for sign in (1, -1)
    ]  # fmt: skip
    assert all(end.success for end in ends)
    return round(ends[0].x[at[cell]]), round(ends[1].x[at[cell]])


@given(tables())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_sum_or_difference_tells_a_small_count(table):
    values, least, sums, never = table
    hidden = held_back(values, least, sums, never)
    for cell, n in values.items():
        if 0 < n < least[cell]:
            assert cell in hidden
            low, high = attacked(cell, values, hidden, sums)
            assert low < high, "nobody can compute it"
            assert high >= least[cell], "nor see that it must be small"


@given(tables())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_where_no_count_is_small_everything_is_shown(table):
    values, least, sums, _ = table
    large = {cell: n * LEAST_MINORS for cell, n in values.items()}
    assert held_back(large, least, sums) == set()


def test_one_hidden_part_takes_another_with_it():
    values = {"sum": 30, "a": 3, "b": 20, "c": 7}
    hidden = held_back(values, dict.fromkeys(values, LEAST), [("sum", ("a", "b", "c"))])
    assert hidden == {"a", "c"}


def test_two_parts_that_are_small_together_take_a_third():
    values = {"sum": 22, "a": 1, "b": 1, "c": 20}
    assert held_back(values, dict.fromkeys(values, LEAST), [("sum", ("a", "b", "c"))]) == {"a", "b", "c"}


def test_what_is_shown_elsewhere_stays_open():
    values = {"sum": 10, "a": 3, "b": 7}
    assert held_back(values, dict.fromkeys(values, LEAST), [("sum", ("a", "b"))], open_={"sum"}) == {"a", "b"}


def test_zero_is_shown_and_children_need_more():
    assert not small(0)
    assert small(4)
    assert not small(5)
    assert small(9, minors=1)
    assert not small(10, minors=1)


def test_a_cell_that_follows_from_two_sums_is_found():
    # x + y = 8 and x + y + z = 9 tell z, though each alone has two unknowns
    values = {"s": 8, "t": 9, "x": 4, "y": 4, "z": 1}
    sums = [("s", ("x", "y")), ("t", ("x", "y", "z"))]
    least = dict.fromkeys(values, LEAST)
    assert doubtful(["x", "z"], {"x", "y", "z"}, values, least, sums) == ["z"]
    assert bounds_of({"x", "y"}, {"s": 4, "x": 1, "y": 3}, [("s", ("x", "y"))]) == {"x": (0, 4), "y": (0, 4)}
