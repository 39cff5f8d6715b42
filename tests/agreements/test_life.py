"""States of agreements by their dates, and when to remind."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from analytics.agreements import DRAFTS, Life, due_reminder, state_of
from analytics.collaboration.facts import holds

ON = date(2026, 11, 22)
DAYS = (90, 30)


def life(
    stage: str | None = "signed", starts: int | None = -100, ends: int | None = None, *, followed: bool = False
) -> Life:
    def day(offset: int | None) -> date | None:
        return None if offset is None else ON + timedelta(days=offset)

    return Life(stage, day(starts), day(ends), followed)


def test_each_state_has_its_dates() -> None:
    told = {
        "idea": life("idea"), "drafting": life("drafting", ends=10), "legal": life("legal"), "terminated": life("terminated", ends=5),
        "signed": life(starts=1), "in_force": life(ends=91), "expiring": life(ends=90), "expired": life(ends=0),
        "renewed": life(ends=0, followed=True),
    }  # fmt: skip
    assert {name: state_of(each, ON, 90) for name, each in told.items()} == {name: name for name in told}
    assert state_of(life(ends=1, followed=True), ON, 90) == "in_force", "nobody need be warned: the next one is signed"
    assert state_of(life(None, None, None), ON, 90) == "in_force", "what is only dated, and not even that, holds"


@given(
    st.sampled_from([None, "signed"]), st.none() | st.integers(-400, 400), st.none() | st.integers(-400, 400),
    st.booleans(), st.integers(0, 400),
)  # fmt: skip
def test_it_holds_exactly_when_collaboration_says_so(
    stage: str | None, starts: int | None, ends: int | None, followed: bool, warn: int
) -> None:
    one = life(stage, starts, ends, followed=followed)
    assert (state_of(one, ON, warn) in {"in_force", "expiring"}) == holds(one.starts, one.ends, ON)


@given(
    st.sampled_from(["idea", "drafting", "legal", "signed", "terminated", None]), st.integers(-10, 200), st.booleans()
)
def test_who_is_reminded_can_still_act(stage: str | None, ends: int, followed: bool) -> None:
    due = due_reminder(life(stage, -500, ends, followed=followed), ON, DAYS)
    silent = stage in {*DRAFTS, "terminated"} or followed or ends <= 0 or ends > 90
    assert due == (None if silent else 30 if ends <= 30 else 90)
