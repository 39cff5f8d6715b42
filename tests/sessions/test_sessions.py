"""A cookie is worth what its node in the database is worth; signing in counts, hides and keeps to this site."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphdb import accounts, sessions
from graphdb.actors import Actor
from graphdb.connection import Graph
from graphdb.passwords import Cost, HashingBusyError, Passwords
from graphdb.statements import Counted, Read
from graphdb.tokens import hash_token
from graphdb.writes import Change, change
from tests.conftest import SignIn, Someone
from web.accounts.usecases import PER_ACCOUNT
from web.sessions import ADMIN_IDLE, ADMIN_LONGEST, IDLE, LONGEST

ACTOR = Actor("test", "command")
PASSWORD = "four grey geese at noon"
CHEAP = Cost(1, 1024, 1)
COUNTERS = Read(Counted, "MATCH (c:LoginCounter) RETURN coalesce(sum(c.n), 0) AS n ORDER BY n")
SESSIONS = Read(Counted, "MATCH (s:Session) RETURN count(s) AS n")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    """Hashing at a price that suits a test."""
    monkeypatch.setattr("web.accounts.routes.passwords", lambda: Passwords(app.config["MREZHA"].home / "run", CHEAP))


@pytest.fixture
def account(app: Flask, graph: Graph) -> str:
    hashed = Passwords(app.config["MREZHA"].home / "run", CHEAP).hash(PASSWORD)

    def work(c: Change) -> str:
        made = accounts.make(c, "vera", "Vera", hashed, "en")
        accounts.grant(c, made, "coordinator")
        return made

    return change(graph, ACTOR, work)


def token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def knock(client: FlaskClient, password: str = PASSWORD, login: str = "vera", query: str = ""):
    page = client.get("/account/sign-in").get_data(as_text=True)
    form = {"csrf_token": token(page), "login": login, "password": password}
    return client.post("/account/sign-in" + query, data=form)


def copied(app: Flask, client: FlaskClient) -> FlaskClient:
    """Another browser with the same cookie."""
    cookie = client.get_cookie("mrezha")
    assert cookie
    thief = app.test_client()
    thief.set_cookie("mrezha", cookie.value)
    assert thief.get("/").status_code == 200
    return thief


def dead(client: FlaskClient) -> bool:
    return client.get("/", headers={"Accept": "application/json"}).status_code == 401


def test_a_copied_cookie_is_dead_after_signing_out(app: Flask, account: str) -> None:
    client = app.test_client()
    assert knock(client).status_code == 303
    thief = copied(app, client)
    answer = client.post("/account/sign-out", data={"csrf_token": token(client.get("/").get_data(as_text=True))})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert dead(thief)


@pytest.mark.parametrize("what", ["role given", "role ended", "locked", "password set"])
def test_a_copied_cookie_is_dead_after(what: str, app: Flask, graph: Graph, sign_in: SignIn) -> None:
    someone = sign_in("coordinator")
    thief = copied(app, someone.client)
    deeds = {
        "role given": lambda c: accounts.grant(c, someone.account, "partner"),
        "role ended": lambda c: end_first_role(c, graph, someone.account),
        "locked": lambda c: accounts.set_active(c, someone.account, active=False) or "locked",
        "password set": lambda c: accounts.set_password(c, someone.account, "other") or "set",
    }
    change(graph, ACTOR, deeds[what])
    assert dead(thief)


def end_first_role(c: Change, graph: Graph, account: str) -> str:
    today = datetime.now(UTC).date()
    held = graph.fetch(accounts.ONE_ACCOUNT, id=account, today=today)[0].grants[0]["id"]
    assert held
    accounts.end_grant(c, account, held, today)
    return held


def test_a_new_password_ends_the_others_and_renews_this_one(app: Flask, account: str) -> None:
    client = app.test_client()
    knock(client)
    thief, before = copied(app, client), client.get_cookie("mrezha")
    form = {"current": PASSWORD, "password": "five red foxes in the snow", "again": "five red foxes in the snow"}
    page = client.get("/account/password").get_data(as_text=True)
    assert client.post("/account/password", data={"csrf_token": token(page), **form}).status_code == 303
    after = client.get_cookie("mrezha")
    assert before
    assert after
    assert after.value != before.value
    assert dead(thief)
    assert client.get("/").status_code == 200


def test_signing_in_makes_a_new_key(app: Flask, account: str, graph: Graph) -> None:
    """Fixation: neither a key somebody brought nor the anonymous one is the key of the session that begins."""
    client = app.test_client()
    client.set_cookie("mrezha", "k.chosen-by-somebody-else")
    assert knock(client).status_code == 303
    first = client.get_cookie("mrezha")
    assert first
    assert first.value != "k.chosen-by-somebody-else"
    thief = copied(app, client)
    assert knock(client).status_code == 303
    assert dead(thief), "signing in again ends the session before"
    row = graph.one(SESSIONS)
    assert row
    assert row.n == 1


def test_a_save_under_way_does_not_revive(app: Flask, graph: Graph, sign_in: SignIn) -> None:
    someone = sign_in("coordinator")
    with app.test_request_context("/", headers={"Cookie": f"mrezha={someone.key}"}) as context:
        session = context.session
        session["touched"] = "yes"
        hashed = hash_token("session", someone.key)
        graph.transact(lambda tx: tx.fetch(sessions.END, hash=hashed))
        app.session_interface.save_session(app, session, app.response_class())
    assert dead(someone.client)


@pytest.mark.parametrize(
    ("role", "seen", "made", "lives"),
    [
        ("coordinator", IDLE - timedelta(minutes=1), timedelta(hours=1), True),
        ("coordinator", IDLE + timedelta(minutes=1), timedelta(hours=1), False),
        ("coordinator", timedelta(), LONGEST + timedelta(minutes=1), False),
        ("administrator", ADMIN_IDLE + timedelta(minutes=1), timedelta(hours=1), False),
        ("administrator", timedelta(), ADMIN_LONGEST + timedelta(minutes=1), False),
        ("coordinator", -timedelta(days=1), -timedelta(days=1), False),
    ],
)
def test_sessions_end(role: str, seen: timedelta, made: timedelta, lives: bool, graph: Graph, sign_in: SignIn) -> None:
    someone, now = sign_in(role), datetime.now(UTC)
    graph.define("MATCH (s:Session) SET s.seen_at = $seen, s.created_at = $made", seen=now - seen, made=now - made)
    assert dead(someone.client) is not lives


def test_the_next_request_says_so_when_a_role_ends_today(graph: Graph, sign_in: SignIn) -> None:
    """A role whose last day passes ends without anybody's doing."""
    someone = sign_in("coordinator")
    assert someone.get("/records/organisations/new").status_code == 200
    graph.define("MATCH (r:RoleGrant) SET r.valid_to = date()")
    assert someone.get("/records/organisations/new").status_code == 403


