"""The session cookie: a random key to a session in the database, or, before sign-in, a signed anonymous one.

`__Host-` cookies under TLS, a plain HttpOnly one on loopback. The anonymous session carries nothing but the token of
the sign-in form; signing in always makes a new key.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from flask import current_app, g, has_request_context
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin
from werkzeug.local import LocalProxy

from graphdb import audit, sessions
from graphdb.errors import GraphError
from graphdb.tokens import hash_token, new_token
from web import log
from web.access import viewer_of

if TYPE_CHECKING:
    from flask import Flask, Request, Response

    from graphdb.actors import Viewer
    from graphdb.connection import Graph

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
ADMIN_IDLE = timedelta(minutes=15)
ADMIN_LONGEST = timedelta(hours=8)
TOUCH_AFTER = timedelta(minutes=1)
MARK = "k."
WITHOUT = ("/static/", "/packaged/", "/healthz", "/readyz")  # these ask nobody who they are


@dataclass(slots=True)
class User(UserMixin):
    """Who is signed in, as this request found it."""

    signed_in: sessions.SignedIn
    viewer: Viewer
    roles: frozenset[str] = field(default_factory=frozenset[str])

    @property
    def id(self) -> str:
        """The account's id."""
        return self.signed_in.account

    @property
    def name(self) -> str:
        """What the account's holder is called."""
        return self.signed_in.name

    def get_id(self) -> str:
        """The account's id, as Flask-Login asks for it."""
        return self.id


class ServerSession(SecureCookieSession):
    """A session dictionary; `key` is the cookie's secret where a person is signed in."""

    key: str = ""
    kept: bool = True  # False: whatever this request does to it, the browser's cookie stays as it is


class Sessions(SecureCookieSessionInterface):
    """Loads and keeps sessions in the database."""

    session_class = ServerSession

    def open_session(self, app: Flask, request: Request) -> ServerSession | None:
        """The session of this request."""
        if request.path.startswith(WITHOUT):
            return _left_alone()
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        if not cookie.startswith(MARK):
            return cast("ServerSession | None", super().open_session(app, request))
        try:
            found = _signed_in(cast("Graph", app.extensions["graph"]), cookie)
        except GraphError as error:
            g.session_error = error  # told by `_tell`, once there is a page to tell it on
            return _left_alone()
        if found is None:
            return ServerSession()
        g.signed_in = found
        session = ServerSession(json.loads(found.data))
        session.key = cookie
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed; a signed-in cookie is only set by `begin`."""
        assert isinstance(session, ServerSession)
        if not session.kept:
            return
        if not session.key:
            if getattr(g, "ended", False):
                response.delete_cookie(self.get_cookie_name(app), **self._cookie(app))
            super().save_session(app, session, response)
            return
        try:
            _keep(cast("Graph", app.extensions["graph"]), session)
        except GraphError as error:
            log.failure(error)  # the page is made already; the next one tries again
        if getattr(g, "began", False):
            response.set_cookie(self.get_cookie_name(app), session.key, **self._cookie(app))
        response.vary.add("Cookie")

    def _cookie(self, app: Flask) -> dict[str, Any]:
        return {"path": "/", "secure": self.get_cookie_secure(app), "httponly": True, "samesite": "Lax"}


def begin(graph: Graph, session: ServerSession, account: str, agent: str) -> None:
    """Sign an account in: a new key, never one that was known before."""
    if session.key:
        end(graph, session)
    session.clear()
    session.key = MARK + new_token("session").plain
    # the token of forms from the start: two first pages opened at once would each make one, and one would not hold
    session["csrf_token"] = secrets.token_hex(20)
    data = json.dumps(dict(session))
    now = datetime.now(UTC)
    graph.transact(
        lambda tx: tx.fetch(
            sessions.START, hash=_hash(session.key), account=account, data=data, now=now, agent=agent[:200]
        )
    )
    g.began = True


def end(graph: Graph, session: ServerSession) -> None:
    """Sign out: the session's node goes, so every copy of the cookie is dead."""
    key = session.key
    session.clear()
    session.key = ""
    g.pop("signed_in", None)
    g.ended = True
    if key:
        graph.transact(lambda tx: tx.fetch(sessions.END, hash=_hash(key)))


def install(app: Flask) -> None:
    """Give the app its sessions and Flask-Login's `current_user`."""
    app.session_interface = Sessions()
    app.before_request(_tell)
    manager = LoginManager()
    manager.session_protection = None  # type: ignore[assignment] - our sessions are kept by the server
    manager.init_app(app)

    @manager.request_loader
    def load(_: object) -> User | None:
        found = cast("sessions.SignedIn | None", g.get("signed_in"))
        return _user(found) if found else None


def _keep(graph: Graph, session: ServerSession) -> None:
    now = datetime.now(UTC)
    if session.modified and not getattr(g, "began", False):
        data = json.dumps(dict(session))
        graph.transact(lambda tx: tx.fetch(sessions.KEEP, hash=_hash(session.key), data=data, now=now))
    elif _stale(now):
        graph.transact(lambda tx: tx.fetch(sessions.TOUCH, hash=_hash(session.key), now=now))


def _left_alone() -> ServerSession:
    session = ServerSession()
    session.kept = False
    return session


def _tell() -> None:
    """Say that the database is away: who asks is not known, and must not seem to be signed out."""
    if error := g.pop("session_error", None):
        raise error


def _user(found: sessions.SignedIn) -> User:
    viewer = viewer_of(found.account, found.person or "", found.grants, found.people)
    return User(found, viewer, viewer.roles)


def _signed_in(graph: Graph, cookie: str) -> sessions.SignedIn | None:
    now = datetime.now(UTC)
    found = sessions.load(graph, _hash(cookie), now.date())
    if found is None:
        return None
    admin = any(grant["role"] == "administrator" for grant in found.grants)
    idle, longest = (ADMIN_IDLE, ADMIN_LONGEST) if admin else (IDLE, LONGEST)
    expired = now - found.seen_at > idle or now - found.created_at > longest or found.created_at - now > IDLE
    return None if expired else found


def _hash(key: str) -> str:
    return hash_token("session", key)


def _stale(now: datetime) -> bool:
    found = cast("sessions.SignedIn | None", g.get("signed_in"))
    return found is not None and now - found.seen_at > TOUCH_AFTER


def data_version(*kinds: str) -> int:
    """Number of the last change to any of these kinds, from the statement that loaded the session."""
    found = cast("sessions.SignedIn | None", g.get("signed_in")) if has_request_context() else None
    versions = found.versions if found else {}
    numbers = [versions.get(f"of_{kind}", 0) for kind in kinds] or [versions.get("n", 0)]
    return max((number for number in numbers if isinstance(number, int)), default=0)


def data_stamp(*kinds: str) -> str:
    """What `audit.data_stamp` says, from the statement that loaded the session."""
    found = cast("sessions.SignedIn | None", g.get("signed_in")) if has_request_context() else None
    return audit.stamp(found.versions if found else {}, kinds)


graph: Graph = cast("Graph", LocalProxy(lambda: current_app.extensions["graph"]))
