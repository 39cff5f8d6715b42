"""Places in a programme: the one truth, what follows from it, who may see whom."""

from __future__ import annotations

from itertools import pairwise, product
from random import Random

import pytest

from analytics.participation import MEMBER, STEPS
from graphdb import erasing, records
from graphdb.actors import Viewer
from graphdb.catalogue import kind_of
from graphdb.errors import MissingError
from graphdb.programmes import places
from graphdb.writes import change
from tests.programmes.conftest import ACTOR, add_person, give_place, make, step
from web.pages import today

NAMES = ("Zahra", "Omid", "Rana", "Aziz")


def stored(graph, person):
    return graph.define(
        "MATCH (n:Person {id: $id}) RETURN n.state AS state, n.valid_to AS until,"
        " COUNT { (n)-[:IN_PROGRAMME]->(:Programme) } AS tied",
        id=person,
    )[0]


def test_who_only_applied_does_not_belong(world, graph):
    assert stored(graph, world.people["Aziz"])["tied"] == 0
    assert stored(graph, world.people["Zahra"])["tied"] == 1


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_of_steps_keeps_the_tie_and_the_person_in_step(world, graph, seed):
    chance = Random(seed)
    person, place, state = world.people["Aziz"], world.places["Aziz"], "applied"
    other = make(graph, "Programme", {"name": "Another"}, {"organisation": [world.home]})
    second, there = give_place(graph, other, person, "leader", "applied"), "applied"
    for _ in range(8):
        if chance.random() < 0.5:
            state = chance.choice(STEPS[state])
            step(graph, place, state, "time")
        else:
            there = chance.choice(STEPS[there])
            step(graph, second, there, "time")
        found, now = stored(graph, person), {state, there} - {"applied", "refused"}
        assert found["tied"] == (state in MEMBER) + (there in MEMBER)
        if now & (MEMBER - {"paused"}):
            assert (found["state"], found["until"]) == ("active", None)
        elif "paused" in now:
            assert (found["state"], found["until"]) == ("away", None)
        elif now:
            assert (found["state"], found["until"].to_native()) == ("left", today())


def test_only_legal_steps(world, graph):
    legal, place = {(one, other) for one, those in STEPS.items() for other in those}, world.places["Aziz"]
    for one, other in product(STEPS, STEPS):
        graph.define("MATCH (p:Participation {id: $id}) SET p.state = $state", id=place, state=one)
        if (one, other) in legal:
            step(graph, place, other, "time")
        else:
            with pytest.raises(places.IllegalPlaceStepError):
                step(graph, place, other, "time")
    assert all(pair in legal for pair in pairwise(("applied", "accepted", "in_training", "active", "completed")))


def test_leaving_says_why(world, graph):
    with pytest.raises(places.WhyNeededError):
        step(graph, world.places["Zahra"], "left")


def test_a_place_is_had_once_and_in_the_own_role(world, graph):
    with pytest.raises(places.HasPlaceError):
        give_place(graph, world.programme, world.people["Zahra"], "leader")
    stranger = add_person(graph, "Neva Staff", "staff", "bg")
    with pytest.raises(places.OtherRoleError):
        give_place(graph, world.programme, stranger, "mentor")


def test_who_may_know_who_is_in_it(who, world):
    page = f"/mentoring/programmes/{world.programme}"
    for role, someone in who.items():
        answer = someone.get(page)
        assert answer.status_code == 200, role
        knows = role in {"supervisor", "coordinator"}
        for name in NAMES:
            assert (f"{name} Leader" in answer.text) == knows, (role, name)
        assert ("Mila Mentor" in answer.text) == knows, role


def test_a_place_is_for_who_has_it_and_who_runs_the_programme(who, world):
    for role, someone in who.items():
        for name, sees in (("Zahra", {"leader", "supervisor", "coordinator"}), ("Aziz", {"supervisor", "coordinator"})):
            answer = someone.get(f"/mentoring/places/{world.places[name]}")
            assert answer.status_code == (200 if role in sees else 404), (role, name)
        edits = 200 if role == "coordinator" else 404
        assert someone.get(f"/mentoring/places/{world.places['Zahra']}/edit").status_code == edits, role
        assert someone.get(f"/mentoring/programmes/{world.programme}/places/new").status_code == edits, role


def test_who_left_is_a_pseudonym_again(who, world, graph):
    step(graph, world.places["Rana"], "left", "moved")
    page = who["coordinator"].get(f"/mentoring/programmes/{world.programme}").text
    assert "Rana Leader" not in page
    assert "Alias R" in page
    assert "Moved away" in page


def test_counts_of_few_are_held_back_from_others(who, world, graph):
    page = who["manager"].get(f"/mentoring/programmes/{world.programme}").text
    assert "held back" in page
    assert "3 of 20" not in page
    for n in range(6):
        person = add_person(graph, f"L{n}", "leader", "bg")
        give_place(graph, world.programme, person, "leader")
    assert "9 of 20 leaders" in who["manager"].get(f"/mentoring/programmes/{world.programme}").text
    assert "9 of 20 leaders" in who["coordinator"].get(f"/mentoring/programmes/{world.programme}").text


def test_a_rare_reason_is_not_even_named_to_others(who, world, graph):
    step(graph, world.places["Rana"], "left", "safety")
    page = f"/mentoring/programmes/{world.programme}"
    assert "Does not feel safe" in who["supervisor"].get(page).text
    for role in ("partner", "manager", "leader", "mentor", "stranger coordinator", "administrator"):
        assert "Does not feel safe" not in who[role].get(page).text, role


