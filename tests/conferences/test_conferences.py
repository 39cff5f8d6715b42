"""A hard case is spoken about by a few named people; for everybody else it is not there."""

from __future__ import annotations

import re
from contextlib import contextmanager
from types import SimpleNamespace

import icalendar
import pytest

from graphdb import records, referrals
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.writes import change
from web.pages import today

ACTOR = Actor("tester", "command")
CANARY = "Needs a quiet room and a lift"
RESULT = "The shelter keeps a bed until the clinic has a date"
STEP = "Asks for a date before noon"


def make(graph, label, values, links=None):
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of(label), values, links))


@pytest.fixture
def net(graph, sign_in):
    """Four partners with a person each, and people who hold other roles."""
    places = {
        name: make(graph, "Organisation", {"name": name, "kind": "ngo"}) for name in ("Clinic", "Shelter", "Youth")
    }
    people, doors = {}, {}
    for name, where in (("Ana", "Clinic"), ("Boris", "Shelter"), ("Vera", "Youth")):
        people[name] = make(graph, "Person", {"name": f"{name} Desk", "role_class": "staff", "consent": "yes"})
        make(
            graph, "Employment", {"position": "desk", "focal_point": "yes"},
            {"person": [people[name]], "organisation": [places[where]]},
        )  # fmt: skip
        doors[name] = sign_in("partner", organisation=places[where], person=people[name])
    for role in ("leader", "mentor", "supervisor", "manager", "coordinator", "administrator"):
        people[role] = make(graph, "Person", {"name": f"{role} Name", "alias": f"The {role}", "role_class": "staff"})
        doors[role] = sign_in(role, person=people[role])
    legal = make(graph, "ServiceType", {"name": "Legal aid", "code": "legal"})
    return SimpleNamespace(places=places, people=people, doors=doors, legal=legal)


def typed(net, *named, **more):
    return {
        "starts_at": "2026-12-01T10:00", "place": "Clinic, second floor", "basis": "person", "question": CANARY, "key": "k",
        "participants": [net.people[name] for name in named], **more,
    }  # fmt: skip


@pytest.fixture
def called(net):
    """Ana calls Boris and the mentor."""
    answer = net.doors["Ana"].post("/conferences/new", typed(net, "Boris", "mentor"))
    assert answer.status_code == 303, answer.text
    return answer.location


def hidden(page, name):
    found = re.search(
        rf'name="{name}" (?:type="hidden" )?value="([^"]*)"|id="{name}" name="{name}" type="hidden" value="([^"]*)"',
        page,
    )
    assert found, name
    return found[1] or found[2]


def version(net, who, url):
    return hidden(net.doors[who].get(url).text, "version")


def kept(graph):
    return graph.define(
        "MATCH (n:CaseConference) RETURN n.id AS id, n.state AS state, n.question AS question, n.outcome AS outcome,"
        " n.case_ref AS ref, COUNT { (:Person)-[:NAMED_IN]->(n) } AS people"
    )


