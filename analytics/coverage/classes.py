"""The classes of a cell and their order: the first test that holds names the class (definitions.md 2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from analytics.coverage.columns import Bools, Ints


class CellClass(StrEnum):
    """Names in every output, from least known to well served."""

    NOT_ASSESSED = "not_assessed"
    ABSENT = "absent"
    UNVERIFIED = "unverified"
    INACCESSIBLE = "inaccessible"
    SATURATED = "saturated"
    FRAGILE = "fragile"
    UNKNOWN_TO_OTHERS = "unknown_to_others"
    COVERED = "covered"


ORDER = tuple(CellClass)
UNSERVED = frozenset({CellClass.ABSENT, CellClass.UNVERIFIED, CellClass.INACCESSIBLE, CellClass.SATURATED})
"""G0 to G3: the classes whose duration is counted as one."""
GAPS = UNSERVED | {CellClass.FRAGILE, CellClass.UNKNOWN_TO_OTHERS}


@dataclass(frozen=True, slots=True)
class Tally:
    """What the tests look at, one entry a cell: m and f of definitions.md, whether an assessment proves the absence,
    and whether all confirmed supply hangs on one ending project or one person."""

    listed: Ints
    confirmed: Ints
    assessed: Bools
    on_one_project: Bools
    on_one_person: Bools


def classify(tally: Tally) -> Ints:
    """The number in ORDER of each cell's class. A new class is one more line here, at its place in the order."""
    tests = (
        (CellClass.NOT_ASSESSED, (tally.listed == 0) & ~tally.assessed),
        (CellClass.ABSENT, tally.listed == 0),
        (CellClass.UNVERIFIED, tally.confirmed == 0),
        (CellClass.FRAGILE, (tally.confirmed == 1) | tally.on_one_project | tally.on_one_person),
    )
    classes = np.full(len(tally.listed), ORDER.index(CellClass.COVERED), dtype=np.int64)
    for name, holds in reversed(tests):
        classes[holds] = ORDER.index(name)
    return classes
