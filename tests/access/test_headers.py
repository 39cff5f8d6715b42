"""The exact headers of every route and every error, under TLS and on loopback (reliability.md 3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, abort, request
from flask_wtf.csrf import CSRFProtect

from graphdb.catalogue import kind_of
from graphdb.connection import Graph
from graphdb.digest import digest
from graphdb.errors import ConflictError, DatabaseAwayError, InDoubtError, MissingError, TimeoutError_
from graphdb.settings import Settings
from graphdb.vault import Vault
from tests.access.filling import need_for
from tests.access.people import PRINCIPALS, Principal, expected, principals
from tests.access.test_matrix import ROUTES, Scene, address, records_of, worth
from tests.access.world import build
from tests.conftest import wipe
from web import create_app
from web.access import public
from web.phone.cookie import give, take_away

EXACT = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}
ERRORS = (400, 401, 403, 404, 405, 409, 413, 429, 500, 503)
RAISED = (MissingError("x"), ConflictError("x", 2), DatabaseAwayError("secret"), InDoubtError("secret"),
          TimeoutError_("secret"), ValueError("secret"))  # fmt: skip
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT")


def made(graph: Graph, home: Path, **env: str) -> Flask:
    app = create_app(Settings.from_env({"MREZHA_HOME": str(home), **env}), graph)
    for code in ERRORS:
        app.add_url_rule(f"/raise/{code}", f"raise_{code}", public(lambda code=code: abort(code)))
    for number, error in enumerate(RAISED):
        app.add_url_rule(f"/throw/{number}", f"throw_{number}", public(lambda error=error: thrown(error)))
    return app


def thrown(error: Exception) -> str:
    raise error


@pytest.fixture(scope="module")
def scene(migrated: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    wipe(migrated)
    world = build(migrated)
    app = made(migrated, tmp_path_factory.mktemp("headers"))
    yield Scene(app, migrated, world, principals(app, migrated, world))
    wipe(migrated)


@pytest.fixture(params=["loopback", "tls", "proxy"])
def app_of(request: pytest.FixtureRequest, scene: Scene, tmp_path: Path) -> Flask:
    (tmp_path / "x.pem").write_text("")
    env = {"tls": {"MREZHA_TLS_CERT": str(tmp_path / "x.pem"), "MREZHA_TLS_KEY": str(tmp_path / "x.pem")},
           "proxy": {"MREZHA_PROXY": "1"}, "loopback": {}}  # fmt: skip
    return made(scene.graph, tmp_path, **env[request.param])


def demand(answer, secure: bool, static: bool = False) -> None:
    wanted = EXACT | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})
    assert {name: answer.headers.get(name) for name in wanted} == wanted
    assert ("Strict-Transport-Security" in answer.headers) == secure
    assert not [
        name
        for name in (key for key, _ in answer.headers)
        if name.startswith("Access-Control-") or name == "X-Powered-By"
    ]
    kept = "public, max-age=86400" if static else "private, no-cache" if "ETag" in answer.headers else "no-store"
    assert answer.headers["Cache-Control"] == kept


@pytest.mark.parametrize("path", [*(f"/raise/{code}" for code in ERRORS), "/account/sign-in", "/healthz", "/readyz",
                                  "/nothing", "/", *(f"/throw/{number}" for number in range(len(RAISED)))])  # fmt: skip
def test_errors_and_open_pages(path: str, app_of: Flask) -> None:
    secure = bool(app_of.config["SESSION_COOKIE_SECURE"])
    client = app_of.test_client()
    for accept in ("text/html", "application/json"):
        answer = client.get(
            path, headers={"Accept": accept}, base_url="https://localhost" if secure else "http://localhost"
        )
        if path.startswith("/raise/"):
            assert answer.status_code == int(path[-3:])
        assert "secret" not in answer.get_data(as_text=True)
        demand(answer, secure)
        for cookie in answer.headers.getlist("Set-Cookie"):
            name, _, rest = cookie.partition("=")
            assert name == ("__Host-mrezha" if secure else "mrezha")
            assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(rest.split("; "))
            assert ("Secure" in rest.split("; ")) == secure
            assert "Domain" not in rest


def test_a_form_without_a_referer_is_taken_and_one_without_its_token_is_not(app_of: Flask) -> None:
    """Our `Referrer-Policy` keeps browsers from sending one, under TLS as well."""
    client, base = (
        app_of.test_client(),
        "https://localhost" if app_of.config["SESSION_COOKIE_SECURE"] else "http://localhost",
    )
    page = client.get("/account/sign-in", base_url=base).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    headers = {"Referer": ""}
    sent = client.post("/language/bg", data={"csrf_token": found[1]}, base_url=base, headers=headers)
    assert sent.status_code == 303
    assert client.post("/language/bg", data={"csrf_token": "x"}, base_url=base, headers=headers).status_code == 400


def test_the_cookie_of_a_phone(app_of: Flask) -> None:
    """`__Secure-` under TLS, for its own addresses only; signing out takes it and what the browser kept away."""
    secure = bool(app_of.config["SESSION_COOKIE_SECURE"])
    with app_of.test_request_context(base_url="https://localhost" if secure else "http://localhost"):
        for set_it in (lambda answer: give(answer, "key"), take_away):
            answer = app_of.make_response("")
            set_it(answer)
            name, _, rest = answer.headers["Set-Cookie"].partition("=")
            assert name == ("__Secure-mrezha-phone" if secure else "mrezha-phone")
            assert {"HttpOnly", "Path=/mentoring/phone", "SameSite=Strict"} <= set(rest.split("; "))
            assert ("Secure" in rest.split("; ")) == secure
            assert "Domain" not in rest
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_one_page_only_may_have_a_service_worker(scene: Scene) -> None:
    """What the policy lets a page load, the phone's page loads; no other page names a worker or a manifest."""
    client = scene.people["mentor"].client
    for url, static in pages_of(scene, scene.people["mentor"]):
        with client.get(url) as answer:
            text = "" if static else answer.get_data().decode("utf-8", "replace")  # some answers are files
        assert "Service-Worker-Allowed" not in answer.headers, url
        assert ('rel="manifest"' in text) == (url == "/mentoring/phone/"), url
        assert "serviceWorker" not in text, "no script in a page"
    assert client.get("/mentoring/phone/").headers["Cache-Control"] == "no-store"
    assert (
        client.get("/mentoring/phone/worker.js").headers["Content-Security-Policy"] == EXACT["Content-Security-Policy"]
    )


