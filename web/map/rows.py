"""The map as a table: partner by partner, and as rows of nodes and edges for files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from web.map.wording import line_text, missing_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from web.map.usecases import Spot, View

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Partner:
    """Another end of a line: who, how we know (also as a code), and the gap where the tie is missing."""

    id: str
    name: str
    evidence: str
    text: str
    gap: str = ""


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One organisation with all it is tied to on this map."""

    spot: Spot
    name: str
    place: str
    partners: list[Partner]


def partner_rows(view: View, names: Mapping[str, str], places: Mapping[str, str]) -> list[PartnerRow]:
    """Everything the drawing shows, by name; in a row what is missing comes first."""
    tied: dict[str, list[Partner]] = defaultdict(list)
    for line in view.lines:
        text = line_text(line)
        for own, other in ((line.source, line.target), (line.target, line.source)):
            tied[own].append(Partner(other, names[other], line.evidence, text))
    for gap in view.missing:
        for own, other in ((gap.source, gap.target), (gap.target, gap.source)):
            tied[own].append(Partner(other, names[other], "missing", missing_text(gap, names), gap.gap))
    rows = [
        PartnerRow(
            spot, names[spot.node.id], places.get(spot.node.id, ""),
            sorted(tied[spot.node.id], key=lambda partner: (partner.evidence != "missing", partner.name.casefold())),
        )
        for spot in view.spots
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.name.casefold())


def network_rows(view: View, language: str, places: Mapping[str, str]) -> tuple[list[Row], list[Row]]:
    """Nodes and edges of the map for files that other programs read; codes, not words."""
    nodes = [
        {"id": spot.node.ref, "name": spot.node.called(language), "kind": spot.node.kind,
         "level": spot.node.level or "", "place": places.get(spot.node.id, "")}
        for spot in view.spots
    ]  # fmt: skip
    refs = {spot.node.id: spot.node.ref for spot in view.spots}
    edges = [
        {"source": refs[tie.source], "target": refs[tie.target], "relation": tie.kind,
         "directed": "no" if tie.undirected else "yes", "evidence": tie.evidence,
         "frequency": str(tie.n) if tie.exact else ""}
        for line in view.lines
        for tie in line.ties
    ]  # fmt: skip
    return nodes, edges
