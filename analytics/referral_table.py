"""The indicators of referrals as a table: a row a pair, service or place, with the row of all; small counts held back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from analytics.referral_indicators import ALL_NAMES, PUBLISHED, RATES, SUMS, By, Case, Day, Tally, tallies
from analytics.referral_steps import LIMITS
from analytics.suppression import LEAST, LEAST_MINORS, held_back, small

UNSEEN = tuple(name for name in ALL_NAMES if name.startswith("~"))
REST, ALL = ("~rest",), ("~all",)
DEAR: Mapping[str, int] = MappingProxyType({
    "due": 13, "sent": 12, "acknowledged": 9, "accepted": 8, "in_time": 6, "closed": 6, "decided": 5, "verified": 4,
    "closed_successful": 4, "no_feedback": 3, "rejected": 3, "loop_closed": 3, "closed_not_verified": 2, "redirected": 2,
})  # fmt: skip
"""Which counts are missed most where one of several must be held back."""
MOST_ROWS = 50
"""As many rows at most where small numbers are held back: what may be shown beside each other takes time to find out."""
Key = tuple[str, ...]
Cell = tuple[Key, str]


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of a group, each None where there is nothing to take it of or where it is held back.

    `hidden`: the names of what is held back.
    """

    key: Key
    tally: Tally
    hidden: frozenset[str] = frozenset()

    def count(self, name: str) -> int | None:
        """A count of PUBLISHED."""
        return None if name in self.hidden else self.tally.counts[name]

    def rate(self, name: str) -> float | None:
        """A rate of RATES."""
        return None if self.hidden & set(RATES[name]) else self.tally.rate(name)

    def median_response(self) -> float | None:
        """Median days to the first answer; not of a few answers."""
        few = self.hidden and small(self.tally.counts["acknowledged"], self.tally.minors["acknowledged"])
        return None if few else self.tally.median_response()

    def mean_depth(self) -> float | None:
        """Mean number of onward hops."""
        told = small(self.tally.hops) and bool(self.hidden)
        return None if told or self.hidden & {"redirected", "first_sent"} else self.tally.mean_depth()


@dataclass(frozen=True, slots=True)
class Table:
    """`left` counts the rows that are too small to be shown at all; the row of all has them."""

    by: By | None
    rows: tuple[Row, ...]
    whole: Row
    left: int = 0

    @property
    def hidden(self) -> int:
        """How many figures are held back in the rows that are shown, the row of all among them."""
        return sum(len(row.hidden) for row in (*self.rows, self.whole))


def table(
    cases: Collection[Case], by: By | None, day: Day, *, exact: bool, limits: Mapping[str, timedelta] = LIMITS
) -> Table:
    """The indicators of cases, by rows; `exact` for parties and the coordinator, else small counts are held back."""
    whole = tallies(cases, None, day, limits)[()]
    groups = tallies(cases, by, day, limits) if by else {}
    if exact:
        return Table(by, tuple(Row(key, each) for key, each in groups.items()), Row((), whole))
    of_all = _protected({ALL: whole}, {})
    kept, rest = _parted(groups)
    hidden = _protected(kept | ({REST: rest} if rest else {}), {ALL: whole}, of_all) if kept else {}
    rows = tuple(Row(key, kept[key], _published(hidden, key)) for key in kept)
    return Table(by, rows, Row((), whole, _published(of_all, ALL)), len(groups) - len(kept))


def _parted(groups: Mapping[Key, Tally]) -> tuple[dict[Key, Tally], Tally | None]:
    """The rows that can be shown, and all others as one: so many that these cannot be told from the row of all."""
    kept = dict(groups)
    largest = sorted(groups, key=lambda key: (-groups[key].counts["sent"], key))[:MOST_ROWS]
    small_ones = [
        key for key, each in groups.items() if key not in largest or small(each.counts["sent"], each.minors["sent"])
    ]
    rest = [kept.pop(key) for key in small_ones]
    while rest and kept and small(sum(each.counts["sent"] for each in rest), sum(each.minors["sent"] for each in rest)):
        next_one = min(kept, key=lambda key: (kept[key].counts["sent"], key))
        rest.append(kept.pop(next_one))
    return kept, _together(rest) if rest else None


def _together(rest: Collection[Tally]) -> Tally:
    counts = {name: sum(each.counts[name] for each in rest) for name in ALL_NAMES}
    minors = {name: sum(each.minors[name] for each in rest) for name in ALL_NAMES}
    return Tally(counts, minors, sum(each.hops for each in rest), ())


def _protected(
    rows: Mapping[Key, Tally], whole: Mapping[Key, Tally], known: Mapping[Cell, None] | None = None
) -> dict[Cell, None]:
    """The cells to hold back in these rows, beside a row of all of which only `known` is held back."""
    every = {**rows, **whole}
    values = {(key, name): each.counts[name] for key, each in every.items() for name in ALL_NAMES}
    least = {
        (key, name): LEAST_MINORS if each.minors[name] else LEAST for key, each in every.items() for name in ALL_NAMES
    }
    sums = [((key, total), tuple((key, part) for part in parts)) for key in every for total, parts in SUMS]
    sums += [((key, name), tuple((row, name) for row in rows)) for key in whole for name in ALL_NAMES]
    never = {(key, name) for key in every for name in (ALL_NAMES if key == REST else UNSEEN)} | set(known or ())
    open_ = {(key, name) for key in whole for name in PUBLISHED} - set(known or ())
    dear = {cell: DEAR[cell[1]] for cell in values if cell[1] in DEAR}
    return dict.fromkeys(held_back(values, least, sums, never, open_, dear))


def _published(hidden: Collection[Cell], key: Key) -> frozenset[str]:
    return frozenset(name for name in PUBLISHED if (key, name) in hidden)
