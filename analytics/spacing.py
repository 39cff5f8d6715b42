"""Room between what is drawn: circles pushed apart, boxes set in rows, free places found."""

from math import cos, floor, hypot, pi, sin, sqrt

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

Points = npt.NDArray[np.float64]
Lengths = npt.NDArray[np.float64]

Pairs = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]

NEAREST = 24
GOLDEN_ANGLE = pi * (3 - sqrt(5))


def sunflower(number: int) -> tuple[float, float]:
    """The number-th of points that spread evenly around the origin, a unit or more apart, none twice."""
    distance, turn = sqrt(number), number * GOLDEN_ANGLE
    return distance * cos(turn), distance * sin(turn)


def push_apart(points: Points, radius: Lengths, rounds: int) -> Points:
    """Move circles as little as needed so that they do not overlap; a crowd may need more rounds than given.

    points: n x 2 centres.  radius: n.  Returns new centres.
    """
    turn = np.arange(len(points))
    placed = points + 1e-3 * np.column_stack([np.cos(turn), np.sin(turn)])  # no two in the very same place
    for _ in range(rounds):
        one, two = _near_pairs(placed, 2 * float(radius.max(initial=0)))
        way = placed[two] - placed[one]
        distance = np.hypot(way[:, 0], way[:, 1])
        overlap = radius[one] + radius[two] - distance
        close = overlap > 1e-3
        if not close.any():
            break
        step = way[close] * (overlap[close] / np.maximum(distance[close], 1e-9) / 2)[:, None]
        np.add.at(placed, one[close], -step)
        np.add.at(placed, two[close], step)
    return placed


def _near_pairs(points: Points, reach: float) -> Pairs:
    """Pairs of points up to `reach` apart; in a crowd only those with the NEAREST, lest every pair be one."""
    tree, size = cKDTree(points), len(points)
    if tree.count_neighbors(tree, reach) <= 2 * NEAREST * size:
        pairs = tree.query_pairs(reach, output_type="ndarray")
        return pairs[:, 0], pairs[:, 1]
    near = np.asarray(tree.query(points, k=range(2, min(size, NEAREST) + 1))[1], dtype=np.int64)
    one, two = np.repeat(np.arange(size), near.shape[1]), near.ravel()
    return np.divmod(np.unique(np.minimum(one, two) * size + np.maximum(one, two)), size)


def least_distance(points: Points) -> float:
    """Distance of the two nearest points; infinite for fewer than two."""
    distance = np.asarray(cKDTree(points).query(points, k=2)[0])
    return float(np.min(distance[:, 1], initial=np.inf))


def set_in_rows(boxes: Lengths, full_row: float) -> Points:
    """Centres of boxes (n x 2: width, height) set in rows in their order, each centred at x = 0, from y = 0 down."""
    centres = np.zeros(boxes.shape)
    start, top = 0, 0.0
    while start < len(boxes):
        ends = np.cumsum(boxes[start:, 0])
        row = slice(start, start + max(1, int(np.searchsorted(ends, full_row, side="right"))))
        width, height = boxes[row].T
        centres[row, 0] = ends[: len(width)] - width / 2 - width.sum() / 2
        centres[row, 1] = top + height.max() / 2
        start, top = row.stop, top + float(height.max())
    return centres


class FreePlaces:
    """What is taken on the map, and the nearest free place to a wished one, at least `gap` from all others."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self._taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
        self._tried: dict[tuple[int, int], int] = {}

    def take(self, x: float, y: float) -> None:
        """Mark a place as taken."""
        self._taken.setdefault(self._cell(x, y), []).append((x, y))

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """Find a free place near the wished one and take it."""
        cell = self._cell(x, y)
        number = self._tried.get(cell, 0)  # nearer ones were taken when somebody last wished for this neighbourhood
        while True:
            right, down = sunflower(number)
            place = x + right * self._gap / 2, y + down * self._gap / 2
            number += 1
            if self._is_free(*place):
                self._tried[cell] = number
                self.take(*place)
                return place

    def _is_free(self, x: float, y: float) -> bool:
        column, row = self._cell(x, y)
        around = [(column + right, row + down) for right in (-1, 0, 1) for down in (-1, 0, 1)]
        return all(hypot(x - a, y - b) >= self._gap for cell in around for a, b in self._taken.get(cell, ()))

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        return floor(x / self._gap), floor(y / self._gap)
