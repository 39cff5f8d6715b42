"""Public discussions: who may, headcounts that are unknown or held back, questions and who takes them on."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.suppression import LEAST, LEAST_MINORS
from graphdb import records
from graphdb.catalogue import codes, kind_of
from graphdb.writes import change
from tests.consultations.drafts import TODAY, number_of, stored
from tests.meetings.world import ACTOR, World, make
from web.consultations.usecases import PARTS, heads, too_many


@pytest.fixture
def world(graph) -> World:
    return make(graph, TODAY)


@pytest.fixture
def evening(graph, world) -> str:
    said = {"name": "What neighbours are afraid of", "state": "held", "on": TODAY, "hours": "18:00–20:00",
            "place": "Library", "moderator": "The librarian", "speakers": ["A teacher, School 2"], "summary": "Much was asked."}  # fmt: skip
    links = {"organisations": [world.town]}
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of("PublicDiscussion"), said, links))


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


def told(page: str) -> str:
    """The section of counts as text, without its form."""
    part = re.search(r'id="heads".*?(<details|</section>)', page, re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def test_the_kit_gives_list_form_and_history_to_the_coordinator_alone(sign_in, graph, evening):
    coordinator, partner = sign_in("coordinator"), sign_in("partner")
    page = coordinator.get("/records/discussions/new").text
    form = {"key": hidden(page, "key"), "name": "Work for newcomers", "state": "planned", "on": "2027-01-15",
            "speakers": "Who runs the job club, Labour office", "guard_confirmed": "yes"}  # fmt: skip
    answers = [coordinator.post("/records/discussions/new", form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location.startswith("/consultations/discussions/")
    assert number_of(graph, "PublicDiscussion") == 2
    for who in (coordinator, partner):
        assert "Work for newcomers" in who.get("/records/discussions").text
        assert "Work for newcomers" in who.get("/consultations/").text
    assert "What neighbours are afraid of" in partner.get("/records/discussions?format=csv").text
    assert partner.get("/records/discussions/new").status_code == 403
    assert sign_in("administrator").get(f"/consultations/discussions/{evening}").status_code == 403


def test_what_nobody_counted_is_unknown_and_small_counts_are_for_the_coordinator(sign_in, graph, world, evening):
    coordinator, partner = sign_in("coordinator"), sign_in("partner", organisation=world.town)
    url = f"/consultations/discussions/{evening}"
    page = coordinator.get(url).text
    assert told(page).count("unknown") == len(codes("headcount_part"))
    form = {"key": hidden(page, "key"), "version": hidden(page, "version"), "n-everybody": "40", "n-women": "30",
            "n-men": "7", "n-other_sex": "3", "n-under_18": "9", "n-60_more": "0"}  # fmt: skip
    assert [coordinator.post(f"{url}/heads", form).status_code for _ in range(2)] == [303, 303]
    rows = graph.define(
        "MATCH (:PublicDiscussion {id: $id})-[:COUNTED]->(h) RETURN h.part AS part, h.n AS n", id=evening
    )
    assert {row["part"]: row["n"] for row in rows} == {
        "everybody": 40, "women": 30, "men": 7, "other_sex": 3, "under_18": 9, "60_more": 0,
    }  # fmt: skip
    exact, public = told(coordinator.get(url).text), told(partner.get(url).text)
    assert "Other, or not said: 3" in exact
    assert "Under 18: 9" in exact
    assert "18 to 59: unknown" in exact
    assert "Other, or not said: withheld" in public
    assert "Under 18: withheld" in public
    assert "60 and more: 0" in public
    assert "18 to 59: unknown" in public
    assert public.count("withheld") >= 3, "one more, so that the rest does not tell it"
    for role in ("manager", "leader"):
        assert "Other, or not said: withheld" in told(sign_in(role).get(url).text)
    late = coordinator.post(f"{url}/heads", {**form, "key": "other", "n-newcomers": "31"})
    assert late.status_code == 409
    assert 'value="31"' in late.text
    assert partner.post(f"{url}/heads", form).status_code == 403


@pytest.mark.parametrize(("typed", "said"), [({"n-women": "many"}, "whole number"), ({"n-men": "-1"}, "whole number"), ({"n-everybody": "5", "n-women": "6"}, "more than everybody")])  # fmt: skip
def test_numbers_that_cannot_be_are_refused_in_words(sign_in, graph, evening, typed, said):
    url = f"/consultations/discussions/{evening}/heads"
    answer = sign_in("coordinator").post(url, {"key": "k", "version": "1", **typed})
    assert answer.status_code == 400
    assert said in answer.text
    assert not graph.define("MATCH (h:Headcount) RETURN h")


COUNTS = st.dictionaries(st.sampled_from(codes("headcount_part")), st.integers(0, 40))


@given(COUNTS, st.booleans())
def test_no_small_count_is_shown_nor_told_by_the_rest(counts, makes_whole):
    if makes_whole and all(part in counts for part in PARTS["sex"]):
        counts["everybody"] = sum(counts[part] for part in PARTS["sex"])
    shown = {head.part: head for way in heads(counts, exact=False).values() for head in way}
    assert set(shown) == set(codes("headcount_part"))
    for part, head in shown.items():
        least = LEAST_MINORS if part == "under_18" else LEAST
        assert head.n is None or head.n == 0 or head.n >= least
        assert head.held <= (part in counts), "unknown is not withheld"
    for parts in PARTS.values():
        if (
            all(part in counts for part in ("everybody", *parts))
            and sum(counts[p] for p in parts) == counts["everybody"]
        ):
            assert sum(shown[part].held for part in ("everybody", *parts)) != 1
    assert {
        head.part: head.n for way in heads(counts, exact=True).values() for head in way if head.n is not None
    } == counts


def test_more_parts_than_everybody_are_found() -> None:
    assert too_many({"everybody": 5, "women": 3, "men": 3}) == ["sex"]
    assert too_many({"everybody": 6, "women": 3, "men": 3, "newcomers": 6}) == []
    assert too_many({"women": 3}) == []


def test_a_question_is_asked_once_answered_and_taken_on(sign_in, graph, world, evening):
    coordinator, partner = sign_in("coordinator"), sign_in("partner", organisation=world.clinic)
    url = f"/consultations/discussions/{evening}"
    page = coordinator.get(url).text
    assert f'value="Gap:{world.absent}"' in page
    assert f'value="ActionPoint:{world.action}"' in page
    form = {
        "key": hidden(page, "key"),
        "text": "Who helps with homework?",
        "asker": "a parent",
        "matter": f"Gap:{world.absent}",
    }
    assert [coordinator.post(f"{url}/questions", form).status_code for _ in range(2)] == [303, 303]
    assert number_of(graph, "PublicQuestion") == 1
    assert "1 without an answer" in partner.get("/consultations/").text
    page = partner.get(url).text
    assert "Who helps with homework?" in page
    assert f"/gaps/{world.absent}" in page
    question = graph.define("MATCH (q:PublicQuestion) RETURN q.id AS id")[0]["id"]
    one = f"/consultations/questions/{question}"
    page = coordinator.get(one).text
    answer = {"key": hidden(page, "key"), "version": hidden(page, "version"), "text": "Who helps with homework?",
              "answer": "The youth office, on Mondays.", "organisation": world.office, "matter": f"ActionPoint:{world.action}"}  # fmt: skip
    assert [coordinator.post(one, answer).status_code for _ in range(2)] == [303, 303]
    assert stored(graph, question)["version"] == 2
    assert coordinator.post(one, {**answer, "key": "late"}).status_code == 409
    page = partner.get(url).text
    assert "The youth office, on Mondays." in page
    assert "Youth office" in page
    assert "Ask two interpreters" not in page, "an action of others is not told"
    assert f"/gaps/{world.absent}" not in page
    assert "Ask two interpreters" in sign_in("partner", organisation=world.office).get(url).text
    assert "without an answer" not in partner.get("/consultations/").text
    gone = {"key": "bye"}
    assert [coordinator.post(f"{one}/remove", gone).status_code for _ in range(2)] == [303, 303]
    assert stored(graph, question)["version"] == 3
    assert "Who helps with homework?" not in partner.get(url).text
    for target in (f"{url}/questions", one, f"{one}/remove"):
        assert partner.post(target, form).status_code in {403, 404}


def test_questions_pass_the_guard(sign_in, graph, evening):
    url = f"/consultations/discussions/{evening}/questions"
    answer = sign_in("coordinator").post(url, {"key": "k", "text": "Call me: +359 88 123 4567"})
    assert answer.status_code == 400
    assert number_of(graph, "PublicQuestion") == 0