class TestWhoKnows:
    def test_those_named_read_it_and_nobody_else_learns_that_it_is(self, net, called):
        for who, door in net.doors.items():
            answer = door.get(called)
            named = who in {"Ana", "Boris", "mentor"}
            assert answer.status_code == (200 if named else 404), who
            assert (CANARY in answer.text) is named
            assert ("Boris Desk" in answer.text and "Called by Ana Desk" in answer.text) is named
            listed = door.get("/conferences/")
            if who == "administrator":
                assert listed.status_code == 404
                continue
            assert (called.rpartition("/")[2] in listed.text) is named, who
            home = door.get("/").text
            assert (called in home) is named, who

    def test_an_administrator_who_is_named_reads_nothing(self, graph, net, called):
        conference = called.rpartition("/")[2]
        graph.define(
            "MATCH (p:Person {id: $p}) MATCH (n:CaseConference {id: $n}) CREATE (p)-[:NAMED_IN]->(n)",
            p=net.people["administrator"], n=conference,
        )  # fmt: skip
        assert net.doors["administrator"].get(called).status_code == 404

    def test_the_administrator_cannot_be_chosen(self, net):
        page = net.doors["Ana"].get("/conferences/new").text
        assert net.people["Boris"] in page
        assert net.people["administrator"] not in page
        assert net.people["Ana"] not in page, "its convener is named anyway"

    def test_no_trace_in_other_pages(self, graph, net, called):
        conference, ref = called.rpartition("/")[2], kept(graph)[0]["ref"]
        for who in ("coordinator", "manager", "Vera"):
            for url in (
                "/meetings/", "/partners/", f"/search?q={ref}", "/ties/", "/map/", f"/records/people/{net.people['Ana']}",
                "/partners/?format=csv", f"/partners/{net.places['Clinic']}",
            ):  # fmt: skip
                text = net.doors[who].get(url, follow_redirects=True).text
                assert conference not in text, (who, url)
                assert ref in url or ref not in text, (who, url)

    def test_texts_are_sealed_in_the_store(self, graph, called):
        assert called
        assert kept(graph)[0]["question"].startswith("mz1.")

    def test_taking_part_makes_no_tie(self, graph, called):
        assert called
        assert not graph.define("MATCH (:Organisation)-[r:MET_WITH|ATTENDED]-() RETURN type(r) AS t")


class TestNaming:
    def test_who_is_no_longer_named_is_out_at_once_and_who_is_named_is_in(self, net, called):
        form = {"version": version(net, "Ana", called), "key": "p", "participants": [net.people["Vera"]]}
        assert net.doors["Ana"].post(f"{called}/people", form).status_code == 303
        assert net.doors["Boris"].get(called).status_code == 404
        assert net.doors["Vera"].get(called).status_code == 200

    def test_only_its_convener_names(self, net, called):
        form = {"version": version(net, "Boris", called), "key": "p", "participants": [net.people["Vera"]]}
        assert net.doors["Boris"].post(f"{called}/people", form).status_code == 404
        assert net.doors["Vera"].get(called).status_code == 404

    def test_the_convener_stays(self, net, called):
        form = {"version": version(net, "Ana", called), "key": "p"}
        assert net.doors["Ana"].post(f"{called}/people", form).status_code == 303
        assert net.doors["Ana"].get(called).status_code == 200
        assert net.doors["Boris"].get(called).status_code == 404

    def test_somebody_without_a_person_is_told_what_to_do(self, net, sign_in):
        door = sign_in("partner", organisation=net.places["Clinic"])
        assert "tie your account" in door.get("/conferences/new").text


