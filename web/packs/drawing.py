"""Where the map's marks and names stand on the page: millimetres from the frame's upper left corner.

The network keeps its proportions. A name stands beside its mark where it meets no other mark or name; where it fits
nowhere, the mark carries a number and the name stands in the list below the map.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from web.packs.content import MapNode, NetworkMap
from web.packs.lettering import shortened

WIDTH, HEIGHT = 170.0, 145.0
_MARK = 1.7  # radius
_MARGIN = 4.0
_LETTER, _LINE = 1.45, 3.2  # mean width and height of a sign at 8 points
_LONGEST = 34


Spot = tuple[float, float]
Line = tuple[Spot, Spot]


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    width: float
    height: float
    side: str = ""

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )

    def is_crossed(self, line: Line) -> bool:
        """Whether the line meets the box: some part of it lies between both pairs of sides (Liang and Barsky 1984)."""
        (x1, y1), (x2, y2) = line
        first, last = 0.0, 1.0
        for start, step, low, high in (
            (x1, x2 - x1, self.left, self.left + self.width),
            (y1, y2 - y1, self.top, self.top + self.height),
        ):
            if step == 0:
                if not low <= start <= high:
                    return False
                continue
            near, far = sorted(((low - start) / step, (high - start) / step))
            first, last = max(first, near), min(last, far)
        return first <= last

    def inside_frame(self) -> bool:
        return self.left >= 0 and self.top >= 0 and self.left + self.width <= WIDTH and self.top + self.height <= HEIGHT


def drawn(network: NetworkMap) -> dict[str, Any]:
    """The map as shapes: marks of `nodes`, lines of `ties`, `labels` beside marks, and `listed` names by number.

    A tie to a node that is not on the map is left out; a node of an unknown kind is a plain dot.
    """
    spots = _scaled(network.nodes)
    degrees = Counter(end for tie in network.ties for end in (tie.a, tie.b))
    order = sorted(network.nodes, key=lambda node: (-degrees[node.id], node.id))
    ties = [tie for tie in network.ties if tie.a in spots and tie.b in spots]
    labels = _labels(order, spots, [(spots[tie.a], spots[tie.b]) for tie in ties])
    unlabelled = [node for node in order if node.id not in labels]
    numbers = {node.id: place for place, node in enumerate(unlabelled, 1)}
    kinds = {kind.word: kind for kind in network.kinds}
    return {
        "width": WIDTH,
        "height": _used_height(spots),
        "ties": [_line(spots[tie.a], spots[tie.b], tie.missing) for tie in ties],
        "nodes": [
            {
                "x": spots[node.id][0],
                "y": spots[node.id][1],
                "shape": kinds[node.kind].shape if node.kind in kinds else "dot",
                "colour": kinds[node.kind].colour if node.kind in kinds else "",
                "number": numbers.get(node.id, 0),
            }
            for node in network.nodes
        ],
        "labels": [
            {"x": box.left, "y": box.top, "width": box.width, "side": box.side, "text": shortened(node.label, _LONGEST)}
            for node in order
            if (box := labels.get(node.id))
        ],
        "listed": [{"number": numbers[node.id], "text": node.label} for node in unlabelled],
        "kinds": [{"word": kind.word, "shape": kind.shape, "colour": kind.colour} for kind in network.kinds],
        "missing": any(tie.missing for tie in network.ties),
    }


def _scaled(nodes: tuple[MapNode, ...]) -> dict[str, Spot]:
    if not nodes:
        return {}
    left, top = min(node.x for node in nodes), min(node.y for node in nodes)
    across = max(node.x for node in nodes) - left
    down = max(node.y for node in nodes) - top
    room_x, room_y = WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN
    scale = min(room_x / across if across else room_x, room_y / down if down else room_y)
    shift = _MARGIN + (room_x - across * scale) / 2
    return {
        node.id: (round(shift + (node.x - left) * scale, 2), round(_MARGIN + (node.y - top) * scale, 2))
        for node in nodes
    }


def _used_height(spots: dict[str, Spot]) -> float:
    return max((y for _, y in spots.values()), default=0.0) + _MARGIN


def _labels(order: list[MapNode], spots: dict[str, Spot], lines: list[Line]) -> dict[str, Box]:
    """Boxes of the names that fit, the best connected first, each where the fewest ties run through it."""
    taken = [Box(x - _MARK, y - _MARK, 2 * _MARK, 2 * _MARK) for x, y in spots.values()]
    boxes: dict[str, Box] = {}
    for node in order:
        text = shortened(node.label, _LONGEST)
        free = [box for box in _places(text, *spots[node.id]) if _is_free(box, taken)]
        if text and free:
            boxes[node.id] = min(free, key=lambda box: sum(box.is_crossed(line) for line in lines))
            taken.append(boxes[node.id])
    return boxes


def _places(text: str, x: float, y: float) -> list[Box]:
    width, gap = len(text) * _LETTER + 0.6, _MARK + 0.5
    beside = y - _LINE / 2
    return [
        Box(x + gap, beside, width, _LINE, "right"),
        Box(x - gap - width, beside, width, _LINE, "left"),
        Box(x - width / 2, y + gap - 0.3, width, _LINE, "below"),
        Box(x - width / 2, y - gap - _LINE + 0.3, width, _LINE, "above"),
    ]


def _is_free(box: Box, taken: list[Box]) -> bool:
    return box.inside_frame() and not any(box.meets(other) for other in taken)


def _line(start: Spot, end: Spot, missing: bool) -> dict[str, Any]:
    return {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1], "missing": missing}
