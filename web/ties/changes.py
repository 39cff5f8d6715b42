"""What has changed between two days: ties gained, lost and kept, as page, file and command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analytics.thresholds import DEFAULTS
from analytics.tie_changes import ANY, tie_changes
from graphdb import ties
from web.measures.usecases import hidden

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from analytics.tie_changes import TieChange
    from graphdb.ties import Asked, Found, Network, Node


@dataclass(frozen=True, eq=False)
class Compared:
    """Two days of one network. `any`: pairs tied by whatever kind; `changes`: kind by kind, those ever tied."""

    before: Asked
    after: Asked
    then: Found
    now: Found
    any: TieChange
    changes: tuple[TieChange, ...]
    nodes: dict[str, Node]

    @property
    def joined(self) -> frozenset[str]:
        """Organisations that belong to the network on the later day only."""
        return frozenset(node.id for node in self.now.nodes) - frozenset(node.id for node in self.then.nodes)

    @property
    def left(self) -> frozenset[str]:
        """Organisations that belonged to the network on the earlier day only."""
        return frozenset(node.id for node in self.then.nodes) - frozenset(node.id for node in self.now.nodes)

    def moves(self) -> Iterator[tuple[TieChange, str, tuple[str, str]]]:
        """Each tie gained or lost, with its kind and which of the two it is."""
        for change in self.changes:
            yield from ((change, "gained", ends) for ends in change.gained)
            yield from ((change, "lost", ends) for ends in change.lost)

    def why(self, side: str, ends: tuple[str, str]) -> str | None:
        """The one of the two that came or went, so that a tie could begin or had to end; None where both were there."""
        moved = self.joined if side == "gained" else self.left
        return next((end for end in ends if end in moved), None)


def compared(network: Network, before: Asked, after: Asked) -> Compared:
    """What became of the ties asked for; both ask for the same kinds."""
    then, now = ties.ties(network, before), ties.ties(network, after)
    whole, *parts = tie_changes(then.ties, now.ties, dict.fromkeys((*after.kinds, *(each.kind for each in now.ties))))
    seen = tuple(part for part in parts if part.before or part.after)
    nodes = {node.id: node for node in (*then.nodes, *now.nodes)}
    return Compared(before, after, then, now, whole, seen, nodes)


def usual_start(network: Network, until: date) -> tuple[date, bool]:
    """The day of the last meeting before that day, else the standard window ago; and whether it was a meeting's."""
    held = [each.held for each in network.facts.meetings if each.held and each.held < until]
    return (max(held), True) if held else (until - timedelta(days=DEFAULTS.window_days), False)


def answer(found: Compared, generated: datetime) -> dict[str, Any]:
    """The comparison as `flask compare` prints it."""
    return {
        "from": found.before.as_of,
        "to": found.after.as_of,
        "window": found.after.days,
        "generated": generated.isoformat(timespec="seconds"),
        "jaccard": found.any.jaccard,
        ANY: _counts(found.any),
        "ties": [{"tie": each.kind, "directed": each.directed, **_counts(each)} for each in found.changes],
        "gained": [_move(found, *each) for each in found.moves() if each[1] == "gained"],
        "lost": [_move(found, *each) for each in found.moves() if each[1] == "lost"],
        "joined": [_node(found.nodes[each]) for each in sorted(found.joined)],
        "left": [_node(found.nodes[each]) for each in sorted(found.left)],
        "hidden": {"from": hidden(found.then), "to": hidden(found.now)},
    }


def _counts(change: TieChange) -> dict[str, Any]:
    return {
        "before": change.before, "after": change.after, "kept": len(change.kept), "gained": len(change.gained),
        "lost": len(change.lost), "jaccard": change.jaccard,
    }  # fmt: skip


def _move(found: Compared, change: TieChange, side: str, ends: tuple[str, str]) -> dict[str, Any]:
    because = found.why(side, ends)
    return {
        "tie": change.kind, "source": _node(found.nodes[ends[0]]), "target": _node(found.nodes[ends[1]]),
        "joined" if side == "gained" else "left": found.nodes[because].ref if because else None,
    }  # fmt: skip


def _node(node: Node) -> dict[str, str]:
    return {"ref": node.ref, "name": node.name}
