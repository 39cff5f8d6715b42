"""What leaders and mentors wish for the matching, said by themselves: only their own, once, seen by who runs it, used at once."""

from __future__ import annotations

import re

import pytest

from graphdb import erasing
from graphdb.actors import OWNER
from graphdb.programmes import cohort
from graphdb.writes import change
from tests.programmes.conftest import ACTOR, make, step
from web.pages import today


def url(world, name):
    return f"/mentoring/places/{world.places[name]}/wishes"


@pytest.fixture
def said(world, graph):
    """What Zahra says of herself: the form, and the place she likes."""
    hall = make(graph, "Place", {"name": "Community hall", "level": "municipality"})
    return {
        "languages": ["fa", "en"], "wished_languages": ["en"], "interpreter": "y", "topics": ["health", "work"],
        "meet_at": [hall], "times": ["evening"], "key": "k", "version": "1",
    }  # fmt: skip


def waiting(graph, world):
    return {one.id: one for one in cohort.cohort(graph, world.programme, OWNER, today(), "en").waiting}


def test_only_who_has_the_place_says_what_they_wish(who, world, said, graph):
    for role, someone in who.items():
        for name, own in (("Zahra", role == "leader"), ("Mila", role == "mentor"), ("Omid", False)):
            assert someone.get(url(world, name)).status_code == (200 if own else 404), (role, name)
        if role != "leader":
            assert someone.post(url(world, "Zahra"), said).status_code == 404, role
    assert waiting(graph, world)[world.people["Zahra"]].topics == frozenset()


def test_it_is_kept_once_and_the_matching_and_the_coordinator_see_it(who, world, said, graph):
    for _ in range(2):
        assert who["leader"].post(url(world, "Zahra"), said).status_code == 303
    [stored] = graph.define("MATCH (p:Participation {id: $id}) RETURN p.version AS v", id=world.places["Zahra"])
    assert stored["v"] == 2, "once"
    found = waiting(graph, world)[world.people["Zahra"]]
    assert found.languages == {"fa", "en"}
    assert found.wished_languages == {"en"}
    assert found.topics == {"health", "work"}
    assert found.interpreter
    assert found.places == set(said["meet_at"]), "where she likes to meet goes before where she lives"
    page = who["coordinator"].get(f"/mentoring/places/{world.places['Zahra']}").text
    for told in ("Community hall", "Weekdays, in the evening", "Health", "English", "Said by themselves on"):
        assert told in page
    assert "said their wishes on" in who["coordinator"].get(f"/mentoring/programmes/{world.programme}").text
    again = who["leader"].get(url(world, "Zahra")).text
    for kept in (*said["languages"], "health", *said["meet_at"], "evening"):
        assert re.search(rf'value="{kept}" checked', again), kept
    older = who["leader"].post(url(world, "Zahra"), {**said, "times": ["weekend"], "key": "k2"})
    assert older.status_code == 409, "the form was opened before the last change"


def test_a_mentor_says_how_many_and_is_not_asked_what_leaders_are(who, world, graph):
    page = who["mentor"].get(url(world, "Mila")).text
    assert 'name="most_pairs"' in page
    assert 'name="interpreter"' not in page
    form = {"languages": ["bg", "fa"], "topics": ["school"], "most_pairs": "1", "key": "m", "version": "1"}
    assert who["mentor"].post(url(world, "Mila"), form).status_code == 303
    mentors = {one.id: one for one in cohort.cohort(graph, world.programme, OWNER, today(), "en").mentors}
    mila = mentors[world.people["Mila"]]
    assert (mila.most, mila.topics, mila.places) == (1, {"school"}, {world.town}), "no wish for a place: where she is"
    assert 'name="most_pairs"' not in who["leader"].get(url(world, "Zahra")).text


def test_what_the_coordinator_wrote_down_stays(who, world, said, graph):
    graph.define(
        "MATCH (p:Participation {id: $p}) MATCH (n:Person {id: $n}) SET p.cohort = 'First' CREATE (p)-[:WISHES_NOT]->(n)",
        p=world.places["Zahra"], n=world.people["Boris"],
    )  # fmt: skip
    who["leader"].post(url(world, "Zahra"), said)
    assert waiting(graph, world)[world.people["Zahra"]].unwished == {world.people["Boris"]}
    assert (
        graph.define("MATCH (p:Participation {id: $p}) RETURN p.cohort AS c", p=world.places["Zahra"])[0]["c"]
        == "First"
    )


def test_a_language_without_a_name_here_is_not_lost(who, world, graph):
    graph.define("MATCH (n:Person {id: $id}) SET n.languages = ['fa', 'yo']", id=world.people["Zahra"])
    assert re.search(r'value="yo" checked', who["leader"].get(url(world, "Zahra")).text)


def test_whose_place_is_over_wishes_nothing_and_an_erased_one_has_no_wishes(who, world, said, graph):
    who["leader"].post(url(world, "Zahra"), said)
    step(graph, world.places["Zahra"], "completed")
    assert who["leader"].get(url(world, "Zahra")).status_code == 303
    change(graph, ACTOR, lambda c: erasing.erase(c, graph, world.people["Zahra"], None, today()).ref)
    [left] = graph.define(
        "MATCH (p:Participation {id: $id}) RETURN properties(p) AS p, COUNT { (p)-[:WISHES_AT]->() } AS n",
        id=world.places["Zahra"],
    )
    assert left["n"] == 0
    assert not {"times", "wished_on", "topics"} & set(left["p"])


def test_a_protected_place_is_not_offered(who, world, said, graph):
    safe = make(graph, "Place", {"name": "Safe house", "level": "municipality", "protected": True})
    assert safe not in who["leader"].get(url(world, "Zahra")).text
    assert who["leader"].post(url(world, "Zahra"), {**said, "meet_at": [safe]}).status_code == 400
    graph.define(
        "MATCH (p:Participation {id: $p}) MATCH (a:Place {id: $a}) CREATE (p)-[:WISHES_AT]->(a)",
        p=world.places["Zahra"],
        a=safe,
    )
    assert re.search(rf'value="{safe}" checked', who["leader"].get(url(world, "Zahra")).text), (
        "what is kept already can stay"
    )
