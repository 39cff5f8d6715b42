"""Where each node is drawn: communities first, then the members of each inside its circle.

Positions are in the units of the map (pixels at zoom 1), y downwards. The same table gives the same picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from analytics.edgetable import EdgeTable, Ends
from analytics.graphs import Graph, Points, seeded
from analytics.spacing import FreePlaces, least_distance, push_apart, set_in_rows

Numbers = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]
Place = tuple[float, float]

GAP = 100.0
"""Least distance between two nodes: room for a circle of 40 and a name below it."""
ROOM = 1.5 * GAP
"""Distance between two separate parts."""
WIDER = 1.3
"""Screens are wider than high, and names are written from left to right."""
DETAILED = 500
"""Nodes up to which time is spent on a good picture rather than on a quick one."""
SEED = 1


def positions(table: EdgeTable, communities: Numbers, previous: Mapping[str, Place] | None = None) -> dict[str, Place]:
    """Place every node; those with a previous place keep it, new ones come near the nodes they are tied to.

    communities: one number a node, in the order of the table, as find_communities gives them.
    Two nodes are GAP apart or more (except where two previous places are nearer), up to DETAILED nodes for certain.
    """
    ties = table.undirected().collapsed()
    kept = {
        node: place for node, place in (previous or {}).items() if node in ties.position and np.isfinite(place).all()
    }
    points = _fill_in(ties, communities, kept) if kept else _lay_out(ties.source, ties.target, communities)
    places = zip(ties.nodes, points.tolist(), strict=True)
    return {node: kept.get(node, (round(x, 1), round(y, 1))) for node, (x, y) in places}


@dataclass(frozen=True)
class _Group:
    """Some nodes and the ties among them, as positions in `nodes`."""

    nodes: Numbers
    source: Ends
    target: Ends


def _split(member: Numbers, source: Ends, target: Ends) -> list[_Group]:
    """Groups 0, 1, ... of a network; ties between two groups are left out."""
    groups = np.arange(int(member.max(initial=-1)) + 2)
    nodes = np.argsort(member, kind="stable")
    begin = np.searchsorted(member[nodes], groups)
    place = np.empty(len(member), dtype=np.int32)
    place[nodes] = np.arange(len(member)) - begin[member[nodes]]
    inside = np.flatnonzero(member[source] == member[target])
    inside = inside[np.argsort(member[source[inside]], kind="stable")]
    first = np.searchsorted(member[source[inside]], groups)
    ends = place[source[inside]], place[target[inside]]
    return [
        _Group(nodes[begin[i] : begin[i + 1]], *(end[first[i] : first[i + 1]] for end in ends)) for i in groups[:-1]
    ]


def _lay_out(source: Ends, target: Ends, communities: Numbers) -> Points:
    """Lay out a whole network: its separate parts in rows, the largest first, nodes without ties in rows below."""
    size = len(communities)
    if not size:
        return np.zeros((0, 2))
    parts = _split(connected_components(_matrix(source, target, size))[1], source, target)
    parts.sort(key=lambda part: -len(part.nodes))
    points, tied = np.zeros((size, 2)), sum(len(part.nodes) > 1 for part in parts)
    with seeded(SEED):
        for part in parts[:tied]:
            points[part.nodes] = _lay_out_part(part, communities[part.nodes])
    for part, centre in zip(parts, _set_parts(parts, tied, points), strict=True):
        points[part.nodes] += centre
    return points - _middle(points)


def _set_parts(parts: list[_Group], tied: int, points: Points) -> Points:
    """Where the middle of each part goes; single nodes, which come after those with ties, below all others."""
    rooms = np.full((len(parts), 2), ROOM)
    for number, part in enumerate(parts[:tied]):
        rooms[number] += np.ptp(points[part.nodes], axis=0)
    full_row = max(float(rooms[0, 0]), np.sqrt(rooms.prod(axis=1).sum()) * WIDER)
    above, below = set_in_rows(rooms[:tied], full_row), set_in_rows(rooms[tied:], full_row)
    below[:, 1] += (above[:, 1] + rooms[:tied, 1] / 2).max(initial=0)
    return np.concatenate([above, below])


def _lay_out_part(part: _Group, communities: Numbers) -> Points:
    """Lay out nodes that hang together: circles of communities, then their members."""
    size = len(part.nodes)
    member = np.unique(communities, return_inverse=True)[1]
    circles = _split(member, part.source, part.target)
    points = np.zeros((size, 2))
    for circle in circles:
        points[circle.nodes] = _lay_out_circle(circle)
    if len(circles) > 1:
        radius = np.array([np.hypot(*points[circle.nodes].T).max() + GAP / 2 for circle in circles])
        centres = _place_circles(member, part, radius)
        points = centres[member] + _turned(points, centres, member, part)
    if size <= DETAILED:
        points = push_apart(points, np.full(size, GAP / 2), rounds=200)
        points *= max(1.0, GAP / least_distance(points))
    return (points - _middle(points)) * (WIDER, 1)


def _lay_out_circle(circle: _Group) -> Points:
    """Lay out one community around the origin."""
    size = len(circle.nodes)
    if size == 1:
        return np.zeros((1, 2))
    graph = Graph(size, circle.source, circle.target)
    rounds = max(5, min(50, 50_000 // size))
    points = graph.kamada_kawai(_ring(size)) if size <= 40 else graph.fruchterman_reingold(_ring(size), rounds)
    return push_apart(_spread(points, GAP * np.sqrt(size) / 2), np.full(size, GAP / 2), rounds=10)


def _place_circles(member: Numbers, part: _Group, radius: npt.NDArray[np.float64]) -> Points:
    """Place the circles of communities so that those with many ties between them are neighbours."""
    one, two = np.sort([member[part.source], member[part.target]], axis=0)
    key, ties = np.unique((one * len(radius) + two)[one != two], return_counts=True)
    source, target = np.divmod(key, len(radius))
    graph = Graph(len(radius), source.astype(np.int32), target.astype(np.int32))
    rounds = 200 if len(radius) <= DETAILED else 20
    points = graph.fruchterman_reingold(_ring(len(radius)), rounds, weights=np.log1p(ties).tolist())
    centred = points - points.mean(axis=0)
    lying = centred @ np.linalg.svd(centred, full_matrices=False)[2].T  # the longest direction becomes the horizontal
    return push_apart(_spread(lying, np.sqrt((radius**2).sum()) / 2), radius, rounds=100)


def _turned(points: Points, centres: Points, member: Numbers, part: _Group) -> Points:
    """Turn, and where better mirror, each circle so that its members look towards those they are tied to outside."""
    outside = member[part.source] != member[part.target]
    own = np.concatenate([part.source[outside], part.target[outside]])
    other = np.concatenate([part.target[outside], part.source[outside]])
    place, centre = _complex(points), _complex(centres)
    towards = centre[member[other]] - centre[member[own]]
    towards /= np.abs(towards)
    plain, mirrored = np.zeros((2, len(centres)), dtype=np.complex128)
    np.add.at(plain, member[own], towards * place[own].conj())
    np.add.at(mirrored, member[own], towards * place[own])
    mirror = np.abs(mirrored) > np.abs(plain)
    turn = np.exp(1j * np.angle(np.where(mirror, mirrored, plain)))
    turned: npt.NDArray[np.complex128] = np.where(mirror[member], place.conj(), place) * turn[member]
    return np.column_stack([turned.real, turned.imag])


def _complex(points: Points) -> npt.NDArray[np.complex128]:
    """Points as complex numbers: to turn is to multiply, to mirror is to conjugate."""
    return points[:, 0] + 1j * points[:, 1]


def _fill_in(ties: EdgeTable, communities: Numbers, kept: Mapping[str, Place]) -> Points:
    """Leave known nodes where they are and place the new ones where there is room."""
    points, placed, free = np.zeros((len(ties.nodes), 2)), np.zeros(len(ties.nodes), dtype=bool), FreePlaces(GAP)
    for node, place in kept.items():
        points[ties.position[node]] = place
        placed[ties.position[node]] = True
        free.take(*place)
    if 2 * len(kept) < len(ties.nodes):
        return _renew(ties, communities, points, placed, free)
    both = _matrix(ties.source, ties.target, len(ties.nodes))
    while (ready := np.flatnonzero(~placed & (both @ placed > 0))).size:
        near = both[ready]
        wished = np.asarray(near @ (points * placed[:, None])) / np.asarray(near @ placed)[:, None]
        points[ready] = [free.nearest(x, y) for x, y in wished.tolist()]
        placed[ready] = True
    apart = np.flatnonzero(~placed)
    group = _split(placed.astype(np.int32), ties.source, ties.target)[0]
    below = _lay_out(group.source, group.target, communities[apart])
    points[apart] = below + _under(points[placed], below)
    return points


def _renew(ties: EdgeTable, communities: Numbers, points: Points, placed: Flags, free: FreePlaces) -> Points:
    """Where most nodes are new, draw a new picture around the few known ones."""
    fresh = _lay_out(ties.source, ties.target, communities)
    wished = fresh + points[placed].mean(axis=0) - fresh[placed].mean(axis=0)
    points[~placed] = [free.nearest(x, y) for x, y in wished[~placed].tolist()]
    return points


def _under(above: Points, below: Points) -> Points:
    """Move to apply to `below` so that it stands under `above`, centred."""
    top = above[:, 1].max() + ROOM - below[:, 1].min(initial=np.inf)
    return np.array([_middle(above)[0] - _middle(below)[0], top])


def _matrix(source: Ends, target: Ends, size: int) -> sparse.csr_array[np.float64, tuple[int, int]]:
    """Symmetric matrix with 1 for each tie."""
    half = sparse.csr_array((np.ones(len(source)), (source, target)), shape=(size, size))
    return sparse.csr_array(half + half.T)


def _middle(points: Points) -> Points:
    """Middle of the rectangle around the points."""
    return (
        (points.min(axis=0, initial=np.inf) + points.max(axis=0, initial=-np.inf)) / 2 if len(points) else np.zeros(2)
    )


def _ring(size: int) -> Points:
    """Points evenly on a circle: where every layout starts."""
    turn = np.arange(size) * 2 * np.pi / size
    return np.column_stack([np.cos(turn), np.sin(turn)])


def _spread(points: Points, distance: float) -> Points:
    """Centre the points on the origin and scale them to this mean (root mean square) distance from it."""
    centred = points - points.mean(axis=0)
    return centred * (distance / max(1e-9, np.sqrt((centred**2).sum(axis=1).mean())))
