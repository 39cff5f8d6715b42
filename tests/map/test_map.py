"""The map's data: what is on it, who may see what of it, where it stands, and that it is sent once."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from graphdb import records
from graphdb.actors import OWNER
from graphdb.catalogue import kind_of
from graphdb.connection import METER, Meter
from graphdb.records import New
from graphdb.ties import Asked, network
from graphdb.writes import change
from tests.ties.world import TESTER, TODAY, World, ago
from web.map.usecases import Wish, view
from web.map.wording import LABEL_LINE, label

ON = f"as_of={TODAY}"


@pytest.fixture
def world(graph):
    made = World(graph)
    made.organisations("a", "b", "c", "d", "e")
    for days in (1, 2, 3):
        made.referral("a", "b", ago(days))
    made.declared("b", "c")
    made.meeting(ago(200), "c", "d")
    made.make(
        "Gap",
        links={"source_organisation": "a", "target_organisation": "c"},
        key="C2:ac",
        cls="C2",
        state="detected",
        first_seen=ago(50),
    )
    return made


def shown(world, **wish):
    found = view(network(world.graph), Wish(Asked(("referral", "meeting", "declared"), TODAY, 180), **wish), OWNER)
    names = {record: name for name, record in world.ids.items()}
    spots = {spot.node.name for spot in found.spots}
    return spots, {(names[line.source], names[line.target], line.evidence, line.arrow) for line in found.lines}, found


def data(someone, query=ON):
    answer = someone.get(f"/map/data?{query}")
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)


def test_a_pair_is_one_line_of_its_strongest_evidence(world):
    spots, lines, found = shown(world)
    assert spots == {"a", "b", "c", "d", "e"}
    assert lines == {("a", "b", "observed", True), ("b", "c", "declared", True)}, "the meeting is older than the window"
    world.referral("b", "a", ago(1))
    world.meeting(ago(5), "b", "c")
    assert shown(world)[1] == {("a", "b", "observed", False), ("b", "c", "observed", False)}
    assert [gap.cls for gap in found.missing] == ["C2"]


def test_a_plenary_draws_no_lines_unless_who_met_is_asked_for(world):
    world.meeting(ago(3), "a", "b", "c", "d", "e")
    _, lines, found = shown(world)
    assert {(one, other) for one, other, *_ in lines} == {("a", "b"), ("b", "c")}
    assert found.only_met == 8
    met = view(network(world.graph), Wish(Asked(("meeting",), TODAY, 180)), OWNER)
    assert (len(met.lines), met.only_met) == (10, 0)


def test_a_focus_shows_one_or_two_steps(world):
    assert shown(world, focus=world["a"])[0] == {"a", "b"}
    spots, _, found = shown(world, focus=world["a"], steps=2)
    assert (spots, found.filtered) == ({"a", "b", "c"}, 2)


def test_a_missing_tie_is_there_while_its_gap_is_open_on_the_day(world):
    def missing(as_of=TODAY, **wish):
        return view(network(world.graph), Wish(Asked(("referral",), as_of, 180), **wish), OWNER).missing

    assert len(missing()) == 1
    assert missing(as_of=ago(51)) == ()
    assert missing(missing=False) == ()
    world.make(
        "Gap",
        links={"source_organisation": "a", "target_organisation": "d"},
        key="C6:ad",
        cls="C6",
        state="closed_verified",
    )
    assert len(missing()) == 1


def test_a_missing_tie_says_why_and_links_to_its_gap(world, sign_in):
    reasons = '[{"code": "no_tie", "days": 180}]'
    gap = world.make(
        "Gap",
        links={"source_organisation": "a", "target_organisation": "e"},
        key="C2:ae",
        cls="C2",
        state="confirmed",
        reasons=reasons,
    )
    edges = data(sign_in("coordinator"))["edges"]
    text = edges["title"][edges["gap"].index(gap)]
    assert text.startswith("missing: paper tie; ")
    assert edges["dashes"][edges["gap"].index(gap)]
    assert gap in sign_in("manager").get(f"/map/?{ON}").text, "the table links to it"
    leaders = sign_in("leader")
    assert gap not in data(leaders)["edges"]["gap"], "gaps between partners are not for leaders"
    assert gap not in leaders.get(f"/map/?{ON}").text


def test_places_are_kept_from_visit_to_visit_and_a_new_partner_moves_nobody(world, sign_in):
    someone = sign_in("coordinator")

    def where():
        nodes = data(someone)["nodes"]
        return {name: (x, y) for name, x, y in zip(nodes["name"], nodes["x"], nodes["y"], strict=True)}

    first = where()
    assert len(set(first.values())) == 5
    world.organisations("new")
    world.referral("new", "a", ago(1))
    second = where()
    assert {name: second[name] for name in first} == first
    assert "new" in second
    assert where() == second


def test_unchanged_data_is_not_sent_again_and_asks_the_database_nothing(world, sign_in):
    someone = sign_in("coordinator")
    first = someone.get(f"/map/data?{ON}")
    tag = {"If-None-Match": first.headers["ETag"]}
    meter = Meter()
    token = METER.set(meter)
    try:
        again = someone.get(f"/map/data?{ON}", headers=tag)
    finally:
        METER.reset(token)
    assert (again.status_code, again.data, meter.statements) == (304, b"", 1), "only the session's statement"
    assert someone.get(f"/map/data?{ON}&size=degree", headers=tag).status_code == 200
    assert sign_in("partner", organisation=world["a"]).get(f"/map/data?{ON}", headers=tag).status_code == 200
    world.organisations("new")
    assert someone.get(f"/map/data?{ON}", headers=tag).status_code == 200


def test_the_page_stays_within_its_statements(world, sign_in):
    someone = sign_in("coordinator")
    someone.get("/dictionary")  # the first page keeps the token of its forms in the session
    for url in (f"/map/?{ON}", f"/map/data?{ON}", f"/ties/?{ON}", f"/measures/?{ON}"):
        world.organisations("another")
        meter = Meter()
        token = METER.set(meter)
        try:
            assert someone.get(url).status_code == 200
        finally:
            METER.reset(token)
        placed = 3 if "data" in url else 0
        assert meter.statements <= 1 + 3 + placed, url
        assert meter.records <= 30, url


def test_others_see_counts_of_cases_rounded_or_as_fewer_than_5_and_months(world, sign_in):
    ask = f"{ON}&tie=referral"
    assert "3 referrals" in data(sign_in("coordinator"), ask)["edges"]["title"][0]
    assert "3 referrals" in data(sign_in("partner", organisation=world["a"]), ask)["edges"]["title"][0]
    for reader in (sign_in("partner", organisation=world["c"]), sign_in("manager"), sign_in("leader")):
        text = data(reader, ask)["edges"]["title"][0]
        assert "fewer than 5" in text
        assert "March 2026" in text
        assert "30" not in text
        page = reader.get(f"/ties/?{ask}").text
        assert "fewer than 5 referrals" in page
        assert "Mar 30" not in page
        assert "2026-03-30" not in reader.get(f"/ties/?{ask}&format=csv").text
    for _ in range(4):
        world.referral("a", "b", ago(4))
    assert "about 5 referrals" in data(sign_in("manager"), ask)["edges"]["title"][0]


def test_only_who_may_compare_organisations_sizes_by_a_measure(world, sign_in):
    ask = f"{ON}&size=betweenness"
    assert data(sign_in("manager"), ask)["nodes"]["size"] != data(sign_in("manager"))["nodes"]["size"]
    partner = sign_in("partner", organisation=world["a"])
    assert data(partner, ask)["nodes"]["size"] == data(partner)["nodes"]["size"]
    assert "betweenness" not in partner.get(f"/map/?{ON}").text


def test_the_administrator_sees_no_map(world, sign_in):
    someone = sign_in("administrator")
    for url in ("/map/", "/map/data", "/map/graphml", "/ties/", "/measures/"):
        assert someone.get(url).status_code == 403, url


def test_leaders_and_mentors_are_never_on_the_map(world, sign_in):
    for name, role in (("Leader Name", "leader"), ("Mentor Name", "mentor")):
        world.make("Person", name, role_class=role)
    answer = sign_in("coordinator").get(f"/map/data?{ON}").text
    assert "Leader Name" not in answer
    assert "Mentor Name" not in answer


def test_an_archived_partner_leaves_the_map_and_is_counted(world, sign_in):
    change(world.graph, TESTER, lambda c: records.archive(c, kind_of("Organisation"), world["b"]) or "")
    someone = sign_in("coordinator")
    assert "b" not in data(someone)["nodes"]["name"]
    assert "archived organisations: 1" in someone.get(f"/map/?{ON}").text


def test_what_an_address_asks_for_wrongly_is_ignored(world, sign_in):
    someone = sign_in("coordinator")
    odd = "tie=x&window=-3&kind=x&place=x&focus=x&steps=9&size=x&colour=x&community=x&endpoint=x&_external=1&_scheme=javascript&relation=x"
    for url in ("/map/", "/map/data", "/map/graphml", "/ties/", "/measures/"):
        answer = someone.get(f"{url}?{odd}")
        assert answer.status_code == 200, url
        assert "javascript:" not in answer.text
    assert someone.get("/map/?as_of=yesterday").status_code == 400


def test_a_large_network_is_circles_first_and_whole_inside_one(graph, sign_in):
    world = World(graph)
    rows = [New({"name": f"partner {n:04}", "kind": "ngo"}) for n in range(1_010)]
    ids: list[str] = []

    def work(c):
        ids[:] = records.create_many(c, graph, kind_of("Organisation"), rows)
        ties = [
            New(
                {"topic": "works_with", "status": "declared"},
                {"source_organisation": [ids[n]], "target_organisation": [ids[n - n % 10]]},
            )
            for n in range(1_010)
            if n % 10
        ]
        records.create_many(c, graph, kind_of("DeclaredTie"), ties)
        return ""

    change(world.graph, TESTER, work)
    someone = sign_in("coordinator")
    nodes = data(someone)["nodes"]
    assert len(nodes["id"]) == 101
    assert set(nodes["record"]) == {""}
    inside = data(someone, f"{ON}&community={nodes['community'][0]}")["nodes"]
    assert len(inside["record"]) == 10
    assert set(inside["record"]) <= set(ids)


def test_graphml_names_whoever_is_on_the_map_and_is_well_formed(world, sign_in):
    world.organisations("<b>&\"'")
    answer = sign_in("coordinator").get(f"/map/graphml?{ON}")
    assert "attachment" in answer.headers["Content-Disposition"]
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = fromstring(answer.data)
    assert len(root.findall(f".//{space}node")) == 6
    assert len(root.findall(f".//{space}edge")) == 2
    assert any(part.text == "<b>&\"'" for part in root.iter(f"{space}data"))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Clinic", "Clinic"),
        ("Regional hospital Dolna Reka", "Regional hospital\nDolna Reka"),
        ("Association for refugees and migrants of the region", "Association for\nrefugees and…"),
        ("x" * 50, "x" * (LABEL_LINE - 1) + "…"),
        ("", ""),
    ],
)
def test_a_label_has_two_short_lines(name, wanted):
    assert label(name) == wanted


BANNED = {"generate_html", "write_html", "show", "save_graph", "set_options", "show_buttons", "to_json"}
ROOMS = ("analytics", "graphdb", "seed", "web")


def test_only_the_drawing_imports_pyvis_and_nobody_lets_it_make_a_page():
    root = Path(__file__).parents[2]
    importers = set()
    for path in (path for room in ROOMS for path in (root / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            named = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            if any(name.split(".")[0] == "pyvis" for name in named):
                importers.add(path.relative_to(root).as_posix())
                assert isinstance(node, ast.ImportFrom)
                assert node not in tree.body, "imported where it is used: it costs a third of a second"
    assert importers == {"web/map/drawing.py"}
    drawing = ast.parse((root / "web/map/drawing.py").read_text(encoding="utf-8"))
    called = {node.attr for node in ast.walk(drawing) if isinstance(node, ast.Attribute)}
    assert not called & BANNED
    assert "get_network_data" in called