class TestGoingOn:
    def outcome(self, net, who, called, text, key="o", **more):
        form = {"outcome": text, "review_on": "2027-01-15", "version": version(net, who, called), "key": key, **more}
        return net.doors[who].post(f"{called}/outcome", form)

    def test_outcome_and_step_are_read_by_those_named(self, graph, net, called):
        assert self.outcome(net, "Boris", called, RESULT).status_code == 303
        step = {"text": STEP, "owner": net.people["Ana"], "due": "2026-12-04", "key": "s"}
        assert net.doors["mentor"].post(f"{called}/steps", step).status_code == 303
        page = net.doors["Ana"].get(called).text
        assert RESULT in page
        assert STEP in page
        assert STEP not in net.doors["Ana"].get("/").text, "the first page tells the reference only"
        assert kept(graph)[0]["state"] == "held"
        stored = graph.define("MATCH (s:CaseStep) RETURN s.text AS text, s.subject AS subject, s.id AS id")[0]
        assert stored["text"].startswith("mz1.")
        ended = {"state": "done", "version": "1", "key": "e"}
        assert net.doors["Ana"].post(f"{called}/steps/{stored['id']}", ended).status_code == 303
        assert graph.define("MATCH (s:CaseStep) RETURN s.state AS state, s.done_on IS NOT NULL AS dated") == [
            {"state": "done", "dated": True}
        ]

    def test_a_step_of_another_conference_is_not_here(self, graph, net, called):
        other = net.doors["Ana"].post("/conferences/new", typed(net, "Vera", key="k2")).location
        step = {"text": STEP, "owner": net.people["Vera"], "due": "2026-12-04", "key": "s"}
        answer = net.doors["Vera"].post(f"{other}/steps", step)
        assert answer.status_code == 303, answer.text
        found = graph.define("MATCH (s:CaseStep) RETURN s.id AS id")[0]["id"]
        net.doors["Boris"].post(f"{called}/steps/{found}", {"state": "done", "version": "1", "key": "e"})
        assert graph.define("MATCH (s:CaseStep) RETURN s.state AS state") == [{"state": "open"}]

    def test_nobody_who_is_not_named_takes_a_step(self, graph, net, called):
        step = {"text": STEP, "owner": net.people["Vera"], "due": "2026-12-04", "key": "s"}
        assert net.doors["Ana"].post(f"{called}/steps", step).status_code == 400
        assert not graph.define("MATCH (s:CaseStep) RETURN s.id AS id")

    def test_two_write_at_once_and_no_text_is_lost(self, net, called):
        seen = version(net, "Boris", called)
        assert self.outcome(net, "Ana", called, RESULT).status_code == 303
        second = net.doors["Boris"].post(
            f"{called}/outcome", {"outcome": "Another text", "version": seen, "key": "o2", "review_on": ""}
        )
        assert second.status_code == 409
        assert RESULT in second.text
        assert "Another text" in second.text
        again = {
            "outcome": "Both",
            "version": hidden(second.text[second.text.index("/outcome") :], "version"),
            "key": "o3",
        }
        assert net.doors["Boris"].post(f"{called}/outcome", again).status_code == 303
        assert "Both" in net.doors["Ana"].get(called).text

    def test_sent_twice_it_is_there_once(self, graph, net):
        form = typed(net, "Boris")
        first = net.doors["Ana"].post("/conferences/new", form)
        second = net.doors["Ana"].post("/conferences/new", form)
        assert first.location == second.location
        assert len(kept(graph)) == 1
        step = {"text": STEP, "owner": net.people["Ana"], "due": "2026-12-04", "key": "s"}
        for _ in range(2):
            assert net.doors["Boris"].post(f"{first.location}/steps", step).status_code == 303
        assert len(graph.define("MATCH (s:CaseStep) RETURN s.id AS id")) == 1

    def test_a_name_is_refused_in_words(self, graph, net):
        answer = net.doors["Ana"].post("/conferences/new", typed(net, "Boris", question="Call +359 888 123 456 today"))
        assert answer.status_code == 400
        assert "phone" in answer.text
        assert not kept(graph)

    def test_closed_it_takes_nothing_more(self, graph, net, called):
        self.outcome(net, "Ana", called, RESULT)
        form = {"state": "closed", "version": version(net, "Ana", called), "key": "c"}
        assert net.doors["Boris"].post(f"{called}/end", form).status_code == 404
        assert net.doors["Ana"].post(f"{called}/end", form).status_code == 303
        assert kept(graph)[0]["state"] == "closed"
        step = {"text": STEP, "owner": net.people["Ana"], "due": "2026-12-04", "key": "s"}
        net.doors["Ana"].post(f"{called}/steps", step)
        assert not graph.define("MATCH (s:CaseStep) RETURN s.id AS id")

    def test_held_it_cannot_be_cancelled(self, graph, net, called):
        self.outcome(net, "Ana", called, RESULT)
        form = {"state": "cancelled", "version": version(net, "Ana", called), "key": "c"}
        net.doors["Ana"].post(f"{called}/end", form)
        assert kept(graph)[0]["state"] == "held"

    def test_erased_nobody_reads_it(self, graph, net, called):
        self.outcome(net, "Ana", called, RESULT)
        net.doors["Ana"].post(
            f"{called}/steps", {"text": STEP, "owner": net.people["Ana"], "due": "2026-12-04", "key": "s"}
        )
        form = {"version": version(net, "Ana", called), "key": "x"}
        assert net.doors["Boris"].post(f"{called}/erase", form).status_code == 404
        assert net.doors["Ana"].post(f"{called}/erase", form).status_code == 303
        page = net.doors["Ana"].get(called).text
        for text in (CANARY, RESULT, STEP):
            assert text not in page
        assert "erased" in page
        assert kept(graph)[0]["id"] in graph.vault.erased()

    def test_the_calendar_gets_the_reference_only(self, graph, net, called):
        answer = net.doors["Boris"].get(f"{called}/calendar.ics")
        event = next(iter(icalendar.Calendar.from_ical(answer.get_data()).walk("VEVENT")))
        assert kept(graph)[0]["ref"] in event["SUMMARY"]
        assert CANARY not in answer.text
        assert net.doors["Vera"].get(f"{called}/calendar.ics").status_code == 404