def test_wrong_passwords_are_counted_and_forgiven(app: Flask, account: str, graph: Graph) -> None:
    client = app.test_client()
    for _ in range(3):
        assert knock(client, "wrong").status_code == 400
    assert knock(client).status_code == 303
    for _ in range(PER_ACCOUNT):
        assert knock(app.test_client(), "wrong").status_code == 400
    answer = knock(app.test_client())
    assert answer.status_code == 429, "also the right password waits now"
    graph.define("MATCH (c:LoginCounter) SET c.since = c.since - duration('PT16M')")
    assert knock(app.test_client()).status_code == 303


def test_an_unknown_login_is_counted_and_answered_alike(app: Flask, account: str, graph: Graph) -> None:
    unknown, known = knock(app.test_client(), "wrong", "nobody"), knock(app.test_client(), "wrong")
    texts = [re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True)) for answer in (unknown, known)]
    assert texts[0] == texts[1]
    graph.define("MATCH (a:Account) SET a.active = false")
    assert knock(app.test_client()).status_code == 400, "a locked account is told nothing else"


def test_a_busy_machine_counts_nothing(app: Flask, account: str, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    class Busy:
        def verify(self, *_: object) -> bool:
            raise HashingBusyError

    monkeypatch.setattr("web.accounts.routes.passwords", Busy)
    answer = knock(app.test_client())
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "nothing was counted" in answer.get_data(as_text=True)
    row = graph.one(COUNTERS)
    assert row
    assert row.n == 0


ELSEWHERE = (
    "//evil.example", "///evil.example", "http://evil.example", "https:evil.example", "http:///evil.example",
    "\\\\evil.example", "/\\evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example",
    " //evil.example", "javascript:alert(1)", "data:text/html,x", "ftp://evil.example", "evil.example", "@evil.example",
    "http://localhost@evil.example", "/\x00/evil.example", "/\u2028/evil.example", "////evil.example", "x:/evil.example",
)  # fmt: skip


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere(target: str, app: Flask, account: str) -> None:
    client = app.test_client()
    page = client.get("/account/sign-in").get_data(as_text=True)
    form = {"csrf_token": token(page), "login": "vera", "password": PASSWORD}
    answer = client.post("/account/sign-in", query_string={"next": target}, data=form)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"
    form = {"csrf_token": token(client.get("/").get_data(as_text=True)), "back": target}
    assert client.post("/language/en", data=form).headers["Location"] == "/"


def test_but_back_to_where_one_was(app: Flask, account: str) -> None:
    answer = knock(app.test_client(), query="?next=/records/organisations?as_of=2026-03-31")
    assert answer.headers["Location"] == "/records/organisations?as_of=2026-03-31"


def test_two_first_pages_share_one_token(sign_in: SignIn, app: Flask, account: str) -> None:
    client = app.test_client()
    knock(client)
    other = copied(app, client)
    first, second = (browser.get("/account/").get_data(as_text=True) for browser in (client, other))
    for page in (first, second):
        form = {"csrf_token": token(page), "name": "Vera", "language": "en"}
        assert client.post("/account/", data=form).status_code == 303


def test_a_stranger_has_no_token_of_mine(sign_in: SignIn) -> None:
    mine, theirs = sign_in("coordinator"), sign_in("coordinator")
    form = {"csrf_token": token(theirs.get("/account/").get_data(as_text=True)), "name": "x", "language": "en"}
    assert mine.client.post("/account/", data=form).status_code == 400
    assert isinstance(mine, Someone)
