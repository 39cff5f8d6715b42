"""Time until something happens, where for some it has not happened yet (Kaplan and Meier 1958)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction


def median_time(observed: Iterable[tuple[float, bool]]) -> float | None:
    """The first time at which half or fewer are left by the product-limit estimate; None where it never comes to that.

    Each observation is a time and whether it happened then; else it was last looked at then and is censored. One that
    is censored at the time of an event was still at risk in it.
    """
    times = list(observed)
    happened, leaving = Counter(time for time, event in times if event), Counter(time for time, _ in times)
    at_risk, left = len(times), Fraction(1)
    for time in sorted(leaving):
        left *= Fraction(at_risk - happened[time], at_risk)
        if left <= Fraction(1, 2):
            return time
        at_risk -= leaving[time]
    return None