class TestAboutAReferral:
    @pytest.fixture
    def case(self, graph, net):
        consent = referrals.NewConsent("person", ("needs",), "follow_up", None, "", today())
        new = referrals.NewReferral(
            net.places["Clinic"], net.places["Shelter"], net.legal, "", "", "urgent", "", consent
        )
        return change(graph, ACTOR, lambda c: referrals.send(c, graph, new))

    def test_the_consent_must_name_everybody(self, graph, net, case):
        url = f"/conferences/new?referral={case}"
        answer = net.doors["Ana"].post(url, typed(net, "Boris", "Vera"))
        assert answer.status_code == 400
        assert "Vera Desk" in answer.text
        assert "Boris Desk (Shelter);" not in answer.text
        assert not kept(graph)
        agreed = net.doors["Ana"].post(url, typed(net, "Boris", "Vera", agreed="y"))
        assert agreed.status_code == 303
        named = graph.define("MATCH (:Consent)-[:NAMES]->(o:Organisation) RETURN o.name AS name ORDER BY name")
        assert [row["name"] for row in named] == ["Shelter", "Youth"]

    def test_only_parties_learn_which_referral(self, net, case):
        called = (
            net.doors["Ana"].post(f"/conferences/new?referral={case}", typed(net, "Boris", "Vera", agreed="y")).location
        )
        assert case in net.doors["Boris"].get(called).text
        assert case not in net.doors["Vera"].get(called).text
        assert called in net.doors["Boris"].get(f"/referrals/{case}").text

    def test_a_referral_that_is_not_mine_is_no_case(self, graph, net, case):
        assert net.doors["Vera"].post(f"/conferences/new?referral={case}", typed(net, "Boris")).status_code == 303
        assert not graph.define("MATCH (:CaseConference)-[:ABOUT_CASE]->(r) RETURN r.id AS id")

    def test_a_withdrawn_consent_closes_it(self, graph, net, case):
        called = net.doors["Ana"].post(f"/conferences/new?referral={case}", typed(net, "Boris")).location
        clinic = net.places["Clinic"]
        change(graph, ACTOR, lambda c: referrals.take_step(c, graph, case, referrals.Taken("revoke"), [clinic]))
        page = net.doors["Boris"].get(called)
        assert page.status_code == 200
        assert CANARY not in page.text
        form = {"outcome": RESULT, "version": "1", "key": "o"}
        net.doors["Boris"].post(f"{called}/outcome", form)
        assert kept(graph)[0]["outcome"] is None


def test_the_command_tells_no_text(graph, called, app, monkeypatch):
    @contextmanager
    def database():
        yield graph

    monkeypatch.setattr("web.commands.conferences.database", database)
    assert called
    answer = app.test_cli_runner().invoke(args=["conferences", "list", "--format", "json"])
    assert answer.exit_code == 0, answer.output
    assert kept(graph)[0]["ref"] in answer.output
    assert CANARY not in answer.output
    assert "Boris" not in answer.output
