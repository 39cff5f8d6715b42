"""What lies between sectors, levels and kinds: the page, its two files, and the command."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.ties.world import TODAY, World

ON = f"/measures/groups?as_of={TODAY}&window=all"
HEALTH, SCHOOLS = ("h1", "h2", "h3"), ("s1", "s2", "s3")


@pytest.fixture
def world(graph):
    """Two sectors with ties inside only, one who belongs to both, and one of whom nobody said a sector."""
    made = World(graph)
    for name in (*HEALTH, *SCHOOLS):
        made.make("Organisation", name, kind="ngo", level="national" if name[0] == "h" else "local",
                  sectors=["health" if name[0] == "h" else "education"])  # fmt: skip
    made.make("Organisation", "both", kind="ngo", sectors=["health", "education"])
    made.make("Organisation", "unknown", kind="ngo")
    for one, other in (("h1", "h2"), ("h2", "h3"), ("s1", "s2"), ("h3", "both"), ("both", "s1"), ("unknown", "h1")):
        made.declared(one, other, undirected=True)
    return made


def rows(someone, query):
    answer = someone.get(f"{ON}{query}&format=csv")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_two_sectors_without_a_tie_are_a_hole_and_who_connects_them_is_named(world, sign_in):
    page = sign_in("coordinator").get(f"{ON}&by=sector").text
    assert "1 pair of groups hardly works together." in page
    assert "1 partner is of no known group and is left out, with its ties." in page
    (pair,) = rows(sign_in("coordinator"), "&by=sector")
    assert (pair["Tied pairs"], pair["Possible pairs"], pair["Hole"]) == ("0", "9", "true")
    brokers = {row["Partner"]: row for row in rows(sign_in("manager"), "&by=sector&of=partners")}
    assert set(brokers) == {*HEALTH, *SCHOOLS, "both"}
    assert brokers["both"]["coordinator"] == "2", "h3 to s1 and back: it shares a sector with either"
    assert brokers["h2"]["coordinator"] == "2"
    assert (brokers["s3"]["ei"], brokers["h1"]["ei"]) == ("", "-1.0"), "without a tie undefined, never 0"


def test_grouped_by_level_and_by_kind(world, sign_in):
    someone = sign_in("coordinator")
    (pair,) = rows(someone, "&by=level")
    assert (pair["Tied pairs"], pair["Possible pairs"]) == ("0", "9")
    assert rows(someone, "&by=kind") == [], "one kind alone has nobody beside it"
    assert "2 partners are of no known group" in someone.get(f"{ON}&by=level").text
    assert someone.get(f"{ON}&by=nothing").status_code == 200


def test_a_partner_sees_the_groups_and_its_own_values(world, sign_in):
    partner = sign_in("partner", organisation=world["h2"])
    assert [row["Partner"] for row in rows(partner, "&of=partners")] == ["h2"]
    page = partner.get(ON).text
    assert "hardly works together" in page
    assert ">both<" not in page
    assert ">h3<" not in page


@pytest.mark.parametrize("role", ["leader", "mentor", "supervisor", "administrator"])
def test_others_do_not_see_it(world, sign_in, role):
    assert sign_in(role).get(ON).status_code == 403


def test_an_empty_network_says_so(graph, sign_in):
    assert "No organisations yet" in sign_in("coordinator").get(ON).text


def test_partners_of_no_group_are_told_what_to_do(graph, sign_in):
    World(graph).make("Organisation", "one", kind="ngo")
    assert "Nobody is of a known group" in sign_in("coordinator").get(f"{ON}&by=level").text


def test_the_command_prints_the_same(world, command):
    run = command("between", "measures")
    answer = run("--by", "sector", "--as-of", TODAY.isoformat(), "--format", "json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert found["network"] == {"n": 7, "internal": 5, "external": 0, "ei": -1.0, "unplaced": 1, "ties_unplaced": 1}
    assert [(each["group"], each["n"], each["internal"], each["external"]) for each in found["groups"]] == [
        ("education", 4, 2, 1), ("health", 4, 3, 1),
    ]  # fmt: skip
    assert [(each["tied"], each["possible"], each["hole"], each["rare"]) for each in found["pairs"]] == [
        (0, 9, True, None)
    ]
    assert sum(each["n"] for each in found["roles"]) == sum(each["coordinator"] for each in found["nodes"]) == 8
    assert run("--tie", "friendship").exit_code == 1