def test_an_application_is_written_down_accepted_and_ended(who, world, graph):
    one = who["coordinator"]
    form = {"role": "leader", "name": "Nasrin New", "alias": "Dawn", "languages": "fa", "on": today().isoformat(),
            "topics": ["school", "work"], "wished": [world.people["Mila"]], "key": "k"}  # fmt: skip
    made = [one.post(f"/mentoring/programmes/{world.programme}/places/new", form) for _ in range(2)]
    assert [answer.status_code for answer in made] == [303, 303]
    assert made[0].location == made[1].location
    place = made[0].location.rpartition("/")[2]
    text = one.get(made[0].location).text
    assert "Nasrin New" in text
    assert "School place, Work" in text
    url, on = f"/mentoring/places/{place}/step", today().isoformat()
    one.post(url, {"to": "active", "on": on, "version": "1", "key": "a"})
    assert "does not follow" in one.get(made[0].location).text
    one.post(url, {"to": "accepted", "on": on, "version": "1", "key": "b"})
    stale = one.post(url, {"to": "active", "on": on, "version": "1", "key": "c"})
    assert stale.status_code == 303
    assert "Somebody else" in one.get(made[0].location).text
    one.post(url, {"to": "left", "on": on, "version": "2", "key": "d"})
    assert "Say why" in one.get(made[0].location).text
    one.post(url, {"to": "left", "on": on, "version": "2", "key": "e", "reason": "work"})
    assert "Dawn" in one.get(made[0].location).text, "who left is a pseudonym again"
    assert who["mentor"].post(url, {"to": "active", "on": on, "key": "f"}).status_code == 404


def test_somebody_without_a_place_gets_one_by_a_tap(who, world, graph):
    loose = add_person(graph, "Lena Loose", "leader", "uk", programme=[world.programme])
    page = f"/mentoring/programmes/{world.programme}"
    assert "1 more without a written place" in who["coordinator"].get(page).text
    who["coordinator"].post(f"{page}/adopt", {"person": loose, "key": "k"})
    assert "without a written place" not in who["coordinator"].get(page).text.partition("<h2>")[0]
    assert stored(graph, loose)["tied"] == 1


def test_what_contradicts_itself_is_said(who, world, graph):
    graph.define("MATCH (n:Person {id: $id}) SET n.state = 'left'", id=world.people["Omid"])
    text = who["coordinator"].get(f"/mentoring/programmes/{world.programme}").text
    assert "What contradicts itself" in text


def test_an_applicant_is_no_leader_without_a_mentor(who, world):
    text = who["coordinator"].get("/mentoring/").text
    assert "Zahra Leader" in text
    assert "Aziz" not in text


def test_the_viewer_of_nothing_reads_nothing(graph, world):
    from graphdb.programmes import cohort, reading  # noqa: PLC0415

    assert cohort.cohort(graph, world.programme, Viewer(), today(), "en") is None
    assert reading.place(graph, world.places["Zahra"], Viewer(), today(), "en") is None


def test_a_leader_of_another_programme_is_no_choice(who, world, graph):
    """An application tells the name: so nobody writes one for a leader whose name they may not know."""
    other = make(graph, "Programme", {"name": "Third"}, {"organisation": [world.home]})
    secret = add_person(graph, "Shirin Secret", "leader", "fa", programme=[other])
    url = f"/mentoring/programmes/{world.programme}/places/new"
    assert secret not in who["coordinator"].get(url).text
    form = {"role": "leader", "person": secret, "on": today().isoformat(), "key": "k"}
    answer = who["coordinator"].post(url, form)
    assert answer.status_code == 400
    assert "Shirin" not in who["coordinator"].get(f"/mentoring/programmes/{world.programme}").text


def test_a_leader_wishes_for_mentors_and_a_mentor_for_leaders(who, world):
    for asking, offered, not_offered in (("Zahra", "Mila", "Omid"), ("Mila", "Zahra", "Boris")):
        text = who["coordinator"].get(f"/mentoring/places/{world.places[asking]}/edit").text
        assert text.count(f'value="{world.people[offered]}"') == 2, "to be wished for, and not"
        assert world.people[not_offered] not in text


def test_the_place_of_an_erased_leader_ends_and_its_wishes_go(who, world, graph):
    person, place = world.people["Zahra"], world.places["Zahra"]
    wishes = {"topics": ["health"], "interpreter": True}
    links = {"wished": [world.people["Mila"]], "unwished": [world.people["Boris"]]}
    change(graph, ACTOR, lambda c: str(records.update(c, graph, kind_of("Participation"), place, None, wishes, links)))
    change(graph, ACTOR, lambda c: erasing.erase(c, graph, person, None, today()).ref)
    [left] = graph.define(
        "MATCH (p:Participation {id: $id}) RETURN properties(p) AS p, COUNT { (p)-[:WISHES_FOR|WISHES_NOT]->() } AS wishes,"
        " COUNT { MATCH (v:Revision {record: p.id}) } AS versions",
        id=place,
    )
    assert (left["p"]["state"], left["wishes"], left["versions"]) == ("left", 0, 0)
    assert not {"topics", "interpreter", "reason"} & set(left["p"])
    page = f"/mentoring/programmes/{world.programme}"
    text = who["coordinator"].get(page).text
    assert "Alias Z" not in text
    assert "What contradicts itself" not in text
    with pytest.raises(MissingError):
        step(graph, place, "active")
