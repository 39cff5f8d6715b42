"""The overview of a large network: its communities as circles, to be looked into one at a time (performance.md A)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from flask_babel import ngettext

from web.map.palette import STROKES, colour_of_community
from web.map.wording import label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from web.map.usecases import Spot, View

LEAST, MOST = 12.0, 60.0
THICKEST = 12.0


def circles(
    view: View, where: Mapping[str, tuple[float, float]], names: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A node for each community, in the middle of its members and called after the best connected; summed lines."""
    members: dict[int, list[Spot]] = defaultdict(list)
    for spot in view.spots:
        members[spot.community].append(spot)
    most = max(map(len, members.values()), default=1)
    numbers = {community: position for position, community in enumerate(sorted(members))}
    nodes = [_circle(numbers[community], community, members[community], most, where, names) for community in numbers]
    community_of = {spot.node.id: numbers[spot.community] for spot in view.spots}
    between = Counter(
        (min(ends), max(ends))
        for ends in ((community_of[line.source], community_of[line.target]) for line in view.lines)
        if ends[0] != ends[1]
    )
    return nodes, [_line(one, other, n) for (one, other), n in sorted(between.items())]


def _circle(
    number: int, community: int, members: list[Spot], most: int, where: Mapping[str, tuple[float, float]],
    names: Mapping[str, str],
) -> dict[str, Any]:  # fmt: skip
    first = max(members, key=lambda spot: (spot.partners, spot.node.id))
    places = [where[spot.node.id] for spot in members]
    name = names[first.node.id]
    return {
        "id": number,
        "record": "",
        "community": community,
        "name": name,
        "label": label(name),
        "about": ngettext(
            "%(num)s partner works mostly here", "%(num)s partners work mostly with each other", len(members)
        ),
        "x": round(sum(x for x, _ in places) / len(places), 1),
        "y": round(sum(y for _, y in places) / len(places), 1),
        "size": round(LEAST + (MOST - LEAST) * (len(members) / most) ** 0.5, 1),
        "shape": "dot",
        "color": colour_of_community(community),
        "border": 1,
    }


def _line(one: int, other: int, n: int) -> dict[str, Any]:
    stroke = STROKES["observed"]
    title = ngettext("%(num)s pair works together", "%(num)s pairs work together", n)
    return {
        "from": one, "to": other, "title": title, "gap": "", "arrow": False,
        "width": round(min(THICKEST, 1 + n**0.5), 1), "dashes": [], "color": stroke.colour,
    }  # fmt: skip
