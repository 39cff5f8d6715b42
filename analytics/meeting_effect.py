"""What a meeting brought about: promises kept, ties that appeared after it, gaps that were closed by the next one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from analytics.meetings import Promise
from analytics.ties import Tie, TieFacts, ties_of

OBSERVED = ("referral", "meeting", "action", "bridge")
"""Kinds of ties that were seen, not said."""

Outcome = Literal["kept", "late", "done_undated", "open", "overdue", "cancelled"]


def outcome(promise: Promise, on: date) -> Outcome:
    """What became of a promise by a day. `late`: done after its day; `done_undated`: done, nobody noted when."""
    if promise.state == "cancelled":
        return "cancelled"
    if promise.state == "done" and promise.done is None:
        return "done_undated"
    if promise.done is not None and promise.done <= on:
        return "late" if promise.due is not None and promise.done > promise.due else "kept"
    return "overdue" if promise.due is not None and promise.due < on else "open"


@dataclass(frozen=True, slots=True)
class Turn:
    """A gap was closed or opened again, and when."""

    closed: bool
    on: date


def closed_by(turns: Sequence[Turn], gone_on: date | None, now_closed: bool, on: date) -> bool:
    """Whether a gap was closed and verified on a day. `turns` in their order; `gone_on` is the day the records showed it
    no longer, which may lie before the day on which somebody looked."""
    if (
        now_closed
        and gone_on is not None
        and gone_on <= on
        and not any(not turn.closed and turn.on > on for turn in turns)
    ):
        return True
    past = [turn for turn in turns if turn.on <= on]
    return bool(past) and past[-1].closed


@dataclass(frozen=True, slots=True)
class Gained:
    """A tie that was not seen in the window before. `first`: nothing was seen of the pair at all in that window."""

    tie: Tie
    first: bool


def gained(facts: TieFacts, among: Collection[str], held: date, until: date, days: int) -> list[Gained]:
    """Observed ties among some organisations, seen in (held, until] and not in the `days` up to and with `held`."""
    if until <= held:
        return []
    before = {_ends(tie) for tie in ties_of(facts, OBSERVED, held, days)}
    pairs = {frozenset(ends) for _, *ends in before}
    after = ties_of(facts, OBSERVED, until, (until - held).days)
    return [
        Gained(tie, frozenset((tie.source, tie.target)) not in pairs)
        for tie in after
        if tie.source in among and tie.target in among and _ends(tie) not in before
    ]


def _ends(tie: Tie) -> tuple[str, str, str]:
    one, other = sorted((tie.source, tie.target)) if tie.undirected else (tie.source, tie.target)
    return tie.kind, one, other


@dataclass(frozen=True, slots=True)
class Beside:
    """The ties of one pair side by side: stated by one or both, in force on paper, seen before and after the meeting."""

    one: str
    other: str
    declared: bool
    confirmed: bool
    before: tuple[str, ...]
    after: tuple[str, ...]


def side_by_side(
    facts: TieFacts, pairs: Iterable[frozenset[str]], held: date, until: date, days: int
) -> list[Beside]:  # fmt: skip
    """Declared, confirmed and observed ties of pairs. Confirmed: an agreement or project, or both say so."""
    stated = ties_of(facts, ("declared", "agreement", "project"), until)
    before, after = ties_of(facts, OBSERVED, held, days), ties_of(facts, OBSERVED, until, max((until - held).days, 1))
    found: list[Beside] = []
    for pair in sorted({each for each in pairs if len(each) == 2}, key=sorted):
        of_pair = [tie for tie in stated if frozenset((tie.source, tie.target)) == pair]
        declared = [tie for tie in of_pair if tie.kind == "declared"]
        both_ways = len({(tie.source, tie.target) for tie in declared}) > 1
        confirmed = both_ways or any(tie.confirmed or tie.kind != "declared" for tie in of_pair)
        one, other = sorted(pair)
        found.append(
            Beside(
                one, other, bool(declared), confirmed, _kinds(before, pair), _kinds(after, pair) if until > held else ()
            )
        )
    return found


def _kinds(ties: Iterable[Tie], pair: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tie.kind for tie in ties if frozenset((tie.source, tie.target)) == pair))
