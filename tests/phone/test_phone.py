"""A remembered phone: logs contacts of its holder's own pairs, once, never over anything, and opens nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from graphdb import accounts, mentoring
from graphdb.phones import IDLE
from graphdb.writes import change
from tests.mentoring.conftest import ACTOR, add_pair, log
from tests.phone.conftest import Phone
from web.pages import today


def contacts(graph):
    return graph.define("MATCH (c:Contact) WHERE c.archived_at IS NULL RETURN count(c) AS n")[0]["n"]


def end(graph, pair, days_ago):
    on = today() - timedelta(days=days_ago)
    change(graph, ACTOR, lambda c: mentoring.move_pair(c, pair, "completed", on) or pair)


def test_an_entry_is_kept_once_and_shown(phone, programme, mentor, graph):
    pair = programme.pairs["Zahra"]
    for _ in range(3):
        answer = phone.send(pair)
        assert (answer.status_code, answer.json) == (200, {"kept": True})
    assert contacts(graph) == 1
    assert "15 minutes" in mentor.get(f"/mentoring/pairs/{pair}").text
    entry = graph.define("MATCH (e:AuditEntry {verb: 'contact'}) RETURN e.via AS via, e.actor AS actor")
    assert entry == [{"via": "phone", "actor": mentor.account}]


def test_an_entry_that_was_kept_stays_so_whatever_came_after(phone, programme, graph):
    pair = programme.pairs["Zahra"]
    phone.send(pair)
    end(graph, pair, 0)
    assert phone.send(pair).json == {"kept": True}, "its answer was lost on the way: the same answer again"
    changed = phone.send(pair, channel="met")
    assert (changed.status_code, changed.json["why"]) == (409, "arrived")
    assert contacts(graph) == 1


def test_the_phone_opens_nothing_else(phone, programme):
    for url in (
        "/",
        "/mentoring/",
        "/mentoring/log",
        f"/mentoring/pairs/{programme.pairs['Zahra']}",
        "/account/",
        "/account/phone",
    ):
        answer = phone.client.get(url)
        assert answer.status_code == 401, url
    token = phone.state()["token"]
    for url in ("/mentoring/log", f"/mentoring/pairs/{programme.pairs['Zahra']}/goals", "/account/phone"):
        assert phone.client.post(url, data={"csrf_token": token}).status_code == 401, url


def test_the_phone_learns_no_id_and_no_name(phone, programme):
    told = phone.client.get("/mentoring/phone/state").text + phone.client.get("/mentoring/phone/").text
    told += phone.send(programme.pairs["Zahra"]).text
    for secret in (*programme.pairs.values(), *programme.people.values(), "Zahra", "Mila"):
        assert secret not in told
    assert set(phone.handles) == {programme.pairs["Zahra"]}, "own pairs only"


def test_a_handle_is_of_one_phone(app, phone, programme, sign_in):
    other = Phone(app, sign_in("mentor", person=programme.people["Boris"], programme=programme.id))
    assert not set(other.handles.values()) & set(phone.handles.values())
    answer = other.send(phone.handles[programme.pairs["Zahra"]])
    assert (answer.status_code, answer.json["why"]) == (409, "not_yours")


def test_the_key_is_a_cookie_of_its_own_and_hashed_at_rest(phone, graph):
    parts = set(phone.cookie.split("; ")[1:])
    assert {"HttpOnly", "Path=/mentoring/phone", "SameSite=Strict", f"Max-Age={int(IDLE.total_seconds())}"} <= parts
    everything = graph.define("MATCH (n) RETURN collect(properties(n)) AS all")[0]["all"]
    assert phone.key not in repr(everything)


def test_it_ends_after_days_without_use_and_not_before(phone, graph):
    graph.define("MATCH (d:Device) SET d.seen_at = datetime() - duration({days: $days})", days=IDLE.days - 1)
    assert phone.state()["known"] is True
    assert graph.define("MATCH (d:Device) WHERE d.seen_at > datetime() - duration('PT1M') RETURN d.id AS id")
    graph.define("MATCH (d:Device) SET d.seen_at = datetime() - duration({days: $days})", days=IDLE.days)
    assert phone.state() == {"known": False}


@pytest.mark.parametrize("stop", ["lock", "role", "password", "person", "forgotten"])
def test_it_stops_on_the_next_request(stop, phone, programme, mentor, graph):
    account, token = mentor.account, phone.state()["token"]
    device = graph.define("MATCH (d:Device) RETURN d.id AS id")[0]["id"]

    def work(c):
        if stop == "lock":
            accounts.set_active(c, account, active=False)
        elif stop == "role":
            given = graph.define("MATCH (a:Account {id: $id})-[:HOLDS]->(r) RETURN r.id AS id", id=account)[0]["id"]
            accounts.end_grant(c, account, given, today())
        elif stop == "password":
            accounts.set_password(c, account, "another")
        return account

    if stop == "forgotten":
        for _ in range(2):
            assert mentor.post(f"/account/phone/{device}/forget").status_code == 303
    elif stop == "person":
        graph.define("MATCH (p:Person {id: $id}) SET p.archived_at = datetime()", id=programme.people["Mila"])
    else:
        change(graph, ACTOR, work)
    answer = phone.send(programme.pairs["Zahra"], token)
    assert (answer.status_code, answer.json["why"]) == (404, "forgotten")
    assert phone.state() == {"known": False}
    assert contacts(graph) == 0


def test_nobody_forgets_the_phone_of_another(phone, sign_in, graph):
    device = graph.define("MATCH (d:Device) RETURN d.id AS id")[0]["id"]
    assert sign_in("coordinator").post(f"/account/phone/{device}/forget").status_code == 303
    assert phone.state()["known"] is True


def test_signing_out_forgets_the_phone_and_empties_the_browser(phone, mentor):
    answer = mentor.post("/account/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert any(
        cookie.startswith("mrezha-phone=;") and "Path=/mentoring/phone" in cookie
        for cookie in answer.headers.getlist("Set-Cookie")
    )
    assert phone.state() == {"known": False}


def test_the_phone_may_ask_to_be_forgotten(phone, mentor):
    assert "Remembered on 1 phone" in mentor.get("/account/").text
    token = phone.state()["token"]
    answer = phone.client.post("/mentoring/phone/forget", headers={"X-CSRFToken": token})
    assert answer.json == {"forgotten": True}
    assert "Clear-Site-Data" in answer.headers
    assert "Remembered on" not in mentor.get("/account/").text


def test_set_up_again_it_keeps_its_handles_and_gets_a_newer_key(app, phone, programme, mentor, graph):
    new = add_pair(graph, programme.id, programme.people["Mila"], programme.people["Rana"])
    again = Phone(app, mentor)
    assert again.handles[programme.pairs["Zahra"]] == phone.handles[programme.pairs["Zahra"]]
    assert new in again.handles
    assert phone.state() == {"known": False}, "one phone, one key"
    assert graph.define("MATCH (d:Device) RETURN count(d) AS n")[0]["n"] == 1


def test_without_the_token_of_the_house_nothing_is_kept(phone, programme, graph):
    for token in ("", "forged"):
        answer = phone.send(programme.pairs["Zahra"], token)
        assert answer.status_code == 400
        assert "kept" not in (answer.json or {})
    token = phone.state()["token"]
    for site in ("cross-site", "same-site"):
        phone.client.environ_base["HTTP_SEC_FETCH_SITE"] = site
        assert phone.send(programme.pairs["Zahra"], token).status_code == 404
    assert contacts(graph) == 0


def test_a_pair_that_ended_is_asked_about_and_never_after_its_end(phone, programme, graph):
    pair = programme.pairs["Zahra"]
    end(graph, pair, 3)
    assert phone.state()["open"] == []
    late = phone.send(pair)
    assert (late.status_code, late.json["why"], late.json["insist"]) == (409, "after_end", False)
    assert phone.send(pair, sure=["after_end"]).json["why"] == "after_end"
    before = (today() - timedelta(days=5)).isoformat()
    asked = phone.send(pair, key="k2", on=before)
    assert (asked.json["why"], asked.json["insist"]) == ("ended", True)
    assert contacts(graph) == 0
    assert phone.send(pair, key="k2", on=before, sure=["ended"]).json == {"kept": True}
    assert contacts(graph) == 1


def test_a_pair_that_is_not_mine_any_more_takes_nothing(phone, programme, graph):
    pair = programme.pairs["Zahra"]
    graph.define("MATCH (:Person {id: $id})-[r:MENTORS_IN]->() DELETE r", id=programme.people["Mila"])
    for sure in ([], ["not_yours"]):
        answer = phone.send(pair, sure=sure)
        assert (answer.status_code, answer.json["why"], answer.json["insist"]) == (409, "not_yours", False)
    assert contacts(graph) == 0


def test_the_same_contact_is_asked_about_and_not_written_over(phone, programme, graph):
    pair = programme.pairs["Zahra"]
    first = log(graph, pair)  # the leader has logged that they met
    answer = phone.send(pair, channel="met", minutes=90)
    assert (answer.status_code, answer.json["why"], answer.json["insist"]) == (409, "alike", True)
    assert graph.define("MATCH (c:Contact) RETURN c.id AS id, c.minutes AS m") == [{"id": first, "m": 45}]
    assert phone.send(pair, channel="met", minutes=90, sure=["alike"]).json == {"kept": True}
    assert phone.send(pair, channel="met", minutes=90, sure=["alike"]).json == {"kept": True}
    assert contacts(graph) == 2


@pytest.mark.parametrize("wrong", [
    {"note": "We spoke of the clinic"}, {"reached": []}, {"on": "2199-01-01"}, {"on": ""}, {"on": 5}, {"channel": "owl"}, {"channel": ""},
    {"topic": "nothing"}, {"minutes": "15"}, {"minutes": True}, {"minutes": -1}, {"minutes": 10**9}, {"next_on": "soon"}, {"key": ""}, {"key": "x" * 101},
    {"topic": "x" * 5000},
])  # fmt: skip
def test_what_a_phone_may_not_send_is_refused_whole(wrong, phone, programme, graph):
    answer = phone.send(programme.pairs["Zahra"], **wrong)
    assert (answer.status_code, answer.json["why"]) == (409, "value")
    assert contacts(graph) == 0


@pytest.mark.parametrize("body", [b'{"pair": ["x"]}', b'{"sure": 5}', b"", b"[]", b"null", b'"x"', b"{", b"\xff"])
def test_no_body_breaks_it(body, phone):
    answer = phone.client.post(
        "/mentoring/phone/send",
        data=body,
        content_type="application/json",
        headers={"X-CSRFToken": phone.state()["token"]},
    )
    assert answer.json["why"] == "value"


def test_the_kept_page_names_nobody_and_is_the_same_for_all(phone, mentor, sign_in, app):
    pages = [
        client.get("/mentoring/phone/").text
        for client in (phone.client, mentor, sign_in("coordinator"), app.test_client())
    ]
    assert len(set(pages)) == 1
    assert "csrf" not in pages[0]
    assert "textarea" not in pages[0], "no note is offered without a line"


def test_only_that_one_page_has_a_service_worker(phone, mentor):
    worker = phone.client.get("/mentoring/phone/worker.js")
    assert worker.mimetype == "text/javascript"
    assert "Service-Worker-Allowed" not in worker.headers, "its scope is its own folder"
    assert "/mentoring/phone/" in worker.text
    for file in re.findall(r'"(/(?:static|packaged)/[^"]+)"', worker.text):
        with phone.client.get(file) as answer:
            assert answer.status_code == 200, file
    told = phone.client.get("/mentoring/phone/app.webmanifest").get_json(force=True)
    assert (told["scope"], told["start_url"]) == ("/mentoring/phone/", "/mentoring/phone/")


def test_only_mentors_and_leaders_set_a_phone_up(sign_in, app):
    assert sign_in("coordinator").get("/account/phone").status_code == 404
    assert sign_in("coordinator").post("/account/phone").status_code == 404
    assert app.test_client().get("/account/phone").status_code == 401