@pytest.mark.parametrize("method", METHODS)
def test_methods_nobody_declared(method: str, scene: Scene) -> None:
    who = scene.people["coordinator"]
    for rule in scene.app.url_map.iter_rules():
        if method in (rule.methods or ()) or rule.arguments:
            continue
        answer = who.client.open(rule.rule, method=method, data={"csrf_token": who.token})
        assert answer.status_code in {400, 404, 405} or any(
            method in (other.methods or ()) and other.rule == rule.rule for other in scene.app.url_map.iter_rules()
        ), rule.rule
        demand(answer, secure=False)
        answer.close()


@pytest.mark.parametrize("role", PRINCIPALS)
def test_every_page_has_them_and_reading_changes_nothing(role: str, scene: Scene) -> None:
    """A crawl of all GETs as each role."""
    who, before, asked = scene.people[role], digest(scene.graph), 0
    for url, static in pages_of(scene, who):
        answer = who.client.get(url)
        demand(answer, secure=False, static=static)
        answer.close()
        asked += 1
    assert digest(scene.graph) == before
    assert asked > 20


def pages_of(scene: Scene, who: Principal) -> Iterator[tuple[str, bool]]:
    """Addresses of every GET, of the own or first record where they name one."""
    for name in sorted(ROUTES):
        rule = next(rule for rule in scene.app.url_map.iter_rules() if f"{rule.endpoint} {rule.rule}" == name)
        need = need_for(scene.app, rule.endpoint)
        if "GET" not in (rule.methods or ()) or "job" in rule.arguments:
            continue
        for kind in kinds_of(rule, need):
            state, record = records_of(scene.world, kind, need)[0]
            if expected(who, need, kind, record, scene.world) != "allowed" or kind is None or worth(who, kind, state):
                yield address(scene, rule, need, kind, record, who), rule.endpoint.endswith("static")


def kinds_of(rule, need):
    """The kinds a rule is for; `Organisation` and `Person` stand for the plain ones."""
    if need.label:
        return [kind_of(need.label)]
    return [kind_of("Organisation"), kind_of("Person")] if "slug" in rule.arguments else [None]


def test_no_view_is_left_out_of_the_forms_tokens(scene: Scene) -> None:
    """Runs last in this file: the whole crawl has not freed a view (CKAN's CVE-2026-41255)."""
    csrf = next(value for value in scene.app.extensions.values() if isinstance(value, CSRFProtect))
    assert csrf._exempt_views == frozenset()
    assert csrf._exempt_blueprints == frozenset()


def test_a_forwarded_address_is_not_believed(scene: Scene, tmp_path: Path) -> None:
    app = made(Graph(lambda: pytest.fail("no statement"), Vault.at(tmp_path)), tmp_path)
    seen: list[str] = []
    app.add_url_rule("/who", "who", public(lambda: seen.append(app_address()) or "x"))
    app.test_client().get("/who", headers={"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "evil.example"})
    assert seen == ["127.0.0.1 localhost"]


def app_address() -> str:
    return f"{request.remote_addr} {request.host}"
