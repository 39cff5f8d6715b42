"""Supervision: sessions with mentors, what a coordinator knows of them, lateness; concerns that one person reads."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.supervision import EVERY_DAYS, days_late
from graphdb import concerns, erasing, jobs, records
from graphdb.catalogue import kind_of
from graphdb.outbox import letter_of
from graphdb.vault.fields import is_sealed
from graphdb.writes import change
from tests.mentoring.conftest import ACTOR, log, make
from web.jobs import work
from web.pages import today

NOTE = "Said no to a third pair; sleeps badly."
WORRY = "There are bruises, and fear of going home."


@pytest.fixture
def people(graph, programme, sign_in):
    """Everybody who may look: by role, of the programme, and of another one."""
    other = make(graph, "Programme", {"name": "Elsewhere"}, {"organisation": [programme.home]})
    sara = make(graph, "Person", {"name": "Sara Supervisor", "role_class": "staff"})
    nina = make(graph, "Person", {"name": "Nina Named", "role_class": "expert"})
    theo = make(graph, "Person", {"name": "Theo Stranger", "role_class": "staff"})
    graph.define(
        "MATCH (g:Programme {id: $g}) MATCH (p:Person {id: $p}) CREATE (g)-[:SAFEGUARDED_BY]->(p)",
        g=programme.id,
        p=nina,
    )
    known = programme.people
    return {
        "supervisor": sign_in("supervisor", programme=programme.id, person=sara),
        "coordinator": sign_in("coordinator", programme=programme.id),
        "stranger supervisor": sign_in("supervisor", programme=other, person=theo),
        "stranger coordinator": sign_in("coordinator", programme=other),
        "mentor": sign_in("mentor", programme=programme.id, person=known["Mila"]),
        "other mentor": sign_in("mentor", programme=programme.id, person=known["Boris"]),
        "leader": sign_in("leader", programme=programme.id, person=known["Zahra"]),
        "other leader": sign_in("leader", programme=programme.id, person=known["Omid"]),
        "named": sign_in("partner", organisation=programme.home, person=nina),
        "partner": sign_in("partner", organisation=programme.home),
        "manager": sign_in("manager"),
        "administrator": sign_in("administrator"),
        "ids": {"sara": sara, "nina": nina},
    }


def session_of(programme, mentor, **more):
    return {
        "mentors": f"{programme.id}.{mentor}",
        "on": today().isoformat(),
        "topic": "load",
        "note": NOTE,
        "key": "k",
        **more,
    }


def test_a_session_is_kept_once_and_read_by_the_two(graph, programme, people):
    form = session_of(programme, programme.people["Mila"], minutes="40")
    for _ in range(2):
        assert people["supervisor"].post("/mentoring/supervision", form).status_code == 303
    [row] = graph.define("MATCH (s:Supervision) RETURN s.note AS note, s.minutes AS minutes")
    assert is_sealed(row["note"])
    assert row["minutes"] == 40
    seen = {who: people[who].get("/mentoring/supervision") for who in people if who != "ids"}
    assert {who for who, page in seen.items() if NOTE in page.text} == {"supervisor", "mentor"}
    assert {who for who, page in seen.items() if page.status_code == 200} == {
        "supervisor", "coordinator", "stranger supervisor", "stranger coordinator", "mentor", "other mentor",
    }  # fmt: skip
    assert "Mila Mentor" in seen["coordinator"].text
    assert "What it was about is for the mentor" in seen["coordinator"].text
    assert "Too much at once" not in seen["coordinator"].text.split("Sessions")[1]
    assert "Mila Mentor" not in seen["stranger coordinator"].text


def test_only_mentors_of_the_own_programme_can_be_chosen(graph, programme, people):
    form = session_of(programme, programme.people["Zahra"])
    assert people["supervisor"].post("/mentoring/supervision", form).status_code == 400
    assert (
        people["stranger supervisor"]
        .post("/mentoring/supervision", session_of(programme, programme.people["Mila"]))
        .status_code
        == 400
    )
    assert people["coordinator"].post(
        "/mentoring/supervision", session_of(programme, programme.people["Mila"])
    ).status_code in {403, 404}
    phone = session_of(programme, programme.people["Mila"], note="Call +359 88 123 4567")
    assert people["supervisor"].post("/mentoring/supervision", phone).status_code == 400
    assert graph.define("MATCH (s:Supervision) RETURN s") == []


def test_a_late_session_is_said_and_a_kept_one_ends_it(graph, programme, people):
    assert "170 days late" in people["supervisor"].get("/mentoring/supervision").text, (
        "200 days since the first pair began"
    )
    people["supervisor"].post("/mentoring/supervision", session_of(programme, programme.people["Mila"]))
    text = people["supervisor"].get("/mentoring/supervision").text
    assert text.count("170 days late") == 1, "Boris is still waiting"
    [row] = graph.define("MATCH (s:Supervision) RETURN s.id AS id")
    assert (
        people["stranger supervisor"].post(f"/mentoring/supervision/{row['id']}/take-back", {"key": "t"}).status_code
        == 404
    )
    assert people["supervisor"].post(f"/mentoring/supervision/{row['id']}/take-back", {"key": "t"}).status_code == 303
    assert people["supervisor"].get("/mentoring/supervision").text.count("170 days late") == 2


@given(st.none() | st.integers(0, 400), st.integers(0, 4), st.none() | st.integers(0, 400))
def test_late_is_more_than_thirty_days_since_the_last_one_or_the_beginning(last, active, since):
    on = date(2026, 6, 1)
    ago = [on - timedelta(days=each) if each is not None else None for each in (last, since)]
    found = days_late(ago[0], active, on, ago[1])
    counted = last if last is not None else since
    if not active:
        assert found is None
    elif counted is None:
        assert found == 0, "unknown is not in time"
    else:
        assert found == (counted - EVERY_DAYS if counted > EVERY_DAYS else None)


def told(people, programme, who="mentor", named="nina", **more):
    url = f"/mentoring/pairs/{programme.pairs['Zahra']}/concern"
    return people[who].post(url, {"named": people["ids"][named], "text": WORRY, "key": f"k{who}", **more})


@pytest.mark.parametrize("who", ["mentor", "leader", "supervisor"])
def test_a_concern_is_read_by_the_person_named_and_by_nobody_else(graph, programme, people, who):
    assert told(people, programme, who).status_code == 303
    [row] = graph.define("MATCH (n:Concern) RETURN n.id AS id, n.text AS text, n.state AS state")
    assert is_sealed(row["text"])
    urls = [f"/mentoring/concerns/{row['id']}", "/mentoring/concerns", f"/mentoring/pairs/{programme.pairs['Zahra']}",
            f"/mentoring/pairs/{programme.pairs['Zahra']}/concern", "/mentoring/", "/mentoring/supervision", "/"]  # fmt: skip
    for reader, session in people.items():
        if reader == "ids":
            continue
        texts = [session.get(url).text for url in urls]
        assert any(WORRY in text for text in texts) == (reader == "named"), reader
        if reader not in {"named", who}:
            assert not any(row["id"] in text for text in texts[1:]), f"{reader} learns that there is one"
            assert session.get(urls[0]).status_code == 404
    assert people["administrator"].get("/mentoring/concerns").status_code == 404


def test_who_told_it_sees_what_became_of_it_but_not_the_words(graph, programme, people):
    told(people, programme, "leader", urgent="y")
    url = f"/mentoring/pairs/{programme.pairs['Zahra']}/concern"
    assert "Told" in people["leader"].get(url).text
    assert (
        "Nina Named" not in people["mentor"].get(url).text.split("What you have told")[-1]
        or "What you have told" not in people["mentor"].get(url).text
    )
    [row] = graph.define("MATCH (n:Concern) RETURN n.id AS id")
    page = f"/mentoring/concerns/{row['id']}"
    shown = people["named"].get(page).text
    assert "Somebody may be in danger now" in shown
    version = re.search(r'name="version"[^>]*value="(\d+)"', shown)[1]
    assert people["named"].post(page, {"to": "closed", "version": version, "key": "c"}).status_code == 400, (
        "say what was done"
    )
    assert people["named"].post(page, {"to": "in_hand", "version": version, "key": "h"}).status_code == 303
    assert "Taken in hand" in people["leader"].get(url).text
    version = re.search(r'name="version"[^>]*value="(\d+)"', people["named"].get(page).text)[1]
    done = {"to": "closed", "version": version, "key": "d", "outcome": "Spoke with the child protection department."}
    for _ in range(2):
        assert people["named"].post(page, done).status_code == 303
    text = people["leader"].get(url).text
    assert "Closed" in text
    assert "child protection department" not in text
    assert "child protection department" in people["named"].get(page).text
    assert people["leader"].post(page, done).status_code == 404


def test_one_of_the_two_is_never_who_is_told(programme, people, graph):
    found = {
        one.id for one in concerns.tellable(graph, programme.pairs["Zahra"], _viewer(programme.people["Mila"]), today())
    }
    assert found == {people["ids"]["sara"], people["ids"]["nina"]}
    answer = people["mentor"].post(
        f"/mentoring/pairs/{programme.pairs['Zahra']}/concern",
        {"named": programme.people["Zahra"], "text": WORRY, "key": "x"},
    )
    assert answer.status_code == 400
    assert told(people, programme, "stranger supervisor").status_code == 404
    assert told(people, programme, "coordinator").status_code == 404


def _viewer(person):
    from graphdb.actors import Viewer  # noqa: PLC0415

    return Viewer(person=person, roles=frozenset({"mentor"}))


def test_erasing_the_leader_takes_the_concern_along(graph, programme, people):
    told(people, programme)
    [row] = graph.define("MATCH (n:Concern) RETURN n.id AS id, n.text AS text")
    change(graph, ACTOR, lambda c: erasing.erase(c, graph, programme.people["Zahra"], None, today()).ref)
    page = people["named"].get(f"/mentoring/concerns/{row['id']}").text
    assert WORRY not in page
    assert "erased" in page
    [after] = graph.define("MATCH (n:Concern) RETURN n.text AS text")
    assert after["text"] is None


def test_the_first_page_says_what_waits_and_to_whom_alone(graph, programme, people):
    told(people, programme)
    assert "Somebody told you a concern" in people["named"].get("/").text
    assert "A session with Mila Mentor is due" in people["supervisor"].get("/").text
    for who, session in people.items():
        if who not in {"named", "ids"}:
            assert "concern" not in session.get("/").text, who
        if who not in {"supervisor", "ids"}:
            assert "A session with" not in session.get("/").text, who
    soon = (today() + timedelta(days=10)).isoformat()
    coordinator = people["coordinator"]
    assert "Of 2 active pairs nobody wrote down until when they are agreed" in coordinator.get("/").text, (
        "unknown is not never"
    )
    until = {"agreed_until": soon}
    change(
        graph,
        ACTOR,
        lambda c: str(records.update(c, graph, kind_of("Mentorship"), programme.pairs["Omid"], None, until)),
    )
    assert "The agreement of pair" in coordinator.get("/").text
    assert "Of 1 active pair nobody" in coordinator.get("/").text
    for who in ("stranger coordinator", "mentor", "leader", "manager", "partner"):
        assert "nobody wrote down until when" not in people[who].get("/").text, who
    assert "The agreement of pair" not in people["stranger coordinator"].get("/").text


@pytest.fixture
def letters(graph, app, monkeypatch):
    """Who is written to when the regular job has run once more; the texts say nothing."""
    monkeypatch.setenv("MREZHA_SMTP", "smtp://127.0.0.1:9")
    monkeypatch.setenv("MREZHA_MAIL_FROM", "network@example.org")
    seen: set[str] = set()

    def found():
        change(graph, ACTOR, lambda c: jobs.enqueue(c, "mentoring", {}))
        with app.test_request_context():
            while (job := jobs.claim(graph, "w")) is not None:
                if job.kind == "mentoring":
                    running = jobs.Running(graph, job, "w")
                    running.finish("done", work.handler_of("mentoring")(running))
        mails = [
            job for job in graph.fetch(jobs.MINE, owner="", everybody=True, limit=50)
            if job.kind == "mail" and job.id not in seen
        ]  # fmt: skip
        seen.update(job.id for job in mails)
        written = [letter_of(graph.vault, job) for job in mails]
        assert not any(
            word in one.text + one.subject for one in written for word in (WORRY, "Zahra", "Mila", "concern")
        )
        return sorted(one.to for one in written)

    return found


def reachable(graph, person, mail):
    change(graph, ACTOR, lambda c: str(records.update(c, graph, kind_of("Person"), person, None, {"email": mail})))


def test_the_coordinator_is_written_to_when_an_agreement_ends(graph, programme, people, letters):
    cara = make(graph, "Person", {"name": "Cara Coordinator", "role_class": "staff"})
    reachable(graph, cara, "cara@example.org")
    graph.define(
        "MATCH (a:Account {id: $account}) MATCH (p:Person {id: $p}) MERGE (a)-[:IS]->(p)",
        account=people["coordinator"].account, p=cara,
    )  # fmt: skip
    assert letters() == []
    until = {"agreed_until": (today() + timedelta(days=10)).isoformat()}
    change(
        graph,
        ACTOR,
        lambda c: str(records.update(c, graph, kind_of("Mentorship"), programme.pairs["Omid"], None, until)),
    )
    assert letters() == ["cara@example.org"]
    assert letters() == []


def test_each_reminder_is_given_once_and_a_concern_until_it_is_taken_in_hand(graph, programme, people, letters):
    reachable(graph, people["ids"]["nina"], "nina@example.org")
    reachable(graph, people["ids"]["sara"], "sara@example.org")
    reachable(graph, programme.people["Mila"], "mila@example.org")
    log(graph, programme.pairs["Zahra"], 3)
    assert letters() == ["sara@example.org"] * 2, "two mentors never had a session"
    assert letters() == []
    told(people, programme, "leader")
    assert letters() == ["nina@example.org"]
    for days, to in ((1, ["nina@example.org"]), (2, []), (3, ["nina@example.org"]), (30, [])):
        graph.define("MATCH (n:Concern) SET n.raised_on = date() - duration({days: $days})", days=days)
        assert letters() == to, days
    graph.define("MATCH (c:Contact) SET c.on = c.on - duration({days: 90})")
    assert letters() == ["mila@example.org"], "her pair went quiet"
    graph.define("MATCH (n:Concern) SET n.state = 'in_hand', n.raised_on = date()")
    assert letters() == []
