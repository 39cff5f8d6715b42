"""The map as vis-network draws it: pyvis holds nodes, edges and options; none of its HTML is ever made (M11).

The only import of pyvis. Its lists are filled directly (`add_edge` compares every edge with every other), and what goes
out is data in columns: labels and titles are plain text.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from graphdb.catalogue import tie
from web.map.circles import circles
from web.map.palette import OUTLINE, STROKES, Stroke, colour_of_community, colour_of_level, family_of
from web.map.wording import about, label, line_text, missing_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from web.map.usecases import Line, Spot, View, Wish

HIDE_LINES_FROM = 400
"""Lines from which they are hidden while the map moves."""
LEAST, MOST = 9.0, 24.0
Rows = list[dict[str, Any]]


def drawn(
    view: View, wish: Wish, where: Mapping[str, tuple[float, float]], names: Mapping[str, str], at: Mapping[str, str]
) -> dict[str, Any]:
    """Nodes and edges in columns, and the options. names, at: name and place of each organisation in words."""
    return packed(*(circles(view, where, names) if view.overview else _parts(view, wish, where, names, at)))


def packed(nodes: Rows, edges: Rows) -> dict[str, Any]:
    """Any drawing of nodes and edges as the script of the map takes it."""
    from pyvis.network import Network  # noqa: PLC0415 - a third of a second, needed by no other page

    net = Network(directed=True)
    net.nodes, net.edges = nodes, edges
    net.toggle_physics(False)
    net.options.edges.smooth.enabled = False
    net.options.interaction.hideEdgesOnDrag = len(net.edges) >= HIDE_LINES_FROM
    *data, _, _, _, options = net.get_network_data()
    return {"nodes": _columns(data[0]), "edges": _columns(data[1]), "options": _usable(json.loads(options))}


def _parts(
    view: View, wish: Wish, where: Mapping[str, tuple[float, float]], names: Mapping[str, str], at: Mapping[str, str]
) -> tuple[Rows, Rows]:
    """Every organisation and every pair."""
    number = {spot.node.id: position for position, spot in enumerate(view.spots)}
    nodes = [
        _node(position, spot, wish, where[spot.node.id], names[spot.node.id], at.get(spot.node.id, ""))
        for position, spot in enumerate(view.spots)
    ]
    edges = [_edge(line, number, wish) for line in view.lines]
    edges += [
        {"from": number[gap.source], "to": number[gap.target], "title": missing_text(gap, names), "gap": gap.gap, "arrow": False,
         **_stroke(STROKES["missing"])}
        for gap in view.missing
    ]  # fmt: skip
    return nodes, edges


def _node(position: int, spot: Spot, wish: Wish, where: tuple[float, float], name: str, place: str) -> dict[str, Any]:
    family = family_of(spot.node.kind)
    colours = {
        "kind": family.colour,
        "level": colour_of_level(spot.node.level),
        "community": colour_of_community(spot.community),
    }
    return {
        "id": position,
        "record": spot.node.id,
        "community": -1,
        "name": name,
        "label": label(name),
        "about": about(spot, place),
        "x": where[0],
        "y": where[1],
        "size": round(LEAST + (MOST - LEAST) * spot.size**0.5, 1),
        "shape": family.shape,
        "color": colours[wish.colour],
        "border": 4 if spot.node.id == wish.focus else 1,
    }


def _edge(line: Line, number: Mapping[str, int], wish: Wish) -> dict[str, Any]:
    stroke = STROKES[line.evidence]
    only = wish.asked.kinds[0] if len(wish.asked.kinds) == 1 else ""
    if only:
        stroke = Stroke(stroke.width, stroke.dashes, tie(only).colour)
    return {
        "from": number[line.source], "to": number[line.target], "title": line_text(line), "gap": "",
        "arrow": line.arrow and bool(only), **_stroke(stroke),
    }  # fmt: skip


def _stroke(stroke: Stroke) -> dict[str, Any]:
    return {"width": stroke.width, "dashes": list(stroke.dashes), "color": stroke.colour}


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """One list a field: a third of the bytes of one object a row."""
    return {key: [row[key] for row in rows] for key in rows[0]} if rows else {}


def _usable(options: dict[str, Any]) -> dict[str, Any]:
    """pyvis's options without those vis-network 9 does not know, and with the outline of nodes."""
    options.pop("configure", None)
    edges = cast("dict[str, Any]", options["edges"])
    edges["smooth"] = {"enabled": bool(edges["smooth"]["enabled"])}
    edges.pop("color", None)
    return {**options, "outline": OUTLINE}
