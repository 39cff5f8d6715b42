"""What became of the ties between two days: kept, gained, lost, kind by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analytics.ties import Tie

Ends = tuple[str, str]
ANY = "any"
"""Pairs with a tie of whatever kind, without direction."""


@dataclass(frozen=True, slots=True)
class TieChange:
    """Pairs tied by one kind at two days, in order; (source, target) where the kind has a direction."""

    kind: str
    directed: bool
    kept: tuple[Ends, ...]
    gained: tuple[Ends, ...]
    lost: tuple[Ends, ...]

    @property
    def before(self) -> int:
        return len(self.kept) + len(self.lost)

    @property
    def after(self) -> int:
        return len(self.kept) + len(self.gained)

    @property
    def jaccard(self) -> float | None:
        """kept / (kept + gained + lost): 1 where nothing changed, 0 where nothing stayed; None without any tie.

        Snijders, van de Bunt and Steglich (2010), Introduction to stochastic actor-based models for network dynamics,
        Social Networks 32, 44-60: the share of ties two moments have in common.
        """
        ever = len(self.kept) + len(self.gained) + len(self.lost)
        return len(self.kept) / ever if ever else None


def tie_changes(before: Iterable[Tie], after: Iterable[Tie], kinds: Iterable[str]) -> tuple[TieChange, ...]:
    """`ANY` first, then the kinds named, in their order; a tie has a direction unless one of its kind has none."""
    then, now = _by_kind(before), _by_kind(after)
    wanted = tuple(kinds)
    parts = [_change(kind, then.get(kind, {}), now.get(kind, {})) for kind in wanted]
    whole = [_undirected(found, wanted) for found in (then, now)]
    return (_split(ANY, False, *whole), *parts)


def _by_kind(ties: Iterable[Tie]) -> dict[str, dict[Ends, bool]]:
    """Per kind, ends as they stand, and whether that tie has no direction."""
    found: dict[str, dict[Ends, bool]] = defaultdict(dict)
    for tie in ties:
        ends = tie.source, tie.target
        found[tie.kind][ends] = found[tie.kind].get(ends, False) or tie.undirected
    return found


def _change(kind: str, then: Mapping[Ends, bool], now: Mapping[Ends, bool]) -> TieChange:
    directed = not any((*then.values(), *now.values()))
    sides = (set(then), set(now)) if directed else ({_sorted(ends) for ends in side} for side in (then, now))
    return _split(kind, directed, *sides)


def _undirected(found: Mapping[str, Mapping[Ends, bool]], kinds: Iterable[str]) -> set[Ends]:
    return {_sorted(ends) for kind in kinds for ends in found.get(kind, ())}


def _split(kind: str, directed: bool, then: set[Ends], now: set[Ends]) -> TieChange:
    return TieChange(kind, directed, *(tuple(sorted(part)) for part in (then & now, now - then, then - now)))


def _sorted(ends: Ends) -> Ends:
    return (ends[0], ends[1]) if ends[0] <= ends[1] else (ends[1], ends[0])
