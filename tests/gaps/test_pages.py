"""Pages of gaps through the door a browser uses: who sees what, what a click changes, what it costs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from graphdb import gaps, records
from graphdb.catalogue import kind_of
from graphdb.connection import METER, Meter
from graphdb.writes import change
from tests.gaps import worlds
from tests.gaps.worlds import ACTOR
from web.gaps import detection
from web.jobs.work import work_one

NASTY = '<b>Кула</b> \u202eevil\u202c & "quoted" MATCH (n) DETACH DELETE n'
TODAY = datetime.now(UTC).date()


@pytest.fixture
def town(graph):
    ids = {
        "kamen": worlds.place(graph, "Kamen"),
        "reka": worlds.place(graph, "Reka"),
        "health": worlds.service_type(graph, "Health"),
        "legal": worlds.service_type(graph, "Legal aid"),
        "a": worlds.organisation(graph, NASTY),
        "b": worlds.organisation(graph, "B"),
    }
    worlds.service(graph, ids["a"], ids["health"], [ids["kamen"]], assured=[TODAY])
    for one in "ab":
        worlds.service(graph, ids[one], ids["health"], [ids["reka"]], assured=[TODAY])
    worlds.service(graph, ids["b"], ids["legal"], [ids["reka"]])
    worlds.make(
        graph,
        "Agreement",
        {"name": "Protocol", "kind": "mou", "valid_from": "2020-01-01"},
        {"parties": [ids["a"], ids["b"]]},
    )
    return ids


def cell(town, place, service):
    return f"{town[place]}.{town[service]}.-"


def kept(graph, kind):
    return next((key, one) for key, one in gaps.decisions(graph).items() if key.startswith(f"{kind}:"))


def test_the_heat_map_says_every_state_in_words(sign_in, town):
    page = sign_in("coordinator").get("/gaps/").text
    for words in ("not asked", "2 partners", "says 1, not checked", "one: "):
        assert words in page, words
    assert "In 0 of the 3 cells that somebody has looked at" in page
    assert "1 more cell nobody has asked about yet" in page
    assert "<b>Кула</b>" not in page
    assert "&lt;b&gt;Кула&lt;/b&gt;" in page


def test_as_of_a_day_before_anything_was_checked(sign_in, town):
    page = sign_in("coordinator").get(f"/gaps/?as_of={TODAY - timedelta(days=1)}").text
    assert "says 2, none checked" in page


@pytest.mark.parametrize(
    "role", ["partner", "leader", "mentor", "supervisor", "manager", "coordinator", "administrator"]
)
def test_who_reads(role, sign_in, town):
    someone = sign_in(role)
    expected = 403 if role == "administrator" else 200
    for url in ("/gaps/", "/gaps/?view=table", "/gaps/?format=csv", "/gaps/collaboration"):
        assert someone.get(url).status_code == expected, url
    answer = someone.get(f"/gaps/cell/{cell(town, 'kamen', 'health')}").status_code
    assert answer == {"administrator": 403}.get(role, 404 if role in {"leader", "mentor", "supervisor"} else 200)


def test_a_leader_reads_of_own_places_only(sign_in, town, graph):
    person = worlds.make(graph, "Person", {"name": "L", "role_class": "leader"}, {"places": [town["kamen"]]})
    leader = sign_in("leader", person=person)
    assert leader.get(f"/gaps/cell/{cell(town, 'kamen', 'health')}").status_code == 200
    assert leader.get(f"/gaps/cell/{cell(town, 'reka', 'health')}").status_code == 404
    page = leader.get("/gaps/").text
    assert "2 cells of other places than yours" in page
    assert "2 partners" not in page


@pytest.mark.parametrize("role", ["partner", "leader", "manager"])
def test_who_may_not_write(role, sign_in, town, graph):
    someone = sign_in(role)
    assert someone.post("/gaps/detect").status_code == 403
    assert someone.post(f"/gaps/ask/{cell(town, 'kamen', 'legal')}", {"result": "none"}).status_code == 403
    if role != "manager":
        assert someone.post("/gaps/decide", {"gap": "C2:a:b", "what": "confirm"}).status_code == 403
        assert someone.post("/gaps/agenda", {"gap": "C2:a:b", "meeting": "x"}).status_code == 403
    assert gaps.decisions(graph) == {}


def test_an_answer_turns_not_asked_into_nobody(sign_in, town):
    coordinator = sign_in("coordinator")
    at = cell(town, "kamen", "legal")
    form = coordinator.get(f"/gaps/ask/{at}").text
    once = re.search(r'name="key"[^>]*value="([^"]+)"', form)[1]
    typed = {"key": once, "result": "none", "on": TODAY.isoformat(), "source": "the municipality", "for_all": "all"}
    rejected = coordinator.post(f"/gaps/ask/{at}", typed | {"on": "yesterday"})
    assert rejected.status_code == 400
    assert "the municipality" in rejected.text
    assert coordinator.post(f"/gaps/ask/{at}", typed).status_code == 303
    assert coordinator.post(f"/gaps/ask/{at}", typed).status_code == 303, "sent twice, kept once"
    page = coordinator.get(f"/gaps/cell/{at}").text
    assert "Nobody offers “Legal aid” in Kamen" in page
    assert page.count("the municipality</a>") == 1
    assert "In 1 of the 4 cells" in coordinator.get("/gaps/").text


@pytest.mark.parametrize(
    "url",
    [
        "/gaps/cell/x",
        "/gaps/cell/a.b.c",
        "/gaps/found/C2:x:y",
        "/gaps/found/coverage:a:b:*",
        "/gaps/01",
        "/gaps/looked/x",
        "/gaps/ask/a.b.-",
    ],
)
def test_what_is_not_there_is_not_there(url, sign_in, town):
    assert sign_in("coordinator").get(url).status_code == 404


def test_decisions_are_kept_shown_and_taken_back(sign_in, town, graph):
    manager = sign_in("manager")
    page = manager.get("/gaps/collaboration").text
    found = re.search(r'href="(/gaps/found/C2:[^"]+)"', page)[1]
    key = found.removeprefix("/gaps/found/")
    assert manager.get(found).status_code == 200
    refused = manager.post("/gaps/decide", {"gap": key, "what": "not_a_gap", "note": "", "key": "k1"})
    assert refused.status_code == 400
    assert "Say why" in refused.text
    assert (
        manager.post(
            "/gaps/decide", {"gap": key, "what": "not_a_gap", "note": "They share an office.", "key": "k2"}
        ).status_code
        == 303
    )
    assert kept(graph, "C2")[1].state == "false_positive"
    assert "They share an office." in manager.get(found).text
    assert found not in manager.get("/gaps/collaboration").text
    assert found in manager.get("/gaps/collaboration?show=settled").text
    stale = manager.post("/gaps/decide", {"gap": key, "what": "confirm", "version": "1", "key": "k3"})
    assert stale.status_code == 303
    assert kept(graph, "C2")[1].state == "false_positive", "decided from an old page: nothing is changed"
    manager.post("/gaps/decide", {"gap": key, "what": "reopen", "key": "k4"})
    assert kept(graph, "C2")[1].state == "reopened"
    assert manager.post("/gaps/decide", {"gap": key, "what": "explode", "key": "k5"}).status_code == 400


def test_nothing_is_decided_about_a_gap_that_is_closed(sign_in, town, graph):
    manager = sign_in("manager")
    detection.detect(graph, ACTOR, TODAY)
    key, one = kept(graph, "C2")
    graph.define("MATCH (g:Gap {id: $id}) SET g.state = 'closed_verified', g.gone_on = date()", id=one.id)
    assert "It is a gap: confirm" in manager.get(f"/gaps/{one.id}").text, "the records show it again"
    assert manager.post("/gaps/decide", {"gap": key, "what": "confirm", "version": "1", "key": "k0"}).status_code == 303
    verbs = graph.define("MATCH (e:AuditEntry {record: $id}) WITH e ORDER BY e.n RETURN e.verb AS verb", id=one.id)
    assert [row["verb"] for row in verbs][-2:] == ["reopen", "confirm"], "opened by the records, then confirmed"
    assert kept(graph, "C2")[1].state == "confirmed"
    graph.define("MATCH (g:Gap {id: $id}) SET g.state = 'closed_verified', g.gone_on = date()", id=one.id)
    change(graph, ACTOR, lambda c: archive_all(c, graph, "Agreement"))
    assert "It is a gap: confirm" not in manager.get(f"/gaps/{one.id}").text
    late = manager.post("/gaps/decide", {"gap": key, "what": "confirm", "key": "k"}, follow_redirects=True)
    assert "there is nothing to decide" in late.text
    assert kept(graph, "C2")[1].state == "closed_verified"


def archive_all(c, graph, label):
    for row in graph.define(f"MATCH (n:{label}) RETURN n.id AS id"):
        records.archive(c, kind_of(label), row["id"])
    return label


def test_ticked_gaps_go_on_the_agenda(sign_in, town, graph):
    coming = worlds.meeting(graph, TODAY + timedelta(days=9), [], "", "planned")
    coordinator = sign_in("coordinator")
    key = re.search(r'name="gap" value="(C2:[^"]+)"', coordinator.get("/gaps/collaboration").text)[1]
    of_cell = f"coverage:{town['kamen']}:{town['health']}:*"
    assert coordinator.post("/gaps/agenda", {"gap": [key, of_cell], "meeting": coming}).status_code == 303
    assert {one.state for one in gaps.decisions(graph).values()} == {"on_agenda"}
    assert len(gaps.decisions(graph)) == 2
    assert "On the agenda" in coordinator.get("/gaps/").text
    assert coordinator.post("/gaps/agenda", {"gap": key, "meeting": "01"}).status_code == 404


def test_a_partner_answers_of_itself_only(sign_in, town, graph):
    detection.detect(graph, ACTOR, TODAY)
    _, one = kept(graph, "C2")
    mine, other = (
        sign_in("partner", organisation=town["a"]),
        sign_in("partner", organisation=worlds.organisation(graph, "C")),
    )
    assert other.post(f"/gaps/{one.id}/answer", {"said": "confirms"}).status_code == 403
    assert mine.post(f"/gaps/{one.id}/answer", {"said": "disputes", "note": ""}).status_code == 400
    assert mine.post(f"/gaps/{one.id}/answer", {"said": "disputes", "note": "We meet every week."}).status_code == 303
    assert "We meet every week." in sign_in("coordinator").get(f"/gaps/{one.id}").text
    assert kept(graph, "C2")[1].state == "detected", "who decides is somebody else"


def test_mentoring_gaps_are_not_there_for_others(sign_in, town, graph):
    programme = worlds.make(graph, "Programme", {"name": "Twenty"}, {"organisation": [town["a"]]})
    worlds.make(graph, "Person", {"name": "Hidden Name", "role_class": "leader"}, {"programme": [programme]})
    detection.detect(graph, ACTOR, TODAY)
    key, one = kept(graph, "leader_without_mentor")
    coordinator = sign_in("coordinator", programme=programme)
    assert "leader without a mentor" in coordinator.get(f"/gaps/{one.id}").text
    for role in ("partner", "manager", "coordinator"):
        someone = sign_in(role)
        assert someone.get(f"/gaps/{one.id}").status_code == 404
        assert someone.get(f"/gaps/found/{key}").status_code == 404
        page = someone.get("/gaps/collaboration").text
        assert "1 is known to the mentoring programme only" in page
        assert "Hidden Name" not in page


def test_looking_for_gaps_is_a_job(sign_in, town, graph):
    coordinator = sign_in("coordinator")
    begun = coordinator.post("/gaps/detect")
    assert begun.status_code == 303
    assert work_one(graph, "worker")
    page = coordinator.get(begun.location).text
    result = re.search(r'href="(/gaps/looked/[^"]+)"', page)[1]
    assert "What did the search for gaps find" in coordinator.get(result).text
    assert gaps.decisions(graph)


@pytest.mark.parametrize("url", ["/gaps/", "/gaps/collaboration", "/gaps/?view=table"])
def test_a_page_stays_within_its_statements(url, sign_in, town):
    coordinator = sign_in("coordinator")
    coordinator.get(url)
    meter = Meter()
    token = METER.set(meter)
    try:
        coordinator.get(url)
    finally:
        METER.reset(token)
    assert meter.statements <= 1 + 3
    assert meter.records <= 300
