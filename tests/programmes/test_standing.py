"""A programme in numbers: exact for who runs it; for others no number, and no sum of numbers, tells a small one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analytics.participation import COUNTS, MEMBER, STEPS
from graphdb.catalogue import codes
from graphdb.programmes.reading import ProgrammeView
from web.programmes.usecases import standing

COUNT = st.fixed_dictionaries({
    "role": st.sampled_from(("leader", "mentor")), "state": st.sampled_from(tuple(STEPS)),
    "reason": st.sampled_from((None, *codes("leaving_reason")[:3])), "n": st.integers(1, 12),
})  # fmt: skip


def programme(counts, loose, pairs, *, oversees):
    seen = {(one["role"], one["state"], one["reason"]): one for one in counts}
    return ProgrammeView(
        "P", "PRG-0001", "P", 1, False, 20, 10, None, None, None, None, oversees, list(seen.values()), loose, pairs,
        [], [], [], [],
    )  # fmt: skip


@given(st.lists(COUNT, max_size=10), st.integers(0, 12), st.integers(0, 12))
def test_small_counts_stay_hidden_and_exact_ones_are_exact(counts, loose, pairs):
    exact = standing(programme(counts, loose, pairs, oversees=True))
    shown = standing(programme(counts, loose, pairs, oversees=False))
    assert not exact.held
    truth = {f"{role}.{one.code}": one.n for role, those in exact.states.items() for one in those}
    told = {f"{role}.{one.code}": one.n for role, those in shown.states.items() for one in those}
    assert truth.keys() == told.keys()
    assert exact.filled == sum(truth.get(f"leader.{state}") or 0 for state in COUNTS)
    assert exact.now == sum(truth.get(f"leader.{state}") or 0 for state in MEMBER)
    for cell, n in told.items():
        assert n is None or (n == truth[cell] and n >= 5)
    for n in (shown.loose, shown.pairs, shown.filled, shown.now):
        assert n is None or n == 0 or n >= 5
    for total, states in ((shown.filled, COUNTS), (shown.now, MEMBER)):
        hidden = [cell for state in states if (cell := f"leader.{state}") in told and told[cell] is None]
        if total is not None and hidden:
            rest = total - sum(told.get(f"leader.{state}") or 0 for state in states)
            assert len(hidden) > 1, "one alone would be the rest"
            assert rest > len(hidden) or any(truth[cell] >= 5 for cell in hidden), "all of them would be one"
