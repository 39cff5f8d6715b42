"""What may follow what, by any sequence of steps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.community_steps import FIRST, MOVES, IllegalStepError, TooEarlyError, follow, history, state_on
from graphdb.catalogue import codes

START = date(2026, 1, 1)
VOCABULARY = {"CommunityIssue": "issue_state", "Campaign": "campaign_state", "Mediation": "mediation_state"}


@pytest.mark.parametrize("label", MOVES)
def test_every_state_of_the_vocabulary_has_its_moves_and_is_reached(label):
    moves = MOVES[label]
    assert set(moves) == set(codes(VOCABULARY[label]))
    reached = {FIRST[label]}
    while more := {to for state in reached for to in moves[state]} - reached:
        reached |= more
    assert reached == set(moves)


@given(st.sampled_from(sorted(MOVES)), st.lists(st.tuples(st.integers(-2, 9), st.integers(0, 9))))
def test_a_history_holds_only_what_was_legal_and_never_goes_back_in_time(label, steps):
    states, on = [f"{START}={FIRST[label]}"], START
    names = sorted(MOVES[label])
    for later, choice in steps:
        to, day = names[choice % len(names)], on + timedelta(days=later)
        last = history(states)[-1][1]
        if to not in MOVES[label][last]:
            with pytest.raises(IllegalStepError):
                follow(label, states, to, day)
        elif day < on:
            with pytest.raises(TooEarlyError):
                follow(label, states, to, day)
        else:
            states.append(follow(label, states, to, day))
            on = day
    days = [since for since, _ in history(states)]
    assert days == sorted(days)
    assert state_on(states, on) == history(states)[-1][1]
    assert state_on(states, START - timedelta(days=1)) is None
