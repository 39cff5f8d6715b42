"""Small counts of people are not shown: who is one of three can be guessed. Nor what would give them away.

A count between 1 and a least one is held back. A total and its other parts may tell it all the same, so as many others are
held back as it takes that no sum or difference of what is shown leads to it (secondary suppression).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from math import inf
from typing import Any, Generic, TypeVar

from scipy import sparse
from scipy.optimize import linprog

LEAST = 5
LEAST_MINORS = 10
"""As many as there must be where children are among them."""

Cell = TypeVar("Cell", bound=Hashable)
Sum = tuple[Cell, tuple[Cell, ...]]
"""A total and the parts it is the sum of."""


def shown(n: int, total: int | None = None, least: int = LEAST) -> int | None:
    """The count, or None where it, or the rest of a `total` shown beside it, lies between 1 and `least` - 1.

    Zero is shown: it is about nobody.
    """
    rest = 0 if total is None else total - n
    return None if 0 < n < least or 0 < rest < least else n


def small(n: int, minors: int = 0) -> bool:
    """Whether a count of so many people, so many of them children, must be held back."""
    return 0 < n < (LEAST_MINORS if minors else LEAST)


def held_back(
    values: Mapping[Cell, int], least: Mapping[Cell, int], sums: Sequence[Sum[Cell]],
    never: Collection[Cell] = (), open_: Collection[Cell] = (), dear: Mapping[Cell, int] | None = None,
    floor: Mapping[Cell, int] | None = None,
) -> set[Cell]:  # fmt: skip
    """Which cells of a table are not to be shown.

    values: all cells.  least: of each cell the count from which it may be known.  sums: every total with its parts.
    never: cells that are not shown whatever they are.  open_: cells that are shown elsewhere already.
    dear: how much a cell is missed, 0 for those without; the least dear are held back first.
    floor: what everybody sees that a cell is at least, 0 for those without: a row that stands in a table has something in it.
    A cell below its least stays unknown: nobody can compute it, nor see from the others that it must be below.
    """
    hidden = {cell for cell, n in values.items() if (0 < n < least[cell] or cell in never) and cell not in open_}
    secret = [cell for cell in values if cell in hidden and 0 < values[cell] < least[cell]]
    choice = _Choice(values, _beside(sums), frozenset(open_), dear or {})
    while leaks := _leaks(secret, hidden, values, least, sums, floor or {}):
        more = {other for cell in leaks if (other := choice.beside(cell, hidden)) is not None}
        if not more:
            return hidden
        hidden |= more
    for cell in choice.worth_a_try(hidden - set(secret) - set(never)):
        if not _leaks(secret, hidden - {cell}, values, least, sums, floor or {}):
            hidden.remove(cell)
    return hidden


def _beside(sums: Sequence[Sum[Cell]]) -> dict[Cell, list[tuple[Cell, ...]]]:
    found: dict[Cell, list[tuple[Cell, ...]]] = {}
    for total, parts in sums:
        for cell in (total, *parts):
            found.setdefault(cell, []).append((total, *parts))
    return found


FAR = 4
"""How much less near a cell is for each sum between: as if it were so much dearer."""


TRIES = 24
"""As many cells are looked at again when enough are hidden: each look costs."""


class _Choice(Generic[Cell]):
    """Which cell to hold back so that another stays unknown."""

    def __init__(
        self, values: Mapping[Cell, int], sums: Mapping[Cell, list[tuple[Cell, ...]]], kept: Collection[Cell],
        dear: Mapping[Cell, int],
    ) -> None:  # fmt: skip
        self.values, self.sums, self.kept, self.dear = values, sums, kept, dear

    def beside(self, cell: Cell, hidden: Collection[Cell]) -> Cell | None:
        """The least dear that stands in a sum with it, or with a hidden one beside it; None where nothing is left to hide."""
        seen, ring, found = {cell}, [cell], dict[Cell, int]()
        for far in range(0, FAR * len(self.values), FAR):
            around = dict.fromkeys(other for one in ring for those in self.sums.get(one, ()) for other in those)
            for other in around:
                if other not in hidden and other not in self.kept:
                    found.setdefault(other, self.dear.get(other, 0) + far)
            ring = [other for other in around if other in hidden and other not in seen]
            seen.update(ring)
            if not ring or (found and far):
                break
        telling = {other for other in found if self.values[other]}
        return min(telling or found, key=lambda other: (found[other], self.values[other]), default=None)

    def worth_a_try(self, hidden: Collection[Cell]) -> list[Cell]:
        """Those that may be shown after all, now that others are hidden too: the dearest first."""
        found = sorted(hidden, key=lambda cell: (-self.dear.get(cell, 0), -self.values[cell]))
        return found[:TRIES]


def _leaks(
    secret: Sequence[Cell], hidden: set[Cell], values: Mapping[Cell, int], least: Mapping[Cell, int],
    sums: Sequence[Sum[Cell]], floor: Mapping[Cell, int],
) -> list[Cell]:  # fmt: skip
    bounds = bounds_of(hidden, values, sums, floor)
    plain = [cell for cell in secret if bounds[cell][1] < least[cell]]
    return plain or doubtful(secret, hidden, values, least, sums, floor)


def bounds_of(
    hidden: Collection[Cell], values: Mapping[Cell, int], sums: Sequence[Sum[Cell]], floor: Mapping[Cell, int] | None = None
) -> dict[Cell, tuple[float, float]]:  # fmt: skip
    """Between what a reader of the rest can see each hidden count to lie: no count is below zero, or its `floor`."""
    known = floor or {}
    low = {cell: float(known.get(cell, 0) if cell in hidden else n) for cell, n in values.items()}
    high = {cell: inf if cell in hidden else float(n) for cell, n in values.items()}
    open_sums = [(total, parts) for total, parts in sums if total in hidden or any(part in hidden for part in parts)]
    while sum(_tighten(total, parts, low, high) for total, parts in open_sums):
        pass
    return {cell: (low[cell], high[cell]) for cell in hidden}


def _tighten(total: Cell, parts: Sequence[Cell], low: dict[Cell, float], high: dict[Cell, float]) -> bool:
    """Narrow the bounds of one sum's cells by each other; whether that told anything new."""
    least, most = sum(low[part] for part in parts), [high[part] for part in parts]
    endless, finite = most.count(inf), sum(each for each in most if each < inf)
    told = _narrow(total, least, inf if endless else finite, low, high)
    for part, own, lowest in zip(parts, most, [low[part] for part in parts], strict=True):
        others = inf if endless > (own == inf) else finite - (0 if own == inf else own)
        told |= _narrow(part, low[total] - others, high[total] - (least - lowest), low, high)
    return told


