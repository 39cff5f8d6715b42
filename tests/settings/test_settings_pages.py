"""Accounts, invitations and the network's name through the pages."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask

from graphdb import records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
from graphdb.digest import digest
from graphdb.network import Network, network
from graphdb.writes import change
from tests.conftest import SignIn, someone
from web.settings.usecases import ALL_ROLES, INVITED_BY_COORDINATORS, NotAllowedError, Wanted, invite


@pytest.fixture
def organisation(graph: Graph) -> str:
    values = {"name": "Harbour House", "kind": "ngo"}
    return change(graph, Actor("test"), lambda c: records.create(c, graph, kind_of("Organisation"), values))


def test_an_invited_partner_signs_in(sign_in: SignIn, organisation: str, app: Flask) -> None:
    page = sign_in("coordinator").post("/settings/invite", {"role": "partner", "organisation": organisation})
    text = page.get_data(as_text=True)
    link = re.search(r"<code[^>]*>([^<]+)</code>", text)
    assert page.status_code == 200, text
    assert link
    secret, client = urlsplit(link[1]).fragment, app.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/account/welcome").get_data(as_text=True))
    assert token
    form = {"csrf_token": token[1], "secret": secret, "login": "nina", "name": "Nina", "language": "en",
            "password": "six blue jays on ice", "again": "six blue jays on ice"}  # fmt: skip
    assert client.post("/account/welcome", data=form).status_code == 303
    profile = client.get("/account/").get_data(as_text=True)
    assert "Harbour House" in profile
    assert client.post("/account/welcome", data={**form, "login": "again"}).status_code in {400, 404}


@pytest.mark.parametrize("role", ALL_ROLES)
def test_coordinators_invite_some_roles_only(role: str, graph: Graph) -> None:
    wanted = Wanted(role, "o", "p", "q")
    if role in INVITED_BY_COORDINATORS:
        assert invite(graph, Actor("x"), wanted, {"coordinator"})
    else:
        with pytest.raises(NotAllowedError):
            invite(graph, Actor("x"), wanted, {"coordinator"})
    assert invite(graph, Actor("x"), wanted, {"administrator"})
    with pytest.raises(NotAllowedError):
        invite(graph, Actor("x"), wanted, {"partner", "manager"})


def test_a_role_out_of_reach_is_refused(sign_in: SignIn, graph: Graph) -> None:
    coordinator = sign_in("coordinator")
    coordinator.get("/settings/invite")
    before = digest(graph)
    assert coordinator.post("/settings/invite", {"role": "administrator"}).status_code == 400
    assert digest(graph) == before


@pytest.mark.parametrize(("role", "said"), [("partner", "choose it"), ("leader", "choose it"), ("mentor", "choose it")])
def test_a_role_says_what_it_needs(role: str, said: str, sign_in: SignIn) -> None:
    answer = sign_in("administrator").post("/settings/invite", {"role": role})
    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)


def test_lock_and_unlock(sign_in: SignIn) -> None:
    admin, other = sign_in("administrator"), sign_in("partner")
    assert admin.post(f"/settings/accounts/{other.account}/lock").status_code == 303
    assert other.get("/").status_code == 401
    admin.post(f"/settings/accounts/{other.account}/lock", {"open": "1"})
    page = admin.get("/settings/").get_data(as_text=True)
    assert "locked" not in page
    assert admin.post("/settings/accounts/nobody/lock").status_code == 404


def test_the_last_administrator_stays(sign_in: SignIn, app: Flask, graph: Graph) -> None:
    admin = sign_in("administrator")
    given = re.search(r"/roles/(\w+)/end", admin.get("/settings/").get_data(as_text=True))
    assert given
    for url in (f"/settings/accounts/{admin.account}/lock", f"/settings/accounts/{admin.account}/roles/{given[1]}/end"):
        assert admin.post(url).status_code == 303
        assert "nobody else could" in admin.get("/settings/").get_data(as_text=True)
    someone(app, graph, "administrator")
    admin.post(f"/settings/accounts/{admin.account}/roles/{given[1]}/end")
    assert admin.get("/").status_code == 401, "signed out with the role"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://mrezha.example.org", "https://mrezha.example.org"), (" http://10.0.0.7:5000/m/ ", "http://10.0.0.7:5000/m"),
        ("https://мрежа.бг", "https://мрежа.бг"), ("http://[::1]:5000", "http://[::1]:5000"), ("", ""),
        ("mrezha.example.org", None), ("javascript:alert(1)", None), ("https://u:p@example.org", None), ("https://", None),
        ("https://example.org:70000", None), ("https://example.org/?a=b", None), ("https://example.org/#a", None),
        ("https://example.org\nhttps://evil.example", None), ("https://example.org/ click", None),
    ],
)  # fmt: skip
def test_the_address_of_letters_is_one_that_a_browser_opens(
    sign_in: SignIn, graph: Graph, typed: str, kept: str | None
) -> None:
    said = {"name": "N", "time_zone": "Europe/Riga", "address": typed}
    assert sign_in("administrator").post("/settings/network", said).status_code == (400 if kept is None else 303)
    assert network(graph).address == (kept or "")


def test_name_and_time_zone(sign_in: SignIn, graph: Graph) -> None:
    admin = sign_in("administrator")
    assert admin.post("/settings/network", {"name": "Три реки", "time_zone": "Mars/Base"}).status_code == 400
    assert admin.post("/settings/network", {"name": "Три реки", "time_zone": "Europe/Riga"}).status_code == 303
    assert network(graph) == Network("Три реки", "Europe/Riga")
