"""What the pages of community matters say: those that go on, those that ended, and counts that name nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.community_steps import GOOD, MOVES, REASONED, history, state_on
from analytics.suppression import LEAST, held_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from graphdb.issues import Line

ISSUE_STATES = tuple(MOVES["CommunityIssue"])
RAISED, SOLVED = "*raised", "*solved"
"""The totals beside the states: all issues, and those solved or solved in part."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Matters as of a day: those that go on and those that have ended, the newest first."""

    going: list[tuple[Line, str]]
    ended: list[tuple[Line, str]]

    @property
    def spoken(self) -> int:
        """Those that a meeting spoke about."""
        return sum(bool(line.spoken) for line, _ in (*self.going, *self.ended))


def sort(lines: Iterable[Line], on: date) -> Sorted:
    """By the state of that day; what was raised later is not there."""
    found = [(line, state) for line in lines if (state := line.state(on))]
    return Sorted(
        going=[each for each in found if each[1] not in REASONED], ended=[each for each in found if each[1] in REASONED]
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """Issues raised, solved or partly solved, by state; campaigns and mediations begun. None: held back."""

    raised: int | None
    good: int | None
    by_state: dict[str, int | None]
    campaigns: int | None
    mediations: int | None


def outcome(matters: Sequence[Sequence[Any]], on: date, *, exact: bool = False) -> Outcome:
    """Of all matters, as of a day: leader outcome is solved or partly / raised (definitions.md 2.7).

    matters: (kind, history) and more, each.  exact: for who may know every one of them. Else counts below five are held
    back, and others beside them so that no sum or difference tells.
    """
    kinds: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for label, states_of, *_ in matters:
        state = state_on(states_of or (), on)
        if state is None:
            continue
        kinds[label] += 1
        if label == "CommunityIssue":
            states[state] += 1
    values = {state: states[state] for state in ISSUE_STATES}
    good = tuple(state for state in ISSUE_STATES if state in GOOD)
    values |= {RAISED: kinds["CommunityIssue"], SOLVED: sum(states[state] for state in good)}
    sums = [(RAISED, ISSUE_STATES), (SOLVED, good)]
    hidden = set[str]() if exact else held_back(values, dict.fromkeys(values, LEAST), sums, dear={RAISED: 9, SOLVED: 5})
    shown = {name: None if name in hidden else n for name, n in values.items()}
    others = {
        label: None if not exact and 0 < kinds[label] < LEAST else kinds[label] for label in ("Campaign", "Mediation")
    }
    return Outcome(
        raised=shown[RAISED], good=shown[SOLVED], by_state={state: shown[state] for state in ISSUE_STATES},
        campaigns=others["Campaign"], mediations=others["Mediation"],
    )  # fmt: skip


def told(states: Sequence[str]) -> list[tuple[date, str]]:
    """The history of states, the latest first."""
    return list(reversed(history(states)))
