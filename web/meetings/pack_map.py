"""The map of a pack: organisations where they stand on the page Map, the ties seen between them, those missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext

from analytics.thresholds import DEFAULTS
from graphdb import ties
from web.language import code
from web.map import palette, usecases
from web.packs import content

if TYPE_CHECKING:
    from datetime import date

    from graphdb.actors import Viewer
    from graphdb.connection import Graph

MOST = 150
"""Organisations that a page of paper can show; a larger network is looked at on the screen."""


def network(graph: Graph, on: date, viewer: Viewer) -> content.NetworkMap | None:
    """The whole map as of a day; None for a network that is empty or too large for a page."""
    whole = ties.network(graph)
    asked = ties.Asked(ties.KINDS_OF_TIE, on, DEFAULTS.window_days)
    shown = usecases.view(whole, usecases.Wish(asked), viewer)
    if not shown.spots or len(shown.spots) > MOST:
        return None
    where = usecases.places(graph, whole, on)
    families = {spot.node.id: palette.family_of(spot.node.kind) for spot in shown.spots}
    used = [family for family in (*palette.FAMILIES, palette.OTHERS) if family in families.values()]
    nodes = tuple(
        content.MapNode(spot.node.id, spot.node.called(code()), str(families[spot.node.id].word), *where[spot.node.id])
        for spot in shown.spots
        if spot.node.id in where
    )
    there = {node.id for node in nodes}
    drawn = [content.MapTie(line.source, line.target) for line in shown.lines]
    drawn += [content.MapTie(gap.source, gap.target, missing=True) for gap in shown.missing]
    return content.NetworkMap(
        kinds=tuple(content.NodeKind(str(family.word), family.shape, family.colour) for family in used),
        nodes=nodes,
        ties=tuple(tie for tie in drawn if tie.a in there and tie.b in there),
        caption=gettext(
            "Ties seen in the last %(days)s days; positions as on the page Map.", days=DEFAULTS.window_days
        ),
    )
