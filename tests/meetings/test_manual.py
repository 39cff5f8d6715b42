"""docs/manual/commands.md: every command it lists exists, and prints the keys it lists."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graphdb import conferences, records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.writes import change
from tests.consultations.drafts import put, say
from tests.issues.conftest import World as Mentoring
from tests.meetings.world import held_meeting, make
from tests.programmes.conftest import add_person, give_place, pair
from tests.programmes.conftest import make as new_record
from tests.ties.world import World as Ties

TODAY = datetime.now(UTC).date()
PAGE = (Path(__file__).parents[2] / "docs/manual/commands.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## flask ([a-z ]+[a-z])[^\n]*\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


@pytest.fixture
def run(app, graph, monkeypatch):
    @contextmanager
    def database():
        yield graph

    groups = (
        "referrals",
        "measures",
        "gaps",
        "meetings",
        "conferences",
        "consultations",
        "matching",
        "mentoring",
        "supervision",
        "ties",
    )
    for group in groups:
        monkeypatch.setattr(f"web.commands.{group}.database", database)
    with app.app_context():
        yield lambda *words: app.test_cli_runner().invoke(args=[*words, "--format", "json"])


def keys(line):
    return re.findall(r"`([a-z_]+)`", line)


def demanded(section):
    """(where, keys): where is "" for the answer itself."""
    for line in section.splitlines():
        if found := re.match(r"Keys( of [^:]+)?: (.*)", line):
            yield (found[1] or "").removeprefix(" of "), keys(found[2])


def parts(answer, where):
    """The objects a line speaks of."""
    for place in where.split(" and of ") if where else [""]:
        name = place.removeprefix("each of ")
        if not name:
            yield answer
        elif place.startswith("each of "):
            assert answer[name], f"{name} has something to look at"
            yield from answer[name]
        else:
            yield answer[name]


def call_a_conference(graph):
    """One conference of one person."""
    actor = Actor("tester", "command")
    person = change(
        graph, actor, lambda c: records.create(c, graph, kind_of("Person"), {"name": "Ana", "role_class": "staff"})
    )
    new = conferences.NewConference(datetime.now(UTC), "", "general", "What helps?", ())
    change(graph, actor, lambda c: conferences.convene(c, graph, new, person))


def cohort_of(graph):
    """A programme with two mentors and three leaders, two of whom would lose their mentor; it and the mentor's reference."""
    home = new_record(graph, "Organisation", {"name": "Home", "kind": "ngo"})
    programme = new_record(graph, "Programme", {"name": "P"}, {"organisation": [home]})
    people = {name: add_person(graph, name, "mentor" if name < "C" else "leader", "fa") for name in "ABCDE"}
    stranger = add_person(graph, "F", "leader", "ar")
    for name, person in (*people.items(), ("F", stranger)):
        give_place(graph, programme, person, "mentor" if name < "C" else "leader")
    for name in "CD":
        pair(graph, programme, people["A"], people[name])
    return programme, people["A"]


def mentor_somebody(graph):
    """A pair that reached a school, a quiet one that reached nobody, and a leader without a mentor."""
    programme = Mentoring(graph)
    programme.log("Zahra", 5, "School")
    programme.person("Rana", "leader", "Home", "Dari", "fa")
    programme.person("Karim", "leader", "Home", "Dari", "ps")


def two_sectors(graph):
    """Two sectors of two, in a row."""
    made = Ties(graph)
    for name in ("h1", "h2", "s1", "s2"):
        made.make("Organisation", name, kind="ngo", sectors=["health" if name[0] == "h" else "education"])
    for one, other in (("h1", "h2"), ("h2", "s1"), ("s1", "s2")):
        made.declared(one, other, undirected=True)


def test_the_page_lists_commands():
    named = {"referrals indicators", "gaps detect", "gaps list", "meetings pack", "meetings effect", "conferences list"}
    named |= {"between", "together", "compare"}
    named |= {f"mentoring {name}" for name in ("overview", "quiet", "bridges", "match", "supervision")}
    assert set(SECTIONS) == named | {"consultations list", "consultations show"}


def test_every_command_prints_what_the_page_says(run, graph):
    world = make(graph, TODAY)
    meeting = held_meeting(graph, world, TODAY)
    call_a_conference(graph)
    draft = put(graph, [world.town])
    say(graph, draft, world.town)
    programme, gone = cohort_of(graph)
    mentor_somebody(graph)
    two_sectors(graph)
    told = {
        "referrals indicators": ("--by", "service", "--exact", "--from", (TODAY - timedelta(days=90)).isoformat()),
        "gaps detect": (), "gaps list": (), "meetings pack": (meeting,), "meetings effect": (meeting,),
        "mentoring overview": (), "mentoring quiet": (), "mentoring bridges": ("--window", "180"),
        "conferences list": (), "consultations list": (), "consultations show": (draft,),
        "between": (), "together": (), "compare": ("--from", (TODAY - timedelta(days=2000)).isoformat()),
        "mentoring match": (programme, "--without", gone), "mentoring supervision": (),
    }  # fmt: skip
    for command, words in told.items():
        done = run(*command.split(), *words)
        assert done.exit_code == 0, (command, done.output)
        answer = json.loads(done.stdout)
        for where, wanted in demanded(SECTIONS[command]):
            for part in parts(answer, where):
                assert set(wanted) <= set(part), (command, where)
        top = next(wanted for where, wanted in demanded(SECTIONS[command]) if not where)
        assert set(answer) == set(top), "and nothing that the page does not name"
