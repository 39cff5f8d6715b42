"""Small counts of mentoring, attacked: whoever reads the page tries every world that shows the same, by plain enumeration.

A count of others between 1 and 4 must be possible in more than one way, and one of them must be five or more. The reader knows
the own contacts by name, that a row stands for at least one, and every number on the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.bridging import Community, Helper, Reach
from analytics.mentoring_figures import Regularity
from graphdb.bridges import Bridging, Named
from web.bridges.drawing import _sum
from web.bridges.usecases import ALL, Figures, told, view
from web.mentoring.usecases import Overview, counts

ON = date(2026, 5, 4)
MOST = 16
"""No world of the tests has more of anything: an attacker who assumes so finds more than one who does not."""


def facts_of(rows: Sequence[tuple[int, int]], leaders: Sequence[tuple[int, int]]) -> Bridging:
    """A row of contacts for each community: (own, others'); its leaders: (known to the reader, others)."""
    reaches: list[Reach] = []
    known: list[Reach] = []
    helpers: list[Helper] = []
    names: dict[str, Named] = {}
    for at, ((own, others), (mine, theirs)) in enumerate(zip(rows, leaders, strict=True)):
        people = (
            [f"k{at}.{n}" for n in range(mine if own else 0)],
            [f"o{at}.{n}" for n in range(theirs if others else 0)],
        )
        names |= {one: Named(one, one, one) for one in people[0]}
        helpers += [Helper(one, "leader", f"y{at}") for those in people for one in those]
        for some, those in zip((own, others), people, strict=True):
            made = [Reach("school", ON, f"y{at}", those[n % len(those)] if those else None, "m") for n in range(some)]
            reaches += made
            known += made if those is people[0] else []
    communities = tuple(Community(f"y{at}") for at in range(len(rows)))
    return Bridging(communities, tuple(helpers), tuple(reaches), tuple(known), ("school",), names, (), (), {})


def worlds(
    shown: Sequence[int | None], total: int | None, own: Sequence[int], least: Sequence[int]
) -> Iterator[tuple[int, ...]]:
    """Others' counts that would have been shown like this."""
    choices = [
        [n - mine] if n is not None else range(low, MOST) for n, mine, low in zip(shown, own, least, strict=True)
    ]
    for world in product(*choices):
        if total is None or sum(world) + sum(own) == total:
            yield world


def assert_unknown(truth: Sequence[int], possible: Sequence[tuple[int, ...]]) -> None:
    assert tuple(truth) in possible, "the attack allows what is true"
    for at, n in enumerate(truth):
        if 0 < n < 5:
            values = {world[at] for world in possible}
            assert len(values) > 1, "nobody can compute it"
            assert max(values) >= 5, "nor see that it must be small"


few = st.integers(0, 8)
ROWS = st.lists(st.tuples(st.integers(0, 3), few).filter(any), min_size=1, max_size=4)


@given(ROWS, st.data())
@settings(max_examples=60, deadline=None)
def test_no_small_number_of_others_contacts_or_leaders_can_be_got_back(
    rows: list[tuple[int, int]], data: st.DataObject
) -> None:
    leaders = [data.draw(st.tuples(st.integers(1, 3), st.integers(1, 8))) for _ in rows]
    leaders = [
        (min(mine, own), min(theirs, others)) for (mine, theirs), (own, others) in zip(leaders, rows, strict=True)
    ]
    found = view(facts_of(rows, leaders), ON, 180)
    by_name = {str(row.community): row for row in found.rows}
    shown = [by_name[f"y{at}"] for at in range(len(rows))]
    own, truth = [own for own, _ in rows], [others for _, others in rows]
    assert_unknown(truth, list(worlds([row.n for row in shown], found.contacts, own, [int(n > 0) for n in truth])))
    mine, theirs = [mine for mine, _ in leaders], [theirs for _, theirs in leaders]
    of = [found.leaders.get(f"y{at}", 0) for at in range(len(rows))]
    told_of_rows = [row.leaders if n is None else n for row, n in zip(shown, of, strict=True)]
    assert_unknown(theirs, list(worlds(told_of_rows, found.leaders[ALL], mine, [int(n > 0) for n in theirs])))


@given(ROWS)
def test_who_knows_all_of_it_sees_all_of_it(rows: list[tuple[int, int]]) -> None:
    found = view(facts_of([(own + others, 0) for own, others in rows], [(2, 0)] * len(rows)), ON, 180)
    assert found.held_back == 0
    assert found.contacts == sum(own + others for own, others in rows)


def test_the_order_of_the_rows_tells_nothing_of_those_held_back() -> None:
    rows = [(0, 1), (0, 4), (0, 2), (0, 30), (0, 40)]
    orders = [
        [row.community for row in view(facts_of(some, [(0, 1)] * 5), ON, 180).rows]
        for some in (rows, [(0, 3), (0, 2), (0, 4), *rows[3:]])
    ]
    assert orders[0] == orders[1] == ["y4", "y3", "y0", "y1", "y2"]


def test_the_map_counts_nothing_at_an_end_with_a_count_held_back() -> None:
    assert _sum([7, None]) is None
    assert _sum([7, 6]) == 13
    assert _sum([]) == 0


GRID = np.indices((14,) * 5).reshape(5, -1)
"""Every world: pairs that spoke lately, are quiet, neither; leaders alone, leaders with a mentor."""


def seen(world: np.ndarray) -> tuple[np.ndarray, ...]:
    """What the page counts of a world."""
    spoke, quiet, between, alone, accompanied = world
    return spoke + quiet + between, spoke, quiet, alone + accompanied, alone


@given(st.tuples(few, few, few, few, few))
@settings(max_examples=100, deadline=None)
def test_no_small_number_of_pairs_or_leaders_can_be_got_back(numbers: tuple[int, int, int, int, int]) -> None:
    active, spoke, quiet, leaders, alone = (int(n) for n in seen(np.array(numbers)))
    shown = counts(Overview([], [], [None] * alone, active, spoke, quiet, leaders))  # type: ignore[list-item]
    fits = np.ones(GRID.shape[1], dtype=bool)
    for said, counted in zip(
        (shown.active, shown.in_contact, shown.quiet, shown.leaders, shown.alone), seen(GRID), strict=True
    ):
        fits &= True if said is None else counted == said
    if numbers[4] == active:  # an attacker may guess that each leader with a mentor is one active pair
        fits &= GRID[4] == GRID[:3].sum(axis=0)
    possible = GRID[:, fits]
    for n, values in zip(
        (*numbers[:4], active, quiet + numbers[2]),
        (*possible[:4], possible[:3].sum(axis=0), possible[1:3].sum(axis=0)),
        strict=True,
    ):
        assert n in values, "the attack allows what is true"
        if 0 < n < 5:
            assert len(np.unique(values)) > 1, "nobody can compute it"
            assert values.max() >= 5, "nor see that it must be small"


def test_regularity_of_few_pairs_is_held_back() -> None:
    def figures(contacts: int, pairs: int, unknown: int) -> Figures:
        return Figures(Regularity(contacts, 20, pairs, unknown), (), 0, 0, 20, None, (), ())

    assert told(figures(9, 4, 0)).regularity is None
    assert told(figures(4, 9, 0)).regularity is None
    shown = told(figures(30, 9, 2))
    assert (shown.regularity, shown.pairs, shown.unknown) == (Regularity(30, 20, 9, 2), None, None)
    shown = told(figures(30, 9, 0))
    assert (shown.pairs, shown.unknown) == (9, 0)
    exact = told(figures(3, 1, 2), exact=True)
    assert (exact.pairs, exact.unknown, exact.regularity) == (1, 2, Regularity(3, 20, 1, 2))
