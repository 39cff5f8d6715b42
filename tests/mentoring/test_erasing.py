"""Erasing a leader: unreadable at once, gone from every corner of the database, counts of past periods kept."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest

from graphdb import erasing, mentoring, records, ties
from graphdb.actors import Actor, Viewer
from graphdb.catalogue import KINDS, kind_of
from graphdb.erasing import COUNTED, OWN_RECORDS, STANDING, OwnErasureError
from graphdb.errors import ConflictError, MissingError
from graphdb.records.sealing import ERASED
from graphdb.ties import Asked
from graphdb.writes import change
from tests.mentoring.conftest import log, make
from web.checking import check
from web.mentoring.usecases import overview
from web.pages import today

WHO = Actor("coordinator", "page")
SECRETS = ("Zahra Leader", "Zahra Second", "Zulu", "+359 88 555 0101", "zahra@example.org", "Goal of Zahra", "Note of Zahra",
           "zahra.login", "Chairs the parents")  # fmt: skip


@pytest.fixture
def leader(graph, programme, sign_in):
    """Zahra with all that can be written about a leader, and what must stay of others."""
    place = make(graph, "Place", {"name": "Kamen", "level": "municipality"})
    community = make(graph, "Community", {"name": "Dari speakers", "languages": "fa"}, {"place": [place]})
    zahra, pair = programme.people["Zahra"], programme.pairs["Zahra"]
    values = {
        "name": SECRETS[1], "alias": SECRETS[2], "phone": SECRETS[3], "email": SECRETS[4], "languages": "fa, bg", "consent": True,
    }  # fmt: skip
    links = {"community": [community], "places": [place]}
    change(graph, WHO, lambda c: str(records.update(c, graph, kind_of("Person"), zahra, None, values, links)))
    change(
        graph, WHO, lambda c: str(records.update(c, graph, kind_of("Mentorship"), pair, None, {"goals": SECRETS[5]}))
    )
    make(graph, "Employment", {"position": SECRETS[8]}, {"person": [zahra], "organisation": [programme.home]})
    make(
        graph, "PersonTie", {"topic": "referrals", "status": "confirmed"} | _first_choices(),
        {"source_person": [zahra], "target_person": [programme.people["Mila"]]},
    )  # fmt: skip
    for days in (200, 40, 3):
        log(graph, pair, days, SECRETS[6], organisations=(programme.home,))
    log(graph, programme.pairs["Omid"], 3, "Note of Omid", organisations=(programme.home,))
    account = sign_in("leader", programme=programme.id, person=zahra)
    graph.define(
        "MATCH (a:Account {id: $id}) SET a.login = $login, a.name = $name",
        id=account.account,
        login=SECRETS[7],
        name=SECRETS[0],
    )
    ties.rebuild(graph, today())
    return zahra, pair, account


def _first_choices():
    kind = kind_of("PersonTie")
    from graphdb.catalogue import codes  # noqa: PLC0415

    return {name: codes(kind.field(name).vocabulary)[0] for name in ("topic", "status")}


def erase(graph, person, version=None):
    return change(graph, WHO, lambda c: erasing.erase(c, graph, person, version, today()).ref)


def everywhere(graph):
    """Every value of every node and tie of the whole database, as one text."""
    found = graph.define("MATCH (n) RETURN properties(n) AS p UNION ALL MATCH ()-[n]->() RETURN properties(n) AS p")
    return "\n".join(str(row["p"]) for row in found)


def test_nothing_of_the_person_is_left_in_the_database(graph, leader):
    zahra, pair, _ = leader
    before = everywhere(graph)
    assert sum(secret in before for secret in SECRETS) == 5, "the plain ones are there to be found"
    sealed = graph.define("MATCH (c:Contact)-[:IN]->(:Mentorship {id: $id}) RETURN c.note AS note", id=pair)
    erase(graph, zahra)
    after = everywhere(graph)
    assert [secret for secret in SECRETS if secret in after] == []
    assert not any(row["note"] in after for row in sealed)
    assert {zahra, pair} <= graph.vault.erased().keys()
    [left] = graph.define(
        "MATCH (p:Person {id: $id}) RETURN properties(p) AS p, COLLECT { MATCH (p)-[r]-() RETURN type(r) } AS ties",
        id=zahra,
    )
    assert set(left["p"]) == {
        "id", "ref", "version", "created_at", "changed_at", "by", "archived_at", "name", "role_class", "state", "valid_to",
    }  # fmt: skip
    assert set(left["ties"]) <= {*COUNTED, *STANDING}


def test_notes_are_unreadable_at_once_and_those_of_others_are_not(graph, leader, programme):
    zahra, pair, account = leader
    seen = account.get(f"/mentoring/pairs/{pair}")
    assert SECRETS[6] in seen.text
    erase(graph, zahra)
    assert account.get(f"/mentoring/pairs/{pair}").status_code == 401, "the account is over at once"
    mine = Viewer(person=programme.people["Mila"], roles=frozenset({"mentor"}))
    view = mentoring.show(graph, pair, mine, programme.people["Mila"], today(), "en")
    assert view is not None
    assert {one.note for one in view.contacts} == {None}
    assert [one.touched for one in view.contacts] == [[], [], []]
    boris = programme.people["Boris"]
    other = mentoring.show(graph, programme.pairs["Omid"], Viewer(person=boris), boris, today(), "en")
    assert other is not None
    assert [one.note for one in other.contacts] == ["Note of Omid"]


def test_ties_that_followed_are_gone_at_both_ends(graph, leader, programme):
    zahra, pair, _ = leader
    school = make(graph, "Organisation", {"name": "School", "kind": "ngo"})
    court = make(graph, "Organisation", {"name": "Court", "kind": "ngo"})
    log(graph, pair, 2, organisations=(school,))
    log(graph, programme.pairs["Omid"], 2, organisations=(court,))

    def reached():
        ties.rebuild(graph, today())
        stored = ties.ties(ties.network(graph), Asked(("bridge",), today())).ties
        at_both = {frozenset((each.source, each.target)) for each in stored}
        assert at_both == {
            frozenset((row["a"], row["b"]))
            for row in graph.define("MATCH (a)-[r:BRIDGES]->(b) WHERE r.derived RETURN a.id AS a, b.id AS b")
        }
        return {end for both in at_both for end in both}

    assert {school, court, programme.home} <= reached()
    erase(graph, zahra)
    assert reached() == {court, programme.home}, "those of others stay"
    assert graph.define("MATCH (:Contact)-[r:TOUCHED]->(:Organisation {id: $id}) RETURN r", id=school) == []


def test_counts_of_past_periods_stay(graph, leader):
    zahra, _, _ = leader

    def counts(days):
        on = today() - timedelta(days=days)
        found = overview(mentoring.network(graph, Viewer(), "", on, "en", everything=True), on)
        return found.active, found.in_contact, found.leaders, sum(len(line.pair.contacts) for line in found.others)

    before = [counts(days) for days in (30, 100)]
    erase(graph, zahra)
    assert [counts(days) for days in (30, 100)] == before
    assert counts(0)[0] == 1, "today the pair has ended"
    assert counts(0)[2] == 2, "and the leader has left"


def test_the_check_of_everything_finds_it_whole_and_an_erasure_that_broke_off(graph, leader):
    zahra, _, _ = leader
    erase(graph, zahra)
    assert check(graph).faults == []
    graph.define("MATCH (p:Person {id: $id}) SET p.state = 'active'", id=zahra)
    assert any("was erased" in fault for fault in check(graph).faults)
    erase(graph, zahra)
    assert check(graph).faults == [], "doing it again finishes it"


def test_it_is_refused_for_a_version_that_is_past_for_nobody_and_for_oneself(graph, leader):
    zahra, _, account = leader
    with pytest.raises(ConflictError):
        erase(graph, zahra, 1)
    with pytest.raises(MissingError):
        erase(graph, "nobody")
    with pytest.raises(OwnErasureError):
        change(graph, Actor(account.account, "page"), lambda c: erasing.erase(c, graph, zahra, None, today()).ref)
    assert "Zahra" in everywhere(graph)
    assert zahra not in graph.vault.erased()


def test_the_page_says_what_goes_and_asks_for_the_reference(graph, leader, programme, sign_in):
    zahra, _, _ = leader
    coordinator = sign_in("coordinator", programme=programme.id)
    assert f"/records/people/{zahra}/erase" in coordinator.get(f"/records/people/{zahra}").text
    page = coordinator.get(f"/records/people/{zahra}/erase").text
    assert "3 contacts led to" in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    ref = re.search(r"PER-\d{4}", page)[0]
    asked = {"version": version, "key": "k", "reference": "PER-9999"}
    assert coordinator.post(f"/records/people/{zahra}/erase", asked).status_code == 400
    assert "Zahra" in everywhere(graph)
    answer = coordinator.post(f"/records/people/{zahra}/erase", asked | {"reference": ref.lower()})
    assert answer.status_code == 303
    shown = coordinator.get(f"/records/people/{zahra}").text
    assert f"{ERASED} {ref}" in shown
    assert "Erased on" in shown
    assert "Bring back" not in shown
    again = coordinator.post(f"/records/people/{zahra}/erase", asked | {"reference": ref})
    assert again.status_code == 303
    restored = coordinator.post(f"/records/people/{zahra}/restore", {"key": "r"})
    assert restored.status_code in {303, 404}
    [row] = graph.define("MATCH (p:Person {id: $id}) RETURN p.archived_at IS NULL AS back", id=zahra)
    assert row["back"] is False


def test_no_needed_reference_of_a_record_is_torn_out():
    for kind in KINDS:
        for link in kind.links:
            if link.target == "Person" and link.required:
                assert kind.label in OWN_RECORDS or link.tie in {*COUNTED, *STANDING}, (kind.label, link.name)


def test_the_command_says_what_would_go_and_does_it_when_told(graph, leader, app, monkeypatch):
    zahra, _, _ = leader

    @contextmanager
    def database():
        yield graph

    monkeypatch.setattr("web.commands.erasing.database", database)
    ref = erasing.standing(graph, zahra).ref
    run = app.test_cli_runner().invoke
    assert run(args=["erase", "PER-9999"]).exit_code == 1
    asked = run(args=["erase", ref.lower()])
    assert asked.exit_code == 0
    assert f"{ref}: 1 mentoring pairs, 3 contacts, 1 positions, 1 stated ties, 1 accounts" in asked.output
    assert not erasing.standing(graph, zahra).erased
    assert run(args=["erase", ref, "--yes"]).exit_code == 0
    assert erasing.standing(graph, zahra).erased
    assert "already" in run(args=["erase", ref, "--yes"]).output
