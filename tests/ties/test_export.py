"""`flask export`: files that come back through `flask import` byte for byte."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from defusedxml.ElementTree import fromstring

from tests.conftest import wipe
from tests.ties.world import TODAY, World, ago

AWKWARD = '=1+1, "Дом" & <b>'


@pytest.fixture
def run(app, graph, monkeypatch):
    """Run a command of the app against the test's database."""
    monkeypatch.setattr("web.commands.database.opened", lambda *_: nullcontext(graph))

    def invoke(*args):
        with app.app_context():
            answer = app.test_cli_runner().invoke(args=[str(arg) for arg in args])
        assert answer.exit_code == 0, answer.output
        return answer

    return invoke


def exported(run, folder, *more):
    run("export", "--to", "csv", "--as-of", TODAY, *more, folder)
    return {name: (folder / name).read_bytes() for name in ("nodes.csv", "edges.csv")}


@pytest.fixture
def world(graph):
    made = World(graph)
    made.organisations("Clinic", "School", AWKWARD)
    made.imported(Clinic="17")
    made.referral("Clinic", "School", ago(4))
    made.referral("Clinic", "School", ago(2))
    made.meeting(ago(9), "Clinic", "School", AWKWARD)
    made.make(
        "Agreement", "paper", links={"parties": ["Clinic", AWKWARD]}, kind="mou", valid_from=ago(90), valid_to=ago(-90)
    )
    made.declared("School", AWKWARD, relation="visits", undirected=True, strength=0.5, note="weekly", on=ago(5))
    made.declared("School", "Clinic")
    made.declared("School", "Clinic")
    return made


def test_it_comes_back_byte_for_byte(world, run, graph, tmp_path):
    first = exported(run, tmp_path / "first")
    assert first["edges.csv"].count(b"\r\n") == 1 + 1 + 3 + 1 + 3
    wipe(graph)
    run("import", tmp_path / "first" / "nodes.csv", tmp_path / "first" / "edges.csv")
    second = exported(run, tmp_path / "second")
    for name, content in first.items():
        assert second[name].decode() == content.decode()


def test_ids_and_kinds_are_those_of_the_contract(world, run, tmp_path):
    files = exported(run, tmp_path)
    lines = files["nodes.csv"].decode("utf-8-sig").splitlines()
    assert lines[0] == '"id","name","label","kind","level"'
    assert '"17","Clinic","","ngo",""' in lines
    edges = files["edges.csv"].decode("utf-8-sig")
    assert f'"17","ORG-0002","referral","yes","2","{ago(2)}","","",""' in edges


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_other_programs_get_the_same(world, run, tmp_path, form):
    run("export", "--to", form, "--as-of", TODAY, tmp_path)
    root = fromstring((tmp_path / f"network.{form}").read_bytes())
    tags = [part.tag.rpartition("}")[2] for part in root.iter()]
    assert (tags.count("node"), tags.count("edge")) == (3, 8)
    assert AWKWARD in "".join(root.itertext()) or any(AWKWARD in part.attrib.values() for part in root.iter())


def test_people_are_a_file_of_their_own(world, run, tmp_path):
    for name in ("p", "q"):
        world.make("Person", name, role_class="staff")
    links = {"source_person": "p", "target_person": "q"}
    world.make("PersonTie", links=links, topic="works_with", status="declared")
    assert b'"p"' not in exported(run, tmp_path)["nodes.csv"]
    files = exported(run, tmp_path, "--level", "person")
    assert b'"p"' in files["nodes.csv"]
    assert b"works_with" in files["edges.csv"]


def test_an_empty_network_is_two_heads(graph, run, tmp_path):
    assert exported(run, tmp_path)["nodes.csv"].count(b"\r\n") == 1
