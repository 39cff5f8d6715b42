from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.packs.content import MapNode, MapTie, NetworkMap, NodeKind
from web.packs.drawing import HEIGHT, WIDTH, Box, drawn

KINDS = (NodeKind("partner", "square", "#14586b"),)
COORDINATE = st.floats(-1000, 1000, allow_nan=False)
NAMES = st.text(alphabet="abcdeжзи ", min_size=1, max_size=60)


@st.composite
def networks(draw):
    spots = draw(st.lists(st.tuples(COORDINATE, COORDINATE, NAMES), max_size=40))
    nodes = tuple(MapNode(str(i), name, "partner", x, y) for i, (x, y, name) in enumerate(spots))
    ends = st.integers(0, max(len(nodes) - 1, 0)).map(str)
    ties = draw(st.lists(st.builds(MapTie, ends, ends, st.booleans()), max_size=30))
    return NetworkMap(KINDS, nodes, tuple(ties) if nodes else ())


@settings(deadline=None, max_examples=80)
@given(networks())
def test_everything_stands_inside_the_frame_and_no_names_overlap(network):
    picture = drawn(network)
    for node in picture["nodes"]:
        assert 0 <= node["x"] <= WIDTH
        assert 0 <= node["y"] <= HEIGHT
    boxes = [Box(label["x"], label["y"], label["width"], 3.2) for label in picture["labels"]]
    assert all(box.inside_frame() for box in boxes)
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))


@settings(deadline=None, max_examples=80)
@given(networks())
def test_every_node_is_named_beside_its_mark_or_in_the_list(network):
    picture = drawn(network)
    assert len(picture["labels"]) + len(picture["listed"]) == len(network.nodes)
    numbers = sorted(node["number"] for node in picture["nodes"] if node["number"])
    assert numbers == sorted(entry["number"] for entry in picture["listed"]) == list(range(1, len(numbers) + 1))


def test_proportions_are_kept():
    square = tuple(MapNode(str(i), "", "partner", x, y) for i, (x, y) in enumerate([(0, 0), (0, 2), (2, 0), (2, 2)]))
    spots = [(node["x"], node["y"]) for node in drawn(NetworkMap(KINDS, square))["nodes"]]
    assert spots[2][0] - spots[0][0] == pytest.approx(spots[1][1] - spots[0][1])


def test_a_tie_to_a_node_not_drawn_is_left_out_and_missing_ones_are_marked():
    nodes = (MapNode("a", "A", "partner", 0, 0), MapNode("b", "B", "stranger", 1, 1))
    picture = drawn(NetworkMap(KINDS, nodes, (MapTie("a", "b", missing=True), MapTie("a", "gone"))))
    assert [tie["missing"] for tie in picture["ties"]] == [True]
    assert [node["shape"] for node in picture["nodes"]] == ["square", "dot"]


@pytest.mark.parametrize(
    ("line", "crossed"),
    [
        (((0, 0), (10, 10)), True),
        (((5, 0), (5, 10)), True),
        (((4.5, 4.5), (5.5, 5.5)), True),
        (((0, 5), (3, 5)), False),
        (((0, 9), (10, 9)), False),
        (((0, 6), (4, 10)), False),
    ],
)
def test_a_line_through_a_name_is_noticed(line, crossed):
    assert Box(4, 4, 2, 2).is_crossed(line) is crossed
