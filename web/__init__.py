"""Flask: one folder per feature (routes, forms, templates, use cases)."""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from graphdb.settings import Settings

if TYPE_CHECKING:
    from flask import Blueprint

    from graphdb.connection import Graph

# Every feature is a folder with a blueprint `bp` in its `routes.py`; order is the order of nothing.
SLICES = (
    "home",
    "accounts",
    "records",
    "mentoring",
    "programmes",
    "partners",
    "referrals",
    "jobs",
    "ui",
    "health",
    "imports",
    "meetings",
    "ties",
    "map",
    "measures",
    "settings",
    "gaps",
    "duplicates",
    "agreements",
    "conferences",
    "consultations",
    "erasing",
    "supervision",
    "phone",
    "issues",
    "bridges",
)


def create_app(settings: Settings | None = None, graph: Graph | None = None) -> Flask:
    """The app over a graph; without one it connects by its settings at the first request."""
    from web import commands, headers, language, once, pages, proxy, secret, sessions  # noqa: PLC0415 - the room loads itself

    settings = settings or Settings.from_env(os.environ)
    secure = settings.tls_cert is not None or settings.proxy_hops > 0
    app = Flask("web", static_folder=None)
    app.config.update(
        SECRET_KEY=secret.cookie_key(settings.home),
        SESSION_COOKIE_NAME="__Host-mrezha" if secure else "mrezha",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=25 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer, which our own header forbids: every form under TLS would fail
        MREZHA=settings,
    )
    app.extensions["graph"] = graph or connected(settings)
    proxy.install(app, settings)
    sessions.install(app)  # before the tokens of forms: without a session no form can be judged
    CSRFProtect(app)
    headers.install(app)
    language.install(app)
    pages.install(app)
    once.install(app)
    for name in SLICES:
        app.register_blueprint(_blueprint(name))
    commands.install(app)
    _demand_policies(app)
    return app


def connected(settings: Settings) -> Graph:
    """The graph of a home; it attaches at the first statement."""
    from graphdb.home import lazily  # noqa: PLC0415 - the driver takes a second to import; some commands need none

    return lazily(settings, lambda _: None)


def _blueprint(name: str) -> Blueprint:
    return importlib.import_module(f"web.{name}.routes").bp


def _demand_policies(app: Flask) -> None:
    """A route that says nothing about who may call it fails here, before anybody can."""
    from web.access import PUBLIC, TABLE, need_of  # noqa: PLC0415

    for endpoint, view in app.view_functions.items():
        need = need_of(view)
        if endpoint.endswith(".static") or endpoint == "static":
            continue
        if need is None:
            message = f"{endpoint} has no row in the table of rights"
            raise RuntimeError(message)
        if need is not PUBLIC and need.noun != "*" and (need.noun, need.action) not in TABLE:
            message = f"{endpoint} needs {need.noun}/{need.action}, which the table does not have"
            raise RuntimeError(message)
