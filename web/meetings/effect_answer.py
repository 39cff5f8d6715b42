"""What a meeting brought about, as `flask meetings effect REF --format json` answers (docs/manual/commands.md)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from web.answers import head, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analytics.meeting_effect import Beside, Gained
    from graphdb.meetings.effect import Neighbour
    from graphdb.naming import Name
    from web.meetings.effect import Effect, Kept, TreatedGap


def answer(found: Effect, names: Mapping[str, Name]) -> dict[str, Any]:
    """The whole answer; days and moments as such."""
    around = found.around
    window = (around.on + timedelta(days=1), found.until) if found.until > around.on else None
    return {
        **head(found.on, window, {}),
        "meeting": _meeting(found, names), "previous": _neighbour(around.previous), "next": _neighbour(around.next),
        "figures": _figures(found), "gaps": [_gap(each) for each in found.gaps],
        "ties": [_tie(each, names) for each in found.gained], "actions": [_action(each, names) for each in found.actions],
        "pairs": [_pair(each, names) for each in found.pairs],
    }  # fmt: skip


def _ids(ref: str, ulid: str) -> dict[str, str]:
    return {"id": ref, "ref": ref, "ulid": ulid}


def _meeting(found: Effect, names: Mapping[str, Name]) -> dict[str, Any]:
    meeting = found.meeting
    return {
        **_ids(meeting.ref, meeting.id), "title": meeting.name, "on": found.around.on, "state": meeting.state,
        "series": meeting.series and key_of(meeting.series["id"], names),
    }  # fmt: skip


def _neighbour(other: Neighbour | None) -> dict[str, Any] | None:
    return other and {**_ids(other["ref"], other["id"]), "on": other["on"]}


def _gap(each: TreatedGap) -> dict[str, Any]:
    gap = each.gap
    return {
        **_ids(each.ref, gap["id"]), "class": gap["cls"], "state": gap["state"], "first_seen": gap["first_seen"],
        "last_seen": gap["last_seen"], "gone_on": gap["gone_on"], "closed_by_then": each.closed,
    }  # fmt: skip


def _tie(each: Gained, names: Mapping[str, Name]) -> dict[str, Any]:
    tie = each.tie
    return {
        "kind": tie.kind, "source": key_of(tie.source, names), "target": key_of(tie.target, names),
        "directed": not tie.undirected, "n": tie.n, "first": tie.first, "new_pair": each.first,
    }  # fmt: skip


def _action(each: Kept, names: Mapping[str, Name]) -> dict[str, Any]:
    action = each.action
    return {
        **_ids(action["ref"], action["id"]), "owner": action["owner"] and key_of(action["owner"]["id"], names),
        "due": action["due"], "done_on": action["done_on"], "outcome": each.outcome,
    }  # fmt: skip


def _pair(pair: Beside, names: Mapping[str, Name]) -> dict[str, Any]:
    return {
        "one": key_of(pair.one, names), "other": key_of(pair.other, names), "declared": pair.declared,
        "confirmed": pair.confirmed, "observed_before": list(pair.before), "observed_after": list(pair.after),
    }  # fmt: skip


def _figures(found: Effect) -> dict[str, dict[str, float | int | None]]:
    """Every share as value and n; null where there is nothing to take it of or nobody said what is required."""
    shares = {
        name: {
            "value": share.part / share.whole if share and share.whole else None,
            "n": share.whole if share else None,
        }
        for name, share in found.shares.items()
    }
    age, n = found.waiting
    return {**shares, "carry_over_age_days": {"value": age, "n": n}}