def _narrow(cell: Cell, least: float, most: float, low: dict[Cell, float], high: dict[Cell, float]) -> bool:
    before = low[cell], high[cell]
    low[cell], high[cell] = max(low[cell], least), min(high[cell], most)
    return before != (low[cell], high[cell])


def doubtful(
    secret: Sequence[Cell], hidden: Collection[Cell], values: Mapping[Cell, int], least: Mapping[Cell, int],
    sums: Sequence[Sum[Cell]], floor: Mapping[Cell, int] | None = None,
) -> list[Cell]:  # fmt: skip
    """The small counts of which all that is shown says that they are small.

    One that may as well be `least` or more can neither be computed nor seen to be small. Linear programs look for such
    values, for as many at once as they can.
    """
    program = _Program(list(hidden), values, sums, floor or {})
    waiting, found = list(secret), list[Cell]()
    while waiting:
        reached = program.raised(waiting, least)
        if not reached:
            first = waiting.pop(0)
            found += [] if program.raised([first], least) else [first]
        waiting = [cell for cell in waiting if cell not in reached]
    return found


class _Program(Generic[Cell]):
    """The sums as equations of the hidden counts."""

    def __init__(
        self, hidden: Sequence[Cell], values: Mapping[Cell, int], sums: Sequence[Sum[Cell]], floor: Mapping[Cell, int]
    ) -> None:
        self.low = [floor.get(cell, 0) for cell in hidden]
        self.at = {cell: number for number, cell in enumerate(hidden)}
        entries: list[tuple[int, int, int]] = []
        self.right: list[float] = []
        for total, parts in sums:
            signed = [(total, 1), *((part, -1) for part in parts)]
            unknown = [(self.at[cell], sign) for cell, sign in signed if cell in self.at]
            if unknown:
                entries += [(len(self.right), column, sign) for column, sign in unknown]
                self.right.append(-sum(sign * values[cell] for cell, sign in signed if cell not in self.at))
        self.entries = entries

    def raised(self, wanted: Sequence[Cell], least: Mapping[Cell, int]) -> set[Cell]:
        """Those of the cells that some values in keeping with all sums bring to their least, as many as may be."""
        many, more = len(self.at), len(wanted)
        rows, columns, signs = ([entry[part] for entry in self.entries] for part in range(3))
        equal: Any = sparse.csr_array((signs, (rows, columns)), shape=(len(self.right), many + more))
        number = [*range(more)]
        places = [*(many + each for each in number), *(self.at[cell] for cell in wanted)]
        below: Any = sparse.csr_array(([1] * more + [-1] * more, (number * 2, places)), shape=(more, many + more))
        solved: Any = linprog(
            [0] * many + [-1] * more, A_ub=below, b_ub=[0] * more, A_eq=equal, b_eq=self.right,
            bounds=[*((low, None) for low in self.low), *((0, least[cell]) for cell in wanted)],
        )  # fmt: skip
        assert solved.success, solved.message
        return {cell for cell in wanted if solved.x[self.at[cell]] > least[cell] - 1e-6}
